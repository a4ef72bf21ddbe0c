/* verb_list.c: the queue: what is asked for, as a filter. */
#include <string.h>

#include "core/near.h"
#include "core/query.h"
#include "data/desk/lists.h"
#include "data/store/search.h"

enum { SOON_DAYS = 3, CARDS = 5 };

/* ---- names ---- */

struct resolving {
    struct asking *asking;
    const struct query_term *term;
    struct list_test *test;
    const char **texts, **procedures;
    int64_t *ids;
    int32_t count, most;
    struct near_word nearest;
};

static void take_text(struct resolving *r, const char *text)
{
    if (r->count < r->most) {
        r->texts[r->count++] = text;
    }
}

static void take_id(struct resolving *r, int64_t id)
{
    if (r->count < r->most) {
        r->ids[r->count++] = id;
    }
}

static bool offer(struct resolving *r, const struct title *title, const char *name)
{
    near_offer(&r->nearest, title->name);
    near_offer(&r->nearest, title->zh);
    return title_called(title, name);
}

static void resolve_title(struct resolving *r, const char *name)
{
    const struct policy *policy = r->asking->counter->current->policy;
    enum query_field field = r->term->field;
    int32_t count = field == QUERY_PROCEDURE ? policy->procedure_count
                    : field == QUERY_CLOCK   ? policy->clock_count
                                             : policy->role_count;
    for (int32_t i = 0; i < count; i++) {
        const struct title *title = field == QUERY_PROCEDURE ? &policy->procedures[i].title
                                    : field == QUERY_CLOCK   ? &policy->clocks[i].title
                                                             : &policy->roles[i].title;
        if (offer(r, title, name) || (field == QUERY_PROCEDURE && strstr(title->zh, name))) {
            take_text(r, title->name);
        }
    }
}

struct naming {
    struct resolving *resolving;
    enum book_kind kind;
    const char *name;
};

static int take_named(void *self, struct entry *entry)
{
    const struct naming *naming = self;
    struct resolving *r = naming->resolving;
    const struct thing *thing = &entry->thing;
    if (sees_entry(r->asking, naming->kind, entry)) {
        near_offer_passing(&r->nearest, thing->code, r->asking->arena);
        if (strcmp(thing->code, naming->name) == 0 || strstr(thing->name, naming->name) ||
            pinyin_matches(r->asking->counter->pinyin, thing->name, naming->name)) {
            take_id(r, thing->id);
        }
    }
    return 0;
}

/* Everything of the register that is called so, contains it, or goes by such initials. */
static int resolve_entry(struct resolving *r, enum book_kind kind, const char *name)
{
    struct naming naming = {r, kind, name};
    return book_each(r->asking, kind, 0, BOOK_ALL, take_named, &naming);
}

static void resolve_card(struct resolving *r, const char *name)
{
    static const struct title cards[] = {{.name = "none", .zh = "无", .en = "none"},
                                         {.name = "blue", .zh = "蓝", .en = "blue"},
                                         {.name = "yellow", .zh = "黄", .en = "yellow"},
                                         {.name = "red", .zh = "红", .en = "red"},
                                         {.name = "double", .zh = "双红", .en = "double red"}};
    for (int i = 0; i < CARDS; i++) {
        size_t length = strlen(cards[i].zh);
        bool card = strncmp(name, cards[i].zh, length) == 0 && strcmp(name + length, "牌") == 0;
        if (offer(r, &cards[i], name) || card) {
            take_id(r, i);
        }
    }
}

/* ---- dates ---- */

static int32_t day_of(struct asking *asking, struct query_date date)
{
    const struct revision *revision = calendar_as_of(asking->counter->calendar, DAY_LAST);
    int32_t today = moment_day(asking->now);
    switch (date.unit) {
    case QUERY_ON:
        return date.number;
    case QUERY_DAYS:
        return day_add(today, date.number);
    case QUERY_WORKDAYS:
        return date.number ? calendar_add(revision, today, date.number) : today;
    default:
        return day_add_months(today, date.number);
    }
}

/* A day is open from its 00:00; what falls due on it is stored as its last second or 24:00. */
static void resolve_date(struct resolving *r)
{
    struct list_test *test = r->test;
    bool due = r->term->field == QUERY_DUE, opened = r->term->field == QUERY_OPENED;
    int32_t day = day_of(r->asking, r->term->dates[0]);
    int64_t unit = opened ? 1 : DAY_SECONDS, shift = due ? 1 : 0;
    int64_t from = (int64_t)day * unit + shift, to = ((int64_t)day + 1) * unit + shift;
    test->column = due ? LIST_SORT : opened ? LIST_OPENED : LIST_CHANGED;
    test->low = INT64_MIN;
    test->high = due ? SORT_HELD : INT64_MAX;
    switch (r->term->compare) {
    case QUERY_EQUAL:
        test->low = from;
        test->high = to;
        break;
    case QUERY_BEFORE:
        test->high = from;
        break;
    case QUERY_UNTIL:
        test->high = to;
        break;
    case QUERY_AFTER:
        test->low = to;
        break;
    case QUERY_SINCE:
        test->low = from;
        break;
    }
}

/* ---- words ---- */

enum { SOUNDS_LEAST = 2, SOUNDS_MOST = 500 };

struct sounding {
    struct resolving *resolving;
    const char *word;
};

static int take_sound(void *self, int64_t id, const char *title)
{
    const struct sounding *sounding = self;
    struct resolving *r = sounding->resolving;
    if (pinyin_matches(r->asking->counter->pinyin, title, sounding->word)) {
        r->ids[r->test->id_count++] = id;
    }
    return r->test->id_count == SOUNDS_MOST;
}

/* A word of letters is also how a title sounds: the initials of its characters, or syllables. */
static int resolve_sounds(struct resolving *r)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    r->test->ids = r->ids;
    for (int32_t i = 0; i < r->term->count; i++) {
        const char *word = r->term->values[i];
        size_t length = strlen(word);
        struct sounding sounding = {r, word};
        if (length >= SOUNDS_LEAST && length <= PINYIN_TYPED_MOST &&
            strspn(word, letters) == length && r->test->id_count < SOUNDS_MOST &&
            list_sounds(r->asking->counter->store, word, take_sound, &sounding, r->asking->error) !=
                0) {
            return -1;
        }
    }
    return 0;
}

static int resolve_text(struct resolving *r)
{
    const struct policy *policy = r->asking->counter->current->policy;
    for (int32_t i = 0; i < r->term->count; i++) {
        struct text names = {0};
        for (int32_t p = 0; p < policy->procedure_count; p++) {
            const struct title *title = &policy->procedures[p].title;
            if (search_hit(title->zh, r->term->values[i]) ||
                title_called(title, r->term->values[i])) {
                text_addf(&names, "%s%s", names.length ? "," : "", title->name);
            }
        }
        r->procedures[i] = arena_keep(r->asking->arena, &names);
        take_text(r, r->term->values[i]);
    }
    r->test->column = LIST_TEXT;
    r->test->procedures = r->procedures;
    return resolve_sounds(r);
}

static void resolve_word(struct resolving *r)
{
    struct list_test *test = r->test;
    struct query_date soon = {QUERY_WORKDAYS, SOON_DAYS};
    switch (r->term->field) {
    case QUERY_MINE:
        test->column = LIST_OWNER;
        take_id(r, r->asking->person ? r->asking->person->thing.id : -1);
        break;
    case QUERY_SOON:
        test->column = LIST_SORT;
        test->low = r->asking->now;
        test->high = ((int64_t)day_of(r->asking, soon) + 1) * DAY_SECONDS + 1;
        break;
    case QUERY_LATE:
        test->column = LIST_LATE;
        break;
    case QUERY_PAUSED:
        test->column = LIST_HELD;
        break;
    case QUERY_WAIVED:
        test->column = LIST_WAIVED;
        break;
    case QUERY_EXPLAINED:
        test->column = LIST_EXPLAINED;
        break;
    case QUERY_PROVISIONAL:
        test->column = LIST_PROVISIONAL;
        break;
    default:
        test->column = LIST_CLOSED;
        test->negated ^= r->term->field == QUERY_OPEN;
        break;
    }
}

static int unknown_name(struct resolving *r, const char *name)
{
    struct text column = {0};
    text_add_int(&column, r->term->column);
    parcel_put_int(r->asking->reply, "column", r->term->column);
    error_set4(r->asking->error, ERROR_USAGE,
               r->nearest.best ? N_("column %1: nothing is called “%2” here; perhaps “%3”")
                               : N_("column %1: nothing is called “%2” here"),
               text_bytes(&column), name, r->nearest.best, NULL);
    text_free(&column);
    return -1;
}

/* How many NAME stands for, so often as it is called so; -1 ERROR. */
static int64_t resolve_value(struct resolving *r, const char *name)
{
    static const struct {
        enum query_field field;
        enum list_column column;
        int kind; /* book_kind; -1 */
    } fields[] = {{QUERY_ORG, LIST_ORG, BOOK_ORG},
                  {QUERY_COUNTY, LIST_COUNTY, BOOK_ORG},
                  {QUERY_VENDOR, LIST_VENDOR, BOOK_ORG},
                  {QUERY_HANDLER, LIST_OWNER, BOOK_PERSON},
                  {QUERY_SYSTEM, LIST_SYSTEM, BOOK_SYSTEM},
                  {QUERY_STATE, LIST_STATE, -1},
                  {QUERY_PROCEDURE, LIST_PROCEDURE, -1},
                  {QUERY_WITH, LIST_WITH, -1},
                  {QUERY_CLOCK, LIST_CLOCK, -1},
                  {QUERY_CARD, LIST_CARD, -1},
                  {QUERY_NUMBER, LIST_NUMBER, -1},
                  {QUERY_ARTICLE, LIST_CLOCK, -1},
                  {QUERY_DUTY, LIST_CASE, -1}};
    int32_t before = r->count;
    int kind = -1;
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
        if (fields[k].field == r->term->field) {
            r->test->column = fields[k].column;
            kind = fields[k].kind;
        }
    }
    if (kind >= 0 && resolve_entry(r, (enum book_kind)kind, name) != 0) {
        return -1;
    }
    if (kind >= 0) {
        /* those that bear the name are taken */
    } else if (r->term->field == QUERY_STATE) {
        r->count += states_called(r->asking, name, &r->nearest, r->texts + r->count,
                                  r->procedures + r->count, r->most - r->count);
        r->test->procedures = r->procedures;
    } else if (r->term->field == QUERY_CARD) {
        resolve_card(r, name);
    } else if (r->term->field == QUERY_NUMBER) {
        struct case_row row;
        int found = case_called(r->asking, name, &row); /* the list asks who may see it */
        if (found < 0) {
            return -1;
        }
        take_text(r, found ? row.number : name);
    } else if (r->term->field == QUERY_ARTICLE) {
        r->count +=
            clocks_under(r->asking, name, &r->nearest, r->texts + r->count, r->most - r->count);
    } else if (r->term->field == QUERY_DUTY) {
        bool known =
            cases_of_duty(r->asking, name, &r->nearest, r->ids, r->most, &r->test->id_count) == 0;
        return known ? 1 : r->asking->error->code ? -1 : 0;
    } else {
        resolve_title(r, name);
    }
    return r->count - before;
}

/* What may have been meant is looked for where nothing is called so, and not before. */
static int resolve_values(struct resolving *r)
{
    for (int32_t i = 0; i < r->term->count; i++) {
        const char *name = r->term->values[i];
        r->nearest = near_begin("", 0);
        int64_t found = resolve_value(r, name);
        if (found == 0) {
            r->nearest = near_begin(name, strlen(name));
            found = resolve_value(r, name);
        }
        if (found <= 0) {
            return found < 0 ? -1 : unknown_name(r, name);
        }
    }
    return 0;
}

enum { NAMES_MOST = 2000 };

/* For how many at most TERM may stand: of a register, of what sounds so, of what the policy calls
 * by a title. */
static int32_t most_of(const struct policy *policy, const struct query_term *term)
{
    int32_t titles = policy->procedure_count + policy->clock_count + policy->role_count + CARDS;
    switch (term->field) {
    case QUERY_ORG:
    case QUERY_SYSTEM:
    case QUERY_COUNTY:
    case QUERY_VENDOR:
    case QUERY_HANDLER:
    case QUERY_DUTY:
        return NAMES_MOST;
    case QUERY_TEXT:
        return SOUNDS_MOST + term->count;
    default:
        for (int32_t i = 0; i < policy->procedure_count; i++) {
            titles += policy->procedures[i].state_count;
        }
        return titles * (term->count + 1);
    }
}

static int resolve(struct asking *asking, const struct query_term *term, struct list_test *test)
{
    struct resolving r = {.asking = asking, .term = term, .test = test};
    r.most = most_of(asking->counter->current->policy, term);
    r.texts = arena_array(asking->arena, (size_t)r.most, sizeof *r.texts);
    r.procedures = arena_array(asking->arena, (size_t)r.most, sizeof *r.procedures);
    r.ids = arena_array(asking->arena, (size_t)r.most, sizeof *r.ids);
    if (!r.texts || !r.procedures || !r.ids) {
        return error_memory(asking->error);
    }
    *test = (struct list_test){.negated = term->negated};
    int status = 0;
    switch (query_kind(term->field)) {
    case QUERY_IS_TEXT:
        status = resolve_text(&r);
        break;
    case QUERY_IS_DATE:
        resolve_date(&r);
        break;
    case QUERY_IS_WORD:
        resolve_word(&r);
        break;
    default:
        status = resolve_values(&r);
        break;
    }
    test->texts = r.texts;
    test->ids = r.ids;
    test->count = r.count;
    return status;
}

static enum list_order order_of(enum query_field field)
{
    switch (field) {
    case QUERY_OPENED:
        return LIST_BY_OPENED;
    case QUERY_CHANGED:
        return LIST_BY_CHANGED;
    case QUERY_NUMBER:
        return LIST_BY_NUMBER;
    case QUERY_ORG:
        return LIST_BY_ORG;
    case QUERY_SYSTEM:
    case QUERY_TEXT:
        return LIST_BY_TITLE;
    default:
        return LIST_BY_URGENCY;
    }
}

static int tell_fault(struct asking *asking, const struct query_fault *fault)
{
    if (fault->message.id == MESSAGE_NONE) {
        return error_memory(asking->error);
    }
    parcel_put_int(asking->reply, "column", fault->column);
    return error_set4(asking->error, ERROR_USAGE, message_english(fault->message.id),
                      fault->message.arg[0], fault->message.arg[1], fault->message.arg[2],
                      fault->message.arg[3]);
}

/* The query of the request as a filter; open cases unless it asks for others. */
int filter_make(struct asking *asking, const char *text, struct list_filter *filter)
{
    struct query query = {0};
    struct query_fault fault = {0};
    bool all = parcel_yes(asking->request, "closed");
    text = text ? text : "";
    *filter = (struct list_filter){.sight = sight_of(asking),
                                   .now = asking->now,
                                   .clocks = parcel_yes(asking->request, "clocks")};
    if (!query_parse(text, strlen(text), asking->arena, &query, &fault)) {
        return tell_fault(asking, &fault);
    }
    struct list_test *tests = arena_array(asking->arena, (size_t)query.count + 1, sizeof *tests);
    if (!tests) {
        return error_memory(asking->error);
    }
    for (int32_t i = 0; i < query.count; i++) {
        const struct query_term *term = &query.terms[i];
        all |=
            term->field == QUERY_CLOSED || term->field == QUERY_OPEN || term->field == QUERY_DUTY;
        if (term->field == QUERY_SORT) {
            filter->order = order_of(term->sort);
            filter->backwards = term->backwards;
        } else if (resolve(asking, term, &tests[filter->count++]) != 0) {
            return -1;
        }
    }
    if (!all) {
        tests[filter->count++] = (struct list_test){.column = LIST_CLOSED, .negated = true};
    }
    filter->tests = tests;
    return 0;
}
