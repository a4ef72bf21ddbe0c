/*
 * acts_query.h: which acts of the chain are wanted, as words say it: a person, a case, a day or
 * days, an act. For verb_acts.c alone.
 */
#ifndef YUNTAI_DATA_DESK_ACTS_QUERY_H
#define YUNTAI_DATA_DESK_ACTS_QUERY_H

#include "data/desk/inside.h"

struct acts_query {
    bool narrows;         /* not all of them are wanted */
    int64_t person;       /* who did it: an id, 0 the desk itself, -1 anybody */
    int64_t case_id;      /* 0: of any */
    int64_t above, below; /* places between which those of its days lie */
    const char **events;  /* names of acts, one of which it is; NULL any */
    size_t event_count;
};

/* Reads WORDS (NULL none); what it keeps lives in ASKING's arena. -1 with ERROR, and in the reply
 * the column, from 1, of the word that is wrong. */
int acts_query_read(struct asking *asking, const char *words, struct acts_query *out);
/* All but the places, which are the span's. */
bool acts_query_wants(const struct acts_query *query, const struct record *record);
/* What an act on a register, or on the rules, is called; its name where it has no other. */
void acts_query_register_title(const char *event, const char **zh, const char **en);

#endif
