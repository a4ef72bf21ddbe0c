/* fault.c: what fails, and the two ways to the disk. */
#include "test/support/fault.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

static struct fault fault;
static long count;
static bool hit;

void fault_begin(struct fault set)
{
    fault = set;
    count = 0;
    hit = false;
}

long fault_end(bool *was_hit)
{
    fault.kind = FAULT_NONE;
    *was_hit = hit;
    return count;
}

bool fault_now(enum fault_kind kind)
{
    if (fault.kind != kind) {
        return false;
    }
    count++;
    bool fails = fault.at > 0 && (count == fault.at || (fault.sticks && count > fault.at));
    hit |= fails;
    return fails;
}

bool fault_full(void)
{
    return fault.full;
}

/* ---- SQLite's files ---- */

struct file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this one, in the same memory */
};

static sqlite3_file *real(sqlite3_file *file)
{
    return ((struct file *)file)->real;
}

static int disk(int code)
{
    return fault_now(FAULT_DISK) ? code : SQLITE_OK;
}

static int file_close(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
    int code = disk(SQLITE_IOERR_READ);
    return code ? code : real(file)->pMethods->xRead(real(file), bytes, length, at);
}

static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
    int code = disk(fault_full() ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    int half = code ? length / 2 : length;
    int done = half > 0 ? real(file)->pMethods->xWrite(real(file), bytes, half, at) : SQLITE_OK;
    return code ? code : done;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = disk(SQLITE_IOERR_TRUNCATE);
    return code ? code : real(file)->pMethods->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    int code = disk(SQLITE_IOERR_FSYNC);
    return code ? code : real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_reserved(sqlite3_file *file, int *out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}

static int file_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int file_device(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    int code = disk(SQLITE_IOERR_SHMMAP);
    return code ? code : real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int file_shm_unmap(sqlite3_file *file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* no mapping of the file: the store does not want it */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs failing_vfs;

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *out, int flags, int *given)
{
    struct file *file = (struct file *)out;
    (void)vfs;
    *file = (struct file){.real = (sqlite3_file *)(file + 1)};
    int code = disk(SQLITE_CANTOPEN);
    code = code ? code : system_vfs->xOpen(system_vfs, name, file->real, flags, given);
    file->base.pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    int code = disk(SQLITE_IOERR_DELETE);
    return code ? code : system_vfs->xDelete(system_vfs, name, sync);
}

void fault_disk(void)
{
    system_vfs = sqlite3_vfs_find(NULL);
    failing_vfs = *system_vfs;
    failing_vfs.zName = "failing";
    failing_vfs.szOsFile = system_vfs->szOsFile + (int)sizeof(struct file);
    failing_vfs.xOpen = vfs_open;
    failing_vfs.xDelete = vfs_delete;
    if (sqlite3_vfs_register(&failing_vfs, 1) != SQLITE_OK) {
        abort();
    }
}

/* ---- documents ---- */

static bool refused(int number)
{
    bool fails = fault_now(FAULT_DISK);
    errno = fails ? number : errno;
    return fails;
}

static int document_open(const char *path, int flags, mode_t mode)
{
    return refused(EMFILE) ? -1 : document_io_system.open(path, flags, mode);
}

static ssize_t document_write(int file, const void *bytes, size_t length)
{
    if (!refused(fault_full() ? ENOSPC : EIO)) {
        return document_io_system.write(file, bytes, length);
    }
    int number = errno;
    ssize_t half = document_io_system.write(file, bytes, length / 2);
    errno = number;
    return half < 0 ? half : -1;
}

static int document_fsync(int file)
{
    return refused(EIO) ? -1 : document_io_system.fsync(file);
}

static int document_rename(const char *from, const char *to)
{
    return refused(EROFS) ? -1 : document_io_system.rename(from, to);
}

static int document_mkdir(const char *path, mode_t mode)
{
    return refused(EDQUOT) ? -1 : document_io_system.mkdir(path, mode);
}

/* As Linux does: the descriptor is gone even so. */
static int document_close(int file)
{
    bool fails = fault_now(FAULT_DISK);
    int status = document_io_system.close(file);
    errno = fails ? EIO : errno;
    return fails ? -1 : status;
}

const struct document_io fault_document_io = {.open = document_open,
                                              .write = document_write,
                                              .fsync = document_fsync,
                                              .rename = document_rename,
                                              .mkdir = document_mkdir,
                                              .close = document_close};
