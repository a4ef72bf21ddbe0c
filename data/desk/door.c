/* door.c: what comes over the counter is text, but for the bytes of documents. */
#include <string.h>

#include "data/desk/inside.h"

/* Bytes as they are: pieces of a document. Files have lines that may be wrong, and are told. */
static bool is_bytes(const char *verb, const char *name)
{
    return strcmp(verb, "upload") == 0 && strcmp(name, "part") == 0;
}

static bool is_file(const char *name)
{
    return strcmp(name, "csv") == 0;
}

/* What a sync brings is parted by control characters, of which its texts were freed. */
static bool is_sync(const char *verb)
{
    return strncmp(verb, "sync_", strlen("sync_")) == 0;
}

static int no_text(struct error *error, const char *name)
{
    return error_set(error, ERROR_USAGE, N_("%1: what was entered is no text (UTF-8 without NUL)"),
                     name, NULL);
}

static int check(const char *verb, const struct pair *pair, struct error *error)
{
    if (strlen(pair->value) != pair->length) {
        return no_text(error, pair->name);
    }
    if (is_file(pair->name)) {
        return 0;
    }
    if (utf8_check(pair->value, pair->length) != pair->length) {
        return no_text(error, pair->name);
    }
    if (!is_sync(verb) && text_controls(pair->value)) {
        return error_set(error, ERROR_USAGE, N_("%1: it has control characters; leave them out"),
                         pair->name, NULL);
    }
    return text_turns(pair->value)
               ? error_set(error, ERROR_USAGE,
                           N_("%1: it has signs that turn the writing around; leave them out"),
                           pair->name, NULL)
               : 0;
}

int door_check(const struct parcel *request, struct error *error)
{
    const char *said = parcel_get(request, "verb"), *verb = said ? said : "";
    for (size_t i = 0; i < request->pair_count; i++) {
        const struct pair *pair = &request->pairs[i];
        if (utf8_check(pair->name, strlen(pair->name)) != strlen(pair->name)) {
            return no_text(error, "?");
        }
        if (!is_bytes(verb, pair->name) && check(verb, pair, error) != 0) {
            return -1;
        }
    }
    return 0;
}
