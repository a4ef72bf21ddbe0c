/* verb_drift.c: the drifts that are seen now, and whose the projects of vendors' clouds are. */
#include <string.h>

#include "data/desk/drift_judge.h"
#include "data/desk/versions.h"
#include "data/store/drifts.h"

enum { GUESSES_MOST = 200, PROJECTS_PAGE = 1000 };

/* ---- drifts ---- */

struct listing {
    struct asking *asking;
    struct table *table;
    struct drift_row *rows;
    size_t count, capacity;
};

static int keep_row(void *self, const struct drift_row *row)
{
    struct listing *listing = self;
    struct arena *arena = listing->asking->arena;
    if (listing->count == listing->capacity) {
        size_t capacity = listing->capacity ? 2 * listing->capacity : 64;
        struct drift_row *grown = arena_array(arena, capacity, sizeof *grown);
        if (!grown) {
            return -1;
        }
        if (listing->count) {
            memcpy(grown, listing->rows, listing->count * sizeof *grown);
        }
        listing->rows = grown;
        listing->capacity = capacity;
    }
    struct drift_row *kept = &listing->rows[listing->count++];
    *kept = *row;
    kept->kind = arena_text(arena, row->kind, strlen(row->kind));
    kept->uid = arena_text(arena, row->uid, strlen(row->uid));
    kept->shown = arena_text(arena, row->shown, strlen(row->shown));
    return arena_failed(arena) ? -1 : 0;
}

static const struct drift *drift_named(const struct policy *policy, const char *name)
{
    for (int32_t i = 0; i < policy->drift_count; i++) {
        if (strcmp(policy->drifts[i].title.name, name) == 0) {
            return &policy->drifts[i];
        }
    }
    return NULL;
}

static const char *severity_name(const struct drift *drift)
{
    static const char *const names[] = {
        [SEVERITY_LOW] = "low", [SEVERITY_MIDDLE] = "middle", [SEVERITY_HIGH] = "high"};
    return names[drift ? drift->severity : SEVERITY_MIDDLE];
}

static void put_state(struct table *table, const struct policy *policy, const struct case_row *row)
{
    int32_t procedure = procedure_named(policy, row->procedure);
    const struct state *states = procedure < 0 ? NULL : policy->procedures[procedure].states;
    for (int32_t i = 0; states && i < policy->procedures[procedure].state_count; i++) {
        if (strcmp(states[i].title.name, row->state) == 0) {
            table_both(table, states[i].title.zh, states[i].title.en);
            return;
        }
    }
    table_text(table, row->state);
}

static void put_drift(struct listing *listing, const struct drift_row *row,
                      const struct case_row *of)
{
    struct asking *asking = listing->asking;
    const struct policy *policy = asking->counter->current->policy;
    const struct drift *drift = drift_named(policy, row->kind);
    const struct entry *system = book_by_id(asking->counter, BOOK_SYSTEM, row->system);
    struct text cites = {0};
    if (drift) {
        reply_cites(asking, policy, drift->cites, &cites);
    }
    table_text(listing->table, of->number);
    table_text(listing->table, severity_name(drift));
    table_text(listing->table, row->kind);
    if (drift) {
        table_both(listing->table, drift->title.zh, drift->title.en);
    } else {
        table_text(listing->table, row->kind);
    }
    table_text(listing->table, system && system->parent ? system->parent->thing.name : NULL);
    table_text(listing->table, system ? system->thing.name : NULL);
    table_text(listing->table, system ? system->thing.code : NULL);
    table_text(listing->table, row->shown);
    table_moment(listing->table, row->seen_at);
    put_state(listing->table, policy, of);
    table_yesno(listing->table, of->closed);
    table_text(listing->table, *row->uid ? row->uid : NULL);
    table_text(listing->table, text_bytes(&cites));
    text_free(&cites);
}

int reply_drifts(struct asking *asking, int64_t system)
{
    static const struct column columns[] = {
        {"case", CELL_NAME, N_("case")},           {"severity", CELL_NAME, N_("severity")},
        {"kind", CELL_NAME, N_("kind")},           {"title", CELL_TEXT, N_("drift")},
        {"org", CELL_TEXT, N_("organisation")},    {"system", CELL_TEXT, N_("system")},
        {"code", CELL_NAME, N_("code")},           {"shown", CELL_TEXT, N_("given → there")},
        {"seen", CELL_MOMENT, N_("first seen")},   {"state", CELL_TEXT, N_("state")},
        {"closed", CELL_YESNO, N_("case closed")}, {"resource", CELL_NAME, N_("resource")},
        {"article", CELL_NAME, N_("article")}};
    struct listing listing = {.asking = asking};
    listing.table =
        parcel_table(asking->reply, "drifts", columns, sizeof columns / sizeof *columns);
    int status = store_drifts(asking->counter->store, system, keep_row, &listing, asking->error);
    for (size_t i = 0; i < listing.count && status == 0; i++) {
        struct case_row of;
        int there = store_case(asking->counter->store, listing.rows[i].case_id, asking->arena, &of,
                               asking->error);
        if (there == 1 && sees_case(asking, &of)) {
            put_drift(&listing, &listing.rows[i], &of);
        }
        status = there < 0 ? -1 : 0;
    }
    return status;
}

static int take_oldest(void *self, const struct vendor_row *row)
{
    int64_t *oldest = self;
    *oldest = row->run && (*oldest == 0 || row->run_at < *oldest) ? row->run_at : *oldest;
    return 0;
}

int verb_drifts(struct asking *asking)
{
    int64_t oldest = 0;
    int status =
        store_vendors(asking->counter->store, asking->arena, take_oldest, &oldest, asking->error);
    if (oldest) {
        parcel_put_moment(asking->reply, "at", to_local(asking->counter, oldest));
        parcel_put(asking->reply, "stale", inventory_is_old(asking, oldest) ? "yes" : "no");
    }
    return status ? status : reply_drifts(asking, 0);
}

/* ---- projects ---- */

struct holds { /* of a project */
    int64_t resources, vcpus;
};

static int add_held(void *self, const struct held *held)
{
    struct holds *holds = self;
    if (strcmp(held->kind, "server") == 0 || strcmp(held->kind, "volume") == 0) {
        holds->resources += held->count;
        holds->vcpus += held->vcpus;
    }
    return 0;
}

/* *LEFT guesses are made yet: a guess takes a while, and people work the list off from its top. */
static void put_guess(struct guesser *guesser, struct table *table, const struct project *project,
                      int *left)
{
    static const char *const grounds[] = {[GUESS_CODE] = "code",
                                          [GUESS_SOUND] = "sound",
                                          [GUESS_TENANT] = "tenant",
                                          [GUESS_NEIGHBOUR] = "neighbour"};
    struct guess guess;
    bool some =
        project->by == MAPPED_NOT && --*left >= 0 && mapping_guess(guesser, project, &guess);
    const struct entry *parent = some ? guess.entry->parent : NULL;
    struct text title = {0};
    if (some) {
        bool of_system = guess.kind == BOOK_SYSTEM && parent;
        text_addf(&title, "%s%s%s", of_system ? parent->thing.name : "", of_system ? " " : "",
                  guess.entry->thing.name);
    }
    table_text(table, some ? book_kind_name(guess.kind) : NULL);
    table_text(table, some ? guess.entry->thing.code : NULL);
    table_text(table, some ? text_bytes(&title) : NULL);
    table_text(table, some ? grounds[guess.ground] : NULL);
    text_free(&title);
}

static void put_code(const struct project *project, struct text *code)
{
    text_clear(code);
    text_addf(code, "%s/%s", project->vendor->name, project->uid);
}

static int put_project(struct asking *asking, struct table *table, const struct project *project)
{
    static const char *const ways[] = {[MAPPED_NOT] = NULL,
                                       [MAPPED_HAND] = "hand",
                                       [MAPPED_CODE] = "code",
                                       [MAPPED_RULE] = "rule"};
    const struct entry *system =
        project->system ? book_by_id(asking->counter, BOOK_SYSTEM, project->system) : NULL;
    const struct entry *org =
        project->parent ? book_by_id(asking->counter, BOOK_ORG, project->parent) : NULL;
    struct resource_want want = {.vendor = project->vendor->id, .project = project->uid};
    struct holds holds = {0};
    struct text code = {0};
    int status = store_held(asking->counter->store, &want, add_held, &holds, asking->error);
    put_code(project, &code);
    table_text(table, text_bytes(&code));
    table_text(table, project->name);
    table_text(table, project->org);
    table_text(table, org ? org->thing.name : NULL);
    table_text(table, system ? system->thing.name : NULL);
    table_text(table, system ? system->thing.code : NULL);
    table_text(table, ways[project->by]);
    table_text(table, project->rule);
    table_int(table, holds.resources);
    table_int(table, holds.vcpus);
    text_free(&code);
    return status;
}

/* Those behind the one that is asked for, with `unmapped` only what is nobody's. */
static int put_projects(struct asking *asking, const struct mapping *mapping, struct table *table)
{
    struct guesser guesser = {.asking = asking, .mapping = mapping};
    bool only = parcel_yes(asking->request, "unmapped");
    const char *after = asked(asking, "after");
    int64_t limit = parcel_int(asking->request, "limit", PROJECTS_PAGE), shown = 0;
    struct text code = {0};
    int guesses = GUESSES_MOST, status = 0;
    limit = limit < 1 || limit > PROJECTS_PAGE ? PROJECTS_PAGE : limit;
    for (size_t i = after ? mapping_behind(mapping, after) : 0;
         i < mapping->project_count && status == 0; i++) {
        const struct project *project = &mapping->projects[i];
        if (only && project->by != MAPPED_NOT) {
            continue;
        }
        if (shown++ == limit) {
            parcel_put(asking->reply, "next", text_bytes(&code));
            break;
        }
        status = put_project(asking, table, project);
        put_guess(&guesser, table, project, &guesses);
        put_code(project, &code);
    }
    text_free(&code);
    return status;
}

int verb_projects(struct asking *asking)
{
    static const struct column columns[] = {{"project", CELL_NAME, N_("project")},
                                            {"name", CELL_TEXT, N_("name")},
                                            {"tenant", CELL_TEXT, N_("whose, by the vendor")},
                                            {"org", CELL_TEXT, N_("organisation")},
                                            {"system", CELL_TEXT, N_("system")},
                                            {"code", CELL_NAME, N_("code")},
                                            {"by", CELL_NAME, N_("mapped by")},
                                            {"rule", CELL_NAME, N_("rule")},
                                            {"resources", CELL_NUMBER, N_("resources")},
                                            {"vcpus", CELL_NUMBER, N_("cores")},
                                            {"guess_kind", CELL_NAME, N_("register")},
                                            {"guess", CELL_NAME, N_("code guessed")},
                                            {"guess_title", CELL_TEXT, N_("guess")},
                                            {"ground", CELL_NAME, N_("what speaks for it")}};
    struct mapping mapping;
    if (!asking->sees_all && !(asking->keeps & KEEPS_SYSTEMS)) {
        return refuse_right(asking, "projects", roles_seeing_all(asking->counter->current->policy));
    }
    struct table *table =
        parcel_table(asking->reply, "projects", columns, sizeof columns / sizeof *columns);
    if (mapping_read(asking, 0, 0, &mapping) != 0) {
        return -1;
    }
    parcel_put_int(asking->reply, "projects", (int64_t)mapping.project_count);
    parcel_put_int(asking->reply, "unmapped", (int64_t)mapping.unmapped);
    parcel_put_int(asking->reply, "rules",
                   (int64_t)book_shelf(asking->counter, BOOK_NAMING)->count);
    return put_projects(asking, &mapping, table);
}
