/*
 * thing.h: words about an entry of a register, for the screens that show one.
 */
#ifndef YUNTAI_TUI_SCREEN_THING_H
#define YUNTAI_TUI_SCREEN_THING_H

#include "data/desk.h"

/* The title of FACT in a REPLY of the verb `thing`; FACT itself where it has none. Appended. */
void thing_title(struct text *out, const struct parcel *reply, const char *fact, bool english);
/* What an act of its history changed ("phone=…; roles=…"), each fact by its title. Appended. */
void thing_changes(struct text *out, const struct parcel *reply, const char *changes, bool english);

#endif
