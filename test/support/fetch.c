/* fetch.c: one call at a time, and what hostile servers play. */
#include "test/support/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/monotonic.h"

#define LIMITS(connect, answer, slow)                                                              \
    {                                                                                              \
        .connect_ms = (connect), .answer_ms = (answer), .slow_ms = (slow), .slow_bytes = 60,       \
        .body_bytes = 1 << 20, .run_bytes = 3 << 20, .header_bytes = 4096, .header_lines = 40,     \
        .tries = 1, .pause_ms = 10, .pause_most_ms = 900, .parallel = 4                            \
    }
const struct http_limits quick_limits = LIMITS(400, 500, 120);
const struct http_limits patient_limits = LIMITS(5000, 8000, 5000);

bool fetch_take(struct http_call *call, const char *bytes, size_t length)
{
    struct fetch *fetch = call->context;
    text_add_n(&fetch->taken, bytes, length);
    return true;
}

static void again(struct http_call *call)
{
    struct fetch *fetch = call->context;
    text_clear(&fetch->taken);
}

void fetch_begin(struct fetch *fetch, service_play *play, enum service_papers papers,
                 const struct http_limits *limits)
{
    struct http_ways ways = {.plain = papers == SERVICE_PLAIN, .wake = -1};
    *fetch = (struct fetch){0};
    service_start(&fetch->service, play, papers);
    ways.ca = papers == SERVICE_PLAIN ? NULL : service_authority();
    fetch->http = http_new(limits, &ways, &fetch->error);
    assert_non_null(fetch->http);
    assert_true(origin_of(fetch->service.url, &fetch->origin));
    fetch->began = monotonic_ms();
}

void fetch_get(struct fetch *fetch, const char *target)
{
    text_clear(&fetch->url);
    text_clear(&fetch->taken);
    text_addf(&fetch->url, "%s%s", fetch->service.url, target);
    http_call_free(&fetch->call);
    fetch->call = (struct http_call){.url = text_bytes(&fetch->url),
                                     .origin = &fetch->origin,
                                     .take = fetch_take,
                                     .again = again,
                                     .context = fetch};
    assert_int_equal(http_start(fetch->http, &fetch->call, &fetch->error), 0);
    assert_ptr_equal(http_finish(fetch->http, &fetch->error), &fetch->call);
    assert_null(http_finish(fetch->http, &fetch->error));
}

void fetch_end(struct fetch *fetch)
{
    http_call_free(&fetch->call);
    http_free(fetch->http);
    origin_free(&fetch->origin);
    text_free(&fetch->url);
    text_free(&fetch->taken);
    error_free(&fetch->error);
    service_stop(&fetch->service);
}

void fetch_failed(struct fetch *fetch, enum http_fault fault, const char *word)
{
    struct text said = {0};
    assert_true(monotonic_ms() - fetch->began < 3000);
    assert_int_equal(fetch->call.fault, fault);
    error_free(&fetch->error);
    assert_int_equal(http_error(fetch->http, &fetch->call, &fetch->error), -1);
    assert_int_equal(fetch->error.code, ERROR_ENVIRONMENT);
    error_text(&fetch->error, NULL, &said);
    if (!strstr(text_bytes(&said), word) || !strstr(text_bytes(&said), "127.0.0.1")) {
        fail_msg("“%s” does not say “%s”", text_bytes(&said), word);
    }
    text_free(&said);
}

/* ---- plays ---- */

void play_well(struct line *line)
{
    if (line_is(line, "/gzip")) { /* printf '{"a":1}' | gzip -n */
        static const unsigned char packed[] = {0x1f, 0x8b, 8,    0,    0,    0,    0,    0,    0,
                                               3,    0xab, 0x56, 0x4a, 0x54, 0xb2, 0x32, 0xac, 5,
                                               0,    0xec, 0xba, 0xf9, 0x3c, 7,    0,    0,    0};
        line_answer(line, "200 OK", "application/json", "Content-Encoding: gzip\r\n",
                    (const char *)packed, sizeof packed);
    } else if (line_is(line, "/odd")) {
        line_answer(line, "200 OK", "Application/JSON; charset=UTF-8",
                    "x-sUBJECT-token: t0ken\r\nx-openstack-REQUEST-id:req-1\r\nLINK: <x>\r\n", "{}",
                    2);
    } else {
        line_json(line, "{\"a\":1}");
    }
}

/* ---- the rest of the world ---- */

void line_head(struct line *line, const char *more)
{
    line_say(line, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    line_say(line, more);
}

void line_zeros(struct line *line, size_t count)
{
    static char block[65536];
    memset(block, '0', sizeof block);
    for (; count > 0; count -= count < sizeof block ? count : sizeof block) {
        line_send(line, block, count < sizeof block ? count : sizeof block);
    }
}

/* 16 MiB of blanks in 105 KB of gzip: fixed codes, one literal and runs of 258. */
static void bomb(struct line *line)
{
    struct text body = {.most = 1 << 20};
    static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    uint32_t bits = 0;
    int held = 0;
#define BITS(value, count)                                                                         \
    do {                                                                                           \
        bits |= (uint32_t)(value) << held;                                                         \
        for (held += (count); held >= 8; held -= 8, bits >>= 8) {                                  \
            char byte = (char)bits;                                                                \
            text_add_n(&body, &byte, 1);                                                           \
        }                                                                                          \
    } while (0)
    text_add_n(&body, (const char *)head, sizeof head);
    BITS(3, 3);    /* last block, fixed codes */
    BITS(0x0a, 8); /* the literal ' ' (0x30 + 0x20 = 0x50, its bits turned around) */
    for (int i = 0; i < 65000; i++) {
        BITS(0xa3, 8); /* length 258 (symbol 285: 11000101, turned around) */
        BITS(0, 5);    /* distance 1 */
    }
    BITS(0, 7); /* the end */
    BITS(0, 7);
#undef BITS
    line_answer(line, "200 OK", "application/json", "Content-Encoding: gzip\r\n", body.bytes,
                body.length);
    text_free(&body);
}

void play_hostile(struct line *line)
{
    if (line_is(line, "/loris-head")) {
        for (line_say(line, "HTTP/1.1 200 OK\r\n");; line_pause(30)) {
            line_say(line, "X");
        }
    } else if (line_is(line, "/loris-body")) {
        for (line_head(line, "Content-Length: 9000\r\n\r\n");; line_pause(30)) {
            line_say(line, " ");
        }
    } else if (line_is(line, "/drip")) { /* fast enough, and never done */
        for (line_head(line, "Content-Length: 900000\r\n\r\n");; line_pause(20)) {
            line_zeros(line, 100);
        }
    } else if (line_is(line, "/silent")) {
        line_pause(5000);
    } else if (line_is(line, "/reset-head")) {
        line_say(line, "HTTP/1.1 200 OK\r\nContent-");
        line_reset(line);
    } else if (line_is(line, "/reset-body")) {
        line_head(line, "Content-Length: 9000\r\n\r\n[1,");
        line_reset(line);
    } else if (line_is(line, "/too-long")) { /* a length of more than there is */
        line_head(line, "Content-Length: 9000\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/no-length")) { /* a negative one */
        line_head(line, "Content-Length: -5\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/two-lengths")) {
        line_head(line, "Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/bad-chunk")) {
        line_head(line, "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n");
        line->over = true;
    } else if (line_is(line, "/cut-chunk")) {
        line_head(line, "Transfer-Encoding: chunked\r\n\r\n20\r\n{}");
        line->over = true;
    } else if (line_is(line, "/announced")) {
        line_head(line, "Content-Length: 5000000000\r\n\r\n{}");
    } else if (line_is(line, "/gigabytes")) {
        line_head(line, "\r\n");
        line_zeros(line, (size_t)4 << 30);
    } else if (line_is(line, "/bomb")) {
        bomb(line);
    } else if (line_is(line, "/bad-gzip")) {
        line_answer(line, "200 OK", "application/json", "Content-Encoding: gzip\r\n", "{\"a\":1}",
                    7);
    } else if (line_is(line, "/many-heads")) {
        for (line_say(line, "HTTP/1.1 200 OK\r\n");;) {
            line_say(line, "A: b\r\n");
        }
    } else if (line_is(line, "/long-head")) {
        line_say(line, "HTTP/1.1 200 OK\r\nA: ");
        line_zeros(line, 60000);
        line_say(line, "\r\n\r\n");
    } else if (line_is(line, "/hundreds")) {
        for (;;) {
            line_say(line, "HTTP/1.1 100 Continue\r\n\r\n");
        }
    } else if (line_is(line, "/html")) {
        line_answer(line, "200 OK", "text/html", "", "<html>log in</html>", 19);
    } else if (line_is(line, "/untyped")) {
        line_say(line, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    } else if (line_is(line, "/no-http")) {
        line_say(line, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        line->over = true;
    } else if (line_is(line, "/old")) {
        line_say(line, "{}");
        line->over = true;
    }
}
