/*
 * error.h: what data/ has to say when something cannot be done.
 *
 * A code for machines, a sentence for people. Sentences are English msgids with %1 … %4 for the
 * arguments; the floor above translates them and puts the arguments in. The first error stays:
 * what comes after it is usually its consequence.
 */
#ifndef YUNTAI_DATA_ERROR_H
#define YUNTAI_DATA_ERROR_H

#include "core/text.h"

#ifndef N_
#define N_(sentence) sentence /* marked here, translated above */
#endif

enum error_code { /* in the order of the program's exit status */
                  ERROR_NONE,
                  ERROR_REFUSED,     /* by a rule: the reply's table `reasons` has each */
                  ERROR_USAGE,       /* the question is not one: a name nobody knows, a bad date */
                  ERROR_CONFLICT,    /* somebody else was there first: the table `since` has what */
                  ERROR_NOT_FOUND,   /* or not for this person to see: nobody can tell which */
                  ERROR_ENVIRONMENT, /* a file, memory, the disk, the server */
                  ERROR_INTERRUPTED  /* given up on the caller's word; nothing was changed */
};
enum { ERROR_ARGS = 4 };

struct error { /* zeroed is none */
    enum error_code code;
    char *sentence;        /* msgid; owned */
    char *arg[ERROR_ARGS]; /* owned; NULL reads as "" */
};

/* Fills ERROR unless it holds one already. Returns -1, so that `return error_set(…)` fails. */
int error_set(struct error *error, enum error_code code, const char *sentence, const char *a,
              const char *b);
int error_set4(struct error *error, enum error_code code, const char *sentence, const char *a,
               const char *b, const char *c, const char *d);
int error_memory(struct error *error);
/* WHAT (one of the steps of error.c: "opening") failed with PATH; ERRNO says why. */
int error_errno(struct error *error, const char *what, const char *path, int number);
/* Why, by errno: a msgid where error_is_msgid() knows it, else the words of the C library. */
const char *error_why(int number);
/* TEXT, an argument of an error, is a msgid itself. */
bool error_is_msgid(const char *text);
void error_free(struct error *error); /* and is none again */
/* Appends the sentence with its arguments in place; TRANSLATED: another than its own, or NULL. */
void error_text(const struct error *error, const char *translated, struct text *out);

#endif
