/* test_reckon.c: how a last day is counted (POLICY guide, rules 7.7 to 7.12, 7.14, 7.17). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/reckon.h"
#include "test/support/notices.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int64_t moment(const char *text)
{
    int64_t found = MOMENT_NONE;
    assert_true(moment_parse(text, strlen(text), &found));
    return found;
}

/* FOUND is the day written in EXPECTED, "?" none. */
static void assert_day(int32_t found, const char *expected)
{
    char text[DAY_TEXT];
    assert_string_equal(day_format(found, text), expected);
}

static struct calendar *notices_new(void)
{
    struct calendar *calendar = notices_calendar();
    assert_non_null(calendar);
    return calendar;
}

static struct period period(int64_t n, enum unit unit)
{
    return (struct period){n, unit};
}

static struct reckon after(const char *anchor, int64_t n, enum unit unit)
{
    return (struct reckon){.way = RECKON_AFTER,
                           .length = {n, unit},
                           .anchor = moment(anchor),
                           .roll = ROLL_NEXT,
                           .closes = DAY_SECONDS};
}

static struct adjust held(const char *from, const char *to)
{
    return (struct adjust){.kind = ADJUST_HOLD, .from = moment(from), .to = moment(to)};
}

static struct adjust by(int64_t n, enum unit unit)
{
    return (struct adjust){.kind = ADJUST_BY, .period = {n, unit}};
}

static struct adjust put(const char *to)
{
    return (struct adjust){.kind = ADJUST_TO, .day = on(to)};
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

static void is_due(const struct calendar *calendar, struct reckon reckon,
                   const struct adjust *adjust, size_t adjusts, const char *expected)
{
    reckon.adjust = adjust;
    reckon.adjusts = adjusts;
    assert_day(count(calendar, &reckon).day, expected);
}

/* ---- rule 7.7 ---- */

static void rule_7_7_counting(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    static const struct {
        const char *anchor;
        int64_t n;
        enum unit unit;
        const char *due;
    } rows[] = {
        {"2019-09-27", 5, UNIT_WD, "2019-10-10"},  {"2019-09-30", 5, UNIT_WD, "2019-10-12"},
        {"2019-09-28", 3, UNIT_WD, "2019-10-08"},  {"2019-09-12", 5, UNIT_WD, "2019-09-20"},
        {"2019-09-27", 15, UNIT_WD, "2019-10-23"}, {"2019-09-23", 5, UNIT_WD, "2019-09-29"},
        {"2018-01-31", 1, UNIT_MO, "2018-02-28"},  {"2019-09-23", 0, UNIT_D, "2019-09-23"},
        {"2019-09-23", 0, UNIT_WD, "2019-09-23"},  {"2019-10-05", 0, UNIT_WD, "2019-10-08"},
        {"9999-12-31", 1, UNIT_WD, "?"},           {"9999-12-31", 1, UNIT_D, "?"},
        {"9999-12-31", 1, UNIT_MO, "?"},           {"9999-12-31 23:00", 1, UNIT_H, "?"},
        {"2019-09-23", INT64_MAX, UNIT_WD, "?"},   {"2019-09-23", INT64_MAX, UNIT_D, "?"},
        {"2019-09-23", INT64_MAX, UNIT_MO, "?"},   {"2019-09-23", INT64_MAX, UNIT_H, "?"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        is_due(calendar, after(rows[i].anchor, rows[i].n, rows[i].unit), NULL, 0, rows[i].due);
    }
    calendar_free(calendar);
}

static void rule_7_7_hours_to_the_minute_every_day_alike(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-30 22:30", 4, UNIT_H);
    struct due due = count(calendar, &reckon);
    assert_int_equal(due.at, moment("2019-10-01 02:30")); /* a holiday */
    assert_int_equal(due.over, due.at + 1);
    assert_true(due.hours);
    calendar_free(calendar);
}

static void rule_7_7_good_until_it_closes(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-27 16:00", 5, UNIT_WD);
    struct due due = count(calendar, &reckon);
    assert_int_equal(due.at, moment("2019-10-10 23:59:59"));
    assert_int_equal(due.over, moment("2019-10-11"));
    reckon.closes = 17 * 3600 + 1800;
    due = count(calendar, &reckon);
    assert_int_equal(due.at, moment("2019-10-10 17:30"));
    assert_int_equal(due.over, moment("2019-10-11"));
    calendar_free(calendar);
}

/* ---- rule 7.8 ---- */

static void rule_7_8_held_days_are_not_counted(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    static const struct {
        const char *from, *to, *due;
    } rows[] = {
        {"2019-09-25", "2019-09-29", "2019-10-09"},
        {"2019-09-25", "2019-09-25", "2019-09-29"}, /* held and resumed on one day */
        {"2019-09-23", "2019-09-24", "2019-09-30"}, /* from the day counting starts */
        {"2019-09-01", "2019-09-24", "2019-09-30"}, /* before it: only what is counted */
        {"2019-09-01", "2019-09-23", "2019-09-29"}, /* and nothing of it */
        {"2019-09-29", "2019-09-30", "2019-09-30"}, /* on its last day */
        {"2019-09-29", "2019-10-05", "2019-10-08"}, /* ended on a day that rests */
        {"2019-09-30", "2019-10-05", "2019-09-29"}, /* after its last day: moves nothing */
        {"2019-09-27", "2019-09-28", "2019-09-29"}, /* over a rest day */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct adjust hold = held(rows[i].from, rows[i].to);
        is_due(calendar, after("2019-09-23", 5, UNIT_WD), &hold, 1, rows[i].due);
    }
    struct adjust on = {.kind = ADJUST_HOLD, .from = moment("2019-09-25"), .to = MOMENT_NONE};
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), &on, 1, "2019-09-29"); /* not applied */
    calendar_free(calendar);
}

static void rule_7_8_days_months_and_written_days_move_by_as_many(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct adjust ten = held("2019-09-10", "2019-09-20");
    is_due(calendar, after("2019-09-05", 30, UNIT_D), &ten, 1, "2019-10-15");
    is_due(calendar, after("2019-09-05", 1, UNIT_MO), &ten, 1, "2019-10-15");
    struct reckon written = after("2019-10-05", 0, UNIT_D);
    written.way = RECKON_DAY;
    is_due(calendar, written, &ten, 1, "2019-10-15");
    is_due(calendar, written, NULL, 0, "2019-10-08");
    calendar_free(calendar);
}

static void rule_7_8_nothing_that_was_left_is_lost(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-05", 30, UNIT_D); /* 2019-10-05, rolled 2019-10-08 */
    /* held while it had rolled: no earlier than the end of the hold */
    struct adjust rolled = held("2019-10-07", "2019-10-10");
    is_due(calendar, reckon, &rolled, 1, "2019-10-10");
    struct adjust weekend = held("2019-10-07", "2019-10-13");
    is_due(calendar, reckon, &weekend, 1, "2019-10-14");
    reckon.roll = ROLL_NONE; /* 2019-10-05 */
    struct adjust unrolled = held("2019-10-05", "2019-10-13");
    is_due(calendar, reckon, &unrolled, 1, "2019-10-13");
    is_due(calendar, reckon, &rolled, 1, "2019-10-05");
    reckon.roll = ROLL_PREV; /* 2019-09-30 */
    struct adjust before = held("2019-09-30", "2019-10-06");
    is_due(calendar, reckon, &before, 1, "2019-10-11");
    struct adjust late = held("2019-10-01", "2019-10-06");
    is_due(calendar, reckon, &late, 1, "2019-09-30");
    /* what follows goes on from there */
    struct adjust two[] = {held("2019-09-29", "2019-10-05"), held("2019-10-08", "2019-10-09")};
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), two, 2, "2019-10-09");
    struct adjust longer[] = {held("2019-09-29", "2019-10-05"), by(1, UNIT_WD)};
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), longer, 2, "2019-10-09");
    calendar_free(calendar);
}

static void rule_7_8_hours_move_by_the_minutes(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-23 08:00", 4, UNIT_H);
    struct adjust hold = held("2019-09-23 09:00", "2019-09-24 09:45");
    reckon.adjust = &hold;
    reckon.adjusts = 1;
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-24 12:45"));
    hold = held("2019-09-23 12:00", "2019-09-23 12:30"); /* in its last minute */
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-23 12:30"));
    hold = held("2019-09-23 12:01", "2019-09-23 12:30");
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-23 12:00"));
    hold = held("2019-09-23 06:00", "2019-09-23 08:30"); /* only what is counted */
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-23 12:30"));
    hold = held("2019-09-23 09:00", "9999-12-31 23:00");
    assert_int_equal(count(calendar, &reckon).at, MOMENT_NONE);
    calendar_free(calendar);
}

/* ---- rules 7.9 to 7.12 ---- */

static void rule_7_9_roll(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    static const struct {
        const char *anchor;
        enum roll roll;
        const char *due;
    } rows[] = {
        {"2019-09-05", ROLL_NEXT, "2019-10-08"}, {"2019-09-05", ROLL_PREV, "2019-09-30"},
        {"2019-09-05", ROLL_NONE, "2019-10-05"}, {"2019-09-12", ROLL_NEXT, "2019-10-12"},
        {"2019-09-12", ROLL_PREV, "2019-10-12"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reckon reckon = after(rows[i].anchor, 30, UNIT_D);
        reckon.roll = rows[i].roll;
        is_due(calendar, reckon, NULL, 0, rows[i].due);
        assert_int_equal(count(calendar, &reckon).unrolled, on(rows[i].anchor) + 30);
        reckon.length = period(5, UNIT_WD); /* worked anyway */
        is_due(calendar, reckon, NULL, 0, i < 3 ? "2019-09-12" : "2019-09-20");
    }
    static const char *const fifths[][2] = {{"2019-10-05", "2019-10-08"},
                                            {"2020-01-05", "2020-01-06"},
                                            {"2020-05-05", "2020-05-06"},
                                            {"2020-10-05", "2020-10-09"}};
    for (size_t i = 0; i < COUNT(fifths); i++) {
        struct reckon reckon = after(fifths[i][0], 0, UNIT_D);
        reckon.way = RECKON_DAY;
        is_due(calendar, reckon, NULL, 0, fifths[i][1]);
    }
    calendar_free(calendar);
}

static void rule_7_10_before(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    static const struct {
        const char *anchor;
        int64_t n;
        const char *mirror, *clear;
    } rows[] = {
        {"2019-10-08", 10, "2019-09-18", "2019-09-17"},
        {"2019-10-12", 3, "2019-10-09", "2019-10-08"},
        {"2019-10-08", 3, "2019-09-27", "2019-09-26"},
        {"2019-10-08", 0, "2019-10-08", "2019-09-30"},
        {"2019-10-05", 0, "2019-09-30", "2019-09-30"}, /* never after the day itself */
        {"0001-01-02", 3, "?", "?"},
    };
    struct adjust hold = held("2019-09-01", "2019-09-30"); /* never held */
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reckon reckon = after(rows[i].anchor, rows[i].n, UNIT_WD);
        reckon.way = RECKON_BEFORE;
        is_due(calendar, reckon, &hold, 1, rows[i].mirror);
        reckon.backward = BACKWARD_CLEAR;
        is_due(calendar, reckon, NULL, 0, rows[i].clear);
    }
    struct reckon reckon = after("2019-11-04", 30, UNIT_D);
    reckon.way = RECKON_BEFORE;
    is_due(calendar, reckon, NULL, 0, "2019-10-05"); /* never rolled */
    reckon.length = period(1, UNIT_MO);
    is_due(calendar, reckon, NULL, 0, "2019-10-04");
    calendar_free(calendar);
}

static void rule_7_11_a_least_is_not_rolled(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-20", 15, UNIT_D);
    reckon.roll = ROLL_NONE;
    is_due(calendar, reckon, NULL, 0, "2019-10-05");
    struct adjust hold = held("2019-09-25", "2019-09-26"); /* held like a limit */
    is_due(calendar, reckon, &hold, 1, "2019-10-06");
    calendar_free(calendar);
}

static void rule_7_12_extend(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon trial = after("2019-09-05", 30, UNIT_D); /* 2019-10-05, rolled 2019-10-08 */
    struct adjust ten = by(10, UNIT_D);
    is_due(calendar, trial, &ten, 1, "2019-10-15"); /* on from 10-05, before rolling */
    struct adjust month = by(1, UNIT_MO);
    is_due(calendar, trial, &month, 1, "2019-11-05");
    struct adjust to = put("2019-10-06");
    is_due(calendar, trial, &to, 1, "2019-10-08"); /* a written day rolls */
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), &to, 1, "2019-10-08");
    struct adjust three = by(3, UNIT_WD);
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), &three, 1, "2019-10-09");
    struct adjust several[] = {by(3, UNIT_WD), held("2019-10-08", "2019-10-10")};
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), several, 2, "2019-10-11");
    struct adjust replaced[] = {held("2019-09-25", "2019-09-29"), put("2019-09-26")};
    is_due(calendar, after("2019-09-23", 5, UNIT_WD), replaced, 2, "2019-09-26");
    struct adjust none = {.kind = ADJUST_TO, .day = DAY_NONE};
    is_due(calendar, trial, &none, 1, "?");
    calendar_free(calendar);
}

static void rule_7_12_extend_hours(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-27 16:00", 4, UNIT_H);
    struct adjust adjust = by(2, UNIT_H);
    reckon.adjust = &adjust;
    reckon.adjusts = 1;
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-27 22:00"));
    adjust = by(2, UNIT_WD);
    assert_int_equal(count(calendar, &reckon).at, moment("2019-09-30 20:00"));
    adjust = put("2019-10-09"); /* a day in the place of a minute: good until it closes */
    assert_int_equal(count(calendar, &reckon).at, moment("2019-10-09 23:59:59"));
    assert_int_equal(count(calendar, &reckon).over, moment("2019-10-10"));
    calendar_free(calendar);
}

/* ---- what follows from a last day ---- */

static void rule_7_14_acted_on_the_first_working_day_after(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-23", 6, UNIT_WD);
    struct due due = count(calendar, &reckon);
    assert_day(due.day, "2019-09-30");
    assert_int_equal(reckon_expiry(latest(calendar), &due), moment("2019-10-08"));
    reckon = after("2019-09-30 22:30", 4, UNIT_H);
    due = count(calendar, &reckon);
    assert_int_equal(reckon_expiry(latest(calendar), &due), moment("2019-10-01 02:30:01"));
    calendar_free(calendar);
}

static void rule_7_17_cards(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    const struct revision *revision = latest(calendar);
    struct reckon reckon = after("2019-09-27", 5, UNIT_WD);
    struct due due = count(calendar, &reckon); /* 2019-10-10 */
    assert_int_equal(reckon_left(revision, &due, period(2, UNIT_WD)), moment("2019-10-08"));
    assert_int_equal(reckon_left(revision, &due, period(3, UNIT_WD)), moment("2019-09-30"));
    assert_int_equal(reckon_left(revision, &due, period(0, UNIT_WD)), moment("2019-10-10"));
    assert_int_equal(reckon_left(revision, &due, period(7, UNIT_D)), moment("2019-10-03"));
    assert_int_equal(reckon_past(revision, &due, period(5, UNIT_WD)), moment("2019-10-16"));
    assert_int_equal(reckon_past(revision, &due, period(5, UNIT_D)), moment("2019-10-15"));
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-10-10 20:00")), 0);
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-09-30")), 3);
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-10-12")), -2);
    reckon = after("2019-09-27 16:00", 4, UNIT_H);
    due = count(calendar, &reckon); /* 20:00 */
    assert_int_equal(reckon_left(revision, &due, period(1, UNIT_H)), moment("2019-09-27 19:00"));
    assert_int_equal(reckon_past(revision, &due, period(1, UNIT_H)), moment("2019-09-27 21:00"));
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-09-27 18:59:01")), 60);
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-09-27 20:00:01")), -1);
    struct due none = {.at = MOMENT_NONE, .day = DAY_NONE, .over = MOMENT_NONE};
    for (int unit = UNIT_WD; unit <= UNIT_H; unit++) {
        struct period one = period(1, (enum unit)unit);
        assert_int_equal(reckon_left(revision, &none, one), MOMENT_NONE);
        assert_int_equal(reckon_past(revision, &none, one), MOMENT_NONE);
    }
    assert_int_equal(reckon_expiry(revision, &none), MOMENT_NONE);
    calendar_free(calendar);
}

static void rule_7_18_what_rests_on_no_notice_is_provisional(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new(); /* 2018 to 2020 */
    static const struct {
        enum reckon_way way;
        const char *anchor;
        bool provisional;
    } rows[] = {
        {RECKON_AFTER, "2019-09-27", false}, {RECKON_AFTER, "2020-12-24", false},
        {RECKON_AFTER, "2020-12-25", true},  {RECKON_AFTER, "2017-12-31", false},
        {RECKON_AFTER, "2017-12-30", true},  {RECKON_BEFORE, "2021-01-01", false},
        {RECKON_BEFORE, "2021-01-02", true}, {RECKON_BEFORE, "2018-01-02", true},
        {RECKON_DAY, "2020-12-31", false},   {RECKON_DAY, "2021-01-01", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reckon reckon = after(rows[i].anchor, 5, UNIT_WD);
        reckon.way = rows[i].way;
        assert_int_equal(count(calendar, &reckon).provisional, rows[i].provisional);
    }
    calendar_free(calendar);
}

static void shifts_keep_the_time_of_day(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    const struct revision *revision = latest(calendar);
    int64_t from = moment("2019-09-27 14:30");
    static const struct {
        int64_t n;
        enum unit unit;
        int sign;
        const char *to;
    } rows[] = {
        {5, UNIT_WD, 1, "2019-10-10 14:30"},  {5, UNIT_WD, -1, "2019-09-20 14:30"},
        {0, UNIT_WD, 1, "2019-09-27 14:30"},  {3, UNIT_D, -1, "2019-09-24 14:30"},
        {3, UNIT_MO, -1, "2019-06-27 14:30"}, {30, UNIT_H, 1, "2019-09-28 20:30"},
        {15, UNIT_H, -1, "2019-09-26 23:30"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(
            reckon_shift(revision, from, period(rows[i].n, rows[i].unit), rows[i].sign),
            moment(rows[i].to));
    }
    for (int unit = UNIT_WD; unit <= UNIT_H; unit++) {
        struct period most = period(INT64_MAX, (enum unit)unit);
        assert_int_equal(reckon_shift(revision, from, most, 1), MOMENT_NONE);
        assert_int_equal(reckon_shift(revision, from, most, -1), MOMENT_NONE);
        assert_int_equal(reckon_shift(revision, MOMENT_NONE, most, 1), MOMENT_NONE);
    }
    calendar_free(calendar);
}

/* ---- the trace ---- */

static void add_step(struct text *out, const struct step *step)
{
    static const char *const kinds[] = {
        [STEP_ANCHOR] = "anchor", [STEP_COUNTED] = "counted",   [STEP_RESTS] = "rests",
        [STEP_HELD] = "held",     [STEP_JUMP] = "jump",         [STEP_HOLD] = "hold",
        [STEP_KEPT] = "kept",     [STEP_EXTENDED] = "extended", [STEP_REPLACED] = "replaced",
        [STEP_ROLLED] = "rolled", [STEP_CLEAR] = "clear",       [STEP_DUE] = "due",
    };
    char text[DAY_TEXT];
    text_addf(out, "%s %s", kinds[step->kind], day_format(step->day, text) + 5);
    if (step->kind == STEP_COUNTED) {
        text_addf(out, " %d", (int)step->n);
    } else if (step->kind == STEP_HOLD || step->kind == STEP_ROLLED || step->kind == STEP_KEPT ||
               step->kind == STEP_CLEAR) {
        text_addf(out, " %s", day_format(step->day2, text) + 5);
    }
    text_add(out, "\n");
}

static void is_traced(const struct calendar *calendar, struct reckon reckon,
                      const struct adjust *adjust, size_t adjusts, const char *expected)
{
    struct trace trace = {0};
    struct due due;
    struct text told = {0};
    reckon.adjust = adjust;
    reckon.adjusts = adjusts;
    reckon_due(latest(calendar), &reckon, &due, &trace);
    for (size_t i = 0; i < trace.count; i++) {
        add_step(&told, &trace.steps[i]);
    }
    assert_string_equal(text_bytes(&told), expected);
    text_free(&told);
    trace_free(&trace);
}

static void every_day_is_told_once(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct adjust hold = held("2019-09-25", "2019-09-29");
    is_traced(calendar, after("2019-09-23", 3, UNIT_WD), &hold, 1,
              "anchor 09-23\ncounted 09-24 1\ncounted 09-25 2\nhold 09-25 09-29\nheld 09-26\n"
              "held 09-27\nrests 09-28\nheld 09-29\ncounted 09-30 3\ndue 09-30\n");
    hold = held("2019-09-10", "2019-09-15"); /* on the last day, to one that rests */
    is_traced(calendar, after("2019-09-09", 1, UNIT_WD), &hold, 1,
              "anchor 09-09\ncounted 09-10 1\nhold 09-10 09-15\nheld 09-11\nheld 09-12\n"
              "rests 09-13\nrests 09-14\nrests 09-15\nrolled 09-15 09-16\ndue 09-16\n");
    struct adjust longer = by(2, UNIT_WD);
    is_traced(calendar, after("2019-09-09", 1, UNIT_WD), &longer, 1,
              "anchor 09-09\ncounted 09-10 1\nextended 09-12\ncounted 09-11 1\ncounted 09-12 2\n"
              "due 09-12\n");
    hold = held("2019-10-07", "2019-10-10");
    is_traced(calendar, after("2019-09-05", 30, UNIT_D), &hold, 1,
              "anchor 09-05\njump 10-05\nhold 10-07 10-10\nkept 10-08 10-10\ndue 10-10\n");
    struct reckon reckon = after("2019-10-08", 1, UNIT_WD);
    reckon.way = RECKON_BEFORE;
    reckon.backward = BACKWARD_CLEAR;
    is_traced(calendar, reckon, NULL, 0,
              "anchor 10-08\nrests 10-07\nrests 10-06\nrests 10-05\nrests 10-04\nrests 10-03\n"
              "rests 10-02\nrests 10-01\ncounted 09-30 1\nclear 09-30 09-29\ndue 09-29\n");
    calendar_free(calendar);
}

static void a_day_that_rests_names_its_notice(void **state)
{
    (void)state;
    struct calendar *calendar = notices_new();
    struct reckon reckon = after("2019-09-27", 2, UNIT_WD);
    struct trace trace = {0};
    struct due due;
    reckon_due(latest(calendar), &reckon, &due, &trace);
    assert_int_equal(trace.count, 5);
    assert_int_equal(trace.steps[1].reason.kind, DAY_WEEKEND);
    assert_int_equal(trace.steps[2].reason.kind, DAY_MADE_UP);
    assert_string_equal(trace.steps[2].reason.notice, "国办发明电〔2018〕15号");
    assert_string_equal(trace.steps[2].reason.name, "国庆节调休");
    trace_free(&trace);
    trace_free(&trace);
    calendar_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_7_counting),
        cmocka_unit_test(rule_7_7_hours_to_the_minute_every_day_alike),
        cmocka_unit_test(rule_7_7_good_until_it_closes),
        cmocka_unit_test(rule_7_8_held_days_are_not_counted),
        cmocka_unit_test(rule_7_8_days_months_and_written_days_move_by_as_many),
        cmocka_unit_test(rule_7_8_nothing_that_was_left_is_lost),
        cmocka_unit_test(rule_7_8_hours_move_by_the_minutes),
        cmocka_unit_test(rule_7_9_roll),
        cmocka_unit_test(rule_7_10_before),
        cmocka_unit_test(rule_7_11_a_least_is_not_rolled),
        cmocka_unit_test(rule_7_12_extend),
        cmocka_unit_test(rule_7_12_extend_hours),
        cmocka_unit_test(rule_7_14_acted_on_the_first_working_day_after),
        cmocka_unit_test(rule_7_17_cards),
        cmocka_unit_test(rule_7_18_what_rests_on_no_notice_is_provisional),
        cmocka_unit_test(shifts_keep_the_time_of_day),
        cmocka_unit_test(every_day_is_told_once),
        cmocka_unit_test(a_day_that_rests_names_its_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
