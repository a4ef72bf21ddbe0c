/* holdings.c: what vendors' clouds hold of one system beside what it was given; and one resource
 * with all that became of it. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/holdings.h"
#include "tui/screen/screens.h"
#include "tui/screen/sync.h"
#include "tui/text.h"
#include "tui/widget/page.h"
#include "tui/width.h"

enum { TICKET_SHOWN = 1, LABEL = 14, NUMBER = 10 };
enum stop_kind { STOP_TOP, STOP_DRIFT, STOP_RESOURCE, STOP_CHANGE };

struct shown_view {
    struct text what;    /* a system's code; VENDOR/KIND/ID */
    struct parcel shown; /* a reply of `holdings` or `resource` */
    struct page page;
};

/* ---- what both have ---- */

static const char *pair(const struct parcel *shown, const char *name)
{
    const char *value = parcel_get(shown, name);
    return value ? value : "";
}

void holdings_age_draw(const struct parcel *shown, const struct pane *pane, int row, int column,
                       const struct context *context)
{
    struct text age = {0};
    text_addf(&age, "%s ", _("inventory of"));
    enum role role = sync_age_text(pair(shown, "at"), parcel_yes(shown, "stale"), context, &age);
    pane_clip(pane, row, column, pane->columns - column - 1, role, text_bytes(&age));
    text_free(&age);
}

int holdings_measures_draw(const struct parcel *shown, const struct pane *pane, int row,
                           const struct context *context)
{
    const struct table *measures = parcel_find(shown, "measures");
    if (!measures || table_rows(measures) == 0) {
        return row;
    }
    pane_right(pane, row, LABEL + 2, NUMBER, ROLE_HEAD, _("given"));
    pane_right(pane, row, LABEL + 3 + NUMBER, NUMBER, ROLE_HEAD, _("there"));
    row++;
    for (size_t i = 0; i < table_rows(measures); i++) {
        const char *given = table_word(measures, i, "given");
        const char *seen = table_word(measures, i, "seen");
        struct text title = {0};
        phrase_both(&title, table_word(measures, i, "title"), context->look.english);
        pane_clip(pane, row, 3, LABEL - 1, ROLE_FORM_LABEL, text_bytes(&title));
        pane_right(pane, row, LABEL + 2, NUMBER, ROLE_TEXT,
                   *given ? given : glyph_text(&context->look, GLYPH_NONE));
        pane_right(pane, row, LABEL + 3 + NUMBER, NUMBER,
                   strcmp(given, seen) == 0 ? ROLE_TEXT : ROLE_FLAG,
                   *seen ? seen : glyph_text(&context->look, GLYPH_NONE));
        row++;
        text_free(&title);
    }
    return row;
}

void holdings_drift_text(const struct table *drifts, size_t row, const struct context *context,
                         struct text *out)
{
    phrase_both(out, table_word(drifts, row, "title"), context->look.english);
    text_add(out, "  ");
    for (const char *at = table_word(drifts, row, "shown"); *at; at++) {
        text_add_n(out, *at == '\n' ? " " : at, 1);
        text_add(out, *at == '\n' ? " " : "");
    }
    text_addf(out, "  %s  ", table_word(drifts, row, "case"));
    phrase_both(out, table_word(drifts, row, "state"), context->look.english);
}

static int draw_drifts(struct shown_view *state, const struct pane *pane, int row,
                       const struct context *context)
{
    const struct table *drifts = parcel_find(&state->shown, "drifts");
    if (!drifts || table_rows(drifts) == 0) {
        return row;
    }
    pane_put(pane, row++, 1, ROLE_HEADING, _("Drift"));
    for (size_t i = 0; i < table_rows(drifts); i++) {
        struct text line = {0};
        holdings_drift_text(drifts, i, context, &line);
        page_stop_add(&state->page, row, 1, 2, STOP_DRIFT, STOP_DRIFT, (int)i);
        pane_put(pane, row, 1, ROLE_FLAG, "!");
        int used = pane_wrap(pane, row, 3, pane->columns - 4, 2, ROLE_TEXT, text_bytes(&line));
        row += used > 1 ? used : 1;
        text_free(&line);
    }
    return row + 1;
}

static int enough(const struct parcel *shown)
{
    int rows = 40;
    for (size_t i = 0; i < shown->table_count; i++) {
        rows += 4 * (int)table_rows(shown->tables[i]);
    }
    return rows;
}

static void close_shown(struct view *view)
{
    struct shown_view *state = view_state(view);
    text_free(&state->what);
    parcel_free(&state->shown);
    page_free(&state->page);
}

static void reply_shown(struct view *view, int ticket, const struct parcel *reply,
                        const struct error *error)
{
    struct shown_view *state = view_state(view);
    (void)ticket;
    if (!view_take(view, &state->shown, reply, error)) {
        view_close(view);
    }
}

/* The case of the drift under the cursor. */
static const char *case_here(const struct shown_view *state)
{
    const struct page_stop *here = page_here(&state->page);
    return here && here->kind == STOP_DRIFT
               ? table_word(parcel_find(&state->shown, "drifts"), (size_t)here->index, "case")
               : "";
}

static bool act_shown(struct view *view, enum action action)
{
    struct shown_view *state = view_state(view);
    const struct page_stop *here = page_here(&state->page);
    if (action != ACTION_OPEN || !here) {
        return page_act(&state->page, action);
    }
    if (here->kind == STOP_DRIFT) {
        view_open(view, "case", case_here(state));
    } else if (here->kind == STOP_RESOURCE) {
        const struct table *holdings = parcel_find(&state->shown, "holdings");
        struct text what = {0};
        text_addf(&what, "%s/%s/%s", table_word(holdings, (size_t)here->index, "vendor"),
                  table_word(holdings, (size_t)here->index, "kind"),
                  table_word(holdings, (size_t)here->index, "uid"));
        view_open(view, "resource", text_bytes(&what));
        text_free(&what);
    }
    return true;
}

static const char *subject(const struct view *view, const char **clock)
{
    *clock = "";
    return case_here(view_state(view));
}

/* ---- a system ---- */

static void ask_holdings(struct view *view)
{
    const struct shown_view *state = view_state(view);
    parcel_put(view_ask(view, TICKET_SHOWN, "holdings"), "system", text_bytes(&state->what));
}

static void open_holdings(struct view *view, const char *what)
{
    struct shown_view *state = view_state(view);
    text_add(&state->what, what);
    ask_holdings(view);
    view_hold(view);
}

struct holding_columns {
    int status, amounts, first, drift;
};

static struct holding_columns holding_columns(const struct pane *pane)
{
    bool wide = pane->columns >= 100;
    struct holding_columns at = {.status = 40, .amounts = 50};
    at.first = wide ? 76 : pane->columns;
    at.drift = wide ? 90 : 74;
    return at;
}

static void draw_holding(struct shown_view *state, const struct table *table, size_t i,
                         const struct pane *pane, int row, const struct context *context)
{
    static const char *const amounts[] = {"vcpus", "ram", "disk"};
    struct holding_columns at = holding_columns(pane);
    const char *name = table_word(table, i, "name");
    struct text drift = {0}, first = {0};
    phrase_both(&drift, table_word(table, i, "drift"), context->look.english);
    sync_moment_text(table_word(table, i, "first"), &first);
    page_stop_add(&state->page, row, 1, 24, STOP_RESOURCE, STOP_RESOURCE, (int)i);
    pane_put(pane, row, 1, ROLE_FLAG, drift.length ? "!" : "");
    pane_clip(pane, row, 3, 22, ROLE_TEXT, *name ? name : table_word(table, i, "uid"));
    pane_clip(pane, row, 27, at.status - 28, ROLE_TEXT_DIM,
              phrase_resource(table_word(table, i, "kind")));
    pane_clip(pane, row, at.status, 9, ROLE_TEXT_DIM, table_word(table, i, "status"));
    for (int m = 0; m < 3; m++) {
        struct text amount = {0};
        phrase_amount(&amount, amounts[m], table_word(table, i, amounts[m]));
        pane_right(pane, row, at.amounts + m * 8, 7, ROLE_TEXT, text_bytes(&amount));
        text_free(&amount);
    }
    if (at.first < pane->columns) {
        pane_clip(pane, row, at.first, 12, ROLE_TEXT_DIM, text_bytes(&first));
    }
    if (at.drift < pane->columns - 2) {
        pane_clip(pane, row, at.drift, pane->columns - at.drift - 1, ROLE_FLAG, text_bytes(&drift));
    }
    text_free(&drift);
    text_free(&first);
}

static void draw_holding_heads(const struct pane *pane, int row)
{
    struct holding_columns at = holding_columns(pane);
    pane_put(pane, row, 3, ROLE_HEAD, _("resource"));
    pane_put(pane, row, 27, ROLE_HEAD, _("kind"));
    pane_put(pane, row, at.status, ROLE_HEAD, _("status"));
    pane_right(pane, row, at.amounts, 7, ROLE_HEAD, _("CPU"));
    pane_right(pane, row, at.amounts + 8, 7, ROLE_HEAD, _("memory"));
    pane_right(pane, row, at.amounts + 16, 7, ROLE_HEAD, _("disk"));
    if (at.first < pane->columns) {
        pane_put(pane, row, at.first, ROLE_HEAD, _("first seen"));
    }
}

static void draw_holdings(const struct view *view, const struct pane *pane)
{
    struct shown_view *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *holdings = parcel_find(&state->shown, "holdings");
    struct pane whole =
        page_begin(&state->page, enough(&state->shown), pane->columns, &context->look);
    page_stop_add(&state->page, 0, 1, 1, STOP_TOP, STOP_TOP, 0);
    int row = holdings_measures_draw(&state->shown, &whole, 0, context) + 1;
    row = draw_drifts(state, &whole, row, context);
    if (holdings && table_rows(holdings)) {
        draw_holding_heads(&whole, row++);
    } else if (holdings) {
        pane_put(&whole, row++, 3, ROLE_TEXT_DIM, _("no cloud holds anything of it"));
    }
    for (size_t i = 0; holdings && i < table_rows(holdings); i++) {
        draw_holding(state, holdings, i, &whole, row++, context);
    }
    state->page.length = row;
    page_show(&state->page, pane);
}

static void context_holdings(const struct view *view, const struct pane *pane)
{
    const struct shown_view *state = view_state(view);
    struct text words = {0};
    text_addf(&words, "%s  %s", pair(&state->shown, "org"), pair(&state->shown, "system"));
    int column = pane_clip(pane, 0, 1, pane->columns - 30, ROLE_TEXT_STRONG, text_bytes(&words));
    holdings_age_draw(&state->shown, pane, 0, column + 3, view_context(view));
    text_free(&words);
}

static const enum action acts[] = {
    ACTION_OPEN,  ACTION_ACT,       ACTION_NEXT_PANE,     ACTION_DOWN,      ACTION_UP,
    ACTION_WHY,   ACTION_PAGE_DOWN, ACTION_PAGE_UP,       ACTION_HALF_DOWN, ACTION_HALF_UP,
    ACTION_FIRST, ACTION_LAST,      ACTION_PREVIOUS_PANE, ACTION_REFRESH,   ACTION_NONE};

const struct screen screen_holdings = {
    .name = "holdings",
    .title = N_("What clouds hold of a system"),
    .where = WHERE_LIST,
    .size = sizeof(struct shown_view),
    .acts = acts,
    .open = open_holdings,
    .close = close_shown,
    .reply = reply_shown,
    .refresh = ask_holdings,
    .act = act_shown,
    .subject = subject,
    .context_row = context_holdings,
    .draw = draw_holdings,
};

/* ---- a resource ---- */

static void ask_resource(struct view *view)
{
    const struct shown_view *state = view_state(view);
    const char *what = text_bytes(&state->what);
    size_t vendor = strcspn(what, "/"), kind;
    struct text names[2] = {{0}, {0}};
    text_add_n(&names[0], what, vendor);
    what += vendor + (what[vendor] == '/');
    kind = strcspn(what, "/");
    text_add_n(&names[1], what, kind);
    what += kind + (what[kind] == '/');
    struct parcel *request = view_ask(view, TICKET_SHOWN, "resource");
    parcel_put(request, "vendor", text_bytes(&names[0]));
    parcel_put(request, "kind", text_bytes(&names[1]));
    parcel_put(request, "uid", what);
    text_free(&names[0]);
    text_free(&names[1]);
}

static void open_resource(struct view *view, const char *what)
{
    struct shown_view *state = view_state(view);
    text_add(&state->what, what);
    ask_resource(view);
    view_hold(view);
}

static int draw_fact(const struct pane *pane, int row, const char *label, const char *value)
{
    if (*value) {
        pane_clip(pane, row, 3, LABEL - 1, ROLE_FORM_LABEL, label);
        pane_clip(pane, row++, 3 + LABEL, pane->columns - LABEL - 4, ROLE_FORM_VALUE, value);
    }
    return row;
}

static int draw_facts(const struct parcel *shown, const struct pane *pane, int row)
{
    static const char *const pairs[][2] = {
        {"kind", N_("kind")},        {"uid", N_("id")},        {"vendor", N_("vendor")},
        {"region", N_("region")},    {"zone", N_("zone")},     {"project_name", N_("project")},
        {"org", N_("organisation")}, {"system", N_("system")}, {"status", N_("status")}};
    static const char *const amounts[][2] = {
        {"vcpus", N_("CPU")}, {"ram", N_("memory")}, {"disk", N_("disk")}};
    const struct table *facts = parcel_find(shown, "facts");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool kind = strcmp(pairs[i][0], "kind") == 0;
        const char *value = pair(shown, pairs[i][0]);
        row = draw_fact(pane, row, _(pairs[i][1]), kind ? phrase_resource(value) : value);
    }
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct text amount = {0};
        phrase_amount(&amount, amounts[i][0], pair(shown, amounts[i][0]));
        row = draw_fact(pane, row, _(amounts[i][1]), text_bytes(&amount));
        text_free(&amount);
    }
    for (size_t i = 0; facts && i < table_rows(facts); i++) {
        row = draw_fact(pane, row, table_word(facts, i, "fact"), table_word(facts, i, "value"));
    }
    return row;
}

static const char *became(const char *what)
{
    static const char *const words[][2] = {{"seen", N_("seen first")},
                                           {"changed", N_("changed")},
                                           {"gone", N_("vanished")},
                                           {"again", N_("there again")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], what) == 0) {
            return _(words[i][1]);
        }
    }
    return what;
}

static int draw_changes(struct shown_view *state, const struct pane *pane, int row,
                        const struct context *context)
{
    const struct table *changes = parcel_find(&state->shown, "changes");
    pane_put(pane, row++, 1, ROLE_HEADING, _("What became of it"));
    for (size_t i = 0; changes && i < table_rows(changes); i++) {
        struct text line = {0};
        text_addf(&line, "%s  ", table_word(changes, i, "at"));
        text_addf(&line, _("run %s"), table_word(changes, i, "run"));
        text_addf(&line, "  %s  ", became(table_word(changes, i, "what")));
        phrase_changes(&line, table_word(changes, i, "changes"), context->look.english);
        page_stop_add(&state->page, row, 3, 16, STOP_CHANGE, STOP_CHANGE, (int)i);
        int used = pane_wrap(pane, row, 3, pane->columns - 4, 4, ROLE_TEXT, text_bytes(&line));
        row += used > 1 ? used : 1;
        text_free(&line);
    }
    return row;
}

static void draw_resource(const struct view *view, const struct pane *pane)
{
    struct shown_view *state = view_state(view);
    const struct context *context = view_context(view);
    struct pane whole =
        page_begin(&state->page, enough(&state->shown), pane->columns, &context->look);
    page_stop_add(&state->page, 0, 1, 1, STOP_TOP, STOP_TOP, 0);
    int row = draw_facts(&state->shown, &whole, 0) + 1;
    row = draw_drifts(state, &whole, row, context);
    if (parcel_find(&state->shown, "measures")) {
        pane_put(&whole, row++, 1, ROLE_HEADING, _("All of the system"));
        row = holdings_measures_draw(&state->shown, &whole, row, context) + 1;
    }
    state->page.length = draw_changes(state, &whole, row, context);
    page_show(&state->page, pane);
}

static void context_resource(const struct view *view, const struct pane *pane)
{
    const struct shown_view *state = view_state(view);
    const char *name = pair(&state->shown, "name");
    bool gone = strcmp(pair(&state->shown, "state"), "gone") == 0;
    struct text words = {0};
    text_addf(&words, "%s  %s", *name ? name : pair(&state->shown, "uid"),
              pair(&state->shown, "system"));
    int column = pane_clip(pane, 0, 1, pane->columns - 36, ROLE_TEXT_STRONG, text_bytes(&words));
    if (gone) {
        column = pane_put(pane, 0, column + 2, ROLE_FLAG, _("vanished"));
    }
    holdings_age_draw(&state->shown, pane, 0, column + 3, view_context(view));
    text_free(&words);
}

const struct screen screen_resource = {
    .name = "resource",
    .title = N_("Resource of a cloud"),
    .where = WHERE_LIST,
    .size = sizeof(struct shown_view),
    .acts = acts,
    .open = open_resource,
    .close = close_shown,
    .reply = reply_shown,
    .refresh = ask_resource,
    .act = act_shown,
    .subject = subject,
    .context_row = context_resource,
    .draw = draw_resource,
};
