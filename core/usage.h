/*
 * usage.h: what the monthly figures must show before a case is proposed (article on use; POLICY
 * guide, sections 3 and 9). Missing is not zero: a month without figures, or a figure that was not
 * measured, shows nothing.
 */
#ifndef YUNTAI_CORE_USAGE_H
#define YUNTAI_CORE_USAGE_H

#include "core/policy.h"

/* A month's figures of one subject, a system or a resource as the rule is `per`. */
struct month_use {
    int32_t month; /* year * 12 + month - 1 */
    const struct value
        *facts; /* by slot: avg.cpu …, samples, resource.used, system.FIELD as they stood */
};
enum use_verdict {
    USE_NOT_MET,
    USE_MET,     /* a case is to be proposed */
    USE_EXEMPT,  /* met, but `except` holds: shown as exempt */
    USE_WAITING, /* met so far, but a case was opened since or is open: counted afresh */
    USE_MISSING  /* a month's figures are not there */
};
struct use_result {
    enum use_verdict verdict;
    int32_t met; /* months of the run that met the condition */
};

/* What was measured of one resource in a month, or what many come to. Figures in millionths of a
 * percent, -1 not measured. */
struct use_share {
    int64_t size;    /* what it has of the measure; 0 not known */
    int64_t samples; /* readings; 0 not known */
    int64_t average, p95, peak;
};
/*
 * What COUNT shares come to for the whole: each weighs by its size (those of no known size count
 * only where none has one, and then all alike), in the average by its readings too where all are
 * known, so that it is what was used out of what there was. Percentile and peak are the means of
 * those of the parts: what the whole reached if all reached theirs at once, and at most that for
 * the peak. SIZE is the sum, SAMPLES those of the part with the most.
 */
struct use_share usage_sum(const struct use_share *shares, size_t count);

int32_t month_number(int year, int month);
int32_t month_end(int32_t month); /* its last day */

/*
 * Judges rule USAGE on MONTH, the latest whose table is in. MONTHS: figures of the subject in any
 * order, one a month. AFRESH: the month in which its last case of this rule ended (or was opened,
 * while it is open), so that only later months count; -1 none. OPEN: that case is still open.
 */
struct use_result usage_judge(const struct policy *policy, int32_t usage,
                              const struct revision *revision, const struct month_use *months,
                              size_t count, int32_t month, int32_t afresh, bool open);

#endif
