/*
 * terminal_inside.h: what the files of the terminal share.
 *
 *   terminal.c          takes it over and gives it back
 *   terminal_entry.c    what terminfo knows of it
 *   terminal_info.c     terminfo itself: see its header
 *   terminal_answer.c   what it says of itself
 *   terminal_guard.c    gives it back when a signal ends the program
 */
#ifndef YUNTAI_TUI_TERMINAL_TERMINAL_INSIDE_H
#define YUNTAI_TUI_TERMINAL_TERMINAL_INSIDE_H

#include <termios.h>

#include "tui/terminal/terminal.h"

/* ---- terminal_entry.c ---- */

/* Finds the terminfo entry and fills in what it says. Appends what begins full-screen work to
 * BEGIN, and what ends it to END. -1 with a sentence in ERROR. */
int entry_read(struct terminal *terminal, int *colours, struct text *begin, struct text *end,
               struct text *error);
bool entry_teach(struct input *input);
/* The size terminfo has, where nothing else tells. */
void entry_size(int *rows, int *columns);

/* ---- terminal_answer.c ---- */

struct answer_found {
    bool light, light_known;
    int column;     /* at which the cursor stood after the probe; 0: it gave no answer */
    int round_trip; /* milliseconds; -1 */
};
/* Asks TERMINAL for its background and how wide it draws, and waits 300 ms at most. What was typed
 * meanwhile is appended to TYPED. */
struct answer_found answer_ask(const struct terminal *terminal, bool background, bool width,
                               struct text *typed);
/* Takes the answers out of BYTES; the rest stays. True once the last has come. Pure. */
bool answer_take(struct text *bytes, struct answer_found *found);

/* ---- terminal_guard.c ---- */

/* From now on the terminal OUT is given back when the program ends: RESET is written to it, and its
 * modes are BEFORE; after a stop BEGIN and DURING. The texts live until guard_leave(). */
void guard_enter(int out, const struct text *begin, const struct text *reset,
                 const struct termios *before, const struct termios *during);
/* Gives it back. */
void guard_leave(void);
/* All of it, however long that takes; false where the terminal is gone. Safe in handlers. */
bool guard_write(int out, const char *bytes, size_t length);

#endif
