/* process.c: /proc, where the kernel says when a process began. */
#define _POSIX_C_SOURCE 200809L /* kill */

#include "data/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BEGAN_FIELD = 22, STAT_MOST = 1024 };

/* Field 22 of /proc/PID/stat, counted behind the name, which may hold blanks and brackets. */
static bool began(const char *stat, const char **from, size_t *length)
{
    const char *at = strrchr(stat, ')');
    for (int field = 2; at && field < BEGAN_FIELD; field++) {
        at = strchr(at + 1, ' ');
    }
    if (!at) {
        return false;
    }
    *from = at + 1;
    *length = strspn(at + 1, "0123456789");
    return *length > 0;
}

void process_sign(int64_t pid, struct text *out)
{
    char stat[STAT_MOST];
    const char *from;
    size_t length;
    struct text path = {0};
    text_add(&path, "/proc/");
    text_add_int(&path, pid);
    text_add(&path, "/stat");
    int fd = pid > 0 && !path.failed ? open(text_bytes(&path), O_RDONLY | O_CLOEXEC) : -1;
    ssize_t got = fd < 0 ? -1 : read(fd, stat, sizeof stat - 1);
    if (fd >= 0) {
        close(fd);
    }
    text_free(&path);
    stat[got > 0 ? got : 0] = '\0';
    if (began(stat, &from, &length)) {
        text_add_int(out, pid);
        text_add(out, ":");
        text_add_n(out, from, length);
    }
}

bool process_lives(const char *sign)
{
    int64_t pid = strtoll(sign, NULL, 10);
    struct text now = {0};
    if (pid <= 0) {
        return false;
    }
    process_sign(pid, &now);
    bool hidden = now.length == 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
    bool lives = hidden || strcmp(text_bytes(&now), sign) == 0;
    text_free(&now);
    return lives;
}
