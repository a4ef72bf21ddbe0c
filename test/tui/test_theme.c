/* test_theme.c: the themes that come with the program can be read by everybody's eyes; theme files
 * are taken as written, and what is wrong in them is said with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/terminal/theme.h"

static const char *const shipped[] = {"default", "light", "mono", "contrast", "deutan", "tritan"};
enum { SHIPPED = sizeof shipped / sizeof *shipped };

static struct theme *theme_of(const char *name)
{
    struct text error = {0};
    struct theme *theme = theme_read(name, &error);
    if (!theme) {
        print_message("%s\n", text_bytes(&error));
    }
    assert_non_null(theme);
    text_free(&error);
    return theme;
}

/* Lines that only guide the eye. */
static bool decorates(enum role role)
{
    return role == ROLE_RULE || role == ROLE_STAGE_NEXT || role == ROLE_GAUGE_REST;
}

static void test_contrast(void **state)
{
    (void)state;
    int faint = 0;
    for (int i = 0; i < SHIPPED; i++) {
        struct theme *theme = theme_of(shipped[i]);
        for (int role = 0; role < ROLES; role++) {
            for (int depth = 0; depth < DEPTHS; depth++) {
                int contrast = theme_contrast(theme, (enum role)role, (enum depth)depth);
                if (contrast < 45 && !decorates((enum role)role)) {
                    print_message("%s: %s has %d.%d at depth %d; 4.5 at least\n", shipped[i],
                                  role_name((enum role)role), contrast / 10, contrast % 10, depth);
                    faint++;
                }
            }
        }
        theme_free(theme);
    }
    assert_int_equal(faint, 0);
}

/* Nobody has to tell cards apart by colour, but who can should: also without any. */
static void test_cards(void **state)
{
    (void)state;
    for (int i = 0; i < SHIPPED; i++) {
        struct theme *theme = theme_of(shipped[i]);
        struct style red = theme_style(theme, ROLE_CARD_RED, DEPTH_MONO);
        struct style twice = theme_style(theme, ROLE_CARD_OVER2, DEPTH_MONO);
        assert_true(red.attributes & STYLE_BOLD);
        assert_true(twice.attributes & STYLE_REVERSE);
        for (int role = 0; role < ROLES; role++) {
            struct style mono = theme_style(theme, (enum role)role, DEPTH_MONO);
            assert_true(mono.fore == -1 && mono.back == -1);
        }
        struct style text = theme_style(theme, ROLE_TEXT, DEPTH_TRUE);
        assert_true(text.fore == -1 && text.back == -1 && text.attributes == 0);
        theme_free(theme);
    }
}

static void check_style(const struct theme *theme, enum role role, enum depth depth, int fore,
                        int back, unsigned attributes)
{
    struct style style = theme_style(theme, role, depth);
    assert_int_equal(style.fore, fore);
    assert_int_equal(style.back, back);
    assert_int_equal(style.attributes, attributes);
}

static void test_styles(void **state)
{
    (void)state;
    struct theme *theme = theme_of("default");
    check_style(theme, ROLE_BAR_KEY, DEPTH_TRUE, 0x8fd3d6, 0x1f262b, STYLE_BOLD);
    check_style(theme, ROLE_BAR_KEY, DEPTH_256, 116, 235, STYLE_BOLD);
    check_style(theme, ROLE_BAR_KEY, DEPTH_8, -1, -1, STYLE_BOLD | STYLE_REVERSE);
    check_style(theme, ROLE_BAR_ALERT, DEPTH_8, 1, -1, STYLE_BOLD | STYLE_REVERSE);
    check_style(theme, ROLE_HEAD, DEPTH_MONO, -1, -1, STYLE_UNDERLINE);
    assert_string_equal(theme_title(theme, false), "深色");
    assert_string_equal(theme_title(theme, true), "Dark");
    assert_int_equal(theme_contrast(theme, ROLE_TEXT_DIM, DEPTH_TRUE), 65);
    theme_free(theme);
    theme = theme_of("deutan"); /* differs in some roles from its base, and is it in all others */
    check_style(theme, ROLE_CARD_RED, DEPTH_256, 215, -1, STYLE_BOLD);
    check_style(theme, ROLE_BAR_KEY, DEPTH_256, 116, 235, STYLE_BOLD);
    theme_free(theme);
}

/* ---- a person's own ---- */

static char directory[] = "/tmp/yuntai-themes-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    char path[128];
    if (!mkdtemp(directory) || setenv("XDG_CONFIG_HOME", directory, 1) != 0) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/yuntai", directory);
    int made = mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/yuntai/themes", directory);
    return made || mkdir(path, 0700);
}

static int remove_directory(void **state)
{
    (void)state;
    static const char *const names[] = {"themes/own.ini", "themes/default.ini", "themes", ""};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/yuntai/%s", directory, names[i]);
        remove(path);
    }
    return rmdir(directory);
}

static void write_theme(const char *name, const char *content)
{
    char path[128];
    snprintf(path, sizeof path, "%s/yuntai/themes/%s.ini", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    assert_int_equal(fclose(file), 0);
}

static void test_own(void **state)
{
    (void)state;
    write_theme("own", "[theme]\ntitle = 我的\nbase = light\n[roles]\nflag = \"#ff00ff\"\n"
                       "head = \"8: red on white underline\"\n");
    struct theme *theme = theme_of("own");
    check_style(theme, ROLE_FLAG, DEPTH_TRUE, 0xff00ff, -1, 0);
    check_style(theme, ROLE_FLAG, DEPTH_256, -1, -1, 0); /* said nothing of it: as mono */
    check_style(theme, ROLE_HEAD, DEPTH_8, 1, 7, STYLE_UNDERLINE);
    check_style(theme, ROLE_CARD_YELLOW, DEPTH_256, 94, -1, 0);
    assert_string_equal(theme_title(theme, true), "我的");
    theme_free(theme);
    write_theme("default", "[theme]\nbase = default\n[roles]\nflag = \"#ff00ff\"\n");
    theme = theme_of("default"); /* stands before the one that comes with the program, and on it */
    check_style(theme, ROLE_FLAG, DEPTH_TRUE, 0xff00ff, -1, 0);
    check_style(theme, ROLE_BAR_KEY, DEPTH_256, 116, 235, STYLE_BOLD);
    theme_free(theme);
}

static void check_wrong(const char *content, const char *expected)
{
    struct text error = {0};
    write_theme("own", content);
    assert_null(theme_read("own", &error));
    const char *said = strstr(text_bytes(&error), "own.ini");
    if (!said || strncmp(said, expected, strlen(expected)) != 0) {
        print_message("%s\nis not …%s\n", text_bytes(&error), expected);
        fail();
    }
    text_free(&error);
}

#define BASED "[theme]\nbase = default\n[roles]\n"

static void test_wrong(void **state)
{
    (void)state;
    check_wrong("[roles]\nflag = plain\n", "own.ini: role text is missing");
    check_wrong(BASED "falg = plain\n", "own.ini:4: there is no role falg");
    check_wrong(BASED "flag = \"#ff00f\"\n", "own.ini:4: “#ff00f” is no look");
    check_wrong(BASED "flag = \"#FF00FF\"\n", "own.ini:4: “#FF00FF” is no look");
    check_wrong(BASED "flag = \"256: 7\"\n", "own.ini:4: “7” is no look");
    check_wrong(BASED "flag = \"16: 7\"\n", "own.ini:4: “16:” is no look");
    check_wrong(BASED "flag = \"256: 100\"\n", "own.ini:4: “256: 100” is no look");
    check_wrong(BASED "flag = \"mono: bold | mono: bold\"\n", "own.ini:4: “mono:” is no look");
    check_wrong(BASED "flag = blink\n", "own.ini:4: “blink” is no look");
    check_wrong(BASED "flag = plain\nflag = plain\n", "own.ini:5: the key stands in line 4");
    check_wrong("[theme]\nbackground = black\n", "own.ini:2: black is no colour");
    check_wrong("[theme]\ncolour = x\n", "own.ini:2: colour is nothing a theme has");
    check_wrong("[them]\ncolour = x\n", "own.ini:1: there is no section them");
    check_wrong("nonsense\n", "own.ini:1: the line is none of");
    struct text error = {0};
    assert_null(theme_read("../own", &error));
    assert_null(theme_read("nowhere", &error));
    text_free(&error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast), cmocka_unit_test(test_cards),
        cmocka_unit_test(test_styles),   cmocka_unit_test(test_own),
        cmocka_unit_test(test_wrong),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
