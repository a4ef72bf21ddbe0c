/*
 * crowd.c: one of many who act at once, for test/torture/contention.
 *
 *   crowd WORKSPACE SOCKET SECONDS LOGIN CASE...      SOCKET "": on the file
 *
 * Waits for a line on standard input, then notes something in the cases, one after the other, a
 * quarter of the crowd in the same one, always upon the state it saw last. Prints `act CASE N MARK`
 * for what was acknowledged; at the end `sum DONE CONFLICTS LONGEST_MS`, and `wrong WHAT` for what
 * should not be.
 */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/day.h"
#include "data/desk.h"

enum { EACH_MS = 250, PARTIES = 4 }; /* that long a quarter of the crowd stays with a case */

struct one {
    struct desk *desk;
    const char *login;
    char **cases;
    int case_count;
    int64_t *revs;
    int64_t began; /* all times in microseconds */
    int64_t done, conflicts, longest;
};

static int64_t clock_us(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void wrong(const struct error *error)
{
    struct text text = {0};
    error_text(error, NULL, &text);
    printf("wrong %s\n", text_bytes(&text));
    text_free(&text);
}

/* False where something is refused that should not be. */
static bool act(struct one *one)
{
    int64_t turn = (clock_us() - one->began) / (EACH_MS * 1000) + getpid() % PARTIES;
    int at = (int)(turn % one->case_count);
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    struct text mark = {0};
    text_add_int(&mark, getpid());
    text_add(&mark, "-");
    text_add_int(&mark, one->done);
    parcel_put(&request, "verb", "act");
    parcel_put(&request, "case", one->cases[at]);
    parcel_put(&request, "event", "note");
    parcel_put(&request, "as", one->login);
    parcel_put(&request, "note", text_bytes(&mark));
    parcel_put_int(&request, "rev", one->revs[at]);
    int64_t before = clock_us();
    int status = desk_call(one->desk, &request, &reply, &error);
    int64_t wait = clock_us() - before;
    one->longest = wait > one->longest ? wait : one->longest;
    bool well = true;
    if (status == 0) {
        printf("act %s %s %s\n", one->cases[at], parcel_get(&reply, "n"), text_bytes(&mark));
        one->done++;
    } else if (error.code == ERROR_CONFLICT) {
        const struct table *since = parcel_find(&reply, "since");
        one->conflicts++;
        well = since && table_rows(since) > 0; /* it says what happened since */
        if (!well) {
            puts("wrong a conflict without what was done since");
        }
    } else {
        wrong(&error);
        well = false;
    }
    one->revs[at] = parcel_int(&reply, "rev", one->revs[at]);
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
    text_free(&mark);
    return well;
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fputs("usage: crowd WORKSPACE SOCKET SECONDS LOGIN CASE...\n", stderr);
        return 2;
    }
    struct error error = {0};
    struct desk_place place = {.workspace = argv[1], .socket = argv[2], .now = MOMENT_NONE};
    struct one one = {.login = argv[4], .cases = argv + 5, .case_count = argc - 5};
    int64_t seconds = strtoll(argv[3], NULL, 10);
    if (!moment_parse("2026-03-02 09:00", 16, &place.now) ||
        desk_open(&place, &one.desk, &error) != 0 ||
        !(one.revs = calloc((size_t)one.case_count, sizeof *one.revs))) {
        wrong(&error);
        return 1;
    }
    for (int i = 0; i < one.case_count; i++) {
        one.revs[i] = 1;
    }
    puts("ready");
    fflush(stdout);
    bool well = getchar() != EOF;
    one.began = clock_us();
    while (well && clock_us() - one.began < seconds * 1000000) {
        well = act(&one);
    }
    printf("sum %lld %lld %lld\n", (long long)one.done, (long long)one.conflicts,
           (long long)(one.longest / 1000));
    desk_close(one.desk);
    error_free(&error);
    free(one.revs);
    return 0;
}
