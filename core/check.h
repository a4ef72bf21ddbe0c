/*
 * check.h: the graph of a procedure, as the checks of the guide's section 11 walk it.
 */
#ifndef YUNTAI_CORE_CHECK_H
#define YUNTAI_CORE_CHECK_H

#include "core/compiler.h"

struct graph {
    const struct policy *policy;
    const struct procedure *procedure;
    uint64_t reached; /* states, from `begins` */
    /* For each state the reached others from which it is entered, not by `back`. */
    uint64_t before[POLICY_SET_MOST];
};

void graph_make(struct graph *graph, const struct policy *policy, int32_t procedure);
/* The states EVENT leads to from STATE (the state itself where it stays). */
uint64_t graph_to(const struct graph *graph, const struct event *event, int32_t state);
/* The same without `back` and without staying. */
uint64_t graph_plain_to(const struct event *event);
/* The desk does EVENT in STATE as soon as its `when` holds. */
bool graph_desk(const struct graph *graph, const struct event *event, int32_t state);
const struct draft_thing *check_thing(const struct compiler *compiler, enum kind kind,
                                      const char *owner, const char *name);

#endif
