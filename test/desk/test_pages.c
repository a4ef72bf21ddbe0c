/* test_pages.c: a list and the chain of acts read downwards, upwards and from the end; a reading
 * that is given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "test/support/bureau.h"

enum { CASES = 23, PAGE = 5 };

static struct desk *desk_of(const struct bureau *bureau, const char *login)
{
    struct text socket = {0};
    struct desk *desk = NULL;
    struct error error = {0};
    text_addf(&socket, "%s/desk.sock", text_bytes(&bureau->directory));
    struct desk_place place = {.workspace = text_bytes(&bureau->directory),
                               .socket = bureau->server ? text_bytes(&socket) : "",
                               .as = login,
                               .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &desk, &error), 0);
    text_free(&socket);
    return desk;
}

/* The office is under a district, which is under a larger one; `zhou` is of the former. */
static void enter_district(struct bureau *bureau)
{
    static const char day[] = "2026-01-06";
    bureau->desk = desk_of(bureau, NULL);
    bureau_must(bureau, "put", "kind", "org", "code", "dq", "name", "东区大数据局", "fact.roles",
                "county", "now", day, NULL);
    bureau_must(bureau, "put", "kind", "org", "code", "xq", "name", "新区大数据局", "parent", "dq",
                "fact.roles", "county,unit", "fact.level", "county", "now", day, NULL);
    bureau_must(bureau, "put", "kind", "org", "code", "ga", "name", "市公安局", "parent", "xq",
                "fact.roles", "unit", "fact.level", "city", "now", day, NULL);
    bureau_must(bureau, "put", "kind", "person", "code", "zhou", "name", "周宁", "parent", "xq",
                "fact.roles", "county,unit", "now", day, NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

/* Two a day, with titles in another order than their numbers, the second of them the district's. */
static void open_cases(struct bureau *bureau)
{
    struct desk *desks[] = {bureau->desk, desk_of(bureau, "zhou")};
    struct text title = {0}, day = {0};
    for (int i = 0; i < CASES; i++) {
        text_clear(&title);
        text_clear(&day);
        text_addf(&title, "视频平台%d期", i * 7 % CASES);
        text_addf(&day, "2026-02-%02d", 2 + i / 2);
        bureau->desk = desks[i % 2];
        bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                    text_bytes(&title), "now", text_bytes(&day), NULL);
    }
    desk_close(desks[0]); /* who sees all of them reads on */
    bureau->desk = desks[1];
    text_free(&title);
    text_free(&day);
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    enter_district(bureau);
    bureau_open(bureau, served);
    open_cases(bureau);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

/* A page of QUERY; its place is the pair WHERE of it. */
static void ask_page(struct bureau *bureau, const char *query, const char *where, const char *place)
{
    bureau_must(bureau, "list", "query", query, "closed", "yes", "limit", "5", "now", "2026-03-02",
                where, place, NULL);
}

/* Puts the numbers of the page at hand to NUMBERS from FROM on; how many. */
static int take_page(struct bureau *bureau, char *numbers[], int from)
{
    const struct table *table = parcel_find(&bureau->reply, "cases");
    int rows = (int)table_rows(table);
    for (int i = 0; i < rows; i++) {
        assert_true(from + i >= 0 && from + i < CASES);
        numbers[from + i] = strdup(table_cell(table, (size_t)i, "number"));
    }
    return rows;
}

static char *take_pair(struct bureau *bureau, const char *name)
{
    const char *value = parcel_get(&bureau->reply, name);
    return value ? strdup(value) : NULL;
}

static void read_down(struct bureau *bureau, const char *query, char *numbers[CASES])
{
    int found = 0;
    ask_page(bureau, query, "after", "");
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), CASES);
    assert_int_equal(parcel_int(&bureau->reply, "at", 0), 1);
    assert_null(parcel_get(&bureau->reply, "prev"));
    found += take_page(bureau, numbers, 0);
    for (char *next; (next = take_pair(bureau, "next"));) {
        ask_page(bureau, query, "after", next);
        assert_non_null(parcel_get(&bureau->reply, "prev"));
        assert_null(parcel_get(&bureau->reply, "total"));
        found += take_page(bureau, numbers, found);
        free(next);
    }
    assert_int_equal(found, CASES);
}

static void read_up(struct bureau *bureau, const char *query, char *numbers[CASES])
{
    int left = CASES - PAGE;
    ask_page(bureau, query, "last", "yes");
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), CASES);
    assert_int_equal(parcel_int(&bureau->reply, "at", 0), left + 1);
    assert_null(parcel_get(&bureau->reply, "next"));
    assert_int_equal(take_page(bureau, numbers, left), PAGE);
    for (char *prev; (prev = take_pair(bureau, "prev"));) {
        ask_page(bureau, query, "before", prev);
        assert_non_null(parcel_get(&bureau->reply, "next"));
        left -= (int)table_rows(parcel_find(&bureau->reply, "cases"));
        (void)take_page(bureau, numbers, left);
        free(prev);
    }
    assert_int_equal(left, 0);
}

static void both_ways(void **state)
{
    static const char *const queries[] = {"",
                                          "sort:-due",
                                          "sort:opened",
                                          "sort:-opened",
                                          "sort:changed",
                                          "sort:number",
                                          "sort:-number",
                                          "sort:org",
                                          "sort:system"};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        char *down[CASES] = {NULL}, *up[CASES] = {NULL};
        read_down(*state, queries[q], down);
        read_up(*state, queries[q], up);
        for (int i = 0; i < CASES; i++) {
            assert_string_equal(down[i], up[i]);
            for (int k = 0; k < i; k++) {
                assert_string_not_equal(down[i], down[k]);
            }
        }
        for (int i = 0; i < CASES; i++) {
            free(down[i]);
            free(up[i]);
        }
    }
}

/* Open and closed cases stand in one order. */
static void both_halves(void **state)
{
    struct bureau *bureau = *state;
    static const char *const taken_back[] = {"入云〔2026〕2号", "入云〔2026〕10号",
                                             "入云〔2026〕20号"};
    for (int i = 0; i < 3; i++) {
        bureau_must(bureau, "act", "case", taken_back[i], "event", "withdraw", "entry.reason",
                    "暂不建设", "role", "unit", "now", "2026-03-01", NULL);
    }
    bureau_must(bureau, "list", "query", "closed", "now", "2026-03-02", NULL);
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), 3);
    bureau_must(bureau, "list", "now", "2026-03-02", NULL);
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), CASES - 3);
    bureau_must(bureau, "list", "query", "open closed", "now", "2026-03-02", NULL);
    assert_int_equal(parcel_int(&bureau->reply, "total", -1), 0);
    both_ways(state);
    bureau_must(bureau, "list", "query", "sort:opened", "closed", "yes", "now", "2026-03-02", NULL);
    const struct table *table = parcel_find(&bureau->reply, "cases");
    assert_string_equal(table_cell(table, 1, "number"), taken_back[0]);
    assert_string_equal(table_cell(table, 1, "closed"), "yes");
    assert_string_equal(table_cell(table, 2, "closed"), "no");
}

static void odd_pages(void **state)
{
    struct bureau *bureau = *state;
    assert_int_equal(
        bureau_ask(bureau, "list", "after", "1 1", "last", "yes", "now", "2026-03-02", NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
    ask_page(bureau, "paused", "last", "yes");
    assert_int_equal(parcel_int(&bureau->reply, "total", -1), 0);
    assert_null(parcel_get(&bureau->reply, "at"));
    assert_null(parcel_get(&bureau->reply, "prev"));
    bureau_must(bureau, "list", "closed", "yes", "limit", "23", "now", "2026-03-02", NULL);
    assert_null(parcel_get(&bureau->reply, "next"));
    bureau_must(bureau, "list", "closed", "yes", "limit", "22", "now", "2026-03-02", NULL);
    assert_non_null(parcel_get(&bureau->reply, "next"));
}

/* A key ends a search through all titles; a request that writes is done all the same. */
static void given_up(void **state)
{
    struct bureau *bureau = *state;
    struct text query = {0};
    int keys[2];
    char key;
    for (int i = 3; i < CASES; i++) {
        text_addf(&query, "%s平台%d期", i > 3 ? "," : "-", i);
    }
    assert_int_equal(pipe(keys), 0);
    desk_interruptible(bureau->desk, keys[0]);
    ask_page(bureau, text_bytes(&query), "after", "");
    assert_int_equal(write(keys[1], "x", 1), 1);
    assert_int_equal(bureau_ask(bureau, "list", "query", text_bytes(&query), NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_INTERRUPTED);
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                "门户网站", "now", "2026-03-02", NULL);
    assert_int_equal(read(keys[0], &key, 1), 1);
    bureau_must(bureau, "list", "closed", "yes", "limit", "1", "now", "2026-03-02", NULL);
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), CASES + 1);
    desk_interruptible(bureau->desk, -1);
    close(keys[0]);
    close(keys[1]);
    text_free(&query);
}

/* ---- the chain of acts ---- */

enum { ACTS_MOST = 200 };

static int64_t number_at(const struct table *table, size_t row, const char *column)
{
    return strtoll(table_word(table, row, column), NULL, 10);
}

/* Reads the whole chain by pages of seven, downwards or from its end upwards: places in the order
 * of the list. */
static int read_chain(struct bureau *bureau, bool up, int64_t places[ACTS_MOST])
{
    int count = 0;
    char *place = NULL;
    do {
        const char *where = up ? (place ? "before" : "last") : "after";
        bureau_must(bureau, "acts", "limit", "7", "now", "2026-03-02", where,
                    place ? place
                    : up  ? "yes"
                          : "",
                    NULL);
        const struct table *table = parcel_find(&bureau->reply, "acts");
        int rows = (int)table_rows(table);
        assert_true(rows > 0 && count + rows < ACTS_MOST);
        assert_true(up || place ? true : !parcel_get(&bureau->reply, "prev"));
        if (up) {
            memmove(places + rows, places, (size_t)count * sizeof *places);
        }
        for (int i = 0; i < rows; i++) {
            places[up ? i : count + i] = number_at(table, (size_t)i, "seq");
        }
        count += rows;
        free(place);
    } while ((place = take_pair(bureau, up ? "prev" : "next")));
    return count;
}

static void chain_both_ways(void **state)
{
    struct bureau *bureau = *state;
    int64_t down[ACTS_MOST], up[ACTS_MOST];
    int count = read_chain(bureau, false, down);
    assert_int_equal(read_chain(bureau, true, up), count);
    for (int i = 0; i < count; i++) {
        assert_int_equal(down[i], up[i]);
        assert_true(i == 0 || down[i] < down[i - 1]);
    }
}

static int acts_of(struct bureau *bureau, const char *query)
{
    bureau_must(bureau, "acts", "query", query, "limit", "1000", "now", "2026-03-02", NULL);
    return (int)table_rows(parcel_find(&bureau->reply, "acts"));
}

static void chain_narrowed(void **state)
{
    struct bureau *bureau = *state;
    assert_int_equal(acts_of(bureau, "act:open 2026-02-01..2026-02-28"), CASES);
    assert_int_equal(acts_of(bureau, "立案 2026-02-03"), 2);
    const struct table *table = parcel_find(&bureau->reply, "acts");
    assert_string_equal(table_word(table, 0, "who"), "周宁");
    assert_string_equal(table_word(table, 0, "number"), "入云〔2026〕4号");
    assert_int_equal(acts_of(bureau, "周宁 立案 入云〔2026〕4号"), 1);
    assert_int_equal(acts_of(bureau, "who:zhou act:open ..2026-02-28"), CASES / 2);
    assert_int_equal(bureau_ask(bureau, "acts", "query", "who:li", "now", "2026-03-02", NULL), -1);
    assert_int_equal(acts_of(bureau, "..2025-12-31"), 0);
    assert_int_equal(bureau_ask(bureau, "acts", "query", "立案  无名氏", "now", "2026-03-02", NULL),
                     -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
    assert_int_equal(parcel_int(&bureau->reply, "column", 0), 5);
}

/* A page ends where as many were looked through as was said, and the next goes on from there. */
static void chain_looked_through(void **state)
{
    struct bureau *bureau = *state;
    int whole = acts_of(bureau, "立案"), found = 0, pages = 0;
    char *next = NULL;
    do {
        bureau_must(bureau, "acts", "query", "立案", "look", "5", "limit", "1000", "now",
                    "2026-03-02", "after", next ? next : "", NULL);
        int rows = (int)table_rows(parcel_find(&bureau->reply, "acts"));
        assert_true(rows <= 5);
        found += rows;
        pages++;
        free(next);
        next = take_pair(bureau, "next");
        assert_int_equal(parcel_yes(&bureau->reply, "rest"), next != NULL);
        assert_int_equal(parcel_get(&bureau->reply, "looked") != NULL, next != NULL);
    } while (next);
    assert_int_equal(found, whole);
    assert_true(pages > whole / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways),
        cmocka_unit_test(both_halves),
        cmocka_unit_test(odd_pages),
        cmocka_unit_test(given_up),
        cmocka_unit_test(chain_both_ways),
        cmocka_unit_test(chain_narrowed),
        cmocka_unit_test(chain_looked_through),
    };
    int failed = cmocka_run_group_tests_name("local", tests, make_local, bureau_unmake);
    return failed + cmocka_run_group_tests_name("socket", tests, make_served, bureau_unmake);
}
