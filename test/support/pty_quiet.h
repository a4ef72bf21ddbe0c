/*
 * pty_quiet.h: whether a program waits for its descriptors, as the kernel sees it.
 */
#ifndef YUNTAI_TEST_SUPPORT_PTY_QUIET_H
#define YUNTAI_TEST_SUPPORT_PTY_QUIET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct quiet {
    bool waits;    /* in poll(), without a timer that ends within 60 ms (such as that of ESC) */
    uint64_t used; /* processor time so far, ns */
};
struct quiet quiet_of(pid_t pid);
/* Whether a signal stopped it. */
bool quiet_stopped(pid_t pid);

#endif
