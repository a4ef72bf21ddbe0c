/* errand.c: who sends something to be done elsewhere. */
#include "data/wire/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "data/wire/socket.h"

enum { CHUNK = 16 << 10, LINGER_MS = 1000 };

struct errand {
    int fd;
    pid_t pid; /* of the child; 0: a server does it */
    bool recalled;
    struct frame_reader reader;
    struct frame_writer writer;
};

extern char **environ;

/* ---- sending ---- */

/* What goes without waiting. That the other end is gone is heard. */
static void send_on(struct errand *errand)
{
    const char *bytes;
    size_t left;
    while ((left = frame_waiting(&errand->writer, &bytes)) > 0) {
        ssize_t sent = send(errand->fd, bytes, left, MSG_NOSIGNAL);
        if (sent > 0) {
            frame_sent(&errand->writer, (size_t)sent);
        } else if (sent == 0 || errno != EINTR) {
            return;
        }
    }
}

/* With FD, which is its own from now on. */
static struct errand *errand_over(int fd, const struct parcel *request, struct error *error)
{
    struct errand *errand = calloc(1, sizeof *errand);
    enum frame_put put = FRAME_FULL;
    if (errand) {
        errand->fd = fd;
        put = frame_put_parcel(&errand->writer, FRAME_REQUEST, request);
    } else {
        close(fd);
    }
    if (put == FRAME_PUT) {
        send_on(errand);
        return errand;
    }
    if (put == FRAME_LARGE) {
        error_set(error, ERROR_USAGE,
                  N_("what is asked is larger than 1 MiB; a document goes in smaller pieces"), NULL,
                  NULL);
    } else {
        error_memory(error);
    }
    errand_free(errand);
    return NULL;
}

/* The child hears and speaks on its standard input; the signals are as at any program's start. */
static int start(int fd, const char *workspace, pid_t *pid)
{
    static char name[] = "yuntai", argument[] = ERRAND_ARGUMENT;
    char *arguments[] = {name, argument, (char *)(uintptr_t)workspace, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;
    sigemptyset(&none);
    if (posix_spawn_file_actions_init(&files) != 0) {
        return ENOMEM;
    }
    if (posix_spawnattr_init(&how) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    int number = posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
    number =
        number ? number
               : posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    number = number ? number : posix_spawnattr_setsigmask(&how, &none);
    number = number ? number : posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    number = number ? number : posix_spawn(pid, "/proc/self/exe", &files, &how, arguments, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return number;
}

int errand_send(const char *workspace, const struct parcel *request, struct errand **out,
                struct error *error)
{
    int ends[2];
    pid_t pid = 0;
    *out = NULL;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_errno(error, "starting the program", "socketpair()", errno);
    }
    int number = socket_prepare(ends[0]) ? start(ends[1], workspace, &pid) : errno;
    close(ends[1]);
    if (number != 0) {
        close(ends[0]);
        return error_errno(error, "starting the program", "/proc/self/exe", number);
    }
    *out = errand_over(ends[0], request, error);
    if (*out) {
        (*out)->pid = pid;
    } else {
        (void)waitpid(pid, NULL, 0); /* it hears nobody, and ends */
    }
    return *out ? 0 : -1;
}

int errand_ask(const struct client *client, const struct parcel *request, struct errand **out,
               struct error *error)
{
    int fd = client_connect(client, error);
    *out = fd < 0 ? NULL : errand_over(fd, request, error);
    return *out ? 0 : -1;
}

/* ---- hearing ---- */

int errand_descriptor(const struct errand *errand)
{
    return errand->fd;
}

short errand_events(const struct errand *errand)
{
    const char *bytes;
    return frame_waiting(&errand->writer, &bytes) ? POLLIN | POLLOUT : POLLIN;
}

/* 1 something came, 0 nothing is there, -1 nothing more will. */
static int receive(struct errand *errand)
{
    char chunk[CHUNK];
    ssize_t got;
    do {
        got = recv(errand->fd, chunk, sizeof chunk, 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        return frame_feed(&errand->reader, chunk, (size_t)got) ? 1 : -1;
    }
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : -1;
}

/* It is not there any more. */
static enum errand_news lost(struct errand *errand, struct error *error)
{
    struct text signal = {0};
    int status = 0;
    if (errand->pid) {
        (void)kill(errand->pid, SIGKILL); /* where it closed its end and lives on */
        (void)waitpid(errand->pid, &status, 0);
        errand->pid = 0;
        text_add_int(&signal, WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        error_set(error, ERROR_ENVIRONMENT,
                  WIFSIGNALED(status)
                      ? N_("the process that did it was killed (signal %1); what it had not "
                           "finished is not done, ask again")
                      : N_("the process that did it ended without a word (status %1); what it had "
                           "not finished is not done, ask again"),
                  text_bytes(&signal), NULL);
        text_free(&signal);
    } else {
        error_set(error, ERROR_ENVIRONMENT,
                  N_("the server is gone; what it had not finished is not done, ask again"), NULL,
                  NULL);
    }
    return ERRAND_LOST;
}

enum errand_news errand_hear(struct errand *errand, struct frame *frame, struct error *error)
{
    send_on(errand);
    for (;;) {
        if (frame_take(&errand->reader, frame)) {
            bool word = frame->kind == FRAME_PROGRESS || frame->kind == FRAME_REPLY ||
                        frame->kind == FRAME_FAILURE;
            return word ? ERRAND_SAYS : lost(errand, error);
        }
        int came = frame_state(&errand->reader) == FRAME_BAD ? -1 : receive(errand);
        if (came <= 0) {
            return came == 0 ? ERRAND_SILENT : lost(errand, error);
        }
    }
}

/* ---- ending ---- */

void errand_recall(struct errand *errand)
{
    if (!errand->recalled) {
        errand->recalled = true;
        (void)frame_put(&errand->writer, FRAME_CANCEL, "", 0);
        send_on(errand);
    }
}

void errand_kill(struct errand *errand)
{
    if (errand->pid) {
        (void)kill(errand->pid, SIGKILL);
    }
}

/* The child puts away what it has half done, if it does so soon. */
static void see_off(struct errand *errand)
{
    int64_t until = monotonic_ms() + LINGER_MS, left;
    struct pollfd poll_fd = {.fd = errand->fd, .events = POLLIN};
    (void)shutdown(errand->fd, SHUT_WR);
    while ((left = until - monotonic_ms()) > 0 && poll(&poll_fd, 1, (int)left) > 0) {
        if (receive(errand) < 0) {
            break;
        }
        frame_reader_free(&errand->reader);
    }
    if (left <= 0) {
        errand_kill(errand);
    }
    (void)waitpid(errand->pid, NULL, 0);
}

void errand_free(struct errand *errand)
{
    if (!errand) {
        return;
    }
    if (errand->pid) {
        see_off(errand);
    }
    close(errand->fd);
    frame_reader_free(&errand->reader);
    frame_writer_free(&errand->writer);
    free(errand);
}
