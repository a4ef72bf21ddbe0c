/* console_svg.c: cells as SVG: what is behind, then what is written, a run of one look at a time.
 *
 * A run says how long it is, and each wide character where it stands, so that columns stay in line
 * whatever font a reader has. */
#include "test/support/console_svg.h"

enum { WIDE = 8, HIGH = 20, BASE = 15, MARGIN = 10 };

struct looks { /* colours as they come out: reverse resolved */
    int32_t fore, back;
    bool bold, underline;
};

static const int32_t sixteen[] = {0x1d1f21, 0xcc4b4b, 0x5fa75f, 0xc9a13b, 0x4f83c4, 0xa66bb0,
                                  0x45a5a5, 0xc5c8c6, 0x707880, 0xff6b6b, 0x8ccf7e, 0xf0c674,
                                  0x81a2ff, 0xd39be0, 0x7fd6d6, 0xffffff};

static int32_t palette(int32_t number)
{
    static const int32_t levels[] = {0, 95, 135, 175, 215, 255};
    if (number >= 0x1000000) {
        return number & 0xffffff;
    }
    if (number < 16) {
        return sixteen[number];
    }
    if (number >= 232) {
        return (8 + 10 * (number - 232)) * 0x010101;
    }
    number -= 16;
    return levels[number / 36] << 16 | levels[number / 6 % 6] << 8 | levels[number % 6];
}

static int32_t ground(bool light)
{
    return light ? 0xffffff : 0x121416;
}

static int32_t ink(bool light)
{
    return light ? 0x20262a : 0xcdd3d7;
}

static struct looks looks_of(const struct pty_cell *cell, bool light)
{
    int32_t fore = cell->fore < 0 ? ink(light) : palette(cell->fore);
    int32_t back = cell->back < 0 ? ground(light) : palette(cell->back);
    return (struct looks){.fore = cell->reverse ? back : fore,
                          .back = cell->reverse ? fore : back,
                          .bold = cell->bold,
                          .underline = cell->underline};
}

static void add_colour(struct text *out, int32_t colour)
{
    static const char digits[] = "0123456789abcdef";
    text_add(out, "#");
    for (int shift = 20; shift >= 0; shift -= 4) {
        text_add_n(out, &digits[colour >> shift & 15], 1);
    }
}

static void add_glyph(struct text *out, const struct pty_cell *cell)
{
    switch (cell->glyph) {
    case '<':
        text_add(out, "&lt;");
        break;
    case '>':
        text_add(out, "&gt;");
        break;
    case '&':
        text_add(out, "&amp;");
        break;
    case ' ':
        text_add(out, "\u00a0");
        break;
    default:
        text_add_character(out, cell->glyph);
    }
    if (cell->mark) {
        text_add_character(out, cell->mark);
    }
}

/* ---- what is behind ---- */

static void draw_ground(const struct pty *pty, int row, bool light, struct text *out)
{
    int start = 0, columns = pty_columns(pty);
    for (int column = 0; column <= columns; column++) {
        struct pty_cell first = pty_cell(pty, row, start);
        struct pty_cell cell = pty_cell(pty, row, column < columns ? column : start);
        int32_t back = looks_of(&first, light).back;
        bool same = column < columns && (cell.glyph == 0 || looks_of(&cell, light).back == back);
        if (same) {
            continue;
        }
        if (back != ground(light)) {
            text_addf(out, "<rect x='%d' y='%d' width='%d' height='%d' fill='",
                      MARGIN + start * WIDE, MARGIN + row * HIGH, (column - start) * WIDE, HIGH);
            add_colour(out, back);
            text_add(out, "'/>\n");
        }
        start = column;
    }
}

/* ---- what is written ---- */

static bool same_looks(const struct pty_cell *a, const struct pty_cell *b, bool light)
{
    struct looks x = looks_of(a, light), y = looks_of(b, light);
    return x.fore == y.fore && x.bold == y.bold && x.underline == y.underline &&
           a->width == b->width;
}

static bool inked(const struct pty_cell *cell)
{
    return cell->glyph != ' ' && cell->glyph != 0;
}

/* The run of cells that begins at COLUMN: of one look and one width, ending with ink. */
static int run_from(const struct pty *pty, int row, int column, bool light)
{
    struct pty_cell first = pty_cell(pty, row, column);
    int end = column + first.width;
    for (int next = end; next < pty_columns(pty);) {
        struct pty_cell cell = pty_cell(pty, row, next);
        if (!same_looks(&first, &cell, light)) {
            break;
        }
        next += cell.width ? cell.width : 1;
        end = inked(&cell) || cell.underline ? next : end;
        if (!inked(&cell) && next - end > 1) {
            break; /* a gap: the next run begins behind it */
        }
    }
    return end;
}

/* Where the run from COLUMN up to END stands. */
static void add_places(struct text *out, int column, int end, int width)
{
    if (width == 1) {
        text_addf(out, "x='%d' textLength='%d'", MARGIN + column * WIDE, (end - column) * WIDE);
        return;
    }
    text_add(out, "x='");
    for (int at = column; at < end; at += width) {
        text_addf(out, "%s%d", at > column ? " " : "", MARGIN + at * WIDE);
    }
    text_add(out, "'");
}

/* See the style in svg_draw(). */
static void add_classes(struct text *out, bool wide, bool bold, bool underline)
{
    if (wide || bold || underline) {
        text_addf(out, " class='%s%s%s'", wide ? "w" : "", bold ? wide ? " b" : "b" : "",
                  !underline     ? ""
                  : wide || bold ? " u"
                                 : "u");
    }
    text_add(out, ">");
}

static void draw_run(const struct pty *pty, int row, int column, int end, bool light,
                     struct text *out)
{
    struct pty_cell first = pty_cell(pty, row, column);
    struct looks looks = looks_of(&first, light);
    text_add(out, "<text ");
    add_places(out, column, end, first.width);
    if (looks.fore != ink(light)) {
        text_add(out, " fill='");
        add_colour(out, looks.fore);
        text_add(out, "'");
    }
    add_classes(out, first.width == 2, looks.bold, looks.underline);
    for (int at = column; at < end; at++) {
        struct pty_cell cell = pty_cell(pty, row, at);
        if (cell.width > 0) {
            add_glyph(out, &cell);
        }
    }
    text_add(out, "</text>\n");
}

static void draw_text(const struct pty *pty, int row, bool light, struct text *out)
{
    text_addf(out, "<g transform='translate(0 %d)'>\n", MARGIN + row * HIGH + BASE);
    for (int column = 0; column < pty_columns(pty);) {
        struct pty_cell cell = pty_cell(pty, row, column);
        if (!inked(&cell) && !cell.underline) {
            column++;
            continue;
        }
        int end = run_from(pty, row, column, light);
        draw_run(pty, row, column, end, light, out);
        column = end;
    }
    text_add(out, "</g>\n");
}

static void draw_cursor(const struct pty *pty, struct text *out)
{
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    if (visible) {
        text_addf(out, "<rect x='%d' y='%d' width='2' height='%d' fill='#8fd3d6'/>\n",
                  MARGIN + column * WIDE, MARGIN + row * HIGH + 1, HIGH - 2);
    }
}

void svg_draw(const struct pty *pty, bool light, struct text *out)
{
    int width = pty_columns(pty) * WIDE + 2 * MARGIN, height = pty_rows(pty) * HIGH + 2 * MARGIN;
    text_addf(out,
              "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' "
              "font-size='13.3' font-family='\"DejaVu Sans Mono\",\"Liberation Mono\",\"Noto Sans "
              "Mono CJK SC\",\"Sarasa Mono SC\",Menlo,Consolas,\"PingFang SC\",\"Microsoft "
              "YaHei\",monospace' xml:space='preserve' fill='",
              width, height, width, height);
    add_colour(out, ink(light));
    text_add(out, "'>\n<style>.w{font-size:16px}.b{font-weight:bold}" /* wide: as two columns */
                  ".u{text-decoration:underline}</style>\n");
    text_addf(out, "<rect width='%d' height='%d' rx='6' fill='", width, height);
    add_colour(out, ground(light));
    text_add(out, "'/>\n");
    for (int row = 0; row < pty_rows(pty); row++) {
        draw_ground(pty, row, light, out);
    }
    for (int row = 0; row < pty_rows(pty); row++) {
        draw_text(pty, row, light, out);
    }
    draw_cursor(pty, out);
    text_add(out, "</svg>\n");
}
