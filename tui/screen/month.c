/* month.c: six weeks of days. */
#include "tui/screen/month.h"

#include <string.h>

#include "core/day.h"
#include "tui/screen/today.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum { WEEKS = 6, WEEK = 7, WORDS_FROM = 14 };

int32_t month_first(const struct month *month)
{
    int year, number, of_month;
    day_to_civil(month->day, &year, &number, &of_month);
    int32_t first = month->day - of_month + 1;
    return first - day_weekday(first) + 1;
}

int month_rows(int rows)
{
    return rows >= 2 * WEEKS + 1 + 5 ? 2 * WEEKS + 1 : rows >= WEEKS + 1 ? WEEKS + 1 : rows;
}

static bool says(const struct table *days, size_t row, const char *column)
{
    const char *cell = days ? table_cell(days, row, column) : NULL;
    return cell && strcmp(cell, "yes") == 0;
}

static void draw_date(const struct month *month, const struct pane *pane, int row, int column,
                      int width, int32_t day, const struct context *context)
{
    const struct table *days = parcel_find(&month->days, "days");
    size_t index = (size_t)(day - month_first(month));
    bool works = !days || says(days, index, "works"), weekend = day_weekday(day) > 5;
    bool here = day == month->day, today = day == moment_day(context->now);
    int of_month;
    struct text text = {0};
    day_to_civil(day, NULL, NULL, &of_month);
    text_addf(&text, "%s%d",
              says(days, index, "provisional") ? glyph_text(pane->look, GLYPH_ABOUT) : "",
              of_month);
    if (of_month == 1 || index == 0) {
        char written[DAY_TEXT];
        text_clear(&text);
        text_add(&text, day_format(day, written) + 5);
    }
    if (today) {
        text_addf(&text, " %s", _("Now"));
    } else if (!works && !weekend) {
        text_addf(&text, " %s", _("off"));
    } else if (works && weekend) {
        text_addf(&text, " %s", _("work"));
    }
    enum role role = here    ? ROLE_TABLE_CURSOR
                     : today ? ROLE_DATE_COUNTED
                     : works ? ROLE_TEXT
                             : ROLE_DATE_REST;
    pane_clip(pane, row, column, width - 1, role, text_bytes(&text));
    text_free(&text);
}

/* The cards of what falls due, the worst first, as many as there is room for; with their words
 * where there is plenty. */
static void draw_cards(const struct pane *pane, int row, int column, int end,
                       const struct table *days, size_t index)
{
    static const struct {
        const char *card;
        enum glyph glyph;
        enum role role;
    } cards[] = {{"double", GLYPH_CARD_DOUBLE, ROLE_CARD_OVER2},
                 {"red", GLYPH_CARD_RED, ROLE_CARD_RED},
                 {"yellow", GLYPH_CARD_YELLOW, ROLE_CARD_YELLOW},
                 {"blue", GLYPH_CARD_BLUE, ROLE_CARD_BLUE}};
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        int64_t n = today_number(days, index, cards[i].card);
        bool words = end - column >= WORDS_FROM;
        struct text text = {0};
        if (n > 0) {
            text_addf(&text, words ? "%s %d" : "%s%d",
                      words ? glyph_card(pane->look, cards[i].card)
                            : glyph_text(pane->look, cards[i].glyph),
                      (int)n);
        }
        if (n > 0 && column + width_of(text_bytes(&text)) <= end) {
            column = pane_put(pane, row, column, cards[i].role, text_bytes(&text)) + 1;
        }
        text_free(&text);
    }
}

static void draw_number(const struct month *month, const struct pane *pane, int row, int column,
                        int width, int32_t day)
{
    const struct table *days = parcel_find(&month->days, "days");
    size_t index = (size_t)(day - month_first(month));
    int64_t n = today_number(days, index, "n");
    struct text text = {0};
    if (n > 0) {
        text_addf(&text, width >= 9 ? _("%d due") : "%d", (int)n);
        int next = pane_clip(pane, row, column, width - 1, today_heat_role(n), text_bytes(&text));
        draw_cards(pane, row, next + 1, column + width - 1, days, index);
    }
    text_free(&text);
}

void month_draw(const struct month *month, const struct pane *pane, const struct context *context)
{
    int width = (pane->columns - 1) / WEEK, tall = pane->rows >= 2 * WEEKS + 1 ? 2 : 1;
    int32_t first = month_first(month);
    for (int i = 0; i < WEEK; i++) {
        pane_clip(pane, 0, 1 + i * width, width - 1, ROLE_HEAD, weekday_word(first + i));
    }
    for (int i = 0; i < WEEKS * WEEK; i++) {
        int row = 1 + i / WEEK * tall, column = 1 + i % WEEK * width;
        draw_date(month, pane, row, column, width, first + i, context);
        draw_number(month, pane, row + tall - 1, column + (tall == 1 ? width - 4 : 0),
                    tall == 1 ? 4 : width, first + i);
    }
}

void month_draw_day(const struct month *month, const struct pane *pane,
                    const struct context *context)
{
    const struct table *days = parcel_find(&month->days, "days");
    size_t index = (size_t)(month->day - month_first(month));
    char written[DAY_TEXT];
    struct text text = {0};
    text_addf(&text, " %s %s   ", day_format(month->day, written), weekday_word(month->day));
    text_addf(&text, _("%d due"), (int)today_number(days, index, "n"));
    text_addf(&text, "   %s", says(days, index, "works") ? _("a working day") : _("a rest day"));
    if (says(days, index, "provisional")) {
        text_addf(&text, "   %s %s", glyph_text(&context->look, GLYPH_ABOUT),
                  _("no notice has settled that year yet"));
    }
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE, text_bytes(&text));
    text_free(&text);
}
