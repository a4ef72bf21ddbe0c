/*
 * thing.h: an entry of a register in words: a reply of the verb `thing` as people read it.
 */
#ifndef YUNTAI_TUI_THING_H
#define YUNTAI_TUI_THING_H

#include "data/desk.h"

/* A title: a msgid, or a text in both languages. Appended. */
void thing_word(struct text *out, const char *title, bool english);
/* The title of FACT in REPLY; FACT itself where it has none. Appended. */
void thing_title(struct text *out, const struct parcel *reply, const char *fact, bool english);
/* VALUE of FACT: of a choice what it is called, else as it is. Appended. */
void thing_value(struct text *out, const struct parcel *reply, const char *fact, const char *value,
                 bool english);
/* What an act of its history changed ("phone=…; roles=…"), in titles. Appended. */
void thing_changes(struct text *out, const struct parcel *reply, const char *changes, bool english);
/* What an act of its history is called, and the reason the desk itself gives; what is neither as it
 * is. */
const char *thing_done(const char *word);

#endif
