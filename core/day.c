/* day.c: civil days and moments. */
#include "core/day.h"

#include <string.h>

int day_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

/* Days before a year that begins in March, so that the leap day comes last. */
static int32_t days_before_march(int year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

enum { MARCH_1970 = 719468 }; /* days_before_march(1970) and the days from March on */

bool day_from_civil(int year, int month, int of_month, int32_t *day)
{
    if (year < 1 || year > 9999 || of_month < 1 || of_month > day_month_length(year, month)) {
        return false;
    }
    int shifted = month <= 2 ? year - 1 : year;
    int from_march = (month + 9) % 12;
    *day = days_before_march(shifted) + (153 * from_march + 2) / 5 + of_month - 1 - MARCH_1970;
    return true;
}

void day_to_civil(int32_t day, int *year, int *month, int *of_month)
{
    int32_t shifted = day + MARCH_1970;
    int32_t era = shifted / 146097; /* 400 years; SHIFTED is never negative from year 1 on */
    int32_t of_era = shifted - era * 146097;
    int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - days_before_march(year_of_era);
    int from_march = (5 * of_year + 2) / 153;
    int m = from_march < 10 ? from_march + 3 : from_march - 9;
    if (year) {
        *year = year_of_era + era * 400 + (m <= 2);
    }
    if (month) {
        *month = m;
    }
    if (of_month) {
        *of_month = of_year - (153 * from_march + 2) / 5 + 1;
    }
}

int day_weekday(int32_t day)
{
    int32_t from_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

int32_t day_add(int32_t day, int64_t days)
{
    int64_t sum;
    if (day == DAY_NONE || __builtin_add_overflow((int64_t)day, days, &sum) || sum < DAY_FIRST ||
        sum > DAY_LAST) {
        return DAY_NONE;
    }
    return (int32_t)sum;
}

int32_t day_add_months(int32_t day, int64_t months)
{
    int year, month, of_month;
    int32_t out;
    if (day == DAY_NONE || months > 120000 || months < -120000) {
        return DAY_NONE;
    }
    day_to_civil(day, &year, &month, &of_month);
    int64_t index = (int64_t)year * 12 + month - 1 + months;
    if (index < 12 || index > 9999 * 12 + 11) {
        return DAY_NONE;
    }
    year = (int)(index / 12);
    month = (int)(index % 12) + 1;
    int length = day_month_length(year, month);
    return day_from_civil(year, month, of_month < length ? of_month : length, &out) ? out
                                                                                    : DAY_NONE;
}

int day_of_year_end(int year, int32_t *day)
{
    return day_from_civil(year, 12, 31, day) ? 0 : -1;
}

/* COUNT digits at TEXT. */
static bool digits(const char *text, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool day_parse(const char *text, size_t length, int32_t *day)
{
    int year, month, of_month;
    return length == 10 && text[4] == '-' && text[7] == '-' && digits(text, 4, &year) &&
           digits(text + 5, 2, &month) && digits(text + 8, 2, &of_month) &&
           day_from_civil(year, month, of_month, day);
}

bool clock_time_parse(const char *text, size_t length, int32_t *seconds)
{
    int hour, minute;
    if (length != 5 || text[2] != ':' || !digits(text, 2, &hour) || !digits(text + 3, 2, &minute) ||
        hour > 24 || minute > 59 || (hour == 24 && minute > 0)) {
        return false;
    }
    *seconds = hour * 3600 + minute * 60;
    return true;
}

bool moment_parse(const char *text, size_t length, int64_t *moment)
{
    int32_t day, time = 0;
    int second = 0;
    if (length < 10 || !day_parse(text, 10, &day)) {
        return false;
    }
    if (length > 10) {
        bool whole =
            length == 16 || (length == 19 && text[16] == ':' && digits(text + 17, 2, &second));
        if (!whole || second > 59 || (text[10] != ' ' && text[10] != 'T') ||
            !clock_time_parse(text + 11, 5, &time) || (time == DAY_SECONDS && second > 0)) {
            return false;
        }
    }
    *moment = moment_of(day, time + second);
    return *moment < moment_of(DAY_LAST, DAY_SECONDS); /* 24:00 of the last day is none */
}

static void put_digits(char *out, int number, int count)
{
    for (int i = count; i-- > 0; number /= 10) {
        out[i] = (char)('0' + number % 10);
    }
}

char *day_format(int32_t day, char *out)
{
    int year, month, of_month;
    if (day < DAY_FIRST || day > DAY_LAST) {
        memcpy(out, "?", 2);
        return out;
    }
    day_to_civil(day, &year, &month, &of_month);
    memcpy(out, "0000-00-00", DAY_TEXT);
    put_digits(out, year, 4);
    put_digits(out + 5, month, 2);
    put_digits(out + 8, of_month, 2);
    return out;
}

char *moment_format(int64_t moment, char *out)
{
    if (moment < moment_of(DAY_FIRST, 0) || moment >= moment_of(DAY_LAST, DAY_SECONDS)) {
        memcpy(out, "?", 2);
        return out;
    }
    int32_t day = moment_day(moment);
    int second = (int)(moment - moment_of(day, 0));
    day_format(day, out);
    memcpy(out + 10, " 00:00", 7);
    put_digits(out + 11, second / 3600, 2);
    put_digits(out + 14, second / 60 % 60, 2);
    if (second % 60) {
        memcpy(out + 16, ":00", 4);
        put_digits(out + 17, second % 60, 2);
    }
    return out;
}
