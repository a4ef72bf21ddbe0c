/*
 * bill.h: what is charged for a month (article on settlement; POLICY guide, section 9): quantity ×
 * dated catalogue price × days ÷ days of the month, split where one of them changes, in 分.
 */
#ifndef YUNTAI_CORE_BILL_H
#define YUNTAI_CORE_BILL_H

#include "core/day.h"
#include "core/value.h"

struct dated_amount {
    int32_t day; /* from this day on */
    int64_t n;   /* quantity in millionths, or price of one for a whole month in 分 */
};
/* A resource that is charged. The start day counts, the stop day does not. */
struct charge {
    const struct dated_amount *quantities,
        *prices; /* by day, rising; before the first nothing is charged */
    size_t quantity_count, price_count;
    int32_t start, stop; /* STOP DAY_NONE: still charged */
};
struct bill_piece { /* days on which nothing changes */
    int32_t first, last;
    int64_t quantity, price;
    int32_t days, of_days;
    int64_t fen; /* rounded half up: the pieces printed add up to the sum printed */
};
struct bill_pieces {
    struct bill_piece *items; /* owned */
    size_t count, capacity;
};
enum bill_status {
    BILL_DONE,
    BILL_MEMORY,
    BILL_OVERFLOW, /* a figure is negative, or the sum too large to write down */
    BILL_NO_PRICE  /* a day with a quantity has no price */
};

/* Appends what CHARGE comes to in a month and adds it to *SUM. Nothing is added unless BILL_DONE.
 */
enum bill_status bill_reckon(const struct charge *charge, int year, int month,
                             struct bill_pieces *out, int64_t *sum);
void bill_pieces_free(struct bill_pieces *pieces);

#endif
