/* test_sample_days.c: the sample city on days that are not like others: whole, and with something
 * of everything to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/city.h"

static void assert_whole(struct bureau *bureau)
{
    if (bureau_ask(bureau, "verify", NULL) != 0) {
        const struct table *wrong = parcel_find(&bureau->reply, "wrong");
        fail_msg("%s: %s %s", bureau->error.sentence, wrong ? table_cell(wrong, 0, "where") : "",
                 wrong ? table_cell(wrong, 0, "what") : "");
    }
}

static int64_t total(struct bureau *bureau, const char *query, const char *closed)
{
    bureau_must(bureau, "list", "query", query, "closed", closed, "limit", "1", NULL);
    return parcel_int(&bureau->reply, "total", -1);
}

static int64_t clocks_standing_still(struct bureau *bureau)
{
    bureau_must(bureau, "list", "query", "paused", "clocks", "yes", "limit", "1", NULL);
    return parcel_int(&bureau->reply, "total", -1);
}

/* As a bureau looks on any day: some sixty to a hundred in work, a handful late, some due now. */
static void assert_alive(struct bureau *bureau)
{
    bureau_must(bureau, "status", NULL);
    const struct table *cards = parcel_find(&bureau->reply, "cards");
    int64_t open = parcel_int(&bureau->reply, "open", 0);
    assert_in_range(open, 60, 100);
    for (size_t row = 0; row < table_rows(cards); row++) {
        const char *n = table_cell(cards, row, "n"), *card = table_cell(cards, row, "card");
        int64_t least = strcmp(card, "double") == 0 ? 1 : strcmp(card, "red") == 0 ? 3 : 5;
        if (strtoll(n, NULL, 10) < least || strtoll(n, NULL, 10) > 30) {
            fail_msg("%s cards: %s", card, n);
        }
    }
    assert_in_range(total(bureau, "procedure:access", "yes"), 60, 140);
    assert_true(clocks_standing_still(bureau) > 0);
    assert_true(total(bureau, "state:supplement", "no") > 0);
}

/* Desks: somebody of the bureau has work, and what is due is with somebody. */
static void assert_desks(struct bureau *bureau)
{
    bureau_must(bureau, "status", NULL);
    const struct table *handlers = parcel_find(&bureau->reply, "handlers");
    assert_true(table_rows(handlers) > 5);
    assert_true(parcel_int(&bureau->reply, "week", 0) > 0);
}

/* PAUSED: cases stand still as a whole too, which few do after nine days on which nobody worked. */
static void look(const char *day, bool paused)
{
    struct bureau bureau;
    city_make(&bureau, day);
    assert_alive(&bureau);
    assert_true(!paused || total(&bureau, "paused", "no") > 0);
    assert_desks(&bureau);
    assert_whole(&bureau);
    bureau_free(&bureau);
}

static void test_a_saturday(void **state)
{
    (void)state;
    look("2026-11-28", true);
}

static void test_within_national_day(void **state)
{
    (void)state;
    look("2026-10-02", true);
}

static void test_the_day_after_spring_festival(void **state)
{
    (void)state;
    look("2026-02-24", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_saturday),
        cmocka_unit_test(test_within_national_day),
        cmocka_unit_test(test_the_day_after_spring_festival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
