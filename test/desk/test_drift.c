/* test_drift.c: what a vendor's inventory shows, against what was given: cases come and go by it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/vendor/row.h"
#include "test/support/bureau.h"

#define AS_CLERK "as", "zhao", "now", "2026-01-06"

/* System vp of 市公安局 is in use with 8 cores and 16 GB; system old has left. */
static void enter(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    bureau_must(bureau, "put", "kind", "org", "code", "sj", "name", "市大数据局", "fact.roles",
                "clerk", "fact.level", "city", "now", "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "person", "code", "zhao", "name", "赵启明", "parent", "sj",
                "fact.roles", "clerk", "now", "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "system", "code", "vp", "name", "视频平台", "parent", "ga",
                "fact.online", "yes", "fact.opened", "2025-06-02", "fact.entry.mlps_level", "3",
                "fact.entry.network", "internet", "fact.item.DR.quantity", "2", "fact.item.DR.cpu",
                "4", "fact.item.DR.memory", "8", "fact.item.DR.domestic", "yes", "now",
                "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "system", "code", "old", "name", "旧平台", "parent", "ga",
                "fact.online", "no", "fact.opened", "2024-06-03", "fact.closed", "2025-06-02",
                "now", "2026-01-05", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    enter(bureau);
    bureau_open(bureau, served);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

/* ---- what a vendor shows ---- */

struct shown {
    const char *kind, *uid, *project;
    int64_t vcpus, ram;
    const char *facts;
};

static void put(struct text *rows, const struct shown *shown)
{
    struct seen seen = {.kind = shown->kind,
                        .uid = shown->uid,
                        .region = "",
                        .project = shown->project,
                        .name = shown->uid,
                        .status = "ACTIVE",
                        .zone = "",
                        .vcpus = shown->vcpus,
                        .ram = shown->ram,
                        .disk = -1,
                        .facts = shown->facts};
    memcpy(seen.raw, shown->uid, strlen(shown->uid) < 8 ? strlen(shown->uid) : 8);
    seen.raw[12] = (uint8_t)(shown->vcpus * 7 + strlen(shown->facts));
    assert_true(seen_put(&seen, rows));
}

/* A whole run in force, and what the desk makes of it. MISSED: raw digests, "" none. */
static void sync(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed)
{
    struct text rows = {0}, run = {0};
    for (size_t i = 0; i < count; i++) {
        put(&rows, &shown[i]);
    }
    bureau_must(bureau, "sync", "vendor", "cloud-a", "full", "yes", AS_CLERK, NULL);
    text_add(&run, parcel_get(&bureau->reply, "run"));
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "rows", text_bytes(&rows), "missed",
                missed, AS_CLERK, NULL);
    bureau_must(bureau, "sync_end", "run", text_bytes(&run), "result", "staged", AS_CLERK, NULL);
    bureau_must(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL);
    do {
        bureau_must(bureau, "tick", "as", "", "now", "2026-01-06", NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
    text_free(&rows);
    text_free(&run);
}

static const struct table *drifts(struct bureau *bureau)
{
    bureau_must(bureau, "drifts", AS_CLERK, NULL);
    return parcel_find(&bureau->reply, "drifts");
}

/* The kinds of what is seen now, each with a blank behind. */
static void assert_drifts(struct bureau *bureau, const char *expected)
{
    struct text kinds = {0};
    const struct table *table = drifts(bureau);
    for (size_t i = 0; i < table_rows(table); i++) {
        text_addf(&kinds, "%s:%s ", table_cell(table, i, "code"), table_cell(table, i, "kind"));
    }
    assert_string_equal(text_bytes(&kinds), expected);
    text_free(&kinds);
}

static const struct shown project = {"project", "vp", "vp", -1, -1, ""};
static const struct shown larger[] = {{"project", "vp", "vp", -1, -1, ""},
                                      {"server", "s1", "vp", 4, 8192, ""},
                                      {"server", "s2", "vp", 8, 8192, ""}};

static void assert_state(struct bureau *bureau, const char *number, const char *state)
{
    bureau_must(bureau, "show", "case", number, AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "state"), state);
}

/* ---- */

static void test_nothing_without_an_inventory(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "tick", "as", "", "now", "2026-01-06", NULL);
    assert_drifts(bureau, "");
}

static void test_larger_and_back(void **state)
{
    struct bureau *bureau = *state;
    struct text number = {0};
    sync(bureau, larger, 3, "");
    assert_drifts(bureau, "vp:larger ");
    text_add(&number, table_cell(parcel_find(&bureau->reply, "drifts"), 0, "case"));
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "shown"),
                        "处理器 8 → 12");
    assert_state(bureau, text_bytes(&number), "found");
    sync(bureau, larger, 3, ""); /* seen again: no second case */
    assert_drifts(bureau, "vp:larger ");
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "case"),
                        text_bytes(&number));
    const struct shown right[] = {{"server", "s2", "vp", 4, 8192, ""}};
    sync(bureau, right, 1, "");
    assert_drifts(bureau, "");
    assert_state(bureau, text_bytes(&number), "settled");
    text_free(&number);
}

static void test_left_behind_and_unmapped(void **state)
{
    struct bureau *bureau = *state;
    const struct shown shown[] = {project,
                                  {"server", "s1", "vp", 8, 16384, ""},
                                  {"project", "p9", "p9", -1, -1, ""},
                                  {"server", "s9", "p9", 4, 4096, ""}};
    sync(bureau, shown, 4, "");
    assert_drifts(bureau, "");
    bureau_must(bureau, "projects", "unmapped", "yes", AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", 0), 1);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "projects"), 0, "project"),
                        "cloud-a/p9");
    bureau_must(bureau, "put", "kind", "project", "code", "cloud-a/p9", "name", "p9", "fact.system",
                "old", "fact.ground", "云服务商来函", AS_CLERK, NULL);
    sync(bureau, shown, 4, "");
    assert_drifts(bureau, "old:remains ");
    bureau_must(bureau, "projects", AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", 9), 0);
}

static void test_rule_of_names(void **state)
{
    struct bureau *bureau = *state;
    const struct shown shown[] = {{"project", "prj-old-1", "x", -1, -1, ""}};
    sync(bureau, shown, 1, "");
    assert_int_equal(bureau_ask(bureau, "put", "kind", "naming", "code", "r1", "name", "项目命名",
                                "fact.pattern", "^prj-(", "fact.system", "\\1", AS_CLERK, NULL),
                     -1);
    bureau_must(bureau, "put", "kind", "naming", "code", "r1", "name", "项目命名", "fact.pattern",
                "^prj-([a-z]+)-[0-9]+$", "fact.system", "\\1", AS_CLERK, NULL);
    bureau_must(bureau, "projects", AS_CLERK, NULL);
    const struct table *table = parcel_find(&bureau->reply, "projects");
    assert_string_equal(table_cell(table, 0, "code"), "old");
    assert_string_equal(table_cell(table, 0, "by"), "rule");
}

static void test_of_resources(void **state)
{
    struct bureau *bureau = *state;
    const struct shown shown[] = {
        {"project", "vp", "vp", -1, -1, "org=市公安局\n"},
        {"server", "s1", "vp", 4, 8192, "encrypted=no\nmeta.network=internet\n"},
        {"server", "s2", "vp", 4, 8192, "domestic=no\nencrypted=yes\nmeta.network=internet\n"}};
    sync(bureau, shown, 3, "");
    assert_drifts(bureau, "vp:not_domestic vp:unencrypted ");
    const struct shown elsewhere[] = {
        {"server", "s1", "vp", 4, 8192, "encrypted=yes\nmeta.network=government_network\n"}};
    sync(bureau, elsewhere, 1, "");
    assert_drifts(bureau, "vp:misplaced vp:not_domestic ");
}

#define OVER_BOTH(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, make_local, bureau_unmake),                              \
        cmocka_unit_test_setup_teardown(test, make_served, bureau_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {OVER_BOTH(test_nothing_without_an_inventory),
                                       OVER_BOTH(test_larger_and_back),
                                       OVER_BOTH(test_left_behind_and_unmapped),
                                       OVER_BOTH(test_rule_of_names), OVER_BOTH(test_of_resources)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
