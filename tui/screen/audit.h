/*
 * audit.h: what the files of the audit screen share. Not for others.
 */
#ifndef YUNTAI_TUI_SCREEN_AUDIT_H
#define YUNTAI_TUI_SCREEN_AUDIT_H

#include "tui/screen/table.h"
#include "tui/sheet/choice.h"
#include "tui/widget/list.h"

enum { FACE_CHAIN, FACE_RECORD };

struct audit {
    struct table_view table; /* first: its faces but the chain and the record */
    struct list *chain;
    struct text filter;  /* of the chain */
    struct text looked;  /* the moment down to which it was looked through for that; "" all */
    bool hidden;         /* the act under the cursor is not shown besides */
    struct choice wrong; /* the row of what is wrong */
    int body;            /* rows of that there is room for */
};

/* ---- audit_chain.c: the chain of acts, the latest first ---- */

enum { TICKET_CHAIN = 100 };
struct list *chain_new(void);
void chain_ask(struct view *view);
void chain_took(struct view *view, const struct parcel *reply, const struct error *error);
void chain_filter(struct view *view, const char *query);
bool chain_act(struct view *view, enum action action);
/* The filter and the position, behind COLUMN of row 2. */
void chain_context(const struct view *view, const struct pane *pane, int column);
void chain_draw(const struct view *view, const struct pane *pane);

/* The face of the record: how far going through it is, or what came of it. */
void record_draw(struct audit *audit, const struct context *context, const struct pane *pane);
/* Whether anything was gone through and found wrong. */
const struct table *record_wrong(const struct context *context);
/* Opens what ROW of it speaks of: a case, at the act, or an entry of a register. */
void record_open(struct view *view, const struct table *wrong, int row);

#endif
