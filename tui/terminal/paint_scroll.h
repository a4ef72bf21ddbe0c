/*
 * paint_scroll.h: whether rows of the screen moved, and which; for paint.c. Pure.
 */
#ifndef YUNTAI_TUI_TERMINAL_PAINT_SCROLL_H
#define YUNTAI_TUI_TERMINAL_PAINT_SCROLL_H

#include "tui/terminal/grid.h"

struct scroll {
    int top, end; /* rows from TOP up to END, excluding */
    int by;       /* went up by so many; down where negative; 0: there was none worth it */
};

/* What to scroll in SHOWN so that WANTED, of the same size, is reached with the least writing. */
struct scroll scroll_find(const struct grid *shown, const struct grid *wanted);
/* Does it to GRID: rows that come in are blank. */
void scroll_grid(struct grid *grid, const struct scroll *scroll);

#endif
