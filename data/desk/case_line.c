/* case_line.c: a case, or a clock of one, as a row of a list. */
#include <string.h>

#include "data/desk/lists.h"
#include "data/desk/remedy.h"

static const struct column case_columns[] = {{"number", CELL_NAME, N_("case")},
                                             {"procedure", CELL_NAME, N_("procedure")},
                                             {"procedure_title", CELL_TEXT, N_("procedure")},
                                             {"title", CELL_TEXT, N_("title")},
                                             {"org", CELL_TEXT, N_("organisation")},
                                             {"state", CELL_NAME, N_("state")},
                                             {"state_title", CELL_TEXT, N_("state")},
                                             {"with", CELL_NAME, N_("with")},
                                             {"with_title", CELL_TEXT, N_("with")},
                                             {"owner", CELL_TEXT, N_("handler")},
                                             {"card", CELL_CARD, N_("card")},
                                             {"due", CELL_MOMENT, N_("due")},
                                             {"left", CELL_NUMBER, N_("left")},
                                             {"held", CELL_YESNO, N_("paused")},
                                             {"provisional", CELL_YESNO, N_("provisional")},
                                             {"opened", CELL_DAY, N_("opened")},
                                             {"changed", CELL_MOMENT, N_("changed")},
                                             {"closed", CELL_YESNO, N_("over")},
                                             {"system", CELL_TEXT, N_("system")},
                                             {"county", CELL_TEXT, N_("county")},
                                             {"vendor", CELL_TEXT, N_("vendor")},
                                             {"stage", CELL_NUMBER, N_("stage")},
                                             {"stages", CELL_NUMBER, N_("of stages")},
                                             {"clock", CELL_NAME, N_("clock")},
                                             {"clock_title", CELL_TEXT, N_("clock")},
                                             {"since", CELL_MOMENT, N_("since")},
                                             {"least", CELL_DAY, N_("not before")},
                                             {"unit", CELL_NAME, N_("unit")},
                                             {"days", CELL_NUMBER, N_("days left")},
                                             {"basis", CELL_NAME, N_("basis")},
                                             {"article", CELL_NAME, N_("article")},
                                             {"mark", CELL_NAME, N_("of the card")},
                                             {"mark_title", CELL_TEXT, N_("of the card")}};

enum { CASE_COLUMNS = sizeof case_columns / sizeof *case_columns };

static struct table *make_table(struct asking *asking, const char *name, const struct told *told,
                                bool keyed)
{
    struct column columns[CASE_COLUMNS + 1 + TOLD_COLUMNS_MOST];
    int count = CASE_COLUMNS;
    memcpy(columns, case_columns, sizeof case_columns);
    if (keyed) {
        columns[count++] = (struct column){"key", CELL_NAME, ""};
    }
    count += told ? told_columns(asking, told, columns + count) : 0;
    return parcel_table(asking->reply, name, columns, count);
}

struct table *case_table(struct asking *asking, const char *name, const struct told *told)
{
    return make_table(asking, name, told, false);
}

/* A case may have several: a clock is known by the case's number and its own name. */
struct table *clock_table(struct asking *asking, const char *name, const struct told *told)
{
    return make_table(asking, name, told, true);
}

static void put_title(struct table *table, const struct title *title)
{
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

static const char *name_of(const struct asking *asking, enum book_kind kind, int64_t id)
{
    const struct entry *entry = id ? book_by_id(asking->counter, kind, id) : NULL;
    return entry ? entry->thing.name : NULL;
}

static void put_left(struct asking *asking, struct table *table, const struct case_row *row)
{
    const struct revision *revision = calendar_as_of(asking->counter->calendar, DAY_LAST);
    if (row->held && row->left >= 0) {
        table_int(table, row->left);
    } else if (row->due_at != MOMENT_NONE && !row->closed) {
        table_int(table,
                  calendar_count(revision, moment_day(asking->now), moment_day(row->due_at - 1)));
    } else {
        table_text(table, NULL);
    }
}

static void put_row(struct asking *asking, struct table *table, const struct case_row *row)
{
    enum card card = case_card(row, asking->now);
    const struct rulebook *rulebook = rulebook_find(asking->counter, row->policy, asking->error);
    const struct policy *policy = rulebook ? rulebook->policy : NULL;
    int32_t index = policy ? procedure_named(policy, row->procedure) : -1;
    const struct procedure *procedure = index >= 0 ? &policy->procedures[index] : NULL;
    int32_t symbol = policy ? names_find(policy->names, row->state, strlen(row->state)) : 0;
    int32_t state = procedure && symbol ? procedure->state_of[symbol] : -1;
    int32_t with = policy ? role_named(policy, row->with_role) : -1;
    bool whole = row->due_at != MOMENT_NONE &&
                 (row->due_at % DAY_SECONDS == DAY_SECONDS - 1 || row->due_at % DAY_SECONDS == 0);
    table_text(table, row->number);
    table_text(table, row->procedure);
    put_title(table, procedure ? &procedure->title : NULL);
    table_text(table, row->title);
    table_text(table, name_of(asking, BOOK_ORG, row->org));
    table_text(table, row->state);
    put_title(table, state >= 0 ? &procedure->states[state].title : NULL);
    table_text(table, row->with_role);
    put_title(table, with >= 0 ? &policy->roles[with].title : NULL);
    table_text(table, name_of(asking, BOOK_PERSON, row->owner));
    table_text(table, name_of_card(card));
    if (whole) {
        table_day(table, moment_day(row->due_at - 1));
    } else {
        table_moment(table, row->due_at);
    }
    put_left(asking, table, row);
    table_yesno(table, row->held);
    table_yesno(table, row->provisional);
    table_day(table, row->opened_on);
    table_moment(table, row->changed_at);
    table_yesno(table, row->closed);
    table_text(table, name_of(asking, BOOK_SYSTEM, row->system));
    table_text(table, name_of(asking, BOOK_ORG, row->county));
    table_text(table, name_of(asking, BOOK_ORG, row->vendor));
    case_put_stage(table, procedure, state);
    case_put_clock(asking, table, row, policy);
}

int case_put(struct asking *asking, struct table *table, const struct case_row *row)
{
    put_row(asking, table, row);
    return case_put_mark(asking, table, row, NULL);
}

int clock_put(struct asking *asking, struct table *table, const struct case_row *row)
{
    struct case_row clock = *row;
    struct text key = {0};
    if (row->held) { /* it has no card, and its last day is not known */
        clock.due_at = clock.blue_at = clock.yellow_at = clock.red_at = clock.red2_at = MOMENT_NONE;
    }
    text_addf(&key, "%s %s", row->number ? row->number : "", row->clock);
    put_row(asking, table, &clock);
    int status = case_put_mark(asking, table, &clock, clock.clock);
    table_text(table, text_bytes(&key));
    text_free(&key);
    return status;
}
