/*
 * remedy.h: what is done about cards: explained, waived, urged; for the verbs alone.
 */
#ifndef YUNTAI_DATA_DESK_REMEDY_H
#define YUNTAI_DATA_DESK_REMEDY_H

#include "data/desk/act.h"

/* What an act on a card asks of core: EVENT (EVENT_EXPLAIN …) about RUN by who asks, in his roles
 * of DEED. NULL without memory. The case stands folded up to now. */
const struct verdict *remedy_tried(struct asking *asking, struct deed *deed, int32_t event,
                                   const struct run *run);
/* It has a card that is not waived, and did not end in time. */
bool remedy_waits(const struct run *run);
/* Names of those who could waive a card of the case, at most three of them; in ASKING's arena, ""
 * none. */
const char *remedy_people(struct asking *asking, struct casework *work);

/* remedy_reply.c: table `remedies`: what may be done about each card of the case, by whom, else why
 * not; table `marks`: what was explained, waived and taken back; pair `urged`: how often the case
 * was urged. The case stands folded up to now. */
int reply_remedies(struct asking *asking, struct casework *work);

/* urge.c: a case that urges another: where REQUEST's pair `urges` names one, *ASKING gets a request
 * of its own, MADE, with the procedure it is of and the entries that name that case, where it has
 * none. 0, -1 ERROR. parcel_free(MADE). */
int urge_request(struct asking *asking, struct parcel *made);
/* Links the case in hand with the one it urges, once it is no draft. */
int urge_link(struct asking *asking, struct casework *work);

/* case_mark.c: "waived", "explained" or NULL: what was done about CARD, which the row shows; of one
 * clock where CLOCK is not NULL. -1 with ERROR. */
int case_mark(struct asking *asking, const struct case_row *row, enum card card, const char *clock,
              const char **mark);
/* The same as cells `mark` and `mark_title`; -1 with ERROR. */
int case_put_mark(struct asking *asking, struct table *table, const struct case_row *row,
                  const char *clock);

#endif
