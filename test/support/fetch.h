/*
 * fetch.h: fetches from a service of the test's own, with the limits of a test: a fault is over
 * well within a second.
 */
#ifndef YUNTAI_TEST_SUPPORT_FETCH_H
#define YUNTAI_TEST_SUPPORT_FETCH_H

#include "data/vendor/http.h"
#include "test/support/service.h"

extern const struct http_limits patient_limits, quick_limits;

struct fetch {
    struct service service;
    struct http *http;
    struct http_call call;
    struct origin origin;
    struct text url, taken;
    struct error error;
    int64_t began;
};

void fetch_begin(struct fetch *fetch, service_play *play, enum service_papers papers,
                 const struct http_limits *limits);
/* Fetches TARGET and waits for it. */
void fetch_get(struct fetch *fetch, const char *target);
void fetch_end(struct fetch *fetch);
/* Asserts that the call failed by FAULT, soon, and is told in words that hold WORD. */
void fetch_failed(struct fetch *fetch, enum http_fault fault, const char *word);
bool fetch_take(struct http_call *call, const char *bytes, size_t length);
/* A head of 200 and MORE of it; COUNT zeros. */
void line_head(struct line *line, const char *more);
void line_zeros(struct line *line, size_t count);
/* Plays what hostile and broken servers do, by target. */
service_play play_hostile, play_well;

#endif
