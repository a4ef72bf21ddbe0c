/* test_differences.c: what a run brings, looked at before it takes effect, and which of it is
 * meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/shown.h"

BUREAU_OVER_BOTH(shown_make)

static const struct shown agreed[] = {{"project", "vp", "vp", -1, -1, ""},
                                      {"server", "s1", "vp", 4, 8192, ""},
                                      {"server", "s2", "vp", 4, 8192, ""}};

/* The ids of a page of those that QUERY means, which NAME=VALUE leads to; FURTHER: where the next
 * one begins. False: it was the last. */
static bool page_of(struct bureau *bureau, const char *query, const char *name, const char *value,
                    const char *further, struct text *ids, struct text *place)
{
    bureau_must(bureau, "differences", "vendor", "cloud-a", "query", query, "limit", "1", name,
                value, AS_CLERK, NULL);
    const struct table *rows = parcel_find(&bureau->reply, "differences");
    const char *next = parcel_get(&bureau->reply, further);
    for (size_t i = 0; i < table_rows(rows); i++) {
        text_addf(ids, "%s ", table_cell(rows, i, "uid"));
    }
    text_clear(place);
    text_add(place, next ? next : "");
    return next != NULL;
}

/* Page by page those of QUERY are EXPECTED; BACK: the same from the last one on. */
static void assert_meant(struct bureau *bureau, const char *query, const char *expected,
                         const char *back)
{
    struct text ids = {0}, place = {0};
    bool more = page_of(bureau, query, "last", "no", "next", &ids, &place);
    while (more) {
        struct text from = place;
        place = (struct text){0};
        more = page_of(bureau, query, "after", text_bytes(&from), "next", &ids, &place);
        text_free(&from);
    }
    assert_string_equal(text_bytes(&ids), expected);
    text_clear(&ids);
    more = page_of(bureau, query, "last", "yes", "prev", &ids, &place);
    while (more) {
        struct text from = place;
        place = (struct text){0};
        more = page_of(bureau, query, "before", text_bytes(&from), "prev", &ids, &place);
        text_free(&from);
    }
    assert_string_equal(text_bytes(&ids), back);
    text_free(&ids);
    text_free(&place);
}

/* What the policy will say is told before anything takes effect, and nothing is opened by asking.
 */
static void test_differences_before_they_count(void **state)
{
    static const char *const columns[] = {"how",     "kind",    "uid",   "system",
                                          "changes", "verdict", "shown", NULL};
    struct bureau *bureau = *state;
    struct text run = {0};
    shown_sync(bureau, agreed, 3, "");
    const struct shown next[] = {{"server", "s2", "vp", 8, 8192, "note=x\n"},
                                 {"project", "p9", "nobody", -1, -1, ""},
                                 {"server", "s9", "p9", 4, 4096, ""}};
    shown_stage(bureau, next, 3, "", &run);
    bureau_must(bureau, "differences", "vendor", "cloud-a", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "run"), text_bytes(&run));
    assert_string_equal(parcel_get(&bureau->reply, "staged"), "yes");
    assert_int_equal(parcel_int(&bureau->reply, "made", -1), 2);
    shown_assert(bureau, "differences", columns,
                 "new project p9 - - unmapped -\n"
                 "changed server s2 视频平台 vcpus 4 → 8\nnote · → x drifts 处理器 8 → 12\n"
                 "new server s9 - - unmapped -\n");
    bureau_must(bureau, "drifts", AS_CLERK, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "drifts")), 0);
    bureau_must(bureau, "differences", "vendor", "cloud-a", "limit", "2", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "next"), "server s2");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "after", "server s2", AS_CLERK, NULL);
    shown_assert(bureau, "differences", columns, "new server s9 - - unmapped -\n");
    assert_null(parcel_get(&bureau->reply, "next"));
    assert_string_equal(parcel_get(&bureau->reply, "prev"), "server s9");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "last", "yes", "limit", "1", AS_CLERK,
                NULL);
    shown_assert(bureau, "differences", columns, "new server s9 - - unmapped -\n");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "before", "server s9", AS_CLERK, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "differences")), 2);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "differences"), 0, "uid"), "p9");
    assert_string_equal(parcel_get(&bureau->reply, "next"), "server s2");
    assert_meant(bureau, "drifts", "s2 ", "s2 ");
    assert_meant(bureau, "未映射 云主机", "s9 ", "s9 ");
    assert_meant(bureau, "-new", "s2 ", "s2 ");
    assert_meant(bureau, "P9", "p9 s9 ", "s9 p9 ");
    assert_meant(bureau, "P9 -server", "p9 ", "p9 ");
    assert_meant(bureau, "spp", "s2 ", "s2 ");
    assert_meant(bureau, "视频 -drifts", "", "");
    bureau_must(bureau, "sync_leave", "run", text_bytes(&run), "kind", "server", "uid", "s2",
                AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "changed", -1), 0);
    bureau_must(bureau, "differences", "vendor", "cloud-a", "kind", "server", AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "changed", -1), 0);
    shown_assert(bureau, "differences", columns, "new server s9 - - unmapped -\n");
    text_free(&run);
}

/* A system that is larger than approved comes nearer when one of its servers shrinks or goes. */
static void test_differences_that_lead_back(void **state)
{
    static const char *const columns[] = {"how", "uid", "verdict", NULL};
    struct bureau *bureau = *state;
    struct text run = {0};
    const struct shown more[] = {{"project", "vp", "vp", -1, -1, ""},
                                 {"server", "s1", "vp", 8, 8192, ""},
                                 {"server", "s2", "vp", 8, 8192, ""}};
    shown_sync(bureau, more, 3, "");
    const struct shown less[] = {{"server", "s1", "vp", 6, 8192, ""},
                                 {"server", "s3", "vp", 1, 512, ""}};
    shown_stage(bureau, less, 2, "", &run);
    bureau_must(bureau, "differences", "vendor", "cloud-a", AS_CLERK, NULL);
    shown_assert(bureau, "differences", columns, "changed s1 agrees\nnew s3 drifts\n");
    text_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {OVER_BOTH(test_differences_before_they_count),
                                       LOCALLY(test_differences_that_lead_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
