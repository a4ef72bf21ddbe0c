/* usage.c: rules on the use of resources. */
#include "core/usage.h"

#include "core/duty.h"

int32_t month_number(int year, int month)
{
    return year * 12 + month - 1;
}

int32_t month_end(int32_t month)
{
    int32_t day;
    int year = month / 12, of_year = month % 12 + 1;
    return day_from_civil(year, of_year, day_month_length(year, of_year), &day) ? day : DAY_NONE;
}

static const struct month_use *month_of(const struct month_use *months, size_t count, int32_t month)
{
    for (size_t i = 0; i < count; i++) {
        if (months[i].month == month) {
            return &months[i];
        }
    }
    return NULL;
}

struct use_result usage_judge(const struct policy *policy, int32_t index,
                              const struct revision *revision, const struct month_use *months,
                              size_t count, int32_t month, int32_t afresh, bool open)
{
    const struct usage *usage = &policy->usages[index];
    struct use_result result = {USE_NOT_MET, 0};
    bool missing = false, stale = false;
    for (int32_t m = month; m > month - usage->months && !missing && !stale; m--) {
        const struct month_use *use = month_of(months, count, m);
        stale = m <= afresh;
        missing = !stale && !use; /* breaks the run: what lies before it counts no more */
        result.met += use && !stale && facts_hold(revision, usage->when, use->facts, month_end(m));
    }
    const struct month_use *last = month_of(months, count, month);
    if (result.met >= usage->months_met && last) {
        bool exempt =
            usage->except && facts_hold(revision, usage->except, last->facts, month_end(month));
        result.verdict = open ? USE_WAITING : exempt ? USE_EXEMPT : USE_MET;
    } else if (missing) {
        result.verdict = USE_MISSING;
    } else if (stale || open) {
        result.verdict = USE_WAITING;
    }
    return result;
}
