/*
 * value.h: what an entry or a condition comes to.
 *
 * What was not entered or measured is unknown, which is neither 0 nor no (POLICY guide, section 5).
 * Types are settled when the policy is compiled; a value carries only whether it is known and one
 * integer. Numbers are decimals in millionths, so the same sums come out on every machine.
 */
#ifndef YUNTAI_CORE_VALUE_H
#define YUNTAI_CORE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MICRO 1000000

enum value_type {
    VALUE_NUMBER, /* millionths; money is a number in 元 (分 is MICRO / 100) */
    VALUE_DAY,    /* see day.h */
    VALUE_MOMENT,
    VALUE_PERIOD, /* a count (whole, not millionths) of the unit that the type tells */
    VALUE_YESNO,  /* 1, 0 */
    VALUE_WORD,   /* a symbol */
    VALUE_WORDS,  /* bits: label I of the field chosen */
    VALUE_TEXT    /* known or not; N is not read */
};

struct value {
    bool known;
    int64_t n;
};

static inline struct value value_unknown(void)
{
    return (struct value){false, 0};
}
static inline struct value value_of(int64_t n)
{
    return (struct value){true, n};
}

/* "-12.5" of LENGTH bytes as millionths; at most 12 digits before the point and 6 after it. */
bool decimal_parse(const char *text, size_t length, int64_t *micro);
/* A * B, A / B of millionths, rounded half away from 0; unknown on overflow and division by 0. */
struct value decimal_multiply(int64_t a, int64_t b);
struct value decimal_divide(int64_t a, int64_t b);

#endif
