/* verb_duties.c: a year of duties: of each, month by month, how many were done in time or late, how
 * many were waived, are late, are to come. */
#include <string.h>

#include "core/duty.h"
#include "data/desk/lists.h"

enum { MONTHS = 12, STANDINGS = 5 };
enum standing { STANDING_DONE, STANDING_DONE_LATE, STANDING_WAIVED, STANDING_LATE, STANDING_OPEN };

struct year_of_duties {
    struct asking *asking;
    int64_t (*counts)[MONTHS][STANDINGS]; /* by duty of the policy at hand */
};

/* Index of the duty that SOURCE ("duty.NAME/…") comes from; -1 it is none of this policy. */
static int32_t duty_of(const struct policy *policy, const char *source)
{
    const char *name = source + strlen("duty.");
    size_t length = strcspn(name, "/");
    for (int32_t i = 0; i < policy->duty_count; i++) {
        const char *here = policy->duties[i].title.name;
        if (strlen(here) == length && strncmp(here, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* It ended without being done: the duty was waived. */
static bool is_dropped(struct asking *asking, const struct source_row *row)
{
    const struct rulebook *rulebook = rulebook_find(asking->counter, row->policy, asking->error);
    const struct policy *policy = rulebook ? rulebook->policy : NULL;
    int32_t index = policy ? procedure_named(policy, row->procedure) : -1;
    int32_t symbol = policy ? names_find(policy->names, row->state, strlen(row->state)) : 0;
    int32_t state = index >= 0 && symbol ? policy->procedures[index].state_of[symbol] : -1;
    return state >= 0 && policy->procedures[index].states[state].final == FINAL_DROPPED;
}

/* One of which the card that would count against somebody is waived counts against nobody. */
static enum standing standing_of(struct asking *asking, const struct source_row *row)
{
    bool past = row->due <= asking->now;
    if (row->waived && (row->closed || past)) {
        return STANDING_WAIVED;
    }
    if (row->closed) {
        return is_dropped(asking, row) ? STANDING_WAIVED
               : row->late             ? STANDING_DONE_LATE
                                       : STANDING_DONE;
    }
    return past ? STANDING_LATE : STANDING_OPEN;
}

static int take(void *self, const struct source_row *row)
{
    struct year_of_duties *year = self;
    int32_t duty = duty_of(year->asking->counter->current->policy, row->source);
    int month = 1;
    day_to_civil(moment_day(row->due - 1), NULL, &month, NULL);
    if (duty >= 0) {
        year->counts[duty][month - 1][standing_of(year->asking, row)]++;
    }
    return 0;
}

static void put_year(const struct year_of_duties *year, struct table *table)
{
    const struct policy *policy = year->asking->counter->current->policy;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        const struct duty *duty = &policy->duties[i];
        const struct title *of = &policy->roles[duty->schedule.of].title;
        struct text cites = {0};
        reply_cites(year->asking, policy, duty->schedule.cites, &cites);
        for (int month = 0; month < MONTHS; month++) {
            const int64_t *n = year->counts[i][month];
            table_text(table, duty->title.name);
            table_both(table, duty->title.zh, duty->title.en);
            table_both(table, of->zh, of->en);
            table_text(table, cites.length ? text_bytes(&cites) : NULL);
            table_int(table, month + 1);
            for (int k = 0; k < STANDINGS; k++) {
                table_int(table, n[k]);
            }
        }
        text_free(&cites);
    }
}

int verb_duties(struct asking *asking)
{
    static const struct column columns[] = {{"duty", CELL_NAME, N_("duty")},
                                            {"title", CELL_TEXT, N_("duty")},
                                            {"of", CELL_TEXT, N_("of whom")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"month", CELL_NUMBER, N_("month")},
                                            {"done", CELL_NUMBER, N_("in time")},
                                            {"done_late", CELL_NUMBER, N_("done late")},
                                            {"waived", CELL_NUMBER, N_("waived")},
                                            {"late", CELL_NUMBER, N_("late")},
                                            {"open", CELL_NUMBER, N_("to come")}};
    const struct policy *policy = asking->counter->current->policy;
    struct year_of_duties year = {.asking = asking};
    struct sight sight = sight_of(asking);
    int32_t first, last;
    int now;
    day_to_civil(moment_day(asking->now), &now, NULL, NULL);
    int asked_year = (int)parcel_int(asking->request, "year", now);
    year.counts = arena_array(asking->arena, (size_t)policy->duty_count + 1, sizeof *year.counts);
    if (!year.counts) {
        return error_memory(asking->error);
    }
    memset(year.counts, 0, ((size_t)policy->duty_count + 1) * sizeof *year.counts);
    if (!day_from_civil(asked_year, 1, 1, &first) || day_of_year_end(asked_year, &last) != 0) {
        return error_set(asking->error, ERROR_USAGE, N_("year is a year, as 2026"), NULL, NULL);
    }
    parcel_put_int(asking->reply, "year", asked_year);
    struct table *table = parcel_table(asking->reply, "duties", columns, 10);
    if (list_sources(asking->counter->store, &sight, "duty.", moment_of(first, 0),
                     moment_of(last + 1, 0), asking->now, take, &year, asking->error) != 0) {
        return -1;
    }
    put_year(&year, table);
    return 0;
}
