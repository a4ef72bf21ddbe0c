/*
 * papers.h: a directory with documents/ and tmp/, and documents in it, for tests; what goes wrong
 * fails the test.
 */
#ifndef YUNTAI_TEST_PAPERS_H
#define YUNTAI_TEST_PAPERS_H

#include "data/documents.h"

enum { CLERK = 7, OTHER = 8 }; /* persons */

struct papers {
    struct text directory;
    struct documents *documents;
    struct error error;
};
void papers_begin(struct papers *papers);
void papers_end(struct papers *papers); /* removes it all */
/* OUT becomes the path of NAME in the directory. */
void papers_path(const struct papers *papers, const char *name, struct text *out);
/* How many files are below PATH, or NAME in the directory; REMOVE: they and PATH go. */
int papers_below(const char *path, bool remove);
int papers_files(const struct papers *papers, const char *name);
/* Uploads LENGTH bytes in pieces of at most PIECE and keeps them; as documents_keep(). */
int papers_put(struct papers *papers, const char *bytes, size_t length, size_t piece,
               uint8_t digest[DIGEST_BYTES], int64_t *size);
/* STATUS is -1 with an error CODE that has a sentence; it is none after that. */
void papers_refused(struct papers *papers, int status, enum error_code code);
/* The document DIGEST is there and is these bytes. */
void papers_whole(struct papers *papers, const uint8_t digest[DIGEST_BYTES], const char *bytes,
                  size_t length);

#endif
