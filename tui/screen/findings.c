/* findings.c: security: findings and incidents, by the time that is left, by unit or by how grave
 * they are; below them what is to be filed. What is how grave, and what is a filing, the policy's
 * file of screens says in its section [security]: see groups.h. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/width.h"

enum { TICKET_FILINGS = 200, FILINGS_SHOWN = 8, NAMES_MOST = 6 };
enum grouping { BY_TIME, BY_UNIT, BY_SEVERITY, GROUPINGS };

struct findings_state {
    struct case_queue_state queue; /* first: the queue's own functions take it for theirs */
    enum grouping grouping;
    struct parcel filings;
};

/* ---- entries by which a case is told ---- */

static enum role severity_role(int64_t place)
{
    static const enum role roles[] = {ROLE_SEVERITY_LOW, ROLE_SEVERITY_CRITICAL, ROLE_SEVERITY_HIGH,
                                      ROLE_SEVERITY_MEDIUM};
    return place >= 1 && place <= 3 ? roles[place] : ROLE_SEVERITY_LOW;
}

/* In a list by groups the row above, which is drawn too, is of the same. */
static bool goes_on(const struct list *list, size_t row, const char *here, const char *above)
{
    return row > list_top(list) && strcmp(here, above) == 0;
}

static enum grouping grouping_of(const struct list *list)
{
    struct parcel request = {0};
    (void)list_listing(list, &request);
    bool by_severity = parcel_get(&request, "by") != NULL;
    parcel_free(&request);
    return by_severity ? BY_SEVERITY : strcmp(list_sorted(list), "org") == 0 ? BY_UNIT : BY_TIME;
}

static void value_severity(const struct list *list, size_t row, const struct context *context,
                           struct list_value *value)
{
    struct text above = {0};
    if (row > 0) {
        text_add(&above, case_entry(list, row - 1, "security.severity", "_title", context));
    }
    value->role = severity_role(
        strtoll(case_entry(list, row, "security.severity", "_place", context), NULL, 10));
    const char *here = case_entry(list, row, "security.severity", "_title", context);
    if (grouping_of(list) != BY_SEVERITY || !goes_on(list, row, here, text_bytes(&above))) {
        text_add(&value->text, here);
    }
    text_free(&above);
}

static void value_unit(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    (void)context;
    const char *here = list_cell(list, row, "org");
    const char *above = row > 0 ? list_cell(list, row - 1, "org") : NULL;
    bool again = here && above && goes_on(list, row, here, above);
    if (here && (grouping_of(list) != BY_UNIT || !again)) {
        text_add(&value->text, here);
    }
}

/* What is wrong; where nothing says so, what the case is called. */
static void value_problem(const struct list *list, size_t row, const struct context *context,
                          struct list_value *value)
{
    const char *problem = case_entry(list, row, "security.problem", "", context);
    text_add(&value->text, *problem ? problem : list_text(list, row, "title", context));
}

static const struct list_column columns[] = {
    CASE_CARD(.most = 15, .sort = "due"),
    CASE_NUMBER(.sort = "number"),
    CASE_COLUMN("severity", N_("severity"), .least = 4, .english = 4, .most = 8, .rank = 2,
                .from = 40, .value = value_severity),
    CASE_COLUMN("org", N_("organisation"), .least = 12, .most = 20, .rank = 3, .sort = "org",
                .value = value_unit),
    CASE_SYSTEM(.rank = 7, .from = 100),
    CASE_COLUMN("problem", N_("problem"), .least = 12, .most = 36, .rank = 1, .name_band = true,
                .value = value_problem),
    CASE_STATE(.most = 10, .rank = 4, .from = 60),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 6, .from = 80),
    CASE_COLUMN("due", N_("due"), .least = 6, .most = 10, .rank = 5, .from = 60, .right = true,
                .sort = "due", .value = case_value_due), /* ≈ before the date has room, too */
    CASE_SPARE_TITLE,
    CASE_SPARE_STAGE,
    CASE_SPARE_BASIS,
    CASE_SPARE,
};

/* ---- what is asked ---- */

static void pairs(const struct context *context, struct list *list)
{
    const char *severity = group_query(context, "security.severity");
    const char *problem = group_query(context, "security.problem");
    struct text entries = {0};
    text_addf(&entries, "%s%s%s", severity, *severity && *problem ? "," : "", problem);
    list_pair(list, "entries", entries.length ? text_bytes(&entries) : NULL);
    text_free(&entries);
}

static void ask_filings(struct view *view)
{
    const char *query = group_query(view_context(view), "security.filings");
    if (*query) {
        struct parcel *request = view_ask(view, TICKET_FILINGS, "list");
        parcel_put(request, "query", query);
        parcel_put_int(request, "limit", FILINGS_SHOWN);
    }
}

/* ---- cells of their own ---- */

/* "备案 10  ▮红 11-20 市民政局 …": those that fall due first, as many as there is room for. */
static void draw_filings(const struct view *view, const struct pane *pane)
{
    const struct findings_state *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *cases = parcel_find(&state->filings, "cases");
    struct text head = {0};
    if (!cases) {
        return;
    }
    const char *total = parcel_get(&state->filings, "total");
    int column = pane_put(pane, 0, 1, ROLE_HEADING, _("To be filed")) + 1;
    text_addf(&head, "%s%s", total ? total : "0",
              parcel_yes(&state->filings, "total_more") ? "+" : "");
    column = pane_put(pane, 0, column, ROLE_TEXT, text_bytes(&head)) + 2;
    for (size_t i = 0; i < table_rows(cases); i++) {
        struct text what = {0};
        const char *card = table_word(cases, i, "card");
        text_addf(&what, "%s%s", glyph_card(pane->look, card), *card ? " " : "");
        case_date_text(table_word(cases, i, "due"),
                       strcmp(table_word(cases, i, "provisional"), "yes") == 0, false, context,
                       &what);
        text_addf(&what, " %s", table_word(cases, i, "org"));
        int width = width_of(text_bytes(&what));
        if (column + width < pane->columns) {
            column =
                pane_put(pane, 0, column, case_card_role(card, false, false), text_bytes(&what)) +
                2;
        }
        text_free(&what);
    }
    text_free(&head);
}

static void legend(const struct list *list, const struct context *context, struct text *out)
{
    static const char *const words[] = {N_("by time left"), N_("by unit"), N_("by severity")};
    (void)context;
    text_add(out, _(words[grouping_of(list)]));
}

/* What is known of it besides, in a line: each with its name. */
static void facts_text(const struct parcel *shown, const struct context *context, struct text *out)
{
    const struct table *entries = parcel_find(shown, "entries");
    for (size_t i = 0; entries && i < table_rows(entries); i++) {
        if (group_names(context, "security.facts", table_word(entries, i, "field"))) {
            text_add(out, out->length ? "   " : "");
            phrase_both(out, table_word(entries, i, "title"), context->look.english);
            text_add(out, " ");
            phrase_both(out, table_word(entries, i, "value"), context->look.english);
        }
    }
}

static void preview(const struct parcel *shown, const struct parcel *use, const char *clock,
                    const struct pane *pane, const struct context *context)
{
    struct text problem = {0}, facts = {0}, can = {0}, cannot = {0};
    const struct table *acts = parcel_find(shown, "acts");
    (void)clock;
    (void)use;
    int row = case_bar_draw(shown, pane, context);
    case_told_text(shown, "security.severity", context, &problem);
    case_told_text(shown, "security.problem", context, &problem);
    row = case_fact_draw(pane, row, _("Problem"), ROLE_TEXT_STRONG, &problem, context);
    row = case_clocks_draw(shown, pane, row, context);
    facts_text(shown, context, &facts);
    row = case_fact_draw(pane, row, _("About"), ROLE_TEXT, &facts, context);
    case_offers_text(shown, context, &can, &cannot);
    row = case_fact_draw(pane, row, _("Can do"), ROLE_TEXT, &can, context);
    text_free(&cannot);
    case_acts_draw(acts, pane, row, context);
}

static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("No finding and no incident is open.")),
    .group = "security",
    .count = N_("Security"),
    .pairs = pairs,
    .foot = draw_filings,
    .legend = legend,
    .preview = preview,
};

/* ---- as a screen ---- */

static void open(struct view *view, const char *what)
{
    case_queue_open(view, what, &queue);
    ask_filings(view);
}

static void close(struct view *view)
{
    struct findings_state *state = view_state(view);
    parcel_free(&state->filings);
    case_queue_close(view);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct findings_state *state = view_state(view);
    if (ticket != TICKET_FILINGS) {
        case_queue_reply(view, ticket, reply, error);
    } else if (!error) {
        parcel_renew(reply, &state->filings);
    }
}

static void refresh(struct view *view)
{
    case_queue_refresh(view);
    ask_filings(view);
}

static void regroup(struct view *view)
{
    struct findings_state *state = view_state(view);
    const char *severity = group_query(view_context(view), "security.severity");
    state->grouping = (state->grouping + 1) % GROUPINGS;
    if (state->grouping == BY_SEVERITY && !*severity) {
        state->grouping = BY_TIME;
    }
    list_sort(state->queue.list, state->grouping == BY_UNIT ? "org" : "");
    list_pair(state->queue.list, "by", state->grouping == BY_SEVERITY ? severity : NULL);
    case_queue_act(view, ACTION_NONE);
}

static bool act(struct view *view, enum action action)
{
    const char *filings = group_query(view_context(view), "security.filings");
    if (action == ACTION_STYLE) {
        regroup(view);
        return true;
    }
    if (action == ACTION_NEXT_PANE && *filings) {
        view_open(view, "cases", filings);
        return true;
    }
    return case_queue_act(view, action);
}

static const char *label(const struct view *view, enum action action)
{
    static const char *const next[] = {N_("by unit"), N_("by severity"), N_("by time left")};
    const struct findings_state *state = view_state(view);
    return action == ACTION_STYLE       ? _(next[state->grouping])
           : action == ACTION_NEXT_PANE ? _("filings")
                                        : NULL;
}

static const enum action acts[] = {
    ACTION_OPEN,     ACTION_ACT,       ACTION_STYLE,       ACTION_FILTER,  ACTION_NEXT_PANE,
    ACTION_MARK,     ACTION_PREVIEW,   ACTION_NEXT_URGENT, ACTION_WHY,     ACTION_WHATIF,
    ACTION_VIEWS,    ACTION_NEW,       ACTION_SORT,        ACTION_COLUMNS, ACTION_FACETS,
    ACTION_EXPORT,   ACTION_PRINT,     ACTION_DOWN,        ACTION_UP,      ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,  ACTION_HALF_DOWN, ACTION_HALF_UP,     ACTION_FIRST,   ACTION_LAST,
    ACTION_MARK_ALL, ACTION_SORT_BACK, ACTION_UNDO,        ACTION_NOTE,    ACTION_COPY,
    ACTION_NONE};

const struct screen screen_findings = {
    .name = "security",
    .title = N_("Security"),
    .tab = N_("Security"),
    .digit = '6',
    .counts = true,
    .where = WHERE_LIST,
    .size = sizeof(struct findings_state),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .act = act,
    .refresh = refresh,
    .wake = case_queue_wake,
    .context_row = case_queue_context,
    .draw = case_queue_draw,
    .label = label,
    .subject = case_queue_subject,
    .marked = case_queue_marked,
    .filter = case_queue_filter,
    .filtered = case_queue_filtered,
    .list = case_queue_list,
    .listing = case_queue_listing,
};
