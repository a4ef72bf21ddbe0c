/* trials.c: times that run down between a first day and a last one, what ends first at the top;
 * and how it stands with the report that is to come of each. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/screen/trial.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"

enum { BAR = 20, BAR_WIDE = 44 };

static int32_t day_of(const struct list *list, size_t row, const char *column)
{
    const char *cell = list_cell(list, row, column);
    int32_t day = DAY_NONE;
    return cell && strlen(cell) >= 10 && day_parse(cell, 10, &day) ? day : DAY_NONE;
}

static enum trial_report report_of(const struct list *list, size_t row,
                                   const struct context *context)
{
    const char *act = list_cell(list, row, "act");
    return trial_report(act ? act : "", context);
}

/* ---- bars ---- */

/* The bar of a row, a unit a day; WHOLE is 0 where its days are not known. What is over is over. */
static struct gauge gauge_of(const struct list *list, size_t row, const struct context *context)
{
    int32_t since = day_of(list, row, "run_since"), due = day_of(list, row, "run_due");
    int32_t least = day_of(list, row, "run_least"), today = moment_day(context->now);
    struct gauge gauge = {0};
    if (since != DAY_NONE && due != DAY_NONE && due > since) {
        const char *over = list_cell(list, row, "run_over");
        gauge.whole = due - since;
        gauge.used = today > since ? today - since : 0;
        gauge.mark = least != DAY_NONE ? least - since : 0;
        if (over && strcmp(over, "yes") == 0 && gauge.used > gauge.whole) {
            gauge.used = gauge.whole;
        }
    }
    return gauge;
}

static int days_in(int64_t days, int unit)
{
    return (int)((days + unit - 1) / unit);
}

/* How many days a cell is, for all bars alike: so few that the longest has room in WIDTH. */
static int unit_of(const struct list *list, int width, const struct context *context)
{
    int64_t longest = 1;
    for (size_t row = 0; row < list_count(list); row++) {
        struct gauge gauge = gauge_of(list, row, context);
        int64_t days = gauge.whole > gauge.used ? gauge.whole : gauge.used;
        longest = days > longest ? days : longest;
    }
    return days_in(longest, width > 0 ? width : 1);
}

static void draw_bar(const struct list *list, size_t row, const struct pane *pane, int at,
                     int column, int width, const struct context *context)
{
    struct gauge gauge = gauge_of(list, row, context);
    int unit = unit_of(list, width, context);
    gauge.whole = days_in(gauge.whole, unit);
    gauge.used = days_in(gauge.used, unit);
    gauge.mark = days_in(gauge.mark, unit);
    gauge_draw(pane, at, column, width, &gauge);
}

/* ---- cells ---- */

/* Of one whose report is in, how long the time still runs; of one that has to be put right after
 * its end, that it is so. Any other's is the card of its clock. */
static void value_card(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    enum trial_report report = report_of(list, row, context);
    const char *card = list_cell(list, row, "card"), *due = list_cell(list, row, "run_due");
    bool late = card && (strcmp(card, "red") == 0 || strcmp(card, "double") == 0);
    if ((report != TRIAL_IN && report != TRIAL_SENT_BACK) || (report == TRIAL_SENT_BACK && late)) {
        case_value_card(list, row, context, value);
        return;
    }
    int32_t last = day_of(list, row, "run_due");
    struct text days = {0};
    text_add_int(&days, last != DAY_NONE ? last - moment_day(context->now) : 0);
    bool runs = last != DAY_NONE && last >= moment_day(context->now);
    struct case_row_cells cells = {.left = runs ? text_bytes(&days) : NULL,
                                   .unit = "d",
                                   .days = runs ? text_bytes(&days) : NULL,
                                   .due = due,
                                   .sign = report == TRIAL_IN ? "in" : "after"};
    case_card_text(&cells, context, &value->text);
    value->brief = case_card_brief(text_bytes(&value->text), context);
    value->role = report == TRIAL_IN ? ROLE_CARD_MET : ROLE_CARD_PAUSED;
    text_free(&days);
}

static void value_since(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    case_date_text(list_cell(list, row, "run_since"), false, false, context, &value->text);
}

static void value_ends(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    case_date_text(list_cell(list, row, "run_due"), false, false, context, &value->text);
    if (context->columns >= 100) {
        value->brief = value->text.length;
        text_clear(&value->text);
        case_date_text(list_cell(list, row, "run_due"), false, true, context, &value->text);
    }
}

static void value_report(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    struct text entry = {0};
    text_addf(&entry, "entry.%s", group_query(context, "trials.days"));
    const char *days = list_cell(list, row, text_bytes(&entry));
    struct trial trial = {.report = report_of(list, row, context),
                          .on = list_cell(list, row, "act_at"),
                          .days = days ? days : "",
                          .since = day_of(list, row, "run_since"),
                          .least = day_of(list, row, "run_least")};
    trial_text(&trial, context, &value->text);
    value->role = trial.report == TRIAL_IN      ? ROLE_CARD_MET
                  : trial.report == TRIAL_ASKED ? ROLE_FLAG
                  : trial_is_early(&trial, context)
                      ? ROLE_TEXT_DIM
                      : case_card_role(list_cell(list, row, "card"), false, false);
    text_free(&entry);
}

static const struct list_column columns[] = {
    CASE_COLUMN("card", N_("card left"), .least = 12, .english = 3, .tiny = 11, .tiny_english = 5,
                .value = value_card),
    CASE_NUMBER(),
    CASE_NAME(.most = 36),
    CASE_COLUMN("since", N_("since"), .least = 5, .most = 10, .rank = 6, .from = 100,
                .value = value_since),
    CASE_COLUMN("bar", N_("how far"), .least = BAR, .most = BAR_WIDE, .rank = 5, .from = 60,
                .draw = draw_bar),
    CASE_COLUMN("report", N_("report"), .least = 9, .english = 3, .most = 12, .rank = 2, .from = 40,
                .value = value_report),
    CASE_STATE(.most = 10, .rank = 7, .from = 140),
    CASE_COLUMN("ends", N_("ends"), .least = 5, .most = 10, .rank = 4, .right = true,
                .value = value_ends),
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE,
};

/* ---- what is asked, and what the signs mean ---- */

static void pairs(const struct context *context, struct list *list)
{
    struct text acts = {0};
    const char *run = group_query(context, "trials.run"),
               *days = group_query(context, "trials.days");
    trial_acts(context, &acts);
    list_pair(list, "acts", acts.length ? text_bytes(&acts) : NULL);
    list_pair(list, "entries", *days ? days : NULL);
    list_pair(list, "run", *run ? run : NULL);
    list_pair(list, "by", *run ? "run" : NULL);
    text_free(&acts);
}

static void legend(const struct list *list, const struct context *context, struct text *out)
{
    enum { BAR_COLUMN = 4 };
    int x[LIST_COLUMNS_MOST], widths[LIST_COLUMNS_MOST];
    list_layout(list, context->columns, context, x, widths);
    if (x[BAR_COLUMN] < 0 || list_empty(list)) {
        return;
    }
    text_addf(out, _("a cell: %d d"), unit_of(list, widths[BAR_COLUMN], context));
    text_addf(out, "  %s%s", glyph_text(&context->look, GLYPH_BAR_MARK), _("may end"));
    text_addf(out, "  %s%s", glyph_text(&context->look, GLYPH_BAR_OVER), _("past its end"));
}

static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("Nothing is on trial.")),
    .group = "trials",
    .count = N_("Trials"),
    .pairs = pairs,
    .legend = legend,
    .preview = trial_preview_draw,
    .uses = true,
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
