/* reckon.c: how a last day is counted (POLICY guide, rules 7.7 to 7.12). */
#include "core/reckon.h"

#include <stdlib.h>

void trace_free(struct trace *trace)
{
    free(trace->steps);
    *trace = (struct trace){0};
}

static void note(struct trace *trace, struct step step)
{
    if (!trace) {
        return;
    }
    if (trace->count == trace->capacity) {
        size_t capacity = trace->capacity ? trace->capacity * 2 : 32;
        struct step *grown = realloc(trace->steps, capacity * sizeof *grown);
        if (!grown) {
            trace->failed = true;
            return;
        }
        trace->steps = grown;
        trace->capacity = capacity;
    }
    trace->steps[trace->count++] = step;
}

int64_t reckon_shift(const struct revision *revision, int64_t moment, struct period period,
                     int sign)
{
    int32_t day = moment_day(moment);
    int64_t n = sign < 0 ? -period.n : period.n;
    int64_t second = moment - moment_of(day, 0);
    int32_t to;
    switch (period.unit) {
    case UNIT_WD:
        to = n == 0 ? day : calendar_add(revision, day, n);
        break;
    case UNIT_D:
        to = day_add(day, n);
        break;
    case UNIT_MO:
        to = day_add_months(day, n);
        break;
    default: {
        int64_t seconds, sum;
        if (__builtin_mul_overflow(n, INT64_C(3600), &seconds) ||
            __builtin_add_overflow(moment, seconds, &sum) || sum < moment_of(DAY_FIRST, 0) ||
            sum >= moment_of(DAY_LAST, DAY_SECONDS)) {
            return MOMENT_NONE;
        }
        return sum;
    }
    }
    return to == DAY_NONE ? MOMENT_NONE : moment_of(to, 0) + second;
}

/* ---- one count under way ---- */

struct count {
    const struct revision *revision;
    const struct reckon *reckon;
    struct trace *trace;
    bool hours;    /* counted in hours */
    bool wd;       /* counted in working days: worked anyway, not rolled */
    int64_t at;    /* hours: the moment reached; else 00:00 of the day reached */
    int32_t floor; /* no earlier than this day, what a hold left must not be lost (rule 7.8);
                      DAY_NONE */
};

static int32_t reached(const struct count *count)
{
    return count->at == MOMENT_NONE ? DAY_NONE : moment_day(count->at);
}

static bool rolls(const struct count *count)
{
    return !count->hours && !count->wd && count->reckon->way != RECKON_BEFORE;
}

/* Where a last day that rests goes (rule 7.9). */
static int32_t rolled(const struct count *count, int32_t day)
{
    if (day == DAY_NONE || !rolls(count)) {
        return day;
    }
    switch (count->reckon->roll) {
    case ROLL_NEXT:
        return calendar_next(count->revision, day);
    case ROLL_PREV:
        return calendar_prev(count->revision, day);
    default:
        return day;
    }
}

/* The last day as it stands, rolled and no earlier than what a hold left. */
static int32_t last_day(const struct count *count)
{
    int32_t day = rolled(count, reached(count));
    return day != DAY_NONE && count->floor != DAY_NONE && day < count->floor ? count->floor : day;
}

/* Every day from FROM on (not itself) to TO, with its number or the reason it has none. */
static void trace_days(struct count *count, int32_t from, int32_t to, int64_t number)
{
    if (!count->trace || from == DAY_NONE || to == DAY_NONE) {
        return;
    }
    int sign = to < from ? -1 : 1;
    for (int32_t day = from; day != to;) {
        day += sign;
        struct day_reason reason = calendar_why(count->revision, day);
        bool works = reason.kind == DAY_WORKED || reason.kind == DAY_MADE_UP;
        number += works;
        note(count->trace, (struct step){.kind = works ? STEP_COUNTED : STEP_RESTS,
                                         .day = day,
                                         .n = works ? number : 0,
                                         .reason = reason});
    }
}

/* PERIOD on from where the count stands; NUMBER: of the working day counted last. */
static void go(struct count *count, struct period period, int sign, int64_t number)
{
    int32_t from = reached(count);
    if (count->at == MOMENT_NONE) {
        return;
    }
    if (period.unit == UNIT_WD) {
        int32_t to =
            calendar_add(count->revision, from, sign < 0 && period.n ? -period.n : period.n);
        trace_days(count, from, to, number);
        count->at = to == DAY_NONE ? MOMENT_NONE : moment_of(to, 0);
        return;
    }
    count->at = reckon_shift(count->revision, count->at, period, sign);
    struct period signed_period = {sign < 0 ? -period.n : period.n, period.unit};
    note(count->trace, (struct step){.kind = STEP_JUMP,
                                     .day = reached(count),
                                     .moment = count->at,
                                     .n = signed_period.n,
                                     .period = signed_period});
}

static void clear_days(struct count *count)
{
    int32_t from = reached(count);
    bool clear = count->reckon->backward == BACKWARD_CLEAR && count->wd;
    if (!clear || from == DAY_NONE) {
        return;
    }
    int32_t to = calendar_add(count->revision, from, -1);
    count->at = to == DAY_NONE ? MOMENT_NONE : moment_of(to, 0);
    note(count->trace, (struct step){.kind = STEP_CLEAR, .day = from, .day2 = to});
}

static void first_count(struct count *count)
{
    const struct reckon *reckon = count->reckon;
    int32_t day = moment_day(reckon->anchor);
    count->at = count->hours ? reckon->anchor : moment_of(day, 0);
    note(count->trace, (struct step){.kind = STEP_ANCHOR, .day = day, .moment = reckon->anchor});
    if (reckon->way == RECKON_AFTER) {
        go(count, reckon->length, 1, 0);
    } else if (reckon->way == RECKON_BEFORE) {
        go(count, reckon->length, -1, 0);
        clear_days(count);
    }
}

/* ---- what moves it afterwards (rules 7.8, 7.12) ---- */

static void hold_hours(struct count *count, const struct adjust *adjust)
{
    int64_t from = adjust->from > count->reckon->anchor ? adjust->from : count->reckon->anchor;
    if (adjust->to <= from || from > count->at) {
        return;
    }
    count->at += adjust->to - from;
    note(count->trace, (struct step){.kind = STEP_HOLD,
                                     .day = moment_day(from),
                                     .day2 = moment_day(adjust->to),
                                     .moment = count->at,
                                     .n = (adjust->to - from) / 60,
                                     .period = {0, UNIT_H}});
}

static bool is_day(const struct step *step)
{
    return step->kind == STEP_COUNTED || step->kind == STEP_RESTS || step->kind == STEP_HELD;
}

/*
 * Tells the days from FROM on anew: those up to TO stood still, those after it count on to
 * MOVED_TO. False where the days told last do not begin before the hold (something else moved the
 * count since).
 */
static bool retrace_days(struct count *count, int32_t from, int32_t to, int32_t moved_to)
{
    struct trace *trace = count->trace;
    size_t end = trace ? trace->count : 0, first = end;
    int64_t number = 0;
    while (first > 0 && is_day(&trace->steps[first - 1])) {
        first--;
    }
    if (first == 0 || first == end || trace->steps[first].day > from + 1 || moved_to == DAY_NONE) {
        return false;
    }
    while (first < end && trace->steps[first].day <= from) {
        number = trace->steps[first].kind == STEP_COUNTED ? trace->steps[first].n : number;
        first++;
    }
    trace->count = first;
    for (int32_t day = from + 1; day <= to; day++) {
        struct day_reason reason = calendar_why(count->revision, day);
        bool works = reason.kind == DAY_WORKED || reason.kind == DAY_MADE_UP;
        note(trace,
             (struct step){.kind = works ? STEP_HELD : STEP_RESTS, .day = day, .reason = reason});
    }
    if (to < moved_to) {
        trace_days(count, to, moved_to, number);
    }
    return true;
}

static void hold_days(struct count *count, const struct adjust *adjust)
{
    int32_t anchor = moment_day(count->reckon->anchor);
    int32_t from = moment_day(adjust->from), to = moment_day(adjust->to);
    int32_t due = last_day(count), day = reached(count);
    from = count->reckon->way == RECKON_AFTER && from < anchor ? anchor : from;
    if (due == DAY_NONE || to <= from || from > due) {
        return;
    }
    int64_t moved = count->wd ? calendar_count(count->revision, from, to) : to - from;
    int32_t moved_to =
        count->wd ? moved ? calendar_add(count->revision, day, moved) : day : day_add(day, moved);
    if (!count->wd || !retrace_days(count, from, to, moved_to)) {
        note(count->trace, (struct step){.kind = STEP_HOLD,
                                         .day = from,
                                         .day2 = to,
                                         .n = moved,
                                         .period = {moved, count->wd ? UNIT_WD : UNIT_D}});
        if (count->wd) {
            trace_days(count, day, moved_to, count->reckon->length.n - moved);
        }
    }
    count->at = moved_to == DAY_NONE ? MOMENT_NONE : moment_of(moved_to, 0);
    bool as_is = rolls(count) && count->reckon->roll == ROLL_NONE;
    count->floor = as_is ? to : calendar_next(count->revision, to);
}

static void extend(struct count *count, const struct adjust *adjust)
{
    if (adjust->kind == ADJUST_TO) {
        count->at = count->hours ? moment_of(adjust->day, count->reckon->closes)
                                 : moment_of(adjust->day, 0);
        count->hours = false;
        count->wd = false;
        count->floor = DAY_NONE;
        note(count->trace, (struct step){.kind = STEP_REPLACED, .day = adjust->day});
        return;
    }
    if (count->hours && adjust->period.unit != UNIT_H) {
        count->at = reckon_shift(count->revision, count->at, adjust->period, 1);
    } else if (adjust->period.unit == UNIT_WD) {
        int32_t to = calendar_add(count->revision, reached(count), adjust->period.n);
        trace_days(count, reached(count), to, 0);
        count->at = to == DAY_NONE ? MOMENT_NONE : moment_of(to, 0);
    } else {
        count->at = count->at == MOMENT_NONE
                        ? MOMENT_NONE
                        : reckon_shift(count->revision, count->at, adjust->period, 1);
        count->wd = false;
    }
    note(count->trace, (struct step){.kind = STEP_EXTENDED,
                                     .day = reached(count),
                                     .moment = count->at,
                                     .period = adjust->period});
}

static void adjust_all(struct count *count)
{
    for (size_t i = 0; i < count->reckon->adjusts && count->at != MOMENT_NONE; i++) {
        const struct adjust *adjust = &count->reckon->adjust[i];
        if (adjust->kind != ADJUST_HOLD) {
            extend(count, adjust);
        } else if (adjust->to != MOMENT_NONE && count->reckon->way != RECKON_BEFORE) {
            if (count->hours) {
                hold_hours(count, adjust);
            } else {
                hold_days(count, adjust);
            }
        }
    }
}

/* ---- the whole ---- */

static void finish(struct count *count, struct due *due)
{
    int32_t unrolled = reached(count), day = last_day(count);
    *due = (struct due){.at = MOMENT_NONE,
                        .day = DAY_NONE,
                        .unrolled = unrolled,
                        .over = MOMENT_NONE,
                        .hours = count->hours};
    if (day == DAY_NONE) {
        return;
    }
    if (day != unrolled) {
        note(count->trace, (struct step){.kind = STEP_ROLLED,
                                         .day = unrolled,
                                         .day2 = day,
                                         .reason = calendar_why(count->revision, unrolled)});
    }
    due->day = day;
    int32_t closes = count->reckon->closes; /* at 24:00 the next day has begun */
    due->at = count->hours ? count->at : moment_of(day, closes) - (closes == DAY_SECONDS);
    due->over = count->hours ? count->at + 1 : moment_of(day, DAY_SECONDS);
    int32_t anchor = moment_day(count->reckon->anchor);
    due->provisional =
        calendar_provisional(count->revision, day) || calendar_provisional(count->revision, anchor);
    bool to_the_minute = count->hours || closes != DAY_SECONDS;
    note(count->trace, (struct step){.kind = STEP_DUE,
                                     .day = day,
                                     .moment = to_the_minute ? due->at : moment_of(day, 0)});
}

void reckon_due(const struct revision *revision, const struct reckon *reckon, struct due *due,
                struct trace *trace)
{
    bool counted = reckon->way != RECKON_DAY;
    struct count count = {
        .revision = revision,
        .reckon = reckon,
        .trace = trace,
        .hours = counted && reckon->length.unit == UNIT_H,
        .wd = counted && reckon->length.unit == UNIT_WD,
        .floor = DAY_NONE,
    };
    first_count(&count);
    adjust_all(&count);
    finish(&count, due);
}

/* ---- what follows from a last day ---- */

int64_t reckon_left(const struct revision *revision, const struct due *due, struct period period)
{
    int32_t day;
    switch (period.unit) {
    case UNIT_H:
        return reckon_shift(revision, due->at, period, -1);
    case UNIT_WD:
        day = calendar_left(revision, due->day, period.n);
        break;
    default:
        return reckon_shift(revision, moment_of(due->day, 0), period, -1);
    }
    return day == DAY_NONE ? MOMENT_NONE : moment_of(day, 0);
}

int64_t reckon_past(const struct revision *revision, const struct due *due, struct period period)
{
    int64_t from = period.unit == UNIT_H ? due->at : moment_of(due->day, 0);
    return reckon_shift(revision, from, period, 1);
}

int64_t reckon_expiry(const struct revision *revision, const struct due *due)
{
    int32_t day = due->hours ? DAY_NONE : calendar_add(revision, due->day, 1);
    return due->hours ? due->over : day == DAY_NONE ? MOMENT_NONE : moment_of(day, 0);
}

int64_t reckon_remaining(const struct revision *revision, const struct due *due, int64_t now)
{
    if (!due->hours) {
        return calendar_count(revision, moment_day(now), due->day);
    }
    int64_t left = due->at - now;
    return left >= 0 ? left / 60 : -((-left + 59) / 60);
}
