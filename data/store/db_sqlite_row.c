/* db_sqlite_row.c: the columns of the row at hand. SQLite gives them one by one, and each costs
 * more than to read it; but a function in its SQL is called with all of them. So DB_WHOLE is a
 * function, and while it is called the row is taken. */
#include "data/store/db_sqlite.h"

/* ---- a row in one piece ---- */

void db_take(struct statement *statement, bool (*take)(void *into, const struct statement *row),
             void *into)
{
    statement->take = take;
    statement->into = into;
}

static void take_whole(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct statement *statement = ((struct db *)sqlite3_user_data(context))->stepped;
    (void)count;
    statement->values = values;
    if (!statement->take(statement->into, statement)) {
        sqlite3_result_error_nomem(context);
    }
    statement->values = NULL;
}

int db_offer_whole(struct db *db, struct error *error)
{
    return sqlite3_create_function_v2(db->sqlite, "whole", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, db,
                                      take_whole, NULL, NULL, NULL) == SQLITE_OK
               ? 0
               : db_fail(db, error);
}

/* ---- columns ---- */

int64_t db_int(const struct statement *statement, int column)
{
    return statement->values ? sqlite3_value_int64(statement->values[column])
                             : sqlite3_column_int64(statement->stmt, column);
}

bool db_null(const struct statement *statement, int column)
{
    return (statement->values ? sqlite3_value_type(statement->values[column])
                              : sqlite3_column_type(statement->stmt, column)) == SQLITE_NULL;
}

const char *db_text(const struct statement *statement, int column)
{
    const unsigned char *text = statement->values ? sqlite3_value_text(statement->values[column])
                                                  : sqlite3_column_text(statement->stmt, column);
    return text ? (const char *)text : "";
}

const void *db_bytes(const struct statement *statement, int column, size_t *length)
{
    const void *bytes;
    if (statement->values) {
        bytes = sqlite3_value_blob(statement->values[column]);
        *length = (size_t)sqlite3_value_bytes(statement->values[column]);
    } else {
        bytes = sqlite3_column_blob(statement->stmt, column);
        *length = (size_t)sqlite3_column_bytes(statement->stmt, column);
    }
    return bytes ? bytes : "";
}
