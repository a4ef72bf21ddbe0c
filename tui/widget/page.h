/*
 * page.h: a page taller than the screen: drawn whole into a grid of its own, shown in part.
 *
 * Its lines that can be gone to are stops; the cursor goes from stop to stop and the page follows.
 */
#ifndef YUNTAI_TUI_WIDGET_PAGE_H
#define YUNTAI_TUI_WIDGET_PAGE_H

#include "tui/console/action.h"
#include "tui/terminal/grid.h"

struct page_stop {
    int row, column, width; /* where the cursor stands; in the page */
    int section;            /* for Tab */
    int kind, index;        /* what it is: the page's own */
};
struct page { /* zeroed is empty */
    struct grid grid;
    int length;    /* rows that were drawn */
    int top, body; /* first row shown, rows shown */
    struct page_stop *stops;
    int stop_count, stop_capacity;
    int stop; /* the one the cursor is on */
};

/* Makes room for ROWS of COLUMNS, blank, without stops; the pane to draw in. Its rows are 0 where
 * memory is short. */
struct pane page_begin(struct page *page, int rows, int columns, const struct look *look);
void page_stop_add(struct page *page, int row, int column, int width, int section, int kind,
                   int index);
/* Shows what there is room for in PANE, the cursor's stop among it. */
void page_show(struct page *page, const struct pane *pane);
/* Moves by stops, sections and pages; false where ACTION is none of those. */
bool page_act(struct page *page, enum action action);
/* The stop under the cursor; NULL none. */
const struct page_stop *page_here(const struct page *page);
void page_free(struct page *page);

#endif
