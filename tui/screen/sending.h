/*
 * sending.h: a file on its way to the desk, piece by piece (verb upload), so that keys are answered
 * in between and its size does not matter.
 */
#ifndef YUNTAI_TUI_SCREEN_SENDING_H
#define YUNTAI_TUI_SCREEN_SENDING_H

#include "tui/console/view.h"

struct sending { /* zeroed is none */
    char *path, *name,
        *upload;  /* NAME: of the file alone; UPLOAD: how the desk calls it, NULL yet */
    int64_t sent; /* bytes */
};
/* False: no memory. */
bool sending_begin(struct sending *sending, const char *path);
void sending_free(struct sending *sending);
/* Asks with TICKET to take the next piece: 1; 0 where all was sent; -1 where the file cannot be
 * read, with errno. */
int sending_step(struct view *view, struct sending *sending, int ticket);
/* The desk took a piece. */
void sending_took(struct sending *sending, const struct parcel *reply);

#endif
