/* test_card_rules.c: cards explained and waived: rule 7.19 of the guide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/mini.h"
#include "test/support/play.h"

#define CARDS                                                                                      \
    MINI("c = 计时, limit 5wd, article 1\n[card]\nexplain = 解释, article 1\n"                 \
         "waive = 豁免, by leader, apart, back 24h, article 1\n")

/* A case submitted on WHEN under POLICY. */
static struct play *submitted(const char *policy, const char *when, const char *facts)
{
    struct play *play = play_new(policy);
    play_open(play, when, "p", "unit", facts);
    play_act(play, when, "submit", "unit", "");
    return play;
}

/* Submitted on 2019-09-23, last day 2019-09-29: red from the 30th, double from 2019-10-11. */
static struct play *overdue(const char *day)
{
    struct play *play = submitted(CARDS, "2019-09-23", "");
    play_look(play, day);
    return play;
}

static void rule_7_19_a_card_is_explained_and_waived_and_stays(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "explain", "clerk", "c", 1), "");
    assert_string_equal(play_marks(play, "c", 1), "explained 3 red");
    assert_string_equal(play_mark(play, "2019-10-09 10:00", "waive", "leader", "c", 1), "");
    assert_string_equal(play_marks(play, "c", 1), "explained 3 red, waived 4 red");
    assert_string_equal(play_card(play, "c"), "red");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-29"); /* no day moves */
    const struct run *run = &fold_result(play_fold(play))->runs[0];
    assert_true(run_excused(run));
    /* what it waives is the card it had; a worse one that comes later is another */
    play_look(play, "2019-10-15");
    assert_string_equal(play_card(play, "c"), "double");
    assert_false(run_excused(run));
    assert_string_equal(play_mark(play, "2019-10-15", "waive", "leader", "c", 1), "");
    assert_string_equal(play_marks(play, "c", 1), "explained 3 red, waived 4 red, waived 5 double");
    assert_true(run_excused(run));
    play_free(play);
}

static void rule_7_19_marks_bar_nothing(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "");
    /* one may still key what was done before the waiver was recorded */
    assert_string_equal(play_backdated(play, "2019-10-08", "2019-10-09", "finish", "clerk", NULL),
                        "");
    play_act(play, "2019-10-09", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "late"); /* late it was */
    assert_true(run_excused(&fold_result(play_fold(play))->runs[0]));
    play_free(play);
}

static void rule_7_19_needs_a_card(void **state)
{
    (void)state;
    struct play *play = overdue("2019-09-25"); /* blue: nothing to be excused from */
    assert_string_equal(play_mark(play, "2019-09-25", "explain", "clerk", "c", 1), "state 1\n");
    assert_string_equal(play_mark(play, "2019-09-25", "waive", "leader", "c", 1), "state 1\n");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 2), "state 1\n");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "state 1\n");
    assert_string_equal(play_mark(play, "2019-10-09", "explain", "clerk", "c", 1), "state 1\n");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 5wd, article 1\n"), "2019-09-23",
                     ""); /* a policy that is silent */
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "state\n");
    play_free(play);
}

static void rule_7_19_who(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "explain", "unit", "c", 1), "role 1\n");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "clerk", "c", 1), "role 1\n");
    /* who has acted in the case waives nothing in it, whatever his role */
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader/unit", "c", 1), "role 1\n");
    assert_string_equal(play_mark(play, "2019-10-09", "explain", "clerk/wang", "c", 1), "");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader/wang", "c", 1), "role 1\n");
    assert_string_equal(play_annul(play, 3, "2019-10-09"), ""); /* as if he had not */
    assert_string_equal(play_marks(play, "c", 1), "");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader/wang", "c", 1), "");
    play_free(play);
    /* the clock has ended and the case is with another: whom it ran against still explains it */
    play = overdue("2019-10-09");
    play_act(play, "2019-10-09", "leave", "clerk", "");
    assert_string_equal(play_mark(play, "2019-10-09", "explain", "clerk", "c", 1), "");
    play_free(play);
}

static void rule_7_19_taking_back(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "back", "leader", "c", 1), "state 1\n");
    assert_string_equal(play_mark(play, "2019-10-09 10:00", "waive", "leader", "c", 1), "");
    assert_string_equal(play_mark(play, "2019-10-09 11:00", "back", "leader/sun", "c", 1),
                        "role 1\n");
    assert_string_equal(play_mark(play, "2019-10-10 10:00:01", "back", "leader", "c", 1),
                        "date 1\n");
    assert_string_equal(play_mark(play, "2019-10-10 10:00", "back", "leader", "c", 1), "");
    assert_string_equal(play_marks(play, "c", 1), "");
    assert_false(run_excused(&fold_result(play_fold(play))->runs[0]));
    assert_string_equal(play_mark(play, "2019-10-10 11:00", "waive", "leader", "c", 1), "");
    assert_string_equal(play_marks(play, "c", 1), "waived 5 red");
    play_free(play);
}

static void rule_7_19_each_round_has_its_own(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "");
    play_act(play, "2019-10-09", "leave", "clerk", "");
    play_act(play, "2019-10-09", "again", "clerk", "");
    play_look(play, "2019-10-18");
    assert_string_equal(play_marks(play, "c", 1), "waived 3 red");
    assert_string_equal(play_marks(play, "c", 2), "");
    assert_string_equal(play_card(play, "c"), "red");
    assert_string_equal(play_mark(play, "2019-10-18", "waive", "leader", "c", 2), "");
    assert_string_equal(play_marks(play, "c", 2), "waived 6 red");
    play_free(play);
}

static void rule_7_19_goes_with_what_is_corrected(void **state)
{
    (void)state;
    struct play *play = overdue("2019-10-09");
    play_act(play, "2019-10-09", "leave", "clerk", "");
    play_act(play, "2019-10-09", "again", "clerk", "");
    play_look(play, "2019-10-18");
    assert_string_equal(play_mark(play, "2019-10-18", "waive", "leader", "c", 2), "");
    /* a mark bars no correction: the second run goes, and its mark with it */
    assert_string_equal(play_annul(play, 4, "2019-10-18"), "");
    assert_string_equal(play_marks(play, "c", 1), "");
    /* submitted a week later: the run stands and is late no more, though the waiver is on record */
    play_free(play);
    play = overdue("2019-10-09");
    assert_string_equal(play_mark(play, "2019-10-09", "waive", "leader", "c", 1), "");
    assert_string_equal(play_correct(play, 2, "2019-10-09", "2019-09-30", NULL), "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-12");
    assert_string_equal(play_marks(play, "c", 1), "waived 3 red");
    play_free(play);
}

/* A right that is over, beside a time that is not: the case is not late, and its day and card are
 * of one clock. */
static void rule_7_17_a_right_stands_back(void **state)
{
    (void)state;
    struct play *play = submitted(
        MINI_HEAD MINI_POLICY MINI_PEOPLE MINI_FIELDS
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"
        "[state.p]\ndraft = 草稿, with unit, edit\nwork = 办理, with clerk, clock c, r\n"
        "over = 办结, final done\n"
        "[event.p]\nsubmit = 提交, from draft, to work\nfinish = 办结, from work, to over\n"
        "[clock]\nc = 计时, limit 5wd, article 1\nr = 权利, limit 1wd, basis right, article 1\n",
        "2019-09-23", "");
    play_look(play, "2019-09-27");
    struct instants at = fold_instants(play_fold(play));
    assert_int_equal(moment_day(at.due_at - 1), moment_day(at.red_at - 1));
    assert_int_equal(at.run->clock, 0);
    play_free(play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_19_a_card_is_explained_and_waived_and_stays),
        cmocka_unit_test(rule_7_19_marks_bar_nothing),
        cmocka_unit_test(rule_7_19_needs_a_card),
        cmocka_unit_test(rule_7_17_a_right_stands_back),
        cmocka_unit_test(rule_7_19_who),
        cmocka_unit_test(rule_7_19_taking_back),
        cmocka_unit_test(rule_7_19_each_round_has_its_own),
        cmocka_unit_test(rule_7_19_goes_with_what_is_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
