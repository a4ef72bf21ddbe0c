/*
 * sync_steps.h: what a sync asks for, kind by kind, and how far it is with each.
 */
#ifndef YUNTAI_DATA_EXCHANGE_SYNC_STEPS_H
#define YUNTAI_DATA_EXCHANGE_SYNC_STEPS_H

#include <stdbool.h>

#include "data/parcel.h"

enum { SYNC_KINDS = 6 };
struct sync_kind {
    const char *kind, *fetch; /* FETCH: what the setting of that name calls it */
};
extern const struct sync_kind sync_kinds[SYNC_KINDS];

/* Table `steps` into SAID, of each kind that the setting FETCH asks for: state, rows, about how
 * many there will be. KNOWN: how many the desk has of each; of an increment (not FULL) that says
 * nothing about servers. HEARD: the table `kinds` of the last progress, NULL none yet. */
void sync_steps(const char *fetch, const int64_t known[SYNC_KINDS], bool full,
                const struct table *heard, struct parcel *said);

#endif
