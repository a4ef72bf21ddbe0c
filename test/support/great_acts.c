/* great_acts.c: an act at the desk beside the bare transaction that writes the same rows. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/desk/inside.h"
#include "data/store/db_sqlite.h"
#include "test/support/great_bare.h"
#include "test/support/great_bench.h"
#include "test/support/stopwatch.h"

enum { RUNS = 6, ACTS = 200, NAMES = 2 * RUNS * ACTS };

struct acting {
    const struct great *great;
    struct counter *counter;
    struct bare *bare;
    char *numbers[2 * NAMES]; /* those of the desk and of the bare transaction by turns */
    int64_t ids[2 * NAMES];
    struct bare_places before[ACTS]; /* the acts of the desk at hand */
    int count, next;
    struct lap desk, alone; /* the best run of each */
    int rows;
};

static int propose(struct acting *acting, const char *number)
{
    struct visitor visitor = {
        .uid = (uint32_t)getuid(), .owner = true, .as = "qian", .now = acting->great->now};
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    parcel_put(&request, "verb", "act");
    parcel_put(&request, "case", number);
    parcel_put(&request, "event", "propose");
    parcel_put(&request, "entry.feasible", "架构合理，可以实施");
    parcel_put(&request, "entry.reasonable", "与业务量相称");
    parcel_put(&request, "entry.item.VM-8C16G.approved", "4");
    parcel_put(&request, "entry.item.DR-4C8G.approved", "2");
    int status = counter_answer(acting->counter, &visitor, &request, &reply, &error);
    if (status != 0) {
        fprintf(stderr, "bench_store: %s: %s\n", number, error.sentence);
    }
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
    return status;
}

/* ACTS at the desk, then as many bare ones that write what those wrote. */
static int run(struct acting *acting)
{
    int first = acting->next, status = 0;
    struct lap alone = {0}, begun;
    acting->next += 2 * ACTS;
    for (int i = 0; i < ACTS && status == 0; i++) {
        status = bare_look(acting->bare, acting->ids[first + 2 * i], &acting->before[i]) ? 0 : -1;
    }
    begun = lap_begin();
    for (int i = 0; i < ACTS && status == 0; i++) {
        status = propose(acting, acting->numbers[first + 2 * i]);
    }
    acting->desk = lap_best(acting->desk, lap_since(begun));
    for (int i = 0; i < ACTS && status == 0; i++) {
        int k = first + 2 * i;
        status = bare_learn(acting->bare, acting->ids[k], &acting->before[i], acting->ids[k + 1])
                     ? 0
                     : -1;
        begun = lap_begin();
        acting->rows = bare_write(acting->bare);
        struct lap lap = lap_since(begun);
        alone.wall += lap.wall;
        alone.cpu += lap.cpu;
    }
    acting->alone = lap_best(acting->alone, alone);
    return acting->rows < 0 ? -1 : status;
}

static int measure(struct acting *acting, const char *directory, bool durable)
{
    struct error error = {0};
    acting->desk = acting->alone = (struct lap){0};
    acting->bare = bare_open(directory, durable);
    int status = acting->bare ? counter_open(directory, &acting->counter, &error) : -1;
    if (status == 0 && !durable) {
        sqlite3_exec(acting->counter->store->db->sqlite, "PRAGMA synchronous=OFF", NULL, NULL,
                     NULL);
    }
    /* the first acts find nothing in memory yet */
    for (int i = 0; i < 20 && status == 0; i++) {
        status = propose(acting, acting->numbers[acting->next++]);
    }
    for (int i = 0; i < RUNS && status == 0; i++) {
        status = acting->next + 2 * ACTS <= acting->count ? run(acting) : 0;
    }
    counter_close(acting->counter);
    bare_close(acting->bare);
    error_free(&error);
    return status;
}

static void say(const struct acting *acting, bool durable)
{
    struct text more = {0};
    double desk = acting->desk.wall / ACTS * 1e6, alone = acting->alone.wall / ACTS * 1e6;
    double desk_cpu = acting->desk.cpu / ACTS * 1e6, alone_cpu = acting->alone.cpu / ACTS * 1e6;
    char numbers[160];
    snprintf(numbers, sizeof numbers,
             "%d rows; %.0f us (processor %.0f) beside %.0f us (processor %.0f) of the bare "
             "transaction",
             acting->rows, desk, desk_cpu, alone, alone_cpu);
    text_add(&more, numbers);
    if (durable) {
        great_say(acting->great, "durable act", desk / alone, "times the bare transaction", 1.5,
                  text_bytes(&more));
    } else {
        great_say(acting->great, "act with synchronous=OFF", desk_cpu, "us of processor", 60,
                  text_bytes(&more));
    }
    text_free(&more);
}

int great_acts(const struct great *great)
{
    struct text work = {0};
    struct acting *acting = calloc(1, sizeof *acting);
    int status = acting ? great_copy(great, &work) : -1;
    puts("acts, one at a time, in this process");
    if (status == 0) {
        acting->great = great;
        acting->count =
            great_numbers(text_bytes(&work), "review", 5, 2 * NAMES, acting->numbers, acting->ids);
        status = measure(acting, text_bytes(&work), true);
    }
    if (status == 0) {
        say(acting, true);
        status = measure(acting, text_bytes(&work), false);
    }
    if (status == 0) {
        say(acting, false);
    }
    for (int i = 0; acting && i < acting->count; i++) {
        free(acting->numbers[i]);
    }
    free(acting);
    great_drop(text_bytes(&work));
    text_free(&work);
    return status;
}
