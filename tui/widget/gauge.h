/*
 * gauge.h: bars of background signs: how much of a limit has passed, was paused, is left, is over.
 */
#ifndef YUNTAI_TUI_WIDGET_GAUGE_H
#define YUNTAI_TUI_WIDGET_GAUGE_H

#include "tui/terminal/grid.h"

struct gauge {      /* in one unit, whatever it is; each 0 or more */
    int64_t whole;  /* the limit; 0: nothing is drawn */
    int64_t used;   /* may pass the limit: the rest of the bar is then drawn as over it */
    int64_t paused; /* of what passed, stood still: after what was used */
    int64_t mark;   /* a threshold, 0 none */
};
/* In WIDTH columns; a cell is one unit where the limit fits, else a part of it. Returns the column
 * behind it. */
int gauge_draw(const struct pane *pane, int row, int column, int width, const struct gauge *gauge);

/* COUNT values as a sparkline from 0 to MOST (0: their greatest); a value below 0 is a gap. */
int spark_draw(const struct pane *pane, int row, int column, const int64_t *values, int count,
               int64_t most);

#endif
