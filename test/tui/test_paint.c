/* test_paint.c: what is painted is what a terminal (libvterm) then shows, whatever was shown
 * before; moves of lists are cheap; no glyph is cut in half on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#include "tui/terminal/paint.h"
#include "tui/width.h"

static const struct look full = {.set = GLYPHS_FULL};

struct bench { /* a terminal, and what paints on it */
    struct terminal terminal;
    struct theme *theme;
    struct paint *paint;
    struct grid grid;
    VTerm *vterm;
    VTermScreen *screen;
};

static void bench_begin(struct bench *bench, int rows, int columns, enum depth depth)
{
    struct text error = {0};
    *bench = (struct bench){.terminal = {.rows = rows,
                                         .columns = columns,
                                         .depth = depth,
                                         .modern = true,
                                         .scrolls = true,
                                         .scrolls_far = true,
                                         .erases = true,
                                         .erases_colours = true}};
    bench->theme = theme_read("default", &error);
    assert_non_null(bench->theme);
    bench->paint = paint_new(&bench->terminal, bench->theme);
    assert_true(grid_resize(&bench->grid, rows, columns));
    bench->vterm = vterm_new(rows, columns);
    vterm_set_utf8(bench->vterm, 1);
    bench->screen = vterm_obtain_screen(bench->vterm);
    vterm_screen_reset(bench->screen, 1);
}

static void bench_end(struct bench *bench)
{
    vterm_free(bench->vterm);
    paint_free(bench->paint);
    theme_free(bench->theme);
    grid_free(&bench->grid);
}

/* ---- what the terminal shows ---- */

static int32_t colour_of(const struct bench *bench, const VTermColor *colour, bool fore)
{
    if (fore ? VTERM_COLOR_IS_DEFAULT_FG(colour) : VTERM_COLOR_IS_DEFAULT_BG(colour)) {
        return -1;
    }
    if (bench->terminal.depth == DEPTH_TRUE) {
        return colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
    }
    return colour->indexed.idx;
}

static void check_cell(const struct bench *bench, int row, int column, const struct cell *cell)
{
    VTermScreenCell seen;
    VTermPos place = {.row = row, .col = column};
    assert_true(vterm_screen_get_cell(bench->screen, place, &seen));
    uint32_t glyph = seen.chars[0] == 0 ? ' ' : seen.chars[0];
    assert_int_equal(glyph, cell->glyph);
    assert_int_equal(seen.chars[0] ? seen.chars[1] : 0, cell->mark);
    assert_int_equal(seen.width, cell->width);
    struct style style = theme_style(bench->theme, cell->role, bench->terminal.depth);
    bool blank = cell->glyph == ' ' && !(style.attributes & (STYLE_REVERSE | STYLE_UNDERLINE));
    assert_int_equal(colour_of(bench, &seen.bg, false), style.back);
    if (!blank) {
        assert_int_equal(colour_of(bench, &seen.fg, true), style.fore);
        assert_int_equal(!!seen.attrs.bold, !!(style.attributes & STYLE_BOLD));
    }
    assert_int_equal(!!seen.attrs.underline, !!(style.attributes & STYLE_UNDERLINE));
    assert_int_equal(!!seen.attrs.reverse, !!(style.attributes & STYLE_REVERSE));
}

static void check_screen(const struct bench *bench)
{
    const struct grid *grid = &bench->grid;
    for (int row = 0; row < grid->rows; row++) {
        for (int column = 0; column < grid->columns; column++) {
            const struct cell *cell = &grid->cells[row * grid->columns + column];
            if (cell->width > 0) {
                check_cell(bench, row, column, cell);
            }
        }
    }
    VTermPos cursor;
    vterm_state_get_cursorpos(vterm_obtain_state(bench->vterm), &cursor);
    if (grid->cursor_row >= 0) {
        assert_int_equal(cursor.row, grid->cursor_row);
        assert_int_equal(cursor.col, grid->cursor_column);
    }
}

/* Paints, and gives it to the terminal; the bytes it took. */
static size_t paint(struct bench *bench, bool again)
{
    struct text bytes = {0};
    paint_bytes(bench->paint, &bench->grid, again, &bytes);
    assert_false(bytes.failed);
    assert_int_equal(utf8_check(text_bytes(&bytes), bytes.length), bytes.length);
    assert_null(strstr(text_bytes(&bytes), "\033[2J"));
    vterm_input_write(bench->vterm, text_bytes(&bytes), bytes.length);
    vterm_screen_flush_damage(bench->screen);
    size_t length = bytes.length;
    text_free(&bytes);
    return length;
}

/* ---- at random ---- */

static void scribble(const struct pane *pane)
{
    static const char *const texts[] = {"郑州市",     "a",  "ab 郑", "e\u0301x", "▮▮红",
                                        "          ", "━━", "云 台", "𠮷",       "ok"};
    const char *text = texts[(size_t)rand() % (sizeof texts / sizeof *texts)];
    int row = rand() % pane->rows, column = rand() % pane->columns;
    enum role role = (enum role)(rand() % ROLES);
    switch (rand() % 6) {
    case 0:
        pane_fill(pane, row, column, rand() % pane->columns, role);
        break;
    case 1:
        pane_tint(pane, row, column, 6, role);
        break;
    case 2:
        pane_fill(pane, row, 0, pane->columns, rand() % 2 ? ROLE_TEXT : ROLE_BAR);
        break;
    default:
        pane_put(pane, row, column, role, text);
    }
}

/* A part of the rows moves up or down, as lists do. */
static void shift(struct grid *grid)
{
    int top = rand() % grid->rows, end = top + 1 + rand() % (grid->rows - top);
    int by = 1 + rand() % 3;
    size_t row = (size_t)grid->columns;
    if (end - top > by) {
        size_t kept = (size_t)(end - top - by) * row * sizeof *grid->cells;
        struct cell *first = grid->cells + (size_t)top * row;
        bool up = rand() % 2;
        memmove(up ? first : first + (size_t)by * row, up ? first + (size_t)by * row : first, kept);
    }
}

static void check_random(enum depth depth, void (*weaken)(struct terminal *))
{
    struct bench bench;
    bench_begin(&bench, 9, 31, depth);
    if (weaken) {
        weaken(&bench.terminal);
    }
    struct pane pane = grid_pane(&bench.grid, &full);
    for (int round = 0; round < 1500; round++) {
        for (int i = rand() % 4; i >= 0; i--) {
            scribble(&pane);
        }
        if (rand() % 3 == 0) {
            shift(&bench.grid);
        }
        bench.grid.cursor_row = rand() % 10 - 1;
        bench.grid.cursor_column = rand() % 31;
        paint(&bench, rand() % 50 == 0);
        check_screen(&bench);
    }
    bench_end(&bench);
}

/* As a vt100: no ECH, no colour behind what is erased, no attribute taken back alone. */
static void weaken_to_vt100(struct terminal *terminal)
{
    terminal->modern = terminal->erases = terminal->erases_colours = terminal->scrolls_far = false;
}

static void weaken_to_no_scrolling(struct terminal *terminal)
{
    terminal->scrolls = false;
}

static void weaken_to_lines(struct terminal *terminal)
{
    terminal->scrolls_far = false;
}

static void test_random(void **state)
{
    (void)state;
    srand(20261123);
    check_random(DEPTH_256, NULL);
    check_random(DEPTH_TRUE, NULL);
    check_random(DEPTH_8, NULL);
    check_random(DEPTH_MONO, weaken_to_vt100);
    check_random(DEPTH_256, weaken_to_no_scrolling);
    check_random(DEPTH_256, weaken_to_lines);
}

/* ---- bytes ---- */

enum { ROWS = 36, COLUMNS = 120, TOP = 3, LISTED = 20 };

/* The queue at 120 columns, as it is drawn: FIRST its first record, CURSOR the one the cursor is
 * on. */
static void draw_queue(struct bench *bench, int first, int cursor)
{
    static const char *const names[] = {"市医保局 医保基金监管系统", "市城管局 智慧渣土监管平台",
                                        "新密市卫健委 基层诊疗系统", "市公安局 交通集成平台"};
    static const char *const cards[] = {"▯黄  今日 ", "▮红 超 2日", "▫蓝 剩 2日"};
    static const enum role roles[] = {ROLE_CARD_YELLOW, ROLE_CARD_RED, ROLE_CARD_BLUE};
    struct pane pane = grid_pane(&bench->grid, &full);
    pane_fill(&pane, 0, 0, COLUMNS, ROLE_BAR);
    pane_put(&pane, 0, 0, ROLE_BAR, " 1今日[2申请]3试用 4时限");
    for (int i = 0; i < LISTED; i++) {
        int record = first + i, row = TOP + i;
        bool here = record == cursor;
        struct text number = {0}, due = {0};
        text_addf(&number, "入%04d", record);
        text_addf(&due, "11-%02d周二", 1 + record % 28);
        pane_fill(&pane, row, 0, COLUMNS, ROLE_TEXT);
        pane_put(&pane, row, 0, here ? ROLE_TABLE_CURSOR : ROLE_TEXT, here ? "▸ " : "  ");
        pane_put(&pane, row, 3, roles[record % 3], cards[record % 3]);
        enum role name = here ? ROLE_TABLE_CURSOR : ROLE_TEXT;
        pane_put(&pane, row, 15, name, text_bytes(&number));
        pane_put(&pane, row, 22, name, names[(record + record / LISTED) % 4]);
        pane_put(&pane, row, 52, ROLE_TEXT, "▪▪▫▫  审核     何雪      法  第12条");
        pane_put(&pane, row, 108, ROLE_TEXT, text_bytes(&due));
        text_free(&number);
        text_free(&due);
    }
}

static void test_bytes(void **state)
{
    (void)state;
    struct bench bench;
    bench_begin(&bench, ROWS, COLUMNS, DEPTH_256);
    draw_queue(&bench, 100, 110);
    paint(&bench, true);
    check_screen(&bench);
    draw_queue(&bench, 100, 111);
    size_t move = paint(&bench, false);
    check_screen(&bench);
    draw_queue(&bench, 100, 119);
    paint(&bench, false);
    draw_queue(&bench, 101, 120); /* down at the lower edge: the list moves */
    size_t scrolled = paint(&bench, false);
    check_screen(&bench);
    draw_queue(&bench, 100, 100);
    paint(&bench, false);
    draw_queue(&bench, 120, 120);
    size_t page = paint(&bench, false);
    check_screen(&bench);
    assert_int_equal(paint(&bench, false), 0); /* nothing changed, nothing is written */
    print_message("a move takes %zu bytes, at the edge %zu, a page %zu\n", move, scrolled, page);
    assert_true(move <= 300);
    assert_true(scrolled <= 300);
    assert_true(page <= 3500);
    bench_end(&bench);
}

/* ---- no glyph is torn ---- */

enum { DEBRIS = 0x110001 }; /* what is left of a wide glyph of which a half was written over */

/* A terminal that forgives nothing. libvterm may hide what others would show: it keeps or widens
 * what is left of a torn glyph as it likes. */
struct strict {
    int rows, columns, row, column, top, end;
    uint32_t cells[16][64]; /* a character, DEBRIS, or 0 for a right half */
};

static void strict_tear(struct strict *strict, int column)
{
    uint32_t *cells = strict->cells[strict->row];
    if (column < strict->columns && cells[column] == 0) {
        cells[column] = cells[column - 1] = DEBRIS;
    } else if (column + 1 < strict->columns && cells[column + 1] == 0) {
        cells[column] = cells[column + 1] = DEBRIS;
    }
}

static void strict_put(struct strict *strict, uint32_t code, int width)
{
    uint32_t *cells = strict->cells[strict->row];
    assert_true(strict->column + width <= strict->columns);
    for (int i = 0; i < width; i++) {
        strict_tear(strict, strict->column + i);
    }
    cells[strict->column] = code;
    if (width == 2) {
        cells[strict->column + 1] = 0;
    }
    strict->column += width;
}

static void strict_erase(struct strict *strict, int count)
{
    int column = strict->column;
    for (int i = 0; i < count && column + i < strict->columns; i++) {
        strict->column = column + i;
        strict_put(strict, ' ', 1);
    }
    strict->column = column;
}

static void strict_scroll(struct strict *strict, bool up)
{
    size_t row = sizeof strict->cells[0];
    size_t kept = (size_t)(strict->end - strict->top - 1) * row;
    memmove(strict->cells[strict->top + !up], strict->cells[strict->top + up], kept);
    for (int i = 0; i < strict->columns; i++) {
        strict->cells[up ? strict->end - 1 : strict->top][i] = ' ';
    }
}

/* CSI a ; b LAST. */
static void strict_sequence(struct strict *strict, long a, long b, char last)
{
    switch (last) {
    case 'H':
        strict->row = (int)(a ? a : 1) - 1;
        strict->column = (int)(b ? b : 1) - 1;
        break;
    case 'C':
        strict->column += (int)(a ? a : 1);
        break;
    case 'K':
        strict_erase(strict, strict->columns);
        break;
    case 'X':
        strict_erase(strict, (int)a);
        break;
    case 'r':
        strict->top = a ? (int)a - 1 : 0;
        strict->end = b ? (int)b : strict->rows;
        strict->row = strict->column = 0;
        break;
    case 'S':
    case 'T':
        for (long i = 0; i < (a ? a : 1); i++) {
            strict_scroll(strict, last == 'S');
        }
        break;
    case 'm':
    case 'h':
    case 'l':
        break;
    default:
        fail_msg("CSI %c", last);
    }
}

/* Takes what begins with ESC; the bytes of it. */
static size_t strict_escape(struct strict *strict, const char *bytes)
{
    long numbers[8] = {0};
    int count = 0;
    if (bytes[1] == 'M') {
        strict->row == strict->top ? strict_scroll(strict, false) : (void)strict->row--;
        return 2;
    }
    assert_int_equal(bytes[1], '[');
    const char *at = bytes + 2 + (bytes[2] == '?');
    for (; *at == ';' || (*at >= '0' && *at <= '9'); at++) {
        if (*at == ';') {
            count += count < 7;
        } else {
            numbers[count] = numbers[count] * 10 + (*at - '0');
        }
    }
    strict_sequence(strict, numbers[0], numbers[1], *at);
    return (size_t)(at - bytes) + 1;
}

static void strict_take(struct strict *strict, const char *bytes)
{
    while (*bytes) {
        struct character next = {.bytes = 1};
        if (*bytes == '\033') {
            next.bytes = strict_escape(strict, bytes);
        } else if (*bytes == '\r') {
            strict->column = 0;
        } else if (*bytes == '\b') {
            strict->column--;
        } else if (*bytes == '\n') {
            strict->row == strict->end - 1 ? strict_scroll(strict, true) : (void)strict->row++;
        } else {
            next = width_next(bytes);
            if (next.columns > 0) {
                strict_put(strict, next.code, next.columns);
            }
        }
        bytes += next.bytes;
    }
}

/* At the end of each frame no half is left of anything, and the cursor never left the screen. */
static void test_not_torn(void **state)
{
    (void)state;
    struct bench bench;
    struct strict strict = {.rows = 9, .columns = 31, .end = 9};
    bench_begin(&bench, 9, 31, DEPTH_256);
    struct pane pane = grid_pane(&bench.grid, &full);
    for (int i = 0; i < 9 * 31; i++) {
        strict.cells[i / 31][i % 31] = ' ';
    }
    srand(20260101);
    for (int round = 0; round < 3000; round++) {
        struct text bytes = {0};
        for (int i = rand() % 4; i >= 0; i--) {
            scribble(&pane);
        }
        if (rand() % 3 == 0) {
            shift(&bench.grid);
        }
        paint_bytes(bench.paint, &bench.grid, round == 0, &bytes);
        strict_take(&strict, text_bytes(&bytes));
        text_free(&bytes);
        for (int i = 0; i < 9 * 31; i++) {
            assert_int_equal(strict.cells[i / 31][i % 31], bench.grid.cells[i].glyph);
        }
    }
    bench_end(&bench);
}

/* Without the terminal's help with its last cell, a character there would move all up. */
static void test_corner(void **state)
{
    (void)state;
    struct bench bench;
    bench_begin(&bench, 2, 4, DEPTH_MONO);
    bench.terminal.corner_scrolls = true;
    struct pane pane = grid_pane(&bench.grid, &full);
    pane_put(&pane, 0, 0, ROLE_TEXT, "abcd");
    pane_put(&pane, 1, 0, ROLE_TEXT, "efgh");
    struct text bytes = {0};
    paint_bytes(bench.paint, &bench.grid, true, &bytes);
    assert_non_null(strstr(text_bytes(&bytes), "efg"));
    assert_null(strchr(text_bytes(&bytes), 'h'));
    text_free(&bytes);
    bench_end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_not_torn),
        cmocka_unit_test(test_corner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
