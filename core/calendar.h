/*
 * calendar.h: which days are worked.
 *
 * The State Council publishes a notice a year with the days off and the weekend days worked in
 * their place; now and then a later notice amends an earlier one (2019-03-22, 2020-01-27). A
 * calendar is the set of all notices; a revision is what was known on a day: of two rows for one
 * day that of the later published notice holds. Days without a row rest on Saturday and Sunday.
 * add, count, next and previous take O(1) time.
 */
#ifndef YUNTAI_CORE_CALENDAR_H
#define YUNTAI_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/message.h"

enum calendar_kind { CALENDAR_HOLIDAY, CALENDAR_WORKDAY };

struct calendar_row {
    const char *notice; /* 文号 */
    int32_t published;  /* day the notice came out */
    int covers;         /* the year the notice settles; 0: provisional, settles none */
    int32_t day;
    enum calendar_kind kind;
    const char *name; /* 国庆节, 春节调休 … */
};

struct calendar; /* immutable once made; owns copies of its rows' texts */
struct revision; /* belongs to its calendar */

/*
 * Makes a calendar of COUNT rows in any order. NULL, with *ERROR filled, where rows contradict
 * each other (one notice, one day, two kinds), lie more than 300 years apart, came out on more than
 * 500 days, or memory is short.
 * Rows of a provisional notice are dropped for a year that a published notice covers.
 */
struct calendar *calendar_new(const struct calendar_row *rows, size_t count, struct message *error);
void calendar_free(struct calendar *calendar);

/* What was known at the end of DAY (DAY_LAST: all there is). Never NULL: before the first notice,
 * weekends alone. */
const struct revision *calendar_as_of(const struct calendar *calendar, int32_t day);
/* From now on calendar_as_of() answers as of DAY whatever day it is asked for: what would hold had
 * no later notice come out. */
void calendar_pin(struct calendar *calendar, int32_t day);
/* Running number of a revision, 0 for weekends alone; later known is higher. */
int revision_number(const struct revision *revision);

bool calendar_works(const struct revision *revision, int32_t day);
/* The Nth working day after DAY (N > 0) or before it (N < 0); 0: DAY itself, else the next working
 * day. DAY_NONE where the answer lies outside years 1..9999. */
int32_t calendar_add(const struct revision *revision, int32_t day, int64_t n);
/* Working days in (A, B]; negative where B is before A. */
int64_t calendar_count(const struct revision *revision, int32_t a, int32_t b);
/* DAY if worked, else the next (previous) worked day; DAY_NONE as above. */
int32_t calendar_next(const struct revision *revision, int32_t day);
int32_t calendar_prev(const struct revision *revision, int32_t day);
/* The Nth working day of a month (N from 1; from -1 at its end); DAY_NONE where it has none. */
int32_t calendar_of_month(const struct revision *revision, int year, int month, int n);
/* The first day D such that no more than N working days lie in (D, DUE]: when "N wd left" begins.
 */
int32_t calendar_left(const struct revision *revision, int32_t due, int64_t n);
/* No published notice settles the year of DAY: the date is marked ≈. */
bool calendar_provisional(const struct revision *revision, int32_t day);
/* The same of some day from A to B; false where B is before A. */
bool calendar_provisional_between(const struct revision *revision, int32_t a, int32_t b);

enum day_kind { DAY_WORKED, DAY_MADE_UP, DAY_WEEKEND, DAY_HOLIDAY };
struct day_reason {
    enum day_kind kind;
    const char *name, *notice; /* of its row; NULL where it has none */
};
struct day_reason calendar_why(const struct revision *revision, int32_t day);

#endif
