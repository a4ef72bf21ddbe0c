/*
 * scratch.h: what would fill memory, kept in a file without a name instead.
 *
 * It is read and written in pieces, never mapped: a mapped page counts as memory. The file is in
 * TMPDIR where that is a whole path, else in /var/tmp, else in /tmp; nobody else can open it, and
 * it is gone when the program is, however that ends.
 */
#ifndef YUNTAI_DATA_VENDOR_SCRATCH_H
#define YUNTAI_DATA_VENDOR_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/error.h"

struct scratch {           /* zeroed has nothing in it, and no file yet */
    const char *directory; /* where it is; borrowed */
    int fd;
    bool open;
};

/* LENGTH bytes at offset AT. -1 with ERROR, which names the directory: there is no room, the disk
 * fails, or none of the directories takes a file; the bytes there may then be anything. */
int scratch_write(struct scratch *scratch, uint64_t at, const void *bytes, size_t length,
                  struct error *error);
/* The same, of what was written before. */
int scratch_read(const struct scratch *scratch, uint64_t at, void *bytes, size_t length,
                 struct error *error);
void scratch_free(struct scratch *scratch); /* and has nothing in it again */

#endif
