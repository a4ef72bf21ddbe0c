/* rehearsal_facts.c: what the acts of a rehearsal put on record, and the systems they are about. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/rehearsal.h"

/* ---- bags ---- */

static struct known_fact *bag_find(const struct known *bag, const char *name)
{
    for (size_t i = 0; i < bag->count; i++) {
        if (strcmp(bag->facts[i].name, name) == 0) {
            return &bag->facts[i];
        }
    }
    return NULL;
}

const char *known_get(const struct known *bag, const char *name)
{
    const struct known_fact *fact = bag_find(bag, name);
    return fact ? fact->value : NULL;
}

bool known_set(struct known *bag, const char *name, const char *value)
{
    struct known_fact *fact = bag_find(bag, name);
    if (fact) {
        fact->value = value;
        return true;
    }
    if (bag->count == bag->capacity) {
        size_t capacity = bag->capacity ? bag->capacity * 2 : 16;
        struct known_fact *grown = realloc(bag->facts, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        bag->facts = grown;
        bag->capacity = capacity;
    }
    bag->facts[bag->count++] = (struct known_fact){name, value};
    return true;
}

void known_free(struct known *bag)
{
    free(bag->facts);
    *bag = (struct known){0};
}

/* ---- names ---- */

static int32_t slot_of(const struct policy *policy, const char *name)
{
    int32_t symbol = names_find(policy->names, name, strlen(name));
    return symbol ? policy->slot_of[symbol] : -1;
}

static int32_t column_of(const struct policy *policy, const char *name)
{
    int32_t symbol = names_find(policy->names, name, strlen(name));
    return symbol ? policy->column_of[symbol] : -1;
}

enum fact_kind rehearsal_fact(const struct policy *policy, const struct script_entry *entry,
                              struct text *out, const char **name)
{
    *name = entry->name;
    const char *dot = strrchr(entry->name, '.');
    if (entry->is_item) {
        return column_of(policy, dot + 1) >= 0 ? FACT_ITEM : FACT_UNKNOWN;
    }
    int32_t slot = slot_of(policy, entry->name);
    if (slot >= 0 && slot < policy->field_count) {
        return policy->fields[slot].column >= 0 ? FACT_BARE_COLUMN : FACT_ENTRY;
    }
    if (slot >= 0) {
        return FACT_AROUND;
    }
    if (!dot || dot == entry->name || column_of(policy, dot + 1) < 0) {
        return FACT_UNKNOWN;
    }
    text_clear(out);
    text_addf(out, "item.%s", entry->name);
    *name = text_bytes(out);
    return FACT_ITEM;
}

void rehearsal_put(struct text *facts, const char *name, const char *value)
{
    text_addf(facts, "%s=", name);
    for (const char *at = value; *at; at++) {
        if (*at == '\n') {
            text_add(facts, "\\n");
        } else if (*at == '\\') {
            text_add(facts, "\\\\");
        } else {
            text_add_n(facts, at, 1);
        }
    }
    text_add(facts, "\n");
}

static void put_day(struct text *facts, const char *name, int32_t day)
{
    char out[DAY_TEXT];
    if (day != DAY_NONE) {
        rehearsal_put(facts, name, day_format(day, out));
    }
}

static void put_number(struct text *facts, const char *name, int64_t micro)
{
    struct text text = {0};
    text_add_decimal(&text, micro);
    rehearsal_put(facts, name, text_bytes(&text));
    text_free(&text);
}

/* ---- what a case says as its acts stand ---- */

/* Which act's facts stand for act INDEX: its own, those of its latest correction, or -1 none. */
static int32_t stands_for(const struct rehearsal_case *of, size_t index)
{
    int32_t number = (int32_t)index + 1, stands = (int32_t)index;
    for (size_t i = index + 1; i < of->act_count; i++) {
        const struct act *act = &of->acts[i];
        bool takes_back = act->event == EVENT_ANNUL;
        if (takes_back && act->corrects > 0 && act->corrects - 1 != (int32_t)index &&
            of->acts[act->corrects - 1].corrects == number) {
            stands = (int32_t)index;
        } else if (act->corrects == number) {
            stands = takes_back ? -1 : (int32_t)i;
        }
    }
    return stands;
}

static bool restates(const struct act *act)
{
    return act->event == EVENT_CORRECT || act->event == EVENT_ANNUL;
}

/* Takes the \n and \\ of LENGTH bytes of a fact away. */
static const char *unescape(struct rehearsal *rehearsal, const char *text, size_t length)
{
    struct text out = {0};
    for (size_t i = 0; i < length; i++) {
        bool escape = text[i] == '\\' && i + 1 < length;
        i += escape;
        text_add_n(&out, escape && text[i] == 'n' ? "\n" : &text[i], 1);
    }
    const char *kept = rehearsal_keep(rehearsal, text_bytes(&out), out.length);
    text_free(&out);
    return kept;
}

static bool collect_facts(struct rehearsal *rehearsal, const struct act *act, struct known *bag)
{
    const char *at = act->facts, *end = at + act->facts_length;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        const char *equals = memchr(at, '=', (size_t)(stop - at));
        if (equals) {
            const char *name = rehearsal_keep(rehearsal, at, (size_t)(equals - at));
            const char *value = unescape(rehearsal, equals + 1, (size_t)(stop - equals - 1));
            if (!known_set(bag, name, value)) {
                rehearsal->failed = true;
                return false;
            }
        }
        at = stop < end ? stop + 1 : end;
    }
    return true;
}

bool rehearsal_collect(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       struct known *bag)
{
    for (size_t i = 0; i < of->act_count; i++) {
        int32_t stands = restates(&of->acts[i]) ? -1 : stands_for(of, i);
        if (stands >= 0 && !collect_facts(rehearsal, &of->acts[stands], bag)) {
            return false;
        }
    }
    return true;
}

/* ---- systems ---- */

/* One name means one system, but for two organisations of the same role. */
static bool same_name(const char *a, const char *b, const char *org_a, const char *org_b,
                      int32_t role_a, int32_t role_b)
{
    return a && b && strcmp(a, b) == 0 && (role_a != role_b || strcmp(org_a, org_b) == 0);
}

static struct rehearsal_system *find_system(const struct rehearsal *rehearsal,
                                            const struct rehearsal_case *of)
{
    for (size_t i = 0; i < rehearsal->system_count; i++) {
        struct rehearsal_system *system = rehearsal->systems[i];
        if (same_name(system->name, of->system, system->org, of->org, system->org_role,
                      of->org_role)) {
            return system;
        }
    }
    return NULL;
}

const struct rehearsal_system *rehearsal_system_of(const struct rehearsal *rehearsal,
                                                   const struct rehearsal_case *of)
{
    return find_system(rehearsal, of);
}

static struct rehearsal_system *make_system(struct rehearsal *rehearsal,
                                            const struct rehearsal_case *of)
{
    struct rehearsal_system *system = arena_take(rehearsal->arena, sizeof *system);
    bool room = rehearsal_room(rehearsal, &rehearsal->systems, rehearsal->system_count,
                               &rehearsal->system_capacity, sizeof(struct rehearsal_system *));
    if (!system || !room) {
        rehearsal->failed = true;
        return NULL;
    }
    *system = (struct rehearsal_system){.name = of->system,
                                        .org = of->org,
                                        .org_role = of->org_role,
                                        .opened = DAY_NONE,
                                        .closed = DAY_NONE};
    rehearsal->systems[rehearsal->system_count++] = system;
    return system;
}

/* What of "item.CODE." the system has from now on: delivered, else approved, else asked for. */
static const char *has_now(const struct rehearsal *rehearsal, const struct known *facts,
                           const char *code, struct text *name)
{
    const struct policy *policy = rehearsal->policy;
    int32_t own = ITEM_MEASURES + policy->measures.count;
    int32_t columns[2] = {policy->delivered, policy->approved};
    for (int i = 0; i < 2; i++) {
        if (columns[i] >= own) {
            text_clear(name);
            text_addf(name, "item.%s.%s", code, policy->columns[columns[i] - own]->title.name);
            const char *value = known_get(facts, text_bytes(name));
            if (value && *value) {
                return value;
            }
        }
    }
    text_clear(name);
    text_addf(name, "item.%s.quantity", code);
    return known_get(facts, text_bytes(name));
}

static void take_item(struct rehearsal *rehearsal, struct rehearsal_system *system,
                      const struct known *facts, const char *code)
{
    const struct policy *policy = rehearsal->policy;
    struct text name = {0};
    const char *has = has_now(rehearsal, facts, code, &name);
    text_clear(&name);
    text_addf(&name, "%s.quantity", code);
    const char *kept = rehearsal_keep(rehearsal, text_bytes(&name), name.length);
    rehearsal->failed |= !known_set(&system->items, kept, has ? has : "0");
    for (int32_t i = 0; i < policy->measures.count; i++) {
        text_clear(&name);
        text_addf(&name, "item.%s.%s", code, policy->measures.items[i].name);
        const char *piece = known_get(facts, text_bytes(&name));
        if (piece) {
            kept = rehearsal_keep(rehearsal, text_bytes(&name) + 5, name.length - 5);
            rehearsal->failed |= !known_set(&system->items, kept, piece);
        }
    }
    text_free(&name);
}

/* CODE where NAME is item.CODE.quantity; else NULL. */
static const char *code_of(struct rehearsal *rehearsal, const char *name)
{
    const char *dot = strrchr(name, '.');
    bool item =
        strncmp(name, "item.", 5) == 0 && dot && dot > name + 5 && strcmp(dot, ".quantity") == 0;
    return item ? rehearsal_keep(rehearsal, name + 5, (size_t)(dot - name - 5)) : NULL;
}

/* What the application read as where nothing was entered is an entry of the system too. */
static void take_defaults(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                          struct rehearsal_system *system, const struct known *facts)
{
    const struct policy *policy = rehearsal->policy;
    struct indexes asked = policy->procedures[of->procedure].application;
    for (int32_t i = 0; i < asked.count; i++) {
        const struct field *field = &policy->fields[asked.items[i]];
        bool moves = field->default_end.kind > END_FIXED;
        if (field->has_default && !moves && field->column < 0 &&
            !known_get(facts, field->title.name)) {
            rehearsal->failed |=
                !known_set(&system->entries, field->title.name, field->default_text);
        }
    }
}

void rehearsal_system(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                      enum system_effect effect, int64_t moment)
{
    struct rehearsal_system *system = find_system(rehearsal, of);
    struct known facts = {0};
    system = system || !of->system ? system : make_system(rehearsal, of);
    if (!system || !rehearsal_collect(rehearsal, of, &facts)) {
        known_free(&facts);
        return;
    }
    if (effect == SYSTEM_CLOSE) {
        system->online = false;
        system->closed = moment_day(moment);
        known_free(&system->items);
    } else {
        system->online = true;
        system->opened = effect == SYSTEM_OPEN ? moment_day(moment) : system->opened;
        system->closed = DAY_NONE;
    }
    if (effect != SYSTEM_CLOSE) {
        take_defaults(rehearsal, of, system, &facts);
    }
    for (size_t i = 0; effect != SYSTEM_CLOSE && i < facts.count; i++) {
        int32_t slot = slot_of(rehearsal->policy, facts.facts[i].name);
        const char *code = code_of(rehearsal, facts.facts[i].name);
        if (slot >= 0 && slot < rehearsal->policy->field_count) {
            rehearsal->failed |=
                !known_set(&system->entries, facts.facts[i].name, facts.facts[i].value);
        } else if (code) {
            take_item(rehearsal, system, &facts, code);
        }
    }
    known_free(&facts);
}

/* What the system has of a measure: quantities times pieces; unknown where a piece is not known. */
static struct value has_of(const struct rehearsal *rehearsal, const struct rehearsal_system *system,
                           int32_t measure)
{
    const char *label = rehearsal->policy->measures.items[measure].name;
    struct text name = {0};
    int64_t sum = 0, quantity, piece;
    bool known = system->items.count > 0;
    for (size_t i = 0; i < system->items.count && known; i++) {
        const struct known_fact *fact = &system->items.facts[i];
        const char *dot = strrchr(fact->name, '.');
        if (strcmp(dot, ".quantity") != 0 ||
            !decimal_parse(fact->value, strlen(fact->value), &quantity) || quantity == 0) {
            continue;
        }
        text_clear(&name);
        text_add_n(&name, fact->name, (size_t)(dot - fact->name));
        text_addf(&name, ".%s", label);
        const char *value = known_get(&system->items, text_bytes(&name));
        known = value && decimal_parse(value, strlen(value), &piece);
        struct value both = known ? decimal_multiply(quantity, piece) : value_unknown();
        known = both.known && !__builtin_add_overflow(sum, both.n, &sum);
    }
    text_free(&name);
    return known ? value_of(sum) : value_unknown();
}

static void put_system(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       struct text *facts)
{
    const struct policy *policy = rehearsal->policy;
    const struct rehearsal_system *system = find_system(rehearsal, of);
    struct text name = {0};
    if (!of->system) {
        return;
    }
    int32_t online = policy_slot_around(policy, AROUND_SYSTEM_ONLINE);
    rehearsal_put(facts, policy->slots[online].name, system && system->online ? "yes" : "no");
    if (!system) {
        return;
    }
    put_day(facts, policy->slots[policy_slot_around(policy, AROUND_SYSTEM_OPENED)].name,
            system->opened);
    put_day(facts, policy->slots[policy_slot_around(policy, AROUND_SYSTEM_CLOSED)].name,
            system->closed);
    for (size_t i = 0; i < system->entries.count; i++) {
        text_clear(&name);
        text_addf(&name, "system.%s", system->entries.facts[i].name);
        if (slot_of(policy, text_bytes(&name)) >= 0) {
            rehearsal_put(facts, text_bytes(&name), system->entries.facts[i].value);
        }
    }
    for (int32_t i = 0; i < policy->measures.count; i++) {
        struct value has = has_of(rehearsal, system, i);
        if (has.known) {
            put_number(facts, policy->slots[policy_slot_measure(policy, i, MEASURE_SYSTEM)].name,
                       has.n);
        }
    }
    text_free(&name);
}

/* ---- the facts of an act ---- */

void rehearsal_around(struct rehearsal *rehearsal, struct rehearsal_case *of, int64_t moment,
                      struct text *facts)
{
    const struct policy *policy = rehearsal->policy;
    put_system(rehearsal, of, facts);
    for (size_t i = 0; i < of->around.count; i++) {
        rehearsal_put(facts, of->around.facts[i].name, of->around.facts[i].value);
    }
    if (rehearsal->recorded_query && rehearsal->fold) {
        for (int32_t i = 0; i < policy->query_count; i++) {
            const char *name = policy->slots[policy_slot_query(policy, i)].name;
            struct value count = known_get(&of->around, name)
                                     ? value_unknown()
                                     : rehearsal_count(rehearsal, of, i, moment);
            if (count.known) {
                put_number(facts, name, count.n);
            }
        }
    }
}

/* Of a line of the list that is entered now: how much of it the system has. */
static void put_before(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       const struct script_line *line, struct text *facts)
{
    const struct rehearsal_system *system = of->system ? find_system(rehearsal, of) : NULL;
    struct text name = {0};
    for (int32_t i = 0; system && i < line->entry_count; i++) {
        const char *code =
            line->entries[i].is_item ? code_of(rehearsal, line->entries[i].name) : NULL;
        if (code) {
            text_clear(&name);
            text_addf(&name, "%s.quantity", code);
            const char *has = known_get(&system->items, text_bytes(&name));
            text_clear(&name);
            text_addf(&name, "item.%s.before", code);
            rehearsal_put(facts, text_bytes(&name), has ? has : "0");
        }
    }
    text_free(&name);
}

static bool asks(const struct event *event, int32_t field)
{
    for (int32_t i = 0; event && i < event->fields.count; i++) {
        if (event->fields.items[i] == field) {
            return true;
        }
    }
    return false;
}

void rehearsal_entries(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                       const struct script_line *line, const struct event *event, bool around,
                       struct text *facts)
{
    const struct policy *policy = rehearsal->policy;
    const char *name;
    struct text made = {0};
    put_before(rehearsal, of, line, facts);
    for (int32_t i = 0; i < line->entry_count; i++) {
        enum fact_kind kind = rehearsal_fact(policy, &line->entries[i], &made, &name);
        if (kind == FACT_ENTRY || kind == FACT_ITEM || (around && kind == FACT_AROUND)) {
            rehearsal_put(facts, name, line->entries[i].value);
        }
    }
    text_free(&made);
    if (line->owner) {
        rehearsal_put(facts, policy->slots[policy_slot_around(policy, AROUND_OWNER)].name,
                      line->owner);
    }
    if (line->payer) {
        rehearsal_put(facts, policy->slots[policy_slot_around(policy, AROUND_PAYER)].name,
                      line->payer);
    }
    if (line->due) {
        rehearsal_put(facts, policy->slots[policy_slot_around(policy, AROUND_DUE)].name, line->due);
    }
    int32_t field = slot_of(policy, "reason");
    if (line->reason && field >= 0 && field < policy->field_count && asks(event, field)) {
        rehearsal_put(facts, "reason", line->reason);
    }
}

/* The surroundings a line gives stay with the case; its system is the text of a field that holds
 * one. */
static void take_in(struct rehearsal *rehearsal, struct rehearsal_case *of,
                    const struct script_line *line)
{
    const struct policy *policy = rehearsal->policy;
    const char *name;
    struct text made = {0};
    for (int32_t i = 0; i < line->entry_count; i++) {
        const struct script_entry *entry = &line->entries[i];
        enum fact_kind kind = rehearsal_fact(policy, entry, &made, &name);
        if (kind == FACT_AROUND) {
            rehearsal->failed |= !known_set(&of->around, entry->name, entry->value);
        } else if (kind == FACT_ENTRY && entry->value[0] &&
                   policy->fields[slot_of(policy, name)].type == FIELD_SYSTEM) {
            of->system = entry->value;
        }
    }
    text_free(&made);
}

void rehearsal_facts(struct rehearsal *rehearsal, struct rehearsal_case *of,
                     const struct script_line *line, const struct event *event, int64_t moment,
                     struct text *facts)
{
    if (line) {
        take_in(rehearsal, of, line);
    }
    rehearsal_around(rehearsal, of, moment, facts);
    of->read = rehearsal_keep(rehearsal, text_bytes(facts), facts->length);
    if (line) {
        rehearsal_entries(rehearsal, of, line, event, false, facts);
    }
    rehearsal->failed |= facts->failed;
}
