/*
 * clerk.h: what the files of verdicts share. Not for callers: see offer.h.
 *
 * offer.c says who may do what when; verdict.c weighs the entries and the rules of an act.
 */
#ifndef YUNTAI_CORE_CLERK_H
#define YUNTAI_CORE_CLERK_H

#include "core/fold.h"
#include "core/offer.h"

struct clerk {
    const struct policy *policy;
    struct arena *arena; /* texts of the reasons at hand */
    struct reason *reasons;
    size_t capacity;
    struct verdict verdict;
    bool failed;
};

bool clerk_begin(struct clerk *clerk);
const struct verdict *clerk_done(struct clerk *clerk); /* NULL without memory */
/* A new reason, to be filled in; never NULL. */
struct reason *clerk_add(struct clerk *clerk, enum reason_kind kind, struct cites cites,
                         enum message_id id, const char *a, const char *b, const char *c,
                         const char *d);
const char *clerk_title(struct clerk *clerk, const struct title *title); /* both languages */
const char *clerk_day(struct clerk *clerk, int64_t moment);
const char *clerk_period(struct clerk *clerk, struct period period); /* both languages */
const char *clerk_roles(struct clerk *clerk, uint64_t roles);

/* Is it for him to do, and is the case where it is done? Adds reasons. */
void offer_check(struct clerk *clerk, struct fold *fold, int32_t event, int32_t role,
                 uint64_t roles, int64_t person, const char *org, int64_t moment);

#endif
