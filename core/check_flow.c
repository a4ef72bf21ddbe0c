/* check_flow.c: every state can be reached and left for a final one, and somebody can act in it
 * (checks 3, 4). */
#include <string.h>

#include "core/check.h"

const struct draft_thing *check_thing(const struct compiler *compiler, enum kind kind,
                                      const char *owner, const char *name)
{
    return draft_find(compiler->draft, kind, owner, name);
}

/* Without `back`, which needs to know where a state is entered from. */
static uint64_t plain_to(const struct event *event)
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
    uint64_t to = plain_to(event);
    to |= may_go_back(event) ? graph->before[state] : 0;
    return event->to_count ? to : UINT64_C(1) << state;
}

static uint64_t reach(const struct graph *graph, uint64_t from)
{
    uint64_t last = 0;
    while (from != last) {
        last = from;
        for (int32_t e = 0; e < graph->procedure->event_count; e++) {
            const struct event *event = &graph->procedure->events[e];
            for (int32_t s = 0; s < graph->procedure->state_count; s++) {
                if ((event->from >> s & 1) && (last >> s & 1)) {
                    from |= graph_to(graph, event, s);
                }
            }
        }
    }
    return from;
}

void graph_make(struct graph *graph, const struct policy *policy, int32_t index)
{
    const struct procedure *procedure = &policy->procedures[index];
    *graph = (struct graph){.policy = policy, .procedure = procedure};
    for (int32_t e = 0; e < procedure->event_count; e++) {
        uint64_t to = plain_to(&procedure->events[e]);
        for (int32_t s = 0; s < procedure->state_count; s++) {
            for (int32_t d = 0; (procedure->events[e].from >> s & 1) && d < procedure->state_count;
                 d++) {
                graph->before[d] |= (to >> d & 1) && d != s ? UINT64_C(1) << s : 0;
            }
        }
    }
    graph->reached = reach(graph, UINT64_C(1) << procedure->begins);
}

bool graph_desk(const struct graph *graph, const struct event *event, int32_t state)
{
    bool holder = event->by == BY_HOLDER && graph->procedure->states[state].with.kind == WHO_DESK;
    return (event->by == BY_DESK || holder) && event->when;
}

static void say_state(struct compiler *compiler, const struct graph *graph, int32_t state,
                      const char *key, enum message_id id)
{
    const struct title *title = &graph->procedure->states[state].title;
    const struct draft_thing *thing =
        check_thing(compiler, KIND_STATE, graph->procedure->title.name, title->name);
    compiler_say(compiler, thing, draft_key(thing, key), 0, id, title->name, NULL, NULL);
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

static bool somebody_can_act(const struct graph *graph, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t self = UINT64_C(1) << state;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        bool desk = event->by == BY_DESK ||
                    (event->by == BY_HOLDER && procedure->states[state].with.kind == WHO_DESK);
        if ((event->from & self) && (!desk || event->when)) {
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

/* Where the desk alone takes the case from each state. */
static uint64_t desk_to(const struct graph *graph, int32_t state)
{
    const struct procedure *procedure = graph->procedure;
    uint64_t to = 0;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        if ((event->from >> state & 1) && graph_desk(graph, event, state)) {
            to |= graph_to(graph, event, state);
        }
    }
    for (int32_t place = 0; place < procedure->clocks.count; place++) {
        const struct event *event = expiry(graph, state, place);
        to |= event ? graph_to(graph, event, state) : 0;
    }
    return to & ~(UINT64_C(1) << state);
}

static void check_circle(struct compiler *compiler, const struct graph *graph)
{
    for (int32_t s = 0; s < graph->procedure->state_count; s++) {
        uint64_t seen = desk_to(graph, s), last = 0;
        while (seen != last) {
            last = seen;
            for (int32_t t = 0; t < graph->procedure->state_count; t++) {
                seen |= last >> t & 1 ? desk_to(graph, t) : 0;
            }
        }
        if (seen >> s & 1) {
            say_state(compiler, graph, s, "title", MESSAGE_check_circle);
            return;
        }
    }
}

void check_flow(struct compiler *compiler, int32_t index)
{
    struct graph graph;
    graph_make(&graph, compiler->policy, index);
    uint64_t ends = can_end(&graph);
    for (int32_t s = 0; s < graph.procedure->state_count; s++) {
        if (!(graph.reached >> s & 1)) {
            say_state(compiler, &graph, s, "title", MESSAGE_check_unreached);
        } else if (!(ends >> s & 1)) {
            say_state(compiler, &graph, s, "title", MESSAGE_check_no_end);
        }
        if (graph.procedure->states[s].final == FINAL_NO && !somebody_can_act(&graph, s)) {
            say_state(compiler, &graph, s, "with", MESSAGE_check_nobody);
        }
    }
    check_circle(compiler, &graph);
}
