/* test_calendar.c: the shipped calendar loads and knows what was known when; CSV is read and
 * complained of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "data/calendar.h"
#include "data/csv.h"
#include "data/desk.h"

static int32_t day(const char *text)
{
    int32_t found = 0;
    assert_true(day_parse(text, strlen(text), &found));
    return found;
}

static struct calendar *shipped(void)
{
    struct calendar *calendar = NULL;
    struct text error = {0};
    if (desk_calendar(NULL, &calendar, &error) != 0) {
        fail_msg("%s", text_bytes(&error));
    }
    text_free(&error);
    return calendar;
}

static bool works(const struct calendar *calendar, const char *known, const char *asked)
{
    return calendar_works(calendar_as_of(calendar, day(known)), day(asked));
}

static void labour_day_2019(void **state)
{
    (void)state;
    struct calendar *calendar = shipped();
    assert_false(works(calendar, "2019-03-21", "2019-05-01"));
    assert_true(works(calendar, "2019-03-21", "2019-05-02"));
    assert_true(works(calendar, "2019-03-21", "2019-05-03"));
    assert_false(works(calendar, "2019-03-21", "2019-04-28"));
    assert_false(works(calendar, "2019-03-22", "2019-05-01"));
    assert_false(works(calendar, "2019-03-22", "2019-05-02"));
    assert_false(works(calendar, "2019-03-22", "2019-05-03"));
    assert_true(works(calendar, "2019-03-22", "2019-04-28"));
    assert_true(works(calendar, "2019-03-22", "2019-05-05"));
    calendar_free(calendar);
}

static void spring_festival_2020(void **state)
{
    (void)state;
    struct calendar *calendar = shipped();
    assert_true(works(calendar, "2020-01-26", "2020-01-31"));
    assert_true(works(calendar, "2020-01-26", "2020-02-01"));
    assert_false(works(calendar, "2020-01-27", "2020-01-31"));
    assert_false(works(calendar, "2020-01-27", "2020-02-01"));
    assert_false(works(calendar, "2020-01-27", "2020-02-02"));
    assert_true(works(calendar, "2020-01-27", "2020-02-03"));
    calendar_free(calendar);
}

static void year_2027_is_provisional(void **state)
{
    (void)state;
    struct calendar *calendar = shipped();
    const struct revision *last = calendar_as_of(calendar, DAY_LAST);
    assert_true(calendar_provisional(last, day("2027-05-01")));
    assert_false(calendar_provisional(last, day("2026-05-01")));
    assert_false(calendar_works(last, day("2027-02-05")));
    struct day_reason reason = calendar_why(last, day("2019-09-29"));
    assert_int_equal(reason.kind, DAY_MADE_UP);
    assert_string_equal(reason.notice, "国办发明电〔2018〕15号");
    calendar_free(calendar);
}

#define HEAD "notice,published,covers,date,kind,name\n"

static void refuse(const char *bytes, const char *begins)
{
    struct calendar *calendar = NULL;
    struct text error = {0};
    assert_int_equal(calendar_read("x.csv", bytes, strlen(bytes), &calendar, &error), -1);
    assert_null(calendar);
    if (strncmp(text_bytes(&error), begins, strlen(begins)) != 0) {
        fail_msg("“%s” does not begin with “%s”", text_bytes(&error), begins);
    }
    assert_non_null(strchr(text_bytes(&error), ';'));
    text_free(&error);
}

static void wrong_files_are_refused(void **state)
{
    (void)state;
    refuse("", "x.csv:1: there is no row");
    refuse("# c\nnotice,published\n", "x.csv:2: column covers is missing");
    refuse(HEAD "a,2019-01-01,2019,2019-02-30,holiday,b\n", "x.csv:2: “2019-02-30” is no date");
    refuse(HEAD "\n\na,2019-1-1,2019,2019-02-03,holiday,b\n", "x.csv:4: “2019-1-1” is no day");
    refuse(HEAD "a,2019-01-01,19x,2019-02-03,holiday,b\n", "x.csv:2: “19x” is no year");
    refuse(HEAD "a,2019-01-01,20190,2019-02-03,holiday,b\n", "x.csv:2: “20190” is no year");
    refuse(HEAD "a,2019-01-01,2019,2019-02-03,off,b\n", "x.csv:2: “off” is no kind of day");
    refuse(HEAD ",2019-01-01,2019,2019-02-03,holiday,b\n", "x.csv:2: “notice” is missing");
    refuse(HEAD "a,2019-01-01,2019,2019-02-03,holiday\n", "x.csv:2: the row has not as many");
    refuse(HEAD "a,\"2019\n", "x.csv:2: a quote is never closed");
    refuse(HEAD "a,b\"c\n", "x.csv:2: a quote within a field");
    refuse(HEAD "a,\"b\"c\n", "x.csv:2: text behind a closing quote");
    refuse(HEAD "a\n\xff\n", "x.csv:3: bytes that are no UTF-8");
    refuse(HEAD "a,2019-01-01,2019,2019-02-03,holiday,b\na,2019-01-01,2019,2019-02-03,workday,b\n",
           "x.csv:3: notice a says");
}

static void csv_rows_are_read(void **state)
{
    (void)state;
    static const char bytes[] = "\xEF\xBB\xBF# c\r\n\r\na,\"b,\"\"c\"\"\r\nd\",\r\n\"\"\n e ,f";
    struct csv csv;
    csv_start(&csv, bytes, sizeof bytes - 1);
    assert_true(csv_next(&csv));
    assert_int_equal(csv.line, 3);
    assert_int_equal(csv.count, 3);
    assert_string_equal(csv.fields[0], "a");
    assert_string_equal(csv.fields[1], "b,\"c\"\r\nd");
    assert_string_equal(csv.fields[2], "");
    assert_true(csv_next(&csv));
    assert_int_equal(csv.line, 5);
    assert_int_equal(csv.count, 1);
    assert_string_equal(csv.fields[0], "");
    assert_true(csv_next(&csv));
    assert_int_equal(csv.count, 2);
    assert_string_equal(csv.fields[0], " e ");
    assert_string_equal(csv.fields[1], "f");
    assert_false(csv_next(&csv));
    assert_null(csv.error);
    csv_end(&csv);
}

static void csv_has_bounds(void **state)
{
    (void)state;
    char *bytes = malloc(CSV_FILE_MOST + 1);
    assert_non_null(bytes);
    memset(bytes, 'a', CSV_FILE_MOST + 1);
    struct csv csv;
    csv_start(&csv, bytes, CSV_FILE_MOST + 1);
    assert_false(csv_next(&csv));
    assert_non_null(csv.error);
    csv_end(&csv);
    csv_start(&csv, bytes, CSV_ROW_MOST + 1);
    assert_false(csv_next(&csv));
    assert_non_null(csv.error);
    csv_end(&csv);
    csv_start(&csv, bytes, CSV_ROW_MOST);
    assert_true(csv_next(&csv));
    csv_end(&csv);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labour_day_2019),          cmocka_unit_test(spring_festival_2020),
        cmocka_unit_test(year_2027_is_provisional), cmocka_unit_test(wrong_files_are_refused),
        cmocka_unit_test(csv_rows_are_read),        cmocka_unit_test(csv_has_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
