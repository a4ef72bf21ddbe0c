/*
 * bench_net.c: what a sync costs: the parts of yuntai-net, then `yuntai sync` end to end into the
 * store, over servers that nginx has as static pages, beside a bare loop of curl, jansson and
 * SQLite over the same pages in the same run.
 *
 *   bench_net [SERVERS…]     100000 and 1000000; thousands; 0: the parts of yuntai-net alone
 *
 * Processor time is that of the program and of its children. The pages are made once, in
 * .build/bench/cloud.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "data/exchange/copy.h"
#include "data/vendor/cut.h"
#include "data/vendor/raws.h"
#include "data/vendor/reading.h"
#include "test/support/bare_sync.h"
#include "test/support/great_bench.h"
#include "test/support/great_city.h"
#include "test/support/great_cloud.h"
#include "test/support/stopwatch.h"
#include "test/support/sync_pass.h"

enum { ROUNDS = 20, CASES = 40, SIZES_MOST = 8, CHUNK = 16384, NOT_GIVEN = 20 };
enum { FLAT_MIB = 2 }; /* memory of yuntai-net is flat: it differs by less than that */

#define CLOUD ".build/bench/cloud"
#define SECRET CLOUD "/secret"
#define BARE CLOUD "/bare.db"

static const char *const sync_words[] = {"--as", "zhao", "sync", "--yes", "--full", NULL};

struct bench {
    struct great great;
    char now[32]; /* as --now has it */
    int64_t size;
    struct text work; /* the workspace at hand */
    char *numbers[CASES];
    int64_t ids[CASES];
    int count;
    double bare;     /* processor seconds */
    double least[2]; /* MiB of yuntai-net at least so far: of a first sync, of the one after it */
};

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "bench net: %s\n", what);
        exit(1);
    }
}

static double pages(const struct bench *bench)
{
    return (double)bench->size / CLOUD_PAGE;
}

/* ---- the parts of yuntai-net ---- */

static struct text page; /* a page of servers */

struct part {
    bool digests, reads;
    struct reader reader;
};

static bool on_element(void *context, const char *bytes, size_t length)
{
    struct part *part = context;
    uint8_t raw[SEEN_RAW];
    struct seen seen;
    if (part->digests) {
        need(raw_digest("server", bytes, length, raw), "no digest");
    }
    if (part->reads) {
        need(read_thing(&part->reader, KIND_SERVER, bytes, length, &seen), "a server is not read");
    }
    return true;
}

static void measure_part(const char *name, bool digests, bool reads)
{
    struct part part = {.digests = digests, .reads = reads};
    struct cut cut = {0};
    struct lap best = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct lap begun = lap_begin();
        cut_start(&cut, "servers", on_element, &part);
        for (size_t at = 0; at < page.length; at += CHUNK) {
            cut_feed(&cut, page.bytes + at, page.length - at < CHUNK ? page.length - at : CHUNK);
        }
        need(cut.count == CLOUD_PAGE, "not all servers are cut out");
        best = lap_best(best, lap_since(begun));
    }
    printf("  %-28s %6.2f ms\n", name, best.cpu * 1e3);
    cut_free(&cut);
    reader_free(&part.reader);
}

static void measure_whole(void)
{
    struct lap best = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct lap begun = lap_begin();
        json_t *root = json_loadb(page.bytes, page.length, JSON_REJECT_DUPLICATES, NULL);
        need(root, "jansson does not read the page");
        json_decref(root);
        best = lap_best(best, lap_since(begun));
    }
    printf("  %-28s %6.2f ms\n", "jansson, the page whole", best.cpu * 1e3);
}

static void measure_parts(int64_t size)
{
    struct text path = {0};
    char bytes[CHUNK];
    text_add(&path, CLOUD "/");
    text_add_int(&path, size);
    text_add(&path, "/0.json");
    page.most = 64 << 20;
    FILE *file = fopen(text_bytes(&path), "r");
    need(file, "there is no page");
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;) {
        text_add_n(&page, bytes, count);
    }
    fclose(file);
    printf("a page of 1000 servers (%.1f MB) in this process\n", (double)page.length / 1e6);
    measure_part("cut out", false, false);
    measure_part("cut out, digest", true, false);
    measure_part("cut out, digest, read", true, true);
    measure_whole();
    text_free(&page);
    text_free(&path);
}

/* ---- workspaces ---- */

static void write_settings(const struct bench *bench, const char *fetch)
{
    struct text path = {0}, url = {0};
    text_addf(&path, "%s/yuntai.ini", text_bytes(&bench->work));
    great_cloud_url(bench->size, "/v3", &url);
    char *secret = realpath(SECRET, NULL);
    FILE *file = fopen(text_bytes(&path), "a");
    need(file && secret, "no settings");
    fprintf(file,
            "[vendor.cloud]\nurl = %s\nuser = bench\nproject = bench\nplain = yes\nsecret = %s\n"
            "fetch = %s\n",
            text_bytes(&url), secret, fetch);
    need(fclose(file) == 0, "no settings");
    free(secret);
    text_free(&path);
    text_free(&url);
}

/* A copy of the bureau, with the cloud in its settings. */
static void begin_work(struct bench *bench, const char *fetch)
{
    text_free(&bench->work);
    need(great_copy(&bench->great, &bench->work) == 0, "no workspace");
    write_settings(bench, fetch);
    bench->count =
        great_numbers(text_bytes(&bench->work), "review", 0, CASES, bench->numbers, bench->ids);
}

static void end_work(struct bench *bench)
{
    for (int i = 0; i < bench->count; i++) {
        free(bench->numbers[i]);
    }
    bench->count = 0;
    great_drop(text_bytes(&bench->work));
}

static void in_work(const struct bench *bench, const char *name, struct text *out)
{
    text_addf(out, "%s/%s", text_bytes(&bench->work), name);
}

/* ---- beside the bare loop ---- */

static void measure_bare(struct bench *bench)
{
    struct text url = {0}, like = {0};
    great_cloud_url(bench->size, "/v2.1/servers/detail?page=0", &url);
    in_work(bench, "desk.db", &like);
    fflush(NULL);
    struct lap begun = lap_begin();
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        _exit(bare_sync(text_bytes(&url), text_bytes(&like), BARE) == bench->size ? 0 : 1);
    }
    need(waitpid(child, &status, 0) == child && status == 0, "the bare loop failed");
    struct lap took = lap_since(begun);
    bench->bare = took.cpu;
    printf("  bare loop: %.1f ms a page, %.0f s\n", took.cpu * 1e3 / pages(bench), took.wall);
    text_free(&url);
    text_free(&like);
}

static void say_pass(const struct bench *bench, const char *what, const struct sync_pass *pass)
{
    printf("  %s: %.1f ms a page, %.0f s\n", what, pass->cpu * 1e3 / pages(bench), pass->wall);
}

static void say_memory(const struct bench *bench, const char *what, const struct sync_pass *pass)
{
    char name[64];
    snprintf(name, sizeof name, "memory of yuntai, %s", what);
    great_say(&bench->great, name, pass->yuntai_mib, "MiB", 48, NULL);
    snprintf(name, sizeof name, "memory of yuntai-net, %s", what);
    great_say(&bench->great, name, pass->net_mib, "MiB", 48, NULL);
}

/* Against the smallest size. */
static void say_flat(struct bench *bench, const struct sync_pass *first,
                     const struct sync_pass *again)
{
    const double now[] = {first->net_mib, again->net_mib};
    static const char *const names[] = {"yuntai-net grew, first", "yuntai-net grew, again"};
    for (int i = 0; i < 2; i++) {
        double *least = &bench->least[i];
        if (*least > 0) {
            char more[96];
            snprintf(more, sizeof more, "from %.1f MiB to %.1f", *least, now[i]);
            great_say(&bench->great, names[i], now[i] - *least, "MiB", FLAT_MIB, more);
        }
        *least = *least > 0 && *least < now[i] ? *least : now[i];
    }
}

static void measure_alone(struct bench *bench)
{
    struct sync_pass first, again;
    struct text store = {0};
    begin_work(bench, "servers");
    in_work(bench, "desk.db", &store);
    measure_bare(bench);
    need(sync_pass(text_bytes(&bench->work), bench->now, sync_words, &first), "no first sync");
    say_pass(bench, "first sync", &first);
    need(bare_alike(BARE, text_bytes(&store)), "the two stores differ");
    need(sync_pass(text_bytes(&bench->work), bench->now, sync_words, &again), "no second sync");
    say_pass(bench, "the same again, whole", &again);
    great_say(&bench->great, "first sync", first.cpu / bench->bare, "times the bare loop", 1.5,
              NULL);
    great_say(&bench->great, "the same again", again.cpu / first.cpu, "times the first", 0.25,
              NULL);
    say_memory(bench, "first", &first);
    say_memory(bench, "again", &again);
    say_flat(bench, &first, &again);
    end_work(bench);
    text_free(&store);
}

/* ---- a city beside it ---- */

/* A system for each project, by turns of the city's units. Every twentieth has nothing that was
 * approved, the others plenty. */
static void put_systems(const struct bench *bench)
{
    struct desk *desk = great_desk(&bench->great, text_bytes(&bench->work), "zhao");
    struct parcel reply = {0};
    char opened[DAY_TEXT];
    need(desk != NULL, "no desk");
    day_format(moment_day(bench->great.now) - 2, opened);
    for (int i = 0; i < CLOUD_PROJECTS; i++) {
        struct text code = {0}, unit = {0};
        great_cloud_project(i, &code);
        text_addf(&unit, "u%02d", i % CITY_OFFICES);
        need(great_ask(desk, &reply, "put", "kind", "system", "code", text_bytes(&code), "name",
                       text_bytes(&code), "parent", text_bytes(&unit), "since", opened,
                       "fact.online", "yes", "fact.opened", opened, "fact.entry.mlps_level", "2",
                       "fact.entry.network", "government_network",
                       i % NOT_GIVEN ? "fact.item.VM.quantity" : NULL, "1000", "fact.item.VM.cpu",
                       "64", "fact.item.VM.memory", "1024", "fact.item.VM.disk", "10000",
                       NULL) == 0,
             "a system is not put");
        text_free(&code);
        text_free(&unit);
    }
    parcel_free(&reply);
    desk_close(desk);
}

static void say_waits(const struct bench *bench, const char *what, const struct waits *waits)
{
    char name[64], more[96];
    snprintf(name, sizeof name, "longest wait of an act, %s", what);
    snprintf(more, sizeof more, "p50 %.1f, p95 %.1f, of %d acts", waits->p50, waits->p95,
             waits->acts);
    great_say(&bench->great, name, waits->most, "ms", 100, more);
}

/* yuntai WORDS while somebody acts. */
static void beside_clerk(struct bench *bench, const char *what, const char *const words[])
{
    struct acting acting;
    struct waits waits;
    struct sync_pass pass;
    const char *work = text_bytes(&bench->work);
    need(acting_begin(work, bench->great.now, bench->numbers, bench->count, &acting), "no clerk");
    bool good = sync_pass(work, bench->now, words, &pass);
    need(acting_end(&acting, &waits) && good, "the clerk or the sync failed");
    printf("  %s: %.1f s, %.1f s of the processor\n", what, pass.wall, pass.cpu);
    say_waits(bench, what, &waits);
}

static void ask_all(const struct bench *bench)
{
    static const char *const questions[][8] = {
        {"--as", "zhao", "inventory", "cloud"},
        {"--as", "zhao", "inventory", "cloud", "--kind", "server"},
        {"--as", "zhao", "drifts"},
        {"--as", "zhao", "projects"},
        {"--as", "zhao", "runs"},
        {"--as", "zhao", "status"},
        {"--as", "zhao", "list"}};
    struct sync_pass pass;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        need(sync_pass(text_bytes(&bench->work), bench->now, questions[i], &pass), "no answer");
        char name[64];
        snprintf(name, sizeof name, "yuntai %s%s", questions[i][2],
                 questions[i][4] ? ", of one kind" : "");
        great_say(&bench->great, name, pass.wall * 1e3, "ms", 1000, NULL);
    }
}

static void measure_city(struct bench *bench)
{
    static const char *const ticking[] = {"tick", NULL};
    begin_work(bench, "servers projects");
    put_systems(bench);
    beside_clerk(bench, "first sync", sync_words);
    beside_clerk(bench, "looking for drift", ticking);
    beside_clerk(bench, "the same again", sync_words);
    beside_clerk(bench, "looking for drift again", ticking);
    ask_all(bench);
    end_work(bench);
}

/* ---- */

static void measure(struct bench *bench, int64_t size)
{
    bench->size = size;
    printf("%lld servers\n", (long long)size);
    measure_alone(bench);
    measure_city(bench);
}

static void begin(struct bench *bench)
{
    struct error error = {0};
    FILE *secret = NULL;
    mkdir(CLOUD, 0755);
    umask(077);
    secret = fopen(SECRET, "w");
    need(secret && fputs("bench\n", secret) >= 0 && fclose(secret) == 0, "no file for the secret");
    *bench = (struct bench){
        .great = {.directory = ".build/bench/bureau", .size = {0, 400}, .aims = true}};
    need(great_store(bench->great.directory, bench->great.size, &bench->great.now, &error) == 0,
         "no bureau");
    moment_format(bench->great.now, bench->now);
    *strchr(bench->now, ' ') = 'T';
}

int main(int argc, char **argv)
{
    struct bench bench;
    int64_t sizes[SIZES_MOST] = {100000, 1000000};
    int count = argc > 1 ? 0 : 2;
    for (int i = 1; i < argc && count < SIZES_MOST; i++) {
        sizes[count] = strtoll(argv[i], NULL, 10);
        need(sizes[count] >= 0 && sizes[count] % CLOUD_PAGE == 0, "thousands of servers");
        count++;
    }
    begin(&bench);
    for (int i = 0; i < count; i++) {
        need(great_cloud_make(CLOUD, sizes[i] ? sizes[i] : CLOUD_PAGE), "no pages");
    }
    pid_t nginx = great_cloud_serve(CLOUD);
    need(nginx > 0, "no nginx");
    measure_parts(sizes[0] ? sizes[0] : CLOUD_PAGE);
    for (int i = 0; i < count; i++) {
        if (sizes[i]) {
            measure(&bench, sizes[i]);
        }
    }
    great_cloud_end(nginx);
    text_free(&bench.work);
    return 0;
}
