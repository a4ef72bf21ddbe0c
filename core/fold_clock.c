/* fold_clock.c: the life of a clock (POLICY guide, section 7; the numbers are its rules). */
#include "core/fold.h"

#include <stdlib.h>
#include <string.h>

struct run *clocks_run(struct fold *fold, int32_t clock)
{
    int16_t place = fold->file.procedure->clock_of[clock];
    return place < 0 ? NULL : &fold->runs[place];
}

static enum clock_part part_of(const struct fold *fold, int32_t state, int32_t place)
{
    return state < 0 ? CLOCK_ABSENT : fold->file.procedure->states[state].clocks[place];
}

static bool live(const struct run *run)
{
    return run->state == RUN_WAITING || run->state == RUN_RUNNING || run->state == RUN_HELD;
}

static void run_blank(struct run *run, int32_t clock)
{
    struct adjust *adjust = run->adjust;
    size_t capacity = run->adjust_capacity;
    *run = (struct run){
        .clock = clock,
        .started = MOMENT_NONE,
        .ended = MOMENT_NONE,
        .anchor = MOMENT_NONE,
        .least_day = DAY_NONE,
        .held_since = MOMENT_NONE,
        .due_since = MOMENT_NONE,
        .adjust = adjust,
        .adjust_capacity = capacity,
    };
    for (int c = 0; c <= CARD_DOUBLE; c++) {
        run->card_at[c] = run->threshold[c] = MOMENT_NONE;
    }
}

void clocks_reset(struct fold *fold)
{
    const struct procedure *procedure = fold->file.procedure;
    for (size_t i = 0; i < fold->past_count; i++) {
        free(fold->past[i].adjust);
    }
    fold->past_count = 0;
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        run_blank(&fold->runs[i], procedure->clocks.items[i]);
    }
    fold->file.run_count = procedure->clocks.count;
}

/* An earlier run keeps its cards and its trace (rule 7.6). */
static void keep_past(struct fold *fold, struct run *run)
{
    if (fold->past_count == fold->past_capacity) {
        size_t capacity = fold->past_capacity ? fold->past_capacity * 2 : 8;
        struct run *past = realloc(fold->past, capacity * sizeof *past);
        if (!past) {
            fold->memory = true;
            return;
        }
        fold->past = past;
        fold->past_capacity = capacity;
    }
    fold->past[fold->past_count++] = *run;
    run->adjust = NULL;
    run->adjust_capacity = 0;
}

static void add_adjust(struct fold *fold, struct run *run, struct adjust adjust)
{
    if (run->adjusts == run->adjust_capacity) {
        size_t capacity = run->adjust_capacity ? run->adjust_capacity * 2 : 4;
        struct adjust *grown = realloc(run->adjust, capacity * sizeof *grown);
        if (!grown) {
            fold->memory = true;
            return;
        }
        run->adjust = grown;
        run->adjust_capacity = capacity;
    }
    run->adjust[run->adjusts++] = adjust;
}

/* ---- when it is due ---- */

static int64_t moment_of_slot(struct fold *fold, int32_t slot)
{
    struct value value = fold_slot(fold, slot);
    if (!value.known) {
        return MOMENT_NONE;
    }
    return fold->policy->slots[slot].type == VALUE_MOMENT ? value.n
                                                          : moment_of((int32_t)value.n, 0);
}

static int64_t anchor_of(struct fold *fold, const struct run *run, const struct limit *limit)
{
    const struct procedure *procedure = fold->file.procedure;
    switch (limit->anchor) {
    case ANCHOR_START:
        return run->started;
    case ANCHOR_FIELD:
    case ANCHOR_DUE:
        return moment_of_slot(fold, limit->index);
    case ANCHOR_EVENT:
    case ANCHOR_STATE: { /* in one procedure a name is one of the two, in another the other */
        int16_t event = procedure->event_of[limit->index],
                state = procedure->state_of[limit->index];
        return event >= 0   ? fold->event_at[event]
               : state >= 0 ? fold->state_at[state]
                            : MOMENT_NONE;
    }
    case ANCHOR_END_OF: {
        const struct run *other = clocks_run(fold, limit->index);
        return other && other->has_due && other->state != RUN_HELD ? moment_of(other->due.day, 0)
                                                                   : MOMENT_NONE;
    }
    }
    return MOMENT_NONE;
}

/* How LIMIT is counted for RUN as things stand; false while it has no date. */
static bool reckon_of(struct fold *fold, const struct run *run, const struct limit *limit,
                      bool least, struct reckon *reckon)
{
    static const enum reckon_way ways[] = {
        [LIMIT_AFTER] = RECKON_AFTER, [LIMIT_BEFORE] = RECKON_BEFORE, [LIMIT_DAY] = RECKON_DAY};
    const struct clock *clock = &fold->policy->clocks[run->clock];
    const struct schedule *source = limit->anchor == ANCHOR_DUE ? fold->file.source : NULL;
    *reckon = (struct reckon){
        .way = ways[limit->kind],
        .length = limit->period,
        .anchor = anchor_of(fold, run, limit),
        .roll = least    ? ROLL_NONE
                : source ? source->roll
                         : clock->roll,
        .backward = clock->backward,
        .closes = fold->policy->closes,
        .adjust = run->adjust,
        .adjusts = run->adjusts,
    };
    if (limit->length_field >= 0) {
        struct value length = fold_slot(fold, limit->length_field);
        if (!length.known) {
            return false;
        }
        reckon->length.n = length.n;
    }
    return reckon->anchor != MOMENT_NONE;
}

/* A least is moved by holds, as a limit is, but not by what extends the limit (rules 7.11, 7.12).
 */
static void least_of(struct fold *fold, struct run *run, const struct clock *clock)
{
    struct reckon reckon;
    struct due due;
    struct adjust holds[16];
    run->least_day = DAY_NONE;
    if (clock->least.kind == LIMIT_NONE || !reckon_of(fold, run, &clock->least, true, &reckon)) {
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < run->adjusts && count < sizeof holds / sizeof *holds; i++) {
        if (run->adjust[i].kind == ADJUST_HOLD) {
            holds[count++] = run->adjust[i];
        }
    }
    reckon.adjust = holds;
    reckon.adjusts = count;
    reckon_due(fold->revision, &reckon, &due, NULL);
    run->least_day = due.at == MOMENT_NONE ? DAY_NONE : due.day;
}

static enum card worst_of(const struct fold *fold, const struct run *run)
{
    if (run->limit && fold->file.source && (run->limit->anchor == ANCHOR_DUE)) {
        return fold->file.source->worst;
    }
    return fold->policy->clocks[run->clock].worst;
}

/* When each card comes, none above the worst that the clock's basis allows (rule 7.17). */
static void thresholds(const struct fold *fold, struct run *run)
{
    const struct clock *clock = &fold->policy->clocks[run->clock];
    int64_t at[CARD_DOUBLE + 1] = {MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, run->due.over,
                                   MOMENT_NONE};
    if (clock->blue.n >= 0) {
        at[CARD_BLUE] = reckon_left(fold->revision, &run->due, clock->blue);
    }
    if (clock->yellow.n >= 0) {
        at[CARD_YELLOW] = reckon_left(fold->revision, &run->due, clock->yellow);
    }
    if (clock->twice.n >= 0) {
        at[CARD_DOUBLE] = reckon_past(fold->revision, &run->due, clock->twice);
    }
    enum card worst = worst_of(fold, run);
    for (int c = CARD_DOUBLE; c > (int)worst; c--) {
        if (c - 1 > CARD_NONE && at[c] != MOMENT_NONE &&
            (at[c - 1] == MOMENT_NONE || at[c] < at[c - 1])) {
            at[c - 1] = at[c];
        }
        at[c] = MOMENT_NONE;
    }
    memcpy(run->threshold, at, sizeof at);
}

static void take_limit(struct fold *fold, struct run *run, const struct clock *clock,
                       int64_t moment)
{
    run->limit = NULL;
    for (int32_t i = 0; i < clock->limit_count && !run->limit; i++) {
        if (!clock->limits[i].when ||
            fold_eval(fold, clock->limits[i].when, moment, PERSON_DESK).n == 1) {
            run->limit = &clock->limits[i];
        }
    }
}

/* It would be counted as it was. What held or moved a run is never taken back. */
static bool counted_so(const struct fold *fold, const struct run *run, const struct reckon *reckon)
{
    const struct reckon *last = &run->reckon;
    return run->revision == fold->revision && last->anchor == reckon->anchor &&
           last->adjusts == reckon->adjusts && last->length.n == reckon->length.n &&
           last->length.unit == reckon->length.unit && last->way == reckon->way &&
           last->roll == reckon->roll;
}

/* Rule 7.13: limit as the facts stand now. */
static void refresh(struct fold *fold, struct run *run, int64_t moment)
{
    const struct clock *clock = &fold->policy->clocks[run->clock];
    struct reckon reckon;
    struct due due = {.at = MOMENT_NONE};
    take_limit(fold, run, clock, moment);
    least_of(fold, run, clock);
    bool counted = run->limit && reckon_of(fold, run, run->limit, false, &reckon);
    if (counted && counted_so(fold, run, &reckon)) {
        due = run->due;
    } else if (counted) {
        run->anchor = reckon.anchor;
        reckon_due(fold->revision, &reckon, &due, NULL);
        run->reckon = reckon;
    }
    run->revision = counted ? fold->revision : NULL;
    bool had = run->has_due;
    int64_t before = run->due.at, over = run->due.over;
    run->has_due = counted && due.at != MOMENT_NONE;
    run->due = due;
    if (run->state != RUN_HELD) {
        bool waits = run->limit ? !run->has_due : run->least_day == DAY_NONE;
        bool none = !run->limit && clock->least.kind == LIMIT_NONE;
        run->state = none ? RUN_NONE : waits ? RUN_WAITING : RUN_RUNNING;
    } else if (run->has_due) {
        run->left = reckon_remaining(fold->revision, &run->due, run->held_since);
    }
    if (run->has_due &&
        (!had || before != due.at || over != due.over || run->due_since == MOMENT_NONE)) {
        run->due_since = moment;
        thresholds(fold, run);
    }
}

void clocks_refresh(struct fold *fold, int64_t moment)
{
    bool again = true;
    for (int pass = 0; pass < 2 && again; pass++) { /* `end of` another clock: after that clock */
        again = false;
        for (int32_t i = 0; i < fold->file.run_count; i++) {
            struct run *run = &fold->runs[i];
            bool counts = live(run) || (run->state == RUN_NONE && run->stay &&
                                        part_of(fold, fold->file.state, i) == CLOCK_NAMED);
            if (counts && (pass == 0 || (run->limit && run->limit->anchor == ANCHOR_END_OF))) {
                refresh(fold, run, moment);
                again |= run->limit && run->limit->anchor == ANCHOR_END_OF;
            }
        }
    }
}

/* ---- cards ---- */

/* The cards that were shown between the last look and MOMENT; each once in a run, for good. */
static void collect(struct run *run, int64_t moment)
{
    for (int c = CARD_BLUE; c <= CARD_DOUBLE; c++) {
        if (run->card_at[c] != MOMENT_NONE || run->threshold[c] == MOMENT_NONE ||
            run->threshold[c] > moment) {
            continue;
        }
        int64_t from = run->threshold[c] > run->due_since ? run->threshold[c] : run->due_since;
        bool hidden = false;
        for (int higher = c + 1; higher <= CARD_DOUBLE; higher++) {
            hidden |= run->threshold[higher] != MOMENT_NONE && run->threshold[higher] <= from;
        }
        if (!hidden && from <= moment) {
            run->card_at[c] = from;
        }
    }
}

void clocks_advance(struct fold *fold, int64_t moment)
{
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        struct run *run = &fold->runs[i];
        run->card = CARD_NONE;
        if (run->state != RUN_RUNNING || !run->has_due) {
            continue;
        }
        collect(run, moment);
        for (int c = CARD_BLUE; c <= CARD_DOUBLE; c++) {
            if (run->threshold[c] != MOMENT_NONE && run->threshold[c] <= moment) {
                run->card = (enum card)c;
            }
        }
    }
}

/* ---- start, hold, resume, end ---- */

static void start(struct fold *fold, struct run *run, int64_t moment)
{
    int32_t round = run->round;
    if (round > 0) {
        keep_past(fold, run);
    }
    run_blank(run, run->clock);
    run->round = round + 1;
    run->started = moment;
    run->stay = true;
    run->state = RUN_WAITING;
    refresh(fold, run, moment);
}

static void hold(struct fold *fold, struct run *run, int64_t moment)
{
    run->state = RUN_HELD;
    run->held_since = moment;
    run->left = run->has_due ? reckon_remaining(fold->revision, &run->due, moment) : 0;
}

static void resume(struct fold *fold, struct run *run, int64_t moment)
{
    add_adjust(fold, run,
               (struct adjust){.kind = ADJUST_HOLD, .from = run->held_since, .to = moment});
    run->state = RUN_RUNNING;
    run->held_since = MOMENT_NONE;
    run->due_since = MOMENT_NONE;
    refresh(fold, run, moment);
}

/* Rule 7.5. */
static void end(struct run *run, int64_t moment, bool dropped)
{
    int64_t judged = run->state == RUN_HELD ? run->held_since : moment;
    bool late = run->has_due && judged > run->due.at;
    bool waited = run->state == RUN_WAITING;
    run->state = late ? RUN_LATE : dropped || waited ? RUN_DROPPED : RUN_MET;
    run->late = late;
    run->ended = moment;
    run->card = CARD_NONE;
}

void clocks_enter(struct fold *fold, int32_t from, int32_t to, int64_t moment)
{
    bool dropped = fold->file.procedure->states[to].final == FINAL_DROPPED;
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        struct run *run = &fold->runs[i];
        switch (part_of(fold, to, i)) {
        case CLOCK_NAMED:
            if (run->state == RUN_HELD) {
                resume(fold, run, moment);
            } else if (!live(run) && !run->stay) {
                start(fold, run, moment);
            }
            break;
        case CLOCK_HELD:
            if (live(run) && run->state != RUN_HELD && part_of(fold, from, i) == CLOCK_NAMED) {
                hold(fold, run, moment);
            }
            break;
        case CLOCK_ABSENT:
            if (live(run)) {
                end(run, moment, dropped);
            }
            run->stay = false;
            break;
        }
    }
}

void clocks_until(struct fold *fold, int64_t moment)
{
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        struct run *run = &fold->runs[i];
        const struct expr *until = live(run) ? fold->policy->clocks[run->clock].until : NULL;
        if (until) {
            struct value met = fold_eval(fold, until, moment, PERSON_DESK);
            if (met.known && met.n) {
                end(run, moment, false);
            }
        }
    }
}

void clocks_extend(struct fold *fold, const struct event *event, int64_t moment)
{
    for (int32_t i = 0; i < event->extend_count; i++) {
        const struct extension *extension = &event->extends[i];
        struct run *run = clocks_run(fold, extension->clock);
        struct value value =
            extension->field >= 0 ? fold_slot(fold, extension->field) : value_unknown();
        if (!run || !live(run) || (extension->field >= 0 && !value.known)) {
            continue;
        }
        struct adjust adjust = {.kind = extension->to_day ? ADJUST_TO : ADJUST_BY, .from = moment};
        if (extension->to_day) {
            bool time = fold->policy->slots[extension->field].type == VALUE_MOMENT;
            adjust.day = time ? moment_day(value.n) : (int32_t)value.n;
        } else {
            adjust.period = extension->period;
            adjust.period.n = extension->field >= 0 ? value.n : extension->period.n;
        }
        add_adjust(fold, run, adjust);
    }
}

/* The desk has done EVENT: the clocks that ran out into it are done with (once in a run). */
void clocks_expired(struct fold *fold, int32_t event, int64_t moment)
{
    const struct procedure *procedure = fold->file.procedure;
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        struct run *run = &fold->runs[i];
        int32_t expires = fold->policy->clocks[run->clock].expires;
        if (expires && procedure->event_of[expires] == event && run->state == RUN_RUNNING &&
            run->has_due && moment > run->due.at) {
            run->expired = true;
        }
    }
}

bool fold_explain(struct fold *fold, const struct run *run, struct trace *trace)
{
    struct reckon reckon;
    struct due due;
    if (!run->limit || !run->has_due || !reckon_of(fold, run, run->limit, false, &reckon)) {
        return false;
    }
    reckon_due(fold->revision, &reckon, &due, trace);
    return due.at != MOMENT_NONE;
}

bool fold_remaining(const struct fold *fold, const struct run *run, int64_t *left)
{
    if (!run->has_due || (run->state != RUN_RUNNING && run->state != RUN_HELD)) {
        return false;
    }
    *left = run->state == RUN_HELD ? run->left
                                   : reckon_remaining(fold->revision, &run->due, fold->moment);
    return true;
}

static void earlier(int64_t *least, int64_t moment)
{
    if (moment != MOMENT_NONE && (*least == MOMENT_NONE || moment < *least)) {
        *least = moment;
    }
}

/* A time to use or let pass, of whose end nothing comes: it has no card, and nobody is late. */
static bool is_idle(const struct fold *fold, const struct run *run)
{
    const struct clock *clock = &fold->policy->clocks[run->clock];
    return clock->basis == BASIS_RIGHT && clock->expires == 0;
}

static bool some_binds(const struct fold *fold)
{
    bool binds = false;
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        const struct run *run = &fold->runs[i];
        binds |= run->state == RUN_RUNNING && run->has_due && !is_idle(fold, run);
    }
    return binds;
}

struct instants fold_instants(const struct fold *fold)
{
    struct instants all = {MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, MOMENT_NONE,
                           false,       false,       0,           NULL};
    bool binds = some_binds(fold);
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        const struct run *run = &fold->runs[i];
        if (run->state == RUN_HELD && run->has_due) {
            bool least = !all.held || run->left < all.left;
            all.run = all.due_at == MOMENT_NONE && least ? run : all.run;
            all.left = least ? run->left : all.left;
            all.held = true;
        }
        if (run->state != RUN_RUNNING || !run->has_due || (binds && is_idle(fold, run))) {
            continue;
        }
        bool first = all.due_at == MOMENT_NONE || run->due.at < all.due_at;
        bool later = !first && run->due.at == all.due_at && run->round > all.run->round;
        all.run = first || later ? run : all.run;
        all.provisional = first ? run->due.provisional : all.provisional;
        earlier(&all.due_at, run->due.at);
        earlier(&all.blue_at, run->threshold[CARD_BLUE]);
        earlier(&all.yellow_at, run->threshold[CARD_YELLOW]);
        earlier(&all.red_at, run->threshold[CARD_RED]);
        earlier(&all.double_at, run->threshold[CARD_DOUBLE]);
    }
    return all;
}
