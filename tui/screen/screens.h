/*
 * screens.h: the screens and sheets, each a file of its own. See tui/console/view.h.
 */
#ifndef YUNTAI_TUI_SCREEN_SCREENS_H
#define YUNTAI_TUI_SCREEN_SCREENS_H

#include "tui/console/view.h"

extern const struct screen screen_audit, screen_bills, screen_case, screen_catalogue,
    screen_consult, screen_deadlines, screen_duties, screen_findings, screen_more, screen_numbers,
    screen_organisations, screen_people, screen_policy, screen_requests, screen_scores,
    screen_thing, screen_today, screen_trials, screen_windows;
extern const struct screen screen_case, screen_deadlines, screen_duties, screen_findings,
    screen_today, screen_trials, screen_requests, screen_more;
screen_organisations, screen_people, screen_policy, screen_requests, screen_resources,
    screen_scores, screen_thing, screen_today, screen_trials, screen_windows;
extern const struct screen screen_case, screen_more, screen_requests, screen_today, screen_trials;

/* sheets of the console: tui/sheet/ */
extern const struct screen sheet_bulk, sheet_help, sheet_messages, sheet_note, sheet_palette,
    sheet_query, sheet_quit, sheet_urgent, sheet_views, sheet_whatif, sheet_which, sheet_why;

/* forms, and what they offer */
extern const struct screen screen_form, screen_drafts, sheet_form_choice, sheet_form_date,
    sheet_form_file, sheet_form_look, sheet_form_rule, sheet_conflict, sheet_new, sheet_resume;

#endif
