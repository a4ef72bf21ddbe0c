/* list.c: every screen and sheet there is: a row each. */
#include "tui/screen/screens.h"

const struct screen *const screens[] = {
    /* screens, those with a tab first */
    &screen_today,
    &screen_requests,
    &screen_more,
    NULL,
};
