/* test_input.c: bytes of many terminals as keys, whole and in pieces. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/terminal/input.h"

/* Appends the names of all keys there are: "j Ctrl-S Paste<text>". */
static void take(struct input *input, bool late, struct text *out)
{
    struct key_event event;
    while (input_next(input, late, &event)) {
        text_add(out, out->length ? " " : "");
        key_name(event.key, out);
        if (event.key.code == KEY_PASTE) {
            text_add(out, "<");
            text_add_n(out, event.text, event.length);
            text_add(out, ">");
        } else if (event.key.code == KEY_MOUSE) {
            text_addf(out, "%d,%d", event.row, event.column);
        }
    }
}

/* BYTES, in two pieces cut at CUT, are the keys EXPECTED; nothing waits after them. */
static void check_cut(const char *bytes, size_t length, size_t cut, const char *expected)
{
    struct input *input = input_new();
    struct text keys = {0};
    assert_true(input_feed(input, bytes, cut));
    take(input, false, &keys);
    assert_true(input_feed(input, bytes + cut, length - cut));
    take(input, false, &keys);
    assert_string_equal(text_bytes(&keys), expected);
    assert_int_equal(input_waits(input), -1);
    text_free(&keys);
    input_free(input);
}

static void check(const char *bytes, const char *expected)
{
    size_t length = strlen(bytes);
    for (size_t cut = 0; cut <= length; cut++) {
        check_cut(bytes, length, cut, expected);
    }
}

static void test_characters(void **state)
{
    (void)state;
    check("jG?", "j G ?");
    check("审核", "审 核");
    check("𠮷", "𠮷");
    check("\x01\x13\x1a\x1c\x1f", "Ctrl-A Ctrl-S Ctrl-Z Ctrl-\\ Ctrl-_");
    check("\t\r\n\b\x7f ", "Tab Enter Enter Backspace Backspace Space");
    check_cut("\0", 1, 0, "Ctrl-Space");
    check("\033x\033审\033\x7f\033\r", "Alt-x Alt-审 Alt-Backspace Alt-Enter");
    check("：／", "： ／");
}

static void test_xterm(void **state)
{
    (void)state;
    check("\033[A\033[B\033[C\033[D\033[H\033[F", "Up Down Right Left Home End");
    check("\033OA\033OB\033OC\033OD\033OH\033OF", "Up Down Right Left Home End");
    check("\033OP\033OQ\033OR\033OS\033[15~\033[17~\033[24~", "F1 F2 F3 F4 F5 F6 F12");
    check("\033[2~\033[3~\033[5~\033[6~", "Ins Del PgUp PgDn");
    check("\033[1;5A\033[1;2D\033[1;3C\033[1;8F",
          "Ctrl-Up Shift-Left Alt-Right Ctrl-Alt-Shift-End");
    check("\033[5;5~\033[3;2~\033[1;2P\033[1;5R\033[15;5~",
          "Ctrl-PgUp Shift-Del Shift-F1 Ctrl-F3 Ctrl-F5");
    check("\033[Z", "Shift-Tab");
    check("\033[27;5;105~\033[97;5u\033[13;2u\033[65;2u", "Tab Ctrl-A Shift-Enter A");
    check("\033OM\033Oj\033Op\033Oy\033OX", "Enter * 0 9 =");
}

static void test_others(void **state)
{
    (void)state;
    check("\033[1~\033[4~\033[[A\033[[E", "Home End F1 F5");   /* linux */
    check("\033[7~\033[8~\033[11~\033[14~", "Home End F1 F4"); /* rxvt */
    check("\033[a\033[d\033Oa\033Od", "Shift-Up Shift-Left Ctrl-Up Ctrl-Left");
    check("\033[5^\033[6$\033[3@", "Ctrl-PgUp Shift-PgDn Ctrl-Shift-Del");
    check("\033\033[A\033\033OB\033\033[5~", "Alt-Up Alt-Down Alt-PgUp");
    check("\033O5A\033O1;3B", "Ctrl-Up Alt-Down"); /* older gnome and konsole */
}

static void test_swallowed(void **state)
{
    (void)state;
    check("a\033[?62;22cb", "a b");                     /* what it is */
    check("a\033[12;40Rb", "a b");                      /* where the cursor is */
    check("a\033]11;rgb:1212/1414/1616\033\\b", "a b"); /* its background */
    check("a\033]11;rgb:1212/1414/1616\ab", "a b");
    check("a\033P>|XTerm(354)\033\\b", "a b");
    check("a\033[?2026;1$yb", "a b");
    check("a\033[I\033[Ob", "a b"); /* came to the front */
    check("a\033[99~\033[99;9Xb", "a b");
    check("a\033[12\033[Ab", "a Up b"); /* broken off */
    check("a\033[12\rb", "a Enter b");
    check("a\xff\xc0\xed\xa0\x80"
          "b",
          "a b");
    check("a\u202e\u200b\xc2\x9b"
          "b",
          "a b");
    check("\033[201~a", "a");
}

static void test_mouse(void **state)
{
    (void)state;
    check("\033[<0;5;3M\033[<0;5;3m", "Mouse2,4");
    check("\033[<64;5;3M\033[<65;5;3M\033[<2;5;3M", "Up Down");
    check("\033[M !!", "Mouse0,0");
}

static void test_paste(void **state)
{
    (void)state;
    check("\033[200~一\r\n二\r三\n\033[201~j", "Paste<一\n二\n三\n> j");
    check("\033[200~\033[201~", "Paste<>");
    check("\033[200~a\033[Ab\tc\033[201~", "Paste<a[Ab\tc>"); /* no control gets through */
    check("\033[200~a\xff"
          "b\xe9\x83\033[201~",
          "Paste<ab>");
}

static void test_paste_bound(void **state)
{
    (void)state;
    struct input *input = input_new();
    assert_true(input_feed(input, "\033[200~", 6));
    for (int i = 0; i < PASTE_MOST / 2; i++) {
        assert_true(input_feed(input, "郑", 3));
        struct key_event event;
        assert_false(input_next(input, false, &event));
    }
    assert_true(input_feed(input, "\033[201~", 6));
    struct key_event event;
    assert_true(input_next(input, false, &event));
    assert_int_equal(event.key.code, KEY_PASTE);
    assert_true(event.length <= PASTE_MOST && event.length > PASTE_MOST - 8);
    assert_int_equal(utf8_check(event.text, event.length), event.length);
    input_free(input);
}

/* BYTES are nothing whole; once nothing follows they are EXPECTED. */
static void check_late(const char *bytes, int waits, const char *expected)
{
    struct input *input = input_new();
    struct text keys = {0};
    assert_true(input_feed(input, bytes, strlen(bytes)));
    take(input, false, &keys);
    assert_string_equal(text_bytes(&keys), "");
    assert_int_equal(input_waits(input), waits);
    take(input, true, &keys);
    assert_string_equal(text_bytes(&keys), expected);
    assert_int_equal(input_waits(input), -1);
    text_free(&keys);
    input_free(input);
}

static void test_escape(void **state)
{
    (void)state;
    unsetenv("ESCDELAY");
    check_late("\033", 25, "Esc");
    check_late("\033\033", 25, "Esc Esc");
    check_late("\033[", 500, "Alt-[");
    check_late("\033O", 500, "Alt-O");
    check_late("\033P", 500, "Alt-P");
    check_late("\033[1;5", 500, "");
    check_late("\033]11;rgb:", 500, "");
    check_late("\xe9\x83", 500, "");
    check_late("\033[200~abc", 10000, "Paste<abc>");
    setenv("ESCDELAY", "200", 1);
    check_late("\033", 200, "Esc");
    unsetenv("ESCDELAY");
}

static void test_learnt(void **state)
{
    (void)state;
    struct input *input = input_new();
    struct text keys = {0};
    assert_true(input_learn(input, "\033A", (struct key){.code = KEYPAD_UP})); /* vt52 */
    assert_true(input_learn(input, "\033Az", (struct key){.code = KEYPAD_END}));
    assert_true(input_feed(input, "\033", 1));
    take(input, false, &keys);
    assert_true(input_feed(input, "Az\033Ajx", 6));
    take(input, false, &keys);
    assert_string_equal(text_bytes(&keys), "End Up j x");
    text_free(&keys);
    input_free(input);
}

static void test_read(void **state)
{
    (void)state;
    int ends[2];
    struct input *input = input_new();
    struct key_event event;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "j", 1), 1);
    assert_true(input_read(input, ends[0]));
    assert_true(input_next(input, false, &event));
    assert_int_equal(event.key.code, 'j');
    close(ends[1]);
    assert_false(input_read(input, ends[0]));
    close(ends[0]);
    input_free(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),  cmocka_unit_test(test_xterm),
        cmocka_unit_test(test_others),      cmocka_unit_test(test_swallowed),
        cmocka_unit_test(test_mouse),       cmocka_unit_test(test_paste),
        cmocka_unit_test(test_paste_bound), cmocka_unit_test(test_escape),
        cmocka_unit_test(test_learnt),      cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
