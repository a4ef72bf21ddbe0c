/* requests.c: the queue: all open cases by urgency, with what stands under the cursor below. */
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

static const struct list_column columns[] = {
    CASE_CARD(.sort = "due"),
    CASE_NUMBER(.sort = "number"),
    CASE_NAME(.most = 36, .sort = "org"),
    CASE_STAGE(.rank = 6, .from = 80),
    CASE_STATE(.most = 12, .rank = 2, .from = 60),
    CASE_CLOCK(.least = 12, .rank = 7, .from = 100),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 3, .from = 80),
    CASE_DUE(.rank = 5, .from = 80, .right = true, .sort = "due"),
    CASE_SPARE_TITLE,
    CASE_SPARE_ORG,
    CASE_SPARE_SYSTEM,
    CASE_SPARE_BASIS,
    CASE_SPARE,
};

/* A queue of the cases of GROUP, counted as COUNT. */
#define QUEUE(group_name, heading, none)                                                           \
    {                                                                                              \
        .list = CASE_LIST(columns, none), .group = group_name, .count = heading,                   \
        .preview = case_preview_draw                                                               \
    }

static const struct case_queue
    requests = QUEUE("requests", N_("Requests"),
                     N_("No case is open. + opens one; ' has those that are closed.")),
    windows = QUEUE("windows", N_("Change windows"), N_("No major change is announced.")),
    scores = QUEUE("scores", N_("Appraisal"), N_("No appraisal is open.")),
    bills = QUEUE("bills", N_("Settlement"), N_("No bill is open.")),
    consult = QUEUE("consult", N_("Use too low or too high"), N_("No figures ask for anything.")),
    cases = QUEUE("", N_("Cases"), N_("There is none of these."));

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

static void open_cases(struct view *view, const char *what)
{
    case_queue_open(view, what, &cases);
}

const struct screen screen_requests = {
    .name = "requests",
    .title = N_("Requests"),
    .tab = N_("Requests"),
    .digit = '2',
    .counts = true,
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
/* Those another screen counted, whichever they are. */
const struct screen screen_cases = {.name = "cases",
                                    .title = N_("Cases"),
                                    .size = sizeof(struct case_queue_state),
                                    .open = open_cases,
                                    CASE_QUEUE_METHODS};
