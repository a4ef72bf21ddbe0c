/*
 * chart.h: lines over months, in braille (a cell has 2 × 4 dots), else in stars.
 */
#ifndef YUNTAI_TUI_WIDGET_CHART_H
#define YUNTAI_TUI_WIDGET_CHART_H

#include "tui/terminal/grid.h"

struct chart_line {
    const int64_t *values; /* a value below 0 was not measured: the line has a gap there */
    enum role role;
};
/* COUNT values of each of LINES from 0 to MOST (above 0) over the whole of PANE; where lines meet
 * the later one shows. */
void chart_draw(const struct pane *pane, const struct chart_line *lines, int line_count, int count,
                int64_t most);
/* In which column of a pane of WIDTH columns value INDEX of COUNT stands. */
int chart_column(int width, int index, int count);
/* In which of ROWS, 0 or more, VALUE stands. */
int chart_row(int rows, int64_t value, int64_t most);

#endif
