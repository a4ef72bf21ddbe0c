/*
 * documents.h: papers, as files named by their digest: WORKSPACE/documents/ab/<64 digits>.
 *
 * A document comes in pieces into WORKSPACE/tmp and is kept by one rename, after it and its
 * directory were written through to the disk: whoever names a digest in an act finds it whole.
 * Nothing a client says becomes part of a path but the name this module gave its upload.
 */
#ifndef YUNTAI_DATA_DOCUMENTS_H
#define YUNTAI_DATA_DOCUMENTS_H

#include <stdint.h>
#include <sys/types.h>

#include "data/digest.h"

struct documents;

/* What is asked of the system, so that a test can let any of it fail. */
struct document_io {
    int (*open)(const char *path, int flags, mode_t mode);
    ssize_t (*write)(int file, const void *bytes, size_t length);
    int (*fsync)(int file);
    int (*rename)(const char *from, const char *to);
    int (*mkdir)(const char *path, mode_t mode);
    int (*close)(int file);
};
extern const struct document_io document_io_system;

struct documents *documents_open(const char *workspace, struct error *error);
void documents_close(struct documents *documents);
void documents_set_io(struct documents *documents, const struct document_io *io);
void documents_set_largest(struct documents *documents, int64_t bytes); /* 1 GiB */

enum { UPLOAD_NAME = 34 }; /* bytes with NUL; fits a digest's buffer too */
/*
 * Adds LENGTH bytes to the upload ID of PERSON, or begins one (ID NULL). NAME takes its id, *SIZE
 * how much is there. An upload that would grow too large, or to which a piece could not be added
 * whole, is gone.
 */
int documents_piece(struct documents *documents, const char *id, const char *bytes, size_t length,
                    int64_t person, char *name, int64_t *size, struct error *error);
/* Abandons the upload ID. */
int documents_drop(struct documents *documents, const char *id, int64_t person,
                   struct error *error);
/* Keeps the upload ID under its digest. One that is there already stays, the upload is dropped.
 * After an error nothing must be said of the digest; an upload the disk refused is gone, another
 * one can be kept once more. */
int documents_keep(struct documents *documents, const char *id, int64_t person,
                   uint8_t digest[DIGEST_BYTES], int64_t *size, struct error *error);
/* Appends MOST bytes from OFFSET on, or what there is; none at the end. */
int documents_read(struct documents *documents, const uint8_t digest[DIGEST_BYTES], int64_t offset,
                   size_t most, struct text *out, struct error *error);
/* Whether a file of SIZE bytes stands under DIGEST; what is in it is for documents_check(). */
bool documents_there(const struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                     int64_t size);
/* 1 it is what its name says, 0 it was altered, -1 it is not there or cannot be read. */
int documents_check(struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                    struct error *error);
/* Removes uploads and documents nobody names (WANTED says no; yes where it cannot be told) that are
 * older than SECONDS before NOW. How many; -1 with ERROR, some may be gone then. To be called in a
 * write transaction: elsewhere an act that is about to name an old document could lose it. */
int64_t documents_sweep(struct documents *documents, int64_t now, int64_t seconds,
                        bool (*wanted)(void *self, const uint8_t digest[DIGEST_BYTES]), void *self,
                        struct error *error);
/* Appends the path of a document: for backups. */
void documents_path(const struct documents *documents, const uint8_t digest[DIGEST_BYTES],
                    struct text *out);

#endif
