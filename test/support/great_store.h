/*
 * great_store.h: a workspace of very many cases of eight acts each, made once and kept.
 *
 * Some cases, one of each course, go through the desk itself, act by act; all others follow one of
 * them with another title, organisation and dates. Their acts are appended and chained by
 * store_append(), and the cache rows are those of the real fold: `verify` holds. What is not done
 * for them is to ask the engine before each act whether it may be done: it was, for the course.
 */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_STORE_H
#define YUNTAI_TEST_SUPPORT_GREAT_STORE_H

#include "data/error.h"

enum { GREAT_ACTS = 8, GREAT_ZONE = 8 * 3600 /* seconds from UTC to the clock of its city */ };

struct great_size {
    int64_t closed, open;
};

/* The workspace DIRECTORY with so many cases, as of NOW, noon of the
 * day it was made on or the clock, whichever is later; made where it is not
 * there, or was made by another version of the schema, or is older than a week. Says on stderr how
 * far it is. -1 with ERROR. */
int great_store(const char *directory, struct great_size size, int64_t *now, struct error *error);

#endif
