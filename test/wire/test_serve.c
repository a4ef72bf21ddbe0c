/* test_serve.c: the server and its clients over a real socket, with a counter that only echoes. */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "test/support/served.h"

enum { MANY = 12, OTHER_UID = 4321 };

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

static void still_serves(const struct served *served)
{
    struct error error = {0};
    struct client *client = served_client(served);
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    client_close(client);
}

/* ---- behaving clients ---- */

static void echo(void **state)
{
    struct served *served = *state;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    parcel_put(&request, "verb", "echo");
    parcel_put_n(&request, "part", "\0\n\xFF", 3);
    assert_int_equal(client_call(client, &request, &reply, &error), 0);
    assert_int_equal(reply.pairs[1].length, 3);
    assert_memory_equal(reply.pairs[1].value, "\0\n\xFF", 3);
    assert_true(parcel_yes(&reply, "owner"));
    assert_true(parcel_yes(&reply, "inside"));
    assert_int_equal(parcel_int(&reply, "uid", -1), geteuid());
    assert_int_equal(client_changed(client), 0);
    parcel_free(&request);
    parcel_free(&reply);
    client_close(client);
    assert_int_equal(served_lines(served, "enter done"), 1);
}

static void failures(void **state)
{
    struct served *served = *state;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    parcel_put(&request, "verb", "fail");
    assert_int_equal(client_call(client, &request, &reply, &error), -1);
    assert_string_equal(error.sentence, "%1 was there before %2, %3 and %4");
    assert_null(error.arg[2]);
    served_error(&error, ERROR_CONFLICT, "a was there before b,  and d");
    assert_string_equal(table_cell(parcel_find(&reply, "since"), 0, "line"), "somebody else");
    assert_string_equal(parcel_get(&reply, "rev"), "7");
    assert_null(parcel_get(&reply, "error.code"));
    parcel_free(&request);
    parcel_free(&reply);
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    client_close(client);
}

static void two_clients(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    served_start(served);
    struct client *one = served_client(served), *two = served_client(served);
    int64_t first = ask_number(one, "act", "seq", &error);
    assert_int_equal(ask_number(two, "act", "seq", &error), first + 1);
    assert_int_equal(ask_number(one, "echo", "seq", &error), first + 1);
    client_close(one);
    assert_int_equal(ask_number(two, "echo", "seq", &error), first + 1);
    client_close(two);
}

/* What the process of the server is like. */
static void confined(void **state)
{
    static const char *const names[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC", "HOME=", "XDG_RUNTIME_DIR=",
        "TMPDIR=/tmp/yuntai-serve-"};
    struct served *served = *state;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    struct stat info;
    setenv("SQLITE_TMPDIR", "/nowhere", 1);
    served_start(served);
    unsetenv("SQLITE_TMPDIR");
    assert_int_equal(stat(served->options.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0666);
    struct client *client = served_client(served);
    parcel_put(&request, "verb", "surroundings");
    assert_int_equal(client_call(client, &request, &reply, &error), 0);
    assert_int_equal(parcel_int(&reply, "umask", -1), 0077);
    assert_int_equal(parcel_int(&reply, "core", -1), 0);
    assert_int_equal(parcel_int(&reply, "dumpable", -1), 0);
    const struct table *table = parcel_find(&reply, "environment");
    for (size_t i = 0; i < table_rows(table); i++) {
        bool known = false;
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            known |= strncmp(table_at(table, i, 0), names[j], strlen(names[j])) == 0;
        }
        assert_true(known);
    }
    parcel_free(&request);
    parcel_free(&reply);
    client_close(client);
}

static void large(void **state)
{
    struct served *served = *state;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    char *bytes = calloc(1, FRAME_MOST);
    served_start(served);
    struct client *client = served_client(served);
    assert_int_equal(ask_number(client, "big", "seq", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "larger than 1 MiB");
    parcel_put(&request, "verb", "echo");
    parcel_put_n(&request, "part", bytes, FRAME_MOST - 4096);
    assert_int_equal(client_call(client, &request, &reply, &error), 0);
    assert_int_equal(reply.pairs[1].length, FRAME_MOST - 4096);
    parcel_free(&reply);
    parcel_put_n(&request, "more", bytes, 4096);
    assert_int_equal(client_call(client, &request, &reply, &error), -1);
    served_error(&error, ERROR_USAGE, "smaller pieces");
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    parcel_free(&request);
    parcel_free(&reply);
    client_close(client);
    free(bytes);
}

/* Who is neither root nor the account of the server is not its owner. */
static void strangers(void **state)
{
    struct served *served = *state;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    if (geteuid() != 0) {
        skip();
    }
    served_start(served);
    assert_int_equal(seteuid(OTHER_UID), 0);
    struct client *client = served_client(served);
    assert_int_equal(seteuid(0), 0);
    parcel_put(&request, "verb", "echo");
    parcel_put(&request, "as", "root");
    assert_int_equal(client_call(client, &request, &reply, &error), 0);
    assert_int_equal(parcel_int(&reply, "uid", -1), OTHER_UID);
    assert_string_equal(parcel_get(&reply, "owner"), "no");
    parcel_free(&request);
    parcel_free(&reply);
    client_close(client);
}

/* ---- clients that do not behave ---- */

static void expect_closed(struct raw *raw)
{
    struct frame frame;
    assert_false(raw_frame(raw, &frame));
    raw_close(raw);
}

static void garbage(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } bad[] = {
        {"GET / HTTP/1.1\r\n\r\n", 18},     {"\0\0\0\0", 4},
        {"\0\0\x20\0\2", 5} /* 2 MiB */,    {"\2\0\0\0\7x", 6},
        {"\2\0\0\0\2\1", 6} /* no hello */, {"\6\0\0\0\1hello", 10},
    };
    struct served *served = *state;
    struct raw raw;
    served_start(served);
    struct client *client = served_client(served);
    struct error error = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        raw_open(&raw, served);
        raw_send(&raw, bad[i].bytes, bad[i].length);
        expect_closed(&raw);
    }
    raw_greet(&raw, served);
    raw_send(&raw, "\3\0\0\0\2\1\1", 7); /* a request that is no parcel */
    expect_closed(&raw);
    raw_greet(&raw, served);
    raw_send(&raw, "\0\0\x20\0\2xxxxxxxxxxx", 16);
    expect_closed(&raw);
    raw_greet(&raw, served);
    raw_send(&raw, "\2\0\0\0\3\1", 6); /* a reply, from a client */
    expect_closed(&raw);
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    client_close(client);
    assert_int_equal(served_lines(served, "garbage closed"), sizeof bad / sizeof *bad + 3);
}

static void byte_by_byte(void **state)
{
    struct served *served = *state;
    struct frame_writer writer = {0};
    struct parcel parcel = {0};
    struct raw raw;
    struct frame frame;
    const char *bytes;
    served_start(served);
    raw_open(&raw, served);
    parcel_put(&parcel, "verb", "act");
    frame_put(&writer, FRAME_HELLO, frame_hello(), strlen(frame_hello()));
    frame_put_parcel(&writer, FRAME_REQUEST, &parcel);
    size_t length = frame_waiting(&writer, &bytes);
    for (size_t i = 0; i < length; i++) {
        raw_send(&raw, bytes + i, 1);
    }
    assert_true(raw_frame(&raw, &frame));
    assert_true(frame_hello_good(&frame));
    assert_true(raw_number(&raw, "seq") > 0);
    frame_writer_free(&writer);
    parcel_free(&parcel);
    raw_close(&raw);
}

/* One says nothing, one half a frame, one asks and asks and never reads: nobody waits for them,
 * and after a while they are gone. */
static void stalled(void **state)
{
    struct served *served = *state;
    struct raw silent, half, deaf;
    served->options.slow = 1;
    served_start(served);
    raw_open(&silent, served);
    raw_greet(&half, served);
    raw_send(&half, "\100\0\0\0\2abc", 8);
    raw_greet(&deaf, served);
    struct parcel request = {0};
    struct frame_writer writer = {0};
    const char *bytes;
    parcel_put(&request, "verb", "big");
    parcel_put_int(&request, "size", 900000);
    for (int i = 0; i < 40; i++) {
        assert_int_equal(frame_put_parcel(&writer, FRAME_REQUEST, &request), FRAME_PUT);
    }
    size_t length = frame_waiting(&writer, &bytes);
    raw_send(&deaf, bytes, length);
    still_serves(served);
    expect_closed(&silent);
    expect_closed(&half);
    for (int i = 0; i < 2000 && served_lines(served, "slow closed") < 3; i++) {
        (void)poll(NULL, 0, 5);
    }
    assert_int_equal(served_lines(served, "slow closed"), 3);
    raw_close(&deaf);
    frame_writer_free(&writer);
    parcel_free(&request);
}

static int descriptors(const struct served *served)
{
    struct text path = {0};
    int count = 0;
    text_addf(&path, "/proc/%d/fd", (int)served->pid);
    DIR *directory = opendir(text_bytes(&path));
    assert_non_null(directory);
    while (readdir(directory)) {
        count++;
    }
    closedir(directory);
    text_free(&path);
    return count;
}

/* Who goes in the middle of a frame, or before he heard the answer, takes nothing with him. */
static void cut_off(void **state)
{
    static const char half[] = "\100\0\0\0\2abc";
    struct served *served = *state;
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    int before = descriptors(served);
    for (size_t i = 0; i < 100; i++) {
        struct raw raw;
        raw_open(&raw, served);
        if (i % 3 > 0) {
            raw_close(&raw);
            raw_greet(&raw, served);
        }
        if (i % 3 > 1) {
            raw_ask(&raw, "echo");
        }
        raw_send(&raw, half, i % sizeof half);
        raw_close(&raw);
        assert_true(ask_number(client, "echo", "begins", &error) > 0);
    }
    for (int i = 0; i < 2000 && descriptors(served) > before; i++) {
        assert_true(ask_number(client, "echo", "begins", &error) > 0);
        (void)poll(NULL, 0, 5);
    }
    assert_int_equal(descriptors(served), before);
    client_close(client);
}

/* CLIENT is told that things changed up to SEQ. */
static void expect_change(struct client *client, int64_t seq)
{
    struct pollfd poll_fd = {.fd = client_descriptor(client), .events = POLLIN};
    int64_t told = client_changed(client);
    for (int i = 0; i < 100 && told == 0; i++) {
        (void)poll(&poll_fd, 1, 100);
        told = client_changed(client);
    }
    assert_int_equal(told, seq);
    assert_int_equal(client_changed(client), 0);
}

/* Who asked nothing for long is told so, and comes again without noticing; who watches for changes
 * stays. */
static void idle(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    struct frame frame;
    struct raw raw;
    served->options.idle = 1;
    served_start(served);
    struct client *watcher = served_client(served), *client = served_client(served);
    int64_t seq = ask_number(watcher, "changes", "seq", &error);
    assert_int_equal(ask_number(client, "echo", "seq", &error), seq);
    raw_greet(&raw, served);
    assert_true(raw_frame(&raw, &frame));
    assert_int_equal(frame.kind, FRAME_FAILURE);
    expect_closed(&raw);
    assert_int_equal(client_changed(client), 0);
    assert_int_equal(client_descriptor(client), -1);
    assert_int_equal(ask_number(client, "act", "seq", &error), seq + 1);
    expect_change(watcher, seq + 1);
    client_close(client);
    client_close(watcher);
}

static void turned_away(void **state)
{
    struct served *served = *state;
    struct client *third = NULL;
    struct error error = {0};
    served->options.clients = 2;
    served_start(served);
    struct client *one = served_client(served), *two = served_client(served);
    assert_int_equal(client_open(served->options.path, &third, &error), -1);
    assert_null(third);
    served_error(&error, ERROR_ENVIRONMENT, "all 2 places at the desk are taken");
    client_close(two);
    assert_true(client_answers(served->options.path));
    assert_int_equal(client_open(served->options.path, &third, &error), 0);
    assert_true(ask_number(one, "echo", "begins", &error) > 0);
    assert_true(ask_number(third, "echo", "begins", &error) > 0);
    client_close(one);
    client_close(third);
}

/* ---- commits ---- */

static void group_commit(void **state)
{
    struct served *served = *state;
    struct raw raws[MANY];
    served_start(served);
    for (int i = 0; i < MANY; i++) {
        raw_greet(&raws[i], served);
    }
    served_hold(served);
    for (int i = 0; i < MANY; i++) {
        raw_ask(&raws[i], "act");
        raw_ask(&raws[i], "echo");
    }
    served_go_on(served);
    int64_t begins = raw_number(&raws[0], "begins");
    for (int i = 1; i < MANY; i++) {
        assert_int_equal(raw_number(&raws[i], "begins"), begins);
    }
    for (int i = 0; i < MANY; i++) { /* one a round of each: the second ones are the next round */
        assert_int_equal(raw_number(&raws[i], "begins"), begins + 1);
        raw_close(&raws[i]);
    }
}

static void failed_commit(void **state)
{
    struct served *served = *state;
    struct raw raws[MANY];
    struct frame frame;
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    int64_t seq = ask_number(client, "act", "seq", &error);
    for (int i = 0; i < MANY; i++) {
        raw_greet(&raws[i], served);
    }
    served_hold(served);
    for (int i = 0; i < MANY; i++) {
        raw_ask(&raws[i], i == 5 ? "nocommit" : i == 7 ? "fail" : "act");
    }
    served_go_on(served);
    for (int i = 0; i < MANY; i++) {
        struct parcel parcel = {0};
        assert_true(raw_frame(&raws[i], &frame));
        assert_int_equal(frame.kind, FRAME_FAILURE);
        assert_true(parcel_decode(frame.bytes, frame.length, &parcel));
        failure_take(&parcel, &error);
        served_error(&error, ERROR_ENVIRONMENT, "the disk is full");
        parcel_free(&parcel);
        raw_close(&raws[i]);
    }
    assert_int_equal(ask_number(client, "act", "seq", &error), seq + 1);
    client_close(client);
}

static void changes(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    served_start(served);
    struct client *watcher = served_client(served), *other = served_client(served);
    int64_t seq = ask_number(watcher, "changes", "seq", &error);
    assert_int_equal(client_changed(watcher), 0);
    assert_int_equal(ask_number(other, "act", "seq", &error), seq + 1);
    expect_change(watcher, seq + 1);
    /* One that comes while something is asked is remembered. */
    assert_int_equal(ask_number(other, "act", "seq", &error), seq + 2);
    assert_int_equal(ask_number(watcher, "echo", "seq", &error), seq + 2);
    expect_change(watcher, seq + 2);
    assert_int_equal(client_changed(other), 0);
    client_close(watcher);
    client_close(other);
}

/* ---- the server goes ---- */

static void ended(void **state)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct served *served = *state;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        served_start(served);
        struct client *client = served_client(served);
        assert_int_equal(served_end(served, signals[i]), 0);
        assert_int_equal(access(served->options.path, F_OK), -1);
        client_close(client);
    }
    assert_false(client_answers(served->options.path));
}

static void restarted(void **state)
{
    struct served *served = *state;
    struct client *none = NULL;
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    int64_t seq = ask_number(client, "changes", "seq", &error);
    served_end(served, SIGTERM);
    assert_int_equal(ask_number(client, "act", "seq", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "gone; nothing was sent");
    assert_int_equal(client_descriptor(client), -1);
    assert_int_equal(ask_number(client, "act", "seq", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "no server can be reached at");
    assert_int_equal(client_open(served->options.path, &none, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "no server can be reached at");
    served_start(served);
    assert_int_equal(ask_number(client, "act", "seq", &error), seq + 1);
    expect_change(client, seq + 1); /* it watches on the new connection too */
    assert_int_equal(ask_number(client, "die", "seq", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "it may have been done");
    assert_int_equal(served_end(served, 0), 7);
    client_close(client);
}

static void silent_server(void **state)
{
    struct served *served = *state;
    struct error error = {0};
    served_start(served);
    struct client *client = served_client(served);
    client_limit(client, 1);
    served_hold(served);
    assert_int_equal(ask_number(client, "act", "seq", &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "has not answered for 1 seconds; what was asked may");
    served_go_on(served);
    client_limit(client, CLIENT_SECONDS);
    assert_true(ask_number(client, "echo", "seq", &error) > 0);
    client_close(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(echo, make, unmake),
        cmocka_unit_test_setup_teardown(failures, make, unmake),
        cmocka_unit_test_setup_teardown(two_clients, make, unmake),
        cmocka_unit_test_setup_teardown(confined, make, unmake),
        cmocka_unit_test_setup_teardown(large, make, unmake),
        cmocka_unit_test_setup_teardown(strangers, make, unmake),
        cmocka_unit_test_setup_teardown(garbage, make, unmake),
        cmocka_unit_test_setup_teardown(byte_by_byte, make, unmake),
        cmocka_unit_test_setup_teardown(stalled, make, unmake),
        cmocka_unit_test_setup_teardown(cut_off, make, unmake),
        cmocka_unit_test_setup_teardown(idle, make, unmake),
        cmocka_unit_test_setup_teardown(turned_away, make, unmake),
        cmocka_unit_test_setup_teardown(group_commit, make, unmake),
        cmocka_unit_test_setup_teardown(failed_commit, make, unmake),
        cmocka_unit_test_setup_teardown(changes, make, unmake),
        cmocka_unit_test_setup_teardown(ended, make, unmake),
        cmocka_unit_test_setup_teardown(restarted, make, unmake),
        cmocka_unit_test_setup_teardown(silent_server, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
