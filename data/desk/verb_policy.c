/* verb_policy.c: policies, answers, notices: what moves when they change. */
#include <string.h>

#include "data/calendar.h"
#include "data/csv.h"
#include "data/desk/inside.h"

/* ---- what would move ---- */

static const struct column move_columns[] = {
    {"case", CELL_NAME, N_("case")},     {"title", CELL_TEXT, N_("title")},
    {"clock", CELL_NAME, N_("clock")},   {"clock_title", CELL_TEXT, N_("clock")},
    {"from", CELL_DAY, N_("until now")}, {"to", CELL_DAY, N_("then")}};

struct moving {
    struct asking *asking;
    struct table *table;
    int64_t cases;
    bool apply; /* write the cache as it comes out */
    int32_t *days;
};

/* The last days of the clocks that run, by place. */
static void take_days(const struct casework *work, int32_t *days)
{
    for (int32_t i = 0; i < work->file->run_count; i++) {
        const struct run *run = &work->file->runs[i];
        bool open = run->state == RUN_RUNNING || run->state == RUN_HELD;
        days[i] = open && run->has_due ? run->due.day : DAY_NONE;
    }
}

/* Some clock moved; it is told, and counted, to who sees the case. */
static bool tell_moves(struct moving *moving, const struct casework *work, const int32_t *before)
{
    bool moved = false, seen = sees_case(moving->asking, &work->row);
    for (int32_t i = 0; i < work->file->run_count; i++) {
        const struct run *run = &work->file->runs[i];
        const struct title *clock = &work->rulebook->policy->clocks[run->clock].title;
        bool open = run->state == RUN_RUNNING || run->state == RUN_HELD;
        int32_t now = open && run->has_due ? run->due.day : DAY_NONE;
        if (now == before[i]) {
            continue;
        }
        moving->cases += seen && !moved;
        moved = true;
        if (!seen) {
            continue;
        }
        table_text(moving->table, work->row.number);
        table_text(moving->table, work->row.title);
        table_text(moving->table, clock->name);
        table_both(moving->table, clock->zh, clock->en);
        table_day(moving->table, before[i]);
        table_day(moving->table, now);
    }
    return moved;
}

/* One open case under the calendar before and the one now. */
static int move_case(struct moving *moving, int64_t id, struct calendar *before,
                     struct calendar *after)
{
    struct asking *asking = moving->asking;
    struct counter *counter = asking->counter;
    struct casework work;
    int status = casework_load(asking, id, &work);
    int32_t count = status == 0 ? work.rulebook->policy->clock_count : 0;
    int32_t *days = arena_array(asking->arena, (size_t)count + 1, sizeof *days);
    counter->calendar = before;
    status = status || !days ? -1 : casework_fold(asking, &work, asking->now);
    if (status == 0) {
        take_days(&work, days);
    }
    counter->calendar = after;
    status = status ? status : casework_fold(asking, &work, asking->now);
    if (status == 0) {
        bool moved = tell_moves(moving, &work, days);
        if (moved && moving->apply) {
            status = casework_save(asking, &work, asking->now);
        }
    }
    casework_free(&work);
    return status;
}

enum { PAGE = 500 };

/* All open cases. AFTER is the calendar from now on. */
static int move_all(struct moving *moving, struct calendar *before, struct calendar *after)
{
    struct asking *asking = moving->asking;
    int64_t ids[PAGE], last = 0, found;
    int status = 0;
    do {
        found = store_open_cases(asking->counter->store, last, ids, PAGE, asking->error);
        for (int64_t i = 0; i < found && status == 0; i++) {
            status = move_case(moving, ids[i], before, after);
            last = ids[i];
        }
    } while (status == 0 && found == PAGE);
    parcel_put_int(asking->reply, "cases", moving->cases);
    return found < 0 ? -1 : status;
}

/* ---- notices ---- */

static int write_notice(struct asking *asking, const char *code, const char *published,
                        const struct text *rows)
{
    struct text facts = {0};
    struct entry *old = book_by_code(asking->counter, BOOK_NOTICE, code);
    int32_t day = DAY_NONE;
    day_parse(published, strlen(published), &day);
    fact_put_n(&facts, "rows", text_bytes(rows), rows->length);
    struct register_act act = {.kind = BOOK_NOTICE,
                               .id = old ? old->thing.id : 0,
                               .rev = -1,
                               .code = code,
                               .name = code,
                               .since = day,
                               .until = DAY_NONE,
                               .facts = text_bytes(&facts),
                               .event = old ? "change" : "enter",
                               .body = asked(asking, "reason"),
                               .effective = asking->now};
    int64_t id;
    int status = facts.failed ? error_memory(asking->error) : register_write(asking, &act, &id);
    text_free(&facts);
    return status;
}

static const char *const notice_columns[] = {"notice", "published", "covers",
                                             "date",   "kind",      "name"};
enum { NOTICE_COLUMNS = 6 };

/* Where each column of the file stands. */
static int find_columns(struct asking *asking, const struct csv *csv, size_t places[])
{
    for (int i = 0; i < NOTICE_COLUMNS; i++) {
        size_t at = 0;
        while (at < csv->count && strcmp(csv->fields[at], notice_columns[i]) != 0) {
            at++;
        }
        if (at == csv->count) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("the notice has no column “%1”; a calendar file has notice, "
                                "published, covers, date, kind and name"),
                             notice_columns[i], NULL);
        }
        places[i] = at;
    }
    return 0;
}

struct noticing { /* rows of one notice being gathered */
    const char *code, *published;
    struct text rows;
};

static int take_notice_row(struct asking *asking, struct noticing *now, const struct csv *csv,
                           const size_t places[])
{
    const char *cell[NOTICE_COLUMNS];
    for (int i = 0; i < NOTICE_COLUMNS; i++) {
        const char *field = places[i] < csv->count ? csv->fields[places[i]] : "";
        cell[i] = arena_text(asking->arena, field, strlen(field));
        if (text_turns(field) || text_controls(field)) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("%1: it has signs that turn the writing around; leave them out"),
                             notice_columns[i], NULL);
        }
    }
    struct calendar_row row;
    const char *value, *wrong = calendar_row_wrong(cell, &row, &value);
    if (wrong) {
        struct text line = {0};
        text_add_int(&line, csv->line);
        int status = error_set4(asking->error, ERROR_USAGE, N_("line %1: “%2” %3"),
                                text_bytes(&line), value, wrong, NULL);
        text_free(&line);
        return status;
    }
    if (now->code && strcmp(now->code, cell[0]) != 0) {
        if (write_notice(asking, now->code, now->published, &now->rows) != 0) {
            return -1;
        }
        text_clear(&now->rows);
    }
    now->code = cell[0];
    now->published = cell[1];
    for (int i = 0; i < NOTICE_COLUMNS; i++) {
        bool quote = strpbrk(cell[i], ",\"\n") != NULL;
        text_addf(&now->rows, "%s%s", i ? "," : "", quote ? "\"" : "");
        for (const char *at = cell[i]; *at; at++) {
            text_add_n(&now->rows, at, 1);
            text_add(&now->rows, *at == '"' ? "\"" : "");
        }
        text_add(&now->rows, quote ? "\"" : "");
    }
    text_add(&now->rows, "\n");
    return 0;
}

int notices_enter(struct asking *asking, const char *bytes, size_t length)
{
    size_t places[NOTICE_COLUMNS];
    struct noticing now = {0};
    struct csv csv;
    csv_start(&csv, bytes, length);
    int status = csv_next(&csv) ? find_columns(asking, &csv, places) : 0;
    while (status == 0 && csv_next(&csv)) {
        status = take_notice_row(asking, &now, &csv, places);
    }
    if (status == 0 && csv.error) {
        struct text line = {0};
        text_add_int(&line, csv.line);
        status =
            error_set(asking->error, ERROR_USAGE, N_("line %1: %2"), text_bytes(&line), csv.error);
        text_free(&line);
    }
    if (status == 0 && now.code) {
        status = write_notice(asking, now.code, now.published, &now.rows);
    } else if (status == 0) {
        status = error_set(asking->error, ERROR_USAGE,
                           N_("csv: it is empty; its first line names the columns"), NULL, NULL);
    }
    csv_end(&csv);
    text_free(&now.rows);
    return status;
}

int verb_notice(struct asking *asking)
{
    const char *csv;
    struct calendar *before;
    if (must_ask(asking, "csv", &csv) != 0 ||
        calendar_with(asking->counter, NULL, 0, &before, asking->error) != 0) {
        return -1;
    }
    struct moving moving = {.asking = asking, .apply = true};
    moving.table = parcel_table(asking->reply, "moves", move_columns, 6);
    int status = notices_enter(asking, csv, strlen(csv));
    status = status ? status : calendar_refresh(asking->counter, asking->error);
    status = status ? status : move_all(&moving, before, asking->counter->calendar);
    calendar_free(before);
    return status;
}

int verb_notices(struct asking *asking)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N_("notice")},  {"published", CELL_DAY, N_("published")},
        {"covers", CELL_NAME, N_("settles")}, {"date", CELL_DAY, N_("day")},
        {"kind", CELL_NAME, N_("kind")},      {"name", CELL_TEXT, N_("name")}};
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_NOTICE);
    struct table *table = parcel_table(asking->reply, "notices", columns, 6);
    const char *year = asked(asking, "year");
    if (year && (strlen(year) != 4 || strspn(year, "0123456789") != 4)) {
        return error_set(asking->error, ERROR_USAGE, N_("“%1” is no year; write it as 2026"), year,
                         NULL);
    }
    for (size_t i = 0; i < shelf->count; i++) {
        const char *rows = entry_fact(shelf->items[i], "rows", asking->arena);
        struct csv csv;
        csv_start(&csv, rows ? rows : "", rows ? strlen(rows) : 0);
        while (csv_next(&csv)) {
            bool wanted =
                csv.count == 6 && (!year || strncmp(csv.fields[3], year, strlen(year)) == 0);
            for (size_t k = 0; wanted && k < 6; k++) {
                table_text(table, csv.fields[k]);
            }
        }
        csv_end(&csv);
    }
    return 0;
}

/* ---- policies ---- */

static int put_policy(struct asking *asking, struct rulebook *rulebook, const char *text,
                      const char *answers)
{
    struct store *store = asking->counter->store;
    uint8_t digest[STORE_HASH];
    char hex[2 * STORE_HASH + 1];
    struct text facts = {0};
    int64_t id = store_id(store, asking->error);
    if (!store_body_hash(store, text, strlen(text), digest)) {
        return error_memory(asking->error);
    }
    fact_put(&facts, "name", rulebook->name);
    fact_put(&facts, "digest", digest_hex(digest, hex));
    fact_put(&facts, "answers", answers);
    if (asked(asking, "effective")) { /* of their own, not that of the text */
        fact_put_day(&facts, "effective", rulebook->effective);
    }
    struct record record = {.case_id = id,
                            .n = 1,
                            .event = "adopt",
                            .actor = asking->person ? asking->person->thing.id : 0,
                            .role = "policy",
                            .effective = asking->now,
                            .recorded = asking->utc,
                            .policy = id,
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length,
                            .body = asked(asking, "ground")};
    struct policy_row row = {.id = id,
                             .name = rulebook->name,
                             .digest = digest,
                             .text = text,
                             .length = strlen(text),
                             .answers = answers,
                             .effective = rulebook->effective,
                             .adopted_at = asking->utc};
    rulebook->id = id;
    int status = id == 0 || facts.failed ? -1 : store_append(store, &record, asking->error);
    status = status ? status : store_policy_put(store, &row, asking->error);
    text_free(&facts);
    return status;
}

/* NAME: of the measures that RULEBOOK mends, or that it says it replaces. */
static bool follows(const struct rulebook *rulebook, const char *name)
{
    const char *replaces = rulebook->policy->replaces;
    return strcmp(name, rulebook->name) == 0 || (replaces && strcmp(name, replaces) == 0);
}

/* An open case of these measures folded under the new file: in the same state, or not at all. */
static int adopt_case(struct moving *moving, int64_t id, struct rulebook *rulebook)
{
    struct asking *asking = moving->asking;
    struct casework work;
    struct error ignored = {0}, *error = asking->error;
    int status = casework_load(asking, id, &work);
    if (status != 0 || !follows(rulebook, work.rulebook->name) ||
        work.rulebook->id == rulebook->id || casework_fold(asking, &work, asking->now) != 0) {
        casework_free(&work);
        return status < 0 ? -1 : 0;
    }
    int32_t *days =
        arena_array(asking->arena, (size_t)rulebook->policy->clock_count + 1, sizeof *days);
    const char *state = work.row.state;
    struct record record = {.event = "adopt_policy",
                            .actor = asking->person ? asking->person->thing.id : 0,
                            .role = "",
                            .effective =
                                work.file->changed > asking->now ? work.file->changed : asking->now,
                            .recorded = asking->utc,
                            .facts = "",
                            .body = asked(asking, "ground")};
    take_days(&work, days);
    asking->error = &ignored;
    bool fits = casework_rule(asking, &work, rulebook) == 0 &&
                casework_fold(asking, &work, asking->now) == 0 &&
                strcmp(work.file->procedure->states[work.file->state].title.name, state) == 0;
    asking->error = error;
    error_free(&ignored);
    if (fits) {
        tell_moves(moving, &work, days);
        work.row.policy = rulebook->id;
        status = casework_append(asking, &work, &record);
        status = status ? status : casework_save(asking, &work, asking->now);
    } else if (sees_case(asking, &work.row)) {
        table_text(moving->table, work.row.number);
        table_text(moving->table, work.row.title);
        table_text(moving->table, NULL);
        table_text(moving->table, NULL);
        table_text(moving->table, NULL);
        table_text(moving->table, NULL);
    }
    casework_free(&work);
    return status;
}

static int adopt_all(struct asking *asking, struct rulebook *rulebook)
{
    int64_t ids[PAGE], last = 0, found;
    struct moving moving = {.asking = asking};
    int status = 0;
    moving.table = parcel_table(asking->reply, "moves", move_columns, 6);
    do {
        found = store_open_cases(asking->counter->store, last, ids, PAGE, asking->error);
        for (int64_t i = 0; i < found && status == 0; i++) {
            status = adopt_case(&moving, ids[i], rulebook);
            last = ids[i];
        }
    } while (status == 0 && found == PAGE);
    parcel_put_int(asking->reply, "cases", moving.cases);
    return found < 0 ? -1 : status;
}

/* The day from which it is that of new cases: the one said, else that of its text. */
static int take_effective(struct asking *asking, struct rulebook *rulebook, bool move)
{
    int32_t said = rulebook->effective, today = moment_day(asking->now);
    char day[DAY_TEXT], first[DAY_TEXT];
    if (!asked_day(asking, "effective", &said)) {
        return -1;
    }
    bool own = asked(asking, "effective") != NULL;
    int32_t least = rulebook->effective > today ? rulebook->effective : today;
    if (own && said < least) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("--effective %1: new cases can follow the policy from %2 on; what was "
                            "opened before has its own, and nobody follows a policy before it is "
                            "in force"),
                         day_format(said, day), day_format(least, first));
    }
    if (move && said > today) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("the policy is in force from %1: open cases can move to it from that "
                            "day on; adopt it without --move now, and once more with --move then"),
                         day_format(said, day), NULL);
    }
    rulebook->effective = said;
    return 0;
}

static int adopt(struct asking *asking, const char *text, const char *answers, bool move)
{
    struct rulebook *rulebook = rulebook_make(text, strlen(text), answers, asking->error);
    const struct rulebook *present = asking->counter->current; /* NULL: it is the first */
    int status = rulebook ? take_effective(asking, rulebook, move && present) : -1;
    if (status == 0 && present && move && !follows(rulebook, present->name)) {
        status = error_set(asking->error, ERROR_USAGE,
                           N_("%1 is another policy than %2 and does not say that it replaces it: "
                              "no open case can move; write `replaces = %2`, or leave out --move"),
                           rulebook->name, present->name);
    }
    status = status ? status : put_policy(asking, rulebook, text, answers);
    if (status == 0 && move) {
        status = adopt_all(asking, rulebook);
    }
    if (rulebook) {
        parcel_put(asking->reply, "policy", rulebook->name);
        parcel_put_day(asking->reply, "effective", rulebook->effective);
    }
    rulebook_free(rulebook);
    return status;
}

/* What is in force is not adopted once more as it is. */
static int must_differ(struct asking *asking, const char *text, const char *answers)
{
    const struct rulebook *present = asking->counter->current;
    struct text old = {0}, answered = {0};
    int status =
        present ? store_policy(asking->counter->store, present->id, &old, &answered, asking->error)
                : 0;
    if (status == 0 && present && strcmp(text_bytes(&old), text) == 0 &&
        strcmp(text_bytes(&answered), answers) == 0) {
        status = error_set(asking->error, ERROR_USAGE,
                           N_("%1 is in force already, word for word and with these answers; "
                              "`--move` moves open cases to it"),
                           present->name, NULL);
    }
    text_free(&old);
    text_free(&answered);
    return status;
}

int verb_adopt(struct asking *asking)
{
    const char *text, *said = asked(asking, "answers");
    struct text answers = {0};
    bool move = parcel_yes(asking->request, "move");
    if (must_ask(asking, "text", &text) != 0) {
        return -1;
    }
    int status = answers_after(asking, text, said ? said : "", &answers);
    if (status == 0 && !move && !asked(asking, "effective")) {
        status = must_differ(asking, text, text_bytes(&answers));
    }
    status = status ? status : adopt(asking, text, text_bytes(&answers), move);
    text_free(&answers);
    return status;
}

/* The present policy with another answer to one of its questions, by whom and on what ground. */
int verb_answer(struct asking *asking)
{
    const char *question, *option, *ground;
    struct text text = {0}, old = {0}, said = {0}, answers = {0};
    if (must_ask(asking, "question", &question) != 0 || must_ask(asking, "option", &option) != 0 ||
        must_be_answer(asking, question, option) != 0 || must_ask(asking, "ground", &ground) != 0) {
        return -1;
    }
    text_addf(&said, "%s %s\n", question, option);
    int status = store_policy(asking->counter->store, asking->counter->current->id, &text, &old,
                              asking->error);
    status =
        status ? status : answers_after(asking, text_bytes(&text), text_bytes(&said), &answers);
    status = status ? status : adopt(asking, text_bytes(&text), text_bytes(&answers), false);
    text_free(&text);
    text_free(&old);
    text_free(&said);
    text_free(&answers);
    return status;
}

static int take_policy(void *self, const struct policy_row *row, struct error *error)
{
    struct asking *asking = self;
    struct table *table = asking->reply->tables[0];
    (void)error;
    table_text(table, row->name);
    table_day(table, row->effective);
    table_moment(table, to_local(asking->counter, row->adopted_at));
    table_yesno(table, row->id == asking->counter->current->id);
    table_text(table, row->answers);
    return 0;
}

int verb_policies(struct asking *asking)
{
    static const struct column columns[] = {{"policy", CELL_NAME, N_("policy")},
                                            {"effective", CELL_DAY, N_("in force from")},
                                            {"adopted", CELL_MOMENT, N_("adopted")},
                                            {"current", CELL_YESNO, N_("of new cases")},
                                            {"answers", CELL_TEXT, N_("answers")}};
    static const struct column asked_columns[] = {
        {"question", CELL_NAME, N_("question")},
        {"title", CELL_TEXT, N_("question")},
        {"article", CELL_NAME, N_("article")},
        {"answer", CELL_NAME, N_("answer")},
        {"answer_title", CELL_TEXT, N_("answer")},
        {"written", CELL_YESNO, N_("as the file has it")}};
    const struct policy *policy = asking->counter->current->policy;
    parcel_table(asking->reply, "policies", columns, 5);
    struct table *table = parcel_table(asking->reply, "questions", asked_columns, 6);
    for (int32_t i = 0; i < policy->question_count; i++) {
        const struct question *question = &policy->questions[i];
        const struct title *answer = &question->options[question->answer].title;
        struct text cites = {0};
        reply_cites(asking, policy, question->cites, &cites);
        table_text(table, question->title.name);
        table_both(table, question->title.zh, question->title.en);
        table_text(table, text_bytes(&cites));
        table_text(table, answer->name);
        table_both(table, answer->zh, answer->en);
        table_yesno(table, question->answer == question->written);
        text_free(&cites);
    }
    return store_policies(asking->counter->store, take_policy, asking, asking->error);
}
