/* case_cards.c: how many of a list have which card, stand still, fall due on which day. */
#include "data/desk/lists.h"

enum { CARDS = 5, DAYS = 42 };

int case_cards(struct asking *asking, const struct list_filter *filter, struct list_counts *counts)
{
    static const struct column columns[] = {{"card", CELL_CARD, N_("card")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    static const char *const names[CARDS] = {"held", "blue", "yellow", "red", "double"};
    if (list_counts(asking->counter->store, filter, LIST_COUNTED_MOST, counts, asking->error) !=
        0) {
        return -1;
    }
    if (counts->laborious || counts->more) {
        return 0; /* so many that nobody counts them */
    }
    struct table *table = parcel_table(asking->reply, "cards", columns, 2);
    for (int card = CARDS - 1; card >= 0; card--) {
        table_text(table, names[card]);
        table_int(table, card ? counts->cards[card] : counts->held);
    }
    return 0;
}

int case_days(struct asking *asking, const struct list_filter *filter)
{
    static const struct column columns[] = {{"day", CELL_DAY, N_("day")},
                                            {"n", CELL_NUMBER, N_("cases due")},
                                            {"works", CELL_YESNO, N_("working day")},
                                            {"provisional", CELL_YESNO, N_("provisional")},
                                            {"double", CELL_NUMBER, N_("double red card")},
                                            {"red", CELL_NUMBER, N_("red card")},
                                            {"yellow", CELL_NUMBER, N_("yellow card")},
                                            {"blue", CELL_NUMBER, N_("blue card")}};
    const struct revision *revision = calendar_as_of(asking->counter->calendar, DAY_LAST);
    struct list_day days[DAYS] = {{0}};
    int32_t from = DAY_NONE;
    if (!asked(asking, "days")) {
        return 0;
    }
    if (!asked_day(asking, "days", &from) ||
        list_days(asking->counter->store, filter, from, DAYS, days, asking->error) != 0) {
        return -1;
    }
    struct table *table =
        parcel_table(asking->reply, "days", columns, sizeof columns / sizeof *columns);
    for (int32_t i = 0; i < DAYS; i++) {
        table_day(table, from + i);
        table_int(table, days[i].n);
        table_yesno(table, calendar_works(revision, from + i));
        table_yesno(table, calendar_provisional(revision, from + i));
        for (int card = CARD_DOUBLE; card >= CARD_BLUE; card--) {
            table_int(table, days[i].cards[card]);
        }
    }
    return 0;
}
