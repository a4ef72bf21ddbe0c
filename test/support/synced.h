/*
 * synced.h: a bureau whose clerk takes in what a vendor's cloud shows.
 */
#ifndef YUNTAI_TEST_SUPPORT_SYNCED_H
#define YUNTAI_TEST_SUPPORT_SYNCED_H

#include "test/support/bureau.h"

#define SYNCED_VENDOR "cloud-a"
#define AS_CLERK "as", "zhao", "now", "2026-01-06"

/* At an open desk of who owns the workspace: the bureau (sj), its clerk (zhao). */
void synced_clerk(struct bureau *bureau);
/* Begins a run of everything: its number, in RUN too. */
const char *synced_begin(struct bureau *bureau, struct text *run);
/* What came (rows, raw digests, a sheet of use; NULL none) is staged. */
void synced_stage(struct bureau *bureau, const char *run, const char *rows, const char *missed,
                  const char *use);
void synced_apply(struct bureau *bureau, const char *run);
/* All three; then the desk does what time brings. */
void synced_whole(struct bureau *bureau, const char *rows, const char *missed, const char *use);

#endif
