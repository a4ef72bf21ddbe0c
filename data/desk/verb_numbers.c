/* verb_numbers.c: the register of numbers, with its gaps; a number that stays unused. */
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "data/desk/inside.h"

struct numbering {
    struct asking *asking;
    struct table *table;
    char *series; /* of the row before; owned */
    int64_t year, seq, gaps, count;
    int status;
};

static const char *case_number(struct asking *asking, int64_t id, bool *dropped)
{
    struct case_row row;
    int found = id ? store_case(asking->counter->store, id, asking->arena, &row, asking->error) : 0;
    *dropped = found == 0;
    if (found != 1) {
        return NULL;
    }
    struct rulebook *rulebook = rulebook_find(asking->counter, row.policy, asking->error);
    int32_t index = rulebook ? procedure_named(rulebook->policy, row.procedure) : -1;
    for (int32_t i = 0; index >= 0 && i < rulebook->policy->procedures[index].state_count; i++) {
        const struct state *state = &rulebook->policy->procedures[index].states[i];
        *dropped |= strcmp(state->title.name, row.state) == 0 && state->final == FINAL_DROPPED;
    }
    return sees_case(asking, &row) ? row.title : NULL;
}

static void put_number(struct numbering *numbering, const struct number_row *row, bool gap)
{
    struct table *table = numbering->table;
    bool dropped = false;
    const char *title = row ? case_number(numbering->asking, row->case_id, &dropped) : NULL;
    table_text(table, row ? row->text : NULL);
    table_text(table, row ? row->series : numbering->series);
    table_int(table, row ? row->year : numbering->year);
    table_int(table, row ? row->seq : numbering->seq + 1);
    table_text(table, title);
    if (row) {
        table_day(table, row->day);
    } else {
        table_text(table, NULL);
    }
    table_text(table, row ? row->void_reason : NULL);
    table_yesno(table, dropped);
    table_yesno(table, gap);
}

/* Numbers go 1, 2, 3 within a series and year: one that is not there is a gap, shown as a row of
 * its own at the number where it begins. */
static int take_number(void *self, const struct number_row *row)
{
    struct numbering *numbering = self;
    bool same = numbering->series && strcmp(numbering->series, row->series) == 0 &&
                numbering->year == row->year;
    if (!same) {
        size_t size = strlen(row->series) + 1;
        free(numbering->series);
        numbering->series = malloc(size);
        if (!numbering->series) {
            numbering->status = error_memory(numbering->asking->error);
            return 1;
        }
        memcpy(numbering->series, row->series, size);
        numbering->year = row->year;
        numbering->seq = 0;
    }
    if (row->seq != numbering->seq + 1) {
        put_number(numbering, NULL, true);
        numbering->gaps += row->seq - numbering->seq - 1;
    }
    put_number(numbering, row, false);
    numbering->seq = row->seq;
    numbering->count++;
    return 0;
}

/* Series go by their procedure, or by one of its letters: where nothing was given and no procedure
 * is called so, it is a slip. */
static int any_number(void *self, const struct number_row *row)
{
    bool *some = self;
    (void)row;
    *some = true;
    return 1;
}

static int check_series(struct asking *asking, const char *series)
{
    const struct policy *policy = asking->counter->current->policy;
    struct near_word nearest = near_begin(series, strlen(series));
    bool some = procedure_named(policy, series) >= 0 || strncmp(series, "letter.", 7) == 0;
    int status =
        some ? 0
             : store_numbers(asking->counter->store, series, 0, any_number, &some, asking->error);
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        near_offer(&nearest, policy->procedures[i].title.name);
    }
    if (status != 0 || some) {
        return status;
    }
    return error_set(asking->error, ERROR_USAGE,
                     nearest.best ? N_("there is no series “%1”; perhaps “%2”")
                                  : N_("there is no series “%1”"),
                     series, nearest.best);
}

int verb_numbers(struct asking *asking)
{
    static const struct column columns[] = {
        {"number", CELL_NAME, N_("number")},       {"series", CELL_NAME, N_("series")},
        {"year", CELL_NUMBER, N_("year")},         {"seq", CELL_NUMBER, N_("in the series")},
        {"case", CELL_TEXT, N_("case")},           {"day", CELL_DAY, N_("given on")},
        {"void", CELL_TEXT, N_("unused because")}, {"dropped", CELL_YESNO, N_("case dropped")},
        {"gap", CELL_YESNO, N_("missing")}};
    const char *series = asked(asking, "series");
    if (!asking->sees_all && !asking->keeps) {
        return refuse_right(asking, "numbers", roles_seeing_all(asking->counter->current->policy));
    }
    if (series && check_series(asking, series) != 0) {
        return -1;
    }
    struct numbering numbering = {.asking = asking,
                                  .table = parcel_table(asking->reply, "numbers", columns, 9)};
    int status = store_numbers(asking->counter->store, series ? series : "",
                               parcel_int(asking->request, "year", 0), take_number, &numbering,
                               asking->error);
    free(numbering.series);
    parcel_put_int(asking->reply, "total", numbering.count);
    parcel_put_int(asking->reply, "gaps", numbering.gaps);
    return status ? status : numbering.status;
}

int verb_unused(struct asking *asking)
{
    const char *number, *reason;
    struct number_row row;
    bool dropped;
    if (must_ask(asking, "number", &number) != 0 || must_ask(asking, "reason", &reason) != 0) {
        return -1;
    }
    struct case_row of; /* access-2026-12 is a number too */
    if (case_called(asking, number, &of) == 1 && of.number) {
        number = of.number;
    }
    int found = asking->error->code != ERROR_NONE
                    ? -1
                    : store_number_named(asking->counter->store, number, asking->arena, &row,
                                         asking->error);
    if (found <= 0) {
        return found < 0 ? -1 : refuse_access(asking, number);
    }
    case_number(asking, row.case_id, &dropped);
    if (asking->error->code != ERROR_NONE) {
        return -1;
    }
    if (row.void_reason) {
        return error_set(asking->error, ERROR_USAGE, N_("%1 is void already: %2"), number,
                         row.void_reason);
    }
    if (!dropped) {
        return error_set(asking->error, ERROR_REFUSED,
                         N_("%1 is the number of a case that stands; only the number of a dropped "
                            "case is void"),
                         number, NULL);
    }
    parcel_put(asking->reply, "number", number);
    return store_number_void(asking->counter->store, &row, reason, asking->error);
}
