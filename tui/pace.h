/*
 * pace.h: how far something is that takes long (desk_hear()), how fast it goes and when it may be
 * done.
 */
#ifndef YUNTAI_TUI_PACE_H
#define YUNTAI_TUI_PACE_H

#include "core/text.h"
#include "data/desk.h"

struct pace { /* zeroed: nothing was heard yet */
    int step; /* which of the steps that are known, from 1 */
    int64_t done, of;
    int64_t cases, cases_of;  /* of acts */
    int64_t first, since, at; /* DONE where the step began, and at which millisecond; now */
};

/* SAID at millisecond NOW; nothing changes where it is empty. True: something did. */
bool pace_hear(struct pace *pace, const struct parcel *said, int64_t now);
/* 0 to 100. */
int pace_percent(const struct pace *pace);
/* "11,482 of 18,204 acts, …"; "1,300 a second, about 4 s left", nothing where that cannot be told
 * yet. Appended, in the language chosen. */
void pace_done(const struct pace *pace, struct text *out);
void pace_left(const struct pace *pace, struct text *out);

#endif
