/* test_sample.c: the sample city: the same for the same day, and everything the policy knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy.h"
#include "test/support/city.h"

#define MONDAY "2026-11-30"

enum { EVENTS_MOST = POLICY_SET_MOST, PROCEDURES_MOST = 64, CASES_MOST = 2000 };

/* ---- twice the same ---- */

static void put_line(void *self, const struct table *cases, size_t row)
{
    static const char *const columns[] = {"number", "title", "org",     "state", "with",
                                          "owner",  "due",   "changed", "card",  "left"};
    struct text *out = self;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        text_addf(out, "%s ", table_cell(cases, row, columns[i]));
    }
    text_add(out, "\n");
}

static void put_things(struct bureau *bureau, const char *kind, struct text *out)
{
    bureau_must(bureau, "things", "kind", kind, "limit", "1000", NULL);
    const struct table *things = parcel_find(&bureau->reply, "things");
    for (size_t row = 0; row < table_rows(things); row++) {
        for (int32_t i = 0; i < things->column_count; i++) {
            text_addf(out, "%s ", table_at(things, row, i));
        }
        text_add(out, "\n");
    }
}

/* What lists show of the whole city. */
static void tell(struct bureau *bureau, struct text *out)
{
    static const char *const kinds[] = {"org", "person", "system", "product", "price", "quota"};
    city_cases(bureau, "", put_line, out);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        put_things(bureau, kinds[i], out);
    }
    assert_false(out->failed);
}

static void assert_same(const struct text *a, const struct text *b)
{
    const char *x = text_bytes(a), *y = text_bytes(b);
    while (*x && *y) {
        size_t m = strcspn(x, "\n"), n = strcspn(y, "\n");
        if (m != n || memcmp(x, y, m) != 0) {
            fail_msg("not the same:\n%.*s\n%.*s", (int)m, x, (int)n, y);
        }
        x += m + 1;
        y += n + 1;
    }
    assert_int_equal(*x, *y);
}

static void test_a_day_makes_one_city(void **state)
{
    struct bureau *first = *state, second;
    struct text one = {0}, two = {0};
    city_make(&second, MONDAY);
    tell(first, &one);
    tell(&second, &two);
    assert_same(&one, &two);
    bureau_free(&second);
    text_free(&one);
    text_free(&two);
}

/* ---- everything there is ---- */

struct met {
    const struct policy *policy;
    char *numbers[CASES_MOST];
    size_t count;
    bool events[PROCEDURES_MOST][EVENTS_MOST], ended[PROCEDURES_MOST][EVENTS_MOST];
    int64_t cases[PROCEDURES_MOST];
};

static int32_t index_of(const struct title *first, size_t stride, int32_t count, const char *name)
{
    for (int32_t i = 0; i < count; i++) {
        const struct title *title = (const void *)((const char *)first + (size_t)i * stride);
        if (strcmp(title->name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static int32_t procedure_of(const struct policy *policy, const char *name)
{
    return index_of(&policy->procedures[0].title, sizeof *policy->procedures,
                    policy->procedure_count, name);
}

static void meet_case(void *self, const struct table *cases, size_t row)
{
    struct met *met = self;
    int32_t p = procedure_of(met->policy, table_cell(cases, row, "procedure"));
    assert_in_range(p, 0, PROCEDURES_MOST - 1);
    const struct procedure *procedure = &met->policy->procedures[p];
    int32_t s = index_of(&procedure->states[0].title, sizeof *procedure->states,
                         procedure->state_count, table_cell(cases, row, "state"));
    met->cases[p]++;
    met->ended[p][s] = true;
    if (procedure->by && met->count < CASES_MOST) {
        met->numbers[met->count++] = strdup(table_cell(cases, row, "number"));
    }
}

static void meet_acts(struct bureau *bureau, struct met *met, const char *number)
{
    bureau_must(bureau, "show", "case", number, NULL);
    int32_t p = procedure_of(met->policy, parcel_get(&bureau->reply, "procedure"));
    const struct procedure *procedure = &met->policy->procedures[p];
    const struct table *acts = parcel_find(&bureau->reply, "acts");
    for (size_t row = 0; row < table_rows(acts); row++) {
        int32_t e = index_of(&procedure->events[0].title, sizeof *procedure->events,
                             procedure->event_count, table_cell(acts, row, "event"));
        met->events[p][e < 0 ? 0 : e] |= e >= 0;
    }
}

/* Of what people ask for, every event was done in some case, and some case stands in every final
 * state; of what comes round there are cases. */
static void test_all_procedures_and_events(void **state)
{
    struct bureau *bureau = *state;
    struct policy *policy;
    struct text wrong = {0};
    assert_int_equal(desk_policy(NULL, NULL, 0, &policy, &wrong), 0);
    struct met *met = calloc(1, sizeof *met);
    assert_non_null(met);
    met->policy = policy;
    city_cases(bureau, "", meet_case, met);
    for (size_t i = 0; i < met->count; i++) {
        meet_acts(bureau, met, met->numbers[i]);
        free(met->numbers[i]);
    }
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        if (met->cases[p] == 0) {
            fail_msg("no case of %s", procedure->title.name);
        }
        for (int32_t e = 0; procedure->by && e < procedure->event_count; e++) {
            if (!met->events[p][e]) {
                fail_msg("%s: nowhere %s", procedure->title.name, procedure->events[e].title.name);
            }
        }
        for (int32_t s = 0; procedure->by && s < procedure->state_count; s++) {
            bool final = procedure->states[s].final != FINAL_NO;
            if (final && !met->ended[p][s]) {
                fail_msg("%s: none is %s", procedure->title.name, procedure->states[s].title.name);
            }
        }
    }
    free(met);
    policy_free(policy);
    text_free(&wrong);
}

static void test_each_person_may_come(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "things", "kind", "person", "limit", "1000", NULL);
    size_t count = table_rows(parcel_find(&bureau->reply, "things"));
    char **logins = calloc(count, sizeof *logins);
    assert_non_null(logins);
    for (size_t i = 0; i < count; i++) {
        const struct table *things = parcel_find(&bureau->reply, "things");
        logins[i] = strdup(table_cell(things, i, "code"));
    }
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++) {
        bureau_must(bureau, "hello", "as", logins[i], NULL);
        assert_true(table_rows(parcel_find(&bureau->reply, "roles")) > 0);
        free(logins[i]);
    }
    free(logins);
}

static int make(void **state)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    city_make(bureau, MONDAY);
    *state = bureau;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_makes_one_city),
        cmocka_unit_test(test_all_procedures_and_events),
        cmocka_unit_test(test_each_person_may_come),
    };
    return cmocka_run_group_tests(tests, make, bureau_unmake);
}
