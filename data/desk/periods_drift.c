/* periods_drift.c: what vendors' inventories show, judged against what was given: a drift that is
 * found opens a case, one that is gone tells its case. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/mapping.h"
#include "data/desk/periods.h"
#include "data/store/drifts.h"
#include "data/store/periods.h"

enum { SLICE = 64, FOUND_MOST = 4096, RELATED_MOST = 200, SHOWN_MOST = 4000 };

static const char seen_mark[] = "drift_seen", day_mark[] = "drift_day", at_mark[] = "drift_at";

struct found { /* a drift of the system at hand */
    int32_t drift;
    const char *uid, *shown;
    bool known; /* its row is there */
};
struct measures { /* which of the policy's count what; -1 none */
    int32_t cores, memory, disk;
    int64_t memory_unit, disk_unit; /* MiB, GiB */
};
struct judging {
    struct making *making;
    struct mapping mapping;
    struct measures measures;
    int64_t *systems; /* of this slice */
    size_t count;
    /* the system at hand */
    const struct entry *system;
    struct value *facts; /* by slot */
    int64_t resources, cores, memory, disk;
    struct found *found;
    size_t found_count;
    const struct project *project;
};

/* ---- what is seen, what was given ---- */

static int32_t measure_set(const struct judging *judging, const char *option)
{
    const struct labels labels = judging->making->policy->measures;
    const char *name = options_text(judging->making->asking->counter->options, option);
    for (int32_t i = 0; name && i < labels.count; i++) {
        if (strcmp(labels.items[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static void read_measures(struct judging *judging)
{
    const struct options *options = judging->making->asking->counter->options;
    judging->measures =
        (struct measures){.cores = measure_set(judging, "inventory.cores"),
                          .memory = measure_set(judging, "inventory.memory"),
                          .disk = measure_set(judging, "inventory.disk"),
                          .memory_unit = options_number(options, "inventory.memory_unit"),
                          .disk_unit = options_number(options, "inventory.disk_unit")};
}

/* AMOUNT of what UNIT is one of the measure's; unknown where it is negative. */
static void put_measure(struct judging *judging, int32_t measure, enum drift_measure which,
                        int64_t amount, int64_t unit)
{
    if (measure >= 0) {
        judging->facts[policy_slot_drift_measure(judging->making->policy, measure, which)] =
            amount < 0 ? value_unknown() : value_of(amount * MICRO / unit);
    }
}

static void put_measures(struct judging *judging, enum drift_measure which, int64_t cores,
                         int64_t memory, int64_t disk)
{
    const struct measures *measures = &judging->measures;
    put_measure(judging, measures->cores, which, cores, 1);
    put_measure(judging, measures->memory, which, memory, measures->memory_unit);
    put_measure(judging, measures->disk, which, disk, measures->disk_unit);
}

static bool is_counted(const struct resource_row *row)
{
    return strcmp(row->kind, "server") == 0 || strcmp(row->kind, "volume") == 0;
}

static int add_resource(void *self, const struct resource_row *row)
{
    struct judging *judging = self;
    if (is_counted(row)) {
        judging->resources += strcmp(row->kind, "server") == 0;
        judging->cores += row->vcpus > 0 ? row->vcpus : 0;
        judging->memory += row->ram > 0 ? row->ram : 0;
        judging->disk += row->disk > 0 ? row->disk : 0;
    }
    return 0;
}

/* Every resource of the system's projects. */
static int each_resource(struct judging *judging,
                         int (*take)(void *self, const struct resource_row *row))
{
    struct asking *asking = judging->making->asking;
    int status = 0;
    for (size_t i = 0; i < judging->mapping.project_count && status == 0; i++) {
        judging->project = &judging->mapping.projects[i];
        if (judging->project->system != judging->system->thing.id) {
            continue;
        }
        struct resource_want want = {.vendor = judging->project->vendor->id,
                                     .project = judging->project->uid};
        status = store_resources(asking->counter->store, &want, asking->arena, take, judging,
                                 asking->error);
    }
    return status;
}

/* What the system has, and what open cases about it have reserved. */
static int64_t given(struct judging *judging, int32_t measure)
{
    struct asking *asking = judging->making->asking;
    struct value has = system_has(asking, judging->making->rulebook, judging->system, measure);
    const char *name = judging->making->policy->measures.items[measure].name;
    int64_t ids[RELATED_MOST], sum = has.known ? has.n : 0;
    int64_t count =
        store_related(asking->counter->store, 0, judging->system->thing.id,
                      judging->system->thing.parent, "", true, ids, RELATED_MOST, asking->error);
    for (int64_t i = 0; i < count; i++) {
        struct case_row row;
        int64_t reserved = 0;
        const char *said =
            store_case(asking->counter->store, ids[i], asking->arena, &row, asking->error) == 1 &&
                    row.system == judging->system->thing.id && row.reserved
                ? fact_find(row.reserved, name, asking->arena)
                : NULL;
        if (said) {
            reserved = strtoll(said, NULL, 10);
        }
        sum += reserved;
    }
    return count < 0 ? -1 : sum;
}

/* A column of the system's list in which all its lines agree. */
static void put_column(struct judging *judging, const struct field *field)
{
    const struct policy *policy = judging->making->policy;
    struct arena *arena = judging->making->asking->arena;
    const char *at = judging->system->thing.facts, *end = at + strlen(at), *name, *value,
               *agreed = NULL;
    size_t name_length, length;
    struct text tail = {0};
    text_addf(&tail, ".%s", field->title.name);
    bool agree = true;
    while (agree && fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (name_length > 5 + tail.length && memcmp(name, "item.", 5) == 0 &&
            memcmp(name + name_length - tail.length, text_bytes(&tail), tail.length) == 0) {
            const char *said = fact_unescape(arena, value, length);
            agree = !agreed || strcmp(agreed, said) == 0;
            agreed = said;
        }
    }
    text_free(&tail);
    int32_t index = (int32_t)(field - policy->fields);
    judging->facts[policy_slot_system(policy, index)] =
        agree && agreed ? typed_value(policy, index, agreed, strlen(agreed)) : value_unknown();
}

static int system_facts(struct judging *judging)
{
    struct making *making = judging->making;
    const struct policy *policy = making->policy;
    const struct value *known = period_facts(making, judging->system->parent, judging->system);
    judging->facts =
        arena_array(making->asking->arena, (size_t)policy->drift_slots, sizeof *judging->facts);
    if (!known || !judging->facts) {
        return error_memory(making->asking->error);
    }
    memcpy(judging->facts, known, (size_t)policy->slot_count * sizeof *known);
    for (int32_t i = 0; i < policy->column_count - ITEM_MEASURES - policy->measures.count; i++) {
        put_column(judging, policy->columns[i]);
    }
    judging->resources = judging->cores = judging->memory = judging->disk = 0;
    int status = each_resource(judging, add_resource);
    put_measures(judging, DRIFT_SEEN, judging->cores, judging->memory, judging->disk);
    judging->facts[policy_slot_drift(policy, DRIFT_RESOURCES)] =
        value_of(judging->resources * MICRO);
    for (int32_t m = 0; m < policy->measures.count && status == 0; m++) {
        int64_t sum = given(judging, m);
        status = sum < 0 ? -1 : 0;
        judging->facts[policy_slot_drift_measure(policy, m, DRIFT_GIVEN)] = value_of(sum);
    }
    return status;
}

/* ---- finding ---- */

static bool holds(const struct judging *judging, const struct drift *drift)
{
    return facts_hold(judging->making->revision, drift->when, judging->facts, judging->making->day);
}

static int add_found(struct judging *judging, int32_t drift, const char *uid, struct text *shown)
{
    struct arena *arena = judging->making->asking->arena;
    if (judging->found_count == FOUND_MOST) {
        return 0; /* of one system: the rest is found when these are gone */
    }
    judging->found[judging->found_count++] = (struct found){
        .drift = drift,
        .uid = arena_text(arena, uid, strlen(uid)),
        .shown = arena_text(arena, text_bytes(shown), shown->length),
    };
    return shown->failed || arena_failed(arena) ? -1 : 0;
}

/* "处理器 8 → 12", a line a measure that differs. */
static void show_measures(const struct judging *judging, struct text *out)
{
    const struct policy *policy = judging->making->policy;
    for (int32_t m = 0; m < policy->measures.count; m++) {
        struct value was = judging->facts[policy_slot_drift_measure(policy, m, DRIFT_GIVEN)];
        struct value is = judging->facts[policy_slot_drift_measure(policy, m, DRIFT_SEEN)];
        if (was.known && is.known && was.n != is.n) {
            text_addf(out, "%s%s ", out->length ? "\n" : "", policy->measures.items[m].zh);
            text_add_decimal(out, was.n);
            text_add(out, " → ");
            text_add_decimal(out, is.n);
        }
    }
}

static int judge_system(struct judging *judging)
{
    const struct policy *policy = judging->making->policy;
    int status = 0;
    for (int32_t i = 0; i < policy->drift_count && status == 0; i++) {
        struct text shown = {0};
        if (!policy->drifts[i].per_resource && holds(judging, &policy->drifts[i])) {
            show_measures(judging, &shown);
            status = add_found(judging, i, "", &shown);
        }
        text_free(&shown);
    }
    return status;
}

/* Its project says whose it is: of the system's organisation, or another's. */
static struct value is_own(const struct judging *judging)
{
    const char *said = judging->project->org;
    const struct entry *org = judging->system->parent;
    return said && *said && org
               ? value_of(strcmp(said, org->thing.code) == 0 || strcmp(said, org->thing.name) == 0)
               : value_unknown();
}

/* What the vendor says of FIELD: the fact of that name, or the tag of that name it was given. */
static struct value shown_field(const struct judging *judging, const struct resource_row *row,
                                int32_t index)
{
    const struct policy *policy = judging->making->policy;
    struct arena *arena = judging->making->asking->arena;
    struct text tag = {0};
    text_addf(&tag, "meta.%s", policy->fields[index].title.name);
    const char *said = fact_find(row->facts, policy->fields[index].title.name, arena);
    said = said ? said : fact_find(row->facts, text_bytes(&tag), arena);
    text_free(&tag);
    return said ? typed_value(policy, index, said, strlen(said)) : value_unknown();
}

/* Only the fields that some drift asks of a resource are looked for. */
static bool asks_resource(const struct expr *expr, int32_t slot)
{
    return expr && ((expr->op == EXPR_FACT && expr->index == slot) ||
                    asks_resource(expr->left, slot) || asks_resource(expr->right, slot));
}

static void resource_facts(struct judging *judging, const struct resource_row *row)
{
    struct making *making = judging->making;
    const struct policy *policy = making->policy;
    struct run_row first;
    for (int32_t f = 0; f < policy->field_count; f++) {
        int32_t slot = policy_slot_resource(policy, f);
        bool asked_for = false;
        for (int32_t i = 0; i < policy->drift_count && !asked_for; i++) {
            asked_for = asks_resource(policy->drifts[i].when, slot);
        }
        judging->facts[slot] = asked_for ? shown_field(judging, row, f) : value_unknown();
    }
    put_measures(judging, DRIFT_RESOURCE, row->vcpus, row->ram, row->disk);
    judging->facts[policy_slot_drift(policy, DRIFT_OWN)] = is_own(judging);
    bool told = store_run(making->asking->counter->store, row->first, making->asking->arena, &first,
                          making->asking->error) == 1;
    judging->facts[policy_slot_drift(policy, DRIFT_DELIVERED)] =
        told ? value_of(moment_day(to_local(making->asking->counter, first.began)))
             : value_unknown();
}

static int judge_resource(void *self, const struct resource_row *row)
{
    struct judging *judging = self;
    const struct policy *policy = judging->making->policy;
    int status = 0;
    if (!is_counted(row)) {
        return 0;
    }
    resource_facts(judging, row);
    for (int32_t i = 0; i < policy->drift_count && status == 0; i++) {
        struct text uid = {0}, shown = {0};
        if (policy->drifts[i].per_resource && holds(judging, &policy->drifts[i])) {
            text_addf(&uid, "%s/%s/%s", judging->project->vendor->name, row->kind, row->uid);
            text_addf(&shown, "%s (%s)", *row->name ? row->name : row->uid, row->uid);
            status = add_found(judging, i, text_bytes(&uid), &shown);
        }
        text_free(&uid);
        text_free(&shown);
    }
    return status;
}

/* ---- what became of it ---- */

struct ended {
    const char *kind, *uid;
    int64_t case_id;
};
struct comparing {
    struct judging *judging;
    struct ended *ended;
    size_t count;
};

static int compare(void *self, const struct drift_row *row)
{
    struct comparing *comparing = self;
    struct judging *judging = comparing->judging;
    struct arena *arena = judging->making->asking->arena;
    for (size_t i = 0; i < judging->found_count; i++) {
        struct found *found = &judging->found[i];
        const char *name = judging->making->policy->drifts[found->drift].title.name;
        if (strcmp(name, row->kind) == 0 && strcmp(found->uid, row->uid) == 0) {
            found->known = true;
            return 0;
        }
    }
    if (comparing->count < FOUND_MOST) {
        comparing->ended[comparing->count++] =
            (struct ended){arena_text(arena, row->kind, strlen(row->kind)),
                           arena_text(arena, row->uid, strlen(row->uid)), row->case_id};
    }
    return arena_failed(arena) ? -1 : 0;
}

/* The role whose work its cases are: of those who may open one, the first. */
static int32_t owner_of(const struct procedure *procedure)
{
    int32_t role = 0;
    while (procedure->by && !(procedure->by >> role & 1)) {
        role++;
    }
    return procedure->by ? role : -1;
}

static int open_case(struct judging *judging, const struct found *found)
{
    struct making *making = judging->making;
    const struct policy *policy = making->policy;
    const struct drift *drift = &policy->drifts[found->drift];
    struct text source = {0}, facts = {0};
    text_addf(&source, DRIFT_SOURCE "%s/", drift->title.name);
    text_add_int(&source, judging->system->thing.id);
    text_addf(&source, "/%s/", found->uid);
    text_add_int(&source, making->asking->now);
    fact_put(&facts, policy->slots[policy_slot_around(policy, AROUND_DRIFTING)].name, "yes");
    fact_put(&facts, "drift", drift->title.name);
    if (drift->tells >= 0) {
        struct text told = {0};
        text_addf(&told, "%s%s%s", drift->title.zh, *found->shown ? "\n" : "", found->shown);
        text_cut(&told, SHOWN_MOST);
        fact_put(&facts, policy->fields[drift->tells].title.name, text_bytes(&told));
        text_free(&told);
    }
    struct planned planned = {.source = text_bytes(&source),
                              .procedure = drift->opens,
                              .owner = owner_of(&policy->procedures[drift->opens]),
                              .payer = -1,
                              .org = judging->system->thing.parent,
                              .system = judging->system->thing.id,
                              .due = DAY_NONE,
                              .moment = making->asking->now,
                              .facts = text_bytes(&facts)};
    int status = source.failed || facts.failed ? error_memory(making->asking->error)
                                               : period_opens(making, &planned);
    int64_t id = status < 0 ? -1
                            : store_case_by_source(making->asking->counter->store, planned.source,
                                                   making->asking->error);
    struct drift_row row = {.system = judging->system->thing.id,
                            .kind = drift->title.name,
                            .uid = found->uid,
                            .case_id = id,
                            .seen_at = making->asking->now,
                            .shown = found->shown};
    status =
        id < 0 ? -1 : store_drift_put(making->asking->counter->store, &row, making->asking->error);
    text_free(&source);
    text_free(&facts);
    return status;
}

/* Rows and cases follow what was found. */
static int settle(struct judging *judging)
{
    struct making *making = judging->making;
    struct asking *asking = making->asking;
    struct comparing comparing = {
        .judging = judging,
        .ended = arena_array(asking->arena, FOUND_MOST, sizeof *comparing.ended)};
    int64_t system = judging->system->thing.id;
    if (!comparing.ended) {
        return error_memory(asking->error);
    }
    int status = store_drifts(asking->counter->store, system, compare, &comparing, asking->error);
    for (size_t i = 0; i < comparing.count && status == 0; i++) {
        const struct ended *ended = &comparing.ended[i];
        status =
            store_drift_end(asking->counter->store, system, ended->kind, ended->uid, asking->error);
        status = status ? status : read_case_anew(asking, ended->case_id, asking->now);
    }
    for (size_t i = 0; i < judging->found_count && status == 0; i++) {
        judging->system = period_system(making, system); /* opening may read registers anew */
        status = judging->found[i].known ? 0 : open_case(judging, &judging->found[i]);
    }
    return status;
}

static int judge(struct judging *judging, int64_t system)
{
    judging->system = period_system(judging->making, system);
    judging->found_count = 0;
    if (!judging->system) {
        return 0;
    }
    int status = system_facts(judging);
    status = status ? status : judge_system(judging);
    status = status ? status : each_resource(judging, judge_resource);
    return status ? status : settle(judging);
}

/* ---- all systems, a slice at a time ---- */

static int note_system(void *self, struct entry *system)
{
    struct judging *judging = self;
    judging->systems[judging->count++] = system->thing.id;
    return 0;
}

static int judge_slice(struct judging *judging, int64_t at)
{
    struct asking *asking = judging->making->asking;
    judging->count = 0;
    judging->systems = arena_array(asking->arena, SLICE, sizeof *judging->systems);
    judging->found = arena_array(asking->arena, FOUND_MOST, sizeof *judging->found);
    if (!judging->systems || !judging->found) {
        return error_memory(asking->error);
    }
    int status = book_each(asking, BOOK_SYSTEM, at, SLICE, note_system, judging);
    for (size_t i = 0; i < judging->count && status == 0; i++) {
        status = judge(judging, judging->systems[i]);
    }
    return status;
}

static bool any_in_force(const struct mapping *mapping)
{
    bool some = false;
    for (size_t i = 0; i < mapping->vendor_count; i++) {
        some |= mapping->vendors[i].run > 0;
    }
    return some;
}

static int judge_all(struct making *making, int64_t inventory, int64_t at)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    struct judging judging = {.making = making};
    int status = mapping_read(making->asking, &judging.mapping);
    bool whole = status == 0 && !any_in_force(&judging.mapping);
    read_measures(&judging);
    for (; status == 0 && !whole && making->slices > 0 && !period_full(making);
         making->slices--, at += SLICE) {
        status = judge_slice(&judging, at);
        whole = judging.count < SLICE;
    }
    if (status == 0 && whole) {
        status = store_mark_set(store, seen_mark, inventory, error) |
                 store_mark_set(store, day_mark, making->day, error);
        at = 0;
    }
    making->cut |= !whole;
    return status ? -1 : store_mark_set(store, at_mark, at, error);
}

int periods_drift(struct making *making)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    int64_t inventory = 0, seen = 0, day = 0, at = 0;
    if (making->policy->drift_count == 0) {
        return 0;
    }
    if (store_mark(store, "inventory", &inventory, error) != 0 ||
        store_mark(store, seen_mark, &seen, error) != 0 ||
        store_mark(store, day_mark, &day, error) != 0 ||
        store_mark(store, at_mark, &at, error) != 0) {
        return -1;
    }
    bool judged = inventory == 0 || (seen == inventory && day == making->day);
    return judged ? 0 : judge_all(making, inventory, at);
}
