/* guest.c: bytes from and to one client, without waiting. */
#include "data/wire/guest.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 64 << 10, CHUNKS_A_ROUND = 4 };

struct guest *guest_new(int fd, uint32_t uid, int64_t pid, int64_t now)
{
    struct guest *guest = calloc(1, sizeof *guest);
    if (!guest) {
        close(fd);
        return NULL;
    }
    /* Its hello counts as begun: who says nothing does not stay. */
    *guest = (struct guest){.fd = fd, .uid = uid, .pid = pid, .heard = now, .began = now};
    return guest;
}

void guest_drop(struct guest *guest)
{
    if (guest->fd >= 0) {
        close(guest->fd);
        guest->fd = -1;
    }
}

void guest_free(struct guest *guest)
{
    if (guest) {
        guest_drop(guest);
        frame_reader_free(&guest->reader);
        frame_writer_free(&guest->writer);
        free(guest);
    }
}

static bool has_frame(const struct guest *guest)
{
    enum frame_state state = frame_state(&guest->reader);
    return state == FRAME_WHOLE || state == FRAME_BAD;
}

static size_t waiting(const struct guest *guest)
{
    const char *bytes;
    return frame_waiting(&guest->writer, &bytes);
}

bool guest_read(struct guest *guest, int64_t now)
{
    char chunk[CHUNK];
    for (int i = 0; i < CHUNKS_A_ROUND && !has_frame(guest); i++) {
        ssize_t got = recv(guest->fd, chunk, sizeof chunk, 0);
        if (got == 0) {
            return false;
        }
        if (got < 0) {
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        }
        guest->began = guest->began ? guest->began : now;
        if (!frame_feed(&guest->reader, chunk, (size_t)got)) {
            return false;
        }
    }
    return true;
}

bool guest_write(struct guest *guest, int64_t now)
{
    const char *bytes;
    size_t left;
    while ((left = frame_waiting(&guest->writer, &bytes)) > 0) {
        ssize_t sent = send(guest->fd, bytes, left, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            guest->moved = guest->moved ? guest->moved : now;
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        frame_sent(&guest->writer, (size_t)sent);
        guest->moved = now;
    }
    guest->moved = 0;
    return !guest->leaving;
}

bool guest_ready(const struct guest *guest)
{
    return guest->fd >= 0 && !guest->leaving && waiting(guest) < FRAME_MOST && has_frame(guest) &&
           (!guest->errand || frame_next_is(&guest->reader, FRAME_CANCEL));
}

bool guest_take(struct guest *guest, struct frame *frame, int64_t now)
{
    if (!frame_take(&guest->reader, frame)) {
        return false;
    }
    guest->heard = now;
    guest->began = frame_state(&guest->reader) == FRAME_PART ? now : 0;
    return true;
}

short guest_events(const struct guest *guest)
{
    short events = waiting(guest) ? POLLOUT : 0;
    return !guest->leaving && !has_frame(guest) ? (short)(events | POLLIN) : events;
}

/* ERROR in place of what was to be said. */
static enum frame_put put_failure(struct guest *guest, struct parcel *reply,
                                  const struct error *error)
{
    enum frame_put put = FRAME_LARGE;
    if (!reply->failed) {
        failure_put(reply, error);
        put = frame_put_parcel(&guest->writer, FRAME_FAILURE, reply);
    }
    if (put == FRAME_LARGE) {
        parcel_free(reply); /* the sentence without what it speaks of */
        failure_put(reply, error);
        put = frame_put_parcel(&guest->writer, FRAME_FAILURE, reply);
    }
    return put;
}

bool guest_reply(struct guest *guest, int status, struct parcel *reply, const struct error *error)
{
    if (status != 0) {
        return put_failure(guest, reply, error) == FRAME_PUT;
    }
    enum frame_put put = frame_put_parcel(&guest->writer, FRAME_REPLY, reply);
    if (put == FRAME_LARGE) {
        struct error large = {0};
        error_set(&large, ERROR_ENVIRONMENT,
                  N_("it was done, but the answer is larger than 1 MiB; ask for fewer rows "
                     "(`limit`) or smaller pieces"),
                  NULL, NULL);
        parcel_free(reply);
        put = put_failure(guest, reply, &large);
        error_free(&large);
    }
    return put == FRAME_PUT;
}

static bool passed(int64_t since, int64_t limit, int64_t now, int64_t *until)
{
    if (now - since >= limit) {
        return true;
    }
    *until = since + limit < *until ? since + limit : *until;
    return false;
}

enum guest_fate guest_fate(const struct guest *guest, const struct guest_limits *limits,
                           int64_t now, int64_t *until)
{
    bool part = guest->began && !has_frame(guest);
    if ((part && passed(guest->began, limits->slow, now, until)) ||
        (guest->moved && passed(guest->moved, limits->slow, now, until))) {
        return GUEST_SLOW;
    }
    /* Who waits to be told of changes, or for what takes long, is not idle. */
    bool quiet = !guest->leaving && !guest->watches && !guest->errand;
    return quiet && passed(guest->heard, limits->idle, now, until) ? GUEST_IDLE : GUEST_STAYS;
}
