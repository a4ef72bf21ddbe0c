/* sync.c: a sync of one vendor: yuntai-net asks the cloud, what it reports goes to the desk, batch
 * by batch, with pauses in which others act. Nothing here waits but for a batch. */
#include "data/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/exchange/net.h"
#include "data/exchange/stroke.h"
#include "data/exchange/sync_steps.h"
#include "data/monotonic.h"
#include "data/options.h"
#include "data/vendor/raws.h"
#include "data/vendor/row.h"
#include "data/vendor/settings.h"
#include "data/wire/frame.h"
#include "data/workspace.h"

enum { CHUNK = 64 << 10, PAUSE_LEAST_MS = 5, PAUSE_MOST_MS = 200, LINGER_MS = 2000 };

enum sync_step { /* what is done next */
                 STEP_BEGIN,
                 STEP_UNDO,  /* what an earlier run left, before this one begins */
                 STEP_KNOWN, /* yuntai-net is told what the desk has */
                 STEP_FETCH,
                 STEP_TAKE_BACK, /* what this run wrote, for it failed */
                 STEP_OVER
};

struct desk_sync {
    struct desk *desk;
    struct options *options;
    char *vendor;
    bool full, stopped;
    enum sync_step step;

    pid_t child;
    int to, from; /* its standard input and output; -1 closed */
    struct frame_reader reader;

    struct text month;           /* whose use is asked for; "": the one before this */
    struct text run, left, mark; /* numbers as text; MARK of the last run */
    int64_t use, use_made, use_changed;
    size_t kind;               /* STEP_KNOWN: of which */
    int64_t known[SYNC_KINDS]; /* how many the desk has */
    struct text after;
    bool hello;
    struct stroke stroke; /* what came of rows, and is being written */

    struct parcel ended; /* how it ended, for sync_end and for whoever hears it */
    struct error error;  /* why it failed */
    struct parcel progress;
    bool news;
    int64_t began, next; /* ms: when; not before */
    struct parcel reply;
};

/* ---- the program ---- */

/* The child's orders go whole: it reads them before it does anything else. */
static int tell(struct desk_sync *sync, enum frame_kind kind, const struct parcel *parcel,
                struct error *error)
{
    struct frame_writer writer = {0};
    const char *bytes;
    size_t left;
    enum frame_put put = parcel ? frame_put_parcel(&writer, kind, parcel)
                                : frame_put(&writer, kind, frame_hello(), strlen(frame_hello()));
    int status = put == FRAME_PUT ? 0 : error_memory(error);
    while (status == 0 && (left = frame_waiting(&writer, &bytes)) > 0) {
        ssize_t sent = write(sync->to, bytes, left);
        if (sent > 0) {
            frame_sent(&writer, (size_t)sent);
        } else if (sent == 0 || errno != EINTR) {
            status = error_errno(error, "speaking with", "yuntai-net", errno);
        }
    }
    frame_writer_free(&writer);
    return status;
}

/* ---- the desk ---- */

static int ask(struct desk_sync *sync, struct parcel *request)
{
    int64_t began = monotonic_ms();
    int status = request->failed ? error_memory(&sync->error)
                                 : desk_call(sync->desk, request, &sync->reply, &sync->error);
    int64_t took = monotonic_ms() - began;
    took = took < PAUSE_LEAST_MS ? PAUSE_LEAST_MS : took > PAUSE_MOST_MS ? PAUSE_MOST_MS : took;
    sync->next = monotonic_ms() + took;
    parcel_free(request);
    return status;
}

static int undo_step(struct desk_sync *sync, const char *run, bool *rest)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", "sync_undo");
    parcel_put(&request, "run", run);
    int status = ask(sync, &request);
    *rest = parcel_yes(&sync->reply, "rest");
    return status;
}

static int begin(struct desk_sync *sync)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", "sync");
    parcel_put(&request, "vendor", sync->vendor);
    parcel_put(&request, "full", sync->full ? "yes" : "no");
    if (ask(sync, &request) != 0) {
        return -1;
    }
    const char *left = parcel_get(&sync->reply, "left");
    text_clear(&sync->left);
    if (left) {
        text_add(&sync->left, left);
        sync->step = STEP_UNDO;
        return 0;
    }
    text_add(&sync->run, parcel_get(&sync->reply, "run"));
    sync->full = parcel_yes(&sync->reply, "full");
    text_add(&sync->mark, sync->full ? "" : parcel_get(&sync->reply, "mark"));
    sync->step = STEP_KNOWN;
    return net_start(&sync->child, &sync->to, &sync->from, &sync->error) != 0
               ? -1
               : tell(sync, FRAME_HELLO, NULL, &sync->error);
}

/* ---- orders ---- */

/* What the section says of the vendor, and the order to begin. */
static int order_fetch(struct desk_sync *sync)
{
    struct parcel order = {0};
    size_t count;
    const struct option_row *rows = settings_table(&count);
    parcel_put(&order, "order", "fetch");
    parcel_put(&order, "vendor", sync->vendor);
    for (size_t i = 0; i < count; i++) {
        struct text name = {0}, key = {0};
        text_addf(&name, "vendor.%s.%s", sync->vendor, rows[i].name);
        text_addf(&key, "set.%s", rows[i].name);
        const char *value = options_text(sync->options, text_bytes(&name));
        if (value && *value) {
            parcel_put(&order, text_bytes(&key), value);
        }
        text_free(&name);
        text_free(&key);
    }
    if (sync->mark.length) {
        parcel_put(&order, "mark", text_bytes(&sync->mark));
    }
    if (sync->month.length) {
        parcel_put(&order, "month", text_bytes(&sync->month));
    }
    int status =
        order.failed ? error_memory(&sync->error) : tell(sync, FRAME_REQUEST, &order, &sync->error);
    parcel_free(&order);
    sync->step = STEP_FETCH;
    (void)fcntl(sync->from, F_SETFL, O_NONBLOCK);
    return status;
}

/* HEX as bytes, into the order. */
static int order_known(struct desk_sync *sync, const char *kind, const char *hex)
{
    struct parcel order = {0};
    struct text bytes = {0};
    uint8_t raw[SEEN_RAW];
    for (; *hex && raw_parse(hex, raw); hex += 2 * SEEN_RAW) {
        text_add_n(&bytes, (const char *)raw, SEEN_RAW);
    }
    parcel_put(&order, "order", "known");
    parcel_put(&order, "kind", kind);
    parcel_put_n(&order, "raws", text_bytes(&bytes), bytes.length);
    int status = order.failed || bytes.failed ? error_memory(&sync->error)
                                              : tell(sync, FRAME_REQUEST, &order, &sync->error);
    parcel_free(&order);
    text_free(&bytes);
    return status;
}

/* A page of what the desk knows of a kind; after the last kind the order to begin. */
static int known_step(struct desk_sync *sync)
{
    struct parcel request = {0};
    if (sync->kind == SYNC_KINDS) {
        return order_fetch(sync);
    }
    parcel_put(&request, "verb", "sync_known");
    parcel_put(&request, "vendor", sync->vendor);
    parcel_put(&request, "kind", sync_kinds[sync->kind].kind);
    parcel_put(&request, "after", sync->after.length ? text_bytes(&sync->after) : NULL);
    if (ask(sync, &request) != 0) {
        return -1;
    }
    const char *raws = parcel_get(&sync->reply, "raws"), *next = parcel_get(&sync->reply, "next");
    int status = raws && *raws ? order_known(sync, sync_kinds[sync->kind].kind, raws) : 0;
    sync->known[sync->kind] += raws ? (int64_t)(strlen(raws) / (2 * SEEN_RAW)) : 0;
    text_clear(&sync->after);
    text_add(&sync->after, next ? next : "");
    sync->kind += next == NULL;
    sync->next = 0; /* it only read */
    return status;
}

/* ---- reports ---- */

/* The next stroke of the report at hand. */
static int write_step(struct desk_sync *sync)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", "sync_rows");
    parcel_put(&request, "run", text_bytes(&sync->run));
    stroke_put(&sync->stroke, &request);
    int64_t began = monotonic_ms();
    if (ask(sync, &request) != 0) {
        return -1;
    }
    stroke_took(&sync->stroke, monotonic_ms() - began);
    sync->use += parcel_int(&sync->reply, "use", 0);
    sync->use_made += parcel_int(&sync->reply, "use_made", 0);
    sync->use_changed += parcel_int(&sync->reply, "use_changed", 0);
    return 0;
}

static void put_use(const struct desk_sync *sync, struct parcel *to)
{
    if (sync->use > 0) {
        parcel_put_int(to, "use", sync->use);
        parcel_put_int(to, "use_made", sync->use_made);
        parcel_put_int(to, "use_changed", sync->use_changed);
    }
}

/* The run's end, as RESULT; what ENDED says goes with it. */
static int end_run(struct desk_sync *sync, const char *result)
{
    static const char *const pairs[] = {"mark",    "pages", "bytes", "packed",  "retries",
                                        "request", "page",  "again", "services"};
    struct parcel request = {0};
    parcel_put(&request, "verb", "sync_end");
    parcel_put(&request, "run", text_bytes(&sync->run));
    parcel_put(&request, "result", result);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        parcel_put(&request, pairs[i], parcel_get(&sync->ended, pairs[i]));
    }
    put_use(sync, &request);
    parcel_put(&request, "what", parcel_get(&sync->ended, "why"));
    return ask(sync, &request);
}

static int done(struct desk_sync *sync, struct parcel *report)
{
    if (!parcel_copy(report, &sync->ended) || end_run(sync, "staged") != 0) {
        return error_memory(&sync->error);
    }
    static const char *const counts[] = {"made", "changed", "gone"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        parcel_put(&sync->ended, counts[i], parcel_get(&sync->reply, counts[i]));
    }
    parcel_put(&sync->ended, "all", parcel_get(&sync->reply, "rows"));
    parcel_put(&sync->ended, "run", text_bytes(&sync->run));
    put_use(sync, &sync->ended);
    sync->step = STEP_OVER;
    return 0;
}

/* The error as one line, for the record of the run: its sentence and what it speaks of. */
static void keep_why(struct desk_sync *sync)
{
    struct text why = {0};
    text_add(&why, sync->error.sentence ? sync->error.sentence : "");
    for (int i = 0; i < ERROR_ARGS; i++) {
        if (sync->error.arg[i]) {
            text_addf(&why, "\036%s", sync->error.arg[i]);
        }
    }
    parcel_put(&sync->ended, "why", text_bytes(&why));
    text_free(&why);
}

static int take_report(struct desk_sync *sync, struct parcel *report)
{
    const char *what = parcel_get(report, "what");
    if (what &&
        (strcmp(what, "rows") == 0 || strcmp(what, "missed") == 0 || strcmp(what, "use") == 0)) {
        stroke_take(&sync->stroke, report);
        return write_step(sync);
    }
    if (what && strcmp(what, "progress") == 0) {
        parcel_free(&sync->progress);
        sync->news = parcel_copy(report, &sync->progress);
        return 0;
    }
    return what && strcmp(what, "done") == 0 ? done(sync, report) : 0;
}

static int broken(struct desk_sync *sync)
{
    return error_set(&sync->error, ERROR_ENVIRONMENT,
                     N_("yuntai-net ended without a word; what it brought is not used"), NULL,
                     NULL);
}

static int take_frame(struct desk_sync *sync, const struct frame *frame)
{
    struct parcel report = {0};
    if (frame->kind == FRAME_HELLO) {
        sync->hello = frame_hello_good(frame);
        return sync->hello ? 0 : broken(sync);
    }
    if (!sync->hello || !parcel_decode(frame->bytes, frame->length, &report)) {
        return broken(sync);
    }
    int status = -1;
    if (frame->kind == FRAME_FAILURE) {
        (void)parcel_copy(&report, &sync->ended);
        failure_take(&report, &sync->error);
    } else {
        status = take_report(sync, &report);
    }
    parcel_free(&report);
    return status;
}

/* What is there of the next frame. 1 a frame was taken, 0 nothing whole is there, -1. */
static int fetch_step(struct desk_sync *sync)
{
    char chunk[CHUNK];
    struct frame frame;
    if (stroke_left(&sync->stroke)) {
        return write_step(sync) == 0 ? 1 : -1;
    }
    if (frame_take(&sync->reader, &frame)) {
        return take_frame(sync, &frame) == 0 ? 1 : -1;
    }
    ssize_t got = read(sync->from, chunk, sizeof chunk);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 0;
    }
    if (got <= 0 || !frame_feed(&sync->reader, chunk, (size_t)got)) {
        return broken(sync);
    }
    return 1;
}

/* ---- its end ---- */

static void end_child(struct desk_sync *sync)
{
    if (sync->to >= 0) {
        close(sync->to);
    }
    if (sync->from >= 0) {
        close(sync->from);
    }
    sync->to = sync->from = -1;
    if (sync->child > 0) {
        (void)kill(sync->child, SIGKILL);
        (void)waitpid(sync->child, NULL, 0);
        sync->child = 0;
    }
}

/* What this run wrote is taken back, as far as the desk can still be asked. */
static int fail(struct desk_sync *sync)
{
    struct error why = sync->error;
    end_child(sync);
    if (sync->step == STEP_OVER || !sync->run.length) {
        sync->step = STEP_OVER;
        return -1;
    }
    keep_why(sync);
    sync->error = (struct error){0};
    bool told = end_run(sync, why.code == ERROR_INTERRUPTED ? "cancelled" : "failed") == 0;
    error_free(&sync->error);
    sync->error = why;
    sync->step = told ? STEP_TAKE_BACK : STEP_OVER;
    return told ? 0 : -1;
}

static int take_back_step(struct desk_sync *sync)
{
    struct error why = sync->error;
    bool rest = false;
    sync->error = (struct error){0};
    int status = undo_step(sync, text_bytes(&sync->run), &rest);
    error_free(&sync->error); /* the next run does it */
    sync->error = why;
    if (status != 0 || !rest) {
        sync->step = STEP_OVER;
    }
    return 0;
}

static int step(struct desk_sync *sync)
{
    bool rest = false;
    int status = 0;
    switch (sync->step) {
    case STEP_BEGIN:
        return begin(sync);
    case STEP_UNDO:
        status = undo_step(sync, text_bytes(&sync->left), &rest);
        sync->step = rest ? STEP_UNDO : STEP_BEGIN;
        return status;
    case STEP_KNOWN:
        return known_step(sync);
    case STEP_FETCH:
        return fetch_step(sync) < 0 ? -1 : 0;
    case STEP_TAKE_BACK:
        return take_back_step(sync);
    default:
        return 0;
    }
}

/* ---- how far it is ---- */

static void put_steps(const struct desk_sync *sync, struct parcel *said)
{
    struct text name = {0};
    text_addf(&name, "vendor.%s.fetch", sync->vendor);
    sync_steps(options_text(sync->options, text_bytes(&name)), sync->known, sync->full,
               parcel_find(&sync->progress, "kinds"), said);
    text_free(&name);
}

/* ---- from outside ---- */

/* Of WORKSPACE, or the usual one. */
static struct options *settings_of(const char *workspace, struct error *error)
{
    struct text usual = {0};
    if (!workspace && workspace_default(&usual, error) != 0) {
        text_free(&usual);
        return NULL;
    }
    struct options *options = options_read(workspace ? workspace : text_bytes(&usual), error);
    text_free(&usual);
    return options;
}

int desk_sync_vendors(const char *workspace, struct text *out, struct error *error)
{
    struct options *options = settings_of(workspace, error);
    const char *name;
    if (!options) {
        return -1;
    }
    for (size_t i = 0; (name = options_vendor(options, i)); i++) {
        text_addf(out, "%s%s", i ? " " : "", name);
    }
    options_free(options);
    return out->failed ? error_memory(error) : 0;
}

int desk_sync(struct desk *desk, const char *workspace, const char *vendor, bool full,
              struct desk_sync **out, struct error *error)
{
    struct options *options = settings_of(workspace, error);
    struct text kind = {0};
    *out = NULL;
    if (!options) {
        return -1;
    }
    text_addf(&kind, "vendor.%s.kind", vendor);
    bool known = options_text(options, text_bytes(&kind)) != NULL;
    text_free(&kind);
    struct desk_sync *sync = known ? calloc(1, sizeof *sync) : NULL;
    char *name = sync ? malloc(strlen(vendor) + 1) : NULL;
    if (!name) {
        options_free(options);
        free(sync);
        return known ? error_memory(error)
                     : error_set(error, ERROR_USAGE,
                                 N_("no settings speak of a vendor “%1”; a section [vendor.%1] in "
                                    "yuntai.ini says how its cloud is asked"),
                                 vendor, NULL);
    }
    memcpy(name, vendor, strlen(vendor) + 1);
    *sync = (struct desk_sync){.desk = desk,
                               .options = options,
                               .vendor = name,
                               .full = full,
                               .to = -1,
                               .from = -1,
                               .began = monotonic_ms()};
    *out = sync;
    return 0;
}

int desk_sync_wait(const struct desk_sync *sync, int *descriptor)
{
    int64_t left = sync->next - monotonic_ms();
    *descriptor = sync->step == STEP_FETCH && left <= 0 ? sync->from : -1;
    bool idle = !stroke_left(&sync->stroke) && frame_state(&sync->reader) != FRAME_WHOLE;
    bool waits = sync->step == STEP_FETCH && left <= 0 && idle;
    return waits ? -1 : left > 0 ? (int)left : 0;
}

enum errand_state desk_sync_hear(struct desk_sync *sync, struct parcel *said, struct error *error)
{
    parcel_free(said);
    if (sync->stopped && sync->step != STEP_TAKE_BACK && sync->step != STEP_OVER) {
        error_set(&sync->error, ERROR_INTERRUPTED, N_("given up; nothing of it is used"), NULL,
                  NULL);
        (void)fail(sync);
    } else if (monotonic_ms() >= sync->next && step(sync) != 0) {
        (void)fail(sync);
    }
    if (sync->news) {
        (void)parcel_copy(&sync->progress, said);
        put_steps(sync, said);
        sync->news = false;
    }
    if (sync->step != STEP_OVER) {
        return ERRAND_UNDER_WAY;
    }
    end_child(sync);
    parcel_free(said);
    (void)parcel_copy(&sync->ended, said);
    if (sync->error.code == ERROR_NONE) {
        return ERRAND_DONE;
    }
    *error = sync->error;
    sync->error = (struct error){0};
    return ERRAND_FAILED;
}

int desk_sync_month(struct desk_sync *sync, const char *month)
{
    text_clear(&sync->month);
    text_add(&sync->month, month);
    return sync->month.failed ? -1 : 0;
}

void desk_sync_stop(struct desk_sync *sync)
{
    sync->stopped = true;
}

void desk_sync_free(struct desk_sync *sync)
{
    struct parcel said = {0};
    struct error error = {0};
    int64_t until = monotonic_ms() + LINGER_MS;
    if (!sync) {
        return;
    }
    desk_sync_stop(sync);
    while (sync->step != STEP_OVER && monotonic_ms() < until) {
        int descriptor, wait = desk_sync_wait(sync, &descriptor);
        (void)poll(NULL, 0, wait < 0 ? 0 : wait);
        (void)desk_sync_hear(sync, &said, &error);
    }
    end_child(sync);
    parcel_free(&said);
    error_free(&error);
    options_free(sync->options);
    frame_reader_free(&sync->reader);
    struct text *const texts[] = {&sync->run, &sync->left, &sync->mark, &sync->after, &sync->month};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_free(texts[i]);
    }
    stroke_free(&sync->stroke);
    parcel_free(&sync->ended);
    parcel_free(&sync->progress);
    parcel_free(&sync->reply);
    error_free(&sync->error);
    free(sync->vendor);
    free(sync);
}
