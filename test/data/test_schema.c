/* test_schema.c: an older store becomes one of today, or stays as it was. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/store/schema.h"

struct old_store { /* of version 1, with one row */
    char directory[32];
    struct db *db;
};

static const char *const steps[] = {
    NULL, "ALTER TABLE draft ADD COLUMN place @I4 NOT NULL DEFAULT 7;",
    "CREATE TABLE later (id @I8 NOT NULL PRIMARY KEY)@OPT; INSERT INTO later VALUES (3);"};
static const char *const broken[] = {NULL, "ALTER TABLE draft ADD COLUMN place @I4;",
                                     "ALTER TABLE nowhere ADD COLUMN x @I4;"};

static int make(void **state)
{
    static struct old_store store;
    struct error error = {0};
    store = (struct old_store){.directory = "/tmp/yuntai-schema-XXXXXX"};
    assert_non_null(mkdtemp(store.directory));
    assert_int_equal(db_open(store.directory, DB_CREATE, &store.db, &error), 0);
    assert_int_equal(schema_make(store.db, &error), 0);
    assert_int_equal(db_run(store.db, &error, "INSERT INTO draft VALUES (1, 'a', 'b', 'c', 2)", ""),
                     1);
    assert_int_equal(db_set_version(store.db, &error, 1), 0);
    *state = &store;
    return 0;
}

static int unmake(void **state)
{
    static const char *const files[] = {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.1",
                                        "desk.lock"};
    struct old_store *store = *state;
    db_close(store->db);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", store->directory, files[i]);
        (void)unlink(text_bytes(&path));
        text_free(&path);
    }
    return rmdir(store->directory);
}

/* The one number that SQL gives; -1 where it cannot be asked. */
static int64_t number(struct db *db, const char *sql)
{
    struct error error = {0};
    int64_t out = -1;
    bool found;
    if (db_number(db, &error, &out, &found, sql, "") != 0) {
        out = -1;
    }
    error_free(&error);
    return out;
}

static int64_t version(struct db *db)
{
    return number(db, "PRAGMA user_version");
}

static bool has_copy(const struct old_store *store)
{
    struct text path = {0};
    text_addf(&path, "%s/desk.db.1", store->directory);
    bool there = access(text_bytes(&path), R_OK) == 0;
    text_free(&path);
    return there;
}

static void upgraded_after_a_copy(void **state)
{
    struct old_store *store = *state;
    struct error error = {0};
    assert_int_equal(schema_bring(store->db, store->directory, steps, 3, &error), 0);
    assert_int_equal(version(store->db), 3);
    assert_int_equal(number(store->db, "SELECT place FROM draft WHERE value = 'c'"), 7);
    assert_int_equal(number(store->db, "SELECT id FROM later"), 3);
    assert_true(has_copy(store));

    /* the copy is the store of before: in the place of the new one it opens as that */
    struct text from = {0}, to = {0};
    struct db *db = NULL;
    db_close(store->db);
    text_addf(&from, "%s/desk.db.1", store->directory);
    text_addf(&to, "%s/desk.db", store->directory);
    assert_int_equal(rename(text_bytes(&from), text_bytes(&to)), 0);
    assert_int_equal(db_open(store->directory, DB_OPEN, &db, &error), 0);
    store->db = db;
    assert_int_equal(version(db), 1);
    assert_int_equal(number(db, "SELECT at FROM draft WHERE value = 'c'"), 2);
    assert_int_equal(number(db, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'later'"), 0);
    text_free(&from);
    text_free(&to);
}

static void whole_or_not_at_all(void **state)
{
    struct old_store *store = *state;
    struct error error = {0};
    assert_int_equal(schema_bring(store->db, store->directory, broken, 3, &error), -1);
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    error_free(&error);
    assert_int_equal(version(store->db), 1);
    assert_int_equal(number(store->db, "SELECT place FROM draft"), -1);
    assert_int_equal(schema_bring(store->db, store->directory, steps, 3, &error), 0);
    assert_int_equal(version(store->db), 3);
}

static void newer_is_refused(void **state)
{
    struct old_store *store = *state;
    struct error error = {0};
    assert_int_equal(db_set_version(store->db, &error, 4), 0);
    assert_int_equal(schema_bring(store->db, store->directory, steps, 3, &error), -1);
    assert_non_null(strstr(error.sentence, "newer"));
    assert_string_equal(error.arg[0], "4");
    error_free(&error);
    assert_int_equal(version(store->db), 4);
    assert_false(has_copy(store));
}

static void of_today_is_left_alone(void **state)
{
    struct old_store *store = *state;
    struct error error = {0};
    assert_int_equal(schema_bring(store->db, store->directory, steps, 1, &error), 0);
    assert_int_equal(version(store->db), 1);
    assert_false(has_copy(store));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(upgraded_after_a_copy, make, unmake),
        cmocka_unit_test_setup_teardown(whole_or_not_at_all, make, unmake),
        cmocka_unit_test_setup_teardown(newer_is_refused, make, unmake),
        cmocka_unit_test_setup_teardown(of_today_is_left_alone, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
