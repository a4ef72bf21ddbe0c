/* policy.c: the measures as they are carried out: articles, clocks, steps, open questions,
 * calendar. */
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"

static const struct table_face faces[] = {
    {.title = N_("Articles"),
     .verb = "rules",
     .table = "articles",
     .hidden = "",
     .empty = N_("The policy names no article.")},
    {.title = N_("Clocks"),
     .verb = "rules",
     .table = "clocks",
     .hidden = "clock",
     .empty = N_("The policy has no clock.")},
    {.title = N_("Steps"),
     .verb = "rules",
     .table = "steps",
     .hidden = "procedure",
     .empty = N_("The policy has no procedure.")},
    {.title = N_("Open questions"),
     .verb = "policies",
     .table = "questions",
     .hidden = "question answer",
     .empty = N_("The policy leaves no question open.")},
    {.title = N_("Calendar"),
     .verb = "notices",
     .table = "notices",
     .hidden = "",
     .empty = N_("No notice is on record.")},
    {.title = N_("Versions"),
     .verb = "policies",
     .table = "policies",
     .hidden = "",
     .empty = N_("No policy was adopted yet.")},
};

static void open(struct view *view, const char *what)
{
    table_open(view, what, faces, sizeof faces / sizeof *faces);
}

const struct screen screen_policy = {.name = "policy",
                                     .title = N_("Policy"),
                                     .tab = N_("Policy"),
                                     .digit = '8',
                                     .size = sizeof(struct table_view),
                                     .open = open,
                                     TABLE_METHODS};
