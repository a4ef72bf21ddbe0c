/* test_openstack_faults.c: clouds that are down, forbid, lie or go on for ever: each run ends soon
 * with a word that says what and where, and nothing of it is reported as good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "test/support/cloud.h"

/* The run fails soon, in words that hold WORD. */
static void fails(struct cloud *cloud, const char *word)
{
    struct text said = {0};
    int64_t began = monotonic_ms();
    assert_int_equal(cloud_run(cloud, &openstack_adapter), -1);
    error_text(&cloud->report.error, NULL, &said);
    if (!strstr(text_bytes(&said), word)) {
        fail_msg("“%s” does not say “%s”", text_bytes(&said), word);
    }
    assert_true(monotonic_ms() - began < 3000);
    assert_int_equal(cloud->report.done.pair_count, 0);
    assert_int_equal(cloud->report.missed, 0);
    assert_null(strstr(text_bytes(&said), "adminpass"));
    assert_null(strstr(text_bytes(&said), "gAAAA"));
    text_free(&said);
}

static void each_fault(void **state)
{
    (void)state;
    static const struct {
        enum cloud_fault fault;
        const char *word;
        int rows; /* that had come before: void */
    } all[] = {
        {CLOUD_NO_NEUTRON, "/v2.1/servers/detail #1: the service answers 500: Unexpected API Error",
         0},
        {CLOUD_NO_KEYSTONE, "answers 503: 503 Service Unavailable The server is currently", 0},
        {CLOUD_READER, "403: Policy doesn't allow os_compute_api:servers:detail:get_all", 0},
        {CLOUD_NOT_ACCEPTABLE, "406: Version 2.999 is not supported by the API. Minimum is 2.1", 0},
        {CLOUD_CIRCLE, "#5: the pages go in a circle: this address was there before", 3},
        {CLOUD_SAME_PAGE, "#2: the pages go in a circle: all of this one was there before", 2},
        {CLOUD_ENDLESS, "#21: the list has more than 20 pages", 19},
        {CLOUD_EMPTY, "#3: page after page is empty, and names a next one", 0},
        {CLOUD_ELSEWHERE, "leads to http://elsewhere.example/15004/v2.1/servers/detail", 1},
        {CLOUD_TWICE, "#1: the page shows a twice", 2},
        {CLOUD_BAD_UTF8, "#1: no. 1 (server) of the page is no JSON that is read: unable to", 0},
        {CLOUD_DUPLICATE, "no. 1 (server) of the page is no JSON that is read: duplicate object",
         0},
        {CLOUD_RANGE, "no. 1 (server a) of the page: “vcpus” is out of range: -4", 0},
        {CLOUD_OVERFLOW, "is no JSON that is read: too big integer", 0},
        {CLOUD_TYPE, "no. 1 (server a) of the page: “vcpus” is not of the type", 0},
        {CLOUD_NO_ID, "no. 2 (server) of the page has no “id”", 1},
        {CLOUD_DEEP, "“servers” is nested more deeply than any is", 0},
        {CLOUD_GREAT, "one of “servers”, or what stands around them, is larger", 0},
        {CLOUD_NO_LIST, "there is no list “servers” in the page", 0},
        {CLOUD_TORN, "the page ends in the middle", 0},
        {CLOUD_TRAILING, "what stands around the list is no JSON that is read: end of file", 0},
        {CLOUD_TWO_LISTS, "what stands around the list is no JSON that is read: duplicate", 0},
        {CLOUD_HTML, "the answer is text/html; application/json", 0},
        {CLOUD_NO_TOKEN, "no token that can be read", 0},
        {CLOUD_BAD_TOKEN, "no token that can be read", 0},
        {CLOUD_ECHO, "401: *** is wrong", 0},
        {CLOUD_FOREIGN_CATALOGUE, "names http://elsewhere.example/v2.1: another host", 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cloud cloud;
        cloud_begin(&cloud, SERVICE_PLAIN);
        cloud_set(&cloud, "fetch", "servers");
        cloud.service.seen->count[CLOUD_FAULT] = (int)all[i].fault;
        fails(&cloud, all[i].word);
        if (parcel_int(&cloud.report.failure, "rows", -1) != all[i].rows) {
            fail_msg("%s: %d rows", all[i].word,
                     (int)parcel_int(&cloud.report.failure, "rows", -1));
        }
        cloud_end(&cloud);
    }
}

/* Where it happened is told apart from the sentence too, for those who ask the vendor. */
static void the_question_that_failed(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_NO_NEUTRON;
    fails(&cloud, "500");
    assert_string_equal(parcel_get(&cloud.report.failure, "kind"), "server");
    assert_string_equal(parcel_get(&cloud.report.failure, "request"),
                        "req-7884329b-805c-4459-987f-13fc3767db13");
    assert_string_equal(parcel_get(&cloud.report.failure, "retries"), "1");
    cloud_end(&cloud);
}

/* A token that is not taken although it is new is not asked for again and again. */
static void a_token_that_never_serves(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_EXPIRES] = 1;
    cloud.service.seen->count[CLOUD_TOKENS] = -100;
    fails(&cloud, "401: The request you have made requires authentication");
    assert_int_equal(cloud.service.seen->count[CLOUD_TOKENS], -98);
    cloud_end(&cloud);
}

static void certificates(void **state)
{
    (void)state;
    static const enum service_papers papers[] = {SERVICE_EXPIRED, SERVICE_FOREIGN,
                                                 SERVICE_OTHER_HOST};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        struct cloud cloud;
        cloud_begin(&cloud, papers[i]);
        fails(&cloud, "does not prove who it is");
        assert_int_equal(cloud.service.seen->requests, 0); /* no password went there */
        cloud_end(&cloud);
    }
}

static void settings_that_do_not_do(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *word;
    } all[] = {{"user", "", "has no user"},
               {"url", "", "has no url"},
               {"secret", "", "has no secret"},
               {"secret_command", "/bin/true", "has no secret"},
               {"url", "http://198.51.100.1/v3", "a password goes over https alone"},
               {"plain", "no", "a password goes over https alone"},
               {"region", "Elsewhere", "has no compute service for the region"},
               {"interface", "admin", ""},
               {"ca", "/nonexistent.pem", ""}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cloud cloud;
        cloud_begin(&cloud, SERVICE_PLAIN);
        if (*all[i].value || strcmp(all[i].key, "url") != 0) {
            cloud_set(&cloud, all[i].key, all[i].value);
        } else {
            settings_free(&cloud.orders.settings);
            cloud_set(&cloud, "user", "admin");
            cloud_set(&cloud, "project", "admin");
        }
        if (*all[i].word) {
            fails(&cloud, all[i].word);
        } else {
            assert_int_equal(cloud_run(&cloud, &openstack_adapter), 0);
        }
        cloud_end(&cloud);
    }
}

/* ---- the secret ---- */

static void a_file_that_others_read(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    assert_int_equal(chmod(cloud.secret, 0640), 0);
    fails(&cloud, "others may read the file with the password; chmod 600");
    assert_int_equal(chmod(cloud.secret, 0400), 0);
    cloud_set(&cloud, "fetch", "projects");
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), 0);
    cloud_set(&cloud, "secret", "/tmp");
    fails(&cloud, "from a plain file");
    cloud_set(&cloud, "secret", "/nonexistent/secret");
    fails(&cloud, "no such file");
    assert_int_equal(cloud.service.seen->count[CLOUD_TOKENS], 1);
    cloud_end(&cloud);
}

static void a_command_that_prints_it(void **state)
{
    (void)state;
    struct cloud cloud;
    struct text command = {0};
    cloud_begin(&cloud, SERVICE_PLAIN);
    text_addf(&command, "/bin/cat %s", cloud.secret);
    cloud_set(&cloud, "fetch", "projects");
    cloud_set(&cloud, "secret", "");
    cloud_set(&cloud, "secret_command", text_bytes(&command));
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), 0);
    cloud_set(&cloud, "secret_command", "/bin/false");
    fails(&cloud, "/bin/false: the command that has the password failed");
    cloud_set(&cloud, "secret_command", "/bin/true");
    fails(&cloud, "is no password");
    cloud_set(&cloud, "connect", "200"); /* so long it has */
    cloud_set(&cloud, "secret_command", "/bin/sleep 60");
    fails(&cloud, "/bin/sleep: no answer in time");
    cloud_set(&cloud, "secret_command", "/nonexistent");
    fails(&cloud, "/nonexistent: no such file");
    text_free(&command);
    cloud_end(&cloud);
}

static void a_wrong_password(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "secret", "");
    cloud_set(&cloud, "secret_command", "/bin/echo wrong");
    fails(&cloud, "/15000/v3/auth/tokens: the service answers 401: The request you have made");
    assert_int_equal(cloud.service.seen->requests, 1); /* an account is locked by less */
    cloud_end(&cloud);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault),
        cmocka_unit_test(the_question_that_failed),
        cmocka_unit_test(a_token_that_never_serves),
        cmocka_unit_test(certificates),
        cmocka_unit_test(settings_that_do_not_do),
        cmocka_unit_test(a_file_that_others_read),
        cmocka_unit_test(a_command_that_prints_it),
        cmocka_unit_test(a_wrong_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
