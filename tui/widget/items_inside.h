/* items_inside.h: what the files of the resource list share. */
#ifndef YUNTAI_TUI_WIDGET_ITEMS_INSIDE_H
#define YUNTAI_TUI_WIDGET_ITEMS_INSIDE_H

#include "tui/widget/items.h"

struct written_kind items_kind(const struct items *items, int column);
const char *items_cell_text(const struct items *items, int row, int column); /* "" on a new line */
struct items_row *items_add_row(struct items *items); /* NULL: no memory, or too many */
void items_drop_row(struct items *items, int row);
/* Takes what the catalogue knows of the code of line ROW; a name becomes its code. */
void items_look_up(struct items *items, int row);
/* Lines of text as further lines. */
void items_add_text(struct items *items, const char *text, size_t length);
/* Quantity times what one piece has of COLUMN (-1: costs), in millionths. */
int64_t items_line(const struct items *items, int row, int column);
/* The next cell that takes keys after COLUMN (BY 1, -1) in the line at hand; -1 none. */
int items_next_cell(const struct items *items, int column, int by);

#endif
