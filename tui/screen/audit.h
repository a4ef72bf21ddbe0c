/*
 * audit.h: what the files of the audit screen share. Not for others.
 */
#ifndef YUNTAI_TUI_SCREEN_AUDIT_H
#define YUNTAI_TUI_SCREEN_AUDIT_H

#include "tui/screen/table.h"
#include "tui/sheet/choice.h"

struct audit {
    struct table_view table; /* first: its faces but the record */
    struct choice wrong;     /* the row of what is wrong */
    int body;                /* rows of that there is room for */
};

/* The face of the record: how far going through it is, or what came of it. */
void record_draw(struct audit *audit, const struct context *context, const struct pane *pane);
/* Whether anything was gone through and found wrong. */
const struct table *record_wrong(const struct context *context);
/* Opens what ROW of it speaks of: a case, at the act, or an entry of a register. */
void record_open(struct view *view, const struct table *wrong, int row);

#endif
