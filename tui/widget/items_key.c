/* items_key.c: keys in the resource list: from cell to cell, finding, taking, merging. */
#include <string.h>

#include "core/value.h"
#include "tui/widget/items_inside.h"

static bool takes_keys(const struct items *items, int column)
{
    const struct items_column *of = &items->columns[column];
    bool own = of->what == ITEMS_ENTRY;
    bool hidden =
        own && items->row < items->count && items->rows[items->row].cells[column].not_asked;
    return items->fixed ? own && !hidden : of->what != ITEMS_MEASURE && !hidden;
}

int items_next_cell(const struct items *items, int column, int by)
{
    for (int i = column + by; i >= 0 && i < items->column_count; i += by) {
        if (takes_keys(items, i)) {
            return i;
        }
    }
    return -1;
}

static int first_cell(const struct items *items)
{
    return items_next_cell(items, -1, 1);
}

static int last_row(const struct items *items)
{
    return items->fixed ? items->count - 1 : items->count;
}

/* The edit under the keys; a line that is only offered becomes one. NULL: no room. */
static struct edit *edit_here(struct items *items)
{
    if (items->row == items->count && (items->fixed || !items_add_row(items))) {
        return NULL;
    }
    return &items->rows[items->row].cells[items->column].edit;
}

static void leave_cell(struct items *items)
{
    if (items->row >= items->count) {
        return;
    }
    if (items->column == 0) {
        items_look_up(items, items->row);
    } else {
        struct items_cell *cell = &items->rows[items->row].cells[items->column];
        struct written_kind kind = items_kind(items, items->column);
        struct text value = {0}, said = {0};
        written_value(&kind, edit_text(&cell->edit), &value);
        written_said(&kind, text_bytes(&value), &said);
        if (strcmp(text_bytes(&said), edit_text(&cell->edit)) != 0) {
            edit_replace(&cell->edit, text_bytes(&said));
        }
        text_free(&value);
        text_free(&said);
    }
    items->hit = -1;
    parcel_free(&items->hits);
}

/* To ROW, COLUMN; false where there is no such cell. */
static bool go(struct items *items, int row, int column)
{
    if (row < 0 || row > last_row(items) || column < 0) {
        return false;
    }
    leave_cell(items);
    items->row = row;
    items->column = row == items->count ? first_cell(items) : column;
    return true;
}

static bool next_cell(struct items *items, int by)
{
    int column = items->row == items->count ? -1 : items_next_cell(items, items->column, by);
    if (column >= 0) {
        return go(items, items->row, column);
    }
    int row = items->row + by;
    if (by > 0) {
        return go(items, row, first_cell(items));
    }
    return row >= 0 && go(items, row, items_next_cell(items, items->column_count, -1));
}

/* ---- finding ---- */

const char *items_sought(const struct items *items)
{
    bool seeks = items->some && !items->fixed && items->column == 0 && items->row < items->count;
    bool known = seeks && items->rows[items->row].known;
    return seeks && !known ? items_cell_text(items, items->row, 0) : "";
}

void items_hits(struct items *items, const struct parcel *found)
{
    struct text bytes = {0};
    parcel_free(&items->hits);
    if (parcel_encode(found, &bytes)) {
        (void)!parcel_decode(text_bytes(&bytes), bytes.length, &items->hits);
    }
    text_free(&bytes);
    const struct table *things = parcel_find(&items->hits, "things");
    items->hit_count = things ? (int)table_rows(things) : 0;
    items->hit_count = items->hit_count < ITEMS_HITS_MOST ? items->hit_count : ITEMS_HITS_MOST;
    items->hit_total = (int)parcel_int(&items->hits, "total", items->hit_count);
    items->hit = items->hit_count > 0 && *items_sought(items) ? 0 : -1;
}

static bool take_hit(struct items *items)
{
    const struct table *things = parcel_find(&items->hits, "things");
    const char *code =
        things && items->hit >= 0 ? table_cell(things, (size_t)items->hit, "code") : NULL;
    if (!code || items->column != 0 || items->row >= items->count) {
        return false;
    }
    edit_replace(&items->rows[items->row].cells[0].edit, code);
    return go(items, items->row, items_next_cell(items, 0, 1));
}

/* ---- the same product ---- */

int items_same(const struct items *items)
{
    const char *code = items_cell_text(items, items->row, 0);
    const struct table *things = parcel_find(&items->hits, "things");
    if (things && items->hit >= 0 && items->column == 0) {
        const char *hit = table_cell(things, (size_t)items->hit, "code");
        code = hit ? hit : code;
    }
    for (int i = 0; *code && i < items->count; i++) {
        if (i != items->row && strcmp(items_cell_text(items, i, 0), code) == 0) {
            return i;
        }
    }
    return -1;
}

bool items_merge(struct items *items)
{
    int same = items_same(items), row = items->row;
    if (same < 0 || row >= items->count) {
        return false;
    }
    const char *typed = items_cell_text(items, row, 1), *was = items_cell_text(items, same, 1);
    int64_t more = 0, has = 0;
    bool numbers = decimal_parse(was, strlen(was), &has) &&
                   (!*typed || decimal_parse(typed, strlen(typed), &more));
    if (!numbers) {
        return false;
    }
    struct text sum = {0};
    text_add_decimal(&sum, has + more);
    if (*typed) {
        edit_replace(&items->rows[same].cells[1].edit, text_bytes(&sum));
    }
    text_free(&sum);
    items_drop_row(items, row);
    items->row = same - (row < same);
    items->column = 1;
    items->hit = -1;
    parcel_free(&items->hits);
    return true;
}

/* ---- keys ---- */

static bool paste(struct items *items, const struct key_event *event)
{
    size_t length = event->length;
    while (length > 0 && event->text[length - 1] == '\n') {
        length--;
    }
    bool lines = memchr(event->text, '\n', length) || memchr(event->text, '\t', length);
    if (items->fixed || items->column != 0 || !lines) {
        struct edit *edit = edit_here(items);
        return edit && edit_key(edit, event);
    }
    items_add_text(items, event->text, length);
    return go(items, items->count, 0);
}

static bool control(struct items *items, uint32_t letter)
{
    switch (letter) {
    case 'd':
        if (!items->fixed && items->row < items->count) {
            items_drop_row(items, items->row);
            items->column = first_cell(items);
            items->hit = -1;
            parcel_free(&items->hits);
        }
        return true;
    case 'b':
        items_merge(items);
        return true;
    default:
        return false;
    }
}

/* Space turns yes into no. */
static bool toggle(struct items *items)
{
    if (items->row >= items->count || items->columns[items->column].type != FORM_YESNO) {
        return false;
    }
    struct edit *edit = &items->rows[items->row].cells[items->column].edit;
    struct written_kind kind = items_kind(items, items->column);
    struct text value = {0}, said = {0};
    written_value(&kind, edit_text(edit), &value);
    written_said(&kind, strcmp(text_bytes(&value), "yes") == 0 ? "no" : "yes", &said);
    edit_replace(edit, text_bytes(&said));
    text_free(&value);
    text_free(&said);
    return true;
}

/* Is the point at the end of its cell, so that an arrow leads out of it? */
static bool at_end(const struct items *items, bool right)
{
    if (items->row >= items->count) {
        return true;
    }
    const struct edit *edit = &items->rows[items->row].cells[items->column].edit;
    return right ? edit->at == edit->text.length : edit->at == 0;
}

static bool choose_hit(struct items *items, int by)
{
    int hit = items->hit + by;
    if (items->hit < 0 || hit < 0 || hit >= items->hit_count) {
        return false;
    }
    items->hit = hit;
    return true;
}

static bool move_key(struct items *items, uint32_t code)
{
    switch (code) {
    case KEYPAD_UP:
        return choose_hit(items, -1) || go(items, items->row - 1, items->column);
    case KEYPAD_DOWN:
        return choose_hit(items, 1) || go(items, items->row + 1, items->column);
    case KEYPAD_ENTER:
        return take_hit(items) || next_cell(items, 1);
    case KEYPAD_TAB:
        return next_cell(items, 1);
    case KEYPAD_LEFT:
        return at_end(items, false) && next_cell(items, -1);
    case KEYPAD_RIGHT:
        return at_end(items, true) && next_cell(items, 1);
    default:
        return false;
    }
}

bool items_key(struct items *items, const struct key_event *event)
{
    struct key key = event->key;
    if (key.code == KEY_PASTE) {
        return paste(items, event);
    }
    if (key.with == KEY_CTRL && control(items, key.code)) {
        return true;
    }
    if (key.with == KEY_SHIFT && key.code == KEYPAD_TAB) {
        return next_cell(items, -1);
    }
    if (key.with == 0 && (move_key(items, key.code) || (key.code == ' ' && toggle(items)))) {
        return true;
    }
    bool arrow = key.code >= KEYPAD_UP && key.code <= KEYPAD_DOWN;
    bool moves = arrow || key.code == KEYPAD_ENTER || key.code == KEYPAD_TAB;
    if (moves || items->column < 0) {
        leave_cell(items);
        return false;
    }
    bool writes = key.with == 0 && key.code >= 0x20 && key.code < 0x110000;
    struct edit *edit = writes || items->row < items->count ? edit_here(items) : NULL;
    bool typed = edit && edit_key(edit, event);
    if (typed && items->column == 0 && items->row < items->count) {
        items->rows[items->row].known = false;
    }
    return typed;
}
