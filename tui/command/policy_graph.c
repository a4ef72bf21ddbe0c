/* policy_graph.c: yuntai policy graph: a procedure as boxes and lines, or as a graph for dot. */
#include <langinfo.h>
#include <string.h>

#include "tui/command/policy.h"
#include "tui/flow.h"
#include "tui/text.h"

static void add_quoted(struct text *out, const char *text)
{
    for (; text && *text; text++) {
        text_addf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    }
}

static void add_clocks(struct text *out, const struct invocation *invocation,
                       const struct policy *policy, const struct procedure *procedure,
                       const struct state *state)
{
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        const struct clock *clock = &policy->clocks[procedure->clocks.items[i]];
        if (state->clocks[i] != CLOCK_ABSENT) {
            text_add(out, state->clocks[i] == CLOCK_NAMED ? "\\n⏱ " : "\\n⏸ ");
            add_quoted(out, policy_title(invocation, &clock->title));
        }
    }
}

static void add_state(struct text *out, const struct invocation *invocation,
                      const struct policy *policy, const struct procedure *procedure, int32_t index)
{
    const struct state *state = &procedure->states[index];
    text_addf(out, "  \"%s\" [label=\"", state->title.name);
    add_quoted(out, policy_title(invocation, &state->title));
    if (state->with.kind == WHO_ROLE) {
        text_add(out, "\\n");
        add_quoted(out, policy_title(invocation, &policy->roles[state->with.index].title));
    }
    add_clocks(out, invocation, policy, procedure, state);
    text_addf(out, "\"%s%s];\n", state->final != FINAL_NO ? ", peripheries=2" : "",
              index == procedure->begins ? ", style=bold" : "");
}

static void add_who(struct text *out, const struct invocation *invocation,
                    const struct policy *policy, const struct event *event)
{
    bool first = true;
    if (event->by == BY_DESK) {
        text_addf(out, "\\n%s", _("the desk"));
    }
    for (int32_t i = 0; event->by != BY_HOLDER && i < policy->role_count; i++) {
        if (event->roles >> i & 1) {
            text_add(out, first ? "\\n" : ", ");
            add_quoted(out, policy_title(invocation, &policy->roles[i].title));
            first = false;
        }
    }
}

/* Does a clock of the state run out into the event? Then the edge is dashed. */
static bool expires_into(const struct policy *policy, const struct procedure *procedure,
                         int32_t state, const struct event *event)
{
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        const struct clock *clock = &policy->clocks[procedure->clocks.items[i]];
        if (procedure->states[state].clocks[i] == CLOCK_NAMED &&
            clock->expires == event->title.symbol) {
            return true;
        }
    }
    return false;
}

/* The condition under which it leads there, as the policy writes it. */
static void add_when(struct text *out, const struct event *event, int32_t way)
{
    const char *way_when = event->to_count ? event->to[way].written : NULL;
    const char *const parts[] = {event->written, way_when};
    const char *before = _("if ");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i]) {
            text_addf(out, "%s%s", i == 0 || !parts[0] ? "\\n" : "", before);
            add_quoted(out, parts[i]);
            before = " and ";
        }
    }
    if (!way_when && event->to_count > 1) {
        text_addf(out, "\\n%s", _("otherwise"));
    }
}

static void add_edges(struct text *out, const struct invocation *invocation,
                      const struct policy *policy, const struct procedure *procedure,
                      const struct event *event)
{
    for (int32_t s = 0; s < procedure->state_count; s++) {
        int32_t ways = event->to_count ? event->to_count : 1;
        for (int32_t d = 0; (event->from >> s & 1) && d < ways; d++) {
            int32_t to = event->to_count ? event->to[d].state : s;
            bool back = to == TO_BACK;
            text_addf(out, "  \"%s\" -> \"%s\" [label=\"", procedure->states[s].title.name,
                      procedure->states[back ? s : to].title.name);
            add_quoted(out, policy_title(invocation, &event->title));
            add_who(out, invocation, policy, event);
            add_when(out, event, d);
            text_addf(out, "%s\"%s];\n", back ? _("\\n(back)") : "",
                      expires_into(policy, procedure, s, event) ? ", style=dashed"
                      : back                                    ? ", style=dotted"
                                                                : "");
        }
    }
}

static void print_dot(const struct invocation *invocation, const struct policy *policy,
                      const struct procedure *procedure)
{
    struct text out = {0};
    text_addf(&out, "digraph \"%s\" {\n  label=\"", procedure->title.name);
    add_quoted(&out, policy_title(invocation, &procedure->title));
    text_add(&out, "\";\n  rankdir=LR;\n  node [shape=box];\n");
    for (int32_t i = 0; i < procedure->state_count; i++) {
        add_state(&out, invocation, policy, procedure, i);
    }
    for (int32_t i = 0; i < procedure->event_count; i++) {
        add_edges(&out, invocation, policy, procedure, &procedure->events[i]);
    }
    text_add(&out, "}\n");
    fputs(text_bytes(&out), invocation->out);
    text_free(&out);
}

/* ---- as text ---- */

enum { COLUMNS = 80 };

static bool draw(const struct invocation *invocation, const struct parcel *flow)
{
    bool unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    struct look look = {.set = unicode ? GLYPHS_FULL : GLYPHS_ASCII,
                        .english = strcmp(invocation->language, "en") == 0};
    struct grid grid = {0};
    struct text out = {0};
    if (!grid_resize(&grid, flow_rows(flow), COLUMNS)) {
        return false;
    }
    struct pane pane = grid_pane(&grid, &look);
    int rows = flow_draw(flow, &pane, NULL);
    for (int row = 0; row < rows; row++) {
        grid_row(&grid, row, &out);
        text_add(&out, "\n");
    }
    fputs(text_bytes(&out), invocation->out);
    bool drawn = !out.failed;
    text_free(&out);
    grid_free(&grid);
    return drawn;
}

static int print_text(const struct invocation *invocation, const struct policy *policy,
                      const struct procedure *procedure)
{
    struct parcel flow = {0};
    bool drawn = desk_flow(policy, procedure->title.name, &flow) == 0 && draw(invocation, &flow);
    parcel_free(&flow);
    if (!drawn) {
        fprintf(invocation->err, "yuntai: %s\n", _("memory is short"));
    }
    return drawn ? STATUS_DONE : STATUS_ENVIRONMENT;
}

/* ---- the command ---- */

int policy_graph(const struct invocation *invocation, int argc, char **argv)
{
    struct draft *draft;
    struct policy *policy;
    bool dot = argc > 0 && strcmp(argv[argc - 1], "--dot") == 0;
    argc -= dot;
    if (argc < 1 || argc > 2) {
        fputs(
            _("yuntai policy graph: which procedure? write its name, and a file if another than the one delivered\n"),
            invocation->err);
        return STATUS_USAGE;
    }
    int status = policy_load(invocation, argc == 2 ? argv[1] : NULL, &draft, &policy);
    if (status != STATUS_DONE) {
        return status;
    }
    int32_t symbol = names_find(policy->names, argv[0], strlen(argv[0]));
    int32_t procedure = symbol ? policy->procedure_of[symbol] : -1;
    if (procedure >= 0 && dot) {
        print_dot(invocation, policy, &policy->procedures[procedure]);
    } else if (procedure >= 0) {
        status = print_text(invocation, policy, &policy->procedures[procedure]);
    } else {
        fprintf(invocation->err,
                _("yuntai: the policy has no procedure “%s”; yuntai policy show lists them\n"),
                argv[0]);
        status = STATUS_NOT_FOUND;
    }
    policy_free(policy);
    draft_free(draft);
    return status;
}
