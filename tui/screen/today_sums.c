/* today_sums.c: today at a glance beside the cases: resources, security, what comes round, kinds.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/today.h"
#include "tui/text.h"
#include "tui/widget/chart.h"
#include "tui/widget/gauge.h"
#include "tui/width.h"

enum { MONTHS = 12, LABEL = 7, BAR = 12, CHART_ROWS = 4, STATES_MOST = 8 };

/* ---- figures ---- */

/* What all systems used of a measure, weighed by what they have: percent by month, -1 none was
 * measured. */
static void utilisation(const struct table *systems, const char *measure, int64_t use[MONTHS])
{
    int64_t sum[MONTHS] = {0}, all[MONTHS] = {0};
    for (size_t row = 0; systems && row < table_rows(systems); row++) {
        int64_t has = today_number(systems, row, "has");
        const char *at = table_word(systems, row, "trend");
        if (has <= 0 || strcmp(table_word(systems, row, "measure"), measure) != 0) {
            continue;
        }
        for (int i = 0; i < MONTHS && *at; i++) {
            char *end;
            int64_t percent = strtoll(at, &end, 10);
            sum[i] += percent >= 0 ? percent * has : 0;
            all[i] += percent >= 0 ? has : 0;
            at = *end == ' ' ? end + 1 : end;
        }
    }
    for (int i = 0; i < MONTHS; i++) {
        use[i] = all[i] > 0 ? (sum[i] + all[i] / 2) / all[i] : -1;
    }
}

/* The latest that was measured; -1. */
static int64_t latest(const int64_t use[MONTHS])
{
    int i = MONTHS - 1;
    while (i > 0 && use[i] < 0) {
        i--;
    }
    return use[i];
}

static const struct table *platform_of(const struct today *today)
{
    return parcel_find(&today->resources, "platform");
}

static int measures(const struct today *today)
{
    const struct table *platform = platform_of(today);
    return platform ? (int)table_rows(platform) : 0;
}

static int put_heading(const struct pane *pane, int row, const char *words)
{
    return pane_put(pane, row, 1, ROLE_HEADING, words) + 2;
}

/* ---- resources, as soon as they are known ---- */

/* "CPU ━━━━━━─── 75% used 41% ▂▃▃▄": given of the contract, used of what was given. */
static void draw_measure(const struct today *today, const struct pane *pane, int row, size_t index,
                         const struct context *context)
{
    const struct table *platform = platform_of(today);
    struct gauge gauge = {.whole = today_number(platform, index, "quota"),
                          .used = today_number(platform, index, "given")};
    int64_t use[MONTHS];
    struct text text = {0};
    utilisation(parcel_find(&today->resources, "systems"), table_word(platform, index, "measure"),
                use);
    phrase_both(&text, table_word(platform, index, "title"), context->look.english);
    pane_clip(pane, row, 1, LABEL, ROLE_TEXT, text_bytes(&text));
    int column = gauge_draw(pane, row, LABEL + 2, BAR, &gauge) + 1;
    text_clear(&text);
    if (gauge.whole) {
        text_addf(&text, "%d%% ", (int)(gauge.used * 100 / gauge.whole));
    }
    if (latest(use) >= 0) {
        text_addf(&text, _("used %d%%"), (int)latest(use));
    }
    column = pane_clip(pane, row, column, pane->columns - column, ROLE_TEXT, text_bytes(&text)) + 1;
    if (column + MONTHS < pane->columns) {
        spark_draw(pane, row, column, use, MONTHS, 100);
    }
    text_free(&text);
}

static void draw_asof(const struct today *today, const struct pane *pane, int row, int column)
{
    struct text text = {0};
    const char *year = parcel_get(&today->resources, "year");
    if (year) {
        text_addf(&text, _("figures of %s-%02d"), year,
                  (int)parcel_int(&today->resources, "month", 0));
        pane_clip(pane, row, column, pane->columns - column, ROLE_DATA_FRESH, text_bytes(&text));
    }
    text_free(&text);
}

static int draw_resources(const struct today *today, const struct pane *pane, int row,
                          const struct context *context)
{
    if (!platform_of(today)) {
        return row;
    }
    draw_asof(today, pane, row, put_heading(pane, row, _("Resources")));
    row++;
    for (int i = 0; i < measures(today) && row < pane->rows; i++) {
        draw_measure(today, pane, row++, (size_t)i, context);
    }
    return row;
}

/* A line over twelve months for each measure, one beside the other. */
static int draw_charts(const struct today *today, const struct pane *pane, int row,
                       const struct context *context)
{
    const struct table *platform = platform_of(today);
    int count = measures(today), width = count ? pane->columns / count : 0;
    for (int i = 0; i < count && width > 8 && row + CHART_ROWS < pane->rows; i++) {
        struct pane part = pane_part(pane, row, i * width + 1, CHART_ROWS, width - 2);
        int64_t use[MONTHS];
        struct text title = {0};
        const struct chart_line line = {use, ROLE_CHART_1};
        utilisation(parcel_find(&today->resources, "systems"),
                    table_word(platform, (size_t)i, "measure"), use);
        chart_draw(&part, &line, 1, MONTHS, 100);
        phrase_both(&title, table_word(platform, (size_t)i, "title"), context->look.english);
        text_add(&title, " 0–100%");
        pane_clip(pane, row + CHART_ROWS, i * width + 1, width - 1, ROLE_CHART_AXIS,
                  text_bytes(&title));
        text_free(&title);
    }
    return row + CHART_ROWS + 1;
}

/* ---- security ---- */

/* Findings and incidents by card, then by state. */
static int draw_security(const struct today *today, const struct pane *pane, int row, int most,
                         const struct context *context)
{
    const struct table *states = parcel_find(&today->security, "facets");
    int end = row + most < pane->rows ? row + most : pane->rows;
    if (!states) {
        return row;
    }
    struct pane line = pane_part(pane, row, 0, 1, pane->columns);
    case_cards_draw(&today->security, &line, put_heading(pane, row, _("Security")));
    for (size_t i = 0; i < table_rows(states) && ++row < end;) {
        int column = 1;
        for (; i < table_rows(states) && i < STATES_MOST; i++) { /* as many in a row as fit */
            struct text text = {0};
            phrase_both(&text, table_word(states, i, "title"), context->look.english);
            text_addf(&text, " %s", table_word(states, i, "n"));
            int width = width_of(text_bytes(&text));
            bool fits = column == 1 || column + width < pane->columns;
            if (fits) {
                column = pane_clip(pane, row, column, pane->columns - column, ROLE_TEXT,
                                   text_bytes(&text)) +
                         3;
            }
            text_free(&text);
            if (!fits) {
                break;
            }
        }
        if (i == STATES_MOST) {
            break;
        }
    }
    return row + 1;
}

/* ---- what comes round ---- */

/* "periodic report  due this week 40  ▮3". */
static int draw_round(const struct today *today, const struct pane *pane, int row, int most,
                      const struct context *context)
{
    const struct table *periodic = parcel_find(&today->status, "periodic");
    int end = row + most < pane->rows ? row + most : pane->rows;
    put_heading(pane, row++, _("Duties: due this week or late, of all"));
    for (size_t i = 0; periodic && i < table_rows(periodic) && row < end; i++) {
        int64_t n = today_number(periodic, i, "n"), late = today_number(periodic, i, "late");
        struct text text = {0};
        if (n == 0) {
            continue;
        }
        phrase_both(&text, table_word(periodic, i, "procedure_title"), context->look.english);
        pane_clip(pane, row, 1, 14, ROLE_TEXT, text_bytes(&text));
        text_clear(&text);
        text_addf(&text, "%d / %d", (int)today_number(periodic, i, "week"), (int)n);
        pane_right(pane, row, 16, 10, ROLE_TEXT, text_bytes(&text));
        if (late) {
            text_clear(&text);
            text_addf(&text, "%s%d", glyph_text(pane->look, GLYPH_CARD_RED), (int)late);
            pane_put(pane, row, 28, ROLE_CARD_RED, text_bytes(&text));
        }
        text_free(&text);
        row++;
    }
    return row;
}

/* ---- where it all stands ---- */

void today_sums_below(const struct today *today, const struct pane *pane,
                      const struct context *context)
{
    int width = pane->columns / 3;
    struct pane parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = pane_part(pane, 0, i * width, pane->rows, width);
    }
    draw_resources(today, &parts[0], 0, context);
    draw_security(today, &parts[1], 0, pane->rows, context);
    draw_round(today, &parts[2], 0, pane->rows, context);
}

void today_sums_beside(const struct today *today, const struct pane *pane,
                       const struct context *context)
{
    int row = draw_resources(today, pane, 0, context) + 1;
    if (pane->rows >= 24) {
        row = draw_charts(today, pane, row, context) + 1;
    }
    row = draw_security(today, pane, row, 4, context) + 1;
    draw_round(today, pane, row, pane->rows - row, context);
}

void today_sums_lines(const struct today *today, const struct pane *pane,
                      const struct context *context)
{
    int column = platform_of(today) ? put_heading(pane, 0, _("Resources")) : 0;
    for (int i = 0; i < measures(today) && column < pane->columns - 12; i++) {
        const struct table *platform = platform_of(today);
        int64_t use[MONTHS];
        struct text text = {0};
        utilisation(parcel_find(&today->resources, "systems"),
                    table_word(platform, (size_t)i, "measure"), use);
        phrase_both(&text, table_word(platform, (size_t)i, "title"), context->look.english);
        text_addf(&text, latest(use) < 0 ? " ?" : " %d%%", (int)latest(use));
        column = pane_put(pane, 0, column, ROLE_TEXT, text_bytes(&text)) + 3;
        text_free(&text);
    }
    draw_asof(today, pane, 0, column);
    struct pane line = pane_part(pane, 1, 0, 1, pane->columns);
    draw_security(today, &line, 0, 1, context);
}
