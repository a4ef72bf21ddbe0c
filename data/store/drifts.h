/*
 * drifts.h: which drifts are seen now: a row each, from when it was seen first until it is seen no
 * more. What became of it is told by its case.
 */
#ifndef YUNTAI_DATA_STORE_DRIFTS_H
#define YUNTAI_DATA_STORE_DRIFTS_H

#include "data/store/store.h"

struct drift_row { /* texts borrowed, or until the next row */
    int64_t system;
    const char *kind; /* the policy's name of it */
    const char *uid;  /* of one resource: VENDOR/KIND/ID; "" of all the system has */
    int64_t case_id;
    int64_t seen_at;   /* local moment of the judging that found it first */
    const char *shown; /* what was seen, a line each */
};

int store_drift_put(struct store *store, const struct drift_row *row, struct error *error);
/* It is seen no more. */
int store_drift_end(struct store *store, int64_t system, const char *kind, const char *uid,
                    struct error *error);
/* Of SYSTEM (0: all), in the order of system, kind and uid. TAKE returns -1 without memory. */
int store_drifts(struct store *store, int64_t system,
                 int (*take)(void *self, const struct drift_row *row), void *self,
                 struct error *error);
/* The drift that opened that case is still seen: 1, 0, -1. */
int store_drift_of_case(struct store *store, int64_t case_id, struct error *error);
/* Systems of which some drift is seen, after AFTER, in the order of their ids. How many, -1. */
int64_t store_drifting(struct store *store, int64_t after, int64_t *ids, int64_t most,
                       struct error *error);

#endif
