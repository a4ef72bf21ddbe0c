/*
 * case.h: what the files of the case screen share. Not for others.
 */
#ifndef YUNTAI_TUI_SCREEN_CASE_H
#define YUNTAI_TUI_SCREEN_CASE_H

#include "tui/console/view.h"
#include "tui/widget/page.h"

enum case_section {
    CASE_CLOCKS,
    CASE_OFFERS,
    CASE_ITEMS,
    CASE_ENTRIES,
    CASE_CLOUD,
    CASE_PAPERS,
    CASE_ACTS,
    CASE_LINKS,
    CASE_SECTIONS
};
struct case_view {
    struct text number;   /* the case */
    struct text others;   /* numbers of the list it was opened from, one a line */
    struct parcel shown;  /* a reply of the verb `show` */
    struct parcel held;   /* what clouds hold of its system: of the verb `holdings`; empty none */
    struct parcel people; /* who else has it open: of the verb `presence` */
    struct page page;
    int64_t goal; /* number of the act the cursor is to go to; 0 */
};

/* Makes the page anew for that width. A stop's kind is its section, its index the row of the table.
 */
void case_draw_page(struct case_view *state, int columns, const struct context *context);
/* The stages in row 0 of PANE, and in whose hands it is. */
void case_draw_stages(const struct parcel *shown, const struct pane *pane,
                      const struct context *context);
/* What is private is shown in part: 186****3321, 张**. Appended. */
void case_mask(struct text *out, const char *value);

#endif
