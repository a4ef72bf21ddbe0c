/*
 * secret.h: the password of an account, from a file or a command, and nowhere else.
 */
#ifndef YUNTAI_DATA_VENDOR_SECRET_H
#define YUNTAI_DATA_VENDOR_SECRET_H

#include "data/error.h"

enum { SECRET_MOST = 4096 };

/* Appends the first line of the file at PATH, which is a plain file, ours, and for nobody else to
 * read or write (0600 or less). -1 with ERROR. */
int secret_file(const char *path, struct text *out, struct error *error);
/* The first line that COMMAND prints: a path from / and arguments, parted by blanks; no shell reads
 * it. It has MS milliseconds, and nothing on its standard input. */
int secret_command(const char *command, int64_t ms, struct text *out, struct error *error);
/* Overwrites and frees it. */
void secret_free(struct text *secret);

#endif
