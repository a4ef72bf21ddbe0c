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

/* SECONDS on; MOMENT_NONE outside years 1..9999. */
static int64_t moment_add(int64_t moment, int64_t seconds)
{
    int64_t sum;
    bool outside = moment == MOMENT_NONE || __builtin_add_overflow(moment, seconds, &sum) ||
                   sum < moment_of(DAY_FIRST, 0) || sum >= moment_of(DAY_LAST, DAY_SECONDS);
    return outside ? MOMENT_NONE : sum;
}

static int64_t moment_at(int32_t day)
{
    return day == DAY_NONE ? MOMENT_NONE : moment_of(day, 0);
}

int64_t reckon_shift(const struct revision *revision, int64_t moment, struct period period,
                     int sign)
{
    if (moment == MOMENT_NONE) {
        return MOMENT_NONE;
    }
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
        int64_t seconds;
        return __builtin_mul_overflow(n, INT64_C(3600), &seconds) ? MOMENT_NONE
                                                                  : moment_add(moment, seconds);
    }
    }
    return moment_add(moment_at(to), second);
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

/* The days after FROM up to TO, of which those worked were held. */
static void trace_held(struct count *count, int32_t from, int32_t to)
{
    for (int32_t day = from + 1; count->trace && day <= to; day++) {
        struct day_reason reason = calendar_why(count->revision, day);
        bool works = reason.kind == DAY_WORKED || reason.kind == DAY_MADE_UP;
        note(count->trace,
             (struct step){.kind = works ? STEP_HELD : STEP_RESTS, .day = day, .reason = reason});
    }
}

/* Takes the days after DAY off the end of the trace; returns the number of the last one counted. */
static int64_t trace_back(struct trace *trace, int32_t day)
{
    while (trace && trace->count) {
        const struct step *last = &trace->steps[trace->count - 1];
        bool of_day = last->kind == STEP_COUNTED || last->kind == STEP_RESTS;
        if (!of_day || last->day <= day) {
            break;
        }
        trace->count--;
    }
    for (size_t i = trace ? trace->count : 0; i-- > 0;) {
        enum step_kind kind = trace->steps[i].kind;
        if (kind == STEP_COUNTED) {
            return trace->steps[i].n;
        }
        if (kind != STEP_RESTS && kind != STEP_HELD && kind != STEP_HOLD) {
            break;
        }
    }
    return 0;
}

/* The Nth working day before DAY; 0: DAY itself, else the one before it. */
static int32_t back(const struct revision *revision, int32_t day, int64_t n)
{
    return n ? calendar_add(revision, day, -n) : calendar_prev(revision, day);
}

/* PERIOD on (or back) from where the count stands. */
static void go(struct count *count, struct period period, int sign)
{
    int32_t from = reached(count);
    if (period.unit == UNIT_WD) {
        int32_t to = sign < 0 ? back(count->revision, from, period.n)
                              : calendar_add(count->revision, from, period.n);
        trace_days(count, from, to, 0);
        count->at = moment_at(to);
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
    int32_t anchor = moment_day(count->reckon->anchor);
    int32_t to = calendar_add(count->revision, anchor, -count->reckon->length.n - 1);
    count->at = moment_at(to);
    note(count->trace, (struct step){.kind = STEP_CLEAR, .day = from, .day2 = to});
}

static void first_count(struct count *count)
{
    const struct reckon *reckon = count->reckon;
    int32_t day = moment_day(reckon->anchor);
    count->at = count->hours ? reckon->anchor : moment_of(day, 0);
    note(count->trace, (struct step){.kind = STEP_ANCHOR, .day = day, .moment = reckon->anchor});
    if (reckon->way == RECKON_AFTER) {
        go(count, reckon->length, 1);
    } else if (reckon->way == RECKON_BEFORE) {
        go(count, reckon->length, -1);
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
    count->at = moment_add(count->at, adjust->to - from);
    note(count->trace, (struct step){.kind = STEP_HOLD,
                                     .day = moment_day(from),
                                     .day2 = moment_day(adjust->to),
                                     .moment = count->at,
                                     .n = (adjust->to - from) / 60,
                                     .period = {0, UNIT_H}});
}

/* Held from FROM to TO: as many working days as lie between are counted later. */
static void hold_working_days(struct count *count, int32_t from, int32_t to)
{
    int32_t day = reached(count), least = calendar_next(count->revision, to);
    int64_t moved = calendar_count(count->revision, from, to);
    int32_t later = moved ? calendar_add(count->revision, day, moved) : day;
    int64_t number = trace_back(count->trace, from);
    note(count->trace,
         (struct step){
             .kind = STEP_HOLD, .day = from, .day2 = to, .n = moved, .period = {moved, UNIT_WD}});
    trace_held(count, from, to);
    if (later == DAY_NONE || least == DAY_NONE) {
        count->at = MOMENT_NONE;
    } else if (later < least) { /* held on its last day, and the hold ended on one that rests */
        count->at = moment_at(least);
        note(count->trace, (struct step){.kind = STEP_ROLLED,
                                         .day = to,
                                         .day2 = least,
                                         .reason = calendar_why(count->revision, to)});
    } else {
        count->at = moment_at(later);
        trace_days(count, to, later, number);
    }
}

static void hold_days(struct count *count, const struct adjust *adjust)
{
    int32_t anchor = moment_day(count->reckon->anchor);
    int32_t from = moment_day(adjust->from), to = moment_day(adjust->to);
    int32_t due = last_day(count);
    from = count->reckon->way == RECKON_AFTER && from < anchor ? anchor : from;
    if (due == DAY_NONE || to <= from || from > due) {
        return;
    }
    if (count->wd) {
        hold_working_days(count, from, to);
        return;
    }
    bool as_is = rolls(count) && count->reckon->roll == ROLL_NONE;
    int32_t least = as_is ? to : calendar_next(count->revision, to);
    count->floor = least > count->floor ? least : count->floor;
    count->at = moment_at(day_add(reached(count), to - from));
    note(count->trace, (struct step){.kind = STEP_HOLD,
                                     .day = from,
                                     .day2 = to,
                                     .n = to - from,
                                     .period = {to - from, UNIT_D}});
}

/* Another day put in the place of the last. */
static void replace(struct count *count, int32_t day)
{
    count->at = day < DAY_FIRST || day > DAY_LAST ? MOMENT_NONE : moment_of(day, 0);
    count->hours = false;
    count->wd = false;
    count->floor = DAY_NONE;
    note(count->trace, (struct step){.kind = STEP_REPLACED, .day = day});
}

static void extend(struct count *count, struct period period)
{
    bool wd = period.unit == UNIT_WD && !count->hours;
    int32_t from = reached(count);
    if (wd) {
        count->at = moment_at(calendar_add(count->revision, from, period.n));
    } else {
        count->at = reckon_shift(count->revision, count->at, period, 1);
        count->wd = false;
    }
    note(count->trace,
         (struct step){
             .kind = STEP_EXTENDED, .day = reached(count), .moment = count->at, .period = period});
    if (wd) {
        trace_days(count, from, reached(count), 0);
    }
}

static void adjust_all(struct count *count)
{
    for (size_t i = 0; i < count->reckon->adjusts && count->at != MOMENT_NONE; i++) {
        const struct adjust *adjust = &count->reckon->adjust[i];
        if (adjust->kind == ADJUST_TO) {
            replace(count, adjust->day);
        } else if (adjust->kind == ADJUST_BY) {
            extend(count, adjust->period);
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

/* From where the day before was to where the last one is, where they differ. */
static void trace_roll(struct count *count, int32_t unrolled, int32_t day)
{
    int32_t roll = rolled(count, unrolled);
    if (roll != unrolled) {
        note(count->trace, (struct step){.kind = STEP_ROLLED,
                                         .day = unrolled,
                                         .day2 = roll,
                                         .reason = calendar_why(count->revision, unrolled)});
    }
    if (day != roll) {
        note(count->trace, (struct step){.kind = STEP_KEPT, .day = roll, .day2 = day});
    }
}

/* Whether what was counted, or where it led, is settled by no notice. */
static bool provisional(const struct count *count, int32_t unrolled, int32_t day)
{
    int32_t anchor = moment_day(count->reckon->anchor);
    int32_t low = unrolled < day ? unrolled : day, high = unrolled < day ? day : unrolled;
    if (count->reckon->way == RECKON_AFTER && anchor < low) {
        low = anchor + 1;
    } else if (count->reckon->way == RECKON_BEFORE && anchor > high) {
        high = anchor - 1;
    }
    return calendar_provisional_between(count->revision, low, high);
}

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
    trace_roll(count, unrolled, day);
    due->day = day;
    int32_t closes = count->reckon->closes; /* at 24:00 the next day has begun */
    due->at = count->hours ? count->at : moment_of(day, closes) - (closes == DAY_SECONDS);
    due->over = count->hours ? count->at + 1 : moment_of(day, DAY_SECONDS);
    due->provisional = provisional(count, unrolled, day);
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
        return reckon_shift(revision, moment_at(due->day), period, -1);
    }
    return moment_at(day);
}

int64_t reckon_past(const struct revision *revision, const struct due *due, struct period period)
{
    int64_t from = period.unit == UNIT_H ? due->at : moment_at(due->day);
    return reckon_shift(revision, from, period, 1);
}

int64_t reckon_expiry(const struct revision *revision, const struct due *due)
{
    return due->hours ? due->over : moment_at(calendar_add(revision, due->day, 1));
}

int64_t reckon_remaining(const struct revision *revision, const struct due *due, int64_t now)
{
    if (!due->hours) {
        return calendar_count(revision, moment_day(now), due->day);
    }
    int64_t left = due->at - now;
    return left >= 0 ? left / 60 : -((-left + 59) / 60);
}
