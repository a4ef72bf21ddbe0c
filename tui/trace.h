/*
 * trace.h: a count of days, told day by day: the steps of a trace as lines of text.
 */
#ifndef YUNTAI_TUI_TRACE_H
#define YUNTAI_TUI_TRACE_H

#include "core/reckon.h"
#include "data/desk.h"

/* Monday … Sunday, 周一 … 周日: a short word in the language chosen, for DAY. */
const char *weekday_word(int32_t day);

/* Appends "2019-10-01 Tue". */
void trace_day(struct text *out, int32_t day);

/* Appends "2019-10-01 Tue  rests: National Day (notice)", without an end of line. */
void trace_line(struct text *out, const struct step *step);

/* Row ROW of the table `steps` of the verb why as the step that it was made of. */
struct step trace_step(const struct table *steps, size_t row);
/* The row of CLOCK's latest round in the table `clocks`; SIZE_MAX where there is none. */
size_t trace_clock(const struct table *clocks, const char *clock);

#endif
