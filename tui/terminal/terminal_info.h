/*
 * terminal_info.h: terminfo by the names of its capabilities.
 *
 * Of curses' library its lower half alone is used, and in terminal_info.c alone: its headers take
 * names like `columns`. newterm() would keep two more pictures of the screen, which know neither
 * our widths of characters nor 24-bit colours beside 256. Like newterm(), and unlike initscr(),
 * setupterm() returns where an entry is not known.
 */
#ifndef YUNTAI_TUI_TERMINAL_TERMINAL_INFO_H
#define YUNTAI_TUI_TERMINAL_TERMINAL_INFO_H

#include <stdbool.h>

/* False where terminfo does not know NAME. OUT: the terminal. */
bool info_begin(const char *name, int out);
void info_end(void);
/* NULL where the terminal cannot. */
const char *info_string(const char *capability);
bool info_flag(const char *capability);
int info_number(const char *capability); /* -1 */

#endif
