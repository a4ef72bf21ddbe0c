/* platform.c: providers, added up by where they stand. */
#include "data/desk/platform.h"

#include <string.h>

bool platform_begin(struct platform *platform, struct asking *asking)
{
    const struct policy *policy = asking->counter->current->policy;
    *platform = (struct platform){
        .asking = asking,
        .policy = policy,
        .sizing = sizing_of(asking, policy),
        .places = arena_array(asking->arena, PLACES_MOST, sizeof *platform->places)};
    return platform->places != NULL;
}

/* The place of the vendor at hand; the last one takes what there is no room for. */
static struct site *site_of(struct platform *platform, const char *region, const char *zone)
{
    struct arena *arena = platform->asking->arena;
    for (size_t i = 0; i < platform->count; i++) {
        struct site *place = &platform->places[i];
        if (place->vendor == platform->vendor && strcmp(place->region, region) == 0 &&
            strcmp(place->zone, zone) == 0) {
            return place;
        }
    }
    if (platform->count == PLACES_MOST) {
        return &platform->places[PLACES_MOST - 1];
    }
    struct site *place = &platform->places[platform->count++];
    place->vendor = platform->vendor;
    place->region = arena_text(arena, region, strlen(region));
    place->zone = arena_text(arena, zone, strlen(zone));
    return place;
}

/* What the settings count as MEASURE has this name among a provider's facts; NULL none. */
static const char *class_of(const struct sizing *sizing, int32_t measure)
{
    return measure == sizing->cores    ? "vcpus"
           : measure == sizing->memory ? "ram"
           : measure == sizing->disk   ? "disk"
                                       : NULL;
}

/* The number FACT.CLASS in millionths; -1 not said. */
static int64_t said(struct arena *arena, const char *facts, const char *fact, const char *class)
{
    struct text name = {0};
    int64_t micro;
    text_addf(&name, "%s.%s", fact, class);
    const char *value = fact_find(facts, text_bytes(&name), arena);
    bool number = value && decimal_parse(value, strlen(value), &micro);
    text_free(&name);
    return number ? micro : -1;
}

static void add_class(struct platform *platform, const struct resource_row *row, int32_t measure,
                      const char *class, struct load *load)
{
    struct arena *arena = platform->asking->arena;
    const struct sizing *sizing = &platform->sizing;
    int64_t total = sized(sizing, measure, row->vcpus, row->ram, row->disk);
    int64_t kept = said(arena, row->facts, "reserved", class) / MICRO;
    int64_t used = said(arena, row->facts, "used", class) / MICRO;
    int64_t ratio = said(arena, row->facts, "ratio", class);
    int64_t reserved = kept > 0 ? sized(sizing, measure, kept, kept, kept) : 0;
    if (total <= 0) {
        return;
    }
    struct value usable =
        decimal_multiply(total > reserved ? total - reserved : 0, ratio > 0 ? ratio : MICRO);
    load->told = true;
    load->total += total;
    load->reserved += reserved;
    load->usable += usable.known ? usable.n : 0;
    load->used += used > 0 ? sized(sizing, measure, used, used, used) : 0;
}

static int take_provider(void *self, const struct resource_row *row)
{
    struct platform *platform = self;
    struct site *place = site_of(platform, row->region, row->zone);
    place->providers++;
    for (int32_t m = 0; m < platform->policy->measures.count; m++) {
        const char *class = class_of(&platform->sizing, m);
        if (class) {
            add_class(platform, row, m, class, &place->loads[m]);
        }
    }
    return 0;
}

/* Where no provider tells of it, what is used is what servers and volumes come to. */
static int take_amounts(void *self, const struct amounts *amounts)
{
    struct platform *platform = self;
    struct site *place = site_of(platform, amounts->region, amounts->zone);
    place->servers += amounts->count;
    for (int32_t m = 0; m < platform->policy->measures.count; m++) {
        int64_t used = sized(&platform->sizing, m, amounts->vcpus, amounts->ram, amounts->disk);
        place->loads[m].used += used > 0 ? used : 0;
    }
    return 0;
}

int platform_add(struct platform *platform, const struct vendor_row *vendor, int64_t run)
{
    struct asking *asking = platform->asking;
    size_t before = platform->count;
    struct resource_want want = {.vendor = vendor->id, .kind = "provider", .run = run};
    platform->vendor = vendor;
    int status = store_resources(asking->counter->store, &want, asking->arena, take_provider,
                                 platform, asking->error);
    return status || platform->count > before
               ? status
               : store_amounts(asking->counter->store, vendor->id, run, take_amounts, platform,
                               asking->error);
}

struct load platform_load(const struct platform *platform, int32_t measure)
{
    struct load sum = {.told = platform->count > 0};
    for (size_t i = 0; i < platform->count; i++) {
        const struct load *load = &platform->places[i].loads[measure];
        sum.told &= load->told;
        sum.total += load->total;
        sum.reserved += load->reserved;
        sum.usable += load->usable;
        sum.used += load->used;
    }
    return sum;
}
