/*
 * option_check.h: whether a value is one that a setting may have.
 */
#ifndef YUNTAI_DATA_OPTION_CHECK_H
#define YUNTAI_DATA_OPTION_CHECK_H

#include "data/options.h"

struct option_origin { /* where a value stands: a file, or the command line (LINE 0) */
    const char *path;
    int32_t line;
};

/* 0; -1 with ERROR: where, NAME, and what would be right. ROW says what it may be. */
int option_check(const struct option_origin *origin, const struct option_row *row, const char *name,
                 const char *value, struct error *error);
/* SENTENCE with %1 ORIGIN, %2 NAME, %3 RIGHT. Returns -1. */
int option_wrong(const struct option_origin *origin, const char *name, const char *sentence,
                 const char *right, struct error *error);
/* Appends FILE:LINE. */
void option_origin_text(const struct option_origin *origin, struct text *out);

#endif
