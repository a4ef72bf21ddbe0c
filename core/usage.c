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

/* ---- many to one ---- */

enum figure { FIGURE_AVERAGE, FIGURE_P95, FIGURE_PEAK };

static int64_t figure_of(const struct use_share *share, enum figure which)
{
    const int64_t figures[] = {share->average, share->p95, share->peak};
    return figures[which];
}

static int64_t mean(const struct use_share *shares, size_t count, enum figure which)
{
    bool sized = false, timed = which == FIGURE_AVERAGE;
    __int128 sum = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        bool measured = figure_of(&shares[i], which) >= 0;
        sized |= measured && shares[i].size > 0;
        timed &= !measured || shares[i].samples > 0;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t figure = figure_of(&shares[i], which);
        __int128 weight = sized ? shares[i].size : 1;
        weight *= timed ? shares[i].samples : 1;
        sum += figure >= 0 ? weight * figure : 0;
        all += figure >= 0 ? weight : 0;
    }
    return all > 0 ? (int64_t)((sum + all / 2) / all) : -1;
}

struct use_share usage_sum(const struct use_share *shares, size_t count)
{
    struct use_share sum = {.average = mean(shares, count, FIGURE_AVERAGE),
                            .p95 = mean(shares, count, FIGURE_P95),
                            .peak = mean(shares, count, FIGURE_PEAK)};
    for (size_t i = 0; i < count; i++) {
        sum.size += shares[i].size;
        sum.samples = shares[i].samples > sum.samples ? shares[i].samples : sum.samples;
    }
    return sum;
}

/* ---- judging ---- */

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
