/* expr_bench.c: a policy with a field of every type, for tests of conditions. */
#include "test/support/expr_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/source_text.h"

const struct ground_of on_case = {GROUND_CASE, 0, false, true};
const struct ground_of on_system = {GROUND_SYSTEM, -1, false, false};
const struct ground_of on_org = {GROUND_ORG, -1, false, false};
const struct ground_of on_usage = {GROUND_USAGE, -1, false, true};
const struct ground_of on_score = {GROUND_SCORE, -1, false, true};
const struct ground_of on_column = {GROUND_CASE, -1, true, true};

static struct calendar *notices(void)
{
    static struct calendar_row rows[9];
    struct message error = {0};
    for (int i = 0; i < 9; i++) {
        rows[i] = (struct calendar_row){"〔2018〕15号", 17000, 2019, 0, CALENDAR_HOLIDAY, "国庆节"};
        assert_true(day_from_civil(2019, 10, i + 1, &rows[i].day));
    }
    rows[7].kind = rows[8].kind = CALENDAR_WORKDAY;
    assert_true(day_from_civil(2019, 9, 29, &rows[7].day));
    assert_true(day_from_civil(2019, 10, 12, &rows[8].day));
    struct calendar *calendar = calendar_new(rows, 9, &error);
    assert_non_null(calendar);
    return calendar;
}

void bench_begin(struct bench *bench)
{
    *bench = (struct bench){.findings = findings_new(), .arena = arena_new()};
    bench->draft = draft_of_text(EXPR_POLICY, bench->findings);
    bench->policy = policy_compile(bench->draft, NULL, 0, bench->findings);
    if (!bench->policy) {
        char *said = findings_text(bench->findings);
        print_message("%s", said);
        free(said);
        fail();
    }
    bench->calendar = notices();
    size_t used = ((size_t)names_count(bench->policy->names) + 1) * KIND_COUNT;
    bench->compiler = (struct compiler){
        .draft = bench->draft,
        .policy = bench->policy,
        .arena = bench->arena,
        .names = (struct names *)bench->policy->names,
        .findings = bench->findings,
        .answers = "",
        .used = arena_array(bench->arena, used, 1),
    };
    bench->thing = (struct draft_thing){
        .kind = KIND_RULE, .owner = "p", .name = "x", .path = "rule.p.x", .place = {1, 1}};
}

void bench_end(struct bench *bench)
{
    calendar_free(bench->calendar);
    policy_free(bench->policy);
    draft_free(bench->draft);
    findings_free(bench->findings);
    arena_free(bench->arena);
}

const struct expr *bench_compile(struct bench *bench, const char *text, struct ground_of ground,
                                 enum value_type want)
{
    findings_free(bench->findings);
    bench->findings = findings_new();
    bench->compiler.findings = bench->findings;
    bench->spot = (struct spot){0, {1, 1}, text};
    bench->key = (struct draft_key){"must", text, {1, 1}, &bench->spot, 1};
    struct chunk chunk = {&bench->thing, &bench->key, 0, strlen(text)};
    return expr_compile(&bench->compiler, chunk, ground, want);
}
