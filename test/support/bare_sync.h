/*
 * bare_sync.h: a sync with nothing but libcurl, jansson and SQLite: each page fetched and parsed
 * whole, its servers written as the rows that a sync writes, in one transaction a page.
 */
#ifndef YUNTAI_TEST_SUPPORT_BARE_SYNC_H
#define YUNTAI_TEST_SUPPORT_BARE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

/* From the page at URL on into the new file FILE, whose table and indexes are those of LIKE, a
 * desk.db. How many servers; -1, said on stderr. */
int64_t bare_sync(const char *url, const char *like, const char *file);
/* The servers of both files read alike, but for their digests; said on stderr where not. */
bool bare_alike(const char *file, const char *other);

#endif
