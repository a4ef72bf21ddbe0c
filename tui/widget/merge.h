/*
 * merge.h: three texts of each field: as both began, as somebody else left it, as it is typed here.
 */
#ifndef YUNTAI_TUI_WIDGET_MERGE_H
#define YUNTAI_TUI_WIDGET_MERGE_H

#include "tui/widget/form.h"

enum { MERGE_MOST = 64 };
enum merge_take { MERGE_UNDECIDED, MERGE_BASE, MERGE_THEIRS, MERGE_MINE, MERGE_BOTH, MERGE_SAME };

struct merge_row {
    const char *field; /* of the parcel it was read from */
    const char *title, *base, *theirs, *mine;
    enum merge_take take;
};
struct merge { /* zeroed is empty */
    struct merge_row rows[MERGE_MOST];
    int count, cursor;
};

/* Compares MINE with what stands at the desk now (THEIRS: the same form, made anew): a table `rows`
 * of the fields that either changed. */
void merge_compare(const struct form *mine, const struct form *theirs, struct parcel *out);
/* Reads that table, which outlives MERGE; what only one changed is decided. */
void merge_read(struct merge *merge, const struct parcel *rows);
int merge_undecided(const struct merge *merge);
/* To the next row that is not decided; false: there is none. */
bool merge_next(struct merge *merge);
void merge_take(struct merge *merge, enum merge_take take); /* of the row under the cursor */
/* The text that was taken; MERGE_BOTH: mine, then theirs. Appended. */
void merge_text(const struct merge_row *row, struct text *out);

#endif
