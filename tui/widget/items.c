/* items.c: lines of the resource list: what stands in them, what they come to. */
#include "tui/widget/items.h"

#include <stdlib.h>
#include <string.h>

#include "core/value.h"
#include "tui/text.h"
#include "tui/widget/items_inside.h"

/* ---- columns ---- */

static void add_column(struct items *items, const char *name, const char *title,
                       enum items_what what, enum form_type type, const char *labels)
{
    if (items->column_count < ITEMS_COLUMNS_MOST) {
        items->columns[items->column_count++] =
            (struct items_column){name, title, what, type, labels};
    }
}

static void make_columns(struct items *items)
{
    const struct table *measures = parcel_find(&items->about, "measures");
    const struct table *fields = parcel_find(&items->about, "fields");
    add_column(items, "code", N_("code"), ITEMS_CODE, FORM_TEXT, "");
    add_column(items, "quantity", N_("quantity"), ITEMS_QUANTITY, FORM_NUMBER, "");
    for (size_t row = 0; measures && row < table_rows(measures); row++) {
        add_column(items, table_word(measures, row, "name"), table_word(measures, row, "title"),
                   ITEMS_MEASURE, FORM_NUMBER, "");
    }
    for (size_t row = 0; fields && row < table_rows(fields); row++) {
        if (strcmp(table_word(fields, row, "per_item"), "yes") == 0) {
            enum form_type type = written_type(table_word(fields, row, "type"));
            add_column(items, table_word(fields, row, "field"), table_word(fields, row, "title"),
                       ITEMS_ENTRY, type, table_word(fields, row, "labels"));
        }
    }
}

bool items_has_column(const struct items *items, const char *name)
{
    for (int i = 0; *name && i < items->column_count; i++) {
        if (strcmp(items->columns[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

struct written_kind items_kind(const struct items *items, int column)
{
    return (struct written_kind){.type = items->columns[column].type,
                                 .labels = items->columns[column].labels,
                                 .english = items->english,
                                 .today = items->today,
                                 .days = items->days};
}

/* ---- lines ---- */

const char *items_cell_text(const struct items *items, int row, int column)
{
    return row < items->count ? edit_text(&items->rows[row].cells[column].edit) : "";
}

static void row_free(struct items_row *row)
{
    for (int i = 0; i < ITEMS_COLUMNS_MOST; i++) {
        edit_free(&row->cells[i].edit);
    }
    text_free(&row->name);
    text_free(&row->unit);
    text_free(&row->wrong);
}

struct items_row *items_add_row(struct items *items)
{
    if (items->count == ITEMS_ROWS_MOST) {
        return NULL;
    }
    struct items_row *rows = realloc(items->rows, ((size_t)items->count + 1) * sizeof *items->rows);
    if (!rows) {
        return NULL;
    }
    items->rows = rows;
    items->rows[items->count] = (struct items_row){0};
    return &items->rows[items->count++];
}

void items_drop_row(struct items *items, int row)
{
    row_free(&items->rows[row]);
    memmove(&items->rows[row], &items->rows[row + 1],
            (size_t)(items->count - row - 1) * sizeof *items->rows);
    items->count--;
    items->row = items->row > items->count ? items->count : items->row;
}

static bool row_empty(const struct items *items, int row)
{
    for (int i = 0; i < items->column_count; i++) {
        if (items->rows[row].cells[i].edit.text.length > 0) {
            return false;
        }
    }
    return true;
}

int items_count(const struct items *items)
{
    int count = 0;
    for (int i = 0; i < items->count; i++) {
        count += !row_empty(items, i);
    }
    return count;
}

void items_free(struct items *items)
{
    for (int i = 0; i < items->count; i++) {
        row_free(&items->rows[i]);
    }
    free(items->rows);
    text_free(&items->base);
    parcel_free(&items->about);
    parcel_free(&items->products);
    parcel_free(&items->prices);
    parcel_free(&items->hits);
    *items = (struct items){0};
}

/* ---- the catalogue ---- */

static size_t find_row(const struct table *table, const char *column, const char *value)
{
    size_t row = 0;
    while (table && row < table_rows(table) && strcmp(table_word(table, row, column), value) != 0) {
        row++;
    }
    return row;
}

static void set_text(struct text *text, const char *value)
{
    text_clear(text);
    text_add(text, value);
}

/* What the catalogue knows of the line; an entry that was typed stays. */
static void take_product(struct items *items, struct items_row *row, const struct table *products,
                         size_t at)
{
    for (int i = 0; i < items->column_count; i++) {
        const struct items_column *column = &items->columns[i];
        const char *value = table_word(products, at, column->name);
        if (column->what == ITEMS_MEASURE) {
            decimal_parse(value, strlen(value), &row->each[i]);
        } else if (column->what == ITEMS_ENTRY && *value && !row->cells[i].edit.text.length) {
            struct written_kind kind = items_kind(items, i);
            struct text said = {0};
            written_said(&kind, value, &said);
            edit_set(&row->cells[i].edit, text_bytes(&said));
            text_free(&said);
        }
    }
}

void items_look_up(struct items *items, int index)
{
    struct items_row *row = &items->rows[index];
    const struct table *products = parcel_find(&items->products, "things");
    const struct table *prices = parcel_find(&items->prices, "things");
    const char *code = items_cell_text(items, index, 0);
    size_t at = find_row(products, "code", code);
    if (products && at == table_rows(products)) {
        at = find_row(products, "name", code);
    }
    row->known = products && at < table_rows(products);
    row->yuan = 0;
    memset(row->each, 0, sizeof row->each);
    text_clear(&row->name);
    text_clear(&row->unit);
    if (!row->known) {
        return;
    }
    const char *found = table_word(products, at, "code");
    if (strcmp(found, code) != 0) {
        edit_replace(&row->cells[0].edit, found);
    }
    set_text(&row->name, table_word(products, at, "name"));
    set_text(&row->unit, table_word(products, at, "unit"));
    take_product(items, row, products, at);
    size_t price = find_row(prices, "parent", found);
    if (prices && price < table_rows(prices)) {
        const char *yuan = table_word(prices, price, "yuan");
        decimal_parse(yuan, strlen(yuan), &row->yuan);
    }
}

static void look_up_all(struct items *items)
{
    for (int i = 0; i < items->count; i++) {
        items_look_up(items, i);
    }
}

void items_catalogue(struct items *items, const struct parcel *products)
{
    parcel_free(&items->products);
    (void)parcel_copy(products, &items->products);
    look_up_all(items);
}

void items_priced(struct items *items, const struct parcel *prices)
{
    parcel_free(&items->prices);
    (void)parcel_copy(prices, &items->prices);
    look_up_all(items);
}

/* ---- begin ---- */

static void take_line(struct items *items, const struct table *lines, size_t at)
{
    struct items_row *row = items_add_row(items);
    for (int i = 0; row && i < items->column_count; i++) {
        const struct items_column *column = &items->columns[i];
        const char *value = table_word(lines, at, column->name);
        if (column->what == ITEMS_MEASURE) {
            decimal_parse(value, strlen(value), &row->each[i]);
        } else {
            struct written_kind kind = items_kind(items, i);
            struct text said = {0};
            written_said(&kind, value, &said);
            edit_set(&row->cells[i].edit, text_bytes(&said));
            text_free(&said);
        }
    }
    if (row) {
        set_text(&row->name, table_word(lines, at, "name"));
        row->known = *table_word(lines, at, "name") != '\0';
    }
}

void items_begin(struct items *items, const struct parcel *about, bool fixed, bool english)
{
    *items = (struct items){.some = true, .fixed = fixed, .english = english, .hit = -1};
    (void)parcel_copy(about, &items->about);
    make_columns(items);
    const struct table *lines = parcel_find(&items->about, "items");
    for (size_t at = 0; lines && at < table_rows(lines); at++) {
        take_line(items, lines, at);
    }
    if (fixed) {
        items->column = items_next_cell(items, 0, 1);
    }
    items_text(items, &items->base);
}

/* ---- as text ---- */

void items_text(const struct items *items, struct text *out)
{
    for (int row = 0; row < items->count; row++) {
        if (row_empty(items, row)) {
            continue;
        }
        text_add(out, out->length ? "\n" : "");
        text_addf(out, "%s\t%s", items_cell_text(items, row, 0), items_cell_text(items, row, 1));
        for (int i = 2; i < items->column_count; i++) {
            const char *value = items_cell_text(items, row, i);
            if (items->columns[i].what == ITEMS_ENTRY && *value) {
                text_addf(out, "\t%s=%s", items->columns[i].name, value);
            }
        }
    }
}

static void take_named(struct items *items, struct items_row *row, const char *cell, size_t length)
{
    for (int i = 2; i < items->column_count; i++) {
        size_t name = strlen(items->columns[i].name);
        if (length > name && strncmp(cell, items->columns[i].name, name) == 0 &&
            cell[name] == '=') {
            edit_insert(&row->cells[i].edit, cell + name + 1, length - name - 1);
        }
    }
}

/* A line of text as one of the list: code, quantity, NAME=VALUE…, divided by tabs, commas or
 * blanks. */
static void take_text_line(struct items *items, const char *line, size_t length)
{
    struct items_row *row = items_add_row(items);
    bool tabs = memchr(line, '\t', length) != NULL;
    const char *end = line + length;
    for (int cell = 0; row && line <= end; cell++) {
        const char *stop = line;
        while (stop < end && *stop != '\t' && !(!tabs && (*stop == ',' || *stop == ' '))) {
            stop++;
        }
        size_t size = (size_t)(stop - line);
        if (cell < 2) {
            edit_insert(&row->cells[cell].edit, line, size);
        } else {
            take_named(items, row, line, size);
        }
        line = stop + 1;
    }
    if (row) {
        items_look_up(items, items->count - 1);
    }
}

void items_add_text(struct items *items, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t size = (size_t)((stop ? stop : end) - text);
        if (size > 0) {
            take_text_line(items, text, size);
        }
        text += size + 1;
    }
}

void items_set_text(struct items *items, const char *text)
{
    while (items->count > 0) {
        items_drop_row(items, items->count - 1);
    }
    items_add_text(items, text, strlen(text));
}

bool items_changed(const struct items *items)
{
    struct text now = {0};
    items_text(items, &now);
    bool changed = strcmp(text_bytes(&now), text_bytes(&items->base)) != 0;
    text_free(&now);
    return changed;
}

/* ---- sums ---- */

static int64_t quantity_of(const struct items *items, int row)
{
    struct written_kind kind = {.type = FORM_NUMBER, .labels = ""};
    struct text value = {0};
    int64_t micro = 0;
    written_value(&kind, items_cell_text(items, row, 1), &value);
    bool number = decimal_parse(text_bytes(&value), value.length, &micro);
    text_free(&value);
    return number ? micro : 0;
}

int64_t items_line(const struct items *items, int row, int column)
{
    const struct items_row *line = &items->rows[row];
    int64_t each = column < 0 ? line->yuan : line->each[column];
    struct value sum = decimal_multiply(quantity_of(items, row), each);
    return sum.known ? sum.n : 0;
}

int64_t items_total(const struct items *items, int column)
{
    int64_t total = 0, sum;
    for (int i = 0; i < items->count; i++) {
        total = __builtin_add_overflow(total, items_line(items, i, column), &sum) ? total : sum;
    }
    return total;
}

/* ---- the desk ---- */

static void put(struct parcel *request, const char *code, const char *column, const char *value)
{
    struct text name = {0};
    text_addf(&name, "entry.item.%s.%s", code, column);
    parcel_put(request, text_bytes(&name), value);
    text_free(&name);
}

/* What stood in that cell when the form was made, as the desk has it; of a line that is new, what
 * the catalogue says. NULL: the line is new and not in the catalogue. */
static const char *before(const struct items *items, const char *code, const char *column)
{
    const struct table *lines = parcel_find(&items->about, "items");
    const struct table *products = parcel_find(&items->products, "things");
    size_t at = find_row(lines, "code", code);
    if (lines && at < table_rows(lines)) {
        return table_word(lines, at, column);
    }
    at = find_row(products, "code", code);
    return products && at < table_rows(products) && strcmp(column, "quantity") != 0
               ? table_word(products, at, column)
               : NULL;
}

static void put_line(const struct items *items, int row, bool all, struct parcel *request)
{
    const char *code = items_cell_text(items, row, 0);
    for (int i = 1; i < items->column_count && *code; i++) {
        const struct items_column *column = &items->columns[i];
        struct written_kind kind = items_kind(items, i);
        struct text value = {0};
        const char *was = before(items, code, column->name);
        written_value(&kind, items_cell_text(items, row, i), &value);
        bool differs = strcmp(text_bytes(&value), was ? was : "") != 0;
        bool own = column->what == ITEMS_ENTRY && items->fixed && value.length > 0;
        bool quantity = column->what == ITEMS_QUANTITY && !items->fixed && (all || differs || !was);
        if (quantity || own || (column->what == ITEMS_ENTRY && differs)) {
            put(request, code, column->name, text_bytes(&value));
        }
        text_free(&value);
    }
}

static bool has_line(const struct items *items, const char *code)
{
    for (int i = 0; i < items->count; i++) {
        if (strcmp(items_cell_text(items, i, 0), code) == 0) {
            return true;
        }
    }
    return false;
}

void items_put(const struct items *items, bool all, struct parcel *request)
{
    const struct table *lines = parcel_find(&items->about, "items");
    for (int i = 0; i < items->count; i++) {
        put_line(items, i, all, request);
    }
    for (size_t at = 0; lines && !items->fixed && at < table_rows(lines); at++) {
        if (!has_line(items, table_word(lines, at, "code"))) {
            put(request, table_word(lines, at, "code"), "quantity", ""); /* taken away */
        }
    }
}

void items_complain(struct items *items, const char *code, const char *sentence)
{
    for (int i = 0; i < items->count && *code; i++) {
        if (strcmp(items_cell_text(items, i, 0), code) == 0 && !items->rows[i].wrong.length) {
            text_add(&items->rows[i].wrong, sentence);
        }
    }
}

void items_uncomplain(struct items *items)
{
    for (int i = 0; i < items->count; i++) {
        text_clear(&items->rows[i].wrong);
    }
}

void items_ask(struct items *items, const struct parcel *reply)
{
    const struct table *asked = parcel_find(reply, "asked_lines");
    for (size_t at = 0; asked && at < table_rows(asked); at++) {
        for (int row = 0; row < items->count; row++) {
            for (int i = 2; i < items->column_count; i++) {
                if (strcmp(items_cell_text(items, row, 0), table_word(asked, at, "code")) == 0 &&
                    strcmp(items->columns[i].name, table_word(asked, at, "field")) == 0) {
                    items->rows[row].cells[i].not_asked =
                        strcmp(table_word(asked, at, "asked"), "yes") != 0;
                }
            }
        }
    }
}
