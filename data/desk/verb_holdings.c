/* verb_holdings.c: what vendors' clouds hold of one system beside what it was given, and one
 * resource with all that became of it. */
#include <string.h>

#include "data/desk/drift_judge.h"
#include "data/desk/versions.h"

enum { VERSIONS_MOST = 1000 };

/* ---- as of when ---- */

/* The oldest inventory that tells of it; STALE where it is older than it should be. */
static void put_age(struct asking *asking, int64_t run_at)
{
    if (run_at > 0) {
        parcel_put_moment(asking->reply, "at", to_local(asking->counter, run_at));
        parcel_put(asking->reply, "stale", inventory_is_old(asking, run_at) ? "yes" : "no");
    }
}

static int64_t older(int64_t a, int64_t b)
{
    return a == 0 || (b > 0 && b < a) ? b : a;
}

/* ---- a system ---- */

struct holding {
    struct judging judging;
    struct asking *asking;
    struct table *table;
    int64_t at; /* of the oldest inventory among those that tell of the system; 0 */
};

static void put_measures(const struct judging *judging)
{
    static const struct column columns[] = {{"measure", CELL_NAME, N_("measure")},
                                            {"title", CELL_TEXT, N_("measure")},
                                            {"given", CELL_NUMBER, N_("given")},
                                            {"seen", CELL_NUMBER, N_("there")}};
    const struct policy *policy = judging->making->policy;
    struct table *table = parcel_table(judging->making->asking->reply, "measures", columns, 4);
    const int32_t counted[] = {judging->sizing.cores, judging->sizing.memory, judging->sizing.disk};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (counted[i] < 0) {
            continue;
        }
        const struct label *label = &policy->measures.items[counted[i]];
        const struct value values[] = {judge_amount(judging, counted[i], DRIFT_GIVEN),
                                       judge_amount(judging, counted[i], DRIFT_SEEN)};
        table_text(table, label->name);
        table_both(table, label->zh, label->en);
        for (int v = 0; v < 2; v++) {
            struct text number = {0};
            if (values[v].known) {
                text_add_decimal(&number, values[v].n);
            }
            table_text(table, number.length ? text_bytes(&number) : NULL);
            text_free(&number);
        }
    }
}

static void put_amount(struct table *table, int64_t amount)
{
    if (amount < 0) {
        table_text(table, NULL);
    } else {
        table_int(table, amount);
    }
}

/* The drift of that resource alone. */
static const struct drift *drift_of(const struct judging *judging, const char *vendor,
                                    const struct resource_row *row)
{
    const struct drift *drift = NULL;
    struct text uid = {0};
    text_addf(&uid, "%s/%s/%s", vendor, row->kind, row->uid);
    for (size_t i = 0; i < judging->found_count && !drift; i++) {
        if (strcmp(judging->found[i].uid, text_bytes(&uid)) == 0) {
            drift = &judging->making->policy->drifts[judging->found[i].drift];
        }
    }
    text_free(&uid);
    return drift;
}

static int put_holding(void *self, const struct resource_row *row)
{
    struct holding *holding = self;
    const struct project *project = holding->judging.project;
    const struct drift *drift = drift_of(&holding->judging, project->vendor->name, row);
    const char *const texts[] = {project->vendor->name, row->kind, row->uid, row->name,
                                 row->status,           row->zone};
    holding->at = older(holding->at, project->vendor->run_at);
    if (strcmp(row->kind, "project") == 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        table_text(holding->table, texts[i]);
    }
    put_amount(holding->table, row->vcpus);
    put_amount(holding->table, row->ram);
    put_amount(holding->table, row->disk);
    table_moment(holding->table, run_moment(holding->asking, row->first));
    table_moment(holding->table, run_moment(holding->asking, row->from));
    table_text(holding->table, project->name);
    if (drift) {
        table_both(holding->table, drift->title.zh, drift->title.en);
    } else {
        table_text(holding->table, NULL);
    }
    return 0;
}

/* Where nothing is there the inventories that might have shown it tell so. */
static int64_t oldest_of(const struct mapping *mapping)
{
    int64_t at = 0;
    for (size_t i = 0; i < mapping->vendor_count; i++) {
        at = older(at, mapping->vendors[i].run_at);
    }
    return at;
}

static int put_system(struct holding *holding, const struct entry *system)
{
    struct asking *asking = holding->asking;
    parcel_put(asking->reply, "system", system->thing.name);
    parcel_put(asking->reply, "code", system->thing.code);
    parcel_put(asking->reply, "org", system->parent ? system->parent->thing.name : NULL);
    if (judge_look(&holding->judging, system) != 0) {
        return -1;
    }
    parcel_put_int(asking->reply, "servers", holding->judging.resources);
    put_measures(&holding->judging);
    return reply_drifts(asking, system->thing.id);
}

int verb_holdings(struct asking *asking)
{
    static const struct column columns[] = {
        {"vendor", CELL_NAME, N_("vendor")},    {"kind", CELL_NAME, N_("kind")},
        {"uid", CELL_NAME, N_("id")},           {"name", CELL_NAME, N_("name")},
        {"status", CELL_NAME, N_("status")},    {"zone", CELL_NAME, N_("zone")},
        {"vcpus", CELL_NUMBER, N_("cores")},    {"ram", CELL_NUMBER, N_("memory, MiB")},
        {"disk", CELL_NUMBER, N_("disk, GiB")}, {"first", CELL_MOMENT, N_("first seen")},
        {"since", CELL_MOMENT, N_("so since")}, {"project", CELL_NAME, N_("project")},
        {"drift", CELL_TEXT, N_("drift")}};
    struct making making = judging_now(asking);
    struct holding holding = {.asking = asking};
    const char *name;
    if (must_ask(asking, "system", &name) != 0) {
        return -1;
    }
    const struct entry *system = entry_asked(asking, BOOK_SYSTEM, name, 0);
    if (!system) {
        return refuse_access(asking, name);
    }
    if (judging_begin(&holding.judging, &making) != 0 || put_system(&holding, system) != 0) {
        return -1;
    }
    holding.table =
        parcel_table(asking->reply, "holdings", columns, sizeof columns / sizeof *columns);
    int status = judge_each(&holding.judging, put_holding);
    put_age(asking, holding.at ? holding.at : oldest_of(&holding.judging.mapping));
    return status;
}

/* ---- a resource ---- */

struct versions {
    struct asking *asking;
    struct resource_row *rows; /* the latest first */
    size_t count;
};

static int keep_version(void *self, const struct resource_row *row)
{
    struct versions *versions = self;
    versions->rows[versions->count++] = *row;
    return versions->count == VERSIONS_MOST;
}

static void put_change(struct versions *versions, struct table *table, int64_t run,
                       const char *what, const struct text *changes)
{
    table_moment(table, run_moment(versions->asking, run));
    table_int(table, run);
    table_text(table, what);
    table_text(table, changes && changes->length ? text_bytes(changes) : NULL);
}

/* What became of it, the latest first. */
static void put_changes(struct versions *versions)
{
    static const struct column columns[] = {{"at", CELL_MOMENT, N_("seen")},
                                            {"run", CELL_NUMBER, N_("run")},
                                            {"what", CELL_NAME, N_("what became of it")},
                                            {"changes", CELL_TEXT, N_("changes")}};
    static const struct resource_row nothing = {.vcpus = -1,
                                                .ram = -1,
                                                .disk = -1,
                                                .status = "",
                                                .name = "",
                                                .project = "",
                                                .region = "",
                                                .zone = "",
                                                .facts = ""};
    struct table *table = parcel_table(versions->asking->reply, "changes", columns, 4);
    for (size_t i = 0; i < versions->count; i++) {
        const struct resource_row *now = &versions->rows[i];
        const struct resource_row *was = i + 1 < versions->count ? now + 1 : NULL;
        struct text changes = {0};
        if (now->gone) {
            put_change(versions, table, now->to, "gone", NULL);
        }
        versions_differ(versions->asking, was ? was : &nothing, now, &changes);
        put_change(versions, table, now->from,
                   !was        ? "seen"
                   : was->gone ? "again"
                               : "changed",
                   &changes);
        text_free(&changes);
    }
}

static void put_facts(struct asking *asking, const struct resource_row *row)
{
    static const struct column columns[] = {{"fact", CELL_NAME, N_("fact")},
                                            {"value", CELL_TEXT, N_("value")}};
    struct table *table = parcel_table(asking->reply, "facts", columns, 2);
    const char *at = row->facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        table_text(table, arena_text(asking->arena, name, name_length));
        table_text(table, fact_unescape(asking->arena, value, length));
    }
}

static void put_resource(struct asking *asking, const struct vendor_row *vendor,
                         const struct resource_row *row)
{
    const struct {
        const char *name, *value;
    } pairs[] = {{"vendor", vendor->name},
                 {"kind", row->kind},
                 {"uid", row->uid},
                 {"name", row->name},
                 {"status", row->status},
                 {"region", row->region},
                 {"zone", row->zone},
                 {"project", row->project},
                 {"state", row->gone ? "gone" : "here"}};
    const struct {
        const char *name;
        int64_t amount;
    } amounts[] = {{"vcpus", row->vcpus}, {"ram", row->ram}, {"disk", row->disk}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        parcel_put(asking->reply, pairs[i].name, pairs[i].value);
    }
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        if (amounts[i].amount >= 0) {
            parcel_put_int(asking->reply, amounts[i].name, amounts[i].amount);
        }
    }
    put_facts(asking, row);
}

/* Whose it is; a system's own people may see what it has. -1 with ERROR: not for him. */
static int put_owner(struct asking *asking, struct judging *judging,
                     const struct vendor_row *vendor, const struct resource_row *row)
{
    bool is_project = strcmp(row->kind, "project") == 0;
    const struct project *project =
        mapping_project(&judging->mapping, vendor->id, is_project ? row->uid : row->project);
    const struct entry *system = project && project->system
                                     ? book_by_id(asking->counter, BOOK_SYSTEM, project->system)
                                     : NULL;
    const struct entry *org =
        project && project->parent ? book_by_id(asking->counter, BOOK_ORG, project->parent) : NULL;
    bool own = system && sees_entry(asking, BOOK_SYSTEM, system);
    if (!own && must_see_inventory(asking) != 0) {
        return -1;
    }
    parcel_put(asking->reply, "project_name", project ? project->name : NULL);
    parcel_put(asking->reply, "org", org ? org->thing.name : NULL);
    if (!system) {
        return 0;
    }
    parcel_put(asking->reply, "system", system->thing.name);
    parcel_put(asking->reply, "code", system->thing.code);
    if (judge_look(judging, system) != 0) {
        return -1;
    }
    put_measures(judging);
    return reply_drifts(asking, system->thing.id);
}

int verb_resource(struct asking *asking)
{
    struct making making = judging_now(asking);
    struct judging judging = {.run = parcel_int(asking->request, "run", 0)};
    struct versions versions = {.asking = asking};
    struct vendor_row vendor;
    const char *kind, *uid;
    if (vendor_named(asking, &vendor) != 0 || must_ask(asking, "kind", &kind) != 0 ||
        must_ask(asking, "uid", &uid) != 0) {
        return -1;
    }
    struct resource_want want = {.vendor = vendor.id,
                                 .kind = kind,
                                 .uid = uid,
                                 .run = judging.run,
                                 .history = true,
                                 .limit = VERSIONS_MOST};
    judging.vendor = vendor.id;
    versions.rows = arena_array(asking->arena, VERSIONS_MOST, sizeof *versions.rows);
    if (!versions.rows) {
        return error_memory(asking->error);
    }
    if (judging_begin(&judging, &making) != 0 ||
        store_resources(asking->counter->store, &want, asking->arena, keep_version, &versions,
                        asking->error) != 0) {
        return -1;
    }
    if (versions.count == 0) {
        return error_set(asking->error, ERROR_NOT_FOUND,
                         N_("the inventory of “%1” never showed “%2”"), vendor.name, uid);
    }
    if (put_owner(asking, &judging, &vendor, &versions.rows[0]) != 0) {
        return -1;
    }
    put_resource(asking, &vendor, &versions.rows[0]);
    put_changes(&versions);
    put_age(asking, vendor.run_at);
    return 0;
}
