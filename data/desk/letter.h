/*
 * letter.h: what a letter may say of its case: the names of data/letter/README.md.
 */
#ifndef YUNTAI_DATA_DESK_LETTER_H
#define YUNTAI_DATA_DESK_LETTER_H

#include "data/desk/inside.h"
#include "data/letter/template.h"

struct letter_list { /* a list that was asked for, read once */
    const char *name;
    const char **cells; /* of lists with columns of their own: row by row; NULL: points, lines */
    size_t rows, capacity;
};
struct letter { /* a letter about a case; texts live in the arena of ASKING */
    struct asking *asking;
    struct casework *work;
    const struct template *form;
    const char *number; /* of the letter */
    int32_t day;
    struct bag bag; /* facts of the case as its acts stand */
    struct letter_list lists[32];
    size_t list_count;
};

/* WORK is folded. -1 with ERROR; letter_close() all the same. */
int letter_open(struct letter *letter, struct asking *asking, struct casework *work);
void letter_close(struct letter *letter);
/* Names of the case for template_fill(). */
struct template_source letter_source(struct letter *letter);
/* verb_letter.c: what letters of KIND are called, by its template; without one, KIND itself. */
const char *letter_title(struct asking *asking, const char *kind);
/* Who signs: what the template says, else the organisation of the writer; NULL. */
const char *letter_bureau(const struct letter *letter);

#endif
