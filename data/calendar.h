/*
 * calendar.h: a calendar out of a CSV file.
 *
 * The first row names the columns: notice, published, covers, date, kind, name, in any order. What
 * they hold is said at the top of calendar/cn.csv.
 */
#ifndef YUNTAI_DATA_CALENDAR_H
#define YUNTAI_DATA_CALENDAR_H

#include "core/calendar.h"

/*
 * Reads LENGTH bytes at BYTES; FILE is what messages call them. 0 with the caller's own *OUT; -1
 * with `FILE:LINE: what is wrong; what would be right` appended to ERROR, untranslated.
 */
int calendar_read(const char *file, const char *bytes, size_t length, struct calendar **out,
                  struct text *error);

/* What is wrong with a row of CELLS in the order above: a msgid, to stand behind *VALUE in quotes;
 * NULL: nothing, and *ROW has its days and its kind, not its texts. */
const char *calendar_row_wrong(const char *const cells[], struct calendar_row *row,
                               const char **value);
/* Whether TEXT is one of its sentences. */
bool calendar_says(const char *text);

#endif
