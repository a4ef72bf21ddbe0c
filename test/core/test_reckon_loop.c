/*
 * test_reckon_loop.c: last days over forty years of notices made at random, against counting one
 * by one, and what holds for any of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/reckon.h"

static int32_t day(const char *text)
{
    int32_t found = DAY_NONE;
    assert_true(day_parse(text, strlen(text), &found));
    return found;
}

/* ---- calendars and numbers at random, the same in every run ---- */

struct chance {
    uint64_t state;
};

static uint64_t chance_next(struct chance *chance)
{
    chance->state ^= chance->state << 13;
    chance->state ^= chance->state >> 7;
    chance->state ^= chance->state << 17;
    return chance->state;
}

/* From LOW to HIGH, both included. */
static int64_t chance_between(struct chance *chance, int64_t low, int64_t high)
{
    return low + (int64_t)(chance_next(chance) % (uint64_t)(high - low + 1));
}

/* Forty years, from 1990 to 2029, each with a notice of 30 days of either kind. */
static struct calendar *chance_calendar(struct chance *chance)
{
    enum { YEARS = 40, A_YEAR = 30 };
    static char names[YEARS][3];
    struct calendar_row *rows = calloc((size_t)YEARS * A_YEAR, sizeof *rows);
    assert_non_null(rows);
    size_t count = 0;
    for (int year = 1990; year < 1990 + YEARS; year++) {
        int32_t first;
        assert_true(day_from_civil(year, 1, 1, &first));
        int32_t at = first;
        names[year - 1990][0] = (char)('a' + (year - 1990) / 20);
        names[year - 1990][1] = (char)('a' + (year - 1990) % 20);
        for (int i = 0; i < A_YEAR; i++) {
            at += (int32_t)chance_between(chance, 1, 20);
            enum calendar_kind kind = chance_next(chance) % 3 ? CALENDAR_HOLIDAY : CALENDAR_WORKDAY;
            rows[count++] =
                (struct calendar_row){names[year - 1990], first - 30, year, at, kind, "x"};
        }
    }
    struct message error;
    struct calendar *calendar = calendar_new(rows, count, &error);
    assert_non_null(calendar);
    free(rows);
    return calendar;
}

static const struct revision *latest(const struct calendar *calendar)
{
    return calendar_as_of(calendar, DAY_LAST);
}

static struct due count(const struct calendar *calendar, const struct reckon *reckon)
{
    struct due due, traced;
    struct trace trace = {0};
    reckon_due(latest(calendar), reckon, &due, NULL);
    reckon_due(latest(calendar), reckon, &traced, &trace); /* a trace changes nothing */
    assert_int_equal(traced.at, due.at);
    assert_int_equal(traced.unrolled, due.unrolled);
    assert_false(trace.failed);
    assert_true(due.day == DAY_NONE || trace.steps[trace.count - 1].kind == STEP_DUE);
    assert_true(due.day == DAY_NONE || trace.steps[trace.count - 1].day == due.day);
    trace_free(&trace);
    return due;
}

/* ---- against counting one by one ---- */

enum { HOLDS_MOST = 4 };

struct span {
    int32_t from, to;
};

/* The Nth day after FROM that is worked, one by one; 0: FROM, else the next. */
static int32_t slow_after(const struct revision *revision, int32_t from, int64_t n)
{
    int32_t at = from;
    for (int64_t left = n; left > 0; left -= calendar_works(revision, at)) {
        at++;
    }
    while (n == 0 && !calendar_works(revision, at)) {
        at++;
    }
    return at;
}

/* Rule 7.8 as it reads: what was left when the hold began is left when it ends. */
static int32_t slow_due(const struct revision *revision, int32_t anchor, int64_t n,
                        const struct span *spans, size_t given)
{
    int32_t due = slow_after(revision, anchor, n);
    for (size_t i = 0; i < given; i++) {
        int32_t from = spans[i].from < anchor ? anchor : spans[i].from;
        int64_t left = 0;
        if (spans[i].to <= from || from > due) {
            continue;
        }
        for (int32_t at = from; at < due;) {
            left += calendar_works(revision, ++at);
        }
        due = slow_after(revision, spans[i].to, left);
    }
    return due;
}

/* Spans one after the other, the first some days from FROM. */
static size_t spans_of(struct chance *chance, int32_t from, struct span *spans)
{
    size_t given = (size_t)chance_between(chance, 0, HOLDS_MOST);
    int32_t at = from + (int32_t)chance_between(chance, -4, 8);
    for (size_t i = 0; i < given; i++) {
        spans[i].from = at;
        spans[i].to = at + (int32_t)chance_between(chance, 0, 12);
        at = spans[i].to + (int32_t)chance_between(chance, 0, 8);
    }
    return given;
}

static void adjust_by_spans(struct adjust *adjust, const struct span *spans, size_t spans_given)
{
    for (size_t i = 0; i < spans_given; i++) {
        adjust[i] = (struct adjust){.kind = ADJUST_HOLD,
                                    .from = moment_of(spans[i].from, 36000),
                                    .to = moment_of(spans[i].to, 32400)};
    }
}

static void rule_7_8_working_days_equal_a_loop(void **state)
{
    (void)state;
    struct chance chance = {20190925};
    struct calendar *calendar = chance_calendar(&chance);
    for (int32_t anchor = day("1989-12-01"); anchor < day("2029-11-01"); anchor++) {
        int64_t n = chance_between(&chance, 0, 20);
        struct span spans[HOLDS_MOST];
        struct adjust adjust[HOLDS_MOST];
        size_t given = spans_of(&chance, anchor, spans);
        adjust_by_spans(adjust, spans, given);
        struct reckon reckon = {.way = RECKON_AFTER,
                                .length = {n, UNIT_WD},
                                .anchor = moment_of(anchor, 30000),
                                .closes = DAY_SECONDS,
                                .adjust = adjust,
                                .adjusts = given};
        assert_int_equal(count(calendar, &reckon).day,
                         slow_due(latest(calendar), anchor, n, spans, given));
    }
    calendar_free(calendar);
}

static void rule_7_8_a_pause_never_shortens(void **state)
{
    (void)state;
    struct chance chance = {20190929};
    struct calendar *calendar = chance_calendar(&chance);
    for (int i = 0; i < 20000; i++) {
        int32_t anchor = (int32_t)chance_between(&chance, day("1989-12-01"), day("2029-11-01"));
        struct span spans[HOLDS_MOST];
        struct adjust adjust[HOLDS_MOST];
        size_t given = spans_of(&chance, anchor, spans);
        adjust_by_spans(adjust, spans, given);
        struct reckon reckon = {.way = chance_next(&chance) % 4 ? RECKON_AFTER : RECKON_DAY,
                                .length = {chance_between(&chance, 0, 20),
                                           (enum unit)chance_between(&chance, UNIT_WD, UNIT_H)},
                                .anchor = moment_of(anchor, 30000),
                                .roll = (enum roll)chance_between(&chance, ROLL_NEXT, ROLL_NONE),
                                .closes = DAY_SECONDS,
                                .adjust = adjust};
        struct due due = count(calendar, &reckon);
        for (size_t h = 0; h < given; h++) { /* each hold, then one day more of it */
            reckon.adjusts = h + 1;
            struct due held_due = count(calendar, &reckon);
            assert_true(held_due.at >= due.at);
            int32_t from =
                reckon.way == RECKON_AFTER && spans[h].from < anchor ? anchor : spans[h].from;
            if (from <= due.day && adjust[h].from <= due.at && spans[h].to > from) {
                assert_true(held_due.day >= spans[h].to); /* nothing that was left is lost */
            }
            due = held_due;
        }
    }
    calendar_free(calendar);
}

static void rule_7_10_a_mirror_of_a_mirror_is_where_one_was(void **state)
{
    (void)state;
    struct chance chance = {20191008};
    struct calendar *calendar = chance_calendar(&chance);
    for (int32_t anchor = day("1989-12-01"); anchor < day("2029-11-01"); anchor++) {
        struct reckon reckon = {.way = RECKON_BEFORE,
                                .length = {chance_between(&chance, 1, 30), UNIT_WD},
                                .anchor = moment_of(anchor, 0),
                                .closes = DAY_SECONDS};
        struct due mirror = count(calendar, &reckon);
        reckon.backward = BACKWARD_CLEAR;
        struct due clear = count(calendar, &reckon);
        assert_int_equal(calendar_add(latest(calendar), clear.day, 1), mirror.day);
        reckon.way = RECKON_AFTER;
        reckon.anchor = moment_of(mirror.day, 0);
        assert_int_equal(count(calendar, &reckon).day, calendar_next(latest(calendar), anchor));
    }
    calendar_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_8_working_days_equal_a_loop),
        cmocka_unit_test(rule_7_8_a_pause_never_shortens),
        cmocka_unit_test(rule_7_10_a_mirror_of_a_mirror_is_where_one_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
