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

/* Queries have their room whether they are asked or not: they are met only when conditions are. */
static int32_t first_drift_slot(const struct policy *policy)
{
    return policy_slot_query(policy, POLICY_QUERIES_MOST);
}

int32_t policy_slot_resource(const struct policy *policy, int32_t field)
{
    return first_drift_slot(policy) + field;
}

int32_t policy_slot_drift(const struct policy *policy, enum drift_fact which)
{
    return first_drift_slot(policy) + policy->field_count + (int32_t)which;
}

int32_t policy_slot_drift_measure(const struct policy *policy, int32_t measure,
                                  enum drift_measure which)
{
    return policy_slot_drift(policy, DRIFT_FACTS) + measure * DRIFT_MEASURES + (int32_t)which;
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

static bool in_application(const struct procedure *procedure, int32_t field)
{
    for (int32_t i = 0; i < procedure->application.count; i++) {
        if (procedure->application.items[i] == field) {
            return true;
        }
    }
    return false;
}

static bool has_items(const struct policy *policy, const struct procedure *procedure)
{
    for (int32_t i = 0; i < procedure->application.count; i++) {
        if (policy->fields[procedure->application.items[i]].type == FIELD_ITEMS) {
            return true;
        }
    }
    return false;
}

bool policy_goes_along(const struct policy *policy, const struct procedure *procedure,
                       const char *name)
{
    const char *dot = strrchr(name, '.');
    bool item = dot && strncmp(name, "item.", 5) == 0;
    const char *last = item ? dot + 1 : name;
    int32_t symbol = names_find(policy->names, last, strlen(last));
    int32_t field = symbol && !item ? policy->slot_of[symbol] : -1;
    int32_t column = symbol && item ? policy->column_of[symbol] : -1;
    int32_t own =
        ITEM_MEASURES + policy->measures.count; /* columns before these are the engine's */
    if (column >= own) {
        field = (int32_t)(policy->columns[column - own] - policy->fields);
    } else if (column >= 0) {
        return column != ITEM_BEFORE && has_items(policy, procedure);
    }
    return field >= 0 && field < policy->field_count && in_application(procedure, field);
}

static bool asks_cases(const struct expr *expr)
{
    return expr && (expr->op == EXPR_CASES || asks_cases(expr->left) || asks_cases(expr->right));
}

bool policy_counts_again(const struct policy *policy)
{
    bool found = false;
    for (int32_t c = 0; c < policy->clock_count; c++) {
        found |= asks_cases(policy->clocks[c].until);
        for (int32_t i = 0; i < policy->clocks[c].limit_count; i++) {
            found |= asks_cases(policy->clocks[c].limits[i].when);
        }
    }
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        for (int32_t e = 0; e < policy->procedures[p].event_count; e++) {
            const struct event *event = &policy->procedures[p].events[e];
            for (int32_t i = 0; i < event->to_count; i++) {
                found |= asks_cases(event->to[i].when);
            }
        }
    }
    return found;
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
