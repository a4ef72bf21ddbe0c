/* drifts.c: what vendors' inventories show that may not be: the cases it opened, by the time that
 * is left; below the list what is there and what was given. */
#include <string.h>

#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/screen/sync.h"
#include "tui/text.h"

static const struct list_column columns[] = {
    CASE_CARD(.sort = "due"),
    CASE_NUMBER(.sort = "number"),
    CASE_NAME(.most = 36, .sort = "org"),
    CASE_TITLE(.rank = 3, .from = 100),
    CASE_STATE(.most = 12, .rank = 2, .from = 60),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 4, .from = 80),
    CASE_DUE(.rank = 5, .from = 80, .right = true, .sort = "due"),
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE_BASIS,
    CASE_SPARE,
};
static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("The inventories show what was given.")),
    .group = "drift",
    .count = N_("Drift"),
    .preview = case_preview_draw,
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
