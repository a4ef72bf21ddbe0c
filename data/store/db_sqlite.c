/* db_sqlite.c: the waist over SQLite: statements, and work. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "data/store/db_sqlite.h"

enum {
    HEED_STEPS = 2000, /* of SQLite's machine: some 100 microseconds */
    LOG_PAGES = 1000   /* of the log, when it is brought into the file */
};

/* ---- errors ---- */

static const struct failure {
    int code;
    const char *sentence; /* %1: what SQLite says */
} failures[] = {
    {SQLITE_FULL, N_("the disk is full; nothing was stored; make room and try again")},
    {SQLITE_BUSY, N_("the store is busy with another; nothing was stored; try again")},
    {SQLITE_LOCKED, N_("the store is busy with another; nothing was stored; try again")},
    {SQLITE_READONLY, N_("the store cannot be written to (%1); nothing was stored; make its "
                         "directory writable for this account")},
    {SQLITE_CANTOPEN, N_("desk.db and the files beside it cannot be opened (%1); nothing was "
                         "stored; make its directory writable for this account")},
    {SQLITE_IOERR, N_("the disk failed (%1); nothing was stored; look at the disk and the "
                      "machine's log, then try again")},
    {SQLITE_NOTADB, N_("desk.db is not a store of yuntai; restore it from a backup")},
    {SQLITE_CORRUPT, N_("desk.db is damaged (%1); stop working, run `yuntai doctor`, restore a "
                        "backup")},
    {SQLITE_CONSTRAINT, N_("the store refuses what would contradict it: %1")},
};

static bool short_of_memory(int code)
{
    return (code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM;
}

static int fail_by(int code, const char *why, struct error *error)
{
    const char *sentence = N_("the store could not do it: %1");
    if (short_of_memory(code)) {
        return error_memory(error);
    }
    if ((code & 0xff) == SQLITE_INTERRUPT) {
        return error_set(error, ERROR_INTERRUPTED,
                         N_("interrupted; nothing was changed, ask again"), NULL, NULL);
    }
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        if (failures[i].code == (code & 0xff)) {
            sentence = failures[i].sentence;
        }
    }
    return error_set(error, ERROR_ENVIRONMENT, sentence, why, NULL);
}

/* SQLite's own word for a full disk covers the file and its log, not what lies beside them. */
static int failure_of(struct db *db)
{
    int code = sqlite3_extended_errcode(db->sqlite), number = sqlite3_system_errno(db->sqlite);
    bool no_room = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return (code & 0xff) == SQLITE_IOERR && no_room && !short_of_memory(code) ? SQLITE_FULL : code;
}

/* The whole work is gone: SQLite takes it back where the disk is full or fails, or memory is short.
 */
static bool work_lost(struct db *db)
{
    if (db->depth > 0 && db->lost == SQLITE_OK && sqlite3_get_autocommit(db->sqlite)) {
        int code = failure_of(db);
        db->lost = code != SQLITE_OK ? code : SQLITE_ABORT;
    }
    return db->lost != SQLITE_OK;
}

int db_fail(struct db *db, struct error *error)
{
    if (db->sqlite && work_lost(db)) {
        return fail_by(db->lost, sqlite3_errstr(db->lost), error);
    }
    return db->sqlite ? fail_by(failure_of(db), sqlite3_errmsg(db->sqlite), error)
                      : error_memory(error);
}

/* Nothing more is done within work that is lost: it would stand by itself. */
static bool ready(struct db *db, struct error *error)
{
    return !work_lost(db) || db_fail(db, error) == 0;
}

/* ---- statements ---- */

static void drop(struct statement *statement)
{
    if (statement) {
        sqlite3_finalize(statement->stmt);
        free(statement->text);
        free(statement);
    }
}

void db_forget(struct db *db)
{
    for (int i = 0; i < DB_KEPT_MOST; i++) {
        drop(db->kept[i]);
        db->kept[i] = NULL;
    }
    for (int i = 0; i < DB_MADE_MOST; i++) {
        drop(db->made[i]);
        db->made[i] = NULL;
    }
}

static struct statement *prepare(struct db *db, struct error *error, const char *sql, bool keep)
{
    struct statement *statement = calloc(1, sizeof *statement);
    if (!statement) {
        error_memory(error);
        return NULL;
    }
    *statement = (struct statement){.db = db, .sql = keep ? sql : NULL};
    if (sqlite3_prepare_v3(db->sqlite, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0,
                           &statement->stmt, NULL) != SQLITE_OK) {
        db_fail(db, error);
        drop(statement);
        return NULL;
    }
    /* SQLite takes $N as a name: its place is asked once. */
    char name[8] = "$";
    for (int n = 1; n <= DB_PLACES_MOST; n++) {
        name[1] = (char)(n < 10 ? '0' + n : '0' + n / 10);
        name[2] = (char)(n < 10 ? '\0' : '0' + n % 10);
        name[3] = '\0';
        statement->place[n] = sqlite3_bind_parameter_index(statement->stmt, name);
    }
    return statement;
}

static struct statement *kept(struct db *db, struct error *error, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 4) * 2654435761u % DB_KEPT_MOST;
    for (size_t i = 0; i < DB_KEPT_MOST; i++) {
        struct statement **slot = &db->kept[(at + i) % DB_KEPT_MOST];
        if (*slot && (*slot)->sql == sql && !(*slot)->used) {
            return *slot;
        }
        if (!*slot) {
            *slot = prepare(db, error, sql, true);
            return *slot;
        }
    }
    return prepare(db, error, sql, false); /* all in use, or too many: thrown away at its end */
}

int db_bind_int(struct statement *statement, int place, int64_t number)
{
    int at = statement->place[place];
    return at ? sqlite3_bind_int64(statement->stmt, at, number) : SQLITE_OK;
}

int db_bind_text(struct statement *statement, int place, const char *text, size_t length)
{
    int at = statement->place[place];
    return at ? sqlite3_bind_text64(statement->stmt, at, text, length, SQLITE_STATIC, SQLITE_UTF8)
              : SQLITE_OK;
}

int db_bind_blob(struct statement *statement, int place, const void *bytes, size_t length)
{
    int at = statement->place[place];
    return at ? sqlite3_bind_blob64(statement->stmt, at, bytes, length, SQLITE_STATIC) : SQLITE_OK;
}

/* The bytes of ARGS outlive the statement's run, or are copied. */
enum bytes { BYTES_STAY, BYTES_COPIED };

static int bind_one(struct statement *statement, int n, char type, enum bytes bytes, va_list *args)
{
    sqlite3_destructor_type how = bytes == BYTES_STAY ? SQLITE_STATIC : SQLITE_TRANSIENT;
    int place = statement->place[n];
    const char *text;
    const void *blob;
    size_t length;
    switch (type) {
    case 'i':
        return sqlite3_bind_int64(statement->stmt, place, va_arg(*args, int64_t));
    case 't':
        text = va_arg(*args, const char *);
        return text ? sqlite3_bind_text(statement->stmt, place, text, -1, how)
                    : sqlite3_bind_null(statement->stmt, place);
    case 's':
        text = va_arg(*args, const char *);
        length = va_arg(*args, size_t);
        return sqlite3_bind_text64(statement->stmt, place, text ? text : "", length, how,
                                   SQLITE_UTF8);
    case 'b':
        blob = va_arg(*args, const void *);
        length = va_arg(*args, size_t);
        return sqlite3_bind_blob64(statement->stmt, place, blob ? blob : "", length, how);
    default:
        return sqlite3_bind_null(statement->stmt, place);
    }
}

static struct statement *start(struct db *db, struct error *error, const char *sql,
                               const char *types, enum bytes bytes, va_list *args)
{
    struct statement *statement = ready(db, error) ? kept(db, error, sql) : NULL;
    int status = SQLITE_OK;
    if (!statement) {
        return NULL;
    }
    statement->used = true;
    for (int n = 1; types[n - 1] && status == SQLITE_OK; n++) {
        status = bind_one(statement, n, types[n - 1], bytes, args);
    }
    if (status != SQLITE_OK) {
        db_fail(db, error);
        db_end(statement);
        return NULL;
    }
    return statement;
}

struct statement *db_query(struct db *db, struct error *error, const char *sql, const char *types,
                           ...)
{
    va_list args;
    va_start(args, types);
    struct statement *statement = start(db, error, sql, types, BYTES_COPIED, &args);
    va_end(args);
    return statement;
}

/* Keeps STATEMENT in the place of the one that came longest ago, unless that is in use. */
static void keep_made(struct db *db, struct statement *statement, const char *sql)
{
    struct statement **place = &db->made[db->made_next];
    size_t size = strlen(sql) + 1;
    if ((*place && (*place)->used) || !(statement->text = malloc(size))) {
        return;
    }
    memcpy(statement->text, sql, size);
    drop(*place);
    *place = statement;
    db->made_next = (db->made_next + 1) % DB_MADE_MOST;
}

static struct statement *made(struct db *db, struct error *error, const char *sql)
{
    for (int i = 0; i < DB_MADE_MOST; i++) {
        if (db->made[i] && !db->made[i]->used && strcmp(db->made[i]->text, sql) == 0) {
            return db->made[i];
        }
    }
    struct statement *statement = prepare(db, error, sql, false);
    if (statement) {
        keep_made(db, statement, sql);
    }
    return statement;
}

struct statement *db_made(struct db *db, struct error *error, const char *sql)
{
    struct statement *statement = ready(db, error) ? made(db, error, sql) : NULL;
    if (statement) {
        statement->used = true;
    }
    return statement;
}

int db_next(struct statement *statement, struct error *error)
{
    statement->db->reading = sqlite3_stmt_readonly(statement->stmt);
    statement->db->stepped = statement;
    int status = sqlite3_step(statement->stmt);
    statement->db->reading = false;
    if (status == SQLITE_ROW) {
        return 1;
    }
    int result = status == SQLITE_DONE ? 0 : db_fail(statement->db, error);
    db_end(statement);
    return result;
}

/* What writes is let through: SQLite would take back all the work it stands in. */
static int heed(void *self)
{
    struct db *db = self;
    return db->reading && db->stop && db->stop(db->stop_self);
}

void db_heed(struct db *db, bool (*stop)(void *self), void *self)
{
    db->stop = stop;
    db->stop_self = self;
    sqlite3_progress_handler(db->sqlite, stop ? HEED_STEPS : 0, stop ? heed : NULL, db);
}

void db_end(struct statement *statement)
{
    if (!statement || !statement->used) {
        return;
    }
    statement->used = false;
    if (!statement->sql && !statement->text) {
        drop(statement);
        return;
    }
    sqlite3_reset(statement->stmt);
    sqlite3_clear_bindings(statement->stmt);
}

int64_t db_run(struct db *db, struct error *error, const char *sql, const char *types, ...)
{
    bool alone = db->depth == 0;
    va_list args;
    if (alone && db_begin(db, error) != 0) {
        return -1;
    }
    va_start(args, types);
    struct statement *statement = start(db, error, sql, types, BYTES_STAY, &args);
    va_end(args);
    int status = statement ? 1 : -1;
    while (status == 1) {
        status = db_next(statement, error);
    }
    int64_t changed = status < 0 ? -1 : sqlite3_changes64(db->sqlite);
    if (alone && changed < 0) {
        db_rollback(db);
    } else if (alone && db_commit(db, error) != 0) {
        return -1;
    }
    return changed;
}

int db_number(struct db *db, struct error *error, int64_t *out, bool *found, const char *sql,
              const char *types, ...)
{
    va_list args;
    va_start(args, types);
    struct statement *statement = start(db, error, sql, types, BYTES_STAY, &args);
    va_end(args);
    *found = false;
    int status = statement ? db_next(statement, error) : -1;
    if (status == 1) {
        *found = !db_null(statement, 0);
        *out = db_int(statement, 0);
        db_end(statement);
        status = 0;
    }
    return status;
}

/* ---- work ---- */

int db_exec(struct db *db, struct error *error, const char *sql)
{
    bool done = !work_lost(db) && sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
    return done ? 0 : db_fail(db, error);
}

/* The words between which work stands, prepared once like any other. */
static int say(struct db *db, struct error *error, const char *sql)
{
    struct statement *statement = work_lost(db) ? NULL : kept(db, error, sql);
    if (!statement) {
        return work_lost(db) ? db_fail(db, error) : -1;
    }
    statement->used = true;
    int status = sqlite3_step(statement->stmt) == SQLITE_DONE ? 0 : db_fail(db, error);
    db_end(statement);
    return status;
}

bool db_working(const struct db *db)
{
    return db->depth > 0;
}

/* A writer that was stopped inside its work keeps its turn; after DB_BUSY_MS the error says the
 * store is busy. */
static int take_turn(struct db *db, struct error *error)
{
    switch (turn_take(&db->queue, DB_BUSY_MS)) {
    case TURN_TAKEN:
        return 0;
    case TURN_BUSY:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the store is busy with another; nothing was stored; try again"), NULL,
                         NULL);
    default:
        return error_errno(error, "locking", "desk.lock", errno);
    }
}

static void leave_turn(struct db *db)
{
    if (db->queue.file >= 0) {
        turn_leave(&db->queue);
    }
}

static void end_work(struct db *db)
{
    if (--db->depth > 0) {
        return;
    }
    db->lost = SQLITE_OK;
    leave_turn(db);
}

int db_begin(struct db *db, struct error *error)
{
    if (db->depth == 0) {
        if (db->queue.file >= 0 && take_turn(db, error) != 0) {
            return -1;
        }
        if (say(db, error, "BEGIN IMMEDIATE") != 0) {
            leave_turn(db);
            return -1;
        }
    } else if (say(db, error, "SAVEPOINT work") != 0) {
        return -1;
    }
    db->depth++;
    return 0;
}

int db_look(struct db *db, struct error *error)
{
    if (say(db, error, db->depth == 0 ? "BEGIN" : "SAVEPOINT work") != 0) {
        return -1;
    }
    db->depth++;
    return 0;
}

/* It is done; that the log could not be emptied yet is no failure of it. */
static void empty_log(struct db *db)
{
    struct error ignored = {0};
    int64_t busy = 1;
    bool found;
    int status = db_number(db, &ignored, &busy, &found, "PRAGMA wal_checkpoint(TRUNCATE)", "");
    db->struck = status != 0 || busy != 0;
    error_free(&ignored);
}

/* The next writer need not wait for that. Who is at it already, or a disk that fails, leaves it to
 * the next commit. */
static void shorten_log(struct db *db)
{
    (void)sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    db->logged = 0;
}

int db_commit(struct db *db, struct error *error)
{
    int status = say(db, error, db->depth == 1 ? "COMMIT" : "RELEASE work");
    if (status != 0) {
        db_rollback(db);
        return -1;
    }
    end_work(db);
    if (db->struck && db->depth == 0) {
        empty_log(db);
    } else if (db->logged >= LOG_PAGES && db->depth == 0) {
        shorten_log(db);
    }
    return 0;
}

void db_strike(struct db *db)
{
    db->struck = true;
}

void db_rollback(struct db *db)
{
    if (db->depth == 0) {
        return;
    }
    if (db->depth == 1) {
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
    } else if (!work_lost(db)) {
        sqlite3_exec(db->sqlite, "ROLLBACK TO work; RELEASE work", NULL, NULL, NULL);
    }
    end_work(db);
}

int db_checkpoint(struct db *db, struct error *error)
{
    return db_exec(db, error, "PRAGMA wal_checkpoint(TRUNCATE)");
}
