/* test_event_rules.c: what an event does, rule by rule: section 8 of the guide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/mini.h"
#include "test/support/play.h"

/* An application with a form that is asked anew, rules of each kind, and a supplement that serves
 * two states. */
#define DESK                                                                                               \
    MINI_HEAD MINI_POLICY                                                                                  \
        "levels = city 市级, county 县级\nmeasures = cpu 处理器\n" MINI_PEOPLE                             \
        "[form]\nentry = 表\n"                                                                            \
        "[field.entry]\nsubject = 事由, text ..20\ndays = 天数, number 15..30 d, default 30\n"         \
        "resources = 清单, items\nkind = 类型, choice virtual 虚拟, physical 实体, per item\n"     \
        "needed_on = 需要日, date today.., optional\n"                                                  \
        "[field.handling]\nreason = 理由, lines\nlacking = 需补事项, points\n"                       \
        "supplied = 补正说明, answers lacking\nview = 意见, lines\nnote = 备注, lines, optional\n" \
        "weight = 权重, number 1..5, default 3\nproof = 证明, paper use 使用, safety 安全\n"       \
        "delivered = 交付, number 0.., per item, default 0\n"                                            \
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"            \
        "[state.p]\ndraft = 草稿, with unit, edit\nreceived = 收件, with clerk\n"                      \
        "review = 审核, with clerk, clock c\nmore = 补正, with unit, holds c, edit\n"                  \
        "signing = 签发, with leader, clock c\nworking = 实施, with unit\n"                            \
        "over = 办结, final done\ndrop = 撤销, final dropped\n"                                        \
        "[event.p]\nsubmit = 提交, from draft, to received if org.level = county, review\n"              \
        "county_pass = 县同意, from received, to review\n"                                              \
        "ask = 要求补正, from received, review, to more, form lacking\n"                               \
        "resubmit = 补正, from more, to back, form supplied\n"                                           \
        "propose = 提出意见, from review, to signing, form view, weight\n"                             \
        "approve = 签发, from signing, by leader, clerk, to working, form note\n"                        \
        "send_back = 退回, from signing, to review, form reason\n"                                       \
        "deliver = 交付, from working, form delivered, proof\n"                                          \
        "finish = 办结, from working, when count(deliver) > 0, to over\n"                                \
        "dropit = 撤销, from any, by unit, to drop\n"                                                    \
        "[rule.p]\nonce = 应一次告知, on ask, must count(ask) < 1, else leader, article 1\n"          \
        "apart = 签发人不得是审核人, on approve, must not did(propose), article 1\n"              \
        "light = 权重过高, on propose, must weight < 5, else reason, article 1\n"                      \
        "off = 已关, on propose, must no, else ignore, article 1\n"                                      \
        "some = 应有实体资源, on submit, must any(item.kind = physical), article 1\n"                \
        "small = 过大, on submit, must total(cpu) <= 100, article 1\n"                                   \
        "[clock]\nc = 审核, limit 5wd, article 1\n"

#define APPLICATION "subject=门户\nitem.BMS.quantity=2\nitem.BMS.kind=physical\nitem.BMS.cpu=8\n"

static struct play *drafted(const char *when)
{
    struct play *play = play_new(DESK);
    play_open(play, when, "p", "unit", APPLICATION);
    return play;
}

static struct play *reviewed(const char *when)
{
    struct play *play = drafted(when);
    play_act(play, when, "submit", "unit", "");
    return play;
}

static struct play *signing(const char *when)
{
    struct play *play = reviewed(when);
    play_act(play, when, "propose", "clerk/chen", "view=可行\nweight=3\n");
    return play;
}

static void rule_8_1_offered(void **state)
{
    (void)state;
    struct play *play = reviewed("2019-09-23");
    assert_string_equal(play_refused(play, "2019-09-23", "finish", "unit", ""), "state 1\n");
    assert_string_equal(
        play_refused(play, "2019-09-23", "propose", "unit", "view=可行\nweight=3\n"), "role 1\n");
    play_act(play, "2019-09-23", "propose", "clerk/chen", "view=可行\nweight=3\n");
    play_act(play, "2019-09-24", "approve", "leader", "");
    assert_string_equal(play_refused(play, "2019-09-24", "finish", "unit", ""), "when 1\n");
    play_free(play);
}

static void rule_8_2_the_form_is_asked_anew(void **state)
{
    (void)state;
    struct play *play = signing("2019-09-23");
    play_act(play, "2019-09-24", "send_back", "leader", "reason=再议\n");
    /* an earlier entry does not stand for this time, nor does a default once something was entered
     */
    assert_string_equal(play_refused(play, "2019-09-24", "propose", "clerk/chen", ""),
                        "field view 1\nfield weight 1\n");
    play_act(play, "2019-09-24", "propose", "clerk/chen", "view=可行二\nweight=4\n");
    play_free(play);
    play = reviewed("2019-09-23"); /* nothing was entered yet: the default is read */
    play_act(play, "2019-09-23", "propose", "clerk/chen", "view=可行\n");
    play_free(play);
}

#define OPEN_ENDED                                                                                                         \
    MINI_HEAD MINI_POLICY MINI_PEOPLE                                                                                      \
        "[form]\nentry = 表\n[field.entry]\nsubject = 事由, text\n"                                                     \
        "[field.order]\nmend_by = 期限, date, default +10wd\nnote = 备注, lines, optional\n"                           \
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"                            \
        "[state.p]\ndraft = 草稿, with unit, edit\nwork = 办理, with clerk\nmending = 整改, with unit, clock c\n"    \
        "over = 办结, final done\n[event.p]\nsubmit = 提交, from draft, to work\n"                                     \
        "order = 责令, from work, to mending, form mend_by\nremark = 备注, from mending, by leader, form note\n"       \
        "mended = 整改完毕, from mending, to over\nagain = 再次, from mending, by clerk, to mending, form mend_by\n" \
        "[clock]\nc = 整改, limit mend_by, article 1\n"

/* A draft is kept as typed; it is judged when it is handed in. */
static void rule_8_2_a_draft_is_kept_as_typed(void **state)
{
    (void)state;
    struct play *play = play_new(DESK);
    play_open(play, "2019-09-23", "p", "unit",
              APPLICATION "days=14\nitem.VM.quantity=0\nitem.VM.kind=other\n");
    assert_string_equal(play_refused(play, "2019-09-23", "submit", "unit", ""),
                        "field VM 1\nfield days 1\nfield kind VM 1\nrule small 1\n");
    play_act(play, "2019-09-24", "submit", "unit", "days=15\nitem.VM.quantity=\n");
    play_free(play);
}

/* A default like +10wd is counted from the act that asks for it, not from whatever happens later.
 */
static void rule_8_2_a_relative_default_does_not_slide(void **state)
{
    (void)state;
    struct play *play = play_new(OPEN_ENDED);
    play_open(play, "2019-09-02", "p", "unit", "subject=甲\n");
    play_act(play, "2019-09-02", "submit", "unit", "");
    play_act(play, "2019-09-03", "order", "clerk", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-18");
    play_act(play, "2019-09-06", "remark", "leader", "note=知悉\n");
    assert_string_equal(play_clock(play, "c"), "running 2019-09-18");
    play_act(play, "2019-09-09", "again", "clerk", ""); /* asked anew, while nothing was entered */
    assert_string_equal(play_clock(play, "c"), "running 2019-09-24");
    play_free(play);
}

static void rule_8_2_all_failures_at_once(void **state)
{
    (void)state;
    struct play *play = play_new(DESK);
    play_open(play, "2019-09-23", "p", "unit",
              "item.VM.quantity=20\nitem.VM.kind=virtual\nitem.VM.cpu=8\ndays=30\n");
    assert_string_equal(
        play_refused(play, "2019-09-23", "submit", "unit", "days=31\nneeded_on=2019-09-01\n"),
        "field days 1\nfield needed_on 1\nfield subject 1\nrule some 1\nrule small 1\n");
    assert_string_equal(play_state(play), "draft"); /* nothing changed */
    play_free(play);
}

static void rule_8_2_entries_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *entry, *reason;
    } rows[] = {
        {"days=14\n", "field days 1\n"},
        {"days=31\n", "field days 1\n"},
        {"days=x\n", "field days 1\n"},
        {"subject=一二三四五六七八九十一二三四五六七八九十一\n", "field subject 1\n"},
        {"needed_on=2019-13-01\n", "field needed_on 1\n"},
        {"item.BMS.kind=other\n", "field kind BMS 1\n"},
        {"item.BMS.quantity=0\n", "field BMS 1\n"},
        {"item.BMS.colour=red\n", "field BMS 1\n"},
        {"view=早\n", "field view 1\n"},
        {"nonsense=1\n", "field nonsense 1\n"},
        {"subject=\xff\xfe\n", "field subject 1\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct play *play = drafted("2019-09-23");
        const char *said = play_refused(play, "2019-09-23", "submit", "unit", rows[i].entry);
        if (strstr(said, rows[i].reason) == NULL) {
            fail_msg("%s: %s", rows[i].entry, said);
        }
        play_free(play);
    }
}

static void rule_8_2_answers_and_papers_are_whole(void **state)
{
    (void)state;
    struct play *play = reviewed("2019-09-23");
    play_act(play, "2019-09-23", "ask", "clerk", "lacking=图|表\n");
    assert_string_equal(play_refused(play, "2019-09-24", "resubmit", "unit", "supplied=一\n"),
                        "field supplied 1\n");
    play_act(play, "2019-09-24", "resubmit", "unit", "supplied=一|二\n");
    play_act(play, "2019-09-24", "propose", "clerk/chen", "view=可行\n");
    play_act(play, "2019-09-24", "approve", "leader", "");
    assert_string_equal(play_refused(play, "2019-09-25", "deliver", "unit", "proof=use\n"),
                        "field proof 1\n");
    play_act(play, "2019-09-25", "deliver", "unit", "proof=use+safety\nitem.BMS.delivered=2\n");
    play_free(play);
}

static void rule_8_3_giving_way(void **state)
{
    (void)state;
    struct play *play = reviewed("2019-09-23");
    assert_string_equal(
        play_refused(play, "2019-09-23", "propose", "clerk", "view=可行\nweight=5\n"),
        "rule light 1\n");
    play_act_because(play, "2019-09-23", "propose", "clerk", "view=可行\nweight=5\n", "汛期");
    play_free(play);
    play = reviewed("2019-09-23");
    play_act(play, "2019-09-23", "ask", "clerk", "lacking=图\n");
    play_act(play, "2019-09-24", "resubmit", "unit", "supplied=一\n");
    assert_string_equal(play_refused(play, "2019-09-24", "ask", "clerk", "lacking=表\n"),
                        "rule once 1\n");
    assert_string_equal(play_refused(play, "2019-09-24", "ask", "leader", "lacking=表\n"),
                        "rule once 1\n");
    play_act_because(play, "2019-09-24", "ask", "leader", "lacking=表\n",
                     "确有必要"); /* not in `by`, yet his */
    play_free(play);
    play = reviewed("2019-09-23"); /* a missing entry gives way to nothing */
    struct fold *fold = play_fold(play);
    assert_non_null(fold);
    assert_string_equal(play_refused(play, "2019-09-23", "propose", "clerk", "weight=5\nview=\n"),
                        "field view 1\nrule light 1\n");
    play_free(play);
}

static void rule_8_4_dates(void **state)
{
    (void)state;
    struct play *play = reviewed("2019-09-23");
    assert_string_equal(play_refused(play, "2019-09-20", "ask", "clerk", "lacking=图\n"),
                        "date 1\n");
    play_free(play);
    play = reviewed("2019-09-09");
    assert_string_equal(play_backdated(play, "2019-09-20", "2019-09-27", "dropit", "unit", NULL),
                        ""); /* 5wd back */
    assert_string_equal(play_backdated(play, "2019-09-19", "2019-09-27", "dropit", "unit", NULL),
                        "date 1\n");
    assert_string_equal(play_backdated(play, "2019-09-28", "2019-09-27", "dropit", "unit", NULL),
                        "date 1\n");
    play_free(play);
    play = signing("2019-09-09");
    assert_string_equal(play_backdated(play, "2019-09-09", "2019-09-27", "approve", "leader", NULL),
                        "date 1\n");
    assert_string_equal(
        play_backdated(play, "2019-09-09", "2019-09-27", "approve", "leader", "来文迟到"), "");
    play_free(play);
}

static void rule_8_4_the_desk_has_acted_meanwhile(void **state)
{
    (void)state;
    struct play *play = play_new(MINI("c = 计时, limit 5wd, expires leave, article 1\n"));
    play_open(play, "2019-09-09", "p", "unit", "");
    play_act(play, "2019-09-09", "submit", "unit", "");
    play_look(play, "2019-09-18");
    assert_string_equal(play_desk(play), "leave 2019-09-18\n");
    assert_string_equal(play_refused(play, "2019-09-17", "finish", "clerk", ""), "date 1\n");
    assert_string_equal(play_annul(play, 3, "2019-09-18"), ""); /* the desk's act is taken back */
    assert_string_equal(play_state(play), "work");
    play_free(play);
}

static void rule_8_5_back(void **state)
{
    (void)state;
    struct play *play = play_new(DESK);
    play_open(play, "2019-09-23", "p", "unit", APPLICATION "org.level=county\n");
    play_act(play, "2019-09-23", "submit", "unit", "");
    assert_string_equal(play_state(play), "received");
    play_act(play, "2019-09-23", "ask", "clerk", "lacking=图\n");
    play_act(play, "2019-09-24", "resubmit", "unit", "supplied=一\n");
    assert_string_equal(play_state(play),
                        "received"); /* one supplement serves every state that asks */
    play_act(play, "2019-09-24", "county_pass", "clerk", "");
    play_act_because(play, "2019-09-24", "ask", "leader", "lacking=表\n", "必要");
    play_act(play, "2019-09-25", "resubmit", "unit", "supplied=一\n");
    assert_string_equal(play_state(play), "review");
    play_free(play);
}

#define SIGNED(by)                                                                                               \
    MINI_HEAD MINI_POLICY MINI_PEOPLE                                                                            \
        "[form]\nentry = 表\n[field.entry]\nsubject = 事由, text\n"                                           \
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"                  \
        "[state.p]\ndraft = 草稿, with unit, edit\nopen_now = 已开, with clerk\nover = 办结, final done\n" \
        "[event.p]\nsign = 签署, from draft, by " by ", to over\n"                                               \
        "skip = 略过, from draft, by leader, to open_now\nreturn_it = 退回, from open_now, to draft\n"

static void rule_8_6_all_of(void **state)
{
    (void)state;
    struct play *play = play_new(SIGNED("all of unit, clerk, leader"));
    play_open(play, "2019-09-23", "p", "unit", "subject=甲\n");
    play_act(play, "2019-09-23", "sign", "unit", "");
    assert_string_equal(play_state(play), "draft");
    assert_string_equal(play_refused(play, "2019-09-23", "sign", "unit", ""),
                        "role 1\n"); /* signed already */
    play_act(play, "2019-09-24", "sign", "clerk", "");
    play_act(play, "2019-09-25", "sign", "leader", "");
    assert_string_equal(play_state(play), "over");
    play_free(play);
}

static void rule_8_6_signatures_fall(void **state)
{
    (void)state;
    struct play *play = play_new(SIGNED("all of unit, clerk, leader"));
    play_open(play, "2019-09-23", "p", "unit", "subject=甲\n");
    play_act(play, "2019-09-23", "sign", "unit", "");
    play_act(play, "2019-09-23", "sign", "clerk", "");
    play_act(play, "2019-09-24", "edit", "unit", "subject=乙\n"); /* the application changes */
    play_act(play, "2019-09-24", "sign", "leader", "");
    assert_string_equal(play_state(play), "draft");
    play_act(play, "2019-09-24", "skip", "leader", ""); /* the state changes */
    play_act(play, "2019-09-24", "return_it", "clerk", "");
    play_act(play, "2019-09-25", "sign", "unit", "");
    play_act(play, "2019-09-25", "sign", "clerk", "");
    assert_string_equal(play_state(play), "draft");
    play_act(play, "2019-09-25", "sign", "leader", "");
    assert_string_equal(play_state(play), "over");
    play_free(play);
}

static void rule_8_6_two_of(void **state)
{
    (void)state;
    struct play *play = play_new(SIGNED("2 of clerk, unit"));
    play_open(play, "2019-09-23", "p", "unit", "subject=甲\n");
    play_act(play, "2019-09-23", "sign", "clerk/wang", "");
    assert_string_equal(play_refused(play, "2019-09-23", "sign", "clerk/wang", ""), "role 1\n");
    assert_string_equal(play_state(play), "draft");
    play_act(play, "2019-09-24", "sign", "clerk/zhao", "");
    assert_string_equal(play_state(play), "over");
    play_free(play);
}

#define WAITS                                                                                      \
    MINI_HEAD MINI_POLICY MINI_PEOPLE                                                              \
        "[form]\nentry = 表\n[field.entry]\nstart_on = 起, date\n"                               \
        "[field.more]\nreason = 理由, lines\n"                                                   \
        "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"    \
        "[state.p]\ndraft = 草稿, with unit, edit\nwaiting = 等待, with desk, clock c\n"       \
        "over = 办结, final done\nout = 逾期, final refused\n"                                 \
        "[event.p]\nsubmit = 提交, from draft, by unit, clerk, to waiting\n"                     \
        "arrive = 到, from waiting, when today >= start_on, to over, form reason\n"               \
        "give_up = 逾期, from waiting, by desk, to out, form reason\n"                           \
        "[rule.p]\nnever = 不可, on give_up, must no, article 1\n"                               \
        "[clock]\nc = 等, limit 5wd, expires give_up, article 1\n"

static void rule_8_7_the_desk(void **state)
{
    (void)state;
    struct play *play = play_new(WAITS);
    play_open(play, "2019-09-09", "p", "unit", "start_on=2019-09-12\n");
    play_act(play, "2019-09-09", "submit", "unit", "");
    assert_string_equal(play_with(play), "desk");
    assert_string_equal(play_refused(play, "2019-09-10", "arrive", "clerk", "reason=x\n"),
                        "when 1\nrole 1\n");
    play_look(play, "2019-12-01"); /* as soon as its `when` holds, no field asked */
    assert_string_equal(play_desk(play), "arrive 2019-09-12\n");
    play_free(play);
    play = play_new(WAITS);
    play_open(play, "2019-09-09", "p", "unit", "start_on=2019-10-12\n");
    play_act(play, "2019-09-09", "submit", "unit", "");
    play_look(play, "2019-12-01"); /* what expires names, no rule asked */
    assert_string_equal(play_desk(play), "give_up 2019-09-18\n");
    play_free(play);
}

static void rule_8_7_deemed_acceptance_is_an_expiry(void **state)
{
    (void)state;
    struct play *play =
        play_new(MINI("c = 受理, limit 5wd, expires leave, article 1\n"
                      "[event.p.deemed_end]\ntitle = 视为\nfrom = rest\nwhen = deemed(leave)\n"
                      "to = over\n"));
    play_open(play, "2019-09-09", "p", "unit", "");
    play_act(play, "2019-09-09", "submit", "unit", "");
    play_act(play, "2019-09-18", "deemed_end", "clerk",
             ""); /* by `clerk`, done by the desk the same day */
    assert_string_equal(play_desk(play), "leave 2019-09-18\n");
    play_free(play);
}

static void rule_8_10_did_speaks_of_persons(void **state)
{
    (void)state;
    struct play *play = signing("2019-09-23");
    assert_string_equal(play_refused(play, "2019-09-24", "approve", "leader/chen", ""),
                        "rule apart 1\n");
    assert_string_equal(play_refused(play, "2019-09-24", "approve", "clerk/chen", ""),
                        "rule apart 1\n");
    play_act(play, "2019-09-24", "approve", "clerk/wang", "");
    play_free(play);
}

static void an_act_is_restated(void **state)
{
    (void)state;
    struct play *play = play_new(MINI("c = 计时, limit 5wd, article 1\n"));
    play_open(play, "2019-09-20", "p", "unit", "");
    play_act(play, "2019-09-20", "submit", "unit", "");
    play_act(play, "2019-09-25", "pause", "clerk", "");
    assert_string_equal(play_correct(play, 2, "2019-09-26", "2019-09-23", NULL),
                        ""); /* it came in on Monday */
    assert_string_equal(play_clock(play, "c"), "held 3");
    play_act(play, "2019-09-29", "resume", "unit", "");
    assert_string_equal(play_clock(play, "c"), "running 2019-10-09");
    assert_string_equal(play_correct(play, 2, "2019-09-29", "2019-09-26", NULL),
                        "act 3\n");                                    /* after the pause */
    assert_string_equal(play_annul(play, 3, "2019-09-29"), "act 5\n"); /* nothing to resume then */
    assert_string_equal(play_annul(play, 5, "2019-09-29"), "");
    assert_string_equal(play_state(play), "hold");
    play_free(play);
}

static void what_if_and_the_latest_moment(void **state)
{
    (void)state;
    struct play *play = reviewed("2019-09-23");
    const struct procedure *procedure = fold_result(play_fold(play))->procedure;
    const struct policy *policy = play_policy(play);
    int32_t approve = procedure->event_of[names_find(policy->names, "dropit", 6)];
    int32_t clock;
    char out[MOMENT_TEXT];
    int64_t latest = latest_moment(play_fold(play), approve, &clock);
    assert_string_equal(day_format(moment_day(latest - 1), out), "2019-09-29");
    assert_string_equal(policy->clocks[clock].title.name, "c");
    play_free(play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_8_1_offered),
        cmocka_unit_test(rule_8_2_the_form_is_asked_anew),
        cmocka_unit_test(rule_8_2_a_draft_is_kept_as_typed),
        cmocka_unit_test(rule_8_2_a_relative_default_does_not_slide),
        cmocka_unit_test(rule_8_2_all_failures_at_once),
        cmocka_unit_test(rule_8_2_entries_are_checked),
        cmocka_unit_test(rule_8_2_answers_and_papers_are_whole),
        cmocka_unit_test(rule_8_3_giving_way),
        cmocka_unit_test(rule_8_4_dates),
        cmocka_unit_test(rule_8_4_the_desk_has_acted_meanwhile),
        cmocka_unit_test(rule_8_5_back),
        cmocka_unit_test(rule_8_6_all_of),
        cmocka_unit_test(rule_8_6_signatures_fall),
        cmocka_unit_test(rule_8_6_two_of),
        cmocka_unit_test(rule_8_7_the_desk),
        cmocka_unit_test(rule_8_7_deemed_acceptance_is_an_expiry),
        cmocka_unit_test(rule_8_10_did_speaks_of_persons),
        cmocka_unit_test(an_act_is_restated),
        cmocka_unit_test(what_if_and_the_latest_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
