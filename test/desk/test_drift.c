/* test_drift.c: what a vendor's inventory shows, against what was given: cases come and go by it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/vendor/row.h"
#include "test/support/synced.h"

/* System vp of 市公安局 is in use with 8 cores and 16 GB; system old has left. */
static void enter(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    synced_clerk(bureau);
    bureau_must(bureau, "put", "kind", "person", "code", "qian", "name", "钱立", "parent", "sj",
                "fact.roles", "leader", "now", "2026-01-05", NULL);
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

/* What the policy asks of a resource goes by other names at this vendor. */
static void settle(const struct bureau *bureau)
{
    struct text path = {0};
    text_addf(&path, "%s/yuntai.ini", text_bytes(&bureau->directory));
    FILE *file = fopen(text_bytes(&path), "w");
    assert_non_null(file);
    assert_true(fputs("[vendor.cloud-a]\nkind = table\ntags = xc=domestic zone=network\n", file) >
                0);
    assert_int_equal(fclose(file), 0);
    text_free(&path);
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    enter(bureau);
    settle(bureau);
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

static void put_in(struct text *rows, const struct shown *shown, const char *zone)
{
    struct seen seen = {.kind = shown->kind,
                        .uid = shown->uid,
                        .region = "",
                        .project = shown->project,
                        .name = shown->uid,
                        .status = "ACTIVE",
                        .zone = zone,
                        .vcpus = shown->vcpus,
                        .ram = shown->ram,
                        .disk = -1,
                        .facts = shown->facts};
    memcpy(seen.raw, shown->uid, strlen(shown->uid) < 8 ? strlen(shown->uid) : 8);
    seen.raw[12] = (uint8_t)(shown->vcpus * 7 + strlen(shown->facts));
    assert_true(seen_put(&seen, rows));
}

static void put(struct text *rows, const struct shown *shown)
{
    put_in(rows, shown, "");
}

static const char *rows_of(const struct shown *shown, size_t count, struct text *rows)
{
    for (size_t i = 0; i < count; i++) {
        put(rows, &shown[i]);
    }
    return text_bytes(rows);
}

/* A whole run that waits to take effect. MISSED: raw digests, "" none. */
static void stage(struct bureau *bureau, const struct shown *shown, size_t count,
                  const char *missed, struct text *run)
{
    struct text rows = {0};
    synced_begin(bureau, run);
    synced_stage(bureau, text_bytes(run), rows_of(shown, count, &rows), missed, NULL);
    text_free(&rows);
}

/* One in force, and what the desk makes of it. USE: a sheet; NULL none. */
static void sync_use(struct bureau *bureau, const struct shown *shown, size_t count,
                     const char *missed, const char *use)
{
    struct text rows = {0};
    synced_whole(bureau, rows_of(shown, count, &rows), missed, use);
    text_free(&rows);
}

static void sync(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed)
{
    sync_use(bureau, shown, count, missed, NULL);
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

static void test_of_tags(void **state)
{
    struct bureau *bureau = *state;
    struct text rows = {0};
    const struct shown inside = {"server", "s1", "vp", 4, 8192, "meta.xc=true\n"},
                       outside = {"server", "s2", "vp", 4, 8192, "meta.xc=false\n"};
    put(&rows, &project);
    put_in(&rows, &inside, "互联网");
    put_in(&rows, &outside, "政务外网");
    synced_whole(bureau, text_bytes(&rows), "", NULL);
    assert_drifts(bureau, "vp:misplaced vp:not_domestic ");
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "shown"), "s2 (s2)");
    text_free(&rows);
}

/* COLUMNS of TABLE of the last reply, a blank between, a line a row; what is not known is "-". */
static void assert_rows(struct bureau *bureau, const char *name, const char *const columns[],
                        const char *expected)
{
    struct text seen = {0};
    const struct table *table = parcel_find(&bureau->reply, name);
    assert_non_null(table);
    for (size_t i = 0; i < table_rows(table); i++) {
        for (size_t c = 0; columns[c]; c++) {
            const char *cell = table_cell(table, i, columns[c]);
            text_addf(&seen, "%s%s", c ? " " : "", cell ? cell : "-");
        }
        text_add(&seen, "\n");
    }
    assert_string_equal(text_bytes(&seen), expected);
    text_free(&seen);
}

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
    sync(bureau, agreed, 3, "");
    const struct shown next[] = {{"server", "s2", "vp", 8, 8192, "note=x\n"},
                                 {"project", "p9", "nobody", -1, -1, ""},
                                 {"server", "s9", "p9", 4, 4096, ""}};
    stage(bureau, next, 3, "", &run);
    bureau_must(bureau, "differences", "vendor", "cloud-a", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "run"), text_bytes(&run));
    assert_string_equal(parcel_get(&bureau->reply, "staged"), "yes");
    assert_int_equal(parcel_int(&bureau->reply, "made", -1), 2);
    assert_rows(bureau, "differences", columns,
                "new project p9 - - unmapped -\n"
                "changed server s2 视频平台 vcpus 4 → 8\nnote · → x drifts 处理器 8 → 12\n"
                "new server s9 - - unmapped -\n");
    assert_drifts(bureau, "");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "limit", "2", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "next"), "server s2");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "after", "server s2", AS_CLERK, NULL);
    assert_rows(bureau, "differences", columns, "new server s9 - - unmapped -\n");
    assert_null(parcel_get(&bureau->reply, "next"));
    assert_string_equal(parcel_get(&bureau->reply, "prev"), "server s9");
    bureau_must(bureau, "differences", "vendor", "cloud-a", "last", "yes", "limit", "1", AS_CLERK,
                NULL);
    assert_rows(bureau, "differences", columns, "new server s9 - - unmapped -\n");
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
    assert_rows(bureau, "differences", columns, "new server s9 - - unmapped -\n");
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
    sync(bureau, more, 3, "");
    const struct shown less[] = {{"server", "s1", "vp", 6, 8192, ""},
                                 {"server", "s3", "vp", 1, 512, ""}};
    stage(bureau, less, 2, "", &run);
    bureau_must(bureau, "differences", "vendor", "cloud-a", AS_CLERK, NULL);
    assert_rows(bureau, "differences", columns, "changed s1 agrees\nnew s3 drifts\n");
    text_free(&run);
}

static void test_history_of_a_resource(void **state)
{
    static const char *const columns[] = {"what", "run", "changes", NULL};
    static const char *const measures[] = {"measure", "given", "seen", NULL};
    struct bureau *bureau = *state;
    sync(bureau, agreed, 3, "");
    const struct shown larger_one[] = {{"server", "s2", "vp", 8, 8192, ""}};
    sync(bureau, larger_one, 1, "");
    bureau_must(bureau, "sync", "vendor", "cloud-a", "full", "yes", AS_CLERK, NULL);
    bureau_must(bureau, "sync_rows", "run", "3", "missed", "7331000000000000000000001c000000",
                AS_CLERK, NULL);
    bureau_must(bureau, "sync_end", "run", "3", "result", "staged", AS_CLERK, NULL);
    bureau_must(bureau, "sync_apply", "run", "3", AS_CLERK, NULL);
    bureau_must(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid", "s2", AS_CLERK,
                NULL);
    assert_string_equal(parcel_get(&bureau->reply, "system"), "视频平台");
    assert_string_equal(parcel_get(&bureau->reply, "state"), "here");
    assert_rows(bureau, "changes", columns,
                "changed 2 vcpus 4 → 8\n"
                "seen 1 vcpus · → 4\nram · → 8192\nstatus · → ACTIVE\nname · → s2\n"
                "project · → vp\n");
    assert_rows(bureau, "measures", measures, "cpu 8 8\nmemory 16 8\ndisk 0 0\n");
    bureau_must(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid", "s2", "run", "1",
                AS_CLERK, NULL);
    assert_rows(bureau, "measures", measures, "cpu 8 8\nmemory 16 16\ndisk 0 0\n");
    bureau_must(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid", "s2", NULL);
    assert_int_equal(bureau_ask(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid",
                                "s4", AS_CLERK, NULL),
                     -1);
    assert_int_equal(bureau->error.code, ERROR_NOT_FOUND);
}

static void test_holdings_of_a_system(void **state)
{
    static const char *const columns[] = {"vendor", "uid", "vcpus", "project", NULL};
    static const char *const measures[] = {"measure", "given", "seen", NULL};
    static const char *const seen[] = {"kind", "shown", NULL};
    struct bureau *bureau = *state;
    bureau_must(bureau, "holdings", "system", "vp", AS_CLERK, NULL);
    assert_null(parcel_get(&bureau->reply, "at"));
    sync(bureau, larger, 3, "");
    bureau_must(bureau, "holdings", "system", "vp", AS_CLERK, NULL);
    assert_rows(bureau, "holdings", columns, "cloud-a s1 4 vp\ncloud-a s2 8 vp\n");
    assert_rows(bureau, "measures", measures, "cpu 8 12\nmemory 16 16\ndisk 0 0\n");
    assert_rows(bureau, "drifts", seen, "larger 处理器 8 → 12\n");
    assert_string_equal(parcel_get(&bureau->reply, "at"), "2026-01-06 00:00");
    assert_string_equal(parcel_get(&bureau->reply, "stale"), "no");
    bureau_must(bureau, "holdings", "system", "vp", "as", "zhao", "now", "2026-01-08", NULL);
    assert_string_equal(parcel_get(&bureau->reply, "stale"), "yes");
    bureau_must(bureau, "holdings", "system", "vp", NULL); /* a unit sees its own */
}

/* What comes in while a round of judging is under way is judged from the first system on. */
static void test_brought_in_within_a_round(void **state)
{
    struct bureau *bureau = *state;
    struct text code = {0}, run = {0};
    for (int i = 0; i < 80; i++) { /* more than a slice */
        text_clear(&code);
        text_addf(&code, "s%d", i);
        bureau_must(bureau, "put", "kind", "system", "code", text_bytes(&code), "name",
                    text_bytes(&code), "parent", "ga", "fact.online", "yes", AS_CLERK, NULL);
    }
    sync(bureau, agreed, 3, "");
    assert_drifts(bureau, "");
    stage(bureau, agreed, 3, "", &run);
    bureau_must(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL);
    bureau_must(bureau, "tick", "step", "yes", "as", "", "now", "2026-01-06", NULL);
    assert_true(parcel_yes(&bureau->reply, "rest"));
    sync(bureau, larger, 3, "");
    assert_drifts(bureau, "vp:larger ");
    text_free(&code);
    text_free(&run);
}

/* Page by page, in the order of their ids; how many there are is told with each. */
static void test_pages_of_projects(void **state)
{
    static const char *const columns[] = {"name", "resources", "vcpus", NULL};
    struct bureau *bureau = *state;
    const struct shown shown[] = {
        {"project", "p1", "x", -1, -1, ""},   {"project", "p2", "x", -1, -1, ""},
        {"project", "p3", "x", -1, -1, ""},   {"project", "vp", "x", -1, -1, ""},
        {"server", "s1", "p3", 4, 4096, ""},  {"server", "s2", "p3", 2, 4096, ""},
        {"server", "s3", "vp", 8, 16384, ""}, {"volume", "v1", "p3", -1, -1, ""}};
    sync(bureau, shown, 8, "");
    bureau_must(bureau, "projects", "limit", "2", AS_CLERK, NULL);
    assert_rows(bureau, "projects", columns, "p1 0 0\np2 0 0\n");
    assert_string_equal(parcel_get(&bureau->reply, "next"), "cloud-a/p2");
    assert_int_equal(parcel_int(&bureau->reply, "projects", -1), 4);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", -1), 3);
    bureau_must(bureau, "projects", "limit", "2", "after", "cloud-a/p2", AS_CLERK, NULL);
    assert_rows(bureau, "projects", columns, "p3 3 6\nvp 1 8\n");
    assert_null(parcel_get(&bureau->reply, "next"));
    bureau_must(bureau, "projects", "unmapped", "yes", "limit", "2", "after", "cloud-a/p1",
                AS_CLERK, NULL);
    assert_rows(bureau, "projects", columns, "p2 0 0\np3 3 6\n");
    assert_null(parcel_get(&bureau->reply, "next")); /* vp is somebody's */
    bureau_must(bureau, "projects", "after", "elsewhere/a", AS_CLERK, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "projects")), 4);
}

static void test_guesses(void **state)
{
    static const char *const columns[] = {"name", "resources", "vcpus", "guess", "ground", NULL};
    struct bureau *bureau = *state;
    const struct shown shown[] = {
        {"project", "old", "x", -1, -1, ""},       {"project", "p2", "x", -1, -1, "org=市公安局\n"},
        {"project", "zz-sppt-9", "x", -1, -1, ""}, {"project", "zz-ga", "x", -1, -1, ""},
        {"project", "q7", "x", -1, -1, ""},        {"server", "s9", "q7", 4, 4096, ""}};
    sync(bureau, shown, 6, "");
    bureau_must(bureau, "projects", "unmapped", "yes", AS_CLERK, NULL);
    assert_rows(bureau, "projects", columns,
                "p2 0 0 ga tenant\nq7 1 4 - -\nzz-ga 0 0 ga code\nzz-sppt-9 0 0 vp sound\n");
}

/* ---- what is used ---- */

static const struct shown alike[] = {{"project", "vp", "vp", -1, -1, ""},
                                     {"server", "s1", "vp", 2, 8192, ""},
                                     {"server", "s2", "vp", 6, 8192, ""}};

#define SHEET_HEAD "month,resource,samples,avg.cpu,p95.cpu,peak.cpu\n"

/* The cell of COLUMN in the last month of `cpu`; "" unknown. */
static const char *last_month(struct bureau *bureau, const char *column)
{
    bureau_must(bureau, "resources", "system", "vp", AS_CLERK, NULL);
    const struct table *months = parcel_find(&bureau->reply, "months");
    const char *cell = table_cell(months, 11, column);
    assert_string_equal(table_cell(months, 11, "month"), "2025-12");
    return cell ? cell : "";
}

static void test_use_of_a_system(void **state)
{
    struct bureau *bureau = *state;
    sync_use(bureau, alike, 3, "",
             SHEET_HEAD
             "2025-12,s1,100,10,20,40\n2025-12,s2,100,30,40,80\n2025-12,s9,100,90,90,90\n");
    assert_string_equal(last_month(bureau, "average"), "25"); /* two cores and six */
    assert_string_equal(last_month(bureau, "p95"), "35");
    assert_string_equal(last_month(bureau, "peak"), "70");
    assert_string_equal(last_month(bureau, "source"), "seen");
    assert_string_not_equal(last_month(bureau, "at"), "");
    assert_non_null(parcel_get(&bureau->reply, "inventory_at"));
    sync_use(bureau, alike, 3, "", SHEET_HEAD "2025-12,s2,100,50,60,80\n"); /* corrected */
    assert_string_equal(last_month(bureau, "average"), "40");
    sync_use(bureau, alike, 3, "", NULL); /* not told again is not taken away */
    assert_string_equal(last_month(bureau, "average"), "40");
}

static void test_reported_beside_seen(void **state)
{
    struct bureau *bureau = *state;
    sync_use(bureau, alike, 3, "", SHEET_HEAD "2025-12,s1,100,10,20,40\n");
    bureau_must(bureau, "use", "csv", "month,system,avg.cpu\n2025-12,vp,55\n", "apply", "yes",
                AS_CLERK, NULL);
    assert_string_equal(last_month(bureau, "average"), "55");
    assert_string_equal(last_month(bureau, "source"), "reported");
    assert_string_equal(last_month(bureau, "reported"), "55");
    assert_string_equal(last_month(bureau, "seen"), "10");
    bureau_must(bureau, "answer", "question", "use_figures", "option", "cloud_first", "ground",
                "会议纪要", "as", "qian", "now", "2026-01-06", NULL);
    assert_string_equal(last_month(bureau, "average"), "10");
    assert_string_equal(last_month(bureau, "source"), "seen");
    assert_string_equal(last_month(bureau, "reported"), "55");
}

/* Open cases of PROCEDURE. */
static int64_t open_of(struct bureau *bureau, const char *procedure)
{
    struct text query = {0};
    text_addf(&query, "procedure:%s", procedure);
    bureau_must(bureau, "list", "query", text_bytes(&query), AS_CLERK, NULL);
    text_free(&query);
    return parcel_int(&bureau->reply, "total", -1);
}

static void test_use_that_opens_a_case(void **state)
{
    struct bureau *bureau = *state;
    struct text sheet = {0};
    text_add(&sheet, "month,resource,samples,avg.cpu,avg.memory\n");
    for (int month = 10; month <= 12; month++) {
        text_addf(&sheet, "2025-%d,s1,100,5,10\n2025-%d,s2,100,%d,10\n", month, month,
                  month == 12 ? 90 : 5);
    }
    sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    assert_int_equal(open_of(bureau, "consult"), 0); /* December was busy */
    sync_use(bureau, alike, 3, "",
             "month,resource,samples,avg.cpu,avg.memory\n2025-12,s2,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1); /* it was not, the vendor says now */
    sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    sync_use(bureau, alike, 3, "",
             "month,resource,samples,avg.cpu,avg.memory\n2025-12,s2,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1);
    text_free(&sheet);
}

/* One server does nothing, the other is busy: of the system as a whole neither shows. */
static void test_use_of_each_resource(void **state)
{
    struct bureau *bureau = *state;
    struct text sheet = {0};
    bureau_adopt(bureau, "[usage.low]", "per     = system", "per     = resource");
    settle(bureau);
    text_add(&sheet, "month,resource,samples,avg.cpu,avg.memory\n");
    for (int month = 10; month <= 12; month++) {
        text_addf(&sheet, "2025-%d,s1,100,%d,10\n2025-%d,s2,100,90,80\n", month,
                  month == 12 ? 50 : 5, month);
    }
    sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    assert_int_equal(open_of(bureau, "consult"), 0);
    sync_use(bureau, alike, 3, "",
             "month,resource,samples,avg.cpu,avg.memory\n2025-12,s1,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1);
    assert_string_equal(last_month(bureau, "source"), "seen"); /* the whole is told as ever */
    text_free(&sheet);
}

/* A vendor's table that tells of the system itself; by a project that is mapped by hand. */
static void test_use_told_of_the_whole(void **state)
{
    struct bureau *bureau = *state;
    sync_use(bureau, alike, 3, "",
             "month,resource,system,samples,avg.cpu\n2025-12,,vp,,33\n2025-12,s1,,100,10\n");
    assert_string_equal(last_month(bureau, "average"), "33");
    const struct shown shown[] = {{"project", "p9", "p9", -1, -1, ""},
                                  {"server", "s9", "p9", 4, 4096, ""}};
    bureau_must(bureau, "put", "kind", "project", "code", "cloud-a/p9", "name", "p9", "fact.system",
                "vp", "fact.ground", "云服务商来函", AS_CLERK, NULL);
    sync_use(bureau, shown, 2, "", "month,system,avg.cpu\n2025-12,p9,43\n");
    assert_string_equal(last_month(bureau, "average"), "38");
}

#define OVER_BOTH(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, make_local, bureau_unmake),                              \
        cmocka_unit_test_setup_teardown(test, make_served, bureau_unmake)
#define LOCALLY(test) cmocka_unit_test_setup_teardown(test, make_local, bureau_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {OVER_BOTH(test_nothing_without_an_inventory),
                                       OVER_BOTH(test_larger_and_back),
                                       OVER_BOTH(test_left_behind_and_unmapped),
                                       OVER_BOTH(test_rule_of_names),
                                       OVER_BOTH(test_of_resources),
                                       LOCALLY(test_of_tags),
                                       OVER_BOTH(test_differences_before_they_count),
                                       LOCALLY(test_differences_that_lead_back),
                                       LOCALLY(test_history_of_a_resource),
                                       LOCALLY(test_holdings_of_a_system),
                                       LOCALLY(test_pages_of_projects),
                                       LOCALLY(test_guesses),
                                       LOCALLY(test_brought_in_within_a_round),
                                       LOCALLY(test_use_of_a_system),
                                       OVER_BOTH(test_reported_beside_seen),
                                       LOCALLY(test_use_that_opens_a_case),
                                       LOCALLY(test_use_of_each_resource),
                                       LOCALLY(test_use_told_of_the_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
