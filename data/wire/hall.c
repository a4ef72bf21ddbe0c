/* hall.c: who comes to the server, and who has to go. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "data/wire/server.h"

enum { ACCEPTS_A_ROUND = 64, LINES_A_MINUTE = 60, REST_MS = 1000, MINUTE_MS = 60000 };

/* What is refused is noted, but nobody fills the disk by being refused. */
static void note(struct server *server, uint32_t uid, const char *what, const char *outcome)
{
    int64_t now = monotonic_ms();
    if (now - server->minute >= MINUTE_MS) {
        server->minute = now;
        server->lines = 0;
    }
    if (server->lines < LINES_A_MINUTE) {
        server->lines++;
        counter_log(server->counter, uid, what, outcome);
    }
}

/* A person's coming is noted once in a while, not at each command. */
static void note_coming(struct server *server, uint32_t uid, int64_t now)
{
    for (size_t i = 0; i < KNOWN_MOST; i++) {
        if (server->known[i].uid == uid && server->known[i].until > now) {
            return;
        }
    }
    server->known[server->known_next].uid = uid;
    server->known[server->known_next].until = now + server->limits.idle;
    server->known_next = (server->known_next + 1) % KNOWN_MOST;
    counter_log(server->counter, uid, "enter", "done");
}

/* Says why in place of a hello, and closes. What does not go at once does not go. */
static void turn_away(struct server *server, int fd, uint32_t uid, int64_t now)
{
    struct guest *guest = guest_new(fd, uid, 0, now);
    struct parcel nothing = {0};
    struct error error = {0};
    struct text most = {0};
    if (guest) {
        text_add_int(&most, (int64_t)server->clients);
        error_set(&error, ERROR_ENVIRONMENT,
                  N_("all %1 places at the desk are taken; nothing was done, try again later"),
                  text_bytes(&most), NULL);
        if (guest_reply(guest, -1, &nothing, &error)) {
            (void)guest_write(guest, now);
        }
    }
    note(server, uid, "enter", "full");
    error_free(&error);
    text_free(&most);
    parcel_free(&nothing);
    guest_free(guest);
}

/* Who is gone already takes nobody's place, though the loop has not seen it yet. */
static void make_place(struct server *server, int64_t now)
{
    for (size_t i = 0; i < server->count; i++) {
        struct guest *guest = server->guests[i];
        if (guest->fd >= 0 && guest_events(guest) & POLLIN && !guest_read(guest, now)) {
            guest_drop(guest);
        }
    }
    hall_sweep(server);
}

/* False: there is no place; others are better asked after the next look at all. */
static bool let_in(struct server *server, int fd, int64_t now)
{
    uint32_t uid = 0;
    int64_t pid = 0;
    if (server->count >= server->clients) {
        make_place(server, now);
    }
    if (!socket_prepare(fd) || !socket_peer(fd, &uid, &pid)) {
        close(fd);
    } else if (server->count >= server->clients) {
        turn_away(server, fd, uid, now);
        return false;
    } else {
        struct guest *guest = guest_new(fd, uid, pid, now);
        if (guest) {
            server->guests[server->count++] = guest;
        }
    }
    return true;
}

void hall_accept(struct server *server, int64_t now)
{
    for (int i = 0; i < ACCEPTS_A_ROUND; i++) {
        int fd = accept(server->listening.fd, NULL, NULL);
        if (fd >= 0) {
            if (!let_in(server, fd, now)) {
                return;
            }
        } else if (errno != EINTR && errno != ECONNABORTED) {
            /* Short of descriptors or memory: who waits keeps waiting, and the loop does not spin.
             */
            server->accept_at = errno == EAGAIN || errno == EWOULDBLOCK ? 0 : now + REST_MS;
            return;
        }
    }
}

void hall_welcome(struct server *server, struct guest *guest, int64_t now)
{
    const char *hello = frame_hello();
    guest->greeted = true;
    if (frame_put(&guest->writer, FRAME_HELLO, hello, strlen(hello)) != FRAME_PUT) {
        guest_drop(guest);
        return;
    }
    note_coming(server, guest->uid, now);
}

void hall_expel(struct server *server, struct guest *guest, const char *what)
{
    note(server, guest->uid, what, "closed");
    guest_drop(guest);
}

/* Told before it is closed, so that the client knows that nothing was lost. */
static void farewell(struct server *server, struct guest *guest, int64_t now)
{
    struct parcel nothing = {0};
    struct error error = {0};
    struct text seconds = {0};
    text_add_int(&seconds, server->limits.idle / 1000);
    error_set(&error, ERROR_ENVIRONMENT,
              N_("closed after %1 seconds without a request; nothing was done, ask again"),
              text_bytes(&seconds), NULL);
    guest->leaving = true;
    if (!guest_reply(guest, -1, &nothing, &error) || !guest_write(guest, now)) {
        guest_drop(guest);
    }
    error_free(&error);
    text_free(&seconds);
    parcel_free(&nothing);
}

void hall_clean(struct server *server, int64_t now, int64_t *until)
{
    for (size_t i = 0; i < server->count; i++) {
        struct guest *guest = server->guests[i];
        if (guest->fd < 0) {
            continue;
        }
        enum guest_fate fate = guest_fate(guest, &server->limits, now, until);
        if (fate == GUEST_SLOW) {
            hall_expel(server, guest, "slow");
        } else if (fate == GUEST_IDLE) {
            farewell(server, guest, now);
        }
    }
}

void hall_sweep(struct server *server)
{
    size_t kept = 0, turn = server->turn;
    for (size_t i = 0; i < server->count; i++) {
        if (server->guests[i]->fd >= 0) {
            server->guests[kept++] = server->guests[i];
        } else {
            guest_free(server->guests[i]);
            turn -= i < server->turn;
        }
    }
    server->count = kept;
    server->turn = turn;
}

void hall_send(struct server *server, int64_t now)
{
    for (size_t i = 0; i < server->count; i++) {
        struct guest *guest = server->guests[i];
        const char *bytes;
        if (guest->fd < 0) {
            continue;
        }
        bool there = guest_write(guest, now);
        if (there && guest->watches && guest->seen < server->seq &&
            frame_waiting(&guest->writer, &bytes) == 0) {
            guest->seen = server->seq;
            there = frame_put_changed(&guest->writer, server->seq) == FRAME_PUT &&
                    guest_write(guest, now);
        }
        if (!there) {
            guest_drop(guest);
        }
    }
}
