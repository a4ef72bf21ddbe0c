/* test_search.c: tokens, and what a real FTS5 table finds by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "data/store/search.h"

static void tokens_are(const char *text, const char *expected)
{
    struct text out = {0};
    search_tokens(text, &out);
    assert_string_equal(text_bytes(&out), expected);
    text_free(&out);
}

static void tokens(void **state)
{
    (void)state;
    tokens_are("", "");
    tokens_are("郑州市公安局", "郑州 州市 市公 公安 安局 局 ");
    tokens_are("郑州公安ECS 2台", "郑州 州公 公安 安 ecs 2 台 ");
    tokens_are("入云〔2026〕12号", "入云 云 2026 12 号 ");
    tokens_are("ＥＣＳ－０１", "ecs 01 ");
    tokens_are("《》——!", "");
    tokens_are("𠀀𠀁x", "𠀀𠀁 𠀁 x ");
    tokens_are("郑\xE5\xB7ok", "郑 ok ");
}

static void query_is(const char *text, int count, const char *expected)
{
    struct text out = {0};
    assert_int_equal(search_query(text, &out), count);
    assert_string_equal(text_bytes(&out), expected);
    text_free(&out);
}

static void queries(void **state)
{
    (void)state;
    query_is("", 0, "");
    query_is("〔〕", 0, "");
    query_is("郑", 1, "\"郑\"*");
    query_is("郑州", 1, "\"郑州\"");
    query_is("郑州市", 2, "\"郑州\" \"州市\"");
    query_is("ECS", 1, "\"ecs\"*");
    query_is("云2026-1", 3, "\"云\"* \"2026\" \"1\"*");
    query_is("a\" OR b*", 3, "\"a\" \"or\" \"b\"");

    struct text two = {0};
    assert_int_equal(search_query("郑州", &two), 1);
    assert_int_equal(search_query("ecs", &two), 1);
    assert_string_equal(text_bytes(&two), "\"郑州\" \"ecs\"*");
    text_free(&two);

    struct text many = {0}, out = {0};
    for (int i = 0; i < 1000; i++) {
        text_add(&many, "ab c 郑州 ");
    }
    assert_int_equal(search_query(text_bytes(&many), &out), SEARCH_TERMS_MOST);
    text_free(&many);
    text_free(&out);
}

static void hits(void **state)
{
    (void)state;
    assert_true(search_hit("郑州市公安局", "公安"));
    assert_true(search_hit("郑州市公安局", ""));
    assert_true(search_hit("", ""));
    assert_false(search_hit("", "郑"));
    assert_false(search_hit("郑州 州公 公安", "郑州公安"));
    assert_true(search_hit("视频云 ECS01", "ecs0"));
    assert_true(search_hit("视频云 ＥＣＳ01", "ecs"));
    assert_true(search_hit("入云〔2026〕12号", "〔2026〕12"));
    assert_false(search_hit("郑", "\x91"));
    assert_true(search_hit("ok\xFF", "\xFF"));
}

/* ---- against SQLite ---- */

static const char *const titles[] = {
    "郑州市公安局视频云平台入云申请", "登封市医保局系统迁移", "荥阳市ECS01扩容",
    "入云〔2026〕12号 中牟县教育局",  "公路局安全生产云主机", "𠮷林路社区服务系统",
};
enum { TITLES = sizeof titles / sizeof *titles };

static void run(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    }
}

static void bind(sqlite3_stmt *statement, int at, const struct text *text)
{
    assert_int_equal(
        sqlite3_bind_text(statement, at, text_bytes(text), (int)text->length, SQLITE_STATIC),
        SQLITE_OK);
}

static sqlite3 *filled(void)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    run(database, "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none,"
                  " tokenize=\"unicode61\")");
    sqlite3_stmt *put = NULL;
    assert_int_equal(sqlite3_prepare_v2(database, "INSERT INTO search(rowid, words) VALUES (?, ?)",
                                        -1, &put, NULL),
                     SQLITE_OK);
    for (int i = 0; i < TITLES; i++) {
        struct text out = {0};
        search_tokens(titles[i], &out);
        sqlite3_bind_int(put, 1, i);
        bind(put, 2, &out);
        assert_int_equal(sqlite3_step(put), SQLITE_DONE);
        sqlite3_reset(put);
        text_free(&out);
    }
    sqlite3_finalize(put);
    return database;
}

/* The titles found, as bits: by the index, and of these those that hold the term. */
static void find(sqlite3 *database, const char *term, unsigned *candidates, unsigned *found)
{
    sqlite3_stmt *get = NULL;
    struct text query = {0};
    assert_true(search_query(term, &query) > 0);
    assert_int_equal(sqlite3_prepare_v2(database, "SELECT rowid FROM search WHERE search MATCH ?",
                                        -1, &get, NULL),
                     SQLITE_OK);
    bind(get, 1, &query);
    *candidates = *found = 0;
    int status;
    while ((status = sqlite3_step(get)) == SQLITE_ROW) {
        int row = sqlite3_column_int(get, 0);
        *candidates |= 1U << row;
        *found |= search_hit(titles[row], term) ? 1U << row : 0;
    }
    assert_int_equal(status, SQLITE_DONE);
    sqlite3_finalize(get);
    text_free(&query);
}

static void finds(void **state)
{
    (void)state;
    static const struct {
        const char *term;
        unsigned found;
    } rows[] = {
        {"郑州", 1}, {"公安局", 1}, {"云", 1 | 8 | 16}, {"局", 1 | 2 | 8 | 16},
        {"ecs", 4},  {"ECS01", 4},  {"阳市ecs", 4},     {"〔2026〕12", 8},
        {"12号", 8}, {"亡丘", 0},   {"𠮷林", 32},       {"𠮷", 32},
        {"州郑", 0}, {"请", 1},     {"20", 8},          {"公安全", 0},
    };
    sqlite3 *database = filled();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned candidates, found;
        find(database, rows[i].term, &candidates, &found);
        if (found != rows[i].found) {
            fail_msg("%s: %#x of %#x, not %#x", rows[i].term, found, candidates, rows[i].found);
        }
    }
    unsigned candidates, found;
    find(database, "公路局公安", &candidates, &found);
    assert_int_equal(candidates, 0);
    sqlite3_close(database);
}

/* A title's words can be taken out again: nothing of it is found then. */
static void forgets(void **state)
{
    (void)state;
    sqlite3 *database = filled();
    sqlite3_stmt *drop = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(database,
                           "INSERT INTO search(search, rowid, words) VALUES ('delete', 0, ?)", -1,
                           &drop, NULL),
        SQLITE_OK);
    struct text out = {0};
    search_tokens(titles[0], &out);
    bind(drop, 1, &out);
    assert_int_equal(sqlite3_step(drop), SQLITE_DONE);
    sqlite3_finalize(drop);
    text_free(&out);
    unsigned candidates, found;
    find(database, "公安", &candidates, &found);
    assert_int_equal(candidates, 0);
    run(database, "INSERT INTO search(search) VALUES ('integrity-check')");
    sqlite3_close(database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens), cmocka_unit_test(queries), cmocka_unit_test(hits),
        cmocka_unit_test(finds),  cmocka_unit_test(forgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
