/*
 * ids.h: who was there before, in this run.
 *
 * Of each id 64 bits are kept, of a digest which is salted afresh for every set: whoever makes up
 * ids cannot make up where they come to lie. They lie in buckets by their first bits; where one is
 * full, all are split in two. A set of some 8,000 is in memory, in 128 KiB at most; a larger one is
 * in a scratch file, of 16 to 32 bytes an id.
 */
#ifndef YUNTAI_DATA_VENDOR_IDS_H
#define YUNTAI_DATA_VENDOR_IDS_H

#include "data/vendor/scratch.h"

enum { IDS_BUCKET = 64, IDS_SALT = 33 };

struct ids { /* zeroed is empty */
    /* ids.c's own */
    uint64_t (*buckets)[IDS_BUCKET]; /* while they are in memory; 0 behind the last of each */
    struct scratch file;
    size_t count; /* of buckets: a power of two; 0 none yet */
    int bits;     /* of a number, that say its bucket */
    char salt[IDS_SALT];
};
enum ids_add { IDS_NEW, IDS_AGAIN, IDS_FAILED };

/* Adds the LENGTH bytes of an id. IDS_FAILED with ERROR: memory or the disk; the set is then of no
 * more use. */
enum ids_add ids_add(struct ids *ids, const char *id, size_t length, struct error *error);
void ids_free(struct ids *ids); /* and is empty again */

#endif
