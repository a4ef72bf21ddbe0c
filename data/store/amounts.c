/* amounts.c: how much stood where. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "data/store/inventory.h"

struct place {
    struct text name; /* region and zone, NUL behind each */
    int64_t count, vcpus, ram, disk;
};
struct places { /* few, however many resources there are */
    struct place *items;
    size_t count, capacity, last; /* LAST: where the row before stood */
};

static bool stands(const struct place *place, const char *region, const char *zone)
{
    const char *name = text_bytes(&place->name);
    return strcmp(name, region) == 0 && strcmp(name + strlen(name) + 1, zone) == 0;
}

/* A new one; NULL without memory. */
static struct place *add_place(struct places *places, const char *region, const char *zone)
{
    if (places->count == places->capacity) {
        size_t capacity = places->capacity ? 2 * places->capacity : 16;
        struct place *grown = realloc(places->items, capacity * sizeof *grown);
        if (!grown) {
            return NULL;
        }
        places->items = grown;
        places->capacity = capacity;
    }
    struct place *place = &places->items[places->count++];
    *place = (struct place){0};
    text_add_n(&place->name, region, strlen(region) + 1);
    text_add_n(&place->name, zone, strlen(zone) + 1);
    return place->name.failed ? NULL : place;
}

static struct place *place_of(struct places *places, const char *region, const char *zone)
{
    if (places->last < places->count && stands(&places->items[places->last], region, zone)) {
        return &places->items[places->last];
    }
    for (size_t i = 0; i < places->count; i++) {
        if (stands(&places->items[i], region, zone)) {
            places->last = i;
            return &places->items[i];
        }
    }
    places->last = places->count;
    return add_place(places, region, zone);
}

static int by_name(const void *left, const void *right)
{
    const struct text *a = &((const struct place *)left)->name;
    const struct text *b = &((const struct place *)right)->name;
    size_t shorter = a->length < b->length ? a->length : b->length;
    return memcmp(a->bytes, b->bytes, shorter);
}

static int64_t some(int64_t amount)
{
    return amount > 0 ? amount : 0;
}

/* Added up here: grouped within SQL they would all be sorted first. */
static int add_up(struct statement *at, struct places *places, struct error *error)
{
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct place *place = place_of(places, db_text(at, 0), db_text(at, 1));
        if (!place) {
            db_end(at);
            return error_memory(error);
        }
        place->count += db_int(at, 2);
        place->vcpus += some(db_int(at, 3));
        place->ram += some(db_int(at, 4));
        place->disk += some(db_int(at, 5));
    }
    return status;
}

static int tell(const struct places *places, int (*take)(void *self, const struct amounts *amounts),
                void *self, struct error *error)
{
    int status = 0;
    for (size_t i = 0; i < places->count && status == 0; i++) {
        const struct place *place = &places->items[i];
        const char *region = text_bytes(&place->name);
        struct amounts amounts = {region,       region + strlen(region) + 1,
                                  place->count, place->vcpus,
                                  place->ram,   place->disk};
        status = take(self, &amounts) != 0 ? error_memory(error) : 0;
    }
    return status;
}

int store_amounts(struct store *store, int64_t vendor, int64_t run,
                  int (*take)(void *self, const struct amounts *amounts), void *self,
                  struct error *error)
{
    static const char sql[] =
        "SELECT region, zone, CASE WHEN kind = 'server' THEN 1 ELSE 0 END, vcpus, ram, disk"
        " FROM resource WHERE vendor_id = $1 AND kind IN ('server', 'volume')"
        " AND from_run + 0 <= $2 AND (to_run IS NULL OR to_run > $2)";
    struct places places = {0};
    int status = add_up(db_query(store->db, error, sql, "ii", vendor, run), &places, error);
    if (status == 0 && places.count > 0) {
        qsort(places.items, places.count, sizeof *places.items, by_name);
        status = tell(&places, take, self, error);
    }
    for (size_t i = 0; i < places.count; i++) {
        text_free(&places.items[i].name);
    }
    free(places.items);
    return status;
}
