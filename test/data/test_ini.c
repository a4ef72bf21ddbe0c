/* test_ini.c: policy files as keys and values: what is read, where it stands, what is complained
 * of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/desk.h"
#include "data/ini.h"
#include "data/scan.h"

struct read {
    struct ini *ini;
    const struct source *source;
    struct findings *findings;
};

static struct read read_n(const char *bytes, size_t length)
{
    struct read read = {.findings = findings_new()};
    assert_non_null(read.findings);
    read.ini = ini_read(bytes, length, read.findings);
    assert_non_null(read.ini);
    read.source = ini_source(read.ini);
    findings_sort(read.findings);
    return read;
}

static struct read read_text(const char *text)
{
    return read_n(text, strlen(text));
}

static void done(struct read *read)
{
    ini_free(read->ini);
    findings_free(read->findings);
}

static void expect_only(const struct read *read, enum message_id id, int line, int column)
{
    assert_int_equal(findings_count(read->findings), 1);
    const struct finding *finding = findings_at(read->findings, 0);
    assert_string_equal(message_english(finding->message.id), message_english(id));
    assert_int_equal(finding->place.line, line);
    assert_int_equal(finding->place.column, column);
}

/* TEXT has this one thing wrong. */
static void wrong(const char *text, enum message_id id, int line, int column)
{
    struct read read = read_text(text);
    expect_only(&read, id, line, column);
    done(&read);
}

/* What stands behind `k =` reads as VALUE and nothing is complained of. */
static void reads_as(const char *written, const char *value)
{
    struct text text = {0};
    text_addf(&text, "[s]\nk =%s\n", written);
    struct read read = read_text(text_bytes(&text));
    assert_int_equal(findings_count(read.findings), 0);
    assert_int_equal(read.source->count, 1);
    assert_string_equal(read.source->keys[0].value, value);
    done(&read);
    text_free(&text);
}

static void nothing_is_nothing(void **state)
{
    (void)state;
    static const char *const empty[] = {"", "\n", "\n\n", "; c", "# c\n", "[s]", " \t\n[s]\n;"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        struct read read = read_text(empty[i]);
        assert_int_equal(read.source->count, 0);
        assert_int_equal(findings_count(read.findings), 0);
        done(&read);
    }
    struct read read = read_n(NULL, 0);
    assert_int_equal(read.source->count, 0);
    done(&read);
}

static void values_are_those_of_iniparser(void **state)
{
    (void)state;
    reads_as("", "");
    reads_as(" a", "a");
    reads_as("a b\t ", "a b");
    reads_as(" a = b ", "a = b");
    reads_as(" a ; c", "a");
    reads_as(" a # c = d", "a");
    reads_as(" ; c", "");
    reads_as("#", "");
    reads_as(" \"a ; b\" ; c", "a ; b");
    reads_as(" \" a \"", " a ");
    reads_as(" 'a # b'", "a # b");
    reads_as(" \"\"", "");
    reads_as(" '' ; c", "");
    reads_as(" a \"b\" c", "a \"b\" c");
    reads_as(" 期限 5wd", "期限 5wd");
    reads_as(" a,\\\n  b \\ \n\n", "a,  b");
    reads_as(" \\\n\\\n a", "a");
    reads_as(" \"a\\\nb\"", "ab");
}

static void places_are_right(void **state)
{
    (void)state;
    static const char bytes[] =
        "; 注\n [期.x] \n  键 = 值一, \\\n\t\t值二 ; 注\n键2 =   \"甲\" ; 乙\ne=";
    struct read read = read_n(bytes, sizeof bytes - 1);
    assert_int_equal(findings_count(read.findings), 0);
    assert_int_equal(read.source->count, 3);
    const struct source_key *key = &read.source->keys[0];
    assert_string_equal(key->section, "期.x");
    assert_int_equal(key->section_place.line, 2);
    assert_int_equal(key->section_place.column, 2);
    assert_string_equal(key->key, "键");
    assert_int_equal(key->key_place.line, 3);
    assert_int_equal(key->key_place.column, 3);
    assert_string_equal(key->value, "值一, \t\t值二");
    assert_int_equal(key->spot_count, 2);
    assert_int_equal(key->spots[0].from, 0);
    assert_int_equal(key->spots[0].place.line, 3);
    assert_int_equal(key->spots[0].place.column, 7);
    assert_int_equal(key->spots[1].from, (int)strlen("值一, "));
    assert_int_equal(key->spots[1].place.line, 4);
    assert_int_equal(key->spots[1].place.column, 1);
    assert_memory_equal(key->spots[1].raw, "\t\t值二", strlen("\t\t值二"));
    key = &read.source->keys[1];
    assert_string_equal(key->value, "甲");
    assert_int_equal(key->spot_count, 1);
    assert_int_equal(key->spots[0].place.line, 5);
    assert_int_equal(key->spots[0].place.column, 9);
    key = &read.source->keys[2];
    assert_string_equal(key->value, "");
    assert_int_equal(key->key_place.line, 6);
    done(&read);
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    wrong("\xEF\xBB\xBF[s]\nk = v\n", MESSAGE_ini_bom, 1, 1);
    wrong("[s]\r\nk = v\r\nl = w\r\n", MESSAGE_ini_cr, 1, 4);
    wrong("[s]\nk = \033[31m\n", MESSAGE_ini_control, 2, 5);
    wrong("[s]\nk = 值\xff\n", MESSAGE_ini_utf8, 2, 6);
    struct read read = read_n("[s]\nk = a\0b\nl = c\n", 18);
    expect_only(&read, MESSAGE_ini_nul, 2, 6);
    assert_int_equal(read.source->count, 2);
    assert_string_equal(read.source->keys[1].value, "c");
    done(&read);
}

static void lines_that_say_nothing(void **state)
{
    (void)state;
    wrong("k = v\n", MESSAGE_ini_no_section, 1, 1);
    wrong("[s]\n 只有字\n", MESSAGE_ini_line, 2, 2);
    wrong("[s]\n = v\n", MESSAGE_ini_key_empty, 2, 2);
    wrong("[s\n", MESSAGE_ini_section_open, 1, 1);
    wrong("[ ]\n", MESSAGE_ini_section_empty, 1, 1);
    wrong("[s] ; c\nk = v\n", MESSAGE_ini_section_rest, 1, 5);
    wrong("[s:t]\nk = v\n", MESSAGE_ini_colon, 1, 3);
    wrong("[sT]\nk = v\n", MESSAGE_ini_section_capitals, 1, 3);
    wrong("[s]\nkEy = v\n", MESSAGE_ini_key_capitals, 2, 2);
    wrong("[s]\nk = \"v\n", MESSAGE_ini_quote, 2, 5);
    wrong("[s]\nk = 'v ; c\n", MESSAGE_ini_quote, 2, 5);
    wrong("[s]\nk = \"v\" w\n", MESSAGE_ini_quote_rest, 2, 9);
    wrong("[s]\nk = v \\\n", MESSAGE_ini_open, 2, 7);
}

static void keys_written_twice(void **state)
{
    (void)state;
    struct read read = read_text("[s]\nk = a\n[t]\nk = b\n[s]\nl = c\n k = d\n");
    expect_only(&read, MESSAGE_ini_key_twice, 7, 2);
    const struct finding *finding = findings_at(read.findings, 0);
    assert_string_equal(finding->thing, "s");
    assert_string_equal(finding->key, "k");
    assert_string_equal(finding->message.arg[0], "2");
    assert_int_equal(read.source->count, 3);
    assert_string_equal(read.source->keys[0].value, "a");
    assert_string_equal(read.source->keys[2].key, "l");
    done(&read);
}

/* A line of LENGTH bytes with its end, on one line or two. */
static void line_of(size_t length, bool folded, bool ends, bool right)
{
    struct text text = {0};
    text_add(&text, "[s]\nk = ");
    while (text.length < 4 + length - 1) {
        text_add(&text, "v");
        if (folded && text.length == 500) {
            text_add(&text, "\\\n");
            length += 2;
        }
    }
    text_add(&text, ends ? "\n" : "");
    struct read read = read_n(text.bytes, text.length);
    if (right) {
        assert_int_equal(findings_count(read.findings), 0);
    } else {
        expect_only(&read, MESSAGE_ini_long, 2, 1);
    }
    assert_int_equal(read.source->count, 1);
    assert_int_equal(strlen(read.source->keys[0].value), length - 5 - (folded ? 2 : 0));
    done(&read);
    text_free(&text);
}

static void lines_have_a_bound(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        line_of(1022, i & 1, i & 2, true);
        line_of(1023, i & 1, i & 2, true);
        line_of(1024, i & 1, i & 2, false);
        line_of(1025, i & 1, i & 2, false);
    }
}

static void files_have_a_bound(void **state)
{
    (void)state;
    char *bytes = malloc(SCAN_FILE_MOST + 1);
    assert_non_null(bytes);
    memset(bytes, '\n', SCAN_FILE_MOST + 1);
    struct read read = read_n(bytes, SCAN_FILE_MOST);
    assert_int_equal(findings_count(read.findings), 0);
    done(&read);
    read = read_n(bytes, SCAN_FILE_MOST + 1);
    expect_only(&read, MESSAGE_ini_huge, 1, 1);
    done(&read);
    static const char hostile[] = {'\0', '\xff', '[', '=', 'a', '\\', '\r', ':', '"'};
    for (size_t i = 0; i < sizeof hostile; i++) {
        memset(bytes, hostile[i], SCAN_FILE_MOST);
        read = read_n(bytes, SCAN_FILE_MOST);
        assert_true(findings_count(read.findings) > 0);
        done(&read);
        for (size_t at = 1; at < SCAN_FILE_MOST; at += 2) {
            bytes[at] = '\n';
        }
        read = read_n(bytes, SCAN_FILE_MOST);
        assert_true(findings_count(read.findings) > 0);
        done(&read);
    }
    free(bytes);
}

static void many_sections_are_read(void **state)
{
    (void)state;
    struct text text = {0};
    for (int i = 0; i < 10000; i++) {
        text_addf(&text, "[section.number.%d]\nkey = value %d\n", i, i);
    }
    struct read read = read_n(text.bytes, text.length);
    assert_int_equal(findings_count(read.findings), 0);
    assert_int_equal(read.source->count, 10000);
    assert_string_equal(read.source->keys[9999].value, "value 9999");
    done(&read);
    text_add(&text, "one = more");
    read = read_n(text.bytes, text.length);
    expect_only(&read, MESSAGE_ini_many, 20001, 1);
    done(&read);
    text_free(&text);
}

static void the_shipped_policy_is_read(void **state)
{
    (void)state;
    struct text path = {0}, bytes = {0}, error = {0};
    assert_int_equal(desk_policy_path(&path, &error), 0);
    assert_int_equal(desk_read_text(text_bytes(&path), &bytes, &error), 0);
    struct read read = read_n(bytes.bytes, bytes.length);
    for (size_t i = 0; i < findings_count(read.findings); i++) {
        const struct finding *finding = findings_at(read.findings, i);
        print_message("%d:%d %s\n", (int)finding->place.line, (int)finding->place.column,
                      message_english(finding->message.id));
    }
    assert_int_equal(findings_count(read.findings), 0);
    assert_true(read.source->count > 100);
    done(&read);
    text_free(&path);
    text_free(&bytes);
    text_free(&error);
}

static void a_file_that_is_not_there(void **state)
{
    (void)state;
    struct text error = {0};
    struct policy *policy = NULL;
    assert_int_equal(desk_policy("/nonexistent/x.ini", NULL, 0, &policy, &error), -1);
    assert_null(policy);
    assert_int_equal(strncmp(text_bytes(&error), "/nonexistent/x.ini: ", 20), 0);
    text_free(&error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_nothing),       cmocka_unit_test(values_are_those_of_iniparser),
        cmocka_unit_test(places_are_right),         cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(lines_that_say_nothing),   cmocka_unit_test(keys_written_twice),
        cmocka_unit_test(lines_have_a_bound),       cmocka_unit_test(files_have_a_bound),
        cmocka_unit_test(many_sections_are_read),   cmocka_unit_test(the_shipped_policy_is_read),
        cmocka_unit_test(a_file_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
