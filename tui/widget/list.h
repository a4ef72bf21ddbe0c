/*
 * list.h: rows of the desk as a table that scrolls.
 *
 * Pages come as they are needed (keyset pages: see the verbs with `after`, `before`, `last` in
 * data/desk.h); a few are kept. The cursor sticks to a record, not to a line: after rows came anew
 * it is on the same record, or where that one was. Marks are kept by record, whatever is shown.
 *
 * A page may end before it is full and have a `next` all the same: of what has to be looked for.
 * Whoever shows it goes on with list_want() as long as the person wants more.
 */
#ifndef YUNTAI_TUI_WIDGET_LIST_H
#define YUNTAI_TUI_WIDGET_LIST_H

#include "tui/console/view.h"

struct list;

struct list_value { /* what stands in a cell */
    struct text text;
    enum role role;
    size_t brief; /* bytes of it that do where the whole has no room; 0: it is clipped */
};
struct list_column {
    const char *name;       /* of settings and export: a-z and - */
    const char *head;       /* msgid; "" none */
    const char *brief;      /* msgid: the head where that has no room; NULL: it is clipped */
    int least, most;        /* columns; where MOST is more, it takes of what is left over */
    int english;            /* more columns that it takes at the least in English */
    int tiny, tiny_english; /* columns where not even those that never go have room; 0: LEAST */
    int rank;       /* 1 … 9: the higher, the sooner it goes where room is short, and the later it
                       gets what is left over; 0 never goes */
    int from;       /* only on screens of that many columns or more */
    bool spare;     /* is shown where a person asked for it alone */
    bool right;     /* numbers and dates: at the right end */
    bool name_band; /* takes the band of the cursor */
    const char *sort; /* what `sort` of the verb calls it, NULL: cannot be sorted by */
    /* Draws the cell itself, in WIDTH columns from COLUMN of row AT on; else VALUE is asked. */
    void (*draw)(const struct list *list, size_t row, const struct pane *pane, int at, int column,
                 int width, const struct context *context);
    /* Fills VALUE, which is empty and ROLE_TEXT. */
    void (*value)(const struct list *list, size_t row, const struct context *context,
                  struct list_value *value);
};

struct list_spec {
    const char *verb, *table; /* "list", "cases" */
    const char *key;          /* the column that names a record */
    const char *pair, *value; /* what each request holds besides; NULL none */
    bool whole;               /* the verb gives all rows at once */
    bool apart;               /* how many there are is told by list_counted(): rows come first */
    bool bare;                /* no heads: whoever draws it has one of his own */
    bool still;               /* nobody moves in it: no row is under the cursor */
    const char *empty;        /* msgid: what is said where there is no row */
    const struct list_column *columns;
    int column_count;
};

/* NULL: no memory. SPEC outlives it. A list that is NULL has no rows and takes nothing. */
struct list *list_new(const struct list_spec *spec);
void list_free(struct list *list);

/* ---- what it shows ---- */

/* Another filter or order: rows come anew. NULL leaves it as it is. */
void list_query(struct list *list, const char *query);
void list_narrowed(struct list *list, bool narrowed); /* some of the query is what a person typed */
void list_sort(struct list *list, const char *sort);
/* By the next column that can be sorted by, then as usual again; TURN: the same the other way
 * round. The column; NULL as usual. */
const struct list_column *list_sort_on(struct list *list, bool turn);
void list_sort_by(struct list *list, int column); /* of the spec; again: the other way round */
bool list_sorted_back(const struct list *list);
const char *list_queried(const struct list *list);
const char *list_sorted(const struct list *list);
/* What each request holds besides: a pair that stays until it is put anew; VALUE NULL takes it
 * away. */
void list_pair(struct list *list, const char *name, const char *value);
/* Rows come anew, around the cursor. */
void list_stale(struct list *list);

/* Fills REQUEST for all rows, whatever page is at hand; the table of the reply. */
const char *list_listing(const struct list *list, struct parcel *request);

/* Asks for what is wanted, if anything is; after each change, each reply and each key. */
void list_want(struct list *list, struct view *view, int ticket);
/* Takes the reply. False where it was refused (ERROR not NULL): the rows stay, and so does the last
 * query that went well, which list_queried() then gives. */
bool list_took(struct list *list, const struct parcel *reply, const struct error *error);

/* ---- rows ---- */

size_t list_count(const struct list *list);  /* that are at hand */
size_t list_cursor(const struct list *list); /* index among those */
size_t list_top(const struct list *list);    /* the first one drawn */
bool list_empty(const struct list *list);
bool list_waits(const struct list *list); /* rows are on their way */
/* A cell; NULL where unknown, or there is no such row or column. */
const char *list_cell(const struct list *list, size_t row, const char *column);
/* The half of a text in the language of CONTEXT, until the next call; "" where unknown. */
const char *list_text(const struct list *list, size_t row, const char *column,
                      const struct context *context);
const char *list_key(const struct list *list);    /* of the row under the cursor; "" none */
void list_go(struct list *list, const char *key); /* to that record, if it is at hand */
/* The total of the last reply; -1 unknown. MORE: it is a lower bound. */
int64_t list_total(const struct list *list, bool *more);
/* How many there are of what is asked for now. */
void list_counted(struct list *list, int64_t total, bool more);
/* "7/42", "7/…", appended. */
void list_position(const struct list *list, const struct context *context, struct text *out);

/* ---- marks ---- */
int list_marks(const struct list *list, struct text *out); /* keys, one a line; OUT may be NULL */
void list_unmark(struct list *list);

/* ---- keys and cells ---- */

/* Moves and marks; false where ACTION is none of its own. */
bool list_act(struct list *list, enum action action);
/* Heads in the first row of PANE, rows in the others; remembers how many there were. */
void list_draw(struct list *list, const struct pane *pane, const struct context *context);
/* Where each column stands on WIDTH columns: X -1 where it is not shown. */
void list_layout(const struct list *list, int width, const struct context *context, int *x,
                 int *columns);

/* ---- columns as a person wants them ---- */

enum { LIST_COLUMNS_MOST = 32 };
struct list_place {
    int column; /* of the spec */
    int width;  /* 0: what it needs */
    bool shown;
    bool chosen; /* a person said so: else it stands where the screen has room for it */
};
const struct list_spec *list_shape(const struct list *list);
/* In the order in which they stand; as many as the spec has columns. */
const struct list_place *list_places(const struct list *list);
/* The one AT is shown or not; takes WIDTH columns (0: what it needs); stands BY places further. */
void list_show(struct list *list, int at, bool shown);
void list_widen(struct list *list, int at, int width);
void list_move(struct list *list, int at, int by);
/* "number name=30 -stage": names in their order, what is not shown behind a minus. "" is how the
 * screen has it; what is not named stands behind the others as the screen has it. */
void list_arrange(struct list *list, const char *arrangement);
void list_arrangement(const struct list *list, struct text *out);

#endif
