/* build_names.c: every thing registered, so that every name is known before any is read. */
#include <string.h>

#include "core/build.h"

static void take_title(struct builder *builder, const struct draft_thing *thing,
                       struct title *title)
{
    struct compiler *compiler = &builder->compiler;
    title->symbol = names_add(compiler->names, thing->name, strlen(thing->name));
    title->name = names_text(compiler->names, title->symbol);
    title->place = thing->place;
    const char *zh = read_text(value_of_key(builder, thing, "title"));
    const char *en = read_text(value_of_key(builder, thing, "en"));
    title->zh = zh && zh[0] ? zh : title->name;
    if (!en) {
        char *spaced = (char *)build_keep(builder, thing->name, strlen(thing->name));
        for (char *c = spaced; *c; c++) {
            *c = *c == '_' ? ' ' : *c;
        }
        en = spaced;
    }
    title->en = en;
}

static void check_required(struct builder *builder, const struct draft_thing *thing)
{
    size_t count;
    const struct key_info *keys = language_keys(&count);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].kind == thing->kind && keys[i].required && !draft_key(thing, keys[i].key)) {
            struct value_text value = {builder, thing, NULL};
            build_say(value, 0, MESSAGE_build_required, keys[i].key, keys[i].english, NULL);
        }
    }
    const struct draft_key *title = draft_key(thing, "title");
    if (title && title->text[0] == '\0') {
        build_say((struct value_text){builder, thing, title}, 0, MESSAGE_build_title, NULL, NULL,
                  NULL);
    }
}

size_t build_count(const struct draft *draft, enum kind kind, const char *owner)
{
    size_t count = 0;
    for (size_t i = 0; i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        count += thing->kind == kind && (!owner || strcmp(thing->owner, owner) == 0);
    }
    return count;
}

/* An array with room for every thing of KIND, and one more. */
static void *room_for(struct builder *builder, enum kind kind, size_t size)
{
    return arena_array(builder->compiler.arena,
                       build_count(builder->compiler.draft, kind, NULL) + 1, size);
}

static bool make_rooms(struct builder *b)
{
    size_t pointer = sizeof(const struct draft_thing *);
    size_t groups = build_count(b->compiler.draft, KIND_FORM, NULL) +
                    build_count(b->compiler.draft, KIND_FIELD, NULL) + 1;
    b->articles = room_for(b, KIND_ARTICLE, sizeof *b->articles);
    b->laws = room_for(b, KIND_LAW, sizeof *b->laws);
    b->terms = room_for(b, KIND_TERM, sizeof *b->terms);
    b->roles = room_for(b, KIND_ROLE, sizeof *b->roles);
    b->role_things = room_for(b, KIND_ROLE, pointer);
    b->groups = arena_array(b->compiler.arena, groups, sizeof *b->groups);
    b->group_things = arena_array(b->compiler.arena, groups, pointer);
    b->fields = room_for(b, KIND_FIELD, sizeof *b->fields);
    b->field_things = room_for(b, KIND_FIELD, pointer);
    b->columns = room_for(b, KIND_FIELD, sizeof *b->columns);
    b->procedures = room_for(b, KIND_PROCEDURE, sizeof *b->procedures);
    b->procedure_things = room_for(b, KIND_PROCEDURE, pointer);
    b->clocks = room_for(b, KIND_CLOCK, sizeof *b->clocks);
    b->clock_things = room_for(b, KIND_CLOCK, pointer);
    b->duties = room_for(b, KIND_DUTY, sizeof *b->duties);
    b->usages = room_for(b, KIND_USAGE, sizeof *b->usages);
    b->drifts = room_for(b, KIND_DRIFT, sizeof *b->drifts);
    b->scores = room_for(b, KIND_SCORE, sizeof *b->scores);
    b->bills = room_for(b, KIND_BILL, sizeof *b->bills);
    b->questions = room_for(b, KIND_QUESTION, sizeof *b->questions);
    struct policy *p = b->policy;
    p->articles = b->articles;
    p->laws = b->laws;
    p->terms = b->terms;
    p->roles = b->roles;
    p->groups = b->groups;
    p->fields = b->fields;
    p->procedures = b->procedures;
    p->clocks = b->clocks;
    p->duties = b->duties;
    p->usages = b->usages;
    p->drifts = b->drifts;
    p->scores = b->scores;
    p->bills = b->bills;
    p->questions = b->questions;
    return !arena_failed(b->compiler.arena);
}

static void too_many(struct builder *builder, const struct draft_thing *thing, const char *most)
{
    build_say((struct value_text){builder, thing, NULL}, 0, MESSAGE_build_most, most, NULL, NULL);
}

static void add_remedy(struct builder *b, const struct draft_thing *thing)
{
    struct near_word nearest = near_begin(thing->name, strlen(thing->name));
    for (int i = 0; i < REMEDY_KINDS; i++) {
        struct remedy *remedy = &b->policy->remedies[i];
        if (strcmp(thing->name, remedy_name((enum remedy_kind)i)) == 0) {
            remedy->offered = true;
            take_title(b, thing, &remedy->title);
            return;
        }
        near_offer(&nearest, remedy_name((enum remedy_kind)i));
    }
    build_say((struct value_text){b, thing, NULL}, 0,
              nearest.best ? MESSAGE_build_remedy_near : MESSAGE_build_remedy, thing->name,
              nearest.best, NULL);
}

static void add_plain(struct builder *b, const struct draft_thing *thing)
{
    struct policy *p = b->policy;
    switch (thing->kind) {
    case KIND_ARTICLE: {
        struct article *article = &b->articles[p->article_count++];
        take_title(b, thing, &article->title);
        int64_t number = 0;
        article->number = decimal_parse(thing->name, strlen(thing->name), &number)
                              ? (int32_t)(number / MICRO)
                              : 0;
        article->summary = read_text(value_of_key(b, thing, "summary"));
        article->summary_en = read_text(value_of_key(b, thing, "summary.en"));
        article->silent = read_text(value_of_key(b, thing, "silent"));
        break;
    }
    case KIND_LAW: {
        struct law *law = &b->laws[p->law_count++];
        take_title(b, thing, &law->title);
        law->summary = read_text(value_of_key(b, thing, "summary"));
        law->summary_en = read_text(value_of_key(b, thing, "summary.en"));
        break;
    }
    case KIND_TERM:
        take_title(b, thing, &b->terms[p->term_count++].title);
        break;
    case KIND_ROLE:
        if (p->role_count == POLICY_SET_MOST) {
            too_many(b, thing, "64");
            break;
        }
        b->role_things[p->role_count] = thing;
        take_title(b, thing, &b->roles[p->role_count++].title);
        break;
    case KIND_FORM:
        b->group_things[p->group_count] = thing;
        b->groups[p->group_count].is_form = true;
        take_title(b, thing, &b->groups[p->group_count++].title);
        break;
    case KIND_PROCEDURE:
        b->procedure_things[p->procedure_count] = thing;
        take_title(b, thing, &b->procedures[p->procedure_count++].title);
        break;
    case KIND_CLOCK:
        if (p->clock_count == POLICY_CLOCKS_MOST) {
            too_many(b, thing, "255");
            break;
        }
        b->clock_things[p->clock_count] = thing;
        take_title(b, thing, &b->clocks[p->clock_count++].title);
        break;
    case KIND_CARD:
        add_remedy(b, thing);
        break;
    case KIND_DUTY:
        take_title(b, thing, &b->duties[p->duty_count++].title);
        break;
    case KIND_USAGE:
        take_title(b, thing, &b->usages[p->usage_count++].title);
        break;
    case KIND_DRIFT:
        take_title(b, thing, &b->drifts[p->drift_count++].title);
        break;
    case KIND_SCORE:
        take_title(b, thing, &b->scores[p->score_count++].title);
        break;
    case KIND_BILL:
        take_title(b, thing, &b->bills[p->bill_count++].title);
        break;
    case KIND_QUESTION:
        take_title(b, thing, &b->questions[p->question_count++].title);
        break;
    default:
        break;
    }
}

static struct group *group_named(struct builder *b, const char *name)
{
    for (int32_t i = 0; i < b->policy->group_count; i++) {
        if (strcmp(b->groups[i].title.name, name) == 0) {
            return &b->groups[i];
        }
    }
    return NULL;
}

/* [field.NAME] without a form line is a group without a heading. */
static void add_field(struct builder *b, const struct draft_thing *thing)
{
    struct policy *p = b->policy;
    struct group *group = group_named(b, thing->owner);
    if (!group) {
        group = &b->groups[p->group_count++];
        group->title.symbol = names_add(b->compiler.names, thing->owner, strlen(thing->owner));
        group->title.name = names_text(b->compiler.names, group->title.symbol);
        group->title.zh = group->title.en = group->title.name;
        group->title.place = thing->place;
    }
    struct field *field = &b->fields[p->field_count];
    b->field_things[p->field_count++] = thing;
    take_title(b, thing, &field->title);
    field->group = (int32_t)(group - b->groups);
}

/* States, events and rules of one procedure, in the order written. */
static void add_owned(struct builder *b, int32_t index)
{
    struct procedure *procedure = &b->procedures[index];
    const struct draft *draft = b->compiler.draft;
    const char *owner = procedure->title.name;
    struct arena *arena = b->compiler.arena;
    struct state *states =
        arena_array(arena, build_count(draft, KIND_STATE, owner) + 1, sizeof *states);
    struct event *events =
        arena_array(arena, build_count(draft, KIND_EVENT, owner) + 1, sizeof *events);
    struct rule *rules =
        arena_array(arena, build_count(draft, KIND_RULE, owner) + 1, sizeof *rules);
    if (!states || !events || !rules) {
        return;
    }
    procedure->states = states;
    procedure->events = events;
    procedure->rules = rules;
    for (size_t i = 0; i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        bool owned =
            thing->kind == KIND_STATE || thing->kind == KIND_EVENT || thing->kind == KIND_RULE;
        if (!owned || strcmp(thing->owner, owner) != 0) {
            continue;
        }
        int32_t *count = thing->kind == KIND_STATE   ? &procedure->state_count
                         : thing->kind == KIND_EVENT ? &procedure->event_count
                                                     : &procedure->rule_count;
        struct title *title = thing->kind == KIND_STATE   ? &states[*count].title
                              : thing->kind == KIND_EVENT ? &events[*count].title
                                                          : &rules[*count].title;
        if (*count == POLICY_SET_MOST) {
            too_many(b, thing, "64");
            continue;
        }
        take_title(b, thing, title);
        ++*count;
    }
}

static bool owner_exists(const struct builder *b, const struct draft_thing *thing)
{
    const struct draft *draft = b->compiler.draft;
    switch (thing->kind) {
    case KIND_STATE:
    case KIND_EVENT:
    case KIND_RULE:
        return draft_find(draft, KIND_PROCEDURE, "", thing->owner);
    case KIND_METRIC:
        return draft_find(draft, KIND_SCORE, "", thing->owner);
    case KIND_OPTION:
        return draft_find(draft, KIND_QUESTION, "", thing->owner);
    default:
        return true;
    }
}

static void check_owner(struct builder *b, const struct draft_thing *thing)
{
    if (!owner_exists(b, thing)) {
        static const char *const owners[KIND_COUNT] = {[KIND_STATE] = "procedure",
                                                       [KIND_EVENT] = "procedure",
                                                       [KIND_RULE] = "procedure",
                                                       [KIND_METRIC] = "score",
                                                       [KIND_OPTION] = "question"};
        build_say((struct value_text){b, thing, NULL}, 0, MESSAGE_build_owner, thing->owner,
                  owners[thing->kind], NULL);
    }
}

/* Labels name words, which must be known before conditions are read. */
static void take_labels(struct builder *b)
{
    const struct draft *draft = b->compiler.draft;
    struct policy *p = b->policy;
    const struct draft_thing *policy = draft_find(draft, KIND_POLICY, "", "policy");
    if (policy) {
        p->levels = read_labels(value_of_key(b, policy, "levels"), false);
        p->measures = read_labels(value_of_key(b, policy, "measures"), false);
    }
    for (int32_t i = 0; i < p->procedure_count; i++) {
        b->procedures[i].stages =
            read_labels(value_of_key(b, b->procedure_things[i], "stages"), false);
    }
    for (int32_t i = 0; i < p->field_count; i++) {
        static const char *const types[] = {"choice", "choices", "paper"};
        for (size_t t = 0; t < 3; t++) {
            struct value_text value = value_of_key(b, b->field_things[i], types[t]);
            if (value.key && strcmp(value.key->text, "yes") != 0) {
                b->fields[i].labels = read_labels(value, false);
            }
        }
    }
    for (int32_t i = 0; i < p->score_count; i++) {
        const struct draft_thing *thing =
            draft_find(draft, KIND_SCORE, "", b->scores[i].title.name);
        b->scores[i].parts = read_labels(value_of_key(b, thing, "parts"), false);
        b->scores[i].grades = read_labels(value_of_key(b, thing, "grades"), true);
    }
}

static int32_t *table(struct builder *b, size_t size)
{
    int32_t *out = arena_array(b->compiler.arena, size, sizeof *out);
    for (size_t i = 0; out && i < size; i++) {
        out[i] = -1;
    }
    return out;
}

static int16_t *short_table(struct builder *b, size_t size)
{
    int16_t *out = arena_array(b->compiler.arena, size, sizeof *out);
    for (size_t i = 0; out && i < size; i++) {
        out[i] = -1;
    }
    return out;
}

static bool make_tables(struct builder *b)
{
    struct policy *p = b->policy;
    size_t size = (size_t)names_count(b->compiler.names) + 1 + POLICY_QUERIES_MOST;
    p->slot_of = b->slot_of = table(b, size);
    p->column_of = b->column_of = table(b, size);
    p->role_of = b->role_of = table(b, size);
    p->field_of = b->field_of = table(b, size);
    p->clock_of = b->clock_of = table(b, size);
    p->procedure_of = b->procedure_of = table(b, size);
    b->group_of = table(b, size);
    b->compiler.used = arena_array(b->compiler.arena, size, KIND_COUNT);
    if (arena_failed(b->compiler.arena)) {
        return false;
    }
    for (int32_t i = 0; i < p->role_count; i++) {
        b->role_of[b->roles[i].title.symbol] = i;
    }
    for (int32_t i = 0; i < p->field_count; i++) {
        b->field_of[b->fields[i].title.symbol] = i;
    }
    for (int32_t i = 0; i < p->group_count; i++) {
        b->group_of[b->groups[i].title.symbol] = i;
    }
    for (int32_t i = 0; i < p->clock_count; i++) {
        b->clock_of[b->clocks[i].title.symbol] = i;
    }
    for (int32_t i = 0; i < p->procedure_count; i++) {
        struct procedure *procedure = &b->procedures[i];
        int16_t *states = short_table(b, size), *events = short_table(b, size);
        if (!states || !events) {
            return false;
        }
        b->procedure_of[procedure->title.symbol] = i;
        for (int32_t s = 0; s < procedure->state_count; s++) {
            states[procedure->states[s].title.symbol] = (int16_t)s;
        }
        for (int32_t e = 0; e < procedure->event_count; e++) {
            events[procedure->events[e].title.symbol] = (int16_t)e;
        }
        procedure->state_of = states;
        procedure->event_of = events;
    }
    return true;
}

bool build_names(struct builder *b)
{
    const struct draft *draft = b->compiler.draft;
    if (!make_rooms(b)) {
        return false;
    }
    for (size_t i = 0; i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        check_required(b, thing);
        check_owner(b, thing);
        add_plain(b, thing);
    }
    for (size_t i = 0; i < draft_count(draft); i++) {
        if (draft_at(draft, i)->kind == KIND_FIELD) {
            add_field(b, draft_at(draft, i));
        }
    }
    for (int32_t i = 0; i < b->policy->procedure_count; i++) {
        add_owned(b, i);
    }
    take_labels(b);
    return build_slots(b) && make_tables(b);
}

/* ---- slots (see policy.h) ---- */

static const struct {
    const char *name;
    enum value_type type;
} surroundings[AROUND_MEASURES] = {
    [AROUND_ORG_LEVEL] = {"org.level", VALUE_WORD},
    [AROUND_SYSTEM_ONLINE] = {"system.online", VALUE_YESNO},
    [AROUND_SYSTEM_OPENED] = {"system.opened", VALUE_DAY},
    [AROUND_SYSTEM_CLOSED] = {"system.closed", VALUE_DAY},
    [AROUND_DUE] = {"due", VALUE_DAY},
    [AROUND_AMOUNT] = {"amount", VALUE_NUMBER},
    [AROUND_SCORE] = {"score", VALUE_NUMBER},
    [AROUND_OWNER] = {"owner", VALUE_WORD},
    [AROUND_PAYER] = {"payer", VALUE_WORD},
    [AROUND_SOURCE] = {"source", VALUE_WORD},
    [AROUND_RESOURCE_USED] = {"resource.used", VALUE_YESNO},
    [AROUND_RESOURCE_DELIVERED] = {"resource.delivered", VALUE_DAY},
    [AROUND_SAMPLES] = {"samples", VALUE_NUMBER},
    [AROUND_DRIFTING] = {"drifting", VALUE_YESNO},
};
static const char *const measure_names[MEASURE_FACTS] = {"avg",  "p95",  "peak",
                                                         "free", "grow", "system"};
static const struct {
    const char *name;
    enum value_type type;
} drift_facts[DRIFT_FACTS] = {
    [DRIFT_RESOURCES] = {"servers", VALUE_NUMBER},
    [DRIFT_OWN] = {"resource.own", VALUE_YESNO},
    [DRIFT_DELIVERED] = {"resource.delivered", VALUE_DAY},
};
static const char *const drift_measures[DRIFT_MEASURES] = {
    [DRIFT_SEEN] = "deployed", [DRIFT_GIVEN] = "allotted", [DRIFT_RESOURCE] = "resource"};
static const char *const column_names[ITEM_MEASURES] = {"quantity", "before", "listed"};

static const char *joined(struct builder *b, const char *head, const char *name)
{
    struct text text = {0};
    text_addf(&text, "%s.%s", head, name);
    const char *kept = arena_keep(b->compiler.arena, &text);
    names_add(b->compiler.names, kept, strlen(kept));
    return kept;
}

/* Those a drift is judged on; they have names to be shown by, and are found by their places alone.
 */
static void name_drift_slots(struct builder *b, struct slot_info *slots)
{
    struct policy *p = b->policy;
    for (int32_t i = 0; i < p->field_count; i++) {
        slots[policy_slot_resource(p, i)] =
            (struct slot_info){.name = joined(b, "resource", b->fields[i].title.name), .field = i};
    }
    for (int32_t i = 0; i < DRIFT_FACTS; i++) {
        slots[policy_slot_drift(p, (enum drift_fact)i)] = (struct slot_info){
            .name = drift_facts[i].name, .type = drift_facts[i].type, .field = -1};
    }
    for (int32_t m = 0; m < p->measures.count; m++) {
        for (int32_t i = 0; i < DRIFT_MEASURES; i++) {
            slots[policy_slot_drift_measure(p, m, (enum drift_measure)i)] = (struct slot_info){
                .name = joined(b, drift_measures[i], p->measures.items[m].name), .field = -1};
        }
    }
}

/* Names the facts; the tables by symbol follow once every name is there. */
bool build_slots(struct builder *b)
{
    struct policy *p = b->policy;
    struct names *names = b->compiler.names;
    int32_t count = 2 * p->field_count + AROUND_MEASURES + MEASURE_FACTS * p->measures.count;
    p->drift_slots = policy_slot_drift_measure(p, p->measures.count, DRIFT_SEEN);
    struct slot_info *slots = arena_array(b->compiler.arena, (size_t)p->drift_slots, sizeof *slots);
    if (!slots) {
        return false;
    }
    p->slots = slots;
    p->slot_count = count;
    name_drift_slots(b, slots);
    for (int32_t i = 0; i < p->field_count; i++) {
        slots[i] = (struct slot_info){.name = b->fields[i].title.name, .field = i};
        slots[p->field_count + i] =
            (struct slot_info){.name = joined(b, "system", slots[i].name), .field = i};
    }
    for (int32_t i = 0; i < AROUND_MEASURES; i++) {
        const char *name = surroundings[i].name;
        names_add(names, name, strlen(name));
        slots[policy_slot_around(p, (enum surrounding)i)] =
            (struct slot_info){.name = name, .type = surroundings[i].type, .field = -1};
    }
    for (int32_t m = 0; m < p->measures.count; m++) {
        for (int32_t f = 0; f < MEASURE_FACTS; f++) {
            slots[policy_slot_measure(p, m, (enum measure_fact)f)] = (struct slot_info){
                .name = joined(b, measure_names[f], p->measures.items[m].name), .field = -1};
        }
    }
    for (int32_t i = 0; i < ITEM_MEASURES; i++) {
        names_add(names, column_names[i], strlen(column_names[i]));
    }
    for (int32_t i = 0; i < p->duty_count; i++) {
        joined(b, "duty", b->duties[i].title.name);
    }
    for (int32_t i = 0; i < p->score_count; i++) {
        joined(b, "score", b->scores[i].title.name);
    }
    for (int32_t i = 0; i < p->bill_count; i++) {
        joined(b, "bill", b->bills[i].title.name);
    }
    return !arena_failed(b->compiler.arena);
}

/* After the conditions: a slot for each cases() that was met. */
bool build_queries(struct builder *b)
{
    struct policy *p = b->policy;
    struct slot_info *slots = (struct slot_info *)p->slots;
    if (b->compiler.query_count > POLICY_QUERIES_MOST) {
        findings_add(b->compiler.findings, (struct place){0, 0}, "", "", b->compiler.answers,
                     MESSAGE_build_queries, NULL, NULL, NULL, NULL);
        return false;
    }
    p->queries = b->compiler.queries;
    p->query_count = b->compiler.query_count;
    for (int32_t i = 0; i < p->query_count; i++) {
        const char *name = p->queries[i].name;
        int32_t symbol = names_add(b->compiler.names, name, strlen(name));
        slots[p->slot_count] = (struct slot_info){.name = name, .type = VALUE_NUMBER, .field = -1};
        b->slot_of[symbol] = p->slot_count++;
    }
    return !arena_failed(b->compiler.arena);
}
