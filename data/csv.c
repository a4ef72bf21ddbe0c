/* csv.c: rows out of a CSV file (RFC 4180), one after the other. */
#include "data/csv.h"

#include <stdlib.h>
#include <string.h>

#include "data/error.h"

enum wrong {
    WRONG_MANY,
    WRONG_LARGE,
    WRONG_NUL,
    WRONG_UTF8,
    WRONG_BEHIND,
    WRONG_OPEN,
    WRONG_WITHIN,
    WRONG_ROW,
    WRONG_MEMORY,
    WRONGS
};
static const char *const wrongs[WRONGS] = {
    [WRONG_MANY] = N_("the file has more than 1 MiB; split it"),
    [WRONG_LARGE] = N_("the file is too large; split it"),
    [WRONG_NUL] = N_("a NUL byte; a CSV file holds text"),
    [WRONG_UTF8] = N_("bytes that are no UTF-8; save the file as UTF-8"),
    [WRONG_BEHIND] = N_("text behind a closing quote; write a quote within \"…\" twice"),
    [WRONG_OPEN] = N_("a quote is never closed; write \" at the end of the field"),
    [WRONG_WITHIN] = N_("a quote within a field; put the field in \"…\" and write the quote twice"),
    [WRONG_ROW] = N_("the row has more than 64 KiB; shorten it"),
    [WRONG_MEMORY] = N_("memory is short; free some"),
};

bool csv_says(const char *text)
{
    for (int i = 0; i < WRONGS; i++) {
        if (strcmp(wrongs[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool fail(struct csv *csv, int32_t line, const char *what)
{
    csv->line = line;
    csv->error = what;
    csv->at = csv->length;
    csv->count = 0;
    return false;
}

static int32_t lines_in(const char *bytes, size_t length)
{
    int32_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += bytes[i] == '\n';
    }
    return lines;
}

void csv_start(struct csv *csv, const char *bytes, size_t length)
{
    csv_start_large(csv, bytes, length, CSV_FILE_MOST);
}

void csv_start_large(struct csv *csv, const char *bytes, size_t length, size_t most)
{
    *csv = (struct csv){.bytes = bytes, .length = length, .next_line = 1};
    csv->text.most = CSV_FILE_MOST + 1;
    if (length > most) {
        fail(csv, 1, most == CSV_FILE_MOST ? wrongs[WRONG_MANY] : wrongs[WRONG_LARGE]);
        return;
    }
    size_t wrong = utf8_check(bytes, length);
    const char *nul = length ? memchr(bytes, '\0', length) : NULL;
    if (nul && (size_t)(nul - bytes) < wrong) {
        fail(csv, 1 + lines_in(bytes, (size_t)(nul - bytes)), wrongs[WRONG_NUL]);
    } else if (wrong < length) {
        fail(csv, 1 + lines_in(bytes, wrong), wrongs[WRONG_UTF8]);
    } else if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        csv->at = 3;
    }
}

/* How many bytes end a line here: 1, 2 or 0. */
static size_t line_end(const struct csv *csv, size_t at)
{
    if (csv->bytes[at] == '\n') {
        return 1;
    }
    bool crlf = csv->bytes[at] == '\r' && at + 1 < csv->length && csv->bytes[at + 1] == '\n';
    return crlf ? 2 : 0;
}

static void skip_line(struct csv *csv)
{
    const char *end = memchr(csv->bytes + csv->at, '\n', csv->length - csv->at);
    csv->at = end ? (size_t)(end - csv->bytes) + 1 : csv->length;
    csv->next_line++;
}

/* Notes that a field begins at the end of the text. */
static bool field_starts(struct csv *csv)
{
    if (csv->count == csv->capacity) {
        size_t capacity = csv->capacity ? csv->capacity * 2 : 16;
        const char **fields = realloc(csv->fields, capacity * sizeof *fields);
        csv->fields = fields ? fields : csv->fields;
        size_t *starts = fields ? realloc(csv->starts, capacity * sizeof *starts) : NULL;
        if (!starts) {
            return false;
        }
        csv->starts = starts;
        csv->capacity = capacity;
    }
    csv->starts[csv->count++] = csv->text.length;
    return true;
}

/* From behind the opening quote to behind the closing one; NULL, else what is wrong. */
static const char *quoted(struct csv *csv)
{
    while (csv->at < csv->length) {
        char c = csv->bytes[csv->at++];
        if (c == '"') {
            if (csv->at == csv->length || csv->bytes[csv->at] != '"') {
                bool ends = csv->at == csv->length || csv->bytes[csv->at] == ',' ||
                            line_end(csv, csv->at) > 0;
                return ends ? NULL : wrongs[WRONG_BEHIND];
            }
            csv->at++;
        }
        csv->next_line += c == '\n';
        text_add_n(&csv->text, &c, 1);
    }
    return wrongs[WRONG_OPEN];
}

static const char *plain(struct csv *csv)
{
    size_t from = csv->at;
    while (csv->at < csv->length && csv->bytes[csv->at] != ',' && line_end(csv, csv->at) == 0) {
        if (csv->bytes[csv->at] == '"') {
            return wrongs[WRONG_WITHIN];
        }
        csv->at++;
    }
    text_add_n(&csv->text, csv->bytes + from, csv->at - from);
    return NULL;
}

bool csv_next(struct csv *csv)
{
    while (csv->at < csv->length && (csv->bytes[csv->at] == '#' || line_end(csv, csv->at) > 0)) {
        skip_line(csv);
    }
    if (csv->at >= csv->length) {
        return false;
    }
    size_t from = csv->at;
    csv->count = 0;
    csv->line = csv->next_line;
    text_clear(&csv->text);
    for (bool more = true; more;) {
        if (!field_starts(csv)) {
            return fail(csv, csv->line, wrongs[WRONG_MEMORY]);
        }
        bool in_quotes = csv->at < csv->length && csv->bytes[csv->at] == '"';
        csv->at += in_quotes;
        const char *wrong = in_quotes ? quoted(csv) : plain(csv);
        if (wrong) {
            return fail(csv, csv->line, wrong);
        }
        text_add_n(&csv->text, "", 1);
        more = csv->at < csv->length && csv->bytes[csv->at] == ',';
        csv->at += more;
    }
    if (csv->at - from > CSV_ROW_MOST) {
        return fail(csv, csv->line, wrongs[WRONG_ROW]);
    }
    if (csv->at < csv->length) {
        skip_line(csv);
    }
    if (csv->text.failed) {
        return fail(csv, csv->line, wrongs[WRONG_MEMORY]);
    }
    for (size_t i = 0; i < csv->count; i++) {
        csv->fields[i] = csv->text.bytes + csv->starts[i];
    }
    return true;
}

void csv_end(struct csv *csv)
{
    text_free(&csv->text);
    free(csv->fields);
    free(csv->starts);
    csv->fields = NULL;
    csv->starts = NULL;
}
