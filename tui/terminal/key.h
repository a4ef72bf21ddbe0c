/*
 * key.h: what a person presses: a character, or a key that is none, with Ctrl, Alt and Shift.
 */
#ifndef YUNTAI_TUI_TERMINAL_KEY_H
#define YUNTAI_TUI_TERMINAL_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

enum { /* codes above Unicode's */
       KEY_NONE = 0,
       KEY_BASE_ = 0x200000,
       KEYPAD_UP,
       KEYPAD_DOWN,
       KEYPAD_LEFT,
       KEYPAD_RIGHT,
       KEYPAD_HOME,
       KEYPAD_END,
       KEYPAD_PAGE_UP,
       KEYPAD_PAGE_DOWN,
       KEYPAD_INSERT,
       KEYPAD_DELETE,
       KEYPAD_BACKSPACE,
       KEYPAD_ENTER,
       KEYPAD_TAB,
       KEYPAD_ESCAPE,
       KEYPAD_F1, /* … F12 follow */
       KEYPAD_F12 = KEYPAD_F1 + 11,
       KEY_PASTE, /* bracketed: the text is in the event */
       KEY_MOUSE, /* a click: row and column are in the event */
       KEY_END_
};
enum { KEY_CTRL = 1, KEY_ALT = 2, KEY_SHIFT = 4 };

struct key {
    uint32_t code; /* a character, or one of the above */
    uint8_t with;  /* KEY_CTRL: CODE is then a lower-case letter or a sign; … */
};
struct key_event {
    struct key key;
    const char *text; /* of KEY_PASTE: UTF-8, line ends are \n; lives until the next event */
    size_t length;
    int row, column; /* of KEY_MOUSE */
};

bool key_same(struct key a, struct key b);
/* As a terminal sends it that knows bytes alone: Ctrl-I is Tab, Shift-a is A, Ctrl-Shift-a is
 * Ctrl-A. Keys that come are so, and keys that are parsed. */
struct key key_usual(struct key key);
/* Reads "j", "Ctrl-S", "Alt-x", "PgDn", "F5", "Space", "Shift-Tab". False where it is none. */
bool key_parse(const char *name, size_t length, struct key *key);
/* Appends the name of KEY as hints and help show it. */
void key_name(struct key key, struct text *out);
/* Full-width signs, letters and digits as the half-width ones: what an input method left on types.
 */
struct key key_half(struct key key);

#endif
