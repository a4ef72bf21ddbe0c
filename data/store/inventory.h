/*
 * inventory.h: what a vendor's cloud says it holds, as the runs of its sync brought it.
 *
 * A run becomes visible by one row. What run R writes are versions that begin with R, and R as the
 * end of those they replace; readers see the versions that stood at vendor.run, so that nobody sees
 * anything of R before store_run_apply() sets vendor.run to it. A run that came to no end is taken
 * back by store_run_undo(). Versions that were replaced stay: they are the history.
 *
 * Times are UTC seconds. Texts of rows read go to ARENA; those of rows written are borrowed.
 */
#ifndef YUNTAI_DATA_STORE_INVENTORY_H
#define YUNTAI_DATA_STORE_INVENTORY_H

#include "data/store/store.h"

enum { RAW_DIGEST = 16 }; /* of a resource as the vendor wrote it: SHA-256, its first half */

struct vendor_row {
    int64_t id;
    const char *name;
    int64_t run;      /* in force; 0: none was yet */
    int64_t run_at;   /* when that one's answers were asked for; 0 */
    int64_t full_at;  /* the same of the last run in force that listed everything; 0 */
    const char *mark; /* from when the next increment is asked for, by the vendor's clock; "" */
};

enum sync_state {
    SYNC_GOING = 1, /* rows come in */
    SYNC_STAGED,    /* all came; it waits to be applied */
    SYNC_APPLIED,
    SYNC_FAILED,   /* SAID has why */
    SYNC_CANCELLED /* by whoever began it, or a dry run at its end */
};
struct run_count {
    int64_t rows, made, changed, gone; /* ROWS: all that the vendor showed, the same ones too */
    int64_t pages, bytes, retries;
};
struct run_row {
    int64_t id, vendor, person;
    int64_t began, ended; /* ENDED 0: not yet */
    bool full;
    enum sync_state state;
    const char *holder; /* whose process brings it in: "" nobody's any more */
    struct run_count count;
    const char *said; /* facts: what went wrong, where */
};

#define RESOURCE_KINDS "'server', 'volume', 'project', 'flavor', 'host', 'provider'" /* in SQL */

/* Amounts are -1 where the vendor does not say. */
struct resource_row {
    const char *kind; /* one of those */
    const char *uid, *region, *project, *name, *status, *zone;
    int64_t vcpus, ram, disk; /* cores, MiB, GiB */
    uint8_t raw[RAW_DIGEST];
    const char *facts;       /* what else it says of itself, sorted lines */
    int64_t first, from, to; /* runs: seen first, this version's; TO 0: in force. Read alone */
    bool gone;               /* the last version of one that vanished. Read alone */
};

/* The vendor NAME, entered if it is new (within work); OUT's texts live in ARENA. 0, or -1 ERROR.
 */
int store_vendor(struct store *store, const char *name, struct arena *arena, struct vendor_row *out,
                 struct error *error);
/* The same, never entered: 1, 0 there is none, -1 ERROR. */
int store_vendor_named(struct store *store, const char *name, struct arena *arena,
                       struct vendor_row *out, struct error *error);
/* 0, or -1: there is none. */
int store_vendor_by_id(struct store *store, int64_t id, struct arena *arena, struct vendor_row *out,
                       struct error *error);
int store_vendors(struct store *store, struct arena *arena,
                  int (*take)(void *self, const struct vendor_row *row), void *self,
                  struct error *error);

/* ---- a run ---- */

/* A new run of VENDOR, in state SYNC_GOING. */
int store_run_begin(struct store *store, int64_t vendor, int64_t person, bool full,
                    const char *holder, int64_t at, int64_t *run, struct error *error);
/* 1, 0 there is none, -1. */
int store_run(struct store *store, int64_t run, struct arena *arena, struct run_row *out,
              struct error *error);
/* The latest run of VENDOR that is going or staged: 1, 0 none, -1. */
int store_run_pending(struct store *store, int64_t vendor, struct arena *arena, struct run_row *out,
                      struct error *error);
/* Runs of VENDOR (0: all) before run BEFORE (0: none), the latest first, at most LIMIT. */
int store_runs(struct store *store, int64_t vendor, int64_t before, int64_t limit,
               struct arena *arena, int (*take)(void *self, const struct run_row *row), void *self,
               struct error *error);
/* Writes STATE, ENDED, COUNT and SAID of ROW. */
int store_run_note(struct store *store, const struct run_row *row, struct error *error);

/* ROW as run R saw it; COUNT follows. One that reads as before is the same, though its raw bytes
 * differ. */
int store_run_put(struct store *store, const struct run_row *run, const struct resource_row *row,
                  struct run_count *count, struct error *error);
/* The vendor says that it is no more. Nothing where it is not known. */
int store_run_gone(struct store *store, const struct run_row *run, const char *kind,
                   const char *uid, struct run_count *count, struct error *error);
/* What has these raw bytes was not seen, nor another version of it: it vanished. */
int store_run_missed(struct store *store, const struct run_row *run, const uint8_t raw[RAW_DIGEST],
                     struct run_count *count, struct error *error);
/* The raw digests of KIND as they stand, in their order, after AFTER (NULL: from the first); at
 * most MOST into OUT. How many, -1. */
int64_t store_raws(struct store *store, int64_t vendor, const char *kind,
                   const uint8_t after[RAW_DIGEST], uint8_t (*out)[RAW_DIGEST], int64_t most,
                   struct error *error);

/* Makes it the one in force; MARK: from when the next increment is asked for. 1; 0: another run
 * came first; -1. */
int store_run_apply(struct store *store, const struct run_row *run, int64_t before,
                    const char *mark, struct error *error);
/* One resource as it was before this run, which is not in force. */
int store_run_leave(struct store *store, const struct run_row *run, const char *kind,
                    const char *uid, struct error *error);
/* *RUN: one that is not in force and of which something stands still; 0 none. */
int store_run_left(struct store *store, const struct vendor_row *vendor, int64_t *run,
                   struct error *error);
/* Takes back at most MOST rows of a run that is not in force; how many are done, 0: all were. */
int64_t store_run_undo(struct store *store, const struct run_row *run, int64_t most,
                       struct error *error);

/* ---- reading ---- */

struct resource_want { /* NULL: any */
    int64_t vendor;
    const char *kind, *project, *uid;
    int64_t run;     /* as it stood then; 0: as it stands in force. So are TO, GONE */
    int64_t differs; /* only what this run brought, changed or ended */
    bool history;    /* every version, the latest first */
    const char *after_kind, *after_uid; /* in the order of kind and uid */
    bool back; /* in the reverse of that order, so that what comes is before those two; only of what
                  DIFFERS */
    int64_t limit; /* 0: all */
};
/* TAKE returns 0 to go on, 1 to stop, -1 without memory. */
int store_resources(struct store *store, const struct resource_want *want, struct arena *arena,
                    int (*take)(void *self, const struct resource_row *row), void *self,
                    struct error *error);

struct held { /* by a project, of one kind */
    const char *project, *kind;
    int64_t count, vcpus, ram, disk; /* sums of what is known */
};
/* Of what WANT means, without its history and its limit. */
int store_held(struct store *store, const struct resource_want *want,
               int (*take)(void *self, const struct held *held), void *self, struct error *error);

/* Servers and volumes as RUN left them, by where they stand. */
struct amounts {
    const char *region, *zone;
    int64_t count, vcpus, ram, disk; /* sums of what is known; COUNT of servers alone */
};
int store_amounts(struct store *store, int64_t vendor, int64_t run,
                  int (*take)(void *self, const struct amounts *amounts), void *self,
                  struct error *error);

#endif
