/* test_text.c: a growing string with a bound, UTF-8, memory that lives together, messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/message.h"

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
    text_cut(&text, 2);
    assert_string_equal(text_bytes(&text), "ab");
    text_cut(&text, 1);
    text_add(&text, "c");
    assert_string_equal(text_bytes(&text), "ac");
    text_free(&text);
    text_cut(&text, 0);
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

static void knows_what_turns(void **state)
{
    (void)state;
    assert_false(text_turns(""));
    assert_false(text_turns("网络拓扑图.pdf"));
    assert_false(text_turns("\xe2"));     /* cut short */
    assert_false(text_turns("\xe2\x80")); /* and here */
    assert_false(text_turns("\u2029\u202f\u2065\u206a"));
    assert_true(text_turns("\u202a"));
    assert_true(text_turns("图\u202efdp.exe"));
    assert_true(text_turns("\u2066"));
    assert_true(text_turns("a\u2069"));
    assert_true(text_turns("a\u200f"));
    assert_true(text_turns("\u061c"));
    assert_false(text_turns("\u200d\u2010\u061b"));
}

static void knows_what_a_terminal_obeys(void **state)
{
    (void)state;
    assert_false(text_controls(""));
    assert_false(text_controls("a\tb\r\n第一行\n\xc2"));
    assert_false(text_controls("\u00a0\u0440"));
    assert_true(text_controls("\x1b[31m"));
    assert_true(text_controls("a\x7f"));
    assert_true(text_controls("\xc2\x9b"
                              "31m"));
    assert_true(text_controls("\x1f"));
}

static void arenas_hold_any_size(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_non_null(arena);
    for (size_t size = 0; size < 300000; size = size * 3 + 1) {
        unsigned char *taken = arena_take(arena, size);
        assert_non_null(taken);
        assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(taken[i], 0);
        }
        memset(taken, 0xff, size);
    }
    arena_clear(arena); /* what was written before is gone, */
    for (int i = 0; i < 20; i++) {
        unsigned char *taken = arena_take(arena, 1000);
        for (size_t k = 0; k < 1000; k++) {
            assert_int_equal(taken[k], 0);
        }
        memset(taken, 0xff, 1000);
    }
    arena_clear(arena); /* and ends no text */
    assert_string_equal(arena_text(arena, "云台 desk", 6), "云台");
    assert_string_equal(arena_text(arena, NULL, 0), "");
    assert_int_equal(*(const unsigned char *)arena_take(arena, 1), 0);
    assert_false(arena_failed(arena));
    assert_null(arena_array(arena, SIZE_MAX / 2, 3));
    assert_true(arena_failed(arena));
    arena_free(arena);
    arena_free(NULL);
    arena = arena_new();
    assert_null(arena_take(arena, SIZE_MAX - 3));
    assert_true(arena_failed(arena));
    arena_free(arena);
}

static void knows_what_is_blank(void **state)
{
    (void)state;
    assert_true(text_is_blank("") && text_is_blank(" \t\r\n") && text_is_blank(" 　"));
    assert_false(text_is_blank(" x") || text_is_blank("　云") || text_is_blank("\xe3\x80"));
}

static void messages_take_their_arguments(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *both = message_both(arena, "审核", "review");
    struct message message = {MESSAGE_NONE, {"a", both, NULL, "d"}};
    struct text text = {0};
    message_expand(&text, "%4-%2-%1-%3-%%-%5-%", &message, true);
    assert_string_equal(text_bytes(&text), "d-review-a--%-%5-%");
    text_clear(&text);
    message_expand(&text, "「%2」", &message, false);
    assert_string_equal(text_bytes(&text), "「审核」");
    text_free(&text);
    arena_free(arena);
    assert_string_equal(message_english(MESSAGE_NONE), "");
    assert_string_equal(message_english(MESSAGE_COUNT), "");
}

/* Every sentence says what is wrong and what would be right, and has no more than four arguments.
 */
static void sentences_of_the_calendar_are_whole(void **state)
{
    (void)state;
    for (int id = MESSAGE_calendar_memory; id <= MESSAGE_calendar_span; id++) {
        const char *english = message_english((enum message_id)id);
        assert_non_null(strstr(english, "; "));
        for (const char *at = strchr(english, '%'); at; at = strchr(at + 1, '%')) {
            assert_true(at[1] >= '1' && at[1] <= '4');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(keeps_its_bound),
        cmocka_unit_test(formats),
        cmocka_unit_test(knows_utf8),
        cmocka_unit_test(knows_what_turns),
        cmocka_unit_test(knows_what_a_terminal_obeys),
        cmocka_unit_test(knows_what_is_blank),
        cmocka_unit_test(arenas_hold_any_size),
        cmocka_unit_test(messages_take_their_arguments),
        cmocka_unit_test(sentences_of_the_calendar_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
