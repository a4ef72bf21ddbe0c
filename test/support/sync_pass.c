/* sync_pass.c: yuntai sync, watched; and a clerk beside it. */
#define _GNU_SOURCE /* wait4 */
#include "test/support/sync_pass.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/desk.h"
#include "test/support/stopwatch.h"

enum { WORDS_MOST = 16, LOOK_MS = 10, THINK_MS = 20, ACTS_MOST = 100000 };

/* ---- yuntai ---- */

static long number_in(const char *path, const char *head)
{
    char line[256];
    long number = 0;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        number =
            strncmp(line, head, strlen(head)) == 0 ? strtol(line + strlen(head), NULL, 10) : number;
    }
    if (file) {
        fclose(file);
    }
    return number;
}

/* What PROCESS had at most since it was begun as a program: rusage counts what it was forked from
 * too. */
static void look_at(pid_t process, double *mib)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    double now = (double)number_in(path, "VmHWM:") / 1024;
    *mib = now > *mib ? now : *mib;
}

static pid_t child_of(pid_t process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    return (pid_t)number_in(path, "");
}

static pid_t begin(const char *workspace, const char *now, const char *const words[])
{
    const char *build = getenv("YUNTAI_BUILD");
    char path[256];
    const char *all[WORDS_MOST + 1] = {"yuntai", "--workspace", workspace, "--now", now};
    for (int i = 0; words[i] && i + 5 < WORDS_MOST; i++) {
        all[5 + i] = words[i];
    }
    snprintf(path, sizeof path, "%s/tui/yuntai", build ? build : ".build/release");
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
        int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, STDIN_FILENO);
        dup2(nothing, STDOUT_FILENO);
        execv(path, (char *const *)all);
        _exit(127);
    }
    return process;
}

bool sync_pass(const char *workspace, const char *now, const char *const words[],
               struct sync_pass *out)
{
    struct rusage usage = {0};
    int status = 0;
    struct lap begun = lap_begin();
    pid_t process = begin(workspace, now, words), net;
    *out = (struct sync_pass){0};
    while (process > 0 && wait4(process, &status, WNOHANG, &usage) == 0) {
        look_at(process, &out->yuntai_mib);
        if ((net = child_of(process)) > 0) {
            look_at(net, &out->net_mib);
        }
        (void)poll(NULL, 0, LOOK_MS);
    }
    out->wall = lap_since(begun).wall;
    out->cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    if (process <= 0 || status != 0) {
        fprintf(stderr, "yuntai %s: did not end well\n", words[2] ? words[2] : words[0]);
        return false;
    }
    return true;
}

/* ---- a clerk ---- */

static volatile sig_atomic_t over;

static void end_day(int signal)
{
    (void)signal;
    over = 1;
}

static bool act(struct desk *desk, const char *number, bool proposes)
{
    static const char *const proposal[][2] = {{"as", "qian"},
                                              {"event", "propose"},
                                              {"entry.feasible", "架构合理，可以实施"},
                                              {"entry.reasonable", "与业务量相称"},
                                              {"entry.item.VM-8C16G.approved", "4"},
                                              {"entry.item.DR-4C8G.approved", "2"}};
    static const char *const back[][2] = {
        {"as", "sun"}, {"event", "send_back"}, {"entry.reason", "请与现有平台比较"}};
    const char *const(*pairs)[2] = proposes ? proposal : back;
    size_t count = proposes ? sizeof proposal / sizeof *proposal : sizeof back / sizeof *back;
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    parcel_put(&request, "verb", "act");
    parcel_put(&request, "case", number);
    for (size_t i = 0; i < count; i++) {
        parcel_put(&request, pairs[i][0], pairs[i][1]);
    }
    int status = desk_call(desk, &request, &reply, &error);
    if (status != 0) {
        fprintf(stderr, "clerk: %s %s\n", error.sentence, error.arg[0] ? error.arg[0] : "");
    }
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
    return status == 0;
}

static int by_length(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static int work(const char *workspace, int64_t now, char **numbers, int count, int to)
{
    static double all[ACTS_MOST];
    struct desk_place place = {.workspace = workspace, .socket = "", .now = now};
    struct desk *desk = NULL;
    struct error error = {0};
    int done = 0;
    signal(SIGTERM, end_day);
    bool good = desk_open(&place, &desk, &error) == 0;
    for (int i = 0; good && (!over || i % 2 == 1) && done < ACTS_MOST; i++) {
        struct lap begun = lap_begin();
        good = act(desk, numbers[i / 2 % count], i % 2 == 0);
        all[done++] = lap_since(begun).wall * 1e3;
        (void)poll(NULL, 0, THINK_MS);
    }
    desk_close(desk);
    qsort(all, (size_t)done, sizeof *all, by_length);
    struct waits waits = {done, all[done / 2], all[(int)(done * 0.95)], all[done ? done - 1 : 0]};
    return good && write(to, &waits, sizeof waits) == sizeof waits ? 0 : 1;
}

bool acting_begin(const char *workspace, int64_t now, char **numbers, int count, struct acting *out)
{
    int ends[2];
    if (count == 0 || pipe(ends) != 0) {
        fputs("clerk: there are no cases\n", stderr);
        return false;
    }
    fflush(NULL);
    out->process = fork();
    if (out->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
        close(ends[0]);
        _exit(work(workspace, now, numbers, count, ends[1]));
    }
    close(ends[1]);
    out->from = ends[0];
    return out->process > 0;
}

bool acting_end(struct acting *acting, struct waits *out)
{
    int status = 0;
    kill(acting->process, SIGTERM);
    bool told = read(acting->from, out, sizeof *out) == (ssize_t)sizeof *out;
    close(acting->from);
    return waitpid(acting->process, &status, 0) == acting->process && status == 0 && told;
}
