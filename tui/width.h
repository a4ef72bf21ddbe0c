/*
 * width.h: how many columns text takes on a terminal, without asking the locale.
 *
 * CJK and other wide characters take two, combining marks none, characters of ambiguous width one.
 */
#ifndef YUNTAI_TUI_WIDTH_H
#define YUNTAI_TUI_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

struct character {
    uint32_t code; /* 0: nothing is to be seen of it */
    size_t bytes;
    int columns;   /* 0: stands on the character before, or is not to be seen */
    bool doubtful; /* one column by the standard, two in fonts made for Chinese */
};
/* The first character of TEXT, which is not empty. A byte that is no UTF-8, a control and what
 * turns the direction of writing come as `?`. */
struct character width_next(const char *text);
int width_of(const char *text);
/* Appends TEXT and blanks until COLUMNS are full; text that is longer is appended whole. */
void width_pad(struct text *out, const char *text, int columns);
/* Appends TEXT in lines of at most COLUMNS columns, each but the first after an end of line and
 * INDENT blanks. Lines break at blanks and between wide characters, never before closing
 * punctuation; an end of line in TEXT is one. AT: the column at which TEXT begins. */
void width_wrap(struct text *out, const char *text, int at, int indent, int columns);

#endif
