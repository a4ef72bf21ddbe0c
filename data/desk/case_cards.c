/* case_cards.c: how many of a list have which card, stand still, fall due on which day. */
#include "data/desk/lists.h"

enum { MOST = 20000, CARDS = 5, DAYS = 42 };

int64_t case_count_with(struct asking *asking, const struct list_filter *filter,
                        const struct list_test *test)
{
    struct list_filter narrowed = *filter;
    struct list_test *tests = arena_array(asking->arena, (size_t)filter->count + 1, sizeof *tests);
    if (!tests) {
        return error_memory(asking->error);
    }
    for (int32_t i = 0; i < filter->count; i++) {
        tests[i] = filter->tests[i];
    }
    tests[filter->count] = *test;
    narrowed.tests = tests;
    narrowed.count = filter->count + 1;
    return list_size(asking->counter->store, &narrowed, MOST, asking->error);
}

int case_cards(struct asking *asking, const struct list_filter *filter)
{
    static const struct column columns[] = {{"card", CELL_CARD, N_("card")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    static const char *const names[CARDS] = {"held", "blue", "yellow", "red", "double"};
    struct table *table = parcel_table(asking->reply, "cards", columns, 2);
    for (int card = CARDS - 1; card >= 0; card--) {
        int64_t id = card;
        struct list_test test = {.column = card ? LIST_CARD : LIST_HELD, .ids = &id, .count = 1};
        int64_t n = case_count_with(asking, filter, &test);
        if (n < 0) {
            return -1;
        }
        table_text(table, names[card]);
        table_int(table, n);
    }
    return 0;
}

int case_days(struct asking *asking, const struct list_filter *filter)
{
    static const struct column columns[] = {{"day", CELL_DAY, N_("day")},
                                            {"n", CELL_NUMBER, N_("cases due")},
                                            {"works", CELL_YESNO, N_("working day")},
                                            {"provisional", CELL_YESNO, N_("provisional")}};
    const struct revision *revision = calendar_as_of(asking->counter->calendar, DAY_LAST);
    int64_t n[DAYS] = {0};
    int32_t from = DAY_NONE;
    if (!asked(asking, "days")) {
        return 0;
    }
    if (!asked_day(asking, "days", &from) ||
        list_days(asking->counter->store, filter, from, DAYS, n, asking->error) != 0) {
        return -1;
    }
    struct table *table = parcel_table(asking->reply, "days", columns, 4);
    for (int32_t i = 0; i < DAYS; i++) {
        table_day(table, from + i);
        table_int(table, n[i]);
        table_yesno(table, calendar_works(revision, from + i));
        table_yesno(table, calendar_provisional(revision, from + i));
    }
    return 0;
}
