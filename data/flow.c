/* flow.c: a procedure as states and what leads from one to another. */
#include <string.h>

#include "data/desk.h"

/* Titles in both languages, one after the other. */
struct titles {
    struct text zh, en;
};

static void add_title(struct titles *titles, const char *zh, const char *en)
{
    text_addf(&titles->zh, "%s%s", titles->zh.length ? "、" : "", zh);
    text_addf(&titles->en, "%s%s", titles->en.length ? ", " : "", en);
}

static void put_titles(struct table *table, struct titles *titles)
{
    if (titles->zh.length) {
        table_both(table, text_bytes(&titles->zh), text_bytes(&titles->en));
    } else {
        table_text(table, NULL);
    }
    text_free(&titles->zh);
    text_free(&titles->en);
}

/* ---- states ---- */

static void put_clocks(const struct policy *policy, const struct procedure *procedure,
                       const struct state *state, enum clock_part part, struct table *table)
{
    struct titles titles = {0};
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        const struct title *title = &policy->clocks[procedure->clocks.items[i]].title;
        if (state->clocks[i] == part) {
            add_title(&titles, title->zh, title->en);
        }
    }
    put_titles(table, &titles);
}

static void put_states(const struct policy *policy, const struct procedure *procedure,
                       struct parcel *out)
{
    static const struct column columns[] = {
        {"state", CELL_NAME, N_("state")},       {"title", CELL_TEXT, N_("state")},
        {"with", CELL_TEXT, N_("whose turn")},   {"clocks", CELL_TEXT, N_("clock")},
        {"held", CELL_TEXT, N_("stands still")}, {"stage", CELL_TEXT, N_("stage")},
        {"final", CELL_NAME, N_("end")},         {"begins", CELL_YESNO, N_("begins")}};
    static const char *const finals[] = {"no", "done", "refused", "dropped"};
    struct table *table = parcel_table(out, "states", columns, sizeof columns / sizeof *columns);
    for (int32_t i = 0; i < procedure->state_count; i++) {
        const struct state *state = &procedure->states[i];
        bool staged = state->stage >= 0 && state->stage < procedure->stages.count;
        const struct label *stage = staged ? &procedure->stages.items[state->stage] : NULL;
        struct titles with = {0};
        if (state->with.kind == WHO_ROLE) {
            const struct title *role = &policy->roles[state->with.index].title;
            add_title(&with, role->zh, role->en);
        }
        table_text(table, state->title.name);
        table_both(table, state->title.zh, state->title.en);
        put_titles(table, &with);
        put_clocks(policy, procedure, state, CLOCK_NAMED, table);
        put_clocks(policy, procedure, state, CLOCK_HELD, table);
        if (stage) {
            table_both(table, stage->zh, stage->en);
        } else {
            table_text(table, NULL);
        }
        table_text(table, finals[state->final]);
        table_yesno(table, i == procedure->begins);
    }
}

/* ---- moves ---- */

/* Who does it, where that is not whom the case is with. */
static void put_who(const struct policy *policy, const struct event *event, struct table *table)
{
    struct titles titles = {0};
    if (event->by == BY_DESK) {
        add_title(&titles, "系统", "the desk");
    }
    for (int32_t i = 0; event->by != BY_HOLDER && i < policy->role_count; i++) {
        if (event->roles >> i & 1) {
            add_title(&titles, policy->roles[i].title.zh, policy->roles[i].title.en);
        }
    }
    put_titles(table, &titles);
}

/* Does a clock of the state run out into the event? */
static bool expires_into(const struct policy *policy, const struct procedure *procedure,
                         const struct state *state, const struct event *event)
{
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        const struct clock *clock = &policy->clocks[procedure->clocks.items[i]];
        if (state->clocks[i] == CLOCK_NAMED && clock->expires == event->title.symbol) {
            return true;
        }
    }
    return false;
}

/* When it can be done and leads there, as the policy writes it: "else" where it leads elsewhere
 * under a condition. */
static void put_when(const struct event *event, int32_t way, struct table *table)
{
    const struct destination *to = event->to_count ? &event->to[way] : NULL;
    struct text when = {0};
    text_add(&when, event->written ? event->written : "");
    if (to && to->written) {
        text_addf(&when, "%s%s", when.length ? " and " : "", to->written);
    } else if (event->to_count > 1) {
        text_addf(&when, "%selse", when.length ? " and " : "");
    }
    table_text(table, when.length ? text_bytes(&when) : NULL);
    text_free(&when);
}

static void put_move(const struct policy *policy, const struct procedure *procedure,
                     const struct state *state, const struct event *event, int32_t way,
                     struct table *table)
{
    int32_t to = event->to_count ? event->to[way].state : TO_STAYS;
    struct text cites = {0};
    policy_cites_text(policy, event->cites, &cites);
    table_text(table, state->title.name);
    table_text(table, event->title.name);
    table_both(table, event->title.zh, event->title.en);
    put_who(policy, event, table);
    table_text(table, to >= 0 ? procedure->states[to].title.name : NULL);
    table_yesno(table, to == TO_BACK);
    table_yesno(table, expires_into(policy, procedure, state, event));
    table_text(table, cites.length ? text_bytes(&cites) : NULL);
    put_when(event, way, table);
    text_free(&cites);
}

static void put_moves(const struct policy *policy, const struct procedure *procedure,
                      struct parcel *out)
{
    static const struct column columns[] = {{"state", CELL_NAME, N_("state")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"title", CELL_TEXT, N_("event")},
                                            {"by", CELL_TEXT, N_("by")},
                                            {"to", CELL_NAME, N_("leads to")},
                                            {"back", CELL_YESNO, N_("back to where it was")},
                                            {"expires", CELL_YESNO, N_("when it runs out")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"when", CELL_TEXT, N_("condition")}};
    struct table *table = parcel_table(out, "moves", columns, sizeof columns / sizeof *columns);
    for (int32_t s = 0; s < procedure->state_count; s++) {
        for (int32_t e = 0; e < procedure->event_count; e++) {
            const struct event *event = &procedure->events[e];
            int32_t ways = event->to_count ? event->to_count : 1;
            for (int32_t way = 0; event->from >> s & 1 && way < ways; way++) {
                put_move(policy, procedure, &procedure->states[s], event, way, table);
            }
        }
    }
}

int desk_flow(const struct policy *policy, const char *name, struct parcel *out)
{
    int32_t symbol = names_find(policy->names, name, strlen(name));
    int32_t index = symbol ? policy->procedure_of[symbol] : -1;
    if (index < 0) {
        return -1;
    }
    const struct procedure *procedure = &policy->procedures[index];
    struct text title = {0};
    text_addf(&title, "%s%c%s", procedure->title.zh, MESSAGE_BOTH, procedure->title.en);
    parcel_put(out, "procedure", procedure->title.name);
    parcel_put(out, "procedure_title", text_bytes(&title));
    if (index > 0) {
        parcel_put(out, "procedure_before", policy->procedures[index - 1].title.name);
    }
    if (index + 1 < policy->procedure_count) {
        parcel_put(out, "procedure_after", policy->procedures[index + 1].title.name);
    }
    text_free(&title);
    put_states(policy, procedure, out);
    put_moves(policy, procedure, out);
    return out->failed ? -1 : 0;
}
