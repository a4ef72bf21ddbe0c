/* around.c: what stands around a case when an act is done, put on record with it. */
#include <string.h>

#include "data/desk/inside.h"
#include "data/store/drifts.h"
#include "data/store/use.h"

/* Puts NAME=VALUE unless the case says so already. */
static void put_new(struct casework *work, struct text *facts, const char *name, const char *value)
{
    int32_t slot = slot_named(work->rulebook->policy, name);
    const struct slot *known = slot >= 0 && work->file ? &work->file->slots[slot] : NULL;
    struct text escaped = {0};
    fact_put(&escaped, name, value);
    size_t head = strlen(name) + 1;
    bool same = known && known->text && known->length == escaped.length - head - 1 &&
                memcmp(known->text, text_bytes(&escaped) + head, known->length) == 0;
    if (!same) {
        text_add_n(facts, text_bytes(&escaped), escaped.length);
    }
    facts->failed |= escaped.failed;
    text_free(&escaped);
}

static void put_decimal(struct casework *work, struct text *facts, const char *name, int64_t micro)
{
    struct text text = {0};
    text_add_decimal(&text, micro);
    put_new(work, facts, name, text_bytes(&text));
    facts->failed |= text.failed;
    text_free(&text);
}

static const char *slot_name(const struct policy *policy, int32_t slot)
{
    return policy->slots[slot].name;
}

/* ---- systems ---- */

struct value system_has(struct asking *asking, const struct rulebook *rulebook,
                        const struct entry *system, int32_t measure)
{
    const char *label = rulebook->policy->measures.items[measure].name;
    const char *at = system->thing.facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    int64_t sum = 0, quantity, piece;
    bool some = false;
    static const char tail[] = ".quantity";
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        bool item = name_length > 5 + sizeof tail - 1 && strncmp(name, "item.", 5) == 0 &&
                    memcmp(name + name_length - (sizeof tail - 1), tail, sizeof tail - 1) == 0;
        if (!item || !decimal_parse(value, length, &quantity) || quantity == 0) {
            some |= item;
            continue;
        }
        some = true;
        struct text column = {0};
        text_add_n(&column, name, name_length - (sizeof tail - 1));
        text_addf(&column, ".%s", label);
        const char *each = entry_fact(system, arena_keep(asking->arena, &column), asking->arena);
        if (!each || !decimal_parse(each, strlen(each), &piece)) {
            return value_unknown();
        }
        struct value both = decimal_multiply(quantity, piece);
        if (!both.known || __builtin_add_overflow(sum, both.n, &sum)) {
            return value_unknown();
        }
    }
    return some ? value_of(sum) : value_unknown();
}

/* The case is about a system that no register knows yet: it is not online. */
static bool names_system(const struct asking *asking, const struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    bool names = false;
    for (int32_t f = 0; f < policy->field_count; f++) {
        struct text name = {0};
        const struct slot *slot = work->file ? &work->file->slots[f] : NULL;
        if (policy->fields[f].type == FIELD_SYSTEM) {
            text_addf(&name, "entry.%s", policy->fields[f].title.name);
            names |= asked(asking, arena_keep(asking->arena, &name)) != NULL;
            names |= slot && slot->text && slot->length;
        }
    }
    return names;
}

static void put_system(struct asking *asking, struct casework *work, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    const struct entry *system =
        work->row.system ? book_by_id(asking->counter, BOOK_SYSTEM, work->row.system) : NULL;
    if (!system) {
        if (names_system(asking, work)) {
            put_new(work, facts,
                    slot_name(policy, policy_slot_around(policy, AROUND_SYSTEM_ONLINE)), "no");
        }
        return;
    }
    static const struct {
        enum surrounding which;
        const char *fact;
    } own[] = {{AROUND_SYSTEM_ONLINE, "online"},
               {AROUND_SYSTEM_OPENED, "opened"},
               {AROUND_SYSTEM_CLOSED, "closed"}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const char *value = entry_fact(system, own[i].fact, asking->arena);
        if (value && *value) {
            put_new(work, facts, slot_name(policy, policy_slot_around(policy, own[i].which)),
                    value);
        } else if (i == 0) {
            put_new(work, facts, slot_name(policy, policy_slot_around(policy, own[i].which)), "no");
        }
    }
    const char *at = system->thing.facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (name_length > 6 && strncmp(name, "entry.", 6) == 0) {
            struct text fact = {0};
            text_add(&fact, "system.");
            text_add_n(&fact, name + 6, name_length - 6);
            const char *kept = arena_keep(asking->arena, &fact);
            if (slot_named(policy, kept) >= 0) {
                put_new(work, facts, kept, fact_unescape(asking->arena, value, length));
            }
        }
    }
    for (int32_t i = 0; i < policy->measures.count; i++) {
        struct value has = system_has(asking, work->rulebook, system, i);
        if (has.known) {
            put_decimal(work, facts,
                        slot_name(policy, policy_slot_measure(policy, i, MEASURE_SYSTEM)), has.n);
        }
    }
}

/* Outside the judging of use, avg, p95 and peak are those of the system's latest month. */
static int put_use(struct asking *asking, struct casework *work, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    struct text latest = {0};
    int status = work->row.system ? store_use_latest(asking->counter->store, work->row.system,
                                                     policy->figures, &latest, asking->error)
                                  : 0;
    const char *at = text_bytes(&latest), *end = at + latest.length, *name, *value;
    size_t name_length, length;
    while (status == 0 && fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *fact = arena_text(asking->arena, name, name_length);
        if (slot_named(policy, fact) >= policy->field_count) {
            put_new(work, facts, fact, fact_unescape(asking->arena, value, length));
        }
    }
    text_free(&latest);
    return status;
}

/* ---- what the platform has left ---- */

/* The quota in force on DAY of every vendor, added up. */
struct value platform_quota(struct asking *asking, const char *measure, int32_t day)
{
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_QUOTA);
    int64_t sum = 0;
    bool some = false;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct entry *one = shelf->items[i], *later = NULL;
        if (!entry_valid(one, day)) {
            continue;
        }
        for (size_t k = 0; k < shelf->count && !later; k++) {
            const struct entry *other = shelf->items[k];
            bool newer = other->thing.since > one->thing.since ||
                         (other->thing.since == one->thing.since && k > i);
            later = other != one && other->thing.parent == one->thing.parent && newer &&
                            entry_valid(other, day)
                        ? other
                        : NULL;
        }
        const char *total = later ? NULL : entry_fact(one, measure, asking->arena);
        int64_t micro;
        if (total && decimal_parse(total, strlen(total), &micro)) {
            sum += micro;
            some = true;
        }
    }
    return some ? value_of(sum) : value_unknown();
}

bool system_online(struct asking *asking, const struct entry *system)
{
    const char *online = entry_fact(system, "online", asking->arena);
    return online && strcmp(online, "yes") == 0;
}

struct leaving {
    struct asking *asking;
    const struct rulebook *rulebook;
    int32_t measure;
    int64_t left;
};

static int take_given(void *self, struct entry *system)
{
    struct leaving *leaving = self;
    if (system_online(leaving->asking, system)) {
        struct value has = system_has(leaving->asking, leaving->rulebook, system, leaving->measure);
        leaving->left -= has.known ? has.n : 0;
    }
    return 0;
}

struct value platform_free(struct asking *asking, const struct casework *work, int32_t measure,
                           int32_t day)
{
    const char *label = work->rulebook->policy->measures.items[measure].name;
    struct value left = platform_quota(asking, label, day);
    int64_t reserved = 0;
    if (!left.known || store_reserved(asking->counter->store, work->old.reserved, label, &reserved,
                                      asking->error)) {
        return value_unknown();
    }
    struct leaving leaving = {asking, work->rulebook, measure, left.n - reserved};
    if (book_each(asking, BOOK_SYSTEM, 0, BOOK_ALL, take_given, &leaving) != 0) {
        return value_unknown();
    }
    return value_of(leaving.left);
}

static bool asks_slot(const struct expr *expr, int32_t slot)
{
    return expr && ((expr->op == EXPR_FACT && expr->index == slot) || asks_slot(expr->left, slot) ||
                    asks_slot(expr->right, slot));
}

/* Only an act whose rules ask what is left puts it on record. */
static bool asks_free(const struct casework *work, const struct event *event, int32_t slot)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    bool asks = event && asks_slot(event->when, slot);
    for (int32_t i = 0; event && i < event->rules.count; i++) {
        asks |= asks_slot(procedure->rules[event->rules.items[i]].must, slot);
    }
    for (int32_t i = 0; event && i < event->to_count; i++) {
        asks |= asks_slot(event->to[i].when, slot);
    }
    return asks;
}

static void put_free(struct asking *asking, struct casework *work, const struct event *event,
                     int64_t moment, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    for (int32_t i = 0; i < policy->measures.count; i++) {
        int32_t slot = policy_slot_measure(policy, i, MEASURE_FREE);
        struct value left = asks_free(work, event, slot)
                                ? platform_free(asking, work, i, moment_day(moment))
                                : value_unknown();
        if (left.known) {
            put_decimal(work, facts, slot_name(policy, slot), left.n);
        }
    }
}

/* ---- other cases ---- */

enum { RELATED_MOST = 1000 };

struct value cases_count(struct asking *asking, struct casework *work, int32_t query,
                         int64_t moment)
{
    struct rulebook *rulebook = work->rulebook;
    const struct case_query *asked_for = &rulebook->policy->queries[query];
    const char *procedure = rulebook->policy->procedures[asked_for->procedure].title.name;
    int64_t *ids = arena_array(asking->arena, RELATED_MOST, sizeof *ids), count = 0;
    int64_t found =
        ids ? store_related(asking->counter->store, work->row.id, work->row.system, work->row.org,
                            procedure, false, ids, RELATED_MOST, asking->error)
            : -1;
    for (int64_t i = 0; i < found; i++) {
        struct casework other;
        size_t acts = 0;
        if (casework_load(asking, ids[i], &other) != 0) {
            casework_free(&other);
            return value_unknown();
        }
        while (acts < other.records.count && other.acts[acts].effective <= moment) {
            acts++;
        }
        if (acts > 0 && fold_case(rulebook->other, asking->counter->calendar, asked_for->procedure,
                                  other.acts, acts, moment) != FOLD_MEMORY) {
            struct value holds = fold_eval(rulebook->other, asked_for->where, moment, PERSON_DESK);
            count += holds.known && holds.n;
        }
        casework_free(&other);
    }
    return found < 0 ? value_unknown() : value_of(count * MICRO);
}

/* Of a case that a drift opened: whether what it speaks of is still to be seen. */
static int put_drifting(struct asking *asking, struct casework *work, struct text *facts)
{
    if (!work->row.source || strncmp(work->row.source, DRIFT_SOURCE, strlen(DRIFT_SOURCE)) != 0) {
        return 0;
    }
    int seen = store_drift_of_case(asking->counter->store, work->row.id, asking->error);
    if (seen >= 0) {
        put_new(work, facts,
                slot_name(work->rulebook->policy,
                          policy_slot_around(work->rulebook->policy, AROUND_DRIFTING)),
                seen ? "yes" : "no");
    }
    return seen < 0 ? -1 : 0;
}

static void put_counts(struct asking *asking, struct casework *work, int64_t moment,
                       struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    for (int32_t i = 0; work->rulebook->counts_again && i < policy->query_count; i++) {
        struct value number = cases_count(asking, work, i, moment);
        if (number.known) {
            put_decimal(work, facts, slot_name(policy, policy_slot_query(policy, i)), number.n);
        }
    }
}

int around_facts(struct asking *asking, struct casework *work, const struct event *event,
                 int64_t moment, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    const struct entry *org = book_by_id(asking->counter, BOOK_ORG, work->row.org);
    const char *level = org ? entry_fact(org, "level", asking->arena) : NULL;
    if (level && *level) {
        put_new(work, facts, slot_name(policy, policy_slot_around(policy, AROUND_ORG_LEVEL)),
                level);
    }
    put_system(asking, work, facts);
    if (put_use(asking, work, facts) != 0) {
        return -1;
    }
    put_free(asking, work, event, moment, facts);
    put_counts(asking, work, moment, facts);
    if (put_drifting(asking, work, facts) != 0) {
        return -1;
    }
    return facts->failed ? error_memory(asking->error) : 0;
}
