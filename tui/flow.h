/*
 * flow.h: a procedure as a picture of text: a box for each state, from it what can be done there
 * and where that leads. What leads to the next box is the line between the two.
 */
#ifndef YUNTAI_TUI_FLOW_H
#define YUNTAI_TUI_FLOW_H

#include "data/desk.h"
#include "tui/terminal/grid.h"
#include "tui/widget/page.h"

enum flow_stop { FLOW_STATE, FLOW_MOVE }; /* kinds of stops; their index is the row of the table */

int flow_rows(const struct parcel *flow); /* it takes at most */
/* Draws FLOW (see desk_flow(); with the table `counts` how many cases are in each state) from row 0
 * of PANE on, which has room for all of it; how many rows that took. PAGE gets a stop for each
 * state and each move; NULL: none is wanted. */
int flow_draw(const struct parcel *flow, const struct pane *pane, struct page *page);
/* Row of the state called NAME; -1 there is none. */
int flow_state(const struct parcel *flow, const char *name);

#endif
