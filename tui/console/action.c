/* action.c: the table of actions. */
#include "tui/console/action.h"

#include <string.h>

#include "tui/text.h"

const struct action_row actions[ACTIONS] = {
    [ACTION_NONE] = {.name = "", .label = "", .help = "", .keys = ""},
#define ACTION(id, its_name, its_keys, its_where, its_flags, its_label, its_help)                  \
    [ACTION_##id] = {.name = its_name,                                                             \
                     .label = its_label,                                                           \
                     .help = its_help,                                                             \
                     .keys = its_keys,                                                             \
                     .where = its_where,                                                           \
                     .flags = its_flags},
#include "tui/console/action_list.h"
#undef ACTION
};

enum action action_named(const char *name)
{
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        if (strcmp(actions[i].name, name) == 0) {
            return (enum action)i;
        }
    }
    return ACTION_NONE;
}
