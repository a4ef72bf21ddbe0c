/* periods_use.c: the rules on the use of resources, judged when a month's figures are in. */
#include <string.h>

#include "core/usage.h"
#include "data/desk/periods.h"
#include "data/store/periods.h"
#include "data/store/use.h"

enum { JUDGED_MOST = 12, RELATED_MOST = 200 };

struct judging {
    struct making *making;
    struct use_row *rows; /* of the system at hand, by resource, month */
    size_t count, capacity;
    int32_t usage, month;
    int64_t at; /* systems, by their ids, that were asked USAGE about MONTH */
    bool cut;   /* there are more */
};

/* The last month that was judged whole; where a round that goes on stands: its month (0: none
 * does), its rule, its systems that are done. */
static const char use_mark[] = "use_judged", round_mark[] = "use_round", rule_mark[] = "use_rule",
                  at_mark[] = "use_at";

/* ---- rows ---- */

static int take_row(void *self, const struct use_row *row)
{
    struct judging *judging = self;
    struct arena *arena = judging->making->asking->arena;
    if (judging->count == judging->capacity) {
        size_t capacity = judging->capacity ? judging->capacity * 2 : 256;
        struct use_row *grown = arena_array(arena, capacity, sizeof *grown);
        if (!grown) {
            return -1;
        }
        if (judging->count) {
            memcpy(grown, judging->rows, judging->count * sizeof *grown);
        }
        judging->rows = grown;
        judging->capacity = capacity;
    }
    struct use_row *kept = &judging->rows[judging->count++];
    *kept = *row;
    kept->resource = arena_text(arena, row->resource, strlen(row->resource));
    kept->facts = arena_text(arena, row->facts, strlen(row->facts));
    return arena_failed(arena) ? -1 : 0;
}

static int load_rows(struct judging *judging, int64_t system)
{
    const struct policy *policy = judging->making->policy;
    struct asking *asking = judging->making->asking;
    int32_t months = 1;
    for (int32_t i = 0; i < policy->usage_count; i++) {
        months = policy->usages[i].months > months ? policy->usages[i].months : months;
    }
    judging->count = 0;
    return store_use(asking->counter->store, system, judging->month - months + 1, judging->month,
                     policy->figures, take_row, judging, asking->error);
}

/* A month's figures, over what is known of the system. */
static int month_facts(struct judging *judging, const struct use_row *row,
                       const struct value *known, struct month_use *out)
{
    const struct policy *policy = judging->making->policy;
    struct arena *arena = judging->making->asking->arena;
    size_t slots = (size_t)policy->slot_count;
    struct value *facts = arena_array(arena, slots, sizeof *facts);
    const char *at = row->facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    if (!facts) {
        return error_memory(judging->making->asking->error);
    }
    memcpy(facts, known, slots * sizeof *facts);
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        period_take(policy, facts, arena_text(arena, name, name_length), value, length);
    }
    *out = (struct month_use){row->month, facts};
    return 0;
}

/* ---- the cases there are ---- */

static int32_t month_at(int32_t day)
{
    int year, month;
    day_to_civil(day, &year, &month, NULL);
    return month_number(year, month);
}

static void month_label(int32_t month, struct text *out)
{
    text_addf(out, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
}

/* From when the rule counts afresh. PREFIX: of the sources that count, "" any case of the
 * procedure. */
static int look_back(struct judging *judging, const struct entry *system, const char *prefix,
                     int32_t *afresh, bool *open)
{
    struct asking *asking = judging->making->asking;
    const struct policy *policy = judging->making->policy;
    const struct usage *usage = &policy->usages[judging->usage];
    int64_t ids[RELATED_MOST];
    int64_t found = store_related(asking->counter->store, 0, system->thing.id, system->thing.parent,
                                  policy->procedures[usage->opens].title.name, false, ids,
                                  RELATED_MOST, asking->error);
    *afresh = -1;
    *open = false;
    for (int64_t i = 0; i < found; i++) {
        struct case_row row;
        int there = store_case(asking->counter->store, ids[i], asking->arena, &row, asking->error);
        if (there < 0) {
            return -1;
        }
        bool meant =
            there && (!*prefix || (row.source && strncmp(row.source, prefix, strlen(prefix)) == 0));
        int32_t month =
            meant ? month_at(row.closed ? moment_day(row.changed_at) : row.opened_on) : -1;
        *afresh = month > *afresh ? month : *afresh;
        *open |= meant && !row.closed;
    }
    return found < 0 ? -1 : 0;
}

/* ---- opening ---- */

/* Whose the case is: of those who may open one, the role the organisation has, else the first. */
static int32_t owner_of(const struct procedure *procedure, const struct entry *org)
{
    uint64_t roles = org && procedure->by & org->roles ? procedure->by & org->roles : procedure->by;
    int32_t role = 0;
    while (roles && !(roles >> role & 1)) {
        role++;
    }
    return roles ? role : -1;
}

/* Entries of the system that the application asks for too. */
static void copy_entries(const struct making *making, const struct entry *system,
                         const struct procedure *procedure, struct text *out)
{
    const struct policy *policy = making->policy;
    for (int32_t i = 0; i < procedure->application.count; i++) {
        const struct field *field = &policy->fields[procedure->application.items[i]];
        struct text name = {0};
        text_addf(&name, "entry.%s", field->title.name);
        const char *value = entry_fact(system, text_bytes(&name), making->asking->arena);
        if (value && *value && field->column < 0 && field->type != FIELD_SYSTEM) {
            fact_put(out, field->title.name, value);
        }
        text_free(&name);
    }
}

static int propose(struct judging *judging, const struct entry *system, const char *prefix)
{
    struct making *making = judging->making;
    const struct usage *usage = &making->policy->usages[judging->usage];
    const struct procedure *procedure = &making->policy->procedures[usage->opens];
    struct text key = {0}, facts = {0};
    text_add(&key, prefix);
    month_label(judging->month, &key);
    copy_entries(making, system, procedure, &facts);
    struct planned planned = {.source = text_bytes(&key),
                              .procedure = usage->opens,
                              .owner = owner_of(procedure, system->parent),
                              .payer = -1,
                              .org = system->thing.parent,
                              .system = system->thing.id,
                              .due = DAY_NONE,
                              .moment = making->asking->now,
                              .facts = text_bytes(&facts)};
    int status = key.failed || facts.failed ? error_memory(making->asking->error)
                                            : period_opens(making, &planned);
    text_free(&key);
    text_free(&facts);
    return status < 0 ? -1 : 0;
}

/* ---- judging ---- */

/* ROWS of one subject: a system, or one of its resources. */
static int judge_subject(struct judging *judging, const struct use_row *rows, size_t count)
{
    struct making *making = judging->making;
    const struct usage *usage = &making->policy->usages[judging->usage];
    const struct entry *system = period_system(making, rows[0].system);
    struct arena *arena = making->asking->arena;
    struct text prefix = {0};
    int32_t afresh;
    bool open;
    if (!system || usage->per_resource != (*rows[0].resource != '\0')) {
        return 0;
    }
    const struct value *known = period_facts(making, system->parent, system);
    struct month_use *months = arena_array(arena, count, sizeof *months);
    int status = known && months ? 0 : error_memory(making->asking->error);
    for (size_t i = 0; i < count && status == 0; i++) {
        status = month_facts(judging, &rows[i], known, &months[i]);
    }
    text_addf(&prefix, "usage.%s/", usage->title.name);
    text_add_int(&prefix, system->thing.id);
    text_addf(&prefix, *rows[0].resource ? "/%s/" : "/%s", rows[0].resource);
    const char *only = usage->per_resource ? text_bytes(&prefix) : "";
    status = status || prefix.failed ? -1 : look_back(judging, system, only, &afresh, &open);
    if (status == 0 && usage_judge(making->policy, judging->usage, making->revision, months, count,
                                   judging->month, afresh, open)
                               .verdict == USE_MET) {
        status = propose(judging, system, text_bytes(&prefix));
    }
    text_free(&prefix);
    return status;
}

static int judge_system(struct judging *judging, int64_t system)
{
    int status = load_rows(judging, system);
    for (size_t at = 0, end; at < judging->count && status == 0; at = end) {
        const char *resource = judging->rows[at].resource;
        for (end = at + 1;
             end < judging->count && strcmp(judging->rows[end].resource, resource) == 0; end++) {
        }
        status = judge_subject(judging, &judging->rows[at], end - at);
    }
    return status;
}

/* The rule at hand over the systems that are left, as far as this run comes. */
static int judge_rule(struct judging *judging)
{
    struct asking *asking = judging->making->asking;
    struct period_slice slice;
    int status = 0;
    do {
        status = period_systems(judging->making, judging->at, &slice);
        for (size_t i = 0; i < slice.count && status == 0; i++) {
            status = judge_system(judging, slice.systems[i]);
            judging->at++;
            if (step_over(asking) || period_full(judging->making)) {
                judging->cut = true;
                return status;
            }
        }
    } while (status == 0 && slice.count == PERIOD_SLICE);
    return status;
}

/* From its rule and system at hand on. */
static int judge_month(struct judging *judging)
{
    int status = 0;
    for (; judging->usage < judging->making->policy->usage_count; judging->usage++) {
        status = judge_rule(judging);
        if (status != 0 || judging->cut) {
            return status;
        }
        judging->at = 0;
    }
    judging->usage = 0;
    return 0;
}

/* How far it came: the next run goes on there. */
static int remember(const struct judging *judging)
{
    struct store *store = judging->making->asking->counter->store;
    struct error *error = judging->making->asking->error;
    return store_mark_set(store, round_mark, judging->cut ? judging->month : 0, error) != 0 ||
                   store_mark_set(store, rule_mark, judging->usage, error) != 0 ||
                   store_mark_set(store, at_mark, judging->at, error) != 0
               ? -1
               : 0;
}

/* A round that was cut short goes on, unless figures were corrected since: then it begins again. */
static int go_on(struct judging *judging, bool moved, int64_t *round)
{
    struct store *store = judging->making->asking->counter->store;
    struct error *error = judging->making->asking->error;
    int64_t rule = 0;
    if (store_mark(store, round_mark, round, error) != 0 ||
        store_mark(store, rule_mark, &rule, error) != 0 ||
        store_mark(store, at_mark, &judging->at, error) != 0) {
        return -1;
    }
    bool goes = *round && !moved && rule < judging->making->policy->usage_count;
    judging->usage = goes ? (int32_t)rule : 0;
    judging->at = goes ? judging->at : 0;
    return 0;
}

int periods_usage(struct making *making)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    struct judging judging = {.making = making};
    int64_t judged = 0, moved = 0, round = 0;
    int32_t latest = -1;
    if (making->policy->usage_count == 0) {
        return 0;
    }
    if (store_mark(store, use_mark, &judged, error) != 0 ||
        store_mark(store, USE_MOVED, &moved, error) != 0 ||
        store_use_month(store, month_at(making->day) - 1, &latest, error) != 0 ||
        go_on(&judging, moved != 0, &round) != 0) {
        return -1;
    }
    int32_t first = judged > latest - JUDGED_MOST ? (int32_t)judged + 1 : latest - JUDGED_MOST + 1;
    first = moved && first > latest ? latest : first; /* what was judged has been corrected */
    first = round && round <= latest ? (int32_t)round : judged ? first : latest;
    int status = store_mark_set(store, USE_MOVED, 0, error);
    for (judging.month = first; latest >= 0 && judging.month <= latest && status == 0;
         judging.month++) {
        status = judge_month(&judging);
        if (judging.cut) {
            break;
        }
        status = status ? status : store_mark_set(store, use_mark, judging.month, error);
    }
    making->cut |= judging.cut;
    return status ? status : remember(&judging);
}
