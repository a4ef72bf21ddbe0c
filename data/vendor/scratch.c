/* scratch.c: a file without a name. */
#define _GNU_SOURCE /* O_TMPFILE, mkostemp */

#include "data/vendor/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/text.h"

/* On a file system that makes none without a name: it has one for a moment. */
static int open_named(const char *directory)
{
    struct text path = {0};
    text_addf(&path, "%s/yuntai-net-XXXXXX", directory);
    int fd = -1;
    if (path.failed) {
        errno = ENOMEM;
    } else if ((fd = mkostemp(path.bytes, O_CLOEXEC)) >= 0) {
        (void)unlink(path.bytes);
    }
    text_free(&path);
    return fd;
}

static int open_in(const char *directory)
{
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    bool unable = fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL);
    return unable ? open_named(directory) : fd;
}

/* The first directory that takes one; else what is wrong with the one that was wished for. */
static int begin(struct scratch *scratch, struct error *error)
{
    const char *wished = getenv("TMPDIR");
    const char *const directories[] = {wished && *wished == '/' ? wished : "/var/tmp", "/var/tmp",
                                       "/tmp"};
    int number = 0;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        scratch->fd = open_in(directories[i]);
        if (scratch->fd >= 0) {
            scratch->directory = directories[i];
            scratch->open = true;
            return 0;
        }
        number = number ? number : errno;
    }
    return error_errno(error, N_("writing"), directories[0], number);
}

int scratch_write(struct scratch *scratch, uint64_t at, const void *bytes, size_t length,
                  struct error *error)
{
    const char *from = bytes;
    if (!scratch->open && begin(scratch, error) != 0) {
        return -1;
    }
    while (length > 0) {
        ssize_t count = pwrite(scratch->fd, from, length, (off_t)at);
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return error_errno(error, N_("writing"), scratch->directory,
                               count < 0 ? errno : ENOSPC);
        }
        size_t done = count > 0 ? (size_t)count : 0;
        from += done;
        at += done;
        length -= done;
    }
    return 0;
}

int scratch_read(const struct scratch *scratch, uint64_t at, void *bytes, size_t length,
                 struct error *error)
{
    char *to = bytes;
    while (length > 0) {
        ssize_t count = scratch->open ? pread(scratch->fd, to, length, (off_t)at) : 0;
        if (count == 0 || (count < 0 && errno != EINTR)) { /* 0: somebody else cut it off */
            return error_errno(error, N_("reading"), scratch->open ? scratch->directory : "",
                               count < 0 ? errno : EIO);
        }
        size_t done = count > 0 ? (size_t)count : 0;
        to += done;
        at += done;
        length -= done;
    }
    return 0;
}

void scratch_free(struct scratch *scratch)
{
    if (scratch->open) {
        (void)close(scratch->fd);
    }
    *scratch = (struct scratch){0};
}
