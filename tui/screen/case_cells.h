/*
 * case_cells.h: cells of lists of cases: card and what is left, short number, name, stage bar …
 *
 * They read the columns of the verb `list` (data/desk.h). A clock that counts working days says 日,
 * one that counts calendar days 天; what was not settled by a notice has ≈ before its date.
 */
#ifndef YUNTAI_TUI_SCREEN_CASE_CELLS_H
#define YUNTAI_TUI_SCREEN_CASE_CELLS_H

#include "tui/widget/list.h"

/* A row by its cells: of a list, or of any table with the columns of the verb `list`. */
struct case_row_cells {
    const char *card, *left, *unit, *days, *due;
    bool held, provisional, closed;
};

/* "▮▮红 超 5日": 10 columns (English 17), the card at its right end, what is left behind it. */
void case_card_text(const struct case_row_cells *row, const struct context *context,
                    struct text *out);
enum role case_card_role(const char *card, bool held, bool closed);
/* "11-16", "11-16周一" (WEEKDAY), "≈01-04", "2025-06-11"; another year than the context's is told.
 */
void case_date_text(const char *due, bool provisional, bool weekday, const struct context *context,
                    struct text *out);
/* 入云〔2026〕287号 of PROCEDURE access: "入0287", in English "A0287"; of another year "入25-0287".
 */
void case_number_text(const char *number, const char *procedure, const struct context *context,
                      struct text *out);
/* "▪▪▫▫": stage STAGE of STAGES; nothing where they are not known. */
void case_stage_text(const char *stage, const char *stages, const struct context *context,
                     struct text *out);
/* Who has it: the person, else the role. */
void case_article_text(const char *cites, const struct context *context, struct text *out);

/* The same as values of list columns. */
void case_value_card(const struct list *list, size_t row, const struct context *context,
                     struct list_value *value);
void case_value_number(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);
void case_value_name(const struct list *list, size_t row, const struct context *context,
                     struct list_value *value);
void case_value_stage(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value);
void case_value_state(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value);
void case_value_clock(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value);
void case_value_basis(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value);
void case_value_article(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value);
void case_value_holder(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);
void case_value_due(const struct list *list, size_t row, const struct context *context,
                    struct list_value *value);
void case_value_opened(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);

#endif
