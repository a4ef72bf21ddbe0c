/*
 * score.h: appraisal (articles on assessing vendor and units; POLICY guide, sections 3 and 9):
 * metrics of 0 to 100, weighed; those with nothing to measure left out and the rest scaled; points
 * taken off; a grade.
 */
#ifndef YUNTAI_CORE_SCORE_H
#define YUNTAI_CORE_SCORE_H

#include "core/policy.h"

struct figure {           /* of one metric */
    struct value measure; /* millionths, cut to 0 … 100; unknown: left out */
    int64_t points;       /* what it brings to the total, scaled; millionths */
};
struct score_result {
    bool measured; /* at least one metric was; else there is no total and no grade */
    int64_t total; /* before deduction; millionths, 0 … 100 */
    int64_t deducted;
    int64_t final; /* no less than 0 */
    int32_t grade; /* index into the score's grades; -1 */
};

/*
 * Reckons SCORE at the end of DAY. ASK answers the leaves of its metrics for the organisation and
 * period (counts, on_time, systems, cards, avg …; the asker keeps the rows each answer came from).
 * MANUAL: by metric, the reviewer's number for those that are `manual`; NULL none. FIGURES takes
 * one a metric.
 */
struct score_result score_reckon(const struct policy *policy, int32_t score,
                                 const struct revision *revision, int32_t day,
                                 struct value (*ask)(const struct scope *scope,
                                                     const struct expr *leaf),
                                 void *self, const struct value *manual, struct figure *figures);
/* The grade of FINAL: the first whose lower bound it reaches; -1 where there is none. */
int32_t score_grade(const struct score *score, int64_t final);
/* What the metrics of PART bring, of the most they could; millionths. */
int64_t score_part(const struct score *score, const struct figure *figures, int32_t part);

#endif
