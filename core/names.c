/* names.c: an open-addressed table from names to numbers. */
#include "core/names.h"

#include <string.h>

struct name {
    const char *text;
    size_t length;
    uint32_t hash;
};
struct names {
    struct arena *arena;
    struct name *items; /* by symbol; [0] is no name */
    int32_t count, capacity;
    int32_t *table; /* symbols, 0 empty; a power of 2 long */
    uint32_t mask;
};

static uint64_t mixed(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Eight bytes at a time; the last of them may be read twice. */
static uint32_t hash_of(const char *name, size_t length)
{
    uint64_t hash = length, word = 0;
    if (length < sizeof word) {
        for (size_t i = 0; i < length; i++) {
            word = word << 8 | (unsigned char)name[i];
        }
        return (uint32_t)mixed(hash, word);
    }
    for (size_t at = 0; at + sizeof word < length; at += sizeof word) {
        memcpy(&word, name + at, sizeof word);
        hash = mixed(hash, word);
    }
    memcpy(&word, name + length - sizeof word, sizeof word);
    return (uint32_t)mixed(hash, word);
}

struct names *names_new(struct arena *arena)
{
    enum { FIRST = 256 };
    struct names *names = arena_take(arena, sizeof *names);
    if (!names) {
        return NULL;
    }
    names->arena = arena;
    names->capacity = FIRST;
    names->mask = FIRST * 2 - 1;
    names->items = arena_array(arena, FIRST, sizeof *names->items);
    names->table = arena_array(arena, FIRST * 2, sizeof *names->table);
    return names->items && names->table ? names : NULL;
}

/* Where NAME stands in the table, or the empty place where it would. */
static uint32_t place_of(const struct names *names, const char *name, size_t length, uint32_t hash)
{
    uint32_t place = hash & names->mask;
    for (; names->table[place]; place = (place + 1) & names->mask) {
        const struct name *item = &names->items[names->table[place]];
        if (item->hash == hash && item->length == length && memcmp(item->text, name, length) == 0) {
            break;
        }
    }
    return place;
}

/* Twice the room; the old tables stay in the arena. */
static bool grow(struct names *names)
{
    size_t capacity = (size_t)names->capacity * 2;
    struct name *items = arena_array(names->arena, capacity, sizeof *items);
    int32_t *table = arena_array(names->arena, capacity * 2, sizeof *table);
    if (!items || !table) {
        return false;
    }
    memcpy(items, names->items, (size_t)names->capacity * sizeof *items);
    names->items = items;
    names->table = table;
    names->capacity = (int32_t)capacity;
    names->mask = (uint32_t)capacity * 2 - 1;
    for (int32_t symbol = 1; symbol <= names->count; symbol++) {
        uint32_t place = items[symbol].hash & names->mask;
        while (table[place]) {
            place = (place + 1) & names->mask;
        }
        table[place] = symbol;
    }
    return true;
}

int32_t names_add(struct names *names, const char *name, size_t length)
{
    uint32_t hash = hash_of(name, length);
    uint32_t place = place_of(names, name, length, hash);
    if (names->table[place]) {
        return names->table[place];
    }
    if (names->count + 1 >= names->capacity) {
        if (!grow(names)) {
            return 0;
        }
        place = place_of(names, name, length, hash);
    }
    const char *text = arena_text(names->arena, name, length);
    if (arena_failed(names->arena)) {
        return 0;
    }
    int32_t symbol = ++names->count;
    names->items[symbol] = (struct name){text, length, hash};
    names->table[place] = symbol;
    return symbol;
}

int32_t names_find(const struct names *names, const char *name, size_t length)
{
    return names->table[place_of(names, name, length, hash_of(name, length))];
}

const char *names_text(const struct names *names, int32_t symbol)
{
    return symbol > 0 && symbol <= names->count ? names->items[symbol].text : "";
}

int32_t names_count(const struct names *names)
{
    return names->count;
}
