/*
 * db_sqlite.h: what the two halves of the SQLite driver share: db_sqlite.c has statements and work,
 * db_sqlite_file.c the file they are kept in.
 */
#ifndef YUNTAI_DATA_STORE_DB_SQLITE_H
#define YUNTAI_DATA_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "data/store/db.h"
#include "data/store/turn.h"

enum {
    DB_KEPT_MOST = 256, /* prepared statements */
    DB_MADE_MOST = 16,  /* the same, of texts made at run time */
    DB_BUSY_MS = 2000   /* a writer waits that long for its turn */
};

struct db {
    sqlite3 *sqlite;
    struct turn_queue queue; /* of writers, over desk.lock; readers have none */
    int depth;
    int lost; /* code of the failure at which SQLite took the whole work back by itself; 0 */
    bool (*stop)(void *self); /* db_heed() */
    void *stop_self;
    int logged;   /* pages of the log when it was last written to */
    bool struck;  /* db_strike(), and the log is not emptied yet */
    bool reading; /* the statement that runs may be given up */
    struct statement *kept[DB_KEPT_MOST], *made[DB_MADE_MOST];
    int made_next; /* whose place the next one takes */
};

/* -1 with ERROR: what SQLite says of its last failure. */
int db_fail(struct db *db, struct error *error);
/* Runs the text SQL, which has no parameters and gives no rows. */
int db_exec(struct db *db, struct error *error, const char *sql);
/* Forgets all prepared statements. */
void db_forget(struct db *db);

#endif
