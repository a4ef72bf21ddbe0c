/* test_duties.c: when the desk opens the case of a duty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/desk/counter.h"
#include "data/desk/inside.h"
#include "data/store/db_sqlite.h"
#include "test/support/bureau.h"

static int64_t count(struct bureau *bureau, const char *query, const char *now)
{
    bureau_must(bureau, "list", "query", query, "as", "", "now", now, "limit", "1", NULL);
    return parcel_int(&bureau->reply, "total", -1);
}

/* Desk without anybody said: the owner of the workspace. */
static void open_desk(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
}

#define DUE_IN_FEBRUARY "procedure:report due>=2026-02-01 due<=2026-02-28"
#define DUE_IN_MARCH "procedure:report due>=2026-03-01 due<=2026-03-31"
#define DUE_IN_APRIL "procedure:report due>=2026-04-01 due<=2026-04-30"

/* The vendor's monthly table for a month is due on the fifth of the next: on 10 January the cases
 * of January and of February, which begins within a month, are there; that of March is not. */
static void test_a_month_before_its_period(void **state)
{
    struct bureau bureau;
    (void)state;
    bureau_make(&bureau);
    open_desk(&bureau);
    bureau_must(&bureau, "put", "kind", "org", "code", "cloud", "name", "中原云", "fact.roles",
                "vendor", "fact.level", "city", "since", "2026-01-01", "now", "2026-01-05", NULL);
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    const struct table *opened = parcel_find(&bureau.reply, "opened");
    assert_non_null(opened);
    assert_int_equal(table_rows(opened), parcel_int(&bureau.reply, "made", 0));
    assert_true(count(&bureau, DUE_IN_FEBRUARY, "2026-01-10") > 0);
    assert_true(count(&bureau, DUE_IN_MARCH, "2026-01-10") > 0);
    assert_int_equal(count(&bureau, DUE_IN_APRIL, "2026-01-10"), 0);
    bureau_must(&bureau, "tick", "now", "2026-02-10", NULL);
    assert_true(count(&bureau, DUE_IN_APRIL, "2026-02-10") > 0);
    bureau_free(&bureau);
}

/* Looked at twice, nothing is opened twice; each that was opened says what it comes of. */
static void test_once(void **state)
{
    struct bureau bureau;
    (void)state;
    bureau_make(&bureau);
    open_desk(&bureau);
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    const struct table *opened = parcel_find(&bureau.reply, "opened");
    assert_non_null(opened);
    for (size_t row = 0; row < table_rows(opened); row++) {
        assert_non_null(strchr(table_cell(opened, row, "source"), '/'));
        assert_string_equal(table_cell(opened, row, "org"), "ga");
    }
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    assert_int_equal(parcel_int(&bureau.reply, "made", -1), 0);
    assert_null(parcel_find(&bureau.reply, "opened"));
    bureau_free(&bureau);
}

/* Ticks until nothing is left, in STEPs or not: what the opened cases come of, and how many ticks
 * that took. */
static int catch_up(const char *step, struct text *sources)
{
    struct bureau bureau;
    int ticks = 0;
    bool rest = true;
    bureau_make(&bureau);
    open_desk(&bureau);
    for (int i = 0; i < 60; i++) {
        char code[24];
        snprintf(code, sizeof code, "cloud%d", i);
        bureau_must(&bureau, "put", "kind", "org", "code", code, "name", code, "fact.roles",
                    "vendor", "fact.level", "city", "since", "2026-01-01", "now", "2026-01-05",
                    NULL);
    }
    for (; rest; ticks++) {
        bureau_must(&bureau, "tick", "now", "2026-01-10", "step", step, NULL);
        const struct table *opened = parcel_find(&bureau.reply, "opened");
        for (size_t row = 0; opened && row < table_rows(opened); row++) {
            text_addf(sources, "%s\n", table_cell(opened, row, "source"));
        }
        assert_true(*step != 'y' || parcel_int(&bureau.reply, "made", 0) <= 100);
        rest = parcel_yes(&bureau.reply, "rest");
    }
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    assert_int_equal(parcel_int(&bureau.reply, "made", -1), 0);
    bureau_free(&bureau);
    return ticks;
}

/* Many cases that fall due at once are opened a few at a time, so that nobody waits: in the end
 * there are the same, in the same order, as if they had been opened at one stroke. */
static void test_in_steps(void **state)
{
    struct text whole = {0}, steps = {0};
    (void)state;
    assert_int_equal(catch_up("no", &whole), 1);
    assert_true(catch_up("yes", &steps) > 2);
    assert_string_equal(text_bytes(&whole), text_bytes(&steps));
    text_free(&whole);
    text_free(&steps);
}

/* A notice of days off: the cases it did not move are counted by it with the next tick, once. */
static void test_counted_anew(void **state)
{
    static const char csv[] = "notice,published,covers,date,kind,name\n"
                              "测试通知,2026-01-12,2026,2026-11-05,holiday,停工\n";
    struct bureau bureau;
    (void)state;
    bureau_make(&bureau);
    open_desk(&bureau);
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    assert_true(parcel_int(&bureau.reply, "made", 0) > 0);
    bureau_must(&bureau, "tick", "now", "2026-01-12", NULL);
    bureau_must(&bureau, "tick", "now", "2026-01-12", NULL);
    assert_int_equal(parcel_int(&bureau.reply, "counted", -1), 0);
    bureau_must(&bureau, "notice", "csv", csv, "now", "2026-01-12", NULL);
    bureau_must(&bureau, "tick", "now", "2026-01-12", NULL);
    assert_true(parcel_int(&bureau.reply, "counted", -1) > 0);
    bureau_must(&bureau, "tick", "now", "2026-01-12", NULL);
    assert_int_equal(parcel_int(&bureau.reply, "counted", -1), 0);
    bureau_must(&bureau, "verify", "now", "2026-01-12", NULL);
    bureau_free(&bureau);
}

/* How many of DUTY in a month of 2026 stand as COLUMN says, by the year as it is on NOW. */
static int64_t standing(struct bureau *bureau, const char *duty, int month, const char *column,
                        const char *now)
{
    bureau_must(bureau, "duties", "year", "2026", "now", now, NULL);
    const struct table *duties = parcel_find(&bureau->reply, "duties");
    for (size_t row = 0; row < table_rows(duties); row++) {
        const char *at = table_cell(duties, row, "month");
        if (strcmp(table_cell(duties, row, "duty"), duty) == 0 && strtol(at, NULL, 10) == month) {
            return strtoll(table_cell(duties, row, column), NULL, 10);
        }
    }
    return -1;
}

static void waive(struct bureau *bureau, const char *number, const char *event, const char *now)
{
    bureau_must(bureau, "act", "case", number, "event", event, "reason", "机构改革", "ground",
                "郑数云〔2026〕9号", "entry.reason", "机构改革", "as", "sun", "now", now, NULL);
}

/* A duty that is waived, and one whose card is, are neither done nor late. */
static void test_waived(void **state)
{
    struct bureau bureau;
    char first[64], second[64];
    (void)state;
    bureau_make(&bureau);
    open_desk(&bureau);
    bureau_must(&bureau, "put", "kind", "org", "code", "cloud", "name", "中原云", "fact.roles",
                "vendor", "fact.level", "city", "since", "2026-01-01", "now", "2026-01-05", NULL);
    bureau_must(&bureau, "put", "kind", "org", "code", "sj", "name", "市大数据局", "fact.roles",
                "leader", "fact.level", "city", "now", "2026-01-05", NULL);
    bureau_must(&bureau, "put", "kind", "person", "code", "sun", "name", "孙伟", "parent", "sj",
                "fact.roles", "leader", "since", "2026-01-01", "now", "2026-01-05", NULL);
    bureau_must(&bureau, "tick", "now", "2026-01-10", NULL);
    bureau_must(&bureau, "list", "query", "duty:usage_table/2026-02", "now", "2026-01-10", NULL);
    const struct table *cases = parcel_find(&bureau.reply, "cases");
    assert_int_equal(table_rows(cases), 1);
    snprintf(first, sizeof first, "%s", table_cell(cases, 0, "number"));
    bureau_must(&bureau, "list", "query", "duty:advice/2026-02", "now", "2026-01-10", NULL);
    snprintf(second, sizeof second, "%s",
             table_cell(parcel_find(&bureau.reply, "cases"), 0, "number"));
    assert_int_equal(standing(&bureau, "usage_table", 2, "open", "2026-01-10"), 1);
    waive(&bureau, first, "exempt", "2026-01-12");
    assert_int_equal(standing(&bureau, "usage_table", 2, "waived", "2026-01-12"), 1);
    assert_int_equal(standing(&bureau, "usage_table", 2, "open", "2026-01-12"), 0);
    assert_int_equal(standing(&bureau, "usage_table", 2, "done", "2026-01-12"), 0);
    bureau_must(&bureau, "tick", "now", "2026-02-09", NULL);
    assert_int_equal(standing(&bureau, "advice", 2, "late", "2026-02-09"), 1);
    waive(&bureau, second, "waive", "2026-02-09");
    assert_int_equal(standing(&bureau, "advice", 2, "late", "2026-02-09"), 0);
    assert_int_equal(standing(&bureau, "advice", 2, "waived", "2026-02-09"), 1);
    bureau_must(&bureau, "list", "query", "duty:advice/2026-02", "now", "2026-02-09", NULL);
    assert_string_equal(table_cell(parcel_find(&bureau.reply, "cases"), 0, "closed"), "no");
    bureau_free(&bureau);
}

/* The instructions that the longest of its statements took, which go on while all others wait. */
static int longest(unsigned what, void *self, void *statement, void *nanoseconds)
{
    int64_t *most = self;
    int took = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    (void)what;
    (void)nanoseconds;
    *most = took > *most ? took : *most;
    return 0;
}

/* Steps at NOW, until nothing is left: the longest statement of all of them. */
static int64_t longest_of_day(struct counter *counter, const char *now, int *made)
{
    struct visitor visitor = {.uid = (uint32_t)getuid(), .owner = true};
    struct error error = {0};
    int64_t most = 0;
    bool rest = true;
    assert_true(moment_parse(now, strlen(now), &visitor.now));
    sqlite3_trace_v2(counter->store->db->sqlite, SQLITE_TRACE_PROFILE, longest, &most);
    while (rest) {
        struct parcel request = {0}, reply = {0};
        parcel_put(&request, "verb", "tick");
        parcel_put(&request, "step", "yes");
        assert_int_equal(counter_answer(counter, &visitor, &request, &reply, &error), 0);
        *made += (int)parcel_int(&reply, "made", 0);
        rest = parcel_yes(&reply, "rest");
        parcel_free(&request);
        parcel_free(&reply);
    }
    sqlite3_trace_v2(counter->store->db->sqlite, 0, NULL, NULL);
    return most;
}

/* A great many that moved within the year: nothing that is asked where a day begins goes through
 * all of them at one stroke, neither for duties nor, where a quarter and a year begin, for what is
 * appraised. */
static void test_a_great_store(void **state)
{
    static const char many[] =
        "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 10000)"
        " INSERT INTO casefile (id, procedure, title, title_py, org_id, county_id, vendor_id,"
        " owner_id, system_id, policy_id, state, with_role, closed, opened_on, changed_at, rev,"
        " head, sort_at, cal_rev, fold_rev) SELECT (1 << 39) + i, 'access', 't', 't', t.id, 0, 0, 0,"
        " 0, 1, 'closed', '', 1, $1, $1 * 86400 + i, 1, x'00', 0, 1, 1 FROM k JOIN thing AS t"
        " ON t.code = 'ga'";
    struct bureau bureau;
    struct counter *counter = NULL;
    sqlite3_stmt *statement = NULL;
    int32_t day;
    int made = 0;
    (void)state;
    bureau_make(&bureau);
    assert_int_equal(counter_open(text_bytes(&bureau.directory), &counter, &bureau.error), 0);
    assert_true(day_parse("2026-02-01", 10, &day));
    sqlite3 *sqlite = counter->store->db->sqlite;
    assert_int_equal(sqlite3_prepare_v2(sqlite, many, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_int(statement, 1, day);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    assert_in_range(longest_of_day(counter, "2026-02-10 09:00", &made), 1, 30000);
    assert_true(made > 0);
    made = 0;
    assert_in_range(longest_of_day(counter, "2027-01-01 09:00", &made), 1, 30000);
    assert_true(made > 0);
    counter_close(counter);
    bureau_free(&bureau);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_month_before_its_period),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_in_steps),
        cmocka_unit_test(test_counted_anew),
        cmocka_unit_test(test_waived),
        cmocka_unit_test(test_a_great_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
