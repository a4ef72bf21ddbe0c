/* letter.c: the names a letter may use, as the case at hand fills them. */
#include <string.h>

#include "data/desk/letter.h"

static const char *kept(const struct letter *letter, struct text *text)
{
    return arena_keep(letter->asking->arena, text);
}

static const char *date_of(const struct letter *letter, int32_t day)
{
    struct text out = {0};
    if (day == DAY_NONE) {
        return NULL;
    }
    template_date(day, &out);
    return kept(letter, &out);
}

static const char *moment_date(const struct letter *letter, int64_t moment)
{
    return moment == MOMENT_NONE ? NULL : date_of(letter, moment_day(moment));
}

static const struct procedure *procedure_of(const struct letter *letter)
{
    return letter->work->file->procedure;
}

static const char *entry_name(const struct letter *letter, enum book_kind kind, int64_t id)
{
    const struct entry *entry = id ? book_by_id(letter->asking->counter, kind, id) : NULL;
    return entry ? entry->thing.name : NULL;
}

const char *letter_bureau(const struct letter *letter)
{
    const char *set = template_setting(letter->form, SETTING_BUREAU);
    return set ? set : letter->asking->org ? letter->asking->org->thing.name : NULL;
}

/* ---- entries as people read them ---- */

/* The parts of VALUE, divided by MARK, each as SHOW puts it, with 、 or ； between. */
static const char *parts(const struct letter *letter, const struct field *field, const char *value,
                         const char *marks, const char *between)
{
    struct text out = {0};
    while (*value) {
        size_t length = strcspn(value, marks);
        const char *part = arena_text(letter->asking->arena, value, length);
        const struct entry *org = field->type == FIELD_ORG || field->type == FIELD_ORGS
                                      ? book_by_code(letter->asking->counter, BOOK_ORG, part)
                                      : NULL;
        part = org ? org->thing.name : part;
        for (int32_t i = 0; i < field->labels.count; i++) {
            const struct label *label = &field->labels.items[i];
            part = strcmp(label->name, part) == 0 ? label->zh : part;
        }
        text_addf(&out, "%s%s", out.length ? between : "", part);
        value += length;
        value += *value != '\0';
    }
    return kept(letter, &out);
}

static const char *role_title(const struct letter *letter, const char *value)
{
    const struct policy *policy = letter->work->rulebook->policy;
    int32_t role = role_named(policy, value);
    return role >= 0 ? policy->roles[role].title.zh : value;
}

static const char *shown(const struct letter *letter, int32_t index, const char *value)
{
    const struct field *field = index >= 0 ? &letter->work->rulebook->policy->fields[index] : NULL;
    int32_t day;
    if (!field || !value || !*value) {
        return value;
    }
    switch (field->type) {
    case FIELD_DATE:
        return day_parse(value, strlen(value), &day) ? date_of(letter, day) : value;
    case FIELD_YESNO:
        return strcmp(value, "yes") == 0 ? "是" : "否";
    case FIELD_ROLE:
        return role_title(letter, value);
    case FIELD_POINTS:
    case FIELD_ANSWERS:
        return parts(letter, field, value, "|", "；");
    case FIELD_ORG:
    case FIELD_CHOICE:
        return parts(letter, field, value, "", "");
    case FIELD_ORGS:
    case FIELD_CHOICES:
        return parts(letter, field, value, field->type == FIELD_ORGS ? "|," : "+", "、");
    default:
        return value;
    }
}

/* ---- acts ---- */

/* The latest act of EVENT that was not taken back, as it was last corrected, and its place; NULL.
 */
static const struct record *latest(const struct letter *letter, int32_t event, size_t *place)
{
    const struct casework *work = letter->work;
    for (size_t i = work->records.count; i-- > 0;) {
        const struct record *stands = &work->records.items[i];
        bool gone = work->acts[i].event != event;
        for (size_t k = i + 1; k < work->records.count && !gone; k++) {
            bool about = work->acts[k].corrects == (int32_t)i + 1;
            gone = about && work->acts[k].event == EVENT_ANNUL;
            stands = about && !gone ? &work->records.items[k] : stands;
        }
        if (!gone) {
            *place = i;
            return stands;
        }
    }
    return NULL;
}

static const struct record *latest_named(const struct letter *letter, const char *name,
                                         size_t *place)
{
    int32_t event = event_named(letter->work->rulebook->policy, procedure_of(letter), name);
    return event >= 0 ? latest(letter, event, place) : NULL;
}

/* EVENT.FIELD: what was entered with it, else the words written beside it. */
static const char *of_act(const struct letter *letter, const char *name)
{
    const char *dot = strchr(name, '.');
    struct arena *arena = letter->asking->arena;
    if (!dot) {
        return NULL;
    }
    const char *event_name = arena_text(arena, name, (size_t)(dot - name));
    size_t place;
    const struct record *record = latest_named(letter, event_name, &place);
    if (!record) {
        return NULL;
    }
    const char *facts = arena_text(arena, record->facts, record->facts_length);
    const char *value = fact_find(facts, dot + 1, arena);
    if (value) {
        return shown(letter, field_named(letter->work->rulebook->policy, dot + 1), value);
    }
    return record->body ? fact_find(record->body, dot + 1, arena) : NULL;
}

static const char *event_day(const struct letter *letter, const char *name)
{
    size_t place;
    const struct record *record = latest_named(letter, name, &place);
    return record ? moment_date(letter, record->effective) : NULL;
}

/* The day of event NAME, if of those after which the letter may be written it was the last. */
static const char *last_day(const struct letter *letter, const char *name)
{
    const char *at = template_setting(letter->form, SETTING_WHEN);
    size_t mine, other, first = strlen(procedure_of(letter)->title.name);
    const struct record *record = latest_named(letter, name, &mine);
    while (record && at && *at) {
        size_t length = strcspn(at, ", \t");
        bool here = length > first && at[first] == '.' &&
                    strncmp(at, procedure_of(letter)->title.name, first) == 0;
        const char *event =
            here ? arena_text(letter->asking->arena, at + first + 1, length - first - 1) : "";
        if (here && latest_named(letter, event, &other) && other > mine) {
            return NULL;
        }
        at += length;
        at += strspn(at, ", \t");
    }
    return record ? moment_date(letter, record->effective) : NULL;
}

/* 第十一条、第十二条 */
static const char *articles(const struct letter *letter, const char *name)
{
    const struct policy *policy = letter->work->rulebook->policy;
    const struct procedure *procedure = procedure_of(letter);
    int32_t event = event_named(policy, procedure, name);
    const struct cites *cites = event >= 0 ? &procedure->events[event].cites : &procedure->cites;
    struct text out = {0};
    for (int32_t i = 0; i < cites->count; i++) {
        if (cites->items[i].kind == CITE_ARTICLE) {
            text_add(&out, out.length ? "、第" : "第");
            template_chinese(policy->articles[cites->items[i].index].number, &out);
            text_add(&out, "条");
        }
    }
    return out.length ? kept(letter, &out) : NULL;
}

/* The last day of the clock's latest run. */
static const char *due(const struct letter *letter, const char *name)
{
    const struct casefile *file = letter->work->file;
    const struct clock *clocks = letter->work->rulebook->policy->clocks;
    const struct run *found = NULL;
    for (size_t i = 0; i < file->past_count; i++) {
        bool is = strcmp(clocks[file->past[i].clock].title.name, name) == 0;
        found = is && file->past[i].has_due ? &file->past[i] : found;
    }
    for (int32_t i = 0; i < file->run_count; i++) {
        bool is = strcmp(clocks[file->runs[i].clock].title.name, name) == 0;
        found = is && file->runs[i].has_due ? &file->runs[i] : found;
    }
    return found ? date_of(letter, found->due.day) : NULL;
}

/* ---- values ---- */

static const char *after(const char *name, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

static const char *head_value(const struct letter *letter, const char *name)
{
    const struct casework *work = letter->work;
    const struct case_row *row = &work->row;
    const struct policy *policy = work->rulebook->policy;
    const struct {
        const char *name, *value;
    } values[] = {
        {"number", row->number},
        {"letter_number", letter->number},
        {"letter", template_setting(letter->form, SETTING_TITLE)},
        {"date", date_of(letter, letter->day)},
        {"bureau", letter_bureau(letter)},
        {"org", entry_name(letter, BOOK_ORG, row->org)},
        {"county", entry_name(letter, BOOK_ORG, row->county)},
        {"vendor", entry_name(letter, BOOK_ORG, row->vendor)},
        {"system", entry_name(letter, BOOK_SYSTEM, row->system)},
        {"owner", entry_name(letter, BOOK_PERSON, row->owner)},
        {"title", row->title},
        {"procedure", procedure_of(letter)->title.zh},
        {"state",
         work->file->state >= 0 ? procedure_of(letter)->states[work->file->state].title.zh : NULL},
        {"opened", date_of(letter, row->opened_on)},
        {"policy", policy->title.zh},
        {"policy_number", policy->number},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (strcmp(values[i].name, name) == 0) {
            return values[i].value;
        }
    }
    return NULL;
}

static const char *value(void *self, const char *name)
{
    const struct letter *letter = self;
    const struct policy *policy = letter->work->rulebook->policy;
    const char *rest;
    if ((rest = after(name, "field."))) {
        int32_t field = field_named(policy, rest);
        const char *entered = bag_get(&letter->bag, rest);
        bool standard = !entered && field >= 0 && policy->fields[field].has_default;
        return shown(letter, field, standard ? policy->fields[field].default_text : entered);
    }
    if ((rest = after(name, "fact."))) {
        return bag_get(&letter->bag, rest);
    }
    if ((rest = after(name, "fact_date."))) {
        const char *raw = bag_get(&letter->bag, rest);
        int64_t moment;
        return raw && moment_parse(raw, strlen(raw), &moment) ? moment_date(letter, moment) : NULL;
    }
    if ((rest = after(name, "act."))) {
        return of_act(letter, rest);
    }
    if ((rest = after(name, "on."))) {
        return event_day(letter, rest);
    }
    if ((rest = after(name, "last."))) {
        return last_day(letter, rest);
    }
    if ((rest = after(name, "article."))) {
        return articles(letter, rest);
    }
    if ((rest = after(name, "due."))) {
        return due(letter, rest);
    }
    return head_value(letter, name);
}

/* ---- lists ---- */

static bool list_room(struct letter *letter, struct letter_list *list, size_t cells)
{
    if ((list->rows + 1) * cells <= list->capacity) {
        return true;
    }
    size_t capacity = list->capacity ? list->capacity * 2 : 16 * cells;
    const char **grown = arena_array(letter->asking->arena, capacity, sizeof *grown);
    if (!grown) {
        return false;
    }
    if (list->rows) {
        memcpy(grown, list->cells, list->rows * cells * sizeof *grown);
    }
    list->cells = grown;
    list->capacity = capacity;
    return true;
}

/* "points FIELD" and "lines FIELD": its pieces. */
static void read_pieces(struct letter *letter, struct letter_list *list, const char *of,
                        const char *marks)
{
    const char *raw = bag_get(&letter->bag, of);
    while (raw && *raw && list_room(letter, list, 1)) {
        size_t length = strcspn(raw, marks);
        if (length > 0) {
            list->cells[list->rows++] = arena_text(letter->asking->arena, raw, length);
        }
        raw += length;
        raw += *raw != '\0';
    }
}

enum { PAPER_NAME, PAPER_FIELD, PAPER_CELLS };
struct papers {
    struct letter *letter;
    struct letter_list *list;
    const char *field; /* "": of all */
};

static int take_paper(void *self, const struct document_row *row, struct error *error)
{
    struct papers *papers = self;
    struct letter *letter = papers->letter;
    const struct policy *policy = letter->work->rulebook->policy;
    int32_t field = row->field ? field_named(policy, row->field) : -1;
    if (*papers->field && (!row->field || strcmp(papers->field, row->field) != 0)) {
        return 0;
    }
    if (!list_room(letter, papers->list, PAPER_CELLS)) {
        return error_memory(error);
    }
    const char **cells = &papers->list->cells[papers->list->rows++ * PAPER_CELLS];
    cells[PAPER_NAME] = arena_text(letter->asking->arena, row->name, strlen(row->name));
    cells[PAPER_FIELD] = field >= 0 ? policy->fields[field].title.zh : "";
    return 0;
}

/* The list, read when first asked for; NULL: no such list, or too many. */
static struct letter_list *list_of(struct letter *letter, const char *name)
{
    for (size_t i = 0; i < letter->list_count; i++) {
        if (strcmp(letter->lists[i].name, name) == 0) {
            return &letter->lists[i];
        }
    }
    const char *of, *papers_of = strcmp(name, "papers") == 0 ? "" : after(name, "papers ");
    bool items = strcmp(name, "items") == 0;
    bool none = !papers_of && !items && !after(name, "points ") && !after(name, "lines ");
    if (none || letter->list_count == sizeof letter->lists / sizeof *letter->lists) {
        return NULL;
    }
    struct letter_list *list = &letter->lists[letter->list_count++];
    *list = (struct letter_list){.name = name};
    if ((of = after(name, "points "))) {
        read_pieces(letter, list, of, "|");
    } else if ((of = after(name, "lines "))) {
        read_pieces(letter, list, of, "\n");
    } else if (papers_of) {
        struct papers papers = {letter, list, papers_of};
        store_documents(letter->asking->counter->store, letter->work->row.id, take_paper, &papers,
                        letter->asking->error);
    } else {
        list->rows = (size_t)letter->work->file->line_count;
    }
    return list;
}

static size_t rows(void *self, const char *name)
{
    const struct letter_list *list = list_of(self, name);
    return list ? list->rows : 0;
}

static const char *item_cell(const struct letter *letter, size_t row, const char *column)
{
    const struct line *line = &letter->work->file->lines[row];
    const struct policy *policy = letter->work->rulebook->policy;
    struct arena *arena = letter->asking->arena;
    const char *code = arena_text(arena, line->code, line->length);
    const struct entry *product = book_by_code(letter->asking->counter, BOOK_PRODUCT, code);
    if (strcmp(column, "code") == 0) {
        return code;
    }
    if (strcmp(column, "name") == 0) {
        return product ? product->thing.name : code;
    }
    struct text name = {0};
    text_addf(&name, "item.%s.%s", code, column);
    const char *typed = bag_get(&letter->bag, text_bytes(&name));
    text_free(&name);
    typed = typed ? shown(letter, field_named(policy, column), typed) : NULL;
    const char *fact = !typed && product ? entry_fact(product, column, arena) : NULL;
    bool known = column_named(policy, column) >= 0 || strcmp(column, "unit") == 0;
    return typed ? typed : fact ? fact : known ? "" : NULL;
}

static const char *cell(void *self, const char *name, size_t row, const char *column)
{
    struct letter *letter = self;
    const struct letter_list *list = list_of(letter, name);
    if (!list || row >= list->rows) {
        return NULL;
    }
    if (strcmp(name, "items") == 0) {
        return item_cell(letter, row, column);
    }
    if (after(name, "papers")) {
        return strcmp(column, "name") == 0    ? list->cells[row * PAPER_CELLS + PAPER_NAME]
               : strcmp(column, "field") == 0 ? list->cells[row * PAPER_CELLS + PAPER_FIELD]
                                              : NULL;
    }
    return strcmp(column, "text") == 0 ? list->cells[row] : NULL;
}

/* ---- */

int letter_open(struct letter *letter, struct asking *asking, struct casework *work)
{
    *letter = (struct letter){.asking = asking, .work = work, .day = moment_day(asking->now)};
    return casework_collect(asking, work, &letter->bag);
}

void letter_close(struct letter *letter)
{
    bag_free(&letter->bag);
}

struct template_source letter_source(struct letter *letter)
{
    return (struct template_source){value, rows, cell, letter};
}
