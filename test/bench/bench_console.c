/*
 * bench_console.c: the console in a terminal of 120x36 at stores of 1,000, 100,000 and 1,000,000
 * cases, beside a bare list of ncursesw in the same run. Stores are made once, in .build/bench.
 *
 *   bench_console [--small] [CASES…]     --small: the first two stores
 *
 * A key takes until the last byte that it brings, after which the program waits for the next one:
 * median, 95th and 99th of a hundred. Processor time is what the kernel's scheduler counted.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/day.h"
#include "test/support/bare_list.h"
#include "test/support/console_pty.h"
#include "test/support/great_store.h"
#include "test/support/pty_quiet.h"

enum { ROWS = 36, COLUMNS = 120, KEYS_MOST = 400, STARTS = 9, PAUSE = 2 };

static const struct store {
    const char *name, *directory;
    struct great_size size;
} stores[] = {{"1000", ".build/bench/thousand", {500, 500}},
              {"100000", ".build/bench/hundred-thousand", {80000, 20000}},
              {"1000000", ".build/bench/store", {980000, 20000}}};
enum { STORES = sizeof stores / sizeof *stores };

/* ---- what is measured ---- */

struct figures {
    double wall[KEYS_MOST], processor[KEYS_MOST]; /* ms */
    double bytes[KEYS_MOST];
    int count;
};

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* PART of a hundred are not greater; sorts VALUES. */
static double percentile(double *values, int count, int part)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return count > 0 ? values[(count - 1) * part / 100] : 0;
}

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Until nothing was written for a while and the program waits. */
static bool be_quiet(struct pty *pty)
{
    do {
        if (!pty_quiet(pty)) {
            return false;
        }
    } while (pty_more(pty, PAUSE));
    return pty_running(pty);
}

/* Writes BYTES and adds what came of it to FIGURES. */
static bool measure(struct pty *pty, const char *bytes, struct figures *figures)
{
    uint64_t used = quiet_of(pty_pid(pty)).used;
    size_t written = pty_bytes(pty);
    int64_t begun = nanoseconds();
    pty_write(pty, bytes, strlen(bytes));
    if (!be_quiet(pty) || figures->count == KEYS_MOST) {
        return false;
    }
    int at = figures->count++;
    bool any = pty_wrote_at(pty) > begun;
    figures->wall[at] = any ? (double)(pty_wrote_at(pty) - begun) / 1e6 : 0;
    figures->processor[at] = (double)(quiet_of(pty_pid(pty)).used - used) / 1e6;
    figures->bytes[at] = (double)(pty_bytes(pty) - written);
    return true;
}

static bool measure_times(struct pty *pty, const char *bytes, int times, struct figures *figures)
{
    bool good = true;
    for (int i = 0; i < times && good; i++) {
        good = measure(pty, bytes, figures);
    }
    return good;
}

static void say_row(const char *what, struct figures *figures)
{
    printf("  %-22s %7.2f %7.2f %7.2f   %7.2f   %6.0f %6.0f\n", what,
           percentile(figures->wall, figures->count, 50),
           percentile(figures->wall, figures->count, 95),
           percentile(figures->wall, figures->count, 99),
           percentile(figures->processor, figures->count, 50),
           percentile(figures->bytes, figures->count, 50),
           percentile(figures->bytes, figures->count, 95));
    fflush(stdout);
}

/* The figure of the middle, and whether it keeps within AIM. */
static void say_aim(const char *what, double figure, const char *unit, double aim)
{
    printf("    %-46s %8.2f %s (aim %.2f%s)\n", what, figure, unit, aim,
           figure <= aim ? "" : ": MISSED");
    fflush(stdout);
}

/* Writes that the program made so far: each frame is one. */
static long writes_of(struct pty *pty)
{
    char path[64], line[128];
    long writes = -1;
    snprintf(path, sizeof path, "/proc/%d/io", (int)pty_pid(pty));
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, "syscw: ", 7) == 0) {
            writes = strtol(line + 7, NULL, 10);
        }
    }
    if (file) {
        fclose(file);
    }
    return writes;
}

/* MiB. */
static double peak_of(struct pty *pty)
{
    char path[64], line[128];
    double peak = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pty_pid(pty));
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            peak = strtod(line + 6, NULL) / 1024;
        }
    }
    if (file) {
        fclose(file);
    }
    return peak;
}

/* ---- programs ---- */

struct program {
    const char *arguments[16];
    char now[MOMENT_TEXT];
};

static struct pty *begin(const struct program *program)
{
    static const char *const environment[] = {"LC_ALL=C.UTF-8", "TZ=UTC", "HOME=.build/bench",
                                              NULL};
    struct pty_wish wish = {.arguments = program->arguments,
                            .environment = environment,
                            .rows = ROWS,
                            .columns = COLUMNS};
    return pty_start(&wish);
}

static void console_at(const struct store *store, int64_t now, struct program *out)
{
    const char *path = getenv("YUNTAI_PROGRAM");
    *out = (struct program){.arguments = {path ? path : ".build/release/tui/yuntai", "--workspace",
                                          store->directory, "--socket", "", "--lang", "zh", "--as",
                                          "sun", "--now", NULL, "console", NULL}};
    moment_format(now, out->now);
    out->now[10] = 'T';
    out->arguments[10] = out->now;
}

/* From the start to the first full screen. */
static bool measure_starts(const struct program *program, struct figures *out)
{
    for (int i = 0; i < STARTS; i++) {
        int64_t begun = nanoseconds();
        struct pty *pty = begin(program);
        bool good = pty && be_quiet(pty);
        if (good) {
            out->wall[out->count] = (double)(pty_wrote_at(pty) - begun) / 1e6;
            out->processor[out->count] = (double)quiet_of(pty_pid(pty)).used / 1e6;
            out->bytes[out->count++] = (double)pty_bytes(pty);
        }
        pty_free(pty);
        if (!good) {
            return false;
        }
    }
    return true;
}

struct list { /* of one program */
    struct figures start, down, page, end;
};
#define DOWN "\033[B"
#define UP "\033[A"
#define NEXT_PAGE "\033[6~"
#define END "\033[F"
#define HOME "\033[H"

/* The keys that both have. The terminal knows no application mode: they are as xterm sends them. */
static bool measure_list(struct pty *pty, bool application, struct list *out)
{
    static struct figures rest;
    bool good = measure_times(pty, application ? "\033OB" : DOWN, 100, &out->down) &&
                measure_times(pty, NEXT_PAGE, 10, &out->page);
    for (int i = 0; i < 10 && good; i++) {
        rest.count = 0;
        good = measure(pty, application ? "\033OF" : END, &out->end) &&
               measure(pty, application ? "\033OH" : HOME, &rest);
    }
    return good;
}

static void say_list(struct list *list)
{
    say_row("start", &list->start);
    say_row("down", &list->down);
    say_row("page down", &list->page);
    say_row("end", &list->end);
}

/* ---- the floor ---- */

static bool run_floor(const char *self, struct list *floor)
{
    struct program program = {.arguments = {self, "--bare", NULL}};
    bool good = measure_starts(&program, &floor->start);
    struct pty *pty = good ? begin(&program) : NULL;
    good = pty && be_quiet(pty) && measure_list(pty, true, floor);
    puts("a bare list of ncursesw");
    say_list(floor);
    pty_free(pty);
    return good;
}

/* ---- the console ---- */

/* What a list of ncursesw has not. */
static bool measure_more(struct pty *pty)
{
    static struct figures open, back, filter, search, rest;
    bool good = true;
    open.count = back.count = filter.count = search.count = 0;
    for (int i = 0; i < 20 && good; i++) {
        rest.count = 0;
        good =
            measure(pty, "\r", &open) && measure(pty, "\033", &back) && measure(pty, DOWN, &rest);
    }
    for (int i = 0; i < 10 && good; i++) {
        rest.count = 0;
        good = measure(pty, "/state:signing", &filter) && measure(pty, "\033", &rest) &&
               measure(pty, "/嵩阳", &search) && measure(pty, "\033", &rest);
    }
    for (int i = 0; i < 10 && good; i++) {
        rest.count = 0;
        good = measure(pty, "/closed 登封", &search) && measure(pty, "\033", &rest) &&
               measure(pty, "/closed 昆仑", &search) && measure(pty, "\033", &rest);
    }
    say_row("open a case", &open);
    say_row("back", &back);
    say_row("filter by a state", &filter);
    say_row("search two characters", &search);
    if (good) {
        say_aim("filter by a state", percentile(filter.wall, filter.count, 95), "ms", 50);
        say_aim("search", percentile(search.wall, search.count, 95), "ms", 100);
    }
    return good;
}

/* A search that is given up by a key: until that key is seen to have worked. */
static bool measure_interruption(struct pty *pty)
{
    static struct figures stop, rest;
    bool good = true;
    stop.count = 0;
    for (int i = 0; i < 10 && good; i++) {
        rest.count = 0;
        pty_write(pty, "/closed 昆仑", strlen("/closed 昆仑"));
        pty_more(pty, PAUSE);
        good = measure(pty, "\025", &stop) && measure(pty, "\033", &rest);
    }
    say_row("a search broken off", &stop);
    return good;
}

static bool measure_burst(struct pty *pty)
{
    static struct figures burst;
    struct text keys = {0};
    for (int i = 0; i < 500; i++) {
        text_add(&keys, DOWN);
    }
    long before = writes_of(pty);
    burst.count = 0;
    bool good = measure(pty, text_bytes(&keys), &burst);
    printf("  500 Downs at once: %ld frames\n", writes_of(pty) - before);
    say_row("500 downs", &burst);
    text_free(&keys);
    return good;
}

static void compare(struct list *list, struct list *floor, double first_end, struct pty *pty)
{
#define MIDDLE(figures, part) percentile((figures).part, (figures).count, 50)
    say_aim("start, beyond the floor", MIDDLE(list->start, wall) - MIDDLE(floor->start, wall), "ms",
            30);
    say_aim("down, processor", MIDDLE(list->down, processor) / MIDDLE(floor->down, processor),
            "floors", 2);
    say_aim("down, bytes (95th)", percentile(list->down.bytes, list->down.count, 95), "", 300);
    say_aim("page, processor", MIDDLE(list->page, processor) / MIDDLE(floor->page, processor),
            "floors", 2);
    say_aim("page, bytes (95th)", percentile(list->page.bytes, list->page.count, 95), "", 3500);
    say_aim("end, beside the smallest store", MIDDLE(list->end, wall) / first_end, "times", 2);
    say_aim("peak memory", peak_of(pty), "MiB", 24);
}

/* FIRST_END: of End at the smallest store, ms; filled in by the first. */
static bool run_store(const struct store *store, struct list *floor, double *first_end)
{
    static struct list list;
    struct error error = {0};
    struct program program;
    int64_t now = 0;
    list.start.count = list.down.count = list.page.count = list.end.count = 0;
    if (great_store(store->directory, store->size, &now, &error) != 0) {
        fprintf(stderr, "bench_console: %s\n", error.sentence);
        error_free(&error);
        return false;
    }
    console_at(store, now, &program);
    bool good = measure_starts(&program, &list.start);
    struct pty *pty = good ? begin(&program) : NULL;
    good = pty && be_quiet(pty);
    if (good) {
        pty_write(pty, "2", 1);
        good = be_quiet(pty) && measure_list(pty, false, &list);
    }
    printf("%s cases, of them %d open\n", store->name, (int)store->size.open);
    say_list(&list);
    good = good && measure_more(pty) && measure_interruption(pty) && measure_burst(pty);
    if (good) {
        *first_end = *first_end > 0 ? *first_end : percentile(list.end.wall, list.end.count, 50);
        compare(&list, floor, *first_end, pty);
    }
    pty_free(pty);
    return good;
}

static bool wanted(int argc, char **argv, int store)
{
    bool some = false, small = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], stores[store].name) == 0) {
            return true;
        }
        small |= strcmp(argv[i], "--small") == 0;
        some |= argv[i][0] != '-';
    }
    return !some && !(small && store == STORES - 1);
}

int main(int argc, char **argv)
{
    static struct list floor;
    double first_end = 0;
    char self[4096] = "";
    if (argc == 2 && strcmp(argv[1], "--bare") == 0) {
        return bare_list_run();
    }
    signal(SIGPIPE, SIG_IGN);
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0) {
        return 1;
    }
    puts("ms: median, 95th, 99th; processor; bytes: median, 95th");
    bool good = run_floor(self, &floor);
    for (int i = 0; i < STORES && good; i++) {
        if (wanted(argc, argv, i)) {
            good = run_store(&stores[i], &floor, &first_end);
        }
    }
    if (!good) {
        fprintf(stderr, "bench_console: a program did not come to rest, or ended\n");
    }
    return good ? 0 : 1;
}
