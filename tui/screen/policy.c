/* policy.c: the measures as they are carried out: articles, clocks, steps, open questions,
 * calendar. */
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"

static const struct table_deed of_rules[] = {{ACTION_IMPORT, "adopt", NULL, NULL},
                                             {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_questions[] = {{ACTION_CORRECT, "answer", "question", "question"},
                                                 {ACTION_IMPORT, "adopt", NULL, NULL},
                                                 {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_calendar[] = {{ACTION_IMPORT, "notice", NULL, NULL},
                                                {ACTION_NONE, NULL, NULL, NULL}};

static const struct table_face faces[] = {
    {.title = N_("Articles"),
     .verb = "rules",
     .table = "articles",
     .hidden = "",
     .empty = N_("The policy names no article."),
     .deeds = of_rules},
    {.title = N_("Clocks"),
     .verb = "rules",
     .table = "clocks",
     .hidden = "clock",
     .empty = N_("The policy has no clock."),
     .deeds = of_rules},
    {.title = N_("Steps"),
     .verb = "rules",
     .table = "steps",
     .hidden = "procedure",
     .key = "procedure",
     .opens = "flow",
     .empty = N_("The policy has no procedure."),
     .deeds = of_rules},
    {.title = N_("Open questions"),
     .verb = "policies",
     .table = "questions",
     .hidden = "question answer",
     .empty = N_("The policy leaves no question open."),
     .deeds = of_questions},
    {.title = N_("Calendar"),
     .verb = "notices",
     .table = "notices",
     .hidden = "",
     .key = "date",
     .opens = "calendar",
     .empty = N_("No notice is on record."),
     .deeds = of_calendar},
    {.title = N_("Versions"),
     .verb = "policies",
     .table = "policies",
     .hidden = "",
     .empty = N_("No policy was adopted yet."),
     .deeds = of_rules},
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
