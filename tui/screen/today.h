/*
 * today.h: what the files of the screen "today" share. Not for others.
 */
#ifndef YUNTAI_TUI_SCREEN_TODAY_H
#define YUNTAI_TUI_SCREEN_TODAY_H

#include "tui/widget/list.h"

enum today_pane { TODAY_URGENT, TODAY_HEAT, TODAY_DESKS, TODAY_PANES };
enum { TODAY_DAYS = 30, TODAY_WIDE = 100, TODAY_BESIDE = 160 };

struct today {
    struct list *urgent;
    struct parcel status;              /* of the verb `status` */
    struct parcel resources, security; /* of `resources`, and of `list` with cards and facets */
    enum today_pane pane;              /* has the keys */
    int day;                           /* of the heat: an index of the table `heat` */
    int desk;        /* a row of the table `handlers`; in the wide heat -1 is the sum */
    int desks_shown; /* there was room for */
};

/* The body: urgent cases, heat, desks, sums by procedure; what there is room for. */
void today_draw(struct today *today, const struct pane *pane, const struct context *context);
/* today_sums.c: resources, security and what comes round: in three columns, or one below the other;
 * in two rows. */
void today_sums_below(const struct today *today, const struct pane *pane,
                      const struct context *context);
void today_sums_beside(const struct today *today, const struct pane *pane,
                       const struct context *context);
void today_sums_lines(const struct today *today, const struct pane *pane,
                      const struct context *context);
/* The desk in ROW in the language chosen. Appended. */
void today_desk_name(const struct today *today, size_t row, const struct context *context,
                     struct text *out);
/* Number in COLUMN of ROW of TABLE; 0 where unknown. */
int64_t today_number(const struct table *table, size_t row, const char *column);
enum role today_heat_role(int64_t n);

#endif
