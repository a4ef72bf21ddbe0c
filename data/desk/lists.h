/*
 * lists.h: what lists and dashboards share; for the verbs alone.
 */
#ifndef YUNTAI_DATA_DESK_LISTS_H
#define YUNTAI_DATA_DESK_LISTS_H

#include "data/desk/inside.h"

/* A query as a filter, in the arena of ASKING; -1 with ERROR, which names the column. */
int filter_make(struct asking *asking, const char *text, struct list_filter *filter);
/*
 * case_told.c: what the pairs `entries`, `acts` and `run` ask to be told of each case besides its
 * row: entries by name, which of those acts was the latest that counts, the latest run of the first
 * of those clocks it has had. Each case is folded for it.
 */
enum { TOLD_FIELDS_MOST = 6, TOLD_MOST = 16, TOLD_COLUMNS_MOST = 3 * TOLD_FIELDS_MOST + 7 };
struct told_names {
    const char *items[TOLD_MOST];
    int count;
};
struct told {
    struct told_names fields, events, clocks;
    bool by_run;             /* the order of the rows, all at once: of last days, */
    struct told_names order; /* else of the first of these fields that has a value; neither: as the
                                list's */
};
/* As the request has it; -1 with ERROR: a name nobody knows. */
int told_make(struct asking *asking, struct told *told);
/* At most TOLD_COLUMNS_MOST of them; how many. */
int told_columns(struct asking *asking, const struct told *told, struct column *columns);
int told_put(struct asking *asking, const struct told *told, const struct case_row *row,
             struct table *table);
/* It has an order of its own. */
bool told_orders(const struct told *told);
/* ROWS in the order of `by`: entries as the policy lists their choices, runs by their last day. */
int told_order(struct asking *asking, const struct told *told, struct case_row *rows,
               int64_t count);
/* A page as table NAME, with the pairs `prev` and `next` where there is more. Rows; -1. ENDS: see
 * lists.h of the store. */
int64_t case_page(struct asking *asking, const struct list_filter *filter, const char *name,
                  const struct told *told, struct list_ends *ends);
enum { LIST_COUNTED_MOST = 20001 }; /* so many are "more than 20000": they are not counted */
/* case_cards.c: table `cards`: how many that FILTER holds for have which card, or stand still; none
 * of more cases than are counted. *COUNTS: what was. */
int case_cards(struct asking *asking, const struct list_filter *filter, struct list_counts *counts);
/* list_names.c: values of a query that stand for something else. */
struct near_word;
/* The clocks that rest on the article or law called NAME: at most MOST names of them into TEXTS;
 * how many, 0: nothing is called so, or no clock rests on it. */
int32_t clocks_under(struct asking *asking, const char *name, struct near_word *nearest,
                     const char **texts, int32_t most);
/* The states called NAME: at most MOST names of them into TEXTS and, where only some of the
 * procedures that have such a state call it so, those as "a,b" into PROCEDURES, else NULL; how
 * many. A name several procedures give to a state is what is stored, its title is each one's own.
 */
int32_t states_called(struct asking *asking, const char *name, struct near_word *nearest,
                      const char **texts, const char **procedures, int32_t most);
/* What PROCEDURE calls its state STATE; NULL: it has none of this name. */
const struct title *state_title(const struct policy *policy, const struct procedure *procedure,
                                const char *state);
/* Appends the cases of the duties that go by NAME, or by NAME/YYYY-MM in which they fall due, to
 * the *COUNT IDS. -1: no duty is called so, or with ERROR. */
int cases_of_duty(struct asking *asking, const char *name, struct near_word *nearest, int64_t *ids,
                  int32_t most, int32_t *count);
/* case_facets.c: table `facets`: of the field `facets` of the request, which values there are and
 * how many have each, with pair `facets_more`: only so many cases were looked at; nothing where it
 * was not asked. */
int case_facets(struct asking *asking, const struct list_filter *filter);
/* Table `days`: of six weeks from the day `days` of the request on, what falls due, whether it is
 * worked and settled by a notice; nothing where it was not asked. */
int case_days(struct asking *asking, const struct list_filter *filter);
/* TOLD: what each row is told besides, put behind it with told_put(); NULL nothing. */
struct table *case_table(struct asking *asking, const char *name, const struct told *told);
enum card case_card(const struct case_row *row, int64_t now); /* of a closed one none */
/* -1 with ERROR. */
int case_put(struct asking *asking, struct table *table, const struct case_row *row);
/* The same of a clock, whose row is that of its case as list_page() gives it; column `key` besides.
 */
struct table *clock_table(struct asking *asking, const char *name, const struct told *told);
int clock_put(struct asking *asking, struct table *table, const struct case_row *row);
/* case_clock.c: cells of a row. The stage, from 1, and how many there are; the clock by which the
 * case stands in the queue: name, title, since when, not before when, in what its limit counts (wd,
 * d, min), calendar days left, basis (stated, implied, house, right), article. STATE is -1 where it
 * is not known. */
void case_put_stage(struct table *table, const struct procedure *procedure, int32_t state);
void case_put_clock(struct asking *asking, struct table *table, const struct case_row *row,
                    const struct policy *policy);

#endif
