/* registers.c: organisations, people, systems, the catalogue and what else is kept, as tables. */
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"

static const struct table_deed deeds[] = {{ACTION_NEW, "put", NULL, NULL},
                                          {ACTION_CORRECT, "put", "code", "code"},
                                          {ACTION_IMPORT, "import", NULL, NULL},
                                          {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed number_deeds[] = {{ACTION_ANNUL, "void", "number", "number"},
                                                 {ACTION_NONE, NULL, NULL, NULL}};

#define THINGS(heading, kind_name)                                                                 \
    {                                                                                              \
        .title = heading, .verb = "things", .table = "things", .pair = "kind", .value = kind_name, \
        .key = "code", .hidden = "kind parent", .empty = N_("Nothing is on record."),              \
        .deeds = deeds                                                                             \
    }

static const struct table_face organisations[] = {THINGS(N_("Organisations"), "org"),
                                                  THINGS(N_("Systems"), "system")};
static const struct table_face people[] = {THINGS(N_("People"), "person"),
                                           THINGS(N_("Absences"), "absence")};
static const struct table_face catalogue[] = {THINGS(N_("Catalogue"), "product"),
                                              THINGS(N_("Prices"), "price"),
                                              THINGS(N_("Contract quotas"), "quota")};
static const struct table_face numbers[] = {{.title = N_("Register numbers"),
                                             .verb = "numbers",
                                             .table = "numbers",
                                             .hidden = "series", /* the number begins with it */
                                             .empty = N_("No number was given yet."),
                                             .deeds = number_deeds}};

#define COUNT(faces) ((int)(sizeof(faces) / sizeof *(faces)))

static void open_organisations(struct view *view, const char *what)
{
    table_open(view, what, organisations, COUNT(organisations));
}
static void open_people(struct view *view, const char *what)
{
    table_open(view, what, people, COUNT(people));
}
static void open_catalogue(struct view *view, const char *what)
{
    table_open(view, what, catalogue, COUNT(catalogue));
}
static void open_numbers(struct view *view, const char *what)
{
    table_open(view, what, numbers, COUNT(numbers));
}

const struct screen screen_organisations = {.name = "organisations",
                                            .door = true,
                                            .title = N_("Organisations"),
                                            .size = sizeof(struct table_view),
                                            .open = open_organisations,
                                            TABLE_METHODS};
const struct screen screen_people = {.name = "people",
                                     .door = true,
                                     .title = N_("People"),
                                     .size = sizeof(struct table_view),
                                     .open = open_people,
                                     TABLE_METHODS};
const struct screen screen_catalogue = {.name = "catalogue",
                                        .door = true,
                                        .title = N_("Catalogue"),
                                        .size = sizeof(struct table_view),
                                        .open = open_catalogue,
                                        TABLE_METHODS};
const struct screen screen_numbers = {.name = "numbers",
                                      .door = true,
                                      .title = N_("Register numbers"),
                                      .size = sizeof(struct table_view),
                                      .open = open_numbers,
                                      TABLE_METHODS};
