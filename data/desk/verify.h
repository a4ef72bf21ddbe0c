/*
 * verify.h: going through the record, once from one end to the other: verb_verify.c case by case,
 * verify_hash.c the hashes and the chain, verify_cache.c what is kept beside the acts and can be
 * made from them again, verify_filed.c under whom a case stands.
 */
#ifndef YUNTAI_DATA_DESK_VERIFY_H
#define YUNTAI_DATA_DESK_VERIFY_H

#include "data/desk/act.h"
#include "data/desk/hasher.h"
#include "data/store/abreast.h"

struct hashing {
    uint64_t key[2], sum; /* of the chain */
    struct hasher *hasher;
};

struct told { /* a row of what is wrong; texts in the arena of all that is told */
    int64_t place;
    const char *where, *what, *a, *b;
};
enum { TOLD_MOST = 100 };

struct stays { /* where a person was, from the register's acts */
    int64_t person;
    struct stay *items;
    size_t count;
};
enum { VERIFY_PEOPLE = 256 };

struct verifying {
    struct asking *asking;
    struct told told[TOLD_MOST]; /* the first of them, in the order of the acts they speak of */
    size_t told_count;
    struct arena *telling;
    int64_t acts, cases, documents, stale;
    int64_t acts_of, cases_of, documents_of; /* how many there are */
    /* the chain, when it is gone through alone */
    int64_t seq;
    uint8_t head[STORE_HASH];
    struct hashing hashing;
    struct abreast beside;
    /* the thing at hand, case or entry of a register */
    int64_t case_id;
    int32_t n;
    uint8_t parent[STORE_HASH];
    struct casework work; /* a case */
    bool is_case;
    struct text facts; /* of the latest act */
    const char *role;  /* of its first act: the register's name */
    int64_t policy;    /* of the latest act */
    int64_t recorded;  /* the same */
    /* those who open cases: each in one place of his own, or in turn with another */
    struct stays stays[VERIFY_PEOPLE];
    /* the register of numbers */
    struct text series;
    int64_t year, number;
};

/* A row of what is wrong, at the act that was read last; A and B are for %1 and %2 of WHAT. */
void verify_tell(struct verifying *v, const char *where, const char *what, const char *a,
                 const char *b);
void verify_tell_act(struct verifying *v, const struct record *record, const char *what);
/* -1 ERROR. */
int hashing_begin(struct verifying *v);
/* One more act; whether it was altered is told by and by. -1 ERROR. */
int hashing_act(struct verifying *v, const struct record *record);
/* All that were altered have been told of afterwards. */
int hashing_end(struct verifying *v);
/* Every act followed on another, the last was HEAD. */
bool hashing_chained(const struct hashing *hashing, const struct chain_head *head);
/* The case at hand, all its acts pushed, against its row, clocks and documents. -1 ERROR. */
int verify_case(struct verifying *v);
/* The same case, under which organisation it stands; with what was read for that. -1 ERROR. */
int verify_filed(struct verifying *v);
void verify_filed_free(struct verifying *v);
/* The entry at hand, or policy, against its latest act. -1 ERROR. */
int verify_thing(struct verifying *v);
/* Tallies, and the register of numbers. -1 ERROR. */
int verify_sums(struct verifying *v);

#endif
