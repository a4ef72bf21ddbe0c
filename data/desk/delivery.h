/*
 * delivery.h: how much of a case's list of resources stands in the vendors' clouds, by their
 * inventories: what an event may be filled in with.
 *
 * Counted are the servers and volumes of the projects that are the system's; of a system that no
 * register knows yet, of projects called like it or like the case. A server is a piece of the line
 * that has as many cores and as much memory; a line of disk alone is counted in volumes. Where no
 * server is as large as any line and there is but one, it is what all of them come to. In a
 * procedure that neither opens nor changes the system, pieces it held before do not count.
 */
#ifndef YUNTAI_DATA_DESK_DELIVERY_H
#define YUNTAI_DATA_DESK_DELIVERY_H

#include "data/desk/inside.h"

/* Appends "CODE N/APPROVED, …" of the lines of the case in hand, which is folded, and *AT: of when
 * the oldest inventory is. Nothing where no inventory shows a piece. -1 with ERROR. */
int delivery_shown(struct asking *asking, struct casework *work, struct text *out, int64_t *at);
/* *SEEN: of each line of the case in hand, which is folded, in their order how many pieces the
 * inventories show; in the arena. NULL: they know nothing of its system. *AT as above. */
int delivery_seen(struct asking *asking, struct casework *work, const int64_t **seen, int64_t *at);
/* The request of ASKING into OUT, with what the inventories show where nothing was said of a line:
 * into the columns that EVENT fills. *SHOWN: pieces they show. -1 with ERROR. */
int delivery_fill(struct asking *asking, struct casework *work, const struct event *event,
                  struct parcel *out, int64_t *shown);

#endif
