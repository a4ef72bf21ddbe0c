/* verb_show.c: a case as it stands: show, why. */
#include <string.h>

#include "data/desk/delivery.h"
#include "data/desk/letter.h"
#include "data/desk/remedy.h"

/* Loads the case asked for and folds it up to now. -1 with ERROR. */
int case_taken(struct asking *asking, struct casework *work)
{
    const char *name;
    *work = (struct casework){0};
    if (must_ask(asking, "case", &name) != 0) {
        return -1;
    }
    int64_t id = case_asked(asking, name);
    int status = id > 0 ? casework_load(asking, id, work) : -1;
    status = status == 1 ? refuse_access(asking, name) : status;
    int64_t now = asking->now > work->row.changed_at ? asking->now : work->row.changed_at;
    status = status ? -1 : casework_fold(asking, work, now);
    return status ? status : bind_system(asking, work);
}

/* ---- show ---- */

static const char *name_of(const struct asking *asking, enum book_kind kind, int64_t id)
{
    const struct entry *entry = id ? book_by_id(asking->counter, kind, id) : NULL;
    return entry ? entry->thing.name : NULL;
}

static void put_entry(struct asking *asking, struct casework *work, struct table *table,
                      const struct bag_fact *fact, int32_t index)
{
    const struct policy *policy = work->rulebook->policy;
    const struct field *field = &policy->fields[index];
    const struct group *group = &policy->groups[field->group];
    const char *shown;
    struct text words = {0};
    entry_shown(field, fact->value, &words);
    shown = text_bytes(&words);
    if (field->type == FIELD_ORG) {
        const struct entry *org = book_by_code(asking->counter, BOOK_ORG, fact->value);
        shown = org ? org->thing.name : shown;
    }
    table_text(table, field->title.name);
    table_both(table, field->title.zh, field->title.en);
    table_text(table, shown);
    table_text(table, fact->value);
    table_text(table, field->unit_text);
    if (group->is_form) {
        table_both(table, group->title.zh, group->title.en);
    } else {
        table_text(table, NULL);
    }
    table_yesno(table, field->is_private);
    text_free(&words);
}

static int show_entries(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {
        {"field", CELL_NAME, N_("field")},     {"title", CELL_TEXT, N_("field")},
        {"value", CELL_TEXT, N_("entry")},     {"raw", CELL_NAME, N_("entry")},
        {"unit", CELL_TEXT, N_("unit")},       {"form", CELL_TEXT, N_("form")},
        {"private", CELL_YESNO, N_("private")}};
    struct table *table = parcel_table(asking->reply, "entries", columns, 7);
    struct bag bag = {0};
    int status = casework_collect(asking, work, &bag);
    for (int32_t f = 0; status == 0 && f < work->rulebook->policy->field_count; f++) {
        const char *name = work->rulebook->policy->fields[f].title.name;
        for (size_t i = 0; i < bag.count; i++) {
            if (*bag.facts[i].value && strcmp(bag.facts[i].name, name) == 0) {
                put_entry(asking, work, table, &bag.facts[i], f);
            }
        }
    }
    bag_free(&bag);
    return status;
}

/* ---- the resource list ---- */

struct item_columns {
    const struct policy *policy;
    struct arena *arena;
    struct column columns[PARCEL_COLUMNS_MOST];
    const struct field *titled[PARCEL_COLUMNS_MOST]; /* whose choice the column puts in words */
    int32_t count;
};

static const char *both(struct arena *arena, const char *zh, const char *en)
{
    struct text text = {0};
    text_addf(&text, "%s%c%s", zh, MESSAGE_BOTH, en);
    return arena_keep(arena, &text);
}

static void add_column(struct item_columns *out, const char *name, enum cell_kind kind,
                       const char *title, const struct field *titled)
{
    if (out->count < PARCEL_COLUMNS_MOST) {
        out->titled[out->count] = titled;
        out->columns[out->count++] = (struct column){name, kind, title};
    }
}

static void add_field_column(struct item_columns *out, const struct field *field)
{
    const char *title = both(out->arena, field->title.zh, field->title.en);
    enum cell_kind kind = field->type == FIELD_YESNO    ? CELL_YESNO
                          : field->type == FIELD_CHOICE ? CELL_NAME
                                                        : CELL_TEXT;
    add_column(out, field->title.name, kind, title, NULL);
    if (field->type == FIELD_CHOICE) {
        struct text name = {0};
        text_addf(&name, "%s_title", field->title.name);
        add_column(out, arena_keep(out->arena, &name), CELL_TEXT, title, field);
    }
}

/* The policy's column AT of a line; NULL: it is one of those that every list has. */
static const struct field *own_column(const struct policy *policy, int32_t at)
{
    int32_t own = at - ITEM_MEASURES - policy->measures.count;
    return at >= 0 && own >= 0 ? policy->columns[own] : NULL;
}

/* Code, name, how many (asked for, approved, delivered, SEEN), then every other column. */
static void make_item_columns(struct item_columns *out, bool seen)
{
    const struct policy *policy = out->policy;
    const struct field *approved = own_column(policy, policy->approved);
    const struct field *delivered = own_column(policy, policy->delivered);
    add_column(out, "code", CELL_NAME, N_("code"), NULL);
    add_column(out, "name", CELL_TEXT, N_("name"), NULL);
    add_column(out, "quantity", CELL_NUMBER, N_("quantity"), NULL);
    add_column(out, "before", CELL_NUMBER, N_("until now"), NULL);
    if (approved) {
        add_field_column(out, approved);
    }
    if (delivered) {
        add_field_column(out, delivered);
    }
    if (seen) {
        add_column(out, "seen", CELL_NUMBER, N_("in cloud"), NULL);
    }
    add_column(out, "listed", CELL_YESNO, N_("in the catalogue"), NULL);
    for (int32_t i = 0; i < policy->measures.count; i++) {
        const struct label *measure = &policy->measures.items[i];
        add_column(out, measure->name, CELL_NUMBER, both(out->arena, measure->zh, measure->en),
                   NULL);
    }
    for (int32_t i = ITEM_MEASURES + policy->measures.count; i < policy->column_count; i++) {
        const struct field *field = own_column(policy, i);
        if (field != approved && field != delivered) {
            add_field_column(out, field);
        }
    }
}

/* SEEN: NULL there is no such column. */
static void put_item(const struct item_columns *columns, struct table *table, const struct bag *bag,
                     const char *code, const int64_t *seen)
{
    const char *value = NULL;
    for (int32_t c = 2; c < columns->count; c++) {
        struct text text = {0};
        if (seen && strcmp(columns->columns[c].name, "seen") == 0) {
            table_int(table, *seen);
        } else if (!columns->titled[c]) {
            text_addf(&text, "item.%s.%s", code, columns->columns[c].name);
            value = bag_get(bag, text_bytes(&text));
            table_text(table, value);
        } else if (value) { /* of the column before */
            entry_shown(columns->titled[c], value, &text);
            table_text_n(table, text_bytes(&text), text.length);
        } else {
            table_text(table, NULL);
        }
        text_free(&text);
    }
}

void reply_items(struct asking *asking, struct casework *work, const int64_t *seen)
{
    struct item_columns columns = {.policy = work->rulebook->policy, .arena = asking->arena};
    struct bag bag = {0};
    make_item_columns(&columns, seen != NULL);
    struct table *table = parcel_table(asking->reply, "items", columns.columns, columns.count);
    casework_collect(asking, work, &bag);
    for (int32_t line = 0; line < work->file->line_count; line++) {
        const struct line *item = &work->file->lines[line];
        const char *code = arena_text(asking->arena, item->code, item->length);
        const struct entry *product = book_by_code(asking->counter, BOOK_PRODUCT, code);
        table_text(table, code);
        table_text(table, product ? product->thing.name : NULL);
        put_item(&columns, table, &bag, code, seen ? &seen[line] : NULL);
    }
    bag_free(&bag);
}

/* ---- acts, documents, what belongs together ---- */

/* What was written in the form of an event: its longer texts, one behind the other. */
static const char *opinions_of(struct asking *asking, const struct casework *work,
                               const struct record *record)
{
    const struct policy *policy = work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[work->procedure];
    int32_t index = event_named(policy, procedure, record->event);
    const char *facts = arena_text(asking->arena, record->facts, record->facts_length);
    struct indexes fields =
        index >= 0 ? procedure->events[index].fields : (struct indexes){.count = 0};
    struct text out = {0};
    for (int32_t i = 0; i < fields.count; i++) {
        const struct field *field = &policy->fields[fields.items[i]];
        bool words = field->type == FIELD_LINES || field->type == FIELD_POINTS ||
                     field->type == FIELD_ANSWERS;
        const char *value =
            words && !field->is_private ? fact_find(facts, field->title.name, asking->arena) : NULL;
        if (value && *value) {
            text_addf(&out, "%s%s", out.length ? "\n" : "", value);
        }
    }
    const char *kept = out.length ? arena_text(asking->arena, text_bytes(&out), out.length) : NULL;
    text_free(&out);
    return kept;
}

/* Of a letter, what it was called then, and its number. */
static const char *letter_of(struct asking *asking, const struct record *record)
{
    const char *facts = arena_text(asking->arena, record->facts, record->facts_length);
    const char *kind = fact_find(facts, "letter.kind", asking->arena);
    const char *title = fact_find(facts, "letter.title", asking->arena);
    const char *number = fact_find(facts, "letter.number", asking->arena);
    struct text out = {0};
    title = title || !kind ? title : letter_title(asking, kind);
    text_addf(&out, "%s%s%s", title ? title : "", number ? " " : "", number ? number : "");
    const char *kept = arena_text(asking->arena, text_bytes(&out), out.length);
    text_free(&out);
    return kept;
}

static bool is_remedy(const struct casework *work, const struct record *record)
{
    int32_t event = casework_event(work, record->event);
    return event <= EVENT_EXPLAIN && event >= EVENT_TAKE_BACK;
}

/* Of an act on a card: the reason, and what it rests on. */
static const char *ground_of(struct asking *asking, const struct record *record)
{
    const char *body = record->body ? record->body : "";
    const char *reason = fact_find(body, "reason", asking->arena);
    const char *ground = fact_find(body, "ground", asking->arena);
    struct text out = {0};
    text_addf(&out, "%s%s%s", reason ? reason : "", ground ? "\n" : "", ground ? ground : "");
    return arena_keep(asking->arena, &out);
}

void put_deed_title(struct asking *asking, struct casework *work, const struct record *record,
                    struct table *table)
{
    static const char *const cards[][2] = {
        {"", ""}, {"蓝牌", "blue"}, {"黄牌", "yellow"}, {"红牌", "red"}, {"双红牌", "double red"}};
    const struct policy *policy = work->rulebook->policy;
    const char *zh, *en;
    casework_event_title(work, record->event, &zh, &en);
    const char *facts = is_remedy(work, record)
                            ? arena_text(asking->arena, record->facts, record->facts_length)
                            : "";
    const char *clock = fact_find(facts, "card.clock", asking->arena);
    const char *name = fact_find(facts, "card.card", asking->arena);
    int32_t symbol = clock ? names_find(policy->names, clock, strlen(clock)) : 0;
    int32_t index = symbol ? policy->clock_of[symbol] : -1;
    if (index < 0 || !name) {
        table_both(table, zh, en);
        return;
    }
    const struct title *title = &policy->clocks[index].title;
    const char *const *card = cards[card_of_name(name, strlen(name))];
    struct text in_zh = {0}, in_en = {0};
    text_addf(&in_zh, "%s %s %s", zh, title->zh, card[0]);
    text_addf(&in_en, "%s: %s, %s", en, title->en, card[1]);
    table_both(table, text_bytes(&in_zh), text_bytes(&in_en));
    text_free(&in_zh);
    text_free(&in_en);
}

const char *words_of(struct asking *asking, const struct casework *work,
                     const struct record *record)
{
    const char *body = record->body ? record->body : "";
    const char *note = fact_find(body, "note", asking->arena);
    if (is_remedy(work, record)) {
        return ground_of(asking, record);
    }
    note = note ? note : fact_find(body, "reason", asking->arena);
    if (note) {
        return note;
    }
    if (strcmp(record->event, "letter") == 0) {
        return letter_of(asking, record);
    }
    if (strcmp(record->event, "attach") == 0) {
        return fact_find(arena_text(asking->arena, record->facts, record->facts_length),
                         "attach.name", asking->arena);
    }
    return opinions_of(asking, work, record);
}

static void show_acts(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {{"n", CELL_NUMBER, N_("act")},
                                            {"effective", CELL_MOMENT, N_("took effect")},
                                            {"recorded", CELL_MOMENT, N_("recorded")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"title", CELL_TEXT, N_("what was done")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"role", CELL_NAME, N_("role")},
                                            {"role_title", CELL_TEXT, N_("role")},
                                            {"deputy_of", CELL_TEXT, N_("for")},
                                            {"party", CELL_TEXT, N_("on behalf of")},
                                            {"corrects", CELL_NUMBER, N_("corrects")},
                                            {"text", CELL_TEXT, N_("words")},
                                            {"paper_no", CELL_TEXT, N_("paper")},
                                            {"struck", CELL_YESNO, N_("struck out")}};
    struct table *table =
        parcel_table(asking->reply, "acts", columns, sizeof columns / sizeof *columns);
    const struct policy *policy = work->rulebook->policy;
    static const uint8_t zeros[STORE_HASH];
    for (size_t i = 0; i < work->records.count; i++) {
        const struct record *record = &work->records.items[i];
        int32_t role = role_named(policy, record->role);
        const char *body = record->body ? record->body : "";
        table_int(table, record->n);
        table_moment(table, record->effective);
        table_moment(table, to_local(asking->counter, record->recorded));
        table_text(table, record->event);
        put_deed_title(asking, work, record, table);
        table_text(table, name_of(asking, BOOK_PERSON, record->actor));
        table_text(table, role >= 0 ? record->role : NULL);
        if (role >= 0) {
            table_both(table, policy->roles[role].title.zh, policy->roles[role].title.en);
        } else {
            table_text(table, NULL);
        }
        table_text(table, name_of(asking, BOOK_PERSON, record->deputy_of));
        table_text(table, name_of(asking, BOOK_ORG, record->party_org));
        if (record->corrects) {
            table_int(table, record->corrects);
        } else {
            table_text(table, NULL);
        }
        table_text(table, words_of(asking, work, record));
        table_text(table, fact_find(body, "paper_no", asking->arena));
        table_yesno(table, !record->body && memcmp(record->body_hash, zeros, STORE_HASH) != 0);
    }
}

static int take_document(void *self, const struct document_row *row, struct error *error)
{
    struct table *table = self;
    char hex[2 * STORE_HASH + 1];
    (void)error;
    table_int(table, row->n);
    table_text(table, row->name);
    table_int(table, row->size);
    table_text(table, row->field);
    table_text(table, row->part);
    table_text(table, digest_hex(row->digest, hex));
    return 0;
}

int reply_documents(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {
        {"n", CELL_NUMBER, N_("act")},      {"name", CELL_TEXT, N_("name")},
        {"size", CELL_NUMBER, N_("bytes")}, {"field", CELL_NAME, N_("field")},
        {"part", CELL_NAME, N_("part")},    {"digest", CELL_NAME, N_("digest")}};
    struct table *table = parcel_table(asking->reply, "documents", columns, 6);
    return store_documents(asking->counter->store, work->row.id, take_document, table,
                           asking->error);
}

enum { LINKS_MOST = 200 };

static int show_links(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {
        {"case", CELL_NAME, N_("case")},    {"procedure", CELL_NAME, N_("procedure")},
        {"title", CELL_TEXT, N_("title")},  {"state", CELL_NAME, N_("state")},
        {"closed", CELL_YESNO, N_("over")}, {"due", CELL_MOMENT, N_("due")}};
    struct table *table = parcel_table(asking->reply, "links", columns, 6);
    int64_t ids[LINKS_MOST];
    int64_t found = store_related(asking->counter->store, work->row.id,
                                  work->row.system ? work->row.system : -1, -1, "", false, ids,
                                  LINKS_MOST, asking->error);
    for (int64_t i = 0; i < found; i++) {
        struct case_row row;
        if (store_case(asking->counter->store, ids[i], asking->arena, &row, asking->error) != 1 ||
            !sees_case(asking, &row)) {
            continue;
        }
        table_text(table, row.number);
        table_text(table, row.procedure);
        table_text(table, row.title);
        table_text(table, row.state);
        table_yesno(table, row.closed);
        table_moment(table, row.due_at);
    }
    return found < 0 ? -1 : 0;
}

static void show_head(struct asking *asking, struct casework *work)
{
    struct parcel *reply = asking->reply;
    const struct case_row *row = &work->row;
    parcel_put(reply, "org", name_of(asking, BOOK_ORG, row->org));
    parcel_put(reply, "county", name_of(asking, BOOK_ORG, row->county));
    parcel_put(reply, "vendor", name_of(asking, BOOK_ORG, row->vendor));
    parcel_put(reply, "owner", name_of(asking, BOOK_PERSON, row->owner));
    parcel_put(reply, "system", name_of(asking, BOOK_SYSTEM, row->system));
    parcel_put(reply, "policy", work->rulebook->name);
    parcel_put(reply, "source", row->source);
    parcel_put_day(reply, "opened", row->opened_on);
    parcel_put_moment(reply, "changed", row->changed_at);
    const struct procedure *procedure = work->file->procedure;
    const struct state *state = &procedure->states[work->file->state];
    struct text title = {0};
    text_addf(&title, "%s%c%s", procedure->title.zh, MESSAGE_BOTH, procedure->title.en);
    parcel_put(reply, "procedure_title", text_bytes(&title));
    text_free(&title);
    static const struct column columns[] = {{"stage", CELL_NAME, N_("stage")},
                                            {"title", CELL_TEXT, N_("stage")},
                                            {"here", CELL_YESNO, N_("here")}};
    struct table *table = parcel_table(reply, "stages", columns, 3);
    for (int32_t i = 0; i < procedure->stages.count; i++) {
        table_text(table, procedure->stages.items[i].name);
        table_both(table, procedure->stages.items[i].zh, procedure->stages.items[i].en);
        table_yesno(table, i == state->stage);
    }
}

/* The list; of an open case something is delivered by, with what the vendors' clouds show of it. */
static int show_items(struct asking *asking, struct casework *work)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const int64_t *seen = NULL;
    bool delivers = false;
    int64_t at = MOMENT_NONE;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        delivers |= procedure->events[e].fills.count > 0;
    }
    if (delivers && !work->row.closed && delivery_seen(asking, work, &seen, &at) != 0) {
        return -1;
    }
    reply_items(asking, work, seen);
    parcel_put_moment(asking->reply, "seen_at", at);
    return 0;
}

int verb_show(struct asking *asking)
{
    struct casework work;
    int status = case_taken(asking, &work);
    if (status == 0) {
        status = reply_case(asking, &work);
        show_head(asking, &work);
        status = status ? status : show_items(asking, &work);
        show_acts(asking, &work);
    }
    status = status ? status : show_entries(asking, &work);
    status = status ? status : reply_documents(asking, &work);
    status = status ? status : reply_offers(asking, &work);
    status = status ? status : reply_remedies(asking, &work);
    status = status ? status : show_links(asking, &work);
    casework_free(&work);
    return status;
}

/* ---- why ---- */

static struct readings *readings_for(struct rulebook *rulebook)
{
    if (!rulebook->readings) {
        rulebook->readings = readings_new(rulebook->draft, rulebook->policy, rulebook->answers,
                                          rulebook->answer_count);
    }
    return rulebook->readings;
}

/* A step of the kinds that have no second day, or no moment, leaves them zero. */
static void put_steps(struct table *table, const char *clock, const struct trace *trace)
{
    static const char *const words[] = {
        [STEP_ANCHOR] = "start",      [STEP_COUNTED] = "counts",    [STEP_RESTS] = "rests",
        [STEP_HELD] = "held",         [STEP_JUMP] = "reaches",      [STEP_HOLD] = "hold",
        [STEP_EXTENDED] = "extended", [STEP_REPLACED] = "replaced", [STEP_ROLLED] = "rolled",
        [STEP_KEPT] = "kept",         [STEP_CLEAR] = "clear",       [STEP_DUE] = "last_day"};
    for (size_t i = 0; i < trace->count; i++) {
        const struct step *step = &trace->steps[i];
        table_text(table, clock);
        table_text(table, words[step->kind]);
        table_int(table, (int64_t)step->kind);
        table_day(table, step->day);
        table_day(table, step->day2 != 0 ? step->day2 : DAY_NONE);
        table_moment(table, step->moment != 0 ? step->moment : MOMENT_NONE);
        table_int(table, step->n);
        table_int(table, step->period.n);
        table_int(table, (int64_t)step->period.unit);
        table_int(table, (int64_t)step->reason.kind);
        table_text(table, step->reason.name);
        table_text(table, step->reason.notice);
    }
}

static void put_moves(const struct casework *work, struct table *table, const struct run *run)
{
    const struct policy *policy = work->rulebook->policy;
    struct range_of_readings range = readings_of(work->rulebook->readings, run->clock);
    for (size_t i = 0; i < range.count; i++) {
        if (range.moved[i].question < 0) {
            continue;
        }
        const struct question *question = &policy->questions[range.moved[i].question];
        const struct title *option = &question->options[range.moved[i].option].title;
        table_text(table, policy->clocks[run->clock].title.name);
        table_both(table, question->title.zh, question->title.en);
        table_both(table, option->zh, option->en);
        table_day(table, range.moved[i].day);
    }
}

static int explain(struct asking *asking, struct casework *work, const char *clock)
{
    static const struct column step_columns[] = {
        {"clock", CELL_NAME, N_("clock")}, {"step", CELL_NAME, NULL},
        {"kind", CELL_NUMBER, NULL},       {"day", CELL_DAY, NULL},
        {"day2", CELL_DAY, NULL},          {"moment", CELL_MOMENT, NULL},
        {"n", CELL_NUMBER, NULL},          {"period", CELL_NUMBER, NULL},
        {"unit", CELL_NUMBER, NULL},       {"why", CELL_NUMBER, NULL},
        {"name", CELL_TEXT, NULL},         {"notice", CELL_TEXT, NULL}};
    static const struct column move_columns[] = {{"clock", CELL_NAME, N_("clock")},
                                                 {"question", CELL_TEXT, N_("question")},
                                                 {"option", CELL_TEXT, N_("read as")},
                                                 {"day", CELL_DAY, N_("last day")}};
    const struct policy *policy = work->rulebook->policy;
    struct table *steps = parcel_table(asking->reply, "steps", step_columns, 12);
    struct table *moves = parcel_table(asking->reply, "readings", move_columns, 4);
    bool found = !clock;
    for (int32_t i = 0; i < work->file->run_count; i++) {
        const struct run *run = &work->file->runs[i];
        const struct title *title = &policy->clocks[run->clock].title;
        const char *name = title->name;
        struct trace trace = {0};
        bool asked_for = !clock || strcmp(clock, name) == 0 || strcmp(clock, title->zh) == 0 ||
                         strcmp(clock, title->en) == 0;
        if (run->state == RUN_NONE || !asked_for) {
            continue;
        }
        found = true;
        if (fold_explain(work->rulebook->fold, run, &trace)) {
            put_steps(steps, name, &trace);
        }
        trace_free(&trace);
        if (work->rulebook->readings) {
            put_moves(work, moves, run);
        }
    }
    return found ? 0
                 : error_set(asking->error, ERROR_NOT_FOUND,
                             N_("no clock “%2” runs or ran in %1; `yuntai show` lists them"),
                             work->row.number, clock);
}

int verb_why(struct asking *asking)
{
    struct casework work;
    int status = case_taken(asking, &work);
    if (status == 0 && readings_for(work.rulebook) &&
        readings_fold(work.rulebook->readings, asking->counter->calendar, work.procedure, work.acts,
                      work.records.count, work.folded) == FOLD_MEMORY) {
        status = error_memory(asking->error);
    }
    status = status ? status : explain(asking, &work, asked(asking, "clock"));
    status = status ? status : reply_case(asking, &work);
    status = status ? status : reply_remedies(asking, &work);
    casework_free(&work);
    return status;
}
