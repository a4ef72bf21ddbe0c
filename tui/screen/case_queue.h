/*
 * case_queue.h: a screen that is a list of cases: what requests, trials, deadlines and findings
 * have in common. A screen of this kind is a const struct case_queue, an open() that names it, and
 * CASE_QUEUE_METHODS in its table.
 */
#ifndef YUNTAI_TUI_SCREEN_CASE_QUEUE_H
#define YUNTAI_TUI_SCREEN_CASE_QUEUE_H

#include "tui/widget/list.h"

/* The list of cases with COLUMN_TABLE; NONE: msgid of what is said where there is none. */
#define CASE_LIST(column_table, none)                                                              \
    {                                                                                              \
        .verb = "list", .table = "cases", .key = "number", .empty = none, .columns = column_table, \
        .column_count = sizeof column_table / sizeof *column_table, .apart = true                  \
    }

struct case_queue {
    struct list_spec list; /* verb `list`, or one that answers alike */
    const char *group;     /* whose cases: see group_query(); "" all */
    const char *count;     /* msgid of row 2: "Requests" */
    /* What each of its requests holds besides, with list_pair(); NULL nothing. */
    void (*pairs)(const struct context *context, struct list *list);
    /* Draws what stands below its rows, a line; only where it is not NULL and there is room. */
    void (*foot)(const struct view *view, const struct pane *pane);
    /* What the signs of its rows mean, for row 2 where that has room; NULL nothing. */
    void (*legend)(const struct list *list, const struct context *context, struct text *out);
    /* What stands below the list for the case SHOWN (a reply of the verb `show`), which stands
     * there by CLOCK, "" by none. USE: what its system uses, a reply of the verb `resources`, where
     * that is asked for and there already. */
    void (*preview)(const struct parcel *shown, const struct parcel *use, const char *clock,
                    const struct pane *pane, const struct context *context);
    bool uses; /* USE is asked for */
};

struct case_queue_state { /* the state of such a screen; begins it where it has more */
    const struct case_queue *queue;
    struct list *list;
    struct text filter;  /* what the person typed */
    struct text wanted;  /* the case whose preview is on its way or shown */
    struct parcel shown; /* its file */
    struct parcel use;   /* what its system uses */
    struct parcel cards; /* counts by card */
    bool cards_due;      /* to be asked for as soon as the rows are there */
    bool hidden;         /* the preview is off */
    bool failed;         /* the last filter was refused */
};

extern const enum action case_queue_acts[];
void case_queue_open(struct view *view, const char *what, const struct case_queue *queue);
void case_queue_close(struct view *view);
void case_queue_reply(struct view *view, int ticket, const struct parcel *reply,
                      const struct error *error);
bool case_queue_act(struct view *view, enum action action);
void case_queue_refresh(struct view *view);
void case_queue_wake(struct view *view);
void case_queue_context(const struct view *view, const struct pane *pane);
void case_queue_draw(const struct view *view, const struct pane *pane);
const char *case_queue_subject(const struct view *view, const char **clock);
int case_queue_marked(const struct view *view, struct text *out);
void case_queue_filter(struct view *view, const char *query);
const char *case_queue_filtered(const struct view *view);
struct list *case_queue_list(const struct view *view);
const char *case_queue_listing(const struct view *view, struct parcel *request);

/* Counts by card of the table `cards`, from COLUMN on in row 0; the column behind them. */
int case_cards_draw(const struct parcel *cards, const struct pane *pane, int column);

#define CASE_QUEUE_METHODS                                                                         \
    .where = WHERE_LIST, .acts = case_queue_acts, .close = case_queue_close,                       \
    .act = case_queue_act, .refresh = case_queue_refresh, .wake = case_queue_wake,                 \
    .context_row = case_queue_context, .draw = case_queue_draw, .subject = case_queue_subject,     \
    .marked = case_queue_marked, .filter = case_queue_filter, .filtered = case_queue_filtered,     \
    .reply = case_queue_reply, .list = case_queue_list, .listing = case_queue_listing

#endif
