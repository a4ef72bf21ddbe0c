/*
 * drift_judge.h: what vendors' inventories show of a system, judged by the policy against what was
 * given to it. It only reads.
 */
#ifndef YUNTAI_DATA_DESK_DRIFT_JUDGE_H
#define YUNTAI_DATA_DESK_DRIFT_JUDGE_H

#include "data/desk/mapping.h"
#include "data/desk/periods.h"

enum { FOUND_MOST = 4096 }; /* of one system: the rest is found when these are gone */

struct found { /* a drift of the system at hand */
    int32_t drift;
    const char *uid, *shown; /* UID: VENDOR/KIND/ID, "" of all the system has */
    bool known;              /* its row is there: whoever looks may note it */
};
struct judging {         /* VENDOR and RUN are the caller's to set; the rest zeroed */
    int64_t vendor, run; /* VENDOR is seen as RUN leaves it; 0: as all stands in force */
    struct making *making;
    struct mapping mapping;
    struct sizing sizing;
    int32_t *fields, field_count; /* that drifts ask of a resource */
    int64_t looked;               /* resources, of all systems so far */
    bool left;                    /* of the system at hand: not all was settled at one stroke */
    /* the system at hand */
    const struct entry *system;
    struct value *facts; /* by slot */
    int64_t resources, cores, memory, disk;
    struct found *found;
    size_t found_count;
    const struct project *project;
    int (*take)(void *self, const struct resource_row *row); /* of judge_each() */
    int64_t first_run;                                       /* the day of which is */
    struct value first_day;
};

/* For who only looks: as of now. */
struct making judging_now(struct asking *asking);
/* 0, or -1 with ERROR. */
int judging_begin(struct judging *judging, struct making *making);
/* SYSTEM is at hand: its facts, and the drifts that are found. */
int judge_look(struct judging *judging, const struct entry *system);
/* Every resource of the projects of the system at hand; PROJECT is the one it is of. */
int judge_each(struct judging *judging, int (*take)(void *self, const struct resource_row *row));
/* It counts against what was given: a server, a volume. */
bool judge_counts(const struct resource_row *row);
/* What is seen of MEASURE, or was given, in millionths; unknown where nothing says. */
struct value judge_amount(const struct judging *judging, int32_t measure, enum drift_measure which);

/* periods_drift.c: SYSTEM, by its id, is judged; rows and cases follow what is found, as many as go
 * at one stroke. */
int drift_settle(struct judging *judging, int64_t system);

/* verb_drift.c: table `drifts`: those that are seen now, of SYSTEM (0: all), with their cases as
 * far as he sees those. */
int reply_drifts(struct asking *asking, int64_t system);

#endif
