/* verify_past.c: the register of organisations as it stood at any place of the chain, and how each
 * system is called. What rows of the register say now is compared with their acts elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/verify.h"

/* ---- reading ---- */

struct past_reading {
    struct past *past;
    struct arena *arena;
};

static bool room(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity ? *capacity * 2 : 64;
    void *grown = realloc(*items, more * size);
    *items = grown ? grown : *items;
    *capacity = grown ? more : *capacity;
    return grown != NULL;
}

static int32_t day_of(const char *facts, const char *name, struct arena *arena)
{
    const char *said = fact_find(facts, name, arena);
    int32_t day = DAY_NONE;
    return said && day_parse(said, strlen(said), &day) ? day : DAY_NONE;
}

static int take_version(void *self, const struct record *record, struct error *error)
{
    struct past_reading *reading = self;
    struct past *past = reading->past;
    struct arena *arena = reading->arena;
    const char *facts = arena_text(arena, record->facts, record->facts_length);
    if (arena_failed(arena) || !room((void **)&past->versions, past->version_count,
                                     &past->version_capacity, sizeof *past->versions)) {
        return error_memory(error);
    }
    const char *parent = fact_find(facts, "parent", arena), *roles, *became;
    roles = fact_find(facts, "roles", arena);
    became = fact_find(facts, "became", arena);
    past->versions[past->version_count++] =
        (struct past_version){.seq = record->seq,
                              .recorded = record->recorded,
                              .parent = parent ? strtoll(parent, NULL, 10) : 0,
                              .since = day_of(facts, "since", arena),
                              .until = day_of(facts, "until", arena),
                              .roles = roles ? roles : "",
                              .became = became ? became : ""};
    return 0;
}

static int read_orgs(struct asking *asking, struct past_reading *reading)
{
    struct past *past = reading->past;
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ORG);
    past->orgs = calloc(shelf->count + 1, sizeof *past->orgs);
    int status = past->orgs ? 0 : error_memory(asking->error);
    for (size_t i = 0; i < shelf->count && status == 0; i++) {
        const struct thing *thing = &shelf->items[i]->thing;
        struct act_span span = {.case_id = thing->id, .below = INT64_MAX, .up = true};
        size_t first = past->version_count;
        status = store_acts_in(asking->counter->store, &span, take_version, reading, asking->error);
        past->orgs[past->org_count++] =
            (struct past_org){.id = thing->id,
                              .code = arena_text(reading->arena, thing->code, strlen(thing->code)),
                              .first = first,
                              .count = past->version_count - first};
    }
    return status;
}

static int take_system(void *self, const struct thing_name *name)
{
    struct past_reading *reading = self;
    struct past *past = reading->past;
    if (!room((void **)&past->systems, past->system_count, &past->system_capacity,
              sizeof *past->systems)) {
        return -1;
    }
    past->systems[past->system_count++] =
        (struct past_system){.id = name->id,
                             .parent = name->parent,
                             .name = arena_text(reading->arena, name->name, name->length),
                             .length = name->length};
    return arena_failed(reading->arena) ? -1 : 0;
}

int past_read(struct asking *asking, struct arena *arena, struct past *out)
{
    struct past_reading reading = {out, arena};
    out->read = true;
    return read_orgs(asking, &reading) != 0 ||
                   store_thing_names(asking->counter->store, book_kind_name(BOOK_SYSTEM),
                                     take_system, &reading, asking->error) != 0
               ? -1
               : 0;
}

void past_free(struct past *past)
{
    free(past->orgs);
    free(past->versions);
    free(past->systems);
    *past = (struct past){0};
}

/* ---- asking ---- */

/* Of things of SIZE bytes by id, which is their first member; NULL: none has ID. */
static const void *by_id(const void *items, size_t count, size_t size, int64_t id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *item = (const char *)items + middle * size;
        int64_t its;
        memcpy(&its, item, sizeof its);
        if (its == id) {
            return item;
        }
        low = its < id ? middle + 1 : low;
        high = its < id ? high : middle;
    }
    return NULL;
}

const struct past_org *past_org(const struct past *past, int64_t id)
{
    return by_id(past->orgs, past->org_count, sizeof *past->orgs, id);
}

const struct past_org *past_org_coded(const struct past *past, const char *code)
{
    for (size_t i = 0; i < past->org_count; i++) {
        if (strcmp(past->orgs[i].code, code) == 0) {
            return &past->orgs[i];
        }
    }
    return NULL;
}

const struct past_system *past_system(const struct past *past, int64_t id)
{
    return by_id(past->systems, past->system_count, sizeof *past->systems, id);
}

struct past_version *past_at(const struct past *past, const struct past_org *org, int64_t seq)
{
    for (size_t i = org->count; i-- > 0;) {
        struct past_version *version = &past->versions[org->first + i];
        if (version->seq < seq) {
            return version;
        }
    }
    return NULL;
}

uint64_t past_roles(struct past_version *version, const struct policy *policy)
{
    if (version->policy != policy) {
        version->policy = policy;
        version->mask = roles_named(policy, version->roles);
    }
    return version->mask;
}

bool past_valid(const struct past_version *version, int32_t day)
{
    return (version->since == DAY_NONE || version->since <= day) &&
           (version->until == DAY_NONE || day <= version->until);
}

int64_t past_county(const struct past *past, const struct policy *policy, uint64_t below,
                    int64_t org, int64_t seq)
{
    enum { STEPS_MOST = 64 }; /* whoever tampers may have gone in a circle */
    const struct past_org *own = past_org(past, org), *at = own;
    for (int i = 0; at && i < STEPS_MOST; i++) {
        struct past_version *version = past_at(past, at, seq);
        if (at != own && version && past_roles(version, policy) & below) {
            return at->id;
        }
        at = version && version->parent ? past_org(past, version->parent) : NULL;
    }
    struct past_version *version = own ? past_at(past, own, seq) : NULL;
    return version && past_roles(version, policy) & below ? own->id : 0;
}
