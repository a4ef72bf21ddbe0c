/* entries.c: what is typed, as facts: organisations and systems by the names they go by, resource
 * lines filled from the catalogue. What is wrong with an entry is the engine's to say; here only a
 * name that nobody knows is refused. */
#include <string.h>

#include "data/desk/inside.h"

static bool in_list(struct indexes fields, int32_t field)
{
    for (int32_t i = 0; i < fields.count; i++) {
        if (fields.items[i] == field) {
            return true;
        }
    }
    return false;
}

/* ---- organisations and systems ---- */

static int refuse_name(struct asking *asking, const struct field *field, const char *what,
                       const char *value)
{
    struct text title = {0};
    text_addf(&title, "%s%c%s", field->title.zh, MESSAGE_BOTH, field->title.en);
    error_set4(asking->error, ERROR_USAGE,
               N_("%1: the register of %2 has no “%3”; enter it there first, or correct the name"),
               text_bytes(&title), what, value, NULL);
    text_free(&title);
    return -1;
}

static int refuse_role(struct asking *asking, const struct policy *policy,
                       const struct field *field)
{
    struct text title = {0}, roles = {0};
    text_addf(&title, "%s%c%s", field->title.zh, MESSAGE_BOTH, field->title.en);
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (field->roles >> i & 1) {
            text_addf(&roles, "%s%s", roles.length ? ", " : "", policy->roles[i].title.name);
        }
    }
    error_set(asking->error, ERROR_USAGE, N_("%1: it must be an organisation that is %2"),
              text_bytes(&title), text_bytes(&roles));
    text_free(&title);
    text_free(&roles);
    return -1;
}

/* A list of organisations as codes. */
static int put_orgs(struct asking *asking, const struct policy *policy, const struct field *field,
                    const char *value, struct text *facts)
{
    struct text codes = {0};
    int status = 0;
    for (const char *at = value; *at && status == 0;) {
        size_t length = strcspn(at, ",|");
        const char *one = arena_text(asking->arena, at, length);
        while (*one == ' ') {
            one++;
        }
        const struct entry *org = book_find(asking->counter, BOOK_ORG, one, 0);
        const char *roles = org ? entry_fact(org, "roles", asking->arena) : NULL;
        if (!org) {
            status = refuse_name(asking, field, "organisations", one);
        } else if (field->roles && !(roles_named(policy, roles ? roles : "") & field->roles)) {
            status = refuse_role(asking, policy, field);
        } else {
            text_addf(&codes, "%s%s", codes.length ? "|" : "", org->thing.code);
        }
        at += length + (at[length] != '\0');
    }
    if (status == 0) {
        fact_put(facts, field->title.name, text_bytes(&codes));
    }
    text_free(&codes);
    return status;
}

/* A system goes by its name; a code typed is taken for it. One that is not listed is new. */
static void put_system_name(struct asking *asking, int64_t org, const char *name, const char *value,
                            struct text *facts)
{
    const struct entry *system = entry_asked(asking, BOOK_SYSTEM, value, org);
    system = system ? system : entry_asked(asking, BOOK_SYSTEM, value, 0);
    fact_put(facts, name, system ? system->thing.name : value);
}

/* ---- the resource list ---- */

/* The dot before the column's name; NULL where NAME is no item.CODE.COLUMN. */
static const char *column_dot(const char *name)
{
    const char *dot = strrchr(name, '.');
    return strncmp(name, "item.", 5) == 0 && dot && dot > name + 5 ? dot : NULL;
}

static void put_column(struct text *facts, const char *code, const char *column, const char *value)
{
    struct text name = {0};
    text_addf(&name, "item.%s.%s", code, column);
    fact_put(facts, text_bytes(&name), value);
    facts->failed |= name.failed;
    text_free(&name);
}

/* What the catalogue knows of CODE on that day, and how much of it the system has. */
static void fill_line(struct asking *asking, const struct casework *work, struct indexes asked_for,
                      const char *code, int64_t moment, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    const struct entry *product = book_by_code(asking->counter, BOOK_PRODUCT, code);
    const struct entry *system =
        work->row.system ? book_by_id(asking->counter, BOOK_SYSTEM, work->row.system) : NULL;
    bool listed = product && entry_valid(product, moment_day(moment));
    put_column(facts, code, "listed", listed ? "yes" : "no");
    for (int32_t i = 0; product && i < policy->column_count; i++) {
        int32_t own = ITEM_MEASURES + policy->measures.count;
        const char *column = i < ITEM_MEASURES ? NULL
                             : i < own         ? policy->measures.items[i - ITEM_MEASURES].name
                                               : policy->columns[i - own]->title.name;
        const char *value = column ? entry_fact(product, column, asking->arena) : NULL;
        bool wanted =
            i < own || in_list(asked_for, (int32_t)(policy->columns[i - own] - policy->fields));
        if (value && *value && wanted) {
            put_column(facts, code, column, value);
        }
    }
    if (system) {
        struct text name = {0};
        text_addf(&name, "item.%s.quantity", code);
        const char *has = entry_fact(system, arena_keep(asking->arena, &name), asking->arena);
        put_column(facts, code, "before", has ? has : "0");
    }
}

/* ---- an entry ---- */

/* Of a product on sale the catalogue says how large it is. */
static int check_measure(struct asking *asking, const struct entry *product, const char *measure,
                         const char *value, int64_t moment)
{
    bool listed = product && entry_valid(product, moment_day(moment));
    const char *known = listed ? entry_fact(product, measure, asking->arena) : NULL;
    return !known || !*known || strcmp(known, value) == 0
               ? 0
               : error_set4(asking->error, ERROR_USAGE,
                            N_("%1: the catalogue has %2 %3 for it, not %4"), product->thing.code,
                            measure, known, value);
}

static int put_item(struct asking *asking, struct casework *work, struct indexes asked_for,
                    const struct pair *pair, int64_t moment, struct text *facts)
{
    const char *name = pair->name + 6, *dot = column_dot(name), *value = pair->value;
    const struct policy *policy = work->rulebook->policy;
    const char *code = arena_text(asking->arena, name + 5, (size_t)(dot - name - 5));
    const struct entry *product = book_find(asking->counter, BOOK_PRODUCT, code, 0);
    code = product ? product->thing.code : code;
    int32_t column = column_named(policy, dot + 1);
    if (column < 0 || column == ITEM_LISTED || column == ITEM_BEFORE) { /* those are the desk's */
        return error_set(asking->error, ERROR_USAGE, N_("the resource list has no column “%1”"),
                         dot + 1, NULL);
    }
    if (column >= ITEM_MEASURES && column < ITEM_MEASURES + policy->measures.count &&
        check_measure(asking, product, dot + 1, value, moment) != 0) {
        return -1;
    }
    bool quantity = strcmp(dot + 1, "quantity") == 0;
    value = text_is_blank(value) ? "" : value;
    if (quantity) {
        fill_line(asking, work, asked_for, code, moment, facts);
    }
    int32_t field = field_named(policy, dot + 1);
    put_column(facts, code, dot + 1,
               field >= 0 ? entry_plain(&policy->fields[field], value, asking->arena) : value);
    return 0;
}

int entry_bounded(struct asking *asking, const char *title, const char *value)
{
    enum { CHARACTERS_MOST = 20000 };
    size_t count = utf8_count(value, strlen(value));
    struct text is = {0}, most = {0};
    if (count <= CHARACTERS_MOST) {
        return 0;
    }
    text_add_int(&is, (int64_t)count);
    text_add_int(&most, CHARACTERS_MOST);
    error_set4(asking->error, ERROR_USAGE,
               N_("%1: %2 characters are too many; what is typed has at most %3, what is longer is "
                  "attached as a document"),
               title, text_bytes(&is), text_bytes(&most), NULL);
    text_free(&is);
    text_free(&most);
    return -1;
}

static int put_field(struct asking *asking, struct casework *work, int32_t index, const char *value,
                     struct text *facts)
{
    const struct field *field = &work->rulebook->policy->fields[index];
    const char *name = field->title.name;
    value = text_is_blank(value) ? "" : value;
    if (*value && (field->type == FIELD_ORG || field->type == FIELD_ORGS)) {
        return put_orgs(asking, work->rulebook->policy, field, value, facts);
    }
    if (*value && field->type == FIELD_SYSTEM) {
        put_system_name(asking, work->row.org, name, value, facts);
    } else {
        fact_put(facts, name, entry_plain(field, value, asking->arena));
    }
    return 0;
}

/* A paper whose parts were attached since needs no typing. */
static int put_papers(struct asking *asking, struct casework *work, const struct event *event,
                      struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    struct indexes fields = event ? event->fields : policy->procedures[work->procedure].application;
    for (int32_t i = 0; i < fields.count; i++) {
        const struct field *field = &policy->fields[fields.items[i]];
        struct text parts = {0}, name = {0};
        text_addf(&name, "entry.%s", field->title.name);
        bool typed = asked(asking, arena_keep(asking->arena, &name)) != NULL;
        if (field->type != FIELD_PAPER || typed || work->is_new) {
            continue;
        }
        int status = store_document_parts(asking->counter->store, work->row.id, field->title.name,
                                          field->labels.count > 0, &parts, asking->error);
        if (status == 0 && parts.length) {
            fact_put(facts, field->title.name, text_bytes(&parts));
        }
        facts->failed |= parts.failed;
        text_free(&parts);
        if (status != 0) {
            return -1;
        }
    }
    return 0;
}

int entries_facts(struct asking *asking, struct casework *work, const struct event *event,
                  int64_t moment, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    struct indexes asked_for =
        event ? event->fields : policy->procedures[work->procedure].application;
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        if (strncmp(pair->name, "entry.", 6) != 0) {
            continue;
        }
        const char *name = pair->name + 6, *dot = column_dot(name);
        if (strlen(pair->value) != pair->length ||
            utf8_check(pair->value, pair->length) != pair->length) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("%1: what was entered is no text (UTF-8 without NUL)"), name, NULL);
        }
        int32_t field = dot ? -1 : field_named(policy, name);
        if (!dot && field < 0) {
            return error_set(
                asking->error, ERROR_USAGE,
                N_("there is no field “%1”; `yuntai offer CASE` lists those asked for"), name,
                NULL);
        }
        const char *title = field < 0 ? name
                                      : message_both(asking->arena, policy->fields[field].title.zh,
                                                     policy->fields[field].title.en);
        if (entry_bounded(asking, title, pair->value) != 0) {
            return -1;
        }
        int status = dot ? put_item(asking, work, asked_for, pair, moment, facts)
                         : put_field(asking, work, field, pair->value, facts);
        if (status != 0) {
            return -1;
        }
    }
    const char *reason = asked(asking, "reason");
    int32_t field = reason ? field_named(policy, "reason") : -1;
    if (field >= 0 && event && in_list(event->fields, field) && !asked(asking, "entry.reason")) {
        fact_put(facts, "reason", reason);
    }
    return put_papers(asking, work, event, facts);
}

void entries_subject(struct asking *asking, const struct rulebook *rulebook, const char *facts,
                     struct entry **org, struct entry **system)
{
    const struct policy *policy = rulebook->policy;
    const char *at = facts, *end = facts + strlen(facts), *name, *value;
    size_t name_length, length;
    const char *system_name = NULL;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *text = fact_unescape(asking->arena, value, length);
        int32_t field = field_named(policy, arena_text(asking->arena, name, name_length));
        if (field >= 0 && *text && policy->fields[field].type == FIELD_SYSTEM) {
            system_name = text;
        } else if (field >= 0 && *text && policy->fields[field].type == FIELD_ORG) {
            struct entry *found = book_by_code(asking->counter, BOOK_ORG, text);
            *org = *org ? *org : found;
        }
    }
    if (system_name) {
        *system = entry_asked(asking, BOOK_SYSTEM, system_name, *org ? (*org)->thing.id : 0);
        *system = *system ? *system : entry_asked(asking, BOOK_SYSTEM, system_name, 0);
        *org = *org ? *org : *system ? (*system)->parent : NULL;
    }
}
