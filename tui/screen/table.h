/*
 * table.h: screens that show what a verb answers as it is: registers, the log, the policy's parts.
 * One screen may have several faces, which `s` turns.
 */
#ifndef YUNTAI_TUI_SCREEN_TABLE_H
#define YUNTAI_TUI_SCREEN_TABLE_H

#include "tui/console/view.h"

struct table_deed { /* what can be done there: a row of tui/sheet/deeds.c */
    enum action action;
    const char *deed;
    const char *column, *pair; /* of the row under the cursor, as which pair; NULL: of no row */
};

struct table_face {
    const char *title;        /* msgid */
    const char *verb, *table; /* of data/desk.h; VERB NULL: the screen has it otherwise */
    const char *pair, *value; /* besides, or NULL: "kind", "org" */
    const char *key;          /* the column by which Enter opens `thing`; NULL: it opens nothing */
    const char *opens;        /* another screen than that, for the cell alone */
    const char *hidden;       /* names of columns that are not shown, by blanks; "" none */
    const char *empty;        /* msgid */
    const struct table_deed *deeds; /* ends in ACTION_NONE; NULL: none */
};

struct table_view { /* the state of such a screen; begins it where it has more */
    const struct table_face *faces;
    int count, face;
    struct parcel shown; /* the reply */
    struct text filter;
    const char *also_hidden; /* columns besides those of the face; NULL */
    struct parcel thing;     /* the entry under the cursor, beside it on wide screens */
    int cursor, top, across, body;
};

extern const enum action table_acts[];
void table_open(struct view *view, const char *what, const struct table_face *faces, int count);
void table_close(struct view *view);
void table_reply(struct view *view, int ticket, const struct parcel *reply,
                 const struct error *error);
bool table_act(struct view *view, enum action action);
void table_refresh(struct view *view);
void table_wake(struct view *view);
const char *table_listing(const struct view *view, struct parcel *request);
/* The titles of its faces in row 2; the column behind them. */
int table_faces_draw(const struct view *view, const struct pane *pane);
void table_context(const struct view *view, const struct pane *pane);
void table_draw(const struct view *view, const struct pane *pane);
void table_filter(struct view *view, const char *query);
const char *table_filtered(const struct view *view);
const char *table_why_not(const struct view *view, enum action action);
const char *table_label(const struct view *view, enum action action);
/* The cell COLUMN of the row under the cursor; NULL unknown, or there is none. */
const char *table_here(const struct view *view, const char *column);
/* SHOWN, a reply of the verb `thing`, below a bar with its name; as far as PANE has room. */
void thing_preview(const struct parcel *shown, const struct pane *pane,
                   const struct context *context);
/* The value of a cell as a person reads it. Appended. */
void table_value(struct text *out, enum cell_kind kind, const char *cell,
                 const struct context *context);

#define TABLE_METHODS                                                                              \
    .listing = table_listing, .where = WHERE_LIST, .acts = table_acts, .close = table_close,       \
    .reply = table_reply, .act = table_act, .refresh = table_refresh, .wake = table_wake,          \
    .context_row = table_context, .draw = table_draw, .filter = table_filter,                      \
    .filtered = table_filtered, .label = table_label, .why_not = table_why_not

#endif
