/* paint.c: the difference between what is shown and what is to be shown. */
#include "tui/terminal/paint.h"

#include <stdlib.h>
#include <string.h>

#include "tui/terminal/paint_pen.h"
#include "tui/terminal/paint_scroll.h"
#include "tui/terminal/terminal_inside.h"

enum {
    ERASE_LEAST = 8,     /* blanks in a row for which ECH and a move are shorter */
    UNKNOWN = 0x110000u, /* the glyph of a cell of which nobody knows what it shows */
    SHOWN_MOST = 4 << 20 /* bytes of one frame; a large screen takes 100 KB */
};

struct paint {
    const struct terminal *terminal;
    struct style styles[ROLES];
    struct style blanks[ROLES]; /* as far as a blank shows it */
    struct grid shown;
    struct pen pen;
    struct text out;
};

static struct style blank_style(struct style style)
{
    if (!(style.attributes & (STYLE_REVERSE | STYLE_UNDERLINE))) {
        style.fore = -1;
        style.attributes = 0;
    }
    return style;
}

static void forget(struct paint *paint)
{
    for (size_t i = 0; i < (size_t)paint->shown.rows * (size_t)paint->shown.columns; i++) {
        paint->shown.cells[i] = (struct cell){.glyph = UNKNOWN, .width = 1};
    }
    paint->pen.row = paint->pen.column = -1;
    paint->pen.style_known = false;
    paint->pen.hidden = false;
}

void paint_theme(struct paint *paint, const struct theme *theme)
{
    for (int role = 0; role < ROLES; role++) {
        paint->styles[role] = theme_style(theme, (enum role)role, paint->terminal->depth);
        paint->blanks[role] = blank_style(paint->styles[role]);
    }
    forget(paint);
}

struct paint *paint_new(const struct terminal *terminal, const struct theme *theme)
{
    struct paint *paint = calloc(1, sizeof *paint);
    if (paint) {
        paint->terminal = terminal;
        paint->out.most = SHOWN_MOST;
        paint->pen = (struct pen){.terminal = terminal};
        paint_theme(paint, theme);
    }
    return paint;
}

void paint_free(struct paint *paint)
{
    if (paint) {
        grid_free(&paint->shown);
        text_free(&paint->out);
        free(paint);
    }
}

/* ---- cells ---- */

static const struct style *style_of(const struct paint *paint, const struct cell *cell)
{
    bool blank = cell->glyph == ' ' && !cell->mark;
    return blank ? &paint->blanks[cell->role] : &paint->styles[cell->role];
}

/* Whether both look alike. */
static bool cell_same(const struct paint *paint, const struct cell *a, const struct cell *b)
{
    return a->glyph == b->glyph && a->mark == b->mark &&
           (a->role == b->role || a->glyph == 0 ||
            pen_same(style_of(paint, a), style_of(paint, b)));
}

/* A blank that erasing leaves behind as well. */
static bool erasable(const struct paint *paint, const struct cell *cell)
{
    const struct style *style = &paint->blanks[cell->role];
    return cell->glyph == ' ' && !cell->mark && style->attributes == 0 &&
           (style->back == -1 || paint->terminal->erases_colours);
}

/* How many cells from COLUMN are blank and of one colour behind. */
static int blank_run(const struct paint *paint, const struct cell *row, int column, int columns)
{
    int end = column;
    while (end < columns && erasable(paint, &row[end]) &&
           paint->blanks[row[end].role].back == paint->blanks[row[column].role].back) {
        end++;
    }
    return end - column;
}

/* Whether CELL can be written in the look that is on: of a blank not all of it is to be seen. */
static bool looks_right(const struct paint *paint, const struct cell *cell)
{
    bool blank = cell->glyph == ' ' && !cell->mark;
    struct style now = blank ? blank_style(paint->pen.style) : paint->pen.style;
    return paint->pen.style_known && pen_same(&now, style_of(paint, cell));
}

static void take_style(struct paint *paint, const struct cell *cell)
{
    if (!looks_right(paint, cell)) {
        pen_style(&paint->pen, style_of(paint, cell));
    }
}

static void write_cell(struct paint *paint, const struct cell *cell)
{
    take_style(paint, cell);
    text_add_character(paint->pen.out, cell->glyph);
    if (cell->mark) {
        text_add_character(paint->pen.out, cell->mark);
    }
    pen_advance(&paint->pen, cell->width);
}

/* ---- rows ---- */

/* Whether the cells from COLUMN up to END, which are right already, are written again rather than
 * passed over: where that is shorter. */
static bool rewrites(const struct paint *paint, const struct cell *row, int line, int column,
                     int end)
{
    const struct pen *pen = &paint->pen;
    if (pen->row != line || pen->column != column ||
        (size_t)(end - column) > pen_distance(pen, line, end)) {
        return false;
    }
    for (int i = column; i < end; i++) {
        if (row[i].mark || row[i].glyph >= 0x80 || !looks_right(paint, &row[i])) {
            return false;
        }
    }
    return true;
}

/* Whether the cells from COLUMN up to END are blanks in the look of the one at END, which has to be
 * put on anyway: then it is put on before them, and they are written where that is shorter. */
static bool fills(const struct paint *paint, const struct cell *row, int line, int column, int end)
{
    const struct pen *pen = &paint->pen;
    struct style behind = blank_style(*style_of(paint, &row[end]));
    if (pen->row != line || pen->column != column || row[end].glyph == ' ' ||
        looks_right(paint, &row[end]) || (size_t)(end - column) > pen_distance(pen, line, end)) {
        return false;
    }
    for (int i = column; i < end; i++) {
        if (row[i].mark || row[i].glyph != ' ' || !pen_same(&behind, style_of(paint, &row[i]))) {
            return false;
        }
    }
    return true;
}

static int first_difference(const struct paint *paint, const struct cell *shown,
                            const struct cell *row, int column, int columns)
{
    while (column < columns && cell_same(paint, &shown[column], &row[column])) {
        column++;
    }
    return column;
}

/* Erases RUN blanks from COLUMN, to the right edge if they reach it. */
static void erase(struct paint *paint, const struct cell *row, int line, int column, int run)
{
    pen_move(&paint->pen, line, column);
    take_style(paint, &row[column]);
    if (column + run == paint->terminal->columns) {
        text_add(paint->pen.out, "\033[K");
    } else {
        text_addf(paint->pen.out, "\033[%dX", run);
    }
}

/* Writes what begins at COLUMN, which differs; returns the column behind it. */
static int paint_from(struct paint *paint, const struct cell *shown, const struct cell *row,
                      int line, int column, int columns)
{
    int run = blank_run(paint, row, column, columns);
    bool tail = run > 0 && column + run == paint->terminal->columns;
    int last = column + run;
    while (last > column && cell_same(paint, &shown[last - 1], &row[last - 1])) {
        last--; /* blanks that are there already */
    }
    if ((tail && last - column > 3) ||
        (!tail && paint->terminal->erases && last - column >= ERASE_LEAST)) {
        erase(paint, row, line, column, tail ? run : last - column);
        return tail ? columns : last;
    }
    pen_move(&paint->pen, line, column);
    write_cell(paint, &row[column]);
    return column + row[column].width;
}

static void paint_row(struct paint *paint, const struct grid *grid, int line)
{
    int columns = grid->columns;
    const struct cell *row = grid->cells + (size_t)line * (size_t)columns;
    const struct cell *shown = paint->shown.cells + (size_t)line * (size_t)columns;
    bool corner = paint->terminal->corner_scrolls && line == grid->rows - 1;
    int end = corner ? columns - 1 : columns;
    for (int column = 0; column < end;) {
        int next = first_difference(paint, shown, row, column, end);
        if (next == end || (corner && next + row[next].width > end)) {
            break;
        }
        if (row[next].width == 0) {
            next--; /* the half of a wide glyph: whole it is written */
        }
        bool filled = fills(paint, row, line, column, next);
        if (filled) {
            take_style(paint, &row[next]);
        }
        if (filled || rewrites(paint, row, line, column, next)) {
            while (column < next) {
                write_cell(paint, &row[column++]);
            }
        }
        column = paint_from(paint, shown, row, line, next, end);
    }
}

/* ---- frames ---- */

static bool fit(struct paint *paint, const struct grid *grid, bool again)
{
    bool resized = paint->shown.rows != grid->rows || paint->shown.columns != grid->columns;
    if (resized && !grid_resize(&paint->shown, grid->rows, grid->columns)) {
        return false;
    }
    if (resized || again) {
        forget(paint);
    }
    return true;
}

static size_t cells_of(const struct grid *grid)
{
    return (size_t)grid->rows * (size_t)grid->columns;
}

static bool differs(const struct paint *paint, const struct grid *grid)
{
    int cells = (int)cells_of(grid);
    return first_difference(paint, paint->shown.cells, grid->cells, 0, cells) < cells;
}

struct rows {
    int first, end;
};

/* The rows that came in blank; none. */
static struct rows scroll(struct paint *paint, const struct grid *grid)
{
    struct scroll found = {0};
    if (paint->terminal->scrolls && paint->shown.cells[0].glyph != UNKNOWN) {
        found = scroll_find(&paint->shown, grid);
    }
    if (found.by != 0) {
        pen_scroll(&paint->pen, found.top, found.end, found.by);
        scroll_grid(&paint->shown, &found);
    }
    return found.by > 0 ? (struct rows){found.end - found.by, found.end}
                        : (struct rows){found.top, found.top - found.by};
}

/* What came in is written last: beside it is the row with the cursor, which leaves a look behind
 * that is nearer to what rows begin with than the terminal's own. */
static void paint_rows(struct paint *paint, const struct grid *grid, struct rows last)
{
    for (int row = 0; row < grid->rows; row++) {
        if (row < last.first || row >= last.end) {
            paint_row(paint, grid, row);
        }
    }
    for (int row = last.first; row < last.end; row++) {
        paint_row(paint, grid, row);
    }
}

static void park(struct paint *paint, const struct grid *grid)
{
    if (grid->cursor_row < 0) {
        pen_hide(&paint->pen, true);
        return;
    }
    pen_move(&paint->pen, grid->cursor_row, grid->cursor_column);
    pen_hide(&paint->pen, false);
}

static void compose(struct paint *paint, const struct grid *grid)
{
    if (differs(paint, grid)) {
        pen_hide(&paint->pen, true);
        paint_rows(paint, grid, scroll(paint, grid));
        memcpy(paint->shown.cells, grid->cells, cells_of(grid) * sizeof *grid->cells);
    }
    park(paint, grid);
}

void paint_bytes(struct paint *paint, const struct grid *grid, bool again, struct text *out)
{
    paint->pen.out = out;
    if (fit(paint, grid, again)) {
        compose(paint, grid);
    }
    if (out->failed) {
        forget(paint);
    }
}

void paint_show(struct paint *paint, const struct grid *grid, bool again)
{
    text_clear(&paint->out);
    paint_bytes(paint, grid, again, &paint->out);
    guard_write(paint->terminal->out, text_bytes(&paint->out), paint->out.length);
}
