/*
 * confine.h: what a server gives up before it opens the desk: files others may read, the
 * environment it was started in, cores, being traced.
 */
#ifndef YUNTAI_DATA_WIRE_CONFINE_H
#define YUNTAI_DATA_WIRE_CONFINE_H

#include "data/error.h"

/*
 * For the whole process and for good: umask 0077; the environment is PATH, LANG and TZ as fixed
 * here, TMPDIR=WORKSPACE/tmp, and HOME and XDG_RUNTIME_DIR where they were set; no cores; not
 * dumpable; descriptors enough for CLIENTS; SIGPIPE ignored.
 */
int confine(const char *workspace, int64_t clients, struct error *error);

#endif
