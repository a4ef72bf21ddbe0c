/* test_calendar.c: working days, against a count day by day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/notices.h"

static int set_up(void **state)
{
    *state = notices_calendar();
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    calendar_free(*state);
    return 0;
}

static const struct revision *all_known(void **state)
{
    return calendar_as_of(*state, DAY_LAST);
}

/* DAY must be the one WANT says; "?" none. */
static void assert_day(int32_t day, const char *want)
{
    char text[MOMENT_TEXT];
    assert_string_equal(day_format(day, text), want);
}

/* The same numbers on every machine. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* ---- working days ---- */

#define FROM on("1995-01-01")
#define UNTIL on("2035-01-01")

static void forty_years_day_by_day(void **state)
{
    const struct revision *revision = all_known(state);
    int64_t counted = 0;
    int32_t last_worked = DAY_NONE;
    for (int32_t day = FROM; day < UNTIL; day++) {
        struct day_reason why = calendar_why(revision, day);
        bool works = why.kind == DAY_WORKED || why.kind == DAY_MADE_UP;
        counted += works && day > FROM;
        last_worked = works ? day : last_worked;
        assert_int_equal(calendar_works(revision, day), works);
        assert_int_equal(calendar_count(revision, FROM, day), counted);
        assert_int_equal(calendar_count(revision, day, FROM), -counted);
        if (counted > 0) {
            assert_int_equal(calendar_add(revision, FROM, counted), last_worked);
            assert_int_equal(calendar_prev(revision, day), last_worked);
            assert_int_equal(calendar_next(revision, day),
                             works ? day : calendar_add(revision, last_worked, 1));
        }
    }
}

/* N days on or back, one by one; from years before the first notice to years after the last. */
static void adding_equals_a_loop(void **state)
{
    const struct revision *revision = all_known(state);
    uint32_t seed = 3;
    for (int32_t day = FROM; day < UNTIL; day++) {
        int64_t n = (int64_t)(next_random(&seed) % 300) + 1;
        int32_t after = day, before = day;
        for (int64_t left = n; left > 0; left -= calendar_works(revision, after)) {
            after++;
        }
        for (int64_t left = n; left > 0; left -= calendar_works(revision, before)) {
            before--;
        }
        assert_int_equal(calendar_add(revision, day, n), after);
        assert_int_equal(calendar_add(revision, day, -n), before);
    }
}

static void adding_is_the_inverse_of_counting(void **state)
{
    const struct revision *revision = all_known(state);
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        int32_t day = FROM + (int32_t)(next_random(&seed) % (uint32_t)(UNTIL - FROM));
        int64_t n = 1 + next_random(&seed) % 600;
        int32_t after = calendar_add(revision, day, n), before = calendar_add(revision, day, -n);
        assert_true(calendar_works(revision, after) && calendar_works(revision, before));
        assert_int_equal(calendar_count(revision, day, after), n);
        assert_int_equal(calendar_count(revision, before, day), n - !calendar_works(revision, day));
    }
}

/* From a working day N back and N on again is that day, and the other way round. */
static void mirror_of_mirror(void **state)
{
    const struct revision *revision = all_known(state);
    uint32_t seed = 2;
    for (int i = 0; i < 20000; i++) {
        int32_t day = FROM + (int32_t)(next_random(&seed) % (uint32_t)(UNTIL - FROM));
        int64_t n = 1 + next_random(&seed) % 300;
        day = calendar_next(revision, day);
        assert_int_equal(calendar_add(revision, calendar_add(revision, day, -n), n), day);
        assert_int_equal(calendar_add(revision, calendar_add(revision, day, n), -n), day);
    }
}

static void nth_working_day_of_a_month(void **state)
{
    const struct revision *revision = all_known(state);
    for (int year = 1995; year < 2035; year++) {
        for (int month = 1; month <= 12; month++) {
            int32_t first;
            int worked = 0, length = day_month_length(year, month);
            assert_true(day_from_civil(year, month, 1, &first));
            for (int i = 0; i < length; i++) {
                worked += calendar_works(revision, first + i);
            }
            for (int i = 0, n = 0; i < length; i++) {
                if (calendar_works(revision, first + i)) {
                    n++;
                    assert_int_equal(calendar_of_month(revision, year, month, n), first + i);
                    assert_int_equal(calendar_of_month(revision, year, month, n - worked - 1),
                                     first + i);
                }
            }
            assert_day(calendar_of_month(revision, year, month, worked + 1), "?");
            assert_day(calendar_of_month(revision, year, month, -worked - 1), "?");
            assert_day(calendar_of_month(revision, year, month, 0), "?");
        }
    }
    assert_day(calendar_of_month(revision, 2019, 2, 4), "2019-02-11"); /* after 02-01 to 02-03 */
}

static void left_begins_where_no_more_than_n_are_left(void **state)
{
    const struct revision *revision = all_known(state);
    for (int32_t due = on("2019-09-01"); due < on("2020-03-01"); due++) {
        for (int64_t n = 0; n < 12; n++) {
            int32_t day = calendar_left(revision, due, n);
            assert_true(calendar_count(revision, day, due) <= n);
            assert_true(calendar_count(revision, day - 1, due) > n);
        }
    }
}

static void no_answer_outside_the_years(void **state)
{
    const struct revision *revision = all_known(state);
    assert_day(calendar_add(revision, DAY_LAST, 1), "?");
    assert_day(calendar_add(revision, DAY_FIRST, -1), "?");
    assert_day(calendar_add(revision, on("2019-09-27"), INT64_MAX), "?");
    assert_day(calendar_add(revision, on("2019-09-27"), INT64_MIN), "?");
    assert_day(calendar_add(revision, DAY_NONE, 1), "?");
    assert_day(calendar_next(revision, DAY_NONE), "?");
    assert_day(calendar_prev(revision, DAY_NONE), "?");
    assert_day(calendar_left(revision, DAY_NONE, 1), "?");
    assert_day(calendar_of_month(revision, 10000, 1, 1), "?");
    assert_true(calendar_provisional(revision, DAY_NONE));
}

/* ---- notices ---- */

static void what_was_known_when(void **state)
{
    const struct revision *before = calendar_as_of(*state, on("2020-01-26"));
    const struct revision *after = calendar_as_of(*state, on("2020-01-27"));
    assert_day(calendar_add(before, on("2020-01-20"), 5), "2020-02-01");
    assert_day(calendar_add(after, on("2020-01-20"), 5), "2020-02-04");
    assert_true(revision_number(before) < revision_number(after));
    const struct revision *first = calendar_as_of(*state, on("2019-03-21"));
    const struct revision *second = calendar_as_of(*state, on("2019-03-22"));
    assert_day(calendar_add(first, on("2019-04-30"), 1), "2019-05-02");
    assert_day(calendar_add(second, on("2019-04-30"), 1), "2019-05-05");
    const struct revision *none = calendar_as_of(*state, on("2017-11-29"));
    assert_int_equal(revision_number(none), 0);
    assert_int_equal(calendar_count(none, on("2018-09-30"), on("2018-10-07")), 5);
}

static void a_pinned_calendar_knows_one_day_only(void **state)
{
    calendar_pin(*state, on("2020-01-26"));
    const struct revision *revision = calendar_as_of(*state, DAY_LAST);
    calendar_pin(*state, DAY_NONE);
    assert_day(calendar_add(revision, on("2020-01-20"), 5), "2020-02-01");
    assert_day(calendar_add(all_known(state), on("2020-01-20"), 5), "2020-02-04");
}

static void why_a_day_is_worked_or_not(void **state)
{
    const struct revision *revision = all_known(state);
    struct day_reason why = calendar_why(revision, on("2019-09-29"));
    assert_int_equal(why.kind, DAY_MADE_UP);
    assert_string_equal(why.name, "国庆节调休");
    assert_string_equal(why.notice, "国办发明电〔2018〕15号");
    why = calendar_why(revision, on("2020-02-01")); /* the later notice holds */
    assert_int_equal(why.kind, DAY_HOLIDAY);
    assert_string_equal(why.notice, "国办发明电〔2020〕1号");
    assert_int_equal(calendar_why(revision, on("2019-09-28")).kind, DAY_WEEKEND);
    assert_int_equal(calendar_why(revision, on("2019-09-27")).kind, DAY_WORKED);
}

static void guesses_are_provisional_and_give_way(void **state)
{
    const struct revision *guessed = calendar_as_of(*state, on("2019-06-01"));
    const struct revision *revision = all_known(state);
    assert_false(calendar_works(guessed, on("2020-01-02")));
    assert_true(calendar_provisional(guessed, on("2020-01-02")));
    assert_true(calendar_works(revision, on("2020-01-02"))); /* the notice for 2020 came out */
    assert_false(calendar_provisional(revision, on("2020-12-31")));
    assert_false(calendar_works(revision, on("2021-01-04")));
    assert_true(calendar_provisional(revision, on("2021-01-01")));
    assert_true(calendar_provisional(revision, on("2017-12-31")));
}

static void a_stretch_is_provisional_if_a_day_of_it_is(void **state)
{
    const struct revision *revision = all_known(state); /* 2018 to 2020 */
    assert_false(calendar_provisional_between(revision, on("2018-01-01"), on("2020-12-31")));
    assert_true(calendar_provisional_between(revision, on("2017-12-31"), on("2018-01-01")));
    assert_true(calendar_provisional_between(revision, on("2020-12-31"), on("2021-01-01")));
    assert_false(calendar_provisional_between(revision, on("2021-01-02"), on("2021-01-01")));
    struct message error;
    struct calendar_row rows[] = {
        {"甲", 0, 2018, on("2018-01-01"), CALENDAR_HOLIDAY, "元旦"},
        {"乙", 1, 2020, on("2020-01-01"), CALENDAR_HOLIDAY, "元旦"},
    };
    struct calendar *gap = calendar_new(rows, 2, &error);
    assert_non_null(gap);
    revision = calendar_as_of(gap, DAY_LAST);
    assert_true(calendar_provisional_between(revision, on("2018-12-31"), on("2020-01-01")));
    calendar_free(gap);
}

static void no_more_than_500_days_of_publication(void **state)
{
    (void)state;
    struct message error;
    struct calendar_row rows[501];
    for (int32_t i = 0; i < 501; i++) {
        rows[i] = (struct calendar_row){"甲", i, 2019, 18000 + i, CALENDAR_HOLIDAY, "元旦"};
    }
    struct calendar *calendar = calendar_new(rows, 500, &error);
    assert_non_null(calendar);
    assert_int_equal(revision_number(calendar_as_of(calendar, DAY_LAST)), 500);
    calendar_free(calendar);
    assert_null(calendar_new(rows, 501, &error));
    assert_int_equal(error.id, MESSAGE_calendar_notices);
}

static void rows_that_cannot_be_are_refused(void **state)
{
    (void)state;
    struct message error;
    struct calendar_row rows[] = {
        {"甲", 0, 2019, 18000, CALENDAR_HOLIDAY, "元旦"},
        {"甲", 0, 2019, 18000, CALENDAR_WORKDAY, "元旦"},
    };
    assert_null(calendar_new(rows, 2, &error));
    assert_int_equal(error.id, MESSAGE_calendar_contradiction);
    rows[1].notice = "乙";
    rows[1].published = 1; /* a later notice may say otherwise */
    struct calendar *calendar = calendar_new(rows, 2, &error);
    assert_non_null(calendar);
    assert_true(calendar_works(calendar_as_of(calendar, DAY_LAST), 18000));
    calendar_free(calendar);
    rows[1].day = 18000 + 301 * 366;
    assert_null(calendar_new(rows, 2, &error));
    assert_int_equal(error.id, MESSAGE_calendar_span);
    rows[1].day = DAY_LAST + 1;
    assert_null(calendar_new(rows, 2, &error));
    assert_int_equal(error.id, MESSAGE_calendar_range);
    calendar = calendar_new(NULL, 0, &error); /* no notice: weekends alone */
    assert_non_null(calendar);
    assert_day(calendar_add(calendar_as_of(calendar, DAY_LAST), on("2019-09-27"), 5), "2019-10-04");
    calendar_free(calendar);
    calendar_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_years_day_by_day),
        cmocka_unit_test(adding_equals_a_loop),
        cmocka_unit_test(adding_is_the_inverse_of_counting),
        cmocka_unit_test(mirror_of_mirror),
        cmocka_unit_test(nth_working_day_of_a_month),
        cmocka_unit_test(left_begins_where_no_more_than_n_are_left),
        cmocka_unit_test(no_answer_outside_the_years),
        cmocka_unit_test(what_was_known_when),
        cmocka_unit_test(a_pinned_calendar_knows_one_day_only),
        cmocka_unit_test(why_a_day_is_worked_or_not),
        cmocka_unit_test(guesses_are_provisional_and_give_way),
        cmocka_unit_test(a_stretch_is_provisional_if_a_day_of_it_is),
        cmocka_unit_test(no_more_than_500_days_of_publication),
        cmocka_unit_test(rows_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
