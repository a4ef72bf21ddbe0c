/* findings.c: security: findings and incidents by the time that is left. */
#include <string.h>

#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

static const struct list_column columns[] = {
    CASE_CARD(.most = 15, .sort = "due"),
    CASE_NUMBER(.sort = "number"),
    CASE_TITLE(.rank = 1, .name_band = true),
    CASE_ORG(.rank = 2, .sort = "org"),
    CASE_SYSTEM(.rank = 6, .from = 100),
    CASE_STATE(.most = 10, .rank = 3, .from = 60),
    CASE_ARTICLE(.rank = 8, .from = 100),
    CASE_HOLDER(.rank = 4, .from = 80),
    CASE_DUE(.rank = 5, .from = 60, .right = true, .sort = "due"),
    CASE_SPARE_STAGE,
    CASE_SPARE_BASIS,
    CASE_SPARE,
};
static const struct case_queue queue = {
    .list = CASE_LIST(columns, N_("No finding and no incident is open.")),
    .group = "security",
    .count = N_("Security"),
    .preview = case_preview_draw,
};

static void open(struct view *view, const char *what)
{
    case_queue_open(view, what, &queue);
}

const struct screen screen_findings = {
    .name = "security",
    .title = N_("Security"),
    .tab = N_("Security"),
    .digit = '6',
    .counts = true,
    .size = sizeof(struct case_queue_state),
    .open = open,
    CASE_QUEUE_METHODS,
};
