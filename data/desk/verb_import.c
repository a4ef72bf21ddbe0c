/* verb_import.c: registers kept elsewhere, taken in; the same file twice changes nothing. */
#include <string.h>

#include "data/desk/import.h"
#include "data/desk/registers.h"

static const struct {
    const char *name;
    enum book_kind kind; /* BOOK_KINDS: cases */
} kinds[] = {{"orgs", BOOK_ORG},    {"people", BOOK_PERSON},     {"systems", BOOK_SYSTEM},
             {"cases", BOOK_KINDS}, {"catalogue", BOOK_PRODUCT}, {"prices", BOOK_PRICE},
             {"quota", BOOK_QUOTA}, {"absences", BOOK_ABSENCE},  {"products", BOOK_PRODUCT}};

static bool kind_of(const char *name, enum book_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return book_kind_of(name, kind) && *kind != BOOK_NOTICE;
}

static int kind_asked(struct asking *asking, enum book_kind *kind)
{
    const char *name;
    if (must_ask(asking, "kind", &name) != 0) {
        return -1;
    }
    if (!kind_of(name, kind)) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("kind: “%1” is none of orgs, people, systems, catalogue, prices, "
                            "quota, absences and cases"),
                         name, NULL);
    }
    return must_keep(asking,
                     *kind == BOOK_KINDS ? KEEPS_ORGANISATIONS : register_kind(*kind)->keeps);
}

/* ---- registers ---- */

static bool free_column(const struct policy *policy, enum free_names free, const char *name)
{
    const char *dot = strrchr(name, '.');
    bool column = column_named(policy, dot ? dot + 1 : name) >= 0;
    if (free == FREE_SYSTEM) {
        bool entry = strncmp(name, "entry.", 6) == 0 && field_named(policy, name + 6) >= 0;
        return entry || (strncmp(name, "item.", 5) == 0 && dot > name + 5 && column);
    }
    return free != FREE_NONE && !dot && column;
}

static bool known_column(struct asking *asking, const char *name)
{
    static const char *const own[] = {"code", "name", "parent", "since", "until"};
    enum book_kind kind = BOOK_ORG;
    kind_of(asked(asking, "kind"), &kind);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strcmp(own[i], name) == 0) {
            return true;
        }
    }
    return register_fact(kind, name) ||
           free_column(asking->counter->current->policy, register_kind(kind)->free, name);
}

/* An empty field says nothing: what is on record stays. */
static bool read_filing(struct sheet *sheet, struct filing *filing)
{
    bool good = true;
    for (size_t i = 0; i < sheet->count; i++) {
        const char *name = sheet->head[i], *value = sheet_get(sheet, name);
        if (!*value || strcmp(name, "code") == 0) {
            continue;
        }
        if (filing_set(sheet->asking, filing, name, value) != 0) {
            if (!sheet_forgives(sheet->asking)) {
                return false;
            }
            sheet_error(sheet, name);
            good = false;
        }
    }
    if (good && filing_settle(sheet->asking, filing) != 0) {
        good = false;
        if (sheet_forgives(sheet->asking)) {
            sheet_error(sheet, "");
        }
    }
    return good;
}

static int take_row(struct sheet *sheet, enum book_kind kind, const char *code,
                    struct import *import)
{
    struct asking *asking = sheet->asking;
    struct filing filing = {0};
    int64_t id;
    const struct entry *old = book_by_code(asking->counter, kind, code);
    int status = filing_begin(asking, kind, old, code, &filing);
    if (status == 0 && read_filing(sheet, &filing)) {
        bool same = filing_same(asking, &filing);
        import->same += same;
        import->changed += !same && old;
        import->fresh += !old;
        const char *reason = asked(asking, "reason");
        status = same ? 0
                      : filing_write(asking, &filing, -1, NULL, reason ? reason : "imported",
                                     asking->now, &id);
    }
    filing_free(&filing);
    return status != 0 || asking->error->code != ERROR_NONE ? -1 : 0;
}

static int take_rows(struct sheet *sheet, enum book_kind kind, struct import *import)
{
    int status = 0;
    while (status == 0 && sheet_next(sheet)) {
        const char *code = sheet_get(sheet, "code");
        int first = *code ? sheet_first(sheet, code, strlen(code)) : 0;
        if (!*code) {
            sheet_problem(sheet, "code", N_("the code is missing"),
                          N_("a word by which the register knows it"), NULL);
        } else if (first == 0) {
            sheet_problem(sheet, "code", N_("the row stands twice"), N_("one row for each code"),
                          NULL);
        } else {
            status = first < 0 ? -1 : take_row(sheet, kind, code, import);
        }
    }
    return status;
}

/* ---- what a table may have ---- */

static void put_column(struct table *table, const char *name, const char *title, bool required)
{
    table_text(table, name);
    table_text(table, title);
    table_yesno(table, required);
}

static void put_free(struct asking *asking, struct table *table, enum free_names free)
{
    const struct policy *policy = asking->counter->current->policy;
    if (free == FREE_SYSTEM) {
        put_column(table, "entry.FIELD", N_("an entry that stands for the system"), false);
        put_column(table, "item.CODE.COLUMN", N_("a resource that the system has"), false);
    }
    for (int32_t i = 0; free == FREE_COLUMNS && i < policy->measures.count; i++) {
        const struct label *measure = &policy->measures.items[i];
        table_text(table, measure->name);
        table_both(table, measure->zh, measure->en);
        table_yesno(table, false);
    }
    int32_t first = ITEM_MEASURES + policy->measures.count;
    for (int32_t i = first; free == FREE_COLUMNS && i < policy->column_count; i++) {
        const struct title *title = &policy->columns[i - first]->title;
        table_text(table, title->name);
        table_both(table, title->zh, title->en);
        table_yesno(table, false);
    }
}

int verb_columns(struct asking *asking)
{
    static const struct column columns[] = {{"name", CELL_NAME, N_("column")},
                                            {"word", CELL_TEXT, N_("title")},
                                            {"required", CELL_YESNO, N_("required")}};
    enum book_kind kind;
    const char *name;
    if (must_ask(asking, "kind", &name) != 0) {
        return -1;
    }
    if (!kind_of(name, &kind) && register_named(asking, name, &kind) != 0) {
        return -1;
    }
    struct table *table = parcel_table(asking->reply, "columns", columns, 3);
    if (kind == BOOK_KINDS) {
        import_case_columns(asking, table);
        return 0;
    }
    const struct register_kind *about = register_kind(kind);
    put_column(table, "code", N_("code"), true);
    put_column(table, "name", N_("name"), !about->needs_since);
    put_column(table, "parent", N_("belongs to"), about->needs_parent);
    put_column(table, "since", N_("since"), about->needs_since);
    put_column(table, "until", N_("until"), false);
    for (int32_t i = 0; i < about->fact_count; i++) {
        put_column(table, about->facts[i].name, about->facts[i].title, about->facts[i].required);
    }
    put_free(asking, table, about->free);
    return 0;
}

/* ---- the verb ---- */

/* Everything is done as it would be; a trial is then taken back. */
static int run(struct sheet *sheet, enum book_kind kind, bool apply, struct import *import)
{
    struct asking *asking = sheet->asking;
    struct who_asks who = who_asks(asking);
    if (db_begin(asking->counter->store->db, asking->error) != 0) {
        return -1;
    }
    asking->quiet = true;
    int status = kind == BOOK_KINDS ? import_cases(sheet, import) : take_rows(sheet, kind, import);
    asking->quiet = false;
    if (status == 0 && apply) {
        return db_commit(asking->counter->store->db, asking->error);
    }
    counter_rollback(asking->counter);
    status = status ? status : book_refresh(asking->counter, asking->error);
    who_again(asking, &who);
    return status;
}

int verb_import(struct asking *asking)
{
    struct sheet sheet;
    struct import import = {0};
    enum book_kind kind = BOOK_KINDS;
    bool apply = parcel_yes(asking->request, "apply");
    if (kind_asked(asking, &kind) != 0) {
        return -1;
    }
    int status =
        sheet_begin(asking, &sheet, kind == BOOK_KINDS ? import_case_column : known_column);
    status = status ? status : run(&sheet, kind, apply, &import);
    parcel_put_int(asking->reply, "new", import.fresh);
    parcel_put_int(asking->reply, "changed", import.changed);
    parcel_put_int(asking->reply, "same", import.same);
    parcel_put_int(asking->reply, "bad", sheet.bad);
    parcel_put(asking->reply, "applied", apply ? "yes" : "no");
    sheet_end(&sheet);
    return status;
}
