/* test_template.c: letters: what is read, what is complained of, how they are filled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "data/letter/template.h"

#define HEAD "@ title = 通知书\n"

static const char *value(void *self, const char *name)
{
    (void)self;
    return strcmp(name, "org") == 0     ? "市<水利>局"
           : strcmp(name, "lines") == 0 ? "一\n二"
           : strcmp(name, "empty") == 0 ? ""
           : strcmp(name, "mark") == 0  ? "# 不是标题 {{org}} | a"
                                        : NULL;
}

static size_t rows(void *self, const char *list)
{
    (void)self;
    return strcmp(list, "items") == 0            ? 2
           : strcmp(list, "points lacking") == 0 ? 3
           : strcmp(list, "many") == 0           ? 5000
                                                 : 0;
}

static const char *cell(void *self, const char *list, size_t row, const char *column)
{
    static const char *const texts[] = {"甲", "乙", "丙"};
    (void)self;
    (void)list;
    return strcmp(column, "text") == 0 ? texts[row % 3] : strcmp(column, "none") == 0 ? "" : NULL;
}

static const struct template_source source = {value, rows, cell, NULL};

static struct template *parsed(const char *text)
{
    struct error error = {0};
    struct template *letter = template_parse("a.txt", text, strlen(text), &error);
    assert_int_equal(error.code, ERROR_NONE);
    assert_non_null(letter);
    return letter;
}

/* TEXT below a title, filled, is WANTED and leaves BLANKS. */
static void fills(const char *text, const char *wanted, int blanks)
{
    struct text whole = {0}, out = {0};
    struct error error = {0};
    text_addf(&whole, "%s%s", HEAD, text);
    struct template *letter = parsed(text_bytes(&whole));
    assert_int_equal(template_fill(letter, &source, TEMPLATE_TEXT, &out, &error), blanks);
    assert_string_equal(text_bytes(&out), wanted);
    template_free(letter);
    text_free(&whole);
    text_free(&out);
}

/* The page's body. */
static void prints(const char *text, const char *wanted)
{
    struct text whole = {0}, out = {0}, body = {0};
    struct error error = {0};
    text_addf(&whole, "%s%s", HEAD, text);
    struct template *letter = parsed(text_bytes(&whole));
    assert_true(template_fill(letter, &source, TEMPLATE_HTML, &out, &error) >= 0);
    const char *at = strstr(text_bytes(&out), "<body>\n");
    assert_non_null(at);
    text_addf(&body, "%s%s", wanted, "</body>\n</html>\n");
    assert_string_equal(at + strlen("<body>\n"), text_bytes(&body));
    template_free(letter);
    text_free(&whole);
    text_free(&out);
    text_free(&body);
}

static void wrong(const char *text, size_t length, const char *begins)
{
    struct error error = {0};
    struct text said = {0};
    assert_null(template_parse("a.txt", text, length, &error));
    error_text(&error, NULL, &said);
    assert_memory_equal(text_bytes(&said), begins, strlen(begins));
    text_free(&said);
    error_free(&error);
}

static void test_settings(void **state)
{
    (void)state;
    struct template *letter = parsed("; note\n\n@ title = 受理通知书\r\n"
                                     "@series=郑数受〔{year}〕{seq}号\n@ when = a.b, c.d\n正文\n");
    assert_string_equal(template_setting(letter, SETTING_TITLE), "受理通知书");
    assert_string_equal(template_setting(letter, SETTING_SERIES), "郑数受〔{year}〕{seq}号");
    assert_string_equal(template_setting(letter, SETTING_WHEN), "a.b, c.d");
    assert_null(template_setting(letter, SETTING_BY));
    template_free(letter);
}

static void test_lines(void **state)
{
    (void)state;
    fills("# 题\n= 号\n- {{org}}：\n正文\n> 局\n> 日\n",
          "题\n号\n市<水利>局：\n　　正文\n\n\n　　　　　　　　局\n　　　　　　　　日\n", 0);
    fills("{{nothing}}，{{empty}}\n", "　　＿＿＿＿，＿＿＿＿\n", 2);
    fills("{{lines}}\n", "　　一\n　　二\n", 0);
}

/* What a value says is never read as a template. */
static void test_values_are_inert(void **state)
{
    (void)state;
    fills("{{mark}}\n", "　　# 不是标题 {{org}} | a\n", 0);
    fills("|{{mark}}|\n", "　　# 不是标题 {{org}} / a\n", 0);
    prints("{{org}}\n", "<p>市&lt;水利&gt;局</p>\n");
}

static void test_blocks(void **state)
{
    (void)state;
    fills("{{#points lacking}}{{n.zh}}、{{text}}；{{/points}}\n", "　　一、甲；二、乙；三、丙；\n",
          0);
    fills("{{#items}}\n{{n}}{{text}}{{none}}{{org}}\n{{/items}}\n",
          "　　1甲市<水利>局\n　　2乙市<水利>局\n", 0);
    fills("a{{?org}}b{{/?}}{{!org}}c{{/!}}{{?empty}}d{{/?}}{{?items}}e{{/?}}{{!none}}f{{/!}}\n",
          "　　abef\n", 0);
    fills("{{?nothing}}{{org}}{{/?}}\n末\n", "　　末\n", 0);
    fills("{{#items}}{{#points lacking}}{{n}}{{/points}};{{/items}}\n", "　　123;123;\n", 0);
}

static void test_page(void **state)
{
    (void)state;
    prints("# 题\n\n|甲|乙|\n{{#items}}\n|{{n}}|{{text}}|\n{{/items}}\n末\n> 局\n> 日\n",
           "<h1>题</h1>\n<table><thead>\n<tr><th>甲</th><th>乙</th></tr>\n</thead><tbody>\n"
           "<tr><td>1</td><td>甲</td></tr>\n<tr><td>2</td><td>乙</td></tr>\n</tbody></table>\n"
           "<p>末</p>\n<div class=\"sign\">\n<p>局</p>\n<p>日</p>\n</div>\n");
    prints("{{lines}}\n- {{lines}}\n", "<p>一</p>\n<p>二</p>\n<p class=\"flush\">一<br>二</p>\n");
}

static void wrong_text(const char *text, const char *begins)
{
    wrong(text, strlen(text), begins);
}

static void test_wrong(void **state)
{
    (void)state;
    wrong_text("", "a.txt:0: a letter needs");
    wrong_text("正文\n", "a.txt:1: a letter needs");
    wrong_text("@ title\n", "a.txt:1: a setting is written");
    wrong_text("@ tilte = a\n", "a.txt:1: there is no setting “tilte”");
    wrong_text(HEAD HEAD "a\n", "a.txt:2: “title” is set twice");
    wrong_text(HEAD "a {{b\n", "a.txt:2: {{ without }}");
    wrong_text(HEAD "\n{{名}}\n", "a.txt:3: {{名}} is no name");
    wrong_text(HEAD "{{}}\n", "a.txt:2: {{}} is no name");
    wrong_text(HEAD "{{#a}}\nb\n", "a.txt:2: this block is never closed");
    wrong_text(HEAD "{{#a}}\nb {{/a}}\n", "a.txt:3: {{/a}} closes nothing");
    wrong_text(HEAD "{{#a}}b\n{{/a}}\n", "a.txt:2: a block that begins within a line");
    wrong_text(HEAD "{{#a}}{{/b}}\n", "a.txt:2: {{/b}} closes nothing");
    wrong_text(HEAD "{{?a}}{{/!}}\n", "a.txt:2: {{/!}} closes nothing");
    wrong(HEAD "a\0b", sizeof HEAD + 2, "a.txt:2: this is no text in UTF-8");
    wrong_text(HEAD "a\n\xff\n", "a.txt:3: this is no text in UTF-8");
}

static void test_bounds(void **state)
{
    (void)state;
    static char big[TEMPLATE_BYTES + 1];
    struct text deep = {0}, out = {0};
    struct error error = {0};
    memset(big, 'a', sizeof big);
    wrong(big, sizeof big, "a.txt:1: a letter's text has at most 64 KiB");
    text_add(&deep, HEAD);
    for (int i = 0; i <= TEMPLATE_DEPTH; i++) {
        text_add(&deep, "{{#a}}");
    }
    wrong_text(text_bytes(&deep), "a.txt:2: blocks lie at most eight deep");
    struct template *letter = parsed(HEAD "{{#many}}{{#many}}{{#many}}{{/many}}{{/many}}{{/many}}");
    assert_int_equal(template_fill(letter, &source, TEMPLATE_TEXT, &out, &error), -1);
    assert_int_equal(error.code, ERROR_USAGE);
    error_free(&error);
    template_free(letter);
    text_free(&deep);
    text_free(&out);
}

static void chinese(int number, const char *wanted)
{
    struct text out = {0};
    template_chinese(number, &out);
    assert_string_equal(text_bytes(&out), wanted);
    text_free(&out);
}

static void test_figures(void **state)
{
    (void)state;
    chinese(0, "零");
    chinese(1, "一");
    chinese(10, "十");
    chinese(12, "十二");
    chinese(20, "二十");
    chinese(101, "一百零一");
    chinese(110, "一百一十");
    chinese(1001, "一千零一");
    chinese(2030, "二千零三十");
    chinese(10000, "10000");
    struct text out = {0};
    int32_t day;
    assert_true(day_from_civil(2026, 11, 24, &day));
    template_date(day, &out);
    template_date(DAY_NONE, &out);
    assert_string_equal(text_bytes(&out), "2026年11月24日");
    text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_values_are_inert),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
