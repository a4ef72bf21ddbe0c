/* loop.c: one poll() over the terminal, the desk, signals and time. */
#include "tui/console/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/text.h"

enum {
    LOOK_EVERY = 500, /* ms between questions whether anything changed, where nobody tells */
    DRAIN_MOST = 100, /* ms of keys before a frame is drawn after all */
    ASK_MOST = 50     /* ms of requests before what is there is drawn */
};

static int64_t milliseconds(void)
{
    return monotonic_ms() + 1;
}

/* What time it is at the desk. */
static int64_t moment_now(const struct loop *loop)
{
    return loop->now_said != MOMENT_NONE ? loop->now_said
                                         : loop->moment_at + (time(NULL) - loop->second_at);
}

static bool readable(int descriptor)
{
    struct pollfd file = {.fd = descriptor, .events = POLLIN};
    return poll(&file, 1, 0) > 0;
}

int loop_call(void *self, const struct parcel *request, struct parcel *reply, struct error *error)
{
    struct loop *loop = self;
    int status = desk_call(loop->desk, request, reply, error);
    loop->shell.clock = milliseconds();
    return status && error->code == ERROR_INTERRUPTED ? WAY_BROKEN_OFF : status;
}

int loop_send(void *self, const struct parcel *request, struct errand **out, struct error *error)
{
    struct loop *loop = self;
    return desk_send(loop->desk, request, out, error);
}

int loop_sync(void *self, const char *vendor, bool full, struct desk_sync **out,
              struct error *error)
{
    struct loop *loop = self;
    return desk_sync(loop->desk, loop->workspace, vendor, full, out, error);
}

int loop_vendors(void *self, struct text *out, struct error *error)
{
    struct loop *loop = self;
    return desk_sync_vendors(loop->workspace, out, error);
}

/* ---- keys ---- */

/* The next key means nothing yet to what is open: what it needs is fetched whatever is typed. */
static void know_what_keys_mean(struct loop *loop)
{
    desk_interruptible(loop->desk, -1);
    while (shell_holds(&loop->shell)) {
        shell_ask(&loop->shell);
    }
    desk_interruptible(loop->desk, loop->terminal.in);
}

static void take_keys(struct loop *loop, bool late)
{
    struct key_event event;
    while (!loop->shell.ends && input_next(loop->input, late, &event)) {
        if (shell_holds(&loop->shell) && event.key.code != KEYPAD_ESCAPE) {
            know_what_keys_mean(loop);
        }
        shell_key(&loop->shell, &event);
    }
}

/* All that was typed so far: frames between would be of no use to anybody. */
static void drain_keys(struct loop *loop)
{
    int64_t until = milliseconds() + DRAIN_MOST;
    while (!loop->shell.ends && readable(loop->terminal.in) && milliseconds() < until) {
        if (!input_read(loop->input, loop->terminal.in)) {
            loop->signal = SIGHUP;
            loop->shell.ends = true;
        }
        shell_time(&loop->shell, milliseconds(), MOMENT_NONE);
        take_keys(loop, false);
    }
}

/* ---- the desk ---- */

static void ask(struct loop *loop)
{
    int64_t until = milliseconds() + ASK_MOST;
    while (milliseconds() < until && !readable(loop->terminal.in) && shell_ask(&loop->shell)) {
    }
}

/* The last thing that somebody else did, unless something stands there that is to be read. */
static void tell_of_others(struct loop *loop, const struct table *cases)
{
    struct shell *shell = &loop->shell;
    for (size_t row = cases ? table_rows(cases) : 0; row > 0 && !news_shown(&shell->news); row--) {
        const char *login = table_cell(cases, row - 1, "login");
        if (login && strcmp(login, shell->context.login) != 0) {
            const char *const arg[4] = {table_cell(cases, row - 1, "who"),
                                        table_cell(cases, row - 1, "title"),
                                        table_cell(cases, row - 1, "case")};
            shell_say(shell, ROLE_MESSAGE_INFO, N_("%1: %2, %3"), arg);
        }
    }
}

/* What happened since is shown. */
static void take_changes(struct loop *loop)
{
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    parcel_put(&request, "verb", "changes");
    parcel_put_int(&request, "since", loop->sequence);
    if (desk_call(loop->desk, &request, &reply, &error) == 0 &&
        parcel_int(&reply, "seq", loop->sequence) != loop->sequence) {
        loop->sequence = parcel_int(&reply, "seq", loop->sequence);
        tell_of_others(loop, parcel_find(&reply, "cases"));
        shell_changed(&loop->shell);
    }
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
}

/* TOLD: by the server that something did. */
static void look_for_changes(struct loop *loop, bool told)
{
    if (told && desk_changed(loop->desk) > 0) {
        take_changes(loop);
    } else if (desk_descriptor(loop->desk) < 0 && milliseconds() >= loop->looks_at) {
        take_changes(loop);
        loop->looks_at = milliseconds() + LOOK_EVERY;
    }
}

/* What it writes and reads is not given up for a key: those that were typed go first. */
static void hear_sync(struct loop *loop)
{
    desk_interruptible(loop->desk, -1);
    sync_hear(&loop->shell);
    desk_interruptible(loop->desk, loop->terminal.in);
}

/* ---- signals ---- */

static void resize(struct loop *loop, bool again)
{
    if (terminal_measure(&loop->terminal) || again) {
        if (grid_resize(&loop->grid, loop->terminal.rows, loop->terminal.columns)) {
            shell_size(&loop->shell, loop->terminal.rows, loop->terminal.columns);
        }
        loop->shell.again = loop->shell.dirty = true;
    }
}

static void take_signals(struct loop *loop)
{
    unsigned char bytes[64];
    ssize_t count = read(loop->pipe[0], bytes, sizeof bytes);
    for (ssize_t i = 0; i < count; i++) {
        if (bytes[i] == SIGWINCH || bytes[i] == SIGCONT) {
            resize(loop, bytes[i] == SIGCONT);
        } else if (bytes[i] != SIGINT) {
            loop->signal = bytes[i];
            loop->shell.ends = true;
        }
    }
}

/* ---- waiting ---- */

static int64_t sooner(int64_t a, int64_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

/* Milliseconds until something is to be done though nothing happened. */
static int patience(const struct loop *loop)
{
    int64_t now = milliseconds(), at = shell_wakes(&loop->shell);
    int escape = input_waits(loop->input);
    if (loop->shell.asks.first || loop->shell.dirty) {
        return 0;
    }
    at = sooner(at, escape >= 0 ? now + escape + 1 : 0);
    at = sooner(at, desk_descriptor(loop->desk) < 0 ? loop->looks_at : 0);
    if (loop->now_said == MOMENT_NONE) {
        int64_t moment = moment_now(loop);
        at = sooner(at, now + (moment_of(moment_day(moment) + 1, 0) - moment) * 1000);
    }
    return at == 0 ? -1 : at <= now ? 0 : at - now > INT32_MAX ? INT32_MAX : (int)(at - now);
}

/* The shorter of two times to wait; -1 is any. */
static int shorter(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void wait_for_something(struct loop *loop)
{
    int sync_file, sync_left = sync_wait(&loop->shell, &sync_file);
    struct pollfd files[] = {{.fd = loop->terminal.in, .events = POLLIN},
                             {.fd = loop->pipe[0], .events = POLLIN},
                             {.fd = desk_descriptor(loop->desk), .events = POLLIN},
                             {.fd = afar_descriptor(&loop->shell), .events = POLLIN},
                             {.fd = sync_file, .events = POLLIN}};
    int escape = input_waits(loop->input);
    int64_t before = milliseconds();
    int ready = poll(files, sizeof files / sizeof *files, shorter(patience(loop), sync_left));
    if (ready < 0 && errno != EINTR) {
        loop->shell.ends = true;
        return;
    }
    shell_time(&loop->shell, milliseconds(), moment_now(loop));
    if (ready > 0 && files[1].revents) {
        take_signals(loop);
    }
    look_for_changes(loop, ready > 0 && files[2].revents);
    if (ready > 0 && files[3].revents) {
        afar_hear(&loop->shell);
    }
    bool keys = ready > 0 && files[0].revents;
    bool due = sync_left >= 0 && milliseconds() - before >= sync_left;
    if (loop->shell.sync && !keys && (due || (ready > 0 && files[4].revents))) {
        hear_sync(loop);
    }
    if (escape >= 0 && !keys && milliseconds() - before >= escape) {
        take_keys(loop, true);
    }
}

void loop_run(struct loop *loop)
{
    loop->looks_at = milliseconds() + LOOK_EVERY;
    shell_time(&loop->shell, milliseconds(), moment_now(loop));
    resize(loop, true);
    desk_interruptible(loop->desk, loop->terminal.in);
    shell_start(&loop->shell);
    while (!loop->shell.ends) {
        drain_keys(loop);
        ask(loop);
        if (loop->shell.dirty && !loop->shell.ends && !readable(loop->terminal.in)) {
            shell_draw(&loop->shell, &loop->grid);
            paint_show(loop->paint, &loop->grid, loop->shell.again);
            loop->shell.again = false;
        }
        wait_for_something(loop);
    }
    desk_interruptible(loop->desk, -1);
    if (loop->signal) {
        shell_save(&loop->shell);
    }
}
