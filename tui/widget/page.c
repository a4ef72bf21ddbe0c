/* page.c: a page taller than the screen. */
#include <stdlib.h>
#include <string.h>

#include "tui/widget/page.h"

enum { PAGE_ROWS_MOST = 5000 };

struct pane page_begin(struct page *page, int rows, int columns, const struct look *look)
{
    rows = rows > PAGE_ROWS_MOST ? PAGE_ROWS_MOST : rows;
    if ((page->grid.rows != rows || page->grid.columns != columns) &&
        !grid_resize(&page->grid, rows, columns)) {
        return (struct pane){.look = look};
    }
    grid_blank(&page->grid);
    page->stop_count = 0;
    page->length = rows;
    return grid_pane(&page->grid, look);
}

void page_stop_add(struct page *page, int row, int column, int width, int section, int kind,
                   int index)
{
    if (page->stop_count == page->stop_capacity) {
        int capacity = page->stop_capacity ? 2 * page->stop_capacity : 32;
        struct page_stop *more = realloc(page->stops, (size_t)capacity * sizeof *more);
        if (!more) {
            return;
        }
        page->stops = more;
        page->stop_capacity = capacity;
    }
    page->stops[page->stop_count++] = (struct page_stop){row, column, width, section, kind, index};
}

/* The stop's row is shown, with the row before it, which is often its heading. */
static void follow(struct page *page)
{
    const struct page_stop *here = page_here(page);
    int most = page->length - page->body;
    if (here && here->row - 1 < page->top) {
        page->top = here->row - 1;
    }
    if (here && here->row >= page->top + page->body) {
        page->top = here->row - page->body + 1;
    }
    page->top = page->top > most ? most : page->top;
    page->top = page->top < 0 ? 0 : page->top;
}

void page_show(struct page *page, const struct pane *pane)
{
    page->body = pane->rows;
    if (page->stop >= page->stop_count) {
        page->stop = page->stop_count ? page->stop_count - 1 : 0;
    }
    follow(page);
    const struct page_stop *here = page_here(page);
    if (here) {
        struct pane whole = grid_pane(&page->grid, pane->look);
        pane_tint(&whole, here->row, here->column, here->width, ROLE_TABLE_CURSOR);
    }
    int columns = page->grid.columns < pane->columns ? page->grid.columns : pane->columns;
    for (int row = 0; row < pane->rows && page->top + row < page->grid.rows; row++) {
        memcpy(&pane->grid->cells[(pane->top + row) * pane->grid->columns + pane->left],
               &page->grid.cells[(page->top + row) * page->grid.columns],
               (size_t)columns * sizeof(struct cell));
    }
}

const struct page_stop *page_here(const struct page *page)
{
    return page->stop < page->stop_count ? &page->stops[page->stop] : NULL;
}

void page_free(struct page *page)
{
    grid_free(&page->grid);
    free(page->stops);
    *page = (struct page){0};
}

/* ---- moving ---- */

static bool go(struct page *page, int stop)
{
    page->stop = stop >= page->stop_count ? page->stop_count - 1 : stop;
    page->stop = page->stop < 0 ? 0 : page->stop;
    return true;
}

/* A page on or back, and the cursor to a stop that is seen. */
static bool leaf(struct page *page, int rows)
{
    int row = page_here(page) ? page_here(page)->row + rows : 0, best = page->stop;
    page->top += rows;
    for (int i = 0; i < page->stop_count; i++) {
        int far = abs(page->stops[i].row - row), now = abs(page->stops[best].row - row);
        best = far < now ? i : best;
    }
    return go(page, best);
}

static bool turn(struct page *page, int step)
{
    const struct page_stop *here = page_here(page);
    int section = here ? here->section : 0;
    int i = page->stop;
    for (int n = 0; n < page->stop_count; n++) {
        i = (i + step + page->stop_count) % page->stop_count;
        if (page->stops[i].section != section) {
            break;
        }
    }
    if (page->stop_count == 0) {
        return true;
    }
    section = page->stops[i].section;
    while (step < 0 && i > 0 && page->stops[i - 1].section == section) {
        i--;
    }
    return go(page, i);
}

bool page_act(struct page *page, enum action action)
{
    switch (action) {
    case ACTION_DOWN:
        return go(page, page->stop + 1);
    case ACTION_UP:
        return go(page, page->stop - 1);
    case ACTION_PAGE_DOWN:
        return leaf(page, page->body - 1);
    case ACTION_PAGE_UP:
        return leaf(page, 1 - page->body);
    case ACTION_HALF_DOWN:
        return leaf(page, page->body / 2);
    case ACTION_HALF_UP:
        return leaf(page, -page->body / 2);
    case ACTION_FIRST:
        page->top = 0;
        return go(page, 0);
    case ACTION_LAST:
        page->top = page->length;
        return go(page, page->stop_count - 1);
    case ACTION_NEXT_PANE:
        return turn(page, 1);
    case ACTION_PREVIOUS_PANE:
        return turn(page, -1);
    default:
        return false;
    }
}
