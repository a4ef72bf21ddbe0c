/*
 * choice.h: a row to be chosen in a sheet: a cursor, and which rows are seen.
 */
#ifndef YUNTAI_TUI_SHEET_CHOICE_H
#define YUNTAI_TUI_SHEET_CHOICE_H

#include "tui/console/view.h"

struct choice { /* zeroed is the first of none */
    int cursor, count;
};
/* Moves; false where ACTION does not. */
bool choice_act(struct choice *choice, enum action action);
void choice_count(struct choice *choice, int count); /* so many from now on */
/* The first row to be drawn on ROWS rows. */
int choice_top(const struct choice *choice, int rows);
/* The band under the cursor, from the left edge on WIDTH columns; nothing elsewhere. */
enum role choice_role(const struct choice *choice, int row, enum role otherwise);

/* An own copy of TEXT, to be freed; NULL where TEXT is or memory is short. */
char *copy_text(const char *text);

#endif
