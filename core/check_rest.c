/* check_rest.c: citations, sums, and that everything is used (checks 7, 8, 1). */
#include <string.h>

#include "core/check.h"

static bool used(const struct compiler *compiler, enum kind kind, int32_t symbol)
{
    return compiler->used[symbol * KIND_COUNT + (int)kind];
}

static void say(struct compiler *compiler, enum kind kind, const char *owner, const char *name,
                const char *key, enum message_id id, const char *a)
{
    const struct draft_thing *thing = check_thing(compiler, kind, owner, name);
    compiler_say(compiler, thing, key ? draft_key(thing, key) : NULL, 0, id, a, NULL, NULL);
}

void check_cites(struct compiler *compiler)
{
    const struct policy *policy = compiler->policy;
    for (int32_t i = 0; i < policy->clock_count; i++) {
        const struct clock *clock = &policy->clocks[i];
        if (clock->cites.count == 0 && clock->basis != BASIS_HOUSE) {
            say(compiler, KIND_CLOCK, "", clock->title.name, NULL, MESSAGE_check_uncited, NULL);
        }
    }
    for (int32_t i = 0; i < policy->article_count; i++) {
        const struct article *article = &policy->articles[i];
        if (!article->silent && !used(compiler, KIND_ARTICLE, article->title.symbol)) {
            say(compiler, KIND_ARTICLE, "", article->title.name, NULL, MESSAGE_check_article, NULL);
        }
    }
}

static void check_score(struct compiler *compiler, const struct score *score)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < score->metric_count; i++) {
        sum += score->metrics[i].weight;
    }
    if (sum != INT64_C(100) * MICRO) {
        struct text text = {0};
        text_add_decimal(&text, sum);
        say(compiler, KIND_SCORE, "", score->title.name, NULL, MESSAGE_check_weights,
            arena_keep(compiler->arena, &text));
    }
    struct labels grades = score->grades;
    bool fall = grades.count > 0 && grades.items[grades.count - 1].bound == 0;
    for (int32_t i = 1; i < grades.count; i++) {
        fall = fall && grades.items[i].bound < grades.items[i - 1].bound;
    }
    if (!fall) {
        say(compiler, KIND_SCORE, "", score->title.name, "grades", MESSAGE_check_grades, NULL);
    }
}

void check_sums(struct compiler *compiler)
{
    for (int32_t i = 0; i < compiler->policy->score_count; i++) {
        check_score(compiler, &compiler->policy->scores[i]);
    }
}

static void check_groups(struct compiler *compiler)
{
    const struct policy *policy = compiler->policy;
    for (int32_t i = 0; i < policy->group_count; i++) {
        const struct group *group = &policy->groups[i];
        if (group->is_form && group->fields.count == 0) {
            say(compiler, KIND_FORM, "", group->title.name, NULL, MESSAGE_check_empty_form, NULL);
        }
    }
    for (int32_t i = 0; i < policy->field_count; i++) {
        const struct field *field = &policy->fields[i];
        if (!used(compiler, KIND_FIELD, field->title.symbol)) {
            say(compiler, KIND_FIELD, policy->groups[field->group].title.name, field->title.name,
                NULL, MESSAGE_check_unused, "field");
        }
    }
}

static void mark_opened(struct compiler *compiler)
{
    const struct policy *policy = compiler->policy;
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        if (policy->procedures[i].by) {
            compiler_use(compiler, KIND_PROCEDURE, policy->procedures[i].title.symbol);
        }
    }
}

void check_used(struct compiler *compiler)
{
    const struct policy *policy = compiler->policy;
    mark_opened(compiler);
    check_groups(compiler);
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (!used(compiler, KIND_ROLE, policy->roles[i].title.symbol)) {
            say(compiler, KIND_ROLE, "", policy->roles[i].title.name, NULL, MESSAGE_check_unused,
                "role");
        }
    }
    for (int32_t i = 0; i < policy->law_count; i++) {
        if (!used(compiler, KIND_LAW, policy->laws[i].title.symbol)) {
            say(compiler, KIND_LAW, "", policy->laws[i].title.name, NULL, MESSAGE_check_unused,
                "law");
        }
    }
    for (int32_t i = 0; i < policy->term_count; i++) {
        if (!used(compiler, KIND_TERM, policy->terms[i].title.symbol)) {
            say(compiler, KIND_TERM, "", policy->terms[i].title.name, NULL, MESSAGE_check_unused,
                "term");
        }
    }
    for (int32_t i = 0; i < policy->clock_count; i++) {
        if (!used(compiler, KIND_CLOCK, policy->clocks[i].title.symbol)) {
            say(compiler, KIND_CLOCK, "", policy->clocks[i].title.name, NULL, MESSAGE_check_nowhere,
                NULL);
        }
    }
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        if (!used(compiler, KIND_PROCEDURE, policy->procedures[i].title.symbol)) {
            say(compiler, KIND_PROCEDURE, "", policy->procedures[i].title.name, NULL,
                MESSAGE_check_unopened, NULL);
        }
    }
}
