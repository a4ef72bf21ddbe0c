/*
 * paint.h: brings a grid to the terminal: what differs from what is shown, in as few bytes as can
 * be, the cursor hidden meanwhile and parked at the insertion point after.
 *
 * The screen is never cleared. A list that moved is moved by the terminal (a scrolling region).
 */
#ifndef YUNTAI_TUI_TERMINAL_PAINT_H
#define YUNTAI_TUI_TERMINAL_PAINT_H

#include "tui/terminal/grid.h"
#include "tui/terminal/terminal.h"

struct paint;
/* TERMINAL lives longer than the paint. NULL: no memory. */
struct paint *paint_new(const struct terminal *terminal, const struct theme *theme);
void paint_free(struct paint *paint);
/* Another theme: shown with the next paint_show(). */
void paint_theme(struct paint *paint, const struct theme *theme);
/* Shows GRID, which has the terminal's size. AGAIN: all of it, whatever was shown. */
void paint_show(struct paint *paint, const struct grid *grid, bool again);
/* The bytes that paint_show() would write, appended to OUT, and GRID counts as shown. */
void paint_bytes(struct paint *paint, const struct grid *grid, bool again, struct text *out);

#endif
