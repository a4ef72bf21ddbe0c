/* verb_inventory.c: what vendors' clouds hold, and the runs that brought it. */
#include <string.h>

#include "data/desk/versions.h"
#include "data/store/use.h"

enum { INVENTORY_MOST = 1000, INVENTORY_PAGE = 50 };

static void put_utc(struct asking *asking, struct table *table, int64_t utc)
{
    table_moment(table, utc ? to_local(asking->counter, utc) : MOMENT_NONE);
}

/* ---- vendors ---- */

struct showing {
    struct asking *asking;
    struct table *table;
    int64_t shown, limit;
};

static const char *state_name(enum sync_state state)
{
    static const char *const names[] = {[SYNC_GOING] = "going",
                                        [SYNC_STAGED] = "staged",
                                        [SYNC_APPLIED] = "applied",
                                        [SYNC_FAILED] = "failed",
                                        [SYNC_CANCELLED] = "cancelled"};
    return names[state];
}

static int put_vendor(void *self, const struct vendor_row *row)
{
    struct showing *showing = self;
    struct run_row pending;
    int there = store_run_pending(showing->asking->counter->store, row->id, showing->asking->arena,
                                  &pending, showing->asking->error);
    table_text(showing->table, row->name);
    table_int(showing->table, row->run);
    put_utc(showing->asking, showing->table, row->run_at);
    put_utc(showing->asking, showing->table, row->full_at);
    table_yesno(showing->table, inventory_is_old(showing->asking, row->run_at));
    table_text(showing->table, there == 1 ? state_name(pending.state) : NULL);
    if (there == 1) {
        table_int(showing->table, pending.id);
    } else {
        table_text(showing->table, NULL);
    }
    return there < 0 ? -1 : 0;
}

int verb_vendors(struct asking *asking)
{
    static const struct column columns[] = {
        {"vendor", CELL_NAME, N_("vendor")},    {"run", CELL_NUMBER, N_("run in force")},
        {"at", CELL_MOMENT, N_("as of")},       {"full_at", CELL_MOMENT, N_("listed whole")},
        {"stale", CELL_YESNO, N_("old")},       {"pending", CELL_NAME, N_("under way")},
        {"pending_run", CELL_NUMBER, N_("run")}};
    struct showing showing = {.asking = asking};
    if (must_see_inventory(asking) != 0) {
        return -1;
    }
    showing.table = parcel_table(asking->reply, "vendors", columns, 7);
    return store_vendors(asking->counter->store, asking->arena, put_vendor, &showing,
                         asking->error);
}

/* The vendor that is asked for, 0 where none is. */
static int vendor_meant(struct asking *asking, struct vendor_row *out)
{
    *out = (struct vendor_row){0};
    return asked(asking, "vendor") ? vendor_named(asking, out) : 0;
}

/* ---- runs ---- */

static int put_run(void *self, const struct run_row *row)
{
    static const char *const said[] = {"what", "request", "page", "packed", "again", "services"};
    struct showing *showing = self;
    struct asking *asking = showing->asking;
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, row->person);
    struct vendor_row vendor = {0};
    struct table *table = showing->table;
    if (store_vendor_by_id(asking->counter->store, row->vendor, asking->arena, &vendor,
                           asking->error) != 0) {
        return -1;
    }
    const int64_t counts[] = {row->count.rows,   row->count.made,  row->count.changed,
                              row->count.gone,   row->count.pages, row->count.bytes,
                              row->count.retries};
    table_int(table, row->id);
    table_text(table, vendor.name);
    put_utc(asking, table, row->began);
    put_utc(asking, table, row->ended);
    if (row->ended > 0) {
        table_int(table, row->ended - row->began);
    } else {
        table_text(table, NULL);
    }
    table_yesno(table, row->full);
    table_text(table, state_name(row->state));
    table_text(table, who ? who->thing.name : NULL);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        table_int(table, counts[i]);
    }
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        table_text(table, fact_find(row->said, said[i], asking->arena));
    }
    return 0;
}

int verb_runs(struct asking *asking)
{
    static const struct column columns[] = {{"run", CELL_NUMBER, N_("run")},
                                            {"vendor", CELL_NAME, N_("vendor")},
                                            {"began", CELL_MOMENT, N_("began")},
                                            {"ended", CELL_MOMENT, N_("ended")},
                                            {"took", CELL_NUMBER, N_("seconds")},
                                            {"full", CELL_YESNO, N_("whole")},
                                            {"state", CELL_NAME, N_("result")},
                                            {"by", CELL_TEXT, N_("by")},
                                            {"rows", CELL_NUMBER, N_("resources")},
                                            {"made", CELL_NUMBER, N_("new")},
                                            {"changed", CELL_NUMBER, N_("changed")},
                                            {"gone", CELL_NUMBER, N_("vanished")},
                                            {"pages", CELL_NUMBER, N_("pages")},
                                            {"bytes", CELL_NUMBER, N_("bytes")},
                                            {"retries", CELL_NUMBER, N_("tried again")},
                                            {"what", CELL_TEXT, N_("what went wrong")},
                                            {"request", CELL_TEXT, N_("request")},
                                            {"page", CELL_NUMBER, N_("page")},
                                            {"packed", CELL_NUMBER, N_("bytes, packed")},
                                            {"again", CELL_NAME, N_("why tried again")},
                                            {"services", CELL_NAME, N_("services asked")}};
    struct showing showing = {.asking = asking};
    struct vendor_row vendor;
    int64_t limit = parcel_int(asking->request, "limit", INVENTORY_PAGE);
    if (must_see_inventory(asking) != 0 || vendor_meant(asking, &vendor) != 0) {
        return -1;
    }
    limit = limit < 1 || limit > INVENTORY_MOST ? INVENTORY_MOST : limit;
    showing.table = parcel_table(asking->reply, "runs", columns, sizeof columns / sizeof *columns);
    return store_runs(asking->counter->store, vendor.id, parcel_int(asking->request, "before", 0),
                      limit, asking->arena, put_run, &showing, asking->error);
}

/* ---- what they hold ---- */

static void put_amount(struct table *table, int64_t amount)
{
    if (amount < 0) {
        table_text(table, NULL);
    } else {
        table_int(table, amount);
    }
}

static int put_resource(void *self, const struct resource_row *row)
{
    struct showing *showing = self;
    struct table *table = showing->table;
    const char *const texts[] = {row->kind, row->uid,    row->region, row->project,
                                 row->name, row->status, row->zone};
    if (showing->shown == showing->limit) {
        parcel_put(showing->asking->reply, "more", "yes");
        return 1;
    }
    showing->shown++;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        table_text(table, texts[i]);
    }
    put_amount(table, row->vcpus);
    put_amount(table, row->ram);
    put_amount(table, row->disk);
    table_moment(table, run_moment(showing->asking, row->first));
    table_moment(table, run_moment(showing->asking, row->from));
    table_moment(table, run_moment(showing->asking, row->to));
    table_text(table, row->gone ? "gone" : row->to ? "replaced" : "here");
    table_int(table, row->from);
    table_text(table, row->facts);
    return 0;
}

int verb_inventory(struct asking *asking)
{
    static const struct column columns[] = {
        {"kind", CELL_NAME, N_("kind")},          {"uid", CELL_NAME, N_("id")},
        {"region", CELL_NAME, N_("region")},      {"project", CELL_NAME, N_("project")},
        {"name", CELL_NAME, N_("name")},          {"status", CELL_NAME, N_("status")},
        {"zone", CELL_NAME, N_("zone")},          {"vcpus", CELL_NUMBER, N_("cores")},
        {"ram", CELL_NUMBER, N_("memory, MiB")},  {"disk", CELL_NUMBER, N_("disk, GiB")},
        {"first", CELL_MOMENT, N_("first seen")}, {"since", CELL_MOMENT, N_("so since")},
        {"until", CELL_MOMENT, N_("until")},      {"state", CELL_NAME, N_("state")},
        {"run", CELL_NUMBER, N_("run")},          {"facts", CELL_NAME, N_("further")}};
    struct showing showing = {.asking = asking};
    struct vendor_row vendor;
    int64_t limit = parcel_int(asking->request, "limit", INVENTORY_PAGE);
    if (must_see_inventory(asking) != 0 || vendor_named(asking, &vendor) != 0) {
        return -1;
    }
    showing.limit = limit < 1 || limit > INVENTORY_MOST ? INVENTORY_MOST : limit;
    struct resource_want want = {.vendor = vendor.id,
                                 .kind = asked(asking, "kind"),
                                 .project = asked(asking, "project"),
                                 .uid = asked(asking, "uid"),
                                 .run = parcel_int(asking->request, "run", 0),
                                 .differs = parcel_int(asking->request, "differs", 0),
                                 .history = parcel_yes(asking->request, "history"),
                                 .after_kind = asked(asking, "after_kind"),
                                 .after_uid = asked(asking, "after_uid"),
                                 .limit = showing.limit + 1};
    if (want.after_kind && !want.after_uid) {
        want.after_uid = "";
    }
    showing.table =
        parcel_table(asking->reply, "inventory", columns, sizeof columns / sizeof *columns);
    return store_resources(asking->counter->store, &want, asking->arena, put_resource, &showing,
                           asking->error);
}

/* ---- what of it is used ---- */

static int put_metered(void *self, const struct metered *row)
{
    struct showing *showing = self;
    struct text month = {0};
    text_addf(&month, "%04d-%02d", (int)(row->month / 12), (int)(row->month % 12 + 1));
    table_text(showing->table, text_bytes(&month));
    table_text(showing->table, *row->system ? row->system : NULL);
    table_int(showing->table, row->from);
    table_moment(showing->table, run_moment(showing->asking, row->from));
    table_text(showing->table, row->to ? "replaced" : "here");
    table_text(showing->table, row->facts);
    text_free(&month);
    return 0;
}

int verb_metered(struct asking *asking)
{
    static const struct column columns[] = {
        {"month", CELL_NAME, N_("month")}, {"system", CELL_TEXT, N_("system")},
        {"run", CELL_NUMBER, N_("run")},   {"since", CELL_MOMENT, N_("so since")},
        {"state", CELL_NAME, N_("state")}, {"facts", CELL_NAME, N_("figures")}};
    struct showing showing = {.asking = asking};
    struct vendor_row vendor;
    const char *uid;
    if (must_see_inventory(asking) != 0 || vendor_named(asking, &vendor) != 0 ||
        must_ask(asking, "uid", &uid) != 0) {
        return -1;
    }
    showing.table = parcel_table(asking->reply, "metered", columns, 6);
    return store_metered_history(asking->counter->store, vendor.id, uid, put_metered, &showing,
                                 asking->error);
}
