/*
 * trace.h: a count of days, told day by day: the steps of a trace as lines of text.
 */
#ifndef YUNTAI_TUI_TRACE_H
#define YUNTAI_TUI_TRACE_H

#include "core/reckon.h"

/* Monday … Sunday, 周一 … 周日: a short word in the language chosen, for DAY. */
const char *weekday_word(int32_t day);

/* Appends "2019-10-01 Tue  rests: National Day (notice)", without an end of line. */
void trace_line(struct text *out, const struct step *step);

#endif
