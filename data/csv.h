/*
 * csv.h: rows out of a CSV file (RFC 4180), one after the other.
 *
 * Fields are parted by commas; a field in "…" may hold commas, quotes written twice and line
 * breaks. Lines end in LF or CRLF. Only UTF-8 is read; a BOM at the start is passed over. A file
 * has at most 1 MiB, a row 64 KiB.
 */
#ifndef YUNTAI_DATA_CSV_H
#define YUNTAI_DATA_CSV_H

#include "core/text.h"

enum { CSV_FILE_MOST = 1 << 20, CSV_ROW_MOST = 64 << 10 };

struct csv {
    const char *bytes; /* the caller's, as long as rows are read */
    size_t length, at;
    int32_t next_line;
    int32_t line;        /* where the last row began, from 1; where an error is, its line */
    const char **fields; /* of the last row; valid until the next */
    size_t count;
    const char *error; /* a msgid: what is wrong and what would be right; NULL: nothing */
    struct text text;  /* behind fields */
    size_t *starts;
    size_t capacity;
};

/* Begins reading LENGTH bytes at BYTES. */
void csv_start(struct csv *csv, const char *bytes, size_t length);
/* The same of at most MOST bytes, in the place of 1 MiB. */
void csv_start_large(struct csv *csv, const char *bytes, size_t length, size_t most);
/* The next row that is no empty line and does not begin with `#`. False at the end and at an error.
 */
bool csv_next(struct csv *csv);
/* Whether TEXT is one of the sentences of `error`. */
bool csv_says(const char *text);
/* Frees what reading took. */
void csv_end(struct csv *csv);

#endif
