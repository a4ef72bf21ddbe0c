/* test_query.c: the query language: what is understood, what is complained of and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "core/query.h"

static void add_date(struct text *out, struct query_date date)
{
    char day[DAY_TEXT];
    switch (date.unit) {
    case QUERY_ON:
        text_add(out, day_format(date.number, day));
        break;
    case QUERY_DAYS:
        text_addf(out, "%dd", (int)date.number);
        break;
    case QUERY_WORKDAYS:
        text_addf(out, "%dwd", (int)date.number);
        break;
    case QUERY_MONTHS:
        text_addf(out, "%dmo", (int)date.number);
        break;
    }
}

/* A term as the tests write it: @COLUMN+LENGTH [-]FIELD OPERATOR VALUE|VALUE. */
static void add_term(struct text *out, const struct query_term *term)
{
    static const char *const compares[] = {":", "<", "<=", ">", ">="};
    const char *name = query_name(term->field, 0);
    text_addf(out, "%s@%d+%d %s%s", out->length ? "; " : "", (int)term->column, (int)term->length,
              term->negated ? "-" : "", name ? name : "text");
    if (term->field == QUERY_SORT) {
        text_addf(out, " by %s%s", query_name(term->sort, 0), term->backwards ? " backwards" : "");
        return;
    }
    for (int32_t i = 0; i < term->count; i++) {
        text_add(out, i ? "|" : compares[term->compare]);
        if (term->dates) {
            add_date(out, term->dates[i]);
        } else {
            text_add(out, term->values[i]);
        }
    }
}

static void understood(void **state)
{
    (void)state;
    static const struct {
        const char *text, *terms;
    } rows[] = {
        {"", ""},
        {" \t　 ", ""},
        {"县区", "@1+2 text:县区"},
        {"state:review,signing", "@1+20 state:review|signing"},
        {"STATE:Review", "@1+12 state:Review"},
        {"due<=3wd state:审核 org:公安 card:red 县区 -paused",
         "@1+8 due<=3wd; @10+8 state:审核; @19+6 org:公安; @26+8 card:red; @35+2 text:县区; "
         "@38+7 -paused"},
        {"mine late soon closed open provisional",
         "@1+4 mine; @6+4 late; @11+4 soon; @16+6 closed; @23+4 open; @28+11 provisional"},
        {"我的 逾期 将到期 已结 未结 暂停 -暂定",
         "@1+2 mine; @4+2 late; @7+3 soon; @11+2 closed; @14+2 open; @17+2 paused; @20+3 "
         "-provisional"},
        {"状态：审核，签发 单位:公安", "@1+8 state:审核|签发; @10+5 org:公安"},
        {"到期≤3个工作日", "@1+8 due<=3wd"},
        {"到期＜＝明天", "@1+6 due<=1d"},
        {"到期：≥今天", "@1+6 due>=0d"},
        {"类别:access 系统:医保 经办:zhang 县区=金水 编号:入云〔2026〕",
         "@1+9 procedure:access; @11+5 system:医保; @17+8 handler:zhang; @26+5 county:金水; "
         "@32+11 number:入云〔2026〕"},
        {"环节:reviewer with:reviewer 卡:红", "@1+11 with:reviewer; @13+13 with:reviewer; "
                                              "@27+3 card:红"},
        {"opened>=2026-01-01 changed>=-7d", "@1+18 opened>=2026-01-01; @20+12 changed>=-7d"},
        {"due:today,tomorrow,-2wd", "@1+23 due:0d|1d|-2wd"},
        {"due<2026-12-01", "@1+14 due<2026-12-01"},
        {"due>2026/1/5 due>2026年1月5日 due>2026.1.5",
         "@1+12 due>2026-01-05; @14+13 due>2026-01-05; @28+12 due>2026-01-05"},
        {"due<=+2w due<1mo due<2个月 due>-3天 due<5日 opened:昨天",
         "@1+8 due<=14d; @10+7 due<1mo; @18+7 due<2mo; @26+7 due>-3d; @34+6 due<5d; @41+9 "
         "opened:-1d"},
        {"\"两个 词\"", "@1+6 text:两个 词"},
        {"“两个 词”,b", "@1+8 text:两个 词|b"},
        {"\"mine\" \"state:x\" \"a,b\"", "@1+6 text:mine; @8+9 text:state:x; @18+5 text:a,b"},
        {"\"say \\\"hi\\\" \\\\\"", "@1+15 text:say \"hi\" \\"},
        {"org:\"郑州 市局\",公安", "@1+14 org:郑州 市局|公安"},
        {"-org:公安 －state:a", "@1+7 -org:公安; @9+8 -state:a"},
        {"--x", "@1+3 -text:-x"},
        {"10:30 a1:b", "@1+5 text:10:30; @7+4 text:a1:b"},
        {":x", "@1+2 text::x"},
        {"number:a:b", "@1+10 number:a:b"},
        {"sort:due", "@1+8 sort by due"},
        {"排序：-收件 x", "@1+6 sort by opened backwards; @8+1 text:x"},
        {"vendor:云厂", "@1+9 vendor:云厂"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new();
        struct query query;
        struct query_fault fault;
        struct text out = {0};
        if (!query_parse(rows[i].text, strlen(rows[i].text), arena, &query, &fault)) {
            message_expand(&out, message_english(fault.message.id), &fault.message, true);
            fail_msg("%s: %s", rows[i].text, text_bytes(&out));
        }
        for (int32_t term = 0; term < query.count; term++) {
            add_term(&out, &query.terms[term]);
        }
        assert_string_equal(text_bytes(&out), rows[i].terms);
        text_free(&out);
        arena_free(arena);
    }
}

/* The fault of TEXT as "+LENGTH sentence". */
static void fault_is(const char *text, size_t size, const char *expected)
{
    struct arena *arena = arena_new();
    struct query query;
    struct query_fault fault;
    if (query_parse(text, size, arena, &query, &fault)) {
        fail_msg("%s: no fault", text);
    }
    assert_int_equal(query.count, 0);
    struct text out = {0};
    text_addf(&out, "+%d ", (int)fault.length);
    message_expand(&out, message_english(fault.message.id), &fault.message, true);
    assert_string_equal(text_bytes(&out), expected);
    text_free(&out);
    arena_free(arena);
}

static void complained_of(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } rows[] = {
        {"县区 stat:a", "+4 column 4: “stat” is no field; write state, or put text in quotes"},
        {"状太:a", "+2 column 1: “状太” is no field; write 状态, or put text in quotes"},
        {"https://x",
         "+5 column 1: “https” is no field; write one of state, procedure, org, system, county, "
         "vendor, handler, with, clock, card, number, article, duty, due, opened, changed, sort, or put text in quotes"},
        {"x mine:y", "+6 column 3: “mine” takes no value; write it alone, or put text in quotes"},
        {"state<a", "+6 column 1: “state” is no date and cannot be compared; write : and a value"},
        {"a -org:", "+0 column 8: a value is missing; write one, as in state:review or due:today"},
        {"state:a,,b",
         "+0 column 9: a value is missing; write one, as in state:review or due:today"},
        {"state:a,\"\"",
         "+2 column 9: a value is missing; write one, as in state:review or due:today"},
        {"到期<=3",
         "+1 column 5: “3” is no date; write it as 2026-12-01, today, 3wd, 7d, 2mo or -7d"},
        {"due:today,2026-02-30",
         "+10 column 11: “2026-02-30” is no date; write it as 2026-12-01, today, 3wd, 7d, 2mo or "
         "-7d"},
        {"due<99999d",
         "+6 column 5: “99999d” is no date; write it as 2026-12-01, today, 3wd, 7d, 2mo or -7d"},
        {"due<1429w",
         "+5 column 5: “1429w” is no date; write it as 2026-12-01, today, 3wd, 7d, 2mo or -7d"},
        {"due<1d,2d", "+5 column 5: only one date can be compared with; write one"},
        {"sort:-opend", "+5 column 7: “opend” is nothing to sort by; write opened"},
        {"sort:vendor",
         "+6 column 6: “vendor” is nothing to sort by; write one of state, procedure, org, system, "
         "county, handler, card, number, due, opened, changed"},
        {"sort:-", "+0 column 7: a value is missing; write one, as in state:review or due:today"},
        {"-sort:-due", "+10 column 1: the order cannot be denied; write sort:-due for the reverse"},
        {"sort:due x sort:org",
         "+8 column 12: there is one order only; write sort: once, with one name"},
        {"sort:due,org", "+12 column 1: there is one order only; write sort: once, with one name"},
        {"局 a\"b c", "+4 column 4: the quote does not end; write another at its end"},
        {"“b \"", "+4 column 1: the quote does not end; write another at its end"},
        {"a - b", "+1 column 3: - stands alone; write behind it what shall not be, as in -paused"},
        {"局\xE5\x91", "+1 column 2 holds bytes that are no UTF-8 text; type it again"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fault_is(rows[i].text, strlen(rows[i].text), rows[i].fault);
    }
}

static void bounds(void **state)
{
    (void)state;
    struct text text = {0};
    for (int i = 0; i < QUERY_TERMS_MOST; i++) {
        text_add(&text, "a ");
    }
    struct arena *arena = arena_new();
    struct query query;
    struct query_fault fault;
    assert_true(query_parse(text_bytes(&text), text.length, arena, &query, &fault));
    assert_int_equal(query.count, QUERY_TERMS_MOST);
    text_add(&text, "b");
    fault_is(text_bytes(&text), text.length,
             "+1 column 129: there are too many terms; at most 64 are read");
    text_clear(&text);
    text_add(&text, "org:a");
    for (int i = 1; i < QUERY_VALUES_MOST; i++) {
        text_add(&text, ",a");
    }
    assert_true(query_parse(text_bytes(&text), text.length, arena, &query, &fault));
    assert_int_equal(query.terms[0].count, QUERY_VALUES_MOST);
    text_add(&text, ",b");
    fault_is(text_bytes(&text), text.length,
             "+65 column 5: there are too many values; at most 32 may stand behind a field");
    text_clear(&text);
    for (int i = 0; i < QUERY_BYTES_MOST; i++) {
        text_add(&text, "a");
    }
    assert_true(query_parse(text_bytes(&text), text.length, arena, &query, &fault));
    text_add(&text, "a");
    fault_is(text_bytes(&text), text.length,
             "+0 the query is too long; at most 4096 bytes are read");
    text_free(&text);
    arena_free(arena);
}

/* The cursor is at | in TEXT. */
static void spots(void **state)
{
    (void)state;
    static const struct {
        const char *text, *spot; /* PLACE FIELD prefix [FROM,TO) */
    } rows[] = {
        {"|", "name  [1,1)"},
        {"a | b", "name  [3,3)"},
        {"sta|te", "name sta [1,6)"},
        {"sta|te:x", "name sta [1,6)"},
        {"state|:x", "name state [1,6)"},
        {"|-late", "name  [1,1)"},
        {"x -la|", "name la [4,6)"},
        {"-|", "name  [2,2)"},
        {"state:|", "value state  [7,7)"},
        {"state:审|核 x", "value state 审 [7,9)"},
        {"x 状态：审核，签|", "value state 签 [9,10)"},
        {"state:a,|,b", "value state  [9,9)"},
        {"org:\"郑州 市|", "value org 郑州 市 [5,10)"},
        {"org:\"郑州 |市\",x", "value org 郑州  [5,11)"},
        {"org:\"郑,州\",“公|安”", "value org 公 [11,15)"},
        {"due<=3|", "value due 3 [6,7)"},
        {"due<|=3", "text  [5,5)"},
        {"到期：≤|今", "value due  [5,6)"},
        {"sort:-d|", "value sort d [7,8)"},
        {"sort:|-due", "value sort  [6,10)"},
        {"nothing:a|", "text a [9,10)"},
        {"\"a b|\"", "text \"a b [1,6)"},
        {"a,b|", "text a,b [1,4)"},
        {"mine:|", "text  [6,6)"},
        {"局\xE5|x", "name 局\xE5 [1,4)"},
    };
    static const char *const places[] = {"name", "value", "text"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text text = {0}, out = {0};
        const char *bar = strchr(rows[i].text, '|');
        text_add_n(&text, rows[i].text, (size_t)(bar - rows[i].text));
        int32_t column = (int32_t)utf8_count(text_bytes(&text), text.length) + 1;
        text_add(&text, bar + 1);
        struct query_spot spot = query_at(text_bytes(&text), text.length, column);
        const char *field = query_name(spot.field, 0);
        text_addf(&out, "%s %s%s", places[spot.place], field ? field : "", field ? " " : "");
        text_add_n(&out, spot.prefix, spot.length);
        text_addf(&out, " [%d,%d)", (int)spot.from, (int)spot.to);
        assert_string_equal(text_bytes(&out), rows[i].spot);
        text_free(&text);
        text_free(&out);
    }
    struct query_spot far = query_at("a", 1, 1000);
    assert_int_equal(far.to, 2);
    assert_int_equal(query_at(" ", 1, -5).from, 1);
}

/* No name stands for two things, and each is found as a query. */
static void names(void **state)
{
    (void)state;
    const char *all[QUERY_FIELDS * QUERY_NAMES * 2];
    size_t count = 0;
    for (int i = QUERY_TEXT + 1; i < QUERY_FIELDS; i++) {
        enum query_field field = (enum query_field)i;
        assert_non_null(query_name(field, 0));
        assert_non_null(query_name_zh(field, 0));
        for (int which = 0; which < QUERY_NAMES * 2; which++) {
            const char *name = which < QUERY_NAMES ? query_name(field, which)
                                                   : query_name_zh(field, which - QUERY_NAMES);
            for (size_t k = 0; name && k < count; k++) {
                assert_string_not_equal(all[k], name);
            }
            if (name) {
                all[count++] = name;
            }
        }
    }
    assert_null(query_name(QUERY_TEXT, 0));
    assert_null(query_name(QUERY_STATE, QUERY_NAMES));
    assert_null(query_name_zh(QUERY_FIELDS, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(understood), cmocka_unit_test(complained_of), cmocka_unit_test(bounds),
        cmocka_unit_test(spots),      cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
