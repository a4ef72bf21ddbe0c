/*
 * layout.h: which row is what, for every size of terminal.
 *
 *   row 1      tabs          row h-1    what was last said, or a sheet's prompt
 *   row 2      context       row h      keys
 *   between    body, at its foot a sheet
 *
 * Narrower than 60 columns or lower than 8 rows, tabs and context share row 1; lower than 8 there
 * is no message row, and a sheet covers the body; below 20×5 there is a body alone.
 */
#ifndef YUNTAI_TUI_CONSOLE_LAYOUT_H
#define YUNTAI_TUI_CONSOLE_LAYOUT_H

#include <stdbool.h>

enum { LAYOUT_ROWS = 5, LAYOUT_COLUMNS = 20 }; /* from which on there are bars */

struct layout { /* rows from 0; -1: there is none */
    int tabs, context, message, hints;
    int body, body_rows;
    int sheet, sheet_rows; /* with its bar */
    bool merged;           /* tabs and context */
};
/* SHEET: how many rows one wants, 0 none. */
struct layout layout_of(int rows, int columns, int sheet);
/* The most rows a sheet can have. */
int layout_sheet_most(int rows, int columns);

#endif
