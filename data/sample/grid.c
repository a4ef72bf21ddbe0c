/* grid.c: a table of the sample city. */
#include "data/sample/grid.h"

#include <string.h>

#include "data/csv.h"
#include "data/desk.h"
#include "data/paths.h"

int sample_wrong(struct error *error, const char *name, int32_t line, const char *what,
                 const char *more)
{
    struct text place = {0};
    text_addf(&place, "%s:%d", name, line);
    error_set4(error, ERROR_ENVIRONMENT, N_("the sample city stops at %1: %2 %3"),
               text_bytes(&place), what, more, NULL);
    text_free(&place);
    return -1;
}

int sample_file(const char *name, struct text *out, struct error *error)
{
    struct text file = {0}, path = {0}, wrong = {0};
    text_addf(&file, "sample/%s", name);
    int status = data_path(text_bytes(&file), &path);
    status = status ? status : desk_read_text(text_bytes(&path), out, &wrong);
    if (status != 0) {
        error_set(error, ERROR_ENVIRONMENT, N_("%1, which comes with the program, is not there"),
                  text_bytes(&file), NULL);
    }
    text_free(&file);
    text_free(&path);
    text_free(&wrong);
    return status;
}

static const char **copy_row(struct arena *arena, const struct csv *csv)
{
    const char **row = arena_array(arena, csv->count, sizeof *row);
    for (size_t i = 0; row && i < csv->count; i++) {
        row[i] = arena_text(arena, csv->fields[i], strlen(csv->fields[i]));
    }
    return row;
}

static int read_rows(const char *name, struct arena *arena, const struct text *text,
                     struct grid *out, struct error *error)
{
    struct csv csv;
    size_t most = 1;
    int status = 0;
    for (size_t i = 0; i < text->length; i++) {
        most += text->bytes[i] == '\n';
    }
    out->rows = arena_array(arena, most, sizeof *out->rows);
    csv_start(&csv, text_bytes(text), text->length);
    while (status == 0 && out->rows && csv_next(&csv)) {
        const char **row = copy_row(arena, &csv);
        if (!out->head) {
            out->head = row;
            out->columns = csv.count;
        } else if (csv.count != out->columns) {
            status =
                sample_wrong(error, name, csv.line, "a row has not as many cells as the head", "");
        } else {
            out->rows[out->count++] = row;
        }
    }
    if (status == 0 && csv.error) {
        status = sample_wrong(error, name, csv.line, csv.error, "");
    }
    csv_end(&csv);
    return status == 0 && arena_failed(arena) ? error_memory(error) : status;
}

int grid_read(const char *name, struct phrase *phrase, struct grid *out, struct error *error)
{
    struct text raw = {0}, filled = {0};
    const char *wrong = "";
    *out = (struct grid){0};
    int status = sample_file(name, &raw, error);
    if (status == 0 && !phrase_fill(phrase, text_bytes(&raw), raw.length, &filled, &wrong)) {
        status =
            sample_wrong(error, name, 0, "what is to stand in the braces is not known:", wrong);
    }
    status = status ? status : read_rows(name, phrase->arena, &filled, out, error);
    out->csv = arena_text(phrase->arena, text_bytes(&filled), filled.length);
    text_free(&raw);
    text_free(&filled);
    return status;
}

const char *grid_cell(const struct grid *grid, size_t row, const char *name)
{
    for (size_t i = 0; i < grid->columns; i++) {
        if (strcmp(grid->head[i], name) == 0) {
            return grid->rows[row][i];
        }
    }
    return "";
}
