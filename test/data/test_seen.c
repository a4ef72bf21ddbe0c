/* test_seen.c: what a vendor shows comes through as it was, but for signs no text may have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/vendor/row.h"

static const struct seen server = {.kind = "server",
                                   .uid = "7c0f",
                                   .region = "主区",
                                   .project = "p1",
                                   .name = "ecs-mzj-02",
                                   .status = "ACTIVE",
                                   .zone = "az-2",
                                   .vcpus = 12,
                                   .ram = 16384,
                                   .disk = -1,
                                   .raw = {0x00, 0x1e, 0xff},
                                   .facts = "flavor=m1\nimage=kylin\n"};

static void test_round(void **state)
{
    struct text bytes = {0};
    struct seen second = server, out;
    (void)state;
    second.uid = "7c10";
    assert_true(seen_put(&server, &bytes));
    assert_true(seen_put(&second, &bytes));
    char *at = bytes.bytes, *end = bytes.bytes + bytes.length;
    assert_true(seen_take(&at, end, &out));
    assert_string_equal(out.region, "主区");
    assert_string_equal(out.facts, server.facts);
    assert_int_equal(out.vcpus, 12);
    assert_int_equal(out.disk, -1);
    assert_memory_equal(out.raw, server.raw, SEEN_RAW);
    assert_true(seen_take(&at, end, &out));
    assert_string_equal(out.uid, "7c10");
    assert_false(seen_take(&at, end, &out));
    assert_ptr_equal(at, end);
    text_free(&bytes);
}

static void assert_name(const char *name, const char *expected)
{
    struct text bytes = {0};
    struct seen seen = server, out;
    seen.name = name;
    assert_true(seen_put(&seen, &bytes));
    char *at = bytes.bytes;
    assert_true(seen_take(&at, bytes.bytes + bytes.length, &out));
    assert_string_equal(out.name, expected);
    assert_string_equal(out.status, "ACTIVE");
    text_free(&bytes);
}

static void test_signs(void **state)
{
    char longest[SEEN_TEXT_MOST + 8];
    (void)state;
    assert_name("a\x1f"
                "b\x1e"
                "c\nd\x1b[2J",
                "a b c d [2J");
    assert_name("abc\xe2\x80\xae"
                "def",
                "abc def");
    assert_name("“云” \xe2\x80\x94", "“云” \xe2\x80\x94");
    memset(longest, 'x', sizeof longest);
    memcpy(longest + SEEN_TEXT_MOST - 2, "云", sizeof "云");
    char cut[SEEN_TEXT_MOST];
    memset(cut, 'x', sizeof cut);
    cut[SEEN_TEXT_MOST - 2] = '\0';
    assert_name(longest, cut);
}

static void assert_no_row(const char *bytes)
{
    char copy[512];
    struct seen out;
    size_t length = strlen(bytes);
    memcpy(copy, bytes, length + 1);
    char *at = copy;
    assert_false(seen_take(&at, copy + length, &out));
    assert_ptr_equal(at, copy);
}

#define RAW_TEXT "00112233445566778899aabbccddeeff"

static void test_no_rows(void **state)
{
    struct text bytes = {0};
    struct seen nameless = server;
    (void)state;
    nameless.uid = "";
    assert_false(seen_put(&nameless, &bytes));
    assert_int_equal(bytes.length, 0);
    assert_no_row("server\x1fu\x1f");
    assert_no_row("server\x1fu\x1f\x1f\x1f\x1f\x1f\x1f"
                  "1\x1f"
                  "2\x1f"
                  "3\x1f" RAW_TEXT "\x1f");
    assert_no_row("server\x1f\x1f\x1f\x1f\x1f\x1f\x1f"
                  "1\x1f"
                  "2\x1f"
                  "3\x1f" RAW_TEXT "\x1f\x1e");
    assert_no_row("server\x1fu\x1f\x1f\x1f\x1f\x1f\x1f"
                  "-1\x1f"
                  "2\x1f"
                  "3\x1f" RAW_TEXT "\x1f\x1e");
    assert_no_row("server\x1fu\x1f\x1f\x1f\x1f\x1f\x1f"
                  "1\x1f"
                  "2\x1f"
                  "3\x1f"
                  "zz"
                  "\x1f\x1e");
    text_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round), cmocka_unit_test(test_signs),
                                       cmocka_unit_test(test_no_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
