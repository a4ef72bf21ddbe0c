/* face_machine.c: replies for programs: JSON and CSV. Names are keys and are never translated. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/output.h"
#include "tui/text.h"

/* Columns of arguments: their sentence has them. */
static bool is_argument(const struct table *table, int32_t column)
{
    const char *name = table->columns[column].name;
    bool letter = name[0] >= 'a' && name[0] <= 'd' && name[1] == '\0';
    for (int32_t i = 0; letter && i < table->column_count; i++) {
        if (face_is_sentence(table, i)) {
            return true;
        }
    }
    return false;
}

/* A cell in the language asked for; false where it is unknown. */
static bool add_value(const struct face *face, struct text *out, const struct table *table,
                      size_t row, int32_t column)
{
    const char *cell = table_at(table, row, column);
    if (!cell) {
        return false;
    }
    if (face_is_sentence(table, column)) {
        face_row_sentence(face, out, table, row, column);
    } else if (face_is_parted(table, column)) {
        face_parted(face, out, cell);
    } else if (strcmp(table->columns[column].name, "labels") == 0) {
        face_labels(face, out, cell);
    } else {
        face_both(face, out, cell);
    }
    return true;
}

/* ---- JSON ---- */

static bool is_number(const char *text)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    size_t whole = strspn(digits, "0123456789");
    const char *point = digits + whole;
    size_t part = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    bool zeros = digits[0] == '0' && whole > 1;
    return whole > 0 && !zeros && whole < 16 &&
           (*point == '\0' || (*point == '.' && part > 0 && point[1 + part] == '\0'));
}

static void json_cell(const struct face *face, struct text *out, const struct table *table,
                      size_t row, int32_t column)
{
    struct text value = {0};
    enum cell_kind kind = table->columns[column].kind;
    bool known = add_value(face, &value, table, row, column);
    const char *text = text_bytes(&value);
    if (known && kind == CELL_YESNO) {
        text_add(out, strcmp(text, "yes") == 0 ? "true" : "false");
    } else if (known && kind == CELL_NUMBER && is_number(text)) {
        text_add(out, text);
    } else {
        json_string(out, known ? text : NULL);
    }
    text_free(&value);
}

static void json_row(const struct face *face, struct text *out, const struct table *table,
                     size_t row)
{
    bool first = true;
    text_add(out, "{");
    for (int32_t i = 0; i < table->column_count; i++) {
        if (!is_argument(table, i)) {
            text_add(out, first ? "" : ",");
            json_string(out, table->columns[i].name);
            text_add(out, ":");
            json_cell(face, out, table, row, i);
            first = false;
        }
    }
    text_add(out, "}");
}

static bool counts(const char *name)
{
    static const char *const names[] = {
        "rev",  "n",         "total", "fired", "made", "acts", "cases",  "size",  "taken",
        "same", "rows",      "seq",   "last",  "days", "open", "late",   "today", "soon",
        "held", "unclocked", "gaps",  "given", "left", "bad",  "things", "blanks"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void json_pair(const struct face *face, struct text *out, const struct pair *pair)
{
    struct text value = {0};
    face_both(face, &value, pair->value);
    json_string(out, pair->name);
    text_add(out, ":");
    if (counts(pair->name) && is_number(pair->value)) {
        text_add(out, pair->value);
    } else {
        json_string(out, text_bytes(&value));
    }
    text_free(&value);
}

static void json_error(const struct face *face, struct text *out)
{
    static const char *const codes[] = {"none",     "refused",   "usage",
                                        "conflict", "not_found", "environment"};
    const struct error *error = &face->error;
    const char *const arg[4] = {error->arg[0], error->arg[1], error->arg[2], error->arg[3]};
    struct text sentence = {0};
    face_sentence(face, &sentence, error->sentence ? error->sentence : "", arg);
    text_add(out, "\"error\":");
    json_string(out, codes[error->code]);
    text_add(out, ",\"sentence\":");
    json_string(out, text_bytes(&sentence));
    text_free(&sentence);
}

static void json_table(const struct face *face, struct text *out, const struct table *table)
{
    json_string(out, table->name);
    text_add(out, ":[");
    for (size_t row = 0; row < table_rows(table); row++) {
        text_add(out, row ? "," : "");
        json_row(face, out, table, row);
    }
    text_add(out, "]");
}

void face_json(struct face *face)
{
    const struct parcel *reply = &face->reply;
    struct text out = {0};
    bool first = face->error.code == ERROR_NONE;
    text_add(&out, "{");
    if (!first) {
        json_error(face, &out);
    }
    for (size_t i = 0; i < reply->pair_count; i++) {
        if (parcel_get(reply, reply->pairs[i].name) == reply->pairs[i].value) {
            text_add(&out, first ? "" : ",");
            json_pair(face, &out, &reply->pairs[i]);
            first = false;
        }
    }
    for (size_t i = 0; i < reply->table_count; i++) {
        text_add(&out, first ? "" : ",");
        json_table(face, &out, reply->tables[i]);
        first = false;
    }
    text_add(&out, "}\n");
    fputs(text_bytes(&out), face->invocation->out);
    text_free(&out);
}

void face_json_rows(struct face *face, const struct table *table)
{
    struct text line = {0};
    for (size_t row = 0; row < table_rows(table); row++) {
        text_clear(&line);
        json_row(face, &line, table, row);
        fprintf(face->invocation->out, "%s\n", text_bytes(&line));
    }
    text_free(&line);
}

/* ---- CSV ---- */

void face_csv(struct face *face, const struct table *table, bool head)
{
    struct text line = {0}, value = {0};
    for (size_t row = head ? 0 : 1; row <= table_rows(table); row++) { /* 0: the names */
        bool first = true;
        text_clear(&line);
        for (int32_t i = 0; i < table->column_count; i++) {
            if (is_argument(table, i)) {
                continue;
            }
            text_clear(&value);
            text_add(&line, first ? "" : ",");
            if (row > 0) {
                add_value(face, &value, table, row - 1, i);
            }
            csv_field(&line, row > 0 ? text_bytes(&value) : table->columns[i].name);
            first = false;
        }
        fprintf(face->invocation->out, "%s\n", text_bytes(&line));
    }
    text_free(&line);
    text_free(&value);
}
