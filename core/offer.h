/*
 * offer.h: what may be done in a case, by whom, and if not, why not (POLICY guide, section 8).
 *
 * verdict_of() tries an act against a case without doing it. Every failure is told at once, each
 * with its field, sentence and article; nothing is changed.
 */
#ifndef YUNTAI_CORE_OFFER_H
#define YUNTAI_CORE_OFFER_H

#include "core/casefile.h"

struct attempt {
    struct act act;     /* facts as they would be recorded */
    uint64_t roles;     /* roles the person holds; act.role is the one he acts in */
    const char *org;    /* his organisation as entries write it; NULL: not asked */
    const char *reason; /* the written reason that a rule may ask for; NULL or "" none */
    bool folded;        /* FOLD stands so already: these acts, up to act.effective */
};

enum reason_kind {
    REASON_STATE, /* not from this state */
    REASON_WHEN,  /* its `when` does not hold */
    REASON_ROLE,  /* not his to do, or he signed already */
    REASON_DATE,  /* before the last act, too far back, in the future */
    REASON_FIELD, /* an entry is missing or wrong */
    REASON_RULE   /* a rule is not met */
};
struct reason {
    enum reason_kind kind;
    int32_t rule;     /* of the procedure; -1 */
    int32_t field;    /* -1 */
    const char *code; /* line of the resource list; NULL */
    struct cites cites;
    struct message message; /* for REASON_RULE: its %1 is the sentence, in Chinese, %2 in English */
};
struct verdict {
    const struct reason *reasons;
    size_t count;
    uint64_t overrides; /* rules that give way in this act, to be recorded as facts */
    bool completes;     /* the act takes effect (its last signature); false: it is a signature among
                           several */
    int32_t to;         /* the state it leads to; -1 where it stays */
};

struct clerk; /* the workspace of verdicts: reasons live in it until its next use */
struct clerk *clerk_new(const struct policy *policy);
void clerk_free(struct clerk *clerk);

/*
 * Would this be done? FOLD and CALENDAR as for fold_case(). Done where the verdict has no reasons.
 * NULL only without memory. FOLD is left as it stood with the entries put in: fold again before
 * reading it. For EVENT_OPEN, ACTS is empty.
 */
const struct verdict *verdict_of(struct clerk *clerk, struct fold *fold,
                                 const struct calendar *calendar, int32_t procedure,
                                 const struct act *acts, size_t count,
                                 const struct attempt *attempt);

/*
 * May RUN's worst card be explained, waived, or (EVENT_TAKE_BACK) its waiver taken back: KIND as
 * the policy has it, by ATTEMPT's person in ATTEMPT's roles, at the moment it is recorded? FOLD is
 * folded up to then, with all acts; RUN is of that fold, NULL: there is no such run. Nothing is
 * changed.
 */
const struct verdict *remedy_verdict(struct clerk *clerk, struct fold *fold, const struct run *run,
                                     const struct attempt *attempt);
/* The roles that may do KIND about RUN as the case stands. */
uint64_t remedy_roles(struct fold *fold, enum remedy_kind kind, const struct run *run);
/* Number of the first act of PERSON in the case that stands, waivers apart; 0 none: whom a waiver
 * may not come from. */
int32_t remedy_acted(const struct fold *fold, int64_t person);

/*
 * May it be offered: state, when and role alone, before any entry is typed (8.1)? Reasons as above;
 * an event whose rules let other roles do it (`else leader`) is offered to those too.
 */
const struct verdict *offer_of(struct clerk *clerk, struct fold *fold, int32_t event,
                               int64_t person, uint64_t roles, const char *org, int64_t moment);

/* A correction may be made if every later act would still have been possible. 0, or the number of
 * the first later act that would not; -1 without memory. REASONS of that act are in the clerk's
 * verdict. */
int32_t correction_breaks(struct clerk *clerk, struct fold *fold, const struct calendar *calendar,
                          int32_t procedure, const struct act *acts, size_t count,
                          const struct act *correction, const struct verdict **verdict);

/* The last moment at which EVENT may be done with no clock that it ends being late; MOMENT_NONE
 * where none binds. *CLOCK is the clock that binds, -1. The case must have been folded. */
int64_t latest_moment(struct fold *fold, int32_t event, int32_t *clock);

/* The role in which EVENT is done when nobody says: the only one possible; -1 where several are, or
 * none. */
int32_t role_for(struct fold *fold, int32_t event);

/* Parses and checks one entry against its field. True with *VALUE; else *MESSAGE (texts in ARENA).
 * TODAY is the day of the act, for ranges that speak of it. */
bool entry_check(const struct policy *policy, const struct revision *revision, int32_t field,
                 const char *text, size_t length, int64_t moment, struct arena *arena,
                 struct value *value, struct message *message);
/* The value alone, unchecked: how a fold reads an entry. Unknown where it is none. */
struct value typed_value(const struct policy *policy, int32_t field, const char *text,
                         size_t length);

#endif
