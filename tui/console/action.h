/*
 * action.h: all that can be done with a key, as one table; hints, which-key, the help screen, the
 * palette and the manual come from it.
 */
#ifndef YUNTAI_TUI_CONSOLE_ACTION_H
#define YUNTAI_TUI_CONSOLE_ACTION_H

#include <stdbool.h>
#include <stdint.h>

enum action {
    ACTION_NONE,
#define ACTION(name, ...) ACTION_##name,
#include "tui/console/action_list.h"
#undef ACTION
    ACTIONS
};
enum action_flags {
    ACTION_ROW = 1,    /* needs a row under the cursor */
    ACTION_BULK = 2,   /* goes on all that are marked */
    ACTION_WRITES = 4, /* changes the record: greyed where nothing may be changed */
    ACTION_DANGER = 8, /* cannot be taken back */
    ACTION_SHELL = 16  /* the console itself does it, on every screen */
};
enum where { /* in which the same key may mean another action */
             WHERE_EVERYWHERE,
             WHERE_LIST,  /* lists, cases, what is looked at */
             WHERE_FORM,  /* where letters type */
             WHERE_SHEET, /* pickers and answers */
             WHERES
};
struct action_row {
    const char *name;  /* of keys.ini, the manual and tests: "page-down" */
    const char *label; /* msgid, short: of the hint bar */
    const char *help;  /* msgid, a sentence */
    const char *keys;  /* as delivered, "j Down": separated by blanks, the first is shown */
    enum where where;
    unsigned flags;
};
extern const struct action_row actions[ACTIONS];

/* ACTION_NONE where there is none. */
enum action action_named(const char *name);

#endif
