/* test_width.c: columns of text, padding, and where a line may break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/width.h"

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
    } cases[] = {
        {"", 0},  {"abc", 3},     {"受理", 4},     {"（2019）", 8}, {"▮▮ 双红", 7},
        {"≈", 1}, {"e\u0301", 1}, {"\xff\xe5", 2}, {"𠮷", 2},       {"→", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(width_of(cases[i].text), cases[i].columns);
    }
}

static void check_wrap(const char *text, int at, int columns, const char *expected)
{
    struct text out = {0};
    width_wrap(&out, text, at, 2, columns);
    assert_string_equal(text_bytes(&out), expected);
    text_free(&out);
}

static void test_wrap(void **state)
{
    (void)state;
    check_wrap("", 0, 10, "");
    check_wrap("one two three", 0, 9, "one two\n  three");
    check_wrap("一二三四五", 0, 6, "一二三\n  四五");
    check_wrap("一二三。四", 0, 6, "一二\n  三。\n  四"); /* no line begins with a full stop */
    check_wrap("一二（三）", 0, 6, "一二\n  （三）");     /* none ends with an opening bracket */
    check_wrap("longer-than-the-line x", 4, 8, "longer-than-the-line\n  x");
    check_wrap("中 abc文", 0, 8, "中 abc文");
}

static void test_pad(void **state)
{
    (void)state;
    struct text out = {0};
    width_pad(&out, "受理", 6);
    width_pad(&out, "longer", 3);
    assert_string_equal(text_bytes(&out), "受理  longer");
    text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_pad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
