/* book.c: the registers, held in memory; small beside the cases, and asked at every act. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/inside.h"

static const char *const kinds[BOOK_KINDS] = {
    [BOOK_ORG] = "org",       [BOOK_PERSON] = "person",   [BOOK_ABSENCE] = "absence",
    [BOOK_SYSTEM] = "system", [BOOK_PRODUCT] = "product", [BOOK_PRICE] = "price",
    [BOOK_QUOTA] = "quota",   [BOOK_NOTICE] = "notice",
};

const char *book_kind_name(enum book_kind kind)
{
    return kinds[kind];
}

bool book_kind_of(const char *name, enum book_kind *kind)
{
    for (int i = 0; i < BOOK_KINDS; i++) {
        if (strcmp(kinds[i], name) == 0) {
            *kind = (enum book_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- reading ---- */

struct loading {
    struct counter *counter;
    struct book *book;
};

/* THING, whose texts are ARENA's, with what is asked of it often. NULL: memory is short. */
static struct entry *make_entry(const struct counter *counter, struct arena *arena,
                                const struct thing *thing)
{
    struct entry *entry = arena_take(arena, sizeof *entry);
    if (!entry) {
        return NULL;
    }
    *entry = (struct entry){.thing = *thing, .uid = -1};
    const char *roles = entry_fact(entry, "roles", arena);
    const char *uid = entry_fact(entry, "uid", arena);
    if (roles && counter->current) {
        entry->roles = roles_named(counter->current->policy, roles);
    }
    if (uid && *uid) {
        entry->uid = strtoll(uid, NULL, 10);
    }
    return entry;
}

static int take(void *self, const struct thing *thing)
{
    struct loading *reading = self;
    enum book_kind kind;
    if (!book_kind_of(thing->kind, &kind)) {
        return 0;
    }
    struct entry *entry = make_entry(reading->counter, reading->book->arena, thing);
    return entry && shelf_add(&reading->book->shelves[kind], entry) ? 0 : -1;
}

static void drop(struct book *book)
{
    for (int i = 0; i < BOOK_KINDS; i++) {
        shelf_clear(&book->shelves[i]);
    }
    arena_free(book->arena);
    book->arena = NULL;
    book->read = false;
}

static enum book_kind parent_kind(enum book_kind kind)
{
    switch (kind) {
    case BOOK_ABSENCE:
        return BOOK_PERSON;
    case BOOK_PRICE:
        return BOOK_PRODUCT;
    default:
        return BOOK_ORG;
    }
}

/* Reads all registers anew where something was put on record since. */
int book_refresh(struct counter *counter, struct error *error)
{
    struct book *book = &counter->book;
    int64_t mark = 0;
    if (store_mark(counter->store, "registers", &mark, error) != 0) {
        return -1;
    }
    if (book->read && book->mark == mark) {
        return 0;
    }
    drop(book);
    book->arena = arena_new();
    if (!book->arena) {
        return error_memory(error);
    }
    struct loading reading = {counter, book};
    if (store_things(counter->store, book->arena, take, &reading, error) != 0) {
        return -1;
    }
    for (int i = 0; i < BOOK_KINDS; i++) {
        for (size_t k = 0; k < book->shelves[i].count; k++) {
            struct entry *entry = book->shelves[i].items[k];
            entry->parent =
                entry->thing.parent
                    ? book_by_id(counter, parent_kind((enum book_kind)i), entry->thing.parent)
                    : NULL;
        }
    }
    book->mark = mark;
    book->read = true;
    return 0;
}

/* ---- asking ---- */

struct entry *book_by_id(const struct counter *counter, enum book_kind kind, int64_t id)
{
    const struct shelf *shelf = &counter->book.shelves[kind];
    size_t low = 0, high = shelf->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shelf->items[middle]->thing.id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < shelf->count && shelf->items[low]->thing.id == id ? shelf->items[low] : NULL;
}

struct entry *book_by_code(const struct counter *counter, enum book_kind kind, const char *code)
{
    return shelf_coded(&counter->book.shelves[kind], code);
}

static bool has_short(const struct entry *entry, const char *text)
{
    const char *at = entry->thing.facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (name_length == strlen("short") && memcmp(name, "short", name_length) == 0) {
            return length == strlen(text) && memcmp(value, text, length) == 0;
        }
    }
    return false;
}

/* The one entry of that short name; NULL where there is none, or more. */
static struct entry *only_short(const struct shelf *shelf, const char *text, int64_t parent)
{
    struct entry *found = NULL;
    for (size_t i = 0; i < shelf->count; i++) {
        struct entry *entry = shelf->items[i];
        if ((parent == 0 || entry->thing.parent == parent) && has_short(entry, text)) {
            if (found) {
                return NULL;
            }
            found = entry;
        }
    }
    return found;
}

struct entry *book_find(const struct counter *counter, enum book_kind kind, const char *text,
                        int64_t parent)
{
    const struct shelf *shelf = &counter->book.shelves[kind];
    struct entry *found = book_by_code(counter, kind, text);
    if (found && (parent == 0 || found->thing.parent == parent)) {
        return found;
    }
    found = shelf_named(shelf, text, parent);
    return found || kind != BOOK_ORG ? found : only_short(shelf, text, parent);
}

const char *entry_fact(const struct entry *entry, const char *name, struct arena *arena)
{
    return fact_find(entry->thing.facts, name, arena);
}

bool entry_valid(const struct entry *entry, int32_t day)
{
    return (entry->thing.since == DAY_NONE || entry->thing.since <= day) &&
           (entry->thing.until == DAY_NONE || day <= entry->thing.until);
}

/* ---- writing ---- */

/* Code, name and the like go on record with the other facts, so that a row is its latest act. */
void thing_facts(const struct thing *thing, struct text *out)
{
    fact_put(out, "code", thing->code);
    fact_put(out, "name", thing->name);
    if (thing->parent) {
        fact_put_int(out, "parent", thing->parent);
    }
    fact_put_day(out, "since", thing->since);
    fact_put_day(out, "until", thing->until);
    text_add(out, thing->facts);
}

/* What was written stands in the book at once: entries keep their places, so that whoever holds one
 * sees it as it is now. */
static int put_entry(struct counter *counter, enum book_kind kind, const struct thing *row,
                     struct error *error)
{
    struct book *book = &counter->book;
    struct shelf *shelf = &book->shelves[kind];
    struct thing kept = *row;
    struct entry *entry, *old = book_by_id(counter, kind, row->id);
    kept.kind = kinds[kind];
    kept.code = arena_text(book->arena, row->code, strlen(row->code));
    kept.name = arena_text(book->arena, row->name, strlen(row->name));
    kept.name_py = arena_text(book->arena, row->name_py, strlen(row->name_py));
    kept.facts = arena_text(book->arena, row->facts, strlen(row->facts));
    if (!book->read || arena_failed(book->arena) ||
        !(entry = make_entry(counter, book->arena, &kept))) {
        return error_memory(error);
    }
    bool moved =
        old && (strcmp(old->thing.code, kept.code) != 0 || strcmp(old->thing.name, kept.name) != 0);
    if (old) {
        entry->next_code = old->next_code;
        entry->next_name = old->next_name;
        *old = *entry;
        entry = old;
    }
    if (old ? moved && !shelf_index(shelf) : !shelf_add(shelf, entry)) {
        return error_memory(error);
    }
    entry->parent = kept.parent ? book_by_id(counter, parent_kind(kind), kept.parent) : NULL;
    return store_mark(counter->store, "registers", &book->mark, error);
}

static int put_row(struct asking *asking, const struct register_act *act, struct record *record,
                   const struct text *pinyin)
{
    struct store *store = asking->counter->store;
    struct thing row = {.id = record->case_id,
                        .kind = kinds[act->kind],
                        .code = act->code,
                        .name = act->name,
                        .name_py = text_bytes(pinyin),
                        .parent = act->parent,
                        .since = act->since,
                        .until = act->until,
                        .facts = act->facts,
                        .rev = record->n};
    if (store_append(store, record, asking->error) != 0) {
        return -1;
    }
    memcpy(row.head, record->hash, STORE_HASH);
    if (store_thing_put(store, &row, asking->error) != 0 ||
        store_bump(store, "registers", asking->error) != 0) {
        return -1;
    }
    return put_entry(asking->counter, act->kind, &row, asking->error);
}

int register_write(struct asking *asking, const struct register_act *act, int64_t *out)
{
    struct counter *counter = asking->counter;
    const struct entry *old = act->id ? book_by_id(counter, act->kind, act->id) : NULL;
    struct entry *same = book_by_code(counter, act->kind, act->code);
    if (same && same->thing.id != act->id) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("%1 is there already, as %2; choose another code"), act->code,
                         same->thing.name);
    }
    if (old && act->rev >= 0 && old->thing.rev != act->rev) {
        return error_set(asking->error, ERROR_CONFLICT,
                         N_("%1 was changed by another meanwhile; look at it again"), act->code,
                         NULL);
    }
    struct text facts = {0}, pinyin = {0};
    thing_facts(&(struct thing){.code = act->code,
                                .name = act->name,
                                .parent = act->parent,
                                .since = act->since,
                                .until = act->until,
                                .facts = act->facts},
                &facts);
    pinyin_of(counter->pinyin, act->name, &pinyin);
    struct record record = {.case_id = act->id ? act->id : store_id(counter->store, asking->error),
                            .n = old ? old->thing.rev + 1 : 1,
                            .event = act->event,
                            .actor = asking->person ? asking->person->thing.id : 0,
                            .role = kinds[act->kind],
                            .effective = act->effective,
                            .recorded = asking->utc,
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length,
                            .body = act->body};
    if (old) {
        memcpy(record.parent, old->thing.head, STORE_HASH);
    }
    int status = record.case_id == 0 || facts.failed || pinyin.failed
                     ? error_memory(asking->error)
                     : put_row(asking, act, &record, &pinyin);
    text_free(&facts);
    text_free(&pinyin);
    *out = record.case_id;
    return status;
}
