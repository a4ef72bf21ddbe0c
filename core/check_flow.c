/* check_flow.c: every state can be reached and left for a final one, and somebody can act in it
 * (checks 3, 4). */
#include <string.h>

#include "core/check.h"

const struct draft_thing *check_thing(const struct compiler *compiler, enum kind kind,
                                      const char *owner, const char *name)
{
    return draft_find(compiler->draft, kind, owner, name);
}

uint64_t graph_plain_to(const struct event *event)
{
    uint64_t to = 0;
    for (int32_t i = 0; i < event->to_count; i++) {
        to |= event->to[i].state >= 0 ? UINT64_C(1) << event->to[i].state : 0;
    }
    return to;
}

static bool may_go_back(const struct event *event)
{
    for (int32_t i = 0; i < event->to_count; i++) {
        if (event->to[i].state == TO_BACK) {
            return true;
        }
    }
    return false;
}

uint64_t graph_to(const struct graph *graph, const struct event *event, int32_t state)
{
    uint64_t to = graph_plain_to(event);
    to |= may_go_back(event) ? graph->before[state] : 0;
    return event->to_count ? to : UINT64_C(1) << state;
}

/* `back` leads to where the case has been already. */
static uint64_t reach(const struct procedure *procedure)
{
    uint64_t now = UINT64_C(1) << procedure->begins, last = 0;
    while (now != last) {
        last = now;
        for (int32_t e = 0; e < procedure->event_count; e++) {
            now |= procedure->events[e].from & last ? graph_plain_to(&procedure->events[e]) : 0;
        }
    }
    return now;
}

void graph_make(struct graph *graph, const struct policy *policy, int32_t index)
{
    const struct procedure *procedure = &policy->procedures[index];
    *graph = (struct graph){.policy = policy, .procedure = procedure, .reached = reach(procedure)};
    for (int32_t e = 0; e < procedure->event_count; e++) {
        uint64_t to = graph_plain_to(&procedure->events[e]);
        uint64_t from = procedure->events[e].from & graph->reached;
        for (int32_t s = 0; s < procedure->state_count; s++) {
            graph->before[s] |= to >> s & 1 ? from & ~(UINT64_C(1) << s) : 0;
        }
    }
}

bool graph_desk(const struct graph *graph, const struct event *event, int32_t state)
{
    bool holder = event->by == BY_HOLDER && graph->procedure->states[state].with.kind == WHO_DESK;
    return (event->by == BY_DESK || holder) && event->when;
}

static void say_state(struct compiler *compiler, const struct graph *graph, int32_t state,
                      const char *key, enum message_id id, const char *what)
{
    const struct title *title = &graph->procedure->states[state].title;
    const struct draft_thing *thing =
        check_thing(compiler, KIND_STATE, graph->procedure->title.name, title->name);
    compiler_say(compiler, thing, key ? draft_key(thing, key) : NULL, 0, id, title->name, what,
                 NULL);
}

/* The states from which a final one can be reached. */
static uint64_t can_end(const struct graph *graph)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t ends = 0, last = 1;
    for (int32_t s = 0; s < procedure->state_count; s++) {
        ends |= procedure->states[s].final != FINAL_NO ? UINT64_C(1) << s : 0;
    }
    while (ends != last) {
        last = ends;
        for (int32_t e = 0; e < procedure->event_count; e++) {
            for (int32_t s = 0; s < procedure->state_count; s++) {
                bool leads = (procedure->events[e].from >> s & 1) &&
                             (graph_to(graph, &procedure->events[e], s) & last);
                ends |= leads ? UINT64_C(1) << s : 0;
            }
        }
    }
    return ends;
}

/* The event that clock number PLACE expires into from STATE; NULL. */
static const struct event *expiry(const struct graph *graph, int32_t state, int32_t place)
{
    const struct procedure *procedure = graph->procedure;
    const struct clock *clock = &graph->policy->clocks[procedure->clocks.items[place]];
    int16_t event = clock->expires ? procedure->event_of[clock->expires] : -1;
    bool named = procedure->states[state].clocks[place] == CLOCK_NAMED;
    bool there = named && event >= 0 && (procedure->events[event].from >> state & 1);
    return there ? &procedure->events[event] : NULL;
}

/* The roles that a state's `owner` or `payer` may turn out to be; 0: not known from here. */
static uint64_t roles_of_opening(const struct graph *graph, enum who_kind kind)
{
    const struct policy *policy = graph->policy;
    int32_t procedure = (int32_t)(graph->procedure - policy->procedures);
    uint64_t owners = graph->procedure->by, payers = 0;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        const struct schedule *schedule = &policy->duties[i].schedule;
        owners |= schedule->opens == procedure ? UINT64_C(1) << schedule->of : 0;
    }
    for (int32_t i = 0; i < policy->score_count; i++) {
        const struct schedule *schedule = &policy->scores[i].schedule;
        owners |= schedule->opens == procedure ? UINT64_C(1) << schedule->of : 0;
    }
    for (int32_t i = 0; i < policy->bill_count; i++) {
        const struct schedule *schedule = &policy->bills[i].schedule;
        bool opens = schedule->opens == procedure;
        owners |= opens ? UINT64_C(1) << schedule->of : 0;
        payers |= opens ? UINT64_C(1) << policy->bills[i].payer : 0;
    }
    return kind == WHO_OWNER ? owners : payers;
}

/* May whom the case is with do EVENT in STATE? */
static bool holder_may(const struct graph *graph, const struct event *event, int32_t state)
{
    struct who with = graph->procedure->states[state].with;
    uint64_t roles = ~UINT64_C(0);
    if (event->by == BY_DESK || with.kind == WHO_DESK) {
        return graph_desk(graph, event, state);
    }
    if (event->by == BY_HOLDER) {
        return true;
    }
    if (with.kind == WHO_ROLE) {
        roles = UINT64_C(1) << with.index;
    } else if (with.kind == WHO_FIELD) {
        roles = graph->policy->fields[with.index].roles;
    } else {
        roles = roles_of_opening(graph, with.kind);
    }
    return roles == 0 || (event->roles & roles) != 0;
}

static bool somebody_can_act(const struct graph *graph, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t self = UINT64_C(1) << state;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        if ((event->from & self) && holder_may(graph, event, state)) {
            return true;
        }
    }
    for (int32_t place = 0; place < procedure->clocks.count; place++) {
        const struct event *event = expiry(graph, state, place);
        if (event && (graph_to(graph, event, state) & ~self)) {
            return true;
        }
    }
    return false;
}

static void say_nobody(struct compiler *compiler, const struct graph *graph, int32_t state)
{
    struct who with = graph->procedure->states[state].with;
    const char *whom = with.kind == WHO_ROLE    ? graph->policy->roles[with.index].title.name
                       : with.kind == WHO_FIELD ? graph->policy->fields[with.index].title.name
                       : with.kind == WHO_OWNER ? "owner"
                                                : "payer";
    bool desk = with.kind == WHO_DESK;
    say_state(compiler, graph, state, "with",
              desk ? MESSAGE_check_desk_waits : MESSAGE_check_nobody, whom);
}

/* Where the desk alone takes the case from each state. An event that leads to the state itself,
 * done as soon as its `when` holds, is a circle; one that a clock runs out into comes once in a
 * run. */
static uint64_t desk_to(const struct graph *graph, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t to = 0, self = UINT64_C(1) << state;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        if ((event->from & self) && graph_desk(graph, event, state) && event->to_count) {
            to |= graph_to(graph, event, state);
        }
    }
    for (int32_t place = 0; place < procedure->clocks.count; place++) {
        const struct event *event = expiry(graph, state, place);
        to |= event ? graph_to(graph, event, state) & ~self : 0;
    }
    return to;
}

/* The shortest way by which the desk comes back to START, as "a > b > a"; the states on it, or 0.
 */
static uint64_t circle(const struct graph *graph, int32_t start, struct text *way)
{
    int32_t came_from[POLICY_SET_MOST], queue[POLICY_SET_MOST], head = 0, tail = 0;
    uint64_t seen = 0, on = 0;
    queue[tail++] = start;
    while (head < tail && !(seen >> start & 1)) {
        int32_t state = queue[head++];
        uint64_t fresh = desk_to(graph, state) & ~seen;
        for (int32_t s = 0; s < graph->procedure->state_count; s++) {
            if (fresh >> s & 1) {
                came_from[s] = state;
                seen |= UINT64_C(1) << s;
                if (s != start) {
                    queue[tail++] = s;
                }
            }
        }
    }
    if (!(seen >> start & 1)) {
        return 0;
    }
    int32_t back[POLICY_SET_MOST], count = 0;
    for (int32_t s = came_from[start]; s != start; s = came_from[s]) {
        back[count++] = s;
    }
    text_add(way, graph->procedure->states[start].title.name);
    while (count > 0) {
        int32_t state = back[--count];
        on |= UINT64_C(1) << state;
        text_addf(way, " > %s", graph->procedure->states[state].title.name);
    }
    text_addf(way, " > %s", graph->procedure->states[start].title.name);
    return on | UINT64_C(1) << start;
}

static void check_circles(struct compiler *compiler, const struct graph *graph)
{
    uint64_t told = 0;
    for (int32_t s = 0; s < graph->procedure->state_count; s++) {
        struct text way = {0};
        uint64_t on = told >> s & 1 ? 0 : circle(graph, s, &way);
        if (on) {
            told |= on;
            say_state(compiler, graph, s, NULL, MESSAGE_check_circle, text_bytes(&way));
        }
        text_free(&way);
    }
}

void check_flow(struct compiler *compiler, int32_t index)
{
    struct graph graph;
    graph_make(&graph, compiler->policy, index);
    uint64_t ends = can_end(&graph);
    for (int32_t s = 0; s < graph.procedure->state_count; s++) {
        if (!(graph.reached >> s & 1)) {
            say_state(compiler, &graph, s, NULL, MESSAGE_check_unreached, NULL);
        } else if (!(ends >> s & 1)) {
            say_state(compiler, &graph, s, NULL, MESSAGE_check_no_end, NULL);
        }
        if (graph.procedure->states[s].final == FINAL_NO && !somebody_can_act(&graph, s)) {
            say_nobody(compiler, &graph, s);
        }
    }
    check_circles(compiler, &graph);
}
