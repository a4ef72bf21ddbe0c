/*
 * duty.h: what is due in every period: monthly reports, two drills a year, a filing so long after
 * opening (POLICY guide, sections 3, 6 and 9).
 *
 * Pure reckoning: organisations, systems and what happened come in as arrays, the occurrences go
 * out as a list. Made twice they are the same: occurrence_key() tells one from another.
 */
#ifndef YUNTAI_CORE_DUTY_H
#define YUNTAI_CORE_DUTY_H

#include "core/policy.h"

enum {
    PERIOD_LABEL = 12
}; /* bytes of "2026-03", "2026Q1", "2026H1", "2026", "2026-03-05" with NUL */

struct calendar_period {
    int32_t first, last; /* days */
    char label[PERIOD_LABEL];
};
/* The month, quarter, half or year that DAY lies in; not for EACH_EVENT. */
struct calendar_period period_of(enum each each, int32_t day);
/* The one after; its first is DAY_NONE past the year 9999. */
struct calendar_period period_next(enum each each, struct calendar_period period);

/* An organisation, or one of its systems, that a duty may fall on. */
struct holder {
    int64_t org, system; /* SYSTEM 0: the organisation itself */
    uint64_t roles;      /* of the organisation */
    const struct value
        *facts; /* by slot of the policy: org.level, system.FIELD …; NULL: none known */
};
/* An event that was done, for duties of `each PROCEDURE.EVENT`. */
struct happening {
    int64_t org, system;
    int32_t procedure, event, day;
};
struct occurrence {
    int32_t duty;
    int64_t org, system;
    char label[PERIOD_LABEL]; /* of the period; the day of the event */
    int32_t number;           /* 1 … times */
    int32_t raw;              /* the day as written: the `due` of its case */
    int32_t due;              /* the same after rolling, as the calendar is known */
    bool provisional;
};
struct occurrences {
    struct occurrence *items; /* owned; in order of duty, holder, period, number */
    size_t count, capacity;
};

/*
 * The occurrences of every duty for HOLDERS whose periods begin between FROM and TO (both
 * included), or whose event was done then. A period that ended before the duty's `since`, or whose
 * day as written lies before it, has none; nor has one whose day lies past the year 9999. `when` is
 * read with the holder's facts, `today` being the first day of the period, or the day of the event.
 * Appends to OUT; false without memory (what was appended until then stays).
 */
bool duties_between(const struct policy *policy, const struct revision *revision,
                    const struct holder *holders, size_t holder_count,
                    const struct happening *happenings, size_t happening_count, int32_t from,
                    int32_t to, struct occurrences *out);
void occurrences_free(struct occurrences *occurrences);

/* "duty.NAME/ORG/SYSTEM/LABEL/NUMBER". */
void occurrence_key(const struct policy *policy, const struct occurrence *occurrence,
                    struct text *out);

/* The day a rule makes in PERIOD, before rolling; what the month has not (day 31, wd 23) is its
 * last day, or its last working day. DAY_NONE where there is none. Not for DUE_PERIOD. */
int32_t due_in(const struct revision *revision, const struct due_rule *rule,
               struct calendar_period period);

/* Does CONDITION hold for FACTS (by slot; NULL none) on DAY? No condition holds. */
bool facts_hold(const struct revision *revision, const struct expr *condition,
                const struct value *facts, int32_t day);

#endif
