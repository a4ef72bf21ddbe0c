/* grid.c: cells, and text written into them by columns. */
#include "tui/terminal/grid.h"

#include <stdlib.h>
#include <string.h>

#include "tui/width.h"

static const struct cell blank = {.glyph = ' ', .width = 1, .role = ROLE_TEXT};

bool grid_resize(struct grid *grid, int rows, int columns)
{
    size_t count = (size_t)rows * (size_t)columns;
    struct cell *cells = malloc((count ? count : 1) * sizeof *cells);
    if (!cells) {
        return false;
    }
    free(grid->cells);
    *grid = (struct grid){.rows = rows, .columns = columns, .cells = cells};
    grid_blank(grid);
    return true;
}

void grid_blank(struct grid *grid)
{
    for (size_t i = 0; i < (size_t)grid->rows * (size_t)grid->columns; i++) {
        grid->cells[i] = blank;
    }
    grid->cursor_row = -1;
    grid->cursor_column = 0;
}

void grid_free(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

static struct cell *cell_at(const struct grid *grid, int row, int column)
{
    return &grid->cells[(size_t)row * (size_t)grid->columns + (size_t)column];
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* ---- panes ---- */

struct pane grid_pane(struct grid *grid, const struct look *look)
{
    return (struct pane){.grid = grid, .look = look, .rows = grid->rows, .columns = grid->columns};
}

struct pane pane_part(const struct pane *pane, int top, int left, int rows, int columns)
{
    int first_row = least(most(top, 0), pane->rows);
    int first_column = least(most(left, 0), pane->columns);
    int last_row = least(most(top + rows, first_row), pane->rows);
    int last_column = least(most(left + columns, first_column), pane->columns);
    return (struct pane){
        .grid = pane->grid,
        .look = pane->look,
        .top = pane->top + first_row,
        .left = pane->left + first_column,
        .rows = last_row - first_row,
        .columns = last_column - first_column,
    };
}

static bool inside(const struct pane *pane, int row, int column)
{
    return row >= 0 && row < pane->rows && column >= 0 && column < pane->columns;
}

static struct cell *pane_cell(const struct pane *pane, int row, int column)
{
    return cell_at(pane->grid, pane->top + row, pane->left + column);
}

/* Blanks what would be left of a wide glyph when its half at ROW, COLUMN goes. */
static void widow(struct grid *grid, int row, int column)
{
    struct cell *cell = cell_at(grid, row, column);
    struct cell *other = cell->width == 0 ? cell - 1 : cell->width == 2 ? cell + 1 : NULL;
    if (other) {
        other->glyph = ' ';
        other->mark = 0;
        other->width = 1;
    }
}

/* Writes a glyph which fits the pane whole. */
static void put(const struct pane *pane, int row, int column, enum role role, uint32_t glyph,
                int width)
{
    struct grid *grid = pane->grid;
    int y = pane->top + row, x = pane->left + column;
    widow(grid, y, x);
    if (width == 2) {
        widow(grid, y, x + 1);
        *cell_at(grid, y, x + 1) = (struct cell){.role = (uint8_t)role};
    }
    *cell_at(grid, y, x) =
        (struct cell){.glyph = glyph, .width = (uint8_t)width, .role = (uint8_t)role};
}

static void put_blank(const struct pane *pane, int row, int column, enum role role)
{
    if (inside(pane, row, column)) {
        put(pane, row, column, role, ' ', 1);
    }
}

/* ---- text ---- */

/* The next character of TEXT as the look shows it; in a FOREIGN locale a wide one is `?` and a
 * blank. */
static struct character shown(const struct look *look, const char *text)
{
    struct character next = width_next(text);
    if (look->foreign && next.code >= 0x80) {
        next.code = next.columns > 0 ? '?' : 0;
    } else if (look->wide_doubt && next.doubtful) {
        next.columns = 2;
    }
    return next;
}

int look_width(const struct look *look, const char *text)
{
    int columns = 0;
    while (*text) {
        struct character next = shown(look, text);
        columns += next.columns;
        text += next.bytes;
    }
    return columns;
}

/* Puts MARK on the glyph that ends before COLUMN, if that has none yet. */
static void put_mark(const struct pane *pane, int row, int column, uint32_t mark)
{
    if (!inside(pane, row, column - 1)) {
        return;
    }
    struct cell *cell = pane_cell(pane, row, column - 1);
    if (cell->width == 0) {
        cell--;
    }
    if (cell->mark == 0 && cell->glyph != ' ') {
        cell->mark = mark;
    }
}

static void put_character(const struct pane *pane, int row, int column, enum role role,
                          const struct character *next)
{
    bool begins = inside(pane, row, column);
    bool ends = inside(pane, row, column + next->columns - 1);
    if (begins && ends && next->columns == 2 && next->code == '?') {
        put(pane, row, column, role, '?', 1);
        put(pane, row, column + 1, role, ' ', 1);
    } else if (begins && ends) {
        put(pane, row, column, role, next->code, next->columns);
    } else if (ends) { /* cut by the left edge */
        put_blank(pane, row, column + 1, role);
    }
}

/* Writes TEXT until COLUMN is END, or the next glyph would pass it. */
static int put_until(const struct pane *pane, int row, int column, int end, enum role role,
                     const char *text)
{
    bool begun = false; /* a mark has something to stand on */
    while (*text) {
        struct character next = shown(pane->look, text);
        if (column + next.columns > end) {
            break;
        }
        if (next.columns > 0) {
            put_character(pane, row, column, role, &next);
            begun = true;
        } else if (next.code && begun) {
            put_mark(pane, row, column, next.code);
        }
        column += next.columns;
        text += next.bytes;
    }
    return column;
}

int pane_put(const struct pane *pane, int row, int column, enum role role, const char *text)
{
    return put_until(pane, row, column, pane->columns, role, text);
}

/* WIDTH columns from COLUMN, as far as the pane goes. */
static int end_of(const struct pane *pane, int column, int width)
{
    return most(least(column + most(width, 0), pane->columns), column);
}

int pane_clip(const struct pane *pane, int row, int column, int width, enum role role,
              const char *text)
{
    int end = end_of(pane, column, width);
    if (column + look_width(pane->look, text) <= end) {
        return put_until(pane, row, column, end, role, text);
    }
    const char *sign = glyph_text(pane->look, GLYPH_CLIPPED);
    int reached = put_until(pane, row, column, end - look_width(pane->look, sign), role, text);
    return put_until(pane, row, reached, end, role, sign);
}

int pane_pad(const struct pane *pane, int row, int column, int width, enum role role,
             const char *text)
{
    int end = end_of(pane, column, width);
    int reached = pane_clip(pane, row, column, width, role, text);
    pane_fill(pane, row, reached, end - reached, role);
    return end;
}

int pane_right(const struct pane *pane, int row, int column, int width, enum role role,
               const char *text)
{
    int end = end_of(pane, column, width);
    int blanks = most(end - column - look_width(pane->look, text), 0);
    pane_clip(pane, row, column + blanks, end - column - blanks, role, text);
    return end;
}

int pane_glyph(const struct pane *pane, int row, int column, enum role role, enum glyph glyph)
{
    return pane_put(pane, row, column, role, glyph_text(pane->look, glyph));
}

int pane_repeat(const struct pane *pane, int row, int column, int count, enum role role,
                enum glyph glyph)
{
    for (int i = 0; i < count && column < pane->columns; i++) {
        column = pane_glyph(pane, row, column, role, glyph);
    }
    return column;
}

/* Ends the line at TEXT: the next one begins where this says, NULL there is none. */
static char *cut_line(char *text)
{
    char *end = strchr(text, '\n');
    if (end) {
        *end++ = '\0';
    }
    return end;
}

/* Makes one line of several. */
static void join_lines(char *text)
{
    while ((text = strchr(text, '\n'))) {
        *text = ' ';
    }
}

int pane_wrap(const struct pane *pane, int row, int column, int width, int rows, enum role role,
              const char *text)
{
    struct text lines = {0};
    width_wrap(&lines, text, 0, 0, end_of(pane, column, width) - column);
    char *line = lines.bytes;
    int written = 0;
    while (line && written < rows) {
        char *next = NULL;
        if (written + 1 < rows) {
            next = cut_line(line);
        } else {
            join_lines(line);
        }
        pane_clip(pane, row + written, column, width, role, line);
        written++;
        line = next;
    }
    text_free(&lines);
    return written;
}

/* ---- areas ---- */

void pane_fill(const struct pane *pane, int row, int column, int width, enum role role)
{
    for (int i = most(column, 0); i < column + width && i < pane->columns; i++) {
        put_blank(pane, row, i, role);
    }
}

void pane_clear(const struct pane *pane)
{
    for (int row = 0; row < pane->rows; row++) {
        pane_fill(pane, row, 0, pane->columns, ROLE_TEXT);
    }
}

void pane_tint(const struct pane *pane, int row, int column, int width, enum role role)
{
    for (int i = most(column, 0); i < column + width && inside(pane, row, i); i++) {
        struct cell *cell = pane_cell(pane, row, i);
        if (cell->width > 0) { /* a right half goes with its left one */
            cell->role = (uint8_t)role;
        }
        if (cell->width == 2) {
            cell[1].role = (uint8_t)role;
        }
    }
}

void pane_cursor(const struct pane *pane, int row, int column)
{
    if (inside(pane, row, least(column, pane->columns - 1))) {
        pane->grid->cursor_row = pane->top + row;
        pane->grid->cursor_column = pane->left + least(column, pane->columns - 1);
    }
}

void grid_row(const struct grid *grid, int row, struct text *out)
{
    int end = grid->columns;
    while (end > 0 && cell_at(grid, row, end - 1)->glyph == ' ') {
        end--;
    }
    for (int column = 0; column < end; column++) {
        const struct cell *cell = cell_at(grid, row, column);
        if (cell->width > 0) {
            text_add_character(out, cell->glyph);
        }
        if (cell->mark) {
            text_add_character(out, cell->mark);
        }
    }
}
