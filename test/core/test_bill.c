/* test_bill.c: what a month costs, section 9 of the guide; the figures are reckoned by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/bill.h"

static int32_t day(const char *text)
{
    int32_t out = DAY_NONE;
    if (text[0]) {
        assert_true(day_parse(text, strlen(text), &out));
    }
    return out;
}

struct change {
    const char *day;
    double n; /* quantity in pieces, price in yuan */
};
struct piece {
    const char *first, *last;
    int64_t fen;
};
struct row {
    const char *what;
    struct change quantities[3], prices[3];
    const char *start, *stop; /* stop "" still charged */
    int month;                /* of 2024, a leap year */
    struct piece pieces[4];
    int64_t sum;
};

static const struct row rows[] = {
    {"a whole month is the price",
     {{"2024-01-01", 1}},
     {{"2020-01-01", 310}},
     "2024-01-01",
     "",
     3,
     {{"2024-03-01", "2024-03-31", 31000}},
     31000},
    {"February of a leap year has 29 days",
     {{"2024-01-01", 1}},
     {{"2020-01-01", 290}},
     "2024-02-29",
     "",
     2,
     {{"2024-02-29", "2024-02-29", 1000}},
     1000},
    {"the day of opening counts",
     {{"2024-04-30", 2}},
     {{"2020-01-01", 300}},
     "2024-04-30",
     "",
     4,
     {{"2024-04-30", "2024-04-30", 2000}},
     2000},
    {"the day of closing does not",
     {{"2024-01-01", 2}},
     {{"2020-01-01", 300}},
     "2024-01-01",
     "2024-04-30",
     4,
     {{"2024-04-01", "2024-04-29", 58000}},
     58000},
    {"opened and closed on one day costs nothing",
     {{"2024-04-10", 2}},
     {{"2020-01-01", 300}},
     "2024-04-10",
     "2024-04-10",
     4,
     {{NULL, NULL, 0}},
     0},
    {"before the opening nothing",
     {{"2024-01-01", 2}},
     {{"2020-01-01", 300}},
     "2024-05-01",
     "",
     4,
     {{NULL, NULL, 0}},
     0},
    {"more from the sixteenth on",
     {{"2024-01-01", 2}, {"2024-04-16", 5}},
     {{"2020-01-01", 100}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-15", 10000}, {"2024-04-16", "2024-04-30", 25000}},
     35000},
    {"a new price list in the month",
     {{"2024-01-01", 3}},
     {{"2020-01-01", 100}, {"2024-04-11", 90}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-10", 10000}, {"2024-04-11", "2024-04-30", 18000}},
     28000},
    {"both change, on two days",
     {{"2024-01-01", 1}, {"2024-04-21", 2}},
     {{"2020-01-01", 30}, {"2024-04-11", 60}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-10", 1000},
      {"2024-04-11", "2024-04-20", 2000},
      {"2024-04-21", "2024-04-30", 4000}},
     7000},
    {"both change on one day",
     {{"2024-01-01", 1}, {"2024-04-11", 2}},
     {{"2020-01-01", 30}, {"2024-04-11", 60}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-10", 1000}, {"2024-04-11", "2024-04-30", 8000}},
     9000},
    {"the same price said again splits nothing",
     {{"2024-01-01", 1}},
     {{"2020-01-01", 100}, {"2024-04-11", 100}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-30", 10000}},
     10000},
    {"nothing between two quantities",
     {{"2024-01-01", 1}, {"2024-04-11", 0}, {"2024-04-21", 1}},
     {{"2020-01-01", 30}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-10", 1000}, {"2024-04-21", "2024-04-30", 1000}},
     2000},
    {"half a 分 goes up",
     {{"2024-01-01", 0.5}},
     {{"2020-01-01", 0.01}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-30", 1}},
     1},
    {"less than half goes down",
     {{"2024-01-01", 0.499999}},
     {{"2020-01-01", 0.01}},
     "2024-01-01",
     "",
     4,
     {{"2024-04-01", "2024-04-30", 0}},
     0},
    {"each line is rounded, and the lines add up",
     {{"2024-01-01", 1}, {"2024-03-02", 2}},
     {{"2020-01-01", 1}},
     "2024-01-01",
     "",
     3, /* 100/31 = 3.2, 2 × 100 × 30/31 = 193.5 */
     {{"2024-03-01", "2024-03-01", 3}, {"2024-03-02", "2024-03-31", 194}},
     197},
};

static size_t amounts(const struct change *changes, double unit, struct dated_amount *out)
{
    size_t count = 0;
    for (; count < 3 && changes[count].day; count++) {
        double n = changes[count].n * unit;
        out[count] = (struct dated_amount){day(changes[count].day), (int64_t)(n + 0.5)};
    }
    return count;
}

static void months_reckoned_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct dated_amount quantities[3], prices[3];
        struct charge charge = {.quantities = quantities,
                                .prices = prices,
                                .quantity_count = amounts(row->quantities, MICRO, quantities),
                                .price_count = amounts(row->prices, 100, prices),
                                .start = day(row->start),
                                .stop = day(row->stop)};
        struct bill_pieces pieces = {0};
        int64_t sum = 0;
        print_message("%s\n", row->what);
        assert_int_equal(bill_reckon(&charge, 2024, row->month, &pieces, &sum), BILL_DONE);
        size_t count = 0;
        for (; count < 4 && row->pieces[count].first; count++) {
            assert_true(count < pieces.count);
            assert_int_equal(pieces.items[count].first, day(row->pieces[count].first));
            assert_int_equal(pieces.items[count].last, day(row->pieces[count].last));
            assert_int_equal(pieces.items[count].fen, row->pieces[count].fen);
            assert_int_equal(pieces.items[count].days,
                             pieces.items[count].last - pieces.items[count].first + 1);
        }
        assert_int_equal(pieces.count, count);
        assert_int_equal(sum, row->sum);
        bill_pieces_free(&pieces);
    }
}

static void what_cannot_be_reckoned_adds_nothing(void **state)
{
    (void)state;
    static const struct {
        int64_t quantity, price, before;
        int32_t price_from;
        enum bill_status status;
    } wrong[] = {
        {MICRO, 100, 0, 30000, BILL_NO_PRICE},
        {INT64_MAX, INT64_MAX, 0, 0, BILL_OVERFLOW},
        {INT64_MAX, MICRO * INT64_C(100), 0, 0, BILL_OVERFLOW},
        {-MICRO, 100, 0, 0, BILL_OVERFLOW},
        {MICRO, -100, 0, 0, BILL_OVERFLOW},
        {MICRO, 100, INT64_MAX - 99, 0, BILL_OVERFLOW},
        {MICRO, 100, INT64_MAX - 100, 0, BILL_DONE},
        {INT64_MAX, MICRO, 0, 0, BILL_DONE}, /* 9223372036854775807 分: just fits */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct dated_amount quantity = {0, wrong[i].quantity};
        struct dated_amount price = {wrong[i].price_from, wrong[i].price};
        struct charge charge = {&quantity, &price, 1, 1, 0, DAY_NONE};
        struct bill_pieces pieces = {0};
        int64_t sum = wrong[i].before;
        assert_int_equal(bill_reckon(&charge, 2024, 4, &pieces, &sum), wrong[i].status);
        if (wrong[i].status != BILL_DONE) {
            assert_int_equal(sum, wrong[i].before);
            assert_int_equal(pieces.count, 0);
        }
        bill_pieces_free(&pieces);
    }
}

/* However often a quantity changes: pieces follow each other, cover each charged day once, and the
 * sum is theirs and no further from the exact one than half a 分 a piece. */
static void pieces_cover_the_month_once(void **state)
{
    (void)state;
    uint32_t seed = 7;
    int32_t first = day("2024-04-01");
    for (int round = 0; round < 2000; round++) {
        struct dated_amount quantities[6], prices[4];
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525u + 1013904223u;
            quantities[i] = (struct dated_amount){first - 3 + i * 6 + (int32_t)(seed >> 28) % 6,
                                                  (int64_t)(seed >> 8) % 9 * MICRO / 2};
        }
        for (int i = 0; i < 4; i++) {
            seed = seed * 1664525u + 1013904223u;
            prices[i] = (struct dated_amount){first - 40 + i * 20, (int64_t)(seed >> 16)};
        }
        struct charge charge = {quantities, prices, 6, 4, first + 1, first + 29};
        struct bill_pieces pieces = {0};
        int64_t sum = 0, added = 0, exact = 0; /* EXACT: 分 × 2 × 30 */
        assert_int_equal(bill_reckon(&charge, 2024, 4, &pieces, &sum), BILL_DONE);
        int32_t next = first + 1;
        for (size_t i = 0; i < pieces.count; i++) {
            assert_true(pieces.items[i].first >= next && pieces.items[i].last < first + 29);
            next = pieces.items[i].last + 1;
            added += pieces.items[i].fen;
        }
        for (int32_t d = first + 1; d < first + 29; d++) {
            int64_t quantity = 0, price = 0;
            for (int i = 0; i < 6; i++) {
                quantity = quantities[i].day <= d ? quantities[i].n : quantity;
            }
            for (int i = 0; i < 4; i++) {
                price = prices[i].day <= d ? prices[i].n : price;
            }
            exact += quantity / (MICRO / 2) * price;
        }
        assert_int_equal(sum, added);
        int64_t off = sum * 60 - exact;
        assert_true((off < 0 ? -off : off) <= 30 * (int64_t)pieces.count);
        bill_pieces_free(&pieces);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_reckoned_by_hand),
        cmocka_unit_test(what_cannot_be_reckoned_adds_nothing),
        cmocka_unit_test(pieces_cover_the_month_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
