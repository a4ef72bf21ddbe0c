/* option_check.c: the types of settings. */
#include "data/option_check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void option_origin_text(const struct option_origin *origin, struct text *out)
{
    text_add(out, origin->path);
    if (origin->line) {
        text_addf(out, ":%d", (int)origin->line);
    }
}

int option_wrong(const struct option_origin *origin, const char *name, const char *sentence,
                 const char *right, struct error *error)
{
    struct text place = {0};
    option_origin_text(origin, &place);
    error_set4(error, ERROR_USAGE, sentence, text_bytes(&place), name, right, NULL);
    text_free(&place);
    return -1;
}

static bool is_number(const char *value, int64_t low, int64_t high)
{
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    return end != value && *end == '\0' && errno == 0 && number >= low && number <= high;
}

static bool is_word(const char *value, const char *words)
{
    size_t length = strcspn(value, " ");
    if (value[length] != '\0') {
        return false;
    }
    for (const char *at = words; (at = strstr(at, value)) != NULL; at += length) {
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return length > 0;
        }
    }
    return false;
}

/* Words of WORDS, parted by blanks. */
static bool are_words(const char *value, const char *words)
{
    bool good = true;
    for (size_t length; good && *value; value += length) {
        struct text word = {0};
        length = strcspn(value, " ");
        text_add_n(&word, value, length);
        good = length == 0 || is_word(text_bytes(&word), words);
        length += value[length] == ' ';
        text_free(&word);
    }
    return good;
}

/* No user in it: a secret would stand in a file that others read. */
static bool is_url(const char *value)
{
    size_t begin = strncmp(value, "https://", 8) == 0  ? 8
                   : strncmp(value, "http://", 7) == 0 ? 7
                                                       : 0;
    for (const char *at = value; *at; at++) {
        if ((unsigned char)*at <= ' ' || *at == '@' || *at == 0x7f || *at == '?' || *at == '#') {
            return false;
        }
    }
    return begin > 0 && value[begin] != '\0' && value[begin] != '/' && value[begin] != ':';
}

static bool is_login(const char *value, size_t most)
{
    size_t length = strlen(value);
    bool good = length > 0 && length <= most && utf8_check(value, length) == length;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)value[i];
        good = good && byte > ' ' && byte != 0x7f;
    }
    return good;
}

static int check_number(const struct option_origin *origin, const struct option_row *row,
                        const char *name, const char *value, struct error *error)
{
    struct text right = {0};
    if (is_number(value, row->low, row->high)) {
        return 0;
    }
    text_add_int(&right, row->low);
    text_add(&right, "..");
    text_add_int(&right, row->high);
    text_addf(&right, "%s%s", row->unit ? " " : "", row->unit ? row->unit : "");
    option_wrong(origin, name, N_("%1: %2 is a number, %3"), text_bytes(&right), error);
    text_free(&right);
    return -1;
}

int option_check(const struct option_origin *origin, const struct option_row *row, const char *name,
                 const char *value, struct error *error)
{
    switch (row->type) {
    case OPTION_NUMBER:
        return check_number(origin, row, name, value, error);
    case OPTION_YESNO:
        return is_word(value, "yes no")
                   ? 0
                   : option_wrong(origin, name, N_("%1: %2 is yes or no"), NULL, error);
    case OPTION_CHOICE:
        return is_word(value, row->unit)
                   ? 0
                   : option_wrong(origin, name, N_("%1: %2 is one of %3"), row->unit, error);
    case OPTION_LOGIN:
        return is_login(value, (size_t)row->high)
                   ? 0
                   : option_wrong(origin, name, N_("%1: %2 is a login, one word"), NULL, error);
    case OPTION_PATH:
        if (value[0] != '/') {
            return option_wrong(origin, name, N_("%1: %2 is a path from /"), NULL, error);
        }
        if (row->high > 0 && strlen(value) > (size_t)row->high) {
            struct text most = {0};
            text_add_int(&most, row->high);
            option_wrong(origin, name, N_("%1: %2 is a path of at most %3 bytes"),
                         text_bytes(&most), error);
            text_free(&most);
            return -1;
        }
        return 0;
    case OPTION_URL:
        return is_url(value) ? 0
                             : option_wrong(origin, name,
                                            N_("%1: %2 is an address, https://HOST[:PORT][/PATH]"),
                                            NULL, error);
    case OPTION_WORDS:
        return are_words(value, row->unit)
                   ? 0
                   : option_wrong(origin, name, N_("%1: %2 is some of %3"), row->unit, error);
    case OPTION_TEXT:
        return 0;
    }
    return 0;
}
