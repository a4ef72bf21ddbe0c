/* use_chart.c: a system's use over twelve months as lines, what the rules on use say of it, and
 * what was changed on its entry. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/thing.h"
#include "tui/widget/chart.h"
#include "tui/width.h"

enum {
    TICKET_USE = 1,
    TICKET_THING,
    MONTHS = 12,
    SIDE_BY_SIDE = 60,
    AXIS = 6,
    ENDS = 5, /* names at the ends of the lines */
    CHART_LEAST = 4,
    LABEL = 9
};

static const struct {
    const char *column, *title, *brief; /* msgids; BRIEF: at the end of its line */
    enum role role;
} figures[] = {{"average", N_("average"), N_("avg"), ROLE_CHART_1},
               {"p95", N_("95th percentile"), N_("p95"), ROLE_CHART_2},
               {"peak", N_("peak"), N_("peak"), ROLE_CHART_3}};
enum { FIGURES = sizeof figures / sizeof *figures };

struct use_chart {
    char *code;
    struct parcel use, thing; /* replies of `resources` and `thing` */
    int measure;              /* the first one shown */
};

static const struct table *months_of(const struct use_chart *state)
{
    return parcel_find(&state->use, "months");
}

static int measures_of(const struct use_chart *state)
{
    const struct table *months = months_of(state);
    return months ? (int)table_rows(months) / MONTHS : 0;
}

static const char *cell(const struct use_chart *state, int measure, int month, const char *column)
{
    return table_word(months_of(state), (size_t)(measure * MONTHS + month), column);
}

/* ---- life ---- */

static void ask(struct view *view)
{
    const struct use_chart *state = view_state(view);
    parcel_put(view_ask(view, TICKET_USE, "resources"), "system", state->code);
    struct parcel *thing = view_ask(view, TICKET_THING, "thing");
    parcel_put(thing, "kind", "system");
    parcel_put(thing, "code", state->code);
}

static void open(struct view *view, const char *what)
{
    struct use_chart *state = view_state(view);
    state->code = copy_text(what);
    ask(view);
}

static void close(struct view *view)
{
    struct use_chart *state = view_state(view);
    free(state->code);
    parcel_free(&state->use);
    parcel_free(&state->thing);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct use_chart *state = view_state(view);
    struct parcel *kept = ticket == TICKET_USE ? &state->use : &state->thing;
    view_take(view, kept, reply, error);
}

static void open_thing(struct view *view)
{
    const struct use_chart *state = view_state(view);
    struct text what = {0};
    text_addf(&what, "system %s", state->code);
    view_open(view, "thing", text_bytes(&what));
    text_free(&what);
}

static bool act(struct view *view, enum action action)
{
    struct use_chart *state = view_state(view);
    int count = measures_of(state);
    switch (action) {
    case ACTION_LEFT:
    case ACTION_PREVIOUS_PANE:
        state->measure = count ? (state->measure + count - 1) % count : 0;
        return true;
    case ACTION_RIGHT:
    case ACTION_NEXT_PANE:
        state->measure = count ? (state->measure + 1) % count : 0;
        return true;
    case ACTION_OPEN:
        open_thing(view);
        return true;
    default:
        return false;
    }
}

static const char *listing(const struct view *view, struct parcel *request)
{
    const struct use_chart *state = view_state(view);
    parcel_put(request, "verb", "resources");
    parcel_put(request, "system", state->code);
    return "months";
}

/* ---- a chart ---- */

/* Whole percent; what was not measured is no zero. */
static int64_t percent(const char *text)
{
    char *end;
    double value = *text ? strtod(text, &end) : -1;
    return value < 0 ? -1 : (int64_t)(value + 0.5);
}

/* The scale ends at the next ten above the greatest value. */
static int64_t take_values(const struct use_chart *state, int measure,
                           int64_t values[FIGURES][MONTHS])
{
    int64_t most = 10;
    for (int f = 0; f < FIGURES; f++) {
        for (int i = 0; i < MONTHS; i++) {
            values[f][i] = percent(cell(state, measure, i, figures[f].column));
            most = values[f][i] > most ? (values[f][i] + 9) / 10 * 10 : most;
        }
    }
    return most;
}

static void draw_scale(const struct pane *pane, int rows, int64_t most)
{
    for (int i = 0; i <= 2; i++) {
        struct text text = {0};
        text_add_int(&text, most * (2 - i) / 2);
        text_add(&text, "%");
        pane_right(pane, (rows - 1) * i / 2, 0, AXIS - 1, ROLE_CHART_AXIS, text_bytes(&text));
        text_free(&text);
    }
}

static void draw_months(const struct use_chart *state, const struct pane *pane, int row, int width)
{
    int step = width / (MONTHS - 1) >= 5 ? 1 : 2;
    for (int i = 0; i < MONTHS; i += step) {
        const char *month = cell(state, 0, i, "month");
        int column = AXIS + chart_column(width, i, MONTHS) - (i ? 1 : 0);
        if (strlen(month) == 7) {
            pane_put(pane, row, column, ROLE_CHART_AXIS, month + 5);
        }
    }
}

/* "CPU 160  average 12%  95th percentile 19%  peak 41%": the latest month's, each in its colour. */
static void draw_legend(const struct use_chart *state, const struct pane *pane, int measure,
                        const struct context *context)
{
    struct text title = {0};
    const char *has = cell(state, measure, 0, "has");
    phrase_both(&title, cell(state, measure, 0, "title"), context->look.english);
    text_addf(&title, " %s", *has ? has : "?");
    int column = pane_put(pane, 0, 1, ROLE_HEADING, text_bytes(&title)) + 2;
    for (int f = 0; f < FIGURES; f++) {
        const char *latest = cell(state, measure, MONTHS - 1, figures[f].column);
        text_clear(&title);
        text_addf(&title, "%s %s %s%s", glyph_text(pane->look, GLYPH_BAR_USED), _(figures[f].title),
                  *latest ? latest : "?", *latest ? "%" : "");
        column = pane_clip(pane, 0, column, pane->columns - column - 1, figures[f].role,
                           text_bytes(&title)) +
                 2;
    }
    text_free(&title);
}

/* Its name at the end of each line, so that colours are not all that tells them apart; where that
 * is another's, a row below, and where it would be further off, nowhere. */
static void draw_ends(const struct pane *pane, int column, int64_t values[FIGURES][MONTHS],
                      int64_t most)
{
    int next = 0;
    for (int f = FIGURES - 1; f >= 0; f--) { /* from the top down */
        int64_t latest = values[f][MONTHS - 1];
        int row = latest < 0 ? pane->rows : chart_row(pane->rows, latest, most);
        if (row < pane->rows && next - row <= 1 && next < pane->rows) {
            row = row < next ? next : row;
            pane_put(pane, row, column, figures[f].role, _(figures[f].brief));
            next = row + 1;
        }
    }
}

static void draw_chart(const struct use_chart *state, const struct pane *pane, int measure,
                       const struct context *context)
{
    int64_t values[FIGURES][MONTHS];
    int64_t most = take_values(state, measure, values);
    int rows = pane->rows - 2, width = pane->columns - AXIS - 2 - ENDS;
    struct chart_line lines[FIGURES];
    for (int f = 0; f < FIGURES; f++) { /* the average is drawn last: it shows */
        lines[f] = (struct chart_line){values[FIGURES - 1 - f], figures[FIGURES - 1 - f].role};
    }
    draw_legend(state, pane, measure, context);
    struct pane scale = pane_part(pane, 1, 0, rows, pane->columns);
    struct pane inner = pane_part(pane, 1, AXIS, rows, width);
    draw_scale(&scale, rows, most);
    chart_draw(&inner, lines, FIGURES, MONTHS, most);
    draw_ends(&scale, AXIS + width + 1, values, most);
    draw_months(state, pane, pane->rows - 1, width);
}

/* ---- what is below ---- */

static const char *verdict_words(const char *verdict)
{
    static const char *const words[][2] = {{"met", N_("holds")},
                                           {"exempt", N_("holds, but is excepted")},
                                           {"waiting", N_("counted anew since the last case")},
                                           {"missing", N_("figures are missing")},
                                           {"not_met", N_("does not hold")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], verdict) == 0) {
            return _(words[i][1]);
        }
    }
    return verdict;
}

/* "2026-01 2026-02 2026-03 2026-06" as "2026-01–2026-03 2026-06". */
static void months_text(const char *months, struct text *out)
{
    enum { MONTH = 7 };
    int last = -1;
    const char *end = NULL; /* of a run, not written yet */
    for (const char *at = months; strlen(at) >= MONTH; at += MONTH + (at[MONTH] == ' ')) {
        int month = (int)strtol(at, NULL, 10) * 12 + (int)strtol(at + 5, NULL, 10);
        if (month == last + 1) {
            end = at;
        } else {
            text_add(out, end ? "–" : "");
            text_add_n(out, end ? end : "", end ? MONTH : 0);
            text_add(out, out->length ? " " : "");
            text_add_n(out, at, MONTH);
            end = NULL;
        }
        last = month;
    }
    text_add(out, end ? "–" : "");
    text_add_n(out, end ? end : "", end ? MONTH : 0);
}

/* "Low use  holds  3 of 3 months (2026-08 2026-09 2026-10)  art. 19". */
static int draw_rule(const struct table *rules, size_t row, const struct pane *pane, int at,
                     const struct context *context)
{
    const char *verdict = table_word(rules, row, "verdict");
    const char *held = table_word(rules, row, "held");
    bool met = strcmp(verdict, "met") == 0 || strcmp(verdict, "exempt") == 0;
    struct text text = {0};
    phrase_both(&text, table_word(rules, row, "title"), context->look.english);
    int column = pane_put(pane, at, LABEL, met ? ROLE_FLAG : ROLE_TEXT, text_bytes(&text)) + 2;
    column =
        pane_put(pane, at, column, met ? ROLE_FLAG : ROLE_TEXT_DIM, verdict_words(verdict)) + 2;
    text_clear(&text);
    text_addf(&text, _("%s of %s months, %s needed"), table_word(rules, row, "met"),
              table_word(rules, row, "months"), table_word(rules, row, "needed"));
    text_add(&text, "  ");
    phrase_article(&text, table_word(rules, row, "article"), rules->parcel, context->look.english);
    if (*held) {
        struct text months = {0};
        months_text(held, &months);
        text_addf(&text, _("; held in %s"), text_bytes(&months));
        text_free(&months);
    }
    at += pane_wrap(pane, at, column, pane->columns - column - 1, 3, ROLE_TEXT_DIM,
                    text_bytes(&text));
    text_free(&text);
    return at;
}

static int draw_rules(const struct use_chart *state, const struct pane *pane, int at,
                      const struct context *context)
{
    const struct table *rules = parcel_find(&state->use, "rules");
    pane_put(pane, at, 1, ROLE_HEADING, _("rules"));
    for (size_t i = 0; rules && i < table_rows(rules) && at < pane->rows; i++) {
        at = draw_rule(rules, i, pane, at, context);
    }
    return at;
}

/* What changed on the entry of the system, the newest first. */
static void draw_history(const struct use_chart *state, const struct pane *pane, int at,
                         bool english)
{
    const struct table *history = parcel_find(&state->thing, "history");
    size_t rows = history ? table_rows(history) : 0;
    pane_put(pane, at, 1, ROLE_HEADING, _("history"));
    for (size_t i = rows; i-- > 0 && at < pane->rows;) {
        const char *day = table_word(history, i, "effective");
        struct text text = {0};
        text_add_n(&text, day, strlen(day) < 10 ? strlen(day) : 10);
        text_addf(&text, "  %s  ", table_word(history, i, "who"));
        thing_changes(&text, &state->thing, table_word(history, i, "changes"), english);
        at +=
            pane_wrap(pane, at, LABEL, pane->columns - LABEL - 1, 3, ROLE_TEXT, text_bytes(&text));
        text_free(&text);
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct use_chart *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *rules = parcel_find(&state->use, "rules");
    int count = measures_of(state), side = pane->columns / SIDE_BY_SIDE;
    int below = (rules ? (int)table_rows(rules) : 0) + 1 + pane->rows / 4;
    int rows = pane->rows - below;
    side = side < 1 ? 1 : side > count ? count : side;
    if (count == 0) {
        return;
    }
    if (rows < CHART_LEAST + 2) {
        rows = pane->rows < CHART_LEAST + 2 ? pane->rows : CHART_LEAST + 2;
    }
    for (int i = 0; i < side && rows > 2; i++) {
        struct pane part =
            pane_part(pane, 0, i * (pane->columns / side), rows, pane->columns / side);
        draw_chart(state, &part, (state->measure + i) % count, context);
    }
    if (rows + 2 < pane->rows) {
        int at = draw_rules(state, pane, rows + 1, context);
        draw_history(state, pane, at < pane->rows ? at : pane->rows - 1, context->look.english);
    }
}

/* Whose figures the latest month's are, of when, and what the other source says. */
static void put_source(const struct use_chart *state, struct text *out)
{
    const char *source = cell(state, state->measure, MONTHS - 1, "source");
    const char *at = cell(state, state->measure, MONTHS - 1, "at");
    bool is_seen = strcmp(source, "seen") == 0;
    const char *other = cell(state, state->measure, MONTHS - 1, is_seen ? "reported" : "seen");
    if (*source) {
        text_addf(out, "  %s ", is_seen ? _("seen by a sync") : _("reported"));
        text_add_n(out, at, strlen(at) < 10 ? strlen(at) : 10);
    }
    if (*source && *other) {
        text_addf(out, is_seen ? _(" (reported %s%%)") : _(" (seen %s%%)"), other);
    }
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct use_chart *state = view_state(view);
    struct text words = {0};
    const char *name = parcel_get(&state->use, "name"), *org = parcel_get(&state->use, "org");
    text_addf(&words, "%s › %s %s", _("Resources"), org ? org : "", name ? name : state->code);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_CONTEXT, text_bytes(&words)) + 2;
    text_clear(&words);
    text_addf(&words, _("twelve months to %s-%02d"),
              parcel_get(&state->use, "year") ? parcel_get(&state->use, "year") : "",
              (int)parcel_int(&state->use, "month", 0));
    put_source(state, &words);
    if (width_of(text_bytes(&words)) > pane->columns - column - 1) { /* the axis names the months */
        text_clear(&words);
        put_source(state, &words);
    }
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_DATA_FRESH, text_bytes(&words));
    text_free(&words);
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN    ? _("its entry")
           : action == ACTION_RIGHT ? _("next measure")
                                    : NULL;
}

const struct screen screen_use_chart = {
    .name = "use-chart",
    .title = N_("Use of a system"),
    .where = WHERE_LIST,
    .size = sizeof(struct use_chart),
    .acts =
        (const enum action[]){ACTION_RIGHT, ACTION_LEFT, ACTION_OPEN, ACTION_EXPORT, ACTION_PRINT,
                              ACTION_NEXT_URGENT, ACTION_REFRESH, ACTION_BACK, ACTION_NONE},
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
