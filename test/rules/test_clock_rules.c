/* test_clock_rules.c: the life of a clock, rule by rule: section 7 of the guide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/mini.h"
#include "test/support/play.h"

#define FIVE MINI("c = 计时, limit 5wd, article 1\n")

/* A case submitted on WHEN under POLICY. */
static struct play *submitted(const char *policy, const char *when, const char *facts)
{
    struct play *play = play_new(policy);
    play_open(play, when, "p", "unit", facts);
    play_act(play, when, "submit", "unit", "");
    return play;
}

static void rule_7_1_start(void **state)
{
    (void)state;
    struct play *play = play_new(FIVE);
    play_open(play, "2019-09-23", "p", "unit", "");
    assert_string_equal(play_clock(play, "c"), "none"); /* a draft does not name it */
    play_act(play, "2019-09-27", "submit", "unit", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-10"); /* it counts from that day */
    play_free(play);
    play = submitted(MINI("c = 计时, limit 5wd after asked_on, article 1\n"), "2019-09-30",
                     "asked_on=2019-09-27\n");
    assert_string_equal(play_clock(play, "c"),
                        "running 2019-10-10"); /* it counts from its anchor */
    play_free(play);
}

/* One clock of two procedures: what it counts from is a state in one and an event in the other. */
#define SHARED                                                                                                        \
    MINI_HEAD                                                                                                         \
    "backward = mirror\nroll = next\n"                                                                                \
    "[article]\n1 = 一, summary 一\n[role]\nunit = 单位, sees own\nclerk = 受理, sees all\n"                    \
    "[procedure.p]\ntitle = 甲\nby = unit\nbegins = draft\narticle = 1\n"                                            \
    "[state.p]\ndraft = 草稿, with unit\nseen = 已阅, with clerk\nwork = 办理, with clerk, clock c\n"           \
    "over = 办结, final done\n[event.p]\nhand = 交, from draft, to seen\ntake = 收, from seen, to work\n"         \
    "finish = 办结, from work, to over\n"                                                                           \
    "[procedure.q]\ntitle = 乙\nby = unit\nbegins = draft\narticle = 1\n"                                            \
    "[state.q]\ndraft = 草稿, with unit\nread_now = 在阅, with clerk\nwork = 办理, with clerk, clock c\n"       \
    "over = 办结, final done\n[event.q]\nseen = 阅, from draft, to read_now\ntake = 收, from read_now, to work\n" \
    "finish = 办结, from work, to over\n[clock]\nc = 计时, limit 5wd after seen, article 1\n"

static void rule_7_1_a_clock_shared_by_two_procedures(void **state)
{
    (void)state;
    static const char *const procedures[] = {"p", "q"}, *const firsts[] = {"hand", "seen"};
    for (int i = 0; i < 2; i++) {
        struct play *play = play_new(SHARED);
        play_open(play, "2019-09-23", procedures[i], "unit", "");
        play_act(play, "2019-09-23", firsts[i], "unit", "");
        play_act(play, "2019-09-25", "take", "clerk", "");
        assert_string_equal(play_clock(play, "c"), "running 2019-09-29");
        play_free(play);
    }
}

static void rule_7_2_go_on(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-27", "");
    play_act(play, "2019-09-30", "go_on", "clerk", "");
    assert_string_equal(play_state(play), "later");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-10");
    assert_int_equal(play_round(play, "c"), 1);
    play_free(play);
}

static void rule_7_3_hold(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-25", "pause", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "held 3");
    assert_string_equal(play_card(play, "c"), "none");
    play_look(play, "2019-12-01"); /* no card while held, it does not run out */
    assert_string_equal(play_card(play, "c"), "none");
    assert_string_equal(play_clock(play, "c"), "held 3");
    play_free(play);
}

static void rule_7_3_holding_what_does_not_run_does_nothing(void **state)
{
    (void)state;
    struct play *play = submitted(MINI("c = 计时, limit 5wd after asked_on, article 1\n"
                                       "[event.p.sidestep]\ntitle = 旁\nfrom = rest\nto = hold\n"),
                                  "2019-09-23", "asked_on=2019-09-20\n");
    play_act(play, "2019-09-24", "leave", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_act(play, "2019-09-25", "sidestep", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_free(play);
}

static void rule_7_4_resume(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-25", "pause", "clerk", "");
    play_act(play, "2019-09-29", "resume", "unit", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-09");
    assert_int_equal(play_round(play, "c"), 1);
    play_free(play);
}

static void rule_7_5_end(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-23", ""); /* last day 2019-09-29 */
    play_act(play, "2019-09-29 23:59", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_free(play);
    play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-30 00:01", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "late");
    play_free(play);
    play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-26", "dropit", "unit", "");
    assert_string_equal(play_clock(play, "c"), "dropped");
    play_free(play);
    play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-10-08", "dropit", "unit", ""); /* late is late even when dropped */
    assert_string_equal(play_clock(play, "c"), "late");
    play_free(play);
    play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-26", "pause", "clerk", "");
    play_act(play, "2019-12-02", "dropit", "unit", ""); /* judged as of the day the hold began */
    assert_string_equal(play_clock(play, "c"), "dropped");
    play_free(play);
}

static void rule_7_6_again(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-10-08", "leave", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "late");
    play_act(play, "2019-10-08", "again", "clerk", "");
    assert_string_equal(play_clock(play, "c"),
                        "running 2019-10-14"); /* the Saturday 2019-10-12 was worked */
    assert_int_equal(play_round(play, "c"), 2);
    const struct casefile *file = fold_result(play_fold(play));
    assert_int_equal(file->past_count, 1); /* the earlier run keeps its cards */
    assert_int_equal(file->past[0].state, RUN_LATE);
    assert_int_not_equal(file->past[0].card_at[CARD_RED], MOMENT_NONE);
    play_free(play);
}

static void rule_7_7_counting(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *from, *due;
    } rows[] = {
        {"5wd", "2019-09-27", "running 2019-10-10"},
        {"5wd", "2019-09-30", "running 2019-10-12"},
        {"3wd", "2019-09-28", "running 2019-10-08"},
        {"5wd", "2019-09-12", "running 2019-09-20"},
        {"15wd", "2019-09-27", "running 2019-10-23"},
        {"1mo", "2018-01-31", "running 2018-02-28"},
        {"0d", "2019-09-23", "running 2019-09-23"},
        {"4h", "2019-09-23 22:30", "running 2019-09-24 02:30"},
        {"0wd", "2019-09-23", "running 2019-09-23"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text text = {0};
        text_addf(&text, "%sc = 计时, limit %s, article 1\n", MINI(""), rows[i].limit);
        struct play *play = submitted(text_bytes(&text), rows[i].from, "");
        assert_string_equal(play_clock(play, "c"), rows[i].due);
        play_free(play);
        text_free(&text);
    }
}

static void rule_7_7_the_last_day_is_good_until_it_closes(void **state)
{
    (void)state;
    static const char closes[] =
        MINI_WITH(MINI_POLICY "closes = 17:30\n", "c = 计时, limit 5wd, article 1\n");
    struct play *play = submitted(closes, "2019-09-23", "");
    play_act(play, "2019-09-29 17:30", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_free(play);
    play = submitted(closes, "2019-09-23", "");
    play_act(play, "2019-09-29 18:30", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "late");
    play_free(play);
}

static void rule_7_8_held_days(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2019-09-23", "");
    play_act(play, "2019-09-25", "pause", "clerk", "");
    play_act(play, "2019-09-25", "resume", "unit", ""); /* on one day: unchanged */
    assert_string_equal(play_clock(play, "c"), "running 2019-09-29");
    play_act(play, "2019-09-29", "pause", "clerk",
             ""); /* on its last day: nothing that was left is lost */
    play_act(play, "2019-10-05", "resume", "unit", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-08");
    play_free(play);
    play =
        submitted(MINI("c = 计时, limit 30d, article 1\n"), "2019-09-02", ""); /* raw 2019-10-02 */
    play_act(play, "2019-09-05", "pause", "clerk", "");
    play_act(play, "2019-09-15", "resume", "unit",
             ""); /* ten days on: Saturday 2019-10-12, worked */
    assert_string_equal(play_clock(play, "c"), "running 2019-10-12");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 4h, article 1\n"), "2019-09-23 08:00", "");
    play_act(play, "2019-09-23 09:00", "pause", "clerk", "");
    play_act(play, "2019-09-23 09:45", "resume", "unit", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-23 12:45");
    play_free(play);
}

static void rule_7_9_roll(void **state)
{
    (void)state;
    struct play *play = submitted(MINI("c = 计时, limit 30d, article 1\n"), "2019-09-05", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-08");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 30d, article 1\n"), "2019-09-12", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-12");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 30d, roll prev, article 1\n"), "2019-09-05", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-30");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 30d, roll none, article 1\n"), "2019-09-05", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-05");
    play_free(play);
    play = submitted(MINI("c = 计时, limit asked_on, article 1\n"), "2019-09-05",
                     "asked_on=2019-10-05\n");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-08"); /* a written day rolls too */
    play_free(play);
}

static void rule_7_10_before(void **state)
{
    (void)state;
#define NOTICE(backward)                                                                           \
    MINI_HEAD                                                                                      \
    "backward = " backward "\nroll = next\n[article]\n1 = 一, summary 一\n"                      \
    "[role]\nunit = 单位, sees own\nleader = 领导, sees all\n"                                 \
    "[form]\nentry = 表\n[field.entry]\nstart_on = 需要日, date\n"                             \
    "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"        \
    "[state.p]\ndraft = 草稿, with unit, edit, clock c\nover = 办结, final done\n"             \
    "[event.p]\nsubmit = 提交, from draft, to over\n"                                            \
    "[rule.p]\nahead = 应提前, on submit, must not late(c), else leader, article 1\n"           \
    "[clock]\nc = 提前, limit 10wd before start_on, article 1\n"
    struct play *play = play_new(NOTICE("mirror"));
    play_open(play, "2019-09-02", "p", "unit", "");
    assert_string_equal(play_clock(play, "c"), "waiting");
    play_act(play, "2019-09-03", "edit", "unit", "start_on=2019-10-08\n");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-18");
    play_act(play, "2019-09-18", "submit", "unit", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_free(play);
    play = play_new(NOTICE("clear"));
    play_open(play, "2019-09-02", "p", "unit", "start_on=2019-10-08\n");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-17");
    assert_string_equal(play_refused(play, "2019-09-18", "submit", "unit", ""), "rule ahead 1\n");
    play_act_because(play, "2019-09-18", "submit", "leader", "", "防汛");
    assert_string_equal(play_clock(play, "c"), "late"); /* late(c) remembers */
    play_free(play);
}

#define TRIAL                                                                                      \
    MINI("c = 试用, limit days, least 15d, article 1\n"                                          \
         "[event.p.longer]\ntitle = 延长\nfrom = work\nform = entry\nextends = c by extra\n"     \
         "[rule.p]\nfull = 未满, on finish, must not early(c), article 1\n")

static void rule_7_11_least(void **state)
{
    (void)state;
    struct play *play =
        submitted(TRIAL, "2019-09-20", ""); /* the fifteenth day is Saturday 2019-10-05 */
    assert_string_equal(play_least(play, "c"), "2019-10-05"); /* not rolled */
    assert_string_equal(play_clock(play, "c"), "running 2019-10-21");
    assert_string_equal(play_refused(play, "2019-10-04", "finish", "clerk", ""), "rule full 1\n");
    play_act(play, "2019-10-05", "finish", "clerk", "");
    play_free(play);
    play = submitted(MINI("c = 试用, least 15d, article 1\n"), "2019-09-20", "");
    assert_string_equal(play_clock(play, "c"), "running"); /* alone it never falls due */
    play_look(play, "2020-09-20");
    assert_string_equal(play_card(play, "c"), "none");
    play_free(play);
}

static void rule_7_12_extend(void **state)
{
    (void)state;
    struct play *play = submitted(TRIAL, "2019-09-05", ""); /* 2019-10-05, rolled to 2019-10-08 */
    assert_string_equal(play_clock(play, "c"), "running 2019-10-08");
    play_act(play, "2019-09-20", "longer", "clerk", "days=30\nextra=10\nstart_on=\n");
    assert_string_equal(play_clock(play, "c"),
                        "running 2019-10-15"); /* on from 10-05, before rolling */
    play_free(play);
}

static void rule_7_13_facts(void **state)
{
    (void)state;
    struct play *play = submitted(MINI("c = 计时, limit 3wd if known(start_on), 5wd, article 1\n"
                                       "[event.p.remark]\ntitle = 记\nfrom = work\nform = entry\n"),
                                  "2019-09-23", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-29");
    play_act(play, "2019-09-24", "remark", "clerk", "start_on=2019-09-24\ndays=30\n");
    assert_string_equal(play_clock(play, "c"),
                        "running 2019-09-26"); /* the limit as the facts stand now */
    play_free(play);
    play = submitted(MINI("c = 计时, limit 3wd if known(start_on), article 1\n"
                          "[event.p.remark]\ntitle = 记\nfrom = work\nform = entry\n"),
                     "2019-09-23", "");
    assert_string_equal(play_clock(play, "c"),
                        "none"); /* where no condition holds there is no clock */
    play_act(play, "2019-09-24", "remark", "clerk", "start_on=2019-09-24\ndays=30\n");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-26");
    play_free(play);
}

static void rule_7_13_until(void **state)
{
    (void)state;
    struct play *play =
        submitted(MINI("c = 计时, limit 5wd, until known(start_on), article 1\n"
                       "[event.p.remark]\ntitle = 记\nfrom = work, later\nform = entry\n"),
                  "2019-09-23", "");
    play_act(play, "2019-09-24", "remark", "clerk", "start_on=2019-09-24\ndays=30\n");
    assert_string_equal(play_clock(play, "c"), "met");
    play_act(play, "2019-09-25", "go_on", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met"); /* the same stay: it does not start again */
    play_act(play, "2019-09-26", "leave", "leader", "");
    play_act(play, "2019-09-26", "again", "clerk", "");
    assert_int_equal(play_round(play, "c"), 2); /* a new stay */
    play_free(play);
}

#define RUNS_OUT MINI("c = 计时, limit 5wd, expires finish, article 1\n")

static void rule_7_14_running_out(void **state)
{
    (void)state;
    struct play *play =
        submitted(RUNS_OUT, "2019-09-23", ""); /* last day Sunday 2019-09-29, worked */
    play_look(play, "2019-09-29 23:00");
    assert_string_equal(play_desk(play), "");
    play_look(play, "2019-11-01"); /* nobody looked meanwhile: dated the first working day after */
    assert_string_equal(play_desk(play), "finish 2019-09-30\n");
    assert_string_equal(play_state(play), "over");
    assert_string_equal(play_clock(play, "c"), "late");
    play_free(play);
    play = submitted(RUNS_OUT, "2019-09-24",
                     ""); /* last day 2019-09-30: the desk acts after the holiday */
    play_look(play, "2019-10-07");
    assert_string_equal(play_desk(play), "");
    play_look(play, "2019-10-08");
    assert_string_equal(play_desk(play), "finish 2019-10-08\n");
    play_free(play);
    play = submitted(RUNS_OUT, "2019-09-24", "");
    play_act(play, "2019-10-03", "leave", "clerk", ""); /* what a person did before comes first */
    play_look(play, "2019-11-01");
    assert_string_equal(play_desk(play), "");
    play_free(play);
}

static void rule_7_14_hours_run_out_at_the_minute(void **state)
{
    (void)state;
    struct play *play =
        submitted(MINI("c = 计时, limit 4h, expires finish, article 1\n"), "2019-10-01 22:00", "");
    play_look(play, "2019-10-02 02:00");
    assert_string_equal(play_desk(play), "");
    play_look(play, "2019-10-02 02:01");
    assert_string_equal(play_desk(play), "finish 2019-10-02\n");
    play_free(play);
}

#define TWO_CLOCKS                                                                                 \
    MINI_HEAD MINI_POLICY MINI_PEOPLE MINI_FIELDS                                                  \
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\nclock = whole\n"  \
        "article = 1\n"                                                                            \
        "[state.p]\ndraft = 草稿, with unit, edit\nwork = 办理, with clerk, clock c, c2\n"     \
        "hold = 暂停, with unit, holds c\nover = 办结, final done\n"                           \
        "[event.p]\nsubmit = 提交, from draft, to work\npause = 停, from work, to hold\n"       \
        "resume = 恢复, from hold, to work\nfinish = 办结, from work, to over\n"               \
        "[clock]\nc = 计时, limit 5wd, article 1\nc2 = 计时二, limit 3wd, article 1\n"        \
        "whole = 全程, limit 20wd after submit, article 1\n"

static void rule_7_15_side_by_side(void **state)
{
    (void)state;
    struct play *play = submitted(TWO_CLOCKS, "2019-09-23", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-29");
    assert_string_equal(play_clock(play, "c2"), "running 2019-09-26");
    play_act(play, "2019-09-24", "pause", "clerk", ""); /* c is held, d ends */
    assert_string_equal(play_clock(play, "c"), "held 4");
    assert_string_equal(play_clock(play, "c2"), "met");
    play_free(play);
}

static void rule_7_16_whole_case(void **state)
{
    (void)state;
    struct play *play = play_new(TWO_CLOCKS);
    play_open(play, "2019-09-02", "p", "unit", "");
    assert_string_equal(play_clock(play, "whole"), "waiting");
    play_act(play, "2019-09-23", "submit", "unit", "");
    assert_string_equal(play_clock(play, "whole"), "running 2019-10-24");
    play_act(play, "2019-09-24", "pause", "clerk", "");
    assert_string_equal(play_clock(play, "whole"), "running 2019-10-24");
    play_act(play, "2019-09-25", "resume", "unit", "");
    play_act(play, "2019-09-25", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "whole"), "met");
    play_free(play);
}

static void rule_7_17_cards(void **state)
{
    (void)state;
    static const struct {
        const char *day, *card;
    } rows[] = {
        {"2019-09-24", "none"},   {"2019-09-25", "none"},   {"2019-09-26", "blue"},
        {"2019-09-27", "yellow"}, {"2019-09-28", "yellow"}, {"2019-09-29", "yellow"},
        {"2019-09-30", "red"},    {"2019-10-10", "red"},    {"2019-10-11", "double"},
    };
    struct play *play = submitted(FIVE, "2019-09-23", ""); /* last day 2019-09-29 */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        play_look(play, rows[i].day);
        if (strcmp(play_card(play, "c"), rows[i].card) != 0) {
            fail_msg("%s: %s, not %s", rows[i].day, play_card(play, "c"), rows[i].card);
        }
    }
    play_act(play, "2019-10-14", "finish", "clerk", "");
    assert_string_equal(play_card(play, "c"), "none");
    assert_string_equal(play_cards(play, "c"), /* kept for good */
                        "blue 2019-09-26, yellow 2019-09-27, red 2019-09-30, double 2019-10-11");
    play_free(play);
}

static void rule_7_17_house_and_implied_are_capped(void **state)
{
    (void)state;
    struct play *play = submitted(MINI("c = 计时, limit 5wd, basis house\n"), "2019-09-23", "");
    play_look(play, "2019-11-01");
    assert_string_equal(play_card(play, "c"), "yellow");
    assert_string_equal(play_cards(play, "c"), "blue 2019-09-26, yellow 2019-09-27");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 5wd, basis implied, article 1\n"), "2019-09-23", "");
    play_look(play, "2019-11-01");
    assert_string_equal(play_card(play, "c"), "red");
    play_free(play);
    play = submitted(MINI("c = 计时, limit 5wd, basis right, article 1\n"), "2019-09-23", "");
    play_look(play, "2019-11-01");
    assert_string_equal(play_card(play, "c"), "none");
    play_free(play);
}

static void rule_7_18_open_readings(void **state)
{
    (void)state;
    struct play *play =
        submitted(FIVE "[question]\nhow = 怎么算, article 1, answer work\n[option.how]\n"
                       "work = 工作日\ncalendar = 自然日, clock.c.limit 5d\n"
                       "long = 十日, clock.c.limit 10wd\n",
                  "2019-09-23", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-29");
    assert_string_equal(play_readings(play, "c"), "2019-09-29..2019-10-11");
    play_free(play);
}

static void rule_7_18_beyond_the_last_notice(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2026-12-30", "");
    assert_string_equal(play_clock(play, "c"), "running ≈2027-01-07");
    play_free(play);
}

/* The notice of 2020-01-27 made days off of days that were to be worked, under running clocks. */
static void a_later_notice_moves_what_still_runs(void **state)
{
    (void)state;
    struct play *play = submitted(FIVE, "2020-01-20", "");
    assert_string_equal(play_clock(play, "c"), "running 2020-02-01");
    play_look(play, "2020-01-26");
    assert_string_equal(play_clock(play, "c"), "running 2020-02-01");
    play_look(play, "2020-01-27");
    assert_string_equal(play_clock(play, "c"), "running 2020-02-04");
    play_act(play, "2020-02-04", "finish", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "met");
    play_free(play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_7_1_start),
        cmocka_unit_test(rule_7_1_a_clock_shared_by_two_procedures),
        cmocka_unit_test(rule_7_2_go_on),
        cmocka_unit_test(rule_7_3_hold),
        cmocka_unit_test(rule_7_3_holding_what_does_not_run_does_nothing),
        cmocka_unit_test(rule_7_4_resume),
        cmocka_unit_test(rule_7_5_end),
        cmocka_unit_test(rule_7_6_again),
        cmocka_unit_test(rule_7_7_counting),
        cmocka_unit_test(rule_7_7_the_last_day_is_good_until_it_closes),
        cmocka_unit_test(rule_7_8_held_days),
        cmocka_unit_test(rule_7_9_roll),
        cmocka_unit_test(rule_7_10_before),
        cmocka_unit_test(rule_7_11_least),
        cmocka_unit_test(rule_7_12_extend),
        cmocka_unit_test(rule_7_13_facts),
        cmocka_unit_test(rule_7_13_until),
        cmocka_unit_test(rule_7_14_running_out),
        cmocka_unit_test(rule_7_14_hours_run_out_at_the_minute),
        cmocka_unit_test(rule_7_15_side_by_side),
        cmocka_unit_test(rule_7_16_whole_case),
        cmocka_unit_test(rule_7_17_cards),
        cmocka_unit_test(rule_7_17_house_and_implied_are_capped),
        cmocka_unit_test(rule_7_18_open_readings),
        cmocka_unit_test(rule_7_18_beyond_the_last_notice),
        cmocka_unit_test(a_later_notice_moves_what_still_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
