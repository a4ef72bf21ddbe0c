/*
 * trend.h: where amounts by the month are going: the line that lies nearest to them all.
 */
#ifndef YUNTAI_CORE_TREND_H
#define YUNTAI_CORE_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trend_point {
    int32_t month; /* each month once; months may be missing */
    int64_t amount;
};
/* Into *SLOPE by how much the line of least squares through POINTS rises a month, rounded. False
 * with fewer than two of them. */
bool trend_slope(const struct trend_point *points, size_t count, int64_t *slope);
/* In how many months FROM, rising by SLOPE a month, reaches LIMIT: 0 it has; -1 not within MOST. */
int32_t trend_reaches(int64_t from, int64_t slope, int64_t limit, int32_t most);

#endif
