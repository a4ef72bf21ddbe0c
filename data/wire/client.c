/* client.c: one request at a time over a socket, with what the server says between. */
#include "data/wire/client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "data/wire/frame.h"
#include "data/wire/socket.h"

enum { CHUNK = 64 << 10 };

struct client {
    char *path;
    int fd; /* -1: no connection */
    int seconds;
    int heeded; /* descriptor that gives up a call; -1 */
    int owed;   /* answers to what was given up, still to come */
    struct frame_reader reader;
    int64_t latest, told; /* places of the chain: heard of, and passed on */
    struct text watching; /* the request for changes, to be repeated on a new connection */
    bool dismissed;       /* the server said that it closes */
    bool lost;            /* closed without a word; not told yet */
};

/* How far waiting for an answer came. */
enum course {
    COURSE_DONE,
    COURSE_GONE,
    COURSE_LATE,
    COURSE_STRANGE,
    COURSE_MEMORY,
    COURSE_GIVEN_UP
};

static void hang_up(struct client *client)
{
    if (client->fd >= 0) {
        close(client->fd);
    }
    client->fd = -1;
    client->owed = 0;
    frame_reader_free(&client->reader);
}

/* Waits for EVENTS until UNTIL, or until HEEDED (-1: none) can be read from. */
static enum course await(const struct client *client, short events, int heeded, int64_t until)
{
    struct pollfd fds[] = {{.fd = client->fd, .events = events}, {.fd = heeded, .events = POLLIN}};
    for (;;) {
        int64_t left = until - monotonic_ms();
        int ready = poll(fds, 2, left < 0 ? 0 : (int)left);
        if (ready > 0) {
            return fds[0].revents ? COURSE_DONE : COURSE_GIVEN_UP;
        }
        if (ready == 0) {
            return COURSE_LATE;
        }
        if (errno != EINTR) {
            return COURSE_GONE;
        }
    }
}

static enum course send_all(struct client *client, struct frame_writer *writer, int64_t until)
{
    const char *bytes;
    size_t left;
    while ((left = frame_waiting(writer, &bytes)) > 0) {
        ssize_t sent = send(client->fd, bytes, left, MSG_NOSIGNAL);
        if (sent > 0) {
            frame_sent(writer, (size_t)sent);
        } else if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            enum course course = await(client, POLLOUT, -1, until);
            if (course != COURSE_DONE) {
                return course;
            }
        } else if (sent == 0 || errno != EINTR) {
            return COURSE_GONE;
        }
    }
    return COURSE_DONE;
}

/* One more piece of what came. COURSE_LATE: nothing is there now. */
static enum course receive(struct client *client)
{
    char chunk[CHUNK];
    ssize_t got;
    do {
        got = recv(client->fd, chunk, sizeof chunk, 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        return frame_feed(&client->reader, chunk, (size_t)got) ? COURSE_DONE : COURSE_MEMORY;
    }
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? COURSE_LATE : COURSE_GONE;
}

/* Nobody waits for this answer any more. */
static bool pass_over(struct client *client, const struct frame *frame)
{
    bool answer = frame->kind == FRAME_REPLY || frame->kind == FRAME_FAILURE;
    if (frame->kind == FRAME_PROGRESS) {
        return client->owed > 0;
    }
    if (!answer || client->owed == 0) {
        return false;
    }
    client->owed--;
    return true;
}

/* The next frame but for changes, which are remembered, and answers that nobody waits for. */
static enum course next_frame(struct client *client, int heeded, int64_t until, struct frame *frame)
{
    for (;;) {
        int64_t seq;
        if (frame_state(&client->reader) == FRAME_BAD) {
            return COURSE_STRANGE;
        }
        if (frame_take(&client->reader, frame)) {
            if (pass_over(client, frame)) {
                continue;
            }
            if (frame->kind != FRAME_CHANGED) {
                return COURSE_DONE;
            }
            if (!frame_changed(frame, &seq)) {
                return COURSE_STRANGE;
            }
            client->latest = seq > client->latest ? seq : client->latest;
            continue;
        }
        enum course course = receive(client);
        if (course == COURSE_LATE && until > 0) {
            course = await(client, POLLIN, heeded, until);
        }
        if (course != COURSE_DONE) {
            return course;
        }
    }
}

/* Takes what came while nothing was asked. */
static void look(struct client *client)
{
    struct frame frame;
    enum course course = COURSE_DONE;
    while (client->fd >= 0 && course == COURSE_DONE) {
        course = next_frame(client, -1, 0, &frame);
        client->dismissed |= course == COURSE_DONE && frame.kind == FRAME_FAILURE;
        if (course == COURSE_DONE && frame.kind != FRAME_FAILURE) {
            course = COURSE_STRANGE;
        }
        if (course != COURSE_DONE && course != COURSE_LATE) {
            client->lost = !client->dismissed;
            hang_up(client);
        }
    }
}

/* ---- opening ---- */

static int refuse_hello(const struct client *client, const struct frame *frame, struct error *error)
{
    struct text said = {0};
    size_t length = utf8_check(frame->bytes, frame->length);
    text_add_n(&said, frame->bytes, length < 64 ? length : 0);
    error_set4(
        error, ERROR_ENVIRONMENT,
        N_("the server at %1 says “%2”, this program “%3”; install the same version of both"),
        client->path, text_bytes(&said), frame_hello(), NULL);
    text_free(&said);
    return -1;
}

/* A hello, or in its place why not. */
static int hear_hello(struct client *client, const struct frame *frame, struct error *error)
{
    struct parcel parcel = {0};
    if (frame_hello_good(frame)) {
        return 0;
    }
    if (frame->kind == FRAME_FAILURE && parcel_decode(frame->bytes, frame->length, &parcel)) {
        failure_take(&parcel, error);
        parcel_free(&parcel);
        return -1;
    }
    return refuse_hello(client, frame, error);
}

static int greet(struct client *client, struct error *error)
{
    struct frame_writer writer = {0};
    struct frame frame;
    int64_t until = monotonic_ms() + (int64_t)client->seconds * 1000;
    const char *hello = frame_hello();
    enum course course = frame_put(&writer, FRAME_HELLO, hello, strlen(hello)) == FRAME_PUT
                             ? COURSE_DONE
                             : COURSE_MEMORY;
    if (course == COURSE_DONE) {
        /* Who is turned away may be told so before he could speak. */
        (void)send_all(client, &writer, until);
        course = next_frame(client, -1, until, &frame);
    }
    frame_writer_free(&writer);
    if (course == COURSE_DONE) {
        return hear_hello(client, &frame, error);
    }
    if (course == COURSE_MEMORY) {
        return error_memory(error);
    }
    return error_set(error, ERROR_ENVIRONMENT,
                     course == COURSE_GONE
                         ? N_("the server at %1 closed the connection before anything was asked")
                     : course == COURSE_LATE
                         ? N_("the server at %1 does not answer; nothing was asked")
                         : N_("what listens at %1 is no yuntai server"),
                     client->path, NULL);
}

static int connect_anew(struct client *client, struct error *error)
{
    client->fd = socket_connect(client->path, client->seconds, error);
    if (client->fd < 0) {
        return -1;
    }
    client->lost = client->dismissed = false;
    if (greet(client, error) != 0) {
        hang_up(client);
        return -1;
    }
    return 0;
}

bool client_answers(const char *path)
{
    return socket_answers(path);
}

int client_open(const char *path, struct client **out, struct error *error)
{
    size_t size = strlen(path) + 1;
    struct client *client = calloc(1, sizeof *client);
    *out = NULL;
    if (!client || !(client->path = malloc(size))) {
        free(client);
        return error_memory(error);
    }
    memcpy(client->path, path, size);
    client->fd = -1;
    client->seconds = CLIENT_SECONDS;
    client->heeded = -1;
    if (connect_anew(client, error) != 0) {
        client_close(client);
        return -1;
    }
    *out = client;
    return 0;
}

void client_close(struct client *client)
{
    if (client) {
        hang_up(client);
        text_free(&client->watching);
        free(client->path);
        free(client);
    }
}

int client_connect(const struct client *client, struct error *error)
{
    struct client *other;
    if (client_open(client->path, &other, error) != 0) {
        return -1;
    }
    int fd = other->fd;
    other->fd = -1;
    client_close(other);
    return fd;
}

void client_heed(struct client *client, int descriptor)
{
    client->heeded = descriptor;
}

void client_limit(struct client *client, int seconds)
{
    client->seconds = seconds;
}

/* ---- a call ---- */

/* SENT: the server has the whole request. */
static int tell_course(struct client *client, enum course course, bool sent, struct error *error)
{
    struct text seconds = {0};
    text_add_int(&seconds, client->seconds);
    hang_up(client);
    if (course == COURSE_MEMORY && !sent) {
        error_memory(error);
    } else if (course == COURSE_LATE) {
        error_set(error, ERROR_ENVIRONMENT,
                  sent ? N_("the server at %1 has not answered for %2 seconds; what was asked may "
                            "have been done: look before asking again")
                       : N_("the server at %1 has taken nothing for %2 seconds; nothing was done"),
                  client->path, text_bytes(&seconds));
    } else {
        error_set(error, ERROR_ENVIRONMENT,
                  sent ? N_("the server at %1 is gone, and had what was asked: it may have been "
                            "done; look before asking again")
                       : N_("the server at %1 is gone; nothing was sent and nothing done, ask "
                            "again"),
                  client->path, NULL);
    }
    text_free(&seconds);
    return -1;
}

/* The server is told; its answer is passed over when it comes, so that nobody waits for it. */
static int give_up(struct client *client, int64_t until, struct error *error)
{
    struct frame_writer writer = {0};
    client->owed++;
    if (frame_put(&writer, FRAME_CANCEL, "", 0) != FRAME_PUT ||
        send_all(client, &writer, until) != COURSE_DONE) {
        hang_up(client);
    }
    frame_writer_free(&writer);
    return error_set(error, ERROR_INTERRUPTED, N_("interrupted; nothing was changed, ask again"),
                     NULL, NULL);
}

/* Sends what is in WRITER and fills REPLY. */
static int exchange(struct client *client, struct frame_writer *writer, struct parcel *reply,
                    struct error *error)
{
    struct frame frame;
    int64_t until = monotonic_ms() + (int64_t)client->seconds * 1000;
    enum course course = send_all(client, writer, until);
    const char *bytes;
    bool sent = frame_waiting(writer, &bytes) == 0;
    if (course == COURSE_DONE) {
        do { /* as long as it says that it is at work */
            until = monotonic_ms() + (int64_t)client->seconds * 1000;
            course = next_frame(client, client->heeded, until, &frame);
        } while (course == COURSE_DONE && frame.kind == FRAME_PROGRESS);
    } else if (course == COURSE_GONE && next_frame(client, -1, 0, &frame) == COURSE_DONE) {
        course = COURSE_DONE; /* it said why before it closed */
    }
    if (course == COURSE_GIVEN_UP) {
        return give_up(client, until, error);
    }
    if (course != COURSE_DONE) {
        return tell_course(client, course, sent, error);
    }
    if ((frame.kind != FRAME_REPLY && frame.kind != FRAME_FAILURE) ||
        !parcel_decode(frame.bytes, frame.length, reply)) {
        return tell_course(client, COURSE_STRANGE, sent, error);
    }
    if (frame.kind == FRAME_FAILURE) {
        failure_take(reply, error);
        return -1;
    }
    return 0;
}

/* A request for changes is remembered: a new connection repeats it. What its reply says is known
 * from now on, and not told again. */
static void remember_watch(struct client *client, const struct parcel *request,
                           const struct parcel *reply)
{
    const char *verb = parcel_get(request, "verb");
    int64_t seq = parcel_int(reply, "seq", 0);
    if (!verb || strcmp(verb, "changes") != 0) {
        return;
    }
    client->told = seq > client->told ? seq : client->told;
    text_clear(&client->watching);
    if (!parcel_encode(request, &client->watching)) {
        text_clear(&client->watching);
    }
}

static int watch_again(struct client *client, struct error *error)
{
    struct frame_writer writer = {0};
    struct parcel reply = {0};
    int status = 0;
    if (client->watching.length) {
        status = frame_put(&writer, FRAME_REQUEST, client->watching.bytes,
                           client->watching.length) == FRAME_PUT
                     ? exchange(client, &writer, &reply, error)
                     : error_memory(error);
        int64_t seq = parcel_int(&reply, "seq", 0);
        client->latest = seq > client->latest ? seq : client->latest;
    }
    parcel_free(&reply);
    frame_writer_free(&writer);
    return status;
}

/* There is a connection, or it is said why not. */
static int be_connected(struct client *client, struct error *error)
{
    look(client);
    if (client->lost) {
        client->lost = false;
        return tell_course(client, COURSE_GONE, false, error);
    }
    if (client->fd >= 0) {
        return 0;
    }
    return connect_anew(client, error) != 0 ? -1 : watch_again(client, error);
}

int client_call(struct client *client, const struct parcel *request, struct parcel *reply,
                struct error *error)
{
    struct frame_writer writer = {0};
    enum frame_put put = frame_put_parcel(&writer, FRAME_REQUEST, request);
    int status = -1;
    if (put == FRAME_LARGE) {
        error_set(error, ERROR_USAGE,
                  N_("what is asked is larger than 1 MiB; a document goes in smaller pieces"), NULL,
                  NULL);
    } else if (put == FRAME_FULL) {
        error_memory(error);
    } else if (be_connected(client, error) == 0) {
        status = exchange(client, &writer, reply, error);
    }
    if (status == 0) {
        remember_watch(client, request, reply);
    }
    frame_writer_free(&writer);
    return status;
}

/* ---- between calls ---- */

int client_descriptor(const struct client *client)
{
    return client->fd;
}

int64_t client_changed(struct client *client)
{
    look(client);
    if (client->latest <= client->told) {
        return 0;
    }
    client->told = client->latest;
    return client->latest;
}
