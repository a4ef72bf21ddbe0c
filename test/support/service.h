/*
 * service.h: a small HTTP(S) server on loopback that a test writes itself.
 *
 * Every connection is a process of its own, so that a play may dawdle, break off or go on for ever;
 * what it wants to tell the test it counts in memory that both see.
 */
#ifndef YUNTAI_TEST_SUPPORT_SERVICE_H
#define YUNTAI_TEST_SUPPORT_SERVICE_H

#include <stdatomic.h>
#include <sys/types.h>

#include "core/text.h"

enum service_papers {
    SERVICE_PLAIN,      /* no TLS */
    SERVICE_TRUSTED,    /* for 127.0.0.1, by the authority of service_authority() */
    SERVICE_EXPIRED,    /* the same, yesterday's */
    SERVICE_FOREIGN,    /* by another authority */
    SERVICE_OTHER_HOST, /* by the right one, for another host */
    SERVICE_OLD         /* TLS 1.1 and no later one */
};
enum { SERVICE_COUNTS = 16, SERVICE_HEAD_MOST = 32 << 10 };

struct service_seen { /* shared by the test and all connections */
    atomic_int requests, connections, count[SERVICE_COUNTS];
    atomic_int tokens;            /* requests with an X-Auth-Token */
    char head[SERVICE_HEAD_MOST]; /* the last request: line, headers and body */
};

struct line { /* one connection, within a play */
    struct service_seen *seen;
    int port;
    const char *scheme;
    const char *method, *target; /* of the request at hand: "GET", "/path?query" */
    const char *body, *head;     /* HEAD: all of the request */
    int socket;
    struct ssl_st *ssl;
    bool over; /* the connection is not kept */
};
/* Answers one request. */
typedef void service_play(struct line *line);

struct service {
    pid_t process;
    int port;
    char url[64]; /* "https://127.0.0.1:PORT" */
    struct service_seen *seen;
};

/* Starts one; asserts that it could. */
void service_start(struct service *service, service_play *play, enum service_papers papers);
void service_stop(struct service *service);
/* The path of a PEM file of the authority that is trusted, made once; the test's process removes
 * it at its end. */
const char *service_authority(void);

/* ---- for plays ---- */
void line_send(struct line *line, const char *bytes,
               size_t length); /* ends the process if it cannot */
void line_say(struct line *line, const char *text);
void line_pause(int ms);
void line_reset(struct line *line); /* and ends the process */
/* A whole answer: "200 OK", "application/json", and further header lines, each with its CRLF. */
void line_answer(struct line *line, const char *status, const char *type, const char *headers,
                 const char *body, size_t length);
void line_json(struct line *line, const char *body);
/* The recorded answer test/openstack/captures/NAME.http, its addresses turned to this service:
 * http://127.0.0.1:15004/x is SCHEME://127.0.0.1:PORT/15004/x. */
void line_capture(struct line *line, const char *name);
/* The target begins with this. */
bool line_is(const struct line *line, const char *target);
/* The header NAME of the request, "" where there is none; valid until the next call. */
const char *line_header(const struct line *line, const char *name);

#endif
