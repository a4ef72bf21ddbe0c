/*
 * fold.h: what the files of the fold share. Not for callers: see casefile.h.
 *
 * fold.c reads the acts in order and moves the state; fold_facts.c keeps what was entered and
 * answers conditions; fold_clock.c lives the clocks' lives.
 */
#ifndef YUNTAI_CORE_FOLD_H
#define YUNTAI_CORE_FOLD_H

#include "core/casefile.h"

struct signature { /* of an event that several must sign */
    int32_t event, role;
    int64_t person;
};

struct fold {
    const struct policy *policy;
    const struct calendar *calendar;
    const struct revision *revision; /* what was known when the act at hand was recorded */
    struct casefile file;
    const struct act *acts;
    size_t count;
    int64_t moment; /* the case is folded up to here */
    int64_t person; /* for did() while a condition is evaluated */
    int32_t depth;  /* of `when` of fields asking for each other */
    bool memory;    /* ran short */

    struct slot *slots;
    int32_t *touched; /* slots in use, so that a reset touches no others */
    int32_t touched_count;
    struct line *lines;
    struct slot *columns; /* line by line, policy->column_count each */
    int32_t line_capacity;

    int32_t *done; /* by event: how often */
    int64_t *event_at, *state_at;
    bool *by_desk;      /* by event: the latest was the desk's */
    int32_t *came_from; /* by state: where from, other than by `back` */
    struct run *runs, *past;
    size_t past_count, past_capacity;
    struct signature *signatures;
    int32_t signature_count, signature_capacity;
    int32_t *stands; /* by act: whose date and facts stand for it; -1 taken back */
    size_t stands_capacity;
    bool corrected; /* STANDS is in use */
    int32_t stopped_at;
    uint64_t times;                /* used: see fold_times() */
    const struct revision *steady; /* known when the last act was recorded, and still at the end of
                                      fold_case(); NULL: another was, or an act was corrected */

    struct value (*cases)(void *self, int32_t query);
    void *self;
};

/* fold.c */
const struct act *fold_stands(const struct fold *fold,
                              size_t index); /* NULL: taken back, or a correction */
/* The state EVENT leads to at MOMENT, -1: it stays. *BACK: by `back`. */
int32_t fold_destination(struct fold *fold, const struct event *event, int64_t moment, bool *back);
bool fold_signed(const struct fold *fold, const struct event *event, int32_t index);
void fold_find_wake(struct fold *fold);
bool who_is(const struct fold *fold, struct who who, int32_t *role);

/* fold_facts.c */
void facts_reset(struct fold *fold);
bool facts_enter(struct fold *fold, const char *facts, size_t length,
                 int32_t act); /* true: changes the application */
void facts_fix_defaults(struct fold *fold, struct indexes fields, int64_t moment, int32_t act);
bool facts_next(const char **at, const char *end, const char **name, size_t *name_length,
                const char **value, size_t *value_length);
int32_t facts_line(struct fold *fold, const char *code, size_t length, bool make);
bool facts_item(const char *name, size_t length, const char **code, size_t *code_length,
                const char **column, size_t *column_length);

/* fold_clock.c */
void clocks_reset(struct fold *fold);
void clocks_enter(struct fold *fold, int32_t from, int32_t to,
                  int64_t moment);                      /* states, -1 none */
void clocks_refresh(struct fold *fold, int64_t moment); /* rule 7.13 */
void clocks_advance(struct fold *fold, int64_t moment); /* cards that time brings */
void clocks_until(struct fold *fold, int64_t moment);
void clocks_extend(struct fold *fold, const struct event *event, int64_t moment); /* rule 7.12 */
void clocks_expired(struct fold *fold, int32_t event, int64_t moment);
struct run *clocks_run(struct fold *fold, int32_t clock); /* NULL: not of this procedure */

/* fold_mark.c */
void marks_enter(struct fold *fold, int32_t event, const struct act *act, int32_t number);
/* What an act on a card speaks of; CARD_NONE and -1 where it says nothing right. */
struct marked {
    int32_t clock, round;
    enum card card;
};
struct marked marks_read(const struct policy *policy, const struct act *act);
struct run *marks_run(struct fold *fold, int32_t clock, int32_t round); /* NULL: there is none */

#endif
