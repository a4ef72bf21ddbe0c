/* served.c: servers in children, and ill-behaved clients. */
#include "test/support/served.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/wire/socket.h"

enum { TRIES = 2000, TRY_MS = 5, RAW_SECONDS = 10 };

void served_make(struct served *served)
{
    char directory[] = "/tmp/yuntai-serve-XXXXXX";
    *served = (struct served){0};
    assert_non_null(mkdtemp(directory));
    assert_int_equal(chmod(directory, 0755), 0); /* others come to the socket in it */
    text_add(&served->directory, directory);
    text_addf(&served->path, "%s/desk.sock", directory);
    served->options = (struct serve_options){.workspace = text_bytes(&served->directory),
                                             .path = text_bytes(&served->path),
                                             .clients = 20};
}

void served_start(struct served *served)
{
    fflush(NULL);
    served->pid = fork();
    assert_true(served->pid >= 0);
    if (served->pid == 0) {
        struct error error = {0};
        int status = serve_run(&served->options, &error);
        if (status != 0) {
            fprintf(stderr, "server: %s %s\n", error.sentence, error.arg[0] ? error.arg[0] : "");
        }
        error_free(&error);
        _exit(status == 0 ? 0 : 1);
    }
    for (int i = 0; i < TRIES && !socket_answers(served->options.path); i++) {
        assert_int_equal(waitpid(served->pid, NULL, WNOHANG), 0);
        (void)poll(NULL, 0, TRY_MS);
    }
    assert_true(socket_answers(served->options.path));
}

int served_end(struct served *served, int signal)
{
    int status = 0;
    if (signal) {
        assert_int_equal(kill(served->pid, signal), 0);
    }
    pid_t ended;
    do {
        ended = waitpid(served->pid, &status, 0);
    } while (ended < 0 && errno == EINTR);
    assert_int_equal(ended, served->pid);
    served->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void served_hold(const struct served *served)
{
    int status = 0;
    assert_int_equal(kill(served->pid, SIGSTOP), 0);
    assert_int_equal(waitpid(served->pid, &status, WUNTRACED), served->pid);
    assert_true(WIFSTOPPED(status));
}

void served_go_on(const struct served *served)
{
    assert_int_equal(kill(served->pid, SIGCONT), 0);
}

void served_free(struct served *served)
{
    if (served->pid) {
        (void)kill(served->pid, SIGCONT);
        (void)served_end(served, SIGKILL);
    }
    (void)unlink(text_bytes(&served->path));
    assert_int_equal(rmdir(text_bytes(&served->directory)), 0);
    text_free(&served->directory);
    text_free(&served->path);
}

/* ---- clients ---- */

struct client *served_client(const struct served *served)
{
    struct client *client = NULL;
    struct error error = {0};
    if (client_open(served->options.path, &client, &error) != 0) {
        fail_msg("%s", error.sentence);
    }
    return client;
}

int served_lines(const struct served *served, const char *line)
{
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    struct client *client = served_client(served);
    int found = 0;
    parcel_put(&request, "verb", "log");
    assert_int_equal(client_call(client, &request, &reply, &error), 0);
    const struct table *table = parcel_find(&reply, "log");
    for (size_t i = 0; i < table_rows(table); i++) {
        found += strcmp(table_at(table, i, 0), line) == 0;
    }
    parcel_free(&request);
    parcel_free(&reply);
    client_close(client);
    return found;
}

void served_error(struct error *error, enum error_code code, const char *what)
{
    struct text said = {0};
    error_text(error, NULL, &said);
    assert_int_equal(error->code, code);
    if (!strstr(text_bytes(&said), what)) {
        fail_msg("“%s” without “%s”", text_bytes(&said), what);
    }
    text_free(&said);
    error_free(error);
}

/* ---- raw connections ---- */

void raw_open(struct raw *raw, const struct served *served)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval limit = {.tv_sec = RAW_SECONDS};
    size_t length = strlen(served->options.path);
    assert_true(length < sizeof address.sun_path);
    memcpy(address.sun_path, served->options.path, length);
    *raw = (struct raw){.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    assert_true(raw->fd >= 0);
    assert_int_equal(setsockopt(raw->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    assert_int_equal(setsockopt(raw->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit), 0);
    assert_int_equal(connect(raw->fd, (struct sockaddr *)&address, sizeof address), 0);
}

void raw_greet(struct raw *raw, const struct served *served)
{
    struct frame_writer writer = {0};
    struct frame frame;
    const char *bytes;
    raw_open(raw, served);
    assert_int_equal(frame_put(&writer, FRAME_HELLO, frame_hello(), strlen(frame_hello())),
                     FRAME_PUT);
    size_t length = frame_waiting(&writer, &bytes);
    raw_send(raw, bytes, length);
    frame_writer_free(&writer);
    assert_true(raw_frame(raw, &frame));
    assert_true(frame_hello_good(&frame));
}

void raw_close(struct raw *raw)
{
    close(raw->fd);
    frame_reader_free(&raw->reader);
}

/* The server may close before all went: that is not for this to judge. */
void raw_send(const struct raw *raw, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(raw->fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            assert_true(errno == EPIPE || errno == ECONNRESET);
            return;
        }
        bytes += sent;
        length -= (size_t)sent;
    }
}

void raw_ask(const struct raw *raw, const char *verb)
{
    struct frame_writer writer = {0};
    struct parcel parcel = {0};
    const char *bytes;
    parcel_put(&parcel, "verb", verb);
    assert_int_equal(frame_put_parcel(&writer, FRAME_REQUEST, &parcel), FRAME_PUT);
    size_t length = frame_waiting(&writer, &bytes);
    raw_send(raw, bytes, length);
    frame_writer_free(&writer);
    parcel_free(&parcel);
}

bool raw_frame(struct raw *raw, struct frame *frame)
{
    char chunk[4096];
    while (!frame_take(&raw->reader, frame)) {
        ssize_t got = recv(raw->fd, chunk, sizeof chunk, 0);
        if (got <= 0) {
            assert_true(got == 0 || errno == ECONNRESET);
            return false;
        }
        assert_true(frame_feed(&raw->reader, chunk, (size_t)got));
    }
    return true;
}

int64_t raw_number(struct raw *raw, const char *name)
{
    struct parcel reply = {0};
    struct frame frame;
    assert_true(raw_frame(raw, &frame));
    assert_int_equal(frame.kind, FRAME_REPLY);
    assert_true(parcel_decode(frame.bytes, frame.length, &reply));
    int64_t number = parcel_int(&reply, name, -1);
    parcel_free(&reply);
    return number;
}

int64_t ask_number(struct client *client, const char *verb, const char *name, struct error *error)
{
    struct parcel request = {0}, reply = {0};
    parcel_put(&request, "verb", verb);
    int status = client_call(client, &request, &reply, error);
    int64_t number = status == 0 ? parcel_int(&reply, name, -1) : -1;
    parcel_free(&request);
    parcel_free(&reply);
    return number;
}
