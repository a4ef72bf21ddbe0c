/* today_draw.c: today in cells: the most urgent, the days to come, the desks, the kinds of cases.
 */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/today.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/widget/gauge.h"
#include "tui/width.h"

enum { WEEKS = 7, DESK_NAME = 10, WIDE_NAME = 11, WIDEST_NAME = 24, WIDE_REST = 112 };

static void draw_heading(const struct pane *pane, int row, int column, const char *words,
                         bool focus)
{
    if (focus) {
        pane_glyph(pane, row, column, ROLE_HEADING_FOCUS, GLYPH_FOCUS);
    }
    pane_put(pane, row, column + 1, focus ? ROLE_HEADING_FOCUS : ROLE_HEADING, words);
}

enum role today_heat_role(int64_t n)
{
    return n == 0   ? ROLE_HEAT_0
           : n < 3  ? ROLE_HEAT_1
           : n < 6  ? ROLE_HEAT_2
           : n < 10 ? ROLE_HEAT_3
                    : ROLE_HEAT_4;
}

void today_desk_name(const struct today *today, size_t row, const struct context *context,
                     struct text *out)
{
    const struct table *desks = parcel_find(&today->status, "handlers");
    phrase_both(out, table_word(desks, row, "who"), context->look.english);
}

static int32_t day_of(const struct table *table, size_t row)
{
    const char *text = table_word(table, row, "day");
    int32_t day = DAY_NONE;
    return day_parse(text, strlen(text), &day) ? day : DAY_NONE;
}

/* NUMBER right aligned in WIDTH, `·` for none, in its shade; a frame of the cursor where it is
 * HERE. */
static void draw_count(const struct pane *pane, int row, int column, int width, int64_t number,
                       bool here)
{
    struct text text = {0};
    if (number > 99 && width < 4) {
        text_add(&text, "++");
    } else if (number) {
        text_add_int(&text, number);
    } else {
        text_add(&text, glyph_text(pane->look, GLYPH_NONE));
    }
    enum role role = here ? ROLE_TABLE_CURSOR : today_heat_role(number);
    pane_right(pane, row, column, width, role, text_bytes(&text));
    text_free(&text);
}

/* ---- the most urgent ---- */

static void draw_urgent(struct today *today, const struct pane *pane, const struct context *context)
{
    struct text position = {0};
    list_draw(today->urgent, pane, context);
    draw_heading(pane, 0, 0, _("Most urgent"), today->pane == TODAY_URGENT);
    list_position(today->urgent, context, &position);
    pane_right(pane, 0, pane->columns - 16, 15, ROLE_TEXT_DIM, text_bytes(&position));
    text_free(&position);
}

/* ---- the next 30 working days, by week ---- */

static bool works_on(const struct table *heat, int weekday)
{
    for (size_t i = 0; heat && i < table_rows(heat); i++) {
        if (day_weekday(day_of(heat, i)) >= weekday) {
            return true;
        }
    }
    return false;
}

static void draw_week(const struct today *today, const struct pane *pane, int row, int32_t monday,
                      int days, int width, const struct context *context)
{
    const struct table *heat = parcel_find(&today->status, "heat");
    int32_t first = day_of(heat, 0), last = day_of(heat, table_rows(heat) - 1);
    struct text label = {0};
    char written[DAY_TEXT];
    bool provisional = false;
    for (int i = 0; i < days; i++) {
        int found = -1;
        for (size_t k = 0; k < table_rows(heat); k++) {
            found = day_of(heat, k) == monday + i ? (int)k : found;
        }
        int column = 8 + i * width;
        if (found >= 0) {
            provisional |= strcmp(table_word(heat, (size_t)found, "provisional"), "yes") == 0;
            draw_count(pane, row, column, width, today_number(heat, (size_t)found, "n"),
                       today->pane == TODAY_HEAT && found == today->day);
        } else if (monday + i >= first && monday + i <= last && i < 5) {
            pane_right(pane, row, column, width, ROLE_DATE_REST, _("off"));
        }
    }
    text_add(&label, provisional ? glyph_text(&context->look, GLYPH_ABOUT) : " ");
    text_add(&label, day_format(monday, written) + 5);
    pane_put(pane, row, 1, provisional ? ROLE_DATE_PROVISIONAL : ROLE_TEXT_DIM, text_bytes(&label));
    text_free(&label);
}

static int draw_weeks(const struct today *today, const struct pane *pane,
                      const struct context *context)
{
    const struct table *heat = parcel_find(&today->status, "heat");
    draw_heading(pane, 0, 0, _("Next 30 working days"), today->pane == TODAY_HEAT);
    if (!heat || table_rows(heat) == 0) {
        return 0;
    }
    int days = works_on(heat, 7) ? 7 : works_on(heat, 6) ? 6 : 5, width = days > 5 ? 4 : 5;
    int32_t monday = day_of(heat, 0) - day_weekday(day_of(heat, 0)) + 1;
    for (int i = 0; i < days; i++) {
        pane_right(pane, 1, 8 + i * width, width, ROLE_HEAD, weekday_word(monday + i));
    }
    for (int week = 0; week < WEEKS && week + 2 < pane->rows; week++) {
        draw_week(today, pane, week + 2, monday + 7 * week, days, width, context);
    }
    return 8 + days * width;
}

/* ---- whose desk ---- */

static void draw_late(const struct pane *pane, int row, int column, int64_t late)
{
    struct text text = {0};
    if (late) {
        text_addf(&text, "%s ", glyph_card(pane->look, "red"));
        text_add_int(&text, late);
        pane_put(pane, row, column, ROLE_CARD_RED, text_bytes(&text));
    }
    text_free(&text);
}

static void draw_desk(const struct today *today, const struct pane *pane, int row, size_t desk,
                      int64_t most, const struct context *context)
{
    const struct table *desks = parcel_find(&today->status, "handlers");
    bool here = today->pane == TODAY_DESKS && (int)desk == today->desk;
    struct text name = {0}, number = {0};
    int bar = pane->columns - DESK_NAME - 14;
    int64_t week = today_number(desks, desk, "week");
    struct gauge gauge = {.whole = bar, .used = most > bar ? week * bar / most : week};
    today_desk_name(today, desk, context, &name);
    pane_pad(pane, row, 1, DESK_NAME, here ? ROLE_TABLE_CURSOR : ROLE_TEXT, text_bytes(&name));
    if (bar > 3) {
        gauge_draw(pane, row, DESK_NAME + 2, bar, &gauge);
    }
    text_add_int(&number, week);
    pane_right(pane, row, pane->columns - 12, 4, ROLE_TEXT, text_bytes(&number));
    draw_late(pane, row, pane->columns - 7, today_number(desks, desk, "late"));
    text_free(&name);
    text_free(&number);
}

static void draw_desks(struct today *today, const struct pane *pane, const struct context *context)
{
    const struct table *desks = parcel_find(&today->status, "handlers");
    int64_t most = 1;
    int count = desks ? (int)table_rows(desks) : 0;
    today->desks_shown = count < pane->rows - 1 ? count : pane->rows - 1;
    draw_heading(pane, 0, 0, _("On whose desk: due this week or late"), today->pane == TODAY_DESKS);
    for (int i = 0; i < count; i++) {
        int64_t week = today_number(desks, (size_t)i, "week");
        most = week > most ? week : most;
    }
    for (int i = 0; i < today->desks_shown; i++) {
        draw_desk(today, pane, i + 1, (size_t)i, most, context);
    }
}

/* ---- desks by day, on a wide screen ---- */

/* The names of desks take what the days leave. */
static int wide_name(const struct pane *pane)
{
    int room = pane->columns - WIDE_REST;
    return room < WIDE_NAME ? WIDE_NAME : room > WIDEST_NAME ? WIDEST_NAME : room;
}

/* Where day I stands: three columns each, a blank between weeks. */
static int wide_column(const struct pane *pane, const struct table *heat, size_t day)
{
    int column = wide_name(pane) + 7;
    for (size_t i = 1; i <= day; i++) {
        column += day_weekday(day_of(heat, i)) < day_weekday(day_of(heat, i - 1)) ? 4 : 3;
    }
    return column;
}

static void draw_wide_heads(const struct pane *pane, const struct table *heat)
{
    pane_right(pane, 1, wide_name(pane), 6, ROLE_HEAD, _("late"));
    for (size_t i = 0; i < table_rows(heat); i++) {
        int32_t day = day_of(heat, i);
        if (i == 0 || day_weekday(day) < day_weekday(day_of(heat, i - 1))) {
            char written[DAY_TEXT];
            bool provisional = strcmp(table_word(heat, i, "provisional"), "yes") == 0;
            int column = wide_column(pane, heat, i) + 1;
            if (column + 6 >= pane->columns - 6) {
                break;
            }
            if (provisional) {
                column = pane_glyph(pane, 1, column, ROLE_DATE_PROVISIONAL, GLYPH_ABOUT);
            }
            column = pane_put(pane, 1, column, provisional ? ROLE_DATE_PROVISIONAL : ROLE_HEAD,
                              day_format(day, written) + 5);
            if (column < pane->columns - 12) {
                pane_put(pane, 1, column, ROLE_HEAD, weekday_word(day));
            }
        }
    }
    pane_right(pane, 1, pane->columns - 7, 6, ROLE_HEAD, _("all"));
}

static int64_t load_of(const struct today *today, int desk, const char *day)
{
    const struct table *load = parcel_find(&today->status, "load");
    for (size_t i = 0; load && i < table_rows(load); i++) {
        if (today_number(load, i, "handler") == desk &&
            strcmp(table_word(load, i, "day"), day) == 0) {
            return today_number(load, i, "n");
        }
    }
    return 0;
}

/* DESK -1: the sum of all. */
static void draw_wide_row(const struct today *today, const struct pane *pane, int row, int desk,
                          const struct context *context)
{
    const struct table *heat = parcel_find(&today->status, "heat");
    const struct table *desks = parcel_find(&today->status, "handlers");
    struct text name = {0}, all = {0};
    bool focus = today->pane == TODAY_HEAT && desk == today->desk;
    int64_t late = desk < 0 ? parcel_int(&today->status, "late", 0)
                            : today_number(desks, (size_t)desk, "late");
    if (desk < 0) {
        text_add(&name, _("all desks"));
    } else {
        today_desk_name(today, (size_t)desk, context, &name);
    }
    pane_pad(pane, row, 1, wide_name(pane) - 1, focus ? ROLE_TABLE_CURSOR : ROLE_TEXT,
             text_bytes(&name));
    if (late) {
        struct text text = {0};
        text_addf(&text, "%s%d", glyph_text(pane->look, GLYPH_CARD_RED), (int)late);
        pane_right(pane, row, wide_name(pane), 6, ROLE_CARD_RED, text_bytes(&text));
        text_free(&text);
    }
    for (size_t i = 0; i < table_rows(heat); i++) {
        int column = wide_column(pane, heat, i);
        int64_t n = desk < 0 ? today_number(heat, i, "n")
                             : load_of(today, desk, table_word(heat, i, "day"));
        if (column + 3 < pane->columns - 6) {
            draw_count(pane, row, column, 3, n, focus && (int)i == today->day);
        }
    }
    text_add_int(&all, desk < 0 ? parcel_int(&today->status, "open", 0)
                                : today_number(desks, (size_t)desk, "n"));
    pane_right(pane, row, pane->columns - 7, 6, ROLE_TEXT, text_bytes(&all));
    text_free(&name);
    text_free(&all);
}

static void draw_wide(struct today *today, const struct pane *pane, const struct context *context)
{
    const struct table *heat = parcel_find(&today->status, "heat");
    const struct table *desks = parcel_find(&today->status, "handlers");
    draw_heading(pane, 0, 0, _("Whose desk, which day: due in the next 30 working days"),
                 today->pane == TODAY_HEAT);
    if (!heat || !desks || table_rows(heat) == 0) {
        return;
    }
    int count = (int)table_rows(desks);
    today->desks_shown = count < pane->rows - 3 ? count : pane->rows - 3;
    draw_wide_heads(pane, heat);
    for (int i = -1; i < today->desks_shown; i++) {
        draw_wide_row(today, pane, i + 3, i, context);
    }
}

/* ---- by kind of case ---- */

/* "入云申请 30 ▮2", one behind the other, in ROWS rows. */
static void draw_kinds(const struct today *today, const struct pane *pane,
                       const struct context *context)
{
    const struct table *states = parcel_find(&today->status, "states");
    int row = 0, indent = 2 + width_of(_("By kind")), column = indent;
    pane_put(pane, 0, 1, ROLE_HEADING, _("By kind"));
    for (size_t i = 0; states && i < table_rows(states);) {
        const char *procedure = table_word(states, i, "procedure");
        int64_t n = 0, late = 0;
        struct text words = {0};
        phrase_both(&words, table_word(states, i, "procedure_title"), context->look.english);
        for (; i < table_rows(states) && strcmp(table_word(states, i, "procedure"), procedure) == 0;
             i++) {
            n += today_number(states, i, "n");
            late += today_number(states, i, "late");
        }
        text_addf(&words, " %d", (int)n);
        int width = width_of(text_bytes(&words)) + (late ? 4 : 0);
        if (column + width >= pane->columns) {
            row++;
            column = indent;
        }
        column = pane_put(pane, row, column, ROLE_TEXT, text_bytes(&words));
        if (late) {
            text_clear(&words);
            text_addf(&words, " %s%d", glyph_text(pane->look, GLYPH_CARD_RED), (int)late);
            column = pane_put(pane, row, column, ROLE_CARD_RED, text_bytes(&words));
        }
        column += 3;
        text_free(&words);
    }
}

/* ---- where it all stands ---- */

static void draw_narrow(struct today *today, const struct pane *pane, int top, int rows,
                        const struct context *context)
{
    struct pane left = pane_part(pane, top, 0, rows, pane->columns);
    int column = draw_weeks(today, &left, context);
    column = column ? column + 2 : 35;
    if (pane->columns - column >= 30) {
        struct pane right = pane_part(pane, top, column, rows, pane->columns - column);
        draw_desks(today, &right, context);
    } else {
        today->desks_shown = 0;
    }
}

/* Urgent cases over the heat, and below them what there is room for. */
static void draw_cases(struct today *today, const struct pane *pane, int below,
                       const struct context *context)
{
    bool wide = context->columns >= TODAY_WIDE;
    const struct table *desks = parcel_find(&today->status, "handlers");
    int all = desks ? (int)table_rows(desks) + 3 : WEEKS + 2;
    int heat = pane->rows < 14 ? 0 : wide ? (pane->rows - below) * 2 / 5 : WEEKS + 2;
    heat = wide && heat > all ? all : heat;
    int urgent = pane->rows - heat - below - (wide && heat ? 2 : 0);
    struct pane top = pane_part(pane, 0, 0, urgent, pane->columns);
    draw_urgent(today, &top, context);
    if (heat == 0) {
        today->pane = TODAY_URGENT;
        today->desks_shown = 0;
    } else if (wide) {
        struct pane middle = pane_part(pane, urgent + 1, 0, heat, pane->columns);
        draw_wide(today, &middle, context);
    } else {
        draw_narrow(today, pane, urgent, heat, context);
    }
}

void today_draw(struct today *today, const struct pane *pane, const struct context *context)
{
    bool beside = pane->columns >= TODAY_BESIDE, wide = pane->columns >= TODAY_WIDE;
    const struct table *platform = parcel_find(&today->resources, "platform");
    int aside = beside ? (pane->columns - 120) * 3 / 4 : 0;
    int kinds = pane->rows >= 18 && wide ? 2 : 0, lines = pane->rows >= 18 && !wide ? 2 : 0;
    int sums =
        wide && !beside && pane->rows >= 30 ? 2 + (platform ? (int)table_rows(platform) : 3) : 0;
    struct pane left = pane_part(pane, 0, 0, pane->rows, pane->columns - aside - (beside ? 2 : 0));
    draw_cases(today, &left, kinds + lines + sums, context);
    if (beside) {
        struct pane right = pane_part(pane, 0, pane->columns - aside, pane->rows, aside);
        today_sums_beside(today, &right, context);
    }
    if (sums) {
        struct pane middle = pane_part(pane, pane->rows - kinds - sums, 0, sums - 1, pane->columns);
        today_sums_below(today, &middle, context);
    }
    struct pane bottom = pane_part(&left, pane->rows - 2, 0, 2, left.columns);
    if (kinds) {
        draw_kinds(today, &bottom, context);
    } else if (lines) {
        today_sums_lines(today, &bottom, context);
    }
}
