/* test_periods.c: what comes round: duties, use, appraisal, bills (section 9 of the guide). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/bill.h"
#include "core/duty.h"
#include "core/score.h"
#include "core/usage.h"
#include "data/desk.h"
#include "test/support/mini.h"
#include "test/support/policy_text.h"

static int32_t day(const char *text)
{
    int32_t out = DAY_NONE;
    assert_true(day_parse(text, strlen(text), &out));
    return out;
}

struct city {
    struct policy *policy;
    struct calendar *calendar;
    const struct revision *revision;
};

static struct city city(void)
{
    struct city out = {NULL, NULL, NULL};
    struct text error = {0};
    assert_int_equal(desk_policy(NULL, NULL, 0, &out.policy, &error), 0);
    assert_int_equal(desk_calendar(NULL, &out.calendar, &error), 0);
    text_free(&error);
    out.revision = calendar_as_of(out.calendar, DAY_LAST);
    return out;
}

static void leave(struct city *city)
{
    policy_free(city->policy);
    calendar_free(city->calendar);
}

static int32_t symbol(const struct policy *policy, const char *name)
{
    int32_t found = names_find(policy->names, name, strlen(name));
    assert_true(found > 0);
    return found;
}

static uint64_t role(const struct policy *policy, const char *name)
{
    return UINT64_C(1) << policy->role_of[symbol(policy, name)];
}

static int32_t duty_named(const struct policy *policy, const char *name)
{
    for (int32_t i = 0; i < policy->duty_count; i++) {
        if (strcmp(policy->duties[i].title.name, name) == 0) {
            return i;
        }
    }
    fail_msg("there is no duty %s", name);
    return -1;
}

/* Of duty NAME in period LABEL: "raw due". */
static const char *when(const struct policy *policy, const struct occurrences *all,
                        const char *name, const char *label)
{
    static char out[2 * DAY_TEXT + 1];
    char a[DAY_TEXT], b[DAY_TEXT];
    int32_t duty = duty_named(policy, name);
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].duty == duty && strcmp(all->items[i].label, label) == 0) {
            struct text text = {0};
            text_addf(&text, "%s %s", day_format(all->items[i].raw, a),
                      day_format(all->items[i].due, b));
            strncpy(out, text_bytes(&text), sizeof out - 1);
            text_free(&text);
            return out;
        }
    }
    return "";
}

static size_t count(const struct policy *policy, const struct occurrences *all, const char *name)
{
    size_t found = 0;
    for (size_t i = 0; i < all->count; i++) {
        found += all->items[i].duty == duty_named(policy, name);
    }
    return found;
}

/* The fifth of the month, rolled over the holidays. */
static void the_fifth_of_the_month(void **state)
{
    (void)state;
    struct city c = city();
    struct occurrences all = {0};
    struct holder vendor = {.org = 1, .roles = role(c.policy, "vendor")};
    assert_true(duties_between(c.policy, c.revision, &vendor, 1, NULL, 0, day("2019-09-01"),
                               day("2020-09-30"), &all));
    assert_string_equal(when(c.policy, &all, "usage_table", "2019-09"), "2019-10-05 2019-10-08");
    assert_string_equal(when(c.policy, &all, "usage_table", "2019-12"), "2020-01-05 2020-01-06");
    assert_string_equal(when(c.policy, &all, "usage_table", "2020-04"), "2020-05-05 2020-05-06");
    assert_string_equal(when(c.policy, &all, "usage_table", "2020-09"), "2020-10-05 2020-10-09");
    assert_int_equal(count(c.policy, &all, "usage_table"), 13);
    occurrences_free(&all);
    leave(&c);
}

static void a_year_of_a_small_city(void **state)
{
    (void)state;
    struct city c = city();
    struct occurrences all = {0}, again = {0};
    struct value *facts = calloc((size_t)c.policy->slot_count, sizeof *facts);
    assert_non_null(facts);
    facts[policy_slot_around(c.policy, AROUND_SYSTEM_ONLINE)] = value_of(1);
    int32_t level = c.policy->field_of[symbol(c.policy, "mlps_level")];
    facts[policy_slot_system(c.policy, level)] = value_of(INT64_C(3) * MICRO);
    struct holder holders[] = {
        {.org = 1, .roles = role(c.policy, "vendor")},
        {.org = 2, .roles = role(c.policy, "unit")},
        {.org = 2, .system = 7, .roles = role(c.policy, "unit"), .facts = facts},
        {.org = 3, .roles = role(c.policy, "clerk")},
    };
    int32_t access = c.policy->procedure_of[symbol(c.policy, "access")];
    struct happening opened = {2, 7, access,
                               c.policy->procedures[access].event_of[symbol(c.policy, "pass")],
                               day("2026-03-02")};
    struct happening happened[] = {opened, opened}; /* told twice */
    int32_t from = day("2026-01-01"), to = day("2026-12-31");
    assert_true(duties_between(c.policy, c.revision, holders, 4, happened, 2, from, to, &all));
    assert_int_equal(count(c.policy, &all, "usage_table"), 12);
    assert_int_equal(count(c.policy, &all, "drill"), 2); /* times 2 */
    assert_int_equal(count(c.policy, &all, "vuln_scan"), 4);
    assert_int_equal(count(c.policy, &all, "backup"), 12);
    assert_int_equal(count(c.policy, &all, "mlps_unit"), 1);
    assert_int_equal(count(c.policy, &all, "joint_check"), 2);
    assert_int_equal(count(c.policy, &all, "mlps_file"), 1);
    assert_string_equal(when(c.policy, &all, "mlps_file", "2026-03-02"), "2026-04-01 2026-04-01");
    assert_string_equal(when(c.policy, &all, "joint_check", "2026H1"), "2026-06-30 2026-06-30");
    assert_true(duties_between(c.policy, c.revision, holders, 4, happened, 2, from, to, &again));
    assert_int_equal(all.count, again.count);
    for (size_t i = 0; i < all.count;
         i++) { /* made twice they are the same, and no two are alike */
        struct text a = {0}, b = {0};
        occurrence_key(c.policy, &all.items[i], &a);
        occurrence_key(c.policy, &again.items[i], &b);
        assert_string_equal(text_bytes(&a), text_bytes(&b));
        for (size_t k = 0; k < i; k++) {
            text_clear(&b);
            occurrence_key(c.policy, &all.items[k], &b);
            assert_string_not_equal(text_bytes(&a), text_bytes(&b));
        }
        text_free(&a);
        text_free(&b);
    }
    free(facts);
    occurrences_free(&all);
    occurrences_free(&again);
    leave(&c);
}

static void duties_begin_with_the_policy(void **state)
{
    (void)state;
    struct city c = city();
    struct occurrences all = {0};
    struct holder vendor = {.org = 1, .roles = role(c.policy, "vendor")};
    assert_true(duties_between(c.policy, c.revision, &vendor, 1, NULL, 0, day("2019-01-01"),
                               day("2019-12-31"), &all));
    assert_int_equal(count(c.policy, &all, "usage_table"), 4); /* September to December */
    occurrences_free(&all);
    all = (struct occurrences){0};
    struct holder unit = {.org = 2, .roles = role(c.policy, "unit")};
    assert_true(duties_between(c.policy, c.revision, &unit, 1, NULL, 0, day("2026-01-01"),
                               day("2026-12-31"), &all));
    assert_int_equal(count(c.policy, &all, "usage_table"), 0); /* not a unit's */
    occurrences_free(&all);
    leave(&c);
}

static void the_day_of_a_period(void **state)
{
    (void)state;
    static const struct {
        struct due_rule rule;
        enum each each;
        const char *in, *due;
    } rows[] = {
        {{.kind = DUE_DAY, .n = 5, .next_month = true}, EACH_MONTH, "2026-02-14", "2026-03-05"},
        {{.kind = DUE_DAY, .n = 31}, EACH_MONTH, "2026-02-14", "2026-02-28"},
        {{.kind = DUE_DAY, .n = 10, .next_month = true}, EACH_QUARTER, "2026-05-01", "2026-07-10"},
        {{.kind = DUE_WD, .n = 3, .next_month = true}, EACH_MONTH, "2019-09-09", "2019-10-10"},
        {{.kind = DUE_LAST_DAY}, EACH_HALF, "2026-05-01", "2026-06-30"},
        {{.kind = DUE_LAST_WD}, EACH_MONTH, "2020-01-10", "2020-01-23"},
        {{.kind = DUE_DATE, .month = 9, .day = 30}, EACH_YEAR, "2026-05-01", "2026-09-30"},
        {{.kind = DUE_DATE, .month = 2, .day = 29}, EACH_YEAR, "2026-05-01", "2026-02-28"},
    };
    struct city c = city();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[DAY_TEXT];
        struct calendar_period period = period_of(rows[i].each, day(rows[i].in));
        assert_string_equal(day_format(due_in(c.revision, &rows[i].rule, period), out),
                            rows[i].due);
    }
    assert_string_equal(period_of(EACH_MONTH, day("2026-03-31")).label, "2026-03");
    assert_string_equal(period_of(EACH_QUARTER, day("2026-03-31")).label, "2026Q1");
    assert_string_equal(period_of(EACH_HALF, day("2026-07-01")).label, "2026H2");
    assert_string_equal(period_of(EACH_YEAR, day("2026-07-01")).label, "2026");
    leave(&c);
}

/* ---- use ---- */

#define USE                                                                                          \
    MINI_HEAD MINI_POLICY                                                                            \
        "measures = cpu 处理器\n" MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE                             \
        "[clock]\nc = 计时, limit 5wd, article 1\n"                                                \
        "[usage.low]\ntitle = 偏低\nwhen = avg(cpu) < 20\nfor = 3mo\nexcept = not system.online\n" \
        "opens = p\narticle = 1\n"                                                                   \
        "[usage.high]\ntitle = 偏高\nwhen = avg(cpu) > 80\nfor = 2 of 3mo\nopens = p\narticle = 1\n"

struct months {
    struct policy *policy;
    struct value facts[6][64];
    struct month_use use[6];
    size_t count;
};

/* CPU of each month from 2026-01 on: percent; -1 not measured; -2 no table. */
static void fill(struct months *months, const int *cpu, size_t count, int online)
{
    memset(months->facts, 0, sizeof months->facts);
    months->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct value *facts = months->facts[i];
        assert_true(months->policy->slot_count <= 64);
        if (cpu[i] >= 0) {
            facts[policy_slot_measure(months->policy, 0, MEASURE_AVG)] =
                value_of((int64_t)cpu[i] * MICRO);
        }
        facts[policy_slot_around(months->policy, AROUND_SYSTEM_ONLINE)] = value_of(online);
        if (cpu[i] != -2) {
            months->use[months->count++] =
                (struct month_use){month_number(2026, (int)i + 1), facts};
        }
    }
}

static struct use_result judge(const struct city *c, const struct months *months, int32_t usage,
                               int month, int afresh, bool open)
{
    return usage_judge(months->policy, usage, c->revision, months->use, months->count,
                       month_number(2026, month), afresh ? month_number(2026, afresh) : -1, open);
}

static void use_must_show_in_every_month(void **state)
{
    (void)state;
    struct city c = city();
    struct months m = {.policy = policy_of_text(USE, NULL)};
    fill(&m, (int[]){15, 10, 19, 19}, 4, 1);
    assert_int_equal(judge(&c, &m, 0, 3, 0, false).verdict, USE_MET);
    assert_int_equal(judge(&c, &m, 0, 4, 0, true).verdict,
                     USE_WAITING); /* its case is still open */
    assert_int_equal(judge(&c, &m, 0, 4, 3, false).verdict,
                     USE_WAITING); /* counted afresh after it */
    fill(&m, (int[]){15, 20, 19}, 3, 1);
    assert_int_equal(judge(&c, &m, 0, 3, 0, false).verdict, USE_NOT_MET);
    fill(&m, (int[]){15, -1, 19}, 3, 1); /* not measured is not zero */
    assert_int_equal(judge(&c, &m, 0, 3, 0, false).verdict, USE_NOT_MET);
    fill(&m, (int[]){15, -2, 19}, 3, 1); /* a missing month breaks the run */
    assert_int_equal(judge(&c, &m, 0, 3, 0, false).verdict, USE_MISSING);
    fill(&m, (int[]){15, 10, 19}, 3, 0); /* exempt, and shown as exempt */
    assert_int_equal(judge(&c, &m, 0, 3, 0, false).verdict, USE_EXEMPT);
    policy_free(m.policy);
    leave(&c);
}

static void two_months_of_three(void **state)
{
    (void)state;
    struct city c = city();
    struct months m = {.policy = policy_of_text(USE, NULL)};
    fill(&m, (int[]){85, 50, 90}, 3, 1);
    struct use_result result = judge(&c, &m, 1, 3, 0, false);
    assert_int_equal(result.verdict, USE_MET);
    assert_int_equal(result.met, 2);
    fill(&m, (int[]){85, 50, 80}, 3, 1);
    assert_int_equal(judge(&c, &m, 1, 3, 0, false).verdict, USE_NOT_MET);
    policy_free(m.policy);
    leave(&c);
}

/* ---- appraisal ---- */

#define SCORE                                                                                                          \
    MINI_HEAD MINI_POLICY MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE                                                       \
        "[clock]\nc = 计时, limit 5wd, article 1\n"                                                                  \
        "[score.s]\ntitle = 考核\nof = clerk\neach = quarter\nparts = work 工作, care 态度\n"                    \
        "grades = good 优秀 90, fair 合格 60, poor 不合格 0\ndeduct = 5 * cards(red)\nopens = p\narticle = 1\n" \
        "[metric.s]\non_clock = 按时率, part work, weight 50, measure on_time(c)\n"                                 \
        "none_back = 无退回率, part work, weight 25, measure 100 - 100 * count(p.pause) / count(p.submit)\n"       \
        "manner = 态度, part care, weight 25, measure manual\n"

struct asked {
    struct value on_time, pauses, submits, cards;
    const struct policy *policy;
};

static struct value answer(const struct scope *scope, const struct expr *leaf)
{
    const struct asked *asked = scope->self;
    switch (leaf->op) {
    case EXPR_ON_TIME:
        return asked->on_time;
    case EXPR_CARDS:
        return asked->cards;
    default:
        return leaf->symbols[1] == symbol(asked->policy, "pause") ? asked->pauses : asked->submits;
    }
}

static struct score_result appraise(const struct city *c, struct asked *asked, struct value manner,
                                    struct figure *figures)
{
    struct value manual[3] = {{false, 0}, {false, 0}, manner};
    return score_reckon(asked->policy, 0, c->revision, day("2026-03-31"), answer, asked, manual,
                        figures);
}

static struct value number(int64_t n)
{
    return value_of(n * MICRO);
}

static void metrics_are_weighed_and_graded(void **state)
{
    (void)state;
    struct city c = city();
    struct policy *policy = policy_of_text(SCORE, NULL);
    struct figure figures[3];
    struct asked asked = {number(100), number(1), number(10), number(0), policy};
    struct score_result result = appraise(&c, &asked, number(80), figures);
    assert_int_equal(result.total, 92500000); /* 50 + 22.5 + 20 */
    assert_int_equal(result.grade, 0);
    assert_int_equal(score_part(&policy->scores[0], figures, 0), 72500000);
    asked.cards = number(1); /* five points off */
    result = appraise(&c, &asked, number(80), figures);
    assert_int_equal(result.final, 87500000);
    assert_int_equal(result.grade, 1);
    asked = (struct asked){number(100), number(0), number(0), number(0),
                           policy}; /* 0 of 0 is nothing to measure */
    result = appraise(&c, &asked, value_unknown(), figures);
    assert_false(figures[1].measure.known);
    assert_int_equal(result.total, 100000000); /* the rest scaled to 100 */
    asked.on_time = number(130);               /* cut to 100 */
    asked.cards = number(40);
    result = appraise(&c, &asked, number(-5), figures);
    assert_int_equal(figures[0].measure.n, 100000000);
    assert_int_equal(figures[2].measure.n, 0);
    assert_int_equal(result.final, 0); /* never below nothing */
    assert_int_equal(result.grade, 2);
    asked.on_time = value_unknown();
    result = appraise(&c, &asked, value_unknown(), figures);
    assert_false(result.measured);
    policy_free(policy);
    leave(&c);
}

static void thirds_make_a_whole(void **state)
{
    (void)state;
    struct city c = city();
    struct policy *policy = policy_of_text(SCORE, NULL);
    assert_int_equal(score_grade(&policy->scores[0], 90000000), 0); /* the bound itself is in */
    assert_int_equal(score_grade(&policy->scores[0], 89999999), 1);
    struct figure figures[3];
    struct asked asked = {number(100), number(0), number(3), number(0), policy};
    assert_int_equal(appraise(&c, &asked, value_unknown(), figures).total, 100000000);
    policy_free(policy);
    leave(&c);
}

/* ---- bills ---- */

static void bills_split_where_something_changes(void **state)
{
    (void)state;
    struct dated_amount quantities[] = {{day("2026-01-10"), 4 * MICRO},
                                        {day("2026-02-15"), 6 * MICRO}};
    struct dated_amount prices[] = {{day("2025-01-01"), 31000}, {day("2026-01-21"), 28000}};
    struct charge charge = {quantities, prices, 2, 2, day("2026-01-10"), day("2026-02-25")};
    struct bill_pieces pieces = {0};
    int64_t sum = 0;
    assert_int_equal(bill_reckon(&charge, 2026, 1, &pieces, &sum), BILL_DONE);
    assert_int_equal(pieces.count, 2);
    assert_int_equal(pieces.items[0].days, 11);   /* the start day counts: 10 to 20 January */
    assert_int_equal(pieces.items[0].fen, 44000); /* 4 × 310.00 × 11 / 31 */
    assert_int_equal(pieces.items[1].fen, 39742); /* 4 × 280.00 × 11 / 31 = 397.419… */
    assert_int_equal(sum, 83742);
    assert_int_equal(bill_reckon(&charge, 2026, 2, &pieces, &sum), BILL_DONE);
    assert_int_equal(pieces.count, 4);
    assert_int_equal(pieces.items[2].days, 14);
    assert_int_equal(pieces.items[3].days, 10); /* the stop day does not: 15 to 24 February */
    assert_int_equal(pieces.items[3].fen, 60000);
    assert_int_equal(bill_reckon(&charge, 2026, 3, &pieces, &sum), BILL_DONE);
    assert_int_equal(pieces.count, 4); /* nothing after it */
    bill_pieces_free(&pieces);
}

static void bills_round_half_up_and_refuse_what_they_cannot_hold(void **state)
{
    (void)state;
    struct dated_amount one[] = {{day("2024-02-01"), MICRO}}, price[] = {{day("2024-02-01"), 29}};
    struct charge charge = {one, price, 1, 1, day("2024-02-29"), DAY_NONE};
    struct bill_pieces pieces = {0};
    int64_t sum = 0;
    assert_int_equal(bill_reckon(&charge, 2024, 2, &pieces, &sum),
                     BILL_DONE); /* a leap day: 1 of 29 */
    assert_int_equal(sum, 1);
    one[0].n = MICRO / 2; /* half a 分 */
    assert_int_equal(bill_reckon(&charge, 2024, 2, &pieces, &sum), BILL_DONE);
    assert_int_equal(sum, 2);
    one[0].n = INT64_MAX;
    price[0].n = INT64_MAX;
    assert_int_equal(bill_reckon(&charge, 2024, 3, &pieces, &sum), BILL_OVERFLOW);
    one[0] = (struct dated_amount){day("2024-01-01"), MICRO};
    charge.start = day("2024-01-01");
    assert_int_equal(bill_reckon(&charge, 2024, 1, &pieces, &sum), BILL_NO_PRICE);
    assert_int_equal(sum, 2); /* what was refused added nothing */
    assert_int_equal(pieces.count, 2);
    bill_pieces_free(&pieces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fifth_of_the_month),
        cmocka_unit_test(a_year_of_a_small_city),
        cmocka_unit_test(duties_begin_with_the_policy),
        cmocka_unit_test(the_day_of_a_period),
        cmocka_unit_test(use_must_show_in_every_month),
        cmocka_unit_test(two_months_of_three),
        cmocka_unit_test(metrics_are_weighed_and_graded),
        cmocka_unit_test(thirds_make_a_whole),
        cmocka_unit_test(bills_split_where_something_changes),
        cmocka_unit_test(bills_round_half_up_and_refuse_what_they_cannot_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
