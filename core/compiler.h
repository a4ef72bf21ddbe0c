/*
 * compiler.h: what the compiler's own files share. Not for callers: see compile.h.
 *
 * Order of a compile: build_names.c registers every thing, so that every name is known;
 * build_*.c fill in the keys, calling expr_compile() for conditions; check_*.c prove section 11.
 */
#ifndef YUNTAI_CORE_COMPILER_H
#define YUNTAI_CORE_COMPILER_H

#include "core/draft.h"

struct compiler {
    const struct draft *draft; /* with the answers put in */
    struct policy
        *policy; /* in the making; arrays may be written through casts by build files only */
    struct arena *arena; /* the policy's */
    struct names *names;
    struct findings *findings;
    const char *answers; /* for findings */
    bool wrong;          /* something was found */
    /* queries are collected while conditions compile */
    struct case_query *queries;
    int32_t query_count, query_capacity;
    /* what was used, by symbol and kind: for check 1, "every thing is used" */
    uint8_t *used; /* [symbol * KIND_COUNT + kind] */
};

/* A stretch of a key's text that is being read. */
struct chunk {
    const struct draft_thing *thing;
    const struct draft_key *key;
    size_t from, length; /* of key->text */
};

void compiler_say(struct compiler *compiler, const struct draft_thing *thing,
                  const struct draft_key *key, size_t offset, enum message_id id, const char *a,
                  const char *b, const char *c);
void compiler_use(struct compiler *compiler, enum kind kind, int32_t symbol);

/* What a condition may speak of (check 2: each fact and function may stand where it stands). */
enum ground {
    GROUND_CASE,   /* a case: its procedure, or any where PROCEDURE is -1 (fields, clocks, terms) */
    GROUND_SYSTEM, /* a system and its organisation: duty.when, systems(x) */
    GROUND_ORG,    /* an organisation: bill.when, duty.when without per system */
    GROUND_USAGE,  /* a month's figures of a system or resource */
    GROUND_DRIFT,  /* what a vendor's inventory shows for a system, or of a resource */
    GROUND_SCORE   /* an organisation's period: metric.measure, score.deduct */
};
struct ground_of {
    enum ground ground;
    int32_t procedure; /* -1: names of any procedure will do */
    bool items;        /* item.X may stand (inside any and all; field.when of a per-item field) */
    bool measures; /* avg, p95, peak may stand: case (the system's latest month), usage, score */
};

/* Parses and types CHUNK; NULL after a finding. WANT: VALUE_YESNO for a condition, VALUE_NUMBER for
 * a measure. */
const struct expr *expr_compile(struct compiler *compiler, struct chunk chunk,
                                struct ground_of ground, enum value_type want);

/* The files of checks; each adds findings. */
void check_flow(struct compiler *compiler, int32_t procedure);   /* 3, 4 */
void check_clocks(struct compiler *compiler, int32_t procedure); /* 5, 6 */
void check_cites(struct compiler *compiler);                     /* 7 */
void check_sums(struct compiler *compiler);                      /* 8 */
void check_used(struct compiler *compiler);                      /* 1: every thing is used */

#endif
