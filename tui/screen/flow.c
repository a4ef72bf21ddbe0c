/* flow.c: a procedure as boxes and lines: its states, what can be done there, where that leads. */
#include "tui/flow.h"

#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

enum { TICKET_FLOW = 1, TICKET_FIRST };

struct flow_view {
    struct text procedure;
    struct parcel shown; /* a reply of the verb `rules` of one procedure */
    struct page page;
};

static void ask(struct view *view)
{
    const struct flow_view *state = view_state(view);
    if (state->procedure.length) {
        parcel_put(view_ask(view, TICKET_FLOW, "rules"), "procedure",
                   text_bytes(&state->procedure));
    } else {
        view_ask(view, TICKET_FIRST, "offer");
    }
}

static void turn_to(struct view *view, const char *procedure)
{
    struct flow_view *state = view_state(view);
    if (procedure) {
        text_clear(&state->procedure);
        text_add(&state->procedure, procedure);
        state->page.stop = state->page.top = 0;
        ask(view);
    }
}

/* WHAT: the procedure; "" the first of the policy. */
static void open(struct view *view, const char *what)
{
    struct flow_view *state = view_state(view);
    text_add(&state->procedure, what);
    ask(view);
}

static void close(struct view *view)
{
    struct flow_view *state = view_state(view);
    text_free(&state->procedure);
    parcel_free(&state->shown);
    page_free(&state->page);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct flow_view *state = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
    } else if (ticket == TICKET_FIRST) {
        const struct table *openings = parcel_find(reply, "openings");
        turn_to(view, openings ? table_cell(openings, 0, "procedure") : NULL);
    } else {
        parcel_renew(reply, &state->shown);
    }
}

/* ---- keys ---- */

/* The open cases that stand in the state. */
static void open_cases(struct view *view, int index)
{
    const struct flow_view *state = view_state(view);
    struct text query = {0};
    text_addf(&query, "procedure:%s state:%s", text_bytes(&state->procedure),
              table_word(parcel_find(&state->shown, "states"), (size_t)index, "state"));
    view_open(view, "cases", text_bytes(&query));
    text_free(&query);
}

/* Along a line to the box it leads to. */
static void follow(struct view *view, int index)
{
    struct flow_view *state = view_state(view);
    const struct table *moves = parcel_find(&state->shown, "moves");
    int to = flow_state(&state->shown, table_word(moves, (size_t)index, "to"));
    for (int i = 0; to >= 0 && i < state->page.stop_count; i++) {
        if (state->page.stops[i].kind == FLOW_STATE && state->page.stops[i].index == to) {
            state->page.stop = i;
        }
    }
}

static bool act(struct view *view, enum action action)
{
    struct flow_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    switch (action) {
    case ACTION_PREVIOUS:
    case ACTION_LEFT:
        turn_to(view, parcel_get(&state->shown, "procedure_before"));
        return true;
    case ACTION_NEXT:
    case ACTION_RIGHT:
        turn_to(view, parcel_get(&state->shown, "procedure_after"));
        return true;
    case ACTION_OPEN:
        if (here && here->kind == FLOW_STATE) {
            open_cases(view, here->index);
        } else if (here) {
            follow(view, here->index);
        }
        return true;
    default:
        return page_act(&state->page, action);
    }
}

/* ---- cells ---- */

static void draw(const struct view *view, const struct pane *pane)
{
    struct flow_view *state = view_state(view);
    const struct look *look = &view_context(view)->look;
    if (state->shown.table_count) {
        struct pane whole = page_begin(&state->page, flow_rows(&state->shown), pane->columns, look);
        state->page.length = flow_draw(&state->shown, &whole, &state->page);
        page_show(&state->page, pane);
    }
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct flow_view *state = view_state(view);
    const struct table *states = parcel_find(&state->shown, "states");
    const struct table *moves = parcel_find(&state->shown, "moves");
    struct text title = {0}, a = {0}, b = {0}, counts = {0};
    bool english = view_context(view)->look.english;
    phrase_both(&title, parcel_get(&state->shown, "procedure_title"), english);
    int column = pane_put(pane, 0, 1, ROLE_CONTEXT, _("State graph")) + 2;
    column =
        pane_clip(pane, 0, column, pane->columns - column, ROLE_TEXT_STRONG, text_bytes(&title)) +
        3;
    text_add_int(&a, states ? (int64_t)table_rows(states) : 0);
    text_add_int(&b, moves ? (int64_t)table_rows(moves) : 0);
    const char *const arg[4] = {text_bytes(&a), text_bytes(&b)};
    phrase_said(&counts, N_("%1 states, %2 ways between them"), arg, english);
    pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_CONTEXT, text_bytes(&counts));
    text_free(&title);
    text_free(&a);
    text_free(&b);
    text_free(&counts);
}

static const char *label(const struct view *view, enum action action)
{
    const struct flow_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    bool move = here && here->kind == FLOW_MOVE;
    return action == ACTION_PREVIOUS ? _("procedure before")
           : action == ACTION_NEXT   ? _("procedure after")
           : action != ACTION_OPEN   ? NULL
           : move                    ? _("where it leads")
                                     : _("its cases");
}

static const char *listing(const struct view *view, struct parcel *request)
{
    const struct flow_view *state = view_state(view);
    parcel_put(request, "verb", "rules");
    parcel_put(request, "procedure", text_bytes(&state->procedure));
    return "moves";
}

static const enum action acts[] = {
    ACTION_OPEN,  ACTION_PREVIOUS,  ACTION_NEXT,      ACTION_EXPORT,        ACTION_DOWN,
    ACTION_UP,    ACTION_PAGE_DOWN, ACTION_PAGE_UP,   ACTION_HALF_DOWN,     ACTION_HALF_UP,
    ACTION_FIRST, ACTION_LAST,      ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE, ACTION_LEFT,
    ACTION_RIGHT, ACTION_REFRESH,   ACTION_NONE};

const struct screen screen_flow = {.name = "flow",
                                   .title = N_("State graph"),
                                   .door = true,
                                   .where = WHERE_LIST,
                                   .size = sizeof(struct flow_view),
                                   .acts = acts,
                                   .open = open,
                                   .close = close,
                                   .reply = reply,
                                   .refresh = ask,
                                   .act = act,
                                   .listing = listing,
                                   .label = label,
                                   .context_row = context_row,
                                   .draw = draw};
