/*
 * periods.h: what the record says about a stretch of time: what was done, what was kept in time,
 * which cards came. Moments are local; FROM is within, TO is not.
 */
#ifndef YUNTAI_DATA_STORE_PERIODS_H
#define YUNTAI_DATA_STORE_PERIODS_H

#include "data/store/store.h"

#define MARK_BEGAN "began"       /* the day on which the record begins */
#define MARK_BY_CLOCK "by_clock" /* 1: it was begun by the machine's clock, and is kept by it */

/* Sets a mark to N, whatever it was. */
int store_mark_set(struct store *store, const char *name, int64_t n, struct error *error);

/* Every EVENT of PROCEDURE between FROM and TO that stands, as last corrected. TAKE returns -1
 * without memory. */
int store_happenings(struct store *store, const char *procedure, const char *event, int64_t from,
                     int64_t to,
                     int (*take)(void *self, int64_t org, int64_t system, int64_t effective),
                     void *self, struct error *error);
/* How often that was done in the cases of ORG, or those that were sent to it. */
int store_event_count(struct store *store, int64_t org, const char *procedure, const char *event,
                      int64_t from, int64_t to, int64_t *out, struct error *error);

struct kept { /* runs of a clock that ended or ran over between FROM and TO */
    int64_t met, all;
};
/* Adds to OUT. PREFIX: only of the cases whose source begins so (it ends in '/'); NULL: the cases
 * of ORG, and those sent to it. */
int store_kept(struct store *store, int64_t org, const char *prefix, const char *clock,
               int64_t from, int64_t to, struct kept *out, struct error *error);

enum stored_card { STORED_YELLOW, STORED_RED, STORED_DOUBLE };
/* How many runs of CLOCK got that card between FROM and TO. OWN_ONLY: in cases of ORG alone. */
int store_cards(struct store *store, int64_t org, bool own_only, const char *clock,
                enum stored_card card, int64_t from, int64_t to, int64_t *out, struct error *error);

#endif
