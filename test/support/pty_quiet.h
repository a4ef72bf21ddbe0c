/*
 * pty_quiet.h: whether a program waits for its descriptors, as the kernel sees it.
 */
#ifndef YUNTAI_TEST_SUPPORT_PTY_QUIET_H
#define YUNTAI_TEST_SUPPORT_PTY_QUIET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct quiet {
    bool waits;    /* in read() of its input, or in poll() without a timer that ends within 60 ms
                      (such as that of ESC) */
    uint64_t used; /* processor time so far, ns */
};
struct quiet quiet_of(pid_t pid);

/* When something was written to it. The kernel takes its time to bring bytes to the line, on a busy
 * machine: until the program has run since, its quiet is that of before. */
struct quiet_mark {
    uint64_t used;
    int64_t at; /* ms; 0: it has run since */
};
void quiet_mark(struct quiet_mark *mark, pid_t pid);
/* It has not run yet; false after a second, as then it does not run for that at all. */
bool quiet_awaits(struct quiet_mark *mark, uint64_t used);

/* Whether a signal stopped it. */
bool quiet_stopped(pid_t pid);

#endif
