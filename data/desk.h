/*
 * desk.h: the front door of data/: the files a desk works with. Of data/, tui/ includes this alone.
 *
 * All return 0, or -1 with a sentence in ERROR (appended, in English, without a line's end); what
 * OUT points to is then NULL. Whatever is returned is the caller's to free. A path of "-" is
 * standard input.
 */
#ifndef YUNTAI_DATA_DESK_H
#define YUNTAI_DATA_DESK_H

#include "core/calendar.h"
#include "core/compile.h"

/* Appends the bytes of a file of at most 16 MiB to OUT. They may hold anything, NUL too. */
int desk_read_text(const char *path, struct text *out, struct text *error);

/* The calendar in the CSV file PATH; NULL: the one that comes with the program. ERROR: `FILE:LINE:
 * …`. */
int desk_calendar(const char *path, struct calendar **out, struct text *error);

/* Appends the path of the policy that comes with the program. */
int desk_policy_path(struct text *out, struct text *error);

/*
 * The draft of the policy file PATH; NULL: the one that comes with the program. What is wrong with
 * its form is in FINDINGS, in order of place; policy_compile() adds what is wrong with its sense.
 * -1 only where the file cannot be read or memory is short.
 */
int desk_draft(const char *path, struct draft **out, struct findings *findings, struct text *error);

/* The policy of that file under COUNT ANSWERS; anything wrong in it is an error: ERROR then has the
 * first findings, one a line. */
int desk_policy(const char *path, const struct answer *answers, size_t count, struct policy **out,
                struct text *error);

#endif
