/*
 * run.h: a run over OpenStack's services: questions under way, each with what is to be done when it
 * is answered. For the files openstack*.c alone.
 *
 * In memory are the flavours, the zone of each host and, of each provider of capacity, its
 * question; of servers, volumes, projects and meters no more than a few pages bring up, as that is
 * asked before the page after the next. What is kept of all of them is in scratch files (ids.h,
 * raws.h).
 */
#ifndef YUNTAI_DATA_VENDOR_RUN_H
#define YUNTAI_DATA_VENDOR_RUN_H

#include "data/vendor/orders.h"
#include "data/vendor/report.h"
#include "data/vendor/session.h"
#include "data/vendor/walk.h"
#include "data/vendor/zones.h"

struct run;
struct task {
    struct http_call call; /* its context is the task */
    enum service service;
    int token;                    /* with which it was asked */
    bool renewed;                 /* once it was not taken any more */
    int outcome;                  /* an enum kind, or OUTCOME_USE */
    struct text url, body;        /* BODY: a whole answer, where nothing else takes it */
    struct task *next;            /* that waits for a token, or for its turn */
    struct task *before, *behind; /* among all there are */
    /* It was answered well. 0: it is freed; 1: it asks on, with another URL; -1 with the error. */
    int (*done)(struct run *run, struct task *task);
    /* The same of 403 and 404, WHY being what was said; NULL: that is the end of the run. */
    int (*missing)(struct run *run, struct task *task, const char *why);
    /* The same of 400: 1: it asks on; 0: that is the end; -1. May be NULL. */
    int (*refused)(struct run *run, struct task *task);
    void *owned; /* freed with it by FREE */
    void (*free)(void *owned);
};

struct run {
    const struct orders *orders;
    struct report *report;
    struct error *error;
    struct http *http;
    struct session session;
    struct reader reader;
    struct flavors flavors;
    struct zones zones;
    struct task *all;
    struct task *held;               /* their token is not taken any more */
    struct task *queue, **queue_end; /* wait for their turn, so that few are under way */
    int under_way;
    bool asking; /* for a token */
    struct http_call token_call;
    int64_t ends; /* monotonic_ms() of its last moment */
    int64_t utc;
    int minor;             /* of Nova's version in use */
    const char *other;     /* the region, where it is not the first; NULL */
    int64_t bytes, packed; /* of the regions before; so are these */
    int64_t pages[OUTCOMES], again[OUTCOMES];
};

/* A task that asks SERVICE for PATH, from / on. NULL with the run's error. */
struct task *task_new(struct run *run, enum service service, int outcome, const char *path,
                      int (*done)(struct run *run, struct task *task));
void task_free(struct run *run, struct task *task);
/* Puts it behind those that wait; -1 with the run's error. */
int run_ask(struct run *run, struct task *task);
/* Sends what has its turn, and awaits nothing: what is done next is done while services work. */
int run_send(struct run *run);
/* OUTCOME is left out: WHY. */
void run_skip(struct run *run, int outcome, const char *why);
bool run_wants(const struct run *run, const char *fetch);
const char *run_set(const struct run *run, const char *key);
int64_t run_number(const struct run *run, const char *key);
/* The largest minor version of MAJOR that an answer names ("version" or "versions"); -1: none. */
int version_most(const struct text *body, const char *major);

/* Parts of a run; each begins its questions. */
int openstack_lists(struct run *run); /* once there is a token */
int openstack_capacity(struct run *run);
int openstack_use(struct run *run);

/* A list, from PATH of SERVICE on; SEEN as of struct walk, with the run as its context. */
struct list;
struct list *list_new(struct run *run, enum kind kind, enum service service, const char *path,
                      int (*seen)(void *run, const struct seen *seen, const char *bytes,
                                  size_t length, struct error *error));
/* When it is whole, or is not to be had, THEN is done. */
int list_begin(struct list *list, struct run *run, int (*then)(struct run *run));
/* Known things of it are read too. */
void list_read_all(struct list *list);

#endif
