/*
 * act.h: an act in the making; for the files of the write path alone.
 */
#ifndef YUNTAI_DATA_DESK_ACT_H
#define YUNTAI_DATA_DESK_ACT_H

#include "data/desk/inside.h"

struct deed {
    struct casework *work;
    bool opens;
    const char *name; /* of the event */
    int32_t event;    /* of the procedure, or an act_event */
    int32_t role;     /* -1 none */
    int32_t corrects;
    uint64_t own, roles;        /* of the case's policy: his own; with those he stands in for */
    struct entry *party;        /* whose paper it is */
    const struct entry *absent; /* whom he said he stands in for */
    const char *org;            /* code of the organisation that acts */
    int64_t moment;
    struct text facts;
    bool completes;
    struct act act; /* as it was tried */
};

/* ---- capacity.c ---- */

int deed_who(struct asking *asking, struct deed *deed);
/* In which role: the one said, else the usual one. -1 with ERROR. CAN: those that may. */
int32_t deed_role(struct asking *asking, struct deed *deed, uint64_t can);
/* For whom he acts in the role OWN, which is not his own. NULL: nobody. */
const struct entry *deed_deputises(struct asking *asking, const struct deed *deed, int32_t own);
/* Table `capacities`: in which of the roles CAN he may act, for whom; the usual one first. */
void reply_capacities(struct asking *asking, struct casework *work, bool opens, uint64_t can);
/* Pairs `role_title`, `deputy_of`: as what it was done. */
void reply_capacity(struct asking *asking, const struct deed *deed, const struct record *record);

/* verb_act.c: the roles that may do EVENT, number INDEX of its procedure (NULL: edit), in the case
 * as it is folded. */
uint64_t roles_doing(const struct casework *work, const struct event *event, int32_t index);

/* ---- act.c, restate.c ---- */

int deed_date(struct asking *asking, struct deed *deed);
int deed_try(struct asking *asking, struct deed *deed);
int deed_record(struct asking *asking, struct deed *deed, struct record *out);
int deed_settle(struct asking *asking, struct casework *work, const struct event *event,
                const struct record *record);
int deed_restate(struct asking *asking, struct deed *deed); /* correct, annul */
bool deed_is_note(const char *name);                        /* assign, note, redact */
int deed_note(struct asking *asking, struct deed *deed);
int deed_remedy(struct asking *asking, struct deed *deed); /* explain, waive, take_back */
/* What the case in hand is about: its title. */
const char *case_subject(struct asking *asking, const struct casework *work);
/* Puts before all other FACTS of an opening, where neither its paper nor who opens it says it, for
 * whom the case is, about which system and out of what it came: case.org, case.system, case.source.
 * No fold reads them; verify does. */
void opening_says(struct asking *asking, const struct casework *work, struct text *facts);
/* A case that has no act yet. */
int case_new(struct asking *asking, struct casework *work, struct rulebook *rulebook,
             int32_t procedure, const struct entry *org, const struct entry *system);

#endif
