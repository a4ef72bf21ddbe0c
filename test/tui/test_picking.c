/* test_picking.c: choices found by sound, files by path, three texts merged. */
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

#include "test/support/form_reply.h"
#include "test/support/typing.h"
#include "tui/widget/filepick.h"
#include "tui/widget/merge.h"
#include "tui/widget/picklist.h"

static void test_letters_go_for_syllables(void **state)
{
    (void)state;
    static const char sound[] = "zi jian shu ju zhong xin";
    assert_true(picklist_sounds(sound, "zjsjzx"));
    assert_true(picklist_sounds(sound, "sjzx"));
    assert_true(picklist_sounds(sound, "zhongx"));
    assert_true(picklist_sounds(sound, ""));
    assert_true(picklist_sounds(sound, "zx"));
    assert_false(picklist_sounds(sound, "xz"));
    assert_false(picklist_sounds("", "a"));
}

static bool press_list(void *self, const struct key_event *event)
{
    return picklist_key(self, event);
}

static void test_a_list_narrows_and_marks(void **state)
{
    (void)state;
    static struct picklist list;
    list.several = true;
    picklist_add(&list, "new", 3, "新建", "xin jian");
    picklist_add(&list, "migrate", 7, "迁移", "qian yi");
    typing_each("qy", &list, press_list);
    assert_int_equal(picklist_chosen(&list), 1);
    typing_each(" <Ctrl-U>", &list, press_list);
    assert_true(list.options[1].marked);
    assert_false(list.options[0].marked);
    typing_each("新", &list, press_list);
    assert_int_equal(picklist_chosen(&list), 0);
    typing_each("?", &list, press_list);
    assert_int_equal(picklist_chosen(&list), -1);
    picklist_free(&list);
}

/* ---- files ---- */

static void put_file(const char *directory, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", directory, name);
    FILE *file = fopen(text_bytes(&path), "w");
    assert_non_null(file);
    fputs("12345", file);
    fclose(file);
    text_free(&path);
}

static bool press_file(void *self, const struct key_event *event)
{
    return filepick_key(self, event);
}

static void test_a_path_is_completed(void **state)
{
    (void)state;
    char directory[] = "/tmp/yuntai-pick-XXXXXX";
    struct filepick pick;
    struct text path = {0}, want = {0}, begin = {0};
    int64_t size = 0;
    assert_non_null(mkdtemp(directory));
    put_file(directory, "方案一.docx");
    put_file(directory, "方案二.docx");
    put_file(directory, "图.pdf");
    text_addf(&begin, "%s/", directory);
    filepick_begin(&pick, text_bytes(&begin));
    typing_each("方<Tab>", &pick, press_file);
    text_addf(&want, "%s/方案", directory); /* as far as both agree, no half of a character */
    assert_string_equal(edit_text(&pick.typed), text_bytes(&want));
    assert_false(filepick_take(&pick, &path, &size));
    typing_each("一<Tab>", &pick, press_file);
    assert_true(filepick_take(&pick, &path, &size));
    text_add(&want, "一.docx");
    assert_string_equal(text_bytes(&path), text_bytes(&want));
    assert_int_equal(size, 5);
    static const char *const names[] = {"方案一.docx", "方案二.docx", "图.pdf"};
    for (int i = 0; i < 3; i++) {
        text_clear(&path);
        text_addf(&path, "%s/%s", directory, names[i]);
        unlink(text_bytes(&path));
    }
    rmdir(directory);
    filepick_free(&pick);
    text_free(&path);
    text_free(&want);
    text_free(&begin);
}

/* ---- three texts ---- */

static struct form *form_with(const char *opinion, const char *contact, const char *remark)
{
    const struct form_reply_field fields[] = {
        {"opinion", "意见", "lines", NULL, "", NULL, NULL, NULL, NULL, NULL, NULL, opinion},
        {"contact", "联系人", "text", NULL, "", NULL, NULL, NULL, NULL, NULL, NULL, contact},
        {"remark", "附言", "text", NULL, "", NULL, NULL, NULL, NULL, NULL, NULL, remark}};
    struct parcel about = {0};
    form_reply(&about, fields, 3);
    struct form *form = form_new(&about, FORM_ACTS, true, 0, true);
    parcel_free(&about);
    assert_non_null(form);
    return form;
}

static void test_only_what_both_changed_has_to_be_decided(void **state)
{
    (void)state;
    struct form *mine = form_with("256G", "张", "a"), *theirs = form_with("224G", "李", "a");
    struct parcel rows = {0};
    struct merge merge = {0};
    struct text text = {0};
    edit_set(&mine->fields[0].edit, "240G");
    edit_set(&mine->fields[2].edit, "b");
    merge_compare(mine, theirs, &rows);
    merge_read(&merge, &rows);
    assert_int_equal(merge.count, 3);
    assert_int_equal(merge_undecided(&merge), 1);
    assert_int_equal(merge.rows[0].take, MERGE_UNDECIDED);
    assert_int_equal(merge.rows[1].take, MERGE_THEIRS);
    assert_int_equal(merge.rows[2].take, MERGE_MINE);
    assert_int_equal(merge.cursor, 0);
    merge_take(&merge, MERGE_BOTH);
    assert_int_equal(merge_undecided(&merge), 0);
    assert_false(merge_next(&merge));
    merge_text(&merge.rows[0], &text);
    assert_string_equal(text_bytes(&text), "240G\n224G");
    text_free(&text);
    parcel_free(&rows);
    form_free(mine);
    form_free(theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_go_for_syllables),
        cmocka_unit_test(test_a_list_narrows_and_marks),
        cmocka_unit_test(test_a_path_is_completed),
        cmocka_unit_test(test_only_what_both_changed_has_to_be_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
