/*
 * case_preview.h: a case in a few rows: what is under the cursor of a list. And the lines of which
 * it and the case file are made.
 */
#ifndef YUNTAI_TUI_SCREEN_CASE_PREVIEW_H
#define YUNTAI_TUI_SCREEN_CASE_PREVIEW_H

#include "tui/console/view.h"

/* SHOWN: a reply of the verb `show`. Its bar is row 0 of PANE. Rows that matter less go first. */
void case_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                       const struct pane *pane, const struct context *context);
/* clock_preview.c: the same of CLOCK alone: its cards and when they came, what was done about them,
 * on whose desk it is, what can be done and what comes next. */
void clock_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                        const struct pane *pane, const struct context *context);

/* The bar: number, organisation, what it is about; the state and whose turn it is. The row behind.
 */
int case_bar_draw(const struct parcel *shown, const struct pane *pane,
                  const struct context *context);
/* Its clocks that run or are held, a line each from ROW on. The row behind. */
int case_clocks_draw(const struct parcel *shown, const struct pane *pane, int row,
                     const struct context *context);
/* A line of FACT behind its LABEL, where there is one; frees it. The row behind. */
int case_fact_draw(const struct pane *pane, int row, const char *label, enum role role,
                   struct text *fact, const struct context *context);

/* The clock in ROW of the table `clocks` as one line from COLUMN on: card, name, bar, how much of
 * how much, from when to when, what is left, article, basis; as many as there is room for. */
void case_clock_draw(const struct table *clocks, size_t row, const struct pane *pane, int at,
                     int column, const struct context *context);
/* A clock that matters now: it runs or is held. */
bool case_clock_runs(const struct table *clocks, size_t row);
/* What can be done, joined; then what cannot, with the first reason. Appended. */
void case_offers_text(const struct parcel *shown, const struct context *context, struct text *can,
                      struct text *cannot);
/* "云主机 8台 64核 …" of the resource list; appended. */
void case_items_text(const struct parcel *shown, const struct context *context, struct text *out);
void case_documents_text(const struct parcel *shown, const struct context *context,
                         struct text *out);
/* The latest act and those before it, a line each from ROW on, as many as there is room for. */
void case_acts_draw(const struct table *acts, const struct pane *pane, int row,
                    const struct context *context);
/* "11-20周五 16:42 何雪  提出审核意见  words": act ROW of the table `acts`. */
void case_act_text(const struct table *acts, size_t row, const struct context *context,
                   struct text *out);

/* Appends what the case was told in the entries that the policy's file of screens names for KEY
 * (see groups.h), two blanks between them and between the lines of one. */
void case_told_text(const struct parcel *shown, const char *key, const struct context *context,
                    struct text *out);

#endif
