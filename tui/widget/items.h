/*
 * items.h: the resource list: lines of the catalogue with how many of each, what they come to, and
 * what is asked for on every line.
 *
 * A line that is begun is kept whatever stands in it. Lines are found by code, name or sound: the
 * desk's verb `things` finds them, see items_sought() and items_hits().
 */
#ifndef YUNTAI_TUI_WIDGET_ITEMS_H
#define YUNTAI_TUI_WIDGET_ITEMS_H

#include "data/desk.h"
#include "tui/widget/edit.h"
#include "tui/widget/written.h"

enum { ITEMS_COLUMNS_MOST = 24, ITEMS_ROWS_MOST = 400, ITEMS_HITS_MOST = 6 };

enum items_what { ITEMS_CODE, ITEMS_QUANTITY, ITEMS_MEASURE, ITEMS_ENTRY };
struct items_column {
    const char *name, *title; /* in both languages */
    enum items_what what;
    enum form_type type; /* of ITEMS_ENTRY */
    const char *labels;
};
struct items_cell {
    struct edit edit;
    bool not_asked; /* on this line, as it is */
};
struct items_row {
    struct items_cell cells[ITEMS_COLUMNS_MOST]; /* of measures: unused */
    struct text name, unit;
    int64_t each[ITEMS_COLUMNS_MOST]; /* of measures: millionths of one piece */
    int64_t yuan;                     /* millionths, of one piece and month; 0 unknown */
    bool known;                       /* in the catalogue */
    struct text wrong;                /* "" nothing */
};
struct items {  /* zeroed is none */
    bool some;  /* there is a list in this form */
    bool fixed; /* lines are neither added nor taken away */
    bool english;
    int32_t today;                    /* for dates that are typed relative to it */
    const struct datepick_days *days; /* which days rest; borrowed, NULL unknown */
    struct items_column columns[ITEMS_COLUMNS_MOST];
    int column_count;
    struct items_row *rows;
    int count, row, column; /* ROW, COLUMN: the cell that has the keys; row COUNT: a new line */
    struct text base;       /* as it was */
    struct parcel about, products, prices, hits;
    int hit; /* of those found, the one that Enter takes; -1 none */
    int hit_count, hit_total;
};

/* ABOUT: a reply to `form`, copied. */
void items_begin(struct items *items, const struct parcel *about, bool fixed, bool english);
void items_free(struct items *items);
int items_count(const struct items *items); /* lines with something in them */

/* The catalogue and its prices: replies to `things`, copied. */
void items_catalogue(struct items *items, const struct parcel *products);
void items_priced(struct items *items, const struct parcel *prices);

/* ---- keys ---- */
/* Characters go into the cell; Left and Right at its ends, and Tab, to the next one; Up and Down to
 * other lines; Enter takes what was found, or goes on; Ctrl-D takes the line away; Ctrl-B adds it
 * to the one of the same product. A paste of several lines becomes lines. False: not taken. */
bool items_key(struct items *items, const struct key_event *event);
/* What is being looked for: the code as it is typed; "" nothing. */
const char *items_sought(const struct items *items);
/* A reply to `things` for it, copied. */
void items_hits(struct items *items, const struct parcel *found);
/* The line of the same product before the one at hand, from 0; -1 none. */
int items_same(const struct items *items);
bool items_merge(struct items *items);

/* ---- as a whole ---- */
/* Lines as text, a line each, cells divided by tabs; appended. And back. */
void items_text(const struct items *items, struct text *out);
void items_set_text(struct items *items, const char *text);
bool items_changed(const struct items *items);
/* Entries into a request; ALL: also what was so before. */
void items_put(const struct items *items, bool all, struct parcel *request);
/* What a measure comes to, in millionths; COLUMN -1: 元 a month. */
int64_t items_total(const struct items *items, int column);

/* ---- the desk ---- */
bool items_has_column(const struct items *items, const char *name);
/* What is wrong with the line of that code; the first of several stays. */
void items_complain(struct items *items, const char *code, const char *sentence);
void items_uncomplain(struct items *items);
void items_ask(struct items *items, const struct parcel *reply); /* a reply to `form` */

/* ---- cells ---- */
/* Heads, lines, the new line and totals; with FOCUS what was found below. */
void items_draw(const struct items *items, const struct pane *pane, bool focus);
/* Rows it takes without what was found. */
int items_rows(const struct items *items);

#endif
