/* stopwatch.c: wall time, processor time, memory. */
#include "test/support/stopwatch.h"

#include <sys/resource.h>
#include <time.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double processor(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct lap lap_begin(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (struct lap){(double)now.tv_sec + (double)now.tv_nsec / 1e9,
                        processor(RUSAGE_SELF) + processor(RUSAGE_CHILDREN)};
}

struct lap lap_since(struct lap begun)
{
    struct lap now = lap_begin();
    return (struct lap){now.wall - begun.wall, now.cpu - begun.cpu};
}

struct lap lap_best(struct lap best, struct lap lap)
{
    if (best.wall <= 0) {
        return lap;
    }
    return (struct lap){lap.wall < best.wall ? lap.wall : best.wall,
                        lap.cpu < best.cpu ? lap.cpu : best.cpu};
}

double memory_peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}
