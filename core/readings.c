/* readings.c: the same acts under every other answer to the open questions (rule 7.18). */
#include "core/readings.h"

#include <stdlib.h>
#include <string.h>

struct variant {
    int32_t question, option;
    struct policy *policy;
    struct fold *fold;
    bool stands; /* the last fold went through under it */
};
struct readings {
    const struct policy *policy;
    struct variant *variants;
    size_t count;
    struct fold *fold; /* under the answers chosen */
    struct reading *moved;
};

static size_t options_of(const struct policy *policy)
{
    size_t count = 0;
    for (int32_t i = 0; i < policy->question_count; i++) {
        count += (size_t)policy->questions[i].option_count;
    }
    return count;
}

/* The answers given, but for one question. */
static struct policy *compile_with(const struct draft *draft, const struct answer *answers,
                                   size_t count, struct answer other)
{
    struct answer *all = calloc(count + 1, sizeof *all);
    struct findings *findings = findings_new();
    struct policy *policy = NULL;
    size_t used = 0;
    if (all && findings) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(answers[i].question, other.question) != 0) {
                all[used++] = answers[i];
            }
        }
        all[used++] = other;
        policy = policy_compile(draft, all, used, findings);
    }
    findings_free(findings);
    free(all);
    return policy;
}

static bool add_variant(struct readings *readings, const struct draft *draft,
                        const struct answer *answers, size_t count, int32_t question,
                        int32_t option)
{
    const struct question *asked = &readings->policy->questions[question];
    struct answer other = {asked->title.name, asked->options[option].title.name};
    struct policy *policy = compile_with(draft, answers, count, other);
    if (!policy) {
        return true; /* does not compile: left out */
    }
    struct fold *fold = fold_new(policy);
    if (!fold) {
        policy_free(policy);
        return false;
    }
    readings->variants[readings->count++] = (struct variant){question, option, policy, fold, false};
    return true;
}

struct readings *readings_new(const struct draft *draft, const struct policy *policy,
                              const struct answer *answers, size_t count)
{
    struct readings *readings = calloc(1, sizeof *readings);
    size_t options = options_of(policy) + 1;
    if (!readings) {
        return NULL;
    }
    readings->policy = policy;
    readings->variants = calloc(options, sizeof *readings->variants);
    readings->moved = calloc(options, sizeof *readings->moved);
    readings->fold = fold_new(policy);
    bool done = readings->variants && readings->moved && readings->fold;
    for (int32_t q = 0; done && q < policy->question_count; q++) {
        for (int32_t o = 0; done && o < policy->questions[q].option_count; o++) {
            if (o != policy->questions[q].answer) {
                done = add_variant(readings, draft, answers, count, q, o);
            }
        }
    }
    if (!done) {
        readings_free(readings);
        return NULL;
    }
    return readings;
}

void readings_free(struct readings *readings)
{
    if (!readings) {
        return;
    }
    for (size_t i = 0; i < readings->count; i++) {
        fold_free(readings->variants[i].fold);
        policy_free(readings->variants[i].policy);
    }
    fold_free(readings->fold);
    free(readings->variants);
    free(readings->moved);
    free(readings);
}

enum fold_status readings_fold(struct readings *readings, const struct calendar *calendar,
                               int32_t procedure, const struct act *acts, size_t count, int64_t now)
{
    for (size_t i = 0; i < readings->count; i++) {
        struct variant *variant = &readings->variants[i];
        enum fold_status status = fold_case(variant->fold, calendar, procedure, acts, count, now);
        if (status == FOLD_MEMORY) {
            return status;
        }
        variant->stands = status == FOLD_DONE;
    }
    return fold_case(readings->fold, calendar, procedure, acts, count, now);
}

/* The latest run of CLOCK in a fold; NULL where it has no last day. */
static const struct run *run_of(const struct fold *fold, int32_t clock)
{
    const struct casefile *file = fold_result(fold);
    int16_t place = file->procedure->clock_of[clock];
    return place >= 0 && file->runs[place].has_due ? &file->runs[place] : NULL;
}

static bool ended(const struct run *run)
{
    return run->ended != MOMENT_NONE;
}

struct range_of_readings readings_of(const struct readings *readings, int32_t clock)
{
    struct range_of_readings range = {DAY_NONE, DAY_NONE, readings->moved, 0};
    const struct run *chosen = run_of(readings->fold, clock);
    if (!chosen) {
        return range;
    }
    int32_t strict = chosen->due.day, lenient = strict;
    for (size_t i = 0; i < readings->count; i++) {
        const struct variant *variant = &readings->variants[i];
        const struct run *run = variant->stands ? run_of(variant->fold, clock) : NULL;
        if (!run || ended(run) != ended(chosen) || run->due.day == chosen->due.day) {
            continue;
        }
        int32_t day = run->due.day;
        readings->moved[range.count++] = (struct reading){variant->question, variant->option, day};
        strict = day < strict ? day : strict;
        lenient = day > lenient ? day : lenient;
    }
    if (range.count) {
        range.strict = strict;
        range.lenient = lenient;
    }
    return range;
}
