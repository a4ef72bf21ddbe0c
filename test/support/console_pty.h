/*
 * console_pty.h: a program in a terminal of its own, and the terminal: what it shows, cell by cell.
 *
 * The program runs in a pty; libvterm is the eyes. Nothing here sleeps for a while and hopes:
 * quiet_of() knows that the program waits for a key, pty_soon() waits until something is seen.
 */
#ifndef YUNTAI_TEST_SUPPORT_CONSOLE_PTY_H
#define YUNTAI_TEST_SUPPORT_CONSOLE_PTY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/text.h"

enum { PTY_DEADLINE = 30000 }; /* ms for anything to happen: a machine that is busy, sanitizers */

struct pty_wish {
    const char *const *arguments;   /* the program first; ends in NULL */
    const char *const *environment; /* NAME=VALUE beside TERM and PATH; ends in NULL */
    const char *term;               /* NULL: xterm-256color */
    int rows, columns;
    bool mute;  /* answers no question */
    bool light; /* says that its background is */
    bool wide;  /* draws characters of doubtful width two columns wide, and says so */
};
struct pty;
/* Starts it. NULL where that fails. */
struct pty *pty_start(const struct pty_wish *wish);
/* Ends the program if it runs (SIGKILL) and frees all. */
void pty_free(struct pty *pty);

/* ---- doing ---- */

/* Presses a key by its name: "Ctrl-S", "PgDn", "j"; false where there is none of that name. */
bool pty_press(struct pty *pty, const char *name);
void pty_write(struct pty *pty, const char *bytes, size_t length);
/* As a terminal pastes, in brackets where the program asked for them. */
void pty_paste(struct pty *pty, const char *text);
void pty_resize(struct pty *pty, int rows, int columns);
void pty_signal(struct pty *pty, int number);
void pty_hang_up(struct pty *pty); /* the line is gone */

/* ---- waiting ---- */

/* Reads what the program writes until it has read all keys, written all it has to say and waits for
 * more, without a timer that ends soon. False at the deadline; true as well where it ended. */
bool pty_quiet(struct pty *pty);
/* Until the screen has TEXT anywhere, MOST ms at most: of ten ms each, however long the machine
 * takes for them; where it is busy both are slow. */
bool pty_soon(struct pty *pty, const char *text, int most);
/* Waits MOST ms at most for something to be written: whether it was. */
bool pty_more(struct pty *pty, int most);
/* Until it has ended: its status as of waitpid(), -1 at the deadline. */
int pty_ended(struct pty *pty);
bool pty_running(struct pty *pty);
/* Until a signal has stopped it; false at the deadline. */
bool pty_stopped(struct pty *pty);

/* ---- looking ---- */

struct pty_cell {
    uint32_t glyph; /* ' ' for none; 0: the right half of a wide one */
    uint32_t mark;
    int width;          /* 1, 2; 0 of a right half */
    int32_t fore, back; /* -1 the terminal's own, 0 … 255 of a palette, 0x1000000 + 0xrrggbb */
    bool bold, underline, reverse;
};
int pty_rows(const struct pty *pty);
int pty_columns(const struct pty *pty);
struct pty_cell pty_cell(const struct pty *pty, int row, int column);
/* Appends row ROW without the blanks at its end. */
void pty_row(const struct pty *pty, int row, struct text *out);
/* All rows, each with an end of line. */
void pty_screen(const struct pty *pty, struct text *out);
/* The first place of TEXT in the rows shown; false where it is in none. */
bool pty_find(const struct pty *pty, const char *text, int *row, int *column);
void pty_cursor(const struct pty *pty, int *row, int *column, bool *visible);
/* Whether the program is on the screen that goes away when it ends. */
bool pty_alternate(const struct pty *pty);
/* Whether line editing, echo and signals are as they were before the program started. */
bool pty_modes_as_before(const struct pty *pty);
size_t pty_bytes(const struct pty *pty);     /* written by the program so far */
int64_t pty_wrote_at(const struct pty *pty); /* last; ns of the monotonic clock, 0: never */
const struct text *pty_record(const struct pty *pty); /* … all of them */
pid_t pty_pid(const struct pty *pty);

#endif
