/*
 * trial.h: how it stands with a trial's report, and with more time for it. Which acts mean what,
 * the policy's file of screens says in its section [trials]: see groups.h.
 */
#ifndef YUNTAI_TUI_SCREEN_TRIAL_H
#define YUNTAI_TUI_SCREEN_TRIAL_H

#include "tui/console/view.h"

enum trial_report {
    TRIAL_OPEN,      /* nothing of all that was done */
    TRIAL_IN,        /* it is in */
    TRIAL_SENT_BACK, /* it was in and was not enough */
    TRIAL_ASKED,     /* more time is asked for */
    TRIAL_GRANTED,   /* it was given */
    TRIAL_REFUSED    /* it was not */
};
struct trial {
    enum trial_report report;
    const char *on;       /* the day of that act; NULL */
    const char *days;     /* so many were given; "" not known */
    int32_t since, least; /* DAY_NONE not known */
};

/* What ACT, the latest of trial_acts(), means. */
enum trial_report trial_report(const char *act, const struct context *context);
/* Names of all acts that mean anything, by commas; appended. */
void trial_acts(const struct context *context, struct text *out);
/* It is not in, and may not come yet. */
bool trial_is_early(const struct trial *trial, const struct context *context);
/* "已交11-20", "未满15天" …; appended. */
void trial_text(const struct trial *trial, const struct context *context, struct text *out);

/* The case of a trial in a few rows: see struct case_queue. */
void trial_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                        const struct pane *pane, const struct context *context);

#endif
