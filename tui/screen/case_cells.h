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
    const char *mark; /* of the card: "waived", "explained"; NULL or "" none */
    const char *sign; /* in the place of the card: "in" what was to come is there, "after" its time
                         is over; NULL none */
    bool held, provisional, closed;
};

/* "▮▮红 超 5日": 10 columns (English 17), the card at its right end, what is left behind it. */
void case_card_text(const struct case_row_cells *row, const struct context *context,
                    struct text *out);
/* Of that, on a tiny screen: the bytes of the card alone, or of the blanks in its place; else 0. */
size_t case_card_brief(const char *text, const struct context *context);
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
void case_value_title(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value);
void case_value_org(const struct list *list, size_t row, const struct context *context,
                    struct list_value *value);
void case_value_system(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);
void case_value_procedure(const struct list *list, size_t row, const struct context *context,
                          struct list_value *value);
void case_value_county(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);
void case_value_vendor(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value);
void case_value_changed(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value);

/* The first entry that the case has of those the policy's file of screens names for KEY (see
 * groups.h), as column SUFFIX has it: "" the value, "_title", "_place"; "" where it has none. Asked
 * for with pair `entries` of the verb `list`. */
const char *case_entry(const struct list *list, size_t row, const char *key, const char *suffix,
                       const struct context *context);

/*
 * Columns of lists of cases, as initialisers of struct list_column: what a screen says besides, of
 * its order and room, is put between the brackets.
 */
#define CASE_COLUMN(column_name, column_head, ...)                                                 \
    {                                                                                              \
        .name = column_name, .head = column_head, __VA_ARGS__                                      \
    }
#define CASE_CARD(...)                                                                             \
    CASE_COLUMN("card", N_("card left"), .least = 12, .english = 3, .tiny = 11, .tiny_english = 5, \
                .value = case_value_card, __VA_ARGS__)
#define CASE_NUMBER(...)                                                                           \
    CASE_COLUMN("number", N_("number"), .least = 6, .most = 9, .name_band = true,                  \
                .value = case_value_number, __VA_ARGS__)
#define CASE_NAME(...)                                                                             \
    CASE_COLUMN("name", N_("organisation, system"), .brief = N_("unit, system"), .least = 12,      \
                .rank = 1, .name_band = true, .value = case_value_name, __VA_ARGS__)
#define CASE_TITLE(...)                                                                            \
    CASE_COLUMN("title", N_("what"), .least = 14, .most = 36, .value = case_value_title,           \
                __VA_ARGS__)
#define CASE_ORG(...)                                                                              \
    CASE_COLUMN("org", N_("organisation"), .least = 12, .most = 20, .value = case_value_org,       \
                __VA_ARGS__)
#define CASE_SYSTEM(...)                                                                           \
    CASE_COLUMN("system", N_("system"), .least = 12, .most = 24, .value = case_value_system,       \
                __VA_ARGS__)
#define CASE_STAGE(...)                                                                            \
    CASE_COLUMN("stage", N_("step"), .least = 5, .most = 5, .value = case_value_stage, __VA_ARGS__)
#define CASE_STATE(...)                                                                            \
    CASE_COLUMN("state", N_("state"), .least = 8, .value = case_value_state, __VA_ARGS__)
#define CASE_CLOCK(...)                                                                            \
    CASE_COLUMN("clock", N_("clock"), .most = 18, .value = case_value_clock, __VA_ARGS__)
#define CASE_BASIS(...)                                                                            \
    CASE_COLUMN("basis", N_("nature"), .least = 4, .english = 3, .most = 8,                        \
                .value = case_value_basis, __VA_ARGS__)
#define CASE_ARTICLE(...)                                                                          \
    CASE_COLUMN("article", N_("ground"), .least = 6, .most = 7, .value = case_value_article,       \
                __VA_ARGS__)
#define CASE_HOLDER(...)                                                                           \
    CASE_COLUMN("holder", N_("whose turn"), .brief = N_("whose"), .least = 8, .most = 10,          \
                .value = case_value_holder, __VA_ARGS__)
#define CASE_DUE(...)                                                                              \
    CASE_COLUMN("due", N_("due"), .least = 5, .most = 10, .value = case_value_due, __VA_ARGS__)
/* What any of them may show besides, where a person asks for it. */
#define CASE_SPARE_ORG CASE_ORG(.spare = true, .rank = 4)
#define CASE_SPARE_SYSTEM CASE_SYSTEM(.spare = true, .rank = 4)
#define CASE_SPARE_TITLE CASE_TITLE(.spare = true, .rank = 4)
#define CASE_SPARE_BASIS CASE_BASIS(.spare = true, .rank = 4)
#define CASE_SPARE_STAGE CASE_STAGE(.spare = true, .rank = 4)
#define CASE_SPARE                                                                                 \
    CASE_COLUMN("procedure", N_("procedure"), .least = 8, .most = 14, .rank = 4, .spare = true,    \
                .value = case_value_procedure),                                                    \
        CASE_COLUMN("county", N_("county"), .least = 8, .most = 14, .rank = 4, .spare = true,      \
                    .value = case_value_county),                                                   \
        CASE_COLUMN("vendor", N_("vendor"), .least = 8, .most = 14, .rank = 4, .spare = true,      \
                    .value = case_value_vendor),                                                   \
        CASE_COLUMN("opened", N_("opened"), .least = 5, .most = 10, .rank = 4, .spare = true,      \
                    .sort = "opened", .value = case_value_opened),                                 \
        CASE_COLUMN("changed", N_("changed"), .least = 5, .most = 10, .rank = 4, .spare = true,    \
                    .sort = "changed", .value = case_value_changed)

#endif
