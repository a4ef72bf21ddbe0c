/* test_forms.c: what a form asks for as it is filled in; a draft handed in at once; who is told;
 * what was begun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/bureau.h"

#define NOW "now", "2026-02-02 09:00"

/* Who owns the workspace keeps its catalogue. */
static void list_product(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    bureau_must(bureau, "put", "kind", "product", "code", "DR", "name", "容灾云主机", "fact.unit",
                "台", "fact.cpu", "4", "now", "2026-01-05", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    list_product(bureau);
    bureau_open(bureau, served);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

/* The cell COLUMN of the row whose KEY is NAME; NULL. */
static const char *cell(const struct bureau *bureau, const char *name, const char *key,
                        const char *row_name, const char *column)
{
    const struct table *table = parcel_find(&bureau->reply, name);
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *value = table_cell(table, row, key);
        if (value && strcmp(value, row_name) == 0) {
            return table_cell(table, row, column);
        }
    }
    return NULL;
}

static void test_a_form_asks_as_it_is_filled_in(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "form", "procedure", "access", "entry.trial_days", "31",
                "entry.item.X-1.quantity", "2", "entry.item.X-1.domestic", "no", NOW, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "hand_in"), "submit");
    assert_string_equal(cell(bureau, "fields", "field", "trial_days", "value"), "31");
    assert_string_equal(cell(bureau, "fields", "field", "trial_days", "low"), "15");
    assert_string_equal(cell(bureau, "fields", "field", "trial_days", "hint"),
                        "试用时间为十五至三十天\037a trial takes 15 to 30 days");
    assert_non_null(strstr(cell(bureau, "fields", "field", "request", "sounds"), "new=xin jian"));
    assert_string_equal(cell(bureau, "asked_lines", "field", "not_domestic", "asked"), "yes");
    assert_string_equal(cell(bureau, "items", "code", "X-1", "quantity"), "2");
    assert_non_null(cell(bureau, "articles", "article", "13", "summary"));
    bureau_must(bureau, "form", "procedure", "access", "entry.item.X-1.quantity", "2",
                "entry.item.X-1.domestic", "yes", NOW, NULL);
    assert_string_equal(cell(bureau, "asked_lines", "field", "not_domestic", "asked"), "no");
}

/* What is blank is no entry; what is very long belongs in a document. */
static void test_blank_and_endless(void **state)
{
    struct bureau *bureau = *state;
    struct text endless = {0};
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.purpose", " \t",
                "entry.request_form", " ", "entry.contact", "　", NOW, NULL);
    char *number = strdup(parcel_get(&bureau->reply, "case"));
    assert_int_equal(bureau_ask(bureau, "act", "case", number, "event", "submit", NOW, NULL), -1);
    static const char *const blank[] = {"purpose", "request_form", "contact"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        assert_string_equal(cell(bureau, "reasons", "field", blank[i], "sentence"),
                            "is missing; it must be entered");
    }
    for (int i = 0; i < 20001; i++) {
        text_add(&endless, "长");
    }
    assert_int_equal(bureau_ask(bureau, "act", "case", number, "event", "edit", "entry.purpose",
                                text_bytes(&endless), NOW, NULL),
                     -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
    assert_string_equal(bureau->error.arg[1], "20001");
    assert_int_equal(bureau_ask(bureau, "act", "case", number, "event", "note", "note",
                                text_bytes(&endless), NOW, NULL),
                     -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
    text_free(&endless);
    free(number);
}

#define APPLICATION                                                                                \
    "procedure", "access", "role", "unit", "then", "submit", "entry.info_system", "视频",          \
        "entry.request", "new", "entry.purpose", "卡口", "entry.contact", "李", "entry.phone",     \
        "1380000", "entry.classified", "no", "entry.lawful", "yes", "entry.mlps_level", "3",       \
        "entry.network", "internet", "entry.go_live", "2026-06-01", "entry.request_form", "yes",   \
        "entry.cloud_plan", "yes", "entry.redundancy", "40", "entry.reclaim_cpu", "20",            \
        "entry.reclaim_memory", "30", "entry.item.DR.quantity", "1", "entry.item.DR.kind",         \
        "virtual", "entry.item.DR.dr", "yes", "entry.item.DR.domestic", "yes"

static void test_a_draft_is_handed_in_whole_or_not(void **state)
{
    struct bureau *bureau = *state;
    assert_int_equal(bureau_ask(bureau, "open", APPLICATION, NOW, NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_REFUSED);
    assert_string_equal(cell(bureau, "reasons", "rule", "moderate", "else"), "reason");
    assert_string_equal(cell(bureau, "reasons", "rule", "moderate", "about"), "redundancy");
    bureau_must(bureau, "list", "query", "", NOW, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "cases")), 0); /* not even begun */
    bureau_must(bureau, "open", APPLICATION, "reason", "汛期", "preview", "yes", NOW, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "state"), "received");
    assert_string_equal(cell(bureau, "told", "n", "2", "role"), "clerk");
    assert_string_equal(cell(bureau, "clocks", "clock", "accept", "basis"), "house");
    bureau_must(bureau, "list", "query", "", NOW, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "cases")), 0);
    bureau_must(bureau, "open", APPLICATION, "reason", "汛期", NOW, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "n"), "2");
    assert_string_equal(parcel_get(&bureau->reply, "rev"), "2");
    char *number = strdup(parcel_get(&bureau->reply, "case"));
    bureau_must(bureau, "show", "case", number, NOW, NULL);
    assert_string_equal(cell(bureau, "acts", "n", "1", "event"), "open");
    assert_string_equal(cell(bureau, "acts", "n", "2", "event"), "submit");
    free(number);
}

static void test_an_act_that_is_corrected_has_its_form(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "entry.info_system", "视频",
                "entry.trial_days", "20", NOW, NULL);
    char *number = strdup(parcel_get(&bureau->reply, "case"));
    bureau_must(bureau, "form", "case", number, "event", "correct", "n", "1", NOW, NULL);
    assert_string_equal(cell(bureau, "fields", "field", "trial_days", "value"), "20");
    assert_int_equal(
        bureau_ask(bureau, "form", "case", number, "event", "correct", "n", "9", NOW, NULL), -1);
    bureau_must(bureau, "form", "case", number, "event", "submit", NOW, NULL);
    assert_string_equal(cell(bureau, "fields", "field", "trial_days", "application"), "yes");
    assert_string_equal(parcel_get(&bureau->reply, "final"), "no");
    bureau_must(bureau, "form", "case", number, "event", "withdraw", NOW, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "final"), "yes");
    assert_null(cell(bureau, "fields", "field", "trial_days", "value")); /* it goes with no other */
    free(number);
}

static void test_what_was_begun_is_told_by_form(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "draft", "procedure", "access", "field", "purpose", "value", "一", NOW,
                NULL);
    bureau_must(bureau, "draft", "procedure", "access", "field", "contact", "value", "李", "now",
                "2026-02-02 09:05", NULL);
    bureau_must(bureau, "drafts", NOW, NULL);
    assert_string_equal(cell(bureau, "forms", "subject", "access", "count"), "2");
    assert_non_null(strstr(cell(bureau, "forms", "subject", "access", "title"), "申请入云"));
    assert_non_null(strstr(cell(bureau, "forms", "subject", "access", "field_title"), "联系人"));
    bureau_must(bureau, "undraft", "procedure", "access", NOW, NULL);
    bureau_must(bureau, "drafts", NOW, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "forms")), 0);
}

static void test_what_one_may_open(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "offer", NOW, NULL);
    assert_string_equal(cell(bureau, "openings", "procedure", "access", "may"), "yes");
    assert_non_null(strstr(cell(bureau, "openings", "procedure", "access", "sound"), "ru yun"));
    assert_string_equal(cell(bureau, "openings", "procedure", "report", "may"), "no");
}

#define BOTH(test)                                                                                 \
    cmocka_unit_test_setup_teardown(test, make_local, bureau_unmake),                              \
        cmocka_unit_test_setup_teardown(test, make_served, bureau_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_a_form_asks_as_it_is_filled_in),
        BOTH(test_blank_and_endless),
        BOTH(test_a_draft_is_handed_in_whole_or_not),
        BOTH(test_an_act_that_is_corrected_has_its_form),
        BOTH(test_what_was_begun_is_told_by_form),
        BOTH(test_what_one_may_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
