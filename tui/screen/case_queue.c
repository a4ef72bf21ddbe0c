/* case_queue.c: a screen that is a list of cases, with a preview of the one under the cursor. */
#include <string.h>

#include "tui/screen/case_cells.h"
#include "tui/screen/case_queue.h"
#include "tui/text.h"
#include "tui/width.h"

enum { TICKET_ROWS = 1, TICKET_SHOWN, TICKET_CARDS, TICKET_USE };
enum { FOOT_LEAST = 6 }; /* rows that a list has at the least before a line is taken from it */
enum { REST = 150 };     /* milliseconds the cursor rests before the preview follows */

const enum action case_queue_acts[] = {
    ACTION_OPEN,    ACTION_ACT,     ACTION_MARK,        ACTION_FILTER,   ACTION_PREVIEW,
    ACTION_SORT,    ACTION_WHATIF,  ACTION_NEXT_URGENT, ACTION_WHY,      ACTION_VIEWS,
    ACTION_NEW,     ACTION_COLUMNS, ACTION_FACETS,      ACTION_EXPORT,   ACTION_PRINT,
    ACTION_DOWN,    ACTION_UP,      ACTION_PAGE_DOWN,   ACTION_PAGE_UP,  ACTION_HALF_DOWN,
    ACTION_HALF_UP, ACTION_FIRST,   ACTION_LAST,        ACTION_MARK_ALL, ACTION_SORT_BACK,
    ACTION_UNDO,    ACTION_NOTE,    ACTION_COPY,        ACTION_NONE};

/* The case under the cursor; "" none. */
static const char *case_here(const struct case_queue_state *state)
{
    const char *number = list_cell(state->list, list_cursor(state->list), "number");
    return number ? number : "";
}

/* ---- what is asked for ---- */

static void join_query(const struct view *view, struct text *out)
{
    const struct case_queue_state *state = view_state(view);
    const char *parts[] = {text_bytes(&state->filter), /* first: a fault names its column */
                           group_query(view_context(view), state->queue->group)};
    for (int i = 0; i < 2; i++) {
        text_addf(out, "%s%s", out->length && *parts[i] ? " " : "", parts[i]);
    }
}

static void ask_cards(struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    struct text query = {0};
    join_query(view, &query);
    struct parcel *request = view_ask(view, TICKET_CARDS, "list");
    parcel_put(request, "query", text_bytes(&query));
    parcel_put(request, "cards", "yes");
    if (state->queue->list.pair) {
        parcel_put(request, state->queue->list.pair, state->queue->list.value);
    }
    parcel_put_int(request, "limit", 0);
    text_free(&query);
}

static bool has_preview(const struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    const struct context *context = view_context(view);
    return state->queue->preview && !state->hidden && context->rows >= 18 && context->columns >= 60;
}

/* The preview follows the cursor when it has rested; on a slow line on a key alone. */
static void follow(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    if (has_preview(view) && strcmp(text_bytes(&state->wanted), case_here(state)) != 0 &&
        !view_context(view)->slow) {
        view_wake(view, REST);
    }
}

static void ask_shown(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    const char *key = case_here(state);
    if (!*key || !has_preview(view)) {
        return;
    }
    text_clear(&state->wanted);
    text_add(&state->wanted, key);
    parcel_put(view_ask(view, TICKET_SHOWN, "show"), "case", key);
}

static void ask_use(struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    const char *system = parcel_get(&state->shown, "system");
    if (state->queue->uses && system && *system) {
        parcel_put(view_ask(view, TICKET_USE, "resources"), "system", system);
    }
}

/* ---- life ---- */

void case_queue_open(struct view *view, const char *what, const struct case_queue *queue)
{
    struct case_queue_state *state = view_state(view);
    struct text query = {0};
    state->queue = queue;
    state->list = list_new(&queue->list);
    if (!state->list) {
        view_close(view);
        return;
    }
    list_arrange(state->list, view_arrangement(view));
    if (queue->pairs) {
        queue->pairs(view_context(view), state->list);
    }
    text_add(&state->filter, what);
    join_query(view, &query);
    list_query(state->list, text_bytes(&query));
    list_narrowed(state->list, state->filter.length > 0);
    list_want(state->list, view, TICKET_ROWS);
    state->cards_due = true;
    text_free(&query);
}

void case_queue_close(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    list_free(state->list);
    text_free(&state->filter);
    text_free(&state->wanted);
    parcel_free(&state->shown);
    parcel_free(&state->use);
    parcel_free(&state->cards);
}

static void tell_found(struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    struct text hits = {0};
    bool more = false;
    int64_t total = list_total(state->list, &more);
    if (total >= 0) {
        text_add_int(&hits, total);
        text_add(&hits, more ? "+" : "");
    }
    view_found(view, text_bytes(&hits), NULL, 0);
    text_free(&hits);
}

static void take_rows(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct case_queue_state *state = view_state(view);
    bool good = list_took(state->list, reply, error);
    if (!good) {
        view_say_error(view, error, reply);
        view_found_wrong(view, error, reply);
        return;
    }
    if (state->cards_due && list_empty(state->list)) {
        parcel_free(&state->cards);
    } else if (state->cards_due) {
        ask_cards(view);
    }
    state->cards_due = false;
    tell_found(view);
    list_want(state->list, view, TICKET_ROWS);
    follow(view);
}

/* Of more cases than are counted there are no cards either. */
static void take_cards(struct view *view, const struct parcel *reply)
{
    struct case_queue_state *state = view_state(view);
    int64_t total = parcel_int(reply, "total", 0), rows = (int64_t)list_count(state->list);
    parcel_renew(reply, &state->cards);
    list_counted(state->list, total > rows ? total : rows, parcel_yes(reply, "total_more"));
    tell_found(view);
}

void case_queue_reply(struct view *view, int ticket, const struct parcel *reply,
                      const struct error *error)
{
    struct case_queue_state *state = view_state(view);
    if (ticket == TICKET_ROWS) {
        take_rows(view, reply, error);
    } else if (ticket == TICKET_SHOWN) {
        parcel_free(&state->shown);
        parcel_free(&state->use);
        (void)(!error && parcel_copy(reply, &state->shown));
        ask_use(view);
    } else if (ticket == TICKET_USE) {
        parcel_free(&state->use);
        (void)(!error && parcel_copy(reply, &state->use));
    } else if (ticket == TICKET_CARDS && !error) {
        take_cards(view, reply);
    }
}

void case_queue_refresh(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    list_stale(state->list);
    list_want(state->list, view, TICKET_ROWS);
    state->cards_due = true;
    ask_shown(view);
}

void case_queue_wake(struct view *view)
{
    ask_shown(view);
}

/* ---- keys ---- */

static void sort_on(struct view *view, bool turn)
{
    struct case_queue_state *state = view_state(view);
    const struct list_column *column = list_sort_on(state->list, turn);
    view_say(view, ROLE_MESSAGE_INFO,
             list_sorted_back(state->list) ? N_("sorted by %1, backwards") : N_("sorted by %1"),
             column ? _(column->head) : _("urgency"), NULL, NULL);
}

static void open_case(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    struct text others = {0};
    if (list_empty(state->list)) {
        return;
    }
    for (size_t i = 0; i < list_count(state->list); i++) {
        text_addf(&others, "%s\n", list_cell(state->list, i, "number"));
    }
    parcel_put(view_open_with(view, "case", case_here(state)), "others", text_bytes(&others));
    text_free(&others);
}

static bool undo(struct view *view)
{
    struct case_queue_state *state = view_state(view);
    if (list_marks(state->list, NULL)) {
        list_unmark(state->list);
    } else if (state->filter.length) {
        case_queue_filter(view, "");
    } else {
        list_sort(state->list, "");
    }
    return true;
}

bool case_queue_act(struct view *view, enum action action)
{
    struct case_queue_state *state = view_state(view);
    bool taken = true;
    switch (action) {
    case ACTION_OPEN:
        open_case(view);
        break;
    case ACTION_PREVIEW:
        state->hidden = has_preview(view) && state->shown.table_count;
        ask_shown(view);
        break;
    case ACTION_SORT:
    case ACTION_SORT_BACK:
        sort_on(view, action == ACTION_SORT_BACK);
        break;
    case ACTION_UNDO:
        undo(view);
        break;
    case ACTION_NEW:
        view_open(view, "new", "");
        break;
    default:
        taken = list_act(state->list, action);
        break;
    }
    list_want(state->list, view, TICKET_ROWS);
    follow(view);
    return taken;
}

const char *case_queue_subject(const struct view *view, const char **clock)
{
    const struct case_queue_state *state = view_state(view);
    const char *name = list_cell(state->list, list_cursor(state->list), "clock");
    *clock = name ? name : "";
    return case_here(state);
}

int case_queue_marked(const struct view *view, struct text *out)
{
    const struct case_queue_state *state = view_state(view);
    return list_marks(state->list, out);
}

void case_queue_filter(struct view *view, const char *query)
{
    struct case_queue_state *state = view_state(view);
    struct text joined = {0};
    text_clear(&state->filter);
    text_add(&state->filter, query);
    join_query(view, &joined);
    list_query(state->list, text_bytes(&joined));
    list_narrowed(state->list, state->filter.length > 0);
    list_want(state->list, view, TICKET_ROWS);
    state->cards_due = true;
    text_free(&joined);
}

const char *case_queue_filtered(const struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    return text_bytes(&state->filter);
}

struct list *case_queue_list(const struct view *view)
{
    const struct case_queue_state *state = view_state(view);
    return state->list;
}

const char *case_queue_listing(const struct view *view, struct parcel *request)
{
    return list_listing(case_queue_list(view), request);
}

/* ---- cells ---- */

static const char *card_count(const struct parcel *cards, const char *card)
{
    const struct table *table = parcel_find(cards, "cards");
    for (size_t i = 0; table && i < table_rows(table); i++) {
        const char *name = table_cell(table, i, "card");
        if (name && strcmp(name, card) == 0) {
            return table_cell(table, i, "n");
        }
    }
    return NULL;
}

int case_cards_draw(const struct parcel *cards, const struct pane *pane, int column)
{
    static const struct {
        const char *card;
        enum role role;
    } shown[] = {{"double", ROLE_CARD_OVER2},
                 {"red", ROLE_CARD_RED},
                 {"yellow", ROLE_CARD_YELLOW},
                 {"blue", ROLE_CARD_BLUE},
                 {"held", ROLE_CARD_PAUSED}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const char *n = card_count(cards, shown[i].card);
        bool held = strcmp(shown[i].card, "held") == 0;
        struct text words = {0};
        if (!n || pane->columns < 24) {
            continue;
        }
        if (held) {
            text_addf(&words, "%s%s %s", glyph_text(pane->look, GLYPH_HELD), _("HLD"), n);
        } else {
            text_addf(&words, "%s %s", glyph_card(pane->look, shown[i].card), n);
        }
        enum role role = strcmp(n, "0") == 0 ? ROLE_TEXT_DIM : shown[i].role;
        if (column + width_of(text_bytes(&words)) < pane->columns) {
            column = pane_put(pane, 0, column, role, text_bytes(&words)) + 2;
        }
        text_free(&words);
    }
    return column;
}

void case_queue_context(const struct view *view, const struct pane *pane)
{
    const struct case_queue_state *state = view_state(view);
    const struct context *context = view_context(view);
    struct text count = {0}, position = {0};
    bool more = false;
    int64_t total = list_total(state->list, &more);
    text_add(&count, _(state->queue->count));
    if (total >= 0) {
        text_add(&count, " ");
        text_add_int(&count, total);
        text_add(&count, more ? "+" : "");
    }
    list_position(state->list, context, &position);
    int right = pane->columns - 1 - (int)position.length;
    struct pane left = pane_part(pane, 0, 0, 1, right > 1 ? right - 1 : 0);
    int column = pane_clip(&left, 0, 1, left.columns - 1, ROLE_CONTEXT, text_bytes(&count)) + 2;
    column = case_cards_draw(&state->cards, &left, column);
    if (state->filter.length && right - column > 8) {
        pane_clip(pane, 0, column, right - column - 1, ROLE_FLAG, text_bytes(&state->filter));
    } else if (state->queue->legend) {
        struct text legend = {0};
        state->queue->legend(state->list, context, &legend);
        if (width_of(text_bytes(&legend)) + 3 < right - column) {
            pane_put(pane, 0, column + 2, ROLE_TEXT_DIM, text_bytes(&legend));
        }
        text_free(&legend);
    }
    pane_right(pane, 0, right > 0 ? right : 0, pane->columns - 1 - (right > 0 ? right : 0),
               ROLE_CONTEXT, text_bytes(&position));
    text_free(&count);
    text_free(&position);
}

void case_queue_draw(const struct view *view, const struct pane *pane)
{
    const struct case_queue_state *state = view_state(view);
    const struct context *context = view_context(view);
    enum { BARS = 4 }; /* less than what they leave: a sheet covers the preview, not the rows */
    bool side = has_preview(view) && pane->columns >= 160;
    bool below_too = has_preview(view) && !side && pane->rows + BARS >= context->rows;
    int below = below_too ? (context->rows - 2) / 3 : 0;
    int aside = side ? 64 : 0;
    int foot = state->queue->foot && pane->rows - below > FOOT_LEAST ? 1 : 0;
    int width = pane->columns - (side ? aside + 2 : 0);
    struct pane rows = pane_part(pane, 0, 0, pane->rows - below - foot, width);
    list_draw(state->list, &rows, context);
    if (foot) {
        struct pane line = pane_part(pane, rows.rows, 0, 1, width);
        state->queue->foot(view, &line);
    }
    if ((!side && !below) || list_empty(state->list)) {
        return;
    }
    struct pane preview = side ? pane_part(pane, 0, pane->columns - aside, pane->rows, aside)
                               : pane_part(pane, pane->rows - below, 0, below, pane->columns);
    if (parcel_get(&state->shown, "case")) { /* of where the cursor rested last: its bar says so */
        const char *clock;
        case_queue_subject(view, &clock);
        state->queue->preview(&state->shown, &state->use, clock, &preview, context);
    } else {
        pane_fill(&preview, 0, 0, preview.columns, ROLE_SHEET_TITLE);
    }
}
