/*
 * theme.h: what roles look like, read from a theme file and resolved once for what the terminal can
 * show.
 *
 * A theme is an INI file (themes/NAME.ini): [theme] title, en, background (#rrggbb it assumes),
 * base (a theme it differs from); [roles] role = "#rrggbb [on #rrggbb] [bold] [underline] [reverse]
 * | 256: N [on N] … | 8: WORDS | mono: WORDS".
 */
#ifndef YUNTAI_TUI_TERMINAL_THEME_H
#define YUNTAI_TUI_TERMINAL_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "tui/terminal/role.h"

enum depth { DEPTH_MONO, DEPTH_8, DEPTH_256, DEPTH_TRUE };
enum { STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4 };

struct style {
    int32_t fore, back; /* of DEPTH_TRUE 0xrrggbb, else a palette number; -1 the terminal's own */
    uint8_t attributes;
};
struct theme;

/* The theme of that name, of the user's themes/ or the program's own. NULL with a sentence in
 * ERROR: FILE:LINE, what is wrong, what would be right. */
struct theme *theme_read(const char *name, struct text *error);
void theme_free(struct theme *theme);
struct style theme_style(const struct theme *theme, enum role role, enum depth depth);
/* The least contrast (WCAG) that ROLE has on what stands behind it, times 10; text roles have 45 at
 * least. */
int theme_contrast(const struct theme *theme, enum role role, enum depth depth);

#endif
