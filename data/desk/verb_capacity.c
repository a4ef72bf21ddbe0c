/* verb_capacity.c: what the platform has, what of it is used or promised, and when it will be full.
 */
#include <stdlib.h>
#include <string.h>

#include "core/trend.h"
#include "core/usage.h"
#include "data/desk/platform.h"
#include "data/desk/versions.h"

enum { BEHIND_MOST = 36, RUNS_PAGE = 500, FAR_MOST = 120 };

struct system_sum { /* what is there of a system, or of one of its projects */
    int64_t system;
    int64_t vcpus, ram, disk;
};
struct capacity {
    struct asking *asking;
    const struct policy *policy;
    struct mapping mapping;
    struct platform now;
    int64_t given[POLICY_SET_MOST], unused[POLICY_SET_MOST], beyond[POLICY_SET_MOST];
    int64_t approved[POLICY_SET_MOST]; /* reserved by open cases */
    struct system_sum *systems;        /* by system, once they are all there */
    size_t system_count;
    const struct vendor_row *vendor; /* at hand */
    int32_t month;                   /* this one */
    int behind, ahead;
    struct trend_point points[POLICY_SET_MOST][BEHIND_MOST];
    size_t point_count;
};

/* ---- what was given and is not there yet ---- */

static int take_held(void *self, const struct held *held)
{
    struct capacity *capacity = self;
    const struct project *project =
        mapping_project(&capacity->mapping, capacity->vendor->id, held->project);
    bool counts = strcmp(held->kind, "server") == 0 || strcmp(held->kind, "volume") == 0;
    if (!counts || !project || project->system == 0) {
        return 0;
    }
    capacity->systems[capacity->system_count++] = (struct system_sum){
        .system = project->system, .vcpus = held->vcpus, .ram = held->ram, .disk = held->disk};
    return 0;
}

static int by_system(const void *left, const void *right)
{
    int64_t a = ((const struct system_sum *)left)->system;
    int64_t b = ((const struct system_sum *)right)->system;
    return (a > b) - (a < b);
}

/* One a system, in their order. */
static void add_up(struct capacity *capacity)
{
    struct system_sum *systems = capacity->systems;
    size_t count = 0;
    if (capacity->system_count) {
        qsort(systems, capacity->system_count, sizeof *systems, by_system);
    }
    for (size_t i = 0; i < capacity->system_count; i++) {
        struct system_sum *last = count ? &systems[count - 1] : NULL;
        if (!last || last->system != systems[i].system) {
            systems[count++] = systems[i];
        } else {
            last->vcpus += systems[i].vcpus;
            last->ram += systems[i].ram;
            last->disk += systems[i].disk;
        }
    }
    capacity->system_count = count;
}

static int read_held(struct capacity *capacity)
{
    struct asking *asking = capacity->asking;
    const struct mapping *mapping = &capacity->mapping;
    int status = 0;
    capacity->systems =
        arena_array(asking->arena, 2 * mapping->project_count + 1, sizeof *capacity->systems);
    if (!capacity->systems) {
        return error_memory(asking->error);
    }
    for (size_t i = 0; i < mapping->vendor_count && status == 0; i++) {
        struct resource_want want = {.vendor = mapping->vendors[i].id};
        capacity->vendor = &mapping->vendors[i];
        status = store_held(asking->counter->store, &want, take_held, capacity, asking->error);
    }
    add_up(capacity);
    return status;
}

static int64_t seen_of(const struct capacity *capacity, int64_t system, int32_t measure)
{
    struct system_sum key = {.system = system};
    const struct system_sum *sum =
        capacity->system_count
            ? bsearch(&key, capacity->systems, capacity->system_count, sizeof key, by_system)
            : NULL;
    int64_t seen = sum ? sized(&capacity->now.sizing, measure, sum->vcpus, sum->ram, sum->disk) : 0;
    return seen > 0 ? seen : 0;
}

static int take_system(void *self, struct entry *system)
{
    struct capacity *capacity = self;
    struct asking *asking = capacity->asking;
    bool online = system_online(asking, system);
    for (int32_t m = 0; m < capacity->policy->measures.count; m++) {
        struct value has = system_has(asking, asking->counter->current, system, m);
        int64_t given = online && has.known ? has.n : 0;
        int64_t seen = seen_of(capacity, system->thing.id, m);
        capacity->given[m] += given;
        capacity->unused[m] += given > seen ? given - seen : 0;
        capacity->beyond[m] += seen > given ? seen - given : 0;
    }
    return 0;
}

/* What systems were given and does not stand yet, and what open cases have reserved, less what
 * stands beyond what was given: that is where theirs is. */
static int read_promised(struct capacity *capacity)
{
    struct asking *asking = capacity->asking;
    int status = read_held(capacity);
    status = status ? status : book_each(asking, BOOK_SYSTEM, 0, BOOK_ALL, take_system, capacity);
    for (int32_t m = 0; m < capacity->policy->measures.count && status == 0; m++) {
        status =
            store_reserved(asking->counter->store, NULL, capacity->policy->measures.items[m].name,
                           &capacity->approved[m], asking->error);
        int64_t left = capacity->approved[m] - capacity->beyond[m];
        capacity->unused[m] += left > 0 ? left : 0;
    }
    return status;
}

/* ---- the months behind ---- */

struct ends { /* the run that was in force at the end of each month */
    struct capacity *capacity;
    int64_t runs[BEHIND_MOST]; /* the latest month first; 0 none */
    int64_t last;
    int64_t seen;
};

static int32_t month_of(int64_t local)
{
    int year, month;
    day_to_civil(moment_day(local), &year, &month, NULL);
    return month_number(year, month);
}

static int take_run(void *self, const struct run_row *row)
{
    struct ends *ends = self;
    struct capacity *capacity = ends->capacity;
    int back = capacity->month - month_of(to_local(capacity->asking->counter, row->began));
    ends->last = row->id;
    ends->seen++;
    for (int i = 0; row->state == SYNC_APPLIED && i <= back && i < capacity->behind; i++) {
        ends->runs[i] = ends->runs[i] ? ends->runs[i] : row->id; /* the latest comes first */
    }
    return 0;
}

static int find_runs(struct capacity *capacity, const struct vendor_row *vendor, struct ends *ends)
{
    struct asking *asking = capacity->asking;
    int status;
    *ends = (struct ends){.capacity = capacity};
    do {
        ends->seen = 0;
        status = store_runs(asking->counter->store, vendor->id, ends->last, RUNS_PAGE,
                            asking->arena, take_run, ends, asking->error);
    } while (status == 0 && ends->seen == RUNS_PAGE && !ends->runs[capacity->behind - 1]);
    return status;
}

/* What was used at the end of the month I back, where every vendor's inventory is known of it. */
static int read_month(struct capacity *capacity, const struct ends *found, int i)
{
    const struct mapping *mapping = &capacity->mapping;
    struct platform then;
    bool all = platform_begin(&then, capacity->asking);
    int status = 0;
    for (size_t v = 0; v < mapping->vendor_count && status == 0; v++) {
        bool meant = mapping->vendors[v].run > 0;
        all = all && (!meant || found[v].runs[i]);
        status = meant && all ? platform_add(&then, &mapping->vendors[v], found[v].runs[i]) : 0;
    }
    for (int32_t m = 0; m < capacity->policy->measures.count && all && then.count; m++) {
        capacity->points[m][capacity->point_count] =
            (struct trend_point){capacity->month - i, platform_load(&then, m).used};
    }
    capacity->point_count += all && then.count;
    return status;
}

/* No vendor was asked between the month I back and the one after it, of which we know: it is used
 * as it was. */
static bool as_after(struct capacity *capacity, const struct ends *found, int i)
{
    size_t count = capacity->point_count;
    bool same =
        i > 0 && count > 0 && capacity->points[0][count - 1].month == capacity->month - i + 1;
    for (size_t v = 0; v < capacity->mapping.vendor_count; v++) {
        same = same && found[v].runs[i] == found[v].runs[i - 1];
    }
    for (int32_t m = 0; m < capacity->policy->measures.count && same; m++) {
        capacity->points[m][count] =
            (struct trend_point){capacity->month - i, capacity->points[m][count - 1].amount};
    }
    capacity->point_count += same;
    return same;
}

static int read_months(struct capacity *capacity)
{
    const struct mapping *mapping = &capacity->mapping;
    struct asking *asking = capacity->asking;
    struct ends *found = arena_array(asking->arena, mapping->vendor_count + 1, sizeof *found);
    int status = found ? 0 : error_memory(asking->error);
    for (size_t v = 0; v < mapping->vendor_count && status == 0; v++) {
        status = find_runs(capacity, &mapping->vendors[v], &found[v]);
    }
    for (int i = 0; i < capacity->behind && status == 0; i++) {
        status = as_after(capacity, found, i) ? 0 : read_month(capacity, found, i);
    }
    return status;
}

/* ---- the reply ---- */

/* Whole units, a tenth where there is one. */
static void put_amount(struct table *table, bool known, int64_t micro)
{
    struct text text = {0};
    int64_t tenth = MICRO / 10;
    text_add_decimal(&text, (micro + (micro < 0 ? -tenth : tenth) / 2) / tenth * tenth);
    table_text(table, known ? text_bytes(&text) : NULL);
    text_free(&text);
}

static void put_load(struct table *table, const struct load *load)
{
    put_amount(table, load->told, load->total);
    put_amount(table, load->told, load->reserved);
    put_amount(table, load->told, load->usable - (load->total - load->reserved));
    put_amount(table, load->told, load->usable);
    put_amount(table, true, load->used);
    put_amount(table, load->told, load->usable - load->used);
}

#define LOAD_COLUMNS                                                                               \
    {"total", CELL_NUMBER, N_("in all")}, {"reserved", CELL_NUMBER, N_("kept back")},              \
        {"over", CELL_NUMBER, N_("overcommitted")}, {"usable", CELL_NUMBER, N_("may be given")},   \
        {"used", CELL_NUMBER, N_("in use")},                                                       \
    {                                                                                              \
        "left", CELL_NUMBER, N_("left")                                                            \
    }

static void put_places(const struct capacity *capacity)
{
    static const struct column columns[] = {{"vendor", CELL_NAME, N_("vendor")},
                                            {"region", CELL_NAME, N_("region")},
                                            {"zone", CELL_NAME, N_("zone")},
                                            {"providers", CELL_NUMBER, N_("hypervisors")},
                                            {"measure", CELL_NAME, N_("measure")},
                                            {"title", CELL_TEXT, N_("measure")},
                                            LOAD_COLUMNS,
                                            {"at", CELL_MOMENT, N_("as of")}};
    const struct labels measures = capacity->policy->measures;
    struct table *table =
        parcel_table(capacity->asking->reply, "places", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < capacity->now.count; i++) {
        const struct site *place = &capacity->now.places[i];
        for (int32_t m = 0; m < measures.count; m++) {
            table_text(table, place->vendor->name);
            table_text(table, *place->region ? place->region : NULL);
            table_text(table, *place->zone ? place->zone : NULL);
            table_int(table, place->providers);
            table_text(table, measures.items[m].name);
            table_both(table, measures.items[m].zh, measures.items[m].en);
            put_load(table, &place->loads[m]);
            table_moment(table, to_local(capacity->asking->counter, place->vendor->run_at));
        }
    }
}

static void put_month(struct table *table, int32_t month)
{
    struct text text = {0};
    text_addf(&text, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
    table_text(table, text_bytes(&text));
    text_free(&text);
}

struct outlook { /* of a measure */
    struct load load;
    struct value limit;  /* what may be given; else what the contracts say */
    bool known;          /* there is a trend */
    int64_t slope, base; /* BASE: used, and promised */
};

static struct outlook outlook_of(const struct capacity *capacity, int32_t measure)
{
    const char *name = capacity->policy->measures.items[measure].name;
    struct outlook out = {.load = platform_load(&capacity->now, measure)};
    out.known = trend_slope(capacity->points[measure], capacity->point_count, &out.slope);
    out.base = out.load.used + capacity->unused[measure];
    out.limit = out.load.told
                    ? value_of(out.load.usable)
                    : platform_quota(capacity->asking, name, moment_day(capacity->asking->now));
    return out;
}

static int64_t forecast(const struct outlook *outlook, int months)
{
    int64_t amount = outlook->base + outlook->slope * months;
    return amount > 0 ? amount : 0;
}

static void put_full(const struct capacity *capacity, struct table *table,
                     const struct outlook *outlook)
{
    bool asked = outlook->limit.known && (outlook->known || outlook->base >= outlook->limit.n);
    int32_t in =
        asked ? trend_reaches(outlook->base, outlook->slope, outlook->limit.n, FAR_MOST) : -1;
    if (in < 0) {
        table_text(table, NULL);
    } else {
        put_month(table, capacity->month + in);
    }
}

static void put_platform(const struct capacity *capacity)
{
    static const struct column columns[] = {{"measure", CELL_NAME, N_("measure")},
                                            {"title", CELL_TEXT, N_("measure")},
                                            {"contract", CELL_NUMBER, N_("contract")},
                                            LOAD_COLUMNS,
                                            {"given", CELL_NUMBER, N_("given away")},
                                            {"approved", CELL_NUMBER, N_("reserved by open cases")},
                                            {"unused", CELL_NUMBER, N_("approved, not used yet")},
                                            {"slope", CELL_NUMBER, N_("growth a month")},
                                            {"forecast", CELL_NUMBER, N_("forecast")},
                                            {"full", CELL_NAME, N_("full in")}};
    struct asking *asking = capacity->asking;
    struct table *table =
        parcel_table(asking->reply, "platform", columns, sizeof columns / sizeof *columns);
    for (int32_t m = 0; m < capacity->policy->measures.count; m++) {
        const struct label *label = &capacity->policy->measures.items[m];
        struct value quota = platform_quota(asking, label->name, moment_day(asking->now));
        struct outlook outlook = outlook_of(capacity, m);
        table_text(table, label->name);
        table_both(table, label->zh, label->en);
        put_amount(table, quota.known, quota.n);
        put_load(table, &outlook.load);
        put_amount(table, true, capacity->given[m]);
        put_amount(table, true, capacity->approved[m]);
        put_amount(table, true, capacity->unused[m]);
        put_amount(table, outlook.known, outlook.slope);
        put_amount(table, outlook.known, forecast(&outlook, capacity->ahead));
        put_full(capacity, table, &outlook);
    }
}

/* The months that the forecast goes by, and those it reaches, oldest first. */
static void put_months(const struct capacity *capacity)
{
    static const struct column columns[] = {{"measure", CELL_NAME, N_("measure")},
                                            {"month", CELL_NAME, N_("month")},
                                            {"amount", CELL_NUMBER, N_("in use")},
                                            {"forecast", CELL_YESNO, N_("forecast")}};
    struct table *table = parcel_table(capacity->asking->reply, "months", columns, 4);
    for (int32_t m = 0; m < capacity->policy->measures.count; m++) {
        struct outlook outlook = outlook_of(capacity, m);
        const char *name = capacity->policy->measures.items[m].name;
        for (size_t i = capacity->point_count; i-- > 0;) {
            table_text(table, name);
            put_month(table, capacity->points[m][i].month);
            put_amount(table, true, capacity->points[m][i].amount);
            table_yesno(table, false);
        }
        for (int i = 1; i <= capacity->ahead && outlook.known; i++) {
            table_text(table, name);
            put_month(table, capacity->month + i);
            put_amount(table, true, forecast(&outlook, i));
            table_yesno(table, true);
        }
    }
}

static int read_now(struct capacity *capacity)
{
    int status = platform_begin(&capacity->now, capacity->asking)
                     ? mapping_read(capacity->asking, 0, 0, &capacity->mapping)
                     : error_memory(capacity->asking->error);
    for (size_t i = 0; i < capacity->mapping.vendor_count && status == 0; i++) {
        const struct vendor_row *vendor = &capacity->mapping.vendors[i];
        status = vendor->run ? platform_add(&capacity->now, vendor, vendor->run) : 0;
    }
    return status;
}

int verb_capacity(struct asking *asking)
{
    const struct options *options = asking->counter->options;
    if (must_see_inventory(asking) != 0) {
        return -1;
    }
    struct capacity *capacity = arena_array(asking->arena, 1, sizeof *capacity);
    if (!capacity) {
        return error_memory(asking->error);
    }
    *capacity = (struct capacity){.asking = asking,
                                  .policy = asking->counter->current->policy,
                                  .month = month_of(asking->now),
                                  .behind = (int)options_number(options, "capacity.months"),
                                  .ahead = (int)options_number(options, "capacity.ahead")};
    if (read_now(capacity) != 0 || read_promised(capacity) != 0 || read_months(capacity) != 0) {
        return -1;
    }
    parcel_put_int(asking->reply, "behind", (int64_t)capacity->point_count);
    parcel_put_int(asking->reply, "ahead", capacity->ahead);
    put_platform(capacity);
    put_places(capacity);
    put_months(capacity);
    return 0;
}
