/*
 * copy.h: files from one workspace to another.
 */
#ifndef YUNTAI_DATA_EXCHANGE_COPY_H
#define YUNTAI_DATA_EXCHANGE_COPY_H

#include "data/error.h"

/* The file FROM as the new file TO (0600), written through to the disk. One that is not there is
 * passed over where OPTIONAL. */
int copy_file(const char *from, const char *to, bool optional, struct error *error);
/* All files of FROM/, and of the directories in it, to TO/, which is made. */
int copy_folder(const char *from, const char *to, struct error *error);

#endif
