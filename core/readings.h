/*
 * readings.h: what the open questions move (rule 7.18): the same acts folded under each other
 * option of the policy's questions; for a clock the earliest date is strict, the latest lenient.
 */
#ifndef YUNTAI_CORE_READINGS_H
#define YUNTAI_CORE_READINGS_H

#include "core/casefile.h"
#include "core/compile.h"

struct readings;

/* Compiles the policy of DRAFT once for each option not chosen (ANSWERS as for policy_compile).
 * NULL without memory. An option that does not compile is left out. */
struct readings *readings_new(const struct draft *draft, const struct policy *policy,
                              const struct answer *answers, size_t count);
void readings_free(struct readings *readings);

struct reading {
    int32_t question, option; /* of the policy; -1, -1: as chosen */
    int32_t day;              /* last day of the clock under it */
};
struct range_of_readings {
    int32_t strict, lenient;     /* days; DAY_NONE where nothing moves the date */
    const struct reading *moved; /* options that move it */
    size_t count;
};
/* Folds once for all clocks. Under an option by which an act could not have been done that option
 * is left out. */
enum fold_status readings_fold(struct readings *readings, const struct calendar *calendar,
                               int32_t procedure, const struct act *acts, size_t count,
                               int64_t now);
/* Of the clock's latest run; valid until the next readings_fold(). */
struct range_of_readings readings_of(const struct readings *readings, int32_t clock);

#endif
