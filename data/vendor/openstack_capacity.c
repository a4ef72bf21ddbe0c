/* openstack_capacity.c: providers of Placement, each with its inventories and its usages, and the
 * availability zone that Nova says its host stands in. */
#include <stdlib.h>
#include <string.h>

#include "data/vendor/reading_inside.h"
#include "data/vendor/run.h"

enum { MINOR_WANTED = 38, UUID_MOST = 64, SERVICES_BODY_MOST = 16 << 20 };

struct provider {
    struct text element, inventories;
    struct text path; /* /resource_providers/UUID */
    const char *zone; /* the run's */
};

static void provider_free(void *owned)
{
    struct provider *provider = owned;
    text_free(&provider->element);
    text_free(&provider->inventories);
    text_free(&provider->path);
    free(provider);
}

/* What a provider is known by: all three answers, and its zone. */
static bool digest_of_all(const struct provider *provider, const struct text *usages,
                          uint8_t out[SEEN_RAW])
{
    struct text all = {0};
    const struct text *const parts[] = {&provider->element, &provider->inventories, usages};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        text_add_n(&all, text_bytes(parts[i]), parts[i]->length);
    }
    text_add(&all, provider->zone);
    bool good = !all.failed && raw_digest("provider", text_bytes(&all), all.length, out);
    text_free(&all);
    return good;
}

static int usages_came(struct run *run, struct task *task)
{
    struct provider *provider = task->owned;
    struct seen seen;
    uint8_t raw[SEEN_RAW];
    if (!digest_of_all(provider, &task->body, raw)) {
        return error_memory(run->error);
    }
    enum raws_see see =
        raws_see((struct raws *)&run->orders->known[KIND_PROVIDER], raw, run->error);
    if (see != RAWS_NEW) {
        report_same(run->report, KIND_PROVIDER, see == RAWS_KNOWN);
        return see == RAWS_FAILED ? -1 : 0;
    }
    if (!read_provider(&run->reader, &provider->element, &provider->inventories, &task->body,
                       &seen)) {
        return read_error(&run->reader, KIND_PROVIDER, text_bytes(&task->url), 1, run->error);
    }
    memcpy(seen.raw, raw, SEEN_RAW);
    seen.zone = provider->zone;
    return report_seen(run->report, KIND_PROVIDER, &seen, run->error);
}

/* One that went while we asked. */
static int provider_gone(struct run *run, struct task *task, const char *why)
{
    if (task->call.status == 403) {
        run_skip(run, KIND_PROVIDER, why);
    }
    return 0;
}

static int inventories_came(struct run *run, struct task *task)
{
    struct provider *provider = task->owned;
    provider->inventories = task->body;
    task->body = (struct text){.most = provider->inventories.most};
    text_clear(&task->url);
    text_addf(&task->url, "%s%s/usages", text_bytes(&run->session.endpoints[SERVICE_PLACEMENT].url),
              text_bytes(&provider->path));
    task->done = usages_came;
    task->renewed = false;
    return run_ask(run, task) == 0 ? 1 : -1;
}

/* It becomes a part of an address. */
static bool is_uuid(const char *uid)
{
    size_t length = strlen(uid);
    return length <= UUID_MOST && strspn(uid, "0123456789abcdefABCDEF-") == length;
}

static int ask_provider(struct run *run, struct provider *provider)
{
    struct text path = {0};
    text_addf(&path, "%s/inventories", text_bytes(&provider->path));
    struct task *task =
        task_new(run, SERVICE_PLACEMENT, KIND_PROVIDER, text_bytes(&path), inventories_came);
    text_free(&path);
    if (!task) {
        provider_free(provider);
        return -1;
    }
    task->owned = provider;
    task->free = provider_free;
    task->missing = provider_gone;
    return run_ask(run, task);
}

static int provider_seen(void *context, const struct seen *none, const char *bytes, size_t length,
                         struct error *error)
{
    struct run *run = context;
    struct seen seen;
    (void)none;
    bool good = reading_begin(&run->reader, KIND_PROVIDER, bytes, length, &seen);
    if (good && !is_uuid(seen.uid)) {
        good = reading_wrong(&run->reader, READING_RANGE, "uuid", seen.uid);
    }
    if (!good) {
        return read_error(&run->reader, KIND_PROVIDER, "/resource_providers", 0, error);
    }
    struct provider *provider = calloc(1, sizeof *provider);
    if (!provider) {
        return error_memory(error);
    }
    provider->zone = zones_find(&run->zones, reading_text(&run->reader, run->reader.root, "name"));
    text_add_n(&provider->element, bytes, length);
    text_addf(&provider->path, "/resource_providers/%s", seen.uid);
    return ask_provider(run, provider);
}

static int ask_providers(struct run *run)
{
    struct list *list =
        list_new(run, KIND_PROVIDER, SERVICE_PLACEMENT, "/resource_providers", provider_seen);
    return list ? list_begin(list, run, NULL) : -1;
}

static int placement_said(struct run *run, struct task *task)
{
    struct text version = {0};
    int most = version_most(&task->body, "1");
    if (most >= 0) {
        text_addf(&version, "placement 1.%d", most < MINOR_WANTED ? most : MINOR_WANTED);
    }
    int status =
        session_version(&run->session, SERVICE_PLACEMENT, text_bytes(&version), run->error);
    text_free(&version);
    return status ? status : ask_providers(run);
}

static int placement_said_nothing(struct run *run, struct task *task, const char *why)
{
    (void)task;
    (void)why;
    return ask_providers(run);
}

static int ask_placement(struct run *run)
{
    struct task *task = task_new(run, SERVICE_PLACEMENT, KIND_PROVIDER, "/", placement_said);
    if (!task) {
        return -1;
    }
    task->missing = placement_said_nothing;
    return run_ask(run, task);
}

/* ---- zones ---- */

static int services_came(struct run *run, struct task *task)
{
    switch (zones_read(&run->zones, &task->body)) {
    case ZONES_BAD:
        return error_set(run->error, ERROR_ENVIRONMENT,
                         N_("%1: what came is no JSON with a list “%2”"), text_bytes(&task->url),
                         "services");
    case ZONES_MEMORY:
        return error_memory(run->error);
    case ZONES_GOOD:
        break;
    }
    return ask_placement(run);
}

/* It is not for this account: zones are not known, and nothing is guessed. */
static int services_missing(struct run *run, struct task *task, const char *why)
{
    (void)task;
    (void)why;
    return ask_placement(run);
}

int openstack_capacity(struct run *run)
{
    if (!run->session.endpoints[SERVICE_COMPUTE].url.length) {
        return ask_placement(run);
    }
    struct task *task = task_new(run, SERVICE_COMPUTE, KIND_PROVIDER,
                                 "/os-services?binary=nova-compute", services_came);
    if (!task) {
        return -1;
    }
    task->missing = services_missing;
    task->body.most = SERVICES_BODY_MOST;
    return run_ask(run, task);
}
