/* list.c: every screen and sheet there is: a row each. */
#include "tui/screen/screens.h"

const struct screen *const screens[] = {
    /* screens */
    &screen_today,
    &screen_requests,
    &screen_trials,
    &screen_case,
    &screen_more,
    &screen_case,
    /* sheets */
    &sheet_bulk,
    &sheet_help,
    &sheet_messages,
    &sheet_note,
    &sheet_palette,
    &sheet_query,
    &sheet_quit,
    &sheet_urgent,
    &sheet_views,
    &sheet_whatif,
    &sheet_which,
    &sheet_why,
    NULL,
    &screen_today,
    &screen_requests,
    &screen_trials,
    &screen_case,
    &screen_trials,
    &screen_more,
    &screen_case,
    NULL,
};
