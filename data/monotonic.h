/*
 * monotonic.h: how much time passes, by a clock that nobody sets.
 */
#ifndef YUNTAI_DATA_MONOTONIC_H
#define YUNTAI_DATA_MONOTONIC_H

#include <stdint.h>

/* Milliseconds since a moment that stays the same while the machine runs. */
int64_t monotonic_ms(void);

#endif
