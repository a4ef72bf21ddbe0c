/* openstack_use.c: a month's use of servers, out of Gnocchi's measures. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/vendor/measures.h"
#include "data/vendor/run.h"

enum { UUID_MOST = 64, MEASURES_MOST = 8, NAME_MOST = 64 };

struct meter { /* a server, while its measures come */
    char uid[UUID_MOST + 1];
    char metrics[MEASURES_MOST][UUID_MOST + 1]; /* "": it has none of that name */
    struct figures figures[MEASURES_MOST];
    int at; /* the measure at hand */
};

/* ---- what is asked for ---- */

/* The I-th of "cpu=cpu_util memory=…": its name and its metric, by their lengths. False: no more.
 */
static bool measure_named(const struct run *run, int i, const char **name, size_t *name_length,
                          const char **metric, size_t *metric_length)
{
    const char *at = run_set(run, "measures");
    for (;; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        if (!*at || i >= MEASURES_MOST) {
            return false;
        }
        if (i-- == 0) {
            size_t length = strcspn(at, " ");
            const char *equals = memchr(at, '=', length);
            *name = at;
            *name_length = equals ? (size_t)(equals - at) : length;
            *metric = equals ? equals + 1 : at;
            *metric_length = length - (size_t)(*metric - at);
            return true;
        }
    }
}

/* The month asked for, else the one before this; its first day and the next one's. */
static int month_of(struct run *run, int32_t *first, int32_t *next)
{
    const char *month = run->orders->month;
    int year, number;
    if (*month && !month_first(month, first)) {
        return error_set(run->error, ERROR_USAGE, N_("“%1” is no month; one as 2026-10"), month,
                         NULL);
    }
    if (!*month) {
        day_to_civil(moment_day(run->utc), &year, &number, NULL);
        day_from_civil(year, number, 1, first);
        *first = day_add_months(*first, -1);
    }
    *next = day_add_months(*first, 1);
    return 0;
}

/* ---- a server's measures ---- */

static int tell(struct run *run, const struct meter *meter)
{
    struct text head = {0}, line = {0};
    const char *name, *metric;
    size_t name_length, metric_length;
    int32_t first, next;
    char month[DAY_TEXT];
    int64_t samples = -1;
    if (month_of(run, &first, &next) != 0) {
        return -1;
    }
    text_add(&head, "month,resource,samples");
    for (int i = 0; i < MEASURES_MOST; i++) {
        int64_t count = meter->figures[i].samples;
        samples = count > 0 && (samples < 0 || count < samples) ? count : samples;
    }
    text_add_n(&line, day_format(first, month), 7);
    text_addf(&line, ",%s,", meter->uid);
    text_add_int(&line, samples);
    for (int i = 0; measure_named(run, i, &name, &name_length, &metric, &metric_length); i++) {
        figures_head(name, name_length, &head);
        figures_line(&meter->figures[i], &line);
    }
    text_add(&head, "\n");
    text_add(&line, "\n");
    int status = samples > 0
                     ? report_use(run->report, text_bytes(&head), text_bytes(&line), run->error)
                     : 0; /* missing is not zero */
    text_free(&head);
    text_free(&line);
    return status;
}

static int measures_came(struct run *run, struct task *task);

/* The question for the next measure it has, or its figures. 1, 0, -1. */
static int go_on(struct run *run, struct task *task)
{
    struct meter *meter = task->owned;
    int32_t first, next;
    char from[DAY_TEXT], to[DAY_TEXT];
    while (meter->at < MEASURES_MOST && !meter->metrics[meter->at][0]) {
        meter->at++;
    }
    if (meter->at == MEASURES_MOST) {
        return tell(run, meter);
    }
    if (month_of(run, &first, &next) != 0) {
        return -1;
    }
    text_clear(&task->url);
    text_clear(&task->body);
    text_addf(&task->url,
              "%s/v1/metric/%s/measures?aggregation=mean&start=%sT00:00:00&stop=%sT00:00:00",
              text_bytes(&run->session.endpoints[SERVICE_METRIC].url), meter->metrics[meter->at],
              day_format(first, from), day_format(next, to));
    task->done = measures_came;
    task->renewed = false;
    return run_ask(run, task) == 0 ? 1 : -1;
}

static int measures_came(struct run *run, struct task *task)
{
    struct meter *meter = task->owned;
    enum figures_fault fault = figures_read(&task->body, &meter->figures[meter->at]);
    if (fault == FIGURES_MEMORY) {
        return error_memory(run->error);
    }
    if (fault == FIGURES_FORM) {
        return error_set(run->error, ERROR_ENVIRONMENT,
                         N_("%1: what came are no measures that can be read, in percent"),
                         text_bytes(&task->url), NULL);
    }
    meter->at++;
    return go_on(run, task);
}

/* A metric that went while we asked. */
static int metric_gone(struct run *run, struct task *task, const char *why)
{
    struct meter *meter = task->owned;
    if (task->call.status == 403) {
        run_skip(run, OUTCOME_USE, why);
        return 0;
    }
    meter->at++;
    return go_on(run, task);
}

/* ---- the servers that have some ---- */

static bool copy_uuid(char out[UUID_MOST + 1], const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = text ? strlen(text) : 0;
    bool good =
        length > 0 && length <= UUID_MOST && strspn(text, "0123456789abcdefABCDEF-") == length;
    memcpy(out, good ? text : "", good ? length + 1 : 1);
    return good;
}

static void find_metrics(struct run *run, struct meter *meter, const json_t *metrics)
{
    const char *name, *metric;
    size_t name_length, metric_length;
    for (int i = 0; measure_named(run, i, &name, &name_length, &metric, &metric_length); i++) {
        char key[NAME_MOST];
        if (metric_length < sizeof key) {
            memcpy(key, metric, metric_length);
            key[metric_length] = '\0';
            copy_uuid(meter->metrics[i], json_object_get(metrics, key));
        }
    }
}

static int meter_seen(void *context, const struct seen *none, const char *bytes, size_t length,
                      struct error *error)
{
    struct run *run = context;
    struct meter *meter = calloc(1, sizeof *meter);
    struct task *task =
        meter ? task_new(run, SERVICE_METRIC, OUTCOME_USE, "/", measures_came) : NULL;
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    (void)none;
    if (!task) {
        free(meter);
        json_decref(root);
        return error_memory(error);
    }
    task->owned = meter;
    task->free = free;
    task->missing = metric_gone;
    bool good = copy_uuid(meter->uid, json_object_get(root, "id"));
    find_metrics(run, meter, json_object_get(root, "metrics"));
    json_decref(root);
    if (!good) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1: a resource that is none, or has no id of its own"),
                         run_set(run, "url"), NULL);
    }
    int status = go_on(run, task);
    if (status == 0) {
        task_free(run, task);
    }
    return status < 0 ? -1 : 0;
}

int openstack_use(struct run *run)
{
    struct list *list =
        list_new(run, KIND_METER, SERVICE_METRIC, "/v1/resource/instance?limit=1000", meter_seen);
    return list ? list_begin(list, run, NULL) : -1;
}
