/* drift_judge.c: what vendors' inventories show of a system, against what was given to it. */
#include "data/desk/drift_judge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RELATED_MOST = 200 };

/* ---- what is seen, what was given ---- */

/* What these come to; unknown where a measure is not counted. */
static void put_measures(struct judging *judging, enum drift_measure which, int64_t vcpus,
                         int64_t ram, int64_t disk)
{
    const struct policy *policy = judging->making->policy;
    for (int32_t m = 0; m < policy->measures.count; m++) {
        int64_t amount = sized(&judging->sizing, m, vcpus, ram, disk);
        judging->facts[policy_slot_drift_measure(policy, m, which)] =
            amount < 0 ? value_unknown() : value_of(amount);
    }
}

static bool counts(const char *kind)
{
    return strcmp(kind, "server") == 0 || strcmp(kind, "volume") == 0;
}

bool judge_counts(const struct resource_row *row)
{
    return counts(row->kind);
}

/* What LOOK asks of each of the system's projects, which is PROJECT meanwhile. */
static int each_project(struct judging *judging,
                        int (*look)(struct judging *judging, const struct resource_want *want))
{
    int status = 0;
    for (size_t i = 0; i < judging->mapping.project_count && status == 0; i++) {
        judging->project = &judging->mapping.projects[i];
        if (judging->project->system != judging->system->thing.id) {
            continue;
        }
        int64_t vendor = judging->project->vendor->id;
        struct resource_want want = {.vendor = vendor,
                                     .project = judging->project->uid,
                                     .run = vendor == judging->vendor ? judging->run : 0};
        status = look(judging, &want);
    }
    return status;
}

static int ask_resources(struct judging *judging, const struct resource_want *want)
{
    struct asking *asking = judging->making->asking;
    return store_resources(asking->counter->store, want, asking->arena, judging->take, judging,
                           asking->error);
}

int judge_each(struct judging *judging, int (*take)(void *self, const struct resource_row *row))
{
    judging->take = take;
    return each_project(judging, ask_resources);
}

static int add_held(void *self, const struct held *held)
{
    struct judging *judging = self;
    if (counts(held->kind)) {
        judging->looked += held->count;
        judging->resources += strcmp(held->kind, "server") == 0 ? held->count : 0;
        judging->cores += held->vcpus;
        judging->memory += held->ram;
        judging->disk += held->disk;
    }
    return 0;
}

static int ask_sums(struct judging *judging, const struct resource_want *want)
{
    struct asking *asking = judging->making->asking;
    return store_held(asking->counter->store, want, add_held, judging, asking->error);
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
    int status = each_project(judging, ask_sums);
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

/* What the vendor says under NAME: the fact of that name, the tag of that name it was given, or
 * where it stands. NULL. */
static const char *shown_as(const struct judging *judging, const struct resource_row *row,
                            const char *name)
{
    struct arena *arena = judging->making->asking->arena;
    struct text tag = {0};
    text_addf(&tag, "meta.%s", name);
    const char *said = fact_find(row->facts, name, arena);
    said = said ? said : fact_find(row->facts, text_bytes(&tag), arena);
    text_free(&tag);
    said = said                          ? said
           : strcmp(name, "zone") == 0   ? row->zone
           : strcmp(name, "region") == 0 ? row->region
                                         : NULL;
    return said && *said ? said : NULL;
}

/* The same under the names that the settings give the vendor's tags: "xc=domestic az=network". */
static const char *shown_by_tag(const struct judging *judging, const struct resource_row *row,
                                const char *field)
{
    struct arena *arena = judging->making->asking->arena;
    struct text setting = {0};
    text_addf(&setting, "vendor.%s.tags", judging->project->vendor->name);
    const char *at = options_text(judging->making->asking->counter->options, text_bytes(&setting));
    const char *said = NULL;
    text_free(&setting);
    for (size_t length; at && *at && !said; at += length) {
        at += strspn(at, " ");
        length = strcspn(at, " ");
        const char *equals = memchr(at, '=', length);
        size_t head = equals ? (size_t)(equals - at) : length;
        bool meant = equals && length - head - 1 == strlen(field) &&
                     memcmp(equals + 1, field, strlen(field)) == 0;
        said = meant ? shown_as(judging, row, arena_text(arena, at, head)) : NULL;
    }
    return said;
}

/* What the vendor says of FIELD, as it is kept. */
static struct value shown_field(const struct judging *judging, const struct resource_row *row,
                                int32_t index)
{
    const struct policy *policy = judging->making->policy;
    const struct field *field = &policy->fields[index];
    const char *said = shown_as(judging, row, field->title.name);
    said = said ? said : shown_by_tag(judging, row, field->title.name);
    if (said && field->type == FIELD_YESNO) {
        said = strcasecmp(said, "true") == 0 ? "yes" : strcasecmp(said, "false") == 0 ? "no" : said;
    }
    said = said ? entry_plain(field, said, judging->making->asking->arena) : NULL;
    return said ? typed_value(policy, index, said, strlen(said)) : value_unknown();
}

static bool asks(const struct expr *expr, int32_t slot)
{
    return expr && ((expr->op == EXPR_FACT && expr->index == slot) || asks(expr->left, slot) ||
                    asks(expr->right, slot));
}

/* Which fields some drift asks of a resource: only these are looked for. */
static bool find_fields(struct judging *judging)
{
    const struct policy *policy = judging->making->policy;
    judging->fields = arena_array(judging->making->asking->arena, (size_t)policy->field_count + 1,
                                  sizeof *judging->fields);
    for (int32_t f = 0; judging->fields && f < policy->field_count; f++) {
        bool asked_for = false;
        for (int32_t i = 0; i < policy->drift_count && !asked_for; i++) {
            asked_for = asks(policy->drifts[i].when, policy_slot_resource(policy, f));
        }
        if (asked_for) {
            judging->fields[judging->field_count++] = f;
        }
    }
    return judging->fields != NULL;
}

/* The day that RUN began; many resources came with the same. */
static struct value day_of_run(struct judging *judging, int64_t run)
{
    struct asking *asking = judging->making->asking;
    struct run_row row;
    if (run != judging->first_run) {
        bool told = store_run(asking->counter->store, run, asking->arena, &row, asking->error) == 1;
        judging->first_run = run;
        judging->first_day =
            told ? value_of(moment_day(to_local(asking->counter, row.began))) : value_unknown();
    }
    return judging->first_day;
}

static void resource_facts(struct judging *judging, const struct resource_row *row)
{
    const struct policy *policy = judging->making->policy;
    for (int32_t i = 0; i < judging->field_count; i++) {
        int32_t field = judging->fields[i];
        judging->facts[policy_slot_resource(policy, field)] = shown_field(judging, row, field);
    }
    put_measures(judging, DRIFT_RESOURCE, row->vcpus, row->ram, row->disk);
    judging->facts[policy_slot_drift(policy, DRIFT_OWN)] = is_own(judging);
    judging->facts[policy_slot_drift(policy, DRIFT_DELIVERED)] = day_of_run(judging, row->first);
}

static int judge_resource(void *self, const struct resource_row *row)
{
    struct judging *judging = self;
    const struct policy *policy = judging->making->policy;
    int status = 0;
    if (!judge_counts(row)) {
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

static bool any_per_resource(const struct policy *policy)
{
    bool some = false;
    for (int32_t i = 0; i < policy->drift_count; i++) {
        some |= policy->drifts[i].per_resource;
    }
    return some;
}

/* ---- from outside ---- */

struct making judging_now(struct asking *asking)
{
    struct counter *counter = asking->counter;
    int32_t day = moment_day(asking->now);
    return (struct making){.asking = asking,
                           .rulebook = counter->current,
                           .policy = counter->current->policy,
                           .revision = calendar_as_of(counter->calendar, day),
                           .day = day};
}

int judging_begin(struct judging *judging, struct making *making)
{
    struct asking *asking = making->asking;
    judging->making = making;
    judging->found = arena_array(asking->arena, FOUND_MOST, sizeof *judging->found);
    judging->sizing = sizing_of(asking, making->policy);
    judging->first_run = -1;
    return judging->found && find_fields(judging)
               ? mapping_read(asking, judging->vendor, judging->run, &judging->mapping)
               : error_memory(asking->error);
}

int judge_look(struct judging *judging, const struct entry *system)
{
    judging->system = system;
    judging->found_count = 0;
    int status = system_facts(judging);
    status = status ? status : judge_system(judging);
    return status || !any_per_resource(judging->making->policy)
               ? status
               : judge_each(judging, judge_resource);
}

struct value judge_amount(const struct judging *judging, int32_t measure, enum drift_measure which)
{
    return judging->facts[policy_slot_drift_measure(judging->making->policy, measure, which)];
}
