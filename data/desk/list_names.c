/* list_names.c: values of a query that stand for something else: articles for the clocks that rest
 * on them, duties for their cases; states, by what each procedure calls them. */
#include <limits.h>
#include <string.h>

#include "core/near.h"
#include "data/desk/lists.h"

static bool is_called(const struct title *title, const char *name, struct near_word *nearest)
{
    near_offer(nearest, title->name);
    near_offer(nearest, title->zh);
    return title_called(title, name);
}

/* ---- articles ---- */

/* 第13条 is 13. */
static const char *bare_article(struct asking *asking, const char *name)
{
    static const char before[] = "第", behind[] = "条";
    size_t length = strlen(name), front = sizeof before - 1, back = sizeof behind - 1;
    bool dressed = length > front + back && memcmp(name, before, front) == 0 &&
                   memcmp(name + length - back, behind, back) == 0;
    const char *bare =
        dressed ? arena_text(asking->arena, name + front, length - front - back) : name;
    return bare ? bare : name;
}

static bool cites(const struct policy *policy, struct cites cites, const char *name)
{
    struct near_word ignored = near_begin("", 0);
    for (int32_t i = 0; i < cites.count; i++) {
        const struct cite *cite = &cites.items[i];
        const struct title *title = cite->kind == CITE_ARTICLE
                                        ? &policy->articles[cite->index].title
                                        : &policy->laws[cite->index].title;
        if (is_called(title, name, &ignored)) {
            return true;
        }
    }
    return false;
}

int32_t clocks_under(struct asking *asking, const char *name, struct near_word *nearest,
                     const char **texts, int32_t most)
{
    const struct policy *policy = asking->counter->current->policy;
    int32_t count = 0;
    name = bare_article(asking, name);
    for (int32_t i = 0; i < policy->article_count; i++) {
        near_offer(nearest, policy->articles[i].title.name);
    }
    for (int32_t i = 0; i < policy->clock_count && count < most; i++) {
        if (cites(policy, policy->clocks[i].cites, name)) {
            texts[count++] = policy->clocks[i].title.name;
        }
    }
    return count;
}

/* ---- duties ---- */

struct gathering {
    int64_t *ids;
    int32_t count, most;
};

static int take(void *self, const struct source_row *row)
{
    struct gathering *gathering = self;
    if (gathering->count < gathering->most) {
        gathering->ids[gathering->count++] = row->id;
    }
    return 0;
}

/* Behind the last / of NAME: from after FROM up to TO. Without one: whenever. False: no month. */
static bool read_month(const char *name, size_t *length, int64_t *from, int64_t *to)
{
    const char *slash = strrchr(name, '/');
    struct text day = {0};
    int32_t first = 0;
    *length = slash ? (size_t)(slash - name) : strlen(name);
    *from = MOMENT_NONE + 1;
    *to = INT64_MAX;
    text_addf(&day, "%s-01", slash ? slash + 1 : "");
    bool right = !slash || day_parse(text_bytes(&day), day.length, &first);
    if (slash && right) {
        *from = moment_of(first, 0);
        *to = moment_of(day_add_months(first, 1), 0);
    }
    text_free(&day);
    return right;
}

int cases_of_duty(struct asking *asking, const char *name, struct near_word *nearest, int64_t *ids,
                  int32_t most, int32_t *count)
{
    const struct policy *policy = asking->counter->current->policy;
    struct sight sight = sight_of(asking);
    struct gathering gathering = {ids, *count, most};
    int64_t from, to;
    size_t length;
    bool known = false;
    int status = read_month(name, &length, &from, &to) ? 0 : -1;
    const char *called = arena_text(asking->arena, name, length);
    for (int32_t i = 0; status == 0 && called && i < policy->duty_count; i++) {
        const struct title *title = &policy->duties[i].title;
        struct text kind = {0};
        if (is_called(title, called, nearest)) {
            known = true;
            text_addf(&kind, "duty.%s/", title->name);
            status = list_sources(asking->counter->store, &sight, text_bytes(&kind), from, to,
                                  asking->now, take, &gathering, asking->error);
        }
        text_free(&kind);
    }
    *count = gathering.count;
    return status == 0 && known ? 0 : -1;
}

/* ---- states ---- */

const struct title *state_title(const struct policy *policy, const struct procedure *procedure,
                                const char *state)
{
    int32_t symbol = names_find(policy->names, state, strlen(state));
    int32_t index = symbol ? procedure->state_of[symbol] : -1;
    return index >= 0 ? &procedure->states[index].title : NULL;
}

/* The procedures in which STATE, a name, is called NAME, as "a,b"; NULL: all that have it. */
static const char *calling(struct asking *asking, const char *state, const char *name)
{
    const struct policy *policy = asking->counter->current->policy;
    struct near_word ignored = near_begin("", 0);
    struct text names = {0};
    bool all = true;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        const struct title *title = state_title(policy, procedure, state);
        bool called = title && is_called(title, name, &ignored);
        all &= called || !title;
        if (called) {
            text_addf(&names, "%s%s", names.length ? "," : "", procedure->title.name);
        }
    }
    const char *kept = arena_keep(asking->arena, &names);
    return all ? NULL : kept;
}

static bool is_among(const char *const *texts, int32_t count, const char *text)
{
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

int32_t states_called(struct asking *asking, const char *name, struct near_word *nearest,
                      const char **texts, const char **procedures, int32_t most)
{
    const struct policy *policy = asking->counter->current->policy;
    int32_t count = 0;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        for (int32_t s = 0; s < procedure->state_count; s++) {
            const struct title *title = &procedure->states[s].title;
            if (is_called(title, name, nearest) && !is_among(texts, count, title->name) &&
                count < most) {
                texts[count] = title->name;
                procedures[count++] = calling(asking, title->name, name);
            }
        }
    }
    return count;
}
