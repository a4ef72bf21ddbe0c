/* shelf.c: the entries of one register that are at hand, by id through chains. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/inside.h"

enum { HEADS_LEAST = 64, LIST_LEAST = 16 };

static struct entry **chain_of(const struct shelf *shelf, int64_t id)
{
    uint64_t mixed = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    return &shelf->heads[(mixed ^ mixed >> 32) & (shelf->head_count - 1)];
}

static void link_in(struct shelf *shelf, struct entry *entry)
{
    struct entry **chain = chain_of(shelf, entry->thing.id);
    entry->next = *chain;
    *chain = entry;
}

/* Twice as many chains. */
static bool spread(struct shelf *shelf)
{
    struct shelf wider = {.head_count = shelf->head_count ? shelf->head_count * 2 : HEADS_LEAST};
    wider.heads = calloc(wider.head_count, sizeof *wider.heads);
    if (!wider.heads) {
        return false;
    }
    for (size_t i = 0; i < shelf->head_count; i++) {
        for (struct entry *entry = shelf->heads[i], *next; entry; entry = next) {
            next = entry->next;
            link_in(&wider, entry);
        }
    }
    free(shelf->heads);
    shelf->heads = wider.heads;
    shelf->head_count = wider.head_count;
    return true;
}

struct entry *shelf_get(const struct shelf *shelf, int64_t id)
{
    struct entry *entry = shelf->head_count ? *chain_of(shelf, id) : NULL;
    while (entry && entry->thing.id != id) {
        entry = entry->next;
    }
    return entry;
}

struct entry **shelf_coded(struct shelf *shelf, const char *code)
{
    uint32_t mixed = 0;
    for (const char *at = code; *at; at++) {
        mixed = mixed * 31 + (unsigned char)*at;
    }
    return &shelf->coded[(mixed ^ mixed >> 8) % SHELF_CODES];
}

bool shelf_list(struct shelf *shelf, struct entry *entry)
{
    if (shelf->count == shelf->capacity) {
        size_t capacity = shelf->capacity ? shelf->capacity * 2 : LIST_LEAST;
        struct entry **grown = realloc(shelf->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        shelf->items = grown;
        shelf->capacity = capacity;
    }
    shelf->items[shelf->count++] = entry;
    return true;
}

bool shelf_add(struct shelf *shelf, struct entry *entry)
{
    if ((shelf->known >= shelf->head_count && !spread(shelf)) ||
        (shelf->whole && !shelf_list(shelf, entry))) {
        return false;
    }
    link_in(shelf, entry);
    shelf->known++;
    return true;
}

void shelf_clear(struct shelf *shelf)
{
    if (shelf->head_count) {
        memset(shelf->heads, 0, shelf->head_count * sizeof *shelf->heads);
    }
    memset(shelf->coded, 0, sizeof shelf->coded);
    shelf->known = shelf->count = 0;
    shelf->whole = false;
}

void shelf_free(struct shelf *shelf)
{
    free(shelf->items);
    free(shelf->heads);
    *shelf = (struct shelf){0};
}
