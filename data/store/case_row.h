/* case_row.h: how a row of the queue is read; for the files of the store alone. */
#ifndef YUNTAI_DATA_STORE_CASE_ROW_H
#define YUNTAI_DATA_STORE_CASE_ROW_H

#include "data/store/store.h"

#define CASE_COLUMNS                                                                               \
    "id, number, procedure, title, title_py, org_id, county_id, vendor_id, owner_id, system_id,"   \
    " policy_id, source, state, with_role, closed, opened_on, changed_at, rev, head, sort_at,"     \
    " due_at, blue_at, yellow_at, red_at, red2_at, held, left_wd, provisional, wake_at, cal_rev,"  \
    " fold_rev, clock, since_at, reserved"

/* The same of a clock k of the case c, which stands there by itself. 3 is RUN_HELD. */
#define CASE_COLUMNS_OF_CLOCK                                                                      \
    "c.id, c.number, c.procedure, c.title, c.title_py, c.org_id, c.county_id, c.vendor_id,"        \
    " c.owner_id, c.system_id, c.policy_id, c.source, c.state, c.with_role, c.closed,"             \
    " c.opened_on, c.changed_at, c.rev, c.head, k.sort_at, k.due_at, k.blue_on, k.yellow_on,"      \
    " k.red_on, k.red2_on, CASE k.state WHEN 3 THEN 1 ELSE 0 END, k.left_wd, k.provisional,"       \
    " c.wake_at, c.cal_rev, c.fold_rev, k.clock, k.started_at, c.reserved"

/* Open cases are tallied by what Today counts them by; sums over the tallies are the same however
 * many cases there are. The day is the last one, or says that none runs or that all are held; what
 * has a card never, has it when what has no clock is due. */
enum { TALLY_HELD = INT32_MAX - 1, TALLY_NONE = INT32_MAX };
#define TALLY_COLUMNS                                                                              \
    "day, procedure, state, org_id, county_id, owner_id, blue_at, yellow_at, red_at, red2_at, n"
#define TALLY_DAY                                                                                  \
    "CASE WHEN c.sort_at > 4611686018427387904 THEN 2147483647"                                    \
    " WHEN c.sort_at = 4611686018427387904 THEN 2147483646 ELSE (c.sort_at - 1) / 86400 END"
#define TALLY_AT(column) "COALESCE(c." column ", 4611686018427387905)"
/* All tallies as the cases have them. */
#define TALLY_OF_CASES                                                                             \
    "SELECT " TALLY_DAY ", c.procedure, c.state, c.org_id, c.county_id, c.owner_id,"               \
    " " TALLY_AT("blue_at") ", " TALLY_AT("yellow_at") ", " TALLY_AT("red_at") ", " TALLY_AT(      \
        "red2_at") ", COUNT(*) FROM casefile AS c WHERE c.closed = 0"                              \
                   " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"

/* The row at hand, its first columns CASE_COLUMNS; its texts go to ARENA (NULL: they are the row's
 * own, and live as long as it is at hand). */
void case_row_take(const struct statement *row, struct arena *arena, struct case_row *out);
/* What the cases have reserved together follows a row that said OLD and says LINES; NULL nothing.
 */
int store_reserves_move(struct store *store, const char *old, const char *lines,
                        struct error *error);
/* The tallies follow a case that was OLD (NULL: new) and is ROW. */
int store_tally_move(struct store *store, const struct case_row *old, const struct case_row *row,
                     struct error *error);
/* Where a clock stands in the queue. */
int64_t clock_row_place(const struct clock_row *row);

#endif
