/*
 * differences.h: what a run brings: differences.c its rows and keys, differences_draw.c the row
 * above and the sheet below.
 */
#ifndef YUNTAI_TUI_SCREEN_DIFFERENCES_H
#define YUNTAI_TUI_SCREEN_DIFFERENCES_H

#include "tui/widget/list.h"

enum { DIFFERENCES_SHEET = 18 }; /* rows of a screen that has room for it */

struct differences {
    struct list *list;
    struct text run;
    struct parcel head;     /* the last reply's pairs: vendor, staged, counts */
    struct parcel approved; /* a reply of `resource` */
    struct text wanted;     /* the resource it is about */
};

/* A cell, "" where it is unknown; whether it is WHAT. */
const char *differences_cell(const struct list *list, size_t row, const char *column);
bool differences_is(const struct list *list, size_t row, const char *column, const char *what);
const char *differences_here(const struct differences *state); /* key under the cursor; "" */
bool differences_staged(const struct differences *state);      /* it waits to take effect */

void differences_draw(const struct view *view, const struct pane *pane);
void differences_context(const struct view *view, const struct pane *pane);

#endif
