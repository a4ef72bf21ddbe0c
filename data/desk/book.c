/* book.c: the registers, read as they are asked for: a few things at each request, of thousands. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/mapping.h"

static const char *const kinds[BOOK_KINDS] = {
    [BOOK_ORG] = "org",         [BOOK_PERSON] = "person",   [BOOK_ABSENCE] = "absence",
    [BOOK_SYSTEM] = "system",   [BOOK_PRODUCT] = "product", [BOOK_PRICE] = "price",
    [BOOK_QUOTA] = "quota",     [BOOK_NOTICE] = "notice",   [BOOK_VENDOR] = "vendor",
    [BOOK_PROJECT] = "project", [BOOK_NAMING] = "naming",

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

enum { SYSTEMS_MOST = 5000 }; /* that are kept at hand from one request to the next */

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

/* THING, whose texts are ARENA's, with what is asked of it often. NULL: memory is short. */
static struct entry *make_entry(const struct counter *counter, struct arena *arena,
                                enum book_kind kind, const struct thing *thing)
{
    struct entry *entry = arena_take(arena, sizeof *entry);
    if (!entry) {
        return NULL;
    }
    *entry = (struct entry){.thing = *thing, .uid = -1};
    bool may_act = kind == BOOK_ORG || kind == BOOK_PERSON;
    const char *roles = may_act ? entry_fact(entry, "roles", arena) : NULL;
    const char *uid = may_act ? entry_fact(entry, "uid", arena) : NULL;
    entry->thing.kind = kinds[kind];
    if (roles && counter->current) {
        entry->roles = roles_named(counter->current->policy, roles);
    }
    if (uid && *uid) {
        entry->uid = strtoll(uid, NULL, 10);
    }
    return entry;
}

/* THING, with texts of the book's own, is at hand from now on. NULL: memory is short. */
static struct entry *shelve(struct counter *counter, enum book_kind kind, const struct thing *thing)
{
    struct book *book = &counter->book;
    struct entry *entry = make_entry(counter, book->arena, kind, thing);
    if (!entry || !shelf_add(&book->shelves[kind], entry)) {
        error_memory(&book->failed);
        return NULL;
    }
    entry->parent = book_by_id(counter, parent_kind(kind), thing->parent);
    return entry;
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

bool book_stands(const struct counter *counter, int64_t registers)
{
    const struct book *book = &counter->book;
    return book->read && book->mark == registers && book->failed.code == ERROR_NONE &&
           book->shelves[BOOK_SYSTEM].known <= SYSTEMS_MOST;
}

/* What is at hand is dropped where something was put on record since. */
int book_refresh(struct counter *counter, struct error *error)
{
    struct book *book = &counter->book;
    int64_t mark = 0;
    error_free(&book->failed);
    if (store_mark(counter->store, "registers", &mark, error) != 0) {
        return -1;
    }
    if (book_stands(counter, mark)) {
        return 0;
    }
    drop(book);
    book->arena = arena_new();
    if (!book->arena) {
        return error_memory(error);
    }
    book->mark = mark;
    book->read = true;
    return 0;
}

int book_sound(struct counter *counter, struct error *error)
{
    struct book *book = &counter->book;
    if (book->failed.code == ERROR_NONE) {
        return 0;
    }
    error_free(error);
    *error = book->failed;
    book->failed = (struct error){0};
    return -1;
}

void book_free(struct book *book)
{
    for (int i = 0; i < BOOK_KINDS; i++) {
        shelf_free(&book->shelves[i]);
    }
    arena_free(book->arena);
    error_free(&book->failed);
}

/* ---- asking ---- */

struct entry *book_by_id(struct counter *counter, enum book_kind kind, int64_t id)
{
    struct book *book = &counter->book;
    struct entry *entry = id ? shelf_get(&book->shelves[kind], id) : NULL;
    struct thing thing;
    if (entry || !id || !book->arena ||
        store_thing(counter->store, id, book->arena, &thing, &book->failed) != 1 ||
        strcmp(thing.kind, kinds[kind]) != 0) {
        return entry;
    }
    return shelve(counter, kind, &thing);
}

struct entry *book_by_code(struct counter *counter, enum book_kind kind, const char *code)
{
    struct book *book = &counter->book;
    struct entry **place = shelf_coded(&book->shelves[kind], code);
    if (book->read && *place && strcmp((*place)->thing.code, code) == 0) {
        return *place;
    }
    int64_t id = store_thing_coded(counter->store, kinds[kind], code, &book->failed);
    struct entry *entry = id > 0 ? book_by_id(counter, kind, id) : NULL;
    *place = entry ? entry : *place;
    return entry;
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

struct entry *book_find(struct counter *counter, enum book_kind kind, const char *text,
                        int64_t parent)
{
    struct entry *found = book_by_code(counter, kind, text);
    if (found && (parent == 0 || found->thing.parent == parent)) {
        return found;
    }
    int64_t id =
        store_thing_named(counter->store, kinds[kind], text, parent, &counter->book.failed);
    if (id > 0) {
        return book_by_id(counter, kind, id);
    }
    return kind == BOOK_ORG ? only_short(book_shelf(counter, kind), text, parent) : NULL;
}

/* ---- asking for many ---- */

struct gathering {
    struct counter *counter;
    enum book_kind kind;
};

static int take_all(void *self, const struct thing *thing)
{
    struct gathering *gathering = self;
    struct shelf *shelf = &gathering->counter->book.shelves[gathering->kind];
    struct entry *entry = shelf_get(shelf, thing->id);
    entry = entry ? entry : shelve(gathering->counter, gathering->kind, thing);
    return entry && shelf_list(shelf, entry) ? 0 : error_memory(&gathering->counter->book.failed);
}

const struct shelf *book_shelf(struct counter *counter, enum book_kind kind)
{
    struct book *book = &counter->book;
    struct shelf *shelf = &book->shelves[kind];
    struct gathering gathering = {counter, kind};
    if (!shelf->whole && book->arena) {
        shelf->count = 0;
        shelf->whole = store_things(counter->store, kinds[kind], 0, BOOK_ALL, book->arena, take_all,
                                    &gathering, &book->failed) == 0;
        shelf->count = shelf->whole ? shelf->count : 0;
    }
    return shelf;
}

struct passing {
    struct asking *asking;
    enum book_kind kind;
    struct arena *arena; /* of the thing at hand */
    int (*take)(void *self, struct entry *entry);
    void *self;
};

static int pass(void *self, const struct thing *thing)
{
    struct passing *passing = self;
    struct counter *counter = passing->asking->counter;
    struct entry *entry = shelf_get(&counter->book.shelves[passing->kind], thing->id);
    if (!entry) {
        entry = make_entry(counter, passing->arena, passing->kind, thing);
        if (!entry) {
            return error_memory(passing->asking->error);
        }
        entry->parent = book_by_id(counter, parent_kind(passing->kind), thing->parent);
    }
    int taken = passing->take(passing->self, entry);
    arena_clear(passing->arena);
    return taken;
}

int book_each(struct asking *asking, enum book_kind kind, int64_t skip, int64_t most,
              int (*take)(void *self, struct entry *entry), void *self)
{
    struct passing passing = {asking, kind, arena_new(), take, self};
    int status = passing.arena ? store_things(asking->counter->store, kinds[kind], skip, most,
                                              passing.arena, pass, &passing, asking->error)
                               : error_memory(asking->error);
    arena_free(passing.arena);
    return status;
}

int64_t book_below(struct asking *asking, enum book_kind kind, int64_t parent, int64_t **ids)
{
    int64_t *found = NULL, count = store_things_below(asking->counter->store, kinds[kind], parent,
                                                      &found, asking->error);
    *ids = arena_array(asking->arena, (size_t)(count > 0 ? count : 0) + 1, sizeof **ids);
    if (*ids && count > 0) {
        memcpy(*ids, found, (size_t)count * sizeof *found);
    }
    free(found);
    return *ids ? count : error_memory(asking->error);
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
 * sees it as it is now. Where another wrote between our reading and our turn, the mark stays
 * behind, and the next request reads anew. */
static int put_entry(struct counter *counter, enum book_kind kind, const struct thing *row,
                     struct error *error)
{
    struct book *book = &counter->book;
    struct entry *entry, *old = shelf_get(&book->shelves[kind], row->id);
    struct thing kept = *row;
    int64_t mark = 0;
    if (!book->read) {
        return error_memory(error);
    }
    kept.code = arena_text(book->arena, row->code, strlen(row->code));
    kept.name = arena_text(book->arena, row->name, strlen(row->name));
    kept.name_py = "";
    kept.facts = arena_text(book->arena, row->facts, strlen(row->facts));
    entry = old ? make_entry(counter, book->arena, kind, &kept) : shelve(counter, kind, &kept);
    if (!entry || arena_failed(book->arena)) {
        return error_memory(error);
    }
    if (old) {
        entry->next = old->next;
        entry->parent = book_by_id(counter, parent_kind(kind), kept.parent);
        *old = *entry;
    }
    int status = store_mark(counter->store, "registers", &mark, error);
    book->mark = mark == book->mark + 1 ? mark : book->mark;
    return status;
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
    const struct entry *old = act->id ? book_by_id(asking->counter, act->kind, act->id) : NULL;
    bool moves = mapping_moves(act->kind, old ? &old->thing : NULL, &row);
    if (store_thing_put(store, &row, asking->error) != 0 ||
        store_bump(store, "registers", asking->error) != 0 ||
        (moves && store_bump(store, mapping_mark, asking->error) != 0)) {
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
