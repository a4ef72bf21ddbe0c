/* openstack.c: a run: the token, questions side by side, and what ends it. */
#include <stdlib.h>
#include <string.h>

#include "data/monotonic.h"
#include "data/vendor/adapter.h"
#include "data/vendor/run.h"

enum { MIB = 1 << 20, BODY_MOST = 1 << 20, UNDER_WAY_MOST = 16 };

const char *run_set(const struct run *run, const char *key)
{
    return settings_text(&run->orders->settings, key);
}

int64_t run_number(const struct run *run, const char *key)
{
    return settings_number(&run->orders->settings, key);
}

bool run_wants(const struct run *run, const char *fetch)
{
    return settings_has(&run->orders->settings, "fetch", fetch);
}

void run_skip(struct run *run, int outcome, const char *why)
{
    struct outcome *at = &run->report->outcomes[outcome];
    if (!at->skipped) {
        at->skipped = true;
        text_add(&at->why, why);
    }
}

/* ---- tasks ---- */

static bool take_body(struct http_call *call, const char *bytes, size_t length)
{
    struct task *task = call->context;
    text_add_n(&task->body, bytes, length);
    if (task->body.failed) {
        call->fault = HTTP_LARGE;
        text_add_int(&call->limit, BODY_MOST);
    }
    return !task->body.failed;
}

static void body_again(struct http_call *call)
{
    struct task *task = call->context;
    text_clear(&task->body);
}

struct task *task_new(struct run *run, enum service service, int outcome, const char *path,
                      int (*done)(struct run *run, struct task *task))
{
    struct task *task = calloc(1, sizeof *task);
    if (!task) {
        error_memory(run->error);
        return NULL;
    }
    task->behind = run->all;
    if (run->all) {
        run->all->before = task;
    }
    run->all = task;
    text_addf(&task->url, "%s%s", text_bytes(&run->session.endpoints[service].url), path);
    task->service = service;
    task->outcome = outcome;
    task->done = done;
    task->body.most = BODY_MOST;
    task->call = (struct http_call){.take = take_body, .again = body_again, .context = task};
    return task;
}

void task_free(struct run *run, struct task *task)
{
    if (task->before) {
        task->before->behind = task->behind;
    } else {
        run->all = task->behind;
    }
    if (task->behind) {
        task->behind->before = task->before;
    }
    http_call_free(&task->call);
    text_free(&task->url);
    text_free(&task->body);
    if (task->free) {
        task->free(task->owned);
    }
    free(task);
}

int run_ask(struct run *run, struct task *task)
{
    task->next = NULL;
    *run->queue_end = task;
    run->queue_end = &task->next;
    return task->url.failed ? error_memory(run->error) : 0;
}

/* Which service is asked for what, for whoever looks on. */
static void note_service(struct run *run, const struct task *task)
{
    struct text *called = &run->report->outcomes[task->outcome].service;
    text_clear(called);
    session_called(&run->session, task->service, called);
}

static int start_queued(struct run *run)
{
    while (run->queue && run->under_way < UNDER_WAY_MOST) {
        struct task *task = run->queue;
        struct endpoint *endpoint = &run->session.endpoints[task->service];
        run->queue = task->next;
        run->queue_end = run->queue ? run->queue_end : &run->queue;
        task->call.url = text_bytes(&task->url);
        task->call.origin = &endpoint->origin;
        task->call.headers = endpoint->headers;
        task->token = run->session.token;
        note_service(run, task);
        run->under_way++;
        if (http_start(run->http, &task->call, run->error) != 0) {
            return -1;
        }
    }
    return 0;
}

int run_send(struct run *run)
{
    return start_queued(run) != 0 ? -1 : http_send(run->http, run->error);
}

/* ---- the token ---- */

static int ask_token(struct run *run)
{
    run->asking = true;
    text_clear(&run->report->door);
    session_called(&run->session, SERVICE_IDENTITY, &run->report->door);
    return session_ask(&run->session, &run->token_call, run->error) != 0
               ? -1
               : http_start(run->http, &run->token_call, run->error);
}

static int token_came(struct run *run)
{
    bool first = run->session.token == 0;
    run->asking = false;
    if (session_take(&run->session, &run->token_call, run->error) != 0) {
        text_add(&run->report->request, text_bytes(&run->token_call.request));
        return -1;
    }
    http_call_free(&run->token_call);
    while (run->held) {
        struct task *task = run->held;
        run->held = task->next;
        if (run_ask(run, task) != 0) {
            return -1;
        }
    }
    return first ? openstack_lists(run) : 0;
}

/* A token that ended while the run goes on: another one, once for each question. */
static int renew(struct run *run, struct task *task)
{
    task->renewed = true;
    task->call.again(&task->call);
    if (task->token < run->session.token) {
        return run_ask(run, task); /* it has come already */
    }
    task->next = run->held;
    run->held = task;
    return run->asking ? 0 : ask_token(run);
}

/* A service asks others behind it with our token. Where that ends on its way, the first refuses in
 * words of its own: Nova says 400 for Neutron. */
static bool token_ended(const struct run *run, const struct task *task)
{
    const struct http_call *call = &task->call;
    return call->fault == HTTP_STATUS && !task->renewed &&
           (call->status == 401 || session_ended(&run->session, task->token));
}

/* ---- answers ---- */

static int failed(struct run *run, struct task *task)
{
    return http_error(run->http, &task->call, run->error);
}

static int missing(struct run *run, struct task *task)
{
    struct text why = {0};
    text_add_int(&why, task->call.status);
    text_addf(&why, ": %s", text_bytes(&task->call.detail));
    int status = task->missing(run, task, text_bytes(&why));
    text_free(&why);
    return status;
}

static int answered(struct run *run, struct task *task)
{
    const struct http_call *call = &task->call;
    bool not_there = call->fault == HTTP_STATUS && (call->status == 403 || call->status == 404);
    bool refused = call->fault == HTTP_STATUS && call->status == 400 && task->refused;
    int status = refused ? task->refused(run, task) : 0;
    if (status == 0) {
        status = call->fault == HTTP_GOOD     ? task->done(run, task)
                 : not_there && task->missing ? missing(run, task)
                                              : failed(run, task);
    }
    if (status == 0) {
        task_free(run, task);
    } else if (status < 0 && !run->report->request.length) { /* where it was */
        run->report->kind = kind_names[task->outcome].kind;
        text_add(&run->report->request, text_bytes(&call->request));
    }
    return status < 0 ? -1 : 0;
}

static void note_bytes(struct run *run)
{
    run->report->bytes = run->bytes + http_bytes(run->http);
    run->report->packed = run->packed + http_packed(run->http);
}

/* What nobody could answer is told at once: the next try may be a minute away. */
static void tried(void *told, const struct http_call *call, int64_t seconds)
{
    struct run *run = told;
    const struct task *task = call == &run->token_call ? NULL : call->context;
    enum service service = task ? task->service : SERVICE_IDENTITY;
    struct error none = {0};
    note_bytes(run);
    run->report->retries++;
    again_note(&run->report->agains, session_type(&run->session, service), call, seconds);
    (void)report_flush(run->report, true, &none); /* the next one meets what is wrong */
    error_free(&none);
}

static int came(struct run *run, struct http_call *call)
{
    note_bytes(run);
    if (call == &run->token_call) {
        return token_came(run);
    }
    struct task *task = call->context;
    run->under_way--;
    return token_ended(run, task) ? renew(run, task) : answered(run, task);
}

/* ---- the loop ---- */

static int in_time(struct run *run)
{
    return monotonic_ms() <= run->ends
               ? 0
               : error_set(
                     run->error, ERROR_ENVIRONMENT,
                     N_("the run took longer than %1 s; the setting run says how long it may"),
                     run_set(run, "run"), NULL);
}

static int go(struct run *run)
{
    struct http_call *call;
    if (ask_token(run) != 0) {
        return -1;
    }
    while ((call = http_finish(run->http, run->error))) {
        if (came(run, call) != 0 || in_time(run) != 0 || run_send(run) != 0 ||
            report_flush(run->report, false, run->error) != 0) {
            return -1;
        }
    }
    return run->error->code == ERROR_NONE ? 0 : -1;
}

/* What a full list does not have any more. */
static int tell_missed(struct run *run)
{
    int status = report_flush(run->report, true, run->error);
    for (int i = 0; status == 0 && i < KINDS; i++) {
        const struct outcome *outcome = &run->report->outcomes[i];
        if (outcome->asked && outcome->full && !outcome->skipped) {
            status = report_missed(run->report, (enum kind)i, (struct raws *)&run->orders->known[i],
                                   run->error);
        }
    }
    return status;
}

/* ---- a run ---- */

static struct http_limits limits_of(const struct run *run)
{
    struct http_limits limits = http_usual;
    limits.connect_ms = run_number(run, "connect");
    limits.answer_ms = run_number(run, "answer");
    limits.slow_ms = run_number(run, "slow");
    limits.slow_bytes = run_number(run, "slowest") * limits.slow_ms / 1000;
    limits.body_bytes = run_number(run, "largest") * MIB;
    limits.run_bytes = run_number(run, "total") * MIB - run->bytes;
    limits.run_bytes = limits.run_bytes > 0 ? limits.run_bytes : 1;
    limits.tries = run_number(run, "tries");
    limits.pause_ms = run_number(run, "pause");
    limits.pause_most_ms = run_number(run, "pause_longest");
    limits.parallel = run_number(run, "parallel");
    return limits;
}

static void run_free(struct run *run)
{
    http_free(run->http);
    while (run->all) {
        task_free(run, run->all);
    }
    http_call_free(&run->token_call);
    session_free(&run->session);
    reader_free(&run->reader);
    flavors_free(&run->flavors);
    zones_free(&run->zones);
}

/* REGION, which is RUN's; what earlier ones came to is in the report. */
static int fetch_region(struct run *run, struct http_ways ways, const char *region)
{
    struct http_limits limits = limits_of(run);
    ways.tried = tried;
    ways.told = run;
    run->queue_end = &run->queue;
    run->http = http_new(&limits, &ways, run->error);
    run->session =
        (struct session){.settings = &run->orders->settings, .http = run->http, .wanted = region};
    int status = run->http ? session_begin(&run->session, run->error) : -1;
    status = status ? status : go(run);
    run_free(run);
    return status;
}

/* The next of "a, b" at *AT, appended; false: there is none. */
static bool next_region(const char **at, struct text *region)
{
    text_clear(region);
    *at += strspn(*at, ", ");
    size_t length = strcspn(*at, ",");
    while (length > 0 && (*at)[length - 1] == ' ') {
        length--;
    }
    text_add_n(region, *at, length);
    *at += strcspn(*at, ",");
    return length > 0;
}

static void note_before(const struct report *report, struct run *run)
{
    run->bytes = report->bytes;
    run->packed = report->packed;
    for (int i = 0; i < OUTCOMES; i++) {
        run->pages[i] = report->outcomes[i].pages;
        run->again[i] = report->outcomes[i].again;
    }
}

/* Region after region; where none is said, the only one there is. */
static int fetch(const struct orders *orders, struct report *report, int64_t now, int wake,
                 int (*woken)(void *context), void *context, struct error *error)
{
    struct run all = {.orders = orders, .report = report, .error = error, .utc = now};
    struct text region = {0};
    const char *ca = run_set(&all, "ca"), *at = run_set(&all, "region");
    struct http_ways ways = {.ca = *ca ? ca : NULL,
                             .proxy = run_set(&all, "proxy"),
                             .plain = settings_yes(&orders->settings, "plain"),
                             .wake = wake,
                             .woken = woken,
                             .context = context};
    int status = 0;
    all.ends = monotonic_ms() + run_number(&all, "run") * 1000;
    for (bool first = true; status == 0 && (next_region(&at, &region) || first); first = false) {
        struct run run = all;
        run.other = first ? NULL : text_bytes(&region);
        note_before(report, &run);
        status =
            region.failed ? error_memory(error) : fetch_region(&run, ways, text_bytes(&region));
    }
    text_free(&region);
    return status ? status : tell_missed(&all);
}

const struct adapter openstack_adapter = {.kind = "openstack", .fetch = fetch};
