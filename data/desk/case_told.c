/* case_told.c: what a list tells of its cases besides their rows: entries, which of some acts was
 * done last, a run of a clock. */
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "data/desk/lists.h"

/* ---- what is asked ---- */

static bool is_event(const struct policy *policy, struct near_word *nearest, const char *name)
{
    bool found = false;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        for (int32_t e = 0; e < procedure->event_count; e++) {
            near_offer(nearest, procedure->events[e].title.name);
            found |= strcmp(procedure->events[e].title.name, name) == 0;
        }
    }
    return found;
}

static bool is_field(const struct policy *policy, struct near_word *nearest, const char *name)
{
    for (int32_t f = 0; f < policy->field_count; f++) {
        near_offer(nearest, policy->fields[f].title.name);
    }
    int32_t index = field_named(policy, name);
    return index >= 0 && policy->fields[index].column < 0;
}

static bool is_clock(const struct policy *policy, struct near_word *nearest, const char *name)
{
    bool found = false;
    for (int32_t c = 0; c < policy->clock_count; c++) {
        near_offer(nearest, policy->clocks[c].title.name);
        found |= strcmp(policy->clocks[c].title.name, name) == 0;
    }
    return found;
}

/* The names of the pair PAIR, which KNOWN knows, at most MOST. */
static int take_names(struct asking *asking, const char *pair, struct told_names *names, int most,
                      bool (*known)(const struct policy *, struct near_word *, const char *))
{
    const char *at = asked(asking, pair);
    for (at = at ? at : ""; *at;) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        const char *name = length ? arena_text(asking->arena, at, length) : NULL;
        struct near_word nearest = near_begin(at, length);
        at += length;
        if (!name) {
            continue;
        }
        if (!known(asking->counter->current->policy, &nearest, name)) {
            return error_set4(asking->error, ERROR_USAGE,
                              nearest.best ? N_("%1: nothing is called “%2” here; perhaps “%3”")
                                           : N_("%1: nothing is called “%2” here"),
                              pair, name, nearest.best, NULL);
        }
        if (names->count == most) {
            struct text limit = {0};
            text_add_int(&limit, most);
            int status = error_set(asking->error, ERROR_USAGE, N_("%1: at most %2 names"), pair,
                                   text_bytes(&limit));
            text_free(&limit);
            return status;
        }
        names->items[names->count++] = name;
    }
    return 0;
}

static bool has_name(const struct told_names *names, const char *name)
{
    for (int i = 0; i < names->count; i++) {
        if (strcmp(names->items[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* "run", or some of the entries that are told. */
static int take_order(struct asking *asking, struct told *told)
{
    const char *by = asked(asking, "by");
    bool good = true;
    if (by && strcmp(by, "run") == 0) {
        told->by_run = true;
        good = told->clocks.count > 0;
    } else if (take_names(asking, "by", &told->order, TOLD_FIELDS_MOST, is_field) != 0) {
        return -1;
    }
    for (int i = 0; i < told->order.count; i++) {
        good &= has_name(&told->fields, told->order.items[i]);
    }
    return good ? 0
                : error_set(asking->error, ERROR_USAGE,
                            N_("by is some of the entries that are told, or run; not “%1”"), by,
                            NULL);
}

int told_make(struct asking *asking, struct told *told)
{
    *told = (struct told){.by_run = false};
    return take_names(asking, "entries", &told->fields, TOLD_FIELDS_MOST, is_field) != 0 ||
                   take_names(asking, "acts", &told->events, TOLD_MOST, is_event) != 0 ||
                   take_names(asking, "run", &told->clocks, TOLD_MOST, is_clock) != 0
               ? -1
               : take_order(asking, told);
}

bool told_orders(const struct told *told)
{
    return told->by_run || told->order.count > 0;
}

static bool tells(const struct told *told)
{
    return told->fields.count + told->events.count + told->clocks.count > 0;
}

/* ---- columns ---- */

static const char *joined(struct arena *arena, const char *a, const char *b, const char *c)
{
    struct text text = {0};
    text_addf(&text, "%s%s%s", a, b, c);
    return arena_keep(arena, &text);
}

static const char *title_of(struct asking *asking, const struct title *title)
{
    const char sign[] = {MESSAGE_BOTH, '\0'};
    return joined(asking->arena, title->zh, sign, title->en);
}

int told_columns(struct asking *asking, const struct told *told, struct column *columns)
{
    static const struct column of_acts[] = {{"act", CELL_NAME, N_("latest act")},
                                            {"act_title", CELL_TEXT, N_("latest act")},
                                            {"act_at", CELL_MOMENT, N_("done")}};
    static const struct column of_run[] = {{"run_since", CELL_MOMENT, N_("since")},
                                           {"run_least", CELL_DAY, N_("not before")},
                                           {"run_due", CELL_MOMENT, N_("ends")},
                                           {"run_over", CELL_YESNO, N_("ended")}};
    const struct policy *policy = asking->counter->current->policy;
    int count = 0;
    for (int i = 0; i < told->fields.count; i++) {
        const char *name = told->fields.items[i];
        const char *title = title_of(asking, &policy->fields[field_named(policy, name)].title);
        columns[count++] =
            (struct column){joined(asking->arena, "entry.", name, ""), CELL_NAME, title};
        columns[count++] =
            (struct column){joined(asking->arena, "entry.", name, "_title"), CELL_TEXT, title};
        columns[count++] =
            (struct column){joined(asking->arena, "entry.", name, "_place"), CELL_NUMBER, ""};
    }
    if (told->events.count) {
        memcpy(columns + count, of_acts, sizeof of_acts);
        count += sizeof of_acts / sizeof *of_acts;
    }
    if (told->clocks.count) {
        memcpy(columns + count, of_run, sizeof of_run);
        count += sizeof of_run / sizeof *of_run;
    }
    return count;
}

/* ---- of a case ---- */

/* What was entered last; NULL nothing, or what may not stand in a list. */
static const char *entry_of(struct asking *asking, const struct casework *work, int32_t index)
{
    const struct slot *slot = &work->file->slots[index];
    bool told = slot->text && slot->length && !work->rulebook->policy->fields[index].is_private;
    return told ? fact_unescape(asking->arena, slot->text, slot->length) : NULL;
}

/* Which of its field's choices a value is, from 0; -1 none. */
static int32_t choice_of(const struct policy *policy, int32_t index, const char *value)
{
    const struct labels *labels = &policy->fields[index].labels;
    for (int32_t i = 0; value && i < labels->count; i++) {
        if (strcmp(labels->items[i].name, value) == 0) {
            return i;
        }
    }
    return -1;
}

static void put_entry(struct asking *asking, const struct casework *work, const char *name,
                      struct table *table)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t index = field_named(policy, name);
    const char *value = index >= 0 ? entry_of(asking, work, index) : NULL;
    struct text shown = {0};
    if (value) {
        entry_shown(&policy->fields[index], value, &shown);
    }
    table_text(table, value);
    table_text(table, value ? text_bytes(&shown) : NULL);
    int32_t place = index >= 0 ? choice_of(policy, index, value) : -1;
    if (place >= 0) {
        table_int(table, place + 1);
    } else {
        table_text(table, NULL);
    }
    text_free(&shown);
}

/* Which of them was done last and still counts; of two at one moment the one recorded last. */
static const struct record *latest_of(const struct casework *work, const struct told_names *events)
{
    const struct policy *policy = work->rulebook->policy;
    const struct record *latest = NULL;
    for (size_t i = 0; i < work->records.count; i++) {
        const struct record *record = &work->records.items[i];
        int32_t event = event_named(policy, work->file->procedure, record->event);
        bool counts = event >= 0 && work->file->count[event] > 0 &&
                      work->file->event_at[event] == record->effective &&
                      has_name(events, record->event);
        if (counts && (!latest || record->effective >= latest->effective)) {
            latest = record;
        }
    }
    return latest;
}

static void put_act(const struct casework *work, const struct told_names *events,
                    struct table *table)
{
    const struct record *record = latest_of(work, events);
    const char *zh, *en;
    if (!record) {
        table_text(table, NULL);
        table_text(table, NULL);
        table_text(table, NULL);
        return;
    }
    casework_event_title(work, record->event, &zh, &en);
    table_text(table, record->event);
    table_both(table, zh, en);
    table_moment(table, record->effective);
}

/* The latest run of the first of them that the case has had. */
static const struct run *run_of(const struct casework *work, const struct told_names *clocks)
{
    const struct casefile *file = work->file;
    const struct policy *policy = work->rulebook->policy;
    for (int i = 0; i < clocks->count; i++) {
        for (int32_t r = 0; r < file->run_count; r++) {
            const struct run *run = &file->runs[r];
            if (run->state != RUN_NONE &&
                strcmp(policy->clocks[run->clock].title.name, clocks->items[i]) == 0) {
                return run;
            }
        }
    }
    return NULL;
}

static void put_run(const struct run *run, struct table *table)
{
    table_moment(table, run ? run->started : MOMENT_NONE);
    table_day(table, run ? run->least_day : DAY_NONE);
    if (run && run->has_due && run->due.hours) {
        table_moment(table, run->due.at);
    } else {
        table_day(table, run && run->has_due ? run->due.day : DAY_NONE);
    }
    table_yesno(table, run && run->ended != MOMENT_NONE);
}

static int fold_row(struct asking *asking, const struct case_row *row, struct casework *work)
{
    int64_t now = asking->now > row->changed_at ? asking->now : row->changed_at;
    return casework_load_row(asking, row, work) != 0 ? -1 : casework_fold(asking, work, now);
}

int told_put(struct asking *asking, const struct told *told, const struct case_row *row,
             struct table *table)
{
    struct casework work;
    if (!tells(told)) {
        return 0;
    }
    int status = fold_row(asking, row, &work);
    for (int i = 0; status == 0 && i < told->fields.count; i++) {
        put_entry(asking, &work, told->fields.items[i], table);
    }
    if (status == 0 && told->events.count) {
        put_act(&work, &told->events, table);
    }
    if (status == 0 && told->clocks.count) {
        put_run(run_of(&work, &told->clocks), table);
    }
    casework_free(&work);
    return status;
}

/* ---- in their order ---- */

struct told_place {
    int64_t place;
    int64_t index; /* as they came: what is alike stays in that order */
};

/* A choice stands where the policy has it among the others, those of one field before those of the
 * next, what is unknown behind all. */
static int64_t place_of(struct asking *asking, const struct told *told, struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    if (told->by_run) {
        const struct run *run = run_of(work, &told->clocks);
        return run && run->has_due ? run->due.at : INT64_MAX;
    }
    for (int i = 0; i < told->order.count; i++) {
        int32_t index = field_named(policy, told->order.items[i]);
        const char *value = index >= 0 ? entry_of(asking, work, index) : NULL;
        int32_t choice = index >= 0 ? choice_of(policy, index, value) : -1;
        if (choice >= 0) {
            return (int64_t)choice * TOLD_MOST + i;
        }
    }
    return INT64_MAX;
}

static int in_order(const void *a, const void *b)
{
    const struct told_place *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->index > y->index) - (x->index < y->index);
}

int told_order(struct asking *asking, const struct told *told, struct case_row *rows, int64_t count)
{
    struct told_place *places = arena_array(asking->arena, (size_t)count + 1, sizeof *places);
    struct case_row *sorted = arena_array(asking->arena, (size_t)count + 1, sizeof *sorted);
    if (!places || !sorted) {
        return error_memory(asking->error);
    }
    for (int64_t i = 0; i < count; i++) {
        struct casework work;
        int status = fold_row(asking, &rows[i], &work);
        places[i] = (struct told_place){status ? 0 : place_of(asking, told, &work), i};
        casework_free(&work);
        if (status) {
            return -1;
        }
    }
    qsort(places, (size_t)count, sizeof *places, in_order);
    for (int64_t i = 0; i < count; i++) {
        sorted[i] = rows[places[i].index];
    }
    memcpy(rows, sorted, (size_t)count * sizeof *rows);
    return 0;
}
