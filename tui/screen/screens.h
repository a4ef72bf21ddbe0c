/*
 * screens.h: the screens and sheets, each a file of its own. See tui/console/view.h.
 */
#ifndef YUNTAI_TUI_SCREEN_SCREENS_H
#define YUNTAI_TUI_SCREEN_SCREENS_H

#include "tui/console/view.h"

/* one a line, sorted: screens, then sheets */
extern const struct screen screen_audit;
extern const struct screen screen_bills;
extern const struct screen screen_calendar;
extern const struct screen screen_case;
extern const struct screen screen_cases;
extern const struct screen screen_catalogue;
extern const struct screen screen_consult;
extern const struct screen screen_differences;
extern const struct screen screen_drift;
extern const struct screen screen_deadlines;
extern const struct screen screen_drafts;
extern const struct screen screen_duties;
extern const struct screen screen_findings;
extern const struct screen screen_article;
extern const struct screen screen_flow;
extern const struct screen screen_form;
extern const struct screen screen_holdings;
extern const struct screen screen_mapping;
extern const struct screen screen_more;
extern const struct screen screen_numbers;
extern const struct screen screen_organisations;
extern const struct screen screen_people;
extern const struct screen screen_policy;
extern const struct screen screen_requests;
extern const struct screen screen_resource;
extern const struct screen screen_resources;
extern const struct screen screen_scores;
extern const struct screen screen_sync;
extern const struct screen screen_thing;
extern const struct screen screen_today;
extern const struct screen screen_trials;
extern const struct screen screen_use_chart;
extern const struct screen screen_capacity;
extern const struct screen screen_windows;
extern const struct screen sheet_backup;
extern const struct screen sheet_begin_sync;
extern const struct screen sheet_bulk;
extern const struct screen sheet_columns;
extern const struct screen sheet_conflict;
extern const struct screen sheet_deed;
extern const struct screen sheet_export;
extern const struct screen sheet_facets;
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
extern const struct screen sheet_print;
extern const struct screen sheet_query;
extern const struct screen sheet_quit;
extern const struct screen sheet_remedy;
extern const struct screen sheet_resume;
extern const struct screen sheet_urgent;
extern const struct screen sheet_views;
extern const struct screen sheet_whatif;
extern const struct screen sheet_which;
extern const struct screen sheet_why;

#endif
