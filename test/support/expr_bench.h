/*
 * expr_bench.h: a policy with a field of every type, and conditions typed against it, for tests of
 * core/ alone.
 */
#ifndef YUNTAI_TEST_EXPR_BENCH_H
#define YUNTAI_TEST_EXPR_BENCH_H

#include "core/compiler.h"
#include "test/support/expr_policy.h"

struct bench {
    struct findings *findings;
    struct draft *draft;
    struct policy *policy;
    struct arena *arena;
    struct calendar *calendar;
    struct compiler compiler;
    struct draft_thing thing;
    struct draft_key key;
    struct spot spot;
};

/* Fails the test where the policy is wrong. */
void bench_begin(struct bench *bench);
void bench_end(struct bench *bench);
/* TEXT on GROUND; what is wrong with it is in bench->findings until the next call. */
const struct expr *bench_compile(struct bench *bench, const char *text, struct ground_of ground,
                                 enum value_type want);

/* What conditions may speak of; on_case: a case of p, on_column: a line of a list. */
extern const struct ground_of on_case, on_system, on_org, on_usage, on_score, on_column;

#endif
