/* test_shell.c: tabs, sheets, requests in turn, messages, layout and hints, with a desk and screens
 * that stand in for the real ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/console/frame.h"
#include "tui/console/layout.h"
#include "tui/sheet/letters.h"
#include "tui/sheet/match.h"

/* ---- screens that write down what happens to them ---- */

static struct text story; /* "open rows", "reply 1 ok" … a line each */

static void tell(const struct view *view, const char *what, const char *more)
{
    text_addf(&story, "%s %s%s%s\n", view->screen->name, what, *more ? " " : "", more);
}

static void told(const char *expected)
{
    assert_string_equal(text_bytes(&story), expected);
    text_clear(&story);
}

static void on_open(struct view *view, const char *what)
{
    tell(view, "open", what);
}

static void on_close(struct view *view)
{
    tell(view, "close", "");
}

static void on_reply(struct view *view, int ticket, const struct parcel *reply,
                     const struct error *error)
{
    struct text more = {0};
    const char *text = parcel_get(reply, "text");
    text_addf(&more, "%d %s", ticket, error ? "refused" : text ? text : "");
    tell(view, "reply", text_bytes(&more));
    text_free(&more);
}

static void on_refresh(struct view *view)
{
    tell(view, "refresh", "");
}

static void on_chosen(struct view *view, const char *sheet, const struct parcel *choice)
{
    tell(view, "chosen", choice ? parcel_get(choice, "value") : sheet);
}

static bool on_act(struct view *view, enum action action)
{
    if (action == ACTION_DOWN || action == ACTION_OPEN) {
        tell(view, actions[action].name, "");
        return true;
    }
    return false;
}

static bool on_key(struct view *view, const struct key_event *event)
{
    if (event->key.code == 'z' || view->screen->types) {
        tell(view, "key", "");
        return key_is_character(event->key);
    }
    return false;
}

static const char *on_why_not(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_SORT ? "no order here" : NULL;
}

static const char *on_subject(const struct view *view, const char **clock)
{
    (void)view;
    (void)clock;
    return "";
}

static void on_draw(const struct view *view, const struct pane *pane)
{
    pane_put(pane, 0, 1, ROLE_TEXT, view->screen->name);
}

#define COMMON                                                                                     \
    .open = on_open, .close = on_close, .reply = on_reply, .refresh = on_refresh, .act = on_act,   \
    .key = on_key, .why_not = on_why_not, .chosen = on_chosen, .draw = on_draw

static const enum action list_acts[] = {ACTION_OPEN, ACTION_SORT, ACTION_FILTER, ACTION_NONE};
static const struct screen rows = {.name = "rows",
                                   .title = "Rows",
                                   .tab = "Rows",
                                   .digit = '1',
                                   .where = WHERE_LIST,
                                   .acts = list_acts,
                                   .subject = on_subject,
                                   COMMON};
static const struct screen other = {
    .name = "other", .title = "Other", .tab = "Other", .digit = '0', .where = WHERE_LIST, COMMON};
static const struct screen page = {.name = "page", .title = "Page", .where = WHERE_LIST, COMMON};
static const struct screen sheet = {
    .name = "sheet", .title = "Sheet", .sheet = true, .where = WHERE_SHEET, COMMON};
static const struct screen palette = {.name = "palette",
                                      .title = "Palette",
                                      .sheet = true,
                                      .types = true,
                                      .where = WHERE_SHEET,
                                      COMMON};
const struct screen *const screens[] = {&rows, &other, &page, &sheet, &palette, NULL};

/* ---- a desk that answers with what it was asked ---- */

static struct text asked;
static int broken_off; /* so many calls more are broken off by a key */

static int call(void *self, const struct parcel *request, struct parcel *reply, struct error *error)
{
    (void)self;
    const char *verb = parcel_get(request, "verb"), *text = parcel_get(request, "text");
    if (broken_off > 0) {
        broken_off--;
        return WAY_BROKEN_OFF;
    }
    text_addf(&asked, "%s %s\n", verb, text ? text : "");
    parcel_put(reply, "text", text);
    return strcmp(verb, "act") == 0 && text && strcmp(text, "wrong") == 0
               ? error_set(error, ERROR_REFUSED, "no", NULL, NULL)
               : 0;
}

static struct shell shell;

static int begin(void **state)
{
    (void)state;
    static const struct way way = {.call = call};
    text_clear(&story);
    text_clear(&asked);
    assert_true(shell_begin(&shell, &way, bindings_new()));
    shell.context.look.english = true;
    shell.context.reads_only = false;
    shell_size(&shell, 24, 80);
    shell_start(&shell);
    told("rows open\n");
    return 0;
}

static int end(void **state)
{
    (void)state;
    shell_end(&shell);
    text_free(&story);
    text_free(&asked);
    return 0;
}

static void press(const char *name)
{
    struct key_event event = {0};
    assert_true(key_parse(name, strlen(name), &event.key));
    shell_key(&shell, &event);
}

static struct view *top(void)
{
    return shell_top(&shell);
}

static void put(int ticket, const char *verb, const char *text)
{
    parcel_put(view_ask(top(), ticket, verb), "text", text);
}

static void all_asked(const char *expected)
{
    while (shell_ask(&shell)) {
    }
    assert_string_equal(text_bytes(&asked), expected);
    text_clear(&asked);
}

/* ---- tests ---- */

/* Screens with a digit are tabs; each keeps what is open in it. */
static void test_tabs(void **state)
{
    (void)state;
    view_open(top(), "page", "x");
    shell_settle(&shell);
    press("0");
    told("page open x\nother open\n");
    press("1");
    assert_string_equal(top()->screen->name, "page");
    press("Esc");
    told("page close\n");
    assert_string_equal(top()->screen->name, "rows");
    press("Esc"); /* never the last one, never the program */
    press("q");
    assert_string_equal(top()->screen->name, "rows");
    assert_false(shell.ends);
    press("Q");
    assert_true(shell.ends);
}

/* What a sheet chose comes to the view below it. */
static void test_choice(void **state)
{
    (void)state;
    view_open(top(), "sheet", "");
    shell_settle(&shell);
    parcel_put(view_choose(top()), "value", "two");
    shell_settle(&shell);
    told("sheet open\nsheet close\nrows chosen two\n");
    view_open(top(), "sheet", "");
    shell_settle(&shell);
    press("Esc");
    told("sheet open\nsheet close\nrows chosen sheet\n");
}

/* Of what reads the newest wins; of what writes nothing is lost. */
static void test_turns(void **state)
{
    (void)state;
    put(1, "list", "a");
    put(2, "show", "b");
    put(1, "list", "c");
    put(3, "draft", "d");
    put(3, "draft", "e");
    all_asked("show b\nlist c\ndraft d\ndraft e\n");
    told("rows reply 2 b\nrows reply 1 c\nrows reply 3 d\nrows reply 3 e\n");
}

/* A key breaks off what reads; it is asked again unless something newer was. */
static void test_broken_off(void **state)
{
    (void)state;
    put(1, "list", "a");
    broken_off = 1;
    assert_true(shell_ask(&shell));
    told("");
    all_asked("list a\n");
    told("rows reply 1 a\n");
}

/* What a closed view wrote is sent, what it wanted to read is not, and nobody gets the replies. */
static void test_closed(void **state)
{
    (void)state;
    view_open(top(), "page", "");
    shell_settle(&shell);
    put(1, "list", "a");
    put(2, "draft", "b");
    view_close(top());
    shell_settle(&shell);
    all_asked("draft b\n");
    told("page open\npage close\n");
}

/* What is still to be written when one leaves is written. */
static void test_leaving(void **state)
{
    (void)state;
    put(1, "draft", "a");
    put(2, "list", "b");
    shell_save(&shell);
    assert_string_equal(text_bytes(&asked), "draft a\n");
}

/* A refused act of a view that is gone is told. */
static void test_refused(void **state)
{
    (void)state;
    view_open(top(), "page", "");
    shell_settle(&shell);
    put(1, "act", "wrong");
    view_close(top());
    shell_settle(&shell);
    all_asked("act wrong\n");
    assert_string_equal(text_bytes(&news_shown(&shell.news)->text), "no");
    press("j"); /* an error stays */
    assert_non_null(news_shown(&shell.news));
    press("Esc");
    assert_null(news_shown(&shell.news));
}

static void test_hold(void **state)
{
    (void)state;
    put(1, "list", "a");
    view_hold(top());
    assert_true(shell_holds(&shell));
    all_asked("list a\n");
    assert_false(shell_holds(&shell));
}

/* What changed elsewhere is asked anew where it is seen; elsewhere when one goes there. */
static void test_changes(void **state)
{
    (void)state;
    press("0");
    told("other open\n");
    shell_changed(&shell);
    told("other refresh\n");
    press("1");
    told("rows refresh\n");
    press("0");
    told("");
    int64_t day = moment_of(20000, 0);
    shell_time(&shell, 5, day);
    told("other refresh\n"); /* a new day */
    shell_time(&shell, 6, day + 60);
    told("");
}

static void test_wake(void **state)
{
    (void)state;
    shell_time(&shell, 1000, MOMENT_NONE);
    assert_int_equal(shell_wakes(&shell), 0);
    view_wake(top(), 120);
    assert_int_equal(shell_wakes(&shell), 1120);
    shell_time(&shell, 1120, MOMENT_NONE);
    assert_int_equal(shell_wakes(&shell), 0);
}

static void test_keys(void **state)
{
    (void)state;
    press("j");
    press("Enter");
    told("rows down\nrows open\n");
    press("o"); /* cannot be done: told */
    told("");
    assert_string_equal(text_bytes(&news_shown(&shell.news)->text), "sort: no order here");
    press("z"); /* no action: the screen's own */
    told("rows key\n");
    struct key_event typed = {.key = {.code = 0x5ba1}}; /* 审, outside of a field */
    shell_key(&shell, &typed);
    told("palette open 审\n");
    assert_string_equal(top()->screen->name, "palette");
    press("j"); /* typed there, no action */
    told("palette key\n");
    press("Esc");
    told("palette key\npalette close\nrows chosen palette\n");
}

static void test_news(void **state)
{
    (void)state;
    struct news news = {0};
    for (int i = 0; i < NEWS_MOST + 5; i++) {
        news_add(&news, ROLE_MESSAGE_INFO, i == NEWS_MOST + 4 ? "last\nline" : "x", i);
    }
    assert_string_equal(text_bytes(&news_at(&news, 0)->text), "last line");
    assert_int_equal(news_at(&news, NEWS_MOST - 1)->at, 5);
    assert_null(news_at(&news, NEWS_MOST));
    news_key(&news, false);
    assert_null(news_shown(&news));
    news_free(&news);
}

/* Every row of every size belongs to one thing; a sheet leaves a row of what is behind. */
static void test_layout(void **state)
{
    (void)state;
    for (int rows_ = 1; rows_ <= 100; rows_++) {
        for (int columns = 1; columns <= 300; columns++) {
            for (int wanted = 0; wanted <= 120; wanted += 40) {
                struct layout l = layout_of(rows_, columns, wanted);
                int bars = (l.tabs >= 0) + (l.context > 0) + (l.message >= 0) + (l.hints >= 0);
                assert_int_equal(bars + l.body_rows + l.sheet_rows, rows_);
                assert_true(l.body_rows >= 0 && l.sheet_rows >= 0);
                assert_true(l.body_rows > 0 || rows_ < 8);
                assert_true(l.sheet < 0 || l.sheet == l.body + l.body_rows);
                assert_true(l.sheet_rows <= wanted);
                assert_int_equal(l.tabs >= 0, rows_ >= LAYOUT_ROWS && columns >= LAYOUT_COLUMNS);
            }
        }
    }
}

/* Drawn at every size, whatever is open. */
static void test_draw(void **state)
{
    (void)state;
    struct grid grid = {0};
    static const int sizes[][2] = {{1, 1},  {4, 19},  {5, 20},   {7, 59},
                                   {8, 60}, {24, 80}, {100, 300}};
    for (int sheets = 0; sheets < 2; sheets++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            assert_true(grid_resize(&grid, sizes[i][0], sizes[i][1]));
            shell_size(&shell, sizes[i][0], sizes[i][1]);
            shell_draw(&shell, &grid);
        }
        view_open(top(), "sheet", "");
        shell_settle(&shell);
    }
    press("Esc");
    press("Esc");
    grid_resize(&grid, 24, 80);
    shell_size(&shell, 24, 80);
    shell_draw(&shell, &grid);
    struct text row = {0};
    grid_row(&grid, 0, &row);
    assert_string_equal(
        text_bytes(&row),
        "[1Rows]0Other                                                          01-01 Thu");
    text_clear(&row);
    grid_row(&grid, 23, &row);
    assert_string_equal(
        text_bytes(&row),
        " Enter open it  / narrow                                                ?? keys");
    text_free(&row);
    grid_free(&grid);
}

/* The most useful first, and never without the way to the rest. */
static void test_hints(void **state)
{
    (void)state;
    struct hint hints[3] = {{.label = "open"}, {.label = "a long one"}, {.label = "x"}};
    struct grid grid = {0};
    struct look look = {0};
    text_add(&hints[0].key, "Enter");
    text_add(&hints[1].key, "b");
    text_add(&hints[2].key, "c");
    static const struct {
        int columns, shown;
        const char *row;
    } cases[] = {
        {80, 3, NULL},
        {40, 3, " Enter open  b a long one  c x  ?? keys"},
        {30, 2, " Enter open  c x      ?? keys"},
        {20, 1, NULL},
        {10, 0, "  ?? keys"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text row = {0};
        assert_true(grid_resize(&grid, 1, cases[i].columns));
        struct pane pane = grid_pane(&grid, &look);
        assert_int_equal(frame_hints(&pane, hints, 3, "?? keys"), cases[i].shown);
        grid_row(&grid, 0, &row);
        assert_non_null(strstr(text_bytes(&row), "?? keys"));
        if (cases[i].row) {
            assert_string_equal(text_bytes(&row), cases[i].row);
        }
        text_free(&row);
    }
    for (int i = 0; i < 3; i++) {
        text_free(&hints[i].key);
    }
    grid_free(&grid);
}

/* The same letters for the same names; m is a note's. */
static void test_letters(void **state)
{
    (void)state;
    struct letters letters = letters_none();
    assert_int_equal(letters_give(&letters, "propose"), 'p');
    assert_int_equal(letters_give(&letters, "prolong"), 'r');
    assert_int_equal(letters_give(&letters, "pr"), 'a');
    assert_int_equal(letters_give(&letters, "merge"), 'e');
    for (int i = 4; i < 26 - 1 + 26 + 10; i++) {
        assert_true(letters_give(&letters, "propose") != '\0');
    }
    assert_int_equal(letters_give(&letters, "propose"), '\0');
}

static void test_match(void **state)
{
    (void)state;
    struct error error = {0};
    struct pinyin *pinyin = pinyin_shipped(&error);
    assert_non_null(pinyin);
    assert_true(match_of(NULL, "open", "open") > match_of(NULL, "opening", "open"));
    assert_true(match_of(NULL, "opening", "open") > match_of(NULL, "reopen", "open"));
    assert_true(match_of(NULL, "Next Urgent", "nu") > 0);
    assert_true(match_of(pinyin, "提出审核意见", "shyj") > 0);
    assert_true(match_of(pinyin, "提出审核意见", "审核") > match_of(pinyin, "提出审核意见", "sh"));
    assert_int_equal(match_of(pinyin, "提出审核意见", "zz"), 0);
    assert_true(match_of(pinyin, "x", "") > 0);
    pinyin_free(pinyin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tabs, begin, end),
        cmocka_unit_test_setup_teardown(test_choice, begin, end),
        cmocka_unit_test_setup_teardown(test_turns, begin, end),
        cmocka_unit_test_setup_teardown(test_broken_off, begin, end),
        cmocka_unit_test_setup_teardown(test_closed, begin, end),
        cmocka_unit_test_setup_teardown(test_leaving, begin, end),
        cmocka_unit_test_setup_teardown(test_refused, begin, end),
        cmocka_unit_test_setup_teardown(test_hold, begin, end),
        cmocka_unit_test_setup_teardown(test_changes, begin, end),
        cmocka_unit_test_setup_teardown(test_wake, begin, end),
        cmocka_unit_test_setup_teardown(test_keys, begin, end),
        cmocka_unit_test_setup_teardown(test_draw, begin, end),
        cmocka_unit_test(test_news),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
