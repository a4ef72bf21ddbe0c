/* great_serve.c: twenty clients at a server, acting without a pause. */
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/wire/socket.h"
#include "test/support/great_bench.h"
#include "test/support/great_store.h"
#include "test/support/stopwatch.h"

enum { CLIENTS = 20, SECONDS = 5, EACH = 60 };

struct done { /* by one client */
    int acts;
    double longest; /* seconds */
};

/* Proposes and sends back in turn, case after case. */
static int act(struct desk *desk, const char *number, bool proposes)
{
    struct parcel reply = {0};
    int status = proposes
                     ? great_ask(desk, &reply, "act", "case", number, "event", "propose", "as",
                                 "qian", "entry.feasible", "架构合理，可以实施", "entry.reasonable",
                                 "与业务量相称", "entry.item.VM-8C16G.approved", "4",
                                 "entry.item.DR-4C8G.approved", "2", NULL)
                     : great_ask(desk, &reply, "act", "case", number, "event", "send_back", "as",
                                 "sun", "entry.reason", "请与现有平台比较", NULL);
    parcel_free(&reply);
    return status;
}

static int go_on(const struct great *great, const char *socket, char **numbers, int count, int out)
{
    bool ahead = great->now > (int64_t)time(NULL) + GREAT_ZONE;
    struct desk_place place = {
        .workspace = great->directory, .socket = socket, .now = ahead ? great->now : MOMENT_NONE};
    struct desk *desk = NULL;
    struct error error = {0};
    struct done done = {0};
    if (desk_open(&place, &desk, &error) != 0) {
        return 1;
    }
    struct lap begun = lap_begin();
    for (int i = 0; lap_since(begun).wall < SECONDS; i++) {
        struct lap one = lap_begin();
        if (act(desk, numbers[i / 2 % count], i % 2 == 0) != 0) {
            return 1;
        }
        double waited = lap_since(one).wall;
        done.longest = waited > done.longest ? waited : done.longest;
        done.acts++;
    }
    desk_close(desk);
    return write(out, &done, sizeof done) == sizeof done ? 0 : 1;
}

static pid_t serve(const char *directory, const char *socket)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct error error = {0};
        _exit(desk_serve(directory, socket, &error) == 0 ? 0 : 1);
    }
    for (int i = 0; i < 4000 && !socket_answers(socket); i++) {
        (void)poll(NULL, 0, 5);
    }
    return child;
}

static int act_together(const struct great *great, const char *socket, char **numbers, int count,
                        struct done *sum)
{
    int pipes[2], status = pipe(pipes);
    int each = count / CLIENTS;
    for (int i = 0; i < CLIENTS && status == 0; i++) {
        fflush(NULL);
        if (fork() == 0) {
            _exit(go_on(great, socket, numbers + i * each, each, pipes[1]));
        }
    }
    close(pipes[1]);
    struct done done;
    int heard = 0;
    while (read(pipes[0], &done, sizeof done) == sizeof done) {
        sum->acts += done.acts;
        sum->longest = done.longest > sum->longest ? done.longest : sum->longest;
        heard++;
    }
    close(pipes[0]);
    for (int i = 0; i < CLIENTS; i++) {
        wait(NULL);
    }
    return heard == CLIENTS ? 0 : -1;
}

/* As if it had last been served the day before: a day begins with its duties. */
static int go_back(const char *directory)
{
    struct text path = {0};
    sqlite3 *sqlite = NULL;
    text_addf(&path, "%s/desk.db", directory);
    int status = sqlite3_open(text_bytes(&path), &sqlite);
    status = status ? status
                    : sqlite3_exec(sqlite, "UPDATE mark SET n = n - 1 WHERE name = 'periods_day'",
                                   NULL, NULL, NULL);
    sqlite3_close(sqlite);
    text_free(&path);
    return status == SQLITE_OK ? 0 : -1;
}

static int serve_them(const struct great *great, const char *work, const char *what, int skip)
{
    static char *numbers[CLIENTS * EACH];
    static int64_t ids[CLIENTS * EACH];
    struct text socket = {0};
    struct done sum = {0};
    text_addf(&socket, "%s/desk.sock", work);
    int count = great_numbers(work, "review", skip, CLIENTS * EACH, numbers, ids);
    pid_t server = serve(work, text_bytes(&socket));
    int status = server > 0 ? act_together(great, text_bytes(&socket), numbers, count, &sum) : -1;
    if (server > 0) {
        kill(server, SIGTERM);
        waitpid(server, NULL, 0);
    }
    if (status == 0) {
        char more[80];
        snprintf(more, sizeof more, "longest wait %.0f ms", sum.longest * 1e3);
        great_say(great, what, (double)sum.acts / SECONDS, "a second", 0, more);
    }
    for (int i = 0; i < count; i++) {
        free(numbers[i]);
    }
    text_free(&socket);
    return status;
}

int great_serve(const struct great *great)
{
    struct text work = {0};
    puts("yuntai serve: 20 clients that act without a pause (2 processors with them)");
    int status = great_copy(great, &work);
    /* the tick at its beginning is none of the clients' */
    status = status ? status : serve_them(great, text_bytes(&work), "durable acts", 5);
    status = status ? status : go_back(text_bytes(&work));
    status = status ? status
                    : serve_them(great, text_bytes(&work), "durable acts, where a day begins",
                                 5 + CLIENTS * EACH);
    great_drop(text_bytes(&work));
    text_free(&work);
    return status;
}
