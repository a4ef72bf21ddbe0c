/*
 * stopwatch.h: what benches measure with: wall time, processor time of this process and of its
 * children that ended, and how much memory it ever had.
 */
#ifndef YUNTAI_TEST_SUPPORT_STOPWATCH_H
#define YUNTAI_TEST_SUPPORT_STOPWATCH_H

struct lap { /* seconds */
    double wall, cpu;
};

/* Now, to begin from. */
struct lap lap_begin(void);
/* What went by since BEGUN. */
struct lap lap_since(struct lap begun);
/* The lesser of each. Zeroed BEST holds none yet. */
struct lap lap_best(struct lap best, struct lap lap);
/* MiB. */
double memory_peak(void);

#endif
