/* list.c: every screen and sheet there is: a row each. */
#include "tui/screen/screens.h"

const struct screen *const screens[] = {
    /* screens */
    &screen_today,
    &screen_requests,
    &screen_trials,
    &screen_deadlines,
    &screen_findings,
    &screen_duties,
    &screen_case,
    &screen_more,
    &screen_case,
    &screen_form,
    &screen_drafts,
    /* sheets */
    &sheet_bulk,
    &sheet_conflict,
    &sheet_form_choice,
    &sheet_form_date,
    &sheet_form_file,
    &sheet_form_look,
    &sheet_form_rule,
    &sheet_help,
    &sheet_messages,
    &sheet_new,
    &sheet_note,
    &sheet_palette,
    &sheet_query,
    &sheet_quit,
    &sheet_resume,
    &sheet_urgent,
    &sheet_views,
    &sheet_whatif,
    &sheet_which,
    &sheet_why,
    NULL,
};
