/*
 * grid.h: what is to be on the screen: cells of a role and a glyph, and panes to write through.
 *
 * A wide glyph takes two cells and is never cut in half: what would write over one half of it
 * blanks the other; what does not fit before the right edge of its pane is not written. Rows and
 * columns count from 0. Nothing here knows the terminal: see paint.h.
 */
#ifndef YUNTAI_TUI_TERMINAL_GRID_H
#define YUNTAI_TUI_TERMINAL_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "tui/terminal/glyph.h"
#include "tui/terminal/role.h"

struct cell {
    uint32_t glyph; /* a character; 0: the right half of the wide one before */
    uint32_t mark;  /* a combining mark on it, or 0 */
    uint8_t width;  /* 1 or 2; of a right half 0 */
    uint8_t role;   /* enum role */
};
struct grid { /* zeroed has no cells */
    int rows, columns;
    struct cell *cells;
    int cursor_row, cursor_column; /* where the next character is typed; row -1: nowhere */
};

/* All cells blank, the cursor nowhere. False where memory is short: the grid is then as it was. */
bool grid_resize(struct grid *grid, int rows, int columns);
void grid_blank(struct grid *grid);
void grid_free(struct grid *grid);

struct pane { /* a rectangle of a grid; all that is written stays inside it */
    struct grid *grid;
    const struct look *look;
    int top, left, rows, columns; /* any may be 0 */
};
struct pane grid_pane(struct grid *grid, const struct look *look);
/* The part of PANE from TOP, LEFT; what would stand out is cut off. */
struct pane pane_part(const struct pane *pane, int top, int left, int rows, int columns);

/* The columns TEXT takes where LOOK draws it. */
int look_width(const struct look *look, const char *text);

/* All return the column behind what was written. TEXT is UTF-8; a byte that is none, a control and
 * a character that turns the direction of writing are written as one `?`; where the locale is
 * FOREIGN, a wide character as `?` and a blank. */
int pane_put(const struct pane *pane, int row, int column, enum role role, const char *text);
/* In at most WIDTH columns; what is longer ends with the sign for "clipped". */
int pane_clip(const struct pane *pane, int row, int column, int width, enum role role,
              const char *text);
/* The same, and blanks until WIDTH is full. */
int pane_pad(const struct pane *pane, int row, int column, int width, enum role role,
             const char *text);
/* At the right end of WIDTH columns; what is longer is clipped at its right. */
int pane_right(const struct pane *pane, int row, int column, int width, enum role role,
               const char *text);
int pane_glyph(const struct pane *pane, int row, int column, enum role role, enum glyph glyph);
/* COUNT times. */
int pane_repeat(const struct pane *pane, int row, int column, int count, enum role role,
                enum glyph glyph);
/* Lines of at most WIDTH columns from ROW on, at most ROWS; how many were written. Breaks as
 * width_wrap() does, and where TEXT has an end of line; what has no place is clipped. */
int pane_wrap(const struct pane *pane, int row, int column, int width, int rows, enum role role,
              const char *text);
void pane_fill(const struct pane *pane, int row, int column, int width, enum role role);
void pane_clear(const struct pane *pane); /* blanks in ROLE_TEXT */
/* Another role for what stands there. */
void pane_tint(const struct pane *pane, int row, int column, int width, enum role role);
void pane_cursor(const struct pane *pane, int row, int column);

/* Row ROW as text, blanks at its end cut off: for tests, for print. Appended. */
void grid_row(const struct grid *grid, int row, struct text *out);

#endif
