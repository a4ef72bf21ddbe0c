/*
 * paint_pen.h: where the terminal's cursor is and how it writes, and the bytes that change either;
 * for paint.c.
 */
#ifndef YUNTAI_TUI_TERMINAL_PAINT_PEN_H
#define YUNTAI_TUI_TERMINAL_PAINT_PEN_H

#include "tui/terminal/terminal.h"

struct pen {
    const struct terminal *terminal;
    struct text *out;
    int row, column; /* -1: not known */
    bool style_known;
    struct style style;
    bool hidden; /* the cursor */
};

/* Moves the cursor to ROW, COLUMN. */
void pen_move(struct pen *pen, int row, int column);
/* The bytes that pen_move() would take. */
size_t pen_distance(const struct pen *pen, int row, int column);
bool pen_same(const struct style *a, const struct style *b);
void pen_style(struct pen *pen, const struct style *style);
/* After WIDTH columns were written. */
void pen_advance(struct pen *pen, int width);
void pen_hide(struct pen *pen, bool hide);
/* Rows TOP up to END, excluding, go up BY rows (down where BY is negative); blank ones come in. */
void pen_scroll(struct pen *pen, int top, int end, int by);

#endif
