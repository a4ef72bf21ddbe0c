/*
 * bench_calendar.c: working-day additions a second, through the calendar's tables and by a loop
 * that goes day by day, in one run. Spans of about 250 working days, a year.
 */
#include <stdio.h>
#include <time.h>

#include "data/desk.h"

enum { TABLE = 20000000, LOOP = 200000, ASKED = 4096 };

/* Of this process on one core, whoever else is at work. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct asked {
    int32_t day;
    int64_t n;
};

/* Days of eight years and 240 to 260 working days, the same in every run. */
static void ask(struct asked *asked)
{
    uint32_t state = 20190927;
    int32_t first;
    day_from_civil(2018, 1, 1, &first);
    for (int i = 0; i < ASKED; i++) {
        state = state * 1664525 + 1013904223;
        asked[i].day = first + (int32_t)(state >> 8) % 2500;
        asked[i].n = 240 + (state >> 4) % 21;
    }
}

/* The same, asking of each day whether it is worked. */
static int32_t add_by_loop(const struct revision *revision, int32_t day, int64_t n)
{
    while (n > 0) {
        day++;
        n -= calendar_works(revision, day);
    }
    return day;
}

int main(void)
{
    static struct asked asked[ASKED];
    struct text error = {0};
    struct calendar *calendar = NULL;
    int wrong = 0;
    int64_t sum = 0;
    if (desk_calendar(NULL, &calendar, &error) != 0) {
        fprintf(stderr, "bench_calendar: %s\n", text_bytes(&error));
        text_free(&error);
        return 1;
    }
    const struct revision *revision = calendar_as_of(calendar, DAY_LAST);
    ask(asked);
    for (int i = 0; i < ASKED; i++) {
        wrong += calendar_add(revision, asked[i].day, asked[i].n) !=
                 add_by_loop(revision, asked[i].day, asked[i].n);
    }
    double start = seconds();
    for (int i = 0; i < TABLE; i++) {
        sum += calendar_add(revision, asked[i % ASKED].day, asked[i % ASKED].n);
    }
    double table = TABLE / (seconds() - start);
    start = seconds();
    for (int i = 0; i < LOOP; i++) {
        sum += add_by_loop(revision, asked[i % ASKED].day, asked[i % ASKED].n);
    }
    double loop = LOOP / (seconds() - start);
    printf("calendar: %.1f million additions a second; day by day %.2f million; ratio %.0f "
           "(sum %lld)\n",
           table / 1e6, loop / 1e6, table / loop, (long long)sum);
    if (wrong) {
        fprintf(stderr, "bench_calendar: %d answers differ from the loop\n", wrong);
    }
    calendar_free(calendar);
    return wrong != 0;
}
