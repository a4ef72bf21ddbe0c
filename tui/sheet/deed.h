/*
 * deed.h: what is done with a few entries and is no event of a case: an act taken back, a case
 * handed over, a register changed, a file taken in. Each is a row of one table; the sheet `deed`
 * asks for its entries, looks before it does it, and shows what the desk says at the entry it is
 * said of.
 *
 *   deeds.c       the table
 *   deed_boxes.c  its entries as they are typed
 *   deed.c        the sheet
 *
 * The sheet is opened for the name of a deed, with the pairs of the request that are settled.
 * `cases` (numbers, one a line) in place of `case` does it in each of them.
 */
#ifndef YUNTAI_TUI_SHEET_DEED_H
#define YUNTAI_TUI_SHEET_DEED_H

#include "tui/console/view.h"
#include "tui/screen/sending.h"
#include "tui/widget/edit.h"

enum deed_kind {
    DEED_TEXT,
    DEED_DAY,
    DEED_YESNO,
    DEED_CHOICE,  /* WHAT: labels, or what `loads` of the deed brought */
    DEED_THING,   /* of the register WHAT */
    DEED_FILE,    /* the path of a file whose bytes are the value */
    DEED_DOCUMENT /* the path of a file that is sent in pieces */
};
struct deed_field {
    const char *pair;  /* of the request */
    const char *title; /* msgid */
    enum deed_kind kind;
    bool must;
    const char *what;
    bool more; /* beside what was given under the same name */
};
struct deed {
    const char *name, *title;   /* TITLE: msgid */
    const char *verb, *command; /* of the desk; of the command line, as it is shown */
    const char *loads;          /* a verb asked first, with what was given; NULL none */
    const char *tries, *does;   /* the pair of a request that is only looked at; of one that is
                                   meant; NULL: none is needed */
    const char *words;          /* msgid: what is said once it is done; %1 what it was done to */
    const char *prints;         /* the pair of the reply that goes to a file then; NULL none */
    const struct deed_field *fields;
    int field_count;
};
const struct deed *deed_named(const char *name); /* NULL */

/* ---- entries ---- */

enum { BOXES_MOST = 48 };
struct deed_box {
    char *pair, *title, *what, *base; /* BASE: what stood in it; NULL: it is sent if not empty */
    enum deed_kind kind;
    bool must;
    struct edit edit;
};
struct deed_boxes { /* zeroed is empty */
    struct deed_box boxes[BOXES_MOST];
    int count, at;
    int wrong; /* index + 1 of the one the desk spoke of; 0 none */
    struct text complaint;
};
void boxes_free(struct deed_boxes *boxes);
void boxes_add(struct deed_boxes *boxes, const struct deed_field *field, const char *value,
               bool english);
/* The entries of a thing of the register KIND: COLUMNS, a reply of that verb; THING one of that
 * verb, NULL: a new one. */
void boxes_of_register(struct deed_boxes *boxes, const char *kind, const struct parcel *columns,
                       const struct parcel *thing, bool english);
/* What the labels of a choice are: "name=title\n…" of a table's two columns, those that fit. */
void boxes_choices(struct deed_boxes *boxes, const char *pair, const struct table *table,
                   const char *name, const char *title);
/* Puts what is typed (of what stood there: what was changed) into REQUEST. False: a file cannot be
 * read, or an entry that must be there is not: it is then the wrong one. */
bool boxes_put(struct deed_boxes *boxes, const struct context *context, struct parcel *request);
/* Which entry the desk's error speaks of gets its SENTENCE. */
void boxes_complain(struct deed_boxes *boxes, const char *name, const char *sentence);
int boxes_rows(const struct deed_boxes *boxes);
void boxes_draw(const struct deed_boxes *boxes, const struct pane *pane);

#endif
