/* case_facets.c: how many of a list have which value of a field: what one may narrow it to. */
#include <stdlib.h>
#include <string.h>

#include "core/query.h"
#include "data/desk/lists.h"

enum { COUNTED_MOST = 20000 };

static const struct facet {
    enum query_field field;
    enum list_column column;
    int kind; /* of the register it is in; -1 none */
} facets[] = {{QUERY_CARD, LIST_CARD, -1},           {QUERY_HANDLER, LIST_OWNER, BOOK_PERSON},
              {QUERY_WITH, LIST_WITH, -1},           {QUERY_STATE, LIST_STATE, -1},
              {QUERY_CLOCK, LIST_CLOCK, -1},         {QUERY_PROCEDURE, LIST_PROCEDURE, -1},
              {QUERY_ORG, LIST_ORG, BOOK_ORG},       {QUERY_COUNTY, LIST_COUNTY, BOOK_ORG},
              {QUERY_VENDOR, LIST_VENDOR, BOOK_ORG}, {QUERY_SYSTEM, LIST_SYSTEM, BOOK_SYSTEM},
              {QUERY_ARTICLE, LIST_CLOCK, -1}};
enum { FACETS = sizeof facets / sizeof *facets };

struct counting {
    struct asking *asking;
    const struct facet *field;
    struct table *table;
};

static const struct facet *facet_called(const char *name)
{
    for (int i = 0; i < FACETS; i++) {
        for (int which = 0; which < QUERY_NAMES; which++) {
            const char *english = query_name(facets[i].field, which);
            const char *chinese = query_name_zh(facets[i].field, which);
            if ((english && strcmp(english, name) == 0) ||
                (chinese && strcmp(chinese, name) == 0)) {
                return &facets[i];
            }
        }
    }
    return NULL;
}

static const struct title *title_of(const struct policy *policy, enum query_field field,
                                    const char *name)
{
    int32_t role = field == QUERY_WITH ? role_named(policy, name) : -1;
    int32_t procedure = field == QUERY_PROCEDURE ? procedure_named(policy, name) : -1;
    int32_t symbol = field == QUERY_CLOCK ? names_find(policy->names, name, strlen(name)) : 0;
    int32_t clock = symbol ? policy->clock_of[symbol] : -1;
    return role >= 0        ? &policy->roles[role].title
           : procedure >= 0 ? &policy->procedures[procedure].title
           : clock >= 0     ? &policy->clocks[clock].title
                            : NULL;
}

/* Nobody's, and what has no name any more, can't be asked for. */
static int take(void *self, const char *text, int64_t id, int64_t n)
{
    struct counting *counting = self;
    int kind = counting->field->kind;
    const struct policy *policy = counting->asking->counter->current->policy;
    const struct entry *entry =
        kind >= 0 && id ? book_by_id(counting->asking->counter, (enum book_kind)kind, id) : NULL;
    const struct title *title = text ? title_of(policy, counting->field->field, text) : NULL;
    if (entry) {
        table_text(counting->table, entry->thing.code);
        table_text(counting->table, entry->thing.name);
        table_int(counting->table, n);
    } else if (title) {
        table_text(counting->table, title->name);
        table_both(counting->table, title->zh, title->en);
        table_int(counting->table, n);
    }
    return 0;
}

/* ---- states ---- */

struct by_state { /* by what they are called: names are each procedure's own */
    struct asking *asking;
    const struct policy *policy;
    struct called {
        const struct title *title;
        int64_t n;
    } * items;
    int32_t count, most;
};

static int add_state(void *self, const char *text, int64_t id, int64_t n)
{
    struct by_state *by = self;
    const char *dot = text ? strchr(text, '.') : NULL;
    const char *name = dot ? arena_text(by->asking->arena, text, (size_t)(dot - text)) : NULL;
    int32_t procedure = name ? procedure_named(by->policy, name) : -1;
    const struct title *title =
        procedure >= 0 ? state_title(by->policy, &by->policy->procedures[procedure], dot + 1)
                       : NULL;
    int32_t i = 0;
    (void)id;
    while (title && i < by->count && strcmp(by->items[i].title->zh, title->zh) != 0) {
        i++;
    }
    if (title && i < by->most) {
        by->items[i].title = title;
        by->items[i].n = n + (i < by->count ? by->items[i].n : 0);
        by->count += i == by->count;
    }
    return 0;
}

/* By what a query finds just these: the name, where it stands for nothing else. */
static const char *asked_as(const struct by_state *by, const struct title *title)
{
    for (int32_t p = 0; p < by->policy->procedure_count; p++) {
        const struct procedure *procedure = &by->policy->procedures[p];
        for (int32_t s = 0; s < procedure->state_count; s++) {
            const struct title *other = &procedure->states[s].title;
            if ((strcmp(other->name, title->name) == 0) != (strcmp(other->zh, title->zh) == 0)) {
                return title->zh;
            }
        }
    }
    return title->name;
}

static int more_first(const void *a, const void *b)
{
    const struct called *one = a, *two = b;
    return one->n != two->n ? (one->n < two->n ? 1 : -1)
                            : strcmp(one->title->name, two->title->name);
}

static int count_states(struct asking *asking, const struct list_filter *filter,
                        struct table *table, bool *more)
{
    struct by_state by = {.asking = asking, .policy = asking->counter->current->policy};
    for (int32_t p = 0; p < by.policy->procedure_count; p++) {
        by.most += by.policy->procedures[p].state_count;
    }
    by.items = arena_array(asking->arena, (size_t)by.most + 1, sizeof *by.items);
    if (!by.items) {
        return error_memory(asking->error);
    }
    int status = list_facets(asking->counter->store, filter, LIST_STATE_IN, COUNTED_MOST, add_state,
                             &by, more, asking->error);
    qsort(by.items, (size_t)by.count, sizeof *by.items, more_first);
    for (int32_t i = 0; i < by.count; i++) {
        table_text(table, asked_as(&by, by.items[i].title));
        table_both(table, by.items[i].title->zh, by.items[i].title->en);
        table_int(table, by.items[i].n);
    }
    return status;
}

/* ---- articles ---- */

struct by_article {
    const struct policy *policy;
    int64_t *articles, *laws; /* by index */
};

/* What rests on several counts for each. */
static int add_clock(void *self, const char *text, int64_t id, int64_t n)
{
    const struct by_article *by = self;
    int32_t symbol = text ? names_find(by->policy->names, text, strlen(text)) : 0;
    int32_t clock = symbol ? by->policy->clock_of[symbol] : -1;
    (void)id;
    for (int32_t i = 0; clock >= 0 && i < by->policy->clocks[clock].cites.count; i++) {
        const struct cite *cite = &by->policy->clocks[clock].cites.items[i];
        (cite->kind == CITE_ARTICLE ? by->articles : by->laws)[cite->index] += n;
    }
    return 0;
}

static void put_count(struct table *table, const struct title *title, int64_t n)
{
    if (n > 0) {
        table_text(table, title->name);
        table_both(table, title->zh, title->en);
        table_int(table, n);
    }
}

/* In the order of the policy. */
static int count_articles(struct asking *asking, const struct list_filter *filter,
                          struct table *table, bool *more)
{
    const struct policy *policy = asking->counter->current->policy;
    size_t size = (size_t)policy->article_count + (size_t)policy->law_count + 1;
    struct by_article by = {policy, arena_array(asking->arena, size, sizeof(int64_t)), NULL};
    if (!by.articles) {
        return error_memory(asking->error);
    }
    memset(by.articles, 0, size * sizeof(int64_t));
    by.laws = by.articles + policy->article_count;
    int status = list_facets(asking->counter->store, filter, LIST_CLOCK, COUNTED_MOST, add_clock,
                             &by, more, asking->error);
    for (int32_t i = 0; i < policy->article_count; i++) {
        put_count(table, &policy->articles[i].title, by.articles[i]);
    }
    for (int32_t i = 0; i < policy->law_count; i++) {
        put_count(table, &policy->laws[i].title, by.laws[i]);
    }
    return status;
}

static int count_cards(struct asking *asking, const struct list_filter *filter, struct table *table)
{
    static const char *const cards[][3] = {{"none", "无牌", "no card"},
                                           {"blue", "蓝牌", "blue"},
                                           {"yellow", "黄牌", "yellow"},
                                           {"red", "红牌", "red"},
                                           {"double", "双红牌", "double red"}};
    struct list_counts counts;
    if (list_counts(asking->counter->store, filter, COUNTED_MOST, &counts, asking->error) != 0) {
        return -1;
    }
    for (int card = CARD_DOUBLE; card >= CARD_NONE; card--) {
        if (counts.cards[card] > 0) {
            table_text(table, cards[card][0]);
            table_both(table, cards[card][1], cards[card][2]);
            table_int(table, counts.cards[card]);
        }
    }
    parcel_put(asking->reply, "facets_more",
               counts.laborious || counts.n == COUNTED_MOST ? "yes" : "no");
    return 0;
}

static int no_field(struct asking *asking, const char *name)
{
    struct text names = {0};
    for (int i = 0; i < FACETS; i++) {
        text_addf(&names, "%s%s", i ? ", " : "", query_name(facets[i].field, 0));
    }
    error_set(asking->error, ERROR_USAGE, N_("there is no field “%1”; one of %2"), name,
              text_bytes(&names));
    text_free(&names);
    return -1;
}

int case_facets(struct asking *asking, const struct list_filter *filter)
{
    static const struct column columns[] = {{"value", CELL_NAME, N_("value")},
                                            {"title", CELL_TEXT, N_("value")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    const char *name = asked(asking, "facets");
    struct counting counting = {.asking = asking};
    bool more = false;
    if (!name) {
        return 0;
    }
    counting.field = facet_called(name);
    if (!counting.field) {
        return no_field(asking, name);
    }
    counting.table = parcel_table(asking->reply, "facets", columns, 3);
    if (counting.field->column == LIST_CARD) {
        return count_cards(asking, filter, counting.table);
    }
    int status = counting.field->field == QUERY_ARTICLE
                     ? count_articles(asking, filter, counting.table, &more)
                 : counting.field->field == QUERY_STATE
                     ? count_states(asking, filter, counting.table, &more)
                     : list_facets(asking->counter->store, filter, counting.field->column,
                                   COUNTED_MOST, take, &counting, &more, asking->error);
    parcel_put(asking->reply, "facets_more", more ? "yes" : "no");
    return status;
}
