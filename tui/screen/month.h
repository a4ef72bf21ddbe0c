/*
 * month.h: six weeks of days with what falls due on each; rest days told from working days.
 */
#ifndef YUNTAI_TUI_SCREEN_MONTH_H
#define YUNTAI_TUI_SCREEN_MONTH_H

#include "tui/console/view.h"

struct month {
    int32_t day;        /* the one under the cursor */
    struct parcel days; /* a reply of `list` with `days` from month_first() on */
};

/* The Monday on or before the first of the month of the day. */
int32_t month_first(const struct month *month);
/* How many of ROWS it takes: with a row for the counts of each week where there is room. */
int month_rows(int rows);
void month_draw(const struct month *month, const struct pane *pane, const struct context *context);
/* The day in words in row 0 of PANE: weekday, whether it is worked, settled or not. */
void month_draw_day(const struct month *month, const struct pane *pane,
                    const struct context *context);

#endif
