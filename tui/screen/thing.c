/* thing.c: one entry of a register: what stands in it, and every act that made it so. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"
#include "tui/thing.h"
#include "tui/widget/page.h"

enum { TICKET_THING = 1, LABEL = 34 };

struct thing_view {
    struct text kind, code;
    struct parcel shown; /* a reply of the verb `thing` */
    struct page page;
};

/* ---- asking ---- */

static void ask(struct view *view)
{
    struct thing_view *state = view_state(view);
    struct parcel *request = view_ask(view, TICKET_THING, "thing");
    parcel_put(request, "kind", text_bytes(&state->kind));
    parcel_put(request, "code", text_bytes(&state->code));
}

/* WHAT: "KIND CODE". */
static void open(struct view *view, const char *what)
{
    struct thing_view *state = view_state(view);
    size_t kind = strcspn(what, " ");
    text_add_n(&state->kind, what, kind);
    text_add(&state->code, what[kind] ? what + kind + 1 : "");
    ask(view);
}

static void close(struct view *view)
{
    struct thing_view *state = view_state(view);
    text_free(&state->kind);
    text_free(&state->code);
    parcel_free(&state->shown);
    page_free(&state->page);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct thing_view *state = view_state(view);
    (void)ticket;
    if (!view_take(view, &state->shown, reply, error)) {
        view_close(view);
    }
}

static bool is_of(const struct view *view, const char *kind)
{
    const struct thing_view *state = view_state(view);
    return strcmp(text_bytes(&state->kind), kind) == 0;
}

/* The deed, with its code as PAIR. */
static bool open_deed(struct view *view, const char *deed, const char *pair)
{
    const struct thing_view *state = view_state(view);
    struct parcel *given = view_open_with(view, "deed", deed);
    parcel_put(given, "kind", strcmp(deed, "put") == 0 ? text_bytes(&state->kind) : NULL);
    parcel_put(given, pair, text_bytes(&state->code));
    return true;
}

static const char *why_not(const struct view *view, enum action action)
{
    return action == ACTION_SUCCEED && !is_of(view, "org") ? _("this is no organisation") : NULL;
}

static bool act(struct view *view, enum action action)
{
    struct thing_view *state = view_state(view);
    if (action == ACTION_CORRECT) {
        return open_deed(view, "put", "code");
    }
    if (action == ACTION_SUCCEED) {
        return open_deed(view, "succeed", "from");
    }
    if (action == ACTION_HANDOVER && is_of(view, "person")) {
        return open_deed(view, "handover", "from");
    }
    return page_act(&state->page, action);
}

/* ROW of TABLE as "head value", one under the other; cells without a value are left out. */
static int draw_cells(const struct table *table, size_t row, const struct pane *pane, int at,
                      const struct context *context)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        struct text value = {0}, head = {0};
        const char *title =
            table->columns[c].title ? table->columns[c].title : table->columns[c].name;
        table_value(&value, table->columns[c].kind, table_at(table, row, c), context);
        thing_word(&head, title, context->look.english);
        if (value.length) {
            pane_clip(pane, at, 3, LABEL - 1, ROLE_FORM_LABEL, text_bytes(&head));
            int used = pane_wrap(pane, at, 3 + LABEL, pane->columns - LABEL - 4, 6, ROLE_FORM_VALUE,
                                 text_bytes(&value));
            at += used > 1 ? used : 1;
        }
        text_free(&value);
        text_free(&head);
    }
    return at;
}

/* What every entry has. */
static int draw_own(const struct parcel *shown, const struct pane *pane, int at)
{
    static const char *const pairs[][2] = {
        {"parent_name", N_("belongs to")}, {"since", N_("since")}, {"until", N_("until")}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *value = parcel_get(shown, pairs[i][0]);
        if (value) {
            pane_clip(pane, at, 3, LABEL - 1, ROLE_FORM_LABEL, _(pairs[i][1]));
            pane_clip(pane, at++, 3 + LABEL, pane->columns - LABEL - 4, ROLE_FORM_VALUE, value);
        }
    }
    return at;
}

static int draw_history(struct thing_view *state, const struct table *history,
                        const struct pane *pane, int at, const struct context *context)
{
    static const char *const shown[] = {"recorded", "who", "event", "changes", "reason"};
    pane_put(pane, at++, 1, ROLE_HEADING, _("What was done"));
    for (size_t row = table_rows(history); row-- > 0;) {
        struct text line = {0};
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
            const char *cell = table_cell(history, row, shown[i]);
            text_add(&line, cell && line.length ? "  " : "");
            if (strcmp(shown[i], "changes") == 0) {
                thing_changes(&line, &state->shown, cell ? cell : "", context->look.english);
            } else {
                text_add(&line, cell ? thing_done(cell) : "");
            }
        }
        page_stop_add(&state->page, at, 1, 1, 1, 0, (int)row);
        int used = pane_wrap(pane, at, 3, pane->columns - 4, 6, ROLE_TEXT, text_bytes(&line));
        at += used > 1 ? used : 1;
        text_free(&line);
    }
    return at;
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct thing_view *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *things = parcel_find(&state->shown, "things");
    const struct table *thing = things ? things : parcel_find(&state->shown, "thing");
    const struct table *facts = parcel_find(&state->shown, "facts");
    const struct table *history = parcel_find(&state->shown, "history");
    int enough = 40 + (history ? 6 * (int)table_rows(history) : 0) +
                 (facts ? 3 * (int)table_rows(facts) : 0);
    struct pane whole = page_begin(&state->page, enough, pane->columns, &context->look);
    int at = 0;
    page_stop_add(&state->page, 0, 1, 1, 0, 0, 0);
    if (thing && table_rows(thing)) {
        at = draw_cells(thing, 0, &whole, at, context);
    }
    at = draw_own(&state->shown, &whole, at);
    for (size_t i = 0; facts && i < table_rows(facts); i++) {
        const char *value = table_cell(facts, i, "value"), *fact = table_cell(facts, i, "fact");
        struct text head = {0}, said = {0};
        thing_title(&head, &state->shown, fact, context->look.english);
        thing_value(&said, &state->shown, fact, value ? value : "", context->look.english);
        pane_clip(&whole, at, 3, LABEL - 1, ROLE_FORM_LABEL, _(text_bytes(&head)));
        int used = pane_wrap(&whole, at, 3 + LABEL, whole.columns - LABEL - 4, 4, ROLE_FORM_VALUE,
                             text_bytes(&said));
        at += used > 1 ? used : 1;
        text_free(&head);
        text_free(&said);
    }
    state->page.length = history ? draw_history(state, history, &whole, at + 1, context) : at;
    page_show(&state->page, pane);
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct thing_view *state = view_state(view);
    struct text words = {0};
    const char *name = parcel_get(&state->shown, "name");
    text_addf(&words, "%s  %s", text_bytes(&state->code), name ? name : "");
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_STRONG, text_bytes(&words));
    text_free(&words);
}

static const enum action acts[] = {
    ACTION_CORRECT,   ACTION_SUCCEED, ACTION_HANDOVER, ACTION_DOWN, ACTION_UP,
    ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_FIRST,    ACTION_LAST, ACTION_HALF_DOWN,
    ACTION_HALF_UP,   ACTION_REFRESH, ACTION_NONE};

const struct screen screen_thing = {
    .name = "thing",
    .title = N_("Entry of a register"),
    .where = WHERE_LIST,
    .size = sizeof(struct thing_view),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = ask,
    .act = act,
    .why_not = why_not,
    .context_row = context_row,
    .draw = draw,
};
