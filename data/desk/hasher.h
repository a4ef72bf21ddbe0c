/*
 * hasher.h: the hashes of acts made anew, batch by batch, many beside each other: one after the
 * other they take as long as all the rest.
 */
#ifndef YUNTAI_DATA_DESK_HASHER_H
#define YUNTAI_DATA_DESK_HASHER_H

#include "data/store/store.h"

struct hasher;

struct hashed {    /* an act whose hash is another than is stored */
    int64_t place; /* as it was added */
    bool body;     /* of its words, not of the act */
    int64_t case_id, seq;
    int32_t n;
};

/* WRONG is told of them some hundred acts later, by who adds, in the order in which they were
 * added. NULL with ERROR. */
struct hasher *hasher_new(void (*wrong)(void *self, const struct hashed *hashed), void *self,
                          struct error *error);
/* RECORD is not kept. -1 with ERROR. */
int hasher_add(struct hasher *hasher, const struct record *record, int64_t place,
               struct error *error);
/* All that were added have been told of afterwards. */
int hasher_finish(struct hasher *hasher, struct error *error);
void hasher_free(struct hasher *hasher);

#endif
