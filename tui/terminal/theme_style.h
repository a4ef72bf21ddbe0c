/*
 * theme_style.h: the look of one role, as theme files write it; for theme.c.
 */
#ifndef YUNTAI_TUI_TERMINAL_THEME_STYLE_H
#define YUNTAI_TUI_TERMINAL_THEME_STYLE_H

#include "tui/terminal/theme.h"

/* Reads #rrggbb. */
bool style_colour(const char *word, int32_t *colour);
/* Reads "#8fb6ba bold | 256: 109 bold | 8: cyan bold | mono: bold" into the four STYLES. False with
 * the word that is wrong in WORD. */
bool style_parse(const char *value, struct style styles[DEPTHS], struct text *word);
/* WCAG's contrast times 10 between the two colours of STYLE; FORE and BACK, 0xrrggbb, stand for
 * those it leaves to the terminal. */
int style_contrast(const struct style *style, enum depth depth, int32_t fore, int32_t back);

#endif
