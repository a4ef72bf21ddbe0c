/*
 * paint.h: brings a grid to the terminal: what differs from what is shown, in as few bytes as can
 * be, the cursor hidden meanwhile and parked at the insertion point after.
 */
#ifndef YUNTAI_TUI_TERMINAL_PAINT_H
#define YUNTAI_TUI_TERMINAL_PAINT_H

#include "tui/terminal/grid.h"
#include "tui/terminal/terminal.h"

struct paint;
/* NULL: no memory. */
struct paint *paint_new(const struct terminal *terminal, const struct theme *theme);
void paint_free(struct paint *paint);
void paint_theme(struct paint *paint, const struct theme *theme);
/* Shows GRID, which has the terminal's size. AGAIN: all of it, whatever was shown. */
void paint_show(struct paint *paint, const struct grid *grid, bool again);

#endif
