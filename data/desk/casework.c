/* casework.c: a case in hand: its acts, its fold, its row. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/inside.h"

/* ---- finding ---- */

/* access-2026-12 is the number 12 of 2026 in the series of that procedure. */
static int64_t by_alias(struct asking *asking, const char *name)
{
    const char *last = strrchr(name, '-');
    const char *year = last;
    while (year > name && year[-1] != '-') {
        year--;
    }
    if (!last || year <= name + 1) {
        return 0;
    }
    struct text series = {0};
    text_add_n(&series, name, (size_t)(year - 1 - name));
    int64_t id =
        store_case_by_seq(asking->counter->store, text_bytes(&series), strtoll(year, NULL, 10),
                          strtoll(last + 1, NULL, 10), asking->error);
    text_free(&series);
    return id;
}

int case_called(struct asking *asking, const char *name, struct case_row *row)
{
    struct store *store = asking->counter->store;
    int found = store_case_by_number(store, name, asking->arena, row, asking->error);
    int64_t id = found == 0 ? by_alias(asking, name) : 0;
    return id > 0 ? store_case(store, id, asking->arena, row, asking->error) : id < 0 ? -1 : found;
}

int64_t case_asked(struct asking *asking, const char *name)
{
    struct case_row row;
    return case_asked_row(asking, name, &row);
}

int64_t case_asked_row(struct asking *asking, const char *name, struct case_row *row)
{
    int found = case_called(asking, name, row);
    if (found < 0) {
        return -1;
    }
    if (!found || !sees_case(asking, row)) {
        refuse_access(asking, name);
        return 0;
    }
    return row->id;
}

/* ---- acts ---- */

/* A policy that was adopted before a name was taken for the desk may have an event of that name:
 * its cases' acts mean that event. */
int32_t casework_event(const struct casework *work, const char *event)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t index = event_named(policy, &policy->procedures[work->procedure], event);
    const struct own_act *own = index >= 0 ? NULL : own_act(event);
    return index >= 0 ? index : own ? own->event : EVENT_NONE;
}

void casework_event_title(const struct casework *work, const char *event, const char **zh,
                          const char **en)
{
    const struct policy *policy = work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[work->procedure];
    const struct own_act *own = own_act(event);
    int32_t index = event_named(policy, procedure, event);
    *zh = index >= 0 ? procedure->events[index].title.zh : own ? own->zh : event;
    *en = index >= 0 ? procedure->events[index].title.en : own ? own->en : event;
}

int64_t person_of_record(const struct rulebook *rulebook, const struct record *record)
{
    if (!record->party_org) {
        return record->actor;
    }
    int32_t role = role_named(rulebook->policy, record->role);
    uint64_t mixed = (uint64_t)record->party_org * 64 + (uint64_t)(role + 1);
    return -(int64_t)(mixed & INT64_MAX) - 1;
}

static bool room(struct casework *work)
{
    if (work->records.count < work->act_capacity) {
        return true;
    }
    size_t capacity = work->act_capacity ? work->act_capacity * 2 : 16;
    capacity = capacity < work->records.count + 1 ? work->records.count + 16 : capacity;
    struct act *grown = realloc(work->acts, capacity * sizeof *grown);
    if (!grown) {
        return false;
    }
    work->acts = grown;
    work->act_capacity = capacity;
    return true;
}

/* The facts with the private entries of the body in the place of their marks. */
static void put_private(struct casework *work, struct record *record)
{
    if (!record->body || !strstr(record->body, "entry.")) {
        return;
    }
    struct text facts = {0};
    const char *at = record->body, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    text_add_n(&facts, record->facts, record->facts_length);
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (name_length > 6 && strncmp(name, "entry.", 6) == 0) {
            text_add_n(&facts, name + 6, (size_t)(value + length - name - 6));
            text_add(&facts, "\n");
        }
    }
    record->facts_length = facts.length;
    record->facts = arena_keep(work->records.arena, &facts);
}

static void to_act(struct casework *work, size_t index)
{
    struct record *record = &work->records.items[index];
    put_private(work, record);
    int32_t role = role_named(work->rulebook->policy, record->role);
    work->acts[index] = (struct act){.event = casework_event(work, record->event),
                                     .person = person_of_record(work->rulebook, record),
                                     .role = role < 0 ? ROLE_DESK : role,
                                     .effective = record->effective,
                                     .recorded = to_local(work->counter, record->recorded),
                                     .corrects = record->corrects,
                                     .facts = record->facts,
                                     .facts_length = record->facts_length};
}

static int begin(struct asking *asking, const struct case_row *row, struct casework *work)
{
    struct counter *counter = asking->counter;
    *work = (struct casework){
        .row = *row, .old = *row, .counter = counter, .error = asking->error, .procedure = -1};
    work->rulebook = rulebook_find(counter, row->policy, asking->error);
    work->procedure = work->rulebook ? procedure_named(work->rulebook->policy, row->procedure) : -1;
    return work->rulebook ? 0 : -1;
}

int casework_begin(struct asking *asking, int64_t id, struct casework *work)
{
    struct case_row row;
    int found = store_case(asking->counter->store, id, asking->arena, &row, asking->error);
    *work = (struct casework){.procedure = -1};
    return found != 1 ? found : begin(asking, &row, work) != 0 ? -1 : 1;
}

static int load_acts(struct asking *asking, struct casework *work)
{
    if (store_acts(asking->counter->store, work->row.id, &work->records, asking->error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < work->records.count; i++) {
        if (work->records.count > work->act_capacity && !room(work)) {
            return error_memory(asking->error);
        }
        to_act(work, i);
    }
    return work->records.arena && arena_failed(work->records.arena) ? error_memory(asking->error)
                                                                    : 0;
}

int casework_load(struct asking *asking, int64_t id, struct casework *work)
{
    int found = casework_begin(asking, id, work);
    return found == 0 ? 1 : found < 0 ? -1 : load_acts(asking, work);
}

int casework_load_row(struct asking *asking, const struct case_row *row, struct casework *work)
{
    return begin(asking, row, work) != 0 ? -1 : load_acts(asking, work);
}

int casework_rule(struct asking *asking, struct casework *work, struct rulebook *rulebook)
{
    casework_moved(work);
    work->rulebook = rulebook;
    work->procedure = procedure_named(rulebook->policy, work->row.procedure);
    if (work->procedure < 0) {
        return error_set(asking->error, ERROR_REFUSED, N_("the policy has no procedure “%1”"),
                         work->row.procedure, NULL);
    }
    for (size_t i = 0; i < work->records.count; i++) {
        to_act(work, i);
    }
    return 0;
}

void casework_free(struct casework *work)
{
    records_free(&work->records);
    free(work->acts);
    work->acts = NULL;
}

/* ---- folding ---- */

struct counting { /* for cases() */
    struct asking *asking;
    struct casework *work;
};

static struct value count(void *self, int32_t query)
{
    struct counting *counting = self;
    return cases_count(counting->asking, counting->work, query, counting->work->asking_now);
}

bool casework_folded(const struct asking *asking, const struct casework *work, int64_t now)
{
    return work->file && work->folded == now && work->folded_acts == work->records.count &&
           work->folded_by == asking->counter->calendar &&
           work->folded_times != 0 && /* not moved since; a fold never used has none either */
           work->folded_times == fold_times(work->rulebook->fold);
}

/* It stood folded up to NOW before its last act, and the fold was used since for nothing but to try
 * that act, if for anything. */
static bool stands_but_for_last(const struct asking *asking, const struct casework *work,
                                int64_t now)
{
    uint64_t since = fold_times(work->rulebook->fold) - work->folded_times;
    return work->file && work->folded == now && work->folded_acts + 1 == work->records.count &&
           work->folded_by == asking->counter->calendar && work->folded_times != 0 &&
           since <= (work->tried == work->records.count);
}

void casework_moved(struct casework *work)
{
    work->folded_times = 0;
}

int casework_fold(struct asking *asking, struct casework *work, int64_t now)
{
    if (casework_folded(asking, work, now)) {
        work->asking_now = now;
        return 0;
    }
    struct counting *counting = arena_take(asking->arena, sizeof *counting);
    if (!counting || work->procedure < 0) {
        return counting ? error_set(asking->error, ERROR_ENVIRONMENT,
                                    N_("the policy has no procedure “%1”: the store is damaged"),
                                    work->row.procedure, NULL)
                        : error_memory(asking->error);
    }
    *counting = (struct counting){asking, work};
    work->asking_now = now;
    fold_ask(work->rulebook->fold, count, counting);
    enum fold_status status;
    if (!stands_but_for_last(asking, work, now) ||
        !fold_last(work->rulebook->fold, work->acts, work->records.count, now, &status)) {
        status = fold_case(work->rulebook->fold, asking->counter->calendar, work->procedure,
                           work->acts, work->records.count, now);
    }
    work->file = fold_result(work->rulebook->fold);
    work->folded = now;
    work->folded_by = asking->counter->calendar;
    work->folded_acts = work->records.count;
    work->folded_times = status == FOLD_DONE ? fold_times(work->rulebook->fold) : 0;
    if (status == FOLD_MEMORY) {
        return error_memory(asking->error);
    }
    if (status == FOLD_IMPOSSIBLE) {
        struct text number = {0};
        text_add_int(&number, fold_stopped_at(work->rulebook->fold));
        error_set(asking->error, ERROR_ENVIRONMENT,
                  N_("act %1 of %2 could not have been done: `yuntai verify` says more"),
                  text_bytes(&number), work->row.number);
        text_free(&number);
        return -1;
    }
    return 0;
}

int casework_push(struct asking *asking, struct casework *work, const struct record *record)
{
    struct records *records = &work->records;
    records->arena = records->arena ? records->arena : arena_new();
    if (records->count == records->capacity) {
        size_t capacity = records->capacity ? records->capacity * 2 : 16;
        struct record *grown = realloc(records->items, capacity * sizeof *grown);
        if (!grown) {
            return error_memory(asking->error);
        }
        records->items = grown;
        records->capacity = capacity;
    }
    if (!records->arena || !room(work)) {
        return error_memory(asking->error);
    }
    struct record *kept = &records->items[records->count];
    *kept = *record;
    kept->facts = arena_text(records->arena, record->facts, record->facts_length);
    kept->event = arena_text(records->arena, record->event, strlen(record->event));
    kept->role = arena_text(records->arena, record->role, strlen(record->role));
    kept->body =
        record->body ? arena_text(records->arena, record->body, strlen(record->body)) : NULL;
    records->count++;
    to_act(work, records->count - 1);
    return arena_failed(records->arena) ? error_memory(asking->error) : 0;
}

int casework_append(struct asking *asking, struct casework *work, struct record *record)
{
    size_t count = work->records.count;
    record->case_id = work->row.id;
    record->n = (int32_t)count + 1;
    record->policy = work->rulebook->id;
    if (count > 0) {
        memcpy(record->parent, work->records.items[count - 1].hash, STORE_HASH);
    }
    if (store_append(asking->counter->store, record, asking->error) != 0) {
        return -1;
    }
    memcpy(work->row.head, record->hash, STORE_HASH);
    work->row.rev = record->n;
    return casework_push(asking, work, record);
}

/* ---- what the case says as its acts stand ---- */

/* Which act's facts stand for act INDEX: its own, those of its latest correction, or -1 none. */
static int32_t stands_for(const struct casework *work, size_t index)
{
    int32_t number = (int32_t)index + 1, stands = (int32_t)index;
    for (size_t i = index + 1; i < work->records.count; i++) {
        const struct act *act = &work->acts[i];
        bool takes_back = act->event == EVENT_ANNUL;
        if (takes_back && act->corrects > 0 && act->corrects != number &&
            work->acts[act->corrects - 1].corrects == number) {
            stands = (int32_t)index;
        } else if (act->corrects == number) {
            stands = takes_back ? -1 : (int32_t)i;
        }
    }
    return stands;
}

int casework_collect(struct asking *asking, const struct casework *work, struct bag *bag)
{
    for (size_t i = 0; i < work->records.count; i++) {
        bool restates = work->acts[i].event == EVENT_CORRECT || work->acts[i].event == EVENT_ANNUL;
        int32_t stands = restates ? -1 : stands_for(work, i);
        if (stands < 0) {
            continue;
        }
        const char *at = work->acts[stands].facts, *name, *value;
        const char *end = at + work->acts[stands].facts_length;
        size_t name_length, length;
        while (fact_next(&at, end, &name, &name_length, &value, &length)) {
            if (!bag_set(bag, arena_text(asking->arena, name, name_length),
                         fact_unescape(asking->arena, value, length))) {
                return error_memory(asking->error);
            }
        }
    }
    return arena_failed(asking->arena) ? error_memory(asking->error) : 0;
}

/* ---- the cache ---- */

static void take_instants(struct casework *work)
{
    struct case_row *row = &work->row;
    struct instants at = fold_instants(work->rulebook->fold);
    row->due_at = at.due_at;
    row->blue_at = at.blue_at;
    row->yellow_at = at.yellow_at;
    row->red_at = at.red_at;
    row->red2_at = at.double_at;
    row->held = at.held && at.due_at == MOMENT_NONE;
    row->left = row->held && at.left >= 0 ? at.left : -1; /* held when it was over: none is left */
    row->provisional = at.provisional;
    const struct run *run = row->closed ? NULL : at.run;
    row->clock = run ? work->rulebook->policy->clocks[run->clock].title.name : NULL;
    row->since = run ? run->started : MOMENT_NONE;
    row->sort_at = at.due_at != MOMENT_NONE ? at.due_at : row->held ? SORT_HELD : SORT_NONE;
}

int casework_clocks(struct asking *asking, struct casework *work, struct clock_row **out,
                    size_t *count)
{
    const struct casefile *file = work->file;
    const struct policy *policy = work->rulebook->policy;
    size_t most = file->past_count + (size_t)file->run_count;
    struct clock_row *rows = arena_array(asking->arena, most + 1, sizeof *rows);
    *out = rows;
    *count = 0;
    if (!rows) {
        return error_memory(asking->error);
    }
    for (size_t i = 0; i < most; i++) {
        const struct run *run =
            i < file->past_count ? &file->past[i] : &file->runs[i - file->past_count];
        if (run->state == RUN_NONE || run->round == 0) {
            continue;
        }
        rows[(*count)++] = (struct clock_row){
            .clock = policy->clocks[run->clock].title.name,
            .round = run->round,
            .state = (int32_t)run->state,
            .started = run->started,
            .ended = run->ended,
            .due = run->has_due ? run->due.at : MOMENT_NONE,
            .blue = run->threshold[CARD_BLUE],
            .yellow = run->threshold[CARD_YELLOW],
            .red = run->threshold[CARD_RED],
            .red2 = run->threshold[CARD_DOUBLE],
            .left = run->state == RUN_HELD && run->has_due ? run->left : -1,
            .provisional = run->has_due && run->due.provisional,
            .explained = (int32_t)run_explained(run),
            .waived = (int32_t)run_waived(run),
        };
    }
    return 0;
}

static int save_clocks(struct asking *asking, struct casework *work)
{
    struct clock_row *rows;
    size_t count;
    return casework_clocks(asking, work, &rows, &count) != 0
               ? -1
               : store_clocks_put(asking->counter->store, work->row.id, rows, count, asking->error);
}

/* Who answers for it: the person it was given to, else who last acted for the role it is with. */
static int64_t owner_of(struct asking *asking, const struct casework *work)
{
    const char *with = work->row.with_role;
    for (size_t i = work->records.count; i-- > 0;) {
        const struct record *record = &work->records.items[i];
        if (strcmp(record->event, "assign") == 0) {
            const char *role = fact_find(record->facts, "assign.role", asking->arena);
            const char *to = fact_find(record->facts, "assign.to", asking->arena);
            if (role && to && strcmp(role, with) == 0) {
                return strtoll(to, NULL, 10);
            }
        } else if (record->actor && !record->party_org && strcmp(record->role, with) == 0 &&
                   casework_event(work, record->event) >= 0) {
            return record->actor;
        }
    }
    return 0;
}

/* Of the resources that a case has been approved, what is not yet a system's. */
static int64_t reserved(const struct casework *work, int32_t measure)
{
    struct fold *fold = work->rulebook->fold;
    int32_t approved = work->rulebook->policy->approved;
    int64_t sum = 0;
    for (int32_t line = 0; line < work->file->line_count; line++) {
        struct value piece = fold_column(fold, line, ITEM_MEASURES + measure);
        struct value number = fold_column(fold, line, approved);
        struct value before = fold_column(fold, line, ITEM_BEFORE);
        struct value grown =
            number.known ? value_of(number.n - (before.known ? before.n : 0)) : value_unknown();
        struct value both = piece.known && grown.known && grown.n > 0
                                ? decimal_multiply(piece.n, grown.n)
                                : value_unknown();
        sum += both.known ? both.n : 0;
    }
    return sum;
}

static bool moves_systems(const struct procedure *procedure)
{
    bool moves = false;
    for (int32_t i = 0; i < procedure->event_count; i++) {
        enum system_effect effect = procedure->events[i].system;
        moves |= effect == SYSTEM_OPEN || effect == SYSTEM_CHANGE;
    }
    return moves;
}

/* The measure whose name comes first of those after the one at AFTER (-1: of all); -1 none. */
static int32_t next_measure(const struct policy *policy, int32_t after)
{
    const struct label *items = policy->measures.items;
    int32_t next = -1;
    for (int32_t m = 0; m < policy->measures.count; m++) {
        bool behind = after < 0 || strcmp(items[m].name, items[after].name) > 0;
        next = behind && (next < 0 || strcmp(items[m].name, items[next].name) < 0) ? m : next;
    }
    return next;
}

/* For the row: a line for each measure of which it has reserved some; NULL none. */
static const char *reserves(struct asking *asking, const struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    struct text lines = {0};
    if (policy->approved < 0 || work->file->closed || work->file->line_count == 0 ||
        !moves_systems(&policy->procedures[work->procedure])) {
        return NULL;
    }
    for (int32_t m = -1; (m = next_measure(policy, m)) >= 0;) {
        int64_t micro = reserved(work, m);
        if (micro != 0) {
            fact_put_int(&lines, policy->measures.items[m].name, micro);
        }
    }
    return lines.length || lines.failed ? arena_keep(asking->arena, &lines) : NULL;
}

int casework_row(struct asking *asking, struct casework *work, int64_t now)
{
    if (casework_fold(asking, work, now) != 0) {
        return -1;
    }
    const struct casefile *file = work->file;
    const struct policy *policy = work->rulebook->policy;
    struct case_row *row = &work->row;
    const struct state *state = &file->procedure->states[file->state];
    row->state = state->title.name;
    row->with_role = file->with_role >= 0     ? policy->roles[file->with_role].title.name
                     : file->with == WHO_DESK ? "desk"
                                              : "";
    row->closed = file->closed;
    row->opened_on = moment_day(file->opened);
    row->changed_at = file->changed;
    row->wake_at = file->wake.at;
    row->cal_rev =
        revision_number(calendar_as_of(asking->counter->calendar, moment_day(work->folded)));
    row->fold_rev = FOLD_REVISION;
    take_instants(work);
    row->owner = row->closed ? 0 : owner_of(asking, work);
    row->reserved = reserves(asking, work);
    return arena_failed(asking->arena) ? error_memory(asking->error) : 0;
}

int casework_save(struct asking *asking, struct casework *work, int64_t now)
{
    if (casework_row(asking, work, now) != 0 ||
        store_case_put(asking->counter->store, work->is_new ? NULL : &work->old, &work->row,
                       asking->error) != 0) {
        return -1;
    }
    work->is_new = false;
    work->old = work->row;
    if (work->row.cal_rev != asking->counter->counted.revision) {
        asking->counter->counted.day = 0; /* as of another day: the next tick looks again */
    }
    return save_clocks(asking, work);
}
