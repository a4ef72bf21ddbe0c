/*
 * http.h: bounded fetches over HTTP, several at a time on kept connections.
 *
 * Whatever a server does, a call ends: every size, every time and every number of tries has a
 * limit. Times count while the other side is awaited; what our own side takes to work on an answer
 * or to hand it on does not. Redirections are followed within the origin of the call alone, and
 * nothing is ever sent to another.
 */
#ifndef YUNTAI_DATA_VENDOR_HTTP_H
#define YUNTAI_DATA_VENDOR_HTTP_H

#include "data/error.h"
#include "data/vendor/origin.h"

struct http;
struct http_call;

struct http_limits {
    int64_t connect_ms;              /* to a connection, TLS and all */
    int64_t answer_ms;               /* of one answer */
    int64_t slow_ms, slow_bytes;     /* in any SLOW_MS at least SLOW_BYTES arrive */
    int64_t body_bytes, run_bytes;   /* once unpacked: of an answer, of all of them */
    int64_t header_bytes;            /* of an answer */
    int64_t header_lines;            /* of an answer */
    int64_t tries;                   /* of a call that finds nobody at home: 1 is no second one */
    int64_t pause_ms, pause_most_ms; /* the first pause before a new try, which doubles; a
                                        Retry-After of more than the second is not waited for */
    int64_t parallel;                /* calls under way at once, 1..8 */
};
/* The limits of a run in the field. */
extern const struct http_limits http_usual;

struct http_ways {
    const char *ca;    /* PEM file of the only authorities that are trusted; NULL: the system's */
    const char *proxy; /* its address; NULL or "": none, whatever the environment says */
    bool plain;        /* http is allowed, but to this machine alone */
    int wake;          /* a descriptor: when it has something to read, WOKEN is asked; -1: none */
    int (*woken)(void *context); /* 1: go on; 0: it has no more to say; -1: all is given up */
    void *context;
    /* CALL, whose fault and status say why, is to be tried again; SECONDS: the pause that the
     * service asked for, -1: none. May be NULL. */
    void (*tried)(void *told, const struct http_call *call, int64_t seconds);
    void *told;
};

/* All strings of WAYS are copied. NULL with ERROR. */
struct http *http_new(const struct http_limits *limits, const struct http_ways *ways,
                      struct error *error);
void http_free(struct http *http);           /* gives up what is under way */
int64_t http_bytes(const struct http *http); /* taken so far, unpacked */
/* The same of bodies as they came over the line: packed, where the service packs them. */
int64_t http_packed(const struct http *http);
/* SECRET never shows in an error of this http, whoever says it; SLOT 0..3 is its place, and a new
 * one there replaces the old. */
void http_hide(struct http *http, int slot, const char *secret);

enum http_fault {
    HTTP_GOOD,        /* an answer of 2xx, whole and taken */
    HTTP_STATUS,      /* another status: `status`, and what was said in `refusal` */
    HTTP_BUSY,        /* the same of 429 or 5xx, again and again, or for too long */
    HTTP_UNREACHABLE, /* no connection */
    HTTP_UNTRUSTED,   /* not who it should be, or no TLS that is good enough */
    HTTP_SLOW,        /* fewer bytes than a modem sends */
    HTTP_LATE,        /* not whole in time */
    HTTP_BROKEN,      /* it broke off, or was no HTTP */
    HTTP_LARGE,       /* of an answer or of the run */
    HTTP_HEADERS,     /* more of them than are read */
    HTTP_TYPE,        /* no application/json */
    HTTP_ORIGIN,      /* would have gone to another origin, or by http where it may not */
    HTTP_CIRCLE,      /* from address to address */
    HTTP_STOPPED      /* `take` wanted no more; it knows why */
};

struct http_call {
    /* The question: the caller's, unchanged while the call is under way. */
    const char *url;
    int page;                    /* shown behind the address as #PAGE; 0: not */
    const struct origin *origin; /* the only one it goes to */
    const char *const *headers;  /* "Name: value"; NULL at the end; NULL: none */
    const char *body;            /* posted as JSON, and never redirected; NULL: GET */
    /* Bytes of a good answer as they come; false: no more of it. */
    bool (*take)(struct http_call *call, const char *bytes, size_t length);
    /* What was taken is void: the answer begins anew. May be NULL. */
    void (*again)(struct http_call *call);
    void *context;

    /* The answer, when http_finish() gives the call back; http_call_free() frees it. */
    enum http_fault fault;
    long status;
    int64_t bytes;                         /* unpacked */
    int tries;                             /* 1.. */
    struct text subject_token, link, date; /* X-Subject-Token, Link, Date */
    struct text request;                   /* X-OpenStack-Request-Id */
    struct text refusal;                   /* the first 16 KiB of another status' body */
    struct text detail, limit;             /* of the fault, for people */
    struct http_flight *flight;            /* http.c's */
};

/* Begins CALL, which stays where it is until it is given back. -1 with ERROR: memory is short. */
int http_start(struct http *http, struct http_call *call, struct error *error);
/* Sends the questions that were begun, as far as that is possible without waiting; bytes of answers
 * may be taken, but no call is given back. -1 with ERROR: memory is short. */
int http_send(struct http *http, struct error *error);
/* Waits until a call has ended and gives it back, whatever its fault. NULL: none is under way; or
 * with ERROR: given up (ERROR_INTERRUPTED), or memory is short; calls are then under way until
 * http_free(). */
struct http_call *http_finish(struct http *http, struct error *error);
/* Frees the answer, so that the call can be begun again. */
void http_call_free(struct http_call *call);
/* What went wrong with a CALL that was given back, into ERROR: where, what, and what the service
 * said. Returns -1. */
int http_error(const struct http *http, const struct http_call *call, struct error *error);

#endif
