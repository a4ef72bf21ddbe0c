/* check_clocks.c: every clock runs somewhere, its anchor has a date, holds and expiries are
 * possible (checks 5, 6). */
#include <string.h>

#include "core/check.h"

/* What must lie on every way to a state: an event done, a state visited (INDEX: of the procedure),
 * a clock run, a field asked for. */
struct wanted {
    enum anchor_kind kind;
    int32_t index;
};

static bool contains(struct indexes list, int32_t value)
{
    for (int32_t i = 0; i < list.count; i++) {
        if (list.items[i] == value) {
            return true;
        }
    }
    return false;
}

static bool surely_asked(const struct policy *policy, int32_t field)
{
    return !policy->fields[field].optional && !policy->fields[field].when;
}

/* Being in the state is enough: it is the one, names the clock, or its application asks for the
 * field. */
static bool by_state(const struct graph *graph, int32_t state, struct wanted wanted)
{
    const struct procedure *procedure = graph->procedure;
    switch (wanted.kind) {
    case ANCHOR_STATE:
        return state == wanted.index;
    case ANCHOR_END_OF: {
        int16_t place = procedure->clock_of[wanted.index];
        return place >= 0 && procedure->states[state].clocks[place] == CLOCK_NAMED;
    }
    case ANCHOR_FIELD:
        return procedure->states[state].edit && surely_asked(graph->policy, wanted.index) &&
               contains(procedure->application, wanted.index);
    default:
        return false;
    }
}

static bool by_event(const struct graph *graph, int32_t event, struct wanted wanted)
{
    const struct procedure *procedure = graph->procedure;
    if (wanted.kind == ANCHOR_FIELD) {
        return surely_asked(graph->policy, wanted.index) &&
               contains(procedure->events[event].fields, wanted.index);
    }
    return wanted.kind == ANCHOR_EVENT && event == wanted.index;
}

static bool by_opening(const struct graph *graph, struct wanted wanted)
{
    const struct procedure *procedure = graph->procedure;
    return wanted.kind == ANCHOR_FIELD && procedure->by &&
           !procedure->states[procedure->begins].edit &&
           surely_asked(graph->policy, wanted.index) &&
           contains(procedure->application, wanted.index);
}

/* The desk does EVENT in STATE, and then no field is asked. */
static bool unasked(const struct graph *graph, int32_t event, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    int32_t symbol = procedure->events[event].title.symbol;
    for (int32_t place = 0; place < procedure->clocks.count; place++) {
        const struct clock *clock = &graph->policy->clocks[procedure->clocks.items[place]];
        if (procedure->states[state].clocks[place] == CLOCK_NAMED && clock->expires == symbol) {
            return true;
        }
    }
    return graph_desk(graph, &procedure->events[event], state);
}

/* Is it there when EVENT has been done in STATE? SURE: the states entered with it. */
static bool then_there(const struct graph *graph, uint64_t sure, struct wanted wanted,
                       int32_t event, int32_t state)
{
    if (sure >> state & 1) {
        return true;
    }
    if (wanted.kind == ANCHOR_FIELD && unasked(graph, event, state)) {
        return false;
    }
    return by_state(graph, state, wanted) || by_event(graph, event, wanted);
}

/* The states that cannot be entered without it: the greatest set that agrees with every way in. A
 * state entered by `back` was entered before, so those ways take nothing away. */
static uint64_t assured(const struct graph *graph, struct wanted wanted)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t sure = ~UINT64_C(0), last = 0;
    bool opening = by_opening(graph, wanted);
    while (sure != last) {
        last = sure;
        if (!opening) {
            sure &= ~(UINT64_C(1) << procedure->begins);
        }
        for (int32_t e = 0; e < procedure->event_count; e++) {
            for (int32_t s = 0; s < procedure->state_count; s++) {
                const struct event *event = &procedure->events[e];
                bool way = (event->from >> s & 1) && (graph->reached >> s & 1);
                if (way && !then_there(graph, sure, wanted, e, s)) {
                    sure &= ~graph_plain_to(event);
                }
            }
        }
    }
    for (int32_t s = 0; s < procedure->state_count; s++) {
        sure |= by_state(graph, s, wanted) ? UINT64_C(1) << s : 0;
    }
    return sure;
}

static bool opened_with_due(const struct policy *policy, int32_t procedure)
{
    for (int32_t i = 0; i < policy->duty_count; i++) {
        if (policy->duties[i].schedule.opens == procedure) {
            return true;
        }
    }
    for (int32_t i = 0; i < policy->bill_count; i++) {
        if (policy->bills[i].schedule.opens == procedure) {
            return true;
        }
    }
    return false;
}

struct asking {
    struct compiler *compiler;
    const struct graph *graph;
    const struct draft_thing *thing; /* the clock */
    const struct draft_key *key;     /* limit or least */
    int32_t place;
    bool whole; /* the procedure itself names it */
};

static bool in_word(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Where WORD stands in TEXT as a whole word; 0 where it does not. */
static size_t offset_of(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        if ((at == text || !in_word(at[-1])) && !in_word(at[length])) {
            return (size_t)(at - text);
        }
    }
    return 0;
}

static void say_undated(const struct asking *asking, const char *anchor, int32_t state)
{
    compiler_say(asking->compiler, asking->thing, asking->key,
                 asking->key ? offset_of(asking->key->text, anchor) : 0, MESSAGE_check_undated,
                 anchor, asking->graph->procedure->title.name,
                 asking->graph->procedure->states[state].title.name);
}

/* SURE: states where the date is assured. Each that names the clock must be; for a procedure's
 * clock its ends. */
static void need(const struct asking *asking, uint64_t sure, const char *anchor)
{
    const struct procedure *procedure = asking->graph->procedure;
    for (int32_t s = 0; s < procedure->state_count; s++) {
        const struct state *state = &procedure->states[s];
        bool ends = state->final == FINAL_DONE || state->final == FINAL_REFUSED;
        bool asks = asking->whole ? ends : state->clocks[asking->place] == CLOCK_NAMED;
        if (asks && (asking->graph->reached >> s & 1) && !(sure >> s & 1)) {
            say_undated(asking, anchor, s);
            return;
        }
    }
}

static void need_field(const struct asking *asking, int32_t field)
{
    const struct policy *policy = asking->graph->policy;
    /* A default is read wherever the field is asked at all. */
    if (!policy->fields[field].has_default || policy->fields[field].when) {
        need(asking, assured(asking->graph, (struct wanted){ANCHOR_FIELD, field}),
             policy->fields[field].title.name);
    }
}

static void check_limit(const struct asking *asking, const struct limit *limit)
{
    const struct policy *policy = asking->graph->policy;
    const struct procedure *procedure = asking->graph->procedure;
    const char *name = "due";
    if (limit->length_field >= 0) {
        need_field(asking, limit->length_field);
    }
    switch (limit->anchor) {
    case ANCHOR_FIELD:
        need_field(asking, limit->index);
        return;
    case ANCHOR_DUE:
        if (!opened_with_due(policy, (int32_t)(procedure - policy->procedures))) {
            compiler_say(asking->compiler, asking->thing, asking->key,
                         offset_of(asking->key->text, name), MESSAGE_check_no_due,
                         procedure->title.name, NULL, NULL);
        }
        return;
    case ANCHOR_EVENT:
    case ANCHOR_STATE: {
        /* in one procedure a name is an event or a state, in another it may be the other */
        int32_t event = procedure->event_of[limit->index],
                state = procedure->state_of[limit->index];
        struct wanted wanted = {event >= 0 ? ANCHOR_EVENT : ANCHOR_STATE,
                                event >= 0 ? event : state};
        name = names_text(policy->names, limit->index);
        need(asking, wanted.index < 0 ? 0 : assured(asking->graph, wanted), name);
        return;
    }
    case ANCHOR_END_OF:
        name = policy->clocks[limit->index].title.name;
        need(asking, assured(asking->graph, (struct wanted){ANCHOR_END_OF, limit->index}), name);
        return;
    default:
        return;
    }
}

static bool has_before(const struct clock *clock)
{
    for (int32_t i = 0; i < clock->limit_count; i++) {
        if (clock->limits[i].kind == LIMIT_BEFORE) {
            return true;
        }
    }
    return false;
}

/* The states in which clock number PLACE runs or stands still, once it has run. */
static uint64_t alive(const struct graph *graph, int32_t place)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t now = 0, last = 1;
    while (now != last) {
        last = now;
        for (int32_t s = 0; s < procedure->state_count; s++) {
            enum clock_part part = (enum clock_part)procedure->states[s].clocks[place];
            bool goes_on = part == CLOCK_HELD && (graph->before[s] & last);
            now |= part == CLOCK_NAMED || goes_on ? UINT64_C(1) << s : 0;
        }
    }
    return now;
}

static void check_holds(struct compiler *compiler, const struct graph *graph, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    const struct title *title = &procedure->states[state].title;
    const struct draft_thing *thing =
        check_thing(compiler, KIND_STATE, procedure->title.name, title->name);
    const struct draft_key *holds = draft_key(thing, "holds");
    bool all = holds && strcmp(holds->text, "all") == 0, any = false;
    for (int32_t place = 0; holds && place < procedure->clocks.count; place++) {
        const struct clock *clock = &graph->policy->clocks[procedure->clocks.items[place]];
        const char *name = clock->title.name;
        if (procedure->states[state].clocks[place] != CLOCK_HELD) {
            continue;
        }
        bool runs = alive(graph, place) & graph->before[state];
        any |= runs;
        if (!runs && !all) {
            compiler_say(compiler, thing, holds, offset_of(holds->text, name), MESSAGE_check_holds,
                         name, NULL, NULL);
        } else if (runs && has_before(clock)) {
            compiler_say(compiler, thing, holds, offset_of(holds->text, name),
                         MESSAGE_check_holds_before, name, NULL, NULL);
        }
    }
    if (all && !any) {
        compiler_say(compiler, thing, holds, 0, MESSAGE_check_holds_none, NULL, NULL, NULL);
    }
}

static void check_expires(const struct asking *asking, const struct clock *clock)
{
    const struct procedure *procedure = asking->graph->procedure;
    const struct draft_key *key = draft_key(asking->thing, "expires");
    int16_t event = clock->expires ? procedure->event_of[clock->expires] : -1;
    for (int32_t s = 0; key && s < procedure->state_count; s++) {
        bool named = procedure->states[s].clocks[asking->place] == CLOCK_NAMED;
        if (named && (event < 0 || !(procedure->events[event].from >> s & 1))) {
            compiler_say(asking->compiler, asking->thing, key, 0, MESSAGE_check_expires, key->text,
                         procedure->title.name, procedure->states[s].title.name);
            return;
        }
    }
}

static bool named_by_procedure(struct compiler *compiler, const struct procedure *procedure,
                               const struct clock *clock)
{
    const struct draft_thing *thing =
        check_thing(compiler, KIND_PROCEDURE, "", procedure->title.name);
    const struct draft_key *key = draft_key(thing, "clock");
    size_t length = strlen(clock->title.name);
    for (const char *at = key ? key->text : ""; *at;
         at += strcspn(at, ",") + strspn(at + strcspn(at, ","), ", ")) {
        if (strcspn(at, ", ") == length && memcmp(at, clock->title.name, length) == 0) {
            return true;
        }
    }
    return false;
}

void check_clocks(struct compiler *compiler, int32_t index)
{
    struct graph graph;
    graph_make(&graph, compiler->policy, index);
    for (int32_t place = 0; place < graph.procedure->clocks.count; place++) {
        const struct clock *clock = &compiler->policy->clocks[graph.procedure->clocks.items[place]];
        const struct draft_thing *thing = check_thing(compiler, KIND_CLOCK, "", clock->title.name);
        struct asking asking = {compiler, &graph,
                                thing,    draft_key(thing, "limit"),
                                place,    named_by_procedure(compiler, graph.procedure, clock)};
        for (int32_t i = 0; i < clock->limit_count; i++) {
            check_limit(&asking, &clock->limits[i]);
        }
        if (clock->least.kind != LIMIT_NONE) {
            asking.key = draft_key(thing, "least");
            check_limit(&asking, &clock->least);
        }
        check_expires(&asking, clock);
    }
    for (int32_t s = 0; s < graph.procedure->state_count; s++) {
        check_holds(compiler, &graph, s);
    }
}
