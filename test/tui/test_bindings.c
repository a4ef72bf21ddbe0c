/* test_bindings.c: every action has its keys, none two meanings in one place, and what a user's own
 * keys.ini changes is right or told with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/desk.h"
#include "tui/console/binding.h"

static struct key key_of(const char *name)
{
    struct key key;
    assert_true(key_parse(name, strlen(name), &key));
    return key;
}

static int next_key(const char **at, struct key *key)
{
    const char *word = *at + strspn(*at, " ");
    size_t length = strcspn(word, " ");
    *at = word + length;
    return length == 0 ? 0 : key_parse(word, length, key) ? 1 : -1;
}

/* Every name in the table is one, and every key is a key. */
static void test_table(void **state)
{
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        const char *at = actions[i].keys;
        struct key key;
        int found;
        assert_true(strlen(actions[i].name) > 0 && strlen(actions[i].label) > 0 &&
                    strlen(actions[i].help) > 0);
        assert_int_equal(action_named(actions[i].name), i);
        while ((found = next_key(&at, &key)) != 0) {
            assert_int_equal(found, 1);
        }
    }
    assert_int_equal(action_named("nonsense"), ACTION_NONE);
}

/* One key, one meaning: within a place, and for characters also between a place and everywhere. */
static void test_one_meaning(void **state)
{
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        for (int j = i + 1; j < ACTIONS; j++) {
            const char *a = actions[i].keys;
            struct key x, y;
            while (next_key(&a, &x) == 1) {
                const char *b = actions[j].keys;
                while (next_key(&b, &y) == 1) {
                    bool same = actions[i].where == actions[j].where;
                    bool over = actions[i].where == WHERE_EVERYWHERE ||
                                actions[j].where == WHERE_EVERYWHERE;
                    if (key_same(x, y) && (same || (over && key_is_character(x)))) {
                        fail_msg("%s and %s share a key", actions[i].name, actions[j].name);
                    }
                }
            }
        }
    }
}

/* Function keys are never the only way. */
static void test_not_only_function_keys(void **state)
{
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        const char *at = actions[i].keys;
        struct key key;
        bool some = false, other = false;
        while (next_key(&at, &key) == 1) {
            some = true;
            other |= key.code < KEYPAD_F1 || key.code > KEYPAD_F12;
        }
        assert_true(!some || other || i == ACTION_HELP); /* that is ?? */
    }
}

static void test_find(void **state)
{
    (void)state;
    struct bindings *bindings = bindings_new();
    struct text keys = {0};
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("a")), ACTION_ACT);
    assert_int_equal(binding_find(bindings, WHERE_SHEET, key_of("a")), ACTION_NONE);
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("PgDn")), ACTION_PAGE_DOWN);
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("F1")), ACTION_HELP);
    assert_int_equal(binding_find(bindings, WHERE_FORM, key_of("F1")), ACTION_RULE);
    /* what an input method that was left on types */
    assert_int_equal(binding_find(bindings, WHERE_LIST, (struct key){.code = 0xff1a}),
                     ACTION_PALETTE);
    assert_int_equal(binding_find(bindings, WHERE_LIST, (struct key){.code = 0xff12}),
                     ACTION_SCREEN_2);
    binding_key(bindings, ACTION_DOWN, false, &keys);
    text_add(&keys, "/");
    binding_key(bindings, ACTION_DOWN, true, &keys); /* where j is typed */
    assert_string_equal(text_bytes(&keys), "j/Down");
    text_free(&keys);
    bindings_free(bindings);
}

static void check_wrong(const char *name, const char *keys, const char *expected)
{
    struct bindings *bindings = bindings_new();
    struct text wrong = {0};
    bindings_set(bindings, name, keys, "keys.ini", 3, &wrong);
    assert_string_equal(text_bytes(&wrong), expected);
    text_free(&wrong);
    bindings_free(bindings);
}

static void test_wrong(void **state)
{
    (void)state;
    check_wrong("next-urgent", "N F6", "");
    check_wrong("next-urgnt", "N",
                "keys.ini:3: there is no action “next-urgnt”; did you mean next-urgent?\n");
    check_wrong("note", "Ctrl-Nonsense",
                "keys.ini:3: “Ctrl-Nonsense” is no key; write it as j, Ctrl-S, Alt-x, PgDn, F5 or "
                "Space\n");
}

/* A key goes to who is given it; the same key given twice is told; so is who is left with none. */
static void test_own(void **state)
{
    (void)state;
    struct bindings *bindings = bindings_new();
    struct text wrong = {0};
    bindings_set(bindings, "next-urgent", "v", "k", 1, &wrong);
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("v")), ACTION_NEXT_URGENT);
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("n")), ACTION_NONE);
    bindings_set(bindings, "note", "v", "k", 2, &wrong);
    assert_string_equal(text_bytes(&wrong),
                        "k:2: v is already the key of next-urgent; one of the two\n");
    text_clear(&wrong);
    bindings_check(bindings, "k", &wrong);
    assert_string_equal(text_bytes(&wrong), "k:1: preview has no key left; give it one\n");
    text_free(&wrong);
    bindings_free(bindings);
}

static void test_file(void **state)
{
    (void)state;
    char path[] = "/tmp/yuntai-keys-XXXXXX";
    int file = mkstemp(path);
    FILE *out = fdopen(file, "w");
    struct bindings *bindings = bindings_new();
    struct text wrong = {0}, expected = {0};
    assert_non_null(out);
    fputs("[keys]\nnext-urgent = N F6\nfilter =\nxyzzy = x\n", out);
    fclose(out);
    bindings_read(bindings, path, true, &wrong);
    text_addf(&expected, "%s:4: there is no action “xyzzy”; the manual lists them\n", path);
    assert_string_equal(text_bytes(&wrong), text_bytes(&expected));
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("F6")), ACTION_NEXT_URGENT);
    assert_int_equal(binding_find(bindings, WHERE_LIST, key_of("/")), ACTION_NONE);
    remove(path);
    text_free(&wrong);
    text_free(&expected);
    bindings_free(bindings);
}

static void add_escaped(struct text *out, const char *text)
{
    for (; *text; text++) {
        text_add(out, *text == '-' ? "\\" : "");
        text_add_n(out, text, 1);
    }
}

/* Each stands in the manual with its keys and what it does. */
static void test_manual(void **state)
{
    (void)state;
    struct text manual = {0}, error = {0};
    assert_int_equal(desk_read_text("data/man/yuntai.1", &manual, &error), 0);
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        struct text entry = {0};
        text_add(&entry, ".TP\n.BR ");
        add_escaped(&entry, actions[i].name);
        for (const char *at = actions[i].keys; *at; at += strcspn(at, " ")) {
            bool first = at == actions[i].keys;
            at += strspn(at, " ");
            struct text key = {0};
            text_add_n(&key, at, strcspn(at, " "));
            text_add(&entry, first ? " \" (" : ", ");
            add_escaped(&entry, text_bytes(&key));
            text_free(&key);
        }
        text_add(&entry, *actions[i].keys ? ")\"\n" : "\n");
        add_escaped(&entry, actions[i].help);
        text_add(&entry, "\n");
        if (!strstr(text_bytes(&manual), text_bytes(&entry))) {
            fail_msg("the manual has not:\n%s", text_bytes(&entry));
        }
        text_free(&entry);
    }
    text_free(&manual);
    text_free(&error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_one_meaning),
        cmocka_unit_test(test_not_only_function_keys),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
