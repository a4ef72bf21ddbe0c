/*
 * sync_pass.h: a run of `yuntai sync` as people begin it, measured from outside; and somebody who
 * acts at the same desk all the while.
 */
#ifndef YUNTAI_TEST_SUPPORT_SYNC_PASS_H
#define YUNTAI_TEST_SUPPORT_SYNC_PASS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct sync_pass {
    double wall, cpu;           /* seconds; CPU of yuntai and of yuntai-net */
    double yuntai_mib, net_mib; /* at most */
};

/* yuntai WORDS (NULL behind the last) on WORKSPACE. False, said on stderr: it did not end well. */
bool sync_pass(const char *workspace, const char *now, const char *const words[],
               struct sync_pass *out);

struct acting {
    pid_t process;
    int from;
};
struct waits { /* of acts, in ms */
    int acts;
    double p50, p95, most;
};
/* Begins one who proposes and sends back the cases NUMBERS of WORKSPACE by turns. */
bool acting_begin(const char *workspace, int64_t now, char **numbers, int count,
                  struct acting *out);
bool acting_end(struct acting *acting, struct waits *out);

#endif
