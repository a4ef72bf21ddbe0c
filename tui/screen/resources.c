/* resources.c: the platform, and what each system has and uses, with the months of a year. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"
#include "tui/width.h"

enum {
    TICKET_RESOURCES = 1,
    TICKET_DRIFTS,
    MONTHS = 12,
    NAME = 24,
    CELL = 22,
    MEASURES_MOST = 8,
    AMOUNT = 6
};

struct resources {
    struct parcel shown;         /* a reply of the verb `resources` */
    struct parcel drifts;        /* of the verb `drifts` */
    int measures;                /* of each system there are so many rows */
    int cursor, top, body, sort; /* SORT: the measure sorted by, -1 by name */
    int *order;                  /* systems as they are shown */
};

static const struct table *systems_of(const struct resources *state)
{
    return parcel_find(&state->shown, "systems");
}

static int count_of(const struct resources *state)
{
    const struct table *table = systems_of(state);
    return table && state->measures ? (int)table_rows(table) / state->measures : 0;
}

static const char *cell(const struct resources *state, int system, int measure, const char *column)
{
    const struct table *table = systems_of(state);
    const char *text =
        table ? table_cell(table, (size_t)(system * state->measures + measure), column) : NULL;
    return text ? text : "";
}

/* ---- order ---- */

static int64_t average(const struct resources *state, int system)
{
    const char *text = cell(state, system, state->sort, "average");
    return *text ? strtoll(text, NULL, 10) : -1;
}

/* By use of the measure, the most first; few enough for a plain insertion. */
static void sort(struct resources *state)
{
    int count = count_of(state);
    free(state->order);
    state->order = malloc(((size_t)count + 1) * sizeof *state->order);
    for (int i = 0; state->order && i < count; i++) {
        int at = i;
        while (state->sort >= 0 && at > 0 &&
               average(state, state->order[at - 1]) < average(state, i)) {
            state->order[at] = state->order[at - 1];
            at--;
        }
        state->order[at] = i;
    }
}

static int nth(const struct resources *state, int n)
{
    return state->order ? state->order[n] : n;
}

/* ---- life ---- */

static void ask(struct view *view)
{
    view_ask(view, TICKET_RESOURCES, "resources");
    view_ask(view, TICKET_DRIFTS, "drifts");
}

static void open(struct view *view, const char *what)
{
    struct resources *state = view_state(view);
    (void)what;
    state->sort = 0;
    ask(view);
}

static void close(struct view *view)
{
    struct resources *state = view_state(view);
    parcel_free(&state->shown);
    parcel_free(&state->drifts);
    free(state->order);
}

/* How many rows the first system has. */
static int measures_of(const struct table *table)
{
    int count = 0;
    const char *first = table ? table_cell(table, 0, "code") : NULL;
    while (first && count < MEASURES_MOST) {
        const char *code = table_cell(table, (size_t)count, "code");
        if (!code || strcmp(code, first) != 0) {
            break;
        }
        count++;
    }
    return count;
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct resources *state = view_state(view);
    struct parcel *kept = ticket == TICKET_DRIFTS ? &state->drifts : &state->shown;
    if (view_take(view, kept, reply, error) && kept == &state->shown) {
        state->measures = measures_of(systems_of(state));
        sort(state);
    }
}

/* ---- keys ---- */

static bool move(struct resources *state, int64_t by)
{
    int64_t to = state->cursor + by, count = count_of(state);
    state->cursor = (int)(to >= count ? count - 1 : to);
    state->cursor = state->cursor < 0 ? 0 : state->cursor;
    return true;
}

static bool sort_on(struct view *view)
{
    struct resources *state = view_state(view);
    state->sort = state->sort + 1 >= state->measures ? -1 : state->sort + 1;
    sort(state);
    view_say(view, ROLE_MESSAGE_INFO, N_("sorted by %1"),
             state->sort < 0 ? _("number") : cell(state, 0, state->sort, "title"), NULL, NULL);
    return true;
}

static bool act(struct view *view, enum action action)
{
    struct resources *state = view_state(view);
    switch (action) {
    case ACTION_DOWN:
        return move(state, 1);
    case ACTION_UP:
        return move(state, -1);
    case ACTION_PAGE_DOWN:
        return move(state, state->body);
    case ACTION_PAGE_UP:
        return move(state, -state->body);
    case ACTION_FIRST:
        return move(state, INT32_MIN);
    case ACTION_LAST:
        return move(state, INT32_MAX);
    case ACTION_STYLE:
        if (count_of(state)) {
            view_open(view, "holdings", cell(state, nth(state, state->cursor), 0, "code"));
        }
        return true;
    case ACTION_IMPORT:
        view_open(view, "deed", "use");
        return true;
    case ACTION_SORT:
        return sort_on(view);
    case ACTION_NEXT_PANE:
        view_open(view, "capacity", "");
        return true;
    case ACTION_OPEN:
        if (count_of(state)) {
            view_open(view, "use-chart", cell(state, nth(state, state->cursor), 0, "code"));
        }
        return true;
    default:
        return false;
    }
}

/* ---- cells ---- */

static int trend(const char *text, int64_t *values)
{
    int count = 0;
    for (char *end; *text && count < MONTHS; text = *end == ' ' ? end + 1 : end) {
        values[count++] = strtoll(text, &end, 10);
        if (end == text) {
            break;
        }
    }
    return count;
}

/* With commas, where they have room: a figure is never cut. */
static void draw_amount(const struct pane *pane, int row, int column, const char *amount)
{
    struct text whole = {0};
    bool digits = *amount && strspn(amount, "0123456789") == strlen(amount);
    if (digits) {
        phrase_number(&whole, strtoll(amount, NULL, 10));
    }
    pane_right(pane, row, column, AMOUNT, ROLE_TEXT,
               digits && whole.length <= AMOUNT ? text_bytes(&whole)
               : *amount                        ? amount
                                                : glyph_text(pane->look, GLYPH_NONE));
    text_free(&whole);
}

/* "480  41% ▃▃▃▄▅": what it has, how much is used, the months. */
static void draw_measure(const struct resources *state, const struct pane *pane, int row,
                         int column, int width, int system, int measure)
{
    int64_t values[MONTHS];
    const char *has = cell(state, system, measure, "has");
    const char *used = cell(state, system, measure, "average");
    struct text percent = {0};
    draw_amount(pane, row, column, has);
    if (*used) {
        text_addf(&percent, "%s%%", used);
    } else {
        text_add(&percent, "?");
    }
    pane_right(pane, row, column + 7, 4, ROLE_TEXT_STRONG, text_bytes(&percent));
    int count = trend(cell(state, system, measure, "trend"), values), room = width - 13;
    room = room > count ? count : room;
    if (room > 2) { /* the latest months there is room for */
        spark_draw(pane, row, column + 12, values + count - room, room, 100);
    }
    text_free(&percent);
}

static int measure_width(const struct pane *pane, const struct resources *state)
{
    int left = (pane->columns - NAME - 2) / (state->measures ? state->measures : 1);
    return left >= CELL + 4 ? CELL + 4 : left >= 12 ? left : 12;
}

static void draw_heads(const struct resources *state, const struct pane *pane, int row,
                       const struct context *context)
{
    int width = measure_width(pane, state);
    pane_put(pane, row, 2, ROLE_HEAD, _("system"));
    for (int m = 0; m < state->measures; m++) {
        struct text title = {0};
        phrase_both(&title, cell(state, 0, m, "title"), context->look.english);
        int column = NAME + 2 + m * width, over = width_of(text_bytes(&title)) - AMOUNT;
        pane_right(pane, row, column, over > 0 ? 0 : AMOUNT, ROLE_HEAD, text_bytes(&title));
        pane_clip(pane, row, column, over > 0 ? width - 1 : 0, ROLE_HEAD, text_bytes(&title));
        text_free(&title);
    }
}

/* "1,284": the figure in a cell; "?" none. */
static void figure_text(const char *cell, struct text *out)
{
    if (cell && *cell) {
        phrase_number(out, strtoll(cell, NULL, 10));
    } else {
        text_add(out, "?");
    }
}

/* What is given of the quota, what is left of it: figures under figures. */
static void draw_platform(const struct resources *state, const struct pane *pane,
                          const struct context *context)
{
    enum { BAR_AT = 11, BAR = 30, BAR_SHORT = 20, FIGURE = 10 };
    int bar = pane->columns < 100 ? BAR_SHORT : BAR;
    const struct table *platform = parcel_find(&state->shown, "platform");
    for (size_t i = 0; platform && i < table_rows(platform) && (int)i < pane->rows; i++) {
        const char *quota = table_cell(platform, i, "quota");
        const char *given = table_cell(platform, i, "given");
        struct text title = {0}, words = {0};
        struct gauge gauge = {.whole = quota ? strtoll(quota, NULL, 10) : 0,
                              .used = given ? strtoll(given, NULL, 10) : 0};
        phrase_both(&title, table_cell(platform, i, "title"), context->look.english);
        pane_clip(pane, (int)i, 1, 9, ROLE_HEADING, text_bytes(&title));
        gauge_draw(pane, (int)i, BAR_AT, bar, &gauge);
        if (gauge.whole) {
            text_addf(&words, "%d%%", (int)(gauge.used * 100 / gauge.whole));
        }
        int column = BAR_AT + bar + 1;
        pane_right(pane, (int)i, column, 4, ROLE_TEXT_STRONG, text_bytes(&words));
        column = pane_put(pane, (int)i, column + 6, ROLE_TEXT_DIM, _("given away")) + 1;
        text_clear(&words);
        figure_text(given, &words);
        pane_right(pane, (int)i, column, FIGURE - 2, ROLE_TEXT, text_bytes(&words));
        column = pane_put(pane, (int)i, column + FIGURE, ROLE_TEXT_DIM, _("contract")) + 1;
        text_clear(&words);
        figure_text(quota, &words);
        pane_right(pane, (int)i, column, FIGURE - 1, ROLE_TEXT, text_bytes(&words));
        text_free(&title);
        text_free(&words);
    }
}

/* How many drifts of the system are seen now. */
static int drifts_of(const struct resources *state, int system)
{
    const struct table *drifts = parcel_find(&state->drifts, "drifts");
    const char *code = cell(state, system, 0, "code");
    int count = 0;
    for (size_t i = 0; drifts && i < table_rows(drifts); i++) {
        const char *of = table_cell(drifts, i, "code");
        count += of && strcmp(of, code) == 0;
    }
    return count;
}

/* The rules on use that hold, and that it drifts. */
static void flags_text(const struct resources *state, int system, const struct context *context,
                       struct text *out)
{
    phrase_both(out, cell(state, system, 0, "flags"), context->look.english);
    if (drifts_of(state, system) > 0) {
        text_addf(out, "%s%s", out->length ? " " : "", _("drifts"));
    }
}

/* Which rules on use hold: a sign before the name, their titles where there is room. */
static void draw_flags(const struct resources *state, const struct pane *pane, int row, int system,
                       const struct context *context)
{
    int column = NAME + 2 + state->measures * measure_width(pane, state) + 1;
    struct text flags = {0};
    flags_text(state, system, context, &flags);
    if (flags.length) {
        pane_put(pane, row, 1, ROLE_FLAG, "!");
        if (pane->columns - column > 8) {
            pane_clip(pane, row, column, pane->columns - column - 1, ROLE_FLAG, text_bytes(&flags));
        }
    }
    text_free(&flags);
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct resources *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *platform = parcel_find(&state->shown, "platform");
    int above = platform && pane->rows > 14 ? (int)table_rows(platform) : 0,
        count = count_of(state);
    struct pane top = pane_part(pane, 0, 0, above, pane->columns);
    state->body = pane->rows - above - 1 > 0 ? pane->rows - above - 1 : 1;
    if (count == 0) {
        return;
    }
    if (state->cursor < state->top) {
        state->top = state->cursor;
    }
    if (state->cursor >= state->top + state->body) {
        state->top = state->cursor - state->body + 1;
    }
    draw_platform(state, &top, context);
    draw_heads(state, pane, above, context);
    for (int i = 0; i < state->body && state->top + i < count; i++) {
        int row = above + 1 + i, system = nth(state, state->top + i);
        bool here = state->top + i == state->cursor;
        struct text name = {0};
        if (here) {
            pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
        }
        draw_flags(state, pane, row, system, context);
        text_addf(&name, "%s", cell(state, system, 0, "name"));
        pane_clip(pane, row, 2, NAME - 1, here ? ROLE_TABLE_CURSOR : ROLE_TEXT, text_bytes(&name));
        text_free(&name);
        for (int m = 0; m < state->measures; m++) {
            draw_measure(state, pane, row, NAME + 2 + m * measure_width(pane, state),
                         measure_width(pane, state), system, m);
        }
    }
}

/* Whose the figures of the system under the cursor are, and of when. */
static void put_source(const struct resources *state, struct text *out)
{
    int system = nth(state, state->cursor);
    const char *source = cell(state, system, 0, "source"), *at = cell(state, system, 0, "at");
    if (*source) {
        text_addf(out, "%s ", strcmp(source, "seen") == 0 ? _("seen by a sync") : _("reported"));
        text_add_n(out, at, strlen(at) < 10 ? strlen(at) : 10);
        text_add(out, "  ");
    }
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct resources *state = view_state(view);
    struct text words = {0};
    text_addf(&words, _("%d systems online   has, used, 12 months to %s-%02d"), count_of(state),
              parcel_get(&state->shown, "year") ? parcel_get(&state->shown, "year") : "",
              (int)parcel_int(&state->shown, "month", 0));
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_CONTEXT, text_bytes(&words)) + 3;
    text_clear(&words);
    if (count_of(state)) { /* of the system under the cursor */
        put_source(state, &words);
        flags_text(state, nth(state, state->cursor), view_context(view), &words);
    }
    if (width_of(text_bytes(&words)) >=
        pane->columns - column) { /* that it is flagged, its row says */
        text_clear(&words);
    }
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_FLAG, text_bytes(&words));
    text_free(&words);
}

static const char *listing(const struct view *view, struct parcel *request)
{
    (void)view;
    parcel_put(request, "verb", "resources");
    return "systems";
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_NEXT_PANE ? _("capacity")
           : action == ACTION_STYLE   ? _("in the clouds")
                                      : NULL;
}

static const enum action acts[] = {
    ACTION_OPEN,   ACTION_STYLE,  ACTION_SORT,      ACTION_NEXT_PANE,
    ACTION_IMPORT, ACTION_EXPORT, ACTION_PRINT,     ACTION_NEXT_URGENT,
    ACTION_DOWN,   ACTION_UP,     ACTION_PAGE_DOWN, ACTION_PAGE_UP,
    ACTION_FIRST,  ACTION_LAST,   ACTION_REFRESH,   ACTION_NONE};

const struct screen screen_resources = {
    .name = "resources",
    .title = N_("Resources"),
    .tab = N_("Resources"),
    .digit = '5',
    .where = WHERE_LIST,
    .size = sizeof(struct resources),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = ask,
    .act = act,
    .listing = listing,
    .context_row = context_row,
    .draw = draw,
    .label = label,
};
