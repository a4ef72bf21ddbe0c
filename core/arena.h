/*
 * arena.h: memory that lives and dies together.
 *
 * What one compile makes (things, expressions, messages) is carved out of an arena and freed
 * with it. An allocation that fails returns NULL and marks the arena; callers may go on and ask
 * once at the end with arena_failed().
 */
#ifndef YUNTAI_CORE_ARENA_H
#define YUNTAI_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
bool arena_failed(const struct arena *arena);
/* Gives back all that was taken, and keeps some memory for what comes. */
void arena_clear(struct arena *arena);

/* Zeroed memory of SIZE bytes, aligned for any type; NULL where there is none. */
void *arena_take(struct arena *arena, size_t size);
/* COUNT objects of SIZE bytes, zeroed; NULL too where the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* A copy of LENGTH bytes of TEXT with a NUL behind; "" where there is no memory, never NULL. */
const char *arena_text(struct arena *arena, const char *text, size_t length);
/* The same of what TEXT holds, which is freed; of a text that failed the arena has failed too. */
const char *arena_keep(struct arena *arena, struct text *text);

#endif
