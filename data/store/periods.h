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

struct stretch {         /* of time, in some cases */
    int64_t org, system; /* those of SYSTEM; of ORG where that is 0 */
    int64_t from, to;
};
/* Every EVENT of PROCEDURE in STRETCH that stands, as last corrected. TAKE returns -1 without
 * memory. */
int store_happenings(struct store *store, const struct stretch *stretch, const char *procedure,
                     const char *event,
                     int (*take)(void *self, int64_t org, int64_t system, int64_t effective),
                     void *self, struct error *error);

struct kept { /* runs of a clock that ended or ran over between FROM and TO */
    int64_t met, all;
};
/* Adds to OUT those of the cases whose source begins with PREFIX (it ends in '/'). */
int store_kept(struct store *store, const char *prefix, const char *clock, int64_t from, int64_t to,
               struct kept *out, struct error *error);

/* All cases are gone through in slices, in the order of their ids. */
struct case_slice {
    int64_t after, last; /* ids: those behind AFTER, up to LAST */
    int64_t from, to;    /* what was then */
};
/* *LAST: the id of the MOSTth case behind AFTER, or the last there is; AFTER where there is none.
 */
int store_slice_end(struct store *store, int64_t after, int64_t most, int64_t *last,
                    struct error *error);
/* Every EVENT of PROCEDURE in SLICE that stands: whose case it is, and whom it was sent to, 0
 * nobody else. TAKE returns -1 without memory, here and below. */
int store_slice_events(struct store *store, const struct case_slice *slice, const char *procedure,
                       const char *event, int (*take)(void *self, int64_t org, int64_t sent),
                       void *self, struct error *error);
enum stored_card { STORED_YELLOW, STORED_RED, STORED_DOUBLE, STORED_CARDS };
struct clock_run {
    int64_t org, sent;        /* as above */
    const char *clock;        /* until TAKE returns */
    bool counts, met;         /* it ended, or ran over, and is not excused */
    bool cards[STORED_CARDS]; /* that it got; what is waived counts for nobody */
};
int store_slice_runs(struct store *store, const struct case_slice *slice,
                     int (*take)(void *self, const struct clock_run *run), void *self,
                     struct error *error);

#endif
