/* calendar.c: a calendar out of a CSV file. */
#include "data/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/csv.h"
#include "data/error.h"

enum column { NOTICE, PUBLISHED, COVERS, DATE, KIND, NAME, COLUMNS };
static const char *const column_names[COLUMNS] = {
    [NOTICE] = "notice", [PUBLISHED] = "published", [COVERS] = "covers",
    [DATE] = "date",     [KIND] = "kind",           [NAME] = "name",
};

struct reading {
    const char *file;
    struct csv csv;
    size_t column[COLUMNS];
    struct calendar_row *rows;
    int32_t *lines; /* of the rows */
    size_t count, capacity;
    struct arena *arena; /* texts of the rows */
    struct text *error;
};

static bool fail(struct reading *reading, int32_t line, const char *what, const char *value)
{
    if (line > 0) {
        text_addf(reading->error, "%s:%d: ", reading->file, (int)line);
    } else {
        text_addf(reading->error, "%s: ", reading->file);
    }
    struct message message = {MESSAGE_NONE, {value, NULL, NULL, NULL}};
    message_expand(reading->error, what, &message, true);
    return false;
}

static bool read_head(struct reading *reading)
{
    struct csv *csv = &reading->csv;
    if (!csv_next(csv)) {
        return fail(reading, csv->error ? csv->line : 1,
                    csv->error ? csv->error
                               : "there is no row; the first names the columns notice, published, "
                                 "covers, date, kind, name",
                    NULL);
    }
    for (int c = 0; c < COLUMNS; c++) {
        size_t at = 0;
        while (at < csv->count && strcmp(csv->fields[at], column_names[c]) != 0) {
            at++;
        }
        if (at == csv->count) {
            return fail(reading, csv->line,
                        "column %1 is missing; the first row names the columns notice, published, "
                        "covers, date, kind, name",
                        column_names[c]);
        }
        reading->column[c] = at;
    }
    return true;
}

/* A year of four digits, 0 where TEXT is empty, -1 where it is neither. */
static int year_of(const char *text)
{
    int year = 0;
    for (int i = 0; i < 4 && text[0]; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        year = year * 10 + (text[i] - '0');
    }
    return text[0] && (text[4] || year == 0) ? -1 : year;
}

static const char *const wrongs[COLUMNS] = {
    [NOTICE] = N_("is missing; write the number of the notice"),
    [PUBLISHED] = N_("is no day of publication; write it as 2019-11-21"),
    [COVERS] = N_("is no year; write it as 2020, or nothing if the row is provisional"),
    [DATE] = N_("is no date; write it as 2019-10-01"),
    [KIND] = N_("is no kind of day; write holiday or workday")};

bool calendar_says(const char *text)
{
    for (int c = 0; c < COLUMNS; c++) {
        if (wrongs[c] && strcmp(wrongs[c], text) == 0) {
            return true;
        }
    }
    return false;
}

const char *calendar_row_wrong(const char *const cells[], struct calendar_row *row,
                               const char **value)
{
    bool holiday = strcmp(cells[KIND], "holiday") == 0;
    *row = (struct calendar_row){.covers = year_of(cells[COVERS]),
                                 .kind = holiday ? CALENDAR_HOLIDAY : CALENDAR_WORKDAY};
    bool published = day_parse(cells[PUBLISHED], strlen(cells[PUBLISHED]), &row->published);
    bool dated = day_parse(cells[DATE], strlen(cells[DATE]), &row->day);
    enum column wrong = !*cells[NOTICE]                                   ? NOTICE
                        : !published                                      ? PUBLISHED
                        : row->covers < 0                                 ? COVERS
                        : !dated                                          ? DATE
                        : !holiday && strcmp(cells[KIND], "workday") != 0 ? KIND
                                                                          : COLUMNS;
    *value = wrong == NOTICE ? column_names[NOTICE] : wrong < COLUMNS ? cells[wrong] : NULL;
    return wrong < COLUMNS ? wrongs[wrong] : NULL;
}

/* Room for one more row; NULL where there is no memory. */
static struct calendar_row *next_row(struct reading *reading)
{
    if (reading->count == reading->capacity) {
        size_t capacity = reading->capacity ? reading->capacity * 2 : 512;
        struct calendar_row *rows = realloc(reading->rows, capacity * sizeof *rows);
        reading->rows = rows ? rows : reading->rows;
        int32_t *lines = rows ? realloc(reading->lines, capacity * sizeof *lines) : NULL;
        if (!lines) {
            return NULL;
        }
        reading->lines = lines;
        reading->capacity = capacity;
    }
    return &reading->rows[reading->count];
}

static bool read_row(struct reading *reading, size_t head_count)
{
    struct csv *csv = &reading->csv;
    if (csv->count != head_count) {
        return fail(reading, csv->line,
                    "the row has not as many fields as the first; write one for each column", NULL);
    }
    const char *text[COLUMNS], *value;
    for (int c = 0; c < COLUMNS; c++) {
        text[c] = csv->fields[reading->column[c]];
    }
    struct calendar_row row;
    const char *wrong = calendar_row_wrong(text, &row, &value);
    if (wrong) {
        struct text what = {0};
        text_addf(&what, "“%%1” %s", wrong);
        fail(reading, csv->line, text_bytes(&what), value);
        text_free(&what);
        return false;
    }
    row.notice = arena_text(reading->arena, text[NOTICE], strlen(text[NOTICE]));
    row.name = arena_text(reading->arena, text[NAME], strlen(text[NAME]));
    struct calendar_row *place = next_row(reading);
    if (!place || arena_failed(reading->arena)) {
        return fail(reading, csv->line, "memory is short; free some", NULL);
    }
    *place = row;
    reading->lines[reading->count++] = csv->line;
    return true;
}

/* The line of the first row that speaks otherwise than one before it of the same notice and day. */
static int32_t contradicted(const struct reading *reading, const char *notice)
{
    for (size_t i = 0; i < reading->count; i++) {
        const struct calendar_row *row = &reading->rows[i];
        for (size_t j = 0; j < i && strcmp(row->notice, notice) == 0; j++) {
            const struct calendar_row *before = &reading->rows[j];
            if (before->day == row->day && before->kind != row->kind &&
                strcmp(before->notice, notice) == 0) {
                return reading->lines[i];
            }
        }
    }
    return 0;
}

static struct calendar *read_all(struct reading *reading)
{
    if (!read_head(reading)) {
        return NULL;
    }
    size_t head_count = reading->csv.count;
    while (csv_next(&reading->csv)) {
        if (!read_row(reading, head_count)) {
            return NULL;
        }
    }
    if (reading->csv.error) {
        fail(reading, reading->csv.line, reading->csv.error, NULL);
        return NULL;
    }
    struct message message = {MESSAGE_NONE, {NULL, NULL, NULL, NULL}};
    struct calendar *calendar = calendar_new(reading->rows, reading->count, &message);
    if (!calendar) {
        bool contradiction = message.id == MESSAGE_calendar_contradiction;
        fail(reading, contradiction ? contradicted(reading, message.arg[0]) : 0, "", NULL);
        message_expand(reading->error, message_english(message.id), &message, true);
    }
    return calendar;
}

int calendar_read(const char *file, const char *bytes, size_t length, struct calendar **out,
                  struct text *error)
{
    struct reading reading = {.file = file, .error = error, .arena = arena_new()};
    *out = NULL;
    csv_start(&reading.csv, bytes, length);
    if (reading.arena) {
        *out = read_all(&reading);
    } else {
        fail(&reading, 0, "memory is short; free some", NULL);
    }
    csv_end(&reading.csv);
    arena_free(reading.arena);
    free(reading.rows);
    free(reading.lines);
    return *out ? 0 : -1;
}
