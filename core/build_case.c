/* build_case.c: procedures with their states, events and rules. */
#include <string.h>

#include "core/build.h"

/* The procedure at hand, writable. */
struct making_case {
    struct builder *b;
    int32_t index;
    struct procedure *procedure;
    struct state *states;
    struct event *events;
    struct rule *rules;
};

static const struct draft_thing *thing_of(const struct making_case *m, enum kind kind,
                                          const char *name)
{
    return draft_find(m->b->compiler.draft, kind, m->procedure->title.name, name);
}

static struct ground_of case_ground(const struct making_case *m)
{
    return (struct ground_of){GROUND_CASE, m->index, false, true};
}

static int32_t state_named(struct making_case *m, struct value_text value, struct piece piece)
{
    int32_t symbol = build_symbol(m->b, piece.text, piece.length);
    int32_t state = symbol ? m->procedure->state_of[symbol] : -1;
    if (state < 0) {
        no_such_name(value, piece, KIND_STATE);
    }
    return state;
}

/* ---- states ---- */

static struct who read_who(struct value_text value, struct piece piece, bool orgs)
{
    struct builder *b = value.builder;
    if (piece_is(piece, "owner")) {
        return (struct who){WHO_OWNER, -1};
    }
    if (piece_is(piece, "payer")) {
        return (struct who){WHO_PAYER, -1};
    }
    if (piece_is(piece, "desk") && !orgs) {
        return (struct who){WHO_DESK, -1};
    }
    int32_t symbol = build_symbol(b, piece.text, piece.length);
    int32_t field = symbol ? b->field_of[symbol] : -1;
    if (field >= 0) {
        enum field_type type = b->fields[field].type;
        bool fits = type == FIELD_ROLE || (orgs && (type == FIELD_ORG || type == FIELD_ORGS));
        compiler_use(&b->compiler, KIND_FIELD, symbol);
        if (fits) {
            return (struct who){WHO_FIELD, field};
        }
        build_say(value, piece.from, orgs ? MESSAGE_build_tell : MESSAGE_build_who,
                  b->fields[field].title.name, NULL, NULL);
        return (struct who){WHO_NOBODY, -1};
    }
    int32_t role = piece_role(value, piece);
    return role < 0 ? (struct who){WHO_NOBODY, -1} : (struct who){WHO_ROLE, role};
}

static int32_t read_stage(struct value_text value, struct labels stages)
{
    if (!value.key) {
        return -1;
    }
    for (int32_t i = 0; i < stages.count; i++) {
        if (strcmp(stages.items[i].name, value.key->text) == 0) {
            return i;
        }
    }
    build_say(value, 0, MESSAGE_build_stage, value.key->text, NULL, NULL);
    return -1;
}

static void read_state(struct making_case *m, struct state *state)
{
    struct builder *b = m->b;
    const struct draft_thing *thing = thing_of(m, KIND_STATE, state->title.name);
    struct value_text with = value_of_key(b, thing, "with"),
                      final = value_of_key(b, thing, "final");
    static const enum final finals[] = {FINAL_DONE, FINAL_REFUSED, FINAL_DROPPED};
    int32_t which = read_words(final, -1);
    state->final = which < 0 ? FINAL_NO : finals[which];
    state->stage = read_stage(value_of_key(b, thing, "stage"), m->procedure->stages);
    state->edit = read_flag(value_of_key(b, thing, "edit"));
    if (with.key) {
        struct piece piece = {with.key->text, strlen(with.key->text), 0};
        state->with = read_who(with, piece, false);
    } else if (!final.key) {
        build_say((struct value_text){b, thing, NULL}, 0, MESSAGE_build_with, NULL, NULL, NULL);
    }
    struct value_text clock = value_of_key(b, thing, "clock");
    if (final.key && clock.key) {
        build_say(clock, 0, MESSAGE_check_final_clock, NULL, NULL, NULL);
    }
}

/* ---- clocks of states ---- */

static void note_clocks(struct builder *b, struct indexes found, int32_t *items, int32_t *count)
{
    for (int32_t i = 0; i < found.count; i++) {
        bool there = false;
        for (int32_t k = 0; k < *count; k++) {
            there |= items[k] == found.items[i];
        }
        if (!there) {
            items[(*count)++] = found.items[i];
        }
        compiler_use(&b->compiler, KIND_CLOCK, b->clocks[found.items[i]].title.symbol);
    }
}

static bool holds_all(struct value_text value)
{
    return value.key && strcmp(value.key->text, "all") == 0;
}

static void set_part(struct making_case *m, uint8_t *parts, struct indexes clocks,
                     enum clock_part part)
{
    for (int32_t i = 0; i < clocks.count; i++) {
        parts[m->procedure->clock_of[clocks.items[i]]] = (uint8_t)part;
    }
}

static void state_clocks(struct making_case *m, struct state *state, struct indexes always)
{
    struct builder *b = m->b;
    const struct draft_thing *thing = thing_of(m, KIND_STATE, state->title.name);
    struct value_text holds = value_of_key(b, thing, "holds");
    uint8_t *parts =
        arena_array(b->compiler.arena, (size_t)m->procedure->clocks.count + 1, sizeof *parts);
    state->clocks = parts;
    if (!parts || state->final != FINAL_NO) {
        return;
    }
    struct indexes own = read_clocks(value_of_key(b, thing, "clock"));
    set_part(m, parts, always, CLOCK_NAMED);
    set_part(m, parts, own, CLOCK_NAMED);
    for (int32_t i = 0; holds_all(holds) && i < m->procedure->clocks.count; i++) {
        parts[i] = CLOCK_HELD;
    }
    if (holds_all(holds)) {
        set_part(m, parts, own, CLOCK_NAMED);
        return;
    }
    struct indexes held = read_clocks(holds);
    for (int32_t i = 0; i < held.count; i++) {
        for (int32_t k = 0; k < own.count; k++) {
            if (held.items[i] == own.items[k]) {
                build_say(holds, 0, MESSAGE_build_names_and_holds,
                          b->clocks[own.items[k]].title.name, NULL, NULL);
            }
        }
    }
    set_part(m, parts, held, CLOCK_HELD);
}

static void read_state_clocks(struct making_case *m)
{
    struct builder *b = m->b;
    struct arena *arena = b->compiler.arena;
    size_t all = (size_t)b->policy->clock_count + 1;
    int32_t *items = arena_array(arena, all, sizeof *items);
    int16_t *clock_of = arena_array(arena, all, sizeof *clock_of);
    int32_t count = 0;
    if (!items || !clock_of) {
        return;
    }
    struct indexes always = read_clocks(value_of_key(b, b->procedure_things[m->index], "clock"));
    note_clocks(b, always, items, &count);
    for (int32_t i = 0; i < m->procedure->state_count; i++) {
        const struct draft_thing *thing = thing_of(m, KIND_STATE, m->states[i].title.name);
        struct value_text holds = value_of_key(b, thing, "holds");
        note_clocks(b, read_clocks(value_of_key(b, thing, "clock")), items, &count);
        if (!holds_all(holds)) {
            note_clocks(b, read_clocks(holds), items, &count);
        }
    }
    for (int32_t i = 0; i < b->policy->clock_count; i++) {
        clock_of[i] = -1;
    }
    for (int32_t i = 0; i < count; i++) {
        clock_of[items[i]] = (int16_t)i;
    }
    m->procedure->clocks = (struct indexes){items, count};
    m->procedure->clock_of = clock_of;
    for (int32_t i = 0; i < m->procedure->state_count; i++) {
        state_clocks(m, &m->states[i], always);
    }
}

/* ---- events ---- */

static uint64_t read_from(struct making_case *m, struct value_text value)
{
    uint64_t from = 0;
    struct piece piece;
    size_t at = 0;
    if (value.key && strcmp(value.key->text, "any") == 0) {
        for (int32_t i = 0; i < m->procedure->state_count; i++) {
            from |= m->states[i].final == FINAL_NO ? UINT64_C(1) << i : 0;
        }
        return from;
    }
    while (next_piece(value, &at, &piece)) {
        int32_t state = state_named(m, value, piece);
        if (state >= 0 && m->states[state].final != FINAL_NO) {
            build_say(value, piece.from, MESSAGE_check_leaves_final, m->states[state].title.name,
                      NULL, NULL);
        } else if (state >= 0) {
            from |= UINT64_C(1) << state;
        }
    }
    return from;
}

static void read_to(struct making_case *m, struct value_text value, struct event *event)
{
    struct piece piece, what, condition;
    size_t at = 0;
    struct destination *to = room_for_pieces(value, sizeof *to);
    event->to = to;
    bool conditional = false;
    while (to && next_piece(value, &at, &piece)) {
        conditional = split_if(piece, &what, &condition);
        struct destination *destination = &to[event->to_count];
        destination->state = piece_is(what, "back") ? TO_BACK : state_named(m, value, what);
        if (conditional) {
            destination->when = read_condition(value, condition, case_ground(m), VALUE_YESNO);
            destination->written = build_keep(m->b, condition.text, condition.length);
        } else if (at <= strlen(value.key->text)) {
            build_say(value, piece.from, MESSAGE_build_to_middle,
                      build_keep(m->b, what.text, what.length), NULL, NULL);
        }
        event->to_count += destination->state != -1;
    }
    if (conditional) {
        build_say(value, 0, MESSAGE_build_to_last, NULL, NULL, NULL);
    }
}

/* roles; all of roles; N of roles; desk */
static void read_by(struct value_text value, struct event *event)
{
    struct piece piece;
    size_t at = 0;
    bool first = true;
    event->by = value.key ? BY_ROLES : BY_HOLDER;
    while (next_piece(value, &at, &piece)) {
        if (first && piece_is(piece, "desk")) {
            event->by = BY_DESK;
            continue;
        }
        if (first && piece.length > 7 && memcmp(piece.text, "all of ", 7) == 0) {
            event->by = BY_ALL_OF;
            piece = (struct piece){piece.text + 7, piece.length - 7, piece.from + 7};
        } else if (first && piece.length > 5 && piece.text[0] >= '1' && piece.text[0] <= '9' &&
                   memcmp(piece.text + 1, " of ", 4) == 0) {
            event->by = BY_COUNT_OF;
            event->by_count = piece.text[0] - '0';
            piece = (struct piece){piece.text + 5, piece.length - 5, piece.from + 5};
        }
        first = false;
        int32_t role = piece_role(value, piece);
        event->roles |= role >= 0 ? UINT64_C(1) << role : 0;
    }
}

static void read_tell(struct value_text value, struct event *event)
{
    struct piece piece;
    size_t at = 0;
    struct who *tell = room_for_pieces(value, sizeof *tell);
    event->tell = tell;
    while (tell && next_piece(value, &at, &piece)) {
        struct who who = read_who(value, piece, true);
        if (who.kind != WHO_NOBODY) {
            tell[event->tell_count++] = who;
        }
    }
}

/* "trial by extra_days", "trial by 5d", "fix to new_day" */
static bool read_extension(struct value_text value, struct piece piece, struct extension *extension)
{
    struct builder *b = value.builder;
    struct piece rest = piece, clock = take_word(&rest), joint = take_word(&rest);
    int32_t symbol = build_symbol(b, clock.text, clock.length);
    *extension = (struct extension){.clock = symbol ? b->clock_of[symbol] : -1, .field = -1};
    if (extension->clock < 0) {
        no_such_name(value, clock, KIND_CLOCK);
        return false;
    }
    extension->to_day = piece_is(joint, "to");
    if ((!extension->to_day && !piece_is(joint, "by")) || rest.length == 0) {
        build_say(value, piece.from, MESSAGE_build_extends, build_keep(b, piece.text, piece.length),
                  NULL, NULL);
        return false;
    }
    if (!extension->to_day && piece_period(rest, &extension->period)) {
        return true;
    }
    symbol = build_symbol(b, rest.text, rest.length);
    extension->field = symbol ? b->field_of[symbol] : -1;
    if (extension->field < 0) {
        no_such_name(value, rest, KIND_FIELD);
        return false;
    }
    const struct field *field = &b->fields[extension->field];
    compiler_use(&b->compiler, KIND_FIELD, symbol);
    extension->period.unit = field->unit;
    bool fits = extension->to_day ? field->type == FIELD_DATE || field->type == FIELD_TIME
                                  : field->is_period;
    if (!fits) {
        build_say(value, rest.from, extension->to_day ? MESSAGE_build_anchor : MESSAGE_build_length,
                  field->title.name, NULL, NULL);
    }
    return fits;
}

static void read_extends(struct value_text value, struct event *event)
{
    struct piece piece;
    size_t at = 0;
    struct extension *extends = room_for_pieces(value, sizeof *extends);
    event->extends = extends;
    while (extends && next_piece(value, &at, &piece)) {
        event->extend_count += read_extension(value, piece, &extends[event->extend_count]);
    }
}

static bool in_form(const struct event *event, int32_t field)
{
    for (int32_t i = 0; i < event->fields.count; i++) {
        if (event->fields.items[i] == field) {
            return true;
        }
    }
    return false;
}

static void read_fills(struct builder *b, struct value_text value, struct event *event)
{
    event->fills = read_fields(value);
    for (int32_t i = 0; i < event->fills.count; i++) {
        const struct field *field = &b->fields[event->fills.items[i]];
        bool good = field->type == FIELD_NUMBER && field->column >= 0 &&
                    in_form(event, event->fills.items[i]);
        if (!good) {
            build_say(value, 0, MESSAGE_build_fills, field->title.name, NULL, NULL);
        }
    }
}

static void read_event(struct making_case *m, struct event *event)
{
    struct builder *b = m->b;
    const struct draft_thing *thing = thing_of(m, KIND_EVENT, event->title.name);
    static const enum system_effect effects[] = {SYSTEM_OPEN, SYSTEM_CHANGE, SYSTEM_CLOSE};
    event->from = read_from(m, value_of_key(b, thing, "from"));
    read_to(m, value_of_key(b, thing, "to"), event);
    read_by(value_of_key(b, thing, "by"), event);
    struct value_text when = value_of_key(b, thing, "when");
    event->when = read_when(when, case_ground(m));
    event->written = when.key ? build_keep(b, when.key->text, strlen(when.key->text)) : NULL;
    event->fields = read_fields(value_of_key(b, thing, "form"));
    read_fills(b, value_of_key(b, thing, "fills"), event);
    read_tell(value_of_key(b, thing, "tell"), event);
    read_extends(value_of_key(b, thing, "extends"), event);
    event->opens = read_procedure(value_of_key(b, thing, "opens"));
    int32_t effect = read_words(value_of_key(b, thing, "system"), -1);
    event->system = effect < 0 ? SYSTEM_NONE : effects[effect];
    event->cites = read_cites(value_of_key(b, thing, "article"), m->procedure->cites);
}

/* ---- rules ---- */

static void read_else(struct value_text value, struct rule *rule)
{
    if (!value.key || strcmp(value.key->text, "refuse") == 0) {
        rule->otherwise = ELSE_REFUSE;
    } else if (strcmp(value.key->text, "reason") == 0) {
        rule->otherwise = ELSE_REASON;
    } else if (strcmp(value.key->text, "ignore") == 0) {
        rule->otherwise = ELSE_IGNORE;
    } else {
        rule->otherwise = ELSE_ROLES;
        rule->roles = read_roles(value);
    }
}

static void read_rule(struct making_case *m, struct rule *rule)
{
    struct builder *b = m->b;
    const struct draft_thing *thing = thing_of(m, KIND_RULE, rule->title.name);
    struct value_text on = value_of_key(b, thing, "on");
    struct piece piece;
    size_t at = 0;
    while (next_piece(on, &at, &piece)) {
        int32_t symbol = build_symbol(b, piece.text, piece.length);
        int32_t event = symbol ? m->procedure->event_of[symbol] : -1;
        if (event < 0) {
            no_such_name(on, piece, KIND_EVENT);
        } else {
            rule->on |= UINT64_C(1) << event;
        }
    }
    rule->must = read_when(value_of_key(b, thing, "must"), case_ground(m));
    read_else(value_of_key(b, thing, "else"), rule);
    rule->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

static void link_rules(struct making_case *m)
{
    for (int32_t e = 0; e < m->procedure->event_count; e++) {
        int32_t *rules =
            arena_array(m->b->compiler.arena, (size_t)m->procedure->rule_count + 1, sizeof *rules);
        struct event *event = &m->events[e];
        event->rules = (struct indexes){rules, 0};
        for (int32_t r = 0; rules && r < m->procedure->rule_count; r++) {
            if (m->rules[r].on >> e & 1) {
                rules[event->rules.count++] = r;
            }
        }
    }
}

/* ---- procedures ---- */

static void read_procedure_head(struct making_case *m)
{
    struct builder *b = m->b;
    struct procedure *procedure = m->procedure;
    const struct draft_thing *thing = b->procedure_things[m->index];
    struct value_text begins = value_of_key(b, thing, "begins");
    procedure->by = read_roles(value_of_key(b, thing, "by"));
    if (begins.key) {
        struct piece piece = {begins.key->text, strlen(begins.key->text), 0};
        procedure->begins = state_named(m, begins, piece);
    }
    procedure->begins = begins.key && procedure->begins >= 0 ? procedure->begins : 0;
    procedure->application = read_fields(value_of_key(b, thing, "form"));
    procedure->number = read_text(value_of_key(b, thing, "number"));
    procedure->same = read_fields(value_of_key(b, thing, "same"));
    procedure->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

void build_cases(struct builder *b)
{
    for (int32_t i = 0; i < b->policy->procedure_count; i++) {
        struct procedure *procedure = &b->procedures[i];
        struct making_case m = {b,
                                i,
                                procedure,
                                (struct state *)procedure->states,
                                (struct event *)procedure->events,
                                (struct rule *)procedure->rules};
        read_procedure_head(&m);
        for (int32_t s = 0; s < procedure->state_count; s++) {
            read_state(&m, &m.states[s]);
        }
        read_state_clocks(&m);
        for (int32_t e = 0; e < procedure->event_count; e++) {
            read_event(&m, &m.events[e]);
        }
        for (int32_t r = 0; r < procedure->rule_count; r++) {
            read_rule(&m, &m.rules[r]);
        }
        link_rules(&m);
        if (procedure->state_count == 0) {
            build_say((struct value_text){b, b->procedure_things[i], NULL}, 0,
                      MESSAGE_build_no_states, NULL, NULL, NULL);
        }
    }
}
