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

static void title_text(const struct parcel *shown, struct text *out)
{
    const char *code = parcel_get(shown, "code"), *name = parcel_get(shown, "name");
    text_addf(out, "%s  %s", code ? code : "", name ? name : "");
}

static int label_width(const struct pane *pane)
{
    return LABEL < pane->columns / 2 ? LABEL : pane->columns / 2;
}

/* ROW of TABLE as "head value", one under the other; cells without a value are left out. */
static int draw_cells(const struct table *table, size_t row, const struct pane *pane, int at,
                      const struct context *context)
{
    int label = label_width(pane);
    for (int32_t c = 0; c < table->column_count; c++) {
        struct text value = {0}, head = {0};
        const char *title =
            table->columns[c].title ? table->columns[c].title : table->columns[c].name;
        table_value(&value, table->columns[c].kind, table_at(table, row, c), context);
        thing_word(&head, title, context->look.english);
        if (value.length) {
            pane_clip(pane, at, 3, label - 1, ROLE_FORM_LABEL, text_bytes(&head));
            int used = pane_wrap(pane, at, 3 + label, pane->columns - label - 4, 6, ROLE_FORM_VALUE,
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
    int label = label_width(pane);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *value = parcel_get(shown, pairs[i][0]);
        if (value) {
            pane_clip(pane, at, 3, label - 1, ROLE_FORM_LABEL, _(pairs[i][1]));
            pane_clip(pane, at++, 3 + label, pane->columns - label - 4, ROLE_FORM_VALUE, value);
        }
    }
    return at;
}

/* An act in few lines: when, who, what, which entries became what. */
static void act_text(const struct parcel *shown, const struct table *history, size_t row,
                     bool english, struct text *out)
{
    static const char *const columns[] = {"recorded", "who", "event", "changes", "reason"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *cell = table_word(history, row, columns[i]);
        text_add(out, *cell && out->length ? "  " : "");
        if (strcmp(columns[i], "changes") == 0) {
            thing_changes(out, shown, cell, english);
        } else {
            text_add(out, *cell ? thing_done(cell) : "");
        }
    }
}

/* The latest first, each a stop of PAGE, if there is one. */
static int draw_history(const struct parcel *shown, const struct table *history,
                        const struct pane *pane, int at, struct page *page)
{
    pane_put(pane, at++, 1, ROLE_HEADING, _("What was done"));
    for (size_t row = table_rows(history); row-- > 0;) {
        struct text line = {0};
        act_text(shown, history, row, pane->look->english, &line);
        if (page) {
            page_stop_add(page, at, 1, 1, 1, 0, (int)row);
        }
        int used = pane_wrap(pane, at, 3, pane->columns - 4, 6, ROLE_TEXT, text_bytes(&line));
        at += used > 1 ? used : 1;
        text_free(&line);
    }
    return at;
}

static int draw_facts(const struct parcel *shown, const struct table *facts,
                      const struct pane *pane, int at)
{
    bool english = pane->look->english;
    int label = label_width(pane);
    for (size_t i = 0; facts && i < table_rows(facts); i++) {
        const char *fact = table_cell(facts, i, "fact");
        struct text head = {0}, said = {0};
        thing_title(&head, shown, fact, english);
        thing_value(&said, shown, fact, table_word(facts, i, "value"), english);
        pane_clip(pane, at, 3, label - 1, ROLE_FORM_LABEL, _(text_bytes(&head)));
        int used = pane_wrap(pane, at, 3 + label, pane->columns - label - 4, 4, ROLE_FORM_VALUE,
                             text_bytes(&said));
        at += used > 1 ? used : 1;
        text_free(&head);
        text_free(&said);
    }
    return at;
}

static int thing_draw(const struct parcel *shown, const struct pane *pane, struct page *page,
                      const struct context *context)
{
    const struct table *things = parcel_find(shown, "things");
    const struct table *thing = things ? things : parcel_find(shown, "thing");
    const struct table *history = parcel_find(shown, "history");
    int at = 0;
    if (thing && table_rows(thing)) {
        at = draw_cells(thing, 0, pane, at, context);
    }
    at = draw_own(shown, pane, at);
    at = draw_facts(shown, parcel_find(shown, "facts"), pane, at);
    return history ? draw_history(shown, history, pane, at + 1, page) : at;
}

void thing_preview(const struct parcel *shown, const struct pane *pane,
                   const struct context *context)
{
    struct text words = {0};
    struct pane rows = pane_part(pane, 1, 0, pane->rows - 1, pane->columns);
    title_text(shown, &words);
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&words));
    (void)thing_draw(shown, &rows, NULL, context);
    text_free(&words);
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct thing_view *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *facts = parcel_find(&state->shown, "facts");
    const struct table *history = parcel_find(&state->shown, "history");
    int enough = 40 + (history ? 6 * (int)table_rows(history) : 0) +
                 (facts ? 3 * (int)table_rows(facts) : 0);
    struct pane whole = page_begin(&state->page, enough, pane->columns, &context->look);
    page_stop_add(&state->page, 0, 1, 1, 0, 0, 0);
    state->page.length = thing_draw(&state->shown, &whole, &state->page, context);
    page_show(&state->page, pane);
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct thing_view *state = view_state(view);
    struct text words = {0};
    title_text(&state->shown, &words);
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
