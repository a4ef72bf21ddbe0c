/* score.c: appraisal. */
#include "core/score.h"

static const int64_t hundred = INT64_C(100) * MICRO;

static struct value cut(struct value value)
{
    if (value.known) {
        value.n = value.n < 0 ? 0 : value.n > hundred ? hundred : value.n;
    }
    return value;
}

int32_t score_grade(const struct score *score, int64_t final)
{
    for (int32_t i = 0; i < score->grades.count; i++) {
        if (final >= score->grades.items[i].bound) {
            return i;
        }
    }
    return -1;
}

int64_t score_part(const struct score *score, const struct figure *figures, int32_t part)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < score->metric_count; i++) {
        sum += score->metrics[i].part == part ? figures[i].points : 0;
    }
    return sum;
}

struct score_result score_reckon(const struct policy *policy, int32_t index,
                                 const struct revision *revision, int32_t day,
                                 struct value (*ask)(const struct scope *scope,
                                                     const struct expr *leaf),
                                 void *self, const struct value *manual, struct figure *figures)
{
    const struct score *score = &policy->scores[index];
    struct scope scope = {
        .revision = revision, .now = moment_of(day, DAY_SECONDS - 1), .leaf = ask, .self = self};
    struct score_result result = {false, 0, 0, 0, -1};
    int64_t weights = 0;
    for (int32_t i = 0; i < score->metric_count; i++) {
        const struct metric *metric = &score->metrics[i];
        struct value given = manual ? manual[i] : value_unknown();
        figures[i] =
            (struct figure){cut(metric->measure ? expr_eval(metric->measure, &scope) : given), 0};
        weights += figures[i].measure.known ? metric->weight : 0;
    }
    if (weights == 0) {
        return result;
    }
    __int128 sum = 0;
    for (int32_t i = 0; i < score->metric_count; i++) {
        if (figures[i].measure.known) {
            __int128 weighed = (__int128)figures[i].measure.n * score->metrics[i].weight;
            figures[i].points = (int64_t)((weighed + weights / 2) / weights);
            sum += weighed;
        }
    }
    result.total =
        (int64_t)((sum + weights / 2) / weights); /* once, so that shares round off nothing */
    struct value deduct = score->deduct ? expr_eval(score->deduct, &scope) : value_unknown();
    result.measured = true;
    result.deducted = deduct.known && deduct.n > 0 ? deduct.n : 0;
    result.final = result.total > result.deducted ? result.total - result.deducted : 0;
    result.grade = score_grade(score, result.final);
    return result;
}
