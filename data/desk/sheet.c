/* sheet.c: a table typed elsewhere, row by row. */
#include "data/desk/sheet.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *trimmed(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && is_blank(*text)) {
        text++;
        length--;
    }
    while (length > 0 && is_blank(text[length - 1])) {
        length--;
    }
    return arena_text(arena, text, length);
}

static bool stands_before(const struct sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->head[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static int read_head(struct sheet *sheet, bool (*known)(struct asking *asking, const char *name))
{
    struct asking *asking = sheet->asking;
    if (!csv_next(&sheet->csv)) {
        return sheet->csv.error
                   ? error_set(asking->error, ERROR_USAGE, N_("csv: %1"), sheet->csv.error, NULL)
                   : error_set(asking->error, ERROR_USAGE,
                               N_("csv: it is empty; its first line names the columns"), NULL,
                               NULL);
    }
    sheet->head = arena_array(asking->arena, sheet->csv.count, sizeof *sheet->head);
    for (size_t i = 0; sheet->head && i < sheet->csv.count; i++) {
        const char *name = trimmed(asking->arena, sheet->csv.fields[i]);
        if (!known(asking, name)) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("csv: column “%1” is unknown here; `yuntai import KIND` lists the "
                                "columns"),
                             name, NULL);
        }
        if (stands_before(sheet, name)) {
            return error_set(asking->error, ERROR_USAGE, N_("csv: column “%1” stands twice"), name,
                             NULL);
        }
        sheet->head[sheet->count++] = name;
    }
    return sheet->head && !arena_failed(asking->arena) ? 0 : error_memory(asking->error);
}

int sheet_begin(struct asking *asking, struct sheet *sheet,
                bool (*known)(struct asking *asking, const char *name))
{
    static const struct column columns[] = {{"line", CELL_NUMBER, N_("line")},
                                            {"column", CELL_NAME, N_("column")},
                                            {"what", CELL_TEXT, N_("what is wrong")},
                                            {"right", CELL_TEXT, N_("what would be right")}};
    *sheet = (struct sheet){.asking = asking};
    const struct pair *found = NULL;
    for (size_t i = 0; i < asking->request->pair_count && !found; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        found = strcmp(pair->name, "csv") == 0 ? pair : NULL;
    }
    if (!found) {
        return error_set(asking->error, ERROR_USAGE, N_("“%1” is missing in what was asked"), "csv",
                         NULL);
    }
    sheet->problems = parcel_table(asking->reply, "problems", columns, 4);
    csv_start(&sheet->csv, found->value, found->length);
    return read_head(sheet, known);
}

/* As at the door, where what is typed comes in. */
static bool is_plain(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->csv.count; i++) {
        if (text_turns(sheet->csv.fields[i]) || text_controls(sheet->csv.fields[i])) {
            sheet_problem(sheet, sheet->head[i],
                          N_("it has control characters, or signs that turn the writing around"),
                          N_("text without them"), NULL);
            return false;
        }
    }
    return true;
}

bool sheet_next(struct sheet *sheet)
{
    while (csv_next(&sheet->csv)) {
        if (sheet->csv.count == sheet->count) {
            if (is_plain(sheet)) {
                return true;
            }
            continue;
        }
        struct text count = {0};
        text_add_int(&count, (int64_t)sheet->count);
        sheet_problem(sheet, "", N_("the row has another number of fields than the head"),
                      N_("%1 fields"), text_bytes(&count));
        text_free(&count);
    }
    if (sheet->csv.error) {
        sheet_problem(sheet, "", sheet->csv.error, NULL, NULL);
    }
    return false;
}

const char *sheet_field(const struct sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->head[i], name) == 0) {
            return trimmed(sheet->asking->arena, sheet->csv.fields[i]);
        }
    }
    return NULL;
}

const char *sheet_get(const struct sheet *sheet, const char *name)
{
    const char *value = sheet_field(sheet, name);
    return value ? value : "";
}

/* ---- what is said once ---- */

struct said {
    struct said *next;
    size_t length;
    char key[];
};

static size_t hash_of(const char *key, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
    }
    return (size_t)hash;
}

/* As many chains as the sheet has rows, or more. */
static int make_heads(struct sheet *sheet)
{
    size_t rows = 1, heads = 64;
    for (size_t i = 0; i < sheet->csv.length; i++) {
        rows += sheet->csv.bytes[i] == '\n';
    }
    while (heads < rows) {
        heads *= 2;
    }
    sheet->said = arena_array(sheet->asking->arena, heads, sizeof *sheet->said);
    sheet->said_heads = heads;
    return sheet->said ? 0 : error_memory(sheet->asking->error);
}

int sheet_first(struct sheet *sheet, const char *key, size_t length)
{
    if (!sheet->said && make_heads(sheet) != 0) {
        return -1;
    }
    struct said **head = &sheet->said[hash_of(key, length) & (sheet->said_heads - 1)];
    for (const struct said *at = *head; at; at = at->next) {
        if (at->length == length && memcmp(at->key, key, length) == 0) {
            return 0;
        }
    }
    struct said *made = arena_take(sheet->asking->arena, sizeof *made + length);
    if (!made) {
        return error_memory(sheet->asking->error);
    }
    made->next = *head;
    made->length = length;
    memcpy(made->key, key, length);
    *head = made;
    return 1;
}

/* ---- problems ---- */

/* The sentence stands in the cell with its arguments, parted by \036: the floor above translates
 * the first part. */
static void put_sentence(struct table *table, const char *sentence, const char *arg)
{
    struct text text = {0};
    if (sentence) {
        text_add(&text, sentence);
        if (arg) {
            text_addf(&text, "\036%s", arg);
        }
    }
    table_text(table, sentence ? text_bytes(&text) : NULL);
    text_free(&text);
}

/* A table that is wrong from end to end must fit into an answer. */
enum { PROBLEMS_MOST = 1000 };

void sheet_problem(struct sheet *sheet, const char *column, const char *what, const char *right,
                   const char *arg)
{
    sheet->bad += sheet->bad_line != sheet->csv.line;
    sheet->bad_line = sheet->csv.line;
    if (table_rows(sheet->problems) >= PROBLEMS_MOST) {
        return;
    }
    table_int(sheet->problems, sheet->csv.line);
    table_text(sheet->problems, column);
    put_sentence(sheet->problems, what, NULL);
    put_sentence(sheet->problems, right, arg);
}

void sheet_error(struct sheet *sheet, const char *column)
{
    struct error *error = sheet->asking->error;
    struct text text = {0};
    text_add(&text, error->sentence ? error->sentence : "");
    for (int i = 0; i < ERROR_ARGS; i++) {
        text_addf(&text, "\036%s", error->arg[i] ? error->arg[i] : "");
    }
    sheet_problem(sheet, column, text_bytes(&text), NULL, NULL);
    text_free(&text);
    error_free(error);
}

bool sheet_forgives(const struct asking *asking)
{
    return asking->error->code != ERROR_ENVIRONMENT && asking->error->code != ERROR_NONE;
}

void sheet_end(struct sheet *sheet)
{
    csv_end(&sheet->csv);
}
