/* test_parcel.c: pairs and tables, their bounds, and their bytes on a wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "data/parcel.h"

static const struct column columns[] = {{"number", CELL_NAME, "number"},
                                        {"title", CELL_TEXT, "题名\037title"},
                                        {"fee", CELL_MONEY, NULL}};

static void pairs(void **state)
{
    struct parcel parcel = {0};
    (void)state;
    parcel_put(&parcel, "verb", "show");
    parcel_put(&parcel, "none", NULL);
    parcel_put(&parcel, "twice", "first");
    parcel_put(&parcel, "twice", "second");
    parcel_put_n(&parcel, "bytes", "a\0b", 3);
    parcel_put(&parcel, "preview", "yes");
    assert_string_equal(parcel_get(&parcel, "verb"), "show");
    assert_null(parcel_get(&parcel, "none"));
    assert_string_equal(parcel_get(&parcel, "twice"), "first");
    assert_int_equal(parcel.pair_count, 5);
    assert_int_equal(parcel.pairs[3].length, 3);
    assert_memory_equal(parcel.pairs[3].value, "a\0b", 4);
    assert_true(parcel_yes(&parcel, "preview"));
    assert_false(parcel_yes(&parcel, "verb"));
    assert_false(parcel_yes(&parcel, "nowhere"));
    parcel_free(&parcel);
    assert_null(parcel_get(&parcel, "verb"));
}

static void number_is(const char *text, int64_t expected)
{
    struct parcel parcel = {0};
    parcel_put(&parcel, "n", text);
    assert_int_equal(parcel_int(&parcel, "n", 77), expected);
    parcel_free(&parcel);
}

static void numbers(void **state)
{
    struct parcel parcel = {0};
    (void)state;
    number_is("0", 0);
    number_is("-12", -12);
    number_is("9223372036854775807", INT64_MAX);
    number_is("-9223372036854775807", -INT64_MAX);
    number_is("9223372036854775808", 77);
    number_is("99999999999999999999", 77);
    number_is("", 77);
    number_is("-", 77);
    number_is("1 ", 77);
    number_is("0x1", 77);
    parcel_put_int(&parcel, "big", -INT64_MAX);
    parcel_put_day(&parcel, "day", DAY_NONE);
    parcel_put_moment(&parcel, "moment", MOMENT_NONE);
    assert_int_equal(parcel_int(&parcel, "big", 0), -INT64_MAX);
    assert_null(parcel_get(&parcel, "day"));
    assert_null(parcel_get(&parcel, "moment"));
    assert_int_equal(parcel_int(&parcel, "none", 5), 5);
    parcel_free(&parcel);
}

static void tables(void **state)
{
    struct parcel parcel = {0};
    (void)state;
    struct table *table = parcel_table(&parcel, "cases", columns, 3);
    table_text(table, "入云〔2026〕1号");
    table_both(table, "一", "one");
    table_money(table, -123405);
    table_text_n(table, "second row", 6);
    table_text(table, NULL);
    table_money(table, INT64_MIN);
    table_int(table, 3);
    assert_int_equal(table_rows(table), 2);
    assert_ptr_equal(parcel_find(&parcel, "cases"), table);
    assert_null(parcel_find(&parcel, "case"));
    assert_string_equal(table_cell(table, 0, "title"), "一\037one");
    assert_string_equal(table_cell(table, 0, "fee"), "-1234.05");
    assert_string_equal(table_at(table, 1, 0), "second");
    assert_null(table_at(table, 1, 1));
    assert_string_equal(table_at(table, 1, 2), "-92233720368547758.08");
    assert_null(table_cell(table, 0, "nothing"));
    assert_null(table_cell(table, 7, "title"));
    assert_null(table_at(table, 0, 3));
    assert_null(table_at(table, 0, -1));
    parcel_free(&parcel);
}

/* Cells by kind, as people read them. */
static void cells(void **state)
{
    struct parcel parcel = {0};
    int32_t day = DAY_NONE;
    (void)state;
    assert_true(day_parse("2019-09-27", 10, &day));
    struct table *table = parcel_table(&parcel, "t", columns, 3);
    table_day(table, day);
    table_day(table, DAY_NONE);
    table_moment(table, MOMENT_NONE);
    table_decimal(table, -3250000);
    table_yesno(table, true);
    table_yesno(table, false);
    table_int(table, -7);
    assert_string_equal(table->cells[0], "2019-09-27");
    assert_null(table->cells[1]);
    assert_null(table->cells[2]);
    assert_string_equal(table->cells[3], "-3.25");
    assert_string_equal(table->cells[4], "yes");
    assert_string_equal(table->cells[5], "no");
    assert_string_equal(table->cells[6], "-7");
    parcel_free(&parcel);
}

/* What is past a bound is not taken, and the parcel says so. */
static void bounds(void **state)
{
    struct parcel parcel = {0};
    struct text out = {0};
    (void)state;
    for (int i = 0; i < PARCEL_TABLES_MOST; i++) {
        parcel_table(&parcel, "t", columns, 3);
    }
    assert_false(parcel.failed);
    struct table *table = parcel_table(&parcel, "one more", columns, 3);
    assert_non_null(table);
    table_text(table, "lost");
    assert_int_equal(table->cell_count, 0);
    assert_true(parcel.failed);
    assert_false(parcel_encode(&parcel, &out));
    parcel_free(&parcel);
    text_free(&out);
    for (int i = 0; i <= PARCEL_PAIRS_MOST; i++) {
        parcel_put(&parcel, "a", "b");
    }
    assert_true(parcel.failed);
    assert_int_equal(parcel.pair_count, PARCEL_PAIRS_MOST);
    parcel_free(&parcel);
    parcel_table(&parcel, "wide", NULL, PARCEL_COLUMNS_MOST + 1);
    assert_true(parcel.failed);
    parcel_free(&parcel);
}

static void encode_sample(struct text *out)
{
    struct parcel parcel = {0};
    parcel_put(&parcel, "verb", "list");
    parcel_put_n(&parcel, "part", "\0\xFF\x01", 3);
    parcel_put(&parcel, "", "");
    struct table *table = parcel_table(&parcel, "cases", columns, 3);
    table_text(table, "1");
    table_text(table, NULL);
    table_text(table, "");
    parcel_table(&parcel, "empty", columns, 2);
    parcel_table(&parcel, "no columns", NULL, 0);
    assert_true(parcel_encode(&parcel, out));
    parcel_free(&parcel);
}

static void there_and_back(void **state)
{
    struct text first = {0}, second = {0};
    struct parcel parcel = {0};
    (void)state;
    encode_sample(&first);
    assert_true(parcel_decode(first.bytes, first.length, &parcel));
    assert_int_equal(parcel.pair_count, 3);
    assert_int_equal(parcel.pairs[1].length, 3);
    assert_memory_equal(parcel.pairs[1].value, "\0\xFF\x01", 3);
    const struct table *table = parcel_find(&parcel, "cases");
    assert_int_equal(table_rows(table), 1);
    assert_int_equal(table->columns[2].kind, CELL_MONEY);
    assert_null(table->columns[2].title);
    assert_string_equal(table->columns[1].title, "题名\037title");
    assert_null(table_at(table, 0, 1));
    assert_string_equal(table_at(table, 0, 2), "");
    assert_int_equal(parcel_find(&parcel, "empty")->column_count, 2);
    assert_true(parcel_encode(&parcel, &second));
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    parcel_free(&parcel);
    text_free(&first);
    text_free(&second);
}

/* Cut anywhere, or with any byte another, it is refused or it is a parcel: never more is read. */
static void damaged(void **state)
{
    struct text whole = {0};
    struct parcel parcel = {0};
    (void)state;
    encode_sample(&whole);
    for (size_t length = 0; length < whole.length; length++) {
        char *part = malloc(length ? length : 1);
        memcpy(part, whole.bytes, length);
        (void)parcel_decode(part, length, &parcel);
        parcel_free(&parcel);
        free(part);
    }
    for (size_t at = 0; at < whole.length; at++) {
        char kept = whole.bytes[at];
        for (int flip = 0; flip < 8; flip++) {
            whole.bytes[at] = (char)(kept ^ (1 << flip));
            if (!parcel_decode(whole.bytes, whole.length, &parcel)) {
                assert_null(parcel.pairs);
                assert_int_equal(parcel.pair_count, 0);
                assert_false(parcel.failed);
            }
            parcel_free(&parcel);
        }
        whole.bytes[at] = kept;
    }
    text_free(&whole);
}

static void refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } bad[] = {
        {"", 0},                                               /* nothing */
        {"\2", 1},                                             /* another version */
        {"\1\1", 2},                                           /* cut in a head */
        {"\1\1\0\0\0\0", 6},                                   /* pair without name */
        {"\1\1\4\0\0\0\1\0\0\0", 10},                          /* name past the pair */
        {"\1\1\3\0\0\0\4\0\0\0name", 14},                      /* a length behind its pair */
        {"\1\1\377\377\377\377", 6},                           /* a huge length */
        {"\1\4\0\0\0\0", 6},                                   /* cell, no table */
        {"\1\3\5\0\0\0\0\0\0\0\0", 11},                        /* column, no table */
        {"\1\2\1\0\0\0t\4\0\0\0\0", 12},                       /* cell, no column */
        {"\1\2\1\0\0\0t\3\5\0\0\0\11\0\0\0\0", 17},            /* no such kind */
        {"\1\2\1\0\0\0t\3\5\0\0\0\0\0\0\0\0\5\1\0\0\0x", 23},  /* unknown, with bytes */
        {"\1\2\1\0\0\0t\3\5\0\0\0\0\0\0\0\0\4\1\0\0\0\0", 23}, /* NUL in a cell */
        {"\1\2\1\0\0\0t\3\5\0\0\0\0\0\0\0\0\3\5\0\0\0\0\0\0\0\0\4\0\0\0\0", 32}, /* half a row */
        {"\1\1\5\0\0\0\1\0\0\0\377", 11}, /* name not UTF-8 */
        {"\1\6\0\0\0\0", 6},              /* no such tag */
    };
    struct parcel parcel = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(parcel_decode(bad[i].bytes, bad[i].length, &parcel));
        assert_null(parcel.arena);
    }
    assert_true(parcel_decode("\1", 1, &parcel));
    parcel_free(&parcel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs),   cmocka_unit_test(numbers), cmocka_unit_test(tables),
        cmocka_unit_test(cells),   cmocka_unit_test(bounds),  cmocka_unit_test(there_and_back),
        cmocka_unit_test(damaged), cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
