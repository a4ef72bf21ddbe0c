/*
 * remedy.h: what is done about the card of a clock: explained, waived, its waiver taken back, the
 * case urged; see the table `remedies` of the verb `show`.
 */
#ifndef YUNTAI_TUI_SHEET_REMEDY_H
#define YUNTAI_TUI_SHEET_REMEDY_H

#include "tui/console/view.h"

/* The letter behind `a` that is always its own; NUL for none of them. */
char remedy_letter(const char *name);
/* Opens what does it: ROW of the table REMEDIES, of case NUMBER. */
void remedy_open(struct view *view, const struct table *remedies, size_t row, const char *number);

#endif
