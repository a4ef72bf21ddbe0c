/* test_day.c: civil days and moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int32_t day(const char *text)
{
    int32_t found = DAY_NONE;
    assert_true(day_parse(text, strlen(text), &found));
    return found;
}

/* FOUND is the day written in EXPECTED, "?" none. */
static void assert_day(int32_t found, const char *expected)
{
    char text[DAY_TEXT];
    assert_string_equal(day_format(found, text), expected);
}

static void every_day_there_and_back(void **state)
{
    (void)state;
    int32_t expected = DAY_FIRST, found;
    int weekday = 1; /* 0001-01-01 was a Monday */
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        assert_int_equal(day_month_length(year, 2), leap ? 29 : 28);
        for (int month = 1; month <= 12; month++) {
            int length = day_month_length(year, month);
            for (int of_month = 1; of_month <= length; of_month++, expected++) {
                int y, m, d;
                char text[DAY_TEXT];
                int32_t read = DAY_NONE;
                bool there = day_from_civil(year, month, of_month, &found);
                day_to_civil(expected, &y, &m, &d);
                /* one comparison: three and a half million days */
                if (!there || found != expected || y != year || m != month || d != of_month ||
                    day_weekday(found) != weekday ||
                    !day_parse(day_format(found, text), 10, &read) || read != found) {
                    fail_msg("%d-%d-%d", year, month, of_month);
                }
                weekday = weekday % 7 + 1;
            }
        }
    }
    assert_int_equal(expected - 1, DAY_LAST);
}

static void days_that_are_none(void **state)
{
    (void)state;
    static const int rows[][3] = {
        {0, 1, 1},     {10000, 1, 1}, {-1, 1, 1},    {2019, 0, 1}, {2019, 13, 1}, {2019, 2, 29},
        {2000, 2, 30}, {1900, 2, 29}, {2019, 4, 31}, {2019, 1, 0}, {2019, 1, 32}, {2019, 1, -1},
    };
    int32_t found = 5;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_false(day_from_civil(rows[i][0], rows[i][1], rows[i][2], &found));
    }
    assert_int_equal(found, 5);
    assert_int_equal(day_month_length(2019, 0), 0);
    assert_int_equal(day_month_length(2019, 13), 0);
}

static void years_end(void **state)
{
    (void)state;
    int32_t found;
    assert_int_equal(day_of_year_end(2019, &found), 0);
    assert_day(found, "2019-12-31");
    assert_int_equal(day_of_year_end(0, &found), -1);
    assert_int_equal(day_of_year_end(10000, &found), -1);
}

static void rule_7_7_months_on_the_same_day_else_the_last(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int64_t months;
        const char *to;
    } rows[] = {
        {"2018-01-31", 1, "2018-02-28"},
        {"2020-01-31", 1, "2020-02-29"},
        {"2018-01-31", 3, "2018-04-30"},
        {"2020-02-29", 12, "2021-02-28"},
        {"2018-03-31", -1, "2018-02-28"},
        {"2018-01-15", -1, "2017-12-15"},
        {"2018-11-30", 3, "2019-02-28"},
        {"2018-01-31", 0, "2018-01-31"},
        {"0001-01-31", -1, "?"},
        {"9999-12-01", 1, "?"},
        {"0001-01-01", 119987, "9999-12-01"},
        {"2018-01-31", INT64_MAX, "?"},
        {"2018-01-31", INT64_MIN, "?"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_day(day_add_months(day(rows[i].from), rows[i].months), rows[i].to);
    }
    assert_int_equal(day_add_months(DAY_NONE, 1), DAY_NONE);
}

static void days_are_added(void **state)
{
    (void)state;
    assert_day(day_add(day("2019-02-28"), 1), "2019-03-01");
    assert_day(day_add(day("0001-01-01"), -1), "?");
    assert_day(day_add(day("9999-12-31"), 1), "?");
    assert_day(day_add(day("9999-12-31"), 0), "9999-12-31");
    assert_day(day_add(day("2019-01-01"), INT64_MAX), "?");
    assert_day(day_add(day("2019-01-01"), INT64_MIN), "?");
    assert_day(day_add(DAY_NONE, 1), "?");
}

static void days_are_read_exactly(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2019",       "2019-9-1",    "2019-09-1",   "2019/09/01",
        "2019-09-31", "0000-01-01", "12019-01-01", "2019-09-01 ", " 2019-09-01",
        "+019-09-01", "2019-0a-01", "-001-01-01",  "２019-09-01",
    };
    int32_t found;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_false(day_parse(wrong[i], strlen(wrong[i]), &found));
    }
    assert_true(day_parse("2019-09-27 14:00", 10, &found));
    assert_day(found, "2019-09-27");
    assert_day(day("0001-01-01"), "0001-01-01");
    assert_day(day("9999-12-31"), "9999-12-31");
    assert_day(DAY_NONE, "?");
    assert_day(DAY_LAST + 1, "?");
    assert_day(DAY_FIRST - 1, "?");
}

static void moments_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written; /* NULL: none */
    } rows[] = {
        {"2019-09-27", "2019-09-27 00:00"},
        {"2019-09-27 14:30", "2019-09-27 14:30"},
        {"2019-09-27T14:30", "2019-09-27 14:30"},
        {"2019-09-27 14:30:05", "2019-09-27 14:30:05"},
        {"2019-09-27 24:00", "2019-09-28 00:00"},
        {"0001-01-01 00:00", "0001-01-01 00:00"},
        {"9999-12-31 23:59:59", "9999-12-31 23:59:59"},
        {"1969-12-31 23:59:59", "1969-12-31 23:59:59"},
        {"9999-12-31 24:00", NULL},
        {"2019-09-27 24:00:01", NULL},
        {"2019-09-27 24:01", NULL},
        {"2019-09-27 25:00", NULL},
        {"2019-09-27 14:60", NULL},
        {"2019-09-27 14:30:60", NULL},
        {"2019-09-27 14", NULL},
        {"2019-09-27x14:30", NULL},
        {"2019-09-27 14:30:", NULL},
        {"2019-02-30 14:30", NULL},
        {"", NULL},
    };
    char text[MOMENT_TEXT];
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t found;
        bool read = moment_parse(rows[i].text, strlen(rows[i].text), &found);
        assert_int_equal(read, rows[i].written != NULL);
        if (read) {
            assert_string_equal(moment_format(found, text), rows[i].written);
        }
    }
    assert_string_equal(moment_format(MOMENT_NONE, text), "?");
    assert_string_equal(moment_format(INT64_MAX, text), "?");
}

static void moments_lie_in_days(void **state)
{
    (void)state;
    assert_int_equal(moment_day(0), 0);
    assert_int_equal(moment_day(DAY_SECONDS - 1), 0);
    assert_int_equal(moment_day(-1), -1);
    assert_int_equal(moment_day(-DAY_SECONDS), -1);
    assert_int_equal(moment_day(-DAY_SECONDS - 1), -2);
    assert_int_equal(moment_day(moment_of(DAY_FIRST, 1)), DAY_FIRST);
    assert_int_equal(moment_day(moment_of(DAY_LAST, DAY_SECONDS - 1)), DAY_LAST);
}

static void times_of_day_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t seconds; /* -1: none */
    } rows[] = {{"00:00", 0}, {"17:30", 63000}, {"24:00", 86400}, {"24:01", -1}, {"17:60", -1},
                {"7:30", -1}, {"17.30", -1},    {"", -1},         {"-1:00", -1}, {"17:300", -1}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t seconds = -1;
        bool read = clock_time_parse(rows[i].text, strlen(rows[i].text), &seconds);
        assert_int_equal(read, rows[i].seconds >= 0);
        assert_int_equal(seconds, rows[i].seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_there_and_back),
        cmocka_unit_test(days_that_are_none),
        cmocka_unit_test(years_end),
        cmocka_unit_test(rule_7_7_months_on_the_same_day_else_the_last),
        cmocka_unit_test(days_are_added),
        cmocka_unit_test(days_are_read_exactly),
        cmocka_unit_test(moments_are_read_and_written),
        cmocka_unit_test(moments_lie_in_days),
        cmocka_unit_test(times_of_day_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
