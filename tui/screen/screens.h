/*
 * screens.h: the screens and sheets, each a file of its own. See tui/console/view.h.
 */
#ifndef YUNTAI_TUI_SCREEN_SCREENS_H
#define YUNTAI_TUI_SCREEN_SCREENS_H

#include "tui/console/view.h"

/* one a line, sorted: screens, then sheets */
extern const struct screen screen_audit;
extern const struct screen screen_bills;
extern const struct screen screen_case;
extern const struct screen screen_catalogue;
extern const struct screen screen_consult;
extern const struct screen screen_deadlines;
extern const struct screen screen_drafts;
extern const struct screen screen_duties;
extern const struct screen screen_findings;
extern const struct screen screen_form;
extern const struct screen screen_more;
extern const struct screen screen_numbers;
extern const struct screen screen_organisations;
extern const struct screen screen_people;
extern const struct screen screen_policy;
extern const struct screen screen_requests;
extern const struct screen screen_resources;
extern const struct screen screen_scores;
extern const struct screen screen_thing;
extern const struct screen screen_today;
extern const struct screen screen_trials;
extern const struct screen screen_windows;
extern const struct screen sheet_bulk;
extern const struct screen sheet_conflict;
extern const struct screen sheet_form_choice;
extern const struct screen sheet_form_date;
extern const struct screen sheet_form_file;
extern const struct screen sheet_form_look;
extern const struct screen sheet_form_rule;
extern const struct screen sheet_help;
extern const struct screen sheet_messages;
extern const struct screen sheet_new;
extern const struct screen sheet_note;
extern const struct screen sheet_palette;
extern const struct screen sheet_query;
extern const struct screen sheet_quit;
extern const struct screen sheet_resume;
extern const struct screen sheet_urgent;
extern const struct screen sheet_views;
extern const struct screen sheet_whatif;
extern const struct screen sheet_which;
extern const struct screen sheet_why;
extern const struct screen screen_audit, screen_bills, screen_case, screen_catalogue,
    screen_consult, screen_deadlines, screen_drafts, screen_duties, screen_findings, screen_form,
    screen_more, screen_numbers, screen_organisations, screen_people, screen_policy,
    screen_requests, screen_resources, screen_scores, screen_thing, screen_today, screen_trials,
    screen_windows;

/* sheets of the console: tui/sheet/ */
extern const struct screen sheet_bulk, sheet_help, sheet_messages, sheet_note, sheet_palette,
    sheet_query, sheet_quit, sheet_urgent, sheet_views, sheet_whatif, sheet_which, sheet_why;

/* forms, and what they offer */
extern const struct screen sheet_form_choice, sheet_form_date, sheet_form_file, sheet_form_look,
    sheet_form_rule, sheet_conflict, sheet_new, sheet_resume;

#endif
