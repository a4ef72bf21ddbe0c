/* clock_preview.c: a clock in a few rows: the history of its cards, what was and can be done about
 * them. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/sheet/remedy.h"
#include "tui/text.h"

enum { CARDS = 4 };

static const char *const cards[CARDS] = {"blue", "yellow", "red", "double"};

/* The latest run of CLOCK; SIZE_MAX: it is none of the case's. */
static size_t row_of(const struct table *clocks, const char *clock)
{
    size_t row = clocks ? table_rows(clocks) : 0;
    while (row > 0 && strcmp(table_word(clocks, row - 1, "clock"), clock) != 0) {
        row--;
    }
    return row > 0 ? row - 1 : SIZE_MAX;
}

static bool is_past(const char *moment, const struct context *context)
{
    int64_t at;
    return *moment && moment_parse(moment, strlen(moment), &at) && at <= context->now;
}

static void join(struct text *out, const char *sign)
{
    text_add(out, out->length ? sign : "");
}

/* "11-17周二 ▫蓝  11-18周三 ▯黄": those that came, or (COMES) the next to come. */
static void cards_text(const struct table *clocks, size_t row, bool comes,
                       const struct context *context, struct text *out)
{
    for (int i = 0; i < CARDS; i++) {
        const char *at = table_word(clocks, row, cards[i]);
        if (!*at || is_past(at, context) == comes) {
            continue;
        }
        join(out, "   ");
        case_date_text(at, false, true, context, out);
        text_addf(out, " %s", glyph_card(&context->look, cards[i]));
        if (comes) {
            return;
        }
    }
}

/* "红 ▮ 已豁免 11-23 孙立 理由; 依据". */
static void marks_text(const struct parcel *shown, const char *clock, const char *round,
                       const struct context *context, struct text *out)
{
    const struct table *marks = parcel_find(shown, "marks");
    for (size_t i = marks ? table_rows(marks) : 0; i-- > 0;) {
        bool here = strcmp(table_word(marks, i, "clock"), clock) == 0 &&
                    strcmp(table_word(marks, i, "round"), round) == 0;
        if (!here || strcmp(table_word(marks, i, "stands"), "yes") != 0) {
            continue;
        }
        join(out, "   ");
        text_addf(out, "%s ", glyph_card(&context->look, table_word(marks, i, "card")));
        phrase_both(out, table_word(marks, i, "what_title"), context->look.english);
        text_add(out, " ");
        case_date_text(table_word(marks, i, "recorded"), false, true, context, out);
        text_addf(out, " %s  %s", table_word(marks, i, "who"), table_word(marks, i, "reason"));
    }
}

/* "a b 督办   a x 解释   a w 豁免", of what MAY be done; else what may not, each with its reason.
 */
static void can_text(const struct parcel *shown, const char *clock, bool may,
                     const struct context *context, struct text *out)
{
    const struct table *remedies = parcel_find(shown, "remedies");
    bool english = context->look.english;
    for (size_t i = 0; remedies && i < table_rows(remedies); i++) {
        const char *of = table_word(remedies, i, "clock"),
                   *name = table_word(remedies, i, "remedy");
        bool other = *of && strcmp(of, clock) != 0;
        if (other || (strcmp(table_word(remedies, i, "may"), "yes") == 0) != may) {
            continue;
        }
        join(out, "   ");
        if (may) {
            text_addf(out, "a %c ", remedy_letter(name));
        }
        phrase_both(out, table_word(remedies, i, "title"), english);
        if (strcmp(name, "take_back") == 0) {
            text_addf(out, " %s ", _("take back, until"));
            case_date_text(table_word(remedies, i, "until"), false, true, context, out);
        }
        if (!may) {
            const char *arg[4] = {table_word(remedies, i, "a"), table_word(remedies, i, "b"),
                                  table_word(remedies, i, "c"), table_word(remedies, i, "d")};
            text_add(out, english ? ": " : "：");
            phrase_reason(out, table_word(remedies, i, "sentence"), arg, english);
        }
    }
}

static void desk_text(const struct parcel *shown, const struct context *context, struct text *out)
{
    const char *owner = parcel_get(shown, "owner"), *urged = parcel_get(shown, "urged");
    text_addf(out, "%s%s", owner ? owner : "", owner ? "  " : "");
    phrase_both(out, parcel_get(shown, "with_title"), context->look.english);
    if (urged) {
        text_add(out, "   ");
        text_addf(out, _("urged %d times"), (int)strtol(urged, NULL, 10));
    }
}

void clock_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                        const struct pane *pane, const struct context *context)
{
    const struct table *clocks = parcel_find(shown, "clocks");
    struct text came = {0}, marks = {0}, desk = {0}, can = {0}, cannot = {0}, next = {0};
    size_t at = row_of(clocks, clock);
    if (at == SIZE_MAX) {
        case_preview_draw(shown, use, clock, pane, context);
        return;
    }
    int row = case_bar_draw(shown, pane, context);
    pane_put(pane, row, 1, ROLE_HEADING, _("Clock"));
    case_clock_draw(clocks, at, pane, row++, 8 + context->look.english, context);
    cards_text(clocks, at, false, context, &came);
    row = case_fact_draw(pane, row, _("Cards"), ROLE_TEXT, &came, context);
    marks_text(shown, clock, table_word(clocks, at, "round"), context, &marks);
    row = case_fact_draw(pane, row, _("Marks"), ROLE_TEXT, &marks, context);
    desk_text(shown, context, &desk);
    row = case_fact_draw(pane, row, _("With"), ROLE_TEXT, &desk, context);
    can_text(shown, clock, true, context, &can);
    row = case_fact_draw(pane, row, _("Can do"), ROLE_TEXT, &can, context);
    cards_text(clocks, at, true, context, &next);
    row = case_fact_draw(pane, row, _("Next"), ROLE_TEXT, &next, context);
    can_text(shown, clock, false, context, &cannot);
    case_fact_draw(pane, row, _("Not now"), ROLE_ACT_OFF, &cannot, context);
}
