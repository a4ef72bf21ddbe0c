/*
 * terminal.h: the terminal: taken over, given back on every way out, what it can do.
 *
 * One at a time. Signals that end the program (and faults) give it back before they do what they
 * always do. XON/XOFF is off: Ctrl-S and Ctrl-Q are keys; so are Ctrl-C, Ctrl-Z and Ctrl-\.
 */
#ifndef YUNTAI_TUI_TERMINAL_TERMINAL_H
#define YUNTAI_TUI_TERMINAL_TERMINAL_H

#include "tui/terminal/glyph.h"
#include "tui/terminal/theme.h"

struct terminal_wish { /* settings; zeroed: find out */
    enum depth depth;
    bool depth_said; /* else COLORTERM, TERM, NO_COLOR and terminfo tell */
    enum glyph_set glyphs;
    bool glyphs_said; /* else the locale tells, and a probe of the cursor's place */
    bool mouse;
    const char *theme; /* NULL: dark or light, as the terminal answers */
};
struct terminal {
    int in, out; /* descriptors */
    int rows, columns;
    enum depth depth;
    struct look look; /* language not filled in */
    bool light;       /* its background is */
    int round_trip;   /* milliseconds of an answer from it; -1: it gave none */
};

/* Takes the terminal of this process over. TERM that terminfo does not know falls back
 * (xterm-256color, xterm, vt100, ansi, dumb). -1 with a sentence in ERROR: not a terminal, nothing
 * fits. */
int terminal_begin(const struct terminal_wish *wish, struct terminal *terminal, struct text *error);
void terminal_end(void); /* as it was before; may be called twice */
/* After SIGWINCH: asks for the size. True where it changed. */
bool terminal_measure(struct terminal *terminal);
/* Copies to the user's clipboard (OSC 52), where the terminal takes that. */
void terminal_copy(const char *text, size_t length);
void terminal_bell(void);

#endif
