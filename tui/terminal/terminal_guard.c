/* terminal_guard.c: gives the terminal back on every way out of the program.
 *
 * A handler has nothing else to go by than what stands here: bytes to write and modes to set, all
 * made beforehand, so that nothing is called in it but what POSIX lets a handler call. */
#define _XOPEN_SOURCE 700 /* sigaltstack */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "tui/terminal/terminal_inside.h"

static const int ending[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGPIPE, SIGALRM,
                             SIGUSR1, SIGUSR2, SIGABRT, SIGSEGV, SIGBUS,  SIGFPE,
                             SIGILL,  SIGSYS,  SIGTRAP, SIGTSTP};
enum { ENDING = sizeof ending / sizeof *ending, STACK = 64 << 10 };

static struct {
    volatile sig_atomic_t taken;
    int out;
    const struct text *begin, *reset;
    struct termios before, during;
    struct sigaction actions[ENDING]; /* as they were */
} guard;

bool guard_write(int out, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(out, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd file = {.fd = out, .events = POLLOUT};
            poll(&file, 1, 1000);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

static void give_back(void)
{
    guard_write(guard.out, guard.reset->bytes, guard.reset->length);
    tcsetattr(guard.out, TCSADRAIN, &guard.before);
}

/* ---- signals ---- */

static void on_stop(void)
{
    int error = errno;
    give_back();
    raise(SIGSTOP);
    tcsetattr(guard.out, TCSADRAIN, &guard.during);
    guard_write(guard.out, guard.begin->bytes, guard.begin->length);
    errno = error;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (number == SIGTSTP && guard.taken) {
        on_stop();
        return;
    }
    if (guard.taken) {
        guard.taken = 0;
        give_back();
    }
    for (size_t i = 0; i < ENDING; i++) {
        if (ending[i] == number) {
            sigaction(number, &guard.actions[i], NULL);
        }
    }
    if (info->si_code <= 0) { /* sent; a fault happens again by itself */
        raise(number);
    }
}

/* A handler that is called because the stack is full needs another. */
static void lend_stack(void)
{
    static char stack[STACK];
    stack_t now, ours = {.ss_sp = stack, .ss_size = sizeof stack};
    if (sigaltstack(NULL, &now) == 0 && now.ss_flags & SS_DISABLE) {
        sigaltstack(&ours, NULL);
    }
}

static void hear(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ENDING; i++) {
        sigaction(ending[i], NULL, &guard.actions[i]);
        if (guard.actions[i].sa_handler != SIG_IGN) { /* nohup, a shell's wish */
            sigaction(ending[i], &action, NULL);
        }
    }
}

/* Signals that others took over since stay theirs. */
static void unhear(void)
{
    for (size_t i = 0; i < ENDING; i++) {
        struct sigaction now;
        sigaction(ending[i], NULL, &now);
        if (now.sa_flags & SA_SIGINFO && now.sa_sigaction == on_signal) {
            sigaction(ending[i], &guard.actions[i], NULL);
        }
    }
}

/* ---- */

void guard_enter(int out, const struct text *begin, const struct text *reset,
                 const struct termios *before, const struct termios *during)
{
    static bool at_exit;
    guard.out = out;
    guard.begin = begin;
    guard.reset = reset;
    guard.before = *before;
    guard.during = *during;
    lend_stack();
    hear();
    at_exit = at_exit || atexit(terminal_end) == 0;
    guard.taken = 1;
    tcsetattr(out, TCSADRAIN, during);
    guard_write(out, begin->bytes, begin->length);
}

void guard_leave(void)
{
    if (guard.taken) {
        guard.taken = 0;
        give_back();
        unhear();
    }
}
