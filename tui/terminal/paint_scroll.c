/* paint_scroll.c: finds the rows that moved.
 *
 * The move that most rows made is the one looked at. How far the region reaches follows from what
 * each row gains by it, in cells that need not be written: it may hold rows that changed a little,
 * such as the one the cursor left. */
#include "tui/terminal/paint_scroll.h"

#include <stdlib.h>
#include <string.h>

enum { WORTH = 24 }; /* cells: about the bytes that the scrolling itself takes */

static const struct cell *row_of(const struct grid *grid, int row)
{
    return grid->cells + (size_t)row * (size_t)grid->columns;
}

static bool cell_same(const struct cell *a, const struct cell *b)
{
    return a->glyph == b->glyph && a->mark == b->mark && (a->role == b->role || a->glyph == 0);
}

/* Cells that would have to be written to make WANTED out of the row SHOWN. */
static int difference(const struct cell *shown, const struct cell *wanted, int columns)
{
    int count = 0;
    for (int i = 0; i < columns; i++) {
        count += !cell_same(&shown[i], &wanted[i]);
    }
    return count;
}

/* … out of a blank row. */
static int inked(const struct cell *wanted, int columns)
{
    int count = 0;
    for (int i = 0; i < columns; i++) {
        count += wanted[i].glyph != ' ' || wanted[i].role != ROLE_TEXT;
    }
    return count;
}

static uint32_t hash_of(const struct cell *cells, int columns)
{
    uint32_t hash = 2166136261u;
    for (int i = 0; i < columns; i++) {
        hash = (hash ^ cells[i].glyph) * 16777619u;
        hash = (hash ^ cells[i].role) * 16777619u;
    }
    return hash;
}

/* ---- which way ---- */

/* The move, up or down, that most rows made which are not where they were; 0 none. */
static int most_made(const uint32_t *shown, const uint32_t *wanted, int rows)
{
    int best = 0, best_count = 1; /* of one row alone nothing follows */
    for (int by = 1 - rows; by < rows; by++) {
        int count = 0;
        for (int row = by < 0 ? -by : 0; by != 0 && row < rows && row + by < rows; row++) {
            count += wanted[row] == shown[row + by] && wanted[row] != shown[row];
        }
        if (count > best_count || (count == best_count && abs(by) < abs(best))) {
            best = by;
            best_count = count;
        }
    }
    return best;
}

/* ---- how far ---- */

/* What row ROW of WANTED gains where the rows go up BY. */
static int gain_of(const struct grid *shown, const struct grid *wanted, int row, int by)
{
    const struct cell *aim = row_of(wanted, row);
    return difference(row_of(shown, row), aim, wanted->columns) -
           difference(row_of(shown, row + by), aim, wanted->columns);
}

/* What row ROW loses by coming in blank. */
static int loss_of(const struct grid *shown, const struct grid *wanted, int row)
{
    const struct cell *aim = row_of(wanted, row);
    return inked(aim, wanted->columns) - difference(row_of(shown, row), aim, wanted->columns);
}

/* The run of rows that gains most. */
static struct scroll best_run(const struct grid *shown, const struct grid *wanted, int by,
                              int *gained)
{
    int first = by < 0 ? -by : 0, last = wanted->rows - (by > 0 ? by : 0);
    struct scroll best = {0};
    int start = first, sum = 0;
    *gained = 0;
    for (int row = first; row < last; row++) {
        sum += gain_of(shown, wanted, row, by);
        if (sum > *gained) {
            *gained = sum;
            best = (struct scroll){.top = start, .end = row + 1, .by = by};
        }
        if (sum <= 0) {
            sum = 0;
            start = row + 1;
        }
    }
    return best;
}

static struct scroll judge(const struct grid *shown, const struct grid *wanted, int by)
{
    int gained;
    struct scroll run = best_run(shown, wanted, by, &gained);
    int in = by > 0 ? run.end : run.top + by; /* rows that come in blank */
    for (int row = in; run.by && row < in + abs(by); row++) {
        gained -= loss_of(shown, wanted, row);
    }
    if (gained <= WORTH) {
        return (struct scroll){0};
    }
    run.top += by < 0 ? by : 0;
    run.end += by > 0 ? by : 0;
    return run;
}

struct scroll scroll_find(const struct grid *shown, const struct grid *wanted)
{
    struct scroll found = {0};
    uint32_t *hashes = malloc((size_t)wanted->rows * 2 * sizeof *hashes);
    if (!hashes) {
        return found;
    }
    for (int row = 0; row < wanted->rows; row++) {
        hashes[row] = hash_of(row_of(shown, row), shown->columns);
        hashes[wanted->rows + row] = hash_of(row_of(wanted, row), wanted->columns);
    }
    int by = most_made(hashes, hashes + wanted->rows, wanted->rows);
    if (by != 0) {
        found = judge(shown, wanted, by);
    }
    free(hashes);
    return found;
}

void scroll_grid(struct grid *grid, const struct scroll *scroll)
{
    size_t columns = (size_t)grid->columns;
    int kept = scroll->end - scroll->top - abs(scroll->by);
    struct cell *top = grid->cells + (size_t)scroll->top * columns;
    struct cell *moved = top + (size_t)abs(scroll->by) * columns;
    bool up = scroll->by > 0;
    memmove(up ? top : moved, up ? moved : top, (size_t)kept * columns * sizeof *top);
    struct cell *in = up ? top + (size_t)kept * columns : top;
    for (size_t i = 0; i < (size_t)abs(scroll->by) * columns; i++) {
        in[i] = (struct cell){.glyph = ' ', .width = 1, .role = ROLE_TEXT};
    }
}
