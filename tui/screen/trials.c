/* trials.c: times that run down between a first day and a last one, what ends first at the top. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"

enum { BAR = 20, BAR_WIDE = 44 };

static int32_t day_of(const struct list *list, size_t row, const char *column)
{
    const char *cell = list_cell(list, row, column);
    int32_t day = DAY_NONE;
    return cell && strlen(cell) >= 10 && day_parse(cell, 10, &day) ? day : DAY_NONE;
}

/* The bar of a row; WHOLE is 0 where its days are not known. */
static struct gauge gauge_of(const struct list *list, size_t row, const struct context *context)
{
    int32_t since = day_of(list, row, "since"), due = day_of(list, row, "due");
    int32_t least = day_of(list, row, "least"), today = moment_day(context->now);
    struct gauge gauge = {0};
    if (since != DAY_NONE && due != DAY_NONE && due > since) {
        gauge.whole = due - since;
        gauge.used = today > since ? today - since : 0;
        gauge.mark = least != DAY_NONE ? least - since : 0;
    }
    return gauge;
}

static void draw_bar(const struct list *list, size_t row, const struct pane *pane, int at,
                     int column, int width, const struct context *context)
{
    struct gauge gauge = gauge_of(list, row, context);
    int days = gauge.whole > gauge.used ? (int)gauge.whole : (int)gauge.used;
    int unit = (days + width - 1) / width; /* days of a cell */
    if (gauge.whole > 0 && unit > 1) {
        gauge.whole = (gauge.whole + unit - 1) / unit;
        gauge.used = (gauge.used + unit - 1) / unit;
        gauge.mark = gauge.mark ? (gauge.mark + unit - 1) / unit : 0;
    }
    gauge_draw(pane, at, column, width, &gauge);
}

static void value_since(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    case_date_text(list_cell(list, row, "since"), false, false, context, &value->text);
}

/* Whether the first day on which it may end is reached. */
static void value_least(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    int32_t least = day_of(list, row, "least");
    if (least != DAY_NONE) {
        bool reached = moment_day(context->now) >= least;
        struct text day = {0};
        case_date_text(list_cell(list, row, "least"), false, false, context, &day);
        text_addf(&value->text, reached ? _("since %s") : _("from %s"), text_bytes(&day));
        value->role = reached ? ROLE_CARD_MET : ROLE_TEXT_DIM;
        text_free(&day);
    }
}

static const struct list_column columns[] = {
    CASE_CARD(),
    CASE_NUMBER(),
    CASE_NAME(.most = 36),
    CASE_COLUMN("since", N_("since"), .least = 5, .most = 10, .rank = 6, .from = 100,
                .value = value_since),
    CASE_COLUMN("bar", N_("how far"), .least = BAR, .most = BAR_WIDE, .rank = 5, .from = 60,
                .draw = draw_bar),
    CASE_COLUMN("least", N_("may end"), .least = 7, .most = 13, .rank = 7, .from = 100,
                .value = value_least),
    CASE_STATE(.most = 10, .rank = 2, .from = 60),
    CASE_COLUMN("due", N_("ends"), .least = 5, .most = 10, .rank = 4, .right = true,
                .value = case_value_due),
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE,
};
static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("Nothing is on trial.")),
    .group = "trials",
    .count = N_("Trials"),
    .preview = case_preview_draw,
};

static void open(struct view *view, const char *what)
{
    case_queue_open(view, what, &queue);
}

const struct screen screen_trials = {
    .name = "trials",
    .title = N_("Trials"),
    .tab = N_("Trials"),
    .digit = '3',
    .size = sizeof(struct case_queue_state),
    .open = open,
    .counts = true,
    CASE_QUEUE_METHODS,
};
