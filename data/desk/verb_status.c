/* verb_status.c: today's dashboard: what will go wrong this week, and whose desk is it on. What
 * comes round by itself (duties, bills, appraisals) is told apart: hundreds of reports that are due
 * in a month would hide the one application that is late. */
#include <limits.h>
#include <string.h>

#include "data/desk/lists.h"
#include "data/desk/remedy.h"

enum { HEAT_DAYS = 30, URGENT_MOST = 15, HANDLERS_MOST = 200, SOON_DAYS = 3 };

struct handler { /* a person; where none is named, the role whose turn it is */
    int64_t id;
    int32_t role; /* of the policy at hand; -1 where a person is named */
    int64_t n, late, week;
    int32_t heat[HEAT_DAYS];
};
struct sums {
    int64_t n, late, today, week;
};
struct dash {
    struct asking *asking;
    const struct revision *revision;
    int32_t today, soon, week; /* SOON: the last day that is soon; WEEK: the Sunday of the week
                                  that the next working day lies in */
    struct sums *periodic;     /* what comes round, by procedure */
    int64_t ahead;             /* of what comes round, what is not due this week */
    int64_t open, late, due_today, due_soon, due_week, held, unclocked;
    int64_t cards[CARD_DOUBLE + 1]; /* by enum card */
    int64_t waived;                 /* cards that were, which CARDS does not count */
    int32_t days[HEAT_DAYS];
    int64_t heat[HEAT_DAYS];
    struct handler handlers[HANDLERS_MOST];
    int handler_count;
    struct table *states;
    const char *procedure, *state; /* of the row being added up */
    int32_t with;                  /* role whose turn it is in that state; -1 */
    struct sums *round;            /* its procedure comes round; NULL */
    int64_t n, n_late;
};

static void begin_days(struct dash *dash)
{
    int32_t day = calendar_next(dash->revision, dash->today);
    for (int i = 0; i < HEAT_DAYS; i++) {
        dash->days[i] = day;
        day = calendar_add(dash->revision, day, 1);
    }
    dash->soon = calendar_add(dash->revision, dash->today, SOON_DAYS);
    dash->week = day_add(dash->days[0], 7 - day_weekday(dash->days[0]));
}

/* Duties, bills and scores open it as time goes by: it is reckoned apart from what is asked for. */
static bool comes_round(const struct policy *policy, int32_t procedure)
{
    bool round = false;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        round |= policy->duties[i].schedule.opens == procedure;
    }
    for (int32_t i = 0; i < policy->bill_count; i++) {
        round |= policy->bills[i].schedule.opens == procedure;
    }
    for (int32_t i = 0; i < policy->score_count; i++) {
        round |= policy->scores[i].schedule.opens == procedure;
    }
    return round;
}

static void put_title(struct table *table, const struct title *title)
{
    table_text(table, title ? title->name : NULL);
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

static void end_state(struct dash *dash)
{
    const struct policy *policy = dash->asking->counter->current->policy;
    if (!dash->procedure || dash->n == 0 || dash->round) {
        return;
    }
    int32_t index = procedure_named(policy, dash->procedure);
    const struct procedure *procedure = index >= 0 ? &policy->procedures[index] : NULL;
    int32_t symbol = names_find(policy->names, dash->state, strlen(dash->state));
    int32_t state = procedure && symbol ? procedure->state_of[symbol] : -1;
    put_title(dash->states, procedure ? &procedure->title : NULL);
    put_title(dash->states, state >= 0 ? &procedure->states[state].title : NULL);
    table_int(dash->states, dash->n);
    table_int(dash->states, dash->n_late);
}

/* Index of the working day on which what is due on DAY has to be ready; -1 beyond them all. */
static int heat_of(const struct dash *dash, int32_t day)
{
    for (int i = 0; i < HEAT_DAYS; i++) {
        int32_t next = i + 1 < HEAT_DAYS ? dash->days[i + 1] : dash->days[i] + 1;
        if (day >= dash->days[i] && day < next) {
            return i;
        }
    }
    return -1;
}

static struct handler *handler_of(struct dash *dash, int64_t id, int32_t role)
{
    int i = 0;
    while (i < dash->handler_count &&
           (dash->handlers[i].id != id || dash->handlers[i].role != role)) {
        i++;
    }
    if (i == HANDLERS_MOST) {
        return NULL;
    }
    if (i == dash->handler_count) {
        dash->handlers[dash->handler_count++] = (struct handler){.id = id, .role = role};
    }
    return &dash->handlers[i];
}

static void add_handler(struct dash *dash, const struct tally_row *row, bool late)
{
    struct handler *handler = handler_of(dash, row->owner, row->owner ? -1 : dash->with);
    int at = late ? -1 : heat_of(dash, row->day);
    if (!handler) {
        return;
    }
    handler->n += row->n;
    handler->late += late ? row->n : 0;
    handler->week += row->day <= dash->week ? row->n : 0;
    if (at >= 0) {
        handler->heat[at] += (int32_t)row->n;
        dash->heat[at] += row->n;
    }
}

/* The role whose turn it is in a state; -1 where that is said by the case. */
static int32_t role_of(const struct dash *dash)
{
    const struct policy *policy = dash->asking->counter->current->policy;
    int32_t index = procedure_named(policy, dash->procedure);
    const struct procedure *procedure = index >= 0 ? &policy->procedures[index] : NULL;
    int32_t symbol = names_find(policy->names, dash->state, strlen(dash->state));
    int32_t state = procedure && symbol ? procedure->state_of[symbol] : -1;
    const struct who *with = state >= 0 ? &procedure->states[state].with : NULL;
    return with && with->kind == WHO_ROLE ? with->index : -1;
}

static void next_state(struct dash *dash, const struct tally_row *row)
{
    const struct policy *policy = dash->asking->counter->current->policy;
    struct arena *arena = dash->asking->arena;
    int32_t index = procedure_named(policy, row->procedure);
    end_state(dash);
    dash->procedure = arena_text(arena, row->procedure, strlen(row->procedure));
    dash->state = arena_text(arena, row->state, strlen(row->state));
    dash->with = role_of(dash);
    dash->round = index >= 0 && comes_round(policy, index) ? &dash->periodic[index] : NULL;
    dash->n = dash->n_late = 0;
}

static int take(void *self, const struct tally_row *row)
{
    struct dash *dash = self;
    bool held = row->day == INT32_MAX - 1, none = row->day == INT32_MAX;
    bool late = !held && !none && row->day < dash->today;
    if (!dash->procedure || strcmp(dash->procedure, row->procedure) != 0 ||
        strcmp(dash->state, row->state) != 0) {
        next_state(dash, row);
    }
    if (dash->round) {
        dash->round->n += row->n;
        dash->round->late += late ? row->n : 0;
        dash->round->today += row->day == dash->today ? row->n : 0;
        dash->round->week += row->day <= dash->week ? row->n : 0;
        dash->ahead += row->day <= dash->week ? 0 : row->n;
        return 0;
    }
    dash->n += row->n;
    dash->n_late += late ? row->n : 0;
    dash->open += row->n;
    dash->late += late ? row->n : 0;
    dash->held += held ? row->n : 0;
    dash->unclocked += none ? row->n : 0;
    dash->cards[row->card] += row->n;
    dash->due_today += row->day == dash->today ? row->n : 0;
    dash->due_soon += row->day >= dash->today && row->day <= dash->soon ? row->n : 0;
    dash->due_week += row->day <= dash->week ? row->n : 0;
    add_handler(dash, row, late);
    return 0;
}

/* What comes round, by procedure: how much of it stands open, is late, falls due. */
static void put_periodic(struct dash *dash)
{
    static const struct column columns[] = {{"procedure", CELL_NAME, N_("procedure")},
                                            {"procedure_title", CELL_TEXT, N_("procedure")},
                                            {"n", CELL_NUMBER, N_("cases")},
                                            {"late", CELL_NUMBER, N_("late")},
                                            {"today", CELL_NUMBER, N_("due today")},
                                            {"week", CELL_NUMBER, N_("due this week or late")}};
    const struct policy *policy = dash->asking->counter->current->policy;
    struct table *table = parcel_table(dash->asking->reply, "periodic", columns, 6);
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        if (comes_round(policy, i)) {
            put_title(table, &policy->procedures[i].title);
            table_int(table, dash->periodic[i].n);
            table_int(table, dash->periodic[i].late);
            table_int(table, dash->periodic[i].today);
            table_int(table, dash->periodic[i].week);
        }
    }
}

static int excuse(void *self, const struct case_row *row)
{
    struct dash *dash = self;
    const struct policy *policy = dash->asking->counter->current->policy;
    enum card card = case_card(row, dash->asking->now);
    int32_t index = procedure_named(policy, row->procedure);
    const char *mark;
    int status = case_mark(dash->asking, row, card, NULL, &mark);
    bool round = index >= 0 && comes_round(policy, index);
    bool waived = status == 0 && !round && mark && strcmp(mark, "waived") == 0;
    dash->cards[card] -= waived;
    dash->waived += waived;
    return status;
}

/* The cards that are waived are told apart. */
static int put_cards(struct dash *dash)
{
    static const struct column columns[] = {{"card", CELL_CARD, N_("card")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    struct asking *asking = dash->asking;
    struct sight sight = sight_of(asking);
    int status =
        list_remedied(asking->counter->store, &sight, asking->arena, excuse, dash, asking->error);
    struct table *table = parcel_table(asking->reply, "cards", columns, 2);
    parcel_put_int(asking->reply, "waived", dash->waived);
    for (int card = CARD_DOUBLE; card > CARD_NONE; card--) {
        table_text(table, name_of_card((enum card)card));
        table_int(table, dash->cards[card]);
    }
    return status;
}

static void put_heat(struct dash *dash)
{
    static const struct column columns[] = {{"day", CELL_DAY, N_("day")},
                                            {"n", CELL_NUMBER, N_("cases due")},
                                            {"provisional", CELL_YESNO, N_("provisional")}};
    struct table *table = parcel_table(dash->asking->reply, "heat", columns, 3);
    for (int i = 0; i < HEAT_DAYS; i++) {
        table_day(table, dash->days[i]);
        table_int(table, dash->heat[i]);
        table_yesno(table, calendar_provisional(dash->revision, dash->days[i]));
    }
}

/* The one with the most that is late, then due this week, then at all, of those not yet PUT. */
static int next_handler(const struct dash *dash, const bool *put)
{
    int most = -1;
    for (int i = 0; i < dash->handler_count; i++) {
        const struct handler *h = &dash->handlers[i], *m = most < 0 ? NULL : &dash->handlers[most];
        bool more =
            !m || h->late > m->late ||
            (h->late == m->late && (h->week > m->week || (h->week == m->week && h->n > m->n)));
        most = !put[i] && more ? i : most;
    }
    return most;
}

static void put_handler(struct dash *dash, struct table *table, struct table *load, int index)
{
    const struct handler *handler = &dash->handlers[index];
    const struct policy *policy = dash->asking->counter->current->policy;
    const struct entry *person = book_by_id(dash->asking->counter, BOOK_PERSON, handler->id);
    const struct title *role = handler->role >= 0 ? &policy->roles[handler->role].title : NULL;
    if (person) {
        table_text(table, person->thing.name);
    } else if (role) {
        table_both(table, role->zh, role->en);
    } else { /* the case says whose turn it is: whoever owes it */
        table_both(table, "责任单位", "who owes it");
    }
    table_text(table, person ? person->thing.code : NULL);
    table_text(table, role ? role->name : NULL);
    table_int(table, handler->n);
    table_int(table, handler->late);
    table_int(table, handler->week);
    for (int i = 0; i < HEAT_DAYS; i++) {
        if (handler->heat[i]) {
            table_int(load, (int64_t)table_rows(table) - 1);
            table_day(load, dash->days[i]);
            table_int(load, handler->heat[i]);
        }
    }
}

static void put_handlers(struct dash *dash)
{
    static const struct column columns[] = {
        {"who", CELL_TEXT, N_("handler")}, {"login", CELL_NAME, N_("login")},
        {"role", CELL_NAME, N_("role")},   {"n", CELL_NUMBER, N_("cases")},
        {"late", CELL_NUMBER, N_("late")}, {"week", CELL_NUMBER, N_("due this week or late")}};
    static const struct column load_columns[] = {{"handler", CELL_NUMBER, N_("handler")},
                                                 {"day", CELL_DAY, N_("day")},
                                                 {"n", CELL_NUMBER, N_("cases due")}};
    struct table *table = parcel_table(dash->asking->reply, "handlers", columns, 6);
    struct table *load = parcel_table(dash->asking->reply, "load", load_columns, 3);
    bool put[HANDLERS_MOST] = {false};
    for (int next; (next = next_handler(dash, put)) >= 0; put[next] = true) {
        put_handler(dash, table, load, next);
    }
}

static int put_pages(struct asking *asking)
{
    struct list_filter filter;
    if (filter_make(asking, "", &filter) != 0) {
        return -1;
    }
    filter.limit = URGENT_MOST;
    struct list_ends ends = {0};
    int64_t rows = case_page(asking, &filter, "urgent", &(struct told){.by_run = false}, &ends);
    text_free(&ends.first);
    text_free(&ends.last);
    return rows < 0 ? -1 : 0;
}

static void put_sums(struct dash *dash)
{
    struct parcel *reply = dash->asking->reply;
    parcel_put_moment(reply, "now", dash->asking->now);
    parcel_put_int(reply, "open", dash->open);
    parcel_put_int(reply, "ahead", dash->ahead);
    parcel_put_int(reply, "late", dash->late);
    parcel_put_int(reply, "today", dash->due_today);
    parcel_put_int(reply, "soon", dash->due_soon);
    parcel_put_int(reply, "week", dash->due_week);
    parcel_put_int(reply, "held", dash->held);
    parcel_put_int(reply, "unclocked", dash->unclocked);
    parcel_put_day(reply, "next_workday", calendar_add(dash->revision, dash->today, 1));
}

int verb_status(struct asking *asking)
{
    static const struct column columns[] = {
        {"procedure", CELL_NAME, N_("procedure")}, {"procedure_title", CELL_TEXT, N_("procedure")},
        {"state", CELL_NAME, N_("state")},         {"state_title", CELL_TEXT, N_("state")},
        {"n", CELL_NUMBER, N_("cases")},           {"late", CELL_NUMBER, N_("late")}};
    struct sight sight = sight_of(asking);
    struct dash dash = {.asking = asking,
                        .with = -1,
                        .revision = calendar_as_of(asking->counter->calendar, DAY_LAST),
                        .today = moment_day(asking->now)};
    dash.periodic =
        arena_array(asking->arena, (size_t)asking->counter->current->policy->procedure_count + 1,
                    sizeof *dash.periodic);
    if (!dash.periodic) {
        return error_memory(asking->error);
    }
    begin_days(&dash);
    dash.states = parcel_table(asking->reply, "states", columns, 6);
    if (list_tally(asking->counter->store, &sight, asking->now, take, &dash, asking->error) != 0) {
        return -1;
    }
    end_state(&dash);
    put_sums(&dash);
    put_periodic(&dash);
    put_heat(&dash);
    put_handlers(&dash);
    return put_cards(&dash) != 0 ? -1 : put_pages(asking);
}
