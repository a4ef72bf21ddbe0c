/* case_mark.c: of a row of a list, whether the card it shows was explained or waived. */
#include <string.h>

#include "data/desk/lists.h"
#include "data/desk/remedy.h"

enum card case_card(const struct case_row *row, int64_t now)
{
    const int64_t at[] = {MOMENT_NONE, row->blue_at, row->yellow_at, row->red_at, row->red2_at};
    enum card card = CARD_NONE;
    for (int i = CARD_BLUE; i <= CARD_DOUBLE && !row->closed; i++) {
        card = at[i] != MOMENT_NONE && at[i] <= now ? (enum card)i : card;
    }
    return card;
}

struct marking {
    int64_t now;
    enum card card;    /* that the row shows */
    const char *clock; /* NULL: of the whole case */
    int clocks, waived, explained;
};

static enum card card_at(const struct clock_row *row, int64_t now)
{
    const int64_t at[] = {MOMENT_NONE, MOMENT_NONE, row->yellow, row->red, row->red2};
    enum card card = CARD_NONE;
    for (int i = CARD_YELLOW; i <= CARD_DOUBLE; i++) {
        card = at[i] != MOMENT_NONE && at[i] <= now ? (enum card)i : card;
    }
    return card;
}

static int take(void *self, const struct clock_row *row)
{
    struct marking *marking = self;
    bool counts = row->state == RUN_RUNNING && row->ended == MOMENT_NONE &&
                  card_at(row, marking->now) == marking->card &&
                  (!marking->clock || strcmp(marking->clock, row->clock) == 0);
    if (counts) {
        bool waived = row->waived >= (int32_t)marking->card;
        marking->clocks++;
        marking->waived += waived;
        marking->explained += waived || row->explained >= (int32_t)marking->card;
    }
    return 0;
}

int case_mark(struct asking *asking, const struct case_row *row, enum card card, const char *clock,
              const char **mark)
{
    struct marking marking = {.now = asking->now, .card = card, .clock = clock};
    *mark = NULL;
    if (row->closed || card < CARD_YELLOW) {
        return 0;
    }
    if (asking->marked == MARKED_UNKNOWN) {
        int some = store_any_marked(asking->counter->store, asking->error);
        if (some < 0) {
            return -1;
        }
        asking->marked = some ? MARKED_SOME : MARKED_NONE;
    }
    if (asking->marked == MARKED_NONE) {
        return 0;
    }
    if (store_marked(asking->counter->store, row->id, take, &marking, asking->error) != 0) {
        return -1;
    }
    *mark = marking.clocks == 0                   ? NULL
            : marking.waived == marking.clocks    ? "waived"
            : marking.explained == marking.clocks ? "explained"
                                                  : NULL;
    return 0;
}

static void put_mark(struct table *table, const char *mark)
{
    static const struct title titles[] = {{.name = "waived", .zh = "已豁免", .en = "waived"},
                                          {.name = "explained", .zh = "已解释", .en = "explained"}};
    const struct title *title = NULL;
    for (size_t i = 0; mark && i < sizeof titles / sizeof *titles; i++) {
        title = strcmp(titles[i].name, mark) == 0 ? &titles[i] : title;
    }
    table_text(table, mark);
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

int case_put_mark(struct asking *asking, struct table *table, const struct case_row *row,
                  const char *clock)
{
    const char *mark;
    int status = case_mark(asking, row, case_card(row, asking->now), clock, &mark);
    put_mark(table, mark);
    return status;
}
