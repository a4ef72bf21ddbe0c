/* test_give_up.c: requests that take long, given up by whoever asked, over a real socket. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/wire/errand.h"
#include "test/support/served.h"

static int make(void **state)
{
    struct served *served = calloc(1, sizeof *served);
    assert_non_null(served);
    served_make(served);
    *state = served;
    return 0;
}

static int unmake(void **state)
{
    served_free(*state);
    free(*state);
    return 0;
}

/* Waits until the server has noted COUNT requests that were stopped. */
static void expect_stopped(const struct served *served, int count)
{
    int found = 0;
    for (int i = 0; i < 2000 && (found = served_lines(served, "slow stopped inside")) < count;
         i++) {
        (void)poll(NULL, 0, 5);
    }
    assert_int_equal(found, count);
}

/* A key ends a request that would take long; the answer that comes for it is nobody's. */
static void given_up(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    int keys[2];
    char key;
    served_start(served);
    struct client *client = served_client(served);
    assert_int_equal(pipe(keys), 0);
    client_heed(client, keys[0]);
    assert_true(ask_number(client, "act", "seq", &error) > 0);
    assert_int_equal(write(keys[1], "x", 1), 1);
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(ask_number(client, "slow", "seq", &error), -1);
        served_error(&error, ERROR_INTERRUPTED, "interrupted");
        expect_stopped(served, i);
    }
    assert_int_equal(read(keys[0], &key, 1), 1);
    int64_t seq = ask_number(client, "act", "seq", &error);
    assert_int_equal(ask_number(client, "act", "seq", &error), seq + 1);
    client_close(client);
    close(keys[0]);
    close(keys[1]);
}

/* A word to stop that comes too late stops nothing. */
static void stopped_late(void **state)
{
    struct served *served = *state;
    struct raw raw;
    struct frame frame;
    served_start(served);
    raw_greet(&raw, served);
    raw_ask(&raw, "echo");
    assert_true(raw_number(&raw, "begins") > 0);
    raw_send(&raw, "\1\0\0\0\6", 5);
    raw_ask(&raw, "echo");
    assert_true(raw_number(&raw, "begins") > 0);
    raw_ask(&raw, "slow");
    raw_send(&raw, "\1\0\0\0\6", 5);
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_FAILURE);
    raw_ask(&raw, "echo");
    assert_true(raw_number(&raw, "begins") > 0);
    raw_close(&raw);
}

/* Nobody waits for what was asked by one who is gone. */
static void stopped_by_leaving(void **state)
{
    struct served *served = *state;
    struct raw raw;
    served_start(served);
    raw_greet(&raw, served);
    raw_ask(&raw, "slow");
    raw_close(&raw);
    expect_stopped(served, 1);
}

/* ---- what takes long ---- */

/* How the request "long" with `end` END ends, through CLIENT: the code, 0 well. */
static int ask_long(struct client *client, const char *end, struct error *error)
{
    struct parcel request = {0}, reply = {0};
    parcel_put(&request, "verb", "long");
    parcel_put(&request, "end", end);
    int status = client_call(client, &request, &reply, error);
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

/* A caller that only waits gets what came of it; others are answered meanwhile. */
static void long_ends(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    assert_int_equal(ask_long(client, "well", &error), 0);
    assert_int_equal(ask_long(client, "badly", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "was killed (signal 6)");
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    assert_int_equal(served_lines(served, "errand lost"), 1);
    client_close(client);
}

/* Progress comes; others are answered; one word to stop, and the connection goes on. */
static void long_given_up(void **state)
{
    struct served *served = *state;
    struct raw raw, other;
    struct frame frame;
    served_start(served);
    raw_greet(&raw, served);
    raw_greet(&other, served);
    raw_ask(&raw, "long");
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_PROGRESS);
    raw_ask(&other, "echo");
    assert_true(raw_number(&other, "begins") > 0);
    raw_send(&raw, "\1\0\0\0\6", 5);
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_FAILURE);
    raw_ask(&raw, "echo");
    assert_true(raw_number(&raw, "begins") > 0);
    raw_close(&raw);
    raw_close(&other);
}

/* The server ends while one is under way: whoever waits is told. */
static void long_at_the_end(void **state)
{
    struct served *served = *state;
    struct raw raw;
    struct frame frame;
    served_start(served);
    raw_greet(&raw, served);
    raw_ask(&raw, "long");
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_PROGRESS);
    assert_int_equal(served_end(served, SIGTERM), 0);
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_FAILURE);
    raw_close(&raw);
}

int main(int argc, char **argv)
{
    int done;
    if (errand_child(argc, argv, &done)) {
        return done;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(given_up, make, unmake),
        cmocka_unit_test_setup_teardown(stopped_late, make, unmake),
        cmocka_unit_test_setup_teardown(stopped_by_leaving, make, unmake),
        cmocka_unit_test_setup_teardown(long_ends, make, unmake),
        cmocka_unit_test_setup_teardown(long_given_up, make, unmake),
        cmocka_unit_test_setup_teardown(long_at_the_end, make, unmake),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
