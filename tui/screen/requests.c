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

/* A queue of the cases of GROUP, counted as COUNT. */
#define QUEUE(group_name, heading, none)                                                           \
    {                                                                                              \
        .list = {.verb = "list",                                                                   \
                 .table = "cases",                                                                 \
                 .key = "number",                                                                  \
                 .empty = none,                                                                    \
                 .columns = columns,                                                               \
                 .column_count = sizeof columns / sizeof *columns},                                \
        .group = group_name, .count = heading, .preview = case_preview_draw                        \
    }

static const struct case_queue
    requests = QUEUE("requests", N_("Requests"),
                     N_("No case is open. + opens one; ' has those that are closed.")),
    windows = QUEUE("windows", N_("Change windows"), N_("No major change is announced.")),
    scores = QUEUE("scores", N_("Appraisal"), N_("No appraisal is open.")),
    bills = QUEUE("bills", N_("Settlement"), N_("No bill is open.")),
    consult = QUEUE("consult", N_("Use too low or too high"), N_("No figures ask for anything."));

static void open_requests(struct view *view, const char *what)
{
    case_queue_open(view, what, &requests);
}
static void open_windows(struct view *view, const char *what)
{
    case_queue_open(view, what, &windows);
}
static void open_scores(struct view *view, const char *what)
{
    case_queue_open(view, what, &scores);
}
static void open_bills(struct view *view, const char *what)
{
    case_queue_open(view, what, &bills);
}
static void open_consult(struct view *view, const char *what)
{
    case_queue_open(view, what, &consult);
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
const struct screen screen_windows = {.name = "windows",
                                      .title = N_("Change windows"),
                                      .door = true,
                                      .size = sizeof(struct case_queue_state),
                                      .open = open_windows,
                                      CASE_QUEUE_METHODS};
const struct screen screen_scores = {.name = "scores",
                                     .title = N_("Appraisal"),
                                     .door = true,
                                     .size = sizeof(struct case_queue_state),
                                     .open = open_scores,
                                     CASE_QUEUE_METHODS};
const struct screen screen_bills = {.name = "bills",
                                    .title = N_("Settlement"),
                                    .door = true,
                                    .size = sizeof(struct case_queue_state),
                                    .open = open_bills,
                                    CASE_QUEUE_METHODS};
const struct screen screen_consult = {.name = "consult",
                                      .title = N_("Use too low or too high"),
                                      .door = true,
                                      .size = sizeof(struct case_queue_state),
                                      .open = open_consult,
                                      CASE_QUEUE_METHODS};
