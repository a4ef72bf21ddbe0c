/*
 * use.h: how much of what systems have is used, by the month.
 *
 * Figures of a system come from two sources, which stand beside each other: as its unit or vendor
 * reported them in the month's table, and as seen, reckoned from what the runs of a sync brought of
 * each resource. The policy says which of the two is taken.
 *
 * What runs bring is versioned as the inventory is (see inventory.h): run R's versions begin with
 * R, and nobody sees them before R is in force. A month that is not told again stays as it was.
 *
 * Facts are avg.MEASURE, p95.MEASURE, peak.MEASURE in percent and samples, as far as they were
 * measured. A month is year * 12 + month - 1.
 */
#ifndef YUNTAI_DATA_STORE_USE_H
#define YUNTAI_DATA_STORE_USE_H

#include "core/policy.h"
#include "data/store/inventory.h"

#define USE_REPORTED "reported"
#define USE_SEEN "seen"
#define USE_MOVED "use_moved" /* the mark: figures changed since the rules were asked */

struct use_row { /* texts are borrowed, or last until the next row */
    int32_t month;
    int64_t system;
    const char *resource; /* "": the system as a whole */
    const char *source;   /* USE_REPORTED or USE_SEEN */
    int64_t at;           /* UTC: entered; seen: when the vendor was asked. 0 unknown */
    const char *facts;
};

/* 1; 0: it said so already; -1. */
int store_use_put(struct store *store, const struct use_row *row, struct error *error);
/* Takes what was seen in MONTH of RESOURCE away ("": of the system as a whole): 1, 0 there was
 * nothing, -1. */
int store_use_unsee(struct store *store, int32_t month, int64_t system, const char *resource,
                    struct error *error);
/* Of the latest month that has figures for the system as a whole, as FIGURES takes them; appended.
 */
int store_use_latest(struct store *store, int64_t system, enum figures figures, struct text *facts,
                     struct error *error);
/* Of SYSTEM (0: all), in the order of system, resource and month: one row a month, as FIGURES takes
 * them, or with FIGURES_ALL one of each source. TAKE returns -1 without memory. */
int store_use(struct store *store, int64_t system, int32_t from, int32_t to, enum figures figures,
              int (*take)(void *self, const struct use_row *row), void *self, struct error *error);
/* The latest month up to MOST for which there is some figure of use; -1 none. */
int store_use_month(struct store *store, int32_t most, int32_t *month, struct error *error);

/* ---- what runs bring ---- */

struct metered {        /* of a resource in a month; texts as above */
    const char *uid;    /* the vendor's id of the resource; "": a system as a whole */
    const char *system; /* as the vendor calls it, where it says so; else "" */
    int32_t month;
    const char *facts;
    int64_t from, to; /* runs: this version's; TO 0: in force. Read alone */
    /* The resource as it stood when the figures came; -1 not known. Read alone */
    int64_t vcpus, ram, disk;
};
struct metered_count {
    int64_t rows, made, changed;
};

/* ROW as RUN brought it; COUNT follows. */
int store_metered_put(struct store *store, const struct run_row *run, const struct metered *row,
                      struct metered_count *count, struct error *error);
/* *RUN: one that is not in force and of which something stands still; 0 none. */
int store_metered_left(struct store *store, const struct vendor_row *vendor, int64_t *run,
                       struct error *error);
/* Takes back at most MOST rows of a run that is not in force; how many are done, 0: all were. */
int64_t store_metered_undo(struct store *store, const struct run_row *run, int64_t most,
                           struct error *error);

struct metered_want {
    int64_t vendor;
    const char *project; /* of its resources; NULL: see SYSTEM */
    const char *system;  /* of what was told of this one */
    int32_t from, to;    /* months, both within */
};
/* As it stands in force. TAKE returns -1 without memory. */
int store_metered(struct store *store, const struct metered_want *want,
                  int (*take)(void *self, const struct metered *row), void *self,
                  struct error *error);
/* Every version of what was told of UID, the latest month and version first. */
int store_metered_history(struct store *store, int64_t vendor, const char *uid,
                          int (*take)(void *self, const struct metered *row), void *self,
                          struct error *error);

#endif
