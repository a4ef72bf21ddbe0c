/*
 * sync_use.h: figures of use that a run of a sync brings.
 */
#ifndef YUNTAI_DATA_DESK_SYNC_USE_H
#define YUNTAI_DATA_DESK_SYNC_USE_H

#include "data/desk/inside.h"
#include "data/store/use.h"

/* SHEET is CSV with the columns month, resource, system, samples and those of measures, as
 * data/vendor/report.h has them; COUNT follows. -1 with ERROR: it is no such sheet. */
int sync_use(struct asking *asking, const struct run_row *run, const char *sheet,
             struct metered_count *count);

#endif
