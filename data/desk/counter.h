/*
 * counter.h: the desk in this process: the store, its policies and calendars, and who stands at it.
 *
 * desk_call() over the local transport and `yuntai serve` both end here. A counter is used by one
 * process; several processes may each have one on the same workspace.
 */
#ifndef YUNTAI_DATA_DESK_COUNTER_H
#define YUNTAI_DATA_DESK_COUNTER_H

#include "data/error.h"
#include "data/parcel.h"

struct counter;

/* The workspace DIRECTORY, which must have been made (workspace_make). An older store is upgraded
 * after a backup; a newer one is refused. */
int counter_open(const char *directory, struct counter **out, struct error *error);
/* The same only to read, all of it as it stands now: what others write later is not seen. The store
 * must be of this version. */
int counter_open_reading(const char *directory, struct counter **out, struct error *error);
void counter_close(struct counter *counter);

struct visitor {    /* who asks */
    uint32_t uid;   /* of the account (SO_PEERCRED, or this process's) */
    int64_t pid;    /* of the process, likewise */
    bool owner;     /* the account that owns the workspace: may say `as` and `now` */
    const char *as; /* login, where owner; NULL */
    int64_t now;    /* moment, where owner; MOMENT_NONE: the clock */
    int64_t seen;   /* place of the chain up to which he was told of changes */
    bool vouched;   /* counter_permit() looked at his rights before: all is open to him */
};

/* One request. 0 with REPLY, -1 with ERROR (and what it speaks of in REPLY). REPLY is empty before.
 */
int counter_answer(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *reply, struct error *error);

/* The verb only reads: its request may be given up half way. */
bool counter_reads(const char *verb);
/* While a request is answered that only reads, STOP is asked every so often whether to give it up:
 * it then fails with ERROR_INTERRUPTED. NULL: nobody is asked. */
void counter_heed(struct counter *counter, bool (*stop)(void *self), void *self);

/* The verb may take minutes: whoever has others to answer has it done elsewhere (wire/errand.h). */
bool counter_takes_long(const char *verb);
/* May he ask for this, which takes long? 0 with ERRAND, empty before: the request for one who is
 * vouched for. -1 with ERROR, as counter_answer(). */
int counter_permit(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *errand, struct error *error);
struct headway {      /* of what takes long */
    const char *step; /* acts, documents, pages: what is counted */
    int64_t done, of;
    int64_t cases, cases_of; /* with acts */
};
/* TELL hears every so often how far a request is that takes long. NULL: nobody does. */
void counter_tell(struct counter *counter, void (*tell)(void *self, const struct headway *headway),
                  void *self);

/* Requests between these share one commit, each a savepoint; answers may be sent only after
 * counter_commit() returned 0. */
int counter_begin(struct counter *counter, struct error *error);
int counter_commit(struct counter *counter, struct error *error);
void counter_rollback(struct counter *counter);

/* Place of the chain now: it grows with every act. */
int64_t counter_seq(struct counter *counter);
/* Does a step of what time alone brings (system acts, duties of the year), under a tenth of a
 * second; *NEXT: the moment (UTC seconds) at which there is something to do again, 0 at once,
 * INT64_MAX none. 0: nothing was done, -1 with ERROR. */
int64_t counter_tick(struct counter *counter, int64_t *next, struct error *error);
/* Records who came in, or was turned away before any request. */
void counter_log(struct counter *counter, uint32_t uid, const char *what, const char *outcome);

#endif
