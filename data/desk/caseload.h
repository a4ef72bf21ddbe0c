/*
 * caseload.h: notes put in many cases at once: a successor, another officer.
 */
#ifndef YUNTAI_DATA_DESK_CASELOAD_H
#define YUNTAI_DATA_DESK_CASELOAD_H

#include "data/desk/inside.h"

enum { CASELOAD_BATCH = 500 };

/* Takes case ID up to be changed: folded up to now, the desk's own acts done first. 0, or -1 with
 * ERROR; call casework_free() in both cases. */
int caseload_take(struct asking *asking, int64_t id, struct casework *work);
/* Puts a note EVENT (assign, note) with FACTS on record and saves the case. REASON may be NULL. */
int caseload_note(struct asking *asking, struct casework *work, const char *event,
                  const struct text *facts, const char *reason);

#endif
