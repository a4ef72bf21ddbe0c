/*
 * holdings.h: parts of a reply of the verb `holdings`, wherever they stand.
 */
#ifndef YUNTAI_TUI_SCREEN_HOLDINGS_H
#define YUNTAI_TUI_SCREEN_HOLDINGS_H

#include "tui/console/view.h"

/* "inventory of 今日08:40" from COLUMN on. */
void holdings_age_draw(const struct parcel *shown, const struct pane *pane, int row, int column,
                       const struct context *context);
/* What was given and what is there, with heads; the row behind. */
int holdings_measures_draw(const struct parcel *shown, const struct pane *pane, int row,
                           const struct context *context);
/* Row ROW of the table `drifts` on one line. Appended. */
void holdings_drift_text(const struct table *drifts, size_t row, const struct context *context,
                         struct text *out);

#endif
