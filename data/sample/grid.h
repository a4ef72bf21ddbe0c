/*
 * grid.h: a table of the sample city: a CSV file with a head, its braces filled in.
 */
#ifndef YUNTAI_DATA_SAMPLE_GRID_H
#define YUNTAI_DATA_SAMPLE_GRID_H

#include "data/error.h"
#include "data/sample/phrase.h"

struct grid {
    const char **head;
    size_t columns;
    const char ***rows; /* each of COLUMNS cells */
    size_t count;
    const char *csv; /* the whole table as text, filled in */
};

/* Reads sample/NAME, which comes with the program; memory is PHRASE's arena's. */
int grid_read(const char *name, struct phrase *phrase, struct grid *out, struct error *error);
/* The cell of ROW in column NAME; "" where there is none. */
const char *grid_cell(const struct grid *grid, size_t row, const char *name);
/* Reads sample/NAME as it is, appended to OUT. */
int sample_file(const char *name, struct text *out, struct error *error);
/* "NAME:LINE: WHAT" as the error; -1. */
int sample_wrong(struct error *error, const char *name, int32_t line, const char *what,
                 const char *more);

#endif
