/* test_duty.c: what is due in every period, sections 6 and 9 of the guide; days reckoned by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "test/support/mini.h"
#include "test/support/source_text.h"

/* Notices settle 2019 and 2020: the first seven days of October 2019 rest, 29 September and 12
 * October are worked; 24 to 31 January 2020 rest, the 19th is worked. */
static struct calendar *notices(void)
{
    static const struct {
        int year, month, from, to;
        enum calendar_kind kind;
    } days[] = {
        {2019, 10, 1, 7, CALENDAR_HOLIDAY},   {2019, 9, 29, 29, CALENDAR_WORKDAY},
        {2019, 10, 12, 12, CALENDAR_WORKDAY}, {2020, 1, 24, 31, CALENDAR_HOLIDAY},
        {2020, 1, 19, 19, CALENDAR_WORKDAY},
    };
    struct calendar_row out[32];
    size_t count = 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        for (int day = days[i].from; day <= days[i].to; day++) {
            bool next = days[i].year == 2020;
            out[count] = (struct calendar_row){next ? "〔2019〕16号" : "〔2018〕15号",
                                               next ? 18220 : 17870,
                                               days[i].year,
                                               0,
                                               days[i].kind,
                                               "节"};
            assert_true(day_from_civil(days[i].year, days[i].month, day, &out[count++].day));
        }
    }
    struct message error = {0};
    struct calendar *calendar = calendar_new(out, count, &error);
    assert_non_null(calendar);
    return calendar;
}

static int32_t day(const char *text)
{
    int32_t out = DAY_NONE;
    assert_true(day_parse(text, strlen(text), &out));
    return out;
}

struct row {
    const char *duty; /* its keys; of unit, opens p, article 1 */
    const char *from, *to;
    const char *made; /* KEY RAW DUE, ≈ before a provisional one; one a line */
};

/* The vendor is organisation 3, its system 8; p.submit was done on 2019-09-27 (Friday) for it, on
 * 2019-09-30 for system 9 of organisation 4. */
static const struct row rows[] = {
    {"each month, due day 5 of next month", "2019-09-01", "2019-12-31",
     "duty.x/3/0/2019-09/1 2019-10-05 2019-10-08\n" /* Saturday within the holidays */
     "duty.x/3/0/2019-10/1 2019-11-05 2019-11-05\n"
     "duty.x/3/0/2019-11/1 2019-12-05 2019-12-05\n"
     "duty.x/3/0/2019-12/1 2020-01-05 2020-01-06\n"}, /* a Sunday */
    {"each month, due day 5 of next month, roll prev", "2019-09-01", "2019-09-30",
     "duty.x/3/0/2019-09/1 2019-10-05 2019-09-30\n"},
    {"each month, due day 5 of next month, roll none", "2019-09-01", "2019-09-30",
     "duty.x/3/0/2019-09/1 2019-10-05 2019-10-05\n"},
    {"each month, due day 12", "2019-10-01", "2019-10-31",
     "duty.x/3/0/2019-10/1 2019-10-12 2019-10-12\n"}, /* a worked Saturday stays */
    {"each month, due wd 5 of next month", "2019-09-01", "2019-09-30",
     "duty.x/3/0/2019-09/1 2019-10-12 2019-10-12\n"}, /* 8, 9, 10, 11, 12 October */
    {"each month, due last wd", "2020-01-01", "2020-01-31",
     "duty.x/3/0/2020-01/1 2020-01-23 2020-01-23\n"},
    {"each month, due last day", "2020-01-01", "2020-02-29",
     "duty.x/3/0/2020-01/1 2020-01-31 2020-02-03\n"
     "duty.x/3/0/2020-02/1 2020-02-29 2020-03-02\n"},
    {"each month, due day 31", "2020-02-01", "2020-02-29",
     "duty.x/3/0/2020-02/1 2020-02-29 2020-03-02\n"},
    {"each quarter, due day 10 of next month", "2019-01-01", "2019-12-31",
     "duty.x/3/0/2019Q1/1 2019-04-10 2019-04-10\n"
     "duty.x/3/0/2019Q2/1 2019-07-10 2019-07-10\n"
     "duty.x/3/0/2019Q3/1 2019-10-10 2019-10-10\n"
     "duty.x/3/0/2019Q4/1 2020-01-10 2020-01-10\n"},
    {"each half, due last day", "2019-02-01", "2020-06-30", /* H1 of 2019 began before */
     "duty.x/3/0/2019H2/1 2019-12-31 2019-12-31\n"
     "duty.x/3/0/2020H1/1 2020-06-30 2020-06-30\n"},
    {"each year, times 2, due last day", "2021-01-01", "2021-12-31",
     "duty.x/3/0/2021/1 2021-12-31 ≈2021-12-31\n" /* no notice settles 2021 */
     "duty.x/3/0/2021/2 2021-12-31 ≈2021-12-31\n"},
    {"each year, due 09-30", "2019-01-01", "2019-12-31",
     "duty.x/3/0/2019/1 2019-09-30 2019-09-30\n"},
    {"each year, due 02-29", "2019-01-01", "2020-12-31",
     "duty.x/3/0/2019/1 2019-02-28 2019-02-28\n"
     "duty.x/3/0/2020/1 2020-02-29 2020-03-02\n"},
    {"each month, due last day, since 2019-03-31", "2019-01-01", "2019-04-30",
     "duty.x/3/0/2019-03/1 2019-03-31 2019-04-01\n"
     "duty.x/3/0/2019-04/1 2019-04-30 2019-04-30\n"},
    {"each month, due last day, since 2019-04-01", "2019-03-01", "2019-04-30",
     "duty.x/3/0/2019-04/1 2019-04-30 2019-04-30\n"},
    {"each p.submit, due 5wd", "2019-01-01", "2019-12-31",
     "duty.x/3/0/2019-09-27/1 2019-10-10 2019-10-10\n"},
    {"each p.submit, due 10d", "2019-01-01", "2019-12-31",
     "duty.x/3/0/2019-09-27/1 2019-10-07 2019-10-08\n"},
    {"each p.submit, due 1mo, roll prev", "2019-01-01", "2019-12-31",
     "duty.x/3/0/2019-09-27/1 2019-10-27 2019-10-25\n"},
    {"each p.submit, due 30d", "2019-09-28", "2019-12-31", ""},
    {"each p.finish, due 30d", "2019-01-01", "2019-12-31", ""},
    {"per system, each p.submit, due 3wd", "2019-01-01", "2019-12-31",
     "duty.x/3/8/2019-09-27/1 2019-10-08 2019-10-08\n"},
    {"per system, each year, due last day, when system.online", "2019-01-01", "2019-12-31",
     "duty.x/3/8/2019/1 2019-12-31 2019-12-31\n"},
    {"per system, each year, due last day, when not system.online", "2019-01-01", "2019-12-31", ""},
    {"each year, due last day, when org.level = county", "2019-01-01", "2019-12-31", ""},
    {"per system, each year, due last day, when system.opened > today", "2019-01-01", "2019-12-31",
     ""}, /* unknown: nobody's duty */
};

static struct policy *policy_with(const char *duty)
{
    struct text text = {0};
    struct findings *findings = findings_new();
    text_add(&text, MINI_HEAD MINI_POLICY
             "levels = city 市级, county 县级\n" MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE
             "[clock]\nc = 钟, limit 5wd, article 1\n"
             "[duty]\nx = 报, of clerk, opens p, article 1, ");
    text_addf(&text, "%s\n", duty);
    struct draft *draft = draft_of_text(text_bytes(&text), findings);
    struct policy *policy = policy_compile(draft, NULL, 0, findings);
    char *said = findings_text(findings);
    assert_string_equal(said, "");
    assert_non_null(policy);
    free(said);
    draft_free(draft);
    findings_free(findings);
    text_free(&text);
    return policy;
}

static void write_occurrences(const struct policy *policy, const struct occurrences *made,
                              struct text *out)
{
    char raw[DAY_TEXT], due[DAY_TEXT];
    for (size_t i = 0; i < made->count; i++) {
        const struct occurrence *occurrence = &made->items[i];
        occurrence_key(policy, occurrence, out);
        text_addf(out, " %s %s%s\n", day_format(occurrence->raw, raw),
                  occurrence->provisional ? "≈" : "", day_format(occurrence->due, due));
    }
}

static void check_row(const struct row *row, const struct revision *revision)
{
    struct policy *policy = policy_with(row->duty);
    struct value *facts = calloc((size_t)policy->slot_count, sizeof *facts);
    assert_non_null(facts);
    facts[policy_slot_around(policy, AROUND_SYSTEM_ONLINE)] = value_of(1);
    facts[policy_slot_around(policy, AROUND_ORG_LEVEL)] =
        value_of(names_find(policy->names, "city", 4));
    uint64_t clerk = UINT64_C(1) << policy->role_of[names_find(policy->names, "clerk", 5)];
    const struct holder holders[] = {
        {.org = 2, .roles = ~clerk, .facts = facts}, /* of every other role */
        {.org = 3, .roles = clerk, .facts = facts},
        {.org = 3, .system = 8, .roles = clerk, .facts = facts},
    };
    int32_t submit = policy->procedures[0].event_of[names_find(policy->names, "submit", 6)];
    const struct happening happenings[] = {
        {3, 8, 0, submit, day("2019-09-27")},
        {4, 9, 0, submit, day("2019-09-30")},
        {3, 8, 0, submit, day("2019-09-27")}, /* told twice */
    };
    struct occurrences made = {0};
    struct text text = {0};
    assert_true(duties_between(policy, revision, holders, 3, happenings, 3, day(row->from),
                               day(row->to), &made));
    write_occurrences(policy, &made, &text);
    if (strcmp(text_bytes(&text), row->made) != 0) {
        fail_msg("%s: made\n%s", row->duty, text_bytes(&text));
    }
    text_free(&text);
    occurrences_free(&made);
    free(facts);
    policy_free(policy);
}

static void days_reckoned_by_hand(void **state)
{
    (void)state;
    struct calendar *calendar = notices();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_row(&rows[i], calendar_as_of(calendar, DAY_LAST));
    }
    calendar_free(calendar);
}

/* Asked in pieces, the occurrences are those asked for at once: none twice, none left out. */
static void pieces_make_the_whole(void **state)
{
    (void)state;
    static const char *const duties[] = {"each month, due last day", "each quarter, due last wd",
                                         "each half, due last day", "each year, due 06-30"};
    struct calendar *calendar = notices();
    const struct revision *revision = calendar_as_of(calendar, DAY_LAST);
    for (int i = 0; i < 4; i++) {
        struct policy *policy = policy_with(duties[i]);
        struct holder holder = {.org = 1, .roles = ~UINT64_C(0)};
        for (int32_t step = 1; step < 500; step += 37) {
            struct occurrences whole = {0}, pieces = {0};
            struct text a = {0}, b = {0};
            int32_t from = day("2019-01-01"), to = day("2022-03-15");
            assert_true(duties_between(policy, revision, &holder, 1, NULL, 0, from, to, &whole));
            for (int32_t at = from; at <= to; at += step) {
                int32_t end = at + step - 1 < to ? at + step - 1 : to;
                assert_true(
                    duties_between(policy, revision, &holder, 1, NULL, 0, at, end, &pieces));
            }
            write_occurrences(policy, &whole, &a);
            write_occurrences(policy, &pieces, &b);
            assert_string_equal(text_bytes(&a), text_bytes(&b));
            text_free(&a);
            text_free(&b);
            occurrences_free(&whole);
            occurrences_free(&pieces);
        }
        policy_free(policy);
    }
    calendar_free(calendar);
}

static void years_have_ends(void **state)
{
    (void)state;
    struct calendar *calendar = notices();
    struct policy *policy = policy_with("each month, due day 5 of next month");
    struct holder holder = {.org = 1, .roles = ~UINT64_C(0)};
    struct occurrences made = {0};
    assert_true(duties_between(policy, calendar_as_of(calendar, DAY_LAST), &holder, 1, NULL, 0,
                               day("9999-11-01"), DAY_LAST, &made));
    assert_int_equal(made.count, 1); /* January 10000 has no fifth */
    occurrences_free(&made);
    policy_free(policy);
    calendar_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_reckoned_by_hand),
        cmocka_unit_test(pieces_make_the_whole),
        cmocka_unit_test(years_have_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
