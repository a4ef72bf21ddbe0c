/* serve.c: one process, one loop: the socket, the clients, signals, time. */
#include "data/wire/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "data/wire/confine.h"
#include "data/wire/server.h"

enum { USUAL_CLIENTS = 200, USUAL_IDLE = 3600, USUAL_SLOW = 30 };
enum { TICK_MS = 60000, FAREWELL_MS = 1000, POLL_MOST_MS = 60000 };

/* ---- time ---- */

/* Does what time alone brings, and asks again at the latest in a minute: the clock may be set, and
 * others may write. */
static void tick(struct server *server, int64_t now)
{
    struct error error = {0};
    struct timespec wall = {0};
    int64_t next = INT64_MAX, wait = TICK_MS;
    int64_t fired = counter_tick(server->counter, &next, &error);
    clock_gettime(CLOCK_REALTIME, &wall);
    if (fired < 0) {
        counter_log(server->counter, server->own, "tick", error.sentence ? error.sentence : "");
    } else if (next < (int64_t)wall.tv_sec + TICK_MS / 1000) {
        wait = next > (int64_t)wall.tv_sec ? (next - (int64_t)wall.tv_sec) * 1000
               : fired > 0                 ? 0
                                           : TICK_MS;
    }
    error_free(&error);
    server->tick_at = now + wait;
    server->seq = counter_seq(server->counter);
}

/* ---- the loop ---- */

static int wait_for_all(struct server *server, int64_t until, struct error *error)
{
    int64_t now = monotonic_ms(), left = until - now;
    bool accepting = now >= server->accept_at;
    left = round_ready(server) || left < 0 ? 0 : left > POLL_MOST_MS ? POLL_MOST_MS : left;
    server->polls[0] = (struct pollfd){.fd = server->signals, .events = POLLIN};
    server->polls[1] =
        (struct pollfd){.fd = accepting ? server->listening.fd : -1, .events = POLLIN};
    outside_poll(server, server->polls + 2);
    for (size_t i = 0; i < server->count; i++) {
        server->polls[SERVER_POLLS + i] =
            (struct pollfd){.fd = server->guests[i]->fd, .events = guest_events(server->guests[i])};
    }
    int ready = poll(server->polls, SERVER_POLLS + server->count, (int)left);
    return ready < 0 && errno != EINTR ? error_errno(error, "waiting for", "poll()", errno) : 0;
}

static void take_signal(struct server *server)
{
    struct signalfd_siginfo info;
    if (server->polls[0].revents && read(server->signals, &info, sizeof info) == sizeof info) {
        server->stopping = true;
    }
}

static void read_all(struct server *server, int64_t now)
{
    for (size_t i = 0; i < server->count; i++) {
        short events = server->polls[SERVER_POLLS + i].revents;
        struct guest *guest = server->guests[i];
        bool wanted = guest_events(guest) & POLLIN;
        bool gone = guest->errand && events & (POLLHUP | POLLERR); /* before it heard the end */
        if (gone || (wanted && events & (POLLIN | POLLHUP | POLLERR) && !guest_read(guest, now))) {
            guest_drop(guest);
        }
    }
}

static int loop(struct server *server, struct error *error)
{
    while (!server->stopping) {
        int64_t until = server->tick_at;
        hall_clean(server, monotonic_ms(), &until);
        hall_sweep(server);
        outside_clean(server, monotonic_ms(), &until);
        until = server->accept_at > monotonic_ms() && server->accept_at < until ? server->accept_at
                                                                                : until;
        if (wait_for_all(server, until, error) != 0) {
            return -1;
        }
        int64_t now = monotonic_ms();
        take_signal(server);
        read_all(server, now);
        if (!server->stopping && server->polls[1].revents) {
            hall_accept(server, now);
        }
        round_answer(server, now);
        if (!server->stopping && now >= server->tick_at) {
            tick(server, now);
        }
        outside_hear(server);
        hall_send(server, now);
    }
    return 0;
}

/* What was answered still goes out, but not for long. */
static void send_rest(struct server *server)
{
    int64_t until = monotonic_ms() + FAREWELL_MS, now;
    while ((now = monotonic_ms()) < until) {
        nfds_t waiting = 0;
        hall_send(server, now);
        hall_sweep(server);
        for (size_t i = 0; i < server->count; i++) {
            short events = guest_events(server->guests[i]) & POLLOUT;
            if (events) {
                server->polls[waiting++] =
                    (struct pollfd){.fd = server->guests[i]->fd, .events = events};
            }
        }
        if (waiting == 0 || poll(server->polls, waiting, (int)(until - now)) <= 0) {
            return;
        }
    }
}

/* ---- beginning and end ---- */

/* One server a workspace: the directory stays locked as long as the descriptor is open. */
static int lock_workspace(const char *workspace, struct error *error)
{
    int fd = open(workspace, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return error_errno(error, "opening the workspace", workspace, errno);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int number = errno;
        close(fd);
        return number == EWOULDBLOCK
                   ? error_set(error, ERROR_ENVIRONMENT, N_("another server has the workspace %1"),
                               workspace, NULL)
                   : error_errno(error, "locking the workspace", workspace, number);
    }
    return fd;
}

static int make_room(struct server *server, const struct serve_options *options,
                     struct error *error)
{
    server->clients = (size_t)(options->clients > 0 ? options->clients : USUAL_CLIENTS);
    server->limits.idle = (options->idle > 0 ? options->idle : USUAL_IDLE) * 1000;
    server->workspace = options->workspace;
    server->limits.slow = (options->slow > 0 ? options->slow : USUAL_SLOW) * 1000;
    server->guests = calloc(server->clients, sizeof(struct guest *));
    server->polls = calloc(server->clients + SERVER_POLLS, sizeof *server->polls);
    return server->guests && server->polls ? 0 : error_memory(error);
}

static void free_room(struct server *server)
{
    for (size_t i = 0; i < server->count; i++) {
        guest_free(server->guests[i]);
    }
    free(server->guests);
    free(server->polls);
    free(server);
}

/* The socket comes first: its clients then wait in its queue while the store is made ready. */
static int serve_at(struct server *server, const struct serve_options *options, const char *path,
                    struct error *error)
{
    if (socket_listen(path, &server->listening, error) != 0) {
        return -1;
    }
    int status = confine(options->workspace, (int64_t)server->clients, error);
    status = status ? status : counter_open(options->workspace, &server->counter, error);
    if (status == 0) {
        server->seq = counter_seq(server->counter);
        server->tick_at = monotonic_ms();
        status = loop(server, error);
    }
    /* Nobody new comes, also none who would wait in vain. */
    socket_close(path, &server->listening);
    outside_end(server);
    send_rest(server);
    counter_close(server->counter);
    return status;
}

/* With the signals that end it taken from a descriptor; they are as before afterwards. */
static int serve_signalled(struct server *server, const struct serve_options *options,
                           const char *path, struct error *error)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGHUP);
    server->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    if (server->signals < 0) {
        return error_errno(error, "waiting for", "signalfd()", errno);
    }
    sigprocmask(SIG_BLOCK, &ends, &before);
    int status = serve_at(server, options, path, error);
    close(server->signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int serve_run(const struct serve_options *options, struct error *error)
{
    struct server *server = calloc(1, sizeof *server);
    struct text path = {0};
    if (!server) {
        return error_memory(error);
    }
    *server = (struct server){.listening.fd = -1, .own = (uint32_t)geteuid()};
    if (options->path && *options->path) {
        text_add(&path, options->path);
    } else {
        text_addf(&path, "%s/desk.sock", options->workspace);
    }
    int lock = lock_workspace(options->workspace, error);
    int status = lock < 0 ? -1 : make_room(server, options, error);
    status = status ? status : serve_signalled(server, options, text_bytes(&path), error);
    if (lock >= 0) {
        close(lock);
    }
    text_free(&path);
    free_room(server);
    return status;
}
