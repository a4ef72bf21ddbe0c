/* query_date.c: the dates of a query. */
#include <string.h>

#include "core/day.h"
#include "core/query.h"

enum { AWAY_MOST = 9999 };

struct named {
    const char *name;
    enum query_unit unit;
    int32_t number; /* days from today; of a unit, how many of UNIT it has */
};

static const struct named days[] = {
    {"today", QUERY_DAYS, 0},      {"今天", QUERY_DAYS, 0},  {"今日", QUERY_DAYS, 0},
    {"tomorrow", QUERY_DAYS, 1},   {"明天", QUERY_DAYS, 1},  {"明日", QUERY_DAYS, 1},
    {"yesterday", QUERY_DAYS, -1}, {"昨天", QUERY_DAYS, -1}, {"昨日", QUERY_DAYS, -1},
};

static const struct named units[] = {
    {"wd", QUERY_WORKDAYS, 1}, {"工作日", QUERY_WORKDAYS, 1}, {"个工作日", QUERY_WORKDAYS, 1},
    {"d", QUERY_DAYS, 1},      {"天", QUERY_DAYS, 1},         {"日", QUERY_DAYS, 1},
    {"w", QUERY_DAYS, 7},      {"周", QUERY_DAYS, 7},         {"mo", QUERY_MONTHS, 1},
    {"月", QUERY_MONTHS, 1},   {"个月", QUERY_MONTHS, 1},
};

static const struct named *find(const struct named *list, size_t count, const char *text,
                                size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i].name) == length && memcmp(list[i].name, text, length) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

/* One to MOST digits at *AT; -1 where there are none, or more. */
static int32_t digits(const char *text, size_t length, size_t *at, int most)
{
    int32_t number = 0;
    int count = 0;
    for (; *at < length && text[*at] >= '0' && text[*at] <= '9'; ++*at) {
        if (++count > most) {
            return -1;
        }
        number = number * 10 + (text[*at] - '0');
    }
    return count > 0 ? number : -1;
}

static bool pass(const char *text, size_t length, size_t *at, const char *mark)
{
    size_t size = strlen(mark);
    if (length - *at < size || memcmp(text + *at, mark, size) != 0) {
        return false;
    }
    *at += size;
    return true;
}

/* "2026-12-01", "2026/12/1", "2026.12.1", "2026年12月1日". */
static bool absolute(const char *text, size_t length, struct query_date *date)
{
    static const char *const marks[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", "号"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = 0;
        int32_t year = digits(text, length, &at, 4);
        if (at != 4 || !pass(text, length, &at, marks[i][0])) {
            continue;
        }
        int32_t month = digits(text, length, &at, 2);
        if (month < 0 || !pass(text, length, &at, marks[i][1])) {
            continue;
        }
        int32_t day = digits(text, length, &at, 2);
        if (day >= 0 && pass(text, length, &at, marks[i][2]) && at == length) {
            date->unit = QUERY_ON;
            return day_from_civil(year, month, day, &date->number);
        }
    }
    return false;
}

bool query_date_parse(const char *text, size_t length, struct query_date *date)
{
    const struct named *name = find(days, sizeof days / sizeof *days, text, length);
    if (name) {
        *date = (struct query_date){name->unit, name->number};
        return true;
    }
    if (absolute(text, length, date)) {
        return true;
    }
    size_t at = 0;
    bool back = pass(text, length, &at, "-") || pass(text, length, &at, "－");
    if (!back) {
        pass(text, length, &at, "+");
    }
    int32_t number = digits(text, length, &at, 4);
    name = find(units, sizeof units / sizeof *units, text + at, length - at);
    if (number < 0 || !name || number * name->number > AWAY_MOST) {
        return false;
    }
    number *= name->number;
    *date = (struct query_date){name->unit, back ? -number : number};
    return true;
}
