/*
 * rehearsal.h: cases of a policy lived through in memory, act by act, as a script tells them.
 *
 * Each line of a script comes to one outcome; what the desk does of itself, and the cases that acts
 * open, come to outcomes of their own, in the order in which they happen. Nothing is kept anywhere
 * else and no wall clock is read: the days are those of the script.
 *
 * Cases have names. `case=NAME` says which is meant; without it `open` names a new case after its
 * procedure (access, then access.2 ...) and every other line speaks of the case that the script
 * opened or named last. A case that an act opens (`opens`) is called CASE.PROCEDURE.
 */
#ifndef YUNTAI_TUI_COMMAND_REHEARSAL_H
#define YUNTAI_TUI_COMMAND_REHEARSAL_H

#include "core/offer.h"
#include "core/readings.h"
#include "core/script.h"

struct known_fact {
    const char *name, *value;
};
/* Facts by name, in the order in which they first came; each name once. */
struct known {
    struct known_fact *facts;
    size_t count, capacity;
};

struct rehearsal_case {
    const char *name;
    int32_t index; /* among the cases of the rehearsal */
    int32_t procedure;
    const char *org;    /* the organisation: the person who opened it */
    int32_t org_role;   /* in which role he did; -1 */
    const char *system; /* information system; NULL */
    struct act *acts;
    size_t act_count, act_capacity;
    struct known around; /* surroundings the script gave: they stay until changed */
    const char *read;    /* the surroundings as its acts last recorded them */
    int64_t last;        /* moment of the last act that stands */
};

/* An information system as it stands in the rehearsal. */
struct rehearsal_system {
    const char *name, *org;
    int32_t org_role;
    bool online;
    int32_t opened, closed; /* days; DAY_NONE */
    struct known entries;   /* FIELD=text */
    struct known items;     /* CODE.quantity, CODE.MEASURE */
};

enum deed { DEED_OPEN, DEED_EVENT, DEED_EDIT, DEED_CORRECT, DEED_ANNUL, DEED_REMEDY, DEED_LOOK };

/* What a line came to. Valid while it is told. */
struct outcome {
    int32_t line; /* of the script; 0: the desk's own, or an opening by another case */
    const char *case_name;
    const struct rehearsal_case
        *of;                     /* NULL: there is no such case (a refused opening, a wrong name) */
    const struct casefile *file; /* as it stands now; NULL with OF */
    enum deed deed;
    const char *name;              /* open, edit, correct, annul, ? or the event's name */
    const struct title *title;     /* of the event; of an opening, the procedure; NULL */
    int32_t number;                /* of the act in its case, from 1; 0: none was added */
    int32_t corrects;              /* DEED_CORRECT, DEED_ANNUL: the number of the act */
    const struct title *corrected; /* title of that act's event; NULL: the opening, or none. Of
                                      DEED_REMEDY, of the clock */
    int64_t on;            /* DEED_CORRECT: the date it is given; MOMENT_NONE: it keeps its own */
    int64_t moment;        /* when it took effect */
    int64_t recorded, now; /* when it was keyed; what the case was folded up to */
    bool timed;            /* a time was given, or hours are counted */
    bool desk;             /* done by the desk itself */
    const char *opened_by; /* name of the case whose act opened this one; NULL */
    bool signs;            /* a signature among several: the act waits for the others */
    int32_t event;         /* of the procedure; -1 */
    int32_t from;          /* state before; -1 */
    bool refused;
    const struct reason *reasons;
    size_t reason_count;
    uint64_t overrides; /* rules of the procedure that gave way to a reason */
};

struct rehearsal {
    const struct policy *policy;
    const struct calendar *calendar;
    struct readings *readings; /* NULL: none asked for */
    struct fold *fold, *other; /* OTHER: of the cases that cases() counts */
    struct clerk *clerk;
    struct arena *arena;
    struct rehearsal_case **cases;
    size_t case_count, case_capacity;
    struct rehearsal_system **systems;
    size_t system_count, system_capacity;
    int32_t (*links)[2];
    size_t link_count, link_capacity;
    const char **persons; /* person N is persons[N - 1] */
    size_t person_count, person_capacity;
    const char *current;                 /* name of the case spoken of last; NULL */
    const struct rehearsal_case *asking; /* whose condition asks cases() */
    int64_t asking_now;
    bool recorded_query; /* some `to`, `limit` or `until` asks cases() */
    int64_t time;        /* the desk has done what fell due up to here */
    bool refused;        /* some line was */
    bool failed;         /* memory was short */
    void (*tell)(void *self, struct rehearsal *rehearsal, const struct outcome *outcome);
    void *self;
};

/* Borrows everything. READINGS may be NULL. NULL without memory. */
struct rehearsal *rehearsal_new(const struct policy *policy, const struct calendar *calendar,
                                struct readings *readings,
                                void (*tell)(void *self, struct rehearsal *rehearsal,
                                             const struct outcome *outcome),
                                void *self);
void rehearsal_free(struct rehearsal *rehearsal);

/* The names of a script that POLICY does not know, all at once. */
void rehearsal_check(const struct policy *policy, const struct script *script,
                     struct findings *findings);
/* What the desk has to do up to that line, then the line, then what the desk does at once. False
 * without memory. */
bool rehearsal_line(struct rehearsal *rehearsal, const struct script_line *line);

/* The acts of a case that are numbered are all but EVENT_SURROUND. */
int32_t rehearsal_number(const struct rehearsal_case *of, size_t index);

/* ---- for the files of the engine ---- */

enum fact_kind { FACT_UNKNOWN, FACT_ENTRY, FACT_AROUND, FACT_ITEM, FACT_BARE_COLUMN };
/* What the name of a script's entry is in POLICY. *NAME: the fact's name, its text in OUT for an
 * item. */
enum fact_kind rehearsal_fact(const struct policy *policy, const struct script_entry *entry,
                              struct text *out, const char **name);

const char *known_get(const struct known *bag, const char *name); /* NULL */
/* Keeps the pointers given; they must outlive the bag. */
bool known_set(struct known *bag, const char *name, const char *value);
void known_free(struct known *bag);

const char *rehearsal_keep(struct rehearsal *rehearsal, const char *text, size_t length);
/* Makes room for one more in an array of COUNT things of SIZE bytes; false (and failed) without
 * memory. */
bool rehearsal_room(struct rehearsal *rehearsal, void *array, size_t count, size_t *capacity,
                    size_t size);

struct rehearsal_case *rehearsal_find(const struct rehearsal *rehearsal, const char *name);
bool rehearsal_linked(const struct rehearsal *rehearsal, const struct rehearsal_case *a,
                      const struct rehearsal_case *b);
/* Every fact of the case as its acts now stand, latest entry of each. */
bool rehearsal_collect(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       struct known *bag);
/* Escapes and appends NAME=VALUE. */
void rehearsal_put(struct text *facts, const char *name, const char *value);
/* The facts of an act of OF at MOMENT: its system, its surroundings, what LINE (NULL: none) enters.
 */
void rehearsal_facts(struct rehearsal *rehearsal, struct rehearsal_case *of,
                     const struct script_line *line, const struct event *event, int64_t moment,
                     struct text *facts);
/* What LINE alone enters; with AROUND also the surroundings it names. */
void rehearsal_entries(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       const struct script_line *line, const struct event *event, bool around,
                       struct text *facts);
/* The surroundings alone, with which rehearsal_facts() begins. */
void rehearsal_around(struct rehearsal *rehearsal, struct rehearsal_case *of, int64_t moment,
                      struct text *facts);
/* `system open`, `change`, `close`: done in the case as it stands. */
void rehearsal_system(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                      enum system_effect effect, int64_t moment);
const struct rehearsal_system *rehearsal_system_of(const struct rehearsal *rehearsal,
                                                   const struct rehearsal_case *of);
/* How many cases, linked with OF or about the same system (organisation), question QUERY counts by
 * MOMENT. */
struct value rehearsal_count(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                             int32_t query, int64_t moment);
/* The folder of one case up to NOW, with cases() answered. */
const struct casefile *rehearsal_fold(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                                      int64_t now);
bool rehearsal_append(struct rehearsal *rehearsal, struct rehearsal_case *of,
                      const struct act *act);
struct rehearsal_case *rehearsal_add_case(struct rehearsal *rehearsal, const char *name,
                                          int32_t procedure);
const char *rehearsal_fresh_name(struct rehearsal *rehearsal, const char *name);
void rehearsal_link(struct rehearsal *rehearsal, const struct rehearsal_case *a,
                    const struct rehearsal_case *b);
/* Folds, fills in what the case says and tells. */
void rehearsal_tell(struct rehearsal *rehearsal, struct outcome *outcome);
/* What an event that took effect does beyond its case: system, opens. OUTCOME is the act's. */
void rehearsal_follow(struct rehearsal *rehearsal, struct rehearsal_case *of,
                      const struct event *event, const struct act *act,
                      const struct outcome *outcome);
/* The desk's own acts that have fallen due at UNTIL, in their order over all cases. */
void rehearsal_desk(struct rehearsal *rehearsal, int64_t until);

#endif
