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
#include "test/support/shown.h"

BUREAU_OVER_BOTH(shown_make)

/* ---- what a vendor shows ---- */

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
    shown_sync(bureau, larger, 3, "");
    assert_drifts(bureau, "vp:larger ");
    text_add(&number, table_cell(parcel_find(&bureau->reply, "drifts"), 0, "case"));
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "shown"),
                        "处理器 8 → 12");
    assert_state(bureau, text_bytes(&number), "found");
    shown_sync(bureau, larger, 3, ""); /* seen again: no second case */
    assert_drifts(bureau, "vp:larger ");
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "case"),
                        text_bytes(&number));
    const struct shown right[] = {{"server", "s2", "vp", 4, 8192, ""}};
    shown_sync(bureau, right, 1, "");
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
    shown_sync(bureau, shown, 4, "");
    assert_drifts(bureau, "");
    bureau_must(bureau, "projects", "unmapped", "yes", AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", 0), 1);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "projects"), 0, "project"),
                        "cloud-a/p9");
    bureau_must(bureau, "put", "kind", "project", "code", "cloud-a/p9", "name", "p9", "fact.system",
                "old", "fact.ground", "云服务商来函", AS_CLERK, NULL);
    shown_sync(bureau, shown, 4, "");
    assert_drifts(bureau, "old:remains ");
    bureau_must(bureau, "projects", AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", 9), 0);
}

static void test_rule_of_names(void **state)
{
    struct bureau *bureau = *state;
    const struct shown shown[] = {{"project", "prj-old-1", "x", -1, -1, ""}};
    shown_sync(bureau, shown, 1, "");
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
    shown_sync(bureau, shown, 3, "");
    assert_drifts(bureau, "vp:not_domestic vp:unencrypted ");
    const struct shown elsewhere[] = {
        {"server", "s1", "vp", 4, 8192, "encrypted=yes\nmeta.network=government_network\n"}};
    shown_sync(bureau, elsewhere, 1, "");
    assert_drifts(bureau, "vp:misplaced vp:not_domestic ");
}

static void test_of_tags(void **state)
{
    struct bureau *bureau = *state;
    struct text rows = {0};
    const struct shown inside = {"server", "s1", "vp", 4, 8192, "meta.xc=true\n"},
                       outside = {"server", "s2", "vp", 4, 8192, "meta.xc=false\n"};
    shown_put(&rows, &project);
    shown_put_in(&rows, &inside, "互联网");
    shown_put_in(&rows, &outside, "政务外网");
    synced_whole(bureau, text_bytes(&rows), "", NULL);
    assert_drifts(bureau, "vp:misplaced vp:not_domestic ");
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "drifts"), 0, "shown"), "s2 (s2)");
    text_free(&rows);
}

static const struct shown agreed[] = {{"project", "vp", "vp", -1, -1, ""},
                                      {"server", "s1", "vp", 4, 8192, ""},
                                      {"server", "s2", "vp", 4, 8192, ""}};

static void test_history_of_a_resource(void **state)
{
    static const char *const columns[] = {"what", "run", "changes", NULL};
    static const char *const measures[] = {"measure", "given", "seen", NULL};
    struct bureau *bureau = *state;
    shown_sync(bureau, agreed, 3, "");
    const struct shown larger_one[] = {{"server", "s2", "vp", 8, 8192, ""}};
    shown_sync(bureau, larger_one, 1, "");
    bureau_must(bureau, "sync", "vendor", "cloud-a", "full", "yes", AS_CLERK, NULL);
    bureau_must(bureau, "sync_rows", "run", "3", "missed", "7331000000000000000000001c000000",
                AS_CLERK, NULL);
    bureau_must(bureau, "sync_end", "run", "3", "result", "staged", AS_CLERK, NULL);
    bureau_must(bureau, "sync_apply", "run", "3", AS_CLERK, NULL);
    bureau_must(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid", "s2", AS_CLERK,
                NULL);
    assert_string_equal(parcel_get(&bureau->reply, "system"), "视频平台");
    assert_string_equal(parcel_get(&bureau->reply, "state"), "here");
    shown_assert(bureau, "changes", columns,
                 "changed 2 vcpus 4 → 8\n"
                 "seen 1 vcpus · → 4\nram · → 8192\nstatus · → ACTIVE\nname · → s2\n"
                 "project · → vp\n");
    shown_assert(bureau, "measures", measures, "cpu 8 8\nmemory 16 8\ndisk 0 0\n");
    bureau_must(bureau, "resource", "vendor", "cloud-a", "kind", "server", "uid", "s2", "run", "1",
                AS_CLERK, NULL);
    shown_assert(bureau, "measures", measures, "cpu 8 8\nmemory 16 16\ndisk 0 0\n");
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
    shown_sync(bureau, larger, 3, "");
    bureau_must(bureau, "holdings", "system", "vp", AS_CLERK, NULL);
    shown_assert(bureau, "holdings", columns, "cloud-a s1 4 vp\ncloud-a s2 8 vp\n");
    shown_assert(bureau, "measures", measures, "cpu 8 12\nmemory 16 16\ndisk 0 0\n");
    shown_assert(bureau, "drifts", seen, "larger 处理器 8 → 12\n");
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
    shown_sync(bureau, agreed, 3, "");
    assert_drifts(bureau, "");
    shown_stage(bureau, agreed, 3, "", &run);
    bureau_must(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL);
    bureau_must(bureau, "tick", "step", "yes", "as", "", "now", "2026-01-06", NULL);
    assert_true(parcel_yes(&bureau->reply, "rest"));
    shown_sync(bureau, larger, 3, "");
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
    shown_sync(bureau, shown, 8, "");
    bureau_must(bureau, "projects", "limit", "2", AS_CLERK, NULL);
    shown_assert(bureau, "projects", columns, "p1 0 0\np2 0 0\n");
    assert_string_equal(parcel_get(&bureau->reply, "next"), "cloud-a/p2");
    assert_int_equal(parcel_int(&bureau->reply, "projects", -1), 4);
    assert_int_equal(parcel_int(&bureau->reply, "unmapped", -1), 3);
    bureau_must(bureau, "projects", "limit", "2", "after", "cloud-a/p2", AS_CLERK, NULL);
    shown_assert(bureau, "projects", columns, "p3 3 6\nvp 1 8\n");
    assert_null(parcel_get(&bureau->reply, "next"));
    bureau_must(bureau, "projects", "unmapped", "yes", "limit", "2", "after", "cloud-a/p1",
                AS_CLERK, NULL);
    shown_assert(bureau, "projects", columns, "p2 0 0\np3 3 6\n");
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
    shown_sync(bureau, shown, 6, "");
    bureau_must(bureau, "projects", "unmapped", "yes", AS_CLERK, NULL);
    shown_assert(bureau, "projects", columns,
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
    shown_sync_use(bureau, alike, 3, "",
                   SHEET_HEAD
                   "2025-12,s1,100,10,20,40\n2025-12,s2,100,30,40,80\n2025-12,s9,100,90,90,90\n");
    assert_string_equal(last_month(bureau, "average"), "25"); /* two cores and six */
    assert_string_equal(last_month(bureau, "p95"), "35");
    assert_string_equal(last_month(bureau, "peak"), "70");
    assert_string_equal(last_month(bureau, "source"), "seen");
    assert_string_not_equal(last_month(bureau, "at"), "");
    assert_non_null(parcel_get(&bureau->reply, "inventory_at"));
    shown_sync_use(bureau, alike, 3, "", SHEET_HEAD "2025-12,s2,100,50,60,80\n"); /* corrected */
    assert_string_equal(last_month(bureau, "average"), "40");
    shown_sync_use(bureau, alike, 3, "", NULL); /* not told again is not taken away */
    assert_string_equal(last_month(bureau, "average"), "40");
}

static void test_reported_beside_seen(void **state)
{
    struct bureau *bureau = *state;
    shown_sync_use(bureau, alike, 3, "", SHEET_HEAD "2025-12,s1,100,10,20,40\n");
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
    shown_sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    assert_int_equal(open_of(bureau, "consult"), 0); /* December was busy */
    shown_sync_use(bureau, alike, 3, "",
                   "month,resource,samples,avg.cpu,avg.memory\n2025-12,s2,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1); /* it was not, the vendor says now */
    shown_sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    shown_sync_use(bureau, alike, 3, "",
                   "month,resource,samples,avg.cpu,avg.memory\n2025-12,s2,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1);
    text_free(&sheet);
}

/* Rules on use are asked a step at a time, and none of the systems is asked twice or passed over;
 * what is corrected in the middle of it is asked again. */
static void test_rules_on_use_step_by_step(void **state)
{
    enum { SYSTEMS = 60 };
    struct bureau *bureau = *state;
    struct text systems = {0}, sheet = {0};
    text_add(&systems, "code,name,parent,online\n");
    text_add(&sheet, "month,system,avg.cpu,avg.memory\n");
    for (int i = 0; i < SYSTEMS; i++) {
        text_addf(&systems, "y%02d,系统%02d,ga,yes\n", i, i);
        for (int month = 10; month <= 12; month++) {
            text_addf(&sheet, "2025-%d,y%02d,%d,%d\n", month, i, i % 2 ? 5 : 50, i % 2 ? 5 : 50);
        }
    }
    bureau_must(bureau, "import", "kind", "systems", "csv", text_bytes(&systems), "apply", "yes",
                AS_CLERK, NULL);
    bureau_must(bureau, "use", "csv", text_bytes(&sheet), "apply", "yes", AS_CLERK, NULL);
    bureau_must(bureau, "tick", "step", "yes", "as", "", "now", "2026-01-06", NULL);
    bureau_must(bureau, "use", "csv", "month,system,avg.cpu,avg.memory\n2025-12,y01,50,50\n",
                "apply", "yes", AS_CLERK, NULL);
    do {
        bureau_must(bureau, "tick", "step", "yes", "as", "", "now", "2026-01-06", NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
    int64_t open = open_of(bureau, "consult");
    assert_true(open == SYSTEMS / 2 || open == SYSTEMS / 2 - 1); /* y01 was asked before, or not */
    bureau_must(bureau, "tick", "as", "", "now", "2026-01-06", NULL);
    assert_int_equal(open_of(bureau, "consult"), open);
    text_free(&systems);
    text_free(&sheet);
}

/* One server does nothing, the other is busy: of the system as a whole neither shows. */
static void test_use_of_each_resource(void **state)
{
    struct bureau *bureau = *state;
    struct text sheet = {0};
    bureau_adopt(bureau, "[usage.low]", "per     = system", "per     = resource");
    shown_settle(bureau);
    text_add(&sheet, "month,resource,samples,avg.cpu,avg.memory\n");
    for (int month = 10; month <= 12; month++) {
        text_addf(&sheet, "2025-%d,s1,100,%d,10\n2025-%d,s2,100,90,80\n", month,
                  month == 12 ? 50 : 5, month);
    }
    shown_sync_use(bureau, alike, 3, "", text_bytes(&sheet));
    assert_int_equal(open_of(bureau, "consult"), 0);
    shown_sync_use(bureau, alike, 3, "",
                   "month,resource,samples,avg.cpu,avg.memory\n2025-12,s1,100,5,10\n");
    assert_int_equal(open_of(bureau, "consult"), 1);
    assert_string_equal(last_month(bureau, "source"), "seen"); /* the whole is told as ever */
    text_free(&sheet);
}

/* A vendor's table that tells of the system itself; by a project that is mapped by hand. */
static void test_use_told_of_the_whole(void **state)
{
    struct bureau *bureau = *state;
    shown_sync_use(bureau, alike, 3, "",
                   "month,resource,system,samples,avg.cpu\n2025-12,,vp,,33\n2025-12,s1,,100,10\n");
    assert_string_equal(last_month(bureau, "average"), "33");
    const struct shown shown[] = {{"project", "p9", "p9", -1, -1, ""},
                                  {"server", "s9", "p9", 4, 4096, ""}};
    bureau_must(bureau, "put", "kind", "project", "code", "cloud-a/p9", "name", "p9", "fact.system",
                "vp", "fact.ground", "云服务商来函", AS_CLERK, NULL);
    shown_sync_use(bureau, shown, 2, "", "month,system,avg.cpu\n2025-12,p9,43\n");
    assert_string_equal(last_month(bureau, "average"), "38");
}

/* Whose a project is follows what is put on record of systems, projects and rules. */
static void test_projects_follow_the_registers(void **state)
{
    static const char *const columns[] = {"project", "code", "by", "rule", "org", NULL};
    struct bureau *bureau = *state;
    const struct shown all[] = {{"project", "k1", "k1", -1, -1, ""},
                                {"project", "vp", "vp", -1, -1, ""}};
    const struct {
        const char *kind, *code, *name, *pair, *value, *then;
    } steps[] = {{"system", "sys-k", "新系统", "parent", "ga", "sys-k rule r1 市公安局"},
                 {"system", "sys-k", "改名", "parent", "sj", "sys-k rule r1 市大数据局"},
                 {"system", "k1", "同名", "parent", "ga", "k1 code - 市公安局"},
                 {"project", "cloud-a/k1", "k1", "fact.system", "sys-k", "sys-k hand - 市大数据局"},
                 {"project", "cloud-a/k1", "k1", "fact.system", "", "k1 code - 市公安局"},
                 {"system", "k2", "又一", "parent", "ga", "k1 code - 市公安局"}};
    shown_sync(bureau, all, 2, "");
    bureau_must(bureau, "put", "kind", "naming", "code", "r1", "name", "命名", "fact.pattern",
                "^(k)1$", "fact.system", "sys-\\1", AS_CLERK, NULL);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct text expected = {0};
        bureau_must(bureau, "put", "kind", steps[i].kind, "code", steps[i].code, "name",
                    steps[i].name, steps[i].pair, steps[i].value, AS_CLERK, NULL);
        bureau_must(bureau, "projects", AS_CLERK, NULL);
        text_addf(&expected, "cloud-a/k1 %s\ncloud-a/vp vp code - 市公安局\n", steps[i].then);
        shown_assert(bureau, "projects", columns, text_bytes(&expected));
        text_free(&expected);
    }
}

/* How often the case has put on record what stands around it. */
static int readings(struct bureau *bureau, const char *number)
{
    int count = 0;
    bureau_must(bureau, "acts", "case", number, AS_CLERK, NULL);
    const struct table *table = parcel_find(&bureau->reply, "acts");
    for (size_t i = 0; i < table_rows(table); i++) {
        count += strcmp(table_cell(table, i, "event"), "surround") == 0;
    }
    return count;
}

static void tick_through(struct bureau *bureau)
{
    do {
        bureau_must(bureau, "tick", "step", "yes", "as", "", "now", "2026-01-06", NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
}

/* A case in which the desk waits reads figures that came, but not while the table is taken in: it
 * may have ten thousand of them, and everybody else waits. */
static void test_figures_are_read_afterwards(void **state)
{
    static const char sheet[] = "month,system,avg.cpu\n2025-12,vp,50\n";
    struct bureau *bureau = *state;
    struct text number = {0};
    shown_sync(bureau, larger, 3, "");
    drifts(bureau);
    text_add(&number, table_cell(parcel_find(&bureau->reply, "drifts"), 0, "case"));
    int before = readings(bureau, text_bytes(&number));
    bureau_must(bureau, "use", "csv", sheet, "apply", "yes", AS_CLERK, NULL);
    if (strcmp(desk_transport(bureau->desk), "socket") != 0) { /* a server goes on by itself */
        assert_int_equal(readings(bureau, text_bytes(&number)), before);
        bureau_must(bureau, "verify", AS_CLERK, NULL);
        assert_int_equal(table_rows(parcel_find(&bureau->reply, "wrong")), 0);
    }
    tick_through(bureau);
    assert_int_equal(readings(bureau, text_bytes(&number)), before + 1);
    assert_state(bureau, text_bytes(&number), "found");
    bureau_must(bureau, "use", "csv", sheet, "apply", "yes", AS_CLERK, NULL); /* says the same */
    tick_through(bureau);
    assert_int_equal(readings(bureau, text_bytes(&number)), before + 1);
    text_free(&number);
}

/* What was meant is looked for a few times alone, and what is told fits into an answer: a whole
 * table of wrong names is told at once. */
static void test_names_of_a_table_that_are_wrong(void **state)
{
    enum { ROWS = 9000, GUESSED = 5, TOLD = 1000 };
    struct bureau *bureau = *state;
    struct text sheet = {0};
    text_add(&sheet, "month,system,avg.cpu\n");
    for (int i = 0; i < ROWS; i++) {
        text_add(&sheet, "2025-12,视频平合,50\n");
    }
    bureau_must(bureau, "use", "csv", text_bytes(&sheet), AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "bad", 0), ROWS);
    const struct table *problems = parcel_find(&bureau->reply, "problems");
    assert_int_equal(table_rows(problems), TOLD);
    for (size_t i = 0; i < TOLD; i++) {
        const char *right = table_cell(problems, i, "right");
        assert_int_equal(strstr(right, "视频平台") != NULL, i < GUESSED);
    }
    text_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {OVER_BOTH(test_nothing_without_an_inventory),
                                       OVER_BOTH(test_larger_and_back),
                                       OVER_BOTH(test_left_behind_and_unmapped),
                                       OVER_BOTH(test_rule_of_names),
                                       OVER_BOTH(test_of_resources),
                                       LOCALLY(test_of_tags),
                                       LOCALLY(test_history_of_a_resource),
                                       LOCALLY(test_holdings_of_a_system),
                                       LOCALLY(test_pages_of_projects),
                                       LOCALLY(test_guesses),
                                       OVER_BOTH(test_projects_follow_the_registers),
                                       LOCALLY(test_brought_in_within_a_round),
                                       LOCALLY(test_use_of_a_system),
                                       OVER_BOTH(test_figures_are_read_afterwards),
                                       OVER_BOTH(test_names_of_a_table_that_are_wrong),
                                       OVER_BOTH(test_reported_beside_seen),
                                       LOCALLY(test_use_that_opens_a_case),
                                       LOCALLY(test_rules_on_use_step_by_step),
                                       LOCALLY(test_use_of_each_resource),
                                       LOCALLY(test_use_told_of_the_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
