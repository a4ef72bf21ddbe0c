/* test_form.c: a form as it is filled in: what is sent, what is wrong, what is kept; the list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/message.h"
#include "core/value.h"
#include "test/support/form_reply.h"
#include "test/support/typing.h"
#include "tui/widget/form.h"

static struct form *application(enum form_mode mode)
{
    struct parcel about = {0};
    int32_t day;
    form_reply_application(&about);
    day_from_civil(2026, 11, 23, &day);
    struct form *form = form_new(&about, mode, true, moment_of(day, 9 * 3600), true);
    parcel_free(&about);
    assert_non_null(form);
    return form;
}

static bool press_edit(void *self, const struct key_event *event)
{
    return edit_key(self, event);
}

static bool press_items(void *self, const struct key_event *event)
{
    return items_key(self, event);
}

static bool fill(struct form *form, const char *name, const char *keys)
{
    int index = form_find(form, name);
    assert_true(index >= 0);
    form_go(form, index);
    typing_each(keys, &form->fields[index].edit, press_edit);
    return form_leave(form, index);
}

static void check_value(struct form *form, const char *name, const char *want)
{
    struct text value = {0};
    form_value(form, form_find(form, name), &value);
    assert_string_equal(text_bytes(&value), want);
    text_free(&value);
}

static void check_typed(struct form *form, const char *name, const char *want)
{
    assert_string_equal(edit_text(&form->fields[form_find(form, name)].edit), want);
}

static void test_people_write_titles_and_the_desk_takes_names(void **state)
{
    (void)state;
    struct form *form = application(FORM_OPENS);
    assert_true(fill(form, "request", "新建"));
    check_value(form, "request", "new");
    check_typed(form, "request", "new"); /* the title in the language of the form */
    assert_true(fill(form, "standing", "备用、archive"));
    check_value(form, "standing", "standby+archive");
    assert_true(fill(form, "classified", "否"));
    check_value(form, "classified", "no");
    assert_true(fill(form, "go_live", "2-3"));
    check_value(form, "go_live", "2027-02-03");
    assert_true(fill(form, "trial_days", "<Ctrl-U>２０"));
    check_value(form, "trial_days", "20");
    assert_true(fill(form, "paper", "功能测评，性能测评"));
    check_value(form, "paper", "function+load");
    form_free(form);
}

static void test_what_cannot_be_right_is_told_and_kept(void **state)
{
    (void)state;
    struct form *form = application(FORM_OPENS);
    int days = form_find(form, "trial_days");
    assert_false(fill(form, "trial_days", "<Ctrl-U>31"));
    assert_true(form->fields[days].wrong);
    assert_non_null(strstr(text_bytes(&form->fields[days].complaint), "15 to 30 days"));
    check_typed(form, "trial_days", "31");
    form_go(form, 0);
    assert_int_equal(form_next_wrong(form), days);
    form_go(form, days);
    assert_int_not_equal(form_next_wrong(form), days); /* another first, which is still empty */
    assert_true(fill(form, "trial_days", "<Backspace>0"));
    assert_false(form->fields[days].wrong);
    assert_false(fill(form, "request", "搬家"));
    check_typed(form, "request", "搬家");
    assert_false(fill(form, "go_live", "some day"));
    assert_false(fill(form, "classified", "maybe"));
    int filled, asked, wrong;
    form_counts(form, &filled, &asked, &wrong);
    assert_int_equal(wrong, 3);
    form_free(form);
}

static void test_only_what_is_left_is_called_wrong(void **state)
{
    (void)state;
    struct form *form = application(FORM_OPENS);
    struct parcel reply = {0};
    const char *missing = message_english(MESSAGE_entry_missing);
    int filled, asked, wrong;
    form_reply_reason(&reply, "purpose", "purpose", NULL, missing, NULL, NULL, NULL);
    form_reply_reason(&reply, NULL, "classified", NULL, message_english(MESSAGE_act_rule),
                      "涉密系统不得申请\037No secrets", NULL, "refuse");
    assert_int_equal(form_judge(form, &reply, false), 0);
    fill(form, "classified", "yes");
    assert_int_equal(form_judge(form, &reply, false), 1);
    assert_int_equal(form_judge(form, &reply, true), 2);
    assert_string_equal(form->fields[form_find(form, "classified")].wrong_article, "13");
    assert_false(form->reason_wanted);
    parcel_free(&reply);
    form_reply_reason(&reply, NULL, "dr", NULL, message_english(MESSAGE_act_rule_reason),
                      "应有容灾\037Recovery", NULL, "reason");
    assert_int_equal(form_judge(form, &reply, true), 1);
    assert_true(form->reason_wanted);
    assert_true(form->fields[form->items_at].wrong); /* a column: it is the list's */
    form_counts(form, &filled, &asked, &wrong);
    assert_int_equal(wrong, 1);
    parcel_free(&reply);
    form_free(form);
}

static void test_an_act_sends_what_was_changed(void **state)
{
    (void)state;
    struct parcel about = {0}, request = {0};
    static const struct form_reply_field fields[] = {
        {"opinion", "意见", "lines", NULL, "", NULL, NULL, NULL, NULL, NULL, NULL, "old"},
        {"contact", "联系人", "text", NULL, "application", NULL, NULL, NULL, NULL, NULL, NULL,
         "张"},
        {"phone", "电话", "text", NULL, "application private", NULL, NULL, NULL, NULL, NULL, NULL,
         "*"},
        {"late", "原因", "text", NULL, "application unasked", NULL, NULL, NULL, NULL, NULL, NULL,
         NULL}};
    form_reply(&about, fields, 4);
    struct form *form = form_new(&about, FORM_ACTS, true, 0, true);
    fill(form, "reason", "urgent");
    form_put(form, &request);
    assert_string_equal(parcel_get(&request, "entry.opinion"), "old");
    assert_null(parcel_get(&request, "entry.contact"));
    assert_null(parcel_get(&request, "entry.phone")); /* * is not what stands in it */
    assert_string_equal(parcel_get(&request, "reason"), "urgent");
    parcel_free(&request);
    fill(form, "contact", "<Ctrl-U>");
    fill(form, "phone", "139");
    form_put(form, &request);
    assert_string_equal(parcel_get(&request, "entry.contact"), "");
    assert_string_equal(parcel_get(&request, "entry.phone"), "139");
    assert_null(parcel_get(&request, "entry.late"));
    parcel_free(&request);
    parcel_free(&about);
    form_free(form);
}

static void test_fields_come_and_go_with_the_entries(void **state)
{
    (void)state;
    struct form *form = application(FORM_OPENS);
    struct parcel reply = {0};
    static const struct form_reply_field fields[] = {{"purpose", "x", "lines", NULL,
                                                      "application unasked", NULL, NULL, NULL, NULL,
                                                      NULL, NULL, NULL}};
    fill(form, "purpose", "why");
    form_reply(&reply, fields, 1);
    form_ask(form, &reply);
    assert_false(form_shown(form, form_find(form, "purpose")));
    assert_true(form_shown(form, form->at));
    check_typed(form, "purpose", "why"); /* what was typed stays */
    parcel_free(&reply);
    form_free(form);
}

static void test_a_draft_gives_back_what_was_typed(void **state)
{
    (void)state;
    struct form *form = application(FORM_OPENS), *again = application(FORM_OPENS);
    struct parcel drafts = {0};
    static const struct column columns[] = {{"field", CELL_NAME, NULL}, {"value", CELL_TEXT, NULL}};
    fill(form, "trial_days", "<Ctrl-U>31");
    fill(form, "purpose", "一<Alt-Enter>二");
    struct parcel products = {0}, prices = {0};
    form_reply_catalogue(&products, &prices);
    items_catalogue(&form->items, &products);
    typing_each("ECS-G-8<Tab>2<Enter>", &form->items, press_items);
    struct table *table = parcel_table(&drafts, "drafts", columns, 2);
    for (int i = 0; i < form->count; i++) {
        struct text value = {0};
        form_draft(form, i, &value);
        if (form_unkept(form, i)) {
            table_text(table, form->fields[i].name);
            table_text(table, text_bytes(&value));
            form_kept(form, i);
            assert_false(form_unkept(form, i));
        }
        text_free(&value);
    }
    assert_int_equal(form_restore(again, parcel_find(&drafts, "drafts")), 3);
    check_typed(again, "trial_days", "31");
    check_typed(again, "purpose", "一\n二");
    assert_string_equal(edit_text(&again->items.rows[0].cells[0].edit), "ECS-G-8");
    assert_false(form_unkept(again, form_find(again, "purpose")));
    parcel_free(&products);
    parcel_free(&prices);
    parcel_free(&drafts);
    form_free(form);
    form_free(again);
}

/* ---- the list ---- */

static struct form *with_catalogue(void)
{
    struct form *form = application(FORM_OPENS);
    struct parcel products = {0}, prices = {0};
    form_reply_catalogue(&products, &prices);
    items_catalogue(&form->items, &products);
    items_priced(&form->items, &prices);
    parcel_free(&products);
    parcel_free(&prices);
    return form;
}

static void test_lines_come_to_something(void **state)
{
    (void)state;
    struct form *form = with_catalogue();
    struct parcel request = {0};
    typing_each("ECS-G-8<Tab>6<Enter>", &form->items, press_items);
    assert_int_equal(items_total(&form->items, 2), 48 * MICRO);
    assert_int_equal(items_total(&form->items, 3), 96 * MICRO);
    assert_int_equal(items_total(&form->items, -1), INT64_C(3123) * MICRO);
    assert_string_equal(edit_text(&form->items.rows[0].cells[4].edit), "no");
    typing_each("<Ctrl-U>yes", &form->items, press_items);
    form_put(form, &request);
    assert_string_equal(parcel_get(&request, "entry.item.ECS-G-8.quantity"), "6");
    assert_string_equal(parcel_get(&request, "entry.item.ECS-G-8.dr"), "yes");
    parcel_free(&request);
    form_free(form);
}

static void test_what_is_found_is_taken(void **state)
{
    (void)state;
    struct form *form = with_catalogue();
    struct parcel found = {0}, prices = {0};
    typing_each("rz", &form->items, press_items);
    assert_string_equal(items_sought(&form->items), "rz");
    form_reply_catalogue(&found, &prices);
    items_hits(&form->items, &found);
    typing_each("<Down><Enter>3", &form->items, press_items);
    assert_string_equal(edit_text(&form->items.rows[0].cells[0].edit), "DR-G-8");
    assert_string_equal(edit_text(&form->items.rows[0].cells[1].edit), "3");
    assert_string_equal(items_sought(&form->items), "");
    typing_each("<Down>DR-G-8<Tab>2", &form->items, press_items);
    assert_int_equal(form->items.row, 1);
    assert_int_equal(items_same(&form->items), 0);
    typing_each("<Ctrl-B>", &form->items, press_items);
    assert_int_equal(items_count(&form->items), 1);
    assert_string_equal(edit_text(&form->items.rows[0].cells[1].edit), "5");
    typing_each("<Ctrl-D>", &form->items, press_items);
    assert_int_equal(items_count(&form->items), 0);
    typing_each("<PgUp><Ctrl-K><F5>", &form->items, press_items);
    assert_int_equal(form->items.count, 0); /* only what is typed begins a line */
    parcel_free(&found);
    parcel_free(&prices);
    form_free(form);
}

static void test_many_pasted_lines_become_lines(void **state)
{
    (void)state;
    struct form *form = with_catalogue();
    static const char pasted[] = "ECS-G-8\t6\n容灾云主机\t2\nNOTHING 1\n";
    struct key_event event = {.key = {KEY_PASTE, 0}, .text = pasted, .length = sizeof pasted - 1};
    assert_true(items_key(&form->items, &event));
    assert_int_equal(items_count(&form->items), 3);
    assert_string_equal(edit_text(&form->items.rows[1].cells[0].edit), "DR-G-8");
    assert_true(form->items.rows[1].known);
    assert_false(form->items.rows[2].known); /* judged, and kept */
    assert_string_equal(edit_text(&form->items.rows[2].cells[1].edit), "1");
    form_free(form);
}

static void test_a_line_taken_away_is_told(void **state)
{
    (void)state;
    struct parcel about = {0}, request = {0};
    static const struct column columns[] = {
        {"code", CELL_NAME, NULL}, {"name", CELL_TEXT, NULL}, {"quantity", CELL_NUMBER, NULL}};
    form_reply_application(&about);
    struct table *table = parcel_table(&about, "items", columns, 3);
    const char *const cells[] = {"A", "甲", "2", "B", "乙", "3"};
    for (int i = 0; i < 6; i++) {
        table_text(table, cells[i]);
    }
    struct form *form = form_new(&about, FORM_CHANGES, false, 0, true);
    form_put(form, &request);
    assert_int_equal(request.pair_count, 1); /* the number that stands by itself */
    parcel_free(&request);
    typing_each("<Ctrl-D>", &form->items, press_items);
    form_put(form, &request);
    assert_string_equal(parcel_get(&request, "entry.item.A.quantity"), "");
    assert_null(parcel_get(&request, "entry.item.B.quantity"));
    parcel_free(&request);
    parcel_free(&about);
    form_free(form);
}

static void test_an_event_fills_columns_of_lines_that_stand(void **state)
{
    (void)state;
    struct parcel about = {0}, request = {0};
    static const struct form_reply_field fields[] = {{"approved", "核准数量", "number", NULL,
                                                      "per_item", NULL, NULL, NULL, NULL, NULL,
                                                      NULL, NULL}};
    static const struct column columns[] = {{"code", CELL_NAME, NULL},
                                            {"quantity", CELL_NUMBER, NULL}};
    form_reply(&about, fields, 1);
    struct table *table = parcel_table(&about, "items", columns, 2);
    table_text(table, "A");
    table_text(table, "2");
    struct form *form = form_new(&about, FORM_ACTS, false, 0, true);
    assert_true(form->items.fixed);
    typing_each("2", &form->items, press_items);
    form_put(form, &request);
    assert_string_equal(parcel_get(&request, "entry.item.A.approved"), "2");
    assert_null(parcel_get(&request, "entry.item.A.quantity"));
    parcel_free(&request);
    parcel_free(&about);
    form_free(form);
}

static void test_the_list_fits_any_width(void **state)
{
    (void)state;
    struct form *form = with_catalogue();
    struct look look = {0};
    typing_each("ECS-G-8<Tab>6<Enter><Enter><Enter>DR", &form->items, press_items);
    for (int columns = 1; columns <= 130; columns++) {
        for (int rows = 1; rows <= 12; rows += 3) {
            struct grid grid = {0};
            assert_true(grid_resize(&grid, rows, columns));
            struct pane pane = grid_pane(&grid, &look);
            items_draw(&form->items, &pane, true);
            grid_free(&grid);
        }
    }
    struct grid grid = {0};
    struct text line = {0};
    assert_true(grid_resize(&grid, 8, 100));
    struct pane pane = grid_pane(&grid, &look);
    items_draw(&form->items, &pane, true);
    grid_row(&grid, 1, &line);
    assert_non_null(strstr(text_bytes(&line), "3,123.00"));
    assert_non_null(strstr(text_bytes(&line), "云主机 通用型"));
    text_free(&line);
    grid_free(&grid);
    form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_write_titles_and_the_desk_takes_names),
        cmocka_unit_test(test_what_cannot_be_right_is_told_and_kept),
        cmocka_unit_test(test_only_what_is_left_is_called_wrong),
        cmocka_unit_test(test_an_act_sends_what_was_changed),
        cmocka_unit_test(test_fields_come_and_go_with_the_entries),
        cmocka_unit_test(test_a_draft_gives_back_what_was_typed),
        cmocka_unit_test(test_lines_come_to_something),
        cmocka_unit_test(test_what_is_found_is_taken),
        cmocka_unit_test(test_many_pasted_lines_become_lines),
        cmocka_unit_test(test_a_line_taken_away_is_told),
        cmocka_unit_test(test_an_event_fills_columns_of_lines_that_stand),
        cmocka_unit_test(test_the_list_fits_any_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
