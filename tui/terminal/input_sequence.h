/*
 * input_sequence.h: one escape sequence of a terminal as a key; for input.c.
 */
#ifndef YUNTAI_TUI_TERMINAL_INPUT_SEQUENCE_H
#define YUNTAI_TUI_TERMINAL_INPUT_SEQUENCE_H

#include "tui/terminal/key.h"

enum found {
    FOUND_PART,    /* the beginning of something: more has to come */
    FOUND_NOTHING, /* to be swallowed */
    FOUND_KEY,
    FOUND_PASTE /* a paste begins behind it */
};
struct sequence {
    enum found found;
    size_t length; /* bytes taken; of FOUND_PART 0 */
    struct key_event event;
};

/* BYTES begin with ESC [ (CSI). */
struct sequence sequence_csi(const char *bytes, size_t length);
/* BYTES begin with ESC O (SS3). */
struct sequence sequence_ss3(const char *bytes, size_t length);
/* BYTES begin with ESC ] or ESC P: a string that the terminal answers with, up to BEL or ESC \. */
struct sequence sequence_string(const char *bytes, size_t length);

#endif
