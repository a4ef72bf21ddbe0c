/* chart.c: lines over months. */
#include "tui/widget/chart.h"

#include <stdlib.h>

enum { ACROSS = 2, DOWN = 4 }; /* dots of a cell */

struct dots {
    const struct pane *pane;
    unsigned char *cells; /* bits as braille has them */
    enum role *roles;
    bool braille;
};

int chart_column(int width, int index, int count)
{
    return count > 1 ? index * (width - 1) / (count - 1) : 0;
}

/* The dot for VALUE of so many ROWS, 0 the topmost. */
static int height_of(int rows, int64_t value, int64_t most)
{
    int top = rows * DOWN - 1;
    int64_t up = (value * top + most / 2) / most;
    return top - (int)(up > top ? top : up);
}

int chart_row(int rows, int64_t value, int64_t most)
{
    return height_of(rows, value, most) / DOWN;
}

static void put_dot(struct dots *dots, int x, int y, enum role role)
{
    static const unsigned char bits[DOWN][ACROSS] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    int column = x / ACROSS, row = y / DOWN;
    if (x >= 0 && y >= 0 && column < dots->pane->columns && row < dots->pane->rows) {
        int cell = row * dots->pane->columns + column;
        dots->cells[cell] |= bits[y % DOWN][x % ACROSS];
        dots->roles[cell] = role;
    }
}

static void put_between(struct dots *dots, int x, int y, int to_x, int to_y, enum role role)
{
    int wide = to_x - x, high = abs(to_y - y), steps = wide > high ? wide : high;
    for (int i = 0; i <= steps; i++) {
        put_dot(dots, steps ? x + wide * i / steps : x, steps ? y + (to_y - y) * i / steps : y,
                role);
    }
}

static void put_line(struct dots *dots, const struct chart_line *line, int count, int64_t most)
{
    int last_x = -1, last_y = 0;
    for (int i = 0; i < count; i++) {
        if (line->values[i] < 0) {
            last_x = -1;
            continue;
        }
        int x = chart_column(dots->pane->columns, i, count) * ACROSS;
        int y = height_of(dots->pane->rows, line->values[i], most);
        if (last_x < 0) {
            put_dot(dots, x, y, line->role);
        } else {
            put_between(dots, last_x, last_y, x, y, line->role);
        }
        last_x = x;
        last_y = y;
    }
}

static void draw_cell(const struct dots *dots, int row, int column)
{
    int cell = row * dots->pane->columns + column;
    unsigned char bits = dots->cells[cell];
    /* U+2800 and the bits, in UTF-8 */
    const char braille[] = {(char)0xe2, (char)(0xa0 | bits >> 6), (char)(0x80 | (bits & 0x3f)), 0};
    if (bits) {
        pane_put(dots->pane, row, column, dots->roles[cell], dots->braille ? braille : "*");
    }
}

void chart_draw(const struct pane *pane, const struct chart_line *lines, int line_count, int count,
                int64_t most)
{
    size_t cells = pane->rows > 0 && pane->columns > 0 ? (size_t)(pane->rows * pane->columns) : 0;
    struct dots dots = {.pane = pane, .braille = pane->look->set != GLYPHS_ASCII};
    dots.cells = calloc(cells + 1, sizeof *dots.cells);
    dots.roles = calloc(cells + 1, sizeof *dots.roles);
    for (int i = 0; dots.cells && dots.roles && cells && i < line_count; i++) {
        put_line(&dots, &lines[i], count, most);
    }
    for (int row = 0; dots.cells && dots.roles && row < pane->rows; row++) {
        for (int column = 0; column < pane->columns; column++) {
            draw_cell(&dots, row, column);
        }
    }
    free(dots.cells);
    free(dots.roles);
}
