/* copy.c: files, copied and written through. */
#include "data/exchange/copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PART = 64 << 10 };

static int step(struct copying *copying, struct error *error)
{
    return copying->step ? copying->step(copying, error) : 0;
}

static int pour(struct copying *copying, int from, int to, const char *path, struct error *error)
{
    char *part = malloc(PART);
    ssize_t count = 0;
    int status = part ? 0 : error_memory(error);
    while (status == 0 && (count = read(from, part, PART)) != 0) {
        for (ssize_t at = 0; status == 0 && at < count;) {
            ssize_t done = write(to, part + at, (size_t)(count - at));
            if (done < 0 && errno != EINTR) {
                status = error_errno(error, "writing", path, errno);
            }
            at += done > 0 ? done : 0;
        }
        if (count < 0 && errno != EINTR) {
            status = error_errno(error, "reading", path, errno);
        }
        status = status ? status : step(copying, error);
    }
    if (status == 0 && fsync(to) != 0) {
        status = error_errno(error, "making sure of", path, errno);
    }
    free(part);
    return status;
}

int copy_file(struct copying *copying, const char *from, const char *to, bool optional,
              struct error *error)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0) {
        return optional && errno == ENOENT ? 0 : error_errno(error, "reading", from, errno);
    }
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    int status =
        out < 0 ? error_errno(error, "creating", to, errno) : pour(copying, in, out, to, error);
    if (out >= 0 && close(out) != 0 && status == 0) {
        status = error_errno(error, "closing", to, errno);
    }
    close(in);
    return status;
}

/* GO with each file and directory in FROM, by its path. */
static int each(const char *from,
                int (*go)(struct copying *copying, const char *path, const char *name,
                          const char *to, bool is_folder, struct error *error),
                struct copying *copying, const char *to, struct error *error)
{
    DIR *folder = opendir(from);
    int status = folder ? 0 : error_errno(error, "opening", from, errno);
    for (struct dirent *entry; status == 0 && (entry = readdir(folder));) {
        struct text path = {0};
        struct stat info;
        text_addf(&path, "%s/%s", from, entry->d_name);
        if (entry->d_name[0] == '.') {
            status = 0;
        } else if (path.failed) {
            status = error_memory(error);
        } else if (lstat(text_bytes(&path), &info) != 0) {
            status = error_errno(error, "reading", text_bytes(&path), errno);
        } else if (S_ISDIR(info.st_mode) || S_ISREG(info.st_mode)) {
            status =
                go(copying, text_bytes(&path), entry->d_name, to, S_ISDIR(info.st_mode), error);
        }
        text_free(&path);
    }
    if (folder) {
        closedir(folder);
    }
    return status;
}

static int copy_entry(struct copying *copying, const char *path, const char *name, const char *to,
                      bool is_folder, struct error *error)
{
    struct text new = {0};
    text_addf(&new, "%s/%s", to, name);
    int status = new.failed  ? error_memory(error)
                 : is_folder ? copy_folder(copying, path, text_bytes(&new), error)
                             : copy_file(copying, path, text_bytes(&new), false, error);
    copying->done += status == 0 && !is_folder;
    text_free(&new);
    return status;
}

int copy_folder(struct copying *copying, const char *from, const char *to, struct error *error)
{
    if (mkdir(to, 0700) != 0 && errno != EEXIST) {
        return error_errno(error, "making the directory", to, errno);
    }
    return each(from, copy_entry, copying, to, error);
}

static int count_entry(struct copying *copying, const char *path, const char *name, const char *to,
                       bool is_folder, struct error *error)
{
    (void)name;
    (void)to;
    copying->of += !is_folder;
    return is_folder ? copy_count(copying, path, error) : 0;
}

int copy_count(struct copying *copying, const char *from, struct error *error)
{
    return each(from, count_entry, copying, "", error);
}

static int remove_entry(struct copying *copying, const char *path, const char *name, const char *to,
                        bool is_folder, struct error *error)
{
    (void)copying;
    (void)name;
    (void)to;
    (void)error;
    if (is_folder) {
        copy_remove(path);
    } else {
        (void)unlink(path);
    }
    return 0;
}

void copy_remove(const char *path)
{
    struct copying nobody = {0};
    struct error ignored = {0};
    if (unlink(path) != 0 && (errno == EISDIR || errno == EPERM)) {
        (void)each(path, remove_entry, &nobody, "", &ignored);
        (void)rmdir(path);
    }
    error_free(&ignored);
}
