/* test_edit.c: text being typed: the point between glyphs, steps undone, lines as they break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/typing.h"
#include "tui/widget/edit.h"

static bool press_one(void *self, const struct key_event *event)
{
    return edit_key(self, event);
}

static void press(struct edit *edit, const char *keys)
{
    typing_each(keys, edit, press_one);
}

static void test_the_point_never_stands_in_a_glyph(void **state)
{
    (void)state;
    struct edit edit = {0};
    press(&edit, "山洪ab");
    press(&edit, "<Left><Left><Left><Backspace>");
    assert_string_equal(edit_text(&edit), "洪ab");
    press(&edit, "预<Delete>");
    assert_string_equal(edit_text(&edit), "预ab");
    edit_set(&edit, "e\xcc\x81x"); /* é as two characters */
    press(&edit, "<Left><Backspace>");
    assert_string_equal(edit_text(&edit), "x");
    edit_free(&edit);
}

static void test_keys_of_a_line(void **state)
{
    (void)state;
    struct edit edit = {0};
    press(&edit, "one two<Ctrl-W>");
    assert_string_equal(edit_text(&edit), "one ");
    press(&edit, "2<Ctrl-A>0<Ctrl-E>3");
    assert_string_equal(edit_text(&edit), "0one 23");
    press(&edit, "<Ctrl-A><Right><Ctrl-K>");
    assert_string_equal(edit_text(&edit), "0");
    press(&edit, "<Ctrl-U>防汛");
    assert_string_equal(edit_text(&edit), "防汛");
    press(&edit, "<Ctrl-W>");
    assert_string_equal(edit_text(&edit), "防");
    edit_free(&edit);
}

static void test_undo_gives_back_what_was_erased(void **state)
{
    (void)state;
    struct edit edit = {0};
    press(&edit, "abc<Ctrl-U><Ctrl-Z>");
    assert_string_equal(edit_text(&edit), "abc");
    press(&edit, "<Ctrl-Y>");
    assert_string_equal(edit_text(&edit), "");
    press(&edit, "<Ctrl-Z><Ctrl-Z>");
    assert_string_equal(edit_text(&edit), "");
    press(&edit, "<Ctrl-Z>");
    assert_string_equal(edit_text(&edit), "");
    press(&edit, "<Ctrl-Y>");
    assert_string_equal(edit_text(&edit), "abc");
    edit_free(&edit);
}

static void test_only_text_gets_in(void **state)
{
    (void)state;
    struct edit edit = {0};
    assert_true(edit_insert(&edit, "a\x01\xff\x7f\nb\tc", 8));
    assert_string_equal(edit_text(&edit), "a b c");
    edit_free(&edit);
    edit.lines = true;
    assert_true(edit_insert(&edit, "a\nb", 3));
    assert_string_equal(edit_text(&edit), "a\nb");
    edit_free(&edit);
}

static void test_what_does_not_fit_is_not_half_taken(void **state)
{
    (void)state;
    struct edit edit = {0};
    static char much[EDIT_MOST];
    memset(much, 'x', sizeof much);
    assert_true(edit_insert(&edit, "ab", 2));
    assert_false(edit_insert(&edit, much, sizeof much));
    assert_string_equal(edit_text(&edit), "ab");
    edit_free(&edit);
}

static void draw(const struct edit *edit, int width, const char *want, int point)
{
    struct grid grid = {0};
    struct look look = {0};
    struct text row = {0};
    assert_true(grid_resize(&grid, 1, width + 2));
    struct pane pane = grid_pane(&grid, &look);
    pane_put(&pane, 0, 0, ROLE_TEXT, "|");
    pane_put(&pane, 0, width + 1, ROLE_TEXT, "|");
    edit_draw(edit, &pane, 0, 1, width, ROLE_FORM_FOCUS, true);
    grid_row(&grid, 0, &row);
    assert_string_equal(text_bytes(&row), want);
    assert_int_equal(grid.cursor_column, 1 + point);
    text_free(&row);
    grid_free(&grid);
}

static void test_a_long_line_shows_what_is_around_the_point(void **state)
{
    (void)state;
    struct edit edit = {0};
    press(&edit, "山洪灾害");
    draw(&edit, 10, "|山洪灾害  |", 8);
    press(&edit, "预警平台");
    draw(&edit, 10, "|… 平台    |", 6);
    press(&edit, "<Home>");
    draw(&edit, 10, "|山洪灾害预|", 0);
    edit_free(&edit);
}

static void test_lines_break_between_glyphs(void **state)
{
    (void)state;
    struct edit edit = {.lines = true};
    struct look look = {0};
    struct grid grid = {0};
    struct text row = {0};
    edit_set(&edit, "山洪灾害\nab");
    assert_int_equal(edit_rows(&edit, &look, 8), 3); /* a column is left for the point */
    assert_true(grid_resize(&grid, 3, 8));
    struct pane pane = grid_pane(&grid, &look);
    edit_draw_lines(&edit, &pane, ROLE_FORM_FOCUS, true);
    grid_row(&grid, 0, &row);
    assert_string_equal(text_bytes(&row), "山洪灾");
    text_clear(&row);
    grid_row(&grid, 2, &row);
    assert_string_equal(text_bytes(&row), "ab");
    assert_int_equal(grid.cursor_row, 2);
    assert_int_equal(grid.cursor_column, 2);
    assert_true(edit_move(&edit, &look, 8, -1));
    assert_true(edit_move(&edit, &look, 8, -1));
    assert_false(edit_move(&edit, &look, 8, -1));
    press(&edit, "x");
    assert_string_equal(edit_text(&edit), "山x洪灾害\nab");
    edit_set(&edit, "a\n");
    assert_int_equal(edit_rows(&edit, &look, 8), 2);
    edit_set(&edit, "");
    assert_int_equal(edit_rows(&edit, &look, 8), 1);
    text_free(&row);
    grid_free(&grid);
    edit_free(&edit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_point_never_stands_in_a_glyph),
        cmocka_unit_test(test_keys_of_a_line),
        cmocka_unit_test(test_undo_gives_back_what_was_erased),
        cmocka_unit_test(test_only_text_gets_in),
        cmocka_unit_test(test_what_does_not_fit_is_not_half_taken),
        cmocka_unit_test(test_a_long_line_shows_what_is_around_the_point),
        cmocka_unit_test(test_lines_break_between_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
