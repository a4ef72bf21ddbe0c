/* periods_duty.c: a case for each organisation, system and period that a duty falls on. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/periods.h"
#include "data/store/periods.h"

enum {
    HAPPENED = 400, /* days back for events */
    AHEAD = 31,     /* days before its period a case is opened */
    SLICE = 64      /* of those on whom duties fall are looked at together */
};

struct falling { /* whom duties fall on, and from when */
    struct holder *holders;
    int32_t *from; /* one a holder; DAY_NONE: always */
    size_t count;
    size_t looked;              /* at so many entries */
    bool over;                  /* the rest is for another step */
    struct happening *happened; /* to them, that duties fall due by; owned */
    size_t happened_count, capacity;
    int32_t procedure, event; /* being read */
};

/* ---- events ---- */

static int take_happening(void *self, int64_t org, int64_t system, int64_t effective)
{
    struct falling *falling = self;
    if (falling->happened_count == falling->capacity) {
        size_t capacity = falling->capacity ? falling->capacity * 2 : 64;
        struct happening *grown = realloc(falling->happened, capacity * sizeof *grown);
        if (!grown) {
            return -1;
        }
        falling->happened = grown;
        falling->capacity = capacity;
    }
    falling->happened[falling->happened_count++] =
        (struct happening){.org = org,
                           .system = system,
                           .procedure = falling->procedure,
                           .event = falling->event,
                           .day = moment_day(effective)};
    return 0;
}

/* DUTY may fall on HOLDER whenever something is done. */
static bool follows(const struct duty *duty, const struct holder *holder)
{
    return duty->schedule.each == EACH_EVENT && duty->per_system == (holder->system != 0) &&
           duty->schedule.of >= 0 && (holder->roles >> duty->schedule.of & 1) != 0;
}

/* One of the duties before INDEX follows the same event. */
static bool read_before(const struct policy *policy, int32_t index, const struct holder *holder)
{
    const struct schedule *schedule = &policy->duties[index].schedule;
    bool before = false;
    for (int32_t i = 0; i < index && !before; i++) {
        const struct schedule *other = &policy->duties[i].schedule;
        before = follows(&policy->duties[i], holder) && other->procedure == schedule->procedure &&
                 other->event == schedule->event;
    }
    return before;
}

/* Only what was done in cases of HOLDER is read: what all the others did would be far more. */
static int read_happened(const struct making *making, const struct holder *holder,
                         struct falling *out)
{
    const struct policy *policy = making->policy;
    struct asking *asking = making->asking;
    struct stretch stretch = {.org = holder->org,
                              .system = holder->system,
                              .from = moment_of(making->day - HAPPENED, 0),
                              .to = asking->now + 1};
    int status = 0;
    for (int32_t i = 0; i < policy->duty_count && status == 0; i++) {
        const struct schedule *schedule = &policy->duties[i].schedule;
        if (!follows(&policy->duties[i], holder) || read_before(policy, i, holder)) {
            continue;
        }
        const struct procedure *procedure = &policy->procedures[schedule->procedure];
        out->procedure = schedule->procedure;
        out->event = schedule->event;
        status = store_happenings(asking->counter->store, &stretch, procedure->title.name,
                                  procedure->events[schedule->event].title.name, take_happening,
                                  out, asking->error);
    }
    return status;
}

/* ---- holders ---- */

static bool holds_duty(const struct policy *policy, uint64_t roles, bool system)
{
    bool holds = false;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        const struct duty *duty = &policy->duties[i];
        holds |= duty->per_system == system && duty->schedule.of >= 0 &&
                 (roles >> duty->schedule.of & 1) != 0;
    }
    return holds;
}

static int add_holder(struct making *making, struct falling *out, const struct entry *org,
                      const struct entry *system)
{
    bool valid = org && entry_valid(org, making->day) &&
                 (!system || entry_valid(system, making->day)) &&
                 holds_duty(making->policy, org->roles, system != NULL);
    int32_t from = valid ? org->thing.since : DAY_NONE;
    if (!valid) {
        return 0;
    }
    if (system) {
        int32_t opened = system_opened(making, system);
        from = opened > from ? opened : from; /* DAY_NONE is the least of all */
    }
    struct value *facts = period_facts(making, org, system);
    if (!facts) {
        return -1;
    }
    struct holder *holder = &out->holders[out->count];
    out->from[out->count++] = from;
    *holder = (struct holder){.org = org->thing.id,
                              .system = system ? system->thing.id : 0,
                              .roles = org->roles,
                              .facts = facts};
    return read_happened(making, holder, out);
}

/* The next entry, unless this step is over. */
static int look_at(struct making *making, struct falling *out, const struct entry *org,
                   const struct entry *system)
{
    out->over |= out->looked > 0 && step_over(making->asking) && !making->asking->through;
    out->looked += !out->over;
    return out->over ? 0 : add_holder(making, out, org, system);
}

struct slicing {
    struct making *making;
    struct falling *out;
};

static int look_at_system(void *self, struct entry *system)
{
    const struct slicing *slicing = self;
    return look_at(slicing->making, slicing->out, system->parent, system);
}

/* Of the organisations, then the systems, those of the slice at hand. */
static int slice_holders(struct making *making, struct falling *out)
{
    const struct shelf *orgs = book_shelf(making->asking->counter, BOOK_ORG);
    size_t at = making->holder, end = at + SLICE;
    struct slicing slicing = {making, out};
    struct arena *arena = making->asking->arena;
    out->holders = arena_array(arena, SLICE, sizeof *out->holders);
    out->from = arena_array(arena, SLICE, sizeof *out->from);
    if (!out->holders || !out->from) {
        return error_memory(making->asking->error);
    }
    int status = 0;
    for (; at < end && at < orgs->count && status == 0; at++) {
        status = look_at(making, out, orgs->items[at], NULL);
    }
    if (status == 0 && at < end && !out->over) {
        status = book_each(making->asking, BOOK_SYSTEM, (int64_t)(at - orgs->count),
                           (int64_t)(end - at), look_at_system, &slicing);
    }
    return status;
}

/* ---- occurrences ---- */

/* The first day of the period, or day, that LABEL names. */
static int32_t label_first(enum each each, const char *label)
{
    int year = 0, number = 0;
    int32_t day;
    if (each == EACH_EVENT) {
        return day_parse(label, strlen(label), &day) ? day : DAY_NONE;
    }
    for (int i = 0; i < 4; i++) {
        year = year * 10 + label[i] - '0';
    }
    for (const char *at = label[4] ? label + 5 : "1"; *at; at++) {
        number = number * 10 + *at - '0';
    }
    int months = each == EACH_QUARTER ? 3 : each == EACH_HALF ? 6 : 1;
    return day_from_civil(year, (number - 1) * months + 1, 1, &day) ? day : DAY_NONE;
}

static int32_t holder_from(const struct falling *falling, const struct occurrence *occurrence)
{
    for (size_t i = 0; i < falling->count; i++) {
        if (falling->holders[i].org == occurrence->org &&
            falling->holders[i].system == occurrence->system) {
            return falling->from[i];
        }
    }
    return DAY_NONE;
}

static int open_one(struct making *making, const struct occurrence *occurrence, int32_t first)
{
    const struct duty *duty = &making->policy->duties[occurrence->duty];
    struct text key = {0};
    occurrence_key(making->policy, occurrence, &key);
    struct planned planned = {.source = text_bytes(&key),
                              .kind = "duty",
                              .name = duty->title.name,
                              .procedure = duty->schedule.opens,
                              .owner = duty->schedule.of,
                              .payer = -1,
                              .org = occurrence->org,
                              .system = occurrence->system,
                              .due = occurrence->raw,
                              .moment = period_moment(making, first)};
    int status = key.failed ? error_memory(making->asking->error) : period_opens(making, &planned);
    text_free(&key);
    return status < 0 ? -1 : 0;
}

/* Occurrences come in order of duty and holder, so that the holder changes seldom. */
static int open_all(struct making *making, const struct falling *falling,
                    const struct occurrences *occurrences)
{
    const struct occurrence *before = NULL;
    int32_t from = DAY_NONE, year_first = period_of(EACH_YEAR, making->day).first;
    int status = 0;
    for (size_t i = 0; i < occurrences->count && status == 0 && !period_full(making); i++) {
        const struct occurrence *one = &occurrences->items[i];
        enum each each = making->policy->duties[one->duty].schedule.each;
        int32_t first = label_first(each, one->label);
        if (!before || before->org != one->org || before->system != one->system) {
            from = holder_from(falling, one);
        }
        before = one;
        bool periodic = each != EACH_EVENT;
        if (first != DAY_NONE && (!periodic || (first >= year_first && first >= from))) {
            status = open_one(making, one, first);
        }
    }
    return status;
}

/* *LOOKED: at so many entries. */
static int open_slice(struct making *making, size_t *looked)
{
    struct falling falling = {0};
    struct occurrences occurrences = {0};
    int status = slice_holders(making, &falling);
    if (status == 0 && !duties_between(making->policy, making->revision, falling.holders,
                                       falling.count, falling.happened, falling.happened_count,
                                       making->day - HAPPENED, making->day + AHEAD, &occurrences)) {
        status = error_memory(making->asking->error);
    }
    status = status ? status : open_all(making, &falling, &occurrences);
    *looked = falling.looked;
    occurrences_free(&occurrences);
    free(falling.happened);
    return status;
}

int periods_duties(struct making *making)
{
    struct counter *counter = making->asking->counter;
    int status = 0;
    if (making->policy->duty_count == 0) {
        return 0;
    }
    int64_t systems =
        store_things_count(counter->store, book_kind_name(BOOK_SYSTEM), making->asking->error);
    if (systems < 0) {
        return -1;
    }
    size_t count = book_shelf(counter, BOOK_ORG)->count + (size_t)systems, looked;
    while (making->holder < count && making->slices > 0 && status == 0) {
        status = open_slice(making, &looked);
        if (period_full(making)) {
            break; /* the rest of the slice is looked at again */
        }
        making->holder += looked ? looked : SLICE;
        making->slices--;
    }
    making->cut = making->holder < count;
    return status;
}
