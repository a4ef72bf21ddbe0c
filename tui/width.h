/*
 * width.h: how many columns text takes on a terminal, without asking the locale.
 *
 * CJK and other wide characters take two, combining marks none, characters of ambiguous width one.
 */
#ifndef YUNTAI_TUI_WIDTH_H
#define YUNTAI_TUI_WIDTH_H

#include <stddef.h>

#include "core/text.h"

int width_of(const char *text);
/* Appends TEXT and blanks until COLUMNS are full; text that is longer is appended whole. */
void width_pad(struct text *out, const char *text, int columns);
/* Appends TEXT in lines of at most COLUMNS columns, each but the first after an end of line and
 * INDENT blanks. Lines break at blanks and between wide characters, never before closing
 * punctuation. AT: the column at which TEXT begins. */
void width_wrap(struct text *out, const char *text, int at, int indent, int columns);

#endif
