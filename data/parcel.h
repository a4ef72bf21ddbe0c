/*
 * parcel.h: what goes over the counter of the desk: named values, and tables of cells.
 *
 * Requests and replies are parcels. A parcel owns all it holds; nothing in it points into the
 * store. Values are bytes (text is UTF-8); a cell that is NULL is unknown. A text that differs by
 * language is "zh\037en" (MESSAGE_BOTH).
 *
 * On a wire a parcel is: u8 version 1, then records of u8 tag, u32 length (little endian), bytes:
 * tag 1 a pair (u32 name length, name, value), 2 a table (name), 3 a column of the table at hand
 * (u8 kind, u32 name length, name, title), 4 a cell, 5 a cell that is unknown. Cells go row by row.
 */
#ifndef YUNTAI_DATA_PARCEL_H
#define YUNTAI_DATA_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

enum { PARCEL_PAIRS_MOST = 65536, PARCEL_TABLES_MOST = 256, PARCEL_COLUMNS_MOST = 64 };

struct pair {
    const char *name, *value; /* both end in NUL; VALUE may hold others */
    size_t length;            /* of VALUE */
};

enum cell_kind {
    CELL_TEXT,   /* for people, perhaps in both languages */
    CELL_NAME,   /* of a thing of the policy, a code, a number of a case: never translated */
    CELL_NUMBER, /* decimal */
    CELL_MONEY,  /* 元 with two decimals */
    CELL_DAY,    /* YYYY-MM-DD */
    CELL_MOMENT, /* YYYY-MM-DD HH:MM[:SS] */
    CELL_CARD,   /* none, blue, yellow, red, double */
    CELL_YESNO   /* yes, no */
};
struct column {
    const char *name; /* for machines: a-z, 0-9, _ */
    enum cell_kind kind;
    const char *title; /* for people: a msgid, or both languages */
};
struct table {
    const char *name;
    struct column *columns;
    int32_t column_count;
    const char **cells; /* row by row */
    size_t cell_count, cell_capacity;
    struct parcel *parcel;
};

struct parcel { /* zeroed is empty */
    struct pair *pairs;
    size_t pair_count, pair_capacity;
    struct table **tables;
    size_t table_count, table_capacity;
    struct arena *arena;
    bool failed; /* memory was short, or a bound was passed */
};

void parcel_free(struct parcel *parcel); /* and is empty again */
/* All of FROM, as TO's own, which is empty before. False where memory is short: TO is then empty.
 */
bool parcel_copy(const struct parcel *from, struct parcel *to);
/* The same in place of what TO held; without memory TO is empty. */
void parcel_renew(const struct parcel *from, struct parcel *to);

/* ---- pairs: names may stand several times ---- */
void parcel_put(struct parcel *parcel, const char *name, const char *value); /* NULL: not at all */
void parcel_put_n(struct parcel *parcel, const char *name, const char *value, size_t length);
void parcel_put_int(struct parcel *parcel, const char *name, int64_t number);
void parcel_put_day(struct parcel *parcel, const char *name, int32_t day); /* see core/day.h */
void parcel_put_moment(struct parcel *parcel, const char *name,
                       int64_t moment); /* NONE: not at all */
/* The first of that name; NULL where there is none. */
const char *parcel_get(const struct parcel *parcel, const char *name);
/* The same as a whole number; OTHERWISE where there is none or it is no number. */
int64_t parcel_int(const struct parcel *parcel, const char *name, int64_t otherwise);
bool parcel_yes(const struct parcel *parcel, const char *name); /* it is there and is "yes" */

/* ---- tables ---- */
/* A new table with COUNT columns (copied). Never NULL: without memory a table that takes nothing.
 */
struct table *parcel_table(struct parcel *parcel, const char *name, const struct column *columns,
                           int32_t count);
/* The table of that name, made if it is not there. */
struct table *parcel_more(struct parcel *parcel, const char *name, const struct column *columns,
                          int32_t count);
const struct table *parcel_find(const struct parcel *parcel, const char *name); /* NULL */
/* The next cell of TABLE. NULL: unknown. A row is full when it has all its cells. */
void table_text(struct table *table, const char *text);
void table_text_n(struct table *table, const char *text, size_t length);
void table_both(struct table *table, const char *zh, const char *en);
void table_int(struct table *table, int64_t number);
void table_decimal(struct table *table, int64_t micro);
void table_money(struct table *table, int64_t fen);
void table_day(struct table *table, int32_t day);       /* DAY_NONE: unknown */
void table_moment(struct table *table, int64_t moment); /* MOMENT_NONE: unknown */
void table_yesno(struct table *table, bool yes);
/* The rows of FROM, which has as many columns, behind those of TABLE. */
void table_join(struct table *table, const struct table *from);
size_t table_rows(const struct table *table);
/* NULL where unknown, or there is no such row or column. */
const char *table_cell(const struct table *table, size_t row, const char *column);
/* The same; "" where it is unknown, or TABLE is NULL. */
const char *table_word(const struct table *table, size_t row, const char *column);
const char *table_at(const struct table *table, size_t row, int32_t column);

/* ---- on a wire ---- */
/* Appends the parcel's bytes; false where memory is short. */
bool parcel_encode(const struct parcel *parcel, struct text *out);
/* Fills an empty PARCEL from LENGTH bytes. False where they are no parcel, or it fails; PARCEL is
 * then empty. Every name and every cell's length is checked; nothing is read past the end. */
bool parcel_decode(const char *bytes, size_t length, struct parcel *parcel);

#endif
