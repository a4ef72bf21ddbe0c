/*
 * datepick.h: a day, typed or picked from months that know which days rest.
 */
#ifndef YUNTAI_TUI_WIDGET_DATEPICK_H
#define YUNTAI_TUI_WIDGET_DATEPICK_H

#include "data/desk.h"
#include "tui/terminal/grid.h"
#include "tui/terminal/key.h"

enum { DATEPICK_DAYS_MOST = 512 };

/* Days that differ from the week, from the verb `notices`. */
struct datepick_days {
    struct datepick_day {
        int32_t day;
        bool works;
    } days[DATEPICK_DAYS_MOST];
    int count;
    int first_year, last_year; /* that notices settle; 0 none */
};
/* Takes a reply to `notices`; what is there already stays. */
void datepick_take(struct datepick_days *days, const struct parcel *reply);
/* Puts them into PARCEL, from which datepick_take() takes them again. */
void datepick_put(const struct datepick_days *days, struct parcel *parcel);
bool datepick_works(const struct datepick_days *days, int32_t day);
bool datepick_settled(const struct datepick_days *days, int32_t day);

/*
 * The day that TEXT means: 2026-12-09, 2026/12/9, 12-9 and 12.9 (the next such day from a half year
 * before TODAY on), 9 (of this month), +12wd, -3d, +2mo, today, 今天, 明天, 后天, 周三, 下周三,
 * wed. DAYS may be NULL: then nothing in working days is understood. False: none.
 */
bool datepick_day(const char *text, int32_t today, const struct datepick_days *days, int32_t *day);

struct datepick { /* what is picked from */
    const struct datepick_days *days;
    int32_t today, chosen;
    int32_t first, last; /* that are lawful; DAY_NONE: open */
    bool english;
};
/* Arrows move by days and weeks, [ ] PgUp PgDn by months, t to today, Home and End in the month. */
bool datepick_key(struct datepick *pick, const struct key_event *event);
/* As many months as fit side by side, the chosen one among them. */
void datepick_draw(const struct datepick *pick, const struct pane *pane);
/* Columns of N months. */
int datepick_columns(int months);

#endif
