/* policy.c: a compiled policy, asked. */
#include "core/policy.h"

#include <string.h>

int32_t policy_slot_around(const struct policy *policy, enum surrounding which)
{
    return 2 * policy->field_count + (int32_t)which;
}

int32_t policy_slot_measure(const struct policy *policy, int32_t measure, enum measure_fact which)
{
    return 2 * policy->field_count + AROUND_MEASURES + measure * MEASURE_FACTS + (int32_t)which;
}

int32_t policy_slot_query(const struct policy *policy, int32_t query)
{
    return 2 * policy->field_count + AROUND_MEASURES + policy->measures.count * MEASURE_FACTS +
           query;
}

int32_t policy_slot_system(const struct policy *policy, int32_t field)
{
    return policy->field_count + field;
}

static bool named(const char *path, const char *kind, const char *name)
{
    size_t length = strlen(kind);
    return strncmp(path, kind, length) == 0 && path[length] == '.' &&
           strcmp(path + length + 1, name) == 0;
}

const struct schedule *policy_source(const struct policy *policy, int32_t symbol,
                                     const struct duty **duty)
{
    const char *path = names_text(policy->names, symbol);
    *duty = NULL;
    for (int32_t i = 0; i < policy->duty_count; i++) {
        if (named(path, "duty", policy->duties[i].title.name)) {
            *duty = &policy->duties[i];
            return &policy->duties[i].schedule;
        }
    }
    for (int32_t i = 0; i < policy->score_count; i++) {
        if (named(path, "score", policy->scores[i].title.name)) {
            return &policy->scores[i].schedule;
        }
    }
    for (int32_t i = 0; i < policy->bill_count; i++) {
        if (named(path, "bill", policy->bills[i].title.name)) {
            return &policy->bills[i].schedule;
        }
    }
    return NULL;
}

void policy_cites_text(const struct policy *policy, struct cites cites, struct text *out)
{
    for (int32_t i = 0; i < cites.count; i++) {
        struct cite cite = cites.items[i];
        text_addf(out, "%s%s", i ? ", " : "",
                  cite.kind == CITE_ARTICLE ? policy->articles[cite.index].title.name
                                            : policy->laws[cite.index].title.name);
    }
}

void policy_free(struct policy *policy)
{
    if (policy) {
        arena_free(policy->arena); /* the policy lives in it */
    }
}
