/* verb_complete.c: what may stand at a place of a query. */
#include <string.h>

#include "core/query.h"
#include "data/desk/lists.h"

enum { WORDS_MOST = 50 };

struct completing {
    struct asking *asking;
    struct table *table;
    struct query_spot spot;
};

/* WORD is offered where what was typed begins it, or goes for its initials. */
static void offer(struct completing *c, const char *word, const char *zh, const char *en)
{
    const char *typed = arena_text(c->asking->arena, c->spot.prefix, c->spot.length);
    const struct pinyin *pinyin = c->asking->counter->pinyin;
    size_t length = c->spot.length;
    bool fits = length == 0 || strncmp(word, typed, length) == 0 ||
                strncmp(zh, typed, length) == 0 || pinyin_matches(pinyin, zh, typed);
    if (fits && table_rows(c->table) < WORDS_MOST) {
        table_text(c->table, word);
        table_both(c->table, zh, en);
    }
}

static void offer_names(struct completing *c)
{
    for (int field = QUERY_STATE; field < QUERY_FIELDS; field++) {
        enum query_field f = (enum query_field)field;
        struct text word = {0};
        const char *zh = query_name_zh(f, 0);
        text_addf(&word, "%s%s", query_name(f, 0), query_kind(f) == QUERY_IS_WORD ? "" : ":");
        offer(c, text_bytes(&word), zh ? zh : "", query_name(f, 0));
        text_free(&word);
    }
}

static void offer_states(struct completing *c)
{
    const struct policy *policy = c->asking->counter->current->policy;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        for (int32_t s = 0; s < policy->procedures[p].state_count; s++) {
            const struct title *title = &policy->procedures[p].states[s].title;
            offer(c, title->zh, title->zh, title->en);
        }
    }
}

static void offer_titles(struct completing *c)
{
    const struct policy *policy = c->asking->counter->current->policy;
    enum query_field field = c->spot.field;
    int32_t count = field == QUERY_PROCEDURE ? policy->procedure_count
                    : field == QUERY_CLOCK   ? policy->clock_count
                                             : policy->role_count;
    for (int32_t i = 0; i < count; i++) {
        const struct title *title = field == QUERY_PROCEDURE ? &policy->procedures[i].title
                                    : field == QUERY_CLOCK   ? &policy->clocks[i].title
                                                             : &policy->roles[i].title;
        offer(c, title->name, title->zh, title->en);
    }
}

static void offer_articles(struct completing *c)
{
    const struct policy *policy = c->asking->counter->current->policy;
    for (int32_t i = 0; i < policy->article_count; i++) {
        const struct title *title = &policy->articles[i].title;
        offer(c, title->name, title->zh, title->en);
    }
}

static void offer_duties(struct completing *c)
{
    const struct policy *policy = c->asking->counter->current->policy;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        const struct title *title = &policy->duties[i].title;
        offer(c, title->name, title->zh, title->en);
    }
}

struct naming {
    struct completing *completing;
    enum book_kind kind;
};

/* 1: there is no room for more. */
static int offer_entry(void *self, struct entry *entry)
{
    const struct naming *naming = self;
    struct completing *c = naming->completing;
    const struct thing *thing = &entry->thing;
    if (sees_entry(c->asking, naming->kind, entry)) {
        offer(c, thing->name, thing->name, thing->code);
    }
    return table_rows(c->table) == WORDS_MOST;
}

static int offer_entries(struct completing *c, enum book_kind kind)
{
    struct naming naming = {c, kind};
    return book_each(c->asking, kind, 0, BOOK_ALL, offer_entry, &naming) < 0 ? -1 : 0;
}

static void offer_sorts(struct completing *c)
{
    for (int field = QUERY_STATE; field < QUERY_FIELDS; field++) {
        enum query_field f = (enum query_field)field;
        if (query_sorts(f)) {
            const char *zh = query_name_zh(f, 0);
            offer(c, query_name(f, 0), zh ? zh : "", query_name(f, 0));
        }
    }
}

static int offer_values(struct completing *c)
{
    static const char *const cards[][2] = {
        {"blue", "蓝牌"}, {"yellow", "黄牌"}, {"red", "红牌"}, {"double", "双红牌"}};
    static const char *const days[][2] = {
        {"today", "今天"}, {"1wd", "1个工作日"}, {"3wd", "3个工作日"}, {"7d", "7天"}};
    switch (c->spot.field) {
    case QUERY_STATE:
        offer_states(c);
        break;
    case QUERY_PROCEDURE:
    case QUERY_WITH:
    case QUERY_CLOCK:
        offer_titles(c);
        break;
    case QUERY_ORG:
    case QUERY_COUNTY:
    case QUERY_VENDOR:
        return offer_entries(c, BOOK_ORG);
    case QUERY_SYSTEM:
        return offer_entries(c, BOOK_SYSTEM);
    case QUERY_HANDLER:
        return offer_entries(c, BOOK_PERSON);
    case QUERY_ARTICLE:
        offer_articles(c);
        break;
    case QUERY_DUTY:
        offer_duties(c);
        break;
    case QUERY_SORT:
        offer_sorts(c);
        break;
    default:
        for (int i = 0; i < 4; i++) {
            bool card = c->spot.field == QUERY_CARD,
                 date = query_kind(c->spot.field) == QUERY_IS_DATE;
            if (card || date) {
                offer(c, card ? cards[i][0] : days[i][0], card ? cards[i][1] : days[i][1],
                      card ? cards[i][0] : days[i][0]);
            }
        }
        break;
    }
    return 0;
}

int verb_complete(struct asking *asking)
{
    static const struct column columns[] = {{"word", CELL_NAME, N_("word")},
                                            {"title", CELL_TEXT, N_("what it is")}};
    const char *text = parcel_get(asking->request, "query");
    text = text ? text : "";
    int64_t column =
        parcel_int(asking->request, "column", (int64_t)utf8_count(text, strlen(text)) + 1);
    struct completing c = {.asking = asking,
                           .table = parcel_table(asking->reply, "words", columns, 2),
                           .spot = query_at(text, strlen(text), (int32_t)column)};
    parcel_put_int(asking->reply, "from", c.spot.from);
    parcel_put_int(asking->reply, "to", c.spot.to);
    if (c.spot.place == QUERY_AT_NAME) {
        offer_names(&c);
    }
    return c.spot.place == QUERY_AT_VALUE ? offer_values(&c) : 0;
}
