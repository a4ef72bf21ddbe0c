/*
 * day.h: civil days and moments.
 *
 * A day is the number of days since 1970-01-01 in the proleptic Gregorian calendar; a moment is
 * the number of seconds since 1970-01-01 00:00 on the clock of the policy's one time zone (no
 * leap seconds, no daylight saving: China has none). There is no wall clock here.
 */
#ifndef YUNTAI_CORE_DAY_H
#define YUNTAI_CORE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DAY_NONE INT32_MIN
#define DAY_FIRST (-719162) /* 0001-01-01 */
#define DAY_LAST 2932896    /* 9999-12-31 */
#define MOMENT_NONE INT64_MIN
#define DAY_SECONDS 86400

enum {
    DAY_TEXT = 11,
    MOMENT_TEXT = 20
}; /* bytes of "YYYY-MM-DD", "YYYY-MM-DD HH:MM:SS" with NUL */

/* False where there is no such day between the years 1 and 9999. */
bool day_from_civil(int year, int month, int of_month, int32_t *day);
/* DAY between DAY_FIRST and DAY_LAST. Any pointer may be NULL. */
void day_to_civil(int32_t day, int *year, int *month, int *of_month);
/* 1 Monday … 7 Sunday. */
int day_weekday(int32_t day);
/* The same day MONTHS on (or back), else that month's last (POLICY rule 7.7); DAY_NONE outside
 * years 1..9999. */
int32_t day_add_months(int32_t day, int64_t months);
/* DAY + DAYS; DAY_NONE outside years 1..9999. */
int32_t day_add(int32_t day, int64_t days);
int day_of_year_end(int year, int32_t *day); /* 31 December; 0, or -1 outside 1..9999 */
int day_month_length(int year, int month);   /* 28..31; 0 where there is no such month */

/* Exactly "YYYY-MM-DD" in LENGTH bytes. */
bool day_parse(const char *text, size_t length, int32_t *day);
/* "YYYY-MM-DD HH:MM[:SS]", also with T between; a day alone is its 00:00, 24:00 the
 * next day's. */
bool moment_parse(const char *text, size_t length, int64_t *moment);
/* "HH:MM", 00:00 to 24:00, as seconds. */
bool clock_time_parse(const char *text, size_t length, int32_t *seconds);
/* OUT takes DAY_TEXT bytes; "?" for DAY_NONE. Returns OUT. */
char *day_format(int32_t day, char *out);
/* "YYYY-MM-DD HH:MM" (seconds only where they are not 0). OUT takes MOMENT_TEXT bytes. */
char *moment_format(int64_t moment, char *out);

static inline int64_t moment_of(int32_t day, int32_t second)
{
    return (int64_t)day * DAY_SECONDS + second;
}
/* The day MOMENT lies in, rounding down. */
static inline int32_t moment_day(int64_t moment)
{
    return (int32_t)(moment >= 0 ? moment / DAY_SECONDS
                                 : -((-moment + DAY_SECONDS - 1) / DAY_SECONDS));
}

#endif
