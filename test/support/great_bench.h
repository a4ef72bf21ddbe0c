/* great_bench.h: what is measured on the great store; each part prints its own lines. */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_BENCH_H
#define YUNTAI_TEST_SUPPORT_GREAT_BENCH_H

#include <stdbool.h>

#include "data/desk.h"
#include "test/support/great_store.h"

struct great {
    const char *directory;
    struct great_size size;
    int64_t now; /* moment */
    bool aims;   /* said with each figure */
};

/* Each: 0, or -1 after saying on stderr what went wrong. An aim that is missed is not wrong, only
 * said. */
int great_pages(const struct great *great);
int great_search(const struct great *great);
int great_status(const struct great *great);
int great_acts(const struct great *great);
int great_serve(const struct great *great);
int great_verify(const struct great *great);

/* ---- for the parts ---- */

/* A desk in this process at DIRECTORY, as LOGIN; NULL, said on stderr. */
struct desk *great_desk(const struct great *great, const char *directory, const char *login);
/* VERB with pairs "name", "value" … NULL; 0, or -1, said on stderr. */
int great_ask(struct desk *desk, struct parcel *reply, const char *verb, ...);
/* A copy of the workspace to write in, at `work` beside it; 0, or -1. */
int great_copy(const struct great *great, struct text *out);
void great_drop(const char *directory);
/* "  WHAT: FIGURE UNIT (aim AIM)"; AIM 0: none. MORE may be NULL. */
void great_say(const struct great *great, const char *what, double figure, const char *unit,
               double aim, const char *more);
/* Numbers of at most MOST open cases in STATE in the order of their ids, after those SKIPped. */
int great_numbers(const char *directory, const char *state, int skip, int most, char **numbers,
                  int64_t *ids);

#endif
