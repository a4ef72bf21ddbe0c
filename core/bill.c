/* bill.c: settlement arithmetic. */
#include "core/bill.h"

#include <stdlib.h>

void bill_pieces_free(struct bill_pieces *pieces)
{
    free(pieces->items);
    *pieces = (struct bill_pieces){0};
}

/* What holds on DAY; *UNTIL becomes the day before it next changes, if that is sooner. The same
 * figure said again is no change. */
static const struct dated_amount *amount_on(const struct dated_amount *amounts, size_t count,
                                            int32_t day, int32_t *until)
{
    const struct dated_amount *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (amounts[i].day <= day) {
            found = &amounts[i];
        } else if ((!found || amounts[i].n != found->n) && amounts[i].day - 1 < *until) {
            *until = amounts[i].day - 1;
        }
    }
    return found;
}

/* quantity (millionths) × price × days ÷ days of the month, half up. */
static bool fen_of(struct bill_piece *piece)
{
    __int128 above = (__int128)piece->quantity * piece->price;
    __int128 below = (__int128)MICRO * piece->of_days;
    if (piece->quantity < 0 || piece->price < 0 || above > ((__int128)1 << 110)) {
        return false;
    }
    __int128 fen = (above * piece->days * 2 + below) / (below * 2);
    piece->fen = (int64_t)fen;
    return fen <= INT64_MAX;
}

static bool push(struct bill_pieces *out, const struct bill_piece *piece)
{
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 16;
        struct bill_piece *grown = realloc(out->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        out->items = grown;
        out->capacity = capacity;
    }
    out->items[out->count++] = *piece;
    return true;
}

enum bill_status bill_reckon(const struct charge *charge, int year, int month,
                             struct bill_pieces *out, int64_t *sum)
{
    int32_t first, last;
    int length = day_month_length(year, month);
    size_t before = out->count;
    int64_t total = *sum;
    enum bill_status status = BILL_DONE;
    if (!day_from_civil(year, month, 1, &first) || !day_from_civil(year, month, length, &last)) {
        return BILL_OVERFLOW;
    }
    first = charge->start > first ? charge->start : first;
    last = charge->stop != DAY_NONE && charge->stop - 1 < last ? charge->stop - 1 : last;
    for (int32_t day = first, until; day <= last && status == BILL_DONE; day = until + 1) {
        until = last;
        const struct dated_amount *quantity =
            amount_on(charge->quantities, charge->quantity_count, day, &until);
        const struct dated_amount *price =
            amount_on(charge->prices, charge->price_count, day, &until);
        if (!quantity || quantity->n == 0) {
            continue;
        }
        struct bill_piece piece = {.first = day,
                                   .last = until,
                                   .quantity = quantity->n,
                                   .price = price ? price->n : 0,
                                   .days = until - day + 1,
                                   .of_days = length};
        status = !price ? BILL_NO_PRICE
                 : !fen_of(&piece) || __builtin_add_overflow(total, piece.fen, &total)
                     ? BILL_OVERFLOW
                 : !push(out, &piece) ? BILL_MEMORY
                                      : BILL_DONE;
    }
    if (status == BILL_DONE) {
        *sum = total;
    } else {
        out->count = before;
    }
    return status;
}
