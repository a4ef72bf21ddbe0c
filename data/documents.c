/* documents.c: papers as files. */
#include "data/documents.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PART = 64 << 10, RUNNING = 8 };

struct running { /* the digest of an upload that is coming in */
    struct digest *digest;
    char id[UPLOAD_NAME]; /* "" free */
    int64_t size;         /* bytes in it */
    int64_t turn;         /* of its last piece */
};

struct documents {
    char *workspace;
    struct digest *digest;
    const struct document_io *io;
    int64_t largest, turn;
    struct running running[RUNNING];
};

static int system_open(const char *path, int flags, mode_t mode)
{
    return open(path, flags, mode);
}

const struct document_io document_io_system = {.open = system_open,
                                               .write = write,
                                               .fsync = fsync,
                                               .rename = rename,
                                               .mkdir = mkdir,
                                               .close = close};

struct documents *documents_open(const char *workspace, struct error *error)
{
    struct documents *documents = calloc(1, sizeof *documents);
    size_t size = strlen(workspace) + 1;
    if (!documents || !(documents->workspace = malloc(size)) ||
        !(documents->digest = digest_new(error))) {
        documents_close(documents);
        error_memory(error);
        return NULL;
    }
    memcpy(documents->workspace, workspace, size);
    documents->io = &document_io_system;
    documents->largest = INT64_C(1) << 30;
    return documents;
}

void documents_close(struct documents *documents)
{
    if (documents) {
        for (int i = 0; i < RUNNING; i++) {
            digest_free(documents->running[i].digest);
        }
        digest_free(documents->digest);
        free(documents->workspace);
        free(documents);
    }
}

void documents_set_io(struct documents *documents, const struct document_io *io)
{
    documents->io = io;
}

void documents_set_largest(struct documents *documents, int64_t bytes)
{
    documents->largest = bytes;
}

/* ---- paths ---- */

void documents_path(const struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                    struct text *out)
{
    char hex[DIGEST_HEX];
    digest_hex(digest, hex);
    text_addf(out, "%s/documents/%c%c/%s", documents->workspace, hex[0], hex[1], hex);
}

/* u and 32 digits: what this module made, and nothing else. */
static bool good_id(const char *id)
{
    return id[0] == 'u' && strlen(id) == UPLOAD_NAME - 1 &&
           strspn(id + 1, "0123456789abcdef") == UPLOAD_NAME - 2;
}

/* The person is part of the file's name: nobody adds to another's upload. */
static int upload_path(const struct documents *documents, const char *id, int64_t person,
                       struct text *out, struct error *error)
{
    if (!good_id(id)) {
        return error_set(error, ERROR_NOT_FOUND, N_("there is no upload “%1”"), id, NULL);
    }
    text_addf(out, "%s/tmp/%s-", documents->workspace, id);
    text_add_int(out, person);
    return out->failed ? error_memory(error) : 0; /* half a path is another file's */
}

static int upload_failed(const char *id, const char *what, const char *path, struct error *error)
{
    int number = errno;
    return number == ENOENT
               ? error_set(error, ERROR_NOT_FOUND, N_("there is no upload “%1”"), id, NULL)
               : error_errno(error, what, path, number);
}

static int make_id(char *name, struct error *error)
{
    uint8_t bytes[16];
    static const char digits[] = "0123456789abcdef";
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return error_errno(error, "reading", "random", errno);
    }
    name[0] = 'u';
    for (int i = 0; i < 16; i++) {
        name[1 + 2 * i] = digits[bytes[i] >> 4];
        name[2 + 2 * i] = digits[bytes[i] & 15];
    }
    name[UPLOAD_NAME - 1] = '\0';
    return 0;
}

/* ---- digests of what is coming in: whoever keeps 1 GiB need not read it again ---- */

static struct running *running_find(struct documents *documents, const char *id)
{
    for (int i = 0; i < RUNNING; i++) {
        if (strcmp(documents->running[i].id, id) == 0) {
            return &documents->running[i];
        }
    }
    return NULL;
}

static void running_forget(struct documents *documents, const char *id)
{
    struct running *running = running_find(documents, id);
    if (running) {
        running->id[0] = '\0';
    }
}

/* The one longest without a piece gives way: its upload is read again when it is kept. */
static struct running *running_begin(struct documents *documents, const char *id)
{
    struct running *oldest = &documents->running[0];
    struct error none = {0};
    for (int i = 1; i < RUNNING; i++) {
        if (documents->running[i].turn < oldest->turn) {
            oldest = &documents->running[i];
        }
    }
    oldest->id[0] = '\0';
    if (!oldest->digest && !(oldest->digest = digest_new(&none))) {
        error_free(&none);
        return NULL;
    }
    memcpy(oldest->id, id, UPLOAD_NAME);
    oldest->size = 0;
    digest_start(oldest->digest);
    return oldest;
}

/* BEFORE bytes were there already; where others wrote them they are not in the digest. */
static void running_add(struct documents *documents, const char *id, int64_t before,
                        const char *bytes, size_t length)
{
    struct running *running = running_find(documents, id);
    running = running || before > 0 ? running : running_begin(documents, id);
    if (running && running->size == before) {
        digest_add(running->digest, bytes, length);
        running->size += (int64_t)length;
        running->turn = ++documents->turn;
    } else {
        running_forget(documents, id);
    }
}

/* False where the digest has to be read from the file. */
static bool running_end(struct documents *documents, const char *id, int64_t size,
                        uint8_t digest[DIGEST_BYTES])
{
    struct running *running = running_find(documents, id);
    bool whole = running && running->size == size && digest_end(running->digest, digest);
    running_forget(documents, id);
    return whole;
}

/* ---- in ---- */

static int write_all(struct documents *documents, int file, const char *path, const char *bytes,
                     size_t length, struct error *error)
{
    while (length > 0) {
        ssize_t done = documents->io->write(file, bytes, length);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return error_errno(error, "writing", path, done == 0 ? ENOSPC : errno);
        }
        bytes += done;
        length -= (size_t)done;
    }
    return 0;
}

static int too_large(struct documents *documents, struct error *error)
{
    struct text most = {0};
    text_add_int(&most, documents->largest >> 20);
    error_set(error, ERROR_USAGE, N_("a document may have at most %1 MiB"), text_bytes(&most),
              NULL);
    text_free(&most);
    return -1;
}

static int append(struct documents *documents, int file, const char *path, const char *id,
                  const char *bytes, size_t length, int64_t *size, struct error *error)
{
    struct stat info;
    int status = 0;
    if (fstat(file, &info) != 0) {
        return error_errno(error, "reading", path, errno);
    }
    if (info.st_size > documents->largest ||
        (uint64_t)length > (uint64_t)(documents->largest - info.st_size)) {
        return too_large(documents, error);
    }
    status = write_all(documents, file, path, bytes, length, error);
    running_add(documents, id, info.st_size, bytes, length);
    *size = info.st_size + (int64_t)length;
    return status;
}

int documents_piece(struct documents *documents, const char *id, const char *bytes, size_t length,
                    int64_t person, char *name, int64_t *size, struct error *error)
{
    struct text path = {0};
    if (id && !good_id(id)) {
        return error_set(error, ERROR_NOT_FOUND, N_("there is no upload “%1”"), id, NULL);
    }
    if (!id && make_id(name, error) != 0) {
        return -1;
    }
    if (id) {
        memmove(name, id, UPLOAD_NAME);
    }
    int status = upload_path(documents, name, person, &path, error);
    const char *to = text_bytes(&path);
    int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | (id ? 0 : O_CREAT | O_EXCL);
    int file = status ? -1 : documents->io->open(to, flags, 0600);
    if (status == 0 && file < 0) {
        status = id ? upload_failed(id, "writing", to, error)
                    : error_errno(error, "creating", to, errno);
    } else if (file >= 0) {
        status = append(documents, file, to, name, bytes, length, size, error);
        if (documents->io->close(file) != 0 && status == 0) {
            status = error_errno(error, "closing", to, errno);
        }
        if (status != 0) {
            running_forget(documents, name);
            unlink(to); /* a piece half there would be there twice after another try */
        }
    }
    text_free(&path);
    return status;
}

int documents_drop(struct documents *documents, const char *id, int64_t person, struct error *error)
{
    struct text path = {0};
    int status = upload_path(documents, id, person, &path, error);
    if (status == 0 && unlink(text_bytes(&path)) != 0) {
        status = upload_failed(id, "removing", text_bytes(&path), error);
    }
    text_free(&path);
    return status;
}

static int read_digest(struct documents *documents, int file, const char *path,
                       uint8_t digest[DIGEST_BYTES], int64_t *size, struct error *error)
{
    char *part = malloc(PART);
    ssize_t count = -1;
    if (!part) {
        return error_memory(error);
    }
    *size = 0;
    digest_start(documents->digest);
    while ((count = read(file, part, PART)) != 0) {
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            break;
        }
        digest_add(documents->digest, part, (size_t)count);
        *size += count;
    }
    int number = errno;
    bool done = digest_end(documents->digest, digest);
    free(part);
    return count < 0 ? error_errno(error, "reading", path, number) : done ? 0 : error_memory(error);
}

static int sync_folder(struct documents *documents, const char *path, struct error *error)
{
    int folder = documents->io->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (folder < 0) {
        return error_errno(error, "opening", path, errno);
    }
    int status =
        documents->io->fsync(folder) != 0 ? error_errno(error, "making sure of", path, errno) : 0;
    documents->io->close(folder);
    return status;
}

/* What has the name and the size is the same; anything else there is damage and makes room. */
static bool there_already(const char *path, int64_t size)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == size;
}

/* Into its place: the file is on the disk before its name is, the name before anybody says it. The
 * directories are synced always: whoever made them, or put an equal file there, may have failed
 * before that. */
static int move(struct documents *documents, const char *from, const char *to, const char *folder,
                const char *parent, int64_t size, struct error *error)
{
    if (documents->io->mkdir(folder, 0700) != 0 && errno != EEXIST) {
        return error_errno(error, "making the directory", folder, errno);
    }
    if (sync_folder(documents, parent, error) != 0) {
        return -1;
    }
    bool kept = there_already(to, size);
    if (!kept && documents->io->rename(from, to) != 0) {
        return error_errno(error, "renaming", to, errno);
    }
    if (sync_folder(documents, folder, error) != 0) {
        return -1;
    }
    if (kept) {
        unlink(from);
    }
    return 0;
}

static int place(struct documents *documents, const char *from, const uint8_t digest[DIGEST_BYTES],
                 int64_t size, struct error *error)
{
    struct text to = {0}, folder = {0}, parent = {0};
    char hex[DIGEST_HEX];
    digest_hex(digest, hex);
    documents_path(documents, digest, &to);
    text_addf(&folder, "%s/documents/%c%c", documents->workspace, hex[0], hex[1]);
    text_addf(&parent, "%s/documents", documents->workspace);
    int status = to.failed || folder.failed || parent.failed
                     ? error_memory(error)
                     : move(documents, from, text_bytes(&to), text_bytes(&folder),
                            text_bytes(&parent), size, error);
    text_free(&to);
    text_free(&folder);
    text_free(&parent);
    return status;
}

/* Digest and size of the upload, when all of it is on the disk. */
static int settle(struct documents *documents, int file, const char *path, const char *id,
                  uint8_t digest[DIGEST_BYTES], int64_t *size, struct error *error)
{
    struct stat info;
    int status = 0;
    if (fstat(file, &info) == 0 && running_end(documents, id, info.st_size, digest)) {
        *size = info.st_size;
    } else {
        status = read_digest(documents, file, path, digest, size, error);
    }
    bool lost = false;
    if (status == 0 && documents->io->fsync(file) != 0) {
        status = error_errno(error, "making sure of", path, errno);
        lost = true;
    }
    if (documents->io->close(file) != 0 && status == 0) {
        status = error_errno(error, "closing", path, errno);
        lost = true;
    }
    if (lost) {
        unlink(path); /* a second fsync would say yes to pages the first one lost */
    }
    return status;
}

int documents_keep(struct documents *documents, const char *id, int64_t person,
                   uint8_t digest[DIGEST_BYTES], int64_t *size, struct error *error)
{
    struct text path = {0};
    int status = upload_path(documents, id, person, &path, error);
    const char *from = text_bytes(&path);
    if (status == 0) {
        int file = documents->io->open(from, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
        status = file < 0 ? upload_failed(id, "opening", from, error)
                          : settle(documents, file, from, id, digest, size, error);
    }
    status = status ? status : place(documents, from, digest, *size, error);
    text_free(&path);
    return status;
}

/* ---- out ---- */

static int open_kept(struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                     struct text *path, struct error *error)
{
    documents_path(documents, digest, path);
    if (path->failed) {
        return error_memory(error);
    }
    int file =
        documents->io->open(text_bytes(path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
    return file < 0 ? error_errno(error, "reading", text_bytes(path), errno) : file;
}

int documents_read(struct documents *documents, const uint8_t digest[DIGEST_BYTES], int64_t offset,
                   size_t most, struct text *out, struct error *error)
{
    struct text path = {0};
    struct stat info;
    int file = open_kept(documents, digest, &path, error), status = file < 0 ? -1 : 0;
    char *part = malloc(PART);
    if (file >= 0 && fstat(file, &info) == 0 && offset > info.st_size) {
        offset = info.st_size; /* far beyond, pread would call it an error */
    }
    while (status == 0 && most > 0) {
        ssize_t count = part ? pread(file, part, most < PART ? most : PART, offset) : 0;
        if (!part) {
            status = error_memory(error);
        } else if (count < 0 && errno != EINTR) {
            status = error_errno(error, "reading", text_bytes(&path), errno);
        } else if (count == 0) {
            break;
        } else if (count > 0) {
            text_add_n(out, part, (size_t)count);
            status = out->failed ? error_memory(error) : 0;
            offset += count;
            most -= (size_t)count;
        }
    }
    if (file >= 0) {
        documents->io->close(file);
    }
    free(part);
    text_free(&path);
    return status;
}

bool documents_there(const struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                     int64_t size)
{
    struct text path = {0};
    struct stat info;
    documents_path(documents, digest, &path);
    bool there = lstat(text_bytes(&path), &info) == 0 && S_ISREG(info.st_mode) &&
                 (int64_t)info.st_size == size;
    text_free(&path);
    return there;
}

int documents_check(struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                    struct error *error)
{
    struct text path = {0};
    uint8_t is[DIGEST_BYTES];
    int64_t size;
    int file = open_kept(documents, digest, &path, error), status = -1;
    if (file >= 0) {
        status = read_digest(documents, file, text_bytes(&path), is, &size, error);
        documents->io->close(file);
    }
    text_free(&path);
    return status < 0 ? -1 : memcmp(is, digest, DIGEST_BYTES) == 0;
}

/* ---- sweeping ---- */

struct sweeping {
    int64_t before; /* what was changed earlier is old */
    bool (*wanted)(void *self, const uint8_t digest[DIGEST_BYTES]);
    void *self;
    int64_t count;
    struct error *error;
};

static void sweep_one(struct sweeping *sweeping, const char *path, const char *name, bool kept)
{
    struct stat info;
    uint8_t digest[DIGEST_BYTES];
    bool old = lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_mtime < sweeping->before;
    if (!old) {
        return;
    }
    if (kept) { /* a file that is no document is somebody's and stays */
        bool document = strlen(name) == DIGEST_HEX - 1 && digest_parse(name, digest);
        if (!document || sweeping->wanted(sweeping->self, digest)) {
            return;
        }
    }
    if (unlink(path) == 0) {
        sweeping->count++;
    }
}

enum depth { UPLOADS, FOLDERS, KEPT };

static int sweep_folder(struct sweeping *sweeping, const char *folder, enum depth depth);

static int sweep_entry(struct sweeping *sweeping, const char *folder, const char *name,
                       enum depth depth)
{
    struct text path = {0};
    struct stat info;
    int status = 0;
    text_addf(&path, "%s/%s", folder, name);
    if (path.failed) {
        status = error_memory(sweeping->error);
    } else if (depth != FOLDERS) {
        sweep_one(sweeping, text_bytes(&path), name, depth == KEPT);
    } else if (lstat(text_bytes(&path), &info) == 0 && S_ISDIR(info.st_mode) && strlen(name) == 2) {
        status = sweep_folder(sweeping, text_bytes(&path), KEPT);
    }
    text_free(&path);
    return status;
}

static int sweep_folder(struct sweeping *sweeping, const char *folder, enum depth depth)
{
    DIR *open_folder = opendir(folder);
    int status = open_folder ? 0 : error_errno(sweeping->error, "opening", folder, errno);
    while (status == 0) {
        errno = 0;
        struct dirent *entry = readdir(open_folder);
        if (!entry) {
            status = errno ? error_errno(sweeping->error, "reading", folder, errno) : 0;
            break;
        }
        if (entry->d_name[0] != '.') {
            status = sweep_entry(sweeping, folder, entry->d_name, depth);
        }
    }
    if (open_folder) {
        closedir(open_folder);
    }
    return status;
}

int64_t documents_sweep(struct documents *documents, int64_t now, int64_t seconds,
                        bool (*wanted)(void *self, const uint8_t digest[DIGEST_BYTES]), void *self,
                        struct error *error)
{
    struct sweeping sweeping = {
        .before = now - seconds, .wanted = wanted, .self = self, .error = error};
    struct text uploads = {0}, kept = {0};
    text_addf(&uploads, "%s/tmp", documents->workspace);
    text_addf(&kept, "%s/documents", documents->workspace);
    int status = uploads.failed || kept.failed
                     ? error_memory(error)
                     : sweep_folder(&sweeping, text_bytes(&uploads), UPLOADS);
    status = status ? status : sweep_folder(&sweeping, text_bytes(&kept), FOLDERS);
    text_free(&uploads);
    text_free(&kept);
    return status ? -1 : sweeping.count;
}
