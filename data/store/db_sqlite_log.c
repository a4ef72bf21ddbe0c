/*
 * db_sqlite_log.c: the log as SQLite writes it: of each page first a header, then the page. Those
 * of one commit stand one behind the other, so that they are gathered here and written in one call.
 * What is gathered is written before the last page of the commit is said to be, and before anything
 * else is asked of the log.
 */
#include <stdlib.h>
#include <string.h>

#include "data/store/db_sqlite.h"

enum {
    PAGE_HEADER = 24, /* from its fifth byte on it has what the last one of a commit alone has */
    ROOM = 128 * 1024
};

struct log_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this one, in the same memory */
    char *gathered;     /* ROOM; NULL: nothing was yet */
    int length;         /* of it */
    sqlite3_int64 at;   /* where it belongs */
    sqlite3_int64 end;  /* of all that was written or gathered since the log begins anew */
    bool last;          /* the page that follows is the last of its commit */
};

static int put(struct log_file *log, const void *bytes, int length, sqlite3_int64 at)
{
    return log->real->pMethods->xWrite(log->real, bytes, length, at);
}

static int write_out(struct log_file *log)
{
    int length = log->length;
    log->length = 0;
    log->last = false;
    return length > 0 ? put(log, log->gathered, length, log->at) : SQLITE_OK;
}

/* The header of a page that comes behind all others begins what is gathered. What is written over
 * another, and what comes behind another process's pages, goes its own way. */
static bool begins(struct log_file *log, int length, sqlite3_int64 at)
{
    bool new = length == PAGE_HEADER &&at == log->end;
    log->gathered = new && !log->gathered ? malloc(ROOM) : log->gathered;
    return new && log->gathered;
}

static int gather(struct log_file *log, const void *bytes, int length)
{
    static const char none[4];
    memcpy(log->gathered + log->length, bytes, (size_t)length);
    log->length += length;
    if (length != PAGE_HEADER) {
        return log->last ? write_out(log) : SQLITE_OK;
    }
    log->last = memcmp((const char *)bytes + sizeof none, none, sizeof none) != 0;
    return SQLITE_OK;
}

static int log_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
    struct log_file *log = (struct log_file *)file;
    bool follows = log->length > 0 && at == log->at + log->length && length <= ROOM - log->length;
    int status = follows ? SQLITE_OK : write_out(log);
    if (status != SQLITE_OK) {
        return status;
    }
    bool apart = !follows && !begins(log, length, at);
    log->at = follows ? log->at : at;
    log->end = at == 0 || at + length > log->end ? at + length : log->end;
    return apart ? put(log, bytes, length, at) : gather(log, bytes, length);
}

static int log_close(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log), closed = log->real->pMethods->xClose(log->real);
    free(log->gathered);
    return status ? status : closed;
}

static int log_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log);
    return status ? status : log->real->pMethods->xRead(log->real, bytes, length, at);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log);
    return status ? status : log->real->pMethods->xTruncate(log->real, size);
}

static int log_sync(sqlite3_file *file, int flags)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log);
    return status ? status : log->real->pMethods->xSync(log->real, flags);
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log);
    return status ? status : log->real->pMethods->xFileSize(log->real, size);
}

static int log_lock(sqlite3_file *file, int level)
{
    struct log_file *log = (struct log_file *)file;
    return log->real->pMethods->xLock(log->real, level);
}

static int log_unlock(sqlite3_file *file, int level)
{
    struct log_file *log = (struct log_file *)file;
    return log->real->pMethods->xUnlock(log->real, level);
}

static int log_reserved(sqlite3_file *file, int *out)
{
    struct log_file *log = (struct log_file *)file;
    return log->real->pMethods->xCheckReservedLock(log->real, out);
}

static int log_control(sqlite3_file *file, int what, void *argument)
{
    struct log_file *log = (struct log_file *)file;
    int status = write_out(log);
    return status ? status : log->real->pMethods->xFileControl(log->real, what, argument);
}

static int log_sector(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    return log->real->pMethods->xSectorSize(log->real);
}

static int log_device(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    return log->real->pMethods->xDeviceCharacteristics(log->real);
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_device,
};

static sqlite3_vfs *below;
static sqlite3_vfs gathering;

/* All files but the log are those of the system below. */
static int open_any(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given)
{
    struct log_file *log = (struct log_file *)file;
    (void)vfs;
    if (!(flags & SQLITE_OPEN_WAL)) {
        return below->xOpen(below, name, file, flags, given);
    }
    *log = (struct log_file){.real = (sqlite3_file *)(log + 1)};
    int status = below->xOpen(below, name, log->real, flags, given);
    log->base.pMethods = status == SQLITE_OK ? &methods : NULL;
    return status;
}

const char *db_gathering(void)
{
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    if (!below && usual) {
        below = usual;
        gathering = *usual;
        gathering.zName = "gathering";
        gathering.szOsFile = usual->szOsFile + (int)sizeof(struct log_file);
        gathering.xOpen = open_any;
    }
    return below && sqlite3_vfs_register(&gathering, 0) == SQLITE_OK ? gathering.zName : NULL;
}
