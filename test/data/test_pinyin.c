/* test_pinyin.c: the table that comes with the program: sounds, and names found by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/paths.h"
#include "data/pinyin.h"

static struct pinyin *shipped(void)
{
    struct text path = {0};
    struct error error = {0};
    assert_int_equal(data_path("pinyin.tsv", &path), 0);
    struct pinyin *pinyin = pinyin_load(text_bytes(&path), &error);
    assert_non_null(pinyin);
    text_free(&path);
    error_free(&error);
    return pinyin;
}

static void sounds(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sound;
    } rows[] = {
        {"", ""},
        {"郑州市公安局", "zheng zhou shi gong an ju"},
        {"荥阳", "xing yang"},
        {"荥经县", "ying jing xian"},
        {"郑州银行", "zheng zhou yin hang"},
        {"行政审批", "xing zheng shen pi"},
        {"重庆", "chong qing"},
        {"重点", "zhong dian"},
        {"重", "zhong"},
        {"长葛", "chang ge"},
        {"局长", "ju zhang"},
        {"公安局长春节", "gong an ju zhang chun jie"},
        {"番禺", "pan yu"},
        {"六安", "lu an"},
        {"第六", "di liu"},
        {"总会计师", "zong kuai ji shi"},
        {"财会", "cai kuai"},
        {"中牟县", "zhong mu xian"},
        {"绿化局", "lv hua ju"},
        {"郑州ECS 2台", "zheng zhou ecs 2 tai"},
        {"ＥＣＳ０１", "ecs01"},
        {"入云〔2026〕12号", "ru yun 〔2026〕12 hao"},
        {"𠮷", "𠮷"},
        {"郑\xE5\x8B", "zheng \xE5\x8B"},
    };
    struct pinyin *pinyin = shipped();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text out = {0};
        pinyin_of(pinyin, rows[i].text, &out);
        assert_string_equal(text_bytes(&out), rows[i].sound);
        text_free(&out);
    }
    pinyin_free(pinyin);
}

static void finds(void **state)
{
    (void)state;
    static const struct {
        const char *name, *typed;
        bool found;
    } rows[] = {
        {"郑州市公安局", "zzsgaj", true},
        {"郑州市公安局", "zhengzhou", true},
        {"郑州市公安局", "ZhengZhou", true},
        {"郑州市公安局", "zheng zhou shi", true},
        {"郑州市公安局", "zhengzs", true},
        {"郑州市公安局", "zhzhsh", true},
        {"郑州市公安局", "zhousga", true},
        {"郑州市公安局", "gaj", true},
        {"郑州市公安局", "gonga", true},
        {"郑州市公安局", "公aj", true},
        {"郑州市公安局", "公安", true},
        {"郑州市公安局", "zho", true},
        {"郑州市公安局", "", true},
        {"", "", true},
        {"", "z", false},
        {"郑州市公安局", "zzga", false},
        {"郑州市公安局", "zzsgajx", false},
        {"郑州市公安局", "zhezhou", false},
        {"郑州市公安局", "hengzhou", false},
        {"荥阳市", "xy", true},
        {"荥阳市", "xingyang", true},
        {"荥阳市", "yys", true},
        {"郑州银行", "zzyh", true},
        {"郑州银行", "yinhang", true},
        {"郑州银行", "zzyx", true},
        {"重庆", "cq", true},
        {"重庆", "zq", true},
        {"重庆", "chongq", true},
        {"长春", "cc", true},
        {"中牟县", "zmx", true},
        {"六安", "la", true},
        {"吕梁", "lvl", true},
        {"吕梁", "luliang", true},
        {"西安", "xi'an", true},
        {"总会计师", "zkjs", true},
        {"入云〔2026〕12号", "ry2026", true},
        {"入云〔2026〕12号", "2026 12h", true},
        {"视频云ECS-01", "ecs01", true},
        {"视频云ECS-01", "ypec", false},
        {"视频云ECS-01", "yecs", true},
        {"局（东区）", "jdq", true},
        {"𠮷林", "𠮷l", true},
    };
    struct pinyin *pinyin = shipped();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (pinyin_matches(pinyin, rows[i].name, rows[i].typed) != rows[i].found) {
            fail_msg("%s by %s: not %d", rows[i].name, rows[i].typed, rows[i].found);
        }
    }
    pinyin_free(pinyin);
}

/* Long texts cost no more than their length, and what is typed has a bound. */
static void long_ones(void **state)
{
    (void)state;
    struct pinyin *pinyin = shipped();
    struct text name = {0}, typed = {0};
    for (int i = 0; i < 2000; i++) {
        text_add(&name, "安南");
    }
    for (int i = 0; i < PINYIN_TYPED_MOST / 2; i++) {
        text_add(&typed, "an");
    }
    text_add(&typed, "x");
    assert_int_equal(typed.length, PINYIN_TYPED_MOST);
    assert_false(pinyin_matches(pinyin, text_bytes(&name), text_bytes(&typed)));
    text_clear(&typed);
    for (int i = 0; i < PINYIN_TYPED_MOST; i++) {
        text_add(&typed, i % 2 ? "n" : "a");
    }
    assert_true(pinyin_matches(pinyin, text_bytes(&name), text_bytes(&typed)));
    text_add(&typed, "n");
    assert_false(pinyin_matches(pinyin, text_bytes(&name), text_bytes(&typed)));
    text_free(&name);
    text_free(&typed);
    pinyin_free(pinyin);
}

/* Every line of the table is found again: its lines are in order. */
static void sorted(void **state)
{
    (void)state;
    struct text path = {0};
    assert_int_equal(data_path("pinyin.tsv", &path), 0);
    FILE *file = fopen(text_bytes(&path), "r");
    assert_non_null(file);
    struct pinyin *pinyin = shipped();
    char line[256];
    int count = 0;
    while (fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        assert_non_null(tab);
        *tab = '\0';
        char *sound = tab + 1;
        sound[strcspn(sound, ",\n")] = '\0';
        struct text out = {0};
        pinyin_of(pinyin, line, &out);
        assert_string_equal(text_bytes(&out), sound);
        text_free(&out);
        count++;
    }
    assert_true(count > 20000);
    fclose(file);
    pinyin_free(pinyin);
    text_free(&path);
}

static void refused(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(pinyin_load("/nonexistent/pinyin.tsv", &error));
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    error_free(&error);
    assert_null(pinyin_load("/", &error));
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    error_free(&error);
}

/* A table of any bytes is read without harm. */
static void broken(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "",
        "\n\n\n",
        "\t",
        "郑",
        "郑\t",
        "郑\t,, \n郑州\t  \n",
        "州\tzhou\n郑\tzheng",
        "\xE9\n\xE9\x83\t\n",
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char path[] = "/tmp/test_pinyin.XXXXXX";
        int file = mkstemp(path);
        assert_true(file >= 0);
        size_t length = strlen(tables[i]);
        assert_int_equal(write(file, tables[i], length), (ssize_t)length);
        close(file);
        struct error error = {0};
        struct pinyin *pinyin = pinyin_load(path, &error);
        unlink(path);
        assert_non_null(pinyin);
        struct text out = {0};
        pinyin_of(pinyin, "郑州市x", &out);
        assert_true(out.length > 0);
        pinyin_matches(pinyin, "郑州市x", "zzsx");
        text_free(&out);
        pinyin_free(pinyin);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sounds), cmocka_unit_test(finds),   cmocka_unit_test(long_ones),
        cmocka_unit_test(sorted), cmocka_unit_test(refused), cmocka_unit_test(broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
