/* registers.c: what each register holds, and whether a value may stand in it. */
#include "data/desk/registers.h"

#include <regex.h>
#include <string.h>

#include "core/near.h"

#define FACTS(list) list, (int32_t)(sizeof(list) / sizeof *(list))

static const struct register_fact org_facts[] = {
    {"short", FACT_TEXT, false, N_("short name")}, {"level", FACT_LEVEL, false, N_("level")},
    {"roles", FACT_ROLES, false, N_("roles")},     {"contact", FACT_TEXT, false, N_("contact")},
    {"phone", FACT_TEXT, false, N_("telephone")},  {"became", FACT_ORGS, false, N_("became")},
};
static const struct register_fact person_facts[] = {
    {"roles", FACT_ROLES, false, N_("roles")},
    {"uid", FACT_UID, false, N_("account")},
    {"phone", FACT_TEXT, false, N_("telephone")},
    {"mail", FACT_TEXT, false, N_("mail")},
};
static const struct register_fact absence_facts[] = {
    {"deputy", FACT_PERSON, true, N_("deputy")},
};
static const struct register_fact system_facts[] = {
    {"online", FACT_YESNO, false, N_("in use")},  {"opened", FACT_DAY, false, N_("online since")},
    {"closed", FACT_DAY, false, N_("closed")},    {"contact", FACT_TEXT, false, N_("contact")},
    {"phone", FACT_TEXT, false, N_("telephone")}, {"note", FACT_TEXT, false, N_("note")},
};
static const struct register_fact product_facts[] = {
    {"unit", FACT_TEXT, true, N_("unit")},
    {"note", FACT_TEXT, false, N_("note")},
};
static const struct register_fact price_facts[] = {
    {"yuan", FACT_MONEY, true, N_("yuan per unit and month")},
};
static const struct register_fact quota_facts[] = {
    {"note", FACT_TEXT, false, N_("note")},
};
static const struct register_fact notice_facts[] = {
    {"rows", FACT_TEXT, true, N_("days")},
};

/* What the last run that took effect brought; written by that alone. */
static const struct register_fact vendor_facts[] = {
    {"run", FACT_NUMBER, true, N_("run")},       {"resources", FACT_NUMBER, true, N_("resources")},
    {"made", FACT_NUMBER, true, N_("new")},      {"changed", FACT_NUMBER, true, N_("changed")},
    {"gone", FACT_NUMBER, true, N_("vanished")},
};

/* Whose a project of a vendor's cloud is; where it is no system's, its organisation's own. */
static const struct register_fact project_facts[] = {
    {"system", FACT_SYSTEM, false, N_("system")},
    {"ground", FACT_TEXT, false, N_("ground")},
};
static const struct register_fact naming_facts[] = {
    {"vendor", FACT_TEXT, false, N_("vendor")},
    {"pattern", FACT_PATTERN, true, N_("names of projects")},
    {"system", FACT_TEXT, true, N_("code of the system")},
};

static const struct register_kind kinds[BOOK_KINDS] = {
    [BOOK_ORG] = {FACTS(org_facts), BOOK_ORG, true, false, false, KEEPS_ORGANISATIONS, FREE_NONE,
                  N_("organisations")},
    [BOOK_PERSON] = {FACTS(person_facts), BOOK_ORG, true, true, false, KEEPS_PEOPLE, FREE_NONE,
                     N_("people")},
    [BOOK_ABSENCE] = {FACTS(absence_facts), BOOK_PERSON, true, true, true, KEEPS_PEOPLE, FREE_NONE,
                      N_("absences")},
    [BOOK_SYSTEM] = {FACTS(system_facts), BOOK_ORG, true, true, false, KEEPS_SYSTEMS, FREE_SYSTEM,
                     N_("systems")},
    [BOOK_PRODUCT] = {FACTS(product_facts), BOOK_ORG, false, false, false, KEEPS_CATALOGUE,
                      FREE_COLUMNS, N_("products")},
    [BOOK_PRICE] = {FACTS(price_facts), BOOK_PRODUCT, true, true, true, KEEPS_CATALOGUE, FREE_NONE,
                    N_("prices")},
    [BOOK_QUOTA] = {FACTS(quota_facts), BOOK_ORG, true, true, true, KEEPS_CATALOGUE, FREE_COLUMNS,
                    N_("quotas")},
    [BOOK_NOTICE] = {FACTS(notice_facts), BOOK_ORG, false, false, false, KEEPS_CALENDAR, FREE_NONE,
                     N_("notices")},
    [BOOK_VENDOR] = {FACTS(vendor_facts), BOOK_ORG, false, false, false, 0, FREE_NONE,
                     N_("vendors' clouds")},
    [BOOK_PROJECT] = {FACTS(project_facts), BOOK_ORG, true, false, false, KEEPS_SYSTEMS, FREE_NONE,
                      N_("projects of vendors' clouds")},
    [BOOK_NAMING] = {FACTS(naming_facts), BOOK_ORG, false, false, false, KEEPS_SYSTEMS, FREE_NONE,
                     N_("rules by which projects belong to systems")},
};

const struct register_kind *register_kind(enum book_kind kind)
{
    return &kinds[kind];
}

int register_named(struct asking *asking, const char *name, enum book_kind *kind)
{
    if (book_kind_of(name, kind)) {
        return 0;
    }
    struct near_word nearest = near_begin(name, strlen(name));
    for (int i = 0; i < BOOK_KINDS; i++) {
        near_offer(&nearest, book_kind_name((enum book_kind)i));
    }
    return error_set(asking->error, ERROR_USAGE,
                     nearest.best ? N_("there is no register “%1”; perhaps “%2”")
                                  : N_("there is no register “%1”; there are org, person, absence, "
                                       "system, product, price, quota and notice"),
                     name, nearest.best);
}

const struct register_fact *register_fact(enum book_kind kind, const char *name)
{
    for (int32_t i = 0; i < kinds[kind].fact_count; i++) {
        if (strcmp(kinds[kind].facts[i].name, name) == 0) {
            return &kinds[kind].facts[i];
        }
    }
    return NULL;
}

/* ---- values ---- */

static int wrong(struct asking *asking, const char *sentence, const char *name, const char *value,
                 const char *nearest)
{
    return error_set4(asking->error, ERROR_USAGE, sentence, name, value, nearest, NULL);
}

/* The name of the role that goes by TEXT; else TEXT. */
static const char *role_called(const struct policy *policy, const char *text)
{
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (strcmp(policy->roles[i].title.zh, text) == 0) {
            return policy->roles[i].title.name;
        }
    }
    return text;
}

static int check_roles(struct asking *asking, const char *name, const char *value, const char **out)
{
    const struct policy *policy = asking->counter->current->policy;
    struct text kept = {0};
    int status = 0;
    for (const char *at = value; *at && status == 0;) {
        at += strspn(at, ", |");
        size_t length = strcspn(at, ", |");
        const char *one = arena_text(asking->arena, at, length);
        at += length;
        one = role_called(policy, one);
        if (*one && role_named(policy, one) < 0) {
            struct near_word nearest = near_begin(one, length);
            for (int32_t i = 0; i < policy->role_count; i++) {
                near_offer(&nearest, policy->roles[i].title.name);
            }
            status =
                wrong(asking,
                      nearest.best ? N_("%1: the policy has no role “%2”; perhaps “%3”")
                                   : N_("%1: the policy has no role “%2”; `yuntai policy show` "
                                        "lists them"),
                      name, one, nearest.best);
        } else if (*one) {
            text_addf(&kept, "%s%s", kept.length ? ", " : "", one);
        }
    }
    *out = arena_keep(asking->arena, &kept);
    return status;
}

static int check_level(struct asking *asking, const char *name, const char *value, const char **out)
{
    const struct labels levels = asking->counter->current->policy->levels;
    struct near_word nearest = near_begin(value, strlen(value));
    for (int32_t i = 0; i < levels.count; i++) {
        const struct label *level = &levels.items[i];
        if (strcmp(level->name, value) == 0 || strcmp(level->zh, value) == 0) {
            *out = level->name;
            return 0;
        }
        near_offer(&nearest, level->name);
    }
    const char *best = nearest.best ? nearest.best : levels.count ? levels.items[0].name : "";
    return wrong(asking, N_("%1: the policy has no level “%2”; perhaps “%3”"), name, value, best);
}

static int check_entry(struct asking *asking, enum book_kind kind, const char *name,
                       const char *value, const char **out)
{
    const struct entry *found = book_find(asking->counter, kind, value, 0);
    if (!found) {
        return wrong(asking,
                     N_("%1: the register “%3” has no “%2”; enter it there first, or correct the "
                        "name"),
                     name, value, book_kind_name(kind));
    }
    *out = found->thing.code;
    return 0;
}

static int check_orgs(struct asking *asking, const char *name, const char *value, const char **out)
{
    struct text kept = {0};
    int status = 0;
    for (const char *at = value; *at && status == 0;) {
        at += strspn(at, ", |");
        size_t length = strcspn(at, ",|");
        const char *one = arena_text(asking->arena, at, length), *code = NULL;
        at += length;
        status = *one ? check_entry(asking, BOOK_ORG, name, one, &code) : 0;
        if (code) {
            text_addf(&kept, "%s%s", kept.length ? ", " : "", code);
        }
    }
    *out = arena_keep(asking->arena, &kept);
    return status;
}

static int check_number(struct asking *asking, const char *name, const char *value, bool money)
{
    int64_t micro;
    if (!decimal_parse(value, strlen(value), &micro) || micro < 0) {
        return wrong(asking, N_("%1: “%2” is no number; write it as 20 or 0.5"), name, value, NULL);
    }
    if (money && micro % (MICRO / 100) != 0) {
        return wrong(asking, N_("%1: “%2” has parts of a fen; two decimals at most"), name, value,
                     NULL);
    }
    return 0;
}

static int check_uid(struct asking *asking, const char *name, const char *value)
{
    size_t length = strlen(value);
    if (length > 9 || strspn(value, "0123456789") != length) {
        return wrong(asking, N_("%1: “%2” is no account number; `id -u LOGIN` says it"), name,
                     value, NULL);
    }
    return 0;
}

static int check_pattern(struct asking *asking, const char *name, const char *value)
{
    regex_t regex;
    if (regcomp(&regex, value, REG_EXTENDED | REG_NOSUB) != 0) {
        return wrong(asking, N_("%1: “%2” is no pattern; write one as ^prj-([a-z]+)$"), name, value,
                     NULL);
    }
    regfree(&regex);
    return 0;
}

static int check_yesno(struct asking *asking, const char *name, const char *value, const char **out)
{
    static const char *const words[][2] = {
        {"yes", "yes"}, {"no", "no"}, {"是", "yes"}, {"否", "no"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], value) == 0) {
            *out = words[i][1];
            return 0;
        }
    }
    return wrong(asking, N_("%1: “%2” is neither yes nor no"), name, value, NULL);
}

static int check_type(struct asking *asking, enum fact_type type, const char *name,
                      const char *value, const char **out)
{
    int32_t day;
    switch (type) {
    case FACT_NUMBER:
    case FACT_MONEY:
        return check_number(asking, name, value, type == FACT_MONEY);
    case FACT_DAY:
        return day_parse(value, strlen(value), &day)
                   ? 0
                   : wrong(asking, N_("%1: “%2” is no date; write it as 2019-09-27"), name, value,
                           NULL);
    case FACT_YESNO:
        return check_yesno(asking, name, value, out);
    case FACT_ROLES:
        return check_roles(asking, name, value, out);
    case FACT_LEVEL:
        return check_level(asking, name, value, out);
    case FACT_ORG:
        return check_entry(asking, BOOK_ORG, name, value, out);
    case FACT_ORGS:
        return check_orgs(asking, name, value, out);
    case FACT_PERSON:
        return check_entry(asking, BOOK_PERSON, name, value, out);
    case FACT_PRODUCT:
        return check_entry(asking, BOOK_PRODUCT, name, value, out);
    case FACT_SYSTEM:
        return check_entry(asking, BOOK_SYSTEM, name, value, out);
    case FACT_PATTERN:
        return check_pattern(asking, name, value);
    case FACT_UID:
        return check_uid(asking, name, value);
    default:
        return 0;
    }
}

/* ---- free names ---- */

static bool is_measure(const struct policy *policy, const char *name)
{
    for (int32_t i = 0; i < policy->measures.count; i++) {
        if (strcmp(policy->measures.items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static int check_field(struct asking *asking, int32_t field, const char *name, const char *value,
                       const char **out)
{
    const struct policy *policy = asking->counter->current->policy;
    struct message message;
    struct value parsed;
    const struct field *about = &policy->fields[field];
    bool named = about->type == FIELD_ORG || about->type == FIELD_ORGS ||
                 about->type == FIELD_SYSTEM || about->type == FIELD_PAPER;
    /* ranges that speak of dates are the business of the act that entered them */
    if (named || about->type == FIELD_DATE || about->type == FIELD_TIME) {
        return 0;
    }
    const struct revision *revision =
        calendar_as_of(asking->counter->calendar, moment_day(asking->now));
    value = entry_plain(about, value, asking->arena);
    *out = value;
    return entry_check(policy, revision, field, value, strlen(value), asking->now, asking->arena,
                       &parsed, &message)
               ? 0
               : wrong(asking,
                       N_("%1: “%2” may not stand there; `yuntai policy show` says what may"), name,
                       value, NULL);
}

static int check_column(struct asking *asking, const char *name, const char *column,
                        const char *value, bool own, const char **out)
{
    const struct policy *policy = asking->counter->current->policy;
    int32_t field = field_named(policy, column);
    bool is_field = field >= 0 && policy->fields[field].column >= 0;
    bool engine = own && (strcmp(column, "quantity") == 0 || strcmp(column, "before") == 0);
    if (is_measure(policy, column) || engine) {
        return check_number(asking, name, value, false);
    }
    if (own && strcmp(column, "listed") == 0) {
        return check_yesno(asking, name, value, out);
    }
    if (is_field) {
        return check_field(asking, field, name, value, out);
    }
    struct near_word nearest = near_begin(column, strlen(column));
    for (int32_t i = 0; i < policy->measures.count; i++) {
        near_offer(&nearest, policy->measures.items[i].name);
    }
    for (int32_t i = 0; i < policy->column_count - ITEM_MEASURES - policy->measures.count; i++) {
        near_offer(&nearest, policy->columns[i]->title.name);
    }
    return wrong(asking,
                 nearest.best
                     ? N_("%1: there is no column “%2”; perhaps “%3”")
                     : N_("%1: there is no column “%2”; it is a measure of the policy or a "
                          "field that is asked per item"),
                 name, column, nearest.best);
}

static int check_of_system(struct asking *asking, const char *name, const char *value,
                           const char **out)
{
    const struct policy *policy = asking->counter->current->policy;
    if (strncmp(name, "entry.", 6) == 0) {
        int32_t field = field_named(policy, name + 6);
        return field >= 0
                   ? check_field(asking, field, name, value, out)
                   : wrong(asking, N_("%1: the policy has no field “%2”"), name, name + 6, NULL);
    }
    const char *dot = strrchr(name, '.');
    return check_column(asking, name, dot + 1, value, true, out);
}

static int no_fact(struct asking *asking, enum book_kind kind, const char *name)
{
    struct near_word nearest = near_begin(name, strlen(name));
    for (int32_t i = 0; i < kinds[kind].fact_count; i++) {
        near_offer(&nearest, kinds[kind].facts[i].name);
    }
    return wrong(asking,
                 nearest.best ? N_("the register “%1” has no “%2”; perhaps “%3”")
                              : N_("the register “%1” has no “%2”; `yuntai people fields` and the "
                                   "like list what each has"),
                 book_kind_name(kind), name, nearest.best);
}

int register_value(struct asking *asking, enum book_kind kind, const char *name, const char *value,
                   const char **out)
{
    const struct register_fact *fact = register_fact(kind, name);
    enum free_names free = kinds[kind].free;
    *out = value;
    if (utf8_check(value, strlen(value)) != strlen(value)) {
        return wrong(asking, N_("%1: what was entered is no text (UTF-8 without NUL)"), name, NULL,
                     NULL);
    }
    if (fact) {
        return check_type(asking, fact->type, name, value, out);
    }
    const char *dot = strrchr(name, '.');
    bool item = strncmp(name, "item.", 5) == 0 && dot > name + 5;
    if (free == FREE_SYSTEM && (strncmp(name, "entry.", 6) == 0 || item)) {
        return check_of_system(asking, name, value, out);
    }
    if ((free == FREE_COLUMNS || free == FREE_MEASURES) && !dot) {
        return check_column(asking, name, name, value, false, out);
    }
    return no_fact(asking, kind, name);
}
