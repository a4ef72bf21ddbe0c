/*
 * use.h: the monthly table of use of the sample city.
 */
#ifndef YUNTAI_DATA_SAMPLE_USE_H
#define YUNTAI_DATA_SAMPLE_USE_H

#include "data/sample/grid.h"

/* Appends the table of the month that DAY lies in: of every row of USE (system, then one column for
 * each measure with its average in percent) avg, p95 and peak, some way up or down from month to
 * month. */
void use_month(const struct grid *use, int32_t day, struct text *out);

#endif
