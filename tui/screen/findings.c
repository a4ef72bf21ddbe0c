/* findings.c: security: findings and incidents by the time that is left. */
#include <string.h>

#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/case_queue.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

/* What it is about: the title of the case. */
static void value_title(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "title", context));
}

static void value_org(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "org", context));
}

static void value_system(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "system", context));
}

static const struct list_column columns[] = {
    {.name = "card",
     .head = N_("card left"),
     .least = 12,
     .english = 3,
     .most = 12,
     .sort = "due",
     .value = case_value_card},
    {.name = "number",
     .head = N_("number"),
     .least = 6,
     .most = 9,
     .sort = "number",
     .name_band = true,
     .value = case_value_number},
    {.name = "title",
     .head = N_("what"),
     .least = 14,
     .most = 36,
     .rank = 1,
     .name_band = true,
     .value = value_title},
    {.name = "org",
     .head = N_("organisation"),
     .least = 12,
     .most = 20,
     .rank = 2,
     .sort = "org",
     .value = value_org},
    {.name = "system",
     .head = N_("system"),
     .least = 12,
     .most = 24,
     .rank = 6,
     .from = 100,
     .value = value_system},
    {.name = "state",
     .head = N_("state"),
     .least = 8,
     .most = 10,
     .rank = 3,
     .from = 60,
     .value = case_value_state},
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
     .rank = 4,
     .from = 80,
     .value = case_value_holder},
    {.name = "due",
     .head = N_("due"),
     .least = 5,
     .most = 10,
     .rank = 5,
     .from = 60,
     .right = true,
     .sort = "due",
     .value = case_value_due},
};
static const struct case_queue queue = {
    .list = {.verb = "list",
             .table = "cases",
             .key = "number",
             .empty = N_("No finding and no incident is open."),
             .columns = columns,
             .column_count = sizeof columns / sizeof *columns},
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
    .size = sizeof(struct case_queue_state),
    .open = open,
    CASE_QUEUE_METHODS,
};
