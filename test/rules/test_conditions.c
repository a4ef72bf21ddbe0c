/* test_conditions.c: conditions of a policy file, section 5 of the guide: lines of the list, words,
 * sums that do not come out. Type by type and place by place: core/test_expr.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/desk.h"
#include "test/support/mini.h"
#include "test/support/policy_text.h"

/* A policy whose one rule must hold what follows. */
#define POLICY_HEAD                                                                                          \
    MINI("c = 计时, limit 5wd, article 1\n")                                                                 \
    "[field.entry]\n"                                                                                        \
    "u = 未知, yesno\nun = 未知数, number\nuday = 未知日, date\nat = 时刻, time\n"                 \
    "three = 三, number\nlong_day = 日, date\ncalm = 平静, yesno\nspan = 期, number 1..9 wd\n"          \
    "kind = 类, choice short 短, long 长\nother = 别类, choice long 长, wide 宽\n"                    \
    "kinds = 诸类, choices short 短, long 长, wide 宽\nukind = 未知类, choice short 短, long 长\n" \
    "note = 说明, text\ngoods = 资源, items\nmark = 标记, yesno, per item\n"                           \
    "[rule.p.r]\ntitle = 规则\non = submit\narticle = 1\nmust = "

struct known_entry {
    const char *field;
    int64_t n;
};

struct asked {
    const struct policy *policy;
    const char *marks; /* of each line: y, n or ? */
};

static int64_t symbol(const struct policy *policy, const char *name)
{
    return names_find(policy->names, name, strlen(name));
}

/* three = 3, long_day = 2019-09-27, at = 2019-09-27 10:00, calm = yes, span = 5wd, kind = long,
 * other = long, kinds = short and wide; note and goods entered; all else not. Of line N the
 * quantity is N, from 1. */
static struct value leaf(const struct scope *scope, const struct expr *expr)
{
    const struct asked *asked = scope->self;
    const struct policy *policy = asked->policy;
    if (expr->op == EXPR_ITEM) {
        char mark = asked->marks[scope->line];
        return expr->index == 0 ? value_of((scope->line + 1) * (int64_t)MICRO)
               : mark == '?'    ? value_unknown()
                                : value_of(mark == 'y');
    }
    assert_int_equal(expr->op, EXPR_FACT);
    int32_t day = 0;
    assert_true(day_parse("2019-09-27", 10, &day));
    const struct known_entry entries[] = {
        {"three", 3 * (int64_t)MICRO},
        {"long_day", day},
        {"at", moment_of(day, 10 * 3600)},
        {"calm", 1},
        {"span", 5},
        {"kind", symbol(policy, "long")},
        {"other", symbol(policy, "long")},
        {"kinds", 1 | 4},
        {"note", 0},
        {"goods", 0},
    };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (strcmp(policy->slots[expr->index].name, entries[i].field) == 0) {
            return value_of(entries[i].n);
        }
    }
    return value_unknown();
}

/* 'y', 'n' or '?', on lines of which MARKS tells the column mark. */
static char ask_lines(const char *condition, const char *marks)
{
    struct calendar *calendar;
    struct text text = {0}, error = {0};
    int32_t today = 0;
    text_addf(&text, "%s%s\n", POLICY_HEAD, condition);
    struct policy *policy = policy_of_text(text_bytes(&text), NULL);
    text_free(&text);
    assert_true(day_parse("2019-10-01", 10, &today));
    assert_int_equal(desk_calendar(NULL, &calendar, &error), 0);
    struct asked asked = {policy, marks};
    struct scope scope = {
        .revision = calendar_as_of(calendar, today),
        .now = moment_of(today, 12 * 3600),
        .leaf = leaf,
        .line_count = (int32_t)strlen(marks),
        .self = &asked,
    };
    const struct expr *must = policy->procedures[0].rules[0].must;
    struct value value = expr_eval(must, &scope);
    assert_int_equal(expr_holds(must, &scope), value.known && value.n);
    calendar_free(calendar);
    policy_free(policy);
    return !value.known ? '?' : value.n ? 'y' : 'n';
}

struct row {
    const char *condition;
    char want;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char got = ask_lines(rows[i].condition, "");
        if (got != rows[i].want) {
            fail_msg("%s: wanted %c, got %c", rows[i].condition, rows[i].want, got);
        }
    }
}
#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void numbers_in_millionths(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"1 / 3 = 0.333333", 'y'}, /* rounded half away from 0 */
        {"2 / 3 = 0.666667", 'y'},
        {"-2 / 3 = -0.666667", 'y'},
        {"0.000001 / 2 = 0.000001", 'y'},
        {"-0.000001 / 2 = -0.000001", 'y'},
        {"0.000001 * 0.4 = 0", 'y'},
        {"0.000001 * 0.5 = 0.000001", 'y'},
        {"0.1 + 0.2 = 0.3", 'y'},
        {"1.5 * 1.5 = 2.25", 'y'},
        {"999999999999.999999 + 0.000001 = 1000000 * 1000000", 'y'},
        {"3000000 * 3000000 > 0", 'y'},
        {"4000000 * 4000000 > 0", '?'}, /* too large to be held */
        {"-4000000 * 4000000 < 0", '?'},
        {"999999999999 / 0.000001 > 0", '?'},
        {"3000000 * 3000000 + 3000000 * 3000000 > 0", '?'},
        {"-3000000 * 3000000 - 3000000 * 3000000 < 0", '?'},
        {"1 / 0 = 0", '?'},
        {"0 / 0 = 0", '?'},
        {"1 / (three - 3) > 5", '?'},
        {"1 / 0 = 0 or yes", 'y'},
        {"not (1 / 0 > 1) and no", 'n'},
    };
    CHECK(rows);
}

static void words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"kind = long", 'y'},
        {"kind != short", 'y'},
        {"kind = other", 'y'}, /* two fields, one word */
        {"kind in (short, long)", 'y'},
        {"kind in (short)", 'n'},
        {"not kind in (short)", 'y'},
        {"short in kinds", 'y'},
        {"long in kinds", 'n'},
        {"wide in kinds", 'y'},
        {"kind in kinds", 'n'},
        {"ukind = long", '?'},
        {"ukind in (short, long)", '?'}, /* not entered is none of them, and not no */
        {"ukind in kinds", '?'},
        {"first(ukind, kind) = long", 'y'},
        {"first(ukind, short) in kinds", 'y'},
    };
    CHECK(rows);
}

static void known_and_first(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"known(three)", 'y'},
        {"known(un)", 'n'},
        {"known(note)", 'y'},
        {"known(goods)", 'y'},
        {"known(1 / 0)", 'n'},
        {"known(u or yes)", 'y'},
        {"known(un) or known(three)", 'y'},
        {"first(un, three) = 3", 'y'},
        {"first(three, un) = 3", 'y'},
        {"first(un, un) = 0", '?'},
        {"first(un, 0) + 1 = 1", 'y'},
        {"first(u, no)", 'n'},
        {"first(uday, long_day) = 2019-09-27", 'y'},
        {"first(first(un, un), 7) = 7", 'y'},
    };
    CHECK(rows);
}

static void unknown_is_not_zero_and_not_no(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"un = 0", '?'},      {"un != 0", '?'}, {"un < 1", '?'},     {"un * 0 = 0", '?'},
        {"un - un = 0", '?'}, {"-un < 0", '?'}, {"un = un", '?'},    {"u = no", '?'},
        {"u != yes", '?'},    {"not u", '?'},   {"u or not u", '?'},
    };
    CHECK(rows);
}

static void lines_of_the_list(void **state)
{
    (void)state;
    static const struct {
        const char *condition, *marks;
        char want;
    } rows[] = {
        {"any(item.mark)", "", 'n'}, /* of no line: no; all of no line: yes */
        {"all(item.mark)", "", 'y'},
        {"any(u)", "", 'n'},
        {"all(u)", "", 'y'},
        {"any(item.mark)", "nny", 'y'},
        {"any(item.mark)", "nnn", 'n'},
        {"any(item.mark)", "n?y", 'y'},
        {"any(item.mark)", "n?n", '?'},
        {"all(item.mark)", "yyy", 'y'},
        {"all(item.mark)", "yyn", 'n'},
        {"all(item.mark)", "y?n", 'n'},
        {"all(item.mark)", "y?y", '?'},
        {"any(item.quantity > 2)", "nnn", 'y'},
        {"any(item.quantity > 3)", "nnn", 'n'},
        {"all(item.quantity >= 1 and not item.mark)", "nnn", 'y'},
        {"any(item.mark and item.quantity = 2)", "yny", 'n'},
        {"any(item.mark and any(item.quantity = 2))", "ynn", 'y'}, /* one list inside another */
        {"any(item.mark) and all(item.quantity < three + 1)", "nyn", 'y'},
        {"not any(item.mark)", "nn", 'y'},
        {"any(kind = long and item.mark)", "?", '?'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got = ask_lines(rows[i].condition, rows[i].marks);
        if (got != rows[i].want) {
            fail_msg("%s on %s: wanted %c, got %c", rows[i].condition, rows[i].marks, rows[i].want,
                     got);
        }
    }
}

static void no_condition_holds(void **state)
{
    (void)state;
    struct scope scope = {0};
    assert_true(expr_holds(NULL, &scope));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_in_millionths), cmocka_unit_test(words),
        cmocka_unit_test(known_and_first),       cmocka_unit_test(unknown_is_not_zero_and_not_no),
        cmocka_unit_test(lines_of_the_list),     cmocka_unit_test(no_condition_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
