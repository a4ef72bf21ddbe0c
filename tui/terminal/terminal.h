/*
 * terminal.h: the terminal: taken over, given back on every way out, what it can do.
 *
 * One at a time. Signals that end the program (and faults) give it back before they do what they
 * always do; so does exit(). XON/XOFF is off: Ctrl-S and Ctrl-Q are keys; so are Ctrl-C, Ctrl-Z and
 * Ctrl-\.
 */
#ifndef YUNTAI_TUI_TERMINAL_TERMINAL_H
#define YUNTAI_TUI_TERMINAL_TERMINAL_H

#include "tui/terminal/glyph.h"
#include "tui/terminal/input.h"
#include "tui/terminal/theme.h"

struct terminal_wish { /* settings; zeroed: find out */
    enum depth depth;
    bool depth_said; /* else COLORTERM, TERM, NO_COLOR and terminfo tell */
    enum glyph_set glyphs;
    bool glyphs_said; /* else the locale and TERM tell, and a probe of the cursor's place */
    bool mouse;
    const char *theme; /* NULL: dark or light, as the terminal answers */
};
struct terminal {
    int in, out; /* descriptors */
    int rows, columns;
    enum depth depth;
    struct look look;    /* language not filled in */
    bool light;          /* its background is */
    int round_trip;      /* milliseconds of an answer from it; -1: it gave none in 300 */
    const char *entry;   /* of terminfo; another than TERM where nobody knows that */
    bool modern;         /* speaks xterm's language */
    bool scrolls;        /* a part of its rows */
    bool scrolls_far;    /* by several rows at once, wherever the cursor stands (SU, SD) */
    bool erases;         /* characters where the cursor stands (ECH) */
    bool erases_colours; /* what it erases takes the colour behind (bce) */
    bool corner_scrolls; /* a character in the last cell moves all up */
};

/* Takes the terminal of this process over. TERM that terminfo does not know falls back
 * (xterm-256color, xterm, vt100, ansi). -1 with a sentence in ERROR, in the language chosen: not a
 * terminal, or one that cannot move its cursor. */
int terminal_begin(const struct terminal_wish *wish, struct terminal *terminal, struct text *error);
void terminal_end(void); /* as it was before; may be called twice */
/* Teaches INPUT the keys of this terminal, and gives it what was typed meanwhile. False: no memory.
 */
bool terminal_introduce(struct input *input);
/* After SIGWINCH: asks for the size. True where it changed. */
bool terminal_measure(struct terminal *terminal);
/* Copies to the user's clipboard (OSC 52), where the terminal takes that; what is longer than 64
 * KiB is not copied. */
void terminal_copy(const char *text, size_t length);
void terminal_bell(void);

#endif
