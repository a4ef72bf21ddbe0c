/*
 * bureau.h: a workspace of its own with one office and one clerk in it, and a desk in it over
 * either transport. What goes wrong is a failed assertion of cmocka.
 */
#ifndef YUNTAI_TEST_SUPPORT_BUREAU_H
#define YUNTAI_TEST_SUPPORT_BUREAU_H

#include <sys/types.h>

#include "data/desk.h"

struct bureau {
    struct text directory;
    pid_t server; /* 0: the desk is local */
    struct desk *desk;
    struct parcel reply; /* of the last request */
    struct error error;
};

/* Makes it under the policy that comes with the program, in January 2026: organisation `ga`
 * (市公安局), of the city, and its clerk `li`, who may open cases. */
void bureau_make(struct bureau *bureau);
/* Opens the desk as `li`: at a server of its own in a child (SERVED), or in this process. */
void bureau_open(struct bureau *bureau, bool served);
/* Closes the desk, ends the server, removes the workspace. */
void bureau_free(struct bureau *bureau);

/* Tests over both transports: of `int make(void **state, bool served)`, which leaves a bureau in
 * STATE that was allocated, the two set-ups; and what takes it down again. */
#define BUREAU_OVER_BOTH(make)                                                                     \
    static int make##_local(void **state)                                                          \
    {                                                                                              \
        return make(state, false);                                                                 \
    }                                                                                              \
    static int make##_served(void **state)                                                         \
    {                                                                                              \
        return make(state, true);                                                                  \
    }
int bureau_unmake(void **state);

/* One request: VERB and pairs "name", "value" … NULL. 0 with the reply; -1 with the error. */
int bureau_ask(struct bureau *bureau, const char *verb, ...);
/* The same; it must be answered. */
#define bureau_must(bureau, ...)                                                                   \
    do {                                                                                           \
        if (bureau_ask(bureau, __VA_ARGS__) != 0) {                                                \
            fail_msg("%s (%s)", (bureau)->error.sentence,                                          \
                     (bureau)->error.arg[0] ? (bureau)->error.arg[0] : "");                        \
        }                                                                                          \
    } while (0)
/* `qian`, a leader, adopts the policy that comes with the program with the first OLD behind SECTION
 * being NEW. */
void bureau_adopt(struct bureau *bureau, const char *section, const char *old, const char *new);

#endif
