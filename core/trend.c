/* trend.c: the line of least squares. */
#include "core/trend.h"

bool trend_slope(const struct trend_point *points, size_t count, int64_t *slope)
{
    __int128 months = 0, amounts = 0, products = 0, squares = 0, n = (__int128)count;
    *slope = 0;
    for (size_t i = 0; i < count; i++) {
        __int128 month = points[i].month - points[0].month;
        months += month;
        amounts += points[i].amount;
        products += month * points[i].amount;
        squares += month * month;
    }
    __int128 below = n * squares - months * months;
    if (count < 2 || below == 0) {
        return false;
    }
    __int128 above = n * products - months * amounts;
    *slope = (int64_t)((above + (above < 0 ? -below : below) / 2) / below);
    return true;
}

int32_t trend_reaches(int64_t from, int64_t slope, int64_t limit, int32_t most)
{
    if (from >= limit) {
        return 0;
    }
    int64_t months = slope > 0 ? (limit - from + slope - 1) / slope : -1;
    return months > most ? -1 : (int32_t)months;
}
