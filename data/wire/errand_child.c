/* errand_child.c: the child that does what takes long: one request, and its end. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/day.h"
#include "data/monotonic.h"
#include "data/wire/errand.h"

/* NICER: whoever works at the desk meanwhile goes first. */
enum { SENDER = STDIN_FILENO, CHUNK = 64 << 10, TELL_MS = 100, NICER = 5 };

/* The one request, which is waited for. False: nobody sends one. */
static bool hear_request(struct parcel *request)
{
    struct frame_reader reader = {0};
    struct frame frame;
    char chunk[CHUNK];
    ssize_t got = 1;
    bool fed = true;
    while (fed && got > 0 && frame_state(&reader) != FRAME_WHOLE) {
        got = recv(SENDER, chunk, sizeof chunk, 0);
        fed = got <= 0 || frame_feed(&reader, chunk, (size_t)got);
        got = got < 0 && errno == EINTR ? 1 : got;
    }
    bool heard = fed && frame_take(&reader, &frame) && frame.kind == FRAME_REQUEST &&
                 parcel_decode(frame.bytes, frame.length, request);
    frame_reader_free(&reader);
    return heard;
}

static void say(struct frame_writer *writer, int flags)
{
    const char *bytes;
    size_t left;
    while ((left = frame_waiting(writer, &bytes)) > 0) {
        ssize_t sent = send(SENDER, bytes, left, MSG_NOSIGNAL | flags);
        if (sent > 0) {
            frame_sent(writer, (size_t)sent);
            flags = 0; /* what was begun is ended */
        } else if (sent == 0 || errno != EINTR) {
            return;
        }
    }
}

/* Who sent it recalls it, or is gone. */
static bool recalled(void *self)
{
    struct pollfd poll_fd = {.fd = SENDER, .events = POLLIN};
    (void)self;
    return poll(&poll_fd, 1, 0) > 0;
}

struct telling {
    int64_t at; /* ms */
    const char *step;
};

/* Ten times a second, and where a step begins. Who does not listen misses it. */
static void tell(void *self, const struct headway *headway)
{
    struct telling *telling = self;
    struct frame_writer writer = {0};
    struct parcel progress = {0};
    int64_t now = monotonic_ms();
    if (now - telling->at < TELL_MS && telling->step == headway->step) {
        return;
    }
    *telling = (struct telling){now, headway->step};
    parcel_put(&progress, "step", headway->step);
    parcel_put_int(&progress, "done", headway->done);
    parcel_put_int(&progress, "of", headway->of);
    parcel_put_int(&progress, "cases", headway->cases);
    parcel_put_int(&progress, "cases_of", headway->cases_of);
    if (frame_put_parcel(&writer, FRAME_PROGRESS, &progress) == FRAME_PUT) {
        say(&writer, MSG_DONTWAIT);
    }
    parcel_free(&progress);
    frame_writer_free(&writer);
}

/* What came of it, as its last word. */
static void conclude(int status, struct parcel *reply, const struct error *error)
{
    struct frame_writer writer = {0};
    enum frame_kind kind = status == 0 ? FRAME_REPLY : FRAME_FAILURE;
    if (status != 0) {
        failure_put(reply, error);
    }
    if (reply->failed || frame_put_parcel(&writer, kind, reply) != FRAME_PUT) {
        struct error memory = {0};
        parcel_free(reply);
        error_memory(&memory);
        failure_put(reply, &memory);
        (void)frame_put_parcel(&writer, FRAME_FAILURE, reply);
        error_free(&memory);
    }
    say(&writer, 0);
    frame_writer_free(&writer);
}

static int answer(const char *workspace, const struct parcel *request, struct parcel *reply,
                  struct error *error)
{
    struct telling telling = {0};
    struct counter *counter = NULL;
    struct visitor visitor = {
        .uid = (uint32_t)getuid(), .owner = true, .now = MOMENT_NONE, .vouched = true};
    if (counter_open_reading(workspace, &counter, error) != 0) {
        return -1;
    }
    counter_heed(counter, recalled, NULL);
    counter_tell(counter, tell, &telling);
    int status = counter_answer(counter, &visitor, request, reply, error);
    counter_close(counter);
    return status;
}

bool errand_child(int argc, char **argv, int *status)
{
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    if (argc != 3 || strcmp(argv[1], ERRAND_ARGUMENT) != 0) {
        return false;
    }
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + NICER);
    bool heard = hear_request(&request);
    if (heard) {
        conclude(answer(argv[2], &request, &reply, &error), &reply, &error);
    }
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
    *status = heard ? 0 : 2;
    return true;
}
