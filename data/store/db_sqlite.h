/*
 * db_sqlite.h: what the parts of the SQLite driver share: db_sqlite.c has statements and work,
 * db_sqlite_row.c the row at hand, db_sqlite_file.c the file they are kept in.
 */
#ifndef YUNTAI_DATA_STORE_DB_SQLITE_H
#define YUNTAI_DATA_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "data/store/db.h"
#include "data/store/turn.h"

enum {
    DB_KEPT_MOST = 256,  /* prepared statements */
    DB_MADE_MOST = 16,   /* the same, of texts made at run time */
    DB_PLACES_MOST = 64, /* parameters of one statement */
    DB_BUSY_MS = 2000    /* a writer waits that long for its turn */
};

struct statement {
    struct db *db;
    const char *sql; /* the constant it was made from; NULL: made at run time */
    char *text;      /* of a kept one that was made at run time; owned */
    sqlite3_stmt *stmt;
    int place[DB_PLACES_MOST + 1]; /* of $N */
    bool used;
    bool (*take)(void *into, const struct statement *row); /* db_take() */
    void *into;
    sqlite3_value **values; /* of the row that is being taken; NULL: read column by column */
};

struct db {
    sqlite3 *sqlite;
    struct turn_queue queue; /* of writers, over desk.lock; readers have none */
    int depth;
    int lost; /* code of the failure at which SQLite took the whole work back by itself; 0 */
    bool (*stop)(void *self); /* db_heed() */
    void *stop_self;
    int logged;                /* pages of the log when it was last written to */
    bool struck;               /* db_strike(), and the log is not emptied yet */
    bool reading;              /* the statement that runs may be given up */
    struct statement *stepped; /* it */
    struct statement *kept[DB_KEPT_MOST], *made[DB_MADE_MOST];
    int made_next; /* whose place the next one takes */
};

/* -1 with ERROR: what SQLite says of its last failure. */
int db_fail(struct db *db, struct error *error);
/* Runs the text SQL, which has no parameters and gives no rows. */
int db_exec(struct db *db, struct error *error, const char *sql);
/* Forgets all prepared statements. */
void db_forget(struct db *db);
/* What DB_WHOLE asks for. */
int db_offer_whole(struct db *db, struct error *error);

#endif
