/* deadlines.c: every clock that runs by its last day; and the same as a month. */
#include <string.h>

#include "core/day.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/month.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

enum { TICKET_DAYS = 200, TICKET_OF_DAY };

static const struct list_column columns[] = {
    CASE_CARD(.most = 15),
    CASE_DUE(.rank = 4, .sort = "due"),
    CASE_CLOCK(.least = 14, .rank = 2),
    CASE_BASIS(.rank = 7, .from = 80),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_NUMBER(.sort = "number"),
    CASE_NAME(.most = 44, .sort = "org"),
    CASE_HOLDER(.rank = 3, .from = 60),
    CASE_SPARE_TITLE,
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE_STAGE,
    CASE_SPARE,
};
static const struct list_spec of_day = {.verb = "list",
                                        .table = "clocks",
                                        .key = "key",
                                        .pair = "clocks",
                                        .value = "yes",
                                        .empty = N_("Nothing is due that day."),
                                        .columns = columns,
                                        .column_count = sizeof columns / sizeof *columns};
static const struct case_queue queue = {
    .list = {.verb = "list",
             .table = "clocks",
             .key = "key",
             .pair = "clocks",
             .value = "yes",
             .empty = N_("No clock runs."),
             .columns = columns,
             .column_count = sizeof columns / sizeof *columns,
             .apart = true},
    .group = "deadlines",
    .count = N_("Deadlines"),
    .preview = clock_preview_draw,
};

struct deadlines {
    struct case_queue_state queue; /* first: the queue's own functions take it for theirs */
    bool month;
    struct month shown;
    struct list *of_day;
};

static void open(struct view *view, const char *what)
{
    struct deadlines *state = view_state(view);
    case_queue_open(view, what, &queue);
    state->of_day = list_new(&of_day);
    state->shown.day = moment_day(view_context(view)->now);
}

static void close(struct view *view)
{
    struct deadlines *state = view_state(view);
    list_free(state->of_day);
    parcel_free(&state->shown.days);
    case_queue_close(view);
}

/* ---- the month ---- */

static void ask_day(struct view *view)
{
    struct deadlines *state = view_state(view);
    struct text query = {0};
    char day[DAY_TEXT];
    text_addf(&query, "due:%s %s", day_format(state->shown.day, day),
              text_bytes(&state->queue.filter));
    list_query(state->of_day, text_bytes(&query));
    list_want(state->of_day, view, TICKET_OF_DAY);
    text_free(&query);
}

static void ask_days(struct view *view)
{
    struct deadlines *state = view_state(view);
    struct parcel *request = view_ask(view, TICKET_DAYS, "list");
    if (state->queue.filter.length) {
        parcel_put(request, "query", text_bytes(&state->queue.filter));
    }
    parcel_put(request, "clocks", "yes");
    parcel_put_day(request, "days", month_first(&state->shown));
    parcel_put_int(request, "limit", 0);
    parcel_put(request, "count", "no");
}

static void go_day(struct view *view, int32_t day)
{
    struct deadlines *state = view_state(view);
    int32_t before = month_first(&state->shown);
    state->shown.day = day;
    if (month_first(&state->shown) != before || !state->shown.days.table_count) {
        ask_days(view);
    }
    ask_day(view);
}

static void show_month(struct view *view, bool month)
{
    struct deadlines *state = view_state(view);
    state->month = month;
    if (month) {
        parcel_free(&state->shown.days);
        go_day(view, state->shown.day);
    }
}

static bool act_month(struct view *view, enum action action)
{
    struct deadlines *state = view_state(view);
    int32_t day = state->shown.day;
    switch (action) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        go_day(view, day + (action == ACTION_LEFT ? -1 : 1));
        return true;
    case ACTION_UP:
    case ACTION_DOWN:
        go_day(view, day + (action == ACTION_UP ? -7 : 7));
        return true;
    case ACTION_PREVIOUS:
    case ACTION_PAGE_UP:
        go_day(view, day_add_months(day, -1));
        return true;
    case ACTION_NEXT:
    case ACTION_PAGE_DOWN:
        go_day(view, day_add_months(day, 1));
        return true;
    case ACTION_FIRST:
        go_day(view, moment_day(view_context(view)->now));
        return true;
    case ACTION_OPEN: {
        struct text query = {0};
        char written[DAY_TEXT];
        text_addf(&query, "due:%s", day_format(day, written));
        show_month(view, false);
        case_queue_filter(view, text_bytes(&query));
        text_free(&query);
        return true;
    }
    default:
        return false;
    }
}

/* The cases whose clocks are marked, each once. */
static int marked(const struct view *view, struct text *out)
{
    const struct deadlines *state = view_state(view);
    struct text keys = {0};
    int count = 0;
    list_marks(state->queue.list, &keys);
    for (const char *at = text_bytes(&keys); *at; at += strcspn(at, "\n") + 1) {
        struct text line = {0};
        text_add_n(&line, at, strcspn(at, " \n"));
        text_add(&line, "\n");
        const char *found = strstr(text_bytes(out), text_bytes(&line));
        if (!found || (found > text_bytes(out) && found[-1] != '\n')) {
            text_add(out, text_bytes(&line));
            count++;
        }
        text_free(&line);
    }
    text_free(&keys);
    return count;
}

/* ---- as a screen ---- */

static bool act(struct view *view, enum action action)
{
    struct deadlines *state = view_state(view);
    if (action == ACTION_STYLE) {
        show_month(view, !state->month);
        return true;
    }
    return state->month ? act_month(view, action) : case_queue_act(view, action);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct deadlines *state = view_state(view);
    if (ticket == TICKET_OF_DAY) {
        list_took(state->of_day, reply, error);
    } else if (ticket == TICKET_DAYS) {
        if (!error) {
            parcel_renew(reply, &state->shown.days);
        }
    } else {
        case_queue_reply(view, ticket, reply, error);
    }
}

static void refresh(struct view *view)
{
    struct deadlines *state = view_state(view);
    case_queue_refresh(view);
    if (state->month) {
        ask_days(view);
        list_stale(state->of_day);
        list_want(state->of_day, view, TICKET_OF_DAY);
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct deadlines *state = view_state(view);
    const struct context *context = view_context(view);
    if (!state->month) {
        case_queue_draw(view, pane);
        return;
    }
    int rows = month_rows(pane->rows);
    struct pane top = pane_part(pane, 0, 0, rows, pane->columns);
    struct pane below = pane_part(pane, rows, 0, pane->rows - rows, pane->columns);
    month_draw(&state->shown, &top, context);
    if (below.rows > 1) {
        list_draw(state->of_day, &below, context);
        month_draw_day(&state->shown, &below, context);
    }
}

static const char *label(const struct view *view, enum action action)
{
    static const struct {
        enum action action;
        const char *label;
    } of_month[] = {{ACTION_OPEN, N_("that day")},        {ACTION_FIRST, N_("today")},
                    {ACTION_LEFT, N_("day before")},      {ACTION_RIGHT, N_("day after")},
                    {ACTION_UP, N_("week before")},       {ACTION_DOWN, N_("week after")},
                    {ACTION_PAGE_UP, N_("month before")}, {ACTION_PAGE_DOWN, N_("month after")}};
    const struct deadlines *state = view_state(view);
    if (action == ACTION_STYLE) {
        return state->month ? _("as a list") : _("as a month");
    }
    for (size_t i = 0; state->month && i < sizeof of_month / sizeof *of_month; i++) {
        if (of_month[i].action == action) {
            return _(of_month[i].label);
        }
    }
    return NULL;
}

static const enum action acts[] = {
    ACTION_OPEN,     ACTION_ACT,       ACTION_STYLE,       ACTION_FILTER,    ACTION_MARK,
    ACTION_PREVIEW,  ACTION_WHY,       ACTION_NEXT_URGENT, ACTION_WHATIF,    ACTION_VIEWS,
    ACTION_SORT,     ACTION_COLUMNS,   ACTION_FACETS,      ACTION_EXPORT,    ACTION_PRINT,
    ACTION_DOWN,     ACTION_UP,        ACTION_LEFT,        ACTION_RIGHT,     ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,  ACTION_HALF_DOWN, ACTION_HALF_UP,     ACTION_FIRST,     ACTION_LAST,
    ACTION_PREVIOUS, ACTION_NEXT,      ACTION_MARK_ALL,    ACTION_SORT_BACK, ACTION_UNDO,
    ACTION_NOTE,     ACTION_COPY,      ACTION_NONE};

const struct screen screen_deadlines = {
    .name = "deadlines",
    .title = N_("Deadlines"),
    .tab = N_("Deadlines"),
    .digit = '4',
    .counts = true,
    .where = WHERE_LIST,
    .size = sizeof(struct deadlines),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .act = act,
    .refresh = refresh,
    .wake = case_queue_wake,
    .context_row = case_queue_context,
    .draw = draw,
    .label = label,
    .subject = case_queue_subject,
    .marked = marked,
    .filter = case_queue_filter,
    .filtered = case_queue_filtered,
    .list = case_queue_list,
    .listing = case_queue_listing,
};
