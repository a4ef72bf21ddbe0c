/* value.c: decimals in millionths. */
#include "core/value.h"

bool decimal_parse(const char *text, size_t length, int64_t *micro)
{
    size_t at = 0, whole = 0, part = 0;
    bool negative = length > 0 && text[0] == '-';
    int64_t sum = 0;
    at += negative;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; at++, whole++) {
        if (whole == 12) {
            return false;
        }
        sum = sum * 10 + (text[at] - '0');
    }
    if (whole == 0) {
        return false;
    }
    if (at < length) {
        if (text[at] != '.' || at + 1 == length) {
            return false;
        }
        for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++, part++) {
            if (part == 6) {
                return false;
            }
            sum = sum * 10 + (text[at] - '0');
        }
    }
    for (; part < 6; part++) {
        sum *= 10;
    }
    *micro = negative ? -sum : sum;
    return at == length;
}

/* A wide quotient, rounded half away from 0. */
static struct value rounded(__int128 above, __int128 below)
{
    bool negative = (above < 0) != (below < 0);
    above = above < 0 ? -above : above;
    below = below < 0 ? -below : below;
    __int128 quotient = (above + below / 2) / below;
    if (quotient > INT64_MAX) {
        return value_unknown();
    }
    return value_of(negative ? -(int64_t)quotient : (int64_t)quotient);
}

struct value decimal_multiply(int64_t a, int64_t b)
{
    return rounded((__int128)a * b, MICRO);
}

struct value decimal_divide(int64_t a, int64_t b)
{
    return b == 0 ? value_unknown() : rounded((__int128)a * MICRO, b);
}
