/* periods_seen.c: what was used of a system, out of what runs of a sync brought of its resources.
 */
#include <stdlib.h>
#include <string.h>

#include "core/usage.h"
#include "data/desk/mapping.h"
#include "data/desk/periods.h"
#include "data/store/periods.h"
#include "data/store/use.h"

enum { MONTHS = 13 /* a year, and the one that goes on */, HUNDREDTH = MICRO / 100 };

struct part { /* a resource of the system in a month */
    int32_t month;
    const char *uid, *facts;
    bool whole;               /* the vendor told of the system as a whole */
    int64_t run;              /* which brought it */
    struct use_share *shares; /* by measure */
};
struct seeing {
    struct making *making;
    const struct mapping *mapping;
    struct sizing sizing;
    const struct entry *system;
    int32_t first; /* month of the window */
    struct part *parts;
    size_t count, capacity;
    struct run_row run; /* as it was read last */
};

/* ---- parts ---- */

static int64_t figure(struct arena *arena, const char *facts, const char *name, const char *measure)
{
    struct text key = {0};
    int64_t micro;
    text_addf(&key, *measure ? "%s.%s" : "%s%s", name, measure);
    const char *said = fact_find(facts, text_bytes(&key), arena);
    bool number = said && decimal_parse(said, strlen(said), &micro);
    text_free(&key);
    return number ? micro : -1;
}

static bool grow(struct seeing *seeing)
{
    struct arena *arena = seeing->making->asking->arena;
    if (seeing->count < seeing->capacity) {
        return true;
    }
    size_t capacity = seeing->capacity ? seeing->capacity * 2 : 64;
    struct part *grown = arena_array(arena, capacity, sizeof *grown);
    if (grown && seeing->count) {
        memcpy(grown, seeing->parts, seeing->count * sizeof *grown);
    }
    seeing->parts = grown ? grown : seeing->parts;
    seeing->capacity = grown ? capacity : seeing->capacity;
    return grown != NULL;
}

static int take_part(void *self, const struct metered *row)
{
    struct seeing *seeing = self;
    struct arena *arena = seeing->making->asking->arena;
    const struct labels measures = seeing->making->policy->measures;
    struct use_share *shares = arena_array(arena, (size_t)measures.count, sizeof *shares);
    int64_t samples = figure(arena, row->facts, "samples", "");
    if (!shares || !grow(seeing)) {
        return -1;
    }
    for (int32_t m = 0; m < measures.count; m++) {
        const char *name = measures.items[m].name;
        int64_t size = sized(&seeing->sizing, m, row->vcpus, row->ram, row->disk);
        shares[m] = (struct use_share){.size = size > 0 ? size : 0,
                                       .samples = samples > 0 ? samples / MICRO : 0,
                                       .average = figure(arena, row->facts, "avg", name),
                                       .p95 = figure(arena, row->facts, "p95", name),
                                       .peak = figure(arena, row->facts, "peak", name)};
    }
    seeing->parts[seeing->count++] =
        (struct part){.month = row->month,
                      .uid = arena_text(arena, row->uid, strlen(row->uid)),
                      .facts = arena_text(arena, row->facts, strlen(row->facts)),
                      .whole = *row->uid == '\0',
                      .run = row->from,
                      .shares = shares};
    return arena_failed(arena) ? -1 : 0;
}

static int ask(struct seeing *seeing, const struct vendor_row *vendor, const char *project,
               const char *system)
{
    struct asking *asking = seeing->making->asking;
    struct metered_want want = {.vendor = vendor->id,
                                .project = project,
                                .system = system,
                                .from = seeing->first,
                                .to = seeing->first + MONTHS - 1};
    bool nothing = !project && (!system || !*system);
    return nothing ? 0
                   : store_metered(asking->counter->store, &want, take_part, seeing, asking->error);
}

/* What was told of its projects' resources, and of it by its own names or its projects'. */
static int gather(struct seeing *seeing)
{
    const struct mapping *mapping = seeing->mapping;
    const struct thing *thing = &seeing->system->thing;
    int status = 0;
    for (size_t i = 0; i < mapping->vendor_count && status == 0; i++) {
        status = ask(seeing, &mapping->vendors[i], NULL, thing->code);
        bool other = strcmp(thing->name, thing->code) != 0;
        status = status || !other ? status : ask(seeing, &mapping->vendors[i], NULL, thing->name);
    }
    for (size_t i = 0; i < mapping->project_count && status == 0; i++) {
        const struct project *project = &mapping->projects[i];
        const char *const names[] = {project->uid, project->name};
        if (project->system != thing->id) {
            continue;
        }
        status = ask(seeing, project->vendor, project->uid, NULL);
        for (int n = 0; n < 2 && status == 0; n++) {
            bool asked = strcmp(names[n], thing->code) == 0 || strcmp(names[n], thing->name) == 0 ||
                         (n == 1 && strcmp(names[1], names[0]) == 0);
            status = asked ? 0 : ask(seeing, project->vendor, NULL, names[n]);
        }
    }
    return status;
}

/* ---- a month ---- */

static void put_figures(const struct use_share *sum, const char *measure, struct text *facts)
{
    const struct {
        const char *name;
        int64_t micro;
    } figures[] = {{"avg", sum->average}, {"p95", sum->p95}, {"peak", sum->peak}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct text name = {0};
        text_addf(&name, "%s.%s", figures[i].name, measure);
        if (figures[i].micro >= 0) {
            fact_put_decimal(facts, text_bytes(&name),
                             (figures[i].micro + HUNDREDTH / 2) / HUNDREDTH * HUNDREDTH);
        }
        facts->failed |= name.failed;
        text_free(&name);
    }
}

/* What its parts come to, by measure; where the vendor tells of the whole, that alone. How many
 * parts there are; *RUN: the latest that brought one. */
static size_t sum_up(struct seeing *seeing, int32_t month, struct text *facts, int64_t *run)
{
    const struct labels measures = seeing->making->policy->measures;
    struct use_share *shares =
        arena_array(seeing->making->asking->arena, seeing->count + 1, sizeof *shares);
    bool whole = false;
    size_t count = 0;
    int64_t samples = 0;
    facts->failed |= !shares;
    for (size_t i = 0; i < seeing->count; i++) {
        whole |= seeing->parts[i].month == month && seeing->parts[i].whole;
    }
    for (int32_t m = 0; m < measures.count && shares; m++) {
        count = 0;
        for (size_t i = 0; i < seeing->count; i++) {
            const struct part *part = &seeing->parts[i];
            if (part->month == month && part->whole == whole) {
                shares[count++] = part->shares[m];
                *run = part->run > *run ? part->run : *run;
            }
        }
        struct use_share sum = usage_sum(shares, count);
        put_figures(&sum, measures.items[m].name, facts);
        samples = sum.samples;
    }
    if (samples > 0) {
        fact_put_int(facts, "samples", samples);
    }
    fact_put_int(facts, "measured", (int64_t)count);
    return count;
}

/* FACTS were seen of RESOURCE ("": the system as a whole), as RUN brought them. 1 they moved, 0,
 * -1.
 */
static int put_seen(struct seeing *seeing, int32_t month, const char *resource, int64_t run,
                    const char *facts)
{
    struct asking *asking = seeing->making->asking;
    struct store *store = asking->counter->store;
    if (seeing->run.id != run &&
        store_run(store, run, asking->arena, &seeing->run, asking->error) != 1) {
        return -1;
    }
    struct use_row row = {.month = month,
                          .system = seeing->system->thing.id,
                          .resource = resource,
                          .source = USE_SEEN,
                          .at = seeing->run.began,
                          .facts = facts};
    return store_use_put(store, &row, asking->error);
}

/* 1 the figures moved, 0, -1. */
static int see_month(struct seeing *seeing, int32_t month)
{
    struct asking *asking = seeing->making->asking;
    struct text facts = {0};
    int64_t latest = 0;
    size_t count = sum_up(seeing, month, &facts, &latest);
    int status = facts.failed ? error_memory(asking->error)
                 : count == 0 ? store_use_unsee(asking->counter->store, month,
                                                seeing->system->thing.id, "", asking->error)
                              : put_seen(seeing, month, "", latest, text_bytes(&facts));
    text_free(&facts);
    return status;
}

/* ---- resource by resource ---- */

static bool any_per_resource(const struct policy *policy)
{
    bool some = false;
    for (int32_t i = 0; i < policy->usage_count; i++) {
        some |= policy->usages[i].per_resource;
    }
    return some;
}

struct before { /* what had been seen of a resource */
    int32_t month;
    const char *resource;
};
struct befores {
    struct seeing *seeing;
    struct before *items;
    size_t count, capacity;
};

static int take_before(void *self, const struct use_row *row)
{
    struct befores *befores = self;
    struct arena *arena = befores->seeing->making->asking->arena;
    if (!*row->resource) {
        return 0;
    }
    if (befores->count == befores->capacity) {
        size_t capacity = befores->capacity ? 2 * befores->capacity : 64;
        struct before *grown = arena_array(arena, capacity, sizeof *grown);
        if (!grown) {
            return -1;
        }
        if (befores->count) {
            memcpy(grown, befores->items, befores->count * sizeof *grown);
        }
        befores->items = grown;
        befores->capacity = capacity;
    }
    befores->items[befores->count++] =
        (struct before){row->month, arena_text(arena, row->resource, strlen(row->resource))};
    return arena_failed(arena) ? -1 : 0;
}

static int by_resource(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    int order = strcmp(a->uid, b->uid);
    return order ? order : (a->month > b->month) - (a->month < b->month);
}

/* The latest told of a month comes last. */
static int by_telling(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    int order = by_resource(left, right);
    return order ? order : (a->run > b->run) - (a->run < b->run);
}

/* Figures of resources that are the system's no more are taken away. */
static int unsee_others(struct seeing *seeing, bool *moved)
{
    struct asking *asking = seeing->making->asking;
    struct befores befores = {.seeing = seeing};
    int64_t system = seeing->system->thing.id;
    int status =
        store_use(asking->counter->store, system, seeing->first, seeing->first + MONTHS - 1,
                  FIGURES_SEEN, take_before, &befores, asking->error);
    for (size_t i = 0; i < befores.count && status == 0; i++) {
        const struct before *before = &befores.items[i];
        struct part key = {.month = before->month, .uid = before->resource};
        if (seeing->count == 0 ||
            !bsearch(&key, seeing->parts, seeing->count, sizeof key, by_resource)) {
            int gone = store_use_unsee(asking->counter->store, before->month, system,
                                       before->resource, asking->error);
            *moved |= gone > 0;
            status = gone < 0 ? -1 : 0;
        }
    }
    return status;
}

/* For rules that judge resources one by one. */
static int see_resources(struct seeing *seeing, bool *moved)
{
    int status = 0;
    if (!any_per_resource(seeing->making->policy)) {
        return 0;
    }
    if (seeing->count) {
        qsort(seeing->parts, seeing->count, sizeof *seeing->parts, by_telling);
    }
    for (size_t i = 0; i < seeing->count && status == 0; i++) {
        const struct part *part = &seeing->parts[i];
        bool again = i + 1 < seeing->count && by_resource(part, part + 1) == 0;
        int changed = part->whole || again
                          ? 0
                          : put_seen(seeing, part->month, part->uid, part->run, part->facts);
        *moved |= changed > 0;
        status = changed < 0 ? -1 : 0;
    }
    return status ? status : unsee_others(seeing, moved);
}

int use_see(struct making *making, const struct mapping *mapping, int64_t system)
{
    struct asking *asking = making->asking;
    struct seeing seeing = {.making = making,
                            .mapping = mapping,
                            .sizing = sizing_of(asking, making->policy),
                            .system = period_system(making, system)};
    bool moved = false;
    int year, number, status;
    day_to_civil(making->day, &year, &number, NULL);
    seeing.first = month_number(year, number) - MONTHS + 1;
    status = seeing.system ? gather(&seeing) : 0;
    for (int i = 0; i < MONTHS && seeing.system && status == 0; i++) {
        int changed = see_month(&seeing, seeing.first + i);
        moved |= changed > 0;
        status = changed < 0 ? -1 : 0;
    }
    status = status || !seeing.system ? status : see_resources(&seeing, &moved);
    return status || !moved ? status
                            : store_mark_set(asking->counter->store, USE_MOVED, 1, asking->error);
}
