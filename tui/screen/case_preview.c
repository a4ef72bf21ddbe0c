/* case_preview.c: a case in a few rows. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"
#include "tui/width.h"

/* A preview that is TALL stands beside its list: what is long goes on below. */
enum { LABEL = 7, USED = 8, NAME = 16, BAR = 15, TALL = 20, LINES = 4 };

static bool is(const struct table *table, size_t row, const char *column, const char *what)
{
    return strcmp(table_word(table, row, column), what) == 0;
}

/* ---- clocks ---- */

bool case_clock_runs(const struct table *clocks, size_t row)
{
    return is(clocks, row, "state", "running") || is(clocks, row, "state", "held");
}

static int32_t day_of(const char *text)
{
    int32_t day = DAY_NONE;
    return strlen(text) >= 10 && day_parse(text, 10, &day) ? day : DAY_NONE;
}

/* Whole and used, in the unit the clock counts in. */
static struct gauge gauge_of(const struct table *clocks, size_t row, const struct context *context)
{
    struct gauge gauge = {0};
    const char *span = table_word(clocks, row, "span"), *left = table_word(clocks, row, "left");
    int32_t start = day_of(table_word(clocks, row, "started")),
            due = day_of(table_word(clocks, row, "due"));
    int32_t least = day_of(table_word(clocks, row, "least")),
            end = day_of(table_word(clocks, row, "ended"));
    if (is(clocks, row, "counts", "d") && start != DAY_NONE && due != DAY_NONE) {
        int32_t until = end != DAY_NONE ? end : moment_day(context->now);
        gauge.whole = due - start;
        gauge.used = until > start ? until - start : 0;
        gauge.mark = least != DAY_NONE && least > start ? least - start : 0;
    } else if (*span) {
        gauge.whole = strtoll(span, NULL, 10);
        gauge.used = *left ? gauge.whole - strtoll(left, NULL, 10) : gauge.whole;
    }
    gauge.used = gauge.used < 0 ? 0 : gauge.used;
    return gauge;
}

static void used_text(const struct gauge *gauge, const struct table *clocks, size_t row,
                      struct text *out)
{
    if (gauge->whole <= 0) {
        return;
    }
    if (is(clocks, row, "counts", "min")) {
        text_addf(out, _("%d/%dh"), (int)(gauge->used / 60), (int)(gauge->whole / 60));
    } else if (is(clocks, row, "counts", "d")) {
        text_addf(out, _("%d/%dd"), (int)gauge->used, (int)gauge->whole);
    } else {
        text_addf(out, _("%d/%dwd"), (int)gauge->used, (int)gauge->whole);
    }
}

/* What was done about the worst card of a clock. */
static const char *mark_of(const struct table *clocks, size_t row)
{
    const char *worst = table_word(clocks, row, "worst");
    return !*worst                                                    ? ""
           : strcmp(table_word(clocks, row, "waived"), worst) == 0    ? "waived"
           : strcmp(table_word(clocks, row, "explained"), worst) == 0 ? "explained"
                                                                      : "";
}

static void state_text(const struct table *clocks, size_t row, const struct context *context,
                       struct text *out)
{
    static const char *const words[][2] = {{"met", N_("in time")},
                                           {"late", N_("late, done")},
                                           {"dropped", N_("dropped")},
                                           {"waiting", N_("not yet")}};
    char days[32] = "";
    int32_t due = day_of(table_word(clocks, row, "due"));
    if (due != DAY_NONE) {
        struct text number = {0};
        text_add_int(&number, due - moment_day(context->now));
        memcpy(days, text_bytes(&number), number.length < 31 ? number.length + 1 : 1);
        text_free(&number);
    }
    struct case_row_cells cells = {.card = table_word(clocks, row, "card"),
                                   .left = table_word(clocks, row, "left"),
                                   .unit = table_word(clocks, row, "counts"),
                                   .days = days,
                                   .due = table_word(clocks, row, "due"),
                                   .mark = mark_of(clocks, row),
                                   .held = is(clocks, row, "state", "held")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is(clocks, row, "state", words[i][0])) {
            const char *mark = mark_of(clocks, row);
            text_add(out, _(words[i][1]));
            text_add(out, strcmp(mark, "waived") == 0      ? _(" (waived)")
                          : strcmp(mark, "explained") == 0 ? _(" (explained)")
                                                           : "");
            return;
        }
    }
    case_card_text(&cells, context, out);
}

static enum role clock_role(const struct table *clocks, size_t row)
{
    if (is(clocks, row, "state", "met")) {
        return ROLE_CARD_MET;
    }
    if (is(clocks, row, "state", "late")) {
        return ROLE_CARD_MISSED;
    }
    return case_card_role(table_word(clocks, row, "card"), is(clocks, row, "state", "held"), false);
}

static void dates_text(const struct table *clocks, size_t row, bool weekdays,
                       const struct context *context, struct text *out)
{
    bool provisional = is(clocks, row, "provisional", "yes");
    case_date_text(table_word(clocks, row, "started"), false, weekdays, context, out);
    text_addf(out, " %s ", glyph_text(&context->look, GLYPH_BECOMES));
    const char *held = table_word(clocks, row, "held");
    if (*held) {
        text_add(out, _("stands still since "));
        case_date_text(held, false, weekdays, context, out);
    } else {
        case_date_text(table_word(clocks, row, "due"), provisional, weekdays, context, out);
    }
}

static void ground_text(const struct table *clocks, size_t row, const struct context *context,
                        struct text *out)
{
    static const char *const bases[][2] = {{"stated", N_("stated")},
                                           {"implied", N_("implied")},
                                           {"house", N_("house")},
                                           {"right", N_("right")}};
    case_article_text(table_word(clocks, row, "article"), context, out);
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (is(clocks, row, "basis", bases[i][0])) {
            text_addf(out, " %s", _(bases[i][1]));
        }
    }
}

void case_clock_draw(const struct table *clocks, size_t row, const struct pane *pane, int at,
                     int column, const struct context *context)
{
    struct text name = {0}, used = {0}, dates = {0}, state = {0}, ground = {0};
    struct gauge gauge = gauge_of(clocks, row, context);
    int bar = pane->columns >= 100 ? BAR : 10, width = pane->columns - column;
    phrase_both(&name, table_word(clocks, row, "title"), context->look.english);
    used_text(&gauge, clocks, row, &used);
    state_text(clocks, row, context, &state);
    ground_text(clocks, row, context, &ground);
    int state_columns = context->look.english ? 15 : 11;
    pane_pad(pane, at, column, NAME, ROLE_TEXT, text_bytes(&name));
    column += NAME + 1;
    if (width >= 60) {
        gauge_draw(pane, at, column, bar, &gauge);
        column += bar + 1;
        column = pane_pad(pane, at, column, USED, ROLE_TEXT_DIM, text_bytes(&used)) + 1;
    }
    column =
        pane_pad(pane, at, column, state_columns, clock_role(clocks, row), text_bytes(&state)) + 1;
    dates_text(clocks, row, true, context, &dates);
    if (width_of(text_bytes(&dates)) > pane->columns - column) {
        text_clear(&dates);
        dates_text(clocks, row, false, context, &dates);
    }
    column = pane_clip(pane, at, column, pane->columns - column, ROLE_TEXT, text_bytes(&dates)) + 2;
    if (pane->columns - column > width_of(text_bytes(&ground))) {
        pane_put(pane, at, column, ROLE_TEXT_DIM, text_bytes(&ground));
    }
    text_free(&name);
    text_free(&used);
    text_free(&dates);
    text_free(&state);
    text_free(&ground);
}

/* ---- words ---- */

static void join(struct text *out, const char *sign)
{
    text_add(out, out->length ? sign : "");
}

void case_offers_text(const struct parcel *shown, const struct context *context, struct text *can,
                      struct text *cannot)
{
    const struct table *offers = parcel_find(shown, "offers");
    const char *comma = context->look.english ? ", " : "、";
    size_t first = SIZE_MAX;
    for (size_t i = 0; offers && i < table_rows(offers); i++) {
        struct text *out = is(offers, i, "may", "yes") ? can : cannot;
        if (is(offers, i, "kind", "state")) { /* not in this step at all */
            continue;
        }
        first = out == cannot && first == SIZE_MAX ? i : first;
        join(out, comma);
        phrase_both(out, table_word(offers, i, "title"), context->look.english);
    }
    if (first != SIZE_MAX) {
        const char *arg[4] = {table_word(offers, first, "a"), table_word(offers, first, "b"),
                              table_word(offers, first, "c"), table_word(offers, first, "d")};
        text_add(cannot, context->look.english ? ": " : "：");
        phrase_reason(cannot, table_word(offers, first, "sentence"), arg, context->look.english);
    }
}

void case_items_text(const struct parcel *shown, const struct context *context, struct text *out)
{
    const struct table *items = parcel_find(shown, "items");
    for (size_t i = 0; items && i < table_rows(items); i++) {
        const char *name = table_word(items, i, "name");
        join(out, "   ");
        phrase_both(out, *name ? name : table_word(items, i, "code"), context->look.english);
        text_addf(out, " ×%s", table_word(items, i, "quantity"));
    }
}

void case_documents_text(const struct parcel *shown, const struct context *context,
                         struct text *out)
{
    const struct table *documents = parcel_find(shown, "documents");
    for (size_t i = 0; documents && i < table_rows(documents); i++) {
        join(out, "   ");
        text_addf(out, "%s %s", table_word(documents, i, "name"),
                  glyph_text(&context->look, GLYPH_YES));
    }
}

void case_act_text(const struct table *acts, size_t row, const struct context *context,
                   struct text *out)
{
    const char *at = table_word(acts, row, "effective"), *who = table_word(acts, row, "who");
    case_date_text(at, false, true, context, out);
    text_addf(out, " %s", strlen(at) > 11 ? at + 11 : "");
    text_addf(out, "%s%s", *who ? " " : "", who);
    text_add(out, "  ");
    phrase_both(out, table_word(acts, row, "title"), context->look.english);
    const char *words = table_word(acts, row, "text");
    for (const char *before = "  "; *words; before = context->look.english ? "; " : "；") {
        size_t length = strcspn(words, "\n");
        text_add(out, before);
        text_add_n(out, words, length);
        words += length + strspn(words + length, "\n");
    }
}

/* ---- the preview ---- */

void case_acts_draw(const struct table *acts, const struct pane *pane, int row,
                    const struct context *context)
{
    size_t count = acts ? table_rows(acts) : 0;
    for (size_t older = count; older > 0 && row < pane->rows;) {
        struct text act = {0};
        bool first = older == count, second = older + 1 == count;
        case_act_text(acts, --older, context, &act);
        row = case_fact_draw(pane, row,
                             first    ? _("Latest")
                             : second ? _("Before")
                                      : "",
                             first ? ROLE_TEXT : ROLE_TEXT_DIM, &act, context);
    }
}

int case_bar_draw(const struct parcel *shown, const struct pane *pane,
                  const struct context *context)
{
    struct text left = {0}, right = {0};
    const char *org = parcel_get(shown, "org"), *owner = parcel_get(shown, "owner");
    case_number_text(parcel_get(shown, "case"), parcel_get(shown, "procedure"), context, &left);
    text_addf(&left, " %s ", org ? org : "");
    const char *system = parcel_get(shown, "system"), *title = parcel_get(shown, "title");
    phrase_both(&left, system ? system : title, context->look.english);
    phrase_both(&right, parcel_get(shown, "procedure_title"), context->look.english);
    text_add(&right, "  ");
    phrase_both(&right, parcel_get(shown, "state_title"), context->look.english);
    text_add(&right, "  ");
    if (owner) {
        text_add(&right, owner);
    } else {
        phrase_both(&right, parcel_get(shown, "with_title"), context->look.english);
    }
    int width = width_of(text_bytes(&right));
    int room = pane->columns - width - 4;
    bool two = pane->rows >= TALL && width_of(text_bytes(&left)) > room;
    for (int row = 0; row <= two; row++) {
        pane_fill(pane, row, 0, pane->columns, ROLE_SHEET_TITLE);
    }
    pane_clip(pane, 0, 1, room > 10 && !two ? room : pane->columns - 2, ROLE_SHEET_TITLE,
              text_bytes(&left));
    if (room > 10 || two) {
        pane_right(pane, two, 1, pane->columns - 2, ROLE_SHEET_DIM, text_bytes(&right));
    }
    text_free(&left);
    text_free(&right);
    return 1 + two;
}

int case_clocks_draw(const struct parcel *shown, const struct pane *pane, int row,
                     const struct context *context)
{
    const struct table *clocks = parcel_find(shown, "clocks");
    bool first = true;
    for (size_t i = 0; clocks && i < table_rows(clocks) && row < pane->rows; i++) {
        if (case_clock_runs(clocks, i)) {
            pane_put(pane, row, 1, ROLE_HEADING, first ? _("Clocks") : "");
            case_clock_draw(clocks, i, pane, row++, 1 + LABEL + context->look.english, context);
            first = false;
        }
    }
    return row;
}

int case_fact_draw(const struct pane *pane, int row, const char *label, enum role role,
                   struct text *fact, const struct context *context)
{
    int column = 1 + LABEL + context->look.english, most = pane->rows >= TALL ? LINES : 1;
    if (fact->length && row < pane->rows) {
        pane_put(pane, row, 1, ROLE_HEADING, label);
        row +=
            pane_wrap(pane, row, column, pane->columns - column - 1, most, role, text_bytes(fact));
    }
    text_free(fact);
    return row;
}

void case_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                       const struct pane *pane, const struct context *context)
{
    (void)clock;
    (void)use;
    struct text can = {0}, cannot = {0}, act = {0}, items = {0}, documents = {0};
    const struct table *acts = parcel_find(shown, "acts");
    size_t older = acts ? table_rows(acts) : 0;
    int row = case_clocks_draw(shown, pane, case_bar_draw(shown, pane, context), context);
    case_offers_text(shown, context, &can, &cannot);
    row = case_fact_draw(pane, row, _("Can do"), ROLE_TEXT, &can, context);
    if (older) {
        case_act_text(acts, --older, context, &act);
    }
    row = case_fact_draw(pane, row, _("Latest"), ROLE_TEXT, &act, context);
    case_items_text(shown, context, &items);
    row = case_fact_draw(pane, row, _("Items"), ROLE_TEXT, &items, context);
    case_documents_text(shown, context, &documents);
    row = case_fact_draw(pane, row, _("Papers"), ROLE_TEXT, &documents, context);
    row = case_fact_draw(pane, row, _("Not now"), ROLE_ACT_OFF, &cannot, context);
    for (bool first = true; older > 0 && row < pane->rows; first = false) {
        case_act_text(acts, --older, context, &act);
        row = case_fact_draw(pane, row, first ? _("Before") : "", ROLE_TEXT_DIM, &act, context);
    }
}

void case_told_text(const struct parcel *shown, const char *key, const struct context *context,
                    struct text *out)
{
    const struct table *entries = parcel_find(shown, "entries");
    for (size_t i = 0; entries && i < table_rows(entries); i++) {
        struct text value = {0};
        const char *field = table_cell(entries, i, "field"), *at = table_cell(entries, i, "value");
        if (field && at && group_names(context, key, field)) {
            phrase_both(&value, at, context->look.english);
            for (at = text_bytes(&value); *at; at += strspn(at, "\n")) {
                text_add(out, out->length ? "  " : "");
                text_add_n(out, at, strcspn(at, "\n"));
                at += strcspn(at, "\n");
            }
        }
        text_free(&value);
    }
}
