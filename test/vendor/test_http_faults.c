/* test_http_faults.c: fetches from servers that are anything but well: each ends soon, in words,
 * and with nothing taken for good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "test/support/fetch.h"

/* ---- TLS ---- */

static void certificates(void **state)
{
    (void)state;
    static const struct {
        enum service_papers papers;
        const char *word;
    } all[] = {{SERVICE_EXPIRED, "expired"},
               {SERVICE_FOREIGN, "unable to get local issuer certificate"},
               {SERVICE_OTHER_HOST, "no alternative certificate subject name matches"},
               {SERVICE_OLD, "protocol version"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct fetch fetch;
        fetch_begin(&fetch, play_well, all[i].papers, &quick_limits);
        fetch_get(&fetch, "/");
        fetch_failed(&fetch, HTTP_UNTRUSTED, all[i].word);
        assert_int_equal(fetch.service.seen->requests, 0);
        fetch_end(&fetch);
    }
}

/* ---- the rest of the world: each in the time its limit takes, which makes this test long ---- */

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
        fetch_begin(&fetch, play_hostile, SERVICE_PLAIN, &quick_limits);
        fetch_get(&fetch, all[i].target);
        if (fetch.call.fault != all[i].fault) {
            print_error("%s: fault %d\n", all[i].target, (int)fetch.call.fault);
        }
        fetch_failed(&fetch, all[i].fault, all[i].word);
        assert_true(fetch.taken.length <= (size_t)quick_limits.body_bytes); /* bounded */
        fetch_end(&fetch);
    }
}

static void a_run_has_a_bound(void **state)
{
    (void)state;
    struct fetch fetch;
    struct http_limits limits = quick_limits;
    limits.run_bytes = 20;
    fetch_begin(&fetch, play_well, SERVICE_PLAIN, &limits);
    fetch_get(&fetch, "/a");
    fetch_get(&fetch, "/a");
    assert_int_equal(fetch.call.fault, HTTP_GOOD);
    fetch_get(&fetch, "/a");
    fetch_failed(&fetch, HTTP_LARGE, "20 bytes are taken at most");
    fetch_end(&fetch);
}

static void nobody_there(void **state)
{
    (void)state;
    struct fetch fetch;
    fetch_begin(&fetch, play_well, SERVICE_PLAIN, &quick_limits);
    service_stop(&fetch.service);
    fetch.service.seen = NULL;
    fetch_get(&fetch, "/");
    fetch_failed(&fetch, HTTP_UNREACHABLE, "there is no connection");
    service_start(&fetch.service, play_well, SERVICE_PLAIN);
    fetch_end(&fetch);
}

static int woken(void *context)
{
    ++*(int *)context;
    return -1;
}

static void given_up(void **state)
{
    (void)state;
    struct fetch fetch;
    int asked = 0, pipe_ends[2];
    fetch_begin(&fetch, play_hostile, SERVICE_PLAIN, &quick_limits);
    http_free(fetch.http);
    assert_int_equal(pipe(pipe_ends), 0);
    assert_int_equal(write(pipe_ends[1], "x", 1), 1);
    struct http_ways ways = {
        .plain = true, .wake = pipe_ends[0], .woken = woken, .context = &asked};
    fetch.http = http_new(&quick_limits, &ways, &fetch.error);
    text_addf(&fetch.url, "%s/silent", fetch.service.url);
    fetch.call = (struct http_call){.url = text_bytes(&fetch.url),
                                    .origin = &fetch.origin,
                                    .take = fetch_take,
                                    .context = &fetch};
    assert_int_equal(http_start(fetch.http, &fetch.call, &fetch.error), 0);
    assert_null(http_finish(fetch.http, &fetch.error));
    assert_int_equal(fetch.error.code, ERROR_INTERRUPTED);
    assert_int_equal(asked, 1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    fetch_end(&fetch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates),      cmocka_unit_test(hostile_servers),
        cmocka_unit_test(a_run_has_a_bound), cmocka_unit_test(nobody_there),
        cmocka_unit_test(given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
