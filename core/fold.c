/* fold.c: the acts of a case, read in their order (POLICY guide, sections 7 and 8). */
#include "core/fold.h"

#include <stdlib.h>
#include <string.h>

/* How far ahead the desk looks for the day on which a `when` of its own comes to hold. */
enum { LOOK_AHEAD = 1100 };

static size_t widest(const struct policy *policy, size_t *events, size_t *states)
{
    size_t clocks = 1;
    *events = *states = 1;
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        const struct procedure *procedure = &policy->procedures[i];
        size_t c = (size_t)procedure->clocks.count;
        size_t e = (size_t)procedure->event_count, s = (size_t)procedure->state_count;
        clocks = c > clocks ? c : clocks;
        *events = e > *events ? e : *events;
        *states = s > *states ? s : *states;
    }
    return clocks;
}

struct fold *fold_new(const struct policy *policy)
{
    struct fold *fold = calloc(1, sizeof *fold);
    if (!fold) {
        return NULL;
    }
    size_t events, states, clocks = widest(policy, &events, &states);
    size_t slots = (size_t)policy->slot_count + 1;
    fold->policy = policy;
    fold->slots = calloc(slots, sizeof *fold->slots);
    fold->touched = calloc(slots, sizeof *fold->touched);
    fold->done = calloc(events, sizeof *fold->done);
    fold->event_at = calloc(events, sizeof *fold->event_at);
    fold->by_desk = calloc(events, sizeof *fold->by_desk);
    fold->state_at = calloc(states, sizeof *fold->state_at);
    fold->came_from = calloc(states, sizeof *fold->came_from);
    fold->runs = calloc(clocks, sizeof *fold->runs);
    if (!fold->slots || !fold->touched || !fold->done || !fold->event_at || !fold->by_desk ||
        !fold->state_at || !fold->came_from || !fold->runs) {
        fold_free(fold);
        return NULL;
    }
    return fold;
}

void fold_free(struct fold *fold)
{
    if (!fold) {
        return;
    }
    size_t events, states, clocks = widest(fold->policy, &events, &states);
    for (size_t i = 0; fold->runs && i < clocks; i++) {
        free(fold->runs[i].adjust);
    }
    for (size_t i = 0; i < fold->past_count; i++) {
        free(fold->past[i].adjust);
    }
    free(fold->slots);
    free(fold->touched);
    free(fold->lines);
    free(fold->columns);
    free(fold->done);
    free(fold->event_at);
    free(fold->by_desk);
    free(fold->state_at);
    free(fold->came_from);
    free(fold->runs);
    free(fold->past);
    free(fold->signatures);
    free(fold->stands);
    free(fold);
}

void fold_ask(struct fold *fold, struct value (*cases)(void *self, int32_t query), void *self)
{
    fold->cases = cases;
    fold->self = self;
}

uint64_t fold_times(const struct fold *fold)
{
    return fold->times;
}

const struct casefile *fold_result(const struct fold *fold)
{
    return &fold->file;
}

int32_t fold_stopped_at(const struct fold *fold)
{
    return fold->stopped_at;
}

/* ---- corrections ---- */

static bool names_another(const struct act *act)
{
    return act->event == EVENT_CORRECT || act->event == EVENT_ANNUL;
}

/* Which act's date and facts stand for each; a correction of a correction falls to the first. */
static bool place_corrections(struct fold *fold)
{
    fold->corrected = false;
    for (size_t i = 0; i < fold->count; i++) {
        fold->corrected |= names_another(&fold->acts[i]);
    }
    if (!fold->corrected) {
        return true;
    }
    if (fold->count > fold->stands_capacity) {
        int32_t *stands = realloc(fold->stands, fold->count * sizeof *stands);
        if (!stands) {
            return false;
        }
        fold->stands = stands;
        fold->stands_capacity = fold->count;
    }
    for (size_t i = 0; i < fold->count; i++) {
        const struct act *act = &fold->acts[i];
        fold->stands[i] = names_another(act) ? -1 : (int32_t)i;
        if (!names_another(act) || act->corrects < 1 || (size_t)act->corrects > i) {
            continue;
        }
        int32_t target = act->corrects - 1;
        bool undoes = act->event == EVENT_ANNUL && names_another(&fold->acts[target]);
        if (undoes) {
            target = fold->acts[target].corrects - 1;
            fold->stands[target] = target;
        } else if (!names_another(&fold->acts[target])) {
            fold->stands[target] = act->event == EVENT_ANNUL ? -1 : (int32_t)i;
        }
    }
    return true;
}

const struct act *fold_stands(const struct fold *fold, size_t index)
{
    if (!fold->corrected) {
        return &fold->acts[index];
    }
    return fold->stands[index] < 0 ? NULL : &fold->acts[fold->stands[index]];
}

/* ---- states ---- */

bool who_is(const struct fold *fold, struct who who, int32_t *role)
{
    *role = -1;
    switch (who.kind) {
    case WHO_ROLE:
        *role = who.index;
        break;
    case WHO_OWNER:
        *role = fold->file.owner;
        break;
    case WHO_PAYER:
        *role = fold->file.payer;
        break;
    case WHO_FIELD: {
        struct value value = fold->slots[who.index].value;
        bool is_role = fold->policy->fields[who.index].type == FIELD_ROLE;
        *role = value.known && is_role ? fold->policy->role_of[value.n] : -1;
        break;
    }
    default:
        break;
    }
    return *role >= 0;
}

static void find_holder(struct fold *fold)
{
    const struct state *state = &fold->file.procedure->states[fold->file.state];
    fold->file.with = fold->file.closed ? WHO_NOBODY : state->with.kind;
    who_is(fold, state->with, &fold->file.with_role);
    if (fold->file.closed) {
        fold->file.with_role = -1;
    }
}

int32_t fold_destination(struct fold *fold, const struct event *event, int64_t moment, bool *back)
{
    *back = false;
    for (int32_t i = 0; i < event->to_count; i++) {
        const struct expr *when = event->to[i].when;
        struct value value = fold_eval(fold, when, moment, PERSON_DESK);
        if (value.known && value.n) {
            *back = event->to[i].state == TO_BACK;
            return *back ? fold->came_from[fold->file.state] : event->to[i].state;
        }
    }
    return -1;
}

static void enter_state(struct fold *fold, int32_t to, bool back, int64_t moment)
{
    struct casefile *file = &fold->file;
    int32_t from = file->state;
    if (!back && from != to) {
        fold->came_from[to] = from;
    }
    file->state = to;
    file->entered = moment;
    file->closed = file->procedure->states[to].final != FINAL_NO;
    fold->state_at[to] = moment;
    fold->signature_count = 0;
    clocks_enter(fold, from, to, moment);
}

/* ---- signatures (rule 8.6) ---- */

static int32_t signatures_of(const struct fold *fold, int32_t event)
{
    int32_t count = 0;
    for (int32_t i = 0; i < fold->signature_count; i++) {
        count += fold->signatures[i].event == event;
    }
    return count;
}

bool fold_signed(const struct fold *fold, const struct event *event, int32_t index)
{
    if (event->by == BY_COUNT_OF) {
        return signatures_of(fold, index) >= event->by_count;
    }
    if (event->by != BY_ALL_OF) {
        return true;
    }
    uint64_t missing = event->roles;
    for (int32_t i = 0; i < fold->signature_count; i++) {
        if (fold->signatures[i].event == index && fold->signatures[i].role >= 0) {
            missing &= ~(UINT64_C(1) << fold->signatures[i].role);
        }
    }
    return missing == 0;
}

static bool signs_already(const struct fold *fold, const struct event *event, const struct act *act)
{
    for (int32_t i = 0; i < fold->signature_count; i++) {
        const struct signature *signature = &fold->signatures[i];
        bool same = event->by == BY_ALL_OF ? signature->role == act->role
                                           : signature->person == act->person;
        if (signature->event == act->event && same) {
            return true;
        }
    }
    return false;
}

static void sign(struct fold *fold, const struct event *event, const struct act *act)
{
    if ((event->by != BY_ALL_OF && event->by != BY_COUNT_OF) || signs_already(fold, event, act)) {
        return;
    }
    if (fold->signature_count == fold->signature_capacity) {
        int32_t capacity = fold->signature_capacity ? fold->signature_capacity * 2 : 8;
        struct signature *grown = realloc(fold->signatures, (size_t)capacity * sizeof *grown);
        if (!grown) {
            fold->memory = true;
            return;
        }
        fold->signatures = grown;
        fold->signature_capacity = capacity;
    }
    fold->signatures[fold->signature_count++] =
        (struct signature){act->event, act->role, act->person};
}

/* ---- acts ---- */

static void reset(struct fold *fold, const struct calendar *calendar, int32_t procedure,
                  const struct act *acts, size_t count)
{
    const struct procedure *found = &fold->policy->procedures[procedure];
    facts_reset(fold);
    fold->calendar = calendar;
    fold->revision = calendar_as_of(calendar, DAY_FIRST);
    fold->acts = acts;
    fold->count = count;
    fold->moment = MOMENT_NONE;
    fold->memory = false;
    fold->depth = 0;
    fold->steady = NULL;
    fold->stopped_at = 0;
    fold->signature_count = 0;
    fold->file = (struct casefile){
        .policy = fold->policy,
        .procedure = found,
        .state = -1,
        .opened = MOMENT_NONE,
        .entered = MOMENT_NONE,
        .changed = MOMENT_NONE,
        .owner = -1,
        .payer = -1,
        .with_role = -1,
        .runs = fold->runs,
        .slots = fold->slots,
        .lines = fold->lines,
        .count = fold->done,
        .event_at = fold->event_at,
        .state_at = fold->state_at,
        .last_event = EVENT_NONE,
        .wake = {MOMENT_NONE, -1, -1},
    };
    for (int32_t i = 0; i < found->event_count; i++) {
        fold->done[i] = 0;
        fold->event_at[i] = MOMENT_NONE;
        fold->by_desk[i] = false;
    }
    for (int32_t i = 0; i < found->state_count; i++) {
        fold->state_at[i] = MOMENT_NONE;
        fold->came_from[i] = -1;
    }
    clocks_reset(fold);
}

static int32_t role_in(const struct fold *fold, enum surrounding which)
{
    struct value value = fold->slots[policy_slot_around(fold->policy, which)].value;
    return value.known ? fold->policy->role_of[value.n] : -1;
}

static void open_case(struct fold *fold, const struct act *act, const struct act *stands)
{
    struct casefile *file = &fold->file;
    facts_enter(fold, stands->facts, stands->facts_length, 1);
    file->opened = stands->effective;
    file->owner = role_in(fold, AROUND_OWNER);
    file->owner = file->owner < 0 ? act->role : file->owner;
    file->payer = role_in(fold, AROUND_PAYER);
    struct value source = fold->slots[policy_slot_around(fold->policy, AROUND_SOURCE)].value;
    if (source.known) {
        file->source = policy_source(fold->policy, (int32_t)source.n, &file->duty);
    }
    enter_state(fold, file->procedure->begins, false, stands->effective);
}

/* Rule 8.4: entries, count, extends, state and clocks, until. */
static bool do_event(struct fold *fold, const struct act *act, const struct act *stands,
                     int32_t number)
{
    struct casefile *file = &fold->file;
    if (act->event >= file->procedure->event_count || file->closed) {
        return false;
    }
    const struct event *event = &file->procedure->events[act->event];
    if (!(event->from >> file->state & 1)) {
        return false;
    }
    int64_t moment = stands->effective;
    bool application = facts_enter(fold, stands->facts, stands->facts_length, number);
    if (application && file->procedure->states[file->state].edit) {
        fold->signature_count = 0;
    }
    if (act->role == ROLE_DESK) {
        clocks_expired(fold, act->event, moment);
    } else {
        sign(fold, event, act);
        if (!fold_signed(fold, event, act->event)) {
            clocks_refresh(fold, moment);
            clocks_until(fold, moment);
            return true;
        }
    }
    fold->done[act->event]++;
    fold->event_at[act->event] = moment;
    fold->by_desk[act->event] = act->role == ROLE_DESK;
    file->last_event = act->event;
    if (act->role != ROLE_DESK) { /* the desk is asked for nothing */
        facts_fix_defaults(fold, event->fields, moment, number);
    }
    clocks_extend(fold, event, moment);
    bool back;
    int32_t to = fold_destination(fold, event, moment, &back);
    if (to >= 0 && file->procedure->states[file->state].edit) {
        facts_fix_defaults(fold, file->procedure->application, moment, number);
    }
    if (to >= 0) {
        enter_state(fold, to, back, moment);
    }
    return true;
}

static bool do_act(struct fold *fold, size_t index)
{
    const struct act *act = &fold->acts[index];
    const struct act *stands = fold_stands(fold, index);
    struct casefile *file = &fold->file;
    int32_t number = (int32_t)index + 1;
    if (!stands) {
        return true;
    }
    if ((file->state < 0) != (act->event == EVENT_OPEN)) {
        return false;
    }
    int64_t moment = stands->effective;
    const struct revision *revision = calendar_as_of(fold->calendar, moment_day(act->recorded));
    if (revision != fold->revision && file->state >= 0) {
        fold->revision = revision;
        clocks_refresh(fold, moment);
    }
    fold->revision = revision;
    clocks_advance(fold, moment);
    fold->moment = moment;
    if (act->event == EVENT_OPEN) {
        open_case(fold, act, stands);
    } else if (act->event >= 0) {
        if (!do_event(fold, act, stands, number)) {
            return false;
        }
    } else if (act->event <= EVENT_EXPLAIN && act->event >= EVENT_TAKE_BACK) {
        marks_enter(fold, act->event, stands, number);
    } else if (facts_enter(fold, stands->facts, stands->facts_length, number)) {
        fold->signature_count = 0;
    }
    clocks_refresh(fold, moment);
    clocks_until(fold, moment);
    find_holder(fold);
    file->changed = moment;
    return true;
}

static enum fold_status do_acts(struct fold *fold, size_t from)
{
    for (size_t i = from; i < fold->count; i++) {
        fold->file.act_count = (int32_t)i;
        if (!do_act(fold, i)) {
            fold->stopped_at = (int32_t)i + 1;
            return FOLD_IMPOSSIBLE;
        }
        fold->file.act_count = (int32_t)i + 1;
    }
    return FOLD_DONE;
}

/* From the last act on to NOW. */
static enum fold_status come_to(struct fold *fold, int64_t now, enum fold_status status)
{
    fold->file.past = fold->past;
    fold->file.past_count = fold->past_count;
    fold->moment = now > fold->moment ? now : fold->moment;
    const struct revision *revision = calendar_as_of(fold->calendar, moment_day(fold->moment));
    fold->steady =
        status == FOLD_DONE && !fold->corrected && revision == fold->revision ? revision : NULL;
    if (fold->file.state >= 0 && fold->count > 0) {
        if (revision != fold->revision) {
            fold->revision = revision;
            clocks_refresh(fold, fold->moment);
        }
        clocks_advance(fold, fold->moment);
        for (int32_t i = 0; i < fold->file.run_count; i++) {
            struct run *run = &fold->runs[i];
            run->late = run->state == RUN_LATE ||
                        (run->state == RUN_RUNNING && run->has_due && fold->moment > run->due.at) ||
                        (run->state == RUN_HELD && run->has_due && run->held_since > run->due.at);
        }
        fold_find_wake(fold);
    }
    fold->revision = revision;
    return fold->memory ? FOLD_MEMORY : status;
}

enum fold_status fold_case(struct fold *fold, const struct calendar *calendar, int32_t procedure,
                           const struct act *acts, size_t count, int64_t now)
{
    fold->times++;
    reset(fold, calendar, procedure, acts, count);
    return place_corrections(fold) ? come_to(fold, now, do_acts(fold, 0)) : FOLD_MEMORY;
}

bool fold_last(struct fold *fold, const struct act *acts, size_t count, int64_t now,
               enum fold_status *status)
{
    const struct act *act = &acts[count - 1];
    if (count < 2 || !fold->steady || fold->memory || names_another(act) || act->effective != now ||
        fold->moment != now ||
        calendar_as_of(fold->calendar, moment_day(act->recorded)) != fold->steady) {
        return false;
    }
    fold->times++;
    fold->acts = acts;
    fold->count = count;
    fold->revision = fold->steady;
    *status = come_to(fold, now, do_acts(fold, count - 1));
    return true;
}

/* ---- what the desk does of itself (rules 7.14, 8.7) ---- */

static void consider(struct fold *fold, int64_t at, int32_t event, int32_t clock, int32_t *last_day)
{
    struct wake *wake = &fold->file.wake;
    at = at < fold->file.changed ? fold->file.changed : at;
    int32_t day = clock >= 0 ? clocks_run(fold, clock)->due.day : moment_day(at);
    bool sooner = wake->at == MOMENT_NONE || at < wake->at || (at == wake->at && day < *last_day);
    if (sooner) {
        *wake = (struct wake){at, event, clock};
        *last_day = day;
    }
}

/* What a condition rests on beside the case's own facts. */
static void rests_on(const struct expr *expr, bool *time, bool *others)
{
    if (!expr) {
        return;
    }
    *time |= expr->op == EXPR_TODAY || expr->op == EXPR_LATE || expr->op == EXPR_EARLY;
    *others |= expr->op == EXPR_CASES;
    if (expr->op != EXPR_CASES) {
        rests_on(expr->left, time, others);
        rests_on(expr->right, time, others);
    }
}

static bool holds_at(struct fold *fold, const struct expr *when, int64_t moment)
{
    struct value value = fold_eval(fold, when, moment, PERSON_DESK);
    return value.known && value.n;
}

/* The first moment from the last act on at which WHEN holds; MOMENT_NONE within sight. */
static int64_t comes_to_hold(struct fold *fold, const struct expr *when)
{
    bool time = false, others = false;
    rests_on(when, &time, &others);
    int64_t changed = fold->file.changed;
    if (!time) {
        bool holds = holds_at(fold, when, fold->moment);
        return !holds ? MOMENT_NONE : others ? fold->moment : changed;
    }
    if (holds_at(fold, when, changed)) {
        return changed;
    }
    int32_t last = moment_day(fold->moment) + LOOK_AHEAD;
    for (int32_t day = moment_day(changed) + 1; day <= last; day++) {
        if (holds_at(fold, when, moment_of(day, 0))) {
            return moment_of(day, 0);
        }
    }
    return MOMENT_NONE;
}

static bool desk_may(const struct fold *fold, const struct event *event, int32_t index)
{
    const struct casefile *file = &fold->file;
    bool desks = event->by == BY_DESK || (event->by == BY_HOLDER && file->with == WHO_DESK);
    bool once = event->to_count > 0 || fold->event_at[index] < file->entered;
    return desks && event->when && (event->from >> file->state & 1) && once;
}

void fold_find_wake(struct fold *fold)
{
    const struct procedure *procedure = fold->file.procedure;
    int32_t last_day = 0;
    fold->file.wake = (struct wake){MOMENT_NONE, -1, -1};
    if (fold->file.closed) {
        return;
    }
    for (int32_t i = 0; i < fold->file.run_count; i++) {
        const struct run *run = &fold->runs[i];
        int32_t expires = fold->policy->clocks[run->clock].expires;
        int16_t event = expires ? procedure->event_of[expires] : -1;
        bool can = event >= 0 && (procedure->events[event].from >> fold->file.state & 1);
        if (can && run->state == RUN_RUNNING && run->has_due && !run->expired) {
            consider(fold, reckon_expiry(fold->revision, &run->due), event, run->clock, &last_day);
        }
    }
    for (int32_t i = 0; i < procedure->event_count; i++) {
        if (desk_may(fold, &procedure->events[i], i)) {
            int64_t at = comes_to_hold(fold, procedure->events[i].when);
            if (at != MOMENT_NONE) {
                consider(fold, at, i, -1, &last_day);
            }
        }
    }
}
