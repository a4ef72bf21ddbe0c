/*
 * sheet.h: a table typed elsewhere (CSV with a head), row by row, and what is wrong with it.
 */
#ifndef YUNTAI_DATA_DESK_SHEET_H
#define YUNTAI_DATA_DESK_SHEET_H

#include "data/csv.h"
#include "data/desk/inside.h"

struct sheet {
    struct asking *asking;
    struct csv csv;
    const char **head; /* names of the columns, in ASKING's arena */
    size_t count;
    struct table *problems; /* line, column, what, right */
    int64_t bad;            /* rows with a problem */
    int32_t bad_line;
    /* sheet.c's own */
    struct said **said; /* by their hash, what sheet_first() was told */
    size_t said_heads;
};

/* Begins reading the pair `csv`: its first row is the head. KNOWN says whether a column may be;
 * one that may not is an error, as is one that stands twice. -1 with ERROR. */
int sheet_begin(struct asking *asking, struct sheet *sheet,
                bool (*known)(struct asking *asking, const char *name));
/* The next row that has as many fields as the head; others become problems. False at the end; a
 * row that cannot be read ends the sheet with a problem. */
bool sheet_next(struct sheet *sheet);
/* The field of column NAME, without blanks around it; NULL where there is no such column. */
const char *sheet_field(const struct sheet *sheet, const char *name);
/* The same, "" where it is not there. */
const char *sheet_get(const struct sheet *sheet, const char *name);
/* WHAT and RIGHT are msgids with %1 for ARG; NULL none. Only the first 1000 are told, all are
 * counted. */
void sheet_problem(struct sheet *sheet, const char *column, const char *what, const char *right,
                   const char *arg);
/* 1: KEY, of LENGTH bytes, is said for the first time in this sheet; 0: it was before; -1 ERROR. */
int sheet_first(struct sheet *sheet, const char *key, size_t length);
/* The error at hand as a problem of this row; the error is none again. */
void sheet_error(struct sheet *sheet, const char *column);
/* Whether ERROR is about the row, and not about the store or memory. */
bool sheet_forgives(const struct asking *asking);
void sheet_end(struct sheet *sheet);

#endif
