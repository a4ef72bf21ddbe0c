/*
 * list_inside.h: what the files of the list share. Not for callers: see list.h.
 */
#ifndef YUNTAI_TUI_WIDGET_LIST_INSIDE_H
#define YUNTAI_TUI_WIDGET_LIST_INSIDE_H

#include "tui/widget/list.h"

enum { PAGES_MOST = 6, PAGE_LEAST = 60 };
enum { LIST_GUTTER = 3 }; /* cursor, mark, and a blank */

enum list_want { WANT_NOTHING, WANT_FIRST, WANT_AGAIN, WANT_NEXT, WANT_PREVIOUS, WANT_LAST };

struct list_page {
    struct parcel rows; /* its own */
    const struct table *table;
    size_t count;
    bool before, after;               /* there are rows on that side */
    bool behind;                      /* FROM is the place of its own first row */
    struct text from, next, previous; /* of the requests: it came after FROM; NEXT comes after it */
};

struct list {
    const struct list_spec *spec;
    struct list_place places[LIST_COLUMNS_MOST];
    struct list_page pages[PAGES_MOST + 1];
    int page_count;
    size_t cursor, top;             /* index of the row under the cursor, of the first row shown */
    int body;                       /* rows there was room for */
    struct text key;                /* of the record under the cursor */
    struct text query, good, order; /* GOOD: the last query that was answered */
    struct parcel pairs;
    enum list_want want, asked;
    int64_t first_at; /* which row of the total the first one at hand is; 0 unknown */
    int64_t total;
    bool total_more, counted; /* COUNTED: TOTAL is of the query at hand */
    bool narrowed;            /* by what a person typed */
    struct text marks;        /* "\nKEY\n…": each with an end of line before and behind */
    struct text half;
};

/* KEY is marked. */
bool list_marked(const struct list *list, const char *key);

#endif
