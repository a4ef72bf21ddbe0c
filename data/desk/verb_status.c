/* verb_status.c: today's dashboard: what will go wrong this week, and whose desk is it on. */
#include <limits.h>
#include <string.h>

#include "data/desk/lists.h"

enum { HEAT_DAYS = 30, URGENT_MOST = 15, HANDLERS_MOST = 200, SOON_DAYS = 3 };

struct handler {
    int64_t id, n, late;
};
struct dash {
    struct asking *asking;
    const struct revision *revision;
    int32_t today, soon; /* SOON: the last day that is soon */
    int64_t open, late, due_today, due_soon, held, unclocked;
    int32_t days[HEAT_DAYS];
    int64_t heat[HEAT_DAYS];
    struct handler handlers[HANDLERS_MOST];
    int handler_count;
    struct table *states;
    const char *procedure, *state; /* of the row being added up */
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
    if (!dash->procedure || dash->n == 0) {
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

static void add_heat(struct dash *dash, int32_t day, int64_t n)
{
    for (int i = 0; i < HEAT_DAYS; i++) {
        int32_t next = i + 1 < HEAT_DAYS ? dash->days[i + 1] : INT32_MIN;
        if (day >= dash->days[i] && (next == INT32_MIN ? day == dash->days[i] : day < next)) {
            dash->heat[i] += n;
        }
    }
}

static void add_handler(struct dash *dash, int64_t id, int64_t n, bool late)
{
    int i = 0;
    while (i < dash->handler_count && dash->handlers[i].id != id) {
        i++;
    }
    if (i == HANDLERS_MOST) {
        return;
    }
    if (i == dash->handler_count) {
        dash->handlers[dash->handler_count++] = (struct handler){.id = id};
    }
    dash->handlers[i].n += n;
    dash->handlers[i].late += late ? n : 0;
}

static int take(void *self, const struct tally_row *row)
{
    struct dash *dash = self;
    bool held = row->day == INT32_MAX - 1, none = row->day == INT32_MAX;
    bool late = !held && !none && row->day < dash->today;
    if (!dash->procedure || strcmp(dash->procedure, row->procedure) != 0 ||
        strcmp(dash->state, row->state) != 0) {
        struct arena *arena = dash->asking->arena;
        end_state(dash);
        dash->procedure = arena_text(arena, row->procedure, strlen(row->procedure));
        dash->state = arena_text(arena, row->state, strlen(row->state));
        dash->n = dash->n_late = 0;
    }
    dash->n += row->n;
    dash->n_late += late ? row->n : 0;
    dash->open += row->n;
    dash->late += late ? row->n : 0;
    dash->held += held ? row->n : 0;
    dash->unclocked += none ? row->n : 0;
    dash->due_today += row->day == dash->today ? row->n : 0;
    dash->due_soon += row->day >= dash->today && row->day <= dash->soon ? row->n : 0;
    add_heat(dash, row->day, row->n);
    add_handler(dash, row->owner, row->n, late);
    return 0;
}

static int put_cards(struct asking *asking)
{
    static const struct column columns[] = {{"card", CELL_CARD, N_("card")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    static const char *const names[] = {"none", "blue", "yellow", "red", "double"};
    struct sight sight = sight_of(asking);
    struct table *table = parcel_table(asking->reply, "cards", columns, 2);
    int64_t n[5] = {0};
    int status = list_cards(asking->counter->store, &sight, asking->now, n, asking->error);
    for (int i = 4; i > 0; i--) {
        table_text(table, names[i]);
        table_int(table, n[i]);
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

static void put_handlers(struct dash *dash)
{
    static const struct column columns[] = {{"who", CELL_TEXT, N_("handler")},
                                            {"login", CELL_NAME, N_("login")},
                                            {"n", CELL_NUMBER, N_("cases")},
                                            {"late", CELL_NUMBER, N_("late")}};
    struct table *table = parcel_table(dash->asking->reply, "handlers", columns, 4);
    for (int done = 0; done < dash->handler_count; done++) {
        int most = -1;
        for (int i = 0; i < dash->handler_count; i++) {
            const struct handler *h = &dash->handlers[i];
            if (h->n >= 0 &&
                (most < 0 || h->late > dash->handlers[most].late ||
                 (h->late == dash->handlers[most].late && h->n > dash->handlers[most].n))) {
                most = i;
            }
        }
        const struct entry *person =
            book_by_id(dash->asking->counter, BOOK_PERSON, dash->handlers[most].id);
        table_text(table, person ? person->thing.name : NULL);
        table_text(table, person ? person->thing.code : NULL);
        table_int(table, dash->handlers[most].n);
        table_int(table, dash->handlers[most].late);
        dash->handlers[most].n = -1;
    }
}

static int put_pages(struct asking *asking)
{
    struct list_filter filter;
    if (filter_make(asking, "", &filter) != 0) {
        return -1;
    }
    filter.limit = URGENT_MOST;
    return case_page(asking, &filter, "urgent") < 0 ? -1 : 0;
}

static void put_sums(struct dash *dash)
{
    struct parcel *reply = dash->asking->reply;
    parcel_put_moment(reply, "now", dash->asking->now);
    parcel_put_int(reply, "open", dash->open);
    parcel_put_int(reply, "late", dash->late);
    parcel_put_int(reply, "today", dash->due_today);
    parcel_put_int(reply, "soon", dash->due_soon);
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
                        .revision = calendar_as_of(asking->counter->calendar, DAY_LAST),
                        .today = moment_day(asking->now)};
    begin_days(&dash);
    dash.states = parcel_table(asking->reply, "states", columns, 6);
    if (list_tally(asking->counter->store, &sight, take, &dash, asking->error) != 0) {
        return -1;
    }
    end_state(&dash);
    put_sums(&dash);
    put_heat(&dash);
    put_handlers(&dash);
    return put_cards(asking) != 0 ? -1 : put_pages(asking);
}
