/*
 * edit.h: text being typed: one line, or several that wrap, with an insertion point.
 *
 * The point stands between glyphs, never inside one: a character and the marks on it move together.
 * What is not UTF-8, and controls, never get in; line ends only where several lines are meant, else
 * they become blanks. Nothing here knows the terminal but for the pane it is drawn into.
 */
#ifndef YUNTAI_TUI_WIDGET_EDIT_H
#define YUNTAI_TUI_WIDGET_EDIT_H

#include "tui/terminal/grid.h"
#include "tui/terminal/key.h"

enum { EDIT_MOST = 256 << 10 }; /* bytes; what goes beyond is not taken */

struct edit_state;
enum edit_step { EDIT_NONE, EDIT_TYPED, EDIT_ERASED, EDIT_BULK };
struct edit { /* zeroed is empty */
    struct text text;
    size_t at;  /* bytes before the insertion point */
    bool lines; /* may hold line ends */
    enum edit_step step;
    struct edit_state *past, *future; /* for undo and redo */
};

void edit_free(struct edit *edit);
/* What is there from now on, the point at its end; there is nothing to undo. */
void edit_set(struct edit *edit, const char *text);
const char *edit_text(const struct edit *edit);
/* Puts LENGTH bytes at the point. False where some did not fit: then none was taken. */
bool edit_insert(struct edit *edit, const char *bytes, size_t length);
/* Everything replaced, as one step that can be undone. */
void edit_replace(struct edit *edit, const char *text);
/* Characters, paste, Backspace, Delete, Left, Right, Home, End, Ctrl-A E K U W, Ctrl-Z (undo),
 * Ctrl-Y (redo), Alt-Enter (a line end, where several lines are meant). False: not taken, nothing
 * changed. */
bool edit_key(struct edit *edit, const struct key_event *event);
bool edit_undo(struct edit *edit); /* false: there is nothing to undo */
bool edit_redo(struct edit *edit);

/* One line in WIDTH columns from ROW, COLUMN; where it is longer, the part around the point. FOCUS:
 * the cursor is parked at the point. */
void edit_draw(const struct edit *edit, const struct pane *pane, int row, int column, int width,
               enum role role, bool focus);
/* The same in lines that fill PANE, broken between glyphs; those around the point. */
void edit_draw_lines(const struct edit *edit, const struct pane *pane, enum role role, bool focus);
/* Lines it takes at WIDTH, 1 at least. */
int edit_rows(const struct edit *edit, const struct look *look, int width);
/* Moves the point BY lines as they are broken at WIDTH, keeping its column. False where there is no
 * such line. */
bool edit_move(struct edit *edit, const struct look *look, int width, int by);

#endif
