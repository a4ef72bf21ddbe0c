/* test_text.c: a growing string with a bound, and UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"

static void grows(void **state)
{
    (void)state;
    struct text text = {0};
    assert_string_equal(text_bytes(&text), "");
    text_add(&text, "");
    assert_string_equal(text_bytes(&text), "");
    for (int i = 0; i < 10000; i++) {
        text_add(&text, "云台");
    }
    assert_int_equal(text.length, 60000);
    assert_int_equal(strlen(text_bytes(&text)), 60000);
    assert_false(text.failed);
    text_clear(&text);
    assert_int_equal(text.length, 0);
    assert_string_equal(text_bytes(&text), "");
    text_add_n(&text, "abc", 2);
    assert_string_equal(text_bytes(&text), "ab");
    text_free(&text);
    assert_null(text.bytes);
    text_free(&text);
}

static void keeps_its_bound(void **state)
{
    (void)state;
    struct text text = {.most = 5};
    text_add(&text, "abcde");
    assert_false(text.failed);
    text_add(&text, "f");
    assert_true(text.failed);
    assert_string_equal(text_bytes(&text), "abcde");
    text_clear(&text);
    assert_false(text.failed);
    text_add(&text, "abcdef");
    assert_true(text.failed);
    text_free(&text);
    assert_int_equal(text.most, 5);
}

static void formats(void **state)
{
    (void)state;
    static const struct {
        int64_t micro;
        const char *want;
    } decimals[] = {{20000000, "20"}, {500000, "0.5"}, {-3250000, "-3.25"},
                    {0, "0"},         {1, "0.000001"}, {-500000, "-0.5"}};
    struct text text = {0};
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        text_clear(&text);
        text_add_decimal(&text, decimals[i].micro);
        assert_string_equal(text_bytes(&text), decimals[i].want);
    }
    text_clear(&text);
    text_add_int(&text, INT64_MIN);
    text_add(&text, " ");
    text_add_int(&text, INT64_MAX);
    assert_string_equal(text_bytes(&text), "-9223372036854775808 9223372036854775807");
    text_clear(&text);
    text_addf(&text, "%04d-%02d %d %s%c%%|", 7, 9, -12, "云", 'x');
    assert_string_equal(text_bytes(&text), "0007-09 -12 云x%|");
    text_free(&text);
}

static void knows_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length, want;
    } rows[] = {
        {"a", 1, 1},
        {"é", 2, 2},
        {"云", 3, 3},
        {"𠀀", 4, 4},
        {"", 0, 0},
        {"\x80", 1, 0},             /* a continuation alone */
        {"\xe4\xba", 2, 0},         /* cut off */
        {"\xc0\xaf", 2, 0},         /* overlong */
        {"\xe0\x80\xaf", 3, 0},     /* overlong */
        {"\xf0\x80\x80\xaf", 4, 0}, /* overlong */
        {"\xed\xa0\x80", 3, 0},     /* a surrogate */
        {"\xf4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xff", 1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(utf8_length(rows[i].bytes, rows[i].length), rows[i].want);
    }
    assert_int_equal(utf8_count("云a台", 7), 3);
    assert_int_equal(utf8_count("a\xff云", 5), 3);
    assert_int_equal(utf8_check("云a台", 7), 7);
    assert_int_equal(utf8_check("云\xff台", 7), 3);
    assert_int_equal(utf8_check("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(keeps_its_bound),
        cmocka_unit_test(formats),
        cmocka_unit_test(knows_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
