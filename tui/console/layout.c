/* layout.c: which row is what. */
#include "tui/console/layout.h"

enum { MERGED_COLUMNS = 60, MESSAGE_ROWS = 8, HEAD_ROWS = 12 };

static struct layout without_sheet(int rows, int columns)
{
    struct layout layout = {-1, -1, -1, -1, 0, rows > 0 ? rows : 0, -1, 0, false};
    if (rows < LAYOUT_ROWS || columns < LAYOUT_COLUMNS) {
        return layout;
    }
    layout.merged = rows < MESSAGE_ROWS || columns < MERGED_COLUMNS;
    layout.tabs = 0;
    layout.context = layout.merged ? 0 : 1;
    layout.hints = rows - 1;
    layout.message = rows >= MESSAGE_ROWS ? rows - 2 : -1;
    layout.body = layout.merged ? 1 : 2;
    layout.body_rows = (layout.message >= 0 ? layout.message : layout.hints) - layout.body;
    return layout;
}

/* Heads and a row of what is behind stay. */
static int most_of(const struct layout *layout, int rows)
{
    int kept = rows < MESSAGE_ROWS ? 0 : rows < HEAD_ROWS ? 1 : 2;
    return layout->body_rows - kept;
}

int layout_sheet_most(int rows, int columns)
{
    struct layout layout = without_sheet(rows, columns);
    return most_of(&layout, rows);
}

struct layout layout_of(int rows, int columns, int sheet)
{
    struct layout layout = without_sheet(rows, columns);
    int most = most_of(&layout, rows);
    layout.sheet_rows = sheet < most ? sheet : most;
    layout.sheet_rows = layout.sheet_rows > 0 ? layout.sheet_rows : 0;
    layout.body_rows -= layout.sheet_rows;
    layout.sheet = layout.sheet_rows ? layout.body + layout.body_rows : -1;
    return layout;
}
