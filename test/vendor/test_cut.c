/* test_cut.c: elements cut out of pages, however the bytes come; and what is known of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/vendor/cut.h"
#include "data/vendor/raws.h"

static bool note(void *context, const char *bytes, size_t length)
{
    struct text *all = context;
    text_add_n(all, bytes, length);
    text_add(all, "|");
    return true;
}

/* The elements of PAGE's list s, each with | behind it, whatever pieces it comes in. */
static void cuts(const char *page, const char *list, const char *elements, const char *frame)
{
    size_t length = strlen(page);
    for (size_t step = 1; step <= length; step++) {
        struct cut cut = {0};
        struct text all = {0};
        cut_start(&cut, list, note, &all);
        for (size_t at = 0; at < length; at += step) {
            cut_feed(&cut, page + at, length - at < step ? length - at : step);
        }
        assert_true(cut_end(&cut));
        assert_string_equal(text_bytes(&all), elements);
        assert_string_equal(text_bytes(&cut.frame), frame);
        cut_free(&cut);
        text_free(&all);
    }
}

static enum cut_fault fault_of(const char *page, const char *list)
{
    struct cut cut = {0};
    struct text all = {0};
    cut_start(&cut, list, note, &all);
    cut_feed(&cut, page, strlen(page));
    cut_end(&cut);
    enum cut_fault fault = cut.fault;
    cut_free(&cut);
    text_free(&all);
    return fault;
}

static void pages(void **state)
{
    (void)state;
    cuts("{\"s\": [{\"a\": [1, {\"b\": \"]}\\\"\"}]}, {} ,[2]], \"l\": [{\"s\": [3]}]}", "s",
         "{\"a\": [1, {\"b\": \"]}\\\"\"}]}|{}|[2]|", "{\"s\": [], \"l\": [{\"s\": [3]}]}");
    cuts("{\"t\": \"s\", \"s\\\"\": [{}], \"s\":[]}\n", "s", "",
         "{\"t\": \"s\", \"s\\\"\": [{}], \"s\":[]}\n");
    cuts("{\"o\": {\"s\": [{}]}, \"s\" : [ {\"x\": \"\\\\\"} ]}", "s", "{\"x\": \"\\\\\"}|",
         "{\"o\": {\"s\": [{}]}, \"s\" : []}");
    cuts(" [[\"2026\", 300.0, 1], [\"2026\", 300.0, 2]]", NULL,
         "[\"2026\", 300.0, 1]|[\"2026\", 300.0, 2]|", " []");
}

static void broken_pages(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        enum cut_fault fault;
    } all[] = {{"", CUT_SHORT},
               {"{\"s\": [{}", CUT_SHORT},
               {"{\"s\": [{}], \"l", CUT_SHORT},
               {"{\"t\": [{}]}", CUT_NONE},
               {"{\"s\": {}}", CUT_NONE},
               {"[{}]", CUT_NONE},
               {"{\"s\": [{},]}", CUT_FORM},
               {"{\"s\": [,{}]}", CUT_FORM},
               {"{\"s\": [{}{}]}", CUT_FORM},
               {"{\"s\": [1]}", CUT_FORM},
               {"{\"s\": [null]}", CUT_FORM},
               {"{\"s\": [{}}]", CUT_FORM},
               {"{\"s\": [{}], \"s\": [{}]}", CUT_FORM},
               {"}", CUT_FORM}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(fault_of(all[i].page, "s"), all[i].fault);
    }
}

/* COUNT times PART behind BEGIN, as the fault it is; the memory it took stays below MOST. */
static enum cut_fault fault_of_many(const char *begin, const char *part, size_t count, size_t most)
{
    struct cut cut = {0};
    struct text all = {0};
    cut_start(&cut, "s", note, &all);
    cut_feed(&cut, begin, strlen(begin));
    for (size_t i = 0; i < count && cut_feed(&cut, part, strlen(part)); i++) {
    }
    enum cut_fault fault = cut.fault;
    assert_true(cut.held.capacity + cut.frame.capacity <= most);
    cut_free(&cut);
    text_free(&all);
    return fault;
}

static void great_pages(void **state)
{
    (void)state;
    enum { MOST = 1 << 20 };
    assert_int_equal(fault_of_many("{\"s\":[", "{\"a\":", 1000000, MOST), CUT_DEEP);
    assert_int_equal(fault_of_many("", "[", 1000000, MOST), CUT_DEEP);
    assert_int_equal(fault_of_many("{\"s\":[{\"a\":\"", "xxxxxxxx", 1 << 20, MOST), CUT_LARGE);
    assert_int_equal(fault_of_many("{\"s\":[{\"a\":\"", "x\\\"", 1 << 20, MOST), CUT_LARGE);
    assert_int_equal(fault_of_many("{\"a\":\"", "xxxxxxxx", 1 << 20, MOST), CUT_LARGE);
    assert_int_equal(fault_of_many("{\"s\":[{}", ",{}", 100000, MOST), CUT_GOOD);
    assert_int_equal(fault_of_many("{\"s\":[", "          ", 1 << 20, MOST), CUT_GOOD);
}

/* ---- known ---- */

static void raw_of(uint32_t number, uint8_t out[SEEN_RAW])
{
    memset(out, 0, SEEN_RAW);
    for (int i = 0; i < 4; i++) {
        out[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

static void known_ones(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    struct raws known = {0};
    struct text missed = {0};
    uint8_t raw[SEEN_RAW];
    bool again;
    raw_of(0, raw);
    assert_false(raws_see(&known, raw, &again)); /* nothing is */
    for (uint32_t i = 0; i < COUNT; i++) {
        raw_of(i * 858993, raw);
        assert_true(raws_add(&known, raw, 1));
    }
    assert_true(raws_add(&known, raw, 1)); /* the last one, again */
    raw_of(3, raw);
    assert_false(raws_add(&known, raw, 1)); /* not in order */
    for (uint32_t i = 0; i < COUNT; i++) {
        raw_of(i * 858993, raw);
        assert_true(i == 7 || i == COUNT - 1 || raws_see(&known, raw, &again));
        assert_false(i != 7 && i != COUNT - 1 && again);
        raw_of(i * 858993 + 1, raw);
        assert_false(raws_see(&known, raw, &again));
    }
    assert_true(raws_add(&known, raw, 0));
    raw_of(858993, raw);
    assert_true(raws_see(&known, raw, &again));
    assert_true(again);
    size_t at = 0;
    assert_true(raws_missed(&known, &at, 1, &missed));
    assert_string_equal(text_bytes(&missed), "005bc0170000000000000000"
                                             "00000000");
    assert_true(raws_missed(&known, &at, 100, &missed));
    assert_int_equal(missed.length, 64);
    assert_false(raws_missed(&known, &at, 100, &missed));
    text_free(&missed);
    raws_free(&known);
}

static void ids_of_a_run(void **state)
{
    (void)state;
    struct ids ids = {0};
    for (int32_t i = 0; i < 5000; i++) {
        assert_int_equal(ids_add(&ids, (const char *)&i, sizeof i), IDS_NEW);
    }
    for (int32_t i = 0; i < 5000; i++) {
        assert_int_equal(ids_add(&ids, (const char *)&i, sizeof i), IDS_AGAIN);
    }
    ids_free(&ids);
}

/* The kind counts, and every byte. */
static void digests(void **state)
{
    (void)state;
    uint8_t a[SEEN_RAW], b[SEEN_RAW];
    assert_true(raw_digest("server", "{}", 2, a));
    assert_true(raw_digest("server", "{}", 2, b));
    assert_memory_equal(a, b, SEEN_RAW);
    assert_true(raw_digest("volume", "{}", 2, b));
    assert_memory_not_equal(a, b, SEEN_RAW);
    assert_true(raw_digest("server", "{ }", 3, b));
    assert_memory_not_equal(a, b, SEEN_RAW);
}

/* When a server was last updated is no part of it, but what only looks like that is. */
static void what_moves_by_itself(void **state)
{
    (void)state;
    static const char *const same[] = {
        "{\"id\": \"a\", \"created\": \"2026-11-22T09:13:48Z\", \"updated\": \"2026-11-22T09:15:36Z\"}",
        "{\"id\": \"a\", \"created\": \"2026-11-22T09:13:48Z\", \"updated\": \"2026-11-23T00:00:00Z\"}"};
    static const char *const others[] = {
        "{\"id\": \"a\", \"created\": \"2026-11-22T09:13:49Z\", \"updated\": \"2026-11-22T09:15:36Z\"}",
        "{\"id\": \"a\", \"created\": \"2026-11-22T09:13:48Z\", \"updated\": \"yesterday, or the other\"}",
        "{\"id\": \"b\", \"created\": \"2026-11-22T09:13:48Z\", \"updated\": \"2026-11-22T09:15:36Z\"}",
        "{\"id\": \"a\", \"created\": \"2026-11-22T09:13:48Z\", \"updated\": \"2026-11-22T09:15:3",
        "{\"id\": \"a\", \"created\": \""};
    uint8_t first[SEEN_RAW], second[SEEN_RAW];
    assert_true(raw_digest("server", same[0], strlen(same[0]), first));
    assert_true(raw_digest("server", same[1], strlen(same[1]), second));
    assert_memory_equal(first, second, SEEN_RAW);
    assert_true(raw_digest("volume", same[0], strlen(same[0]), first));
    assert_true(raw_digest("volume", same[1], strlen(same[1]), second));
    assert_memory_not_equal(first, second, SEEN_RAW);
    assert_true(raw_digest("server", same[0], strlen(same[0]), first));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char *exact = malloc(strlen(others[i])); /* without a NUL behind it */
        memcpy(exact, others[i], strlen(others[i]));
        assert_true(raw_digest("server", exact, strlen(others[i]), second));
        assert_memory_not_equal(first, second, SEEN_RAW);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(broken_pages),
        cmocka_unit_test(great_pages),
        cmocka_unit_test(known_ones),
        cmocka_unit_test(ids_of_a_run),
        cmocka_unit_test(digests),
        cmocka_unit_test(what_moves_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
