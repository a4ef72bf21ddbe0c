/* test_clocks.c: each clock that runs as a row of its own; what a list may be narrowed to; the case
 * behind another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/bureau.h"

enum { CASES = 9 };

#define NOW "now", "2026-02-24"

/* Who owns the workspace keeps its catalogue. */
static void list_product(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    bureau_must(bureau, "put", "kind", "product", "code", "DR", "name", "容灾云主机", "fact.unit",
                "台", "fact.cpu", "4", "now", "2026-01-05", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

static void apply(struct bureau *bureau, const char *title, const char *day)
{
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "then", "submit", "reason",
                "汛期", "entry.info_system", title, "entry.request", "new", "entry.purpose", "卡口",
                "entry.contact", "李", "entry.phone", "1380000", "entry.classified", "no",
                "entry.lawful", "yes", "entry.mlps_level", "3", "entry.network", "internet",
                "entry.go_live", "2026-06-01", "entry.request_form", "yes", "entry.cloud_plan",
                "yes", "entry.redundancy", "40", "entry.reclaim_cpu", "20", "entry.reclaim_memory",
                "30", "entry.item.DR.quantity", "1", "entry.item.DR.kind", "virtual",
                "entry.item.DR.dr", "yes", "entry.item.DR.domestic", "yes", "now", day, NULL);
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    struct text title = {0}, day = {0};
    assert_non_null(bureau);
    bureau_make(bureau);
    list_product(bureau);
    bureau_open(bureau, served);
    for (int i = 0; i < CASES; i++) {
        text_clear(&title);
        text_clear(&day);
        text_addf(&title, "视频平台%d期", i);
        text_addf(&day, "2026-02-%02d", 4 + 2 * i);
        apply(bureau, text_bytes(&title), text_bytes(&day));
    }
    text_free(&title);
    text_free(&day);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

static const struct table *clocks_of(struct bureau *bureau, const char *query)
{
    bureau_must(bureau, "list", "query", query, "clocks", "yes", NOW, NULL);
    return parcel_find(&bureau->reply, "clocks");
}

static char *pair_of(struct bureau *bureau, const char *name)
{
    const char *value = parcel_get(&bureau->reply, name);
    return value ? strdup(value) : NULL;
}

/* Each stands by its own last day, with the cells of its case. */
static void test_clocks_stand_by_their_last_day(void **state)
{
    struct bureau *bureau = *state;
    const struct table *table = clocks_of(bureau, "");
    assert_int_equal(table_rows(table), CASES);
    assert_int_equal(parcel_int(&bureau->reply, "total", 0), CASES);
    for (size_t i = 0; i < CASES; i++) {
        assert_string_equal(table_cell(table, i, "clock"), "accept");
        assert_non_null(table_cell(table, i, "due"));
        assert_string_equal(table_cell(table, i, "org"), "市公安局");
        assert_true(i == 0 ||
                    strcmp(table_cell(table, i - 1, "due"), table_cell(table, i, "due")) <= 0);
    }
    assert_string_equal(table_cell(table, 0, "title"), "视频平台0期");
    assert_string_equal(table_cell(table, 0, "basis"), "house");
}

static void test_pages_of_clocks_read_both_ways(void **state)
{
    static const char *const orders[] = {"", "sort:-due", "sort:number", "sort:-opened"};
    struct bureau *bureau = *state;
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        char *keys[CASES] = {NULL}, *place = strdup("");
        int count = 0;
        while (place) {
            bureau_must(bureau, "list", "query", orders[o], "clocks", "yes", "limit", "4", "after",
                        place, NOW, NULL);
            const struct table *table = parcel_find(&bureau->reply, "clocks");
            for (size_t i = 0; i < table_rows(table); i++) {
                assert_in_range(count, 0, CASES - 1);
                keys[count++] = strdup(table_cell(table, i, "key"));
            }
            free(place);
            place = pair_of(bureau, "next");
        }
        assert_int_equal(count, CASES);
        bureau_must(bureau, "list", "query", orders[o], "clocks", "yes", "limit", "4", "last",
                    "yes", NOW, NULL);
        for (bool more = true; more;) {
            const struct table *table = parcel_find(&bureau->reply, "clocks");
            for (size_t i = table_rows(table); i-- > 0;) {
                assert_string_equal(table_cell(table, i, "key"), keys[--count]);
            }
            place = pair_of(bureau, "prev");
            more = place != NULL;
            if (more) {
                bureau_must(bureau, "list", "query", orders[o], "clocks", "yes", "limit", "4",
                            "before", place, NOW, NULL);
            }
            free(place);
        }
        assert_int_equal(count, 0);
        for (int i = 0; i < CASES; i++) {
            free(keys[i]);
        }
    }
}

/* What is asked of a last day or a clock is asked of each clock. */
static void test_a_query_asks_the_clock(void **state)
{
    struct bureau *bureau = *state;
    const struct table *table = clocks_of(bureau, "");
    const char *due = table_cell(table, 0, "due");
    struct text query = {0};
    text_addf(&query, "due:%s", due);
    assert_int_equal(table_rows(clocks_of(bureau, "clock:accept")), CASES);
    assert_int_equal(table_rows(clocks_of(bureau, "clock:review")), 0);
    assert_int_equal(table_rows(clocks_of(bureau, "paused")), 0);
    table = clocks_of(bureau, text_bytes(&query));
    assert_in_range(table_rows(table), 1, CASES - 1);
    text_free(&query);
    size_t late = table_rows(clocks_of(bureau, "late"));
    assert_int_equal(late + table_rows(clocks_of(bureau, "-late")), CASES);
    assert_in_range(late, 1, CASES - 1);
}

static void test_facets_count_what_a_query_finds(void **state)
{
    struct bureau *bureau = *state;
    static const char *const fields[] = {"card",  "state", "procedure", "org",
                                         "clock", "with",  "article"};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        bureau_must(bureau, "list", "facets", fields[f], "limit", "1", NOW, NULL);
        const struct table *facets = parcel_find(&bureau->reply, "facets");
        struct parcel kept = {0};
        int64_t sum = 0;
        assert_true(table_rows(facets) > 0);
        assert_true(parcel_copy(&bureau->reply, &kept));
        facets = parcel_find(&kept, "facets");
        for (size_t i = 0; i < table_rows(facets); i++) {
            struct text query = {0};
            int64_t n = strtoll(table_cell(facets, i, "n"), NULL, 10);
            text_addf(&query, "%s:%s", fields[f], table_cell(facets, i, "value"));
            bureau_must(bureau, "list", "query", text_bytes(&query), NOW, NULL);
            assert_int_equal(parcel_int(&bureau->reply, "total", -1), n);
            text_free(&query);
            sum += n;
        }
        bool several = strcmp(fields[f], "article") == 0; /* a clock may rest on more than one */
        assert_true(several ? sum > 0 : sum == CASES);
        parcel_free(&kept);
    }
    assert_int_equal(bureau_ask(bureau, "list", "facets", "colour", NOW, NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
}

static void test_the_case_behind_another(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "list", NOW, NULL);
    const struct table *table = parcel_find(&bureau->reply, "cases");
    char *third = strdup(table_cell(table, 2, "number"));
    char *fourth = strdup(table_cell(table, 3, "number"));
    char *last = strdup(table_cell(table, CASES - 1, "number"));
    bureau_must(bureau, "list", "behind", third, "limit", "1", NOW, NULL);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "cases"), 0, "number"), fourth);
    bureau_must(bureau, "list", "behind", last, "limit", "1", NOW, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "cases")), 0);
    free(third);
    free(fourth);
    free(last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clocks_stand_by_their_last_day),
        cmocka_unit_test(test_pages_of_clocks_read_both_ways),
        cmocka_unit_test(test_a_query_asks_the_clock),
        cmocka_unit_test(test_facets_count_what_a_query_finds),
        cmocka_unit_test(test_the_case_behind_another),
    };
    int failed = cmocka_run_group_tests_name("local", tests, make_local, bureau_unmake);
    return failed + cmocka_run_group_tests_name("socket", tests, make_served, bureau_unmake);
}
