/* http_flight.c: one try of a call: every option of libcurl that a foreign server makes needful. */
#include "data/monotonic.h"
#include "data/vendor/http_inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { REFUSAL_MOST = 16 << 10, NOTE_MOST = 16 << 10, RETRY_MOST = 1000000000 };

void flight_fault(struct http_flight *flight, enum http_fault fault, const char *detail)
{
    struct http_call *call = flight->call;
    if (call->fault == HTTP_GOOD) {
        call->fault = fault;
        text_clear(&call->detail);
        text_add(&call->detail, detail ? detail : "");
    }
}

static bool fault_of(struct http_flight *flight, enum http_fault fault, int64_t limit)
{
    if (flight->call->fault == HTTP_GOOD) {
        text_clear(&flight->call->limit);
        text_add_int(&flight->call->limit, limit);
    }
    flight_fault(flight, fault, NULL);
    return false;
}

/* ---- headers ---- */

/* The value of header NAME in a line, NULL where it is another; its length at *LENGTH. */
static const char *value_of(const char *line, size_t length, const char *name, size_t *value_length)
{
    size_t end = strlen(name);
    if (length <= end || line[end] != ':' || strncasecmp(line, name, end) != 0) {
        return NULL;
    }
    for (end++; end < length && (line[end] == ' ' || line[end] == '\t'); end++) {
    }
    while (length > end && (unsigned char)line[length - 1] <= ' ') {
        length--;
    }
    *value_length = length - end;
    return line + end;
}

static void note(struct text *out, const char *value, size_t length)
{
    out->most = NOTE_MOST;
    text_clear(out);
    text_add_n(out, value, length);
}

/* Seconds, or a date of HTTP. */
static int64_t retry_after(const char *value, size_t length)
{
    char text[64];
    char *end;
    if (length == 0 || length >= sizeof text) {
        return -1;
    }
    memcpy(text, value, length);
    text[length] = '\0';
    long long seconds = strtoll(text, &end, 10);
    if (end != text && *end == '\0') {
        return seconds < 0 ? -1 : seconds > RETRY_MOST ? RETRY_MOST : seconds;
    }
    time_t at = curl_getdate(text, NULL), now = time(NULL);
    return at < 0 ? -1 : at < now ? 0 : at - now;
}

static void take_header(struct http_flight *flight, const char *line, size_t length)
{
    struct http_call *call = flight->call;
    const struct {
        const char *name;
        struct text *out;
    } kept[] = {{"X-Subject-Token", &call->subject_token},
                {"Link", &call->link},
                {"Date", &call->date},
                {"X-OpenStack-Request-Id", &call->request},
                {"Location", &flight->location}};
    const char *value;
    size_t size;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if ((value = value_of(line, length, kept[i].name, &size))) {
            note(kept[i].out, value, size);
        }
    }
    if ((value = value_of(line, length, "Content-Type", &size))) {
        static const char json[] = "application/json";
        size_t end = sizeof json - 1;
        flight->typed = size >= end && strncasecmp(value, json, end) == 0 &&
                        (size == end || value[end] == ';' || value[end] == ' ');
        note(&flight->type, value, size);
    }
    if ((value = value_of(line, length, "Retry-After", &size))) {
        flight->retry_after = retry_after(value, size);
    }
}

static size_t on_header(char *line, size_t size, size_t count, void *context)
{
    struct http_flight *flight = context;
    size_t length = size * count;
    flight->header_bytes += (int64_t)length;
    flight->header_lines++;
    if (flight->header_bytes > flight->http->limits.header_bytes ||
        flight->header_lines > flight->http->limits.header_lines) {
        fault_of(flight, HTTP_HEADERS, flight->http->limits.header_bytes);
        return CURL_WRITEFUNC_ERROR;
    }
    take_header(flight, line, length);
    return length;
}

/* ---- the body ---- */

/* With the first byte of a body: what kind of answer it is. */
static bool judge(struct http_flight *flight)
{
    struct http_call *call = flight->call;
    flight->ready = true;
    curl_easy_getinfo(flight->easy, CURLINFO_RESPONSE_CODE, &call->status);
    if (call->status / 100 == 2 && !flight->typed) {
        flight_fault(flight, HTTP_TYPE, flight->type.length ? text_bytes(&flight->type) : "?");
        return false;
    }
    return true;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct http_flight *flight = context;
    struct http_call *call = flight->call;
    struct http *http = flight->http;
    size_t length = size * count;
    if (!flight->ready && !judge(flight)) {
        return CURL_WRITEFUNC_ERROR;
    }
    call->bytes += (int64_t)length;
    http->bytes += (int64_t)length;
    if (call->bytes > http->limits.body_bytes || http->bytes > http->limits.run_bytes) {
        fault_of(flight, HTTP_LARGE,
                 call->bytes > http->limits.body_bytes ? http->limits.body_bytes
                                                       : http->limits.run_bytes);
        return CURL_WRITEFUNC_ERROR;
    }
    if (call->status / 100 != 2) {
        size_t room = REFUSAL_MOST - call->refusal.length;
        text_add_n(&call->refusal, bytes, length < room ? length : room);
    } else if (!call->take(call, bytes, length)) {
        flight_fault(flight, HTTP_STOPPED, NULL);
        return CURL_WRITEFUNC_ERROR;
    }
    return length;
}

/* ---- the handle ---- */

static bool add_line(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    *list = longer ? longer : *list;
    return longer != NULL;
}

static bool make_headers(struct http_flight *flight)
{
    const struct http_call *call = flight->call;
    bool good = add_line(&flight->headers, "Accept: application/json") &&
                add_line(&flight->headers, "Expect:");
    if (call->body) {
        good = good && add_line(&flight->headers, "Content-Type: application/json");
    }
    for (const char *const *at = call->headers; good && at && *at; at++) {
        good = add_line(&flight->headers, *at);
    }
    return good;
}

/* A setting that fails means a libcurl without what we rely on: nothing is sent then. */
#define SET(option, value) (good = good && curl_easy_setopt(easy, option, value) == CURLE_OK)

static bool set_where(struct http_flight *flight)
{
    CURL *easy = flight->easy;
    const struct http *http = flight->http;
    const char *protocols = http->ways.plain ? "http,https" : "https";
    bool good = true;
    SET(CURLOPT_URL, text_bytes(&flight->url));
    SET(CURLOPT_PROTOCOLS_STR, protocols);
    SET(CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_UNRESTRICTED_AUTH, 0L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_PROXY, text_bytes(&http->proxy));
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* a proxy's own are nobody's answer */
    if (!http->proxy.length) {
        SET(CURLOPT_NOPROXY, "*");
    }
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (http->ca.length) {
        SET(CURLOPT_CAINFO, text_bytes(&http->ca));
        SET(CURLOPT_CAPATH, (char *)NULL);
    }
    return good;
}

static bool set_bounds(struct http_flight *flight)
{
    CURL *easy = flight->easy;
    const struct http_limits *limits = &flight->http->limits;
    bool good = true;
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_ACCEPT_ENCODING, "gzip");
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)limits->connect_ms);
    SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)limits->body_bytes);
    SET(CURLOPT_BUFFERSIZE, 65536L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
    SET(CURLOPT_ERRORBUFFER, flight->said);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, flight);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, flight);
    SET(CURLOPT_PRIVATE, flight);
    SET(CURLOPT_HTTPHEADER, flight->headers);
    SET(CURLOPT_USERAGENT, "yuntai-net/" YUNTAI_VERSION);
    if (flight->call->body) {
        SET(CURLOPT_POSTFIELDS, flight->call->body);
    }
    return good;
}

static void forget_answer(struct http_flight *flight)
{
    struct http_call *call = flight->call;
    int tries = call->tries;
    http_call_free(call);
    call->tries = tries;
    call->flight = flight;
    text_clear(&flight->location);
    text_clear(&flight->type);
    flight->said[0] = '\0';
    flight->header_bytes = flight->header_lines = flight->body_bytes = 0;
    flight->raw_bytes = flight->window_bytes = 0;
    flight->retry_after = -1;
    flight->ready = flight->typed = false;
    flight->began = flight->window_began = monotonic_ms();
}

bool flight_begin(struct http_flight *flight)
{
    forget_answer(flight);
    flight->call->refusal.most = 2 * REFUSAL_MOST;
    flight->state = FLIGHT_FLIES;
    flight->easy = curl_easy_init();
    return flight->easy && make_headers(flight) && set_where(flight) && set_bounds(flight) &&
           curl_multi_add_handle(flight->http->multi, flight->easy) == CURLM_OK;
}

void flight_count(struct http_flight *flight)
{
    curl_off_t body = 0;
    curl_easy_getinfo(flight->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    int64_t all = (int64_t)body + flight->header_bytes;
    flight->http->packed += (int64_t)body - flight->body_bytes;
    flight->body_bytes = (int64_t)body;
    flight->window_bytes += all - flight->raw_bytes;
    flight->raw_bytes = all;
}

void flight_end(struct http_flight *flight)
{
    if (flight->easy) {
        flight_count(flight);
        curl_multi_remove_handle(flight->http->multi, flight->easy);
        curl_easy_cleanup(flight->easy);
        flight->easy = NULL;
    }
    curl_slist_free_all(flight->headers);
    flight->headers = NULL;
}
