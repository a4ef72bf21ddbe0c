/* test_http.c: fetches from a server that is well, and from ones that are anything but. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "data/vendor/http.h"
#include "test/support/service.h"

/* Of a test: a fault is over well within a second. */
static const struct http_limits quick = {
    .connect_ms = 400,
    .answer_ms = 500,
    .slow_ms = 120,
    .slow_bytes = 60,
    .body_bytes = 1 << 20,
    .run_bytes = 3 << 20,
    .header_bytes = 4096,
    .header_lines = 40,
    .tries = 1,
    .pause_ms = 10,
    .pause_most_ms = 900,
    .parallel = 4,
};

struct fetch {
    struct service service;
    struct http *http;
    struct http_call call;
    struct origin origin;
    struct text url, taken;
    struct error error;
    size_t most; /* bytes that are taken; 0: any */
    int begun;
    int64_t began;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool take(struct http_call *call, const char *bytes, size_t length)
{
    struct fetch *fetch = call->context;
    text_add_n(&fetch->taken, bytes, length);
    return fetch->most == 0 || fetch->taken.length <= fetch->most;
}

static void again(struct http_call *call)
{
    struct fetch *fetch = call->context;
    text_clear(&fetch->taken);
    fetch->begun++;
}

static void begin(struct fetch *fetch, service_play *play, enum service_papers papers,
                  const struct http_limits *limits)
{
    struct http_ways ways = {.plain = papers == SERVICE_PLAIN, .wake = -1};
    *fetch = (struct fetch){0};
    service_start(&fetch->service, play, papers);
    ways.ca = papers == SERVICE_PLAIN ? NULL : service_authority();
    fetch->http = http_new(limits, &ways, &fetch->error);
    assert_non_null(fetch->http);
    assert_true(origin_of(fetch->service.url, &fetch->origin));
    fetch->began = now_ms();
}

/* Fetches TARGET and waits for it. */
static void get(struct fetch *fetch, const char *target)
{
    text_clear(&fetch->url);
    text_clear(&fetch->taken);
    text_addf(&fetch->url, "%s%s", fetch->service.url, target);
    http_call_free(&fetch->call);
    fetch->call = (struct http_call){.url = text_bytes(&fetch->url),
                                     .origin = &fetch->origin,
                                     .take = take,
                                     .again = again,
                                     .context = fetch};
    assert_int_equal(http_start(fetch->http, &fetch->call, &fetch->error), 0);
    assert_ptr_equal(http_finish(fetch->http, &fetch->error), &fetch->call);
    assert_null(http_finish(fetch->http, &fetch->error));
}

static void end(struct fetch *fetch)
{
    http_call_free(&fetch->call);
    http_free(fetch->http);
    origin_free(&fetch->origin);
    text_free(&fetch->url);
    text_free(&fetch->taken);
    error_free(&fetch->error);
    service_stop(&fetch->service);
}

/* The call failed by FAULT, soon, and is told in words that hold WORD. */
static void failed(struct fetch *fetch, enum http_fault fault, const char *word)
{
    struct text said = {0};
    assert_true(now_ms() - fetch->began < 900);
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

/* ---- what is well ---- */

static void play_well(struct line *line)
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

static void an_answer(void **state)
{
    (void)state;
    struct fetch fetch;
    begin(&fetch, play_well, SERVICE_TRUSTED, &quick);
    for (int i = 0; i < 3; i++) {
        get(&fetch, "/a");
        assert_int_equal(fetch.call.fault, HTTP_GOOD);
        assert_int_equal(fetch.call.status, 200);
        assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    }
    assert_int_equal(fetch.service.seen->connections, 1); /* kept */
    get(&fetch, "/gzip");
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    assert_int_equal(http_bytes(fetch.http), 28);
    get(&fetch, "/odd");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.call.subject_token), "t0ken");
    assert_string_equal(text_bytes(&fetch.call.request), "req-1");
    assert_string_equal(text_bytes(&fetch.call.link), "<x>");
    assert_null(strstr(fetch.service.seen->head, "Expect"));
    assert_non_null(strstr(fetch.service.seen->head, "Accept-Encoding: gzip\r\n"));
    end(&fetch);
}

static void play_together(struct line *line)
{
    int now = ++line->seen->count[0];
    int most = line->seen->count[1];
    while (now > most && !atomic_compare_exchange_weak(&line->seen->count[1], &most, now)) {
    }
    line_pause(60);
    line->seen->count[0]--;
    line_json(line, "{}");
}

static void several_at_once(void **state)
{
    (void)state;
    enum { CALLS = 12 };
    struct fetch fetch;
    struct http_call calls[CALLS];
    begin(&fetch, play_together, SERVICE_PLAIN, &quick);
    for (int i = 0; i < CALLS; i++) {
        calls[i] = (struct http_call){
            .url = fetch.service.url, .origin = &fetch.origin, .take = take, .context = &fetch};
        assert_int_equal(http_start(fetch.http, &calls[i], &fetch.error), 0);
    }
    for (int i = 0; i < CALLS; i++) {
        struct http_call *call = http_finish(fetch.http, &fetch.error);
        assert_non_null(call);
        assert_int_equal(call->fault, HTTP_GOOD);
        http_call_free(call);
    }
    assert_null(http_finish(fetch.http, &fetch.error));
    assert_true(fetch.service.seen->count[1] > 1); /* side by side, and no more than four */
    assert_true(fetch.service.seen->count[1] <= 4);
    assert_true(fetch.service.seen->connections <= 4);
    end(&fetch);
}

/* ---- no, and not now ---- */

static void play_refusals(struct line *line)
{
    static const struct {
        const char *target, *capture;
    } all[] = {{"/keystone", "02-auth-wrong-password-401"},
               {"/nova", "28-server-404"},
               {"/placement", "71-reader-403"},
               {"/html", "48-body-too-large-413"},
               {"/gnocchi", "92-gnocchi-metric-404"},
               {"/none", "46-url-404"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (line_is(line, all[i].target)) {
            line_capture(line, all[i].capture);
            return;
        }
    }
    line_answer(line, "400 Bad", "application/json", "",
                "{\"a\":{\"message\":\"it was sekrit-9\"}}", 35);
}

static void refusals_in_all_shapes(void **state)
{
    (void)state;
    struct fetch fetch;
    begin(&fetch, play_refusals, SERVICE_PLAIN, &quick);
    get(&fetch, "/keystone");
    failed(&fetch, HTTP_STATUS, "/keystone: the service answers 401: The request you have made");
    get(&fetch, "/nova");
    failed(&fetch, HTTP_STATUS, "404: Instance 00000000-0000-4000-8000-000000000000 could not be");
    get(&fetch, "/placement");
    failed(&fetch, HTTP_STATUS, "403: Access was denied to this resource. Policy does not allow");
    get(&fetch, "/html");
    failed(&fetch, HTTP_STATUS, "413: 413 Request Entity Too Large Request is too large.");
    get(&fetch, "/gnocchi");
    failed(&fetch, HTTP_STATUS, "404 Not Found The resource could not be found. Metric 0000");
    get(&fetch, "/none?token=hidden");
    failed(&fetch, HTTP_STATUS, "/none: the service answers 404");
    assert_int_equal(fetch.service.seen->requests, 6); /* never a second time */
    http_hide(fetch.http, 0, "sekrit-9");
    get(&fetch, "/other");
    failed(&fetch, HTTP_STATUS, "400: it was ***");
    end(&fetch);
}

static void play_busy(struct line *line)
{
    int times = line->seen->count[0]++;
    if (line_is(line, "/always")) {
        line_answer(line, "503 Busy", "text/html", "", "<html>later</html>", 18);
    } else if (line_is(line, "/long")) {
        line_answer(line, "429 Busy", "text/html", "Retry-After: 86400\r\n", "", 0);
    } else if (line_is(line, "/date")) {
        line_answer(line, "503 Busy", "text/html", "Retry-After: Tue, 01 Jan 2036 00:00:00 GMT\r\n",
                    "", 0);
    } else if (line_is(line, "/part") && times == 0) {
        line_say(line, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Content-Length: 100\r\n\r\n{\"half\":");
        line_reset(line);
    } else if (times < 2 && !line_is(line, "/part")) {
        line_answer(line, "429 Busy", "application/json", "retry-after: 0\r\n", "{}", 2);
    } else {
        line_json(line, "{\"a\":1}");
    }
}

static void busy_services_are_asked_again(void **state)
{
    (void)state;
    struct http_limits limits = quick;
    limits.tries = 3;
    struct fetch fetch;
    begin(&fetch, play_busy, SERVICE_PLAIN, &limits);
    get(&fetch, "/twice");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_int_equal(fetch.call.tries, 3);
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    fetch.service.seen->count[0] = 0;
    get(&fetch, "/part"); /* it broke off: from its beginning */
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    fetch.service.seen->requests = 0;
    get(&fetch, "/always");
    failed(&fetch, HTTP_BUSY, "answers 503: later; it was asked 3 times");
    assert_int_equal(fetch.service.seen->requests, 3);
    get(&fetch, "/long");
    failed(&fetch, HTTP_BUSY, "429; it was asked 1 times");
    get(&fetch, "/date");
    failed(&fetch, HTTP_BUSY, "503; it was asked 1 times");
    end(&fetch);
}

/* ---- where it leads ---- */

static void play_elsewhere(struct line *line)
{
    if (line_is(line, "/near")) {
        line_answer(line, "302 Found", "text/html", "Location: /here\r\n", "", 0);
    } else if (line_is(line, "/round")) {
        line_answer(line, "307 Found", "text/html", "Location: /round\r\n", "", 0);
    } else if (line_is(line, "/to?")) {
        struct text header = {0};
        text_addf(&header, "Location: %s\r\n", line->target + 4);
        line_answer(line, "301 Moved", "text/html", text_bytes(&header), "", 0);
        text_free(&header);
    } else {
        line_json(line, "{\"here\":1}");
    }
}

static void redirections(void **state)
{
    (void)state;
    static const char *const token[] = {"X-Auth-Token: s3cret", NULL};
    struct fetch fetch;
    struct service other;
    struct text target = {0};
    begin(&fetch, play_elsewhere, SERVICE_PLAIN, &quick);
    service_start(&other, play_elsewhere, SERVICE_PLAIN);
    get(&fetch, "/near");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.taken), "{\"here\":1}");
    get(&fetch, "/round");
    failed(&fetch, HTTP_CIRCLE, "3 times were followed");
    const char *const away[] = {other.url,
                                "http://elsewhere.example/",
                                "https://127.0.0.1/",
                                "file:///etc/passwd",
                                "//elsewhere.example/x",
                                "http://127.0.0.1@elsewhere.example/"};
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        text_clear(&target);
        text_addf(&target, "/to?%s", away[i]);
        get(&fetch, text_bytes(&target));
        assert_true(fetch.call.fault == HTTP_ORIGIN || fetch.call.fault == HTTP_STATUS);
        assert_int_equal(fetch.taken.length, 0);
    }
    text_clear(&target);
    text_addf(&target, "/to?%s", other.url);
    fetch.call.headers = token;
    get(&fetch, text_bytes(&target));
    failed(&fetch, HTTP_ORIGIN, "not the service that was asked; nothing was sent");
    assert_int_equal(other.seen->connections, 0);
    service_stop(&other);
    text_free(&target);
    end(&fetch);
}

static void no_plain_http_but_to_this_machine(void **state)
{
    (void)state;
    struct error error = {0};
    struct origin far = {0}, near = {0};
    struct service service;
    service_start(&service, play_well, SERVICE_PLAIN);
    for (int plain = 0; plain < 2; plain++) {
        struct http_ways ways = {.plain = plain, .wake = -1};
        struct http *http = http_new(&quick, &ways, &error);
        assert_true(origin_of("http://198.51.100.7:80/", &far));
        assert_true(origin_of(service.url, &near));
        struct http_call away = {.url = "http://198.51.100.7/", .origin = &far, .take = take};
        assert_int_equal(http_start(http, &away, &error), 0);
        assert_ptr_equal(http_finish(http, &error), &away);
        assert_int_equal(away.fault, HTTP_ORIGIN);
        struct fetch fetch = {0};
        struct http_call here = {
            .url = service.url, .origin = &near, .take = take, .context = &fetch};
        assert_int_equal(http_start(http, &here, &error), 0);
        assert_ptr_equal(http_finish(http, &error), &here);
        assert_int_equal(here.fault, plain ? HTTP_GOOD : HTTP_ORIGIN);
        http_call_free(&away);
        http_call_free(&here);
        http_free(http);
        origin_free(&far);
        origin_free(&near);
        text_free(&fetch.taken);
    }
    service_stop(&service);
}

static void origins(void **state)
{
    (void)state;
    struct origin origin;
    struct text to = {0};
    assert_true(origin_of("HTTPS://Cloud.Example/v3", &origin));
    assert_string_equal(origin.host, "cloud.example");
    assert_int_equal(origin.port, 443);
    assert_true(origin_has(&origin, "https://cloud.example:443/other?x=1"));
    static const char *const others[] = {
        "http://cloud.example/",        "https://cloud.example:8443/", "https://cloud.example.net/",
        "https://user@cloud.example/",  "https://cloud.example@evil/", "cloud.example/",
        "https://cloud.example:99999/", "ftp://cloud.example/",        ""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(origin_has(&origin, others[i]));
    }
    assert_false(origin_is_here(&origin));
    assert_true(url_resolve("https://a.example/x/y?z", "/v?marker=1", &to));
    assert_string_equal(text_bytes(&to), "https://a.example/v?marker=1");
    text_free(&to);
    origin_free(&origin);
}

/* ---- TLS ---- */

static void certificates(void **state)
{
    (void)state;
    static const struct {
        enum service_papers papers;
        const char *word;
    } all[] = {{SERVICE_EXPIRED, "expired"},
               {SERVICE_FOREIGN, "unable to get local issuer certificate"},
               {SERVICE_OTHER_HOST, "no alternative certificate subject name matches"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct fetch fetch;
        begin(&fetch, play_well, all[i].papers, &quick);
        get(&fetch, "/");
        failed(&fetch, HTTP_UNTRUSTED, all[i].word);
        assert_int_equal(fetch.service.seen->requests, 0);
        end(&fetch);
    }
}

/* ---- the rest of the world ---- */

static void say_head(struct line *line, const char *more)
{
    line_say(line, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    line_say(line, more);
}

static void zeros(struct line *line, size_t count)
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

static void play_hostile(struct line *line)
{
    if (line_is(line, "/loris-head")) {
        for (line_say(line, "HTTP/1.1 200 OK\r\n");; line_pause(30)) {
            line_say(line, "X");
        }
    } else if (line_is(line, "/loris-body")) {
        for (say_head(line, "Content-Length: 9000\r\n\r\n");; line_pause(30)) {
            line_say(line, " ");
        }
    } else if (line_is(line, "/drip")) { /* fast enough, and never done */
        for (say_head(line, "Content-Length: 900000\r\n\r\n");; line_pause(20)) {
            zeros(line, 100);
        }
    } else if (line_is(line, "/silent")) {
        line_pause(5000);
    } else if (line_is(line, "/reset-head")) {
        line_say(line, "HTTP/1.1 200 OK\r\nContent-");
        line_reset(line);
    } else if (line_is(line, "/reset-body")) {
        say_head(line, "Content-Length: 9000\r\n\r\n[1,");
        line_reset(line);
    } else if (line_is(line, "/too-long")) { /* a length of more than there is */
        say_head(line, "Content-Length: 9000\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/no-length")) { /* a negative one */
        say_head(line, "Content-Length: -5\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/two-lengths")) {
        say_head(line, "Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}");
        line->over = true;
    } else if (line_is(line, "/bad-chunk")) {
        say_head(line, "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n");
        line->over = true;
    } else if (line_is(line, "/cut-chunk")) {
        say_head(line, "Transfer-Encoding: chunked\r\n\r\n20\r\n{}");
        line->over = true;
    } else if (line_is(line, "/announced")) {
        say_head(line, "Content-Length: 5000000000\r\n\r\n{}");
    } else if (line_is(line, "/gigabytes")) {
        say_head(line, "\r\n");
        zeros(line, (size_t)4 << 30);
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
        zeros(line, 60000);
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

static void hostile_servers(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum http_fault fault;
        const char *word;
    } all[] = {
        {"/loris-head", HTTP_SLOW, "too slowly"},
        {"/loris-body", HTTP_SLOW, "next to none for 120 ms"},
        {"/drip", HTTP_LATE, "not whole after 500 ms"},
        {"/silent", HTTP_SLOW, "0 bytes"},
        {"/reset-head", HTTP_BROKEN, "broke off"},
        {"/reset-body", HTTP_BROKEN, "reset"},
        {"/too-long", HTTP_BROKEN, "8998 bytes remaining"},
        {"/no-length", HTTP_BROKEN, "broke off"},
        {"/two-lengths", HTTP_BROKEN, "broke off"},
        {"/bad-chunk", HTTP_BROKEN, "broke off"},
        {"/cut-chunk", HTTP_BROKEN, "broke off"},
        {"/announced", HTTP_LARGE, "1048576 bytes are taken at most"},
        {"/gigabytes", HTTP_LARGE, "1048576 bytes are taken at most"},
        {"/bomb", HTTP_LARGE, "once unpacked"},
        {"/bad-gzip", HTTP_BROKEN, "broke off"},
        {"/many-heads", HTTP_HEADERS, "too many headers"},
        {"/long-head", HTTP_HEADERS, "4096 bytes of them"},
        {"/hundreds", HTTP_HEADERS, "too many headers"},
        {"/html", HTTP_TYPE, "the answer is text/html; application/json"},
        {"/untyped", HTTP_TYPE, "the answer is ?"},
        {"/no-http", HTTP_BROKEN, "broke off"},
        {"/old", HTTP_BROKEN, "broke off"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct fetch fetch;
        begin(&fetch, play_hostile, SERVICE_PLAIN, &quick);
        get(&fetch, all[i].target);
        if (fetch.call.fault != all[i].fault) {
            print_error("%s: fault %d\n", all[i].target, (int)fetch.call.fault);
        }
        failed(&fetch, all[i].fault, all[i].word);
        assert_true(fetch.taken.length <= (size_t)quick.body_bytes); /* bounded */
        end(&fetch);
    }
}

static void a_run_has_a_bound(void **state)
{
    (void)state;
    struct fetch fetch;
    struct http_limits limits = quick;
    limits.run_bytes = 20;
    begin(&fetch, play_well, SERVICE_PLAIN, &limits);
    get(&fetch, "/a");
    get(&fetch, "/a");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    get(&fetch, "/a");
    failed(&fetch, HTTP_LARGE, "20 bytes are taken at most");
    end(&fetch);
}

static void nobody_there(void **state)
{
    (void)state;
    struct fetch fetch;
    begin(&fetch, play_well, SERVICE_PLAIN, &quick);
    service_stop(&fetch.service);
    fetch.service.seen = NULL;
    get(&fetch, "/");
    failed(&fetch, HTTP_UNREACHABLE, "there is no connection");
    service_start(&fetch.service, play_well, SERVICE_PLAIN);
    end(&fetch);
}

static bool woken(void *context)
{
    ++*(int *)context;
    return false;
}

static void given_up(void **state)
{
    (void)state;
    struct fetch fetch;
    int asked = 0, pipe_ends[2];
    begin(&fetch, play_hostile, SERVICE_PLAIN, &quick);
    http_free(fetch.http);
    assert_int_equal(pipe(pipe_ends), 0);
    assert_int_equal(write(pipe_ends[1], "x", 1), 1);
    struct http_ways ways = {
        .plain = true, .wake = pipe_ends[0], .woken = woken, .context = &asked};
    fetch.http = http_new(&quick, &ways, &fetch.error);
    text_addf(&fetch.url, "%s/silent", fetch.service.url);
    fetch.call = (struct http_call){
        .url = text_bytes(&fetch.url), .origin = &fetch.origin, .take = take, .context = &fetch};
    assert_int_equal(http_start(fetch.http, &fetch.call, &fetch.error), 0);
    assert_null(http_finish(fetch.http, &fetch.error));
    assert_int_equal(fetch.error.code, ERROR_INTERRUPTED);
    assert_int_equal(asked, 1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    end(&fetch);
}

/* What the environment says of proxies and keys is nothing to us. */
static void the_environment(void **state)
{
    (void)state;
    struct fetch fetch;
    setenv("http_proxy", "http://127.0.0.1:9", 1);
    setenv("https_proxy", "http://127.0.0.1:9", 1);
    setenv("ALL_PROXY", "socks5://127.0.0.1:9", 1);
    begin(&fetch, play_well, SERVICE_TRUSTED, &quick);
    get(&fetch, "/");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    end(&fetch);
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    unsetenv("ALL_PROXY");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer),
        cmocka_unit_test(several_at_once),
        cmocka_unit_test(refusals_in_all_shapes),
        cmocka_unit_test(busy_services_are_asked_again),
        cmocka_unit_test(redirections),
        cmocka_unit_test(no_plain_http_but_to_this_machine),
        cmocka_unit_test(origins),
        cmocka_unit_test(certificates),
        cmocka_unit_test(hostile_servers),
        cmocka_unit_test(a_run_has_a_bound),
        cmocka_unit_test(nobody_there),
        cmocka_unit_test(given_up),
        cmocka_unit_test(the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
