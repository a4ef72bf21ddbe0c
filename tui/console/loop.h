/*
 * loop.h: waits for keys, the desk, signals and time, and draws when they have been dealt with.
 */
#ifndef YUNTAI_TUI_CONSOLE_LOOP_H
#define YUNTAI_TUI_CONSOLE_LOOP_H

#include "tui/console/inside.h"
#include "tui/terminal/input.h"
#include "tui/terminal/paint.h"

struct loop {
    struct shell shell;
    struct desk *desk;
    const char *workspace; /* NULL: the usual one */
    struct terminal terminal;
    struct theme *theme;
    const char *theme_name;
    struct paint *paint;
    struct input *input;
    struct grid grid;
    int64_t now_said;  /* MOMENT_NONE: the clock */
    int64_t moment_at; /* of the desk, and */
    int64_t second_at; /* of the clock, as they were when it said hello */
    int64_t sequence;  /* of the desk's acts, as far as is shown */
    int64_t looks_at;  /* at which millisecond it asks whether anything changed */
    int signal;        /* that ends it */
    int pipe[2];       /* signals as bytes */
};

/* Until one leaves, the terminal goes or a signal ends it. */
void loop_run(struct loop *loop);
/* Signals that matter come as bytes in the pipe from now on, and as before after loop_unlisten().
 * False where no pipe can be had. */
bool loop_listen(struct loop *loop);
void loop_unlisten(struct loop *loop);
/* shell.way.call, send, sync and vendors, with a struct loop as self. */
int loop_call(void *self, const struct parcel *request, struct parcel *reply, struct error *error);
int loop_send(void *self, const struct parcel *request, struct errand **out, struct error *error);
int loop_sync(void *self, const char *vendor, bool full, struct desk_sync **out,
              struct error *error);
int loop_vendors(void *self, struct text *out, struct error *error);

#endif
