/*
 * frame.h: the hint bar, for what draws and what tests it. The rest is shell_draw().
 */
#ifndef YUNTAI_TUI_CONSOLE_FRAME_H
#define YUNTAI_TUI_CONSOLE_FRAME_H

#include "tui/console/inside.h"

enum { HINTS_MOST = 24 };
struct hint {
    struct text key;
    const char *label;
};
/* As many HINTS as fit, in their order, and HELP at the right, always. How many fitted. */
int frame_hints(const struct pane *pane, const struct hint *hints, int count, const char *help);

#endif
