/*
 * console.h: the desk's second face: a terminal taken over until one leaves.
 */
#ifndef YUNTAI_TUI_CONSOLE_CONSOLE_H
#define YUNTAI_TUI_CONSOLE_CONSOLE_H

#include "data/desk.h"

struct console_wish {
    struct desk_place place;
    bool english;
    bool mouse;
    const char *theme;  /* NULL: the settings', else dark or light as the terminal is */
    const char *glyphs; /* "full", "safe", "ascii"; NULL: the same */
};
/* Returns when one leaves. 0; -1 with ERROR where the desk or the terminal cannot be had; the
 * number of the signal that ended it. */
int console_run(const struct console_wish *wish, struct error *error);

#endif
