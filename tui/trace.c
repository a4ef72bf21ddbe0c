/* trace.c: a count of days, told day by day. */
#include "tui/trace.h"

#include <stdlib.h>
#include <string.h>

#include "tui/text.h"

const char *weekday_word(int32_t day)
{
    static const char *const words[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                        N_("Fri"), N_("Sat"), N_("Sun")};
    return day == DAY_NONE ? "" : _(words[day_weekday(day) - 1]);
}

void trace_day(struct text *out, int32_t day)
{
    char text[DAY_TEXT];
    text_addf(out, "%s %s", day_format(day, text), weekday_word(day));
}

static void add_moment(struct text *out, const struct step *step)
{
    char text[MOMENT_TEXT];
    int64_t second = step->moment - moment_of(moment_day(step->moment), 0);
    trace_day(out, step->day);
    if (step->moment != MOMENT_NONE && second != 0) {
        text_addf(out, " %s", moment_format(step->moment, text) + DAY_TEXT);
    }
}

static void add_reason(struct text *out, const struct day_reason *reason)
{
    switch (reason->kind) {
    case DAY_WEEKEND:
        text_add(out, _("weekend"));
        break;
    case DAY_HOLIDAY:
    case DAY_MADE_UP:
        text_add(out, reason->name ? reason->name : _("holiday"));
        break;
    case DAY_WORKED:
        break;
    }
    if (reason->notice && reason->notice[0]) {
        text_addf(out, _(", %s"), reason->notice);
    }
}

static void add_period(struct text *out, struct period period)
{
    static const char *const units[] = {[UNIT_WD] = N_("working days"),
                                        [UNIT_D] = N_("days"),
                                        [UNIT_MO] = N_("months"),
                                        [UNIT_H] = N_("hours")};
    text_addf(out, "%d %s", (int)period.n, _(units[period.unit]));
}

/* Steps that count: which day it is, or why it does not count. */
static void add_counting(struct text *out, const struct step *step)
{
    switch (step->kind) {
    case STEP_ANCHOR:
        add_moment(out, step);
        text_addf(out, "  %s", _("counting starts; this day is not counted"));
        break;
    case STEP_COUNTED:
        trace_day(out, step->day);
        text_addf(out, "  %d", (int)step->n);
        if (step->reason.kind == DAY_MADE_UP) {
            text_addf(out, "  %s%s", _("worked"), _(": "));
            add_reason(out, &step->reason);
        }
        break;
    case STEP_RESTS:
        trace_day(out, step->day);
        text_addf(out, "  %s%s", _("rests"), _(": "));
        add_reason(out, &step->reason);
        break;
    case STEP_HELD:
        trace_day(out, step->day);
        text_addf(out, "  %s", _("not counted: the clock stands still"));
        break;
    default:
        break;
    }
}

/* Steps that move: from one day to another. */
static void add_move(struct text *out, const struct step *step)
{
    char from[DAY_TEXT], to[DAY_TEXT];
    switch (step->kind) {
    case STEP_JUMP:
        add_moment(out, step);
        text_add(out, "  ");
        add_period(out, (struct period){step->n, step->period.unit});
        break;
    case STEP_HOLD:
        text_addf(out, _("held from %s to %s"), day_format(step->day, from),
                  day_format(step->day2, to));
        text_addf(out,
                  step->period.unit == UNIT_H    ? _(": moved by %d minutes")
                  : step->period.unit == UNIT_WD ? _(": moved by %d working days")
                                                 : _(": moved by %d days"),
                  (int)step->n);
        break;
    case STEP_EXTENDED:
        add_moment(out, step);
        text_addf(out, "  %s ", _("extended by"));
        add_period(out, step->period);
        break;
    case STEP_REPLACED:
        trace_day(out, step->day);
        text_addf(out, "  %s", _("put in its place"));
        break;
    case STEP_ROLLED:
        trace_day(out, step->day);
        text_addf(out, "  %s%s", _("rests"), _(": "));
        add_reason(out, &step->reason);
        text_addf(out, "%s ", _("; moves to"));
        trace_day(out, step->day2);
        break;
    case STEP_KEPT:
        text_addf(out, _("%s lies before the end of the hold; moves to"),
                  day_format(step->day, from));
        text_add(out, " ");
        trace_day(out, step->day2);
        break;
    case STEP_CLEAR:
        trace_day(out, step->day);
        text_addf(out, "  %s ", _("clear days: one working day earlier,"));
        trace_day(out, step->day2);
        break;
    default:
        break;
    }
}

void trace_line(struct text *out, const struct step *step)
{
    switch (step->kind) {
    case STEP_ANCHOR:
    case STEP_COUNTED:
    case STEP_RESTS:
    case STEP_HELD:
        add_counting(out, step);
        break;
    case STEP_DUE:
        add_moment(out, step);
        text_addf(out, "  %s", _("last day"));
        break;
    default:
        add_move(out, step);
        break;
    }
}

/* ---- as the verb why tells it ---- */

static int64_t number_of(const struct table *table, size_t row, const char *column, int64_t most)
{
    const char *cell = table_cell(table, row, column);
    int64_t number = cell ? strtoll(cell, NULL, 10) : 0;
    return number < -most || number > most ? 0 : number;
}

static int32_t day_of(const struct table *table, size_t row, const char *column)
{
    const char *cell = table_cell(table, row, column);
    int32_t day;
    return cell && day_parse(cell, strlen(cell), &day) ? day : DAY_NONE;
}

struct step trace_step(const struct table *table, size_t row)
{
    const char *moment = table_cell(table, row, "moment");
    int64_t kind = number_of(table, row, "kind", STEP_DUE);
    int64_t unit = number_of(table, row, "unit", UNIT_H);
    int64_t why = number_of(table, row, "why", DAY_HOLIDAY);
    struct step step = {.kind = kind < 0 ? STEP_DUE : (enum step_kind)kind,
                        .day = day_of(table, row, "day"),
                        .day2 = day_of(table, row, "day2"),
                        .moment = MOMENT_NONE,
                        .n = number_of(table, row, "n", INT32_MAX),
                        .period = {number_of(table, row, "period", INT32_MAX),
                                   unit < 0 ? UNIT_WD : (enum unit)unit},
                        .reason = {why < 0 ? DAY_WORKED : (enum day_kind)why,
                                   table_cell(table, row, "name"),
                                   table_cell(table, row, "notice")}};
    int64_t at;
    if (moment && moment_parse(moment, strlen(moment), &at)) {
        step.moment = at;
    }
    return step;
}

size_t trace_clock(const struct table *clocks, const char *clock)
{
    size_t found = SIZE_MAX;
    for (size_t row = 0; clocks && row < table_rows(clocks); row++) {
        const char *name = table_cell(clocks, row, "clock");
        found = name && strcmp(name, clock) == 0 ? row : found;
    }
    return found;
}
