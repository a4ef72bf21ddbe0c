/*
 * policy_article.h: an article of the policy and what came of it: the clocks and their limits as
 * the policy writes them, with the cases they run for, rules, duties, questions and how they are
 * answered, all that cites it.
 */
#ifndef YUNTAI_TUI_SCREEN_POLICY_ARTICLE_H
#define YUNTAI_TUI_SCREEN_POLICY_ARTICLE_H

#include "tui/console/view.h"

enum { TICKET_CLOCKS = 100 };
/* Asks, as TICKET_CLOCKS, for how many open cases each clock runs: COUNTS of what follows. */
void policy_article_ask(struct view *view);

/* Draws ARTICLE (its number) of RULES, a reply of the verb `rules`, from row 0 of PANE on, as far
 * as it has room; how many rows that took. COUNTS may be empty: they are left out then. */
int policy_article_draw(const struct parcel *rules, const struct parcel *counts,
                        const char *article, const struct pane *pane);
/* More rows than it can take. */
int policy_article_rows(const struct parcel *rules);

#endif
