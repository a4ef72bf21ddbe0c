/* shelf.c: the entries of one register: by id in order, by code and by name through chains. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/inside.h"

enum { HEADS_LEAST = 64 };

/* FNV-1a. */
static size_t mix(const char *text)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (; *text; text++) {
        sum = (sum ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return (size_t)(sum ^ sum >> 32);
}

static void link_in(struct shelf *shelf, struct entry *entry)
{
    struct entry **code = &shelf->codes[mix(entry->thing.code) & (shelf->heads - 1)];
    struct entry **name = &shelf->names[mix(entry->thing.name) & (shelf->heads - 1)];
    entry->next_code = *code;
    entry->next_name = *name;
    *code = entry;
    *name = entry;
}

bool shelf_index(struct shelf *shelf)
{
    size_t heads = HEADS_LEAST;
    while (heads < shelf->capacity) {
        heads *= 2;
    }
    struct entry **codes = calloc(heads, sizeof *codes), **names = calloc(heads, sizeof *names);
    if (!codes || !names) {
        free(codes);
        free(names);
        return false;
    }
    free(shelf->codes);
    free(shelf->names);
    shelf->codes = codes;
    shelf->names = names;
    shelf->heads = heads;
    for (size_t i = 0; i < shelf->count; i++) {
        link_in(shelf, shelf->items[i]);
    }
    return true;
}

bool shelf_add(struct shelf *shelf, struct entry *entry)
{
    if (shelf->count == shelf->capacity) {
        size_t capacity = shelf->capacity ? shelf->capacity * 2 : HEADS_LEAST;
        struct entry **grown = realloc(shelf->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        shelf->items = grown;
        shelf->capacity = capacity;
        if (!shelf_index(shelf)) {
            return false;
        }
    }
    shelf->items[shelf->count++] = entry;
    link_in(shelf, entry);
    return true;
}

void shelf_clear(struct shelf *shelf)
{
    if (shelf->heads) {
        memset(shelf->codes, 0, shelf->heads * sizeof(struct entry *));
        memset(shelf->names, 0, shelf->heads * sizeof(struct entry *));
    }
    shelf->count = 0;
}

void shelf_free(struct shelf *shelf)
{
    free(shelf->items);
    free(shelf->codes);
    free(shelf->names);
    *shelf = (struct shelf){0};
}

struct entry *shelf_coded(const struct shelf *shelf, const char *code)
{
    struct entry *entry = shelf->heads ? shelf->codes[mix(code) & (shelf->heads - 1)] : NULL;
    while (entry && strcmp(entry->thing.code, code) != 0) {
        entry = entry->next_code;
    }
    return entry;
}

struct entry *shelf_named(const struct shelf *shelf, const char *name, int64_t parent)
{
    struct entry *entry = shelf->heads ? shelf->names[mix(name) & (shelf->heads - 1)] : NULL;
    struct entry *found = NULL;
    for (; entry; entry = entry->next_name) {
        if (strcmp(entry->thing.name, name) == 0 && (!parent || entry->thing.parent == parent)) {
            if (found) {
                return NULL;
            }
            found = entry;
        }
    }
    return found;
}
