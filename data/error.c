/* error.c: sentences with their arguments. */
#include "data/error.h"

#include <stdlib.h>
#include <string.h>

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

int error_errno(struct error *error, const char *what, const char *path, int number)
{
    return error_set4(error, ERROR_ENVIRONMENT, N_("%1 %2: %3"), what, path, strerror(number),
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
