/* test_usage.c: what the monthly figures must show, section 9 of the guide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/trend.h"
#include "core/usage.h"
#include "test/support/mini.h"
#include "test/support/source_text.h"

#define RULES                                                                                        \
    MINI_HEAD MINI_POLICY                                                                            \
        "measures = cpu 核\n" MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE                                 \
        "[clock]\nc = 钟, limit 5wd, article 1\n[usage]\n"                                          \
        "each = 月月, when avg(cpu) < 20, for 3mo, opens p, article 1, except not system.online\n" \
        "some = 两月, when avg(cpu) < 20, for 2 of 3mo, opens p, article 1\n"                      \
        "one = 一月, when avg(cpu) < 20 and samples >= 10, opens p, article 1, "                   \
        "except system.opened > today - 3mo\n"

/*
 * MONTHS, the last of them the month judged: l low use, h high use, ? a table without the figure,
 * - no table. AFRESH: how many months before the last one the last case ended; -1 never.
 */
struct row {
    const char *months;
    int afresh;
    bool open;
    enum use_verdict each, some;
    int met; /* of SOME */
};

static const struct row rows[] = {
    {"lll", -1, false, USE_MET, USE_MET, 3},
    {"hlll", -1, false, USE_MET, USE_MET, 3},
    {"lllh", -1, false, USE_NOT_MET, USE_MET, 2},
    {"lhl", -1, false, USE_NOT_MET, USE_MET, 2},
    {"hll", -1, false, USE_NOT_MET, USE_MET, 2},
    {"lhh", -1, false, USE_NOT_MET, USE_NOT_MET, 1},
    {"hhh", -1, false, USE_NOT_MET, USE_NOT_MET, 0},
    {"l?l", -1, false, USE_NOT_MET, USE_MET, 2}, /* not measured is not zero */
    {"??l", -1, false, USE_NOT_MET, USE_NOT_MET, 1},
    {"l-l", -1, false, USE_MISSING, USE_MISSING, 1}, /* a missing month breaks the run */
    {"-ll", -1, false, USE_MISSING, USE_MET, 2},
    {"ll-", -1, false, USE_MISSING, USE_MISSING, 0},
    {"l", -1, false, USE_MISSING, USE_MISSING, 1},
    {"ll", -1, false, USE_MISSING, USE_MET, 2},
    {"lll", 0, false, USE_WAITING, USE_WAITING, 0}, /* counted afresh after the last case */
    {"lll", 1, false, USE_WAITING, USE_WAITING, 1},
    {"lll", 2, false, USE_WAITING, USE_MET, 2},
    {"llll", 3, false, USE_MET, USE_MET, 3},
    {"l-ll", 2, false, USE_WAITING, USE_MET, 2},
    {"lll", 3, true, USE_WAITING, USE_WAITING, 3}, /* one open case at a time */
    {"hhh", 5, true, USE_WAITING, USE_WAITING, 0},
};

enum { FACTS_MOST = 64, LAST = 2026 * 12 + 4 }; /* May 2026 */

static struct policy *rules(void)
{
    struct findings *findings = findings_new();
    struct draft *draft = draft_of_text(RULES, findings);
    struct policy *policy = policy_compile(draft, NULL, 0, findings);
    char *said = findings_text(findings);
    assert_string_equal(said, "");
    free(said);
    assert_non_null(policy);
    assert_true(policy->slot_count <= FACTS_MOST);
    draft_free(draft);
    findings_free(findings);
    return policy;
}

static size_t fill(const struct policy *policy, const char *months, struct month_use *use,
                   struct value facts[][FACTS_MOST])
{
    size_t count = 0, length = strlen(months);
    for (size_t i = 0; i < length; i++) {
        memset(facts[i], 0, sizeof facts[i]);
        facts[i][policy_slot_around(policy, AROUND_SYSTEM_ONLINE)] = value_of(1);
        if (months[i] == 'l' || months[i] == 'h') {
            facts[i][policy_slot_measure(policy, 0, MEASURE_AVG)] =
                value_of((months[i] == 'l' ? 19 : 20) * (int64_t)MICRO);
        }
        if (months[i] != '-') { /* in any order: the latest first */
            memmove(use + 1, use, count++ * sizeof *use);
            use[0] = (struct month_use){LAST - (int32_t)(length - 1 - i), facts[i]};
        }
    }
    return count;
}

static void runs_of_months(void **state)
{
    (void)state;
    struct policy *policy = rules();
    struct message error = {0};
    struct calendar *calendar = calendar_new(NULL, 0, &error);
    const struct revision *revision = calendar_as_of(calendar, DAY_LAST);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value facts[6][FACTS_MOST];
        struct month_use use[7];
        size_t count = fill(policy, rows[i].months, use, facts);
        int32_t afresh = rows[i].afresh < 0 ? -1 : LAST - rows[i].afresh;
        struct use_result each =
            usage_judge(policy, 0, revision, use, count, LAST, afresh, rows[i].open);
        struct use_result some =
            usage_judge(policy, 1, revision, use, count, LAST, afresh, rows[i].open);
        if (each.verdict != rows[i].each || some.verdict != rows[i].some ||
            some.met != rows[i].met) {
            fail_msg("row %d, %s: each %d, some %d of %d", (int)i + 1, rows[i].months, each.verdict,
                     some.verdict, some.met);
        }
    }
    calendar_free(calendar);
    policy_free(policy);
}

/* `except` is asked of the last month, with the facts as they stood at its end. */
static void exempt_and_shown_as_exempt(void **state)
{
    (void)state;
    struct policy *policy = rules();
    struct message error = {0};
    struct calendar *calendar = calendar_new(NULL, 0, &error);
    const struct revision *revision = calendar_as_of(calendar, DAY_LAST);
    struct value facts[6][FACTS_MOST];
    struct month_use use[7];
    size_t count = fill(policy, "lll", use, facts);
    int32_t online = policy_slot_around(policy, AROUND_SYSTEM_ONLINE);
    facts[0][online] = value_of(0);
    assert_int_equal(usage_judge(policy, 0, revision, use, count, LAST, -1, false).verdict,
                     USE_MET);
    facts[2][online] = value_of(0);
    assert_int_equal(usage_judge(policy, 0, revision, use, count, LAST, -1, false).verdict,
                     USE_EXEMPT);
    facts[2][online] = value_unknown(); /* unknown exempts nobody */
    assert_int_equal(usage_judge(policy, 0, revision, use, count, LAST, -1, false).verdict,
                     USE_MET);

    int32_t samples = policy_slot_around(policy, AROUND_SAMPLES);
    int32_t opened = policy_slot_around(policy, AROUND_SYSTEM_OPENED);
    facts[2][samples] = value_of(9 * MICRO);
    assert_int_equal(usage_judge(policy, 2, revision, use, count, LAST, -1, false).verdict,
                     USE_NOT_MET);
    facts[2][samples] = value_of(10 * MICRO);
    int32_t day = 0; /* today is 31 May 2026, three months before it 28 February */
    assert_true(day_from_civil(2026, 2, 28, &day));
    facts[2][opened] = value_of(day);
    assert_int_equal(usage_judge(policy, 2, revision, use, count, LAST, -1, false).verdict,
                     USE_MET);
    facts[2][opened] = value_of(day + 1);
    assert_int_equal(usage_judge(policy, 2, revision, use, count, LAST, -1, false).verdict,
                     USE_EXEMPT);
    calendar_free(calendar);
    policy_free(policy);
}

static void months_are_numbered(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_int_equal(month_number(2026, 5), LAST);
    assert_true(day_from_civil(2024, 2, 29, &day));
    assert_int_equal(month_end(month_number(2024, 2)), day);
    assert_true(day_from_civil(2026, 12, 31, &day));
    assert_int_equal(month_end(month_number(2026, 12)), day);
}

enum { NONE = -1 };

static struct use_share share(int64_t size, int64_t samples, int64_t average, int64_t peak)
{
    int64_t micro = average < 0 ? NONE : average * MICRO, high = peak < 0 ? NONE : peak * MICRO;
    return (struct use_share){size, samples, micro, high, high};
}

/* Four cores at 10 % and twelve at 30 % are sixteen at 25 %. */
static void many_weigh_by_their_size(void **state)
{
    (void)state;
    const struct use_share shares[] = {share(4, 0, 10, 40), share(12, 0, 30, 80)};
    struct use_share sum = usage_sum(shares, 2);
    assert_int_equal(sum.average, 25 * MICRO);
    assert_int_equal(sum.peak, 70 * MICRO);
    assert_int_equal(sum.size, 16);
    assert_int_equal(sum.samples, 0);
}

/* One that was there for a tenth of the month has a tenth of the weight in the average; how high
 * it went is not less for that. */
static void many_weigh_by_their_time(void **state)
{
    (void)state;
    const struct use_share shares[] = {share(4, 1000, 10, 20), share(4, 100, 65, 100)};
    struct use_share sum = usage_sum(shares, 2);
    assert_int_equal(sum.average, 15 * MICRO);
    assert_int_equal(sum.peak, 60 * MICRO);
    assert_int_equal(sum.samples, 1000);
    const struct use_share untold[] = {share(4, 1000, 10, 20), share(4, 0, 30, 100)};
    assert_int_equal(usage_sum(untold, 2).average, 20 * MICRO);
}

static void what_is_missing_is_not_zero(void **state)
{
    (void)state;
    const struct use_share shares[] = {share(4, 100, 10, NONE), share(400, 100, NONE, NONE)};
    struct use_share sum = usage_sum(shares, 2);
    assert_int_equal(sum.average, 10 * MICRO);
    assert_int_equal(sum.peak, NONE);
    assert_int_equal(usage_sum(shares, 0).average, NONE);
    const struct use_share sizeless[] = {share(0, 0, 10, 10), share(8, 0, 50, 50)};
    assert_int_equal(usage_sum(sizeless, 2).average, 50 * MICRO);
    assert_int_equal(usage_sum(sizeless, 1).average, 10 * MICRO);
    const struct use_share large[] = {share(INT64_C(1) << 40, 1 << 20, 100, 100),
                                      share(INT64_C(1) << 40, 1 << 20, 50, 100)};
    assert_int_equal(usage_sum(large, 2).average, 75 * MICRO);
}

static void where_amounts_go(void **state)
{
    static const struct trend_point rising[] = {{10, 100}, {11, 110}, {12, 120}};
    static const struct trend_point uneven[] = {{10, 100}, {13, 130}, {12, 90}};
    static const struct trend_point falling[] = {{10, 5}, {12, 2}};
    int64_t slope;
    (void)state;
    assert_true(trend_slope(rising, 3, &slope));
    assert_int_equal(slope, 10);
    assert_true(trend_slope(uneven, 3, &slope));
    assert_int_equal(slope, 8); /* 110/14 */
    assert_true(trend_slope(falling, 2, &slope));
    assert_int_equal(slope, -2); /* -1.5 */
    assert_false(trend_slope(rising, 1, &slope));
    assert_false(trend_slope(rising, 0, &slope));
    assert_int_equal(trend_reaches(100, 10, 131, 36), 4);
    assert_int_equal(trend_reaches(100, 10, 100, 36), 0);
    assert_int_equal(trend_reaches(100, 0, 131, 36), -1);
    assert_int_equal(trend_reaches(100, 1, 200, 36), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_weigh_by_their_size),
        cmocka_unit_test(many_weigh_by_their_time),
        cmocka_unit_test(what_is_missing_is_not_zero),
        cmocka_unit_test(where_amounts_go),
        cmocka_unit_test(runs_of_months),
        cmocka_unit_test(exempt_and_shown_as_exempt),
        cmocka_unit_test(months_are_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
