/* test_rows.c: beside an act only what is another than it was is written. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/casefile.h"
#include "core/day.h"
#include "data/store/lists.h"
#include "data/store/store.h"

struct made {
    char directory[32];
    struct store *store;
    struct error error;
};

static int make(void **state)
{
    static struct made made;
    made = (struct made){.directory = "/tmp/yuntai-rows-XXXXXX"};
    assert_non_null(mkdtemp(made.directory));
    assert_int_equal(store_make(made.directory, "here", &made.error), 0);
    assert_int_equal(store_open(made.directory, false, &made.store, &made.error), 0);
    *state = &made;
    return 0;
}

static int unmake(void **state)
{
    static const char *const files[] = {"desk.db", "desk.db-wal", "desk.db-shm", "desk.lock"};
    struct made *made = *state;
    store_close(made->store);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", made->directory, files[i]);
        (void)unlink(text_bytes(&path));
        text_free(&path);
    }
    return rmdir(made->directory);
}

static int64_t number(struct made *made, const char *sql)
{
    int64_t out = -1;
    bool found;
    assert_int_equal(db_number(made->store->db, &made->error, &out, &found, sql, ""), 0);
    return found ? out : -1;
}

/* How many rows were written, in all. */
static int64_t written(struct made *made)
{
    return number(made, "SELECT total_changes()");
}

static void test_clocks(void **state)
{
    struct made *made = *state;
    struct clock_row rows[] = {
        {.clock = "accept", .round = 1, .state = RUN_MET, .started = 10, .ended = 20, .left = -1},
        {.clock = "review", .round = 1, .state = RUN_RUNNING, .started = 20, .due = 90, .left = -1},
        {.clock = "review", .round = 2, .state = RUN_WAITING, .started = 30, .left = -1}};
    for (size_t i = 0; i < 3; i++) {
        rows[i].blue = rows[i].yellow = rows[i].red = rows[i].red2 = MOMENT_NONE;
        rows[i].ended = i == 0 ? rows[i].ended : MOMENT_NONE;
        rows[i].due = i == 1 ? rows[i].due : MOMENT_NONE;
    }
    assert_int_equal(store_clocks_put(made->store, 7, rows, 3, &made->error), 0);
    int64_t before = written(made);
    assert_int_equal(store_clocks_put(made->store, 7, rows, 3, &made->error), 0);
    assert_int_equal(written(made), before);
    rows[1].yellow = 60;
    assert_int_equal(store_clocks_put(made->store, 7, rows, 3, &made->error), 0);
    assert_int_equal(written(made), before + 1);
    assert_int_equal(
        number(made, "SELECT yellow_on FROM clock WHERE clock = 'review' AND round = 1"), 60);
    /* a correction takes the last one away */
    assert_int_equal(store_clocks_put(made->store, 7, rows, 2, &made->error), 0);
    assert_int_equal(number(made, "SELECT COUNT(*) FROM clock"), 2);
}

static struct case_row a_case(void)
{
    return (struct case_row){.id = 7,
                             .number = "〔2026〕7号",
                             .procedure = "access",
                             .title = "门户",
                             .title_py = "men hu",
                             .org = 1,
                             .policy = 1,
                             .state = "received",
                             .with_role = "clerk",
                             .opened_on = 20500,
                             .changed_at = moment_of(20500, 0),
                             .rev = 1,
                             .sort_at = moment_of(20510, 0),
                             .due_at = moment_of(20510, 0),
                             .blue_at = MOMENT_NONE,
                             .yellow_at = MOMENT_NONE,
                             .red_at = MOMENT_NONE,
                             .red2_at = MOMENT_NONE,
                             .left = -1,
                             .wake_at = MOMENT_NONE,
                             .since = MOMENT_NONE};
}

/* A case goes from state to state, gets another title, and is closed: the row says all of it, and
 * the tallies count it where it stands. */
static void test_case(void **state)
{
    struct made *made = *state;
    struct case_row old = a_case(), row = old;
    assert_int_equal(store_case_put(made->store, NULL, &old, &made->error), 0);
    row.state = "review";
    row.rev = 2;
    row.sort_at = moment_of(20520, 0);
    assert_int_equal(store_case_put(made->store, &old, &row, &made->error), 0);
    assert_int_equal(number(made, "SELECT COUNT(*) FROM casefile WHERE state = 'review' AND rev = 2"
                                  " AND title = '门户' AND number = '〔2026〕7号'"),
                     1);
    assert_int_equal(number(made, "SELECT COUNT(*) FROM tally"), 1);
    assert_int_equal(store_tallies_wrong(made->store, &made->error), 0);
    old = row;
    row.title = "平台";
    row.system = 9;
    assert_int_equal(store_case_put(made->store, &old, &row, &made->error), 0);
    assert_int_equal(
        number(made, "SELECT COUNT(*) FROM casefile WHERE title = '平台' AND system_id = 9"), 1);
    old = row;
    row.closed = true;
    assert_int_equal(store_case_put(made->store, &old, &row, &made->error), 0);
    assert_int_equal(number(made, "SELECT closed FROM casefile"), 1);
    assert_int_equal(number(made, "SELECT COUNT(*) FROM tally"), 0);
}

static int add_up(void *self, const struct tally_row *row)
{
    int64_t *n = self;
    n[row->card] += row->n;
    return 0;
}

/* How many show which card, by enum card, as who sees ORG (0: all) has it. */
static void count_cards(struct made *made, int64_t org, int64_t now, int64_t n[CARD_DOUBLE + 1])
{
    struct sight sight = {.all = org == 0, .org = org, .own = true};
    memset(n, 0, (CARD_DOUBLE + 1) * sizeof *n);
    assert_int_equal(list_tally(made->store, &sight, now, add_up, n, &made->error), 0);
}

/* A case shows the worst card that is due, though no lesser one came before it; one by one they are
 * counted out again, and a tally that has another moment is wrong. */
static void test_cards(void **state)
{
    struct made *made = *state;
    struct case_row one = a_case(), other = a_case(), none = a_case(), row;
    int64_t n[CARD_DOUBLE + 1];
    one.blue_at = 100;
    one.yellow_at = 200;
    one.red_at = 300;
    other.id = 8;
    other.number = "〔2026〕8号";
    other.org = 2;
    other.red_at = 150;
    other.red2_at = 400;
    none.id = 9;
    none.number = "〔2026〕9号";
    assert_int_equal(store_case_put(made->store, NULL, &one, &made->error), 0);
    assert_int_equal(store_case_put(made->store, NULL, &other, &made->error), 0);
    assert_int_equal(store_case_put(made->store, NULL, &none, &made->error), 0);
    static const struct {
        int64_t org, now, n[CARD_DOUBLE + 1];
    } seen[] = {
        {0, 99, {3, 0, 0, 0, 0}},  {0, 100, {2, 1, 0, 0, 0}},      {0, 150, {1, 1, 0, 1, 0}},
        {0, 200, {1, 0, 1, 1, 0}}, {0, 300, {1, 0, 0, 2, 0}},      {0, 400, {1, 0, 0, 1, 1}},
        {1, 400, {1, 0, 0, 1, 0}}, {2, 400, {0, 0, 0, 0, 1}},      {2, 399, {0, 0, 0, 1, 0}},
        {3, 400, {0, 0, 0, 0, 0}}, {0, SORT_HELD, {1, 0, 0, 1, 1}}};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        count_cards(made, seen[i].org, seen[i].now, n);
        assert_memory_equal(n, seen[i].n, sizeof n);
    }
    row = one;
    row.red_at = 350; /* a notice moved it, and nothing else */
    assert_int_equal(store_case_put(made->store, &one, &row, &made->error), 0);
    assert_int_equal(number(made, "SELECT COUNT(*) FROM tally"), 3);
    assert_int_equal(store_tallies_wrong(made->store, &made->error), 0);
    count_cards(made, 1, 300, n);
    assert_int_equal(n[CARD_YELLOW], 1);
    number(made, "UPDATE tally SET red_at = 351 WHERE red_at = 350 RETURNING n");
    assert_int_equal(store_tallies_wrong(made->store, &made->error), 2);
}

/* What a case has reserved is in its row, and the marks have what all of them have. */
static void test_reserves(void **state)
{
    struct made *made = *state;
    struct case_row one = a_case(), other = a_case(), row;
    int64_t micro;
    one.reserved = "cpu=4000000\ndisk=9000000\n";
    other.id = 8;
    other.number = "〔2026〕8号";
    other.reserved = "cpu=1000000\n";
    assert_int_equal(store_case_put(made->store, NULL, &one, &made->error), 0);
    assert_int_equal(store_case_put(made->store, NULL, &other, &made->error), 0);
    assert_int_equal(store_reserved(made->store, NULL, "cpu", &micro, &made->error), 0);
    assert_int_equal(micro, 5000000);
    assert_int_equal(store_reserved(made->store, one.reserved, "cpu", &micro, &made->error), 0);
    assert_int_equal(micro, 1000000);
    assert_int_equal(store_reserved(made->store, NULL, "memory", &micro, &made->error), 0);
    assert_int_equal(micro, 0);
    int64_t before = written(made);
    row = one;
    row.reserved = "cpu=3000000\nmemory=7000000\n";
    assert_int_equal(store_case_put(made->store, &one, &row, &made->error), 0);
    assert_int_equal(written(made), before + 4); /* the row, and each of the three */
    assert_int_equal(store_case_put(made->store, &row, &row, &made->error), 0);
    assert_int_equal(written(made), before + 5);
    assert_int_equal(number(made, "SELECT n FROM mark WHERE name = 'reserved.cpu'"), 4000000);
    assert_int_equal(number(made, "SELECT n FROM mark WHERE name = 'reserved.disk'"), 0);
    assert_int_equal(number(made, "SELECT n FROM mark WHERE name = 'reserved.memory'"), 7000000);
    assert_int_equal(store_reserves_wrong(made->store, &made->error), 0);
    one = row;
    row.closed = true;
    row.reserved = NULL;
    assert_int_equal(store_case_put(made->store, &one, &row, &made->error), 0);
    assert_int_equal(store_reserves_wrong(made->store, &made->error), 0);
    assert_int_equal(store_reserved(made->store, NULL, "memory", &micro, &made->error), 0);
    assert_int_equal(micro, 0);
    number(made, "UPDATE mark SET n = 1 WHERE name = 'reserved.cpu' RETURNING n");
    assert_int_equal(store_reserves_wrong(made->store, &made->error), 1);
}

/* An act that leaves a case where it stands in the queue leaves the row as it is there, and what it
 * does move is found where it went. */
static void test_places(void **state)
{
    struct made *made = *state;
    struct case_row old = a_case(), row = old;
    assert_int_equal(store_case_put(made->store, NULL, &old, &made->error), 0);
    for (int moved = 0; moved < 8; moved++) {
        row.rev++;
        row.state = moved & 1 ? old.state : strcmp(old.state, "review") == 0 ? "again" : "review";
        row.sort_at += moved & 2 ? 86400 : 0;
        row.wake_at = moved & 4 ? row.sort_at : old.wake_at;
        assert_int_equal(store_case_put(made->store, &old, &row, &made->error), 0);
        struct case_row found;
        struct arena *arena = arena_new();
        assert_int_equal(store_case(made->store, 7, arena, &found, &made->error), 1);
        assert_int_equal(found.rev, row.rev);
        assert_string_equal(found.state, row.state);
        assert_int_equal(found.sort_at, row.sort_at);
        assert_int_equal(found.wake_at, row.wake_at);
        arena_free(arena);
        assert_int_equal(store_tallies_wrong(made->store, &made->error), 0);
        old = row;
    }
    assert_int_equal(number(made, "SELECT COUNT(*) FROM pragma_integrity_check"
                                  " WHERE integrity_check <> 'ok'"),
                     0);
}

#define OF_EACH_KIND "n, text, bytes, none, fraction, mixed"
#define THREE_ROWS                                                                                 \
    " FROM (SELECT 1 AS place, -9000000000 AS n, '' AS text, x'00ff00' AS bytes, NULL AS none,"    \
    "  2.5 AS fraction, ' 42 and more' AS mixed UNION ALL"                                         \
    " SELECT 2, 0, '云台', x'', NULL, -1e30, x'3137' UNION ALL"                                  \
    " SELECT 3, 9223372036854775807, printf('%.*c', 5000, 'x'), zeroblob(3000), NULL, 0.0, 7)"

enum { EACH_KIND = 6 };

/* Column by column, in the order of the rows; and how many were the same. */
struct alike {
    struct statement *one;
    int rows, same;
};

static bool take_alike(void *into, const struct statement *row)
{
    struct alike *alike = into;
    alike->rows++;
    for (int column = 0; column < EACH_KIND; column++) {
        size_t length, expected;
        const void *bytes = db_bytes(row, column, &length);
        const void *same = db_bytes(alike->one, column, &expected);
        assert_int_equal(length, expected);
        assert_memory_equal(bytes, same, length);
        alike->same += strcmp(db_text(row, column), db_text(alike->one, column)) == 0;
    }
    return true;
}

static bool take_numbers(void *into, const struct statement *row)
{
    struct alike *alike = into;
    alike->rows++;
    for (int column = 0; column < EACH_KIND; column++) {
        assert_int_equal(db_null(row, column), db_null(alike->one, column));
        alike->same += db_int(row, column) == db_int(alike->one, column);
    }
    return alike->rows < 3;
}

/* A row in one piece reads as it does column by column, whatever stands in it. */
static void test_whole_rows(void **state)
{
    static const char each[] = "SELECT " OF_EACH_KIND THREE_ROWS " ORDER BY place",
                      pieces[] = "SELECT " DB_WHOLE(OF_EACH_KIND) THREE_ROWS;
    struct made *made = *state;
    struct db *db = made->store->db;
    struct alike alike = {.one = db_query(db, &made->error, each, "")};
    struct statement *whole = db_query(db, &made->error, pieces, "");
    db_take(whole, take_alike, &alike);
    for (int row = 1; row <= 3; row++) {
        assert_int_equal(db_next(alike.one, &made->error), 1);
        assert_int_equal(db_next(whole, &made->error), 1);
        assert_int_equal(alike.rows, row);
    }
    assert_int_equal(alike.same, 3 * EACH_KIND);
    assert_int_equal(db_next(whole, &made->error), 0);
    db_end(alike.one);
    /* who takes it has no memory for the third */
    alike = (struct alike){.one = db_query(db, &made->error, each, "")};
    whole = db_query(db, &made->error, pieces, "");
    db_take(whole, take_numbers, &alike);
    for (int row = 1; row <= 3; row++) {
        assert_int_equal(db_next(alike.one, &made->error), 1);
        assert_int_equal(db_next(whole, &made->error), row < 3 ? 1 : -1);
    }
    assert_int_equal(alike.same, 3 * EACH_KIND);
    assert_string_equal(made->error.sentence, "memory is short");
    error_free(&made->error);
    db_end(alike.one);
}

/* More than is held in memory of a work is taken back as whole as a small one, step by step, and
 * leaves no file. */
static void test_large_work(void **state)
{
    static const char fill[] =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " INSERT INTO large SELECT i, i, printf('%500d', i) FROM n";
    struct made *made = *state;
    struct db *db = made->store->db;
    struct error *error = &made->error;
    struct text tmp = {0};
    text_addf(&tmp, "%s/tmp", made->directory);
    assert_int_equal(mkdir(text_bytes(&tmp), 0700), 0);
    assert_true(db_run(db, error, "CREATE TABLE large (id INTEGER PRIMARY KEY, n, t)", "") >= 0);
    assert_int_equal(db_run(db, error, fill, ""), 2000);
    assert_int_equal(db_begin(db, error), 0);
    assert_int_equal(db_begin(db, error), 0);
    assert_int_equal(db_run(db, error, "UPDATE large SET n = n + 1", ""), 2000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(db_begin(db, error), 0);
        assert_int_equal(db_run(db, error, "UPDATE large SET n = n * 2, t = ''", ""), 2000);
        db_rollback(db);
        assert_int_equal(number(made, "SELECT SUM(n) FROM large"), 2003000);
    }
    db_rollback(db);
    assert_int_equal(db_commit(db, error), 0);
    assert_int_equal(number(made, "SELECT SUM(n) FROM large WHERE length(t) = 500"), 2001000);
    assert_int_equal(rmdir(text_bytes(&tmp)), 0);
    text_free(&tmp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_clocks, make, unmake),
        cmocka_unit_test_setup_teardown(test_whole_rows, make, unmake),
        cmocka_unit_test_setup_teardown(test_case, make, unmake),
        cmocka_unit_test_setup_teardown(test_cards, make, unmake),
        cmocka_unit_test_setup_teardown(test_reserves, make, unmake),
        cmocka_unit_test_setup_teardown(test_places, make, unmake),
        cmocka_unit_test_setup_teardown(test_large_work, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
