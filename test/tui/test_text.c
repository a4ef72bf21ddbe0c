/* test_text.c: which language and which characters the environment asks for, on a machine that may
 * have no locale but C. */
#include <langinfo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/phrase.h"
#include "tui/text.h"

/* VARIABLE=VALUE alone is set. */
static void check(const char *variable, const char *value, const char *asked, const char *language,
                  bool utf8)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG",
                                            "LANGUAGE"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        unsetenv(variables[i]);
    }
    setenv(variable, value, 1);
    assert_string_equal(text_language(asked), language);
    assert_int_equal(strcmp(nl_langinfo(CODESET), "UTF-8") == 0, utf8);
    const char *sentence = strcmp(language, "zh") == 0 ? "▮红" : "▮RED";
    assert_string_equal(_("▮RED"), sentence); /* in UTF-8 whatever the locale */
}

static void test_environment(void **state)
{
    (void)state;
    check("LC_ALL", "C.UTF-8", NULL, "zh", true);
    check("LC_ALL", "zh_CN.UTF-8", NULL, "zh", true); /* generated or not */
    check("LANG", "zh_CN.utf8", NULL, "zh", true);
    check("LANG", "en_US.utf-8", NULL, "en", true);
    check("LC_ALL", "xx_YY.UTF8@nowhere", NULL, "zh", true);
    check("LC_ALL", "C", NULL, "zh", false);
    check("LC_ALL", "C", "en", "en", false);
    check("LANGUAGE", "en_GB:en", NULL, "en", false);
    check("LC_ALL", "en_US.UTF-8", "zh", "zh", true);
}

static void names_of_the_policy_are_left_out(void **state)
{
    (void)state;
    struct text out = {0};
    const char *const arg[4] = {
        "reviewer 市局审核\037reviewer Bureau review",
        "send_back 退回重审, approve 签发同意\037send_back Return, approve Sign"};
    phrase_reason(&out, "%1 / %2", arg, false);
    assert_string_equal(text_bytes(&out), "市局审核 / 退回重审、签发同意");
    text_clear(&out);
    phrase_reason(&out, "%1 / %2", arg, true);
    assert_string_equal(text_bytes(&out), "Bureau review / Return, Sign");
    text_clear(&out);
    const char *const plain[4] = {"a4 paper, two sides", "说明 vm 云主机"};
    phrase_reason(&out, "%1 / %2", plain, false);
    assert_string_equal(text_bytes(&out), "a4 paper, two sides / 说明 vm 云主机");
    text_free(&out);
}

/* What a vendor's cloud says of a resource goes by words, its amounts in their units; what people
 * there wrote on it stands as they wrote it. */
static void changes_are_in_words(void **state)
{
    struct text out = {0};
    (void)state;
    phrase_changes(&out, "vcpus 4 → 8\nused.disk 40 → 60\nused.ram 512 → 2048\nmeta.vcpus a → b",
                   true);
    assert_string_equal(text_bytes(&out),
                        "CPU 4c→8c, disk used 40G→60G, memory used 512M→2G, tag vcpus a→b");
    text_clear(&out);
    phrase_changes(&out, "ratio.vcpus 4 → 8\nunheard 1 → 2", true);
    assert_string_equal(text_bytes(&out), "CPU overcommit 4→8, unheard 1→2");
    text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_the_policy_are_left_out),
                                       cmocka_unit_test(changes_are_in_words),
                                       cmocka_unit_test(test_environment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
