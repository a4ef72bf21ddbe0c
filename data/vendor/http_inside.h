/*
 * http_inside.h: what http.c and http_flight.c share: one try of a call.
 */
#ifndef YUNTAI_DATA_VENDOR_HTTP_INSIDE_H
#define YUNTAI_DATA_VENDOR_HTTP_INSIDE_H

#include <curl/curl.h>

#include "data/vendor/http.h"

enum { HTTP_SECRETS = 4, HTTP_PARALLEL_MOST = 8, HTTP_REDIRECTS_MOST = 3 };

struct http {
    struct http_limits limits;
    struct http_ways ways;
    struct text ca, proxy, secrets[HTTP_SECRETS];
    CURLM *multi;
    struct http_flight *flights; /* all that are not given back yet, the oldest first */
    int64_t bytes, packed;
    int64_t left;    /* when the caller got the word; 0: it never had it */
    uint64_t chance; /* of the jitter */
};

struct http_flight {
    struct http_flight *next;
    struct http *http;
    struct http_call *call;
    struct text url; /* where it goes now: redirections change it */
    int redirects;
    enum { FLIGHT_WAITS, FLIGHT_FLIES, FLIGHT_LANDED } state;
    int64_t due; /* of one that waits: when it begins */

    CURL *easy; /* of one that flies */
    struct curl_slist *headers;
    char said[CURL_ERROR_SIZE];
    int64_t began, window_began, window_bytes;
    int64_t header_bytes, header_lines, body_bytes, raw_bytes;
    int64_t retry_after;        /* seconds; -1: not said */
    bool ready;                 /* headers are judged: the body is taken, or kept as a refusal */
    bool typed;                 /* application/json */
    struct text location, type; /* of the headers of that name */
};

/* Makes FLIGHT's handle with every option and adds it to the multi. False: memory is short. */
bool flight_begin(struct http_flight *flight);
/* What came since the last time is counted. */
void flight_count(struct http_flight *flight);
/* Takes it out and frees the handle. */
void flight_end(struct http_flight *flight);
/* Notes FAULT unless one is noted already. */
void flight_fault(struct http_flight *flight, enum http_fault fault, const char *detail);

#endif
