/* test_reckonings.c: the duties, use, appraisal and bills of the policy that comes with the program
 * (section 9 of the guide); every figure is reckoned by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "core/score.h"
#include "core/usage.h"
#include "data/desk.h"

static struct policy *policy;
static struct calendar *calendar;
static const struct revision *revision;

static int enter(void **state)
{
    (void)state;
    struct text error = {0};
    int failed = desk_policy(NULL, NULL, 0, &policy, &error) != 0 ||
                 desk_calendar(NULL, &calendar, &error) != 0;
    text_free(&error);
    revision = failed ? NULL : calendar_as_of(calendar, DAY_LAST);
    return failed;
}

static int leave(void **state)
{
    (void)state;
    policy_free(policy);
    calendar_free(calendar);
    return 0;
}

static int32_t day(const char *text)
{
    int32_t out = DAY_NONE;
    assert_true(day_parse(text, strlen(text), &out));
    return out;
}

static int32_t symbol(const char *name)
{
    int32_t found = names_find(policy->names, name, strlen(name));
    assert_true(found > 0);
    return found;
}

static int32_t slot(const char *fact)
{
    int32_t found = policy->slot_of[symbol(fact)];
    assert_true(found >= 0);
    return found;
}

static struct value number(int64_t n)
{
    return value_of(n * MICRO);
}

static struct value *no_facts(void)
{
    struct value *facts = calloc((size_t)policy->slot_count, sizeof *facts);
    assert_non_null(facts);
    return facts;
}

static uint64_t role(const char *name)
{
    return UINT64_C(1) << policy->role_of[symbol(name)];
}

/* ---- duties ---- */

/* Of 2026: one vendor, two units, the first with three systems (7 at level 3 and 8 at level 2 are
 * online; 9, not online, was never graded), the bureau's clerks, finance. All three systems passed
 * access in that year. */
static const struct {
    const char *duty;
    int count;
} year[] = {
    {"usage_table", 12},  {"om_report", 12},    {"advice", 12},         {"security_report", 12},
    {"roster", 12},       {"drill", 2},         {"rules_vendor", 1},    {"security_policy", 1},
    {"mlps_platform", 1}, {"mlps_file", 2},     {"mlps_unit", 1},       {"vuln_scan", 8},
    {"pentest", 2},       {"log_audit", 24},    {"backup", 24},         {"hardening", 8},
    {"av_update", 24},    {"training_unit", 2}, {"training_bureau", 2}, {"joint_check", 2},
    {"risk_eval", 4},     {"budget", 1},
};

static void make_year(const char *from, const char *to, struct occurrences *out)
{
    struct value *seven = no_facts(), *eight = no_facts(), *nine = no_facts();
    seven[slot("system.online")] = eight[slot("system.online")] = value_of(1);
    nine[slot("system.online")] = value_of(0);
    seven[slot("system.mlps_level")] = number(3);
    eight[slot("system.mlps_level")] = number(2);
    const struct holder holders[] = {
        {.org = 1, .roles = role("vendor")},
        {.org = 2, .roles = role("unit") | role("unit_head")},
        {2, 7, role("unit"), seven},
        {2, 8, role("unit"), eight},
        {2, 9, role("unit"), nine},
        {.org = 3, .roles = role("unit")},
        {.org = 4, .roles = role("clerk") | role("reviewer")},
        {.org = 5, .roles = role("finance")},
    };
    int32_t access = policy->procedure_of[symbol("access")];
    int32_t pass = policy->procedures[access].event_of[symbol("pass")];
    const struct happening passed[] = {
        {2, 7, access, pass, day("2026-03-02")},
        {2, 8, access, pass, day("2026-09-04")},
        {2, 9, access, pass, day("2026-09-07")},
    };
    assert_true(duties_between(policy, revision, holders, sizeof holders / sizeof *holders, passed,
                               3, day(from), day(to), out));
    free(seven);
    free(eight);
    free(nine);
}

static void every_duty_of_a_year(void **state)
{
    (void)state;
    struct occurrences all = {0};
    size_t sum = 0;
    make_year("2026-01-01", "2026-12-31", &all);
    assert_int_equal(policy->duty_count, sizeof year / sizeof *year);
    for (int32_t d = 0; d < policy->duty_count; d++) {
        int made = 0;
        for (size_t i = 0; i < all.count; i++) {
            made += all.items[i].duty == d;
        }
        print_message("%s\n", policy->duties[d].title.name);
        assert_string_equal(policy->duties[d].title.name, year[d].duty);
        assert_int_equal(made, year[d].count);
        sum += (size_t)made;
    }
    assert_int_equal(all.count, sum);
    assert_int_equal(sum, 169);
    occurrences_free(&all);
}

/* KEY RAW DUE of one occurrence of ALL. */
static void expect(const struct occurrences *all, const char *key, const char *raw, const char *due)
{
    struct text text = {0};
    for (size_t i = 0; i < all->count; i++) {
        text_clear(&text);
        occurrence_key(policy, &all->items[i], &text);
        if (strcmp(text_bytes(&text), key) == 0) {
            assert_int_equal(all->items[i].raw, day(raw));
            assert_int_equal(all->items[i].due, day(due));
            text_free(&text);
            return;
        }
    }
    text_free(&text);
    fail_msg("there is no %s", key);
}

static void days_of_a_year(void **state)
{
    (void)state;
    struct occurrences all = {0};
    make_year("2026-01-01", "2026-12-31", &all);
    expect(&all, "duty.roster/1/0/2026-05/1", "2026-05-01", "2026-04-30");      /* roll prev */
    expect(&all, "duty.usage_table/1/0/2026-04/1", "2026-05-05", "2026-05-06"); /* roll next */
    expect(&all, "duty.usage_table/1/0/2026-12/1", "2027-01-05", "2027-01-05");
    expect(&all, "duty.log_audit/2/8/2026-09/1", "2026-10-10", "2026-10-10"); /* worked Saturday */
    expect(&all, "duty.vuln_scan/2/7/2026Q2/1", "2026-06-30", "2026-06-30");
    expect(&all, "duty.training_bureau/4/0/2026H1/1", "2026-06-30", "2026-06-30");
    expect(&all, "duty.drill/1/0/2026/2", "2026-12-31", "2026-12-31");
    expect(&all, "duty.budget/5/0/2026/1", "2026-09-30", "2026-09-30");
    expect(&all, "duty.mlps_file/2/8/2026-09-04/1", "2026-10-04", "2026-10-08"); /* 30 days */
    occurrences_free(&all);
}

/* The measures are in force from 2019-09-11: nothing of theirs was due before. */
static void nothing_is_due_before_the_policy(void **state)
{
    (void)state;
    struct occurrences all = {0};
    int rosters = 0;
    make_year("2019-01-01", "2019-12-31", &all);
    for (size_t i = 0; i < all.count; i++) {
        assert_true(all.items[i].raw >= day("2019-09-11"));
        rosters += strcmp(policy->duties[all.items[i].duty].title.name, "roster") == 0;
    }
    assert_int_equal(rosters, 3); /* that of September was due on the first */
    expect(&all, "duty.roster/1/0/2019-10/1", "2019-10-01", "2019-09-30");
    expect(&all, "duty.usage_table/1/0/2019-09/1", "2019-10-05", "2019-10-08");
    occurrences_free(&all);
}

static void what_a_month_has_not_is_its_last(void **state)
{
    (void)state;
    struct due_rule wd = {.kind = DUE_WD, .n = 17}, days = {.kind = DUE_DAY, .n = 30};
    struct calendar_period february = period_of(EACH_MONTH, day("2026-02-10"));
    assert_int_equal(due_in(revision, &wd, february), day("2026-02-28")); /* 16 are worked */
    assert_int_equal(due_in(revision, &days, february), day("2026-02-28"));
    wd.n = 11;
    assert_int_equal(due_in(revision, &wd, february), day("2026-02-14"));
    assert_string_equal(period_of(EACH_MONTH, day("0007-12-31")).label, "0007-12");
    assert_string_equal(period_of(EACH_HALF, day("9999-06-30")).label, "9999H1");
    assert_int_equal(period_next(EACH_QUARTER, period_of(EACH_QUARTER, DAY_LAST)).first, DAY_NONE);
}

/* ---- use: judged for May 2026 from March, April and May ---- */

enum { NOT = -1 }; /* not measured, not entered */

static const struct use_row {
    const char *what;
    int cpu[3], memory[3];           /* averages; NOT: not measured */
    int reclaim_cpu, reclaim_memory; /* as agreed */
    const char *opened;              /* "" unknown */
    int64_t standing;                /* bits: disaster_recovery, standby, archive */
    enum use_verdict verdict;
} low[] = {
    {"under both", {19, 19, 19}, {29, 29, 29}, NOT, NOT, "2025-01-01", NOT, USE_MET},
    {"the bound itself is not under", {19, 20, 19}, {29, 29, 29}, NOT, NOT, "", NOT, USE_NOT_MET},
    {"one is not enough", {1, 1, 1}, {29, 30, 29}, NOT, NOT, "", NOT, USE_NOT_MET},
    {"as agreed, lower", {15, 15, 15}, {29, 29, 29}, 15, NOT, "", NOT, USE_NOT_MET},
    {"as agreed, higher", {34, 34, 34}, {39, 39, 39}, 35, 40, "", NOT, USE_MET},
    {"not measured is not low", {1, NOT, 1}, {1, 1, 1}, NOT, NOT, "", NOT, USE_NOT_MET},
    {"zero is low", {0, 0, 0}, {0, 0, 0}, NOT, NOT, "", NOT, USE_MET},
    {"new on 1 March", {1, 1, 1}, {1, 1, 1}, NOT, NOT, "2026-03-01", NOT, USE_EXEMPT},
    {"three months old", {1, 1, 1}, {1, 1, 1}, NOT, NOT, "2026-02-28", NOT, USE_MET},
    {"disaster recovery", {1, 1, 1}, {1, 1, 1}, NOT, NOT, "2025-01-01", 1, USE_EXEMPT},
    {"standby", {1, 1, 1}, {1, 1, 1}, NOT, NOT, "", 2, USE_EXEMPT},
    {"an archive is used", {1, 1, 1}, {1, 1, 1}, NOT, NOT, "2025-01-01", 4, USE_MET},
    {"exempt or not, it is not low", {50, 1, 1}, {1, 1, 1}, NOT, NOT, "", 1, USE_NOT_MET},
};

static void put(struct value *facts, const char *fact, int64_t n)
{
    if (n != NOT) {
        facts[slot(fact)] = number(n);
    }
}

static void low_use(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof low / sizeof *low; r++) {
        const struct use_row *row = &low[r];
        struct value *facts[3];
        struct month_use months[3];
        for (int i = 0; i < 3; i++) {
            facts[i] = no_facts();
            months[i] = (struct month_use){month_number(2026, 3 + i), facts[i]};
            put(facts[i], "avg.cpu", row->cpu[i]);
            put(facts[i], "avg.memory", row->memory[i]);
            put(facts[i], "system.reclaim_cpu", row->reclaim_cpu);
            put(facts[i], "system.reclaim_memory", row->reclaim_memory);
            if (row->opened[0]) {
                facts[i][slot("system.opened")] = value_of(day(row->opened));
            }
            if (row->standing != NOT) {
                facts[i][slot("system.standing")] = value_of(row->standing);
            }
        }
        print_message("%s\n", row->what);
        assert_int_equal(
            usage_judge(policy, 0, revision, months, 3, month_number(2026, 5), -1, false).verdict,
            row->verdict);
        for (int i = 0; i < 3; i++) {
            free(facts[i]);
        }
    }
}

static void high_use(void **state)
{
    (void)state;
    struct value *march = no_facts(), *april = no_facts(), *may = no_facts();
    const struct month_use months[] = {{month_number(2026, 5), may},
                                       {month_number(2026, 3), march},
                                       {month_number(2026, 4), april}};
    int32_t of = month_number(2026, 5);
    put(march, "p95.disk", 86);
    put(april, "p95.cpu", 80); /* not more than 80 */
    put(may, "p95.cpu", 10);
    put(may, "p95.memory", 81); /* another measure, and disk was not measured */
    struct use_result result = usage_judge(policy, 1, revision, months, 3, of, -1, false);
    assert_int_equal(result.verdict, USE_MET);
    assert_int_equal(result.met, 2);
    result = usage_judge(policy, 1, revision, months, 2, of, -1, false); /* no table for April */
    assert_int_equal(result.verdict, USE_MISSING);
    assert_int_equal(result.met, 1);
    put(may, "p95.memory", 80);
    assert_int_equal(usage_judge(policy, 1, revision, months, 3, of, -1, false).verdict,
                     USE_NOT_MET);
    free(march);
    free(april);
    free(may);
}

/* ---- appraisal ---- */

struct answers {
    struct value on_time[4];  /* of the first clock or duty: see names */
    struct value counted, of; /* the counts of a rate */
    struct value systems, online;
    int64_t red, twice;
};
static const char *const names[] = {"allocate_virtual", "fix", "usage_table", "vuln_scan"};

static struct value answer(const struct scope *scope, const struct expr *leaf)
{
    const struct answers *a = scope->self;
    switch (leaf->op) {
    case EXPR_ON_TIME:
        for (int i = 0; i < 4; i++) {
            if (leaf->symbols[0] == symbol(names[i])) {
                return a->on_time[i];
            }
        }
        return value_unknown();
    case EXPR_COUNT:
        return leaf->symbols[1] == symbol("dispatch") ? a->of : a->counted;
    case EXPR_SYSTEMS:
        return leaf->left->op == EXPR_CONSTANT ? a->systems : a->online;
    case EXPR_CARDS:
        return number(leaf->n == CARD_RED ? a->red : a->twice);
    default:
        return value_unknown();
    }
}

static int32_t metric(const struct score *score, const char *name)
{
    for (int32_t i = 0; i < score->metric_count; i++) {
        if (strcmp(score->metrics[i].title.name, name) == 0) {
            return i;
        }
    }
    fail_msg("there is no metric %s", name);
    return 0;
}

/* Nothing was carried out and nothing served: 15 of 100 points left out, the rest divided by 85.
 * 15 × 90 + 15 × 80 + 10 × 100 + 25 × 96 + 10 × 75 + 10 × (100 - 100 ÷ 8) = 7575. */
static void the_vendor_is_appraised(void **state)
{
    (void)state;
    static const struct {
        int64_t red, twice, final;
        int32_t grade;
    } rows[] = {{0, 0, 89117647, 1}, {1, 0, 87117647, 1}, {2, 1, 80117647, 1}, {3, 1, 78117647, 2},
                {2, 5, 60117647, 2}, {3, 5, 58117647, 3}, {40, 40, 0, 3}};
    static const int64_t parts[] = {15882353, 25882353, 28235294, 19117647};
    const struct score *score = &policy->scores[0];
    struct value manual[8] = {{false, 0}};
    struct figure figures[8];
    assert_int_equal(score->metric_count, 8);
    manual[metric(score, "protection")] = number(80);
    manual[metric(score, "stability")] = number(96);
    manual[metric(score, "repaired")] = number(1); /* it is measured: not asked for */
    struct answers a = {
        .on_time = {number(90), number(100), number(75)}, .counted = number(1), .of = number(8)};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        a.red = rows[i].red;
        a.twice = rows[i].twice;
        struct score_result result =
            score_reckon(policy, 0, revision, day("2026-03-31"), answer, &a, manual, figures);
        assert_true(result.measured);
        assert_int_equal(result.total, 89117647);
        assert_int_equal(result.deducted, (2 * a.red + 5 * a.twice) * MICRO);
        assert_int_equal(result.final, rows[i].final);
        assert_int_equal(result.grade, rows[i].grade);
    }
    for (int32_t p = 0; p < 4; p++) {
        assert_int_equal(score_part(score, figures, p), parts[p]);
    }
    assert_false(figures[metric(score, "carrying")].measure.known);
    assert_int_equal(figures[metric(score, "carrying")].points, 0);
    assert_int_equal(figures[metric(score, "agreed")].measure.n, 87500000);
}

/* 25 × 80 + 25 × 75 + 10 × 95 + 20 × 60 = 6025, of 80 points. */
static void a_unit_is_appraised(void **state)
{
    (void)state;
    const struct score *score = &policy->scores[1];
    struct value manual[8] = {{false, 0}};
    struct figure figures[8];
    assert_int_equal(score->metric_count, 6);
    manual[metric(score, "shared")] = number(60);
    struct answers a = {.on_time = {{false, 0}, {false, 0}, {false, 0}, number(95)},
                        .counted = number(1),
                        .systems = number(5),
                        .online = number(4),
                        .red = 1,
                        .twice = 1};
    struct score_result result =
        score_reckon(policy, 1, revision, day("2026-12-31"), answer, &a, manual, figures);
    assert_int_equal(result.total, 75312500);
    assert_int_equal(result.final, 72312500);
    assert_int_equal(result.grade, 2);
    a.counted = number(9); /* more than there are systems: cut to 0 */
    score_reckon(policy, 1, revision, day("2026-12-31"), answer, &a, manual, figures);
    assert_int_equal(figures[metric(score, "lean")].measure.n, 0);
    a = (struct answers){.counted = number(0), .systems = number(0), .online = number(0)};
    result = score_reckon(policy, 1, revision, day("2026-12-31"), answer, &a, NULL, figures);
    assert_false(result.measured); /* a unit without systems: no total, no grade */
    assert_int_equal(result.grade, -1);
}

static void grades_begin_at_their_bounds(void **state)
{
    (void)state;
    static const struct {
        int64_t final;
        int32_t grade;
    } rows[] = {{100000000, 0}, {90000000, 0}, {89999999, 1}, {80000000, 1},
                {79999999, 2},  {60000000, 2}, {59999999, 3}, {0, 3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(score_grade(&policy->scores[0], rows[i].final), rows[i].grade);
        assert_int_equal(score_grade(&policy->scores[1], rows[i].final), rows[i].grade);
    }
}

/* ---- bills ---- */

static void each_unit_has_the_bill_of_its_level(void **state)
{
    (void)state;
    static const char *const levels[] = {"city", "county", NULL};
    struct value *facts = no_facts();
    for (int i = 0; i < 3; i++) {
        facts[slot("org.level")] = levels[i] ? value_of(symbol(levels[i])) : value_unknown();
        for (int32_t b = 0; b < 2; b++) {
            const struct bill *bill = &policy->bills[b];
            bool his = levels[i] && strcmp(bill->title.name, levels[i]) == 0;
            assert_int_equal(facts_hold(revision, bill->when, facts, day("2026-09-30")), his);
        }
    }
    struct calendar_period september = period_of(EACH_MONTH, day("2026-09-30"));
    assert_int_equal(due_in(revision, &policy->bills[0].schedule.due, september),
                     day("2026-10-10"));
    free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_duty_of_a_year),
        cmocka_unit_test(days_of_a_year),
        cmocka_unit_test(nothing_is_due_before_the_policy),
        cmocka_unit_test(what_a_month_has_not_is_its_last),
        cmocka_unit_test(low_use),
        cmocka_unit_test(high_use),
        cmocka_unit_test(the_vendor_is_appraised),
        cmocka_unit_test(a_unit_is_appraised),
        cmocka_unit_test(grades_begin_at_their_bounds),
        cmocka_unit_test(each_unit_has_the_bill_of_its_level),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
