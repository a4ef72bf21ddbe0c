/* test_datepick.c: days typed in many ways, days that rest, months on the screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "test/support/typing.h"
#include "tui/widget/datepick.h"

static int32_t day_of(const char *text)
{
    int32_t day;
    assert_true(day_parse(text, strlen(text), &day));
    return day;
}

static void notices(struct datepick_days *days)
{
    static const struct column columns[] = {
        {"date", CELL_DAY, NULL}, {"kind", CELL_NAME, NULL}, {"covers", CELL_NAME, NULL}};
    static const char *const rows[][3] = {{"2026-10-01", "holiday", "2026"},
                                          {"2026-10-02", "holiday", "2026"},
                                          {"2026-10-10", "workday", "2026"},
                                          {"2026-10-08", "holiday", ""}, /* was provisional */
                                          {"2027-01-01", "holiday", ""}};
    struct parcel reply = {0};
    struct table *table = parcel_table(&reply, "notices", columns, 3);
    for (size_t i = 0; i < 5; i++) {
        for (int k = 0; k < 3; k++) {
            table_text(table, rows[i][k]);
        }
    }
    datepick_take(days, &reply);
    parcel_free(&reply);
}

static void test_days_as_people_type_them(void **state)
{
    (void)state;
    static const char *const typed[][2] = {
        {"2026-12-09", "2026-12-09"}, {"2026/12/9", "2026-12-09"},  {"2026年12月9日", "2026-12-09"},
        {"12-9", "2026-12-09"},       {"12.9", "2026-12-09"},       {"12月9日", "2026-12-09"},
        {"2-3", "2027-02-03"},        {"30", "2026-11-30"},         {"+3d", "2026-11-26"},
        {"-3", "2026-11-20"},         {"+2mo", "2027-01-23"},       {"+1周", "2026-11-30"},
        {"今天", "2026-11-23"},       {" tomorrow ", "2026-11-24"}, {"后天", "2026-11-25"},
        {"周三", "2026-11-25"},       {"下周三", "2026-12-02"},     {"next wed", "2026-12-02"},
        {"周一", "2026-11-23"},       {"周日", "2026-11-29"},       {"26-12-9", "2026-12-09"},
        {"+5wd", "2026-11-30"},       {"-2个工作日", "2026-11-19"}, {"星期五", "2026-11-27"}};
    struct datepick_days days = {0};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        int32_t day = DAY_NONE;
        bool read = datepick_day(typed[i][0], day_of("2026-11-23"), &days, &day);
        if (!read || day != day_of(typed[i][1])) {
            fail_msg("%s", typed[i][0]);
        }
    }
    static const char *const wrong[] = {"",  "soon", "13-40",   "2026-02-30",
                                        "+", "+3x",  "1-2-3-4", "下"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int32_t day;
        if (datepick_day(wrong[i], day_of("2026-11-23"), &days, &day)) {
            fail_msg("%s", wrong[i]);
        }
    }
}

static void test_working_days_need_the_notices(void **state)
{
    (void)state;
    struct datepick_days days = {0};
    int32_t day;
    notices(&days);
    assert_false(datepick_works(&days, day_of("2026-10-01")));
    assert_true(datepick_works(&days, day_of("2026-10-10"))); /* a Saturday made up for */
    assert_true(datepick_settled(&days, day_of("2026-12-01")));
    assert_true(datepick_works(&days, day_of("2026-10-08")));
    assert_false(datepick_works(&days, day_of("2027-01-01")));
    assert_false(datepick_settled(&days, day_of("2027-01-04")));
    assert_true(datepick_day("+2wd", day_of("2026-09-30"), &days, &day));
    assert_int_equal(day, day_of("2026-10-06"));
    assert_false(datepick_day("+2wd", day_of("2026-09-30"), NULL, &day));
}

static bool press(void *self, const struct key_event *event)
{
    return datepick_key(self, event);
}

static void test_arrows_and_months(void **state)
{
    (void)state;
    struct datepick_days days = {0};
    struct datepick pick = {.days = &days,
                            .today = day_of("2026-11-23"),
                            .chosen = day_of("2026-11-30"),
                            .first = DAY_NONE,
                            .last = DAY_NONE};
    typing_each("<Right><Down>]", &pick, press);
    assert_int_equal(pick.chosen, day_of("2027-01-08"));
    typing_each("[<Home>", &pick, press);
    assert_int_equal(pick.chosen, day_of("2026-12-01"));
    typing_each("t", &pick, press);
    assert_int_equal(pick.chosen, pick.today);
}

static void check_row(const struct grid *grid, int row, const char *want)
{
    struct text line = {0};
    grid_row(grid, row, &line);
    assert_string_equal(text_bytes(&line), want);
    text_free(&line);
}

static void test_months_show_what_rests_and_what_is_lawful(void **state)
{
    (void)state;
    struct datepick_days days = {0};
    struct look look = {0};
    struct grid grid = {0};
    notices(&days);
    struct datepick pick = {.days = &days,
                            .today = day_of("2026-09-28"),
                            .chosen = day_of("2026-10-09"),
                            .first = day_of("2026-09-30"),
                            .last = DAY_NONE};
    assert_true(grid_resize(&grid, 8, datepick_columns(2)));
    struct pane pane = grid_pane(&grid, &look);
    datepick_draw(&pick, &pane);
    check_row(&grid, 0, "        2026年9月                      2026年10月");
    check_row(&grid, 1, "  一  二  三  四  五  六  日     一  二  三  四  五  六  日");
    check_row(&grid, 2, "     ! 1 ! 2 ! 3 ! 4 ! 5 ! 6               休 1休 2   3   4");
    check_row(&grid, 3, " ! 7 ! 8 ! 9 !10 !11 !12 !13      5   6   7   8   9班10  11");
    check_row(&grid, 6, " ▸28 !29  30                     26  27  28  29  30  31");
    assert_int_equal(grid.cursor_row, 3);
    for (int columns = 1; columns < 130; columns++) {
        assert_true(grid_resize(&grid, 3, columns));
        pane = grid_pane(&grid, &look);
        datepick_draw(&pick, &pane);
    }
    grid_free(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_as_people_type_them),
        cmocka_unit_test(test_working_days_need_the_notices),
        cmocka_unit_test(test_arrows_and_months),
        cmocka_unit_test(test_months_show_what_rests_and_what_is_lawful),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
