/* test_upgrade.c: a store of an older version becomes one of today; a copy of the old one stays. */
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/arena.h"
#include "data/store/lists.h"
#include "data/store/store.h"
#include "data/store/use.h"
#include "test/support/bureau.h"

static int make(void **state)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    *state = bureau;
    return 0;
}

static int unmake(void **state)
{
    bureau_free(*state);
    free(*state);
    return 0;
}

static void run_sql(const struct bureau *bureau, const char *sql)
{
    struct text path = {0};
    sqlite3 *sqlite = NULL;
    text_addf(&path, "%s/desk.db", text_bytes(&bureau->directory));
    assert_int_equal(sqlite3_open(text_bytes(&path), &sqlite), SQLITE_OK);
    if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s", sqlite3_errmsg(sqlite));
    }
    sqlite3_close(sqlite);
    text_free(&path);
}

/* What version 13 changed. */
#define DROP_TO_12                                                                                 \
    "DROP INDEX resource_project;"                                                                 \
    "CREATE INDEX resource_project ON resource (vendor_id, project, kind);"
/* What version 12 changed: it counts by cards too. */
#define DROP_TO_11                                                                                 \
    DROP_TO_12                                                                                     \
    "DROP INDEX clock_marked;"                                                                     \
    "CREATE INDEX clock_marked ON clock (case_id) WHERE waived + explained > 0;"                   \
    "DROP TABLE tally;"                                                                            \
    "CREATE TABLE tally (day INTEGER NOT NULL, procedure TEXT NOT NULL, state TEXT NOT NULL,"      \
    " org_id INTEGER NOT NULL, county_id INTEGER NOT NULL, owner_id INTEGER NOT NULL,"             \
    " n INTEGER NOT NULL, PRIMARY KEY (day, procedure, state, org_id, county_id, owner_id))"       \
    " STRICT, WITHOUT ROWID;"                                                                      \
    "INSERT INTO tally SELECT CASE WHEN sort_at > 4611686018427387904 THEN 2147483647"             \
    " WHEN sort_at = 4611686018427387904 THEN 2147483646 ELSE (sort_at - 1) / 86400 END,"          \
    " procedure, state, org_id, county_id, owner_id, COUNT(*) FROM casefile WHERE closed = 0"      \
    " GROUP BY 1, 2, 3, 4, 5, 6;"
/* What version 11 changed. */
#define DROP_TO_10                                                                                 \
    DROP_TO_11                                                                                     \
    "DROP INDEX resource_raw;"                                                                     \
    "CREATE INDEX resource_raw ON resource (vendor_id, raw) WHERE to_run IS NULL;"
/* What version 10 brought. */
#define DROP_TO_9 DROP_TO_10 "DROP INDEX casefile_owner; DROP INDEX casefile_county;"
/* What version 9 brought, and what it changed. */
#define DROP_TO_8                                                                                  \
    DROP_TO_9                                                                                      \
    "DROP TABLE metered;"                                                                          \
    "DROP TABLE usage;"                                                                            \
    "CREATE TABLE usage (month INTEGER NOT NULL, system_id INTEGER NOT NULL,"                      \
    " resource TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (month, system_id, resource))"      \
    " STRICT, WITHOUT ROWID;"
/* What versions 8 and 7 brought. */
#define DROP_TO_6                                                                                  \
    DROP_TO_8 "DROP TABLE drift;"                                                                  \
              "DROP INDEX clock_marked;"                                                           \
              "ALTER TABLE clock DROP COLUMN explained;"                                           \
              "ALTER TABLE clock DROP COLUMN waived;"
/* What version 6 brought, and what it took away. */
#define DROP_TO_5                                                                                  \
    DROP_TO_6                                                                                      \
    "ALTER TABLE casefile DROP COLUMN reserved;"                                                   \
    "DELETE FROM mark WHERE name LIKE 'reserved.%';"                                               \
    "CREATE TABLE reserve (case_id INTEGER NOT NULL, measure TEXT NOT NULL, n INTEGER NOT NULL,"   \
    " PRIMARY KEY (case_id, measure)) STRICT, WITHOUT ROWID;"                                      \
    "CREATE INDEX reserve_measure ON reserve (measure, n);"

/* What versions 5, 4 and 3 brought. */
#define DROP_TO_2                                                                                  \
    DROP_TO_5 "DROP INDEX thing_kind;"                                                             \
              "DROP TABLE vendor;"                                                                 \
              "DROP TABLE run;"                                                                    \
              "DROP TABLE resource;"                                                               \
              "DROP INDEX clock_queue;"                                                            \
              "ALTER TABLE clock DROP COLUMN sort_at;"                                             \
              "ALTER TABLE clock DROP COLUMN blue_on;"                                             \
              "ALTER TABLE clock DROP COLUMN left_wd;"                                             \
              "ALTER TABLE clock DROP COLUMN provisional;"

/* In version 1 the queue asked the clocks by which clock a case stands, and counted what is open.
 */
static void from_1(void **state)
{
    struct bureau *bureau = *state;
    struct text copy = {0};
    bureau_open(bureau, false);
    for (int i = 0; i < 3; i++) {
        bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                    i == 0   ? "视频平台"
                    : i == 1 ? "门户网站"
                             : "证照库",
                    "now", "2026-02-02", NULL);
    }
    desk_close(bureau->desk);
    bureau->desk = NULL;
    run_sql(bureau,
            "ALTER TABLE casefile DROP COLUMN clock;"
            "ALTER TABLE casefile DROP COLUMN since_at;"
            "DELETE FROM mark WHERE name = 'open';"
            "UPDATE casefile SET due_at = 1770480000, sort_at = 1770480000"
            " WHERE title = '门户网站';"
            "INSERT INTO clock (case_id, clock, round, state, started_at, due_at)"
            " SELECT id, 'accept', 1, 2, 1769990400, 1770480000 FROM casefile"
            " WHERE title = '门户网站';"
            "INSERT INTO clock (case_id, clock, round, state, started_at)"
            " SELECT id, 'review', 1, 3, 1769990400 FROM casefile WHERE title = '证照库';" DROP_TO_2
            "PRAGMA user_version = 1");
    bureau_open(bureau, false);
    bureau_must(bureau, "list", "now", "2026-02-03", NULL);
    const struct table *table = parcel_find(&bureau->reply, "cases");
    assert_int_equal(parcel_int(&bureau->reply, "total", -1), 3);
    assert_string_equal(table_cell(table, 0, "title"), "门户网站");
    assert_string_equal(table_cell(table, 0, "clock"), "accept");
    assert_string_equal(table_cell(table, 0, "since"), "2026-02-02 00:00");
    assert_null(table_cell(table, 1, "clock"));
    assert_string_equal(table_cell(table, 2, "clock"), "review");
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                "一网通办", "now", "2026-02-03", NULL);
    bureau_must(bureau, "list", "now", "2026-02-03", NULL);
    assert_int_equal(parcel_int(&bureau->reply, "total", -1), 4);
    text_addf(&copy, "%s/desk.db.1", text_bytes(&bureau->directory));
    assert_int_equal(access(text_bytes(&copy), F_OK), 0);
    text_free(&copy);
}

/* What there is in the store, by name. */
static void take_names(const struct bureau *bureau, struct text *out)
{
    struct text path = {0};
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *row = NULL;
    text_addf(&path, "%s/desk.db", text_bytes(&bureau->directory));
    assert_int_equal(sqlite3_open(text_bytes(&path), &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite,
                                        "SELECT type || ' ' || name FROM sqlite_master"
                                        " WHERE name NOT LIKE 'sqlite_%' ORDER BY 1",
                                        -1, &row, NULL),
                     SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        text_addf(out, "%s\n", (const char *)sqlite3_column_text(row, 0));
    }
    sqlite3_finalize(row);
    sqlite3_close(sqlite);
    text_free(&path);
}

/* A policy on record has an event whose name has been taken for the desk since: the bureau works
 * on, though nobody may adopt such a one today. */
static void names_of_before(void **state)
{
    struct bureau *bureau = *state;
    run_sql(bureau, "UPDATE policy SET text = replace(text, 'reply      = ', 'explain    = ')");
    bureau_open(bureau, false);
    bureau_must(bureau, "open", "procedure", "boost", "role", "unit", "now", "2026-02-02", NULL);
    bureau_must(bureau, "policies", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

/* In version 2 clocks were not listed by themselves: those that run then stand in the list at once,
 * and have all their cells after the next tick. */
static void from_2(void **state)
{
    struct bureau *bureau = *state;
    struct text made = {0}, upgraded = {0};
    take_names(bureau, &made);
    bureau_open(bureau, false);
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                "证照库", "now", "2026-02-02", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
    run_sql(bureau, DROP_TO_2 "UPDATE casefile SET fold_rev = 1;"
                              "INSERT INTO clock (case_id, clock, round, state, started_at, due_at)"
                              " SELECT id, 'accept', 1, 2, 1769990400, 1770480000 FROM casefile;"
                              "PRAGMA user_version = 2");
    bureau_open(bureau, false);
    bureau_must(bureau, "list", "clocks", "yes", "now", "2026-02-03", NULL);
    const struct table *table = parcel_find(&bureau->reply, "clocks");
    assert_int_equal(table_rows(table), 1);
    assert_string_equal(table_cell(table, 0, "clock"), "accept");
    assert_string_equal(table_cell(table, 0, "card"), "none");
    take_names(bureau, &upgraded);
    assert_string_equal(text_bytes(&upgraded), text_bytes(&made));
    text_free(&made);
    text_free(&upgraded);
    desk_close(bureau->desk);
    bureau->desk = NULL;
    struct desk_place place = {/* who owns the workspace */
                               .workspace = text_bytes(&bureau->directory),
                               .socket = "",
                               .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    bureau_must(bureau, "tick", "now", "2026-02-03", NULL);
    bureau_must(bureau, "verify", "now", "2026-02-03", NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "wrong")), 0);
}

/* In version 5 what a case had reserved was in rows of their own. */
static void from_5(void **state)
{
    struct bureau *bureau = *state;
    struct error error = {0};
    struct store *store = NULL;
    struct arena *arena = arena_new();
    struct case_row row;
    int64_t micro;
    bureau_open(bureau, false);
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                "证照库", "now", "2026-02-02", NULL);
    struct text number = {0};
    text_add(&number, parcel_get(&bureau->reply, "case"));
    desk_close(bureau->desk);
    bureau->desk = NULL;
    run_sql(bureau, DROP_TO_5 "INSERT INTO reserve SELECT id, 'memory', 64000000 FROM casefile;"
                              "INSERT INTO reserve SELECT id, 'cpu', 8000000 FROM casefile;"
                              "INSERT INTO reserve VALUES (1, 'cpu', 500000);"
                              "PRAGMA user_version = 5");
    assert_int_equal(store_open(text_bytes(&bureau->directory), false, &store, &error), 0);
    assert_int_equal(store_case_by_number(store, text_bytes(&number), arena, &row, &error), 1);
    assert_string_equal(row.reserved, "cpu=8000000\nmemory=64000000\n");
    assert_int_equal(store_reserved(store, row.reserved, "cpu", &micro, &error), 0);
    assert_int_equal(micro, 500000);
    assert_int_equal(store_reserved(store, NULL, "memory", &micro, &error), 0);
    assert_int_equal(micro, 64000000);
    store_close(store);
    arena_free(arena);
    text_free(&number);
}

static int take_use(void *self, const struct use_row *row)
{
    text_addf(self, "%s:%s", row->source, row->facts);
    return 0;
}

/* In version 8 figures of use were those that had been reported. */
static void from_8(void **state)
{
    struct bureau *bureau = *state;
    struct error error = {0};
    struct store *store = NULL;
    struct text said = {0};
    int32_t month;
    run_sql(bureau, DROP_TO_8 "INSERT INTO usage VALUES (24310, 7, '', 'avg.cpu=30\n');"
                              "PRAGMA user_version = 8");
    assert_int_equal(store_open(text_bytes(&bureau->directory), false, &store, &error), 0);
    assert_int_equal(store_use_month(store, 30000, &month, &error), 0);
    assert_int_equal(month, 24310);
    assert_int_equal(store_use(store, 7, 0, 30000, FIGURES_REPORTED_FIRST, take_use, &said, &error),
                     0);
    assert_string_equal(text_bytes(&said), "reported:avg.cpu=30\n");
    store_close(store);
    text_free(&said);
}

static int add_up(void *self, const struct tally_row *row)
{
    int64_t *n = self;
    n[row->card] += row->n;
    return 0;
}

/* In version 11 cases were gone through to be counted by their cards. */
static void from_11(void **state)
{
    struct bureau *bureau = *state;
    struct text made = {0}, upgraded = {0}, counted = {0};
    bureau_open(bureau, false);
    for (int i = 0; i < 3; i++) {
        bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system",
                    i == 0   ? "视频平台"
                    : i == 1 ? "门户网站"
                             : "证照库",
                    "now", "2026-02-02", NULL);
    }
    desk_close(bureau->desk);
    bureau->desk = NULL;
    take_names(bureau, &made);
    run_sql(bureau,
            "UPDATE casefile SET due_at = 1770480000, sort_at = 1770480000,"
            " yellow_at = 1770300000, red_at = 1770480000 WHERE title = '门户网站';"
            "UPDATE casefile SET sort_at = 1770480000, red_at = 1770480000,"
            " red2_at = 1770480001 WHERE title = '证照库';" DROP_TO_11 "PRAGMA user_version = 11");
    struct error error = {0};
    struct store *store = NULL;
    assert_int_equal(store_open(text_bytes(&bureau->directory), false, &store, &error), 0);
    assert_int_equal(store_tallies_wrong(store, &error), 0);
    static const int64_t moments[] = {1770299999, 1770300000, 1770480000, 1770480001};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        int64_t n[CARD_DOUBLE + 1] = {0};
        struct sight sight = {.all = true};
        assert_int_equal(list_tally(store, &sight, moments[i], add_up, n, &error), 0);
        for (int card = CARD_NONE; card <= CARD_DOUBLE; card++) {
            text_addf(&counted, "%d", (int)n[card]);
        }
        text_add(&counted, " ");
    }
    assert_string_equal(text_bytes(&counted), "30000 20100 10020 10011 ");
    store_close(store);
    take_names(bureau, &upgraded);
    assert_string_equal(text_bytes(&upgraded), text_bytes(&made));
    text_free(&made);
    text_free(&upgraded);
    text_free(&counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_1, make, unmake),
        cmocka_unit_test_setup_teardown(names_of_before, make, unmake),
        cmocka_unit_test_setup_teardown(from_2, make, unmake),
        cmocka_unit_test_setup_teardown(from_5, make, unmake),
        cmocka_unit_test_setup_teardown(from_8, make, unmake),
        cmocka_unit_test_setup_teardown(from_11, make, unmake)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
