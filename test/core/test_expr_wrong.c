/* test_expr_wrong.c: conditions, section 5 of the guide: what is wrong with them, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/expr_node.h"
#include "test/support/expr_bench.h"
#include "test/support/source_text.h"

/* ---- what is wrong, and where ---- */

struct wrong {
    const char *text;
    const struct ground_of *ground;
    int offset;
    const char *sentence; /* how it begins */
};

static void check_wrong(const struct wrong *rows, size_t count)
{
    struct bench bench;
    bench_begin(&bench);
    for (size_t i = 0; i < count; i++) {
        const struct expr *expr = bench_compile(&bench, rows[i].text, *rows[i].ground, VALUE_YESNO);
        if (expr || findings_count(bench.findings) == 0) {
            fail_msg("%s: nothing wrong was found", rows[i].text);
        }
        const struct finding *finding = findings_at(bench.findings, 0);
        struct text said = {0};
        message_expand(&said, message_english(finding->message.id), &finding->message, true);
        if (finding->place.column != rows[i].offset + 1 ||
            strncmp(text_bytes(&said), rows[i].sentence, strlen(rows[i].sentence)) != 0 ||
            findings_count(bench.findings) != 1) {
            fail_msg("%s: %d findings, at %d: %s", rows[i].text,
                     (int)findings_count(bench.findings), finding->place.column - 1,
                     text_bytes(&said));
        }
        text_free(&said);
    }
    bench_end(&bench);
}
#define CHECK_WRONG(rows) check_wrong(rows, sizeof(rows) / sizeof *(rows))

static void errors_of_form_have_their_place(void **state)
{
    (void)state;
    static const struct wrong rows[] = {
        {"", &on_case, 0, "the condition ends"},
        {"yes and", &on_case, 7, "the condition ends"},
        {"not", &on_case, 3, "the condition ends"},
        {"1 +", &on_case, 3, "the condition ends"},
        {"colour in", &on_case, 9, "the condition ends"},
        {"yes no", &on_case, 4, "“no” follows a condition that is complete"},
        {"colour = red, green", &on_case, 12, "“,” follows"},
        {"1 < 2 < 3", &on_case, 6, "“<” follows"},
        {"(yes", &on_case, 4, "the condition ends before its bracket"},
        {"(yes]", &on_case, 4, "“]” stands where the bracket goes on or ends"},
        {"did(accept", &on_case, 10, "the condition ends before its bracket"},
        {"did(accept ask)", &on_case, 11, "“ask” stands where"},
        {"colour in (red green)", &on_case, 15, "“green” stands where"},
        {"colour in (2)", &on_case, 11, "“2” is no word"},
        {"yes and and no", &on_case, 8, "“and” has no meaning here"},
        {"not not yes", &on_case, 4, "“not” has no meaning here"},
        {"? = 1", &on_case, 0, "“?” has no meaning here"},
        {"amount_asked > 你", &on_case, 15, "“你” has no meaning here"},
        {"amount_asked = = 5", &on_case, 15, "“=” has no meaning here"},
        {"1234567890123 > 1", &on_case, 0, "“1234567890123” is too long"},
        {"1 > 0.1234567", &on_case, 4, "“0.1234567” is too long"},
        {"today > 2019-02-30", &on_case, 8, "there is no day “2019-02-30”"},
        {"today > 2019-13-01", &on_case, 8, "there is no day “2019-13-01”"},
        {"today + 5w > today", &on_case, 8, "“5w” has no known unit"},
        {"today + 1.5d > today", &on_case, 8, "“1.5d” has no known unit"},
        {"Colour = red", &on_case, 0, "“C” has no meaning here"},
    };
    CHECK_WRONG(rows);
}

static void errors_of_names_have_their_cure(void **state)
{
    (void)state;
    static const struct wrong rows[] = {
        {"colur = red", &on_case, 0, "“colur” is nothing this policy knows; did you mean colour?"},
        {"nonsense_it_is", &on_case, 0, "“nonsense_it_is” is nothing this policy knows; write"},
        {"colour = gren", &on_case, 9,
         "“gren” is none of the words that may stand here; did you mean green?"},
        {"colour = purple", &on_case, 9,
         "“purple” is none of the words that may stand here; write one of red, green, blue"},
        {"colour in (red, purple)", &on_case, 16, "“purple” is none of the words"},
        {"state = elsewhere", &on_case, 8,
         "“elsewhere” is none of the words that may stand here; write one of draft, work, over, gone"},
        {"doer = unit", &on_case, 7,
         "“unit” is none of the words that may stand here; write one of clerk, vendor"},
        {"org.level = town", &on_case, 12,
         "“town” is none of the words that may stand here; write one of city, county"},
        {"cases(q, state = work) > 0", &on_case, 17,
         "“work” is none of the words that may stand here; write one of seen, done"},
        {"org.name = 1", &on_case, 0, "“org.name” is no fact"},
        {"any(item.quantty > 1)", &on_case, 4,
         "“item.quantty” is no column of the resource list; did you mean item.quantity?"},
        {"any(item.colour = red)", &on_case, 4, "“item.colour” is no column"},
        {"system.kind = virtual", &on_case, 0, "“system.kind” is nothing known of a system"},
        {"kind = virtual", &on_case, 0, "“kind” is a column of the resource list; write item.kind"},
        {"item.kind = virtual", &on_case, 0, "“item.kind” is asked of a line"},
        {"did(acept)", &on_case, 4,
         "“acept” may not stand in these brackets; did you mean accept?"},
        {"did(accept, nobody)", &on_case, 12,
         "“nobody” may not stand in these brackets; a name is meant there (event"},
        {"did(accept + 1)", &on_case, 11,
         "“+” may not stand in these brackets; a name is meant there (event"},
        {"on_time(mothly) > 1", &on_score, 8,
         "“mothly” may not stand in these brackets; did you mean monthly?"},
        {"total(memry) > 1", &on_case, 6,
         "“memry” may not stand in these brackets; did you mean memory?"},
        {"system.onlin", &on_case, 0,
         "“system.onlin” is nothing known of a system; did you mean system.online?"},
        {"did(finish)", &on_case, 4, "“finish” may not stand"},
        {"late(monthly)", &on_case, 5,
         "“monthly” may not stand in these brackets; a name is meant there (clock"},
        {"total(disk) > 1", &on_case, 6,
         "“disk” may not stand in these brackets; a name is meant there (measure"},
        {"cases(r, open) > 1", &on_case, 6,
         "“r” may not stand in these brackets; a name is meant there (procedure"},
        {"cards(green) > 1", &on_score, 6, "“green” may not stand"},
        {"count(accept) > 1", &on_score, 6,
         "“accept” may not stand in these brackets; a name is meant there (PROCEDURE.EVENT"},
        {"count(p.finish) > 1", &on_score, 6, "“p.finish” may not stand"},
        {"on_time(accept) > 1", &on_score, 8, "“accept” may not stand"},
        {"cuont(accept) > 1", &on_case, 0, "there is no function “cuont”; did you mean count?"},
        {"sum_it_all(accept) > 1", &on_case, 0, "there is no function “sum_it_all”; the functions"},
        {"late() or yes", &on_case, 0, "late(…) does not take so many arguments; it takes 1"},
        {"late(c, e)", &on_case, 0, "late(…) does not take so many arguments"},
        {"first(1) = 1", &on_case, 0, "first(…) does not take so many arguments; it takes 2"},
        {"cases(q) > 1", &on_case, 0, "cases(…) does not take so many arguments; it takes 2"},
        {"did()", &on_case, 0, "did(…) does not take so many arguments; it takes one or more"},
    };
    CHECK_WRONG(rows);
}

static void errors_of_type_name_both(void **state)
{
    (void)state;
    static const struct wrong rows[] = {
        {"5", &on_case, 0, "this comes to a number; a yes/no is meant here"},
        {"colour", &on_case, 0, "this comes to a word; a yes/no"},
        {"yes and 5", &on_case, 8, "this comes to a number; a yes/no"},
        {"not on", &on_case, 4, "this comes to a day; a yes/no"},
        {"any(item.quantity)", &on_case, 4, "this comes to a number; a yes/no"},
        {"cases(q, today) > 1", &on_case, 9, "this comes to a day; a yes/no"},
        {"amount_asked = yes", &on_case, 13, "a number and a yes/no do not go together"},
        {"on = at", &on_case, 3, "a day and a moment do not go together"},
        {"on > 5", &on_case, 3, "a day and a number do not go together"},
        {"days = 20wd", &on_case, 5, "a period in d and a period in wd do not go together"},
        {"days = 20", &on_case, 5, "a period in d and a number do not go together"},
        {"days < 20d", &on_case, 5, "a period in d is neither more nor less"},
        {"days < 20", &on_case, 5, "a period in d is neither more nor less"},
        {"colour < red", &on_case, 7, "a word is neither more nor less"},
        {"willing > no", &on_case, 8, "a yes/no is neither more nor less"},
        {"colour = doer", &on_case, 7, "the two have no word in common"},
        {"note = note", &on_case, 0, "text cannot be compared"},
        {"1 = note", &on_case, 4, "text cannot be compared"},
        {"tags = tags", &on_case, 0, "several words cannot be compared"},
        {"first(note, note) = 1", &on_case, 6, "text cannot be compared"},
        {"first(days, 3wd) = 3wd", &on_case, 0, "a period in d and a period in wd do not"},
        {"first(1, on) = 1", &on_case, 0, "a number and a day do not go together"},
        {"today + 5 > today", &on_case, 6, "a day and a number cannot be added"},
        {"today + 5h > today", &on_case, 6, "a day and a period in h cannot be added"},
        {"today - on = 5", &on_case, 6, "a day and a day cannot be added"},
        {"5d + today = today", &on_case, 3, "a period in d and a day cannot be added"},
        {"colour + 1 = 2", &on_case, 7, "a word and a number cannot be added"},
        {"on * 2 = 4", &on_case, 0, "this comes to a day; a number is meant"},
        {"-willing = 1", &on_case, 1, "this comes to a yes/no; a number"},
        {"red in colour", &on_case, 7, "a word holds no words"},
        {"amount_asked in (red)", &on_case, 0, "a number stands before in; a word"},
        {"5 in tags", &on_case, 0, "a number stands before in"},
        {"blue in tags", &on_case, 0, "“blue” is none of the words that may stand here"},
    };
    CHECK_WRONG(rows);
}

static void each_stands_where_it_may(void **state)
{
    (void)state;
    static const struct wrong rows[] = {
        {"colour = red", &on_system, 0,
         "“colour” cannot be known here, where conditions speak of a system"},
        {"state = work", &on_system, 0, "“state” cannot be known here"},
        {"open", &on_org, 0,
         "“open” cannot be known here, where conditions speak of an organisation"},
        {"due = today", &on_usage, 0, "“due” cannot be known here"},
        {"system.online", &on_org, 0, "“system.online” cannot be known here"},
        {"system.online", &on_score, 0, "“system.online” cannot be known here"},
        {"samples > 1", &on_case, 0, "“samples” cannot be known here"},
        {"resource.used", &on_case, 0, "“resource.used” cannot be known here"},
        {"item.quantity > 1", &on_usage, 0, "“item.quantity” cannot be known here"},
        {"did(accept)", &on_usage, 0,
         "did(…) has nothing to speak of here, where conditions speak of a month's figures"},
        {"any(yes)", &on_system, 0, "any(…) has nothing to speak of here"},
        {"late(c)", &on_score, 0, "late(…) has nothing to speak of here"},
        {"avg(cpu) > 1", &on_org, 0, "avg(…) has nothing to speak of here"},
        {"free(cpu) > 1", &on_usage, 0, "free(…) has nothing to speak of here"},
        {"cards(red) > 1", &on_case, 0, "cards(…) has nothing to speak of here"},
        {"systems(yes) > 1", &on_case, 0, "systems(…) has nothing to speak of here"},
        {"systems(colour = red) > 1", &on_score, 8, "“colour” cannot be known here"},
        {"on_time(c) > 1", &on_case, 0, "on_time(…) has nothing to speak of here"},
        {"cases(q, item.quantity > 1) > 0", &on_case, 9, "“item.quantity” is asked of a line"},
    };
    CHECK_WRONG(rows);
}

static void several_errors_are_told_at_once(void **state)
{
    (void)state;
    struct bench bench;
    bench_begin(&bench);
    assert_null(bench_compile(&bench, "colur = red and amout_asked > 1 or colour in (gren, bleu)",
                              on_case, VALUE_YESNO));
    assert_int_equal(findings_count(bench.findings), 4);
    bench_end(&bench);
}

/* ---- hostile text ---- */

static void repeated(struct text *out, const char *piece, int times)
{
    for (int i = 0; i < times; i++) {
        text_add(out, piece);
    }
}

static void nesting_goes_32_deep(void **state)
{
    (void)state;
    static const char *const opens[] = {"(", "known(", "-", "not known("};
    static const char *const closes[] = {")", ")", "", ")"};
    struct bench bench;
    bench_begin(&bench);
    for (int i = 0; i < 4; i++) {
        for (int depth = 31; depth <= 34; depth++) {
            struct text text = {0};
            repeated(&text, opens[i], depth);
            text_add(&text, "1");
            repeated(&text, closes[i], depth);
            enum value_type want = i == 1 || i == 3 ? VALUE_YESNO : VALUE_NUMBER;
            const struct expr *expr = bench_compile(&bench, text_bytes(&text), on_case, want);
            assert_int_equal(expr != NULL, depth <= NODE_DEPTH);
            if (!expr) {
                assert_int_equal(findings_at(bench.findings, 0)->message.id, MESSAGE_expr_deep);
            }
            text_free(&text);
        }
    }
    bench_end(&bench);
}

static void a_mebibyte_of_anything_is_reported(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "(",    "1+",   "a", "9",  "yes and ", "did(", "-", "known(1) or ", "colour in (red,",
        "not ", "\xff", ".", "1d+"};
    struct bench bench;
    bench_begin(&bench);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct text text = {0};
        repeated(&text, pieces[i], (1 << 20) / (int)strlen(pieces[i]));
        assert_null(bench_compile(&bench, text_bytes(&text), on_case, VALUE_YESNO));
        assert_true(findings_count(bench.findings) > 0);
        text_free(&text);
    }
    bench_end(&bench);
}

/* Terms double what they use, ten and twenty times over. */
static void terms_do_not_grow_without_bound(void **state)
{
    (void)state;
    struct text text = {0};
    text_add(&text, EXPR_POLICY);
    text_add(&text, "[term]\nt0 = 〇, means willing\n");
    for (int i = 1; i <= 30; i++) {
        text_addf(&text, "t%d = 词, means t%d and t%d\n", i, i - 1, i - 1);
    }
    text_add(&text, "[rule.p]\ndeep = 深, on close, must t30, article 1\n");
    struct findings *findings = findings_new();
    struct draft *draft = draft_of_text(text_bytes(&text), findings);
    assert_null(policy_compile(draft, NULL, 0, findings));
    assert_int_equal(findings_count(findings), 1);
    assert_int_equal(findings_at(findings, 0)->message.id, MESSAGE_expr_long);
    draft_free(draft);
    findings_free(findings);
    text_free(&text);
}

static void a_term_that_means_itself_is_told(void **state)
{
    (void)state;
    struct text text = {0};
    text_add(&text, EXPR_POLICY);
    text_add(&text, "[term]\nhen = 鸡, means egg\negg = 蛋, means hen or willing\n"
                    "[rule.p]\nround = 圈, on close, must hen, article 1\n");
    struct findings *findings = findings_new();
    struct draft *draft = draft_of_text(text_bytes(&text), findings);
    assert_null(policy_compile(draft, NULL, 0, findings));
    char *said = findings_text(findings);
    assert_non_null(
        strstr(said, "term.egg means: term “hen” means itself; define it without itself"));
    assert_int_equal(findings_count(findings), 1);
    free(said);
    draft_free(draft);
    findings_free(findings);
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_of_form_have_their_place),
        cmocka_unit_test(errors_of_names_have_their_cure),
        cmocka_unit_test(errors_of_type_name_both),
        cmocka_unit_test(each_stands_where_it_may),
        cmocka_unit_test(several_errors_are_told_at_once),
        cmocka_unit_test(nesting_goes_32_deep),
        cmocka_unit_test(a_mebibyte_of_anything_is_reported),
        cmocka_unit_test(terms_do_not_grow_without_bound),
        cmocka_unit_test(a_term_that_means_itself_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
