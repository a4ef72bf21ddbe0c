/*
 * copy.h: files from one workspace to another.
 */
#ifndef YUNTAI_DATA_EXCHANGE_COPY_H
#define YUNTAI_DATA_EXCHANGE_COPY_H

#include <stdint.h>

#include "data/error.h"

struct copying { /* how far it is */
    int64_t done, of;
    /* Asked every so often; not 0 ends it, with ERROR set. NULL: nobody is. */
    int (*step)(struct copying *copying, struct error *error);
    void *self;
};

/* The file FROM as the new file TO (0600), written through to the disk. One that is not there is
 * passed over where OPTIONAL. */
int copy_file(struct copying *copying, const char *from, const char *to, bool optional,
              struct error *error);
/* All files of FROM/, and of the directories in it, to TO/, which is made; counted in DONE. */
int copy_folder(struct copying *copying, const char *from, const char *to, struct error *error);
/* Adds to OF how many that would be. -1 ERROR. */
int copy_count(struct copying *copying, const char *from, struct error *error);
/* Takes PATH away, a file or a directory with all that is in it; no link is followed. What cannot
 * be taken away stays. */
void copy_remove(const char *path);

#endif
