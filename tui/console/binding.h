/*
 * binding.h: which key does what, where: as delivered, then as the user's keys.ini has it.
 *
 * keys.ini names actions and their keys: `next-urgent = N F6`; no key at all takes them away. A key
 * that is given to one action is taken from the one that had it.
 */
#ifndef YUNTAI_TUI_CONSOLE_BINDING_H
#define YUNTAI_TUI_CONSOLE_BINDING_H

#include "tui/console/action.h"
#include "tui/terminal/key.h"

struct bindings;
/* As delivered. NULL: no memory. */
struct bindings *bindings_new(void);
void bindings_free(struct bindings *bindings);

/* KEYS for the action NAME, as line LINE of FILE has them. What is wrong is appended to WRONG, a
 * line each: `FILE:LINE: …` in the language chosen; what is right about it holds. */
void bindings_set(struct bindings *bindings, const char *name, const char *keys, const char *file,
                  int line, struct text *wrong);
/* After the last bindings_set(): what was left without a key through it, in the same way. */
void bindings_check(const struct bindings *bindings, const char *file, struct text *wrong);

/* The file PATH; its keys stand in a section [keys]. */
void bindings_read(struct bindings *bindings, const char *path, bool english, struct text *wrong);
/* The keys.ini of who works here, where there is one. */
void bindings_read_own(struct bindings *bindings, bool english, struct text *wrong);

/* What KEY does in WHERE, else everywhere; ACTION_NONE: nothing. Full-width keys are their
 * half-width ones. */
enum action binding_find(const struct bindings *bindings, enum where where, struct key key);
/* Appends the key of ACTION that is shown, "" where it has none. TYPES: where characters are typed;
 * then the first that is none. */
void binding_key(const struct bindings *bindings, enum action action, bool types, struct text *out);
/* A character alone, which is typed where one types. */
bool key_is_character(struct key key);
/* All of them, a blank between. */
void binding_keys(const struct bindings *bindings, enum action action, struct text *out);

#endif
