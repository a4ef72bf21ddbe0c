/* today.c: what will go wrong this week, and whose desk is it on? */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/screen/today.h"
#include "tui/text.h"

enum { TICKET_STATUS = 1, TICKET_ROWS, TICKET_RESOURCES, TICKET_SECURITY };
enum { REST = 600 }; /* milliseconds after which the sums are asked for: cases come first */

static const struct list_column columns[] = {
    CASE_CARD(),
    CASE_NUMBER(),
    CASE_NAME(.most = 36),
    CASE_STAGE(.rank = 6, .from = 100),
    CASE_STATE(.most = 12, .rank = 2, .from = 60),
    CASE_CLOCK(.least = 12, .rank = 7, .from = 100),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 3, .from = 80),
    CASE_DUE(.rank = 5, .from = 60, .right = true),
};
static const struct list_spec urgent = {.verb = "list",
                                        .table = "cases",
                                        .key = "number",
                                        .bare = true,
                                        .empty = N_("Nothing is due."),
                                        .columns = columns,
                                        .column_count = sizeof columns / sizeof *columns};

static void ask(struct view *view)
{
    struct today *today = view_state(view);
    view_ask(view, TICKET_STATUS, "status");
    list_want(today->urgent, view, TICKET_ROWS);
    view_wake(view, REST);
}

/* Figures of use come by the month: once is enough. */
static void wake(struct view *view)
{
    const struct today *today = view_state(view);
    struct parcel *security = view_ask(view, TICKET_SECURITY, "list");
    parcel_put(security, "query", group_query(view_context(view), "security"));
    parcel_put(security, "cards", "yes");
    parcel_put(security, "facets", "state");
    parcel_put(security, "count", "no");
    parcel_put_int(security, "limit", 0);
    if (!today->resources.table_count) {
        view_ask(view, TICKET_RESOURCES, "resources");
    }
}

static void open(struct view *view, const char *what)
{
    struct today *today = view_state(view);
    (void)what;
    today->urgent = list_new(&urgent);
    today->desk = -1;
    if (!today->urgent) {
        view_close(view);
        return;
    }
    ask(view);
}

static void close(struct view *view)
{
    struct today *today = view_state(view);
    list_free(today->urgent);
    parcel_free(&today->status);
    parcel_free(&today->resources);
    parcel_free(&today->security);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct today *today = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
    }
    if (ticket == TICKET_ROWS) {
        list_took(today->urgent, reply, error);
        list_want(today->urgent, view, TICKET_ROWS);
    } else if (!error) {
        parcel_renew(reply, ticket == TICKET_RESOURCES  ? &today->resources
                            : ticket == TICKET_SECURITY ? &today->security
                                                        : &today->status);
    }
}

static void refresh(struct view *view)
{
    struct today *today = view_state(view);
    list_stale(today->urgent);
    ask(view);
}

/* ---- keys ---- */

static int rows_of(const struct today *today, const char *name)
{
    const struct table *table = parcel_find(&today->status, name);
    return table ? (int)table_rows(table) : 0;
}

static int within(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* Who has the keys next; panes that are not shown are passed over. */
static void turn(struct today *today, int step)
{
    do {
        today->pane = (enum today_pane)((today->pane + TODAY_PANES + step) % TODAY_PANES);
    } while (today->pane == TODAY_DESKS && today->desks_shown == 0);
    if (today->pane == TODAY_DESKS && today->desk < 0) {
        today->desk = 0;
    }
}

/* " handler:LOGIN", else " with:ROLE", of the desk in ROW. Appended. */
static void add_desk(const struct today *today, int row, struct text *out)
{
    const struct table *desks = parcel_find(&today->status, "handlers");
    const char *login = desks && row >= 0 ? table_cell(desks, (size_t)row, "login") : NULL;
    const char *role = desks && row >= 0 ? table_cell(desks, (size_t)row, "role") : NULL;
    if (login || role) {
        text_addf(out, "%s%s:%s", out->length ? " " : "", login ? "handler" : "with",
                  login ? login : role);
    }
}

/* What falls due that day, of every kind. */
static void open_heat(struct view *view)
{
    struct today *today = view_state(view);
    const struct table *heat = parcel_find(&today->status, "heat");
    const char *day = heat ? table_cell(heat, (size_t)today->day, "day") : NULL;
    struct text query = {0};
    if (day) {
        text_addf(&query, "due:%s", day);
        add_desk(today, view_context(view)->columns >= TODAY_WIDE ? today->desk : -1, &query);
        view_open(view, "deadlines", text_bytes(&query));
    }
    text_free(&query);
}

static void open_desk(struct view *view)
{
    struct today *today = view_state(view);
    struct text query = {0};
    add_desk(today, today->desk > 0 ? today->desk : 0, &query);
    if (query.length) {
        view_open(view, "deadlines", text_bytes(&query));
    }
    text_free(&query);
}

static void open_here(struct view *view)
{
    struct today *today = view_state(view);
    if (today->pane == TODAY_HEAT) {
        open_heat(view);
    } else if (today->pane == TODAY_DESKS) {
        open_desk(view);
    } else if (*list_key(today->urgent)) {
        view_open(view, "case", list_key(today->urgent));
    }
}

static bool move_heat(struct today *today, enum action action, bool wide)
{
    int step = action == ACTION_LEFT    ? -1
               : action == ACTION_RIGHT ? 1
               : wide                   ? 0
               : action == ACTION_UP    ? -5
               : action == ACTION_DOWN  ? 5
                                        : 0;
    int desk = wide && action == ACTION_UP ? -1 : wide && action == ACTION_DOWN ? 1 : 0;
    today->day = within(today->day + step, 0, rows_of(today, "heat") - 1);
    today->desk = within(today->desk + desk, -1, today->desks_shown - 1);
    return step || desk || action == ACTION_UP || action == ACTION_DOWN;
}

static bool move_desks(struct today *today, enum action action)
{
    int step = action == ACTION_UP ? -1 : action == ACTION_DOWN ? 1 : 0;
    today->desk = within(today->desk + step, 0, today->desks_shown - 1);
    return step != 0;
}

static bool act(struct view *view, enum action action)
{
    struct today *today = view_state(view);
    bool taken = true;
    switch (action) {
    case ACTION_NEXT_PANE:
        turn(today, 1);
        break;
    case ACTION_PREVIOUS_PANE:
        turn(today, -1);
        break;
    case ACTION_OPEN:
        open_here(view);
        break;
    default:
        taken = today->pane == TODAY_HEAT
                    ? move_heat(today, action, view_context(view)->columns >= TODAY_WIDE)
                : today->pane == TODAY_DESKS ? move_desks(today, action)
                                             : list_act(today->urgent, action);
        break;
    }
    list_want(today->urgent, view, TICKET_ROWS);
    return taken;
}

static const char *subject(const struct view *view, const char **clock)
{
    const struct today *today = view_state(view);
    const char *name = list_cell(today->urgent, list_cursor(today->urgent), "clock");
    *clock = name ? name : "";
    return today->pane == TODAY_URGENT ? list_key(today->urgent) : "";
}

static int marked(const struct view *view, struct text *out)
{
    const struct today *today = view_state(view);
    return list_marks(today->urgent, out);
}

/* ---- cells ---- */

int64_t today_number(const struct table *table, size_t row, const char *column)
{
    const char *cell = table ? table_cell(table, row, column) : NULL;
    return cell ? strtoll(cell, NULL, 10) : 0;
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct today *today = view_state(view);
    struct text words = {0};
    const char *open = parcel_get(&today->status, "open");
    if (!open) {
        pane_put(pane, 0, 1, ROLE_CONTEXT, glyph_text(pane->look, GLYPH_CLIPPED));
        return;
    }
    text_addf(&words, _("Open %s"), open);
    int column = pane_put(pane, 0, 1, ROLE_CONTEXT, text_bytes(&words)) + 2;
    column = case_cards_draw(&today->status, pane, column) + 1;
    text_clear(&words);
    text_addf(&words, _("due today %s  this week %s"), parcel_get(&today->status, "today"),
              parcel_get(&today->status, "week"));
    pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_TEXT_STRONG, text_bytes(&words));
    text_free(&words);
}

static void draw(const struct view *view, const struct pane *pane)
{
    today_draw(view_state(view), pane, view_context(view));
}

static const enum action acts[] = {
    ACTION_OPEN,   ACTION_NEXT_PANE, ACTION_NEXT_URGENT, ACTION_FILTER,        ACTION_ACT,
    ACTION_WHATIF, ACTION_WHY,       ACTION_REFRESH,     ACTION_PREVIOUS_PANE, ACTION_DOWN,
    ACTION_UP,     ACTION_LEFT,      ACTION_RIGHT,       ACTION_PAGE_DOWN,     ACTION_PAGE_UP,
    ACTION_FIRST,  ACTION_LAST,      ACTION_MARK,        ACTION_COPY,          ACTION_NONE};

const struct screen screen_today = {
    .name = "today",
    .title = N_("Today"),
    .tab = N_("Today"),
    .digit = '1',
    .where = WHERE_LIST,
    .size = sizeof(struct today),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = refresh,
    .wake = wake,
    .act = act,
    .subject = subject,
    .marked = marked,
    .context_row = context_row,
    .draw = draw,
};
