/* openstack_list.c: lists, page after page, and which there are of a cloud. */
#include <curl/curl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/day.h"
#include "data/vendor/run.h"

enum { MINOR_WANTED = 79, MINOR_FLAVORS = 47, ANEW_MOST = 2 };

struct list {
    struct walk walk;
    struct task *task;
    int (*then)(struct run *run);
    struct text first; /* its address */
    int anew;          /* times it was begun anew */
};

/* ---- a list ---- */

static void list_free(void *owned)
{
    struct list *list = owned;
    walk_free(&list->walk);
    text_free(&list->first);
    free(list);
}

static bool take_page(struct http_call *call, const char *bytes, size_t length)
{
    struct task *task = call->context;
    struct list *list = task->owned;
    return walk_feed(&list->walk, bytes, length);
}

static void page_again(struct http_call *call)
{
    struct task *task = call->context;
    struct list *list = task->owned;
    walk_again(&list->walk);
}

static bool moment_of_mark(const char *mark, int64_t *out)
{
    size_t length = strlen(mark);
    length -= length > 0 && mark[length - 1] == 'Z';
    return length > 10 && moment_parse(mark, length, out);
}

/* From when the next increment is asked for: the service's own clock, else ours, at the first page.
 */
static void note_mark(struct run *run, const char *date)
{
    time_t at = *date ? curl_getdate(date, NULL) : -1;
    text_clear(&run->report->mark);
    report_time(at > 0 ? (int64_t)at : run->utc, &run->report->mark);
}

static void note_counts(struct run *run, const struct list *list)
{
    struct outcome *outcome = &run->report->outcomes[list->walk.kind];
    outcome->pages = run->pages[list->walk.kind] + list->walk.page;
    run->report->kind = kind_names[list->walk.kind].kind;
    run->report->pages++;
}

/* The page at the task's address is asked for; 1, -1. */
static int ask_page(struct run *run, struct task *task)
{
    struct list *list = task->owned;
    task->renewed = false;
    return walk_page(&list->walk, text_bytes(&task->url)) != 0 || run_ask(run, task) != 0 ? -1 : 1;
}

/* NEXT is asked for, and on its way before this returns. 1, -1. */
static int ask_next(struct run *run, struct task *task, struct text *next)
{
    struct list *list = task->owned;
    text_free(&task->url);
    task->url = *next;
    *next = (struct text){0};
    task->call.page = list->walk.page + 1;
    return ask_page(run, task) < 0 || run_send(run) != 0 ? -1 : 1;
}

/* What the page at hand shows; REQUEST is what the service calls the question for it. */
static int look_at_things(struct run *run, struct list *list, const struct text *request)
{
    int status = walk_things(&list->walk);
    run->report->outcomes[list->walk.kind].again = run->again[list->walk.kind] + list->walk.again;
    report_same(run->report, list->walk.kind, list->walk.same);
    list->walk.same = 0;
    if (status != 0 && !run->report->request.length) {
        text_add(&run->report->request, text_bytes(request));
    }
    return status;
}

static int page_came(struct run *run, struct task *task)
{
    struct list *list = task->owned;
    struct text next = {0}, request = {0};
    int status = walk_end(&list->walk, text_bytes(&task->url), text_bytes(&task->call.link), &next);
    if (status == 0) {
        note_counts(run, list);
        if (list->walk.kind == KIND_SERVER && list->walk.page == 1 && !run->other) {
            note_mark(run, text_bytes(&task->call.date));
        }
        text_add(&request, text_bytes(&task->call.request));
    }
    int asked = status == 0 && next.length ? ask_next(run, task, &next) : status;
    status = asked < 0 ? -1 : look_at_things(run, list, &request);
    text_free(&next);
    text_free(&request);
    if (status == 0 && asked == 0) {
        run->report->outcomes[list->walk.kind].whole = true;
        status = list->then ? list->then(run) : 0;
    }
    return status != 0 ? -1 : asked;
}

/* The last thing of a page is the mark of the next; it may be deleted between the two. */
static int mark_gone(struct run *run, struct task *task)
{
    struct list *list = task->owned;
    if (list->walk.page < 2 || list->anew++ >= ANEW_MOST) {
        return 0;
    }
    walk_anew(&list->walk);
    text_clear(&task->url);
    text_add(&task->url, text_bytes(&list->first));
    task->call.page = 1;
    return ask_page(run, task);
}

static int list_missing(struct run *run, struct task *task, const char *why)
{
    struct list *list = task->owned;
    run_skip(run, task->outcome, why);
    return list->then ? list->then(run) : 0;
}

/* Their ids are those of a region: others have the same. */
static bool is_shared(enum kind kind)
{
    return kind == KIND_FLAVOR || kind == KIND_HOST;
}

struct list *list_new(struct run *run, enum kind kind, enum service service, const char *path,
                      int (*seen)(void *run, const struct seen *seen, const char *bytes,
                                  size_t length, struct error *error))
{
    struct list *list = calloc(1, sizeof *list);
    struct task *task = list ? task_new(run, service, kind, path, page_came) : NULL;
    if (!task) {
        free(list);
        error_memory(run->error);
        return NULL;
    }
    list->walk =
        (struct walk){.kind = kind,
                      .reader = &run->reader,
                      .known = kind < KINDS ? (struct raws *)&run->orders->known[kind] : NULL,
                      .salt = is_shared(kind) ? run->other : NULL,
                      .pages_most = run_number(run, "pages"),
                      .seen = seen,
                      .context = run,
                      .error = run->error};
    list->task = task;
    text_add(&list->first, text_bytes(&task->url));
    task->owned = list;
    task->free = list_free;
    task->missing = kind == KIND_SERVER ? NULL : list_missing;
    task->refused = mark_gone;
    task->call.take = take_page;
    task->call.again = page_again;
    task->call.page = 1;
    run->report->outcomes[kind].asked = true;
    run->report->outcomes[kind].full = true;
    return list;
}

void list_read_all(struct list *list)
{
    list->walk.all = true;
}

int list_begin(struct list *list, struct run *run, int (*then)(struct run *run))
{
    list->then = then;
    return walk_page(&list->walk, text_bytes(&list->task->url)) != 0 ? -1
                                                                     : run_ask(run, list->task);
}

/* ---- things ---- */

static enum kind kind_of(const struct seen *seen)
{
    int kind = 0;
    while (strcmp(kind_names[kind].kind, seen->kind) != 0) {
        kind++;
    }
    return (enum kind)kind;
}

/* By REGION/ID. */
static int report_apart(struct run *run, enum kind kind, const struct seen *seen,
                        struct error *error)
{
    struct text uid = {0};
    struct seen apart = *seen;
    text_addf(&uid, "%s/%s", run->other, seen->uid);
    apart.uid = text_bytes(&uid);
    int status = uid.failed ? error_memory(error) : report_seen(run->report, kind, &apart, error);
    text_free(&uid);
    return status;
}

static int thing_seen(void *context, const struct seen *seen, const char *bytes, size_t length,
                      struct error *error)
{
    struct run *run = context;
    enum kind kind = kind_of(seen);
    (void)bytes;
    (void)length;
    if (kind == KIND_FLAVOR && !flavors_add(&run->flavors, seen)) {
        return error_memory(error);
    }
    if (run->other && is_shared(kind)) {
        return report_apart(run, kind, seen, error);
    }
    return read_is_gone(kind, seen) ? report_gone(run->report, kind, seen, error)
                                    : report_seen(run->report, kind, seen, error);
}

/* ---- servers ---- */

static int servers_path(struct run *run, struct text *path)
{
    const char *mark = run->orders->mark;
    int64_t moment;
    text_addf(path, "/servers/detail?limit=%s%s", run_set(run, "page"),
              settings_yes(&run->orders->settings, "all_projects") ? "&all_tenants=1" : "");
    if (!*mark) {
        return 0;
    }
    if (!moment_of_mark(mark, &moment)) {
        return error_set(run->error, ERROR_USAGE,
                         N_("“%1” is no mark of a run: a time as 2026-11-22T09:15:38Z"), mark,
                         NULL);
    }
    text_add(path, "&changes-since=");
    report_time(moment - run_number(run, "overlap"), path);
    return 0;
}

static int ask_servers(struct run *run)
{
    struct text path = {0};
    if (!run_wants(run, "servers")) {
        return 0;
    }
    struct list *list = servers_path(run, &path) == 0 ? list_new(run, KIND_SERVER, SERVICE_COMPUTE,
                                                                 text_bytes(&path), thing_seen)
                                                      : NULL;
    text_free(&path);
    if (!list) {
        return -1;
    }
    run->report->outcomes[KIND_SERVER].full = !*run->orders->mark;
    return list_begin(list, run, NULL);
}

/* ---- what Nova has ---- */

/* Flavours come first where servers hold no more than their ids. */
static int ask_flavors(struct run *run)
{
    bool needed = run->minor < MINOR_FLAVORS;
    if (!needed && !run_wants(run, "flavors")) {
        return ask_servers(run);
    }
    struct list *list = list_new(run, KIND_FLAVOR, SERVICE_COMPUTE,
                                 "/flavors/detail?is_public=None&limit=1000", thing_seen);
    if (!list) {
        return -1;
    }
    if (needed) {
        list_read_all(list);
        run->reader.flavors = &run->flavors;
    }
    return list_begin(list, run, needed ? ask_servers : NULL) != 0 ? -1
           : needed                                                ? 0
                                                                   : ask_servers(run);
}

static int ask_nova(struct run *run)
{
    if (run_wants(run, "hosts")) {
        struct list *list = list_new(run, KIND_HOST, SERVICE_COMPUTE,
                                     run->minor >= 33 ? "/os-hypervisors/detail?limit=1000"
                                                      : "/os-hypervisors/detail",
                                     thing_seen);
        if (!list || list_begin(list, run, NULL) != 0) {
            return -1;
        }
    }
    return ask_flavors(run);
}

/* {"version": {"version": "2.93"}}, {"versions": [{"max_version": "1.39"}, …]}. */
static void look_at_version(const json_t *version, const char *major, int *most)
{
    static const char *const names[] = {"version", "max_version"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = json_string_value(json_object_get(version, names[i]));
        size_t length = strlen(major);
        if (text && strncmp(text, major, length) == 0 && text[length] == '.') {
            long minor = strtol(text + length + 1, NULL, 10);
            *most = minor > *most && minor < 10000 ? (int)minor : *most;
        }
    }
}

int version_most(const struct text *body, const char *major)
{
    int most = -1;
    json_t *root = json_loadb(text_bytes(body), body->length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *all = json_object_get(root, "versions");
    look_at_version(json_object_get(root, "version"), major, &most);
    for (size_t i = 0; i < json_array_size(all); i++) {
        look_at_version(json_array_get(all, i), major, &most);
    }
    json_decref(root);
    return most;
}

static int nova_said(struct run *run, struct task *task)
{
    struct text version = {0};
    int most = version_most(&task->body, "2");
    run->minor = most < 1 ? 1 : most < MINOR_WANTED ? most : MINOR_WANTED;
    if (most >= 1) {
        text_addf(&version, "compute 2.%d", run->minor);
    }
    int status = session_version(&run->session, SERVICE_COMPUTE, text_bytes(&version), run->error);
    text_free(&version);
    return status ? status : ask_nova(run);
}

/* An old address, with a project in it, says nothing of versions. */
static int nova_said_nothing(struct run *run, struct task *task, const char *why)
{
    (void)task;
    (void)why;
    run->minor = 1;
    return ask_nova(run);
}

static int ask_compute(struct run *run)
{
    if (!run_wants(run, "servers") && !run_wants(run, "flavors") && !run_wants(run, "hosts")) {
        return 0;
    }
    if (!run->session.endpoints[SERVICE_COMPUTE].url.length) {
        return error_set(
            run->error, ERROR_ENVIRONMENT,
            N_("the catalogue of %1 has no %2 service for the region and the interface "
               "of the settings"),
            run_set(run, "url"), "compute");
    }
    struct task *task = task_new(run, SERVICE_COMPUTE, KIND_SERVER, "/", nova_said);
    if (!task) {
        return -1;
    }
    task->missing = nova_said_nothing;
    return run_ask(run, task);
}

/* ---- the others ---- */

/* False: the catalogue has no such service, and OUTCOME is left out. */
static bool has(struct run *run, enum service service, int outcome)
{
    bool there = run->session.endpoints[service].url.length > 0;
    if (!there) {
        run->report->outcomes[outcome].asked = true;
        run_skip(run, outcome, N_("the catalogue has no such service"));
    }
    return there;
}

static int ask_list(struct run *run, enum kind kind, enum service service, const char *path)
{
    if (!run_wants(run, kind_names[kind].fetch) || !has(run, service, kind)) {
        return 0;
    }
    struct list *list = list_new(run, kind, service, path, thing_seen);
    return list ? list_begin(list, run, NULL) : -1;
}

static int ask_volumes(struct run *run)
{
    struct text path = {0};
    text_addf(&path, "/volumes/detail?limit=%s%s", run_set(run, "page"),
              settings_yes(&run->orders->settings, "all_projects") ? "&all_tenants=1" : "");
    int status = ask_list(run, KIND_VOLUME, SERVICE_VOLUME, text_bytes(&path));
    text_free(&path);
    return status;
}

int openstack_lists(struct run *run)
{
    run->reader.region = text_bytes(&run->session.region);
    int status = ask_compute(run);
    if (status == 0 && !run->other) { /* they are those of all regions */
        status = ask_list(run, KIND_PROJECT, SERVICE_IDENTITY, "/projects");
    }
    status = status ? status : ask_volumes(run);
    if (status == 0 && run_wants(run, "capacity") && has(run, SERVICE_PLACEMENT, KIND_PROVIDER)) {
        status = openstack_capacity(run);
    }
    if (status == 0 && run_wants(run, "use") && has(run, SERVICE_METRIC, OUTCOME_USE)) {
        status = openstack_use(run);
    }
    return status;
}
