/* audit.c: who came in and what was refused, whether the record is whole, what numbers were given.
 */
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"

static const struct table_deed of_record[] = {{ACTION_CHECKPOINT, "checkpoint", NULL, NULL},
                                              {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_numbers[] = {{ACTION_ANNUL, "void", "number", "number"},
                                               {ACTION_NONE, NULL, NULL, NULL}};

static const struct table_face faces[] = {
    {.title = N_("Entries and refusals"),
     .verb = "log",
     .table = "log",
     .hidden = "",
     .empty = N_("Nobody came in yet, or it is not yours to see."),
     .deeds = of_record},
    {.title = N_("Is the record whole?"),
     .verb = "verify",
     .table = "wrong",
     .hidden = "",
     .empty =
         N_("The record is whole: every act follows on the one before, every case folds to what "
            "is stored, every document is what it was."),
     .deeds = of_record},
    {.title = N_("Register numbers"),
     .verb = "numbers",
     .table = "numbers",
     .hidden = "",
     .empty = N_("No number was given yet."),
     .deeds = of_numbers},
};

static void open(struct view *view, const char *what)
{
    table_open(view, what, faces, sizeof faces / sizeof *faces);
}

const struct screen screen_audit = {.name = "audit",
                                    .title = N_("Audit"),
                                    .tab = N_("Audit"),
                                    .digit = '9',
                                    .size = sizeof(struct table_view),
                                    .open = open,
                                    TABLE_METHODS};
