/* test_grid.c: cells keep wide glyphs whole, panes keep what is written inside, text is cut by
 * columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/terminal/grid.h"
#include "tui/width.h"

static const struct look full = {.set = GLYPHS_FULL};
static const struct look ascii = {.set = GLYPHS_ASCII};
static const struct look foreign = {.set = GLYPHS_ASCII, .foreign = true};
static const struct look doubted = {.set = GLYPHS_SAFE, .wide_doubt = true};

/* Every wide glyph has its right half, and no half stands alone. */
static void check_whole(const struct grid *grid)
{
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells = grid->cells + (size_t)row * (size_t)grid->columns;
        for (int column = 0; column < grid->columns; column++) {
            bool right = column > 0 && cells[column - 1].width == 2;
            assert_int_equal(cells[column].width == 0, right);
            assert_int_equal(cells[column].glyph == 0, right);
            if (right) {
                assert_int_equal(cells[column].role, cells[column - 1].role);
            }
            assert_true(cells[column].width < 2 || column + 1 < grid->columns);
        }
    }
}

static void check_row(const struct grid *grid, int row, const char *expected)
{
    struct text text = {0};
    grid_row(grid, row, &text);
    assert_string_equal(text_bytes(&text), expected);
    text_free(&text);
}

static void check_wide_overwritten(int at, const char *with, const char *expected)
{
    struct grid grid = {0};
    assert_true(grid_resize(&grid, 1, 8));
    struct pane pane = grid_pane(&grid, &full);
    pane_put(&pane, 0, 0, ROLE_TEXT, "郑州云台");
    pane_put(&pane, 0, at, ROLE_TEXT, with);
    check_whole(&grid);
    check_row(&grid, 0, expected);
    grid_free(&grid);
}

static void test_halves(void **state)
{
    (void)state;
    check_wide_overwritten(0, "x", "x 州云台");
    check_wide_overwritten(1, "x", " x州云台");
    check_wide_overwritten(1, "桥", " 桥 云台");
    check_wide_overwritten(2, "桥", "郑桥云台");
    check_wide_overwritten(7, "桥", "郑州云台"); /* does not fit: what was there stays */
    check_wide_overwritten(7, "x", "郑州云 x");
    check_wide_overwritten(-1, "桥", "  州云台"); /* cut by the left edge: its half is blank */
}

static void write_at_random(const struct pane *pane)
{
    static const char *const texts[] = {"郑",   "州市",     "a",     "ab郑",        "e\u0301",
                                        "\x7f", "\u202e反", "▮▮",    "\xe9\x83",    "",
                                        "—",    "",         "云 台", "𠮷\u0301野家"};
    const char *text = texts[(size_t)rand() % (sizeof texts / sizeof *texts)];
    int row = rand() % 7 - 1, column = rand() % 24 - 4, width = rand() % 12 - 1;
    enum role role = (enum role)(rand() % ROLES);
    switch (rand() % 9) {
    case 0:
        pane_put(pane, row, column, role, text);
        break;
    case 1:
        pane_clip(pane, row, column, width, role, text);
        break;
    case 2:
        pane_pad(pane, row, column, width, role, text);
        break;
    case 3:
        pane_right(pane, row, column, width, role, text);
        break;
    case 4:
        pane_fill(pane, row, column, width, role);
        break;
    case 5:
        pane_tint(pane, row, column, width, role);
        break;
    case 6:
        pane_glyph(pane, row, column, role, GLYPH_BECOMES);
        break;
    case 7:
        pane_wrap(pane, row, column, width, 2, role, text);
        break;
    case 8:
        pane_cursor(pane, row, column);
        break;
    }
}

/* Whatever is written wherever: no half is left, and nothing changes outside the pane but the
 * other half of what the pane cut. */
static void test_random(void **state)
{
    (void)state;
    static const struct look *const looks[] = {&full, &ascii, &foreign, &doubted};
    srand(20261123);
    struct grid grid = {0}, before = {0};
    assert_true(grid_resize(&grid, 5, 17));
    assert_true(grid_resize(&before, 5, 17));
    for (int round = 0; round < 40000; round++) {
        struct pane whole = grid_pane(&grid, looks[round % 4]);
        struct pane pane =
            pane_part(&whole, rand() % 6 - 1, rand() % 18 - 2, rand() % 6 - 1, rand() % 18 - 1);
        memcpy(before.cells, grid.cells, 5 * 17 * sizeof *grid.cells);
        write_at_random(&pane);
        check_whole(&grid);
        for (int i = 0; i < 5 * 17; i++) {
            int row = i / 17 - pane.top, column = i % 17 - pane.left;
            bool inside = row >= 0 && row < pane.rows && column >= -1 && column <= pane.columns;
            assert_true(inside ||
                        memcmp(&before.cells[i], &grid.cells[i], sizeof *grid.cells) == 0);
        }
        assert_true(grid.cursor_row < 5 && grid.cursor_column < 17);
    }
    grid_free(&grid);
    grid_free(&before);
}

static void check_cut(const struct look *look,
                      int (*write)(const struct pane *, int, int, int, enum role, const char *),
                      int width, const char *text, int behind, const char *expected)
{
    struct grid grid = {0};
    assert_true(grid_resize(&grid, 1, 12));
    struct pane pane = grid_pane(&grid, look);
    pane_put(&pane, 0, 0, ROLE_TEXT, "............");
    assert_int_equal(write(&pane, 0, 1, width, ROLE_TEXT, text), behind);
    check_row(&grid, 0, expected);
    grid_free(&grid);
}

static void test_cut(void **state)
{
    (void)state;
    check_cut(&full, pane_clip, 6, "市医保局", 6, ".市医…......");
    check_cut(&full, pane_clip, 7, "市医保局", 8, ".市医保…....");
    check_cut(&full, pane_clip, 8, "市医保局", 9, ".市医保局...");
    check_cut(&full, pane_clip, 1, "市医保局", 2, ".…..........");
    check_cut(&full, pane_clip, 0, "市", 1, "............");
    check_cut(&full, pane_clip, 99, "abcdefghijklmn", 12, ".abcdefghij…");
    check_cut(&ascii, pane_clip, 6, "市医保局", 6, ".市医~......");
    check_cut(&full, pane_pad, 6, "市医保局", 7, ".市医… .....");
    check_cut(&full, pane_pad, 6, "市", 7, ".市    .....");
    check_cut(&full, pane_right, 6, "287", 7, "....287.....");
    check_cut(&full, pane_right, 6, "1,284,000", 7, ".1,284….....");
    check_cut(&doubted, pane_clip, 6, "①②③", 7, ".①②③.....");
    check_cut(&doubted, pane_clip, 5, "①②③", 6, ".①②»......");
}

static void check_put(const struct look *look, const char *text, const char *expected)
{
    struct grid grid = {0};
    assert_true(grid_resize(&grid, 1, 12));
    struct pane pane = grid_pane(&grid, look);
    int behind = pane_put(&pane, 0, 0, ROLE_TEXT, text);
    assert_int_equal(behind, look_width(look, text));
    check_row(&grid, 0, expected);
    grid_free(&grid);
}

static void test_strange(void **state)
{
    (void)state;
    check_put(&full, "a\tb\x1b[2Jc", "a?b?[2Jc"); /* no control reaches the terminal */
    check_put(&full, "\u202e\u2066\u200f反", "???反");
    check_put(&full,
              "\xc2\x9b"
              "2J",
              "?2J");
    check_put(&full, "\xe9\x83x\xff", "??x?");
    check_put(&full, "e\u0301郑\u0301x", "e\u0301郑\u0301x");
    check_put(&full, "\u0301x", "x"); /* nothing to stand on */
    check_put(&full, "a\u200d\ufe0f\u00adb", "ab");
    check_put(&foreign, "市a①é", "? a??");
    check_put(&ascii, "市a", "市a"); /* ASCII signs, but a locale that knows the characters */
}

static void test_wrap(void **state)
{
    (void)state;
    struct grid grid = {0};
    assert_true(grid_resize(&grid, 4, 10));
    struct pane pane = grid_pane(&grid, &full);
    assert_int_equal(pane_wrap(&pane, 0, 1, 7, 4, ROLE_TEXT, "一二三。四\n五"), 3);
    check_row(&grid, 0, " 一二");
    check_row(&grid, 1, " 三。四");
    check_row(&grid, 2, " 五");
    pane_clear(&pane);
    assert_int_equal(pane_wrap(&pane, 0, 0, 6, 2, ROLE_TEXT, "一二三四五六七八"), 2);
    check_row(&grid, 0, "一二三");
    check_row(&grid, 1, "四五…");
    assert_int_equal(pane_wrap(&pane, 0, 0, 6, 2, ROLE_TEXT, ""), 0);
    grid_free(&grid);
}

static void test_tint(void **state)
{
    (void)state;
    struct grid grid = {0};
    assert_true(grid_resize(&grid, 1, 6));
    struct pane pane = grid_pane(&grid, &full);
    pane_put(&pane, 0, 0, ROLE_TEXT, "郑x州");
    pane_tint(&pane, 0, 1, 3, ROLE_FLAG); /* from a right half to a left one */
    assert_int_equal(grid.cells[0].role, ROLE_TEXT);
    assert_int_equal(grid.cells[1].role, ROLE_TEXT);
    assert_int_equal(grid.cells[2].role, ROLE_FLAG);
    assert_int_equal(grid.cells[3].role, ROLE_FLAG);
    assert_int_equal(grid.cells[4].role, ROLE_FLAG);
    assert_int_equal(grid.cells[5].role, ROLE_TEXT);
    check_row(&grid, 0, "郑x州");
    grid_free(&grid);
}

/* The sets may take each other's place: a layout made for one holds for all. → is the exception:
 * it stands in sentences. */
static void test_glyphs(void **state)
{
    (void)state;
    for (int set = GLYPHS_SAFE; set <= GLYPHS_ASCII; set++) {
        struct look look = {.set = (enum glyph_set)set, .wide_doubt = set == GLYPHS_SAFE};
        for (int i = 0; i < GLYPHS; i++) {
            enum glyph glyph = (enum glyph)i;
            const char *text = glyph_text(&look, glyph);
            if (glyph != GLYPH_BECOMES || set == GLYPHS_SAFE) {
                assert_int_equal(look_width(&look, text), width_of(glyph_text(&full, glyph)));
            }
            for (const char *c = text; set == GLYPHS_ASCII && *c; c++) {
                assert_true(*c > ' ' && *c < 0x7f);
            }
        }
        for (int step = -1; step <= 9; step++) {
            assert_int_equal(look_width(&look, glyph_spark(&look, step)), 1);
        }
        static const char *const cards[] = {"double", "red", "yellow", "blue", "held", "", "none"};
        for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
            assert_int_equal(look_width(&look, glyph_card(&look, cards[i])),
                             width_of(glyph_card(&full, cards[i])));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_halves),  cmocka_unit_test(test_random), cmocka_unit_test(test_cut),
        cmocka_unit_test(test_strange), cmocka_unit_test(test_wrap),   cmocka_unit_test(test_tint),
        cmocka_unit_test(test_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
