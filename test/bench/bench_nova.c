/*
 * bench_nova.c: what a sync adds to what curl alone takes for the pages of a real Nova: by turns
 * curl, which has a token and finds the next page and no more, and `yuntai sync` from its beginning
 * to its end, all read and stored for the first time.
 *
 *   bench_nova [SERVERS [ROUNDS]]     10000 servers, 9 rounds
 *
 * Nova's own time for a page varies by a fifth. So besides the ratios of the pairs it is said how
 * long each of both lasts while Nova has nothing to do, by Nova's own log: that is what is not
 * overlapped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/day.h"
#include "test/support/curl_walk.h"
#include "test/support/great_bench.h"
#include "test/support/stopwatch.h"
#include "test/support/sync_pass.h"

extern char **environ;

enum { ROUNDS_MOST = 99, PORT = 15100, NOVA = 2, LINE_MOST = 4096 };

#define CLOUD "test/openstack/cloud"
#define STATE ".build/openstack"
#define LOG STATE "/log/nova.log"
#define PASSWORD "adminpass"
#define WORK ".build/bench/nova"
#define DESK WORK "/desk"
#define SECRET WORK "/secret"

struct pass { /* seconds */
    double wall, nova, cpu;
};

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "bench nova: %s\n", what);
        exit(1);
    }
}

/* Ctrl-C ends it behind the round at hand, and the cloud with it. */
static volatile sig_atomic_t given_up;

static void give_up(int signal)
{
    (void)signal;
    given_up = 1;
}

/* ---- the cloud ---- */

static bool cloud(const char *verb)
{
    char path[] = CLOUD, name[8];
    char *words[] = {path, name, NULL};
    pid_t process;
    int status = -1;
    snprintf(name, sizeof name, "%s", verb);
    fflush(NULL);
    bool begun = posix_spawn(&process, path, NULL, NULL, words, environ) == 0;
    while (begun && waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return begun && status == 0;
}

static void end_cloud(void)
{
    (void)cloud("down");
    great_drop(WORK);
}

static void address(int service, const char *path, struct text *out)
{
    const char *first = getenv("CLOUD_PORT");
    long port = first ? strtol(first, NULL, 10) : PORT;
    text_addf(out, "http://127.0.0.1:%d%s", (int)port + service, path);
}

/* ---- its log ---- */

/* What Nova says, from FROM on, that lists of servers took; FROM then is the log's end. */
static double listed(long *from)
{
    static const char list[] = "\"GET /v2.1/servers/detail", member[] = " time: ";
    char line[LINE_MOST];
    double all = 0;
    FILE *log = fopen(LOG, "r");
    need(log && fseek(log, *from, SEEK_SET) == 0, "Nova has no log");
    while (fgets(line, sizeof line, log)) {
        const char *at = strstr(line, list) ? strstr(line, member) : NULL;
        all += at ? strtod(at + sizeof member - 1, NULL) : 0;
    }
    *from = ftell(log);
    fclose(log);
    return all;
}

/* ---- both ---- */

static double log_in(struct text *token)
{
    struct text keystone = {0};
    address(0, "/v3", &keystone);
    struct lap begun = lap_begin();
    need(curl_log_in(text_bytes(&keystone), PASSWORD, token), "no token");
    text_free(&keystone);
    return lap_since(begun).wall;
}

static struct pass walk(const char *token, long *log)
{
    struct text url = {0};
    (void)listed(log);
    address(NOVA, "/v2.1/servers/detail?all_tenants=1&limit=1000", &url);
    struct lap begun = lap_begin(), took;
    need(curl_walk(text_bytes(&url), token) > 0, "no pages");
    took = lap_since(begun);
    text_free(&url);
    return (struct pass){took.wall, listed(log), took.cpu};
}

static void write_settings(void)
{
    struct text keystone = {0};
    char *secret = realpath(SECRET, NULL);
    address(0, "/v3", &keystone);
    FILE *file = fopen(DESK "/yuntai.ini", "w");
    need(file && secret, "no settings");
    fprintf(file,
            "[vendor.nova]\nurl = %s\nuser = admin\nproject = admin\nplain = yes\nsecret = %s\n"
            "region = RegionOne\nfetch = servers\n",
            text_bytes(&keystone), secret);
    need(fclose(file) == 0, "no settings");
    text_free(&keystone);
    free(secret);
}

static struct pass sync_first(long *log)
{
    static const char *const make[] = {"init", NULL}, *const bring[] = {"sync", "--full", "--yes",
                                                                        NULL};
    struct sync_pass out;
    char now[MOMENT_TEXT];
    moment_format((int64_t)time(NULL), now);
    *strchr(now, ' ') = 'T';
    great_drop(DESK);
    need(sync_pass(DESK, now, make, &out), "no workspace");
    write_settings();
    (void)listed(log);
    need(sync_pass(DESK, now, bring, &out), "no sync");
    return (struct pass){out.wall, listed(log), out.cpu};
}

/* ---- figures ---- */

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(const double *all, int count)
{
    double sorted[ROUNDS_MOST];
    memcpy(sorted, all, (size_t)count * sizeof *all);
    qsort(sorted, (size_t)count, sizeof *sorted, by_size);
    return (sorted[count / 2] + sorted[(count - 1) / 2]) / 2;
}

static double mean(const double *all, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += all[i];
    }
    return sum / count;
}

struct series { /* of each round */
    int count;
    double curl[ROUNDS_MOST], sync[ROUNDS_MOST], cpu[ROUNDS_MOST], log_in[ROUNDS_MOST];
    double ratio[ROUNDS_MOST], with_log_in[ROUNDS_MOST];
    double curl_alone[ROUNDS_MOST], sync_alone[ROUNDS_MOST]; /* while Nova did nothing */
};

static void note(struct series *series, double log_in, struct pass curl, struct pass sync)
{
    int at = series->count++;
    series->curl[at] = curl.wall;
    series->sync[at] = sync.wall;
    series->cpu[at] = sync.cpu;
    series->log_in[at] = log_in;
    series->ratio[at] = sync.wall / curl.wall;
    series->with_log_in[at] = sync.wall / (curl.wall + log_in);
    series->curl_alone[at] = curl.wall - curl.nova;
    series->sync_alone[at] = sync.wall - sync.nova;
    printf("  %2d  curl %6.2f s, sync %6.2f s, %.3f times; while Nova does nothing %.2f s, %.2f "
           "s\n",
           series->count, curl.wall, sync.wall, series->ratio[at], series->curl_alone[at],
           series->sync_alone[at]);
    fflush(stdout);
}

static void say(const char *what, const double *all, int count, const char *unit)
{
    printf("  %s: median %.3f, mean %.3f%s\n", what, median(all, count), mean(all, count), unit);
}

static void sum_up(const struct series *series)
{
    int count = series->count;
    double whole = median(series->curl, count);
    double more = median(series->sync_alone, count) - median(series->curl_alone, count);
    say("curl alone", series->curl, count, " s");
    say("sync", series->sync, count, " s");
    say("sync, times curl", series->ratio, count, " (aim 1.05)");
    say("log-in at Keystone, which curl is spared", series->log_in, count, " s");
    say("sync, times curl with a log-in", series->with_log_in, count, "");
    say("processor of yuntai and yuntai-net", series->cpu, count, " s");
    say("while Nova does nothing, curl", series->curl_alone, count, " s");
    say("while Nova does nothing, sync", series->sync_alone, count, " s");
    printf("  not overlapped, beyond curl's: %.3f s, %.1f %% of curl's time\n", more,
           100 * more / whole);
}

/* ---- */

static long number(int argc, char **argv, int at, long usual, long most)
{
    char *end = NULL;
    long value = argc > at ? strtol(argv[at], &end, 10) : usual;
    need(value > 0 && value <= most && (!end || !*end),
         "bench_nova [SERVERS [ROUNDS]]: numbers, of rounds at most 99");
    return value;
}

int main(int argc, char **argv)
{
    static struct series series;
    char servers[16];
    long log = 0, size = number(argc, argv, 1, 10000, 1000000);
    int rounds = (int)number(argc, argv, 2, 9, ROUNDS_MOST);
    snprintf(servers, sizeof servers, "%ld", size);
    setenv("CLOUD_SERVERS", servers, 1);
    mkdir(WORK, 0700);
    umask(077);
    FILE *secret = fopen(SECRET, "w");
    need(secret && fputs(PASSWORD "\n", secret) >= 0 && fclose(secret) == 0, "no secret");
    atexit(end_cloud);
    signal(SIGINT, give_up);
    signal(SIGTERM, give_up);
    need(cloud("up"), "no cloud");
    printf("%s servers of a real Nova\n", servers);
    for (int i = -1; i < rounds && !given_up; i++) { /* before the first all is read once */
        struct text token = {0};
        struct pass curl, sync;
        double took = log_in(&token);
        sync = i % 2 == 1 ? sync_first(&log) : (struct pass){0};
        curl = walk(text_bytes(&token), &log);
        sync = i % 2 == 1 ? sync : sync_first(&log);
        text_free(&token);
        if (i >= 0) {
            note(&series, took, curl, sync);
        }
    }
    if (series.count > 0) {
        sum_up(&series);
    }
    return 0;
}
