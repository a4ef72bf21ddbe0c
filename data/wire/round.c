/* round.c: the requests that are ready together, one commit, and the answers after it. */
#include <poll.h>
#include <string.h>

#include "core/day.h"
#include "data/monotonic.h"
#include "data/wire/server.h"

bool round_ready(const struct server *server)
{
    for (size_t i = 0; i < server->count; i++) {
        if (guest_ready(server->guests[i])) {
            return true;
        }
    }
    return false;
}

/* Takes the frame at hand. True where it is a request, which is then in ITEM. */
static bool take_request(struct server *server, struct guest *guest, struct round_item *item,
                         int64_t now)
{
    struct frame frame;
    if (!guest_take(guest, &frame, now)) {
        hall_expel(server, guest, "garbage");
    } else if (!guest->greeted && frame_hello_good(&frame)) {
        hall_welcome(server, guest, now);
    } else if (guest->greeted && frame.kind == FRAME_CANCEL) {
        if (guest->errand) {
            outside_give_up(guest);
        } /* else what it was to stop has been answered */
    } else if (!guest->greeted || frame.kind != FRAME_REQUEST) {
        hall_expel(server, guest, "garbage");
    } else {
        *item = (struct round_item){.guest = guest};
        if (parcel_decode(frame.bytes, frame.length, &item->request)) {
            return true;
        }
        hall_expel(server, guest, "garbage");
    }
    return false;
}

/* One of each who has one, beginning with who was not served last time. */
static size_t collect(struct server *server, int64_t now)
{
    size_t found = 0, first = server->turn, count = server->count;
    for (size_t i = 0; i < count && found < ROUND_MOST; i++) {
        size_t at = (first + i) % count;
        if (guest_ready(server->guests[at])) {
            found += take_request(server, server->guests[at], &server->round[found], now);
            server->turn = (at + 1) % count;
        }
    }
    return found;
}

static void drop_where(struct guest *guest, bool failed)
{
    if (failed) {
        guest_drop(guest);
    }
}

/* The guest whose request is being answered takes it back, or is gone. */
static bool takes_back(void *self)
{
    struct guest *guest = self;
    struct pollfd poll_fd = {.fd = guest->fd, .events = guest_events(guest) & POLLIN};
    if (poll(&poll_fd, 1, 0) > 0 && !guest_read(guest, monotonic_ms())) {
        return true;
    }
    return frame_next_is(&guest->reader, FRAME_CANCEL);
}

static void answer_one(struct server *server, struct round_item *item)
{
    struct guest *guest = item->guest;
    struct visitor visitor = {.uid = guest->uid,
                              .pid = guest->pid,
                              .owner = guest->uid == server->own || guest->uid == 0,
                              .now = MOMENT_NONE,
                              .seen = guest->seen};
    const char *verb = parcel_get(&item->request, "verb");
    struct parcel reply = {0};
    struct error error = {0};
    if (counter_takes_long(verb)) {
        if (outside_ask(server, guest, &visitor, &item->request, &error) != 0) {
            drop_where(guest, !guest_reply(guest, -1, &reply, &error));
        }
        parcel_free(&reply);
        error_free(&error);
        return;
    }
    counter_heed(server->counter, takes_back, guest);
    int status = counter_answer(server->counter, &visitor, &item->request, &reply, &error);
    counter_heed(server->counter, NULL, NULL);
    if (status == 0 && reply.failed) {
        status = error_memory(&error);
    }
    item->watch = status == 0 && verb && strcmp(verb, "changes") == 0;
    drop_where(guest, !guest_reply(guest, status, &reply, &error));
    parcel_free(&reply);
    error_free(&error);
}

/* Nobody's request was done: in place of each answer, why. */
static void fail_all(struct server *server, size_t count, const struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        struct round_item *item = &server->round[i];
        struct parcel nothing = {0};
        item->guest->errand = NULL;
        if (item->guest->fd >= 0) {
            frame_take_back(&item->guest->writer, item->before);
            drop_where(item->guest, !guest_reply(item->guest, -1, &nothing, error));
        }
        item->watch = false;
        parcel_free(&nothing);
    }
}

static void answer_all(struct server *server, size_t count)
{
    struct error error = {0};
    const char *bytes;
    for (size_t i = 0; i < count; i++) {
        server->round[i].before = frame_waiting(&server->round[i].guest->writer, &bytes);
    }
    int status = counter_begin(server->counter, &error);
    if (status == 0) {
        for (size_t i = 0; i < count; i++) {
            answer_one(server, &server->round[i]);
        }
        status = counter_commit(server->counter, &error);
        if (status != 0) {
            counter_rollback(server->counter);
        }
    }
    if (status != 0) {
        fail_all(server, count, &error);
    }
    error_free(&error);
}

void round_answer(struct server *server, int64_t now)
{
    size_t count = collect(server, now);
    if (count == 0) {
        return;
    }
    answer_all(server, count);
    server->seq = counter_seq(server->counter);
    for (size_t i = 0; i < count; i++) {
        struct round_item *item = &server->round[i];
        if (item->watch) {
            item->guest->watches = true;
            item->guest->seen = server->seq;
        }
        parcel_free(&item->request);
    }
}
