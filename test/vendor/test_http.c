/* test_http.c: fetches from a server that is well, or has no time, or leads elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/fetch.h"

/* ---- what is well ---- */

static void an_answer(void **state)
{
    (void)state;
    struct fetch fetch;
    fetch_begin(&fetch, play_well, SERVICE_TRUSTED, &patient_limits);
    for (int i = 0; i < 3; i++) {
        fetch_get(&fetch, "/a");
        assert_int_equal(fetch.call.fault, HTTP_GOOD);
        assert_int_equal(fetch.call.status, 200);
        assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    }
    assert_int_equal(fetch.service.seen->connections, 1); /* kept */
    fetch_get(&fetch, "/gzip");
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    assert_int_equal(http_bytes(fetch.http), 28);
    assert_int_equal(http_packed(fetch.http), 21 + 27); /* three plain, one of gzip */
    fetch_get(&fetch, "/odd");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.call.subject_token), "t0ken");
    assert_string_equal(text_bytes(&fetch.call.request), "req-1");
    assert_string_equal(text_bytes(&fetch.call.link), "<x>");
    assert_null(strstr(fetch.service.seen->head, "Expect"));
    assert_non_null(strstr(fetch.service.seen->head, "Accept-Encoding: gzip\r\n"));
    fetch_end(&fetch);
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
    fetch_begin(&fetch, play_together, SERVICE_PLAIN, &patient_limits);
    for (int i = 0; i < CALLS; i++) {
        calls[i] = (struct http_call){.url = fetch.service.url,
                                      .origin = &fetch.origin,
                                      .take = fetch_take,
                                      .context = &fetch};
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
    fetch_end(&fetch);
}

/* An answer, when the test says so. */
static void play_when_told(struct line *line)
{
    line->seen->count[0] = 1;
    for (int ms = 0; line->seen->count[1] == 0 && ms < 5000; ms++) {
        line_pause(1);
    }
    line_json(line, "{}");
}

/* It is sent at once, and what the caller does then is not the service's time. */
static void sent_before_it_is_awaited(void **state)
{
    (void)state;
    struct fetch fetch;
    struct http_limits limits = patient_limits;
    limits.answer_ms = 300;
    fetch_begin(&fetch, play_when_told, SERVICE_PLAIN, &limits);
    fetch.call = (struct http_call){
        .url = fetch.service.url, .origin = &fetch.origin, .take = fetch_take, .context = &fetch};
    assert_int_equal(http_start(fetch.http, &fetch.call, &fetch.error), 0);
    for (int ms = 0; fetch.service.seen->count[0] == 0 && ms < 5000; ms++) {
        assert_int_equal(http_send(fetch.http, &fetch.error), 0);
        line_pause(1); /* it connects first */
    }
    assert_int_equal(fetch.service.seen->count[0], 1);
    line_pause((int)limits.answer_ms + 50);
    fetch.service.seen->count[1] = 1;
    assert_ptr_equal(http_finish(fetch.http, &fetch.error), &fetch.call);
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    fetch_end(&fetch);
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
    fetch_begin(&fetch, play_refusals, SERVICE_PLAIN, &patient_limits);
    fetch_get(&fetch, "/keystone");
    fetch_failed(&fetch, HTTP_STATUS,
                 "/keystone: the service answers 401: The request you have made");
    fetch_get(&fetch, "/nova");
    fetch_failed(&fetch, HTTP_STATUS,
                 "404: Instance 00000000-0000-4000-8000-000000000000 could not be");
    fetch_get(&fetch, "/placement");
    fetch_failed(&fetch, HTTP_STATUS,
                 "403: Access was denied to this resource. Policy does not allow");
    fetch_get(&fetch, "/html");
    fetch_failed(&fetch, HTTP_STATUS, "413: 413 Request Entity Too Large Request is too large.");
    fetch_get(&fetch, "/gnocchi");
    fetch_failed(&fetch, HTTP_STATUS, "404 Not Found The resource could not be found. Metric 0000");
    fetch_get(&fetch, "/none?token=hidden");
    fetch_failed(&fetch, HTTP_STATUS, "/none: the service answers 404");
    assert_int_equal(fetch.service.seen->requests, 6); /* never a second time */
    http_hide(fetch.http, 0, "sekrit-9");
    fetch_get(&fetch, "/other");
    fetch_failed(&fetch, HTTP_STATUS, "400: it was ***");
    fetch_end(&fetch);
}

static void play_busy(struct line *line)
{
    int times = line->seen->count[0]++;
    if (line_is(line, "/always")) {
        line_answer(line, "503 Busy", "text/html", "", "<html>later</html>", 18);
    } else if (line_is(line, "/long")) {
        line_answer(line, "429 Busy", "text/html", "Retry-After: 99999999999999999\r\n", "", 0);
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
    struct http_limits limits = patient_limits;
    limits.tries = 3;
    struct fetch fetch;
    fetch_begin(&fetch, play_busy, SERVICE_PLAIN, &limits);
    fetch_get(&fetch, "/twice");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_int_equal(fetch.call.tries, 3);
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    fetch.service.seen->count[0] = 0;
    fetch_get(&fetch, "/part"); /* it broke off: from its beginning */
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.taken), "{\"a\":1}");
    fetch.service.seen->requests = 0;
    fetch_get(&fetch, "/always");
    fetch_failed(&fetch, HTTP_BUSY, "answers 503: later; it was asked 3 times");
    assert_int_equal(fetch.service.seen->requests, 3);
    fetch_get(&fetch, "/long");
    fetch_failed(&fetch, HTTP_BUSY, "429; it was asked 1 times");
    fetch_get(&fetch, "/date");
    fetch_failed(&fetch, HTTP_BUSY, "503; it was asked 1 times");
    fetch_end(&fetch);
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
    fetch_begin(&fetch, play_elsewhere, SERVICE_PLAIN, &patient_limits);
    service_start(&other, play_elsewhere, SERVICE_PLAIN);
    fetch_get(&fetch, "/near");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    assert_string_equal(text_bytes(&fetch.taken), "{\"here\":1}");
    fetch_get(&fetch, "/round");
    fetch_failed(&fetch, HTTP_CIRCLE, "3 times were followed");
    const char *const away[] = {other.url,
                                "http://elsewhere.example/",
                                "https://127.0.0.1/",
                                "file:///etc/passwd",
                                "//elsewhere.example/x",
                                "http://127.0.0.1@elsewhere.example/"};
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        text_clear(&target);
        text_addf(&target, "/to?%s", away[i]);
        fetch_get(&fetch, text_bytes(&target));
        assert_true(fetch.call.fault == HTTP_ORIGIN || fetch.call.fault == HTTP_STATUS);
        assert_int_equal(fetch.taken.length, 0);
    }
    text_clear(&target);
    text_addf(&target, "/to?%s", other.url);
    fetch.call.headers = token;
    fetch_get(&fetch, text_bytes(&target));
    fetch_failed(&fetch, HTTP_ORIGIN, "not the service that was asked; nothing was sent");
    assert_int_equal(other.seen->connections, 0);
    service_stop(&other);
    text_free(&target);
    fetch_end(&fetch);
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
        struct http *http = http_new(&patient_limits, &ways, &error);
        assert_true(origin_of("http://198.51.100.7:80/", &far));
        assert_true(origin_of(service.url, &near));
        struct http_call away = {.url = "http://198.51.100.7/", .origin = &far, .take = fetch_take};
        assert_int_equal(http_start(http, &away, &error), 0);
        assert_ptr_equal(http_finish(http, &error), &away);
        assert_int_equal(away.fault, HTTP_ORIGIN);
        struct fetch fetch = {0};
        struct http_call here = {
            .url = service.url, .origin = &near, .take = fetch_take, .context = &fetch};
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

/* What the environment says of proxies and keys is nothing to us. */
static void the_environment(void **state)
{
    (void)state;
    struct fetch fetch;
    setenv("http_proxy", "http://127.0.0.1:9", 1);
    setenv("https_proxy", "http://127.0.0.1:9", 1);
    setenv("ALL_PROXY", "socks5://127.0.0.1:9", 1);
    fetch_begin(&fetch, play_well, SERVICE_TRUSTED, &patient_limits);
    fetch_get(&fetch, "/");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    fetch_end(&fetch);
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    unsetenv("ALL_PROXY");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer),
        cmocka_unit_test(several_at_once),
        cmocka_unit_test(sent_before_it_is_awaited),
        cmocka_unit_test(refusals_in_all_shapes),
        cmocka_unit_test(busy_services_are_asked_again),
        cmocka_unit_test(redirections),
        cmocka_unit_test(no_plain_http_but_to_this_machine),
        cmocka_unit_test(origins),
        cmocka_unit_test(the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
