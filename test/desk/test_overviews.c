/* test_overviews.c: what gives a view of the whole: a year of duties, the cards and days beside a
 * list, the rules of the policy, resources; in this process and through a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/bureau.h"

#define TODAY "2026-01-10"

/* Nobody in the workspace, but who owns it. */
static void be_owner(struct bureau *bureau, bool served)
{
    struct text socket = {0};
    text_addf(&socket, "%s/desk.sock", text_bytes(&bureau->directory));
    struct desk_place place = {.workspace = text_bytes(&bureau->directory),
                               .socket = served ? text_bytes(&socket) : "",
                               .now = MOMENT_NONE};
    desk_close(bureau->desk);
    bureau->desk = NULL;
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    text_free(&socket);
}

/* A vendor with a contract for 1000 processors, and what the desk opened of itself by today. */
static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    bureau_open(bureau, served);
    be_owner(bureau, served);
    bureau_must(bureau, "put", "kind", "org", "code", "cloud", "name", "中原云", "fact.roles",
                "vendor", "since", "2026-01-01", "now", "2026-01-06", NULL);
    bureau_must(bureau, "put", "kind", "quota", "code", "q", "name", "合同", "parent", "cloud",
                "fact.cpu", "1000", "since", "2026-01-01", "now", "2026-01-06", NULL);
    bureau_must(bureau, "tick", "now", TODAY, NULL);
    assert_true(parcel_int(&bureau->reply, "made", 0) > 0);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

static const struct table *answered(struct bureau *bureau, const char *name)
{
    const struct table *table = parcel_find(&bureau->reply, name);
    assert_non_null(table);
    return table;
}

static int64_t number_at(const struct table *table, size_t row, const char *column)
{
    const char *cell = table_cell(table, row, column);
    return cell ? strtoll(cell, NULL, 10) : 0;
}

/* The duties of one month that are to come, as WHO sees them. */
static int64_t to_come(struct bureau *bureau, const char *who, const char *year, int month)
{
    int64_t sum = 0;
    bureau_must(bureau, "duties", "as", who, "year", year, "now", TODAY, NULL);
    const struct table *duties = answered(bureau, "duties");
    assert_string_equal(parcel_get(&bureau->reply, "year"), year);
    for (size_t row = 0; row < table_rows(duties); row++) {
        if (number_at(duties, row, "month") == month) {
            sum += number_at(duties, row, "open");
            assert_int_equal(number_at(duties, row, "late"), 0);
            assert_int_equal(number_at(duties, row, "done"), 0);
        }
    }
    return sum;
}

/* Each month has as many as the list has cases due in it; who sees less, counts less. */
static void duties(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "list", "query", "due>=2026-02-01 due<=2026-02-28", "now", TODAY, NULL);
    int64_t listed = parcel_int(&bureau->reply, "total", 0);
    assert_true(listed > 1);
    assert_int_equal(to_come(bureau, "", "2026", 2), listed);
    assert_int_equal(to_come(bureau, "li", "2026", 2), 0);
    assert_int_equal(to_come(bureau, "li", "2026", 12), 1);
    assert_int_equal(to_come(bureau, "", "2025", 2), 0);
    assert_int_equal(bureau_ask(bureau, "duties", "as", "li", "year", "99999", NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
}

/* Six weeks from the day on, each with what falls due in it. */
static void days(void **state)
{
    struct bureau *bureau = *state;
    int64_t sum = 0, within;
    bureau_must(bureau, "list", "query", "due>=2026-01-10 due<=2026-02-20", "now", TODAY, NULL);
    within = parcel_int(&bureau->reply, "total", 0);
    bureau_must(bureau, "list", "days", TODAY, "cards", "yes", "limit", "1", "now", TODAY, NULL);
    const struct table *table = answered(bureau, "days");
    assert_int_equal(table_rows(table), 42);
    assert_string_equal(table_cell(table, 0, "day"), "2026-01-10");
    assert_string_equal(table_cell(table, 41, "day"), "2026-02-20");
    assert_string_equal(table_cell(table, 0, "works"), "no"); /* a Saturday */
    assert_string_equal(table_cell(table, 2, "works"), "yes");
    for (size_t row = 0; row < table_rows(table); row++) {
        sum += number_at(table, row, "n");
    }
    assert_true(within > 0);
    assert_int_equal(sum, within);
}

/* A day's cards are those that what falls due on it has now. */
static void cards_of_days(void **state)
{
    static const char *const names[] = {"blue", "yellow", "red", "double"};
    struct bureau *bureau = *state;
    int64_t sums[4] = {0}, found = 0;
    bureau_must(bureau, "list", "days", TODAY, "limit", "0", "now", "2026-02-10", NULL);
    const struct table *table = answered(bureau, "days");
    for (size_t row = 0; row < table_rows(table); row++) {
        int64_t carded = 0;
        for (int i = 0; i < 4; i++) {
            carded += number_at(table, row, names[i]);
            sums[i] += number_at(table, row, names[i]);
        }
        assert_true(carded <= number_at(table, row, "n"));
    }
    for (int i = 0; i < 4; i++) {
        struct text query = {0};
        text_addf(&query, "due>=2026-01-10 due<=2026-02-20 card:%s", names[i]);
        bureau_must(bureau, "list", "query", text_bytes(&query), "now", "2026-02-10", NULL);
        assert_int_equal(sums[i], parcel_int(&bureau->reply, "total", -1));
        found += sums[i];
        text_free(&query);
    }
    assert_true(found > 0);
}

/* On the day after the first last days, as many are red as the list finds by that card. */
static void cards(void **state)
{
    struct bureau *bureau = *state;
    int64_t red = 0;
    bureau_must(bureau, "list", "query", "card:red", "now", "2026-02-10", NULL);
    int64_t found = parcel_int(&bureau->reply, "total", 0);
    bureau_must(bureau, "list", "cards", "yes", "now", "2026-02-10", NULL);
    const struct table *table = answered(bureau, "cards");
    for (size_t row = 0; row < table_rows(table); row++) {
        bool is_red = strcmp(table_cell(table, row, "card"), "red") == 0;
        red += is_red ? number_at(table, row, "n") : 0;
    }
    assert_true(found > 0);
    assert_int_equal(red, found);
}

static void cards_beside(struct bureau *bureau, const char *clocks)
{
    static const char *const names[] = {"blue", "yellow", "red", "double"};
    bureau_must(bureau, "list", "cards", "yes", "limit", "0", "clocks", clocks, "now", "2026-02-10",
                NULL);
    assert_null(parcel_find(&bureau->reply, "cases"));
    struct parcel counted = bureau->reply;
    bureau->reply = (struct parcel){0};
    const struct table *table = parcel_find(&counted, "cards");
    assert_non_null(table);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text query = {0};
        text_addf(&query, "card:%s", names[i]);
        bureau_must(bureau, "list", "query", text_bytes(&query), "clocks", clocks, "now",
                    "2026-02-10", NULL);
        size_t row = 0;
        while (strcmp(table_cell(table, row, "card"), names[i]) != 0) {
            row++;
        }
        assert_int_equal(number_at(table, row, "n"), parcel_int(&bureau->reply, "total", -1));
        text_free(&query);
    }
    bureau_must(bureau, "list", "clocks", clocks, "now", "2026-02-10", NULL);
    assert_int_equal(parcel_int(&counted, "total", -1), parcel_int(&bureau->reply, "total", -2));
    parcel_free(&counted);
}

/* Of cases and of clocks each card is counted as the list finds it, without a row. */
static void cards_alone(void **state)
{
    cards_beside(*state, "no");
    cards_beside(*state, "yes");
    assert_int_equal(bureau_ask(*state, "list", "limit", "-1", NULL), -1);
}

/* Not counted, a page says no total; the last one says where in the whole it begins. */
static void counts(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "list", "count", "no", "limit", "5", "now", TODAY, NULL);
    assert_null(parcel_get(&bureau->reply, "total"));
    assert_int_equal(table_rows(answered(bureau, "cases")), 5);
    bureau_must(bureau, "list", "last", "yes", "limit", "5", "now", TODAY, NULL);
    int64_t total = parcel_int(&bureau->reply, "total", 0);
    int64_t rows = (int64_t)table_rows(answered(bureau, "cases"));
    assert_int_equal(parcel_int(&bureau->reply, "at", 0), total - rows + 1);
    assert_null(parcel_get(&bureau->reply, "next"));
    assert_non_null(parcel_get(&bureau->reply, "prev"));
}

/* Each limit of the policy that comes with the program, conditions too, has words of its titles. */
static void limits_in_words(const struct table *clocks)
{
    static const struct {
        const char *clock, *words;
    } said[] = {{"county_review", "5个工作日\0375 working days"},
                {"fix", "严重程度为严重的，3个工作日；严重程度为高的，5个工作日；严重程度为中的，"
                        "15个工作日；其余30个工作日\037if Severity is critical: 3 working days; if "
                        "Severity is high: 5 working days; if Severity is medium: 15 working days; "
                        "else 30 working days"},
                {"boost_notice", "“需要开始”前10个工作日\03710 working days before “Needed from”"},
                {"trial_over", "“试用”期满当日\037on the day “Trial” ends"},
                {"trial", "所填“试用天数”\037what “Days of trial” says"}};
    size_t found = 0;
    for (size_t row = 0; row < table_rows(clocks); row++) {
        const char *words = table_word(clocks, row, "words");
        assert_string_not_equal(words, "");
        for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
            if (strcmp(table_word(clocks, row, "clock"), said[i].clock) == 0) {
                assert_string_equal(words, said[i].words);
                found++;
            }
        }
    }
    assert_int_equal(found, sizeof said / sizeof *said);
}

static void rules(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "rules", "as", "li", "now", TODAY, NULL);
    const struct table *articles = answered(bureau, "articles");
    assert_true(table_rows(articles) > 10);
    for (size_t row = 0; row < table_rows(articles);
         row++) { /* each comes to something, or says why */
        const char *silent = table_cell(articles, row, "silent");
        assert_true(number_at(articles, row, "things") > 0 || (silent && *silent));
    }
    assert_true(table_rows(answered(bureau, "clocks")) > 10);
    limits_in_words(answered(bureau, "clocks"));
    const struct table *steps = answered(bureau, "steps");
    bool submits = false;
    for (size_t row = 0; row < table_rows(steps); row++) {
        submits |= strcmp(table_cell(steps, row, "procedure"), "access") == 0 &&
                   strstr(table_cell(steps, row, "event"), "Submit");
    }
    assert_true(submits);
}

static void resources(void **state)
{
    struct bureau *bureau = *state;
    bureau_must(bureau, "resources", "now", TODAY, NULL);
    const struct table *platform = answered(bureau, "platform");
    bool cpu = false;
    for (size_t row = 0; row < table_rows(platform); row++) {
        if (strcmp(table_cell(platform, row, "measure"), "cpu") == 0) {
            cpu = true;
            assert_int_equal(number_at(platform, row, "quota"), 1000);
            assert_int_equal(number_at(platform, row, "given"), 0);
        }
    }
    assert_true(cpu);
    assert_int_equal(table_rows(answered(bureau, "systems")), 0);
    assert_int_equal(bureau_ask(bureau, "resources", "system", "none", NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_NOT_FOUND);
}

static const char *org_of_first(struct bureau *bureau)
{
    bureau_must(bureau, "list", "now", TODAY, NULL);
    const struct table *cases = answered(bureau, "cases");
    for (size_t row = 0; row < table_rows(cases); row++) {
        if (strcmp(table_cell(cases, row, "title"), "视频平台") == 0) {
            return table_cell(cases, row, "org");
        }
    }
    return NULL;
}

/* What another enters in a register stands at once where it was read before. */
static void changed_by_another(void **state)
{
    struct bureau *bureau = *state;
    struct bureau other = {.directory = bureau->directory};
    bureau_must(bureau, "open", "procedure", "access", "role", "unit", "as", "li",
                "entry.info_system", "视频平台", "now", TODAY, NULL);
    assert_string_equal(org_of_first(bureau), "市公安局");
    be_owner(&other, false);
    bureau_must(&other, "put", "kind", "org", "code", "ga", "name", "市公安厅", "now", TODAY, NULL);
    assert_string_equal(org_of_first(bureau), "市公安厅");
    bureau_must(bureau, "list", "query", "org:市公安厅", "now", TODAY, NULL);
    assert_true(parcel_int(&bureau->reply, "total", -1) > 0);
    assert_int_equal(bureau_ask(bureau, "list", "query", "org:市公安局", "now", TODAY, NULL), -1);
    bureau_must(bureau, "put", "kind", "org", "code", "ga", "name", "市公安局", "now", TODAY, NULL);
    assert_string_equal(org_of_first(&other), "市公安局");
    desk_close(other.desk);
    parcel_free(&other.reply);
}

#define BOTH                                                                                       \
    cmocka_unit_test(duties), cmocka_unit_test(days), cmocka_unit_test(cards_of_days),             \
        cmocka_unit_test(cards), cmocka_unit_test(cards_alone), cmocka_unit_test(counts),          \
        cmocka_unit_test(rules), cmocka_unit_test(resources), cmocka_unit_test(changed_by_another)

int main(void)
{
    const struct CMUnitTest local[] = {BOTH}, served[] = {BOTH};
    int failed = cmocka_run_group_tests(local, make_local, bureau_unmake);
    return failed + cmocka_run_group_tests(served, make_served, bureau_unmake);
}
