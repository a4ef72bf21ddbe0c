/* test_reckon.c: last days, by the rules of section 7 of the guide, and what holds for any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/reckon.h"

static struct calendar *calendar;
static const struct revision *revision;
static uint64_t random_state = 20190911;

static int64_t random_below(int64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)(random_state % (uint64_t)below);
}

static int64_t moment(const char *text)
{
    int64_t out = MOMENT_NONE;
    assert_true(moment_parse(text, strlen(text), &out));
    return out;
}

static int32_t day(const char *text)
{
    return moment_day(moment(text));
}

/* Autumn 2019: 13 September and 1 to 7 October off, 29 September and 12 October worked. */
static int autumn(void **state)
{
    (void)state;
    static const char *const off[] = {"2019-09-13", "2019-10-01", "2019-10-02", "2019-10-03",
                                      "2019-10-04", "2019-10-05", "2019-10-06", "2019-10-07"};
    struct calendar_row rows[10];
    size_t count = 0;
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        rows[count++] = (struct calendar_row){"notice",    day("2018-12-06"), 2019,
                                              day(off[i]), CALENDAR_HOLIDAY,  "off"};
    }
    rows[count++] = (struct calendar_row){"notice",          day("2018-12-06"), 2019,
                                          day("2019-09-29"), CALENDAR_WORKDAY,  "worked"};
    rows[count++] = (struct calendar_row){"notice",          day("2018-12-06"), 2019,
                                          day("2019-10-12"), CALENDAR_WORKDAY,  "worked"};
    struct message error = {0};
    calendar = calendar_new(rows, count, &error);
    revision = calendar ? calendar_as_of(calendar, DAY_LAST) : NULL;
    return calendar ? 0 : -1;
}

static int over(void **state)
{
    (void)state;
    calendar_free(calendar);
    return 0;
}

static struct reckon after(const char *anchor, int64_t n, enum unit unit)
{
    return (struct reckon){.way = RECKON_AFTER,
                           .length = {n, unit},
                           .anchor = moment(anchor),
                           .roll = ROLL_NEXT,
                           .backward = BACKWARD_MIRROR,
                           .closes = DAY_SECONDS};
}

static struct adjust held(const char *from, const char *to)
{
    return (struct adjust){.kind = ADJUST_HOLD, .from = moment(from), .to = moment(to)};
}

static void is_due(struct reckon reckon, const char *want)
{
    struct due due;
    char text[MOMENT_TEXT];
    reckon_due(revision, &reckon, &due, NULL);
    assert_string_equal(due.hours ? moment_format(due.at, text) : day_format(due.day, text), want);
}

static void rule_7_7_counting(void **state)
{
    (void)state;
    is_due(after("2019-09-27", 5, UNIT_WD), "2019-10-10");
    is_due(after("2019-09-30", 5, UNIT_WD), "2019-10-12");
    is_due(after("2019-09-28", 3, UNIT_WD), "2019-10-08");
    is_due(after("2019-09-12", 5, UNIT_WD), "2019-09-20");
    is_due(after("2019-09-27", 15, UNIT_WD), "2019-10-23");
    is_due(after("2018-01-31", 1, UNIT_MO), "2018-02-28");
    is_due(after("2019-09-27", 0, UNIT_D), "2019-09-27");
    is_due(after("2019-09-30 22:00", 4, UNIT_H), "2019-10-01 02:00");
}

static void rule_7_7_until_the_day_closes(void **state)
{
    (void)state;
    struct reckon reckon = after("2019-09-27", 5, UNIT_WD);
    struct due due;
    reckon_due(revision, &reckon, &due, NULL);
    assert_int_equal(due.at, moment("2019-10-10 23:59:59"));
    assert_int_equal(due.over, moment("2019-10-11"));
    reckon.closes = 17 * 3600 + 30 * 60;
    reckon_due(revision, &reckon, &due, NULL);
    assert_int_equal(due.at, moment("2019-10-10 17:30"));
    assert_int_equal(due.over, moment("2019-10-11"));
}

static void rule_7_8_held_days(void **state)
{
    (void)state;
    struct adjust hold = held("2019-09-25", "2019-09-29");
    struct reckon reckon = after("2019-09-23", 5, UNIT_WD);
    is_due(reckon, "2019-09-29");
    reckon.adjust = &hold;
    reckon.adjusts = 1;
    is_due(reckon, "2019-10-09");
    hold = held("2019-09-25", "2019-09-25"); /* held and resumed on one day */
    is_due(reckon, "2019-09-29");
    hold = held("2019-09-30", "2019-10-20"); /* begins after the last day */
    is_due(reckon, "2019-09-29");
    hold = held("2019-09-29", "2019-10-12"); /* begins on it: not before the day it ends */
    is_due(reckon, "2019-10-12");
    hold = held("2019-09-25", "2019-09-29"); /* a hold still on is not applied */
    hold.to = MOMENT_NONE;
    is_due(reckon, "2019-09-29");
    reckon = after("2019-09-05", 30, UNIT_D);
    hold = held("2019-09-10", "2019-09-13");
    reckon.adjust = &hold;
    reckon.adjusts = 1;
    is_due(reckon, "2019-10-08"); /* 5 October and three days */
    reckon = after("2019-09-30 22:00", 4, UNIT_H);
    hold = held("2019-09-30 23:00", "2019-09-30 23:30");
    reckon.adjust = &hold;
    reckon.adjusts = 1;
    is_due(reckon, "2019-10-01 02:30");
}

static void rule_7_9_roll(void **state)
{
    (void)state;
    struct reckon reckon = after("2019-09-05", 30, UNIT_D);
    is_due(reckon, "2019-10-08");
    is_due(after("2019-09-12", 30, UNIT_D), "2019-10-12");
    reckon.roll = ROLL_PREV;
    is_due(reckon, "2019-09-30");
    reckon.roll = ROLL_NONE;
    is_due(reckon, "2019-10-05");
    reckon = after("2019-10-05", 0, UNIT_D);
    reckon.way = RECKON_DAY;
    is_due(reckon, "2019-10-08");
}

static void rule_7_10_before(void **state)
{
    (void)state;
    static const struct {
        const char *anchor;
        int n;
        const char *mirror, *clear;
    } rows[] = {{"2019-10-08", 10, "2019-09-18", "2019-09-17"},
                {"2019-10-12", 3, "2019-10-09", "2019-10-08"},
                {"2019-10-08", 3, "2019-09-27", "2019-09-26"}};
    struct adjust hold = held("2019-09-01", "2019-10-30");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reckon reckon = after(rows[i].anchor, rows[i].n, UNIT_WD);
        reckon.way = RECKON_BEFORE;
        is_due(reckon, rows[i].mirror);
        reckon.adjust = &hold; /* never held */
        reckon.adjusts = 1;
        is_due(reckon, rows[i].mirror);
        reckon.backward = BACKWARD_CLEAR;
        is_due(reckon, rows[i].clear);
    }
    struct reckon reckon = after("2019-11-05", 1, UNIT_MO);
    reckon.way = RECKON_BEFORE;
    is_due(reckon, "2019-10-05"); /* never rolled */
}

static void rule_7_11_least(void **state)
{
    (void)state;
    struct reckon reckon = after("2019-09-20", 15, UNIT_D);
    reckon.roll = ROLL_NONE; /* counted like a limit but not rolled */
    is_due(reckon, "2019-10-05");
}

static void rule_7_12_extend(void **state)
{
    (void)state;
    struct adjust adjust = {
        .kind = ADJUST_BY, .period = {10, UNIT_D}, .from = moment("2019-09-20")};
    struct reckon reckon = after("2019-09-05", 30, UNIT_D);
    reckon.adjust = &adjust;
    reckon.adjusts = 1;
    is_due(reckon, "2019-10-15"); /* on from 5 October, the last day before rolling */
    adjust = (struct adjust){.kind = ADJUST_TO, .day = day("2019-10-20")};
    is_due(reckon, "2019-10-21"); /* a day put in its place, a Sunday, rolls */
    reckon.length = (struct period){5, UNIT_WD};
    reckon.anchor = moment("2019-09-27");
    adjust = (struct adjust){.kind = ADJUST_BY, .period = {2, UNIT_WD}};
    is_due(reckon, "2019-10-12");
}

/* Any hold, alone or after another, never makes a last day earlier; nor does it lose what was left.
 */
static void a_pause_never_shortens(void **state)
{
    (void)state;
    static const enum unit units[] = {UNIT_WD, UNIT_D, UNIT_MO, UNIT_H};
    for (int i = 0; i < 200000; i++) {
        struct adjust holds[2];
        struct due plain, once, twice;
        struct reckon reckon = after("2019-08-01", random_below(30), units[random_below(4)]);
        reckon.anchor += random_below(90) * DAY_SECONDS + random_below(DAY_SECONDS);
        reckon.roll = (enum roll)random_below(3);
        int64_t at = reckon.anchor;
        for (int k = 0; k < 2; k++) {
            int64_t from = at + random_below(20 * DAY_SECONDS);
            at = from + random_below(15 * DAY_SECONDS);
            holds[k] = (struct adjust){.kind = ADJUST_HOLD, .from = from, .to = at};
        }
        reckon.adjust = holds;
        reckon_due(revision, &reckon, &plain, NULL);
        reckon.adjusts = 1;
        reckon_due(revision, &reckon, &once, NULL);
        reckon.adjusts = 2;
        reckon_due(revision, &reckon, &twice, NULL);
        assert_true(once.at >= plain.at);
        assert_true(twice.at >= once.at);
        if (!once.hours && moment_day(holds[0].from) <= plain.day) {
            assert_true(once.day >= moment_day(holds[0].to));
        }
    }
}

static void mirror_of_the_mirror(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        struct reckon reckon = after("2019-08-01", random_below(60) + 1, UNIT_WD);
        struct due there, back;
        reckon.anchor =
            moment_of(calendar_next(revision, day("2019-08-01") + (int32_t)random_below(120)), 0);
        int64_t start = reckon.anchor;
        reckon.way = RECKON_BEFORE;
        reckon_due(revision, &reckon, &there, NULL);
        reckon.anchor = moment_of(there.day, 0);
        reckon.way = RECKON_AFTER;
        reckon_due(revision, &reckon, &back, NULL);
        assert_int_equal(moment_of(back.day, 0), start);
    }
}

/* The trace begins at the anchor, counts 1 to N, and ends on the last day. */
static void the_trace_tells_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct reckon reckon = after("2019-08-01", random_below(40), UNIT_WD);
        struct due due, untold;
        struct trace trace = {0};
        int64_t number = 0;
        reckon.anchor += random_below(120) * DAY_SECONDS;
        reckon_due(revision, &reckon, &due, &trace);
        reckon_due(revision, &reckon, &untold, NULL);
        assert_int_equal(due.at, untold.at);
        assert_false(trace.failed);
        assert_int_equal(trace.steps[0].kind, STEP_ANCHOR);
        for (size_t k = 0; k < trace.count; k++) {
            if (trace.steps[k].kind == STEP_COUNTED) {
                assert_int_equal(trace.steps[k].n, ++number);
            }
        }
        assert_true(reckon.length.n == 0 || number == reckon.length.n);
        assert_int_equal(trace.steps[trace.count - 1].kind, STEP_DUE);
        assert_int_equal(trace.steps[trace.count - 1].day, due.day);
        trace_free(&trace);
    }
}

static void rule_7_17_left_and_past(void **state)
{
    (void)state;
    struct reckon reckon = after("2019-09-27", 5, UNIT_WD);
    struct due due;
    reckon_due(revision, &reckon, &due, NULL); /* 10 October */
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-10-08 09:00")), 2);
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-10-10 23:00")), 0);
    assert_int_equal(reckon_remaining(revision, &due, moment("2019-10-12")), -2);
    assert_int_equal(reckon_left(revision, &due, (struct period){2, UNIT_WD}),
                     moment("2019-10-08"));
    assert_int_equal(reckon_past(revision, &due, (struct period){5, UNIT_WD}),
                     moment("2019-10-16"));
}

static void rule_7_14_running_out(void **state)
{
    (void)state;
    struct reckon reckon = after("2019-09-27", 1, UNIT_WD);
    struct due due;
    reckon_due(revision, &reckon, &due, NULL);
    assert_int_equal(reckon_expiry(revision, &due), moment("2019-09-30"));
    reckon = after("2019-09-29", 1, UNIT_WD);
    reckon_due(revision, &reckon, &due, NULL);
    assert_int_equal(reckon_expiry(revision, &due), moment("2019-10-08"));
    reckon = after("2019-09-30 22:00", 4, UNIT_H);
    reckon_due(revision, &reckon, &due, NULL);
    assert_int_equal(reckon_expiry(revision, &due), moment("2019-10-01 02:00") + 1);
}

static void outside_all_years(void **state)
{
    (void)state;
    static const enum unit units[] = {UNIT_WD, UNIT_D, UNIT_MO, UNIT_H};
    for (int i = 0; i < 4; i++) {
        struct due due;
        struct reckon reckon = after("9999-12-31", 1000, units[i]);
        reckon_due(revision, &reckon, &due, NULL);
        assert_int_equal(due.at, MOMENT_NONE);
        reckon.length.n = INT64_MAX;
        reckon_due(revision, &reckon, &due, NULL);
        assert_int_equal(due.at, MOMENT_NONE);
        reckon.way = RECKON_BEFORE;
        reckon_due(revision, &reckon, &due, NULL);
        assert_int_equal(due.at, MOMENT_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_7_counting),       cmocka_unit_test(rule_7_7_until_the_day_closes),
        cmocka_unit_test(rule_7_8_held_days),      cmocka_unit_test(rule_7_9_roll),
        cmocka_unit_test(rule_7_10_before),        cmocka_unit_test(rule_7_11_least),
        cmocka_unit_test(rule_7_12_extend),        cmocka_unit_test(rule_7_14_running_out),
        cmocka_unit_test(rule_7_17_left_and_past), cmocka_unit_test(a_pause_never_shortens),
        cmocka_unit_test(mirror_of_the_mirror),    cmocka_unit_test(the_trace_tells_the_same),
        cmocka_unit_test(outside_all_years),
    };
    return cmocka_run_group_tests(tests, autumn, over);
}
