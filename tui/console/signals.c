/* signals.c: signals as bytes in a pipe, so that poll() sees them. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tui/console/loop.h"

static const int heard[] = {SIGWINCH, SIGCONT, SIGHUP, SIGTERM, SIGINT};
enum { HEARD = sizeof heard / sizeof *heard };

static int pipe_end = -1; /* a handler has nothing else to go by */
static struct sigaction before[HEARD];

static void on_signal(int number)
{
    unsigned char byte = (unsigned char)number;
    if (pipe_end >= 0) {
        ssize_t written = write(pipe_end, &byte, 1); /* full: one of its kind is in it */
        (void)written;
    }
}

static bool never_blocks(int descriptor)
{
    return fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

bool loop_listen(struct loop *loop)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    loop->pipe[0] = loop->pipe[1] = -1;
    if (pipe(loop->pipe) != 0) {
        return false;
    }
    if (!never_blocks(loop->pipe[0]) || !never_blocks(loop->pipe[1])) {
        loop_unlisten(loop);
        return false;
    }
    pipe_end = loop->pipe[1];
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < HEARD; i++) {
        sigaction(heard[i], &action, &before[i]);
    }
    return true;
}

void loop_unlisten(struct loop *loop)
{
    for (int i = 0; pipe_end >= 0 && i < HEARD; i++) {
        sigaction(heard[i], &before[i], NULL);
    }
    pipe_end = -1;
    for (int i = 0; i < 2; i++) {
        if (loop->pipe[i] >= 0) {
            close(loop->pipe[i]);
        }
        loop->pipe[i] = -1;
    }
}
