/* capacity.c: what the platform has and what is promised of it, where it is going, and where it
 * stands. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/chart.h"
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
    POINTS_MOST = 72,
    WIDEST = 160, /* columns: bars beside the places, the months as a line beside the measures */
    CHART = 126,  /* where that begins */
    SHARE = 102   /* where the bars begin */
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

/* "1,234.5"; "?" where it is not known. Appended. */
static void add_amount(struct text *out, const char *amount)
{
    if (!*amount) {
        text_add(out, "?");
        return;
    }
    phrase_number(out, whole(amount));
    text_add(out, amount + strcspn(amount, "."));
}

/* SENTENCE (a msgid) with the amounts A, B and C in the place of %1, %2 and %3. Appended. */
static void say_amounts(struct text *out, const char *sentence, const char *a, const char *b,
                        const char *c)
{
    struct text said[3] = {{0}, {0}, {0}};
    add_amount(&said[0], a);
    add_amount(&said[1], b);
    add_amount(&said[2], c);
    const char *const arg[4] = {text_bytes(&said[0]), text_bytes(&said[1]), text_bytes(&said[2]),
                                NULL};
    phrase_said(out, sentence, arg, false);
    for (int i = 0; i < 3; i++) {
        text_free(&said[i]);
    }
}

static void say_load(const struct table *platform, size_t at, const struct gauge *gauge,
                     const char *limit, struct text *out)
{
    say_amounts(out, N_("in use %1 of %2"), table_word(platform, at, "used"), limit, "");
    if (gauge->whole > 0) {
        text_addf(out, "  %d%%", (int)(gauge->used * 100 / gauge->whole));
    }
}

static void say_stock(const struct table *platform, size_t at, struct text *out)
{
    say_amounts(out, N_("in all %1, kept back %2, overcommitted %3"),
                table_word(platform, at, "total"), table_word(platform, at, "reserved"),
                table_word(platform, at, "over"));
}

static void say_promised(const struct table *platform, size_t at, struct text *out)
{
    say_amounts(out, N_("given %1, reserved by open cases %2, of both unused %3"),
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
    const char *ahead = parcel_get(&state->shown, "ahead");
    if (!*slope) {
        text_add(out, _("no forecast yet"));
        return;
    }
    say_amounts(out, N_("growth a month %1; in %2 months %3; "), slope, ahead ? ahead : "",
                forecast);
    if (*full) {
        text_addf(out, _("full in %s"), full);
    } else {
        text_add(out, _("not full within ten years"));
    }
}

/* What is in use in the months behind and will be in those ahead; how many. */
static int months_of(const struct capacity *state, const char *measure, int most,
                     int64_t values[POINTS_MOST])
{
    const struct table *months = parcel_find(&state->shown, "months");
    int count = 0;
    for (size_t i = 0; months && i < table_rows(months) && count < most; i++) {
        if (strcmp(table_word(months, i, "measure"), measure) == 0) {
            values[count++] = whole(table_word(months, i, "amount"));
        }
    }
    return count;
}

/* The same as a line of ROWS from 0 to what may be given. */
static void draw_line_of_months(const struct capacity *state, const struct pane *pane, int row,
                                int rows, const char *measure, int64_t limit)
{
    int64_t values[POINTS_MOST], most = limit > 0 ? limit : 1;
    int count = months_of(state, measure, POINTS_MOST, values);
    struct pane place = pane_part(pane, row, CHART, rows, pane->columns - CHART - 1);
    for (int i = 0; i < count; i++) {
        most = values[i] > most ? values[i] : most;
    }
    if (count > 1) {
        struct chart_line line = {.values = values, .role = ROLE_CHART_1};
        chart_draw(&place, &line, 1, count, most);
    }
}

/* The same as a line of small bars. */
static void draw_months(const struct capacity *state, const struct pane *pane, int row, int most,
                        const char *measure)
{
    int64_t values[POINTS_MOST];
    int count = months_of(state, measure, most, values);
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
    if (pane->columns >= WIDEST) {
        draw_line_of_months(state, pane, first, row - first, table_word(platform, at, "measure"),
                            gauge.whole);
    }
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
    if (pane->columns >= WIDEST) {
        pane_clip(pane, row, SHARE, pane->columns - SHARE - 1, ROLE_HEAD, _("share in use"));
    }
}

/* How much of what may be given is in use. */
static void draw_share(const struct pane *pane, int row, const struct table *places, size_t at)
{
    enum { PERCENT = 6 };
    struct gauge gauge = {.whole = whole(table_word(places, at, "usable")),
                          .used = whole(table_word(places, at, "used"))};
    int column = gauge_draw(pane, row, SHARE, pane->columns - SHARE - PERCENT - 1, &gauge);
    struct text percent = {0};
    if (gauge.whole > 0) {
        text_addf(&percent, "%d%%", (int)(gauge.used * 100 / gauge.whole));
        pane_right(pane, row, column, PERCENT, ROLE_TEXT, text_bytes(&percent));
    }
    text_free(&percent);
}

static void draw_place(const struct pane *pane, int row, const struct table *places, size_t at,
                       bool english)
{
    struct text text = {0};
    const char *zone = table_word(places, at, "zone");
    text_addf(&text, "%s %s %s", table_word(places, at, "vendor"), table_word(places, at, "region"),
              *zone ? zone : _("zone not told"));
    pane_clip(pane, row, 1, PLACE - 1, ROLE_TEXT, text_bytes(&text));
    text_clear(&text);
    phrase_both(&text, table_word(places, at, "title"), english);
    pane_clip(pane, row, PLACE + 1, TITLE - 1, ROLE_TEXT, text_bytes(&text));
    for (int i = 0, column = PLACE + TITLE + 1; i < AMOUNTS; i++) {
        const char *amount = table_word(places, at, amounts[i].column);
        text_clear(&text);
        if (*amount) {
            add_amount(&text, amount);
        } else {
            text_add(&text, glyph_text(pane->look, GLYPH_NONE));
        }
        if (pane->columns >= ROOMY || !amounts[i].spare) {
            pane_right(pane, row, column, AMOUNT, ROLE_TEXT, text_bytes(&text));
            column += AMOUNT + 1;
        }
    }
    if (pane->columns >= WIDEST) {
        draw_share(pane, row, places, at);
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
    row += pane->rows >= 36; /* sections stand apart on high screens */
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
