/*
 * groups.h: which cases stand on which screen: a query by name, of a person's own screens.ini, else
 * of the file that comes with the policy (policy/ID.screens.ini). What a screen tells of its cases
 * besides stands there in a section of the screen's name, and goes by SCREEN.KEY. The keys that are
 * read are those of yuntai-screens.ini(5).
 */
#ifndef YUNTAI_TUI_CONSOLE_GROUPS_H
#define YUNTAI_TUI_CONSOLE_GROUPS_H

#include "data/desk.h"

/* Fills GROUPS, which is emptied first: a pair each. What is wrong with a file is in ERROR
 * (translated) and the file is passed over; where there is none, there are no pairs: every screen
 * shows all. */
void groups_read(const char *policy, const char *language, struct parcel *groups,
                 struct text *error);

#endif
