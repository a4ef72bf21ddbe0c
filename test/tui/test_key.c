/* test_key.c: names of keys, and what an input method left on types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/terminal/key.h"
#include "tui/terminal/role.h"

static void check_name(const char *name, uint32_t code, unsigned with, const char *shown)
{
    struct key key;
    assert_true(key_parse(name, strlen(name), &key));
    assert_int_equal(key.code, code);
    assert_int_equal(key.with, with);
    struct text text = {0};
    key_name(key, &text);
    assert_string_equal(text_bytes(&text), shown);
    text_free(&text);
}

static void test_names(void **state)
{
    (void)state;
    check_name("j", 'j', 0, "j");
    check_name("G", 'G', 0, "G");
    check_name("审", 0x5ba1, 0, "审");
    check_name("Ctrl-S", 's', KEY_CTRL, "Ctrl-S");
    check_name("ctrl-s", 's', KEY_CTRL, "Ctrl-S");
    check_name("Alt-x", 'x', KEY_ALT, "Alt-x");
    check_name("Alt-X", 'X', KEY_ALT, "Alt-X");
    check_name("Alt-Ctrl-x", 'x', KEY_ALT | KEY_CTRL, "Ctrl-Alt-X");
    check_name("PgDn", KEYPAD_PAGE_DOWN, 0, "PgDn");
    check_name("PageDown", KEYPAD_PAGE_DOWN, 0, "PgDn");
    check_name("F5", KEYPAD_F1 + 4, 0, "F5");
    check_name("F12", KEYPAD_F12, 0, "F12");
    check_name("Space", ' ', 0, "Space");
    check_name("Ctrl-Space", ' ', KEY_CTRL, "Ctrl-Space");
    check_name("Shift-Tab", KEYPAD_TAB, KEY_SHIFT, "Shift-Tab");
    check_name("Shift-a", 'A', 0, "A");
    check_name("-", '-', 0, "-");
    check_name("Ctrl--", '-', KEY_CTRL, "Ctrl--");
    check_name("?", '?', 0, "?");
    check_name("'", '\'', 0, "'");
}

/* A terminal sends one byte for both: the binding has to be of the key that comes. */
static void test_twins(void **state)
{
    (void)state;
    check_name("Ctrl-I", KEYPAD_TAB, 0, "Tab");
    check_name("Ctrl-M", KEYPAD_ENTER, 0, "Enter");
    check_name("Ctrl-H", KEYPAD_BACKSPACE, 0, "Backspace");
    check_name("Ctrl-[", KEYPAD_ESCAPE, 0, "Esc");
}

static void test_wrong(void **state)
{
    (void)state;
    static const char *const names[] = {"",      "F0",     "F13",          "F1x",     "jj",
                                        "Ctrl-", "Strg-S", "Ctrl-Shift-a", "Shift-!", " ",
                                        "\x01",  "\xff",   "F05"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct key key;
        assert_false(key_parse(names[i], strlen(names[i]), &key));
    }
}

static void test_every_key(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < KEY_END_; code += code == 0x2fff ? KEYPAD_UP - 0x2fff : 1) {
        for (unsigned with = 0; with < 8; with++) {
            struct key key = {.code = code, .with = (uint8_t)with}, read;
            struct text name = {0};
            key_name(key, &name);
            if (key_parse(text_bytes(&name), name.length, &read)) {
                struct text again = {0};
                struct key second;
                key_name(read, &again);
                assert_true(key_parse(text_bytes(&again), again.length, &second));
                assert_true(key_same(read, second));
                text_free(&again);
            } else {
                assert_true(code < KEY_BASE_); /* what has a name can be bound */
            }
            text_free(&name);
        }
    }
}

static void test_half(void **state)
{
    (void)state;
    static const struct {
        uint32_t from, to;
    } cases[] = {{0xff1a, ':'},  {0xff0f, '/'}, {0xff1f, '?'},    {0xff0b, '+'},
                 {0xff10, '0'},  {0xff4a, 'j'}, {0x3000, ' '},    {0x3001, '/'},
                 {0x2018, '\''}, {'j', 'j'},    {0x5ba1, 0x5ba1}, {KEYPAD_UP, KEYPAD_UP}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct key half = key_half((struct key){.code = cases[i].from, .with = KEY_ALT});
        assert_int_equal(half.code, cases[i].to);
        assert_int_equal(half.with, KEY_ALT);
    }
}

static void test_roles(void **state)
{
    (void)state;
    for (int role = 0; role < ROLES; role++) {
        assert_int_equal(role_called(role_name((enum role)role)), role);
    }
    assert_string_equal(role_name(ROLE_TABLE_CURSOR), "table.cursor");
    assert_int_equal(role_called("table.curser"), ROLES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names), cmocka_unit_test(test_twins),
        cmocka_unit_test(test_wrong), cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_half),  cmocka_unit_test(test_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
