/* great_bench.c: what the parts of the bench share. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "test/support/great_bench.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/exchange/copy.h"
#include "data/store/db_sqlite.h"

static void complain(const struct error *error)
{
    struct text text = {0};
    error_text(error, NULL, &text);
    fprintf(stderr, "bench_store: %s\n", text_bytes(&text));
    text_free(&text);
}

struct desk *great_desk(const struct great *great, const char *directory, const char *login)
{
    struct desk_place place = {
        .workspace = directory, .socket = "", .as = login, .now = great->now};
    struct desk *desk = NULL;
    struct error error = {0};
    if (desk_open(&place, &desk, &error) != 0) {
        complain(&error);
    }
    error_free(&error);
    return desk;
}

int great_ask(struct desk *desk, struct parcel *reply, const char *verb, ...)
{
    struct parcel request = {0};
    struct error error = {0};
    va_list pairs;
    va_start(pairs, verb);
    parcel_put(&request, "verb", verb);
    for (const char *name; (name = va_arg(pairs, const char *));) {
        parcel_put(&request, name, va_arg(pairs, const char *));
    }
    va_end(pairs);
    int status = desk_call(desk, &request, reply, &error);
    if (status != 0) {
        complain(&error);
    }
    parcel_free(&request);
    error_free(&error);
    return status;
}

static int drop(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

void great_drop(const char *directory)
{
    nftw(directory, drop, 16, FTW_DEPTH | FTW_PHYS);
}

void great_say(const struct great *great, const char *what, double figure, const char *unit,
               double aim, const char *more)
{
    printf("  %s: %.*f %s", what, figure < 10 ? 2 : figure < 100 ? 1 : 0, figure, unit);
    if (great->aims && aim > 0) {
        printf(" (aim %g%s)", aim, figure <= aim ? "" : ": MISSED");
    }
    printf("%s%s\n", more ? "; " : "", more ? more : "");
    fflush(stdout);
}

int great_numbers(const char *directory, const char *state, int skip, int most, char **numbers,
                  int64_t *ids)
{
    static const char sql[] = "SELECT id, number FROM casefile WHERE closed = 0 AND state = ?1"
                              " ORDER BY id LIMIT ?2 OFFSET ?3";
    struct db *db = NULL; /* as the desk opens it: the first to do so sets SQLite up for all */
    struct error error = {0};
    sqlite3_stmt *row = NULL;
    int count = 0;
    if (db_open(directory, DB_OPEN, &db, &error) == 0 &&
        sqlite3_prepare_v2(db->sqlite, sql, -1, &row, NULL) == SQLITE_OK) {
        sqlite3_bind_text(row, 1, state, -1, SQLITE_STATIC);
        sqlite3_bind_int(row, 2, most);
        sqlite3_bind_int(row, 3, skip);
        while (sqlite3_step(row) == SQLITE_ROW) {
            ids[count] = sqlite3_column_int64(row, 0);
            numbers[count++] = strdup((const char *)sqlite3_column_text(row, 1));
        }
    }
    sqlite3_finalize(row);
    db_close(db);
    error_free(&error);
    return count;
}

/* Which files a workspace has: its store, and the folders beside it. */
int great_copy(const struct great *great, struct text *out)
{
    struct error error = {0};
    text_addf(out, "%s.work", great->directory);
    great_drop(text_bytes(out));
    struct copying copying = {0};
    int status = copy_folder(&copying, great->directory, text_bytes(out), &error);
    if (status != 0) {
        complain(&error);
    }
    error_free(&error);
    return status;
}
