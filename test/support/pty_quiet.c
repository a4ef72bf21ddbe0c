/* pty_quiet.c: /proc/PID/syscall and schedstat. */
#include "test/support/pty_quiet.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "data/monotonic.h"

enum { SOON = 60, RUNS_WITHIN = 5000 }; /* ms */

/* Reads /proc/PID/NAME; what fits. */
static bool read_of(pid_t pid, const char *name, char *out, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = file >= 0 ? read(file, out, size - 1) : -1;
    if (file >= 0) {
        close(file);
    }
    out[count > 0 ? count : 0] = '\0';
    return count > 0;
}

/* "7 0xFDS 0xCOUNT 0xTIMEOUT …": the call that it is in, and what with. */
static bool waits_long(pid_t pid)
{
    char line[256], *at = line;
    unsigned long long arguments[4];
    if (!read_of(pid, "syscall", line, sizeof line)) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        char *end;
        arguments[i] = strtoull(at, &end, 0);
        if (end == at) {
            return false; /* "running" */
        }
        at = end;
    }
#ifdef SYS_poll
    if (arguments[0] == SYS_poll) {
        int timeout = (int)arguments[3];
        return timeout < 0 || timeout > SOON;
    }
#endif
    if (arguments[0] == SYS_read && arguments[1] == 0) {
        return true;
    }
    return arguments[0] == SYS_ppoll; /* its timer is out of sight */
}

struct quiet quiet_of(pid_t pid)
{
    char line[128];
    struct quiet quiet = {0};
    quiet.waits = waits_long(pid);
    if (read_of(pid, "schedstat", line, sizeof line)) {
        quiet.used = strtoull(line, NULL, 10);
    }
    return quiet;
}

void quiet_mark(struct quiet_mark *mark, pid_t pid)
{
    *mark = (struct quiet_mark){.used = quiet_of(pid).used, .at = monotonic_ms()};
}

bool quiet_awaits(struct quiet_mark *mark, uint64_t used)
{
    bool awaits = mark->at != 0 && used == mark->used && monotonic_ms() < mark->at + RUNS_WITHIN;
    mark->at = awaits ? mark->at : 0;
    return awaits;
}

bool quiet_stopped(pid_t pid)
{
    char line[512];
    const char *name = read_of(pid, "stat", line, sizeof line) ? strrchr(line, ')') : NULL;
    return name && name[1] == ' ' && name[2] == 'T';
}
