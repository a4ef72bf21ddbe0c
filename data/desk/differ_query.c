/* differ_query.c: words that say which differences are meant. */
#include "data/desk/differ_query.h"

#include <string.h>

#include "data/pinyin.h"
#include "data/store/search.h"

static const struct {
    enum differ_field field;
    const char *name, *en, *zh; /* EN: another word for it; NULL */
} known[] = {
    {DIFFER_HOW, "new", NULL, "新"},
    {DIFFER_HOW, "changed", "chg", "变"},
    {DIFFER_HOW, "gone", NULL, "消"},
    {DIFFER_KIND, "server", "servers", "云主机"},
    {DIFFER_KIND, "volume", "volumes", "云硬盘"},
    {DIFFER_KIND, "project", "projects", "项目"},
    {DIFFER_KIND, "flavor", "flavors", "规格"},
    {DIFFER_KIND, "host", "hypervisors", "宿主机"},
    {DIFFER_KIND, "provider", "capacity", "平台容量"},
    {DIFFER_VERDICT, "agrees", NULL, "符合"},
    {DIFFER_VERDICT, "drifts", "drift", "漂移"},
    {DIFFER_VERDICT, "unmapped", NULL, "未映射"},
    {DIFFER_VERDICT, "harmless", NULL, "无碍"},
};

/* Small letters alone, two at the least: it may be a name as it sounds. */
static bool may_sound(const char *word)
{
    size_t length = strlen(word);
    return length > 1 && strspn(word, "abcdefghijklmnopqrstuvwxyz") == length;
}

static struct differ_word word_of(const char *text)
{
    struct differ_word word = {.not = text[0] == '-' && text[1]};
    text += word.not ;
    word.is = text;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(text, known[i].name) == 0 || strcmp(text, known[i].zh) == 0 ||
            (known[i].en && strcmp(text, known[i].en) == 0)) {
            word.field = known[i].field;
            word.is = known[i].name;
            return word;
        }
    }
    word.sound = may_sound(text);
    return word;
}

int differ_query_read(struct asking *asking, const char *text, struct differ_query *out)
{
    *out = (struct differ_query){0};
    for (const char *at = text ? text : ""; *(at += strspn(at, " ")); at += strcspn(at, " ")) {
        if (out->count == DIFFER_WORDS_MOST) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("a filter of differences has 16 words at the most"), NULL, NULL);
        }
        struct differ_word *word = &out->words[out->count++];
        *word = word_of(arena_text(asking->arena, at, strcspn(at, " ")));
        out->verdicts |= word->field == DIFFER_VERDICT;
    }
    return 0;
}

static bool named(const struct asking *asking, const struct differ_word *word,
                  const struct entry *entry)
{
    const struct pinyin *pinyin = word->sound ? asking->counter->pinyin : NULL;
    return entry &&
           (search_hit(entry->thing.name, word->is) || search_hit(entry->thing.code, word->is) ||
            (pinyin && pinyin_matches(pinyin, entry->thing.name, word->is)));
}

static bool found(const struct asking *asking, const struct differ_word *word,
                  const struct differ *differ)
{
    const struct resource_row *row = differ->row;
    return search_hit(row->name, word->is) || search_hit(row->uid, word->is) ||
           search_hit(row->project, word->is) || named(asking, word, differ->system) ||
           named(asking, word, differ->org);
}

bool differ_query_holds(const struct differ_query *query, const struct asking *asking,
                        const struct differ *differ)
{
    bool holds = true;
    for (int i = 0; i < query->count && holds; i++) {
        const struct differ_word *word = &query->words[i];
        bool is = word->field == DIFFER_TEXT   ? found(asking, word, differ)
                  : word->field == DIFFER_HOW  ? strcmp(word->is, differ->how) == 0
                  : word->field == DIFFER_KIND ? strcmp(word->is, differ->row->kind) == 0
                                               : !word->not ;
        holds = is != word->not ;
    }
    return holds;
}

bool differ_query_judged(const struct differ_query *query, const char *verdict)
{
    bool holds = true;
    for (int i = 0; i < query->count && holds; i++) {
        const struct differ_word *word = &query->words[i];
        holds = word->field != DIFFER_VERDICT || (strcmp(word->is, verdict) == 0) != word->not ;
    }
    return holds;
}
