/*
 * phrase.h: the braces in the sample city's files, filled in: what differs from one case to
 * another, and from one day to another.
 *
 *   {+3} {-3}        a date: so many working days after (before) the day of the line
 *   {+30d} {-1m}     the same in calendar days, in months; {-1m1} the first day of that month
 *   {a|b|c}          one of these
 *   {2..6}           a number between these
 *   {n=2..6} {n}     the same kept under a name, and said again; what a name stands for may have
 *                    braces of its own
 *
 * Choices follow from the seed alone.
 */
#ifndef YUNTAI_DATA_SAMPLE_PHRASE_H
#define YUNTAI_DATA_SAMPLE_PHRASE_H

#include "core/arena.h"
#include "core/calendar.h"
#include "core/day.h"
#include "core/text.h"

enum { PHRASE_NAMES_MOST = 48 };

struct phrase {
    const struct revision *revision;
    struct arena *arena;
    int32_t day; /* dates count from here */
    uint64_t seed;
    const char *names[PHRASE_NAMES_MOST], *values[PHRASE_NAMES_MOST];
    size_t count;
    const struct phrase *common; /* names that stand behind these; NULL none */
    int depth;
};

/* The next number that follows from the seed, below BOUND (not 0). */
uint64_t phrase_draw(struct phrase *phrase, uint64_t bound);
/* A seed out of TEXT and NUMBER. */
uint64_t phrase_seed(const char *text, uint64_t number);
/* NAME stands for VALUE from now on; copied. False where there are too many. */
bool phrase_set(struct phrase *phrase, const char *name, const char *value);
const char *phrase_get(const struct phrase *phrase, const char *name); /* NULL */
/* Appends LENGTH bytes of TEXT with its braces filled in. False where one cannot be: *WRONG is it.
 */
bool phrase_fill(struct phrase *phrase, const char *text, size_t length, struct text *out,
                 const char **wrong);

#endif
