/* case.c: the case file: stages, clocks, what can be done, items, entries, papers, acts, links. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/width.h"

enum { TICKET_SHOW = 1, TICKET_PEOPLE, TICKET_HELD };

static void ask(struct view *view)
{
    struct case_view *state = view_state(view);
    parcel_put(view_ask(view, TICKET_SHOW, "show"), "case", text_bytes(&state->number));
}

/* Tells the desk that it is open here, and asks who else has it. */
static void ask_people(struct view *view)
{
    struct case_view *state = view_state(view);
    if (!view_context(view)->reads_only) {
        parcel_put(view_ask(view, TICKET_PEOPLE, "presence"), "case", text_bytes(&state->number));
    }
}

static void open(struct view *view, const char *what)
{
    struct case_view *state = view_state(view);
    const struct parcel *given = view_given(view);
    const char *others = given ? parcel_get(given, "others") : NULL;
    text_add(&state->number, what);
    text_add(&state->others, others ? others : "");
    state->goal = given ? parcel_int(given, "n", 0) : 0;
    ask(view);
    ask_people(view);
}

static void close(struct view *view)
{
    struct case_view *state = view_state(view);
    text_free(&state->number);
    text_free(&state->others);
    parcel_free(&state->shown);
    parcel_free(&state->held);
    parcel_free(&state->people);
    page_free(&state->page);
}

/* What vendors' clouds hold of the system it is about, once that is known. */
static void ask_held(struct view *view)
{
    const struct case_view *state = view_state(view);
    const char *system = parcel_get(&state->shown, "system");
    if (system && *system) {
        parcel_put(view_ask(view, TICKET_HELD, "holdings"), "system", system);
    }
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct case_view *state = view_state(view);
    struct parcel *into = ticket == TICKET_SHOW   ? &state->shown
                          : ticket == TICKET_HELD ? &state->held
                                                  : &state->people;
    if (error && ticket == TICKET_SHOW) {
        view_say_error(view, error, reply);
        if (error->code == ERROR_NOT_FOUND) {
            view_close(view);
        }
        return;
    }
    if (!error) {
        parcel_renew(reply, into);
    }
    if (!error && ticket == TICKET_SHOW) {
        ask_held(view);
    }
}

static void refresh(struct view *view)
{
    ask(view);
}

/* ---- the one before, the next, of the list it came from ---- */

static bool go_beside(struct view *view, int step)
{
    struct case_view *state = view_state(view);
    const char *all = text_bytes(&state->others), *before = NULL, *after = NULL;
    const char *number = text_bytes(&state->number);
    size_t length = strlen(number);
    for (const char *at = all; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
        if (strncmp(at, number, length) == 0 && (at[length] == '\n' || at[length] == '\0')) {
            after = at[length] == '\n' && at[length + 1] ? at + length + 1 : NULL;
            break;
        }
        before = at;
    }
    const char *to = step < 0 ? before : after;
    if (!to) {
        view_say(view, ROLE_MESSAGE_WARN,
                 step < 0 ? N_("This is the first of the list.")
                          : N_("This is the last of the list."),
                 NULL, NULL, NULL);
        return true;
    }
    struct text next = {0};
    text_add_n(&next, to, strcspn(to, "\n"));
    parcel_free(&state->held);
    text_clear(&state->number);
    text_add(&state->number, text_bytes(&next));
    text_free(&next);
    state->page.stop = state->page.top = 0;
    ask(view);
    ask_people(view);
    return true;
}

/* ---- keys ---- */

static const char *cell(const struct case_view *state, const char *name, int row,
                        const char *column)
{
    const struct table *table = parcel_find(&state->shown, name);
    const char *text = table ? table_cell(table, (size_t)row, column) : NULL;
    return text ? text : "";
}

/* The case of a drift; before those all that clouds hold of the system. */
static void open_held(struct view *view, int index)
{
    const struct case_view *state = view_state(view);
    const struct table *drifts = parcel_find(&state->held, "drifts");
    const char *code = parcel_get(&state->held, "code");
    const char *drift = index > 0 && drifts ? table_cell(drifts, (size_t)index - 1, "case") : NULL;
    view_open(view, drift ? "case" : "holdings", drift ? drift : code ? code : "");
}

static bool open_here(struct view *view)
{
    struct case_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    if (here && here->kind == CASE_LINKS) {
        view_open(view, "case", cell(state, "links", here->index, "case"));
    } else if (here && here->kind == CASE_CLOUD) {
        open_held(view, here->index);
    } else if (here && here->kind == CASE_CLOCKS) {
        view_do(view, ACTION_WHY);
    } else {
        view_do(view, ACTION_ACT);
    }
    return true;
}

/* The act under the cursor, restated or taken back. */
static bool restate(struct view *view, enum action action)
{
    struct case_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    bool corrects = action == ACTION_CORRECT;
    struct parcel *given = view_open_with(view, corrects ? "form" : "deed",
                                          corrects ? text_bytes(&state->number) : "annul");
    parcel_put(given, "case", text_bytes(&state->number));
    parcel_put(given, "event", corrects ? "correct" : NULL);
    parcel_put(given, "n", cell(state, "acts", here->index, "n"));
    return true;
}

static const char *why_not(const struct view *view, enum action action)
{
    const struct case_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    bool restates = action == ACTION_CORRECT || action == ACTION_ANNUL;
    return restates && (!here || here->kind != CASE_ACTS)
               ? _("go to the act under “What was done” first")
               : NULL;
}

static bool act(struct view *view, enum action action)
{
    struct case_view *state = view_state(view);
    switch (action) {
    case ACTION_OPEN:
        return open_here(view);
    case ACTION_CORRECT:
    case ACTION_ANNUL:
        return restate(view, action);
    case ACTION_PREVIOUS:
        return go_beside(view, -1);
    case ACTION_NEXT:
        return go_beside(view, 1);
    default:
        return page_act(&state->page, action);
    }
}

static const char *subject(const struct view *view, const char **clock)
{
    const struct case_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    *clock = here && here->kind == CASE_CLOCKS ? cell(state, "clocks", here->index, "clock") : "";
    return text_bytes(&state->number);
}

/* ---- cells ---- */

static void add_people(const struct case_view *state, struct text *out)
{
    const struct table *people = parcel_find(&state->people, "people");
    for (size_t i = 0; people && i < table_rows(people); i++) {
        const char *who = table_cell(people, i, "who"), *at = table_cell(people, i, "at");
        text_add(out, out->length ? ", " : "");
        text_addf(out, "%s %s", who ? who : "", at && strlen(at) > 11 ? at + 11 : "");
    }
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct case_view *state = view_state(view);
    const struct context *context = view_context(view);
    struct text left = {0}, right = {0};
    const char *org = parcel_get(&state->shown, "org");
    const char *system = parcel_get(&state->shown, "system");
    phrase_both(&right, parcel_get(&state->shown, "procedure_title"), context->look.english);
    if (context->columns >= 100) {
        text_addf(&right, "  %s", text_bytes(&state->number));
    }
    case_number_text(text_bytes(&state->number), parcel_get(&state->shown, "procedure"), context,
                     &left);
    text_addf(&left, " %s ", org ? org : "");
    phrase_both(&left, system ? system : parcel_get(&state->shown, "title"), context->look.english);
    int width = width_of(text_bytes(&right)), room = pane->columns - width - 4;
    pane_clip(pane, 0, 1, room > 20 ? room : pane->columns - 2, ROLE_TEXT_STRONG,
              text_bytes(&left));
    if (room > 20) {
        pane_put(pane, 0, pane->columns - width - 1, ROLE_CONTEXT, text_bytes(&right));
    }
    text_free(&left);
    text_free(&right);
}

/* The cursor goes to the act that was asked for, once it is there. */
static void go_to_goal(struct case_view *state)
{
    for (int i = 0; state->goal > 0 && i < state->page.stop_count; i++) {
        const struct page_stop *stop = &state->page.stops[i];
        const char *n = stop->kind == CASE_ACTS ? cell(state, "acts", stop->index, "n") : "";
        if (strtoll(n, NULL, 10) == state->goal) {
            state->page.stop = i;
        }
    }
    state->goal = 0;
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct case_view *state = view_state(view);
    const struct context *context = view_context(view);
    struct text people = {0};
    if (!parcel_get(&state->shown, "case")) {
        return;
    }
    add_people(state, &people);
    int last = people.length && pane->rows > 8 ? 1 : 0;
    struct pane stages = pane_part(pane, 0, 0, 1, pane->columns);
    struct pane body = pane_part(pane, 1, 0, pane->rows - 1 - last, pane->columns);
    case_draw_stages(&state->shown, &stages, context);
    case_draw_page(state, pane->columns, context);
    go_to_goal(state);
    page_show(&state->page, &body);
    if (last) {
        int column = pane_put(pane, pane->rows - 1, 1, ROLE_HEADING, _("Others here")) + 1;
        pane_clip(pane, pane->rows - 1, column, pane->columns - column - 1, ROLE_TEXT_DIM,
                  text_bytes(&people));
    }
    text_free(&people);
}

static const enum action acts[] = {
    ACTION_ACT,      ACTION_NEXT_PANE, ACTION_WHY,         ACTION_WHATIF,        ACTION_NOTE,
    ACTION_PREVIOUS, ACTION_NEXT,      ACTION_NEXT_URGENT, ACTION_COPY,          ACTION_OPEN,
    ACTION_DOWN,     ACTION_UP,        ACTION_PAGE_DOWN,   ACTION_PAGE_UP,       ACTION_HALF_DOWN,
    ACTION_HALF_UP,  ACTION_FIRST,     ACTION_LAST,        ACTION_PREVIOUS_PANE, ACTION_REFRESH,
    ACTION_PRINT,    ACTION_CORRECT,   ACTION_ANNUL,       ACTION_ATTACH,        ACTION_LETTER,
    ACTION_HANDOVER, ACTION_NONE};

const struct screen screen_case = {
    .name = "case",
    .title = N_("Case file"),
    .where = WHERE_LIST,
    .size = sizeof(struct case_view),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = refresh,
    .act = act,
    .why_not = why_not,
    .subject = subject,
    .context_row = context_row,
    .draw = draw,
};
