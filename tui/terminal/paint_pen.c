/* paint_pen.c: moves, looks and scrolling as bytes. */
#include "tui/terminal/paint_pen.h"

#include <stdlib.h>

/* ---- moves ---- */

static int digits(int number)
{
    return number < 10 ? 1 : number < 100 ? 2 : 3;
}

/* CSI row ; column H, whose parts may be left out where they are 1. */
static size_t absolute_size(int row, int column)
{
    return 3 + (size_t)(row || column ? digits(row + 1) : 0) +
           (size_t)(column ? 1 + digits(column + 1) : 0);
}

static void add_absolute(struct text *out, int row, int column)
{
    if (column) {
        text_addf(out, "\033[%d;%dH", row + 1, column + 1);
    } else if (row) {
        text_addf(out, "\033[%dH", row + 1);
    } else {
        text_add(out, "\033[H");
    }
}

enum way { WAY_NONE, WAY_ABSOLUTE, WAY_RIGHT, WAY_BACK, WAY_LINES };

/* How far it is to the right, in bytes. */
static size_t right_size(int columns)
{
    return columns == 0 ? 0 : columns == 1 ? 3 : 3 + (size_t)digits(columns);
}

static enum way shortest(const struct pen *pen, int row, int column, size_t *size)
{
    int down = row - pen->row, right = column - pen->column;
    size_t other;
    *size = absolute_size(row, column);
    if (pen->row < 0 || pen->column < 0) {
        return WAY_ABSOLUTE;
    }
    if (down == 0 && right == 0) {
        *size = 0;
        return WAY_NONE;
    }
    if (down == 0 && right > 0 && right_size(right) < *size) {
        *size = right_size(right);
        return WAY_RIGHT;
    }
    if (down == 0 && right < 0 && (size_t)-right < *size) {
        *size = (size_t)-right;
        return WAY_BACK;
    }
    other = 1 + (size_t)(down > 0 ? down : 0) + right_size(column);
    if (down >= 0 && other < *size) {
        *size = other;
        return WAY_LINES;
    }
    return WAY_ABSOLUTE;
}

size_t pen_distance(const struct pen *pen, int row, int column)
{
    size_t size;
    shortest(pen, row, column, &size);
    return size;
}

static void add_right(struct text *out, int columns)
{
    if (columns == 1) {
        text_add(out, "\033[C");
    } else if (columns > 1) {
        text_addf(out, "\033[%dC", columns);
    }
}

static void add_times(struct text *out, int count, const char *bytes)
{
    for (int i = 0; i < count; i++) {
        text_add(out, bytes);
    }
}

void pen_move(struct pen *pen, int row, int column)
{
    size_t size;
    switch (shortest(pen, row, column, &size)) {
    case WAY_NONE:
        break;
    case WAY_ABSOLUTE:
        add_absolute(pen->out, row, column);
        break;
    case WAY_RIGHT:
        add_right(pen->out, column - pen->column);
        break;
    case WAY_BACK:
        add_times(pen->out, pen->column - column, "\b");
        break;
    case WAY_LINES:
        text_add(pen->out, "\r");
        add_times(pen->out, row - pen->row, "\n");
        add_right(pen->out, column);
        break;
    }
    pen->row = row;
    pen->column = column;
}

void pen_advance(struct pen *pen, int width)
{
    pen->column += width;
    if (pen->column >= pen->terminal->columns) {
        pen->column = -1; /* at the right edge terminals differ */
    }
}

/* ---- looks ---- */

static void add_code(struct text *codes, const char *code)
{
    text_add(codes, codes->length ? ";" : "");
    text_add(codes, code);
}

/* BASE: 30 for what is written, 40 for what is behind. */
static void add_colour(struct text *codes, enum depth depth, int32_t colour, int base)
{
    text_add(codes, codes->length ? ";" : "");
    if (colour < 0) {
        text_addf(codes, "%d", base + 9);
    } else if (depth == DEPTH_TRUE) {
        text_addf(codes, "%d;2;%d;%d;%d", base + 8, colour >> 16 & 255, colour >> 8 & 255,
                  colour & 255);
    } else if (depth == DEPTH_256) {
        text_addf(codes, "%d;5;%d", base + 8, (int)colour);
    } else {
        text_addf(codes, "%d", base + (int)colour);
    }
}

/* What differs from FROM, as far as there is a code for it. */
static void add_codes(struct text *codes, enum depth depth, const struct style *from,
                      const struct style *to)
{
    static const struct {
        uint8_t attribute;
        const char *on, *off;
    } attributes[] = {
        {STYLE_BOLD, "1", "22"}, {STYLE_UNDERLINE, "4", "24"}, {STYLE_REVERSE, "7", "27"}};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        bool was = from->attributes & attributes[i].attribute;
        bool is = to->attributes & attributes[i].attribute;
        if (was != is) {
            add_code(codes, is ? attributes[i].on : attributes[i].off);
        }
    }
    if (from->fore != to->fore) {
        add_colour(codes, depth, to->fore, 30);
    }
    if (from->back != to->back) {
        add_colour(codes, depth, to->back, 40);
    }
}

bool pen_same(const struct style *a, const struct style *b)
{
    return a->fore == b->fore && a->back == b->back && a->attributes == b->attributes;
}

void pen_style(struct pen *pen, const struct style *style)
{
    static const struct style plain = {.fore = -1, .back = -1};
    if (pen->style_known && pen_same(&pen->style, style)) {
        return;
    }
    struct text change = {0}, afresh = {0};
    add_codes(&afresh, pen->terminal->depth, &plain, style);
    size_t size = afresh.length + (afresh.length ? 2 : 0); /* "0;" before them */
    /* old terminals take no attribute back alone */
    bool changes = pen->style_known &&
                   (pen->terminal->modern || !(pen->style.attributes & ~style->attributes));
    if (changes) {
        add_codes(&change, pen->terminal->depth, &pen->style, style);
    }
    if (changes && change.length <= size) {
        text_addf(pen->out, "\033[%sm", text_bytes(&change));
    } else {
        text_addf(pen->out, "\033[%s%sm", afresh.length ? "0;" : "", text_bytes(&afresh));
    }
    text_free(&change);
    text_free(&afresh);
    pen->style = *style;
    pen->style_known = true;
}

void pen_hide(struct pen *pen, bool hide)
{
    if (pen->hidden != hide) {
        text_add(pen->out, hide ? "\033[?25l" : "\033[?25h");
        pen->hidden = hide;
    }
}

/* ---- scrolling ---- */

/* CSI count S, or T. */
static size_t far_size(int count)
{
    return 3 + (size_t)(count > 1 ? digits(count) : 0);
}

static void add_far(struct text *out, int by)
{
    text_add(out, "\033[");
    if (abs(by) > 1) {
        text_addf(out, "%d", abs(by));
    }
    text_add(out, by > 0 ? "S" : "T");
}

void pen_scroll(struct pen *pen, int top, int end, int by)
{
    static const struct style plain = {.fore = -1, .back = -1};
    pen_style(pen, &plain); /* what comes in has no colour behind it */
    text_addf(pen->out, "\033[%d;%dr", top + 1, end);
    pen->row = pen->column = -1; /* setting a region moves the cursor home */
    int edge = by > 0 ? end - 1 : top;
    size_t size = pen_distance(pen, edge, 0) + (size_t)abs(by) * (by > 0 ? 1 : 2);
    if (pen->terminal->scrolls_far && far_size(abs(by)) < size) {
        add_far(pen->out, by);
    } else {
        pen_move(pen, edge, 0);
        add_times(pen->out, abs(by), by > 0 ? "\n" : "\033M");
    }
    text_add(pen->out, "\033[r");
    pen->row = pen->column = -1;
}
