/* case_row.h: how a row of the queue is read; for the files of the store alone. */
#ifndef YUNTAI_DATA_STORE_CASE_ROW_H
#define YUNTAI_DATA_STORE_CASE_ROW_H

#include "data/store/store.h"

#define CASE_COLUMNS                                                                               \
    "id, number, procedure, title, title_py, org_id, county_id, vendor_id, owner_id, system_id,"   \
    " policy_id, source, state, with_role, closed, opened_on, changed_at, rev, head, sort_at,"     \
    " due_at, blue_at, yellow_at, red_at, red2_at, held, left_wd, provisional, wake_at, cal_rev,"  \
    " fold_rev, clock, since_at"

/* The row at hand, its first columns CASE_COLUMNS; its texts go to ARENA. */
void case_row_take(const struct statement *row, struct arena *arena, struct case_row *out);

#endif
