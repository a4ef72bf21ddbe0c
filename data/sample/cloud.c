/* cloud.c: the inventory of the sample city's vendor, as a run of a sync brings it. */
#include "data/sample/cloud.h"

#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/sample/phrase.h"
#include "data/sample/stage.h"
#include "data/vendor/row.h"

enum { SERVER_CORES = 8, MIB = 1024, READINGS = 8640 };
/* Hypervisors, half of them in either zone: what each has, keeps back, gives how often. */
enum { HOSTS = 32, HOST_CORES = 64, HOST_GIB = 768, HOST_DISK = 20000, KEPT_CORES = 4 };
enum { KEPT_GIB = 16, KEPT_DISK = 500 };

struct system_has { /* as the desk says; 0 unknown */
    const char *code, *name;
    int64_t cpu, memory, disk;
};
struct cloud { /* as it is put together */
    int64_t moment;
    const struct grid *use;
    struct text rows, sheet;
    int64_t cores, memory, disk; /* what all servers have: cores, MiB, GiB */
};
struct oddity { /* what this month has of its own */
    bool larger, smaller, open_disk;
};

static struct oddity oddity_of(const char *code, int64_t moment)
{
    int year, month;
    day_to_civil(moment_day(moment), &year, &month, NULL);
    uint64_t draw = phrase_seed(code, (uint64_t)year * 12 + (uint64_t)month) % 120;
    return (struct oddity){draw < 4, draw >= 4 && draw < 7, draw >= 7 && draw < 9};
}

/* The digest of what is shown stands for that of the bytes a vendor would have sent. */
static bool put(struct text *rows, struct seen *seen)
{
    struct text bytes = {0};
    uint64_t draw = 0;
    bool put = seen_put(seen, &bytes);
    for (int i = 0; i < SEEN_RAW && put; i++) {
        draw = i % 8 == 0 ? phrase_seed(text_bytes(&bytes), (uint64_t)i) : draw >> 8;
        seen->raw[i] = (uint8_t)draw;
    }
    text_free(&bytes);
    return put && seen_put(seen, rows);
}

/* What a server used in the month before: what its system uses on an average, a little more or
 * less, for the measures in the order of the table of use. */
static void put_use(struct cloud *cloud, const char *uid, const char *system)
{
    const struct grid *use = cloud->use;
    int32_t before = day_add_months(moment_day(cloud->moment), -1);
    int year, month;
    size_t row = 0;
    while (use && row < use->count && strcmp(use->rows[row][0], system) != 0) {
        row++;
    }
    if (!use || row == use->count) {
        return;
    }
    day_to_civil(before, &year, &month, NULL);
    struct phrase draw = {.seed = phrase_seed(uid, (uint64_t)year * 12 + (uint64_t)month)};
    text_addf(&cloud->sheet, "%04d-%02d,%s,%d", year, month, uid, READINGS);
    for (size_t k = 1; k < use->columns; k++) {
        int average = (int)strtol(use->rows[row][k], NULL, 10) + (int)phrase_draw(&draw, 5) - 2;
        int p95 = average * 13 / 10 + 4, peak = p95 + 3 + (int)phrase_draw(&draw, 9);
        text_addf(&cloud->sheet, ",%d,%d,%d", average < 1 ? 1 : average, p95 < 99 ? p95 : 99,
                  peak < 100 ? peak : 100);
    }
    text_add(&cloud->sheet, "\n");
}

static void put_use_head(struct cloud *cloud)
{
    text_add(&cloud->sheet, "month,resource,samples");
    for (size_t k = 1; cloud->use && k < cloud->use->columns; k++) {
        const char *name = cloud->use->head[k];
        text_addf(&cloud->sheet, ",avg.%s,p95.%s,peak.%s", name, name, name);
    }
    text_add(&cloud->sheet, "\n");
}

static bool put_server(struct cloud *cloud, const struct system_has *has, int64_t index, int64_t of,
                       const struct oddity *odd)
{
    struct text uid = {0}, facts = {0};
    text_addf(&uid, "ecs-%s-%02d", has->code, (int)index + 1);
    text_addf(&facts, "domestic=yes\nencrypted=%s\nin_backup=yes\n",
              odd->open_disk && index == 0 ? "no" : "yes");
    struct seen seen = {.kind = "server",
                        .uid = text_bytes(&uid),
                        .region = "主区",
                        .project = has->code,
                        .name = text_bytes(&uid),
                        .status = "ACTIVE",
                        .zone = index % 2 ? "az-2" : "az-1",
                        .vcpus = of ? has->cpu / of : SERVER_CORES,
                        .ram = (of ? has->memory / of : SERVER_CORES * 2) * MIB,
                        .disk = of ? has->disk / of : 100,
                        .facts = text_bytes(&facts)};
    bool good = put(&cloud->rows, &seen);
    cloud->cores += seen.vcpus;
    cloud->memory += seen.ram;
    cloud->disk += seen.disk;
    put_use(cloud, seen.uid, has->name);
    text_free(&uid);
    text_free(&facts);
    return good;
}

/* The ratio of disks and memory is 1. */
static bool put_host(struct cloud *cloud, int index)
{
    struct text uid = {0}, facts = {0};
    int64_t first = index == 0; /* it takes what does not divide */
    text_addf(&uid, "cn-%02d", index + 1);
    text_addf(&facts, "ratio.disk=1\nratio.ram=1\nratio.vcpus=3\nreserved.disk=%d\n", KEPT_DISK);
    text_addf(&facts, "reserved.ram=%d\nreserved.vcpus=%d\nused.disk=", KEPT_GIB * MIB, KEPT_CORES);
    text_add_int(&facts, cloud->disk / HOSTS + first * (cloud->disk % HOSTS));
    text_add(&facts, "\nused.ram=");
    text_add_int(&facts, cloud->memory / HOSTS + first * (cloud->memory % HOSTS));
    text_add(&facts, "\nused.vcpus=");
    text_add_int(&facts, cloud->cores / HOSTS + first * (cloud->cores % HOSTS));
    text_add(&facts, "\n");
    struct seen seen = {.kind = "provider",
                        .uid = text_bytes(&uid),
                        .region = "主区",
                        .project = "",
                        .name = text_bytes(&uid),
                        .status = "",
                        .zone = index % 2 ? "az-2" : "az-1",
                        .vcpus = HOST_CORES,
                        .ram = HOST_GIB * MIB,
                        .disk = HOST_DISK,
                        .facts = text_bytes(&facts)};
    bool good = !facts.failed && put(&cloud->rows, &seen);
    text_free(&uid);
    text_free(&facts);
    return good;
}

static bool put_system(struct cloud *cloud, const struct system_has *has)
{
    struct oddity odd = oddity_of(has->code, cloud->moment);
    struct seen project = {.kind = "project",
                           .uid = has->code,
                           .region = "主区",
                           .project = has->code,
                           .name = has->code,
                           .status = "",
                           .zone = "",
                           .vcpus = -1,
                           .ram = -1,
                           .disk = -1,
                           .facts = ""};
    int64_t servers = has->cpu / SERVER_CORES ? has->cpu / SERVER_CORES : 1;
    while (has->cpu % servers || has->memory % servers || has->disk % servers) {
        servers--; /* alike, so that they sum up to what was given */
    }
    bool good = put(&cloud->rows, &project);
    for (int64_t i = odd.smaller; i < servers && good; i++) {
        good = put_server(cloud, has, i, servers, &odd);
    }
    return good && (!odd.larger || put_server(cloud, has, servers, 0, &odd));
}

/* ---- asking the desk ---- */

struct syncing {
    struct counter *counter;
    const char *login;
    int64_t moment;
    struct error *error;
    struct text run;
};

static int ask(struct syncing *syncing, struct parcel *request, struct parcel *reply)
{
    parcel_free(reply);
    int status = stage_ask(syncing->counter, syncing->login, syncing->moment, request, reply,
                           syncing->error);
    parcel_free(request);
    return status;
}

static int64_t number(const struct table *table, size_t row)
{
    const char *cell = table_cell(table, row, "has");
    return cell ? strtoll(cell, NULL, 10) : 0;
}

/* Rows of SYSTEMS come a measure each, those of a system together. */
static bool put_systems(struct cloud *cloud, const struct table *systems)
{
    struct system_has has = {0};
    bool good = true;
    size_t count = systems ? table_rows(systems) : 0;
    for (size_t i = 0; i <= count && good; i++) {
        const char *code = i < count ? table_cell(systems, i, "code") : NULL;
        if (has.code && (!code || strcmp(code, has.code) != 0)) {
            good = put_system(cloud, &has);
            has = (struct system_has){0};
        }
        if (!code) {
            continue;
        }
        const char *measure = table_cell(systems, i, "measure");
        int64_t *into = strcmp(measure, "cpu") == 0      ? &has.cpu
                        : strcmp(measure, "memory") == 0 ? &has.memory
                                                         : &has.disk;
        has.code = code;
        has.name = table_cell(systems, i, "name");
        *into = number(systems, i);
    }
    for (int i = 0; i < HOSTS && good; i++) {
        good = put_host(cloud, i);
    }
    return good && !cloud->rows.failed && !cloud->sheet.failed;
}

static int begin(struct syncing *syncing, struct parcel *reply)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", "sync");
    parcel_put(&request, "vendor", CLOUD_VENDOR);
    parcel_put(&request, "full", "yes");
    int status = ask(syncing, &request, reply);
    text_add(&syncing->run, status ? "" : parcel_get(reply, "run"));
    return status;
}

static int run_verb(struct syncing *syncing, struct parcel *request, const char *verb,
                    struct parcel *reply)
{
    parcel_put(request, "verb", verb);
    parcel_put(request, "run", text_bytes(&syncing->run));
    return ask(syncing, request, reply);
}

/* What it shows, and what the run before had and this one does not have any more. */
static int bring(struct syncing *syncing, const struct cloud *cloud, struct parcel *reply)
{
    static const char *const kinds[] = {"server", "project", "provider"};
    struct text missed = {0};
    int status = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && status == 0; k++) {
        struct parcel request = {0};
        parcel_put(&request, "vendor", CLOUD_VENDOR);
        parcel_put(&request, "kind", kinds[k]);
        parcel_put(&request, "verb", "sync_known");
        status = ask(syncing, &request, reply);
        const char *raws = status ? NULL : parcel_get(reply, "raws");
        for (; raws && *raws; raws += 2 * SEEN_RAW) {
            char one[2 * SEEN_RAW + 1] = "";
            memcpy(one, raws, 2 * SEEN_RAW);
            text_add(&missed, strstr(text_bytes(&cloud->rows), one) ? "" : one);
        }
    }
    struct parcel request = {0};
    parcel_put(&request, "rows", text_bytes(&cloud->rows));
    parcel_put(&request, "use", text_bytes(&cloud->sheet));
    parcel_put(&request, "missed", text_bytes(&missed));
    status = status ? (parcel_free(&request), -1) : run_verb(syncing, &request, "sync_rows", reply);
    text_free(&missed);
    return status;
}

int cloud_sync(struct counter *counter, const char *login, int64_t moment, const struct grid *use,
               struct error *error)
{
    struct cloud cloud = {.moment = moment, .use = use};
    struct syncing syncing = {counter, login, moment, error, {0}};
    struct parcel request = {0}, reply = {0}, systems = {0};
    put_use_head(&cloud);
    parcel_put(&request, "verb", "resources");
    int status = ask(&syncing, &request, &systems);
    status = status ? status : begin(&syncing, &reply);
    if (status == 0 && !put_systems(&cloud, parcel_find(&systems, "systems"))) {
        status = error_memory(error);
    }
    status = status ? status : bring(&syncing, &cloud, &reply);
    parcel_put(&request, "result", "staged");
    status = status ? status : run_verb(&syncing, &request, "sync_end", &reply);
    status = status ? status : run_verb(&syncing, &request, "sync_apply", &reply);
    parcel_free(&request);
    parcel_free(&reply);
    parcel_free(&systems);
    text_free(&syncing.run);
    text_free(&cloud.rows);
    text_free(&cloud.sheet);
    return status;
}
