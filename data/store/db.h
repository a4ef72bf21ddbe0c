/*
 * db.h: the waist. Everything above it speaks SQL that both SQLite and PostgreSQL take, with
 * parameters $1, $2 …; what only one of them has stands in a driver (db_sqlite.c).
 *
 * A statement is prepared once for each text (by the address of the constant) and kept. It is
 * stepped to its end, or ended by db_end(), before control returns to the caller's caller: no
 * statement is open between two keys.
 */
#ifndef YUNTAI_DATA_STORE_DB_H
#define YUNTAI_DATA_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/error.h"

struct db;
struct statement;

enum db_how { DB_OPEN, DB_CREATE, DB_READ };

/* Opens DIRECTORY/desk.db. DB_CREATE makes the file, which must not be there. DB_READ never writes.
 * The file system must not be a network's. What a large work may have to take back is meanwhile in
 * a file without a name in DIRECTORY/tmp, of whichever was opened last. */
int db_open(const char *directory, enum db_how how, struct db **out, struct error *error);
void db_close(struct db *db);

/*
 * Runs SQL with arguments as TYPES says, one letter each: i int64_t, t const char * (NULL is null),
 * s const char * and size_t, b const void * and size_t (a blob), n null (no argument).
 * NULL with ERROR. Step with db_next().
 */
struct statement *db_query(struct db *db, struct error *error, const char *sql, const char *types,
                           ...);
/* 1 a row, 0 the end (the statement is then ended), -1 ERROR. */
int db_next(struct statement *statement, struct error *error);
void db_end(struct statement *statement);
/* What changes rows, run to the end; outside of work it is work of its own, which waits for its
 * turn like any. Rows changed, or -1. */
int64_t db_run(struct db *db, struct error *error, const char *sql, const char *types, ...);
/* One number; *FOUND false where there is no row or it is null. -1 with ERROR. */
int db_number(struct db *db, struct error *error, int64_t *out, bool *found, const char *sql,
              const char *types, ...);
/* While statements that only read are run, STOP is asked every so often, and where it says so they
 * end with ERROR_INTERRUPTED. NULL: nobody is asked, as in the beginning. */
void db_heed(struct db *db, bool (*stop)(void *self), void *self);
/* A statement text that is made at run time: the latest of them are kept too. */
struct statement *db_made(struct db *db, struct error *error, const char *sql);
/* What stands at $PLACE; passed over where the text has no such place. The bytes are not copied:
 * they stay until the statement is ended. */
int db_bind_int(struct statement *statement, int place, int64_t number);
int db_bind_text(struct statement *statement, int place, const char *text, size_t length);
int db_bind_blob(struct statement *statement, int place, const void *bytes, size_t length);

/* "SELECT " DB_WHOLE("a, b") " FROM …", for rows that are gone through by the hundred thousand, in
 * the order of a key: as db_next() comes to a row, TAKE puts what it says into INTO; only then is
 * it at hand. False: memory is short. */
#define DB_WHOLE(columns) "whole(" columns ")"
void db_take(struct statement *statement, bool (*take)(void *into, const struct statement *row),
             void *into);

/* Columns of the row at hand, from 0; texts live until the next step. */
int64_t db_int(const struct statement *statement, int column);
bool db_null(const struct statement *statement, int column);
const char *db_text(const struct statement *statement, int column); /* "" for null */
const void *db_bytes(const struct statement *statement, int column, size_t *length);

/*
 * Work is a transaction that can be taken back. Within one, another is a savepoint. The outermost
 * waits in the queue of writers (desk.lock) first. db_commit() returns when it is durable.
 */
int db_begin(struct db *db, struct error *error);
int db_commit(struct db *db, struct error *error);
void db_rollback(struct db *db);
bool db_working(const struct db *db);
/* A transaction that only reads, so that all it sees stood at one moment. */
int db_look(struct db *db, struct error *error);

/* What is taken away within the work at hand leaves the files too: once it is committed the log, in
 * which it still stands, is emptied. While others read what was, that waits for a later commit. */
void db_strike(struct db *db);
/* Empties the write-ahead log into the file, after a bulk run. */
int db_checkpoint(struct db *db, struct error *error);
/* Hears after each step how many PAGES of how many were copied; not 0 ends it, with ERROR set. */
struct db_watch {
    int (*step)(void *self, int64_t pages, int64_t of, struct error *error); /* NULL: nobody does */
    void *self;
};
/* Copies the whole database as it stands now into the new file PATH, in steps, while others write.
 */
int db_backup(struct db *db, const char *path, const struct db_watch *watch, struct error *error);
/* Ids that match all of TOKENS (blank separated, see search.h), at most MOST; count, or -1. */
int64_t db_search(struct db *db, struct error *error, const char *tokens, int64_t *ids,
                  int64_t most);
int db_search_drop(struct db *db, struct error *error, int64_t id, const char *tokens);
int db_search_put(struct db *db, struct error *error, int64_t id, const char *tokens);
/* 0 or the version of the schema in the file. */
int db_version(struct db *db, struct error *error, int64_t *version);
int db_set_version(struct db *db, struct error *error, int64_t version);
/* The tables of this version, and each step from an older one (schema.c). */
int db_schema(struct db *db, const char *ddl, struct error *error);
/* The file is whole as far as the database can tell. */
int db_whole(struct db *db, struct error *error);

#endif
