/* db_sqlite_row.c: the columns of the row at hand. SQLite gives them one by one, and each costs
 * more than to read it; but a function in its SQL is called with all of them. So DB_WHOLE is a
 * function that puts away what it is called with. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/store/db_sqlite.h"

/* ---- a row in one piece ---- */

/* A fraction is kept as it is written too: it is where no such thing belongs, as is a number that
 * is asked for as text. Both are the work of one who tampers, to be read as everybody else reads
 * them. */
static bool has_bytes(const struct cell *cell)
{
    return cell->type != SQLITE_INTEGER && cell->type != SQLITE_NULL;
}

static bool make_cells(struct whole *whole, size_t count)
{
    struct cell *cells =
        whole->count == count ? whole->cells : realloc(whole->cells, count * sizeof *whole->cells);
    whole->cells = cells ? cells : whole->cells;
    whole->count = cells ? count : whole->count;
    return cells;
}

/* LENGTH bytes and a NUL behind those that are USED. */
static bool make_room(struct whole *whole, size_t used, size_t length)
{
    size_t size = used + length + 1;
    if (size > whole->size) {
        char *room = realloc(whole->room, size * 2);
        if (!room) {
            return false;
        }
        whole->room = room;
        whole->size = size * 2;
    }
    return true;
}

static void take(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct whole *whole = &((struct db *)sqlite3_user_data(context))->stepped->whole;
    bool room = make_cells(whole, (size_t)count);
    size_t used = 0;
    for (int i = 0; i < count && room; i++) {
        struct cell *cell = &whole->cells[i];
        cell->type = sqlite3_value_type(values[i]);
        cell->number = cell->type == SQLITE_INTEGER || cell->type == SQLITE_FLOAT
                           ? sqlite3_value_int64(values[i])
                           : 0;
        if (!has_bytes(cell)) {
            continue;
        }
        const void *bytes = sqlite3_value_blob(values[i]);
        cell->at = used;
        cell->length = (size_t)sqlite3_value_bytes(values[i]);
        room = make_room(whole, used, cell->length);
        if (room && cell->length > 0) {
            memcpy(whole->room + used, bytes, cell->length);
        }
        used += cell->length;
        if (room) {
            whole->room[used++] = '\0';
        }
    }
    if (!room) {
        sqlite3_result_error_nomem(context);
    }
}

int db_offer_whole(struct db *db, struct error *error)
{
    return sqlite3_create_function_v2(db->sqlite, "whole", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, db,
                                      take, NULL, NULL, NULL) == SQLITE_OK
               ? 0
               : db_fail(db, error);
}

void whole_free(struct whole *whole)
{
    free(whole->cells);
    free(whole->room);
    *whole = (struct whole){0};
}

static const char *bytes_of(const struct whole *whole, int column, size_t *length)
{
    struct cell *cell = &whole->cells[column];
    *length = cell->type == SQLITE_NULL ? 0 : cell->length;
    if (cell->type == SQLITE_INTEGER) {
        *length = (size_t)snprintf(cell->digits, sizeof cell->digits, "%" PRId64, cell->number);
        return cell->digits;
    }
    return cell->type == SQLITE_NULL ? "" : whole->room + cell->at;
}

static int64_t number_of(const struct whole *whole, int column)
{
    const struct cell *cell = &whole->cells[column];
    bool text = cell->type == SQLITE_TEXT || cell->type == SQLITE_BLOB;
    return text ? strtoll(whole->room + cell->at, NULL, 10) : cell->number;
}

/* ---- columns ---- */

int64_t db_int(const struct statement *statement, int column)
{
    return statement->whole.count ? number_of(&statement->whole, column)
                                  : sqlite3_column_int64(statement->stmt, column);
}

bool db_null(const struct statement *statement, int column)
{
    return (statement->whole.count ? statement->whole.cells[column].type
                                   : sqlite3_column_type(statement->stmt, column)) == SQLITE_NULL;
}

const char *db_text(const struct statement *statement, int column)
{
    size_t length;
    const unsigned char *text;
    if (statement->whole.count) {
        return bytes_of(&statement->whole, column, &length);
    }
    text = sqlite3_column_text(statement->stmt, column);
    return text ? (const char *)text : "";
}

const void *db_bytes(const struct statement *statement, int column, size_t *length)
{
    if (statement->whole.count) {
        return bytes_of(&statement->whole, column, length);
    }
    const void *bytes = sqlite3_column_blob(statement->stmt, column);
    *length = (size_t)sqlite3_column_bytes(statement->stmt, column);
    return bytes ? bytes : "";
}
