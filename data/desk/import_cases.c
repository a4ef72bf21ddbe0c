/* import_cases.c: cases opened elsewhere, put on record in the state they are in. */
#include <string.h>

#include "core/near.h"
#include "data/desk/act.h"
#include "data/desk/import.h"
#include "data/desk/registers.h"

static const char *const own_columns[] = {"procedure", "org",   "system",
                                          "state",     "since", "number_outside"};

struct case_line { /* one row, as read */
    struct rulebook *rulebook;
    int32_t procedure, state;
    struct entry *org, *system;
    int64_t moment;
    const char *outside, *source;
    struct parcel entries;
    struct text facts, body; /* of the opening */
    struct path *path;       /* kept from row to row */
};

static bool is_own(const char *name)
{
    for (size_t i = 0; i < sizeof own_columns / sizeof *own_columns; i++) {
        if (strcmp(own_columns[i], name) == 0) {
            return true;
        }
    }
    return false;
}

bool import_case_column(struct asking *asking, const char *name)
{
    const struct policy *policy = asking->counter->current->policy;
    const char *dot = strrchr(name, '.');
    bool item =
        strncmp(name, "item.", 5) == 0 && dot > name + 5 && column_named(policy, dot + 1) >= 0;
    return is_own(name) || item || field_named(policy, name) >= 0;
}

void import_case_columns(struct asking *asking, struct table *table)
{
    static const struct {
        const char *name, *title; /* msgid */
        bool required;
    } own[] = {{"procedure", N_("procedure"), true},
               {"org", N_("organisation"), true},
               {"system", N_("system"), false},
               {"state", N_("state"), true},
               {"since", N_("in that state since"), true},
               {"number_outside", N_("its number on paper"), true}};
    const struct policy *policy = asking->counter->current->policy;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        table_text(table, own[i].name);
        table_text(table, own[i].title);
        table_yesno(table, own[i].required);
    }
    for (int32_t i = 0; i < policy->field_count; i++) {
        if (policy->fields[i].column < 0) {
            table_text(table, policy->fields[i].title.name);
            table_both(table, policy->fields[i].title.zh, policy->fields[i].title.en);
            table_yesno(table, false);
        }
    }
}

/* ---- reading ---- */

static bool read_procedure(struct sheet *sheet, struct case_line *line)
{
    const struct policy *policy = line->rulebook->policy;
    const char *name = sheet_get(sheet, "procedure");
    struct near_word nearest = near_begin(name, strlen(name));
    line->procedure = procedure_named(policy, name);
    for (int32_t i = 0; line->procedure < 0 && i < policy->procedure_count; i++) {
        const struct title *title = &policy->procedures[i].title;
        line->procedure = strcmp(title->zh, name) == 0 ? i : -1;
        near_offer(&nearest, title->name);
    }
    if (line->procedure < 0) {
        sheet_problem(sheet, "procedure", N_("the policy has no such procedure"),
                      nearest.best ? N_("perhaps “%1”") : N_("a procedure of the policy"),
                      nearest.best);
    }
    return line->procedure >= 0;
}

static bool read_state(struct sheet *sheet, struct case_line *line)
{
    const struct procedure *procedure = &line->rulebook->policy->procedures[line->procedure];
    const char *name = sheet_get(sheet, "state");
    struct near_word nearest = near_begin(name, strlen(name));
    for (int32_t i = 0; i < procedure->state_count; i++) {
        const struct title *title = &procedure->states[i].title;
        if (strcmp(title->name, name) == 0 || strcmp(title->zh, name) == 0) {
            line->state = i;
            return true;
        }
        near_offer(&nearest, title->name);
    }
    sheet_problem(sheet, "state", N_("the procedure has no such state"),
                  nearest.best ? N_("perhaps “%1”") : N_("a state of the procedure"), nearest.best);
    return false;
}

static bool read_org(struct sheet *sheet, struct case_line *line)
{
    struct counter *counter = sheet->asking->counter;
    const char *name = sheet_get(sheet, "org"), *system = sheet_get(sheet, "system");
    line->org = *name ? book_find(counter, BOOK_ORG, name, 0) : NULL;
    if (!line->org) {
        sheet_problem(sheet, "org", N_("the register of organisations has none of that name"),
                      N_("a code or whole name of the register"), NULL);
        return false;
    }
    line->system = *system ? book_find(counter, BOOK_SYSTEM, system, line->org->thing.id) : NULL;
    return true;
}

static bool read_since(struct sheet *sheet, struct case_line *line)
{
    const char *since = sheet_get(sheet, "since");
    line->moment = MOMENT_NONE;
    if (!moment_parse(since, strlen(since), &line->moment)) {
        sheet_problem(sheet, "since", N_("it is no date"), N_("a date as 2019-09-27"), NULL);
        return false;
    }
    if (line->moment > sheet->asking->now) {
        sheet_problem(sheet, "since", N_("the day is still to come"), N_("a day that was"), NULL);
        return false;
    }
    return true;
}

/* Procedure, organisation and the number it has elsewhere: the same row twice is one case. */
static bool read_key(struct sheet *sheet, struct case_line *line)
{
    struct text key = {0};
    line->outside = sheet_get(sheet, "number_outside");
    if (!*line->outside) {
        sheet_problem(sheet, "number_outside", N_("the number the case has elsewhere is missing"),
                      N_("a number that no other case of the organisation has"), NULL);
        return false;
    }
    text_addf(&key, "import/%s/%s/%s", sheet_get(sheet, "procedure"), line->org->thing.code,
              line->outside);
    line->source = arena_keep(sheet->asking->arena, &key);
    return true;
}

/* The column `system` stands for the procedure's own field of that type. */
static void put_system(const struct sheet *sheet, struct case_line *line)
{
    const struct policy *policy = line->rulebook->policy;
    struct indexes fields = policy->procedures[line->procedure].application;
    const char *system = sheet_get(sheet, "system");
    for (int32_t i = 0; *system && i < fields.count; i++) {
        const struct field *field = &policy->fields[fields.items[i]];
        if (field->type == FIELD_SYSTEM && !sheet_field(sheet, field->title.name)) {
            struct text name = {0};
            text_addf(&name, "entry.%s", field->title.name);
            parcel_put(&line->entries, text_bytes(&name), system);
            text_free(&name);
            return;
        }
    }
}

/* Whether a value may stand in its field. Names of the register and papers are looked at later. */
static bool check_entry(struct sheet *sheet, const struct case_line *line, const char *name,
                        const char *value)
{
    const struct policy *policy = line->rulebook->policy;
    int32_t index = field_named(policy, name);
    const struct field *field = index >= 0 ? &policy->fields[index] : NULL;
    struct value parsed;
    struct message message;
    if (!field || field->type == FIELD_ORG || field->type == FIELD_ORGS ||
        field->type == FIELD_SYSTEM || field->type == FIELD_PAPER || field->type == FIELD_ITEMS) {
        return true;
    }
    const struct revision *revision =
        calendar_as_of(sheet->asking->counter->calendar, moment_day(sheet->asking->now));
    if (entry_check(policy, revision, index, value, strlen(value), line->moment,
                    sheet->asking->arena, &parsed, &message)) {
        return true;
    }
    sheet_problem(sheet, name, N_("the value may not stand there"),
                  N_("what `yuntai policy show` says of the field"), NULL);
    return false;
}

static bool read_entries(struct sheet *sheet, struct case_line *line)
{
    bool good = true;
    for (size_t i = 0; i < sheet->count; i++) {
        const char *name = sheet->head[i], *value = sheet_get(sheet, name);
        if (is_own(name) || !*value) {
            continue;
        }
        struct text entry = {0};
        text_addf(&entry, "entry.%s", name);
        parcel_put(&line->entries, text_bytes(&entry), value);
        text_free(&entry);
        good = check_entry(sheet, line, name, value) && good;
    }
    put_system(sheet, line);
    return good && !line->entries.failed;
}

static bool read_line(struct sheet *sheet, struct case_line *line)
{
    bool procedure = read_procedure(sheet, line), good = procedure;
    good = procedure && read_state(sheet, line) && good;
    good = read_org(sheet, line) && good;
    good = read_since(sheet, line) && good;
    good = good && read_key(sheet, line);
    return good && read_entries(sheet, line);
}

/* ---- on record ---- */

/* Private entries go into the body, where they can be struck out. */
static void put_apart(struct asking *asking, struct case_line *line, const struct text *all)
{
    const struct policy *policy = line->rulebook->policy;
    const char *at = text_bytes(all), *end = at + all->length, *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *fact = arena_text(asking->arena, name, name_length);
        int32_t field = field_named(policy, fact);
        if (field >= 0 && policy->fields[field].is_private && length > 0) {
            text_addf(&line->body, "entry.%s=", fact);
            text_add_n(&line->body, value, length);
            text_add(&line->body, "\n");
            fact_put(&line->facts, fact, "*");
        } else {
            text_add_n(&line->facts, name, (size_t)(value + length - name));
            text_add(&line->facts, "\n");
        }
    }
    fact_put(&line->facts, "imported.number", line->outside);
    fact_put(&line->body, "note", "imported");
}

static int opening_facts(struct asking *asking, struct casework *work, struct case_line *line,
                         struct text *all)
{
    const struct parcel *request = asking->request;
    opening_says(asking, work, all);
    if (around_facts(asking, work, NULL, line->moment, all) != 0) {
        return -1;
    }
    asking->request = &line->entries;
    int status = entries_facts(asking, work, NULL, line->moment, all);
    asking->request = request;
    put_apart(asking, line, all);
    return status == 0 && (all->failed || line->facts.failed || line->body.failed)
               ? error_memory(asking->error)
               : status;
}

static int append(struct asking *asking, struct casework *work, const struct case_line *line,
                  int32_t event, struct record *record)
{
    const struct policy *policy = line->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[line->procedure];
    int32_t with = event >= 0 ? work->file->with_role : -1;
    int32_t role = path_role(procedure, event, with);
    const struct text *body = &line->body;
    *record = (struct record){
        .event = event < 0 ? "open" : procedure->events[event].title.name,
        .actor = asking->person ? asking->person->thing.id : 0,
        .role = role >= 0 ? policy->roles[role].title.name : "",
        /* who imports what an organisation did does not come to answer for it */
        .party_org = role >= 0 && line->org->roles >> role & 1 ? line->org->thing.id : 0,
        .effective = line->moment,
        .recorded = asking->utc,
        .facts = event < 0 ? text_bytes(&line->facts) : "",
        .facts_length = event < 0 ? line->facts.length : 0,
        .body = event < 0 ? text_bytes(body) : "note=imported\n",
        .body_length = event < 0 ? body->length : strlen("note=imported\n"),
    };
    if (casework_append(asking, work, record) != 0) {
        return -1;
    }
    return casework_fold(asking, work, line->moment);
}

static int no_way(struct asking *asking, const struct case_line *line)
{
    const struct procedure *procedure = &line->rulebook->policy->procedures[line->procedure];
    return error_set(asking->error, ERROR_REFUSED,
                     N_("%1: with these entries no acts lead to the state “%2”; add the entries it "
                        "depends on, or name the state before it"),
                     procedure->title.name, procedure->states[line->state].title.name);
}

static int put_case(struct asking *asking, struct case_line *line)
{
    struct casework work = {0};
    struct text all = {0};
    struct record record;
    int status = case_new(asking, &work, line->rulebook, line->procedure, line->org, line->system);
    work.row.source = line->source;
    status = status ? status : opening_facts(asking, &work, line, &all);
    int found = status ? -1
                       : path_find(asking, line->rulebook, line->procedure, &all, line->moment,
                                   line->state, line->path);
    status = status ? status : found == 0 ? no_way(asking, line) : found < 0 ? -1 : 0;
    for (int32_t i = -1; status == 0 && i < line->path->count; i++) {
        status = append(asking, &work, line, i < 0 ? -1 : line->path->events[i], &record);
    }
    status = status ? status : deed_settle(asking, &work, NULL, &record);
    text_free(&all);
    casework_free(&work);
    return status;
}

/* A row that cannot be put on record leaves nothing behind. */
static int put_line(struct sheet *sheet, struct case_line *line)
{
    struct asking *asking = sheet->asking;
    struct who_asks who = who_asks(asking);
    if (db_begin(asking->counter->store->db, asking->error) != 0) {
        return -1;
    }
    int status = put_case(asking, line);
    if (status == 0) {
        status = db_commit(asking->counter->store->db, asking->error);
        who_again(asking, &who);
        return status ? -1 : 1;
    }
    bool forgives = sheet_forgives(asking);
    if (forgives) {
        sheet_error(sheet, "");
    }
    counter_rollback(asking->counter);
    if (book_refresh(asking->counter, asking->error) != 0) {
        return -1;
    }
    who_again(asking, &who);
    return forgives ? 0 : -1;
}

static int take_line(struct sheet *sheet, struct case_line *line, struct import *import)
{
    if (!read_line(sheet, line)) {
        return line->entries.failed ? error_memory(sheet->asking->error) : 0;
    }
    int64_t old =
        store_case_by_source(sheet->asking->counter->store, line->source, sheet->asking->error);
    if (old != 0) {
        import->same += old > 0;
        return old < 0 ? -1 : 0;
    }
    int put = put_line(sheet, line);
    import->fresh += put == 1;
    return put < 0 ? -1 : 0;
}

int import_cases(struct sheet *sheet, struct import *import)
{
    struct path path = {.count = 0};
    int32_t procedure = -1;
    int status = 0;
    while (status == 0 && sheet_next(sheet)) {
        struct case_line line = {.rulebook = sheet->asking->counter->current, .path = &path};
        int32_t next = procedure_named(line.rulebook->policy, sheet_get(sheet, "procedure"));
        path.count = next == procedure ? path.count : 0;
        procedure = next;
        status = take_line(sheet, &line, import);
        parcel_free(&line.entries);
        text_free(&line.facts);
        text_free(&line.body);
    }
    return status;
}
