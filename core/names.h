/*
 * names.h: every name a policy uses, numbered.
 *
 * States, events, roles, fields, choices and so on are compared by number (a symbol), never by
 * text. Numbers start at 1; 0 is no name.
 */
#ifndef YUNTAI_CORE_NAMES_H
#define YUNTAI_CORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

struct names;

struct names *names_new(struct arena *arena); /* lives in ARENA; NULL without memory */
/* The symbol of LENGTH bytes of NAME, made if new; 0 without memory. */
int32_t names_add(struct names *names, const char *name, size_t length);
/* The symbol of NAME, 0 where the policy does not use it. */
int32_t names_find(const struct names *names, const char *name, size_t length);
const char *names_text(const struct names *names, int32_t symbol); /* "" for 0 */
int32_t names_count(const struct names *names);                    /* symbols are 1..count */

#endif
