/* case_clock.c: of a row of the queue, the stage and the clock by which it stands there. */
#include <string.h>

#include "data/desk/lists.h"

void case_put_stage(struct table *table, const struct procedure *procedure, int32_t state)
{
    int32_t stage = procedure && state >= 0 ? procedure->states[state].stage : -1;
    if (stage < 0) {
        table_text(table, NULL);
    } else {
        table_int(table, stage + 1);
    }
    table_int(table, procedure ? procedure->stages.count : 0);
}

const char *basis_name(enum basis basis)
{
    static const char *const names[] = {"stated", "implied", "house", "right"};
    return names[basis];
}

/* A written day counts in days. */
const char *clock_counts(const struct clock *clock)
{
    static const char *const units[] = {
        [UNIT_WD] = "wd", [UNIT_D] = "d", [UNIT_MO] = "d", [UNIT_H] = "min"};
    const struct limit *limit = clock->limit_count ? &clock->limits[0] : &clock->least;
    return limit->kind == LIMIT_DAY ? "d" : units[limit->period.unit];
}

/* The first day on which it may end, where that is so many days after it started. */
static int32_t least_of(const struct clock *clock, int64_t started)
{
    const struct limit *least = &clock->least;
    bool plain = least->kind == LIMIT_AFTER && least->length_field < 0 &&
                 least->anchor == ANCHOR_START && least->period.unit == UNIT_D;
    return plain ? day_add(moment_day(started), least->period.n) : DAY_NONE;
}

static void put_left_days(struct asking *asking, struct table *table, const struct case_row *row)
{
    if (row->closed || row->held || row->due_at == MOMENT_NONE) {
        table_text(table, NULL);
    } else {
        table_int(table, moment_day(row->due_at - 1) - moment_day(asking->now));
    }
}

void case_put_clock(struct asking *asking, struct table *table, const struct case_row *row,
                    const struct policy *policy)
{
    int32_t symbol =
        row->clock && policy ? names_find(policy->names, row->clock, strlen(row->clock)) : 0;
    int32_t index = symbol ? policy->clock_of[symbol] : -1;
    if (index < 0) {
        for (int i = 0; i < 8; i++) {
            table_text(table, NULL);
        }
        return;
    }
    const struct clock *clock = &policy->clocks[index];
    struct text cites = {0};
    reply_cites(asking, policy, clock->cites, &cites);
    table_text(table, clock->title.name);
    table_both(table, clock->title.zh, clock->title.en);
    table_moment(table, row->since);
    table_day(table, least_of(clock, row->since));
    table_text(table, clock_counts(clock));
    put_left_days(asking, table, row);
    table_text(table, basis_name(clock->basis));
    table_text(table, cites.length ? text_bytes(&cites) : NULL);
    text_free(&cites);
}
