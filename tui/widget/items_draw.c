/* items_draw.c: the resource list on the screen: heads, lines, what they come to, what was found.
 */
#include <string.h>

#include "core/message.h"
#include "core/value.h"
#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/widget/items_inside.h"

enum {
    NUMBER_WIDTH = 5,
    YESNO_WIDTH = 4,
    CODE_WIDTH = 12,
    NAME_LEAST = 8,
    MONEY_WIDTH = 11,
    WIDTH_MOST = 14
};

struct layout { /* where cells stand; X -1: no room */
    int x[ITEMS_COLUMNS_MOST], width[ITEMS_COLUMNS_MOST];
    int name_x, name_width, money_x;
};

static void add_title(const struct items *items, int column, struct text *out)
{
    const char *title = items->columns[column].title;
    if (strchr(title, MESSAGE_BOTH)) {
        phrase_both(out, title, items->english);
    } else {
        text_add(out, gettext(title));
    }
}

static int wanted(const struct items *items, const struct look *look, int column)
{
    struct text title = {0};
    if (items->columns[column].type == FORM_YESNO) {
        return YESNO_WIDTH;
    }
    add_title(items, column, &title);
    int width = look_width(look, text_bytes(&title));
    text_free(&title);
    bool number = items->columns[column].what != ITEMS_ENTRY;
    width = width < NUMBER_WIDTH && number ? NUMBER_WIDTH : width;
    return column == 0 ? CODE_WIDTH : width > WIDTH_MOST ? WIDTH_MOST : width;
}

static void place(struct layout *at, int column, int width, int *x)
{
    at->x[column] = *x;
    at->width[column] = width;
    *x += width + 1;
}

/* The code, the quantity and the cell that has the keys always; the rest as there is room; the name
 * takes what is left. */
static struct layout lay_out(const struct items *items, const struct look *look, int columns)
{
    struct layout at = {.name_x = -1, .money_x = -1};
    bool shown[ITEMS_COLUMNS_MOST] = {[0] = true, [1] = true};
    int left = columns - 4 - CODE_WIDTH - 1 - wanted(items, look, 1) - 1;
    if (items->column > 1) {
        shown[items->column] = true;
        left -= wanted(items, look, items->column) + 1;
    }
    bool name = left >= NAME_LEAST + 1;
    left -= name ? NAME_LEAST + 1 : 0;
    bool money = !items->fixed && left >= MONEY_WIDTH + 1;
    left -= money ? MONEY_WIDTH + 1 : 0;
    for (int i = 2; i < items->column_count; i++) {
        int width = wanted(items, look, i) + 1;
        if (!shown[i] && width <= left) {
            shown[i] = true;
            left -= width;
        }
    }
    int x = 4;
    place(&at, 0, CODE_WIDTH, &x);
    if (name) {
        at.name_x = x;
        at.name_width = NAME_LEAST + left;
        x += at.name_width + 1;
    }
    for (int i = 1; i < items->column_count; i++) {
        at.x[i] = -1;
        if (shown[i]) {
            place(&at, i, wanted(items, look, i), &x);
        }
        if (money && (i + 1 == items->column_count || items->columns[i + 1].what == ITEMS_ENTRY) &&
            at.money_x < 0) {
            at.money_x = x;
            x += MONEY_WIDTH + 1;
        }
    }
    return at;
}

static void draw_heads(const struct items *items, const struct pane *pane, const struct layout *at)
{
    pane_fill(pane, 0, 0, pane->columns, ROLE_HEAD);
    for (int i = 0; i < items->column_count; i++) {
        struct text title = {0};
        add_title(items, i, &title);
        bool right = i > 0 && items->columns[i].what != ITEMS_ENTRY;
        if (at->x[i] >= 0 && right) {
            pane_right(pane, 0, at->x[i], at->width[i], ROLE_HEAD, text_bytes(&title));
        } else if (at->x[i] >= 0) {
            struct pane head = pane_part(pane, 0, at->x[i], 1, at->width[i]);
            pane_put(&head, 0, 0, ROLE_HEAD, text_bytes(&title));
        }
        text_free(&title);
    }
    if (at->name_x >= 0) {
        pane_clip(pane, 0, at->name_x, at->name_width, ROLE_HEAD, _("name"));
    }
    if (at->money_x >= 0) {
        pane_right(pane, 0, at->money_x, MONEY_WIDTH, ROLE_HEAD, _("yuan a month"));
    }
}

/* 8120 as 8,120.00; a measure without a fraction as it is. */
static void add_number(struct text *out, int64_t micro, bool money)
{
    struct text digits = {0};
    int64_t fen = (micro + MICRO / 200) / (MICRO / 100);
    if (!money) {
        text_add_decimal(out, micro);
        return;
    }
    text_add_int(&digits, fen / 100);
    for (size_t i = 0; i < digits.length; i++) {
        text_add_n(out, digits.bytes + i, 1);
        text_add(out, (digits.length - i) % 3 == 1 && i + 1 < digits.length ? "," : "");
    }
    text_addf(out, ".%02d", (int)(fen % 100));
    text_free(&digits);
}

static void draw_number(const struct pane *pane, int row, int column, int width, enum role role,
                        int64_t micro, bool money)
{
    struct text number = {0};
    add_number(&number, micro, money);
    if (micro) {
        pane_right(pane, row, column, width, role, text_bytes(&number));
    } else {
        int sign = look_width(pane->look, glyph_text(pane->look, GLYPH_NONE));
        pane_glyph(pane, row, column + width - sign, ROLE_TEXT_DIM, GLYPH_NONE);
    }
    text_free(&number);
}

static void draw_cell(const struct items *items, const struct pane *pane, int row, int line,
                      int column, const struct layout *at, bool focus)
{
    const struct items_column *of = &items->columns[column];
    const struct items_row *of_row = line < items->count ? &items->rows[line] : NULL;
    bool here = focus && line == items->row && column == items->column;
    const char *text = items_cell_text(items, line, column);
    if (of->what == ITEMS_MEASURE && of_row) {
        draw_number(pane, row, at->x[column], at->width[column], ROLE_TEXT,
                    items_line(items, line, column), false);
    } else if (here && of_row) {
        edit_draw(&of_row->cells[column].edit, pane, row, at->x[column], at->width[column],
                  ROLE_FORM_FOCUS, true);
    } else if (here) {
        pane_fill(pane, row, at->x[column], at->width[column], ROLE_FORM_FOCUS);
        pane_cursor(pane, row, at->x[column]);
    } else if (of->what == ITEMS_QUANTITY) {
        pane_right(pane, row, at->x[column], at->width[column], ROLE_FORM_VALUE, text);
    } else if (of_row && !of_row->cells[column].not_asked) {
        bool unknown = column == 0 && !of_row->known && items->products.table_count > 0;
        pane_clip(pane, row, at->x[column], at->width[column],
                  unknown ? ROLE_FORM_ERROR : ROLE_FORM_VALUE, text);
    }
}

static void draw_line(const struct items *items, const struct pane *pane, int row, int line,
                      const struct layout *at, bool focus)
{
    const struct items_row *of_row = line < items->count ? &items->rows[line] : NULL;
    bool here = focus && line == items->row;
    struct text number = {0};
    text_add_int(&number, line + 1);
    if (here) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    bool wrong = of_row && of_row->wrong.length > 0;
    pane_right(pane, row, 1, 2, wrong ? ROLE_FORM_ERROR : ROLE_TEXT_DIM, text_bytes(&number));
    if (wrong) {
        pane_glyph(pane, row, 3, ROLE_FORM_ERROR, GLYPH_NO);
    }
    for (int i = 0; i < items->column_count; i++) {
        if (at->x[i] >= 0) {
            draw_cell(items, pane, row, line, i, at, focus);
        }
    }
    if (at->name_x >= 0 && of_row) {
        pane_clip(pane, row, at->name_x, at->name_width, ROLE_TEXT, text_bytes(&of_row->name));
    } else if (at->name_x >= 0 && !here) {
        pane_clip(pane, row, at->name_x, at->name_width, ROLE_FORM_HINT,
                  _("code, name or sound …"));
    }
    if (at->money_x >= 0 && of_row) {
        draw_number(pane, row, at->money_x, MONEY_WIDTH, ROLE_TEXT, items_line(items, line, -1),
                    true);
    }
    text_free(&number);
}

static void draw_totals(const struct items *items, const struct pane *pane, int row,
                        const struct layout *at)
{
    struct text count = {0};
    const char *const arg[4] = {NULL, NULL, NULL, NULL};
    phrase_said(&count, N_("total"), arg, items->english);
    pane_clip(pane, row, at->x[0], at->width[0], ROLE_TEXT_STRONG, text_bytes(&count));
    for (int i = 2; i < items->column_count; i++) {
        if (at->x[i] >= 0 && items->columns[i].what == ITEMS_MEASURE) {
            draw_number(pane, row, at->x[i], at->width[i], ROLE_TEXT_STRONG, items_total(items, i),
                        false);
        }
    }
    if (at->money_x >= 0) {
        draw_number(pane, row, at->money_x, MONEY_WIDTH, ROLE_TEXT_STRONG, items_total(items, -1),
                    true);
    }
    text_free(&count);
}

/* ---- what was found ---- */

static const char *found(const struct items *items, int hit, const char *column)
{
    const char *value = table_cell(parcel_find(&items->hits, "things"), (size_t)hit, column);
    return value ? value : "";
}

static void draw_hit(const struct items *items, const struct pane *pane, int row, int hit)
{
    enum role role = hit == items->hit ? ROLE_SHEET_CURSOR : ROLE_TEXT;
    int width = pane->columns - 4;
    pane_pad(pane, row, 2, CODE_WIDTH, role, found(items, hit, "code"));
    pane_pad(pane, row, 2 + CODE_WIDTH, width - CODE_WIDTH, role, found(items, hit, "name"));
    const struct table *prices = parcel_find(&items->prices, "things");
    for (size_t at = 0; prices && at < table_rows(prices); at++) {
        const char *parent = table_cell(prices, at, "parent"),
                   *yuan = table_cell(prices, at, "yuan");
        int64_t micro;
        if (parent && yuan && strcmp(parent, found(items, hit, "code")) == 0 &&
            decimal_parse(yuan, strlen(yuan), &micro)) {
            struct text said = {0};
            add_number(&said, micro, true);
            text_addf(&said, " %s", _("yuan a month"));
            pane_right(pane, row, 2 + width / 2, width - width / 2, role, text_bytes(&said));
            text_free(&said);
            return;
        }
    }
}

static void draw_hits(const struct items *items, const struct pane *pane, int row)
{
    struct text shown = {0}, total = {0};
    text_add_int(&shown, items->hit_count);
    text_add_int(&total, items->hit_total);
    pane_fill(pane, row, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, row, 1, pane->columns / 2, ROLE_SHEET_TITLE, _("catalogue"));
    pane_right(pane, row, pane->columns / 2, pane->columns - pane->columns / 2 - 1, ROLE_SHEET_DIM,
               _("code, name or the letters it sounds like"));
    for (int i = 0; i < items->hit_count; i++) {
        draw_hit(items, pane, row + 1 + i, i);
    }
    struct text line = {0};
    const char *const arg[4] = {text_bytes(&shown), text_bytes(&total), NULL, NULL};
    phrase_said(&line,
                items->hit_count ? N_("%1 of %2 found")
                                 : N_("nothing in the catalogue is called so; only what is in it "
                                      "can be applied for"),
                arg, items->english);
    pane_clip(pane, row + 1 + items->hit_count, 2, pane->columns - 2, ROLE_FORM_HINT,
              text_bytes(&line));
    text_free(&line);
    text_free(&shown);
    text_free(&total);
}

int items_rows(const struct items *items)
{
    return items->count + 2 + !items->fixed;
}

void items_draw(const struct items *items, const struct pane *pane, bool focus)
{
    struct layout at = lay_out(items, pane->look, pane->columns);
    bool seeks = focus && *items_sought(items) && items->hits.table_count > 0;
    int below = seeks ? items->hit_count + 2 : 0, lines = items->count + !items->fixed;
    int room = pane->rows - 2 - below;
    room = room < 1 ? 1 : room;
    int first = focus && items->row >= room ? items->row - room + 1 : 0;
    int shown = lines - first < room ? lines - first : room;
    draw_heads(items, pane, &at);
    for (int i = 0; i < shown; i++) {
        draw_line(items, pane, 1 + i, first + i, &at, focus);
    }
    draw_totals(items, pane, 1 + shown, &at);
    if (seeks) {
        draw_hits(items, pane, 2 + shown);
    }
}
