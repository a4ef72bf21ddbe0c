/* clang-format off */
/*
 * verify.h: going through the record, once from one end to the other: verb_verify.c case by case,
 * verify_hash.c the hashes and the chain, verify_cache.c what is kept beside the acts and can be
 * made from them again, verify_filed.c under whom a case stands, verify_past.c what the registers
 * said of that then, verify_joining.c to whom it went.
 *
 * What the store says, column by column, and by what that is held:
 *
 *     act        each hash, by its columns; body by its digest, unless struck out; parent, prev and
 *                seq by the chain and its head
 *     stamp      by the chain
 *     casefile   number by number; title by the entries; rev, head and policy_id by the last act;
 *                org_id, county_id, system_id and source by the opening and the registers as they
 *                were; vendor_id by the states it was in; procedure, state, with_role, closed,
 *                owner, opened_on, changed_at, clock, since_at, sort_at … red2_at, held, left_wd,
 *                provisional, wake_at and reserved by the fold. Of a case that is closed, days but
 *                opened_on and changed_at only where cal_rev and fold_rev are those of today, as it
 *                stays judged as it was; neither may be later. An open case may be due to be looked
 *                at (wake_at) sooner than its acts say. title_py not: lists are ordered by it
 *     clock      by the fold
 *     document   act, digest, name, field and part by the acts, the file by its digest; size, actor
 *                and time not: the act has the two latter
 *     party      whoever has part may have it, and the vendor has; not that others have who were
 *                told: they would see less
 *     thing      by its last act; name_py not
 *     policy     by the act that adopted it
 *     number     they follow each other, and cases go by them; void not, whose reason no act has
 *     tally      by the cases
 *     mark       "open" and "reserved.…" by the cases; others only say when to look again
 *     series     not: a number left out or given twice shows in number
 *     link, told not: nobody sees more by them
 *     search     not: a case that is not found is still in its list
 *     usage, metered, vendor, run, resource, drift
 *                not: they are others' word; what a case made of it is in its acts
 *     draft, presence, log, node
 *                not: no part of the record
 */
/* clang-format on */
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

/* The register of organisations as it was, and how systems are called now. */
struct past_version { /* of an organisation, from the act at SEQ on */
    int64_t seq, recorded, parent;
    int32_t since, until;
    const char *roles, *became;
    uint64_t mask; /* those roles in POLICY */
    const struct policy *policy;
};
struct past_org {
    int64_t id;
    const char *code;
    size_t first, count; /* of its versions */
};
struct past_system {
    int64_t id, parent;
    const char *name;
    size_t length;
};
struct past { /* zeroed: not read yet */
    bool read;
    struct past_org *orgs; /* by id */
    size_t org_count;
    struct past_version *versions;
    size_t version_count, version_capacity;
    struct past_system *systems; /* by id */
    size_t system_count, system_capacity;
};
/* Who has part in a case by a policy: roles that see only what is sent to them. */
struct joining {
    const struct policy *policy;
    uint64_t below, sent, acting; /* roles: that see below; those; of those that act in cases */
    uint64_t **must, **may;       /* by procedure and state: that have part, that may have */
    uint64_t **told;              /* by procedure and event: that may be told */
    const size_t *holders;        /* organisations that ever had one, by their place */
    size_t holder_count;
    const int32_t *systems; /* fields that name a system */
    int32_t system_count;
};

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
    struct past past;
    struct joining *joining; /* one a policy that was met */
    size_t joining_count;
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
/* The same case: under which organisation and county it stands, about which system, out of what;
 * with what was read for that. -1 ERROR. */
int verify_filed(struct verifying *v);
void verify_filed_free(struct verifying *v);

/* ---- verify_past.c ---- */

/* Texts go to ARENA. -1 ERROR; call past_free() all the same. */
int past_read(struct asking *asking, struct arena *arena, struct past *out);
void past_free(struct past *past);
/* NULL: no such one. */
const struct past_org *past_org(const struct past *past, int64_t id);
const struct past_org *past_org_coded(const struct past *past, const char *code);
const struct past_system *past_system(const struct past *past, int64_t id);
/* As the acts before place SEQ of the chain have it; NULL: it was not yet there. */
struct past_version *past_at(const struct past *past, const struct past_org *org, int64_t seq);
uint64_t past_roles(struct past_version *version, const struct policy *policy);
bool past_valid(const struct past_version *version, int32_t day);
/* The county ORG was under then: see county_of(). BELOW: the roles of POLICY that see below. */
int64_t past_county(const struct past *past, const struct policy *policy, uint64_t below,
                    int64_t org, int64_t seq);

/* ---- verify_joining.c ---- */

/* NULL: ERROR. */
const struct joining *joining_of(struct verifying *v, const struct policy *policy);
/* Who the vendor of the case at hand is, and who has part in it. -1 ERROR. */
int verify_joining(struct verifying *v);
void joining_free(struct verifying *v);

/* ---- ---- */

/* Where ORG went by the acts of the case from FROM (its place among them) on; 0: one of those named
 * is not in the register any more. */
int64_t verify_went_to(struct verifying *v, int64_t org, size_t from);

/* The entry at hand, or policy, against its latest act. -1 ERROR. */
int verify_thing(struct verifying *v);
/* Tallies, and the register of numbers. -1 ERROR. */
int verify_sums(struct verifying *v);

#endif
