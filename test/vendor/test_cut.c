/* test_cut.c: elements cut out of pages, however the bytes come; and what is known of them. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/vendor/cut.h"
#include "data/vendor/ids.h"
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

/* Every `spread`-th number is known. */
static const uint32_t spread = 858993;

static enum raws_see see(struct raws *known, uint32_t number)
{
    struct error error = {0};
    uint8_t raw[SEEN_RAW];
    raw_of(number, raw);
    return raws_see(known, raw, &error);
}

static int add(struct raws *known, uint32_t number, struct error *error)
{
    uint8_t raw[SEEN_RAW];
    raw_of(number, raw);
    return raws_add(known, raw, 1, error);
}

/* More than fit into memory. */
static void known_ones(void **state)
{
    (void)state;
    enum { COUNT = 5000, UNSEEN = 7 };
    struct raws known = {0};
    struct text missed = {0};
    struct error error = {0};
    size_t at = 0;
    assert_int_equal(see(&known, 0), RAWS_NEW); /* nothing is known */
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(add(&known, i * spread, &error), 0);
    }
    assert_int_equal(add(&known, (COUNT - 1) * spread, &error), 0); /* the last one, again */
    assert_int_equal(add(&known, 3, &error), 1);                    /* not in order */
    assert_int_equal(known.count, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        if (i != UNSEEN && i != COUNT - 1) {
            assert_int_equal(see(&known, i * spread), RAWS_KNOWN);
        }
        assert_int_equal(see(&known, i * spread + 1), RAWS_NEW);
    }
    assert_int_equal(see(&known, spread), RAWS_AGAIN);
    assert_int_equal(raws_missed(&known, &at, 1, &missed, &error), 1);
    assert_string_equal(text_bytes(&missed), "005bc017000000000000000000000000");
    assert_int_equal(raws_missed(&known, &at, 100, &missed, &error), 1);
    assert_int_equal(missed.length, 64);
    assert_int_equal(raws_missed(&known, &at, 100, &missed, &error), 0);
    text_free(&missed);
    raws_free(&known);
}

/* All of one first pair of bytes, and all that were not seen in one go. */
static void known_ones_that_begin_alike(void **state)
{
    (void)state;
    enum { COUNT = 9000 };
    struct raws known = {0};
    struct text missed = {0};
    struct error error = {0};
    size_t at = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(add(&known, i, &error), 0);
    }
    assert_int_equal(see(&known, COUNT - 1), RAWS_KNOWN);
    assert_int_equal(see(&known, COUNT), RAWS_NEW);
    assert_int_equal(raws_missed(&known, &at, COUNT, &missed, &error), 1);
    assert_int_equal(missed.length, (COUNT - 1) * 2 * SEEN_RAW);
    for (uint32_t i = 0; i < COUNT - 1; i++) {
        uint8_t raw[SEEN_RAW], told[SEEN_RAW];
        raw_of(i, raw);
        assert_true(raw_parse(text_bytes(&missed) + (size_t)i * 2 * SEEN_RAW, told));
        assert_memory_equal(raw, told, SEEN_RAW);
    }
    text_free(&missed);
    raws_free(&known);
}

static void ids_of_a_run(void **state)
{
    (void)state;
    enum { COUNT = 30000 }; /* split often, in memory and in the file */
    struct error error = {0};
    struct ids ids = {0};
    for (int32_t i = 0; i < COUNT; i++) {
        assert_int_equal(ids_add(&ids, (const char *)&i, sizeof i, &error), IDS_NEW);
        assert_int_equal(ids_add(&ids, (const char *)&i, sizeof i, &error), IDS_AGAIN);
    }
    for (int32_t i = 0; i < COUNT; i++) {
        assert_int_equal(ids_add(&ids, (const char *)&i, sizeof i, &error), IDS_AGAIN);
    }
    assert_null(ids.buckets);
    ids_free(&ids);
}

/* The disk takes no more than MOST bytes of a file. */
static void allow(rlim_t most)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = most;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* It is told: what cannot be kept is not new. */
static void a_full_disk(void **state)
{
    (void)state;
    struct error error = {0};
    struct raws known = {0};
    struct ids ids = {0};
    int32_t id = 0;
    enum ids_add added;
    int status = 0;
    signal(SIGXFSZ, SIG_IGN);
    allow(1000000);
    do {
        added = ids_add(&ids, (const char *)&id, sizeof id, &error);
    } while (added == IDS_NEW && ++id < 200000);
    assert_int_equal(added, IDS_FAILED);
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    assert_string_equal(error.arg[0], "writing");
    assert_string_equal(error.arg[2], "the file becomes too big");
    error_free(&error);
    for (uint32_t i = 0; status == 0 && i < 200000; i++) {
        status = add(&known, i, &error);
    }
    assert_int_equal(status, -1);
    assert_string_equal(error.arg[2], "the file becomes too big");
    allow(RLIM_INFINITY);
    error_free(&error);
    raws_free(&known);
    ids_free(&ids);
}

/* Where TMPDIR is none, another directory is taken; a file leaves no name. */
static void scratch_files(void **state)
{
    (void)state;
    char tmp[] = "/tmp/yuntai-scratch-XXXXXX", bytes[4] = "";
    struct error error = {0};
    struct scratch scratch = {0};
    assert_non_null(mkdtemp(tmp));
    setenv("TMPDIR", tmp, 1);
    assert_int_equal(scratch_write(&scratch, 70000, "abc", 4, &error), 0);
    assert_string_equal(scratch.directory, tmp);
    assert_int_equal(rmdir(tmp), 0); /* it is empty */
    assert_int_equal(scratch_read(&scratch, 70000, bytes, 4, &error), 0);
    assert_string_equal(bytes, "abc");
    assert_int_equal(scratch_read(&scratch, 70001, bytes, 4, &error), -1);
    error_free(&error);
    scratch_free(&scratch);
    assert_int_equal(scratch_write(&scratch, 0, "abc", 4, &error), 0);
    assert_string_equal(scratch.directory, "/var/tmp");
    scratch_free(&scratch);
    unsetenv("TMPDIR");
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
        cmocka_unit_test(known_ones_that_begin_alike),
        cmocka_unit_test(ids_of_a_run),
        cmocka_unit_test(a_full_disk),
        cmocka_unit_test(scratch_files),
        cmocka_unit_test(digests),
        cmocka_unit_test(what_moves_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
