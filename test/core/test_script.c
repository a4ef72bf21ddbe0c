/* test_script.c: the script language: what is read, where what is wrong is told, what is survived.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/script.h"

struct parsed {
    struct script *script;
    struct findings *findings;
};

static struct parsed parse_n(const char *text, size_t length)
{
    struct parsed parsed = {.findings = findings_new()};
    assert_non_null(parsed.findings);
    parsed.script = script_parse(text, length, parsed.findings);
    assert_non_null(parsed.script);
    return parsed;
}

static struct parsed parse(const char *text)
{
    return parse_n(text, strlen(text));
}

static void done(struct parsed *parsed)
{
    script_free(parsed->script);
    findings_free(parsed->findings);
}

/* The only line of TEXT, which must be right. */
static const struct script_line *line_of(struct parsed *parsed, const char *text)
{
    *parsed = parse(text);
    assert_int_equal(findings_count(parsed->findings), 0);
    assert_int_equal(script_count(parsed->script), 1);
    return script_at(parsed->script, 0);
}

static int64_t at(const char *text)
{
    int64_t moment;
    assert_true(moment_parse(text, strlen(text), &moment));
    return moment;
}

static void test_open(void **state)
{
    (void)state;
    struct parsed parsed;
    const struct script_line *line = line_of(
        &parsed,
        "2019-09-23 open access by=unit/市人社局 case=a org.level=city reason=\"a \\\"b\\\" \\\\c\" "
        "purpose=\"two words\" empty= # comment\n");
    assert_int_equal(line->kind, SCRIPT_OPEN);
    assert_int_equal(line->moment, at("2019-09-23 00:00"));
    assert_false(line->timed);
    assert_string_equal(line->name, "access");
    assert_string_equal(line->role, "unit");
    assert_string_equal(line->person, "市人社局");
    assert_string_equal(line->case_name, "a");
    assert_string_equal(line->reason, "a \"b\" \\c");
    assert_int_equal(line->entry_count, 3);
    assert_string_equal(line->entries[0].name, "org.level");
    assert_string_equal(line->entries[0].value, "city");
    assert_string_equal(line->entries[1].value, "two words");
    assert_string_equal(line->entries[2].name, "empty");
    assert_string_equal(line->entries[2].value, "");
    done(&parsed);
}

static void test_times(void **state)
{
    (void)state;
    struct parsed parsed;
    const struct script_line *line =
        line_of(&parsed, "2019-09-23 18:30 submit recorded=\"2019-09-24 09:05\" due=2019-10-08");
    assert_int_equal(line->kind, SCRIPT_EVENT);
    assert_int_equal(line->moment, at("2019-09-23 18:30"));
    assert_true(line->timed);
    assert_int_equal(line->recorded, at("2019-09-24 09:05"));
    assert_true(line->recorded_timed);
    assert_string_equal(line->due, "2019-10-08");
    done(&parsed);
    line = line_of(&parsed, "2019-09-23T08:00 accept recorded=2019-09-24\r\n");
    assert_true(line->timed);
    assert_false(line->recorded_timed);
    assert_int_equal(line->recorded, at("2019-09-24 00:00"));
    done(&parsed);
}

static void test_items(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        {"item.VM-8C.quantity", "4"}, {"item.VM-8C.kind", "virtual"},
        {"item.VM-8C.cpu", "8"},      {"item.存储.quantity", "0.5"},
        {"item.old.quantity", ""},    {"VM-8C.approved", "3"},
        {"item.x.quantity", "1"},     {"item.x.note", ""},
    };
    struct parsed parsed;
    const struct script_line *line =
        line_of(&parsed, "2019-09-23 submit item=VM-8C:4,kind=virtual,cpu=8 "
                         "item=存储:0.5 item=old: VM-8C.approved=3 item=\"x:1,note=\"");
    assert_int_equal(line->entry_count, (int)(sizeof expected / sizeof *expected));
    for (int32_t i = 0; i < line->entry_count; i++) {
        assert_string_equal(line->entries[i].name, expected[i][0]);
        assert_string_equal(line->entries[i].value, expected[i][1]);
        assert_int_equal(line->entries[i].is_item, i != 5);
    }
    done(&parsed);
}

static void test_corrections(void **state)
{
    (void)state;
    struct parsed parsed;
    const struct script_line *line =
        line_of(&parsed, "2020-11-09 correct 6 on=2020-11-05 receipt_on=2020-11-05");
    assert_int_equal(line->kind, SCRIPT_CORRECT);
    assert_int_equal(line->act, 6);
    assert_int_equal(line->on, at("2020-11-05 00:00"));
    assert_false(line->on_timed);
    assert_int_equal(line->entry_count, 1);
    done(&parsed);
    line = line_of(&parsed, "2020-11-09 waive review by=leader/w reason=\"out of power\"");
    assert_int_equal(line->kind, SCRIPT_REMEDY);
    assert_string_equal(line->name, "waive");
    assert_string_equal(line->option, "review");
    assert_string_equal(line->reason, "out of power");
    done(&parsed);
    line = line_of(&parsed, "2020-11-09 waive reason=x"); /* an event may be called so */
    assert_int_equal(line->kind, SCRIPT_EVENT);
    done(&parsed);
    line = line_of(&parsed, "2020-11-09 annul 12 by=clerk");
    assert_int_equal(line->kind, SCRIPT_ANNUL);
    assert_int_equal(line->act, 12);
    assert_null(line->person);
    done(&parsed);
    line =
        line_of(&parsed, "2020-11-09 correct on=x"); /* without a number: an event of that name */
    assert_int_equal(line->kind, SCRIPT_EVENT);
    assert_string_equal(line->entries[0].name, "on");
    done(&parsed);
}

static void test_others(void **state)
{
    (void)state;
    struct parsed parsed = parse("# head\n\n \t \nanswer clock_start acceptance # why\r\n"
                                 "2019-10-01 ? case=two\n2019-10-01 edit purpose=x\n2019-10-02 ?");
    assert_int_equal(findings_count(parsed.findings), 0);
    assert_int_equal(script_count(parsed.script), 4);
    const struct script_line *line = script_at(parsed.script, 0);
    assert_int_equal(line->kind, SCRIPT_ANSWER);
    assert_string_equal(line->name, "clock_start");
    assert_string_equal(line->option, "acceptance");
    assert_int_equal(line->place.line, 4);
    line = script_at(parsed.script, 1);
    assert_int_equal(line->kind, SCRIPT_LOOK);
    assert_string_equal(line->case_name, "two");
    assert_int_equal(line->place.line, 5);
    line = script_at(parsed.script, 2);
    assert_int_equal(line->kind, SCRIPT_EVENT);
    assert_string_equal(line->name, "edit");
    done(&parsed);
}

struct wrong {
    const char *text;
    int32_t line, column;
    enum message_id id;
};

static void test_wrong(void **state)
{
    (void)state;
    static const struct wrong wrongs[] = {
        {"\xef\xbb\xbf"
         "2019-09-23 submit",
         1, 1, MESSAGE_script_bom},
        {"2019-09-23 submit a=\xff", 1, 21, MESSAGE_script_not_utf8},
        {"2019-09-23 提交 a=\xe6", 1, 17, MESSAGE_script_not_utf8},
        {"2019-09-23 submit a=\001", 1, 21, MESSAGE_script_control},
        {"2019-09-23 submit\rx", 1, 18, MESSAGE_script_control},
        {"\n2019-09-23 submit a=\"b c", 2, 21, MESSAGE_script_quote_open},
        {"2019-09-23 submit a=\"b\"c", 1, 24, MESSAGE_script_quote_behind},
        {"2019-09-23 submit a=\"b\\n\"", 1, 23, MESSAGE_script_backslash},
        {"2019-09-23 submit a=\"b\\", 1, 23, MESSAGE_script_backslash},
        {"submit 2019-09-23", 1, 1, MESSAGE_script_start},
        {"2019-02-29 submit", 1, 1, MESSAGE_script_day},
        {"0000-01-01 submit", 1, 1, MESSAGE_script_day},
        {"99999-01-01 submit", 1, 1, MESSAGE_script_day},
        {"2019-9-23 submit", 1, 1, MESSAGE_script_day},
        {"2019-09-23 24:00 submit", 1, 12, MESSAGE_script_time},
        {"2019-09-23 9:00 submit", 1, 12, MESSAGE_script_time},
        {"2019-09-23T25:00 submit", 1, 1, MESSAGE_script_time},
        {"2019-09-23", 1, 11, MESSAGE_script_deed},
        {"2019-09-23 18:30", 1, 17, MESSAGE_script_deed},
        {"2019-09-23 Submit", 1, 12, MESSAGE_script_name},
        {"2019-09-23 a=b", 1, 12, MESSAGE_script_name},
        {"2019-09-23 open", 1, 16, MESSAGE_script_open},
        {"2019-09-23 open by=unit", 1, 17, MESSAGE_script_name},
        {"2019-09-23 correct x", 1, 20, MESSAGE_script_act_number},
        {"2019-09-23 correct 0", 1, 20, MESSAGE_script_act_number},
        {"2019-09-23 annul 9999999999", 1, 18, MESSAGE_script_act_number},
        {"2019-09-23 correct 1 on=today", 1, 25, MESSAGE_script_day},
        {"answer one", 1, 11, MESSAGE_script_answer},
        {"answer one two three", 1, 16, MESSAGE_script_answer},
        {"2019-09-23 ?\nanswer one two", 2, 1, MESSAGE_script_answer_late},
        {"2019-09-23 submit two words", 1, 19, MESSAGE_script_entry},
        {"2019-09-23 submit =x", 1, 19, MESSAGE_script_entry},
        {"2019-09-23 submit a=1 a=2", 1, 23, MESSAGE_script_twice},
        {"2019-09-23 submit by=a by=b", 1, 24, MESSAGE_script_twice},
        {"2019-09-23 submit item=A:1 item=A:2", 1, 28, MESSAGE_script_twice},
        {"2019-09-23 submit case=", 1, 19, MESSAGE_script_case},
        {"2019-09-23 submit by=", 1, 22, MESSAGE_script_by},
        {"2019-09-23 submit by=/x", 1, 22, MESSAGE_script_by},
        {"2019-09-23 submit by=unit/", 1, 22, MESSAGE_script_by},
        {"2019-09-23 open x owner=市局", 1, 25, MESSAGE_script_role},
        {"2019-09-23 submit item=VM", 1, 24, MESSAGE_script_item},
        {"2019-09-23 submit item=:4", 1, 24, MESSAGE_script_item},
        {"2019-09-23 submit item=a=b:4", 1, 24, MESSAGE_script_item},
        {"2019-09-23 submit item=VM:four", 1, 27, MESSAGE_script_quantity},
        {"2019-09-23 submit item=VM:-1", 1, 27, MESSAGE_script_quantity},
        {"2019-09-23 submit item=VM:1,kind", 1, 29, MESSAGE_script_column},
        {"2019-09-23 submit item=VM:1,Kind=x", 1, 29, MESSAGE_script_column},
        {"2019-09-23 submit item=VM:1,", 1, 29, MESSAGE_script_column},
        {"2019-09-23 submit due=soon", 1, 23, MESSAGE_script_day},
        {"2019-09-23 submit recorded=\"2019-09-24 9\"", 1, 28, MESSAGE_script_time},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct parsed parsed = parse(wrongs[i].text);
        if (findings_count(parsed.findings) != 1) {
            fail_msg("%s: %zu findings", wrongs[i].text, findings_count(parsed.findings));
        }
        const struct finding *finding = findings_at(parsed.findings, 0);
        if (finding->message.id != wrongs[i].id || finding->place.line != wrongs[i].line ||
            finding->place.column != wrongs[i].column) {
            fail_msg("%s: %d:%d %s", wrongs[i].text, finding->place.line, finding->place.column,
                     message_english(finding->message.id));
        }
        done(&parsed);
    }
}

/* Every error is told, and the lines that are right are read. */
static void test_all_at_once(void **state)
{
    (void)state;
    struct parsed parsed =
        parse("x\n2019-09-23 submit\n2019-09-31 submit\n2019-09-24 accept\n2019-09-25\n");
    assert_int_equal(findings_count(parsed.findings), 3);
    assert_int_equal(findings_at(parsed.findings, 0)->place.line, 1);
    assert_int_equal(findings_at(parsed.findings, 1)->place.line, 3);
    assert_int_equal(findings_at(parsed.findings, 2)->place.line, 5);
    assert_int_equal(script_count(parsed.script), 2);
    done(&parsed);
}

static void test_nul(void **state)
{
    (void)state;
    static const char text[] = "2019-09-23 submit a=b\0c\n2019-09-23 ?\n";
    struct parsed parsed = parse_n(text, sizeof text - 1);
    assert_int_equal(findings_count(parsed.findings), 1);
    assert_int_equal(findings_at(parsed.findings, 0)->message.id, MESSAGE_script_control);
    assert_int_equal(script_count(parsed.script), 1);
    done(&parsed);
    parsed = parse_n("", 0);
    assert_int_equal(script_count(parsed.script), 0);
    assert_int_equal(findings_count(parsed.findings), 0);
    done(&parsed);
}

static char *filled(const char *head, const char *unit, size_t count)
{
    size_t start = strlen(head), step = strlen(unit);
    char *text = malloc(start + step * count + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + start + i * step, unit, step);
    }
    text[start + step * count] = '\0';
    return text;
}

static void test_bounds(void **state)
{
    (void)state;
    static const char head[] = "2019-09-23 submit a=";
    size_t fits = SCRIPT_LINE_MOST - (sizeof head - 1);
    for (size_t more = 0; more < 2; more++) {
        char *text = filled(head, "x", fits + more);
        struct parsed parsed = parse(text);
        assert_int_equal(script_count(parsed.script), 1 - more);
        assert_int_equal(findings_count(parsed.findings), more);
        if (more) {
            assert_int_equal(findings_at(parsed.findings, 0)->message.id, MESSAGE_script_line_long);
        }
        done(&parsed);
        free(text);
    }
    for (size_t more = 0; more < 2; more++) {
        char *text = filled("2019-09-23 submit", " x", SCRIPT_WORDS_MOST - 2 + more);
        struct parsed parsed = parse(text);
        assert_int_equal(findings_count(parsed.findings), 1);
        assert_int_equal(findings_at(parsed.findings, 0)->message.id,
                         more ? MESSAGE_script_words_many : MESSAGE_script_entry);
        done(&parsed);
        free(text);
    }
    char *text = filled("", "nonsense\n", 100000);
    struct parsed parsed = parse(text);
    assert_int_equal(findings_count(parsed.findings), SCRIPT_FINDINGS_MOST + 1);
    done(&parsed);
    free(text);
    text = filled("", "2019-09-23 ?\n", 100000);
    parsed = parse(text);
    assert_int_equal(script_count(parsed.script), 100000);
    done(&parsed);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open),        cmocka_unit_test(test_times),
        cmocka_unit_test(test_items),       cmocka_unit_test(test_corrections),
        cmocka_unit_test(test_others),      cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_all_at_once), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
