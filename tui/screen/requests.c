/* requests.c: the queue: all open cases by urgency, with what stands under the cursor below. */
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

static const struct list_column columns[] = {
    {.name = "card",
     .head = N_("card left"),
     .least = 12,
     .english = 3,
     .sort = "due",
     .value = case_value_card},
    {.name = "number",
     .head = N_("number"),
     .least = 6,
     .most = 9,
     .sort = "number",
     .name_band = true,
     .value = case_value_number},
    {.name = "name",
     .head = N_("organisation, system"),
     .least = 12,
     .most = 36,
     .rank = 1,
     .sort = "org",
     .name_band = true,
     .value = case_value_name},
    {.name = "stage",
     .head = N_("step"),
     .least = 5,
     .most = 5,
     .rank = 6,
     .from = 80,
     .value = case_value_stage},
    {.name = "state",
     .head = "",
     .least = 8,
     .most = 12,
     .rank = 2,
     .from = 60,
     .value = case_value_state},
    {.name = "clock",
     .head = N_("clock"),
     .least = 12,
     .most = 18,
     .rank = 7,
     .from = 100,
     .value = case_value_clock},
    {.name = "article",
     .head = N_("ground"),
     .least = 6,
     .most = 7,
     .rank = 8,
     .from = 100,
     .value = case_value_article},
    {.name = "holder",
     .head = N_("whose turn"),
     .least = 8,
     .most = 10,
     .rank = 3,
     .from = 80,
     .value = case_value_holder},
    {.name = "due",
     .head = N_("due"),
     .least = 5,
     .most = 10,
     .rank = 5,
     .from = 80,
     .right = true,
     .sort = "due",
     .value = case_value_due},
};

static const struct case_queue queue = {
    .list = {.verb = "list",
             .table = "cases",
             .key = "number",
             .empty = N_("No case is open. + opens one; ' has those that are closed."),
             .columns = columns,
             .column_count = sizeof columns / sizeof *columns},
    .group = "requests",
    .count = N_("Requests"),
    .preview = case_preview_draw,
};

static void open_requests(struct view *view, const char *what)
{
    case_queue_open(view, what, &queue);
}

const struct screen screen_requests = {
    .name = "requests",
    .title = N_("Requests"),
    .tab = N_("Requests"),
    .digit = '2',
    .size = sizeof(struct case_queue_state),
    .open = open_requests,
    CASE_QUEUE_METHODS,
};
