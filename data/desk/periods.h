/*
 * periods.h: the cases that time brings by themselves; for the files periods*.c alone.
 */
#ifndef YUNTAI_DATA_DESK_PERIODS_H
#define YUNTAI_DATA_DESK_PERIODS_H

#include "core/duty.h"
#include "data/desk/inside.h"

struct mapping; /* mapping.h */

struct making { /* one run of periods_make() */
    struct asking *asking;
    struct rulebook *rulebook;
    const struct policy *policy;
    const struct revision *revision;
    int32_t day;
    int64_t made, most; /* cases opened; a run stops at MOST, the next one goes on */
    size_t holder;      /* organisations, then systems: those before it have all their duties */
    size_t account; /* each bill of each organisation, then each score: those before it are in */
    struct billing *billing; /* periods_bill.c's own */
    int slices;              /* of them may still be looked at in this run */
    bool cut;                /* there are more */
};

/* A case that is to stand. Texts are borrowed. */
struct planned {
    const char *source; /* key: there is one case of it */
    const char *kind;   /* duty, score, bill: goes on record as KIND.NAME; NULL none */
    const char *name;
    int32_t procedure, owner, payer; /* -1 none */
    int64_t org, system;
    int32_t due;       /* as written; DAY_NONE none */
    int64_t moment;    /* never after now */
    const char *facts; /* further ones; NULL */
};

/* 1 the case of SOURCE, which falls due on DAY, is there, or on paper as the record began later; 0
 * it is not, -1 ERROR. */
int period_stands(struct making *making, const char *source, int32_t day);
/* 1 opened, 0 it stands already, -1 ERROR. */
int period_opens(struct making *making, const struct planned *planned);
/* The bound of this run is reached. */
bool period_full(const struct making *making);
/* Opening a case may read the registers anew: entries are asked for again by these. */
struct entry *period_org(const struct making *making, int64_t id);
struct entry *period_system(const struct making *making, int64_t id);
/* The next systems in the order of their ids, AT of them passed over. -1 with ERROR. */
enum { PERIOD_SLICE = 64 };
struct period_slice {
    int64_t systems[PERIOD_SLICE];
    size_t count;
};
int period_systems(const struct making *making, int64_t at, struct period_slice *out);
/* What is known of an organisation (and SYSTEM unless NULL), by slot; NULL without memory. */
struct value *period_facts(const struct making *making, const struct entry *org,
                           const struct entry *system);
/* VALUE as the slot NAME reads it is put into FACTS (by slot); a name nobody knows is passed over.
 */
void period_take(const struct policy *policy, struct value *facts, const char *name,
                 const char *value, size_t length);
/* The day a system came into use, else that of its entry; DAY_NONE unknown. */
int32_t system_opened(const struct making *making, const struct entry *system);
/* Now, or the first moment of DAY where that is earlier. */
int64_t period_moment(const struct making *making, int32_t day);

/* What the runs of a clock came to in the cases of an organisation, and those that were sent to it;
 * or how often something was done there. */
struct tallied {
    int64_t org;
    int32_t procedure, name;        /* symbols: an event; PROCEDURE 0: a clock */
    int64_t met, all;               /* runs that ended, or ran over */
    int64_t cards[3], own_cards[3]; /* by stored_card; in its own cases alone */
    int64_t done;
};
/* Counts that for all of them between two moments. 1 it is counted, 0 this step is over (MAKING is
 * cut): the next one goes on, unless it may be another process's (`through`); -1 ERROR. */
int period_tally(struct making *making, int64_t from, int64_t to);
/* After that; never NULL. */
const struct tallied *tallied_of(const struct making *making, int64_t org, int32_t procedure,
                                 int32_t name);

/* Each: 0, or -1 ERROR. */
int periods_duties(struct making *making);
/* Of one organisation. */
int period_bill(struct making *making, const struct bill *bill, int64_t org);
int period_score(struct making *making, int32_t score, const struct entry *org);
int periods_usage(struct making *making);
int periods_inventory(struct making *making);
/* Of SYSTEM, by its id, what was used as the runs that MAPPING puts there show. */
int use_see(struct making *making, const struct mapping *mapping, int64_t system);

#endif
