/* db_sqlite.c: the waist over SQLite. The settings and their reasons: the store's design. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "data/store/db.h"

enum {
    APPLICATION = 0x59756e54, /* YunT */
    KEPT_MOST = 256,          /* prepared statements */
    PLACES_MOST = 64,         /* parameters of one */
    BUSY_MS = 2000
};

struct statement {
    struct db *db;
    const char *sql; /* the constant it was made from; NULL: made at run time */
    sqlite3_stmt *stmt;
    int place[PLACES_MOST + 1]; /* of $N */
    bool used;
};

struct db {
    sqlite3 *sqlite;
    int lock; /* desk.lock: the queue of writers; -1 for readers */
    int depth;
    struct statement *kept[KEPT_MOST];
};

/* ---- errors ---- */

static int fail(struct db *db, struct error *error)
{
    int code = db->sqlite ? sqlite3_errcode(db->sqlite) : SQLITE_NOMEM;
    const char *why = db->sqlite ? sqlite3_errmsg(db->sqlite) : "memory";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the disk is full; nothing was stored; make room and try again"), NULL,
                         NULL);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the store is busy with another; nothing was stored; try again"), NULL,
                         NULL);
    case SQLITE_READONLY:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the store cannot be written to (%1); nothing was stored"), why, NULL);
    case SQLITE_NOTADB:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("desk.db is not a store of yuntai; restore it from a backup"), NULL,
                         NULL);
    case SQLITE_CORRUPT:
        return error_set(
            error, ERROR_ENVIRONMENT,
            N_("desk.db is damaged (%1); stop working, run `yuntai doctor`, restore a backup"), why,
            NULL);
    case SQLITE_NOMEM:
        return error_memory(error);
    case SQLITE_CONSTRAINT:
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the store refuses what would contradict it: %1"), why, NULL);
    default:
        return error_set(error, ERROR_ENVIRONMENT, N_("the store could not do it: %1"), why, NULL);
    }
}

/* ---- opening ---- */

static int check_file_system(const char *directory, struct error *error)
{
    struct statfs fs;
    if (statfs(directory, &fs) != 0) {
        return error_errno(error, "statfs", directory, errno);
    }
    switch ((unsigned long)fs.f_type) {
    case 0x6969:     /* nfs */
    case 0xff534d42: /* cifs */
    case 0xfe534d42: /* smb2 */
    case 0x65735546: /* fuse */
    case 0x01021997: /* 9p */
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1 is on a network file system, where a store is not safe; choose a "
                            "directory on a disk of this machine"),
                         directory, NULL);
    default:
        return 0;
    }
}

static int set_up(struct db *db, enum db_how how, struct error *error)
{
    static const char every[] =
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000; PRAGMA mmap_size=0;"
        "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=1000;"
        "PRAGMA cell_size_check=ON;";
    sqlite3 *s = db->sqlite;
    sqlite3_db_config(s, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)NULL);
    sqlite3_limit(s, SQLITE_LIMIT_LENGTH, 32 << 20);
    sqlite3_limit(s, SQLITE_LIMIT_SQL_LENGTH, 64 << 10);
    sqlite3_limit(s, SQLITE_LIMIT_ATTACHED, 1);
    sqlite3_limit(s, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_busy_timeout(s, BUSY_MS);
    if (how == DB_CREATE) {
        bool wal = false;
        struct statement *mode = db_query(db, error, "PRAGMA journal_mode=WAL", "");
        wal = mode && db_next(mode, error) == 1 && strcmp(db_text(mode, 0), "wal") == 0;
        db_end(mode);
        if (!wal || sqlite3_exec(s, "PRAGMA application_id=1500868180", NULL, NULL, NULL) != 0) {
            return fail(db, error);
        }
    }
    if (sqlite3_exec(s, every, NULL, NULL, NULL) != SQLITE_OK ||
        (how == DB_READ && sqlite3_exec(s, "PRAGMA query_only=ON", NULL, NULL, NULL) != 0)) {
        return fail(db, error);
    }
    int64_t application = 0;
    bool found;
    if (db_number(db, error, &application, &found, "PRAGMA application_id", "") != 0) {
        return -1;
    }
    return application == APPLICATION
               ? 0
               : error_set(error, ERROR_ENVIRONMENT,
                           N_("desk.db is not a store of yuntai; restore it from a backup"), NULL,
                           NULL);
}

static int create_file(const char *path, struct error *error)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return errno == EEXIST
                   ? error_set(error, ERROR_USAGE, N_("%1 is there already; nothing was changed"),
                               path, NULL)
                   : error_errno(error, "create", path, errno);
    }
    close(file);
    return 0;
}

static int open_lock(struct db *db, const char *real, struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/desk.lock", real);
    db->lock = open(text_bytes(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int status = db->lock < 0 ? error_errno(error, "open", text_bytes(&path), errno) : 0;
    text_free(&path);
    return status;
}

static int open_file(struct db *db, const char *real, enum db_how how, struct error *error)
{
    struct text path = {0};
    struct stat info;
    text_addf(&path, "%s/desk.db", real);
    const char *file = text_bytes(&path);
    int status = how == DB_CREATE ? create_file(file, error) : 0;
    if (status == 0 && stat(file, &info) != 0) {
        status =
            errno == ENOENT
                ? error_set(error, ERROR_NOT_FOUND,
                            N_("there is no workspace at %1; `yuntai init` makes one"), real, NULL)
                : error_errno(error, "open", file, errno);
    } else if (status == 0 && how != DB_CREATE && info.st_size == 0) {
        status =
            error_set(error, ERROR_ENVIRONMENT,
                      N_("desk.db is empty: it was cut off; restore it from a backup"), NULL, NULL);
    }
    if (status == 0 &&
        sqlite3_open_v2(file, &db->sqlite,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
                        NULL) != SQLITE_OK) {
        status = fail(db, error);
    }
    text_free(&path);
    return status;
}

int db_open(const char *directory, enum db_how how, struct db **out, struct error *error)
{
    *out = NULL;
    char *real = realpath(directory, NULL);
    if (!real) {
        return errno == ENOENT
                   ? error_set(error, ERROR_NOT_FOUND,
                               N_("there is no workspace at %1; `yuntai init` makes one"),
                               directory, NULL)
                   : error_errno(error, "open", directory, errno);
    }
    struct db *db = calloc(1, sizeof *db);
    if (!db) {
        free(real);
        return error_memory(error);
    }
    db->lock = -1;
    int status = check_file_system(real, error);
    status = status ? status : open_file(db, real, how, error);
    status = status || how == DB_READ ? status : open_lock(db, real, error);
    status = status ? status : set_up(db, how, error);
    free(real);
    if (status != 0) {
        db_close(db);
        return -1;
    }
    *out = db;
    return 0;
}

static void drop(struct statement *statement)
{
    if (statement) {
        sqlite3_finalize(statement->stmt);
        free(statement);
    }
}

void db_close(struct db *db)
{
    if (!db) {
        return;
    }
    for (int i = 0; i < KEPT_MOST; i++) {
        drop(db->kept[i]);
    }
    sqlite3_close(db->sqlite);
    if (db->lock >= 0) {
        close(db->lock);
    }
    free(db);
}

/* ---- statements ---- */

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
        fail(db, error);
        drop(statement);
        return NULL;
    }
    /* SQLite takes $N as a name: its place is asked once. */
    char name[8] = "$";
    for (int n = 1; n <= PLACES_MOST; n++) {
        name[1] = (char)(n < 10 ? '0' + n : '0' + n / 10);
        name[2] = (char)(n < 10 ? '\0' : '0' + n % 10);
        name[3] = '\0';
        statement->place[n] = sqlite3_bind_parameter_index(statement->stmt, name);
    }
    return statement;
}

static struct statement *kept(struct db *db, struct error *error, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 4) * 2654435761u % KEPT_MOST;
    for (size_t i = 0; i < KEPT_MOST; i++) {
        struct statement **slot = &db->kept[(at + i) % KEPT_MOST];
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
    return sqlite3_bind_int64(statement->stmt, statement->place[place], number);
}

int db_bind_text(struct statement *statement, int place, const char *text, size_t length)
{
    return sqlite3_bind_text64(statement->stmt, statement->place[place], text, length,
                               SQLITE_TRANSIENT, SQLITE_UTF8);
}

int db_bind_blob(struct statement *statement, int place, const void *bytes, size_t length)
{
    return sqlite3_bind_blob64(statement->stmt, statement->place[place], bytes, length,
                               SQLITE_TRANSIENT);
}

static int bind_one(struct statement *statement, int n, char type, va_list *args)
{
    int place = statement->place[n];
    const char *text;
    const void *blob;
    size_t length;
    switch (type) {
    case 'i':
        return sqlite3_bind_int64(statement->stmt, place, va_arg(*args, int64_t));
    case 't':
        text = va_arg(*args, const char *);
        return text ? sqlite3_bind_text(statement->stmt, place, text, -1, SQLITE_TRANSIENT)
                    : sqlite3_bind_null(statement->stmt, place);
    case 's':
        text = va_arg(*args, const char *);
        length = va_arg(*args, size_t);
        return sqlite3_bind_text64(statement->stmt, place, text ? text : "", length,
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    case 'b':
        blob = va_arg(*args, const void *);
        length = va_arg(*args, size_t);
        return sqlite3_bind_blob64(statement->stmt, place, blob ? blob : "", length,
                                   SQLITE_TRANSIENT);
    default:
        return sqlite3_bind_null(statement->stmt, place);
    }
}

static struct statement *start(struct db *db, struct error *error, const char *sql,
                               const char *types, va_list *args)
{
    struct statement *statement = kept(db, error, sql);
    int status = SQLITE_OK;
    if (!statement) {
        return NULL;
    }
    statement->used = true;
    for (int n = 1; types[n - 1] && status == SQLITE_OK; n++) {
        status = bind_one(statement, n, types[n - 1], args);
    }
    if (status != SQLITE_OK) {
        fail(db, error);
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
    struct statement *statement = start(db, error, sql, types, &args);
    va_end(args);
    return statement;
}

struct statement *db_made(struct db *db, struct error *error, const char *sql)
{
    struct statement *statement = prepare(db, error, sql, false);
    if (statement) {
        statement->used = true;
    }
    return statement;
}

int db_next(struct statement *statement, struct error *error)
{
    int status = sqlite3_step(statement->stmt);
    if (status == SQLITE_ROW) {
        return 1;
    }
    int result = status == SQLITE_DONE ? 0 : fail(statement->db, error);
    db_end(statement);
    return result;
}

void db_end(struct statement *statement)
{
    if (!statement || !statement->used) {
        return;
    }
    statement->used = false;
    if (!statement->sql) {
        drop(statement);
        return;
    }
    sqlite3_reset(statement->stmt);
    sqlite3_clear_bindings(statement->stmt);
}

int64_t db_run(struct db *db, struct error *error, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    struct statement *statement = start(db, error, sql, types, &args);
    va_end(args);
    int status = statement ? 1 : -1;
    while (status == 1) {
        status = db_next(statement, error);
    }
    return status < 0 ? -1 : sqlite3_changes64(db->sqlite);
}

int db_number(struct db *db, struct error *error, int64_t *out, bool *found, const char *sql,
              const char *types, ...)
{
    va_list args;
    va_start(args, types);
    struct statement *statement = start(db, error, sql, types, &args);
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

int64_t db_int(const struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

bool db_null(const struct statement *statement, int column)
{
    return sqlite3_column_type(statement->stmt, column) == SQLITE_NULL;
}

const char *db_text(const struct statement *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement->stmt, column);
    return text ? (const char *)text : "";
}

const void *db_bytes(const struct statement *statement, int column, size_t *length)
{
    const void *bytes = sqlite3_column_blob(statement->stmt, column);
    *length = (size_t)sqlite3_column_bytes(statement->stmt, column);
    return bytes ? bytes : "";
}

/* ---- work ---- */

static int exec(struct db *db, struct error *error, const char *sql)
{
    return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(db, error);
}

bool db_working(const struct db *db)
{
    return db->depth > 0;
}

/* Twenty writers each wait their turn here: SQLite's own waiting lets some starve. A writer that
 * was stopped inside its work holds the lock too; after BUSY_MS the error says the store is busy.
 */
static int take_turn(struct db *db, struct error *error)
{
    for (int waited = 0; flock(db->lock, LOCK_EX | LOCK_NB) != 0; waited++) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return error_errno(error, "lock", "desk.lock", errno);
        }
        if (waited >= BUSY_MS) {
            return error_set(error, ERROR_ENVIRONMENT,
                             N_("the store is busy with another; nothing was stored; try again"),
                             NULL, NULL);
        }
        poll(NULL, 0, 1);
    }
    return 0;
}

int db_begin(struct db *db, struct error *error)
{
    if (db->depth == 0) {
        if (db->lock >= 0 && take_turn(db, error) != 0) {
            return -1;
        }
        if (exec(db, error, "BEGIN IMMEDIATE") != 0) {
            flock(db->lock, LOCK_UN);
            return -1;
        }
    } else if (exec(db, error, "SAVEPOINT work") != 0) {
        return -1;
    }
    db->depth++;
    return 0;
}

int db_look(struct db *db, struct error *error)
{
    if (exec(db, error, db->depth == 0 ? "BEGIN" : "SAVEPOINT work") != 0) {
        return -1;
    }
    db->depth++;
    return 0;
}

int db_commit(struct db *db, struct error *error)
{
    int status = exec(db, error, db->depth == 1 ? "COMMIT" : "RELEASE work");
    if (status != 0) {
        db_rollback(db);
        return -1;
    }
    if (--db->depth == 0 && db->lock >= 0) {
        flock(db->lock, LOCK_UN);
    }
    return 0;
}

void db_rollback(struct db *db)
{
    if (db->depth == 0) {
        return;
    }
    if (db->depth == 1) {
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
    } else {
        sqlite3_exec(db->sqlite, "ROLLBACK TO work; RELEASE work", NULL, NULL, NULL);
    }
    if (--db->depth == 0 && db->lock >= 0) {
        flock(db->lock, LOCK_UN);
    }
}

int db_checkpoint(struct db *db, struct error *error)
{
    return exec(db, error, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* ---- the file ---- */

int db_backup(struct db *db, const char *path, struct error *error)
{
    sqlite3 *copy = NULL;
    enum { PAGES = 256 };
    if (create_file(path, error) != 0) {
        return -1;
    }
    int status = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
    sqlite3_backup *backup =
        status == SQLITE_OK ? sqlite3_backup_init(copy, "main", db->sqlite, "main") : NULL;
    do {
        status = backup ? sqlite3_backup_step(backup, PAGES) : SQLITE_ERROR;
        if (status == SQLITE_BUSY || status == SQLITE_LOCKED) {
            poll(NULL, 0, 5);
        }
    } while (status == SQLITE_OK || status == SQLITE_BUSY || status == SQLITE_LOCKED);
    if (backup) {
        sqlite3_backup_finish(backup);
    }
    if (status != SQLITE_DONE) {
        error_set(error, ERROR_ENVIRONMENT, N_("the backup to %1 could not be written: %2"), path,
                  copy ? sqlite3_errmsg(copy) : "memory");
    }
    sqlite3_close(copy);
    return status == SQLITE_DONE ? 0 : -1;
}

int64_t db_search(struct db *db, struct error *error, const char *tokens, int64_t *ids,
                  int64_t most)
{
    struct statement *found = db_query(
        db, error, "SELECT rowid FROM search WHERE search MATCH $1 LIMIT $2", "ti", tokens, most);
    int64_t count = 0;
    int status = found ? 1 : -1;
    while (found && (status = db_next(found, error)) == 1) {
        ids[count++] = db_int(found, 0);
    }
    return status < 0 ? -1 : count;
}

/* The index keeps no texts: it must be told what it is to forget. */
int db_search_drop(struct db *db, struct error *error, int64_t id, const char *tokens)
{
    return db_run(db, error, "INSERT INTO search(search, rowid, words) VALUES ('delete', $1, $2)",
                  "it", id, tokens) < 0
               ? -1
               : 0;
}

int db_search_put(struct db *db, struct error *error, int64_t id, const char *tokens)
{
    return db_run(db, error, "INSERT INTO search(rowid, words) VALUES ($1, $2)", "it", id, tokens) <
                   0
               ? -1
               : 0;
}

int db_version(struct db *db, struct error *error, int64_t *version)
{
    bool found;
    *version = 0;
    return db_number(db, error, version, &found, "PRAGMA user_version", "");
}

int db_set_version(struct db *db, struct error *error, int64_t version)
{
    struct text sql = {0};
    text_addf(&sql, "PRAGMA user_version=%d", (int)version);
    int status = exec(db, error, text_bytes(&sql));
    text_free(&sql);
    return status;
}

int db_whole(struct db *db, struct error *error)
{
    struct statement *check = db_query(db, error, "PRAGMA quick_check(1)", "");
    int status = check ? db_next(check, error) : -1;
    if (status == 1 && strcmp(db_text(check, 0), "ok") != 0) {
        status = error_set(
            error, ERROR_ENVIRONMENT,
            N_("desk.db is damaged (%1); stop working, run `yuntai doctor`, restore a backup"),
            db_text(check, 0), NULL);
    }
    db_end(check);
    return status < 0 ? -1 : 0;
}

/* ---- tables ---- */

static const struct {
    const char *token, *text;
} tokens[] = {
    {"@I8", "INTEGER"},
    {"@I4", "INTEGER"},
    {"@TX", "TEXT"},
    {"@BL", "BLOB"},
    {"@OPTW", "STRICT, WITHOUT ROWID"},
    {"@OPT", "STRICT"},
};

int db_schema(struct db *db, const char *ddl, struct error *error)
{
    struct text sql = {0};
    for (const char *at = ddl; *at;) {
        size_t i = 0, count = sizeof tokens / sizeof *tokens;
        while (i < count && strncmp(at, tokens[i].token, strlen(tokens[i].token)) != 0) {
            i++;
        }
        text_add_n(&sql, i < count ? tokens[i].text : at, i < count ? strlen(tokens[i].text) : 1);
        at += i < count ? strlen(tokens[i].token) : 1;
    }
    int status = sql.failed ? error_memory(error) : exec(db, error, text_bytes(&sql));
    text_free(&sql);
    return status;
}
