/*
 * calendar.c: which days are worked, by direct tables.
 *
 * Within the window of years that notices speak of, two tables say how many working days have gone
 * by up to a day (rank) and which day the Nth is (select). Outside it Monday to Friday is
 * arithmetic. So every question is a few additions, whatever the distance.
 */
#include "core/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/day.h"

/* Years between the first row and the last; days on which notices came out. */
enum { SPAN_MOST = 300, REVISIONS_MOST = 500 };

struct special {
    int32_t day;
    enum calendar_kind kind;
    const char *name, *notice;
};
struct revision {
    int number;
    int32_t known_from;       /* published on this day; DAY_FIRST for weekends alone */
    int32_t first, last;      /* the window; first > last: none */
    int64_t before;           /* working days, Monday to Friday, up to the day before the window */
    int64_t within;           /* working days in the window */
    int32_t *rank;            /* of each day of the window: working days from FIRST up to it */
    int32_t *select;          /* the Nth working day of the window, N from 0 */
    struct special *specials; /* by day */
    size_t special_count;
    int first_year;
    bool *settled; /* by year from first_year: a published notice covers it */
    int year_count;
};
struct calendar {
    struct calendar_row *rows; /* by publication, then day */
    size_t row_count;
    char *texts;
    struct revision *revisions; /* [0] is weekends alone */
    size_t revision_count;
    int32_t pinned; /* DAY_NONE: not */
};

/* Working days in (-infinity, DAY], Monday to Friday, less a constant. */
static int64_t weekdays_up_to(int64_t day)
{
    int64_t from_monday = day + 3 + INT64_C(7) * 200000; /* a Monday is 0; never negative */
    int64_t of_week = from_monday % 7;
    return from_monday / 7 * 5 + (of_week < 5 ? of_week + 1 : 5);
}

/* The day whose running number weekdays_up_to() first is N. */
static int64_t weekday_number(int64_t n)
{
    int64_t before = n - 1;
    return before / 5 * 7 + before % 5 - 3 - INT64_C(7) * 200000;
}

static bool weekday_works(int32_t day)
{
    return day_weekday(day) <= 5;
}

static const struct special *special_of(const struct revision *revision, int32_t day)
{
    size_t low = 0, high = revision->special_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (revision->specials[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < revision->special_count && revision->specials[low].day == day;
    return found ? &revision->specials[low] : NULL;
}

/* ---- making ---- */

static int by_publication(const void *a, const void *b)
{
    const struct calendar_row *x = a, *y = b;
    if (x->published != y->published) {
        return x->published < y->published ? -1 : 1;
    }
    int notice = strcmp(x->notice, y->notice);
    return notice ? notice : (x->day > y->day) - (x->day < y->day);
}

static bool copy_rows(struct calendar *calendar, const struct calendar_row *rows, size_t count)
{
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(rows[i].notice) + strlen(rows[i].name) + 2;
    }
    calendar->rows = calloc(count + 1, sizeof *calendar->rows);
    calendar->texts = malloc(bytes);
    if (!calendar->rows || !calendar->texts) {
        return false;
    }
    char *at = calendar->texts;
    for (size_t i = 0; i < count; i++) {
        calendar->rows[i] = rows[i];
        size_t length = strlen(rows[i].notice) + 1;
        calendar->rows[i].notice = memcpy(at, rows[i].notice, length);
        at += length;
        length = strlen(rows[i].name) + 1;
        calendar->rows[i].name = memcpy(at, rows[i].name, length);
        at += length;
    }
    calendar->row_count = count;
    qsort(calendar->rows, count, sizeof *calendar->rows, by_publication);
    return true;
}

static bool refuse(struct message *error, enum message_id id, const char *a, const char *b)
{
    *error = (struct message){id, {a, b, NULL, NULL}};
    return false;
}

static int year_of(int32_t day)
{
    int year;
    day_to_civil(day, &year, NULL, NULL);
    return year;
}

/* One notice does not say two things of one day, and all lie within a span that tables can hold. */
static bool check_rows(const struct calendar *calendar, struct message *error)
{
    int first = 9999, last = 1, published = 0;
    for (size_t i = 0; i < calendar->row_count; i++) {
        const struct calendar_row *row = &calendar->rows[i];
        const struct calendar_row *next = i + 1 < calendar->row_count ? row + 1 : NULL;
        if (row->day < DAY_FIRST || row->day > DAY_LAST) {
            return refuse(error, MESSAGE_calendar_range, row->notice, NULL);
        }
        if (next && next->day == row->day && strcmp(next->notice, row->notice) == 0 &&
            next->kind != row->kind) {
            return refuse(error, MESSAGE_calendar_contradiction, row->notice, row->name);
        }
        published += !next || next->published != row->published;
        int year = year_of(row->day);
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    if (published > REVISIONS_MOST) {
        return refuse(error, MESSAGE_calendar_notices, NULL, NULL);
    }
    return last - first <= SPAN_MOST || refuse(error, MESSAGE_calendar_span, NULL, NULL);
}

static bool settled_in(const struct revision *revision, int year)
{
    int index = year - revision->first_year;
    return index >= 0 && index < revision->year_count && revision->settled[index];
}

/* Which years are settled by the first COUNT rows. */
static bool settle_years(struct revision *revision, const struct calendar_row *rows, size_t count)
{
    int first = 9999, last = 0;
    for (size_t i = 0; i < count; i++) {
        int year = rows[i].covers;
        first = year > 0 && year < first ? year : first;
        last = year > last ? year : last;
    }
    revision->first_year = first;
    revision->year_count = last >= first ? last - first + 1 : 0;
    revision->settled = calloc((size_t)revision->year_count + 1, sizeof *revision->settled);
    if (!revision->settled) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (rows[i].covers > 0) {
            revision->settled[rows[i].covers - first] = true;
        }
    }
    return true;
}

/* Of rows for one day the later published holds; a provisional one gives way to a settled year. */
static bool collect_specials(struct revision *revision, const struct calendar_row *rows,
                             size_t count)
{
    revision->specials = calloc(count + 1, sizeof *revision->specials);
    if (!revision->specials) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct special special = {rows[i].day, rows[i].kind, rows[i].name, rows[i].notice};
        size_t at = revision->special_count;
        if (rows[i].covers == 0 && settled_in(revision, year_of(special.day))) {
            continue;
        }
        while (at > 0 && revision->specials[at - 1].day > special.day) {
            at--;
        }
        if (at > 0 && revision->specials[at - 1].day == special.day) {
            revision->specials[at - 1] = special;
            continue;
        }
        memmove(revision->specials + at + 1, revision->specials + at,
                (revision->special_count - at) * sizeof special);
        revision->specials[at] = special;
        revision->special_count++;
    }
    return true;
}

static bool fill_tables(struct revision *revision)
{
    size_t days = (size_t)(revision->last - revision->first + 1);
    revision->rank = calloc(days, sizeof *revision->rank);
    revision->select = calloc(days, sizeof *revision->select);
    if (!revision->rank || !revision->select) {
        return false;
    }
    size_t special = 0;
    for (size_t i = 0; i < days; i++) {
        int32_t day = revision->first + (int32_t)i;
        bool works = weekday_works(day);
        if (special < revision->special_count && revision->specials[special].day == day) {
            works = revision->specials[special++].kind == CALENDAR_WORKDAY;
        }
        if (works) {
            revision->select[revision->within++] = day;
        }
        revision->rank[i] = (int32_t)revision->within;
    }
    return true;
}

static bool make_revision(struct revision *revision, const struct calendar_row *rows, size_t count)
{
    revision->first = 0;
    revision->last = -1;
    if (!settle_years(revision, rows, count) || !collect_specials(revision, rows, count)) {
        return false;
    }
    if (revision->special_count) {
        revision->first = revision->specials[0].day;
        revision->last = revision->specials[revision->special_count - 1].day;
        revision->before = weekdays_up_to((int64_t)revision->first - 1);
        return fill_tables(revision);
    }
    return true;
}

static bool make_revisions(struct calendar *calendar)
{
    size_t dates = 1;
    for (size_t i = 0; i < calendar->row_count; i++) {
        dates += i == 0 || calendar->rows[i].published != calendar->rows[i - 1].published;
    }
    calendar->revisions = calloc(dates, sizeof *calendar->revisions);
    if (!calendar->revisions) {
        return false;
    }
    for (size_t n = 0, rows = 0; n < dates; n++) {
        struct revision *revision = &calendar->revisions[n];
        revision->number = (int)n;
        revision->known_from = n ? calendar->rows[rows].published : DAY_FIRST;
        while (n && rows < calendar->row_count &&
               calendar->rows[rows].published == revision->known_from) {
            rows++;
        }
        calendar->revision_count = n + 1;
        if (!make_revision(revision, calendar->rows, rows)) {
            return false;
        }
    }
    return true;
}

struct calendar *calendar_new(const struct calendar_row *rows, size_t count, struct message *error)
{
    struct calendar *calendar = calloc(1, sizeof *calendar);
    *error = (struct message){MESSAGE_calendar_memory, {NULL}};
    if (calendar && copy_rows(calendar, rows, count)) {
        struct message found = {MESSAGE_NONE, {NULL}};
        if (check_rows(calendar, &found) && make_revisions(calendar)) {
            *error = (struct message){MESSAGE_NONE, {NULL}};
            calendar->pinned = DAY_NONE;
            return calendar;
        }
        for (size_t i = 0; i < count && found.id != MESSAGE_NONE; i++) { /* in the caller's words */
            found.arg[0] = found.arg[0] && strcmp(found.arg[0], rows[i].notice) == 0
                               ? rows[i].notice
                               : found.arg[0];
            found.arg[1] = found.arg[1] && strcmp(found.arg[1], rows[i].name) == 0 ? rows[i].name
                                                                                   : found.arg[1];
        }
        *error = found.id != MESSAGE_NONE ? found : *error;
    }
    calendar_free(calendar);
    return NULL;
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar) {
        return;
    }
    for (size_t i = 0; i < calendar->revision_count; i++) {
        free(calendar->revisions[i].rank);
        free(calendar->revisions[i].select);
        free(calendar->revisions[i].specials);
        free(calendar->revisions[i].settled);
    }
    free(calendar->revisions);
    free(calendar->rows);
    free(calendar->texts);
    free(calendar);
}

const struct revision *calendar_as_of(const struct calendar *calendar, int32_t day)
{
    size_t low = 0, high = calendar->revision_count;
    day = calendar->pinned == DAY_NONE ? day : calendar->pinned;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (calendar->revisions[middle].known_from <= day) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &calendar->revisions[low];
}

void calendar_pin(struct calendar *calendar, int32_t day)
{
    calendar->pinned = day;
}

int revision_number(const struct revision *revision)
{
    return revision->number;
}

/* ---- asking ---- */

/* Running number of DAY's last working day: differences of it count. */
static int64_t rank_of(const struct revision *revision, int32_t day)
{
    if (revision->first > revision->last || day < revision->first) {
        return weekdays_up_to(day);
    }
    if (day <= revision->last) {
        return revision->before + revision->rank[day - revision->first];
    }
    return revision->before + revision->within + weekdays_up_to(day) -
           weekdays_up_to(revision->last);
}

/* The day that makes the running number N. */
static int32_t day_of_rank(const struct revision *revision, int64_t n)
{
    int64_t day;
    if (revision->first > revision->last || n <= revision->before) {
        day = weekday_number(n);
    } else if (n <= revision->before + revision->within) {
        day = revision->select[n - revision->before - 1];
    } else {
        day = weekday_number(n - revision->before - revision->within +
                             weekdays_up_to(revision->last));
    }
    return day < DAY_FIRST || day > DAY_LAST ? DAY_NONE : (int32_t)day;
}

bool calendar_works(const struct revision *revision, int32_t day)
{
    if (day < revision->first || day > revision->last) {
        return weekday_works(day);
    }
    int32_t index = day - revision->first;
    return revision->rank[index] > (index ? revision->rank[index - 1] : 0);
}

enum { FAR = 4000000 }; /* more working days than years 1 to 9999 hold */

int32_t calendar_add(const struct revision *revision, int32_t day, int64_t n)
{
    if (day == DAY_NONE || n > FAR || n < -FAR) {
        return DAY_NONE;
    }
    if (n == 0) {
        return calendar_next(revision, day);
    }
    int64_t rank = rank_of(revision, day);
    bool works = calendar_works(revision, day);
    return day_of_rank(revision, n > 0 ? rank + n : rank + n + !works);
}

int64_t calendar_count(const struct revision *revision, int32_t a, int32_t b)
{
    return rank_of(revision, b) - rank_of(revision, a);
}

int32_t calendar_next(const struct revision *revision, int32_t day)
{
    if (day == DAY_NONE || calendar_works(revision, day)) {
        return day;
    }
    return day_of_rank(revision, rank_of(revision, day) + 1);
}

int32_t calendar_prev(const struct revision *revision, int32_t day)
{
    return day == DAY_NONE || calendar_works(revision, day)
               ? day
               : day_of_rank(revision, rank_of(revision, day));
}

int32_t calendar_of_month(const struct revision *revision, int year, int month, int n)
{
    int32_t first, last;
    int length = day_month_length(year, month);
    if (n == 0 || !day_from_civil(year, month, 1, &first) ||
        !day_from_civil(year, month, length, &last)) {
        return DAY_NONE;
    }
    int64_t before = rank_of(revision, first) - calendar_works(revision, first);
    int64_t rank = n > 0 ? before + n : rank_of(revision, last) + n + 1;
    if (rank <= before || rank > rank_of(revision, last)) {
        return DAY_NONE;
    }
    return day_of_rank(revision, rank);
}

int32_t calendar_left(const struct revision *revision, int32_t due, int64_t n)
{
    return due == DAY_NONE || n > FAR || n < 0 ? DAY_NONE
                                               : day_of_rank(revision, rank_of(revision, due) - n);
}

bool calendar_provisional(const struct revision *revision, int32_t day)
{
    return day < DAY_FIRST || day > DAY_LAST || !settled_in(revision, year_of(day));
}

bool calendar_provisional_between(const struct revision *revision, int32_t a, int32_t b)
{
    if (b < a) {
        return false;
    }
    if (a < DAY_FIRST || b > DAY_LAST) {
        return true;
    }
    int year = year_of(a), last = year_of(b);
    while (year <= last && settled_in(revision, year)) { /* no more than notices settle */
        year++;
    }
    return year <= last;
}

struct day_reason calendar_why(const struct revision *revision, int32_t day)
{
    const struct special *special = special_of(revision, day);
    if (special) {
        enum day_kind kind = special->kind == CALENDAR_WORKDAY ? DAY_MADE_UP : DAY_HOLIDAY;
        return (struct day_reason){kind, special->name, special->notice};
    }
    return (struct day_reason){weekday_works(day) ? DAY_WORKED : DAY_WEEKEND, NULL, NULL};
}
