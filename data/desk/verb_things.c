/* verb_things.c: the registers: lists, and one thing with its history. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/registers.h"

enum { THINGS_MOST = 1000 };

/* ---- the list ---- */

struct listing {
    struct asking *asking;
    enum book_kind kind;
    struct column columns[PARCEL_COLUMNS_MOST];
    int32_t count, own; /* OWN: those before the facts */
};

static enum cell_kind cell_of(enum fact_type type)
{
    switch (type) {
    case FACT_TEXT:
        return CELL_TEXT;
    case FACT_NUMBER:
        return CELL_NUMBER;
    case FACT_MONEY:
        return CELL_MONEY;
    case FACT_DAY:
        return CELL_DAY;
    case FACT_YESNO:
        return CELL_YESNO;
    default:
        return CELL_NAME;
    }
}

static void add_column(struct listing *listing, const char *name, enum cell_kind kind,
                       const char *title)
{
    for (int32_t i = 0; i < listing->count; i++) {
        if (strcmp(listing->columns[i].name, name) == 0) {
            return;
        }
    }
    if (listing->count < PARCEL_COLUMNS_MOST) {
        listing->columns[listing->count++] = (struct column){name, kind, title};
    }
}

static const char *both(struct arena *arena, const char *zh, const char *en)
{
    struct text text = {0};
    text_addf(&text, "%s%c%s", zh, MESSAGE_BOTH, en);
    const char *kept = arena_keep(arena, &text);
    return kept;
}

/* Measures and the fields asked per item, which catalogue and quotas have as the policy says. */
static void add_free(struct listing *listing)
{
    const struct policy *policy = listing->asking->counter->current->policy;
    struct arena *arena = listing->asking->arena;
    int32_t fields = policy->column_count - ITEM_MEASURES - policy->measures.count;
    for (int32_t i = 0; i < policy->measures.count; i++) {
        const struct label *measure = &policy->measures.items[i];
        add_column(listing, measure->name, CELL_NUMBER, both(arena, measure->zh, measure->en));
    }
    for (int32_t i = 0; i < fields; i++) {
        const struct field *field = policy->columns[i];
        enum cell_kind kind = field->type == FIELD_NUMBER  ? CELL_NUMBER
                              : field->type == FIELD_YESNO ? CELL_YESNO
                                                           : CELL_TEXT;
        add_column(listing, field->title.name, kind, both(arena, field->title.zh, field->title.en));
    }
}

static void make_columns(struct listing *listing)
{
    const struct register_kind *about = register_kind(listing->kind);
    add_column(listing, "code", CELL_NAME, N_("code"));
    add_column(listing, "name", CELL_TEXT, N_("name"));
    add_column(listing, "parent", CELL_NAME, N_("belongs to"));
    add_column(listing, "parent_name", CELL_TEXT, N_("belongs to"));
    add_column(listing, "since", CELL_DAY, N_("since"));
    add_column(listing, "until", CELL_DAY, N_("until"));
    add_column(listing, "rev", CELL_NUMBER, N_("revision"));
    listing->own = listing->count;
    for (int32_t i = 0; i < about->fact_count; i++) {
        const struct register_fact *fact = &about->facts[i];
        add_column(listing, fact->name, cell_of(fact->type), fact->title);
    }
    if (about->free == FREE_MEASURES || about->free == FREE_COLUMNS) {
        add_free(listing);
    }
}

static void put_row(struct listing *listing, struct table *table, const struct entry *entry)
{
    const struct thing *thing = &entry->thing;
    table_text(table, thing->code);
    table_text(table, thing->name);
    table_text(table, entry->parent ? entry->parent->thing.code : NULL);
    table_text(table, entry->parent ? entry->parent->thing.name : NULL);
    table_day(table, thing->since);
    table_day(table, thing->until);
    table_int(table, thing->rev);
    for (int32_t i = listing->own; i < listing->count; i++) {
        const char *value = entry_fact(entry, listing->columns[i].name, listing->asking->arena);
        table_text(table, value && *value ? value : NULL);
    }
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* QUERY is part of TEXT, in letters of either case. */
static bool part_of(const char *text, const char *query)
{
    for (const char *from = text; *from; from++) {
        size_t i = 0;
        while (query[i] && lower(from[i]) == lower(query[i])) {
            i++;
        }
        if (!query[i]) {
            return true;
        }
    }
    return !*query;
}

static bool wanted(struct asking *asking, enum book_kind kind, const struct entry *entry,
                   const char *query, int32_t day, bool all)
{
    const struct thing *thing = &entry->thing;
    bool found = !query || part_of(thing->code, query) || part_of(thing->name, query) ||
                 pinyin_matches(asking->counter->pinyin, thing->name, query);
    return found && (all || entry_valid(entry, day)) && sees_entry(asking, kind, entry);
}

static void add_label(struct text *out, const char *name, const char *zh, const char *en)
{
    text_addf(out, "%s=%s%c%s\n", name, zh, MESSAGE_BOTH, en);
}

/* What its values are called, "name=zh\037en" a line. */
static void add_labels(const struct policy *policy, struct labels labels, bool roles,
                       struct text *out)
{
    for (int32_t i = 0; i < labels.count; i++) {
        add_label(out, labels.items[i].name, labels.items[i].zh, labels.items[i].en);
    }
    for (int32_t i = 0; roles && i < policy->role_count; i++) {
        const struct title *title = &policy->roles[i].title;
        add_label(out, title->name, title->zh, title->en);
    }
}

static void put_name(struct table *table, const char *fact, const char *word, bool yesno,
                     const struct text *labels)
{
    table_text(table, fact);
    table_text(table, word);
    table_yesno(table, yesno);
    table_text(table, labels->length ? text_bytes(labels) : NULL);
}

static const struct column name_columns[] = {{"fact", CELL_NAME, N_("what")},
                                             {"word", CELL_TEXT, N_("title")},
                                             {"yesno", CELL_YESNO, N_("yes or no")},
                                             {"labels", CELL_TEXT, N_("choices")}};

static void fact_labels(const struct policy *policy, const struct register_fact *fact,
                        struct text *out)
{
    struct labels none = {NULL, 0};
    add_labels(policy, fact->type == FACT_LEVEL ? policy->levels : none, fact->type == FACT_ROLES,
               out);
}

/* Table `titles` of a list: of what is one of a few names. */
static void reply_choices(struct asking *asking, enum book_kind kind)
{
    const struct register_kind *about = register_kind(kind);
    struct table *table = parcel_table(asking->reply, "titles", name_columns, 4);
    for (int32_t i = 0; i < about->fact_count; i++) {
        struct text labels = {0};
        fact_labels(asking->counter->current->policy, &about->facts[i], &labels);
        if (labels.length) {
            put_name(table, about->facts[i].name, about->facts[i].title, false, &labels);
        }
        text_free(&labels);
    }
}

/* A page of a register in the making, and how many there are. */
struct paging {
    struct listing *listing;
    struct table *table;
    const char *query;
    int32_t day;
    bool all;
    int64_t limit, after, last, count, total;
};

static int take_entry(void *self, struct entry *entry)
{
    struct paging *paging = self;
    struct listing *listing = paging->listing;
    if (!wanted(listing->asking, listing->kind, entry, paging->query, paging->day, paging->all)) {
        return 0;
    }
    paging->total++;
    if (entry->thing.id <= paging->after || paging->count > paging->limit) {
        return 0;
    }
    if (++paging->count <= paging->limit) {
        put_row(listing, paging->table, entry);
        paging->last = entry->thing.id;
    }
    return 0;
}

int verb_things(struct asking *asking)
{
    const char *name;
    struct listing listing = {.asking = asking};
    struct paging paging = {.listing = &listing,
                            .query = asked(asking, "query"),
                            .day = moment_day(asking->now),
                            .all = parcel_yes(asking->request, "all"),
                            .after = parcel_int(asking->request, "after", 0)};
    if (must_ask(asking, "kind", &name) != 0 || register_named(asking, name, &listing.kind) != 0 ||
        !asked_day(asking, "on", &paging.day)) {
        return -1;
    }
    make_columns(&listing);
    paging.table = parcel_table(asking->reply, "things", listing.columns, listing.count);
    int64_t limit =
        parcel_int(asking->request, "limit", options_number(asking->counter->options, "desk.page"));
    paging.limit = limit < 1 ? 1 : limit > THINGS_MOST ? THINGS_MOST : limit;
    if (book_each(asking, listing.kind, 0, BOOK_ALL, take_entry, &paging) != 0) {
        return -1;
    }
    reply_choices(asking, listing.kind);
    parcel_put_int(asking->reply, "total", paging.total);
    if (paging.count > paging.limit) {
        parcel_put_int(asking->reply, "next", paging.last);
    }
    return 0;
}

/* ---- one thing ---- */

static int thing_asked(struct asking *asking, enum book_kind *kind, const char **code,
                       struct entry **out)
{
    const char *name;
    if (must_ask(asking, "kind", &name) != 0 || register_named(asking, name, kind) != 0 ||
        must_ask(asking, "code", code) != 0) {
        return -1;
    }
    *out = book_by_code(asking->counter, *kind, *code);
    return 0;
}

static void put_changes(struct asking *asking, struct table *table, enum book_kind kind,
                        const struct record *record, const struct record *before)
{
    const char *at = record->facts, *end = at + record->facts_length, *name, *value;
    size_t name_length, length;
    struct text out = {0};
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *fact = arena_text(asking->arena, name, name_length);
        const char *now = fact_unescape(asking->arena, value, length);
        const char *then = before ? fact_find(before->facts, fact, asking->arena) : NULL;
        if (then && strcmp(then, now) == 0) {
            continue;
        }
        if (strcmp(fact, "parent") == 0) {
            const struct entry *parent =
                book_by_id(asking->counter, register_kind(kind)->parent, strtoll(now, NULL, 10));
            now = parent ? parent->thing.code : now;
        }
        text_addf(&out, "%s%s=%s", out.length ? "; " : "", fact, now);
    }
    at = before ? before->facts : "";
    end = before ? at + before->facts_length : at;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *fact = arena_text(asking->arena, name, name_length);
        if (!fact_find(record->facts, fact, asking->arena)) {
            text_addf(&out, "%s%s=", out.length ? "; " : "", fact);
        }
    }
    table_text_n(table, text_bytes(&out), out.length);
    text_free(&out);
}

/* ---- what its facts are called ---- */

/* The names of FACTS, each behind a line's end; of item.CODE.COLUMN the column. */
static void add_names(const char *facts, size_t length, struct text *out)
{
    const char *at = facts, *end = facts + length, *name, *value;
    size_t name_length, value_length;
    while (fact_next(&at, end, &name, &name_length, &value, &value_length)) {
        bool item = name_length > 5 && memcmp(name, "item.", 5) == 0;
        size_t from = 0;
        for (size_t i = 0; item && i < name_length; i++) {
            from = name[i] == '.' ? i + 1 : from;
        }
        text_add(out, "\n");
        text_add_n(out, name + from, name_length - from);
    }
}

static bool has_name(const struct text *names, const char *name)
{
    size_t length = strlen(name);
    const char *at = text_bytes(names);
    while ((at = strstr(at, name)) &&
           (at == text_bytes(names) || at[-1] != '\n' || (at[length] && at[length] != '\n'))) {
        at += length;
    }
    return at != NULL;
}

static void put_field_name(struct asking *asking, struct table *table, const char *fact,
                           const struct field *field)
{
    struct text labels = {0};
    add_labels(asking->counter->current->policy, field->labels, field->type == FIELD_ROLE, &labels);
    put_name(table, fact, both(asking->arena, field->title.zh, field->title.en),
             field->type == FIELD_YESNO, &labels);
    text_free(&labels);
}

/* Those of the register itself. */
static void put_own_names(struct asking *asking, enum book_kind kind, const struct text *names,
                          struct table *table)
{
    struct listing listing = {.asking = asking, .kind = kind};
    const struct policy *policy = asking->counter->current->policy;
    make_columns(&listing);
    add_column(&listing, "quantity", CELL_NUMBER, N_("quantity")); /* of a line of a system */
    add_free(&listing);
    for (int32_t c = 0; c < listing.count; c++) {
        const char *name = listing.columns[c].name;
        const struct register_fact *fact = register_fact(kind, name);
        struct text labels = {0};
        if (fact) {
            fact_labels(policy, fact, &labels);
        }
        int32_t field = fact ? -1 : field_named(policy, name);
        if (field >= 0 && has_name(names, name)) {
            put_field_name(asking, table, name, &policy->fields[field]);
        } else if (has_name(names, name)) {
            put_name(table, name, listing.columns[c].title, listing.columns[c].kind == CELL_YESNO,
                     &labels);
        }
        text_free(&labels);
    }
}

/* Of all facts that the entry has or had: what they and their values are called. */
static void reply_titles(struct asking *asking, enum book_kind kind, const struct records *records)
{
    struct table *table = parcel_table(asking->reply, "titles", name_columns, 4);
    const struct policy *policy = asking->counter->current->policy;
    struct text names = {0};
    for (size_t i = 0; i < records->count; i++) {
        add_names(records->items[i].facts, records->items[i].facts_length, &names);
    }
    put_own_names(asking, kind, &names, table);
    for (int32_t i = 0; i < policy->field_count; i++) { /* of what it was applied for with */
        struct text fact = {0};
        text_addf(&fact, "entry.%s", policy->fields[i].title.name);
        if (has_name(&names, text_bytes(&fact))) {
            put_field_name(asking, table, text_bytes(&fact), &policy->fields[i]);
        }
        text_free(&fact);
    }
    text_free(&names);
}

static int reply_history(struct asking *asking, enum book_kind kind, int64_t id)
{
    static const struct column columns[] = {{"n", CELL_NUMBER, N_("act")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"effective", CELL_MOMENT, N_("took effect")},
                                            {"recorded", CELL_MOMENT, N_("recorded")},
                                            {"changes", CELL_TEXT, N_("changes")},
                                            {"reason", CELL_TEXT, N_("reason")}};
    struct table *table = parcel_table(asking->reply, "history", columns, 7);
    struct records records = {0};
    int status = store_acts(asking->counter->store, id, &records, asking->error);
    for (size_t i = 0; status == 0 && i < records.count; i++) {
        const struct record *record = &records.items[i];
        const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, record->actor);
        table_int(table, record->n);
        table_text(table, record->event);
        table_text(table, who ? who->thing.name : NULL);
        table_moment(table, record->effective);
        table_moment(table, to_local(asking->counter, record->recorded));
        put_changes(asking, table, kind, record, i > 0 ? &records.items[i - 1] : NULL);
        table_text(table, record->body);
    }
    reply_titles(asking, kind, &records);
    records_free(&records);
    return status;
}

/* What is on record of ENTRY beside its name: each fact under its title. */
static int reply_facts(struct asking *asking, enum book_kind kind, const struct entry *entry)
{
    static const struct column columns[] = {{"fact", CELL_NAME, N_("what")},
                                            {"word", CELL_TEXT, N_("title")},
                                            {"value", CELL_TEXT, N_("entry")}};
    struct listing listing = {.asking = asking, .kind = kind};
    struct table *table = parcel_table(asking->reply, "facts", columns, 3);
    struct bag bag = {0};
    make_columns(&listing);
    int status = register_bag(asking, entry, &bag);
    for (size_t i = 0; status == 0 && i < bag.count; i++) {
        const char *title = NULL;
        for (int32_t c = listing.own; c < listing.count && !title; c++) {
            bool is = strcmp(listing.columns[c].name, bag.facts[i].name) == 0;
            title = is ? listing.columns[c].title : NULL;
        }
        table_text(table, bag.facts[i].name);
        table_text(table, title);
        table_text(table, bag.facts[i].value);
    }
    bag_free(&bag);
    return status;
}

int verb_thing(struct asking *asking)
{
    enum book_kind kind;
    const char *code;
    struct entry *entry;
    struct bag bag = {0};
    struct parcel *reply = asking->reply;
    if (thing_asked(asking, &kind, &code, &entry) != 0) {
        return -1;
    }
    if (!entry || !sees_entry(asking, kind, entry)) {
        return refuse_access(asking, code);
    }
    const struct thing *thing = &entry->thing;
    parcel_put(reply, "kind", book_kind_name(kind));
    parcel_put(reply, "code", thing->code);
    parcel_put(reply, "name", thing->name);
    parcel_put(reply, "parent", entry->parent ? entry->parent->thing.code : NULL);
    parcel_put(reply, "parent_name", entry->parent ? entry->parent->thing.name : NULL);
    if (thing->since != DAY_NONE) {
        parcel_put_day(reply, "since", thing->since);
    }
    if (thing->until != DAY_NONE) {
        parcel_put_day(reply, "until", thing->until);
    }
    parcel_put_int(reply, "rev", thing->rev);
    int status = register_bag(asking, entry, &bag);
    status = status ? status : reply_facts(asking, kind, entry);
    for (size_t i = 0; status == 0 && i < bag.count; i++) {
        struct text name = {0};
        text_addf(&name, "fact.%s", bag.facts[i].name);
        parcel_put(reply, text_bytes(&name), bag.facts[i].value);
        text_free(&name);
    }
    bag_free(&bag);
    return status ? status : reply_history(asking, kind, thing->id);
}
