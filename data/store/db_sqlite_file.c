/* db_sqlite_file.c: desk.db itself: opening, copying, tables, search. The settings and their
 * reasons: the store's design. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "data/store/db_sqlite.h"

enum {
    APPLICATION = 0x59756e54, /* YunT */
    SPILL_BYTES = 126976      /* of what a work may have to take back: more goes into a file; SQLite
                                 cannot write 128 KiB at once */
};

/* ---- opening ---- */

static int check_file_system(const char *directory, struct error *error)
{
    struct statfs fs;
    if (statfs(directory, &fs) != 0) {
        return error_errno(error, "looking at the disk of", directory, errno);
    }
    switch ((uint32_t)fs.f_type) {
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

/* SQLite would bring the log into the file before the turn is left: see db_commit(). */
static int note_log(void *self, sqlite3 *sqlite, const char *name, int pages)
{
    struct db *db = self;
    (void)sqlite;
    (void)name;
    db->logged = pages;
    return SQLITE_OK;
}

static int set_up(struct db *db, enum db_how how, struct error *error)
{
    static const char every[] =
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        "PRAGMA cache_size=-8000; PRAGMA mmap_size=0;"
        "PRAGMA journal_size_limit=67108864; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;";
    static const char reading[] = "PRAGMA temp_store=MEMORY; PRAGMA query_only=ON",
                      writing[] = "PRAGMA temp_store=FILE";
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
    sqlite3_busy_timeout(s, DB_BUSY_MS);
    if (how == DB_CREATE) {
        bool wal = false;
        struct statement *mode = db_query(db, error, "PRAGMA journal_mode=WAL", "");
        wal = mode && db_next(mode, error) == 1 && strcmp(db_text(mode, 0), "wal") == 0;
        db_end(mode);
        if (!wal || sqlite3_exec(s, "PRAGMA application_id=1500868180", NULL, NULL, NULL) != 0) {
            return db_fail(db, error);
        }
    }
    if (sqlite3_exec(s, every, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(s, how == DB_READ ? reading : writing, NULL, NULL, NULL) != SQLITE_OK) {
        return db_fail(db, error);
    }
    sqlite3_wal_hook(s, note_log, db);
    if (db_offer_whole(db, error) != 0) {
        return -1;
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
                   : error_errno(error, "creating", path, errno);
    }
    close(file);
    return 0;
}

static int open_lock(struct db *db, const char *real, struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/desk.lock", real);
    if (path.failed) {
        text_free(&path);
        return error_memory(error);
    }
    db->queue.file = open(text_bytes(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int status = 0;
    if (db->queue.file < 0 && (errno == EROFS || errno == EACCES)) {
        status = error_set(error, ERROR_ENVIRONMENT,
                           N_("the store cannot be written to (%1); nothing was stored; make its "
                              "directory writable for this account"),
                           error_why(errno), NULL);
    } else if (db->queue.file < 0) {
        status = error_errno(error, "opening", text_bytes(&path), errno);
    }
    text_free(&path);
    return status;
}

static int open_file(struct db *db, const char *real, enum db_how how, struct error *error)
{
    struct text path = {0};
    struct stat info;
    text_addf(&path, "%s/desk.db", real);
    const char *file = text_bytes(&path);
    int status = path.failed ? error_memory(error) : 0;
    status = status == 0 && how == DB_CREATE ? create_file(file, error) : status;
    if (status == 0 && lstat(file, &info) != 0) {
        status =
            errno == ENOENT
                ? error_set(error, ERROR_NOT_FOUND,
                            N_("there is no workspace at %1; `yuntai init` makes one"), real, NULL)
                : error_errno(error, "opening", file, errno);
    } else if (status == 0 && !S_ISREG(info.st_mode)) {
        status = error_set(error, ERROR_ENVIRONMENT,
                           N_("desk.db in %1 is a link or no file; put the file itself there"),
                           real, NULL);
    } else if (status == 0 && how != DB_CREATE && info.st_size == 0) {
        status =
            error_set(error, ERROR_ENVIRONMENT,
                      N_("desk.db is empty: it was cut off; restore it from a backup"), NULL, NULL);
    }
    if (status == 0 &&
        sqlite3_open_v2(file, &db->sqlite,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE |
                            SQLITE_OPEN_NOMUTEX, /* one thread */
                        NULL) != SQLITE_OK) {
        status = db_fail(db, error);
    }
    text_free(&path);
    return status;
}

/* What a long work may have to take back goes into the workspace, and nowhere else. In memory it
 * would be a list that SQLite goes through from its beginning at each step: that grows with the
 * square of the work. */
static int spill_beside(const char *directory, struct error *error)
{
    char *beside = sqlite3_mprintf("%s/tmp", directory);
    if (!beside) {
        return error_memory(error);
    }
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = beside;
    return 0;
}

/* SQLite guards itself against threads, of which there are none here, and counts what it allocates,
 * unless told before its first use. */
static void spare_locks(void)
{
    static bool told;
    if (!told) {
        told = true;
        sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SPILL_BYTES);
    }
}

int db_open(const char *directory, enum db_how how, struct db **out, struct error *error)
{
    *out = NULL;
    spare_locks();
    char *real = realpath(directory, NULL);
    if (!real) {
        return errno == ENOENT
                   ? error_set(error, ERROR_NOT_FOUND,
                               N_("there is no workspace at %1; `yuntai init` makes one"),
                               directory, NULL)
                   : error_errno(error, "opening", directory, errno);
    }
    struct db *db = calloc(1, sizeof *db);
    if (!db) {
        free(real);
        return error_memory(error);
    }
    db->queue.file = -1;
    int status = check_file_system(real, error);
    status = status ? status : open_file(db, real, how, error);
    status = status || how == DB_READ ? status : open_lock(db, real, error);
    status = status || how == DB_READ ? status : spill_beside(real, error);
    status = status ? status : set_up(db, how, error);
    free(real);
    if (status != 0) {
        db_close(db);
        return -1;
    }
    *out = db;
    return 0;
}

void db_close(struct db *db)
{
    if (!db) {
        return;
    }
    db_forget(db);
    sqlite3_close(db->sqlite);
    if (db->queue.file >= 0) {
        close(db->queue.file);
    }
    free(db);
}

/* ---- the file ---- */

/* The steps, to the last; SQLITE_DONE, another word of SQLite, or SQLITE_INTERRUPT by the watch. */
static int copy_pages(sqlite3_backup *backup, const struct db_watch *watch, struct error *error)
{
    enum { PAGES = 256 };
    int status;
    do {
        status = sqlite3_backup_step(backup, PAGES);
        int64_t of = sqlite3_backup_pagecount(backup);
        if (status == SQLITE_BUSY || status == SQLITE_LOCKED) {
            poll(NULL, 0, 5);
        }
        if (watch->step && status != SQLITE_DONE &&
            watch->step(watch->self, of - sqlite3_backup_remaining(backup), of, error) != 0) {
            status = SQLITE_INTERRUPT;
        }
    } while (status == SQLITE_OK || status == SQLITE_BUSY || status == SQLITE_LOCKED);
    return status;
}

/* It looks at what stood there in the beginning: without that SQLite begins anew whenever another
 * writes. */
int db_backup(struct db *db, const char *path, const struct db_watch *watch, struct error *error)
{
    static const struct db_watch nobody;
    sqlite3 *copy = NULL;
    if (create_file(path, error) != 0 || db_look(db, error) != 0) {
        return -1;
    }
    int status = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
    sqlite3_backup *backup =
        status == SQLITE_OK ? sqlite3_backup_init(copy, "main", db->sqlite, "main") : NULL;
    status = backup ? copy_pages(backup, watch ? watch : &nobody, error) : SQLITE_ERROR;
    if (backup) {
        sqlite3_backup_finish(backup);
    }
    if (status != SQLITE_DONE) { /* unless the watch said why */
        error_set(error, ERROR_ENVIRONMENT, N_("the backup to %1 could not be written: %2"), path,
                  copy ? sqlite3_errmsg(copy) : "memory");
    }
    sqlite3_close(copy);
    db_rollback(db);
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
    int status = db_exec(db, error, text_bytes(&sql));
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
    int status = sql.failed ? error_memory(error) : db_exec(db, error, text_bytes(&sql));
    text_free(&sql);
    return status;
}