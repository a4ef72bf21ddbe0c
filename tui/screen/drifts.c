/* drifts.c: what vendors' inventories show that may not be: the cases it opened, by the time that
 * is left, each with what is there and what was given, as the entries say it that the policy's file
 * of screens names in its section [drift]. */
#include <string.h>

#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/screen/sync.h"
#include "tui/text.h"

/* What is shown, its lines one behind the other; where nothing says so, what the case is called. */
static void value_shown(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    const char *at = case_entry(list, row, "drift.shown", "", context);
    at = *at ? at : list_text(list, row, "title", context);
    while (*at) {
        size_t line = strcspn(at, "\n");
        text_add_n(&value->text, at, line);
        at += line + strspn(at + line, "\n");
        text_add(&value->text, *at ? "  " : "");
    }
}

static void pairs(const struct context *context, struct list *list)
{
    const char *shown = group_query(context, "drift.shown");
    list_pair(list, "entries", *shown ? shown : NULL);
}

static const struct list_column columns[] = {
    CASE_CARD(.sort = "due"),
    CASE_NUMBER(.sort = "number"),
    CASE_NAME(.most = 36, .sort = "org"),
    CASE_COLUMN("shown", N_("given → there"), .least = 20, .most = 60, .rank = 3, .from = 80,
                .value = value_shown),
    CASE_STATE(.most = 12, .rank = 2, .from = 60),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 6, .from = 100),
    CASE_DUE(.rank = 5, .from = 80, .right = true, .sort = "due"),
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE_TITLE,
    CASE_SPARE_BASIS,
    CASE_SPARE,
};
static void preview(const struct parcel *shown, const struct parcel *use, const char *clock,
                    const struct pane *pane, const struct context *context)
{
    struct text told = {0}, can = {0}, cannot = {0};
    (void)clock;
    (void)use;
    int row = case_bar_draw(shown, pane, context);
    case_told_text(shown, "drift.shown", context, &told);
    row = case_fact_draw(pane, row, _("Shown"), ROLE_TEXT_STRONG, &told, context);
    row = case_clocks_draw(shown, pane, row, context);
    case_offers_text(shown, context, &can, &cannot);
    row = case_fact_draw(pane, row, _("Can do"), ROLE_TEXT, &can, context);
    text_free(&cannot);
    case_acts_draw(parcel_find(shown, "acts"), pane, row, context);
}

static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("The inventories show what was given.")),
    .group = "drift",
    .count = N_("Drift"),
    .pairs = pairs,
    .preview = preview,
};

static void open(struct view *view, const char *what)
{
    case_queue_open(view, what, &queue);
}

static bool act(struct view *view, enum action action)
{
    if (action == ACTION_STYLE || action == ACTION_NEXT_PANE || action == ACTION_PREVIOUS_PANE) {
        sync_turn(view, "drift", action == ACTION_PREVIOUS_PANE ? -1 : 1);
        return true;
    }
    return case_queue_act(view, action);
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_STYLE ? sync_beside("drift") : NULL;
}

static const enum action acts[] = {
    ACTION_OPEN,      ACTION_ACT,       ACTION_MARK,          ACTION_STYLE,   ACTION_FILTER,
    ACTION_PREVIEW,   ACTION_SORT,      ACTION_WHY,           ACTION_VIEWS,   ACTION_COLUMNS,
    ACTION_FACETS,    ACTION_EXPORT,    ACTION_PRINT,         ACTION_DOWN,    ACTION_UP,
    ACTION_PAGE_DOWN, ACTION_PAGE_UP,   ACTION_HALF_DOWN,     ACTION_HALF_UP, ACTION_FIRST,
    ACTION_LAST,      ACTION_MARK_ALL,  ACTION_SORT_BACK,     ACTION_UNDO,    ACTION_NOTE,
    ACTION_COPY,      ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE, ACTION_NONE};

const struct screen screen_drift = {
    .name = "drift",
    .title = N_("Drift"),
    .door = true,
    .size = sizeof(struct case_queue_state),
    .open = open,
    .where = WHERE_LIST,
    .acts = acts,
    .close = case_queue_close,
    .act = act,
    .label = label,
    .refresh = case_queue_refresh,
    .wake = case_queue_wake,
    .context_row = case_queue_context,
    .draw = case_queue_draw,
    .subject = case_queue_subject,
    .marked = case_queue_marked,
    .filter = case_queue_filter,
    .filtered = case_queue_filtered,
    .reply = case_queue_reply,
    .list = case_queue_list,
    .listing = case_queue_listing,
};
