/*
 * city.h: the sample city of a day, in a workspace of its own. What goes wrong is a failed
 * assertion of cmocka.
 */
#ifndef YUNTAI_TEST_SUPPORT_CITY_H
#define YUNTAI_TEST_SUPPORT_CITY_H

#include "test/support/bureau.h"

/* Makes it as of DAY ("2026-11-30") and opens the desk on that day, as the owner of the workspace.
 * To be ended by bureau_free(). */
void city_make(struct bureau *bureau, const char *day);
/* Calls TAKE for every row of every page of the list QUERY, closed cases too. */
void city_cases(struct bureau *bureau, const char *query,
                void (*take)(void *self, const struct table *cases, size_t row), void *self);

#endif
