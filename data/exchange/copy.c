/* copy.c: files, copied and written through. */
#include "data/exchange/copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PART = 64 << 10 };

static int pour(int from, int to, const char *path, struct error *error)
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
    }
    if (status == 0 && fsync(to) != 0) {
        status = error_errno(error, "making sure of", path, errno);
    }
    free(part);
    return status;
}

int copy_file(const char *from, const char *to, bool optional, struct error *error)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0) {
        return optional && errno == ENOENT ? 0 : error_errno(error, "reading", from, errno);
    }
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    int status = out < 0 ? error_errno(error, "creating", to, errno) : pour(in, out, to, error);
    if (out >= 0 && close(out) != 0 && status == 0) {
        status = error_errno(error, "closing", to, errno);
    }
    close(in);
    return status;
}

static int copy_entry(const char *from, const char *to, const char *name, struct error *error)
{
    struct text old = {0}, new = {0};
    struct stat info;
    text_addf(&old, "%s/%s", from, name);
    text_addf(&new, "%s/%s", to, name);
    int status = 0;
    if (lstat(text_bytes(&old), &info) != 0) {
        status = error_errno(error, "reading", text_bytes(&old), errno);
    } else if (S_ISDIR(info.st_mode)) {
        status = copy_folder(text_bytes(&old), text_bytes(&new), error);
    } else if (S_ISREG(info.st_mode)) {
        status = copy_file(text_bytes(&old), text_bytes(&new), false, error);
    }
    text_free(&old);
    text_free(&new);
    return status;
}

int copy_folder(const char *from, const char *to, struct error *error)
{
    if (mkdir(to, 0700) != 0 && errno != EEXIST) {
        return error_errno(error, "making the directory", to, errno);
    }
    DIR *folder = opendir(from);
    int status = folder ? 0 : error_errno(error, "opening", from, errno);
    for (struct dirent *entry; status == 0 && (entry = readdir(folder));) {
        if (entry->d_name[0] != '.') {
            status = copy_entry(from, to, entry->d_name, error);
        }
    }
    if (folder) {
        closedir(folder);
    }
    return status;
}
