/* http.c: calls under way: begun, awaited within their times, tried again, given back. */
#include "data/vendor/http.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/monotonic.h"
#include "data/vendor/http_inside.h"
#include "data/vendor/refusal.h"

enum { MIB = 1 << 20, POLL_MOST = 1000, HIDE_LEAST = 4 };

const struct http_limits http_usual = {
    .connect_ms = 10000,
    .answer_ms = 120000,
    .slow_ms = 30000,
    .slow_bytes = 30 * 1024,
    .body_bytes = 16 * MIB,
    .run_bytes = 8192 * (int64_t)MIB,
    .header_bytes = 64 << 10,
    .header_lines = 200,
    .tries = 4,
    .pause_ms = 1000,
    .pause_most_ms = 60000,
    .parallel = 4,
};

/* ---- one run ---- */

struct http *http_new(const struct http_limits *limits, const struct http_ways *ways,
                      struct error *error)
{
    struct http *http = calloc(1, sizeof *http);
    if (!http || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(http);
        error_memory(error);
        return NULL;
    }
    http->limits = *limits;
    http->ways = *ways;
    text_add(&http->ca, ways->ca ? ways->ca : "");
    text_add(&http->proxy, ways->proxy ? ways->proxy : "");
    http->chance = (uint64_t)time(NULL) * 2654435761u ^ (uintptr_t)http;
    http->multi = curl_multi_init();
    if (!http->multi || http->ca.failed || http->proxy.failed ||
        curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)HTTP_PARALLEL_MOST) ||
        curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)limits->parallel)) {
        error_memory(error);
        http_free(http);
        return NULL;
    }
    return http;
}

static void free_flight(struct http_flight *flight)
{
    flight_end(flight);
    text_free(&flight->url);
    text_free(&flight->location);
    text_free(&flight->type);
    flight->call->flight = NULL;
    free(flight);
}

/* Calls that are under way are nobody's then: their owner frees them. */
void http_free(struct http *http)
{
    if (!http) {
        return;
    }
    while (http->flights) {
        struct http_flight *next = http->flights->next;
        free_flight(http->flights);
        http->flights = next;
    }
    curl_multi_cleanup(http->multi);
    curl_global_cleanup();
    text_free(&http->ca);
    text_free(&http->proxy);
    for (int i = 0; i < HTTP_SECRETS; i++) {
        http_hide(http, i, "");
        text_free(&http->secrets[i]);
    }
    free(http);
}

int64_t http_bytes(const struct http *http)
{
    return http->bytes;
}

int64_t http_packed(const struct http *http)
{
    return http->packed;
}

void http_hide(struct http *http, int slot, const char *secret)
{
    struct text *kept = &http->secrets[slot];
    if (kept->bytes) {
        OPENSSL_cleanse(kept->bytes, kept->capacity);
    }
    text_clear(kept);
    text_add(kept, secret);
}

void http_call_free(struct http_call *call)
{
    struct text *const texts[] = {&call->subject_token, &call->link,   &call->date, &call->request,
                                  &call->refusal,       &call->detail, &call->limit};
    if (call->subject_token.bytes) {
        OPENSSL_cleanse(call->subject_token.bytes, call->subject_token.capacity);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_free(texts[i]);
    }
    call->fault = HTTP_GOOD;
    call->status = 0;
    call->bytes = 0;
    call->tries = 0;
}

int http_start(struct http *http, struct http_call *call, struct error *error)
{
    struct http_flight *flight = calloc(1, sizeof *flight);
    if (!flight) {
        return error_memory(error);
    }
    http_call_free(call);
    flight->http = http;
    flight->call = call;
    call->flight = flight;
    text_add(&flight->url, call->url);
    struct http_flight **end = &http->flights;
    while (*end) {
        end = &(*end)->next;
    }
    *end = flight;
    return 0;
}

/* ---- may it go there at all ---- */

static bool allowed(struct http_flight *flight)
{
    const struct origin *origin = flight->call->origin;
    const char *url = text_bytes(&flight->url);
    struct text shown = {0};
    bool plain = origin->scheme && strcmp(origin->scheme, "http") == 0;
    bool good =
        origin_has(origin, url) && (!plain || (flight->http->ways.plain && origin_is_here(origin)));
    if (!good) {
        url_show(url, &shown);
        flight_fault(flight, HTTP_ORIGIN, text_bytes(&shown));
    }
    text_free(&shown);
    return good;
}

/* ---- again ---- */

/* From half of MS to all of it: those who were sent away together do not come back together. */
static int64_t jittered(struct http *http, int64_t ms)
{
    http->chance = http->chance * 6364136223846793005u + 1442695040888963407u;
    return ms / 2 + (int64_t)((http->chance >> 33) % (uint64_t)(ms / 2 + 1));
}

static void begin_anew(struct http_flight *flight, int64_t after_ms)
{
    flight_end(flight);
    flight->state = FLIGHT_WAITS;
    flight->due = monotonic_ms() + after_ms;
    if (flight->call->again) {
        flight->call->again(flight->call);
    }
}

/* After a pause that doubles with each try, or as long as the service asks for and a little more.
 * False: it was tried often enough, or would have to be waited for too long. */
static bool comes_again(struct http_flight *flight)
{
    struct http *http = flight->http;
    struct http_call *call = flight->call;
    int64_t pause = http->limits.pause_ms << (call->tries < 20 ? call->tries - 1 : 19);
    if (flight->retry_after * 1000 > http->limits.pause_most_ms ||
        call->tries >= http->limits.tries) {
        return false;
    }
    pause = pause > http->limits.pause_most_ms ? http->limits.pause_most_ms : pause;
    pause = jittered(http, pause);
    if (flight->retry_after > 0) {
        pause += flight->retry_after * 1000;
    }
    if (http->ways.tried) {
        http->ways.tried(http->ways.told, call, flight->retry_after);
    }
    begin_anew(flight, pause);
    return true;
}

static bool is_busy(const struct http_call *call)
{
    return call->status == 429 || (call->status >= 500 && call->status != 501);
}

/* A redirection: 301, 302, 307, 308 of a GET, within the origin, three of them. */
static bool goes_elsewhere(struct http_flight *flight)
{
    struct http_call *call = flight->call;
    struct text to = {0};
    bool moved =
        call->status == 301 || call->status == 302 || call->status == 307 || call->status == 308;
    if (!moved || call->body || !flight->location.length ||
        !url_resolve(text_bytes(&flight->url), text_bytes(&flight->location), &to)) {
        text_free(&to);
        return false;
    }
    text_free(&flight->url);
    flight->url = to;
    if (!allowed(flight)) {
        return false;
    }
    if (++flight->redirects > HTTP_REDIRECTS_MOST) {
        text_clear(&call->limit);
        text_add_int(&call->limit, HTTP_REDIRECTS_MOST);
        flight_fault(flight, HTTP_CIRCLE, NULL);
        return false;
    }
    call->tries--; /* the same try, elsewhere */
    begin_anew(flight, 0);
    return true;
}

/* ---- landing ---- */

static enum http_fault fault_of_curl(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return HTTP_GOOD;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PROXY:
        return HTTP_UNREACHABLE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
        return HTTP_UNTRUSTED;
    case CURLE_FILESIZE_EXCEEDED:
        return HTTP_LARGE;
    default:
        return HTTP_BROKEN;
    }
}

static void judge_end(struct http_flight *flight, CURLcode code)
{
    struct http_call *call = flight->call;
    enum http_fault fault = fault_of_curl(code);
    curl_easy_getinfo(flight->easy, CURLINFO_RESPONSE_CODE, &call->status);
    if (fault == HTTP_LARGE && call->fault == HTTP_GOOD) {
        text_clear(&call->limit);
        text_add_int(&call->limit, flight->http->limits.body_bytes);
    }
    if (fault != HTTP_GOOD) {
        flight_fault(flight, fault, flight->said[0] ? flight->said : curl_easy_strerror(code));
    } else if (call->status / 100 != 2) {
        struct text said = {0};
        refusal_text(text_bytes(&call->refusal), call->refusal.length, &said);
        flight_fault(flight, is_busy(call) ? HTTP_BUSY : HTTP_STATUS, text_bytes(&said));
        text_free(&said);
    } else if (call->status != 204 && !flight->typed) {
        flight_fault(flight, HTTP_TYPE, flight->type.length ? text_bytes(&flight->type) : "?");
    }
}

/* Whether what failed on the way is worth another try: nobody at home, or it broke off. */
static bool may_pass(const struct http_call *call)
{
    return call->fault == HTTP_BUSY || call->fault == HTTP_UNREACHABLE ||
           call->fault == HTTP_BROKEN;
}

static void land(struct http_flight *flight, CURLcode code)
{
    struct http_call *call = flight->call;
    judge_end(flight, code);
    if (call->fault == HTTP_STATUS && call->status / 100 == 3) {
        call->fault = HTTP_GOOD; /* until it is known where it goes */
        if (goes_elsewhere(flight)) {
            return;
        }
        call->fault = call->fault == HTTP_GOOD ? HTTP_STATUS : call->fault;
    }
    if (may_pass(call) && comes_again(flight)) {
        return;
    }
    flight_end(flight);
    flight->state = FLIGHT_LANDED;
}

static void land_now(struct http_flight *flight, enum http_fault fault, int64_t limit)
{
    struct http_call *call = flight->call;
    if (call->fault == HTTP_GOOD) {
        text_clear(&call->limit);
        text_add_int(&call->limit, limit);
        text_clear(&call->detail);
        text_add_int(&call->detail, flight->raw_bytes);
        call->fault = fault;
    }
    flight_end(flight);
    flight->state = FLIGHT_LANDED;
}

/* ---- times ---- */

static void watch(struct http_flight *flight, int64_t now)
{
    const struct http_limits *limits = &flight->http->limits;
    flight_count(flight);
    if (now - flight->began > limits->answer_ms) {
        land_now(flight, HTTP_LATE, limits->answer_ms);
    } else if (now - flight->window_began > limits->slow_ms) {
        if (flight->window_bytes < limits->slow_bytes) {
            land_now(flight, HTTP_SLOW, limits->slow_ms);
        }
        flight->window_began = now;
        flight->window_bytes = 0;
    }
}

/* Milliseconds until something is due. */
static int64_t until_due(const struct http *http, int64_t now)
{
    int64_t least = POLL_MOST;
    for (const struct http_flight *at = http->flights; at; at = at->next) {
        int64_t due = at->due;
        if (at->state == FLIGHT_FLIES) {
            int64_t late = at->began + http->limits.answer_ms;
            due = at->window_began + http->limits.slow_ms;
            due = (late < due ? late : due) + 1;
        }
        least = due - now < least ? due - now : least;
    }
    return least < 0 ? 0 : least;
}

/* ---- the loop ---- */

static int begin_due(struct http *http, struct error *error)
{
    int64_t flying = 0, now = monotonic_ms();
    for (struct http_flight *at = http->flights; at; at = at->next) {
        flying += at->state == FLIGHT_FLIES;
    }
    for (struct http_flight *at = http->flights; at && flying < http->limits.parallel;
         at = at->next) {
        if (at->state != FLIGHT_WAITS || at->due > now) {
            continue;
        }
        at->call->tries++;
        if (!allowed(at)) {
            at->state = FLIGHT_LANDED;
        } else if (!flight_begin(at)) {
            return error_memory(error);
        }
        flying++;
    }
    return 0;
}

/* What our own side took, since SINCE, counts for nobody. */
static void forgive(struct http *http, int64_t since)
{
    int64_t took = monotonic_ms() - since;
    for (struct http_flight *at = http->flights; at; at = at->next) {
        at->began += took;
        at->window_began += took;
    }
}

static void perform(struct http *http)
{
    int running;
    int64_t before = monotonic_ms();
    curl_multi_perform(http->multi, &running);
    forgive(http, before);
}

/* The caller worked on what it was given, or handed it on. */
static void come_back(struct http *http)
{
    if (http->left) {
        forgive(http, http->left);
    }
    http->left = 0;
}

static void leave(struct http *http)
{
    http->left = monotonic_ms();
}

static void collect(struct http *http)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(http->multi, &left))) {
        char *flight = NULL;
        CURLcode code = message->data.result;
        if (message->msg == CURLMSG_DONE) {
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &flight);
            land((struct http_flight *)(void *)flight, code);
        }
    }
    int64_t now = monotonic_ms();
    for (struct http_flight *at = http->flights; at; at = at->next) {
        if (at->state == FLIGHT_FLIES) {
            watch(at, now);
        }
    }
}

/* The call of a flight that landed, out of the list; NULL where none has. */
static struct http_call *landed(struct http *http)
{
    for (struct http_flight **at = &http->flights; *at; at = &(*at)->next) {
        struct http_flight *flight = *at;
        if (flight->state == FLIGHT_LANDED) {
            struct http_call *call = flight->call;
            *at = flight->next;
            free_flight(flight);
            return call;
        }
    }
    return NULL;
}

static int rest(struct http *http, struct error *error)
{
    struct curl_waitfd wake = {.fd = http->ways.wake, .events = CURL_WAIT_POLLIN};
    bool waking = http->ways.wake >= 0;
    int64_t now = monotonic_ms();
    if (curl_multi_poll(http->multi, waking ? &wake : NULL, waking ? 1 : 0,
                        (int)until_due(http, now), NULL) != CURLM_OK) {
        return error_memory(error);
    }
    int woken = waking && wake.revents ? http->ways.woken(http->ways.context) : 1;
    http->ways.wake = woken == 0 ? -1 : http->ways.wake;
    return woken >= 0 ? 0
                      : error_set(error, ERROR_INTERRUPTED, N_("the run was given up"), NULL, NULL);
}

int http_send(struct http *http, struct error *error)
{
    come_back(http);
    int status = begin_due(http, error);
    if (status == 0) {
        perform(http);
    }
    leave(http);
    return status;
}

static struct http_call *finish(struct http *http, struct error *error)
{
    struct http_call *call = NULL;
    while (http->flights && !(call = landed(http))) {
        if (begin_due(http, error) != 0) {
            return NULL;
        }
        perform(http);
        collect(http);
        call = landed(http);
        if (call || !http->flights) {
            break;
        }
        if (rest(http, error) != 0) {
            return NULL;
        }
    }
    return call;
}

struct http_call *http_finish(struct http *http, struct error *error)
{
    come_back(http);
    struct http_call *call = finish(http, error);
    leave(http);
    return call;
}

/* ---- words ---- */

static const char *const sentences[] = {
    [HTTP_STATUS] = N_("%1: the service answers %2"),
    [HTTP_BUSY] = N_("%1: the service answers %2; it was asked %3 times"),
    [HTTP_UNREACHABLE] = N_("%1: there is no connection: %2"),
    [HTTP_UNTRUSTED] = N_("%1: the service does not prove who it is: %2; nothing was sent to it"),
    [HTTP_SLOW] = N_("%1: the answer came too slowly: %2 bytes, then next to none for %3 ms"),
    [HTTP_LATE] = N_("%1: the answer was not whole after %3 ms; %2 bytes had come"),
    [HTTP_BROKEN] = N_("%1: the answer broke off: %2"),
    [HTTP_LARGE] = N_("%1: the answer is too large; %3 bytes are taken at most, once unpacked"),
    [HTTP_HEADERS] = N_("%1: the answer has too many headers; %3 bytes of them are read at most"),
    [HTTP_TYPE] = N_("%1: the answer is %2; application/json is what is read"),
    [HTTP_ORIGIN] = N_("%1: leads to %2, which is not the service that was asked; nothing was sent "
                       "there"),
    [HTTP_CIRCLE] = N_("%1: sends from one address to the next; %3 times were followed"),
};

/* Puts *** for every secret in TEXT. */
static void hide(const struct http *http, struct text *text)
{
    for (int i = 0; i < HTTP_SECRETS; i++) {
        const struct text *secret = &http->secrets[i];
        for (char *at; secret->length >= HIDE_LEAST && text->length &&
                       (at = strstr(text->bytes, secret->bytes));) {
            memset(at, '*', 3);
            memmove(at + 3, at + secret->length, strlen(at + secret->length) + 1);
            text->length = strlen(text->bytes);
        }
    }
}

int http_error(const struct http *http, const struct http_call *call, struct error *error)
{
    struct text where = {0}, what = {0}, limit = {0};
    url_show(call->url, &where);
    if (call->page) {
        text_addf(&where, " #%d", call->page);
    }
    if (call->fault == HTTP_STATUS || call->fault == HTTP_BUSY) {
        text_add_int(&what, call->status);
        text_addf(&what, "%s%s", call->detail.length ? ": " : "", text_bytes(&call->detail));
        text_add_int(&limit, call->tries);
    } else {
        refusal_line(text_bytes(&call->detail), call->detail.length, &what);
        text_add(&limit, text_bytes(&call->limit));
    }
    hide(http, &where);
    hide(http, &what);
    if (call->fault != HTTP_GOOD && call->fault != HTTP_STOPPED) {
        error_set4(error, ERROR_ENVIRONMENT, sentences[call->fault], text_bytes(&where),
                   text_bytes(&what), text_bytes(&limit), NULL);
    }
    text_free(&where);
    text_free(&what);
    text_free(&limit);
    return -1;
}
