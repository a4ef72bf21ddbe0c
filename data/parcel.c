/* parcel.c: named values and tables, and their bytes on a wire. */
#include "data/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/day.h"
#include "core/message.h"

enum { VERSION = 1, CELLS_MOST = 1 << 20 };
enum tag { TAG_PAIR = 1, TAG_TABLE, TAG_COLUMN, TAG_CELL, TAG_UNKNOWN };

void parcel_free(struct parcel *parcel)
{
    for (size_t i = 0; i < parcel->table_count; i++) {
        free(parcel->tables[i]->cells);
    }
    free(parcel->pairs);
    free(parcel->tables);
    arena_free(parcel->arena);
    *parcel = (struct parcel){0};
}

static struct arena *arena(struct parcel *parcel)
{
    parcel->arena = parcel->arena ? parcel->arena : arena_new();
    parcel->failed |= !parcel->arena;
    return parcel->arena;
}

enum { NUMBER_TEXT = 24 };

/* NUMBER in decimal, in OUT; where it begins. */
static const char *number_text(int64_t number, char out[NUMBER_TEXT])
{
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    char *at = out + NUMBER_TEXT - 1;
    *at = '\0';
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        *--at = '-';
    }
    return at;
}

static const char *keep(struct parcel *parcel, const char *text, size_t length)
{
    const char *kept = arena(parcel) ? arena_text(parcel->arena, text, length) : "";
    parcel->failed |= parcel->arena && arena_failed(parcel->arena);
    return kept;
}

/* Room for one more of SIZE bytes in the array at *ITEMS. */
static bool room(struct parcel *parcel, void *items, size_t count, size_t *capacity, size_t size,
                 size_t most)
{
    void *old;
    if (parcel->failed || count >= most) {
        parcel->failed = true;
        return false;
    }
    if (count < *capacity) {
        return true;
    }
    memcpy(&old, items, sizeof old);
    size_t more = *capacity ? *capacity * 2 : 16;
    void *grown = realloc(old, more * size);
    if (!grown) {
        parcel->failed = true;
        return false;
    }
    memcpy(items, &grown, sizeof grown);
    *capacity = more;
    return true;
}

/* ---- pairs ---- */

void parcel_put_n(struct parcel *parcel, const char *name, const char *value, size_t length)
{
    if (room(parcel, &parcel->pairs, parcel->pair_count, &parcel->pair_capacity,
             sizeof *parcel->pairs, PARCEL_PAIRS_MOST)) {
        const char *kept = keep(parcel, name, strlen(name));
        parcel->pairs[parcel->pair_count++] =
            (struct pair){kept, keep(parcel, value, length), length};
    }
}

void parcel_put(struct parcel *parcel, const char *name, const char *value)
{
    if (value) {
        parcel_put_n(parcel, name, value, strlen(value));
    }
}

void parcel_put_int(struct parcel *parcel, const char *name, int64_t number)
{
    char text[NUMBER_TEXT];
    parcel_put(parcel, name, number_text(number, text));
}

void parcel_put_day(struct parcel *parcel, const char *name, int32_t day)
{
    char out[DAY_TEXT];
    if (day != DAY_NONE) {
        parcel_put(parcel, name, day_format(day, out));
    }
}

void parcel_put_moment(struct parcel *parcel, const char *name, int64_t moment)
{
    char out[MOMENT_TEXT];
    if (moment != MOMENT_NONE) {
        parcel_put(parcel, name, moment_format(moment, out));
    }
}

const char *parcel_get(const struct parcel *parcel, const char *name)
{
    for (size_t i = 0; i < parcel->pair_count; i++) {
        if (strcmp(parcel->pairs[i].name, name) == 0) {
            return parcel->pairs[i].value;
        }
    }
    return NULL;
}

int64_t parcel_int(const struct parcel *parcel, const char *name, int64_t otherwise)
{
    const char *value = parcel_get(parcel, name);
    size_t length = value ? strlen(value) : 0;
    size_t digits = length && value[0] == '-' ? 1 : 0;
    int64_t number = 0;
    if (length == digits || length - digits > 19) {
        return otherwise;
    }
    for (size_t i = digits; i < length; i++) {
        if (value[i] < '0' || value[i] > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, value[i] - '0', &number)) {
            return otherwise;
        }
    }
    return digits ? -number : number;
}

bool parcel_yes(const struct parcel *parcel, const char *name)
{
    const char *value = parcel_get(parcel, name);
    return value && strcmp(value, "yes") == 0;
}

/* ---- tables ---- */

/* Takes nothing: what a parcel without memory hands out. */
static struct table nowhere;

struct table *parcel_table(struct parcel *parcel, const char *name, const struct column *columns,
                           int32_t count)
{
    struct table *table = arena(parcel) ? arena_take(parcel->arena, sizeof *table) : NULL;
    struct column *copy =
        table ? arena_array(parcel->arena, (size_t)count + 1, sizeof *copy) : NULL;
    if (!copy || count > PARCEL_COLUMNS_MOST ||
        !room(parcel, &parcel->tables, parcel->table_count, &parcel->table_capacity,
              sizeof(struct table *), PARCEL_TABLES_MOST)) {
        parcel->failed = true;
        return &nowhere;
    }
    for (int32_t i = 0; columns && i < count; i++) {
        const char *title = columns[i].title;
        copy[i] =
            (struct column){keep(parcel, columns[i].name, strlen(columns[i].name)), columns[i].kind,
                            title ? keep(parcel, title, strlen(title)) : NULL};
    }
    *table = (struct table){.name = keep(parcel, name, strlen(name)),
                            .columns = copy,
                            .column_count = count,
                            .parcel = parcel};
    parcel->tables[parcel->table_count++] = table;
    return table;
}

struct table *parcel_more(struct parcel *parcel, const char *name, const struct column *columns,
                          int32_t count)
{
    for (size_t i = 0; i < parcel->table_count; i++) {
        if (strcmp(parcel->tables[i]->name, name) == 0) {
            return parcel->tables[i];
        }
    }
    return parcel_table(parcel, name, columns, count);
}

const struct table *parcel_find(const struct parcel *parcel, const char *name)
{
    for (size_t i = 0; i < parcel->table_count; i++) {
        if (strcmp(parcel->tables[i]->name, name) == 0) {
            return parcel->tables[i];
        }
    }
    return NULL;
}

static bool has_room(struct table *table)
{
    return table->parcel && room(table->parcel, &table->cells, table->cell_count,
                                 &table->cell_capacity, sizeof(char *), CELLS_MOST);
}

/* The cell above the next one, where it says the same: most of a list's cells are as in the row
 * before, and need no copy. */
static const char *as_above(const struct table *table, const char *text, size_t length)
{
    size_t columns = (size_t)table->column_count;
    const char *above =
        columns && table->cell_count >= columns ? table->cells[table->cell_count - columns] : NULL;
    return above && strncmp(above, text, length) == 0 && strlen(above) == length ? above : NULL;
}

static void add(struct table *table, const char *text, size_t length)
{
    if (has_room(table)) {
        const char *cell = text ? as_above(table, text, length) : NULL;
        table->cells[table->cell_count++] =
            cell || !text ? cell : keep(table->parcel, text, length);
    }
}

void table_text_n(struct table *table, const char *text, size_t length)
{
    add(table, text, length);
}

void table_text(struct table *table, const char *text)
{
    add(table, text, text ? strlen(text) : 0);
}

void table_both(struct table *table, const char *zh, const char *en)
{
    struct parcel *parcel = table->parcel;
    if (has_room(table)) {
        table->cells[table->cell_count++] = message_both(parcel->arena, zh, en);
        parcel->failed |= arena_failed(parcel->arena);
    }
}

void table_int(struct table *table, int64_t number)
{
    char text[NUMBER_TEXT];
    table_text(table, number_text(number, text));
}

void table_decimal(struct table *table, int64_t micro)
{
    struct text text = {0};
    text_add_decimal(&text, micro);
    add(table, text_bytes(&text), text.length);
    text_free(&text);
}

void table_money(struct table *table, int64_t fen)
{
    struct text text = {0};
    int64_t yuan = fen / 100, rest = fen % 100;
    text_add(&text, fen < 0 ? "-" : "");
    text_add_int(&text, yuan < 0 ? -yuan : yuan);
    text_addf(&text, ".%02d", (int)(rest < 0 ? -rest : rest));
    add(table, text_bytes(&text), text.length);
    text_free(&text);
}

void table_day(struct table *table, int32_t day)
{
    char out[DAY_TEXT];
    table_text(table, day == DAY_NONE ? NULL : day_format(day, out));
}

void table_moment(struct table *table, int64_t moment)
{
    char out[MOMENT_TEXT];
    table_text(table, moment == MOMENT_NONE ? NULL : moment_format(moment, out));
}

void table_yesno(struct table *table, bool yes)
{
    table_text(table, yes ? "yes" : "no");
}

void table_join(struct table *table, const struct table *from)
{
    for (size_t i = 0; table->column_count == from->column_count && i < from->cell_count; i++) {
        table_text(table, from->cells[i]);
    }
}

size_t table_rows(const struct table *table)
{
    return table->column_count ? table->cell_count / (size_t)table->column_count : 0;
}

const char *table_at(const struct table *table, size_t row, int32_t column)
{
    size_t at = row * (size_t)table->column_count + (size_t)column;
    return column >= 0 && column < table->column_count && at < table->cell_count ? table->cells[at]
                                                                                 : NULL;
}

const char *table_cell(const struct table *table, size_t row, const char *column)
{
    for (int32_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, column) == 0) {
            return table_at(table, row, i);
        }
    }
    return NULL;
}

const char *table_word(const struct table *table, size_t row, const char *column)
{
    const char *cell = table ? table_cell(table, row, column) : NULL;
    return cell ? cell : "";
}

/* ---- on a wire ---- */

static void put_u32(struct text *out, size_t number)
{
    char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (char)(number >> (8 * i));
    }
    text_add_n(out, bytes, 4);
}

static void put_head(struct text *out, enum tag tag, size_t length)
{
    char byte = (char)tag;
    text_add_n(out, &byte, 1);
    put_u32(out, length);
}

static void put_named(struct text *out, const char *name, const char *value, size_t length)
{
    put_u32(out, strlen(name));
    text_add(out, name);
    text_add_n(out, value, length);
}

static void encode_table(const struct table *table, struct text *out)
{
    put_head(out, TAG_TABLE, strlen(table->name));
    text_add(out, table->name);
    for (int32_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        size_t title = column->title ? strlen(column->title) : 0;
        char kind = (char)(column->kind | (column->title ? 0x40 : 0));
        put_head(out, TAG_COLUMN, 1 + 4 + strlen(column->name) + title);
        text_add_n(out, &kind, 1);
        put_named(out, column->name, column->title ? column->title : "", title);
    }
    for (size_t i = 0; i < table->cell_count; i++) {
        const char *cell = table->cells[i];
        put_head(out, cell ? TAG_CELL : TAG_UNKNOWN, cell ? strlen(cell) : 0);
        text_add(out, cell ? cell : "");
    }
}

bool parcel_encode(const struct parcel *parcel, struct text *out)
{
    char version = VERSION;
    text_add_n(out, &version, 1);
    for (size_t i = 0; i < parcel->pair_count; i++) {
        const struct pair *pair = &parcel->pairs[i];
        put_head(out, TAG_PAIR, 4 + strlen(pair->name) + pair->length);
        put_named(out, pair->name, pair->value, pair->length);
    }
    for (size_t i = 0; i < parcel->table_count; i++) {
        encode_table(parcel->tables[i], out);
    }
    return !out->failed && !parcel->failed;
}

struct decoding {
    const char *at, *end;
    struct parcel *parcel;
    struct table *table;
    bool rows; /* the table at hand has cells: no more columns */
};

static bool take_u32(struct decoding *d, size_t *out)
{
    if (d->end - d->at < 4) {
        return false;
    }
    *out = 0;
    for (int i = 0; i < 4; i++) {
        *out |= (size_t)(unsigned char)d->at[i] << (8 * i);
    }
    d->at += 4;
    return true;
}

/* A name of LENGTH bytes: text without NUL. */
static const char *take_name(struct decoding *d, size_t length)
{
    if ((size_t)(d->end - d->at) < length || memchr(d->at, '\0', length) ||
        utf8_check(d->at, length) != length) {
        return NULL;
    }
    const char *name = keep(d->parcel, d->at, length);
    d->at += length;
    return name;
}

static bool take_pair(struct decoding *d, const char *end)
{
    size_t length;
    const char *name =
        take_u32(d, &length) && length <= (size_t)(end - d->at) ? take_name(d, length) : NULL;
    if (!name) {
        return false;
    }
    parcel_put_n(d->parcel, name, d->at, (size_t)(end - d->at));
    return true;
}

static bool take_column(struct decoding *d, const char *end)
{
    size_t length;
    if (!d->table || d->rows || end - d->at < 5 || d->table->column_count >= PARCEL_COLUMNS_MOST) {
        return false;
    }
    int kind = *d->at++;
    const char *name =
        take_u32(d, &length) && length <= (size_t)(end - d->at) ? take_name(d, length) : NULL;
    const char *title = name ? take_name(d, (size_t)(end - d->at)) : NULL;
    if (!title || (kind & ~0x40) > CELL_YESNO || kind < 0 || (!(kind & 0x40) && *title)) {
        return false;
    }
    d->table->columns[d->table->column_count++] =
        (struct column){name, (enum cell_kind)(kind & ~0x40), kind & 0x40 ? title : NULL};
    return true;
}

static bool take_table(struct decoding *d, size_t length)
{
    bool whole = !d->table || d->table->column_count == 0 ||
                 d->table->cell_count % (size_t)d->table->column_count == 0;
    const char *name = whole ? take_name(d, length) : NULL;
    if (!name) {
        return false;
    }
    d->table = parcel_table(d->parcel, name, NULL, PARCEL_COLUMNS_MOST);
    d->table->column_count = d->table->parcel ? 0 : d->table->column_count;
    d->rows = false;
    return !d->parcel->failed;
}

static bool take_cell(struct decoding *d, enum tag tag, size_t length)
{
    d->rows = true;
    if (!d->table || d->table->column_count == 0 || (tag == TAG_UNKNOWN && length > 0)) {
        return false;
    }
    if (tag == TAG_UNKNOWN) {
        table_text(d->table, NULL);
        return true;
    }
    if (memchr(d->at, '\0', length)) {
        return false;
    }
    table_text_n(d->table, d->at, length);
    d->at += length;
    return true;
}

static bool take_record(struct decoding *d)
{
    enum tag tag = (enum tag)(unsigned char)*d->at++;
    size_t length;
    if (!take_u32(d, &length) || length > (size_t)(d->end - d->at)) {
        return false;
    }
    const char *whole = d->end, *end = d->at + length;
    d->end = end; /* nothing of a record is read behind it */
    bool good = tag == TAG_PAIR                         ? take_pair(d, end)
                : tag == TAG_TABLE                      ? take_table(d, length)
                : tag == TAG_COLUMN                     ? take_column(d, end)
                : tag == TAG_CELL || tag == TAG_UNKNOWN ? take_cell(d, tag, length)
                                                        : false;
    d->at = end;
    d->end = whole;
    return good && !d->parcel->failed;
}

bool parcel_decode(const char *bytes, size_t length, struct parcel *parcel)
{
    if (length == 0) {
        return false;
    }
    struct decoding d = {bytes, bytes + length, parcel, NULL, false};
    bool good = *d.at++ == VERSION;
    while (good && d.at < d.end) {
        good = take_record(&d);
    }
    good = good && (!d.table || d.table->column_count == 0 ||
                    d.table->cell_count % (size_t)d.table->column_count == 0);
    if (!good) {
        parcel_free(parcel);
    }
    return good;
}

bool parcel_copy(const struct parcel *from, struct parcel *to)
{
    struct text bytes = {.most = SIZE_MAX};
    bool done = parcel_encode(from, &bytes) && parcel_decode(bytes.bytes, bytes.length, to);
    text_free(&bytes);
    return done;
}

void parcel_renew(const struct parcel *from, struct parcel *to)
{
    parcel_free(to);
    (void)parcel_copy(from, to);
}
