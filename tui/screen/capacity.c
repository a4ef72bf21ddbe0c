/* capacity.c: what the platform has and what is promised of it, where it is going, and where it
 * stands. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"
#include "tui/width.h"

enum {
    TICKET_CAPACITY = 1,
    ROOMY = 116, /* columns: what is said of a measure stands beside its bars */
    TITLE = 10,
    BAR = 30,
    BAR_SHORT = 14,
    PLACE = 22,
    AMOUNT = 10,
    POINTS_MOST = 72
};

struct capacity {
    struct parcel shown; /* a reply of the verb `capacity` */
    int top;             /* the first place shown */
};

/* Columns of places, after where they are and of what. */
static const struct {
    const char *column, *title; /* TITLE: msgid */
    bool spare;                 /* left out where there is no room */
} amounts[] = {{"total", N_("in all"), false},   {"reserved", N_("kept back"), true},
               {"over", N_("overcommit"), true}, {"usable", N_("usable"), false},
               {"used", N_("in use"), false},    {"left", N_("left"), false}};
enum { AMOUNTS = sizeof amounts / sizeof *amounts };

/* ---- life ---- */

static void ask(struct view *view)
{
    view_ask(view, TICKET_CAPACITY, "capacity");
}

static void open(struct view *view, const char *what)
{
    (void)what;
    ask(view);
}

static void close(struct view *view)
{
    struct capacity *state = view_state(view);
    parcel_free(&state->shown);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct capacity *state = view_state(view);
    (void)ticket;
    view_take(view, &state->shown, reply, error);
}

static bool act(struct view *view, enum action action)
{
    struct capacity *state = view_state(view);
    const struct table *places = parcel_find(&state->shown, "places");
    int rows = places ? (int)table_rows(places) : 0;
    switch (action) {
    case ACTION_DOWN:
        state->top += state->top + 1 < rows;
        return true;
    case ACTION_UP:
        state->top -= state->top > 0;
        return true;
    case ACTION_NEXT_PANE:
        view_open(view, "resources", "");
        return true;
    default:
        return false;
    }
}

static const char *listing(const struct view *view, struct parcel *request)
{
    (void)view;
    parcel_put(request, "verb", "capacity");
    return "platform";
}

/* ---- a measure ---- */

static int64_t whole(const char *amount)
{
    return strtoll(amount, NULL, 10);
}

static const char *or_unknown(const char *text)
{
    return *text ? text : "?";
}

static void say_load(const struct table *platform, size_t at, const struct gauge *gauge,
                     const char *limit, struct text *out)
{
    text_addf(out, _("in use %s of %s"), table_word(platform, at, "used"), or_unknown(limit));
    if (gauge->whole > 0) {
        text_addf(out, "  %d%%", (int)(gauge->used * 100 / gauge->whole));
    }
}

static void say_stock(const struct table *platform, size_t at, struct text *out)
{
    text_addf(out, _("in all %s, kept back %s, overcommitted %s"),
              or_unknown(table_word(platform, at, "total")),
              or_unknown(table_word(platform, at, "reserved")),
              or_unknown(table_word(platform, at, "over")));
}

static void say_promised(const struct table *platform, size_t at, struct text *out)
{
    text_addf(out, _("given %s, reserved by open cases %s, of both unused %s"),
              table_word(platform, at, "given"), table_word(platform, at, "approved"),
              table_word(platform, at, "unused"));
}

/* Where it is going. */
static void say_outlook(const struct capacity *state, const struct table *platform, size_t at,
                        struct text *out)
{
    const char *slope = table_word(platform, at, "slope");
    const char *forecast = table_word(platform, at, "forecast");
    const char *full = table_word(platform, at, "full");
    int ahead = (int)parcel_int(&state->shown, "ahead", 0);
    if (!*slope) {
        text_add(out, _("no forecast yet"));
    } else if (*full) {
        text_addf(out, _("growth a month %s; in %d months %s; full in %s"), slope, ahead, forecast,
                  full);
    } else {
        text_addf(out, _("growth a month %s; in %d months %s; not full within ten years"), slope,
                  ahead, forecast);
    }
}

/* The months behind and ahead as a line of small bars. */
static void draw_months(const struct capacity *state, const struct pane *pane, int row, int most,
                        const char *measure)
{
    const struct table *months = parcel_find(&state->shown, "months");
    int64_t values[POINTS_MOST];
    int count = 0;
    for (size_t i = 0; months && i < table_rows(months) && count < most; i++) {
        if (strcmp(table_word(months, i, "measure"), measure) == 0) {
            values[count++] = whole(table_word(months, i, "amount"));
        }
    }
    if (count > 0) {
        (void)spark_draw(pane, row, TITLE + 1, values, count, 0);
    }
}

/* TEXT from COLUMN on, which is then empty. */
static void draw_line(const struct pane *pane, int row, int column, enum role role,
                      struct text *text)
{
    pane_clip(pane, row, column, pane->columns - column - 1, role, text_bytes(text));
    text_clear(text);
}

/* "CPU  ━━━━━───  in use 1200 of 2400  50%  in all …", and below the months what is promised and
 * where it is going; one row more where there is no room beside. Gives how many. */
static int draw_measure(const struct capacity *state, const struct pane *pane, int row,
                        const struct table *platform, size_t at, bool english)
{
    bool roomy = pane->columns >= ROOMY;
    int bar = roomy ? BAR : BAR_SHORT, beside = TITLE + 1 + bar + 2, first = row;
    int below = roomy ? beside : TITLE + 1;
    const char *usable = table_word(platform, at, "usable");
    const char *limit = *usable ? usable : table_word(platform, at, "contract");
    struct gauge gauge = {.whole = whole(limit), .used = whole(table_word(platform, at, "used"))};
    struct text text = {0};
    phrase_both(&text, table_word(platform, at, "title"), english);
    pane_clip(pane, row, 1, TITLE - 1, ROLE_HEADING, text_bytes(&text));
    text_clear(&text);
    (void)gauge_draw(pane, row, TITLE + 1, bar, &gauge);
    draw_months(state, pane, row + 1, bar, table_word(platform, at, "measure"));
    say_load(platform, at, &gauge, limit, &text);
    if (roomy) {
        text_add(&text, "  ");
    } else {
        draw_line(pane, row++, beside, ROLE_TEXT, &text);
    }
    say_stock(platform, at, &text);
    draw_line(pane, row++, beside, ROLE_TEXT, &text);
    say_promised(platform, at, &text);
    draw_line(pane, row++, below, ROLE_TEXT_DIM, &text);
    say_outlook(state, platform, at, &text);
    draw_line(pane, row++, below, *table_word(platform, at, "full") ? ROLE_FLAG : ROLE_TEXT_DIM,
              &text);
    text_free(&text);
    return row - first;
}

/* ---- places ---- */

static void draw_heads(const struct pane *pane, int row)
{
    pane_clip(pane, row, 1, PLACE - 1, ROLE_HEAD, _("vendor, region, zone"));
    pane_clip(pane, row, PLACE + 1, TITLE - 1, ROLE_HEAD, _("measure"));
    for (int i = 0, column = PLACE + TITLE + 1; i < AMOUNTS; i++) {
        if (pane->columns >= ROOMY || !amounts[i].spare) {
            pane_right(pane, row, column, AMOUNT, ROLE_HEAD, _(amounts[i].title));
            column += AMOUNT + 1;
        }
    }
}

static void draw_place(const struct pane *pane, int row, const struct table *places, size_t at,
                       bool english)
{
    struct text text = {0};
    text_addf(&text, "%s %s %s", table_word(places, at, "vendor"), table_word(places, at, "region"),
              table_word(places, at, "zone"));
    pane_clip(pane, row, 1, PLACE - 1, ROLE_TEXT, text_bytes(&text));
    text_clear(&text);
    phrase_both(&text, table_word(places, at, "title"), english);
    pane_clip(pane, row, PLACE + 1, TITLE - 1, ROLE_TEXT, text_bytes(&text));
    for (int i = 0, column = PLACE + TITLE + 1; i < AMOUNTS; i++) {
        const char *amount = table_word(places, at, amounts[i].column);
        if (pane->columns >= ROOMY || !amounts[i].spare) {
            pane_right(pane, row, column, AMOUNT, ROLE_TEXT,
                       *amount ? amount : glyph_text(pane->look, GLYPH_NONE));
            column += AMOUNT + 1;
        }
    }
    text_free(&text);
}

static void draw(const struct view *view, const struct pane *pane)
{
    const struct capacity *state = view_state(view);
    bool english = view_context(view)->look.english;
    const struct table *platform = parcel_find(&state->shown, "platform");
    const struct table *places = parcel_find(&state->shown, "places");
    int row = 0;
    for (size_t i = 0; platform && i < table_rows(platform) && row + 3 < pane->rows; i++) {
        row += draw_measure(state, pane, row, platform, i, english);
    }
    if (!places || table_rows(places) == 0 || row + 1 >= pane->rows) {
        return;
    }
    draw_heads(pane, row++);
    for (size_t i = (size_t)state->top; i < table_rows(places) && row < pane->rows; i++) {
        draw_place(pane, row++, places, i, english);
    }
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct capacity *state = view_state(view);
    const struct table *places = parcel_find(&state->shown, "places");
    const char *at = places && table_rows(places) ? table_word(places, 0, "at") : "";
    struct text words = {0};
    text_addf(&words, "%s › %s", _("Resources"), _("capacity"));
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_CONTEXT, text_bytes(&words)) + 2;
    text_clear(&words);
    if (*at) {
        text_addf(&words, _("inventory of %s, growth of %d months"), at,
                  (int)parcel_int(&state->shown, "behind", 0));
    } else {
        text_add(&words, _("no inventory was brought in yet"));
    }
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_DATA_FRESH, text_bytes(&words));
    text_free(&words);
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_NEXT_PANE ? _("systems") : NULL;
}

const struct screen screen_capacity = {
    .name = "capacity",
    .title = N_("Capacity"),
    .where = WHERE_LIST,
    .size = sizeof(struct capacity),
    .acts = (const enum action[]){ACTION_NEXT_PANE, ACTION_EXPORT, ACTION_PRINT, ACTION_NEXT_URGENT,
                                  ACTION_DOWN, ACTION_UP, ACTION_REFRESH, ACTION_BACK, ACTION_NONE},
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
