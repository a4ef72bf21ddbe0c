/* test_score.c: appraisal, section 9 of the guide; the figures are reckoned by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/score.h"
#include "test/support/mini.h"
#include "test/support/source_text.h"

/* Three metrics of 50, 30 and 20: kept terms in percent, cases sent back in percent of all, and a
 * number of the reviewer's. */
#define RULES                                                                                             \
    MINI_HEAD MINI_POLICY MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE                                          \
        "[clock]\nc = 钟, limit 5wd, article 1\n"                                                        \
        "[score.s]\ntitle = 考核\nof = clerk\neach = year\nparts = work 工作, care 态度\n"          \
        "grades = best 优秀 90, good 良好 80, fair 合格 60, poor 不合格 0\n"                     \
        "deduct = 2 * cards(red) + 5 * cards(double)\nopens = p\narticle = 1\n"                           \
        "[metric.s]\nkept = 按时, part work, weight 50, measure on_time(c)\n"                           \
        "clean = 无退回, part work, weight 30, measure 100 - 100 * count(p.pause) / count(p.submit)\n" \
        "manner = 态度, part care, weight 20, measure manual\n"

enum { UNKNOWN = -1000 };

struct row {
    int on_time, pauses, submits, manner, red, twice; /* what is asked; UNKNOWN */
    const char *total, *final, *work, *care;          /* "" nothing was measured */
    int grade;
};

static const struct row rows[] = {
    {100, 0, 10, 100, 0, 0, "100", "100", "80", "20", 0},
    {90, 1, 10, 85, 0, 0, "89", "89", "72", "17", 1},              /* 45 + 27 + 17 */
    {90, 1, 10, 90, 0, 0, "90", "90", "72", "18", 0},              /* the bound is in */
    {90, 1, 10, 90, 1, 0, "90", "88", "72", "18", 1},              /* two points off */
    {90, 1, 10, 90, 3, 1, "90", "79", "72", "18", 2},              /* eleven */
    {80, 0, 0, 80, 0, 0, "80", "80", "57.142857", "22.857143", 1}, /* 0 of 0: 50 and 20 of 70 */
    {UNKNOWN, 0, 0, 70, 0, 0, "70", "70", "0", "70", 2},           /* one is left and is all */
    {UNKNOWN, 1, 3, UNKNOWN, 0, 0, "66.666667", "66.666667", "66.666667", "0", 2},
    {60, 1, 3, UNKNOWN, 0, 0, "62.5", "62.5", "62.5", "0", 2}, /* (30 + 20) of 80 */
    {130, -5, 10, -7, 0, 0, "80", "80", "80", "0", 1},         /* cut to 0 and 100 */
    {10, 9, 10, 10, 20, 20, "10", "0", "8", "2", 3},           /* never below nothing */
    {UNKNOWN, 0, 0, UNKNOWN, 0, 0, "", "", "", "", -1},
    {70, 0, 10, 70, UNKNOWN, 0, "79", "79", "65", "14", 2}, /* nothing known to take off */
};

struct asked {
    const struct policy *policy;
    const struct row *row;
};

static struct value number(int n)
{
    return n == UNKNOWN ? value_unknown() : value_of(n * (int64_t)MICRO);
}

static struct value answer(const struct scope *scope, const struct expr *leaf)
{
    const struct asked *asked = scope->self;
    const struct row *row = asked->row;
    switch (leaf->op) {
    case EXPR_ON_TIME:
        return number(row->on_time);
    case EXPR_CARDS:
        return number(leaf->n == CARD_RED ? row->red : row->twice);
    case EXPR_COUNT: {
        const char *event = names_text(asked->policy->names, leaf->symbols[1]);
        return number(strcmp(event, "pause") == 0 ? row->pauses : row->submits);
    }
    default:
        return value_unknown();
    }
}

static struct policy *rules(void)
{
    struct findings *findings = findings_new();
    struct draft *draft = draft_of_text(RULES, findings);
    struct policy *policy = policy_compile(draft, NULL, 0, findings);
    char *said = findings_text(findings);
    assert_string_equal(said, "");
    assert_non_null(policy);
    free(said);
    draft_free(draft);
    findings_free(findings);
    return policy;
}

static void says(int64_t micro, const char *want, const char *what, size_t row)
{
    struct text text = {0};
    text_add_decimal(&text, micro);
    if (strcmp(text_bytes(&text), want) != 0) {
        fail_msg("row %d: %s is %s, not %s", (int)row + 1, what, text_bytes(&text), want);
    }
    text_free(&text);
}

static void totals_reckoned_by_hand(void **state)
{
    (void)state;
    struct policy *policy = rules();
    struct message error = {0};
    struct calendar *calendar = calendar_new(NULL, 0, &error);
    const struct revision *revision = calendar_as_of(calendar, DAY_LAST);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct asked asked = {policy, &rows[i]};
        struct value manual[3] = {value_unknown(), value_unknown(), number(rows[i].manner)};
        struct figure figures[3];
        struct score_result result =
            score_reckon(policy, 0, revision, 18000, answer, &asked, manual, figures);
        assert_int_equal(result.grade, rows[i].grade);
        assert_int_equal(result.measured, rows[i].total[0] != '\0');
        if (result.measured) {
            says(result.total, rows[i].total, "the total", i);
            says(result.final, rows[i].final, "what is left", i);
            says(score_part(&policy->scores[0], figures, 0), rows[i].work, "work", i);
            says(score_part(&policy->scores[0], figures, 1), rows[i].care, "care", i);
        }
    }
    calendar_free(calendar);
    policy_free(policy);
}

/* Whatever is measured, the total lies between the least and the most of it. */
static void totals_lie_between_their_figures(void **state)
{
    (void)state;
    struct policy *policy = rules();
    struct message error = {0};
    struct calendar *calendar = calendar_new(NULL, 0, &error);
    uint32_t seed = 28;
    for (int round = 0; round < 3000; round++) {
        struct row row = {0};
        int *const asked_of[] = {&row.on_time, &row.pauses, &row.submits, &row.manner};
        for (int i = 0; i < 4; i++) {
            seed = seed * 1664525u + 1013904223u;
            *asked_of[i] = seed >> 29 == 0 ? UNKNOWN : (int)(seed >> 12) % 120;
        }
        struct asked asked = {policy, &row};
        struct value manual[3] = {value_unknown(), value_unknown(), number(row.manner)};
        struct figure figures[3];
        struct score_result result = score_reckon(policy, 0, calendar_as_of(calendar, DAY_LAST),
                                                  18000, answer, &asked, manual, figures);
        int64_t least = INT64_MAX, most = 0, points = 0;
        for (int i = 0; i < 3; i++) {
            if (figures[i].measure.known) {
                least = figures[i].measure.n < least ? figures[i].measure.n : least;
                most = figures[i].measure.n > most ? figures[i].measure.n : most;
            }
            points += figures[i].points;
        }
        assert_int_equal(result.measured, least != INT64_MAX);
        assert_true(!result.measured || (result.total >= least && result.total <= most));
        assert_true(points - result.total <= 2 && result.total - points <= 2);
        assert_int_equal(result.grade,
                         result.measured ? score_grade(&policy->scores[0], result.final) : -1);
    }
    calendar_free(calendar);
    policy_free(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_reckoned_by_hand),
        cmocka_unit_test(totals_lie_between_their_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
