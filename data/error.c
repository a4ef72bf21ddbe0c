/* error.c: sentences with their arguments. */
#include "data/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/calendar.h"
#include "data/csv.h"

static char *copy(const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *out = text ? malloc(size) : NULL;
    return out ? memcpy(out, text, size) : NULL;
}

int error_set4(struct error *error, enum error_code code, const char *sentence, const char *a,
               const char *b, const char *c, const char *d)
{
    const char *args[ERROR_ARGS] = {a, b, c, d};
    if (error->code != ERROR_NONE) {
        return -1;
    }
    error->code = code;
    error->sentence = copy(sentence);
    for (int i = 0; i < ERROR_ARGS; i++) {
        error->arg[i] = copy(args[i]);
    }
    return -1;
}

int error_set(struct error *error, enum error_code code, const char *sentence, const char *a,
              const char *b)
{
    return error_set4(error, code, sentence, a, b, NULL, NULL);
}

int error_memory(struct error *error)
{
    return error_set(error, ERROR_ENVIRONMENT, N_("memory is short"), NULL, NULL);
}

/* ---- what the system says ---- */

/* Our own words: those of the C library come in the language of a locale that a bare machine has
 * not got. */
static const struct {
    int number;
    const char *words;
} whys[] = {
    {ENOENT, N_("no such file or directory")},
    {EACCES, N_("not allowed for this account")},
    {EPERM, N_("only its owner may")},
    {EISDIR, N_("it is a directory")},
    {ENOTDIR, N_("a part of its path is no directory")},
    {EEXIST, N_("something of that name is there")},
    {ENOTEMPTY, N_("the directory is not empty")},
    {ENOSPC, N_("the disk is full")},
    {EDQUOT, N_("this account has used up its share of the disk")},
    {EFBIG, N_("the file becomes too big")},
    {EROFS, N_("the disk can only be read")},
    {EIO, N_("the disk fails")},
    {ENXIO, N_("no such device")},
    {EMFILE, N_("this program has too many files open")},
    {ENFILE, N_("the machine has too many files open")},
    {ENAMETOOLONG, N_("its name is too long")},
    {ELOOP, N_("its links go round in a circle")},
    {EXDEV, N_("it is on another disk")},
    {ETXTBSY, N_("it is being run")},
    {EBUSY, N_("it is in use")},
    {EAGAIN, N_("not now; try again")},
    {EINTR, N_("it was broken off")},
    {EINVAL, N_("it is of a kind for which that cannot be done")},
    {ENOMEM, N_("memory is short")},
    {EPIPE, N_("the other end closed")},
    {ECONNREFUSED, N_("nobody listens there")},
    {ECONNRESET, N_("the other end broke off")},
    {ENOTSOCK, N_("it is no socket")},
    {EADDRINUSE, N_("somebody listens there already")},
    {ETIMEDOUT, N_("no answer in time")},
};

/* What error_errno() is told to have failed. */
static const char *const steps[] = {
    N_("opening"),
    N_("reading"),
    N_("writing"),
    N_("creating"),
    N_("closing"),
    N_("renaming"),
    N_("removing"),
    N_("locking"),
    N_("making sure of"),
    N_("making the directory"),
    N_("setting the permissions of"),
    N_("looking at"),
    N_("looking at the disk of"),
    N_("looking at the directory of the socket"),
    N_("making the socket"),
    N_("asking who listens at"),
    N_("asking for the limit of"),
    N_("giving up what a server must not have:"),
    N_("locking the workspace"),
    N_("opening the workspace"),
    N_("waiting for"),
    N_("starting the program"),
};

const char *error_why(int number)
{
    for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
        if (whys[i].number == number) {
            return whys[i].words;
        }
    }
    return strerror(number);
}

bool error_is_msgid(const char *text)
{
    for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
        if (strcmp(whys[i].words, text) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (strcmp(steps[i], text) == 0) {
            return true;
        }
    }
    return csv_says(text) || calendar_says(text);
}

int error_errno(struct error *error, const char *what, const char *path, int number)
{
    return error_set4(error, ERROR_ENVIRONMENT, N_("%1 %2: %3"), what, path, error_why(number),
                      NULL);
}

void error_free(struct error *error)
{
    free(error->sentence);
    for (int i = 0; i < ERROR_ARGS; i++) {
        free(error->arg[i]);
    }
    *error = (struct error){0};
}

void error_text(const struct error *error, const char *translated, struct text *out)
{
    const char *at = translated ? translated : error->sentence;
    for (at = at ? at : "memory is short"; *at; at++) {
        bool argument = at[0] == '%' && at[1] >= '1' && at[1] < '1' + ERROR_ARGS;
        if (argument) {
            const char *arg = error->arg[*++at - '1'];
            text_add(out, arg ? arg : "");
        } else {
            text_add_n(out, at, 1);
        }
    }
}
