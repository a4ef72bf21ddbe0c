/*
 * theme.h: what roles look like, read from a theme file and resolved once for what the terminal can
 * show.
 *
 * A theme is an INI file, themes/NAME.ini:
 *
 *     [theme]
 *     title = 深色
 *     en = Dark
 *     background = "#121416"     what it assumes to stand behind all, for its contrast
 *     foreground = "#cdd3d7"     and what text has that names no colour
 *     base = default             a theme that it differs from, instead of these two
 *     [roles]
 *     heading = "#8fb6ba bold | 256: 109 bold | 8: cyan bold | mono: bold"
 *
 * Colours are #rrggbb, of 256 a number from 16 on, of 8 a name; `on` goes before the one behind,
 * `default` and `plain` are the terminal's own. A depth that a role says nothing of looks as the
 * next poorer one. Without a base all roles are there.
 */
#ifndef YUNTAI_TUI_TERMINAL_THEME_H
#define YUNTAI_TUI_TERMINAL_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "tui/terminal/role.h"

enum depth { DEPTH_MONO, DEPTH_8, DEPTH_256, DEPTH_TRUE };
enum { DEPTHS = DEPTH_TRUE + 1 };
enum { STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4 };

struct style {
    int32_t fore, back; /* of DEPTH_TRUE 0xrrggbb, else a palette number; -1 the terminal's own */
    uint8_t attributes;
};
struct theme;

/* The theme of that name, of the person's own themes/ or of those that come with the program. NULL
 * with a sentence in ERROR: FILE:LINE: what is wrong; what would be right. */
struct theme *theme_read(const char *name, struct text *error);
/* The theme in the file PATH. */
struct theme *theme_read_file(const char *path, struct text *error);
void theme_free(struct theme *theme);
const char *theme_title(const struct theme *theme, bool english);
struct style theme_style(const struct theme *theme, enum role role, enum depth depth);
/* The contrast (WCAG) that ROLE has on what stands behind it, times 10: roles that are read have 45
 * at least. Palettes are taken to be xterm's, where a bold colour of 8 is the bright one. */
int theme_contrast(const struct theme *theme, enum role role, enum depth depth);

#endif
