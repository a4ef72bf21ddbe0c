/*
 * input.h: bytes of a terminal as keys. Pure but for input_read(): a decoder that is fed.
 *
 * ESC alone is a key when nothing followed within the delay (25 ms, ESCDELAY); ESC and a character
 * at once is Alt and the character. Sequences of xterm, rxvt, linux, screen, tmux and vt100, and
 * those learnt from terminfo. What is no sequence that anybody knows is swallowed whole, never
 * typed; so are answers of the terminal that came late.
 */
#ifndef YUNTAI_TUI_TERMINAL_INPUT_H
#define YUNTAI_TUI_TERMINAL_INPUT_H

#include "tui/terminal/key.h"

enum { PASTE_MOST = 1 << 20 }; /* bytes of one paste; the rest is dropped */

struct input;
struct input *input_new(void);
void input_free(struct input *input);
/* SEQUENCE, which begins with ESC, is KEY, whatever else it might be. False: no memory. See
 * terminal_introduce(). */
bool input_learn(struct input *input, const char *sequence, struct key key);
/* Takes LENGTH bytes as they came from the terminal. False: no memory. */
bool input_feed(struct input *input, const char *bytes, size_t length);
/* The next key, if one is whole; LATE: the delay of input_waits() has passed. */
bool input_next(struct input *input, bool late, struct key_event *event);
/* What came is a key or the beginning of one: ask again, LATE, in as many milliseconds if nothing
 * follows; -1: nothing waits. */
int input_waits(const struct input *input);
/* Reads what is there from DESCRIPTOR, at most 4 KiB: false at its end or where it is gone. */
bool input_read(struct input *input, int descriptor);

#endif
