/*
 * casefile.h: a case is the fold of its acts.
 *
 * fold_case() reads the acts of one case in their order and says what state it is in, which clocks
 * run, are held, met or late, when each is due and which card it shows. It is the only place where
 * that is worked out; whatever is stored beside the acts is a cache of it. Rules are cited by their
 * number in the POLICY guide: section 7 (life of a clock), section 8 (what an event does).
 *
 * A fold is a workspace that is used again and again: after the first cases it allocates nothing.
 */
#ifndef YUNTAI_CORE_CASEFILE_H
#define YUNTAI_CORE_CASEFILE_H

#include "core/policy.h"

enum act_event { /* an act's event is one of its procedure (0 …) or one of these */
                 EVENT_OPEN = -1,    /* the case is opened, in `begins` */
                 EVENT_EDIT = -2,    /* the application is changed, in a state with `edit` */
                 EVENT_CORRECT = -3, /* act CORRECTS is restated: these facts and this date in place
                                        of its own */
                 EVENT_ANNUL = -4,   /* act CORRECTS is taken back */
                 EVENT_SURROUND = -5,  /* what stands around the case was read anew (facts of the
                                          surroundings only) */
                 EVENT_EXPLAIN = -6,   /* a card is explained, */
                 EVENT_WAIVE = -7,     /* waived, */
                 EVENT_TAKE_BACK = -8, /* its waiver taken back: see facts card.… below */
                 EVENT_NONE = -9       /* a name that is no event */
};
enum { PERSON_DESK = 0, ROLE_DESK = -1 };

/* An act of the desk's own in every procedure, by the name it has in a record and at a prompt. No
 * event of a policy may be called so. */
struct own_act {
    const char *name;
    int32_t event; /* EVENT_SURROUND for several that touch nothing but what stands around */
    const char *zh, *en;
};
const struct own_act *own_act(const char *name); /* NULL: NAME is none; lives for ever */
const struct own_act *own_act_at(size_t index);  /* each of them, NULL behind the last */

/*
 * One act. FACTS is what the fold reads, one NAME=VALUE a line, escaped (\n newline, \\ backslash):
 *   trial_days=30            a field, as typed
 *   item.CODE.quantity=4     a line of the resource list; item.CODE.COLUMN for its other columns;
 *                            item.CODE.quantity= (empty) takes the line away
 *   system.mlps_level=3      a fact of the surroundings as it stood then: org.level, avg.cpu, due …
 *   override=RULE            a rule that gave way (several lines)
 *   card.clock=review        of EXPLAIN, WAIVE and TAKE_BACK: the run whose card it is, and the
 * card; card.round=1             an act whose run there no longer is, once another was corrected,
 * stays card.card=red            on record and marks nothing Names the policy does not know are
 * passed over: what was true then stays on the record.
 */
struct act {
    int32_t event;
    int64_t person;              /* PERSON_DESK: the desk itself */
    int32_t role;                /* role index he acted in; ROLE_DESK */
    int64_t effective, recorded; /* moments; clocks count from EFFECTIVE */
    int32_t corrects;            /* number of the act, from 1; only of CORRECT and ANNUL */
    const char *facts;           /* borrowed; need not end in NUL */
    size_t facts_length;
};

enum run_state {
    RUN_NONE,    /* no such clock: never started, or no condition of its limit holds */
    RUN_WAITING, /* its anchor has no date yet */
    RUN_RUNNING,
    RUN_HELD,
    RUN_MET,
    RUN_LATE,
    RUN_DROPPED
};

/* One run of a clock (rules 7.1 to 7.6). Moments are MOMENT_NONE, days DAY_NONE where there is
 * none. */
struct run {
    int32_t clock; /* global index */
    enum run_state state;
    int32_t round;             /* 1 for the first run of the case */
    int64_t started, ended;    /* entering the state; leaving it, or what `until` waited for */
    const struct limit *limit; /* the one of the choice that holds; NULL: only a least */
    int64_t anchor;
    bool has_due;
    struct due due;    /* while held: as it stood when the hold began */
    int32_t least_day; /* first day on which it may end */
    int64_t held_since;
    int64_t left;                     /* while held: what is left, working days (hours: minutes) */
    bool late;                        /* what late(clock) says at the moment folded to */
    enum card card;                   /* of the moment */
    int64_t card_at[CARD_DOUBLE + 1]; /* when the run got each card, for good */
    int64_t threshold[CARD_DOUBLE + 1]; /* when each card comes as things stand */
    int32_t explained[CARD_DOUBLE + 1]; /* by card: number of the act that explained it; 0 none */
    int32_t waived[CARD_DOUBLE + 1];    /* that waived it and was not taken back */
    bool expired;                       /* the desk has acted on it */
    /* kept by the fold */
    bool stay;
    int64_t due_since;
    struct reckon reckon;            /* by which DUE was counted */
    const struct revision *revision; /* the same; NULL: it was not */
    struct adjust *adjust;
    size_t adjusts, adjust_capacity;
};

/* What the desk has to do next of itself (rules 7.14, 8.7). */
struct wake {
    int64_t at; /* MOMENT_NONE: nothing that time alone brings */
    int32_t event;
    int32_t clock; /* that ran out; -1: its `when` holds */
};

/* The instants at which a case's own card changes, over its running clocks: what a store indexes.
 */
struct instants {
    int64_t due_at, blue_at, yellow_at, red_at, double_at; /* MOMENT_NONE where none */
    bool held, provisional;
    int64_t left;          /* of the held clock with the least left */
    const struct run *run; /* by which it stands in the queue: the first to end, of two that end
                              together the later round, a right of whose end nothing comes only
                              where no other runs; else the held one; NULL */
};

struct slot { /* the latest entry of a fact */
    struct value value;
    const char *text; /* as written, escaped; NULL: never entered */
    size_t length;
    int32_t act; /* number of the act that entered it, from 1 */
};
struct line { /* of the resource list */
    const char *code;
    size_t length;
};

struct fold;

struct casefile {
    const struct policy *policy;
    const struct procedure *procedure;
    int32_t state; /* -1 before it is opened */
    bool closed;
    int64_t opened, entered, changed; /* moments: opening, entering the state, the last act */
    int32_t owner, payer;             /* role indexes, -1 none */
    enum who_kind with;               /* whose turn it is */
    int32_t with_role;                /* for everyone but the desk and nobody; -1 */
    const struct duty *duty;          /* it comes from; NULL */
    const struct schedule *source;
    struct run *runs; /* one a clock of the procedure, in the order of procedure->clocks */
    int32_t run_count;
    const struct run *past; /* earlier runs, oldest first */
    size_t past_count;
    const struct slot *slots; /* policy->slot_count */
    const struct line *lines; /* of the resource list */
    int32_t line_count;
    const int32_t *count;               /* how often each event was done */
    const int64_t *event_at, *state_at; /* latest time of each */
    int32_t act_count;                  /* acts folded */
    int32_t last_event;                 /* of the last act that took effect */
    struct wake wake;
    uint64_t overrides; /* rules that gave way somewhere in the case */
};

enum fold_status {
    FOLD_DONE,
    FOLD_MEMORY,
    FOLD_IMPOSSIBLE /* an act that the policy knows no way to do there; folding stopped before it */
};

struct fold *fold_new(const struct policy *policy); /* NULL without memory; POLICY is borrowed */
void fold_free(struct fold *fold);

/* Answers cases(): how many cases a question of the policy counts, or unknown. What it says is only
 * asked where the facts of the acts do not say it. */
void fold_ask(struct fold *fold, struct value (*cases)(void *self, int32_t query), void *self);

/*
 * Folds ACTS of a case of PROCEDURE up to NOW. CALENDAR is looked at as it was known on the day
 * each act was recorded, and at NOW for what still runs: what ended stays judged as it was. Acts
 * after NOW are folded too. Corrections and annulments (acts that name another) are put in place
 * first.
 */
enum fold_status fold_case(struct fold *fold, const struct calendar *calendar, int32_t procedure,
                           const struct act *acts, size_t count, int64_t now);
/*
 * The same of all ACTS where FOLD has, of the same case and calendar and up to NOW, folded all but
 * the last of them, and verdict_of() has tried no other act since: only the last is read. False:
 * that cannot be, nothing was done.
 */
bool fold_last(struct fold *fold, const struct act *acts, size_t count, int64_t now,
               enum fold_status *status);
/* The case as last folded; valid until the next fold. */
const struct casefile *fold_result(const struct fold *fold);
/* Grows with each use of FOLD: while it stays, so does the case as last folded. From 1. */
uint64_t fold_times(const struct fold *fold);
/* Number (from 1) of the act that stopped a fold with FOLD_IMPOSSIBLE. */
int32_t fold_stopped_at(const struct fold *fold);

/* A column of line LINE as last entered, else its default; the value of a slot, else its default.
 */
struct value fold_column(struct fold *fold, int32_t line, int32_t column);
struct value fold_slot(struct fold *fold, int32_t slot);
/* CONDITION as things stand, at MOMENT, for PERSON (did). */
struct value fold_eval(struct fold *fold, const struct expr *condition, int64_t moment,
                       int64_t person);
/* The field is asked: its `when` holds. LINE: of a per-item field, else -1. */
bool fold_asks(struct fold *fold, int32_t field, int32_t line, int64_t moment);

/* The worst card the run has had, or has. */
enum card run_worst(const struct run *run);
/* The worst card of it that was waived (explained); what is waived covers the lesser ones. */
enum card run_waived(const struct run *run);
enum card run_explained(const struct run *run);
/* Its worst card is waived: it counts against nobody. */
bool run_excused(const struct run *run);
const char *name_of_card(enum card card); /* none blue yellow red double */
/* CARD_NONE where it is no name of a card. */
enum card card_of_name(const char *name, size_t length);

struct instants fold_instants(const struct fold *fold);
/* The same count again, step by step, for a run of the case as last folded; false where it has no
 * last day. */
bool fold_explain(struct fold *fold, const struct run *run, struct trace *trace);
/* Left at the moment folded to, as lists show it: working days, for hours minutes; held: what was
 * left. */
bool fold_remaining(const struct fold *fold, const struct run *run, int64_t *left);

#endif
