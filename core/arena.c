/* arena.c: memory that lives and dies together. */
#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks grow from the first size to the last: most arenas hold little. */
enum { BLOCK_FIRST = 4 * 1024 - 64, BLOCK_MOST = 64 * 1024 };

struct block {
    struct block *before;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};
struct arena {
    struct block *last;
    bool failed;
};

struct arena *arena_new(void)
{
    return calloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena) {
        return;
    }
    for (struct block *block = arena->last; block;) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
    free(arena);
}

void arena_clear(struct arena *arena)
{
    struct block *kept = arena->last;
    for (struct block *block = kept ? kept->before : NULL; block;) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
    if (kept) {
        kept->used = 0;
        kept->before = NULL;
    }
    arena->failed = false;
}

bool arena_failed(const struct arena *arena)
{
    return arena->failed;
}

static struct block *block_new(struct block *before, size_t size)
{
    size_t usual = !before                         ? BLOCK_FIRST
                   : before->size < BLOCK_MOST / 2 ? before->size * 2
                                                   : BLOCK_MOST;
    size_t room = size > usual ? size : usual;
    if (room > SIZE_MAX - sizeof(struct block)) {
        return NULL;
    }
    struct block *block = malloc(sizeof *block + room);
    if (block) {
        *block = (struct block){.before = before, .size = room};
    }
    return block;
}

/* SIZE bytes, as they are. */
static unsigned char *take(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (!arena->last || arena->last->size - arena->last->used < size) {
        struct block *block = block_new(arena->last, size);
        if (!block) {
            arena->failed = true;
            return NULL;
        }
        arena->last = block;
    }
    unsigned char *taken = arena->last->bytes + arena->last->used;
    arena->last->used += size;
    return taken;
}

void *arena_take(struct arena *arena, size_t size)
{
    unsigned char *taken = take(arena, size);
    return taken ? memset(taken, 0, size) : NULL;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    return arena_take(arena, bytes);
}

const char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? (char *)take(arena, length + 1) : NULL;
    if (!copy) {
        arena->failed = true;
        return "";
    }
    if (length) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

const char *arena_keep(struct arena *arena, struct text *text)
{
    const char *kept = arena_text(arena, text_bytes(text), text->length);
    arena->failed |= text->failed;
    text_free(text);
    return kept;
}
