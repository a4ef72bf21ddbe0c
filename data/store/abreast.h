/*
 * abreast.h: going through the cases, their clocks and documents, and who has part in them, in the
 * order of their ids, abreast of the acts: each table is read once, from its beginning to its end.
 */
#ifndef YUNTAI_DATA_STORE_ABREAST_H
#define YUNTAI_DATA_STORE_ABREAST_H

#include "data/store/store.h"

struct kept_clock { /* a row as it stands; a moment that is null is MOMENT_NONE, LEFT -1 */
    int64_t id;     /* of its case */
    struct text clock;
    int64_t round, state, started, ended, due, yellow, red, red2, blue, left, provisional, place,
        explained, waived;
};

struct abreast {
    struct statement *cases, *clocks, *documents, *parties;
    int64_t case_at, clock_at, document_at,
        party_at;        /* of the row at hand; INT64_MAX behind the last */
    struct case_row row; /* the case at hand; its texts in ARENA */
    struct arena *arena;
    struct kept_clock clock; /* at hand */
    int64_t passed;          /* cases that nobody asked for */
};

int abreast_open(struct store *store, struct abreast *out, struct error *error);
/* Goes to case ID, greater than the one before: 1 found, 0 there is none, -1 ERROR. The texts of
 * OUT live until the next one is asked for. */
int abreast_case(struct abreast *abreast, int64_t id, struct case_row *out, struct error *error);
/* The clocks of case ID are these and no others: 1, 0, -1 ERROR. */
int abreast_clocks(struct abreast *abreast, int64_t id, const struct clock_row *rows, size_t count,
                   struct error *error);
/* The documents of case ID are these (size, actor and time apart) and no others: 1, 0, -1. */
int abreast_documents(struct abreast *abreast, int64_t id, const struct document_row *rows,
                      size_t count, struct error *error);
/* The next organisation that has part in case ID: 1 and *ORG, 0 there is no other, -1 ERROR. */
int abreast_party(struct abreast *abreast, int64_t id, int64_t *org, struct error *error);
/* To the end of the cases. */
int abreast_finish(struct abreast *abreast, struct error *error);
void abreast_close(struct abreast *abreast);

#endif
