/* verb_resources.c: what the platform has and gave away, and what each system has and uses, with
 * the months of a year. */
#include <stdlib.h>
#include <string.h>

#include "core/value.h"
#include "data/desk/inside.h"
#include "data/store/use.h"

enum { MONTHS = 12 };

struct used { /* of a system: percent in millionths, by measure and month; -1 not measured */
    int64_t average[POLICY_SET_MOST][MONTHS];
    int64_t peak[POLICY_SET_MOST];
    bool seen; /* the latest month's, by a sync; else reported */
    int64_t at;
};
struct resources {
    struct asking *asking;
    const struct policy *policy;
    int32_t first; /* month of index 0 */
    int32_t last;
    const struct entry *system;
    struct used used;
    struct table *table;
    struct text flags;              /* rules on use that hold for the system */
    int64_t given[POLICY_SET_MOST]; /* to all that are in use, by measure */
};

static void clear(struct used *used)
{
    used->seen = false;
    used->at = 0;
    for (int m = 0; m < POLICY_SET_MOST; m++) {
        used->peak[m] = -1;
        for (int i = 0; i < MONTHS; i++) {
            used->average[m][i] = -1;
        }
    }
}

/* The figure NAME.MEASURE of FACTS; -1 where it is not there. */
static int64_t figure(const struct resources *r, const char *facts, const char *name, int measure)
{
    struct text key = {0};
    int64_t number = -1;
    text_addf(&key, "%s.%s", name, r->policy->measures.items[measure].name);
    const char *value = fact_find(facts, text_bytes(&key), r->asking->arena);
    if (value && !decimal_parse(value, strlen(value), &number)) {
        number = -1;
    }
    text_free(&key);
    return number;
}

static int take_use(void *self, const struct use_row *row)
{
    struct resources *r = self;
    int at = row->month - r->first;
    if (*row->resource || at < 0 || at >= MONTHS) {
        return 0;
    }
    for (int m = 0; m < r->policy->measures.count; m++) {
        r->used.average[m][at] = figure(r, row->facts, "avg", m);
        r->used.peak[m] = figure(r, row->facts, "peak", m);
    }
    r->used.seen = strcmp(row->source, USE_SEEN) == 0;
    r->used.at = row->at;
    return 0;
}

static void put_percent(struct table *table, int64_t micro)
{
    if (micro < 0) {
        table_text(table, NULL);
    } else {
        table_int(table, (micro + 500000) / 1000000);
    }
}

static void put_trend(struct table *table, const int64_t *average)
{
    struct text trend = {0};
    for (int i = 0; i < MONTHS; i++) {
        text_add(&trend, i ? " " : "");
        text_add_int(&trend, average[i] < 0 ? -1 : average[i] / 1000000);
    }
    table_text(table, text_bytes(&trend));
    text_free(&trend);
}

static int64_t latest(const int64_t *average)
{
    for (int i = MONTHS - 1; i >= 0; i--) {
        if (average[i] >= 0) {
            return average[i];
        }
    }
    return -1;
}

static void put_system(struct resources *r, int measure)
{
    const struct label *label = &r->policy->measures.items[measure];
    struct value has = system_has(r->asking, r->asking->counter->current, r->system, measure);
    const struct entry *org = r->system->parent;
    table_text(r->table, r->system->thing.code);
    table_text(r->table, r->system->thing.name);
    table_text(r->table, org ? org->thing.name : NULL);
    table_text(r->table, label->name);
    table_both(r->table, label->zh, label->en);
    if (has.known) {
        table_int(r->table, has.n / 1000000);
    } else {
        table_text(r->table, NULL);
    }
    put_percent(r->table, latest(r->used.average[measure]));
    put_percent(r->table, r->used.peak[measure]);
    put_trend(r->table, r->used.average[measure]);
    table_text(r->table, r->flags.length ? text_bytes(&r->flags) : NULL);
    bool some = latest(r->used.average[measure]) >= 0;
    table_text(r->table, !some ? NULL : r->used.seen ? USE_SEEN : USE_REPORTED);
    table_moment(r->table,
                 some && r->used.at ? to_local(r->asking->counter, r->used.at) : MOMENT_NONE);
}

static void put_platform(struct resources *r, struct table *table)
{
    for (int m = 0; m < r->policy->measures.count && r->asking->sees_all; m++) {
        const struct label *label = &r->policy->measures.items[m];
        struct value quota = platform_quota(r->asking, label->name, moment_day(r->asking->now));
        table_text(table, label->name);
        table_both(table, label->zh, label->en);
        if (quota.known) {
            table_int(table, quota.n / 1000000);
        } else {
            table_text(table, NULL);
        }
        table_int(table, r->given[m] / 1000000);
    }
}

static void add_given(struct resources *r)
{
    for (int m = 0; m < r->policy->measures.count; m++) {
        struct value has = system_has(r->asking, r->asking->counter->current, r->system, m);
        r->given[m] += has.known ? has.n : 0;
    }
}

static int take_system(void *self, struct entry *system)
{
    struct resources *r = self;
    struct asking *asking = r->asking;
    int status = 0;
    r->system = system;
    if (!system_online(asking, system)) {
        return 0;
    }
    add_given(r);
    if (!sees_entry(asking, BOOK_SYSTEM, system)) {
        return 0;
    }
    clear(&r->used);
    status = store_use(asking->counter->store, system->thing.id, r->first, r->last,
                       r->policy->figures, take_use, r, asking->error);
    text_clear(&r->flags);
    status = status ? status : use_flags(asking, system, r->last, &r->flags);
    for (int m = 0; m < r->policy->measures.count && status == 0; m++) {
        put_system(r, m);
    }
    return status;
}

static int take_vendor(void *self, const struct vendor_row *row)
{
    int64_t *oldest = self;
    *oldest = row->run && (*oldest == 0 || row->run_at < *oldest) ? row->run_at : *oldest;
    return 0;
}

/* Of when the inventories are that stand: the oldest of them. */
static int put_age(struct asking *asking)
{
    int64_t oldest = 0;
    int status =
        store_vendors(asking->counter->store, asking->arena, take_vendor, &oldest, asking->error);
    if (oldest) {
        parcel_put_moment(asking->reply, "inventory_at", to_local(asking->counter, oldest));
    }
    return status;
}

int verb_resources(struct asking *asking)
{
    static const struct column platform_columns[] = {{"measure", CELL_NAME, N_("measure")},
                                                     {"title", CELL_TEXT, N_("measure")},
                                                     {"quota", CELL_NUMBER, N_("contract")},
                                                     {"given", CELL_NUMBER, N_("given away")}};
    static const struct column columns[] = {
        {"code", CELL_NAME, N_("code")},           {"name", CELL_TEXT, N_("system")},
        {"org", CELL_TEXT, N_("organisation")},    {"measure", CELL_NAME, N_("measure")},
        {"title", CELL_TEXT, N_("measure")},       {"has", CELL_NUMBER, N_("has")},
        {"average", CELL_NUMBER, N_("average %")}, {"peak", CELL_NUMBER, N_("peak %")},
        {"trend", CELL_TEXT, N_("twelve months")}, {"flags", CELL_TEXT, N_("rules that hold")},
        {"source", CELL_NAME, N_("figures from")}, {"at", CELL_MOMENT, N_("as of")}};
    struct resources r = {.asking = asking, .policy = asking->counter->current->policy};
    int year, month, status;
    day_to_civil(moment_day(asking->now), &year, &month, NULL);
    status = store_use_month(asking->counter->store, year * 12 + month - 1, &r.last, asking->error);
    r.first = r.last - MONTHS + 1;
    parcel_put_int(asking->reply, "year", r.last / 12);
    parcel_put_int(asking->reply, "month", r.last % 12 + 1);
    status = status ? status : put_age(asking);
    const char *asked_for = asked(asking, "system");
    if (asked_for && status == 0) {
        const struct entry *system = entry_asked(asking, BOOK_SYSTEM, asked_for, 0);
        return system ? use_months(asking, system, r.last) : refuse_access(asking, asked_for);
    }
    struct table *platform = parcel_table(asking->reply, "platform", platform_columns, 4);
    r.table = parcel_table(asking->reply, "systems", columns, 12);
    status = status ? status : book_each(asking, BOOK_SYSTEM, 0, BOOK_ALL, take_system, &r);
    if (status == 0) {
        put_platform(&r, platform);
    }
    text_free(&r.flags);
    return status;
}
