/* test_value.c: decimals in millionths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "core/value.h"

static void decimals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t micro;
    } rows[] = {
        {"0", 0},
        {"-0", 0},
        {"007", 7000000},
        {"15", 15000000},
        {"0.5", 500000},
        {"-12.5", -12500000},
        {"1200.50", 1200500000},
        {"0.000001", 1},
        {"-0.000001", -1},
        {"999999999999", INT64_C(999999999999000000)},
        {"999999999999.999999", INT64_C(999999999999999999)},
        {"-999999999999.999999", INT64_C(-999999999999999999)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t micro = -7;
        if (!decimal_parse(rows[i].text, strlen(rows[i].text), &micro) || micro != rows[i].micro) {
            fail_msg("%s: %lld", rows[i].text, (long long)micro);
        }
    }
}

static void what_is_no_decimal_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",   "-",  "+1",  ".5",  "5.",      "-.5",  "1.2.3",         "1,000",     "1e3",
        " 1", "1 ", "--1", "0x1", "inf",     "nan",  "1000000000000", "0.0000001", "1.1234567",
        "１", "1-", "1.-", "五",  "1.5 GiB", "1\n2", "0000000000000"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t micro;
        if (decimal_parse(rows[i], strlen(rows[i]), &micro)) {
            fail_msg("“%s” was read", rows[i]);
        }
    }
    int64_t micro;
    assert_false(decimal_parse("1\0002", 3, &micro));
    assert_true(decimal_parse("12345", 2, &micro)); /* LENGTH bytes, no more */
    assert_int_equal(micro, 12000000);
}

/* What is printed reads as the same number. */
static void decimals_round_trip(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        struct text text = {0};
        int64_t micro, back;
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        micro = (int64_t)(seed >> 8) % INT64_C(1000000000000000000) >> (i % 50);
        micro = i % 2 ? -micro : micro;
        text_add_decimal(&text, micro);
        assert_true(decimal_parse(text_bytes(&text), text.length, &back));
        assert_int_equal(back, micro);
        text_free(&text);
    }
}

static void is(struct value value, int64_t want)
{
    assert_true(value.known);
    assert_int_equal(value.n, want);
}

static void products_and_quotients_round_half_away_from_0(void **state)
{
    (void)state;
    is(decimal_multiply(2500000, 4000000), 10000000);
    is(decimal_multiply(-500000, 1), -1); /* 0.0000005 */
    is(decimal_multiply(500000, 1), 1);
    is(decimal_multiply(499999, 1), 0);
    is(decimal_multiply(-499999, 1), 0);
    is(decimal_divide(1000000, 3000000), 333333);
    is(decimal_divide(2000000, 3000000), 666667);
    is(decimal_divide(-2000000, 3000000), -666667);
    is(decimal_divide(2000000, -3000000), -666667);
    is(decimal_divide(-1, -2000000), 1);
    is(decimal_divide(0, -5), 0);
}

static void what_cannot_be_told_is_unknown(void **state)
{
    (void)state;
    assert_false(value_unknown().known);
    assert_false(decimal_divide(1, 0).known);
    assert_false(decimal_divide(0, 0).known);
    assert_false(decimal_multiply(INT64_MAX, INT64_MAX).known);
    assert_false(decimal_multiply(INT64_MIN, INT64_MIN).known);
    assert_false(decimal_divide(INT64_MAX, 1).known);
    is(decimal_multiply(INT64_MAX, MICRO), INT64_MAX);
    is(decimal_divide(INT64_MAX, MICRO), INT64_MAX);
    is(decimal_multiply(INT64_MAX, -MICRO), -INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read),
        cmocka_unit_test(what_is_no_decimal_is_refused),
        cmocka_unit_test(decimals_round_trip),
        cmocka_unit_test(products_and_quotients_round_half_away_from_0),
        cmocka_unit_test(what_cannot_be_told_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
