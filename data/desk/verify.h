/*
 * verify.h: going through the record: verb_verify.c the acts, verify_cache.c what is kept beside
 * them and can be made from them again.
 */
#ifndef YUNTAI_DATA_DESK_VERIFY_H
#define YUNTAI_DATA_DESK_VERIFY_H

#include "data/desk/act.h"

struct verifying {
    struct asking *asking;
    struct table *wrong;
    int64_t acts, cases, stale;
    /* the chain */
    int64_t seq;
    uint8_t head[STORE_HASH];
    /* the thing at hand, case or entry of a register */
    int64_t case_id;
    int32_t n;
    uint8_t parent[STORE_HASH];
    struct casework work; /* a case */
    bool is_case;
    struct text facts;   /* of the latest act */
    const char *role;    /* of its first act: the register's name */
    int64_t policy;      /* of the latest act */
    struct arena *whole; /* of the request; each case has its own meanwhile */
    /* the register of numbers */
    struct text series;
    int64_t year, number;
};

/* A row of what is wrong; A and B are for %1 and %2 of WHAT. */
void verify_tell(struct verifying *v, const char *where, const char *what, const char *a,
                 const char *b);
/* The case at hand, all its acts pushed, against its row, clocks and documents. -1 ERROR. */
int verify_case(struct verifying *v);
/* The entry at hand, or policy, against its latest act. -1 ERROR. */
int verify_thing(struct verifying *v);
/* Tallies, and the register of numbers. -1 ERROR. */
int verify_sums(struct verifying *v);

#endif
