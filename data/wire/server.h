/*
 * server.h: what the parts of the server share. Inside: serve.c (the loop), hall.c (who comes and
 * goes), round.c (requests and their one commit), outside.c (what takes long).
 */
#ifndef YUNTAI_DATA_WIRE_SERVER_H
#define YUNTAI_DATA_WIRE_SERVER_H

#include <poll.h>

#include "data/desk/counter.h"
#include "data/wire/errand.h"
#include "data/wire/guest.h"
#include "data/wire/socket.h"

enum {
    ROUND_MOST = 256,
    KNOWN_MOST = 64,
    SENT_MOST = 4,
    SERVER_POLLS = 2 + SENT_MOST /* signals, the socket, those sent out */
};

struct round_item { /* a request of this round */
    struct guest *guest;
    struct parcel request;
    size_t before; /* bytes that waited for the guest before its reply */
    bool watch;    /* it asked for changes, and may have them */
};

struct sent {              /* a child, for whichever guests have its errand as theirs */
    struct errand *errand; /* NULL: none */
    struct text asked;     /* the request, by which the same is known */
    int64_t recalled;      /* ms: since when nobody waits for it, or it is done; 0 */
};

struct server {
    struct counter *counter;
    const char *workspace;
    struct listening listening;
    int signals;
    uint32_t own; /* uid */
    size_t clients;
    struct guest_limits limits;

    struct guest **guests; /* room for `clients` */
    size_t count, turn;    /* whose turn it is first in the next round */
    struct pollfd *polls;  /* SERVER_POLLS, then one a guest */
    struct round_item round[ROUND_MOST];
    struct sent sent[SENT_MOST];

    int64_t seq;       /* place of the chain */
    int64_t tick_at;   /* ms: when time alone may bring something */
    int64_t accept_at; /* ms: not before, descriptors were short */
    int64_t minute;    /* ms: the beginning of the minute `lines` counts in */
    int lines;         /* of the log, on what was refused */
    struct {
        uint32_t uid;
        int64_t until; /* ms: his coming is not noted again before */
    } known[KNOWN_MOST];
    size_t known_next;
    bool stopping;
};

/* ---- hall.c ---- */
/* Lets in who waits at the door, or turns away who is too many. */
void hall_accept(struct server *server, int64_t now);
/* Its hello was heard: says so. */
void hall_welcome(struct server *server, struct guest *guest, int64_t now);
/* Closes it alone; the log has why (WHAT it did). */
void hall_expel(struct server *server, struct guest *guest, const char *what);
/* Closes who is slow, and says farewell to who is idle; lowers *UNTIL to when the next is. */
void hall_clean(struct server *server, int64_t now, int64_t *until);
/* Forgets those who are gone. */
void hall_sweep(struct server *server);
/* Sends what waits and goes; says what changed to who wants to know and has nothing waiting. */
void hall_send(struct server *server, int64_t now);

/* ---- round.c ---- */
/* Somebody has a request that may be answered now. */
bool round_ready(const struct server *server);
/* Answers at most one request of each guest, all in one commit. */
void round_answer(struct server *server, int64_t now);

/* ---- outside.c ---- */
/* REQUEST is done by a child, whose word GUEST then waits for; by one with another, who asked for
 * the same. -1 with ERROR: it may not be asked for, or nobody can be sent. */
int outside_ask(struct server *server, struct guest *guest, const struct visitor *visitor,
                const struct parcel *request, struct error *error);
/* The guest waits no longer, and is told so. */
void outside_give_up(struct guest *guest);
/* Fills POLLS, SENT_MOST of them. */
void outside_poll(const struct server *server, struct pollfd *polls);
/* Passes on what they say. */
void outside_hear(struct server *server);
/* Recalls those nobody waits for; lowers *UNTIL to when one that lingers is ended. */
void outside_clean(struct server *server, int64_t now, int64_t *until);
void outside_end(struct server *server);

#endif
