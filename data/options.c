/* options.c: the table of settings, and the files they come from. */
#include "data/options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/near.h"
#include "data/ini.h"
#include "data/paths.h"

static const struct option_row rows[] = {
    {"desk.as", OPTION_LOGIN, 0, 64, NULL, "", N_("the login used by who owns the workspace")},
    {"desk.language", OPTION_CHOICE, 0, 0, "zh en", "", N_("the language; else the locale's")},
    {"desk.clock_behind", OPTION_NUMBER, 0, 86400, "s", "300",
     N_("so far behind the last act the clock may be")},
    {"desk.clock_ahead", OPTION_NUMBER, 1, 3660, "d", "40",
     N_("so far ahead of the last act it may be before a leader must say so")},
    {"desk.page", OPTION_NUMBER, 1, 500, NULL, "50", N_("rows of a page")},
    {"serve.socket", OPTION_PATH, 0, 107, NULL, "",
     N_("the socket of the server; else desk.sock in the workspace")},
    {"serve.clients", OPTION_NUMBER, 1, 10000, NULL, "200", N_("clients at once")},
    {"serve.idle", OPTION_NUMBER, 10, 86400, "s", "3600",
     N_("a client that asks nothing so long is let go")},
    {"serve.slow", OPTION_NUMBER, 1, 600, "s", "30", N_("so long a request may take to arrive")},
    {"console.theme", OPTION_CHOICE, 0, 0, "default light mono contrast deutan tritan", "",
     N_("the colours of the console; else dark or light as the terminal is")},
    {"console.glyphs", OPTION_CHOICE, 0, 0, "full safe ascii", "",
     N_("the signs of the console; else what the terminal can show")},
    {"console.mouse", OPTION_CHOICE, 0, 0, "no yes", "no",
     N_("a click moves the cursor, a second one opens")},
    {"documents.largest", OPTION_NUMBER, 1, 4096, "MiB", "1024", N_("the largest document")},
};
enum { ROWS = sizeof rows / sizeof *rows, FILE_MOST = 1 << 16 };

struct options {
    char *values[ROWS];  /* NULL: the default */
    char *origins[ROWS]; /* FILE:LINE, or the option of the command line */
};

const struct option_row *options_table(size_t *count)
{
    *count = ROWS;
    return rows;
}

static int find(const char *name)
{
    for (int i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

const char *options_text(const struct options *options, const char *name)
{
    int row = find(name);
    return row < 0 ? NULL : options->values[row] ? options->values[row] : rows[row].standard;
}

int64_t options_number(const struct options *options, const char *name)
{
    const char *text = options_text(options, name);
    return text ? strtoll(text, NULL, 10) : 0;
}

const char *options_origin(const struct options *options, const char *name)
{
    int row = find(name);
    return row < 0 ? NULL : options->origins[row];
}

void options_free(struct options *options)
{
    if (options) {
        for (int i = 0; i < ROWS; i++) {
            free(options->values[i]);
            free(options->origins[i]);
        }
        free(options);
    }
}

/* ---- reading ---- */

struct origin { /* where a value stands: a file, or the command line (LINE 0) */
    const char *path;
    int32_t line;
};

static void add_origin(struct text *out, const struct origin *origin)
{
    text_add(out, origin->path);
    if (origin->line) {
        text_addf(out, ":%d", (int)origin->line);
    }
}

static int wrong(const struct origin *origin, const char *name, const char *sentence,
                 const char *right, struct error *error)
{
    struct text place = {0};
    add_origin(&place, origin);
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

static int check_number(const struct origin *origin, const struct option_row *row,
                        const char *value, struct error *error)
{
    struct text right = {0};
    if (is_number(value, row->low, row->high)) {
        return 0;
    }
    text_add_int(&right, row->low);
    text_add(&right, "..");
    text_add_int(&right, row->high);
    text_addf(&right, "%s%s", row->unit ? " " : "", row->unit ? row->unit : "");
    wrong(origin, row->name, N_("%1: %2 is a number, %3"), text_bytes(&right), error);
    text_free(&right);
    return -1;
}

static int check(const struct origin *origin, const struct option_row *row, const char *value,
                 struct error *error)
{
    switch (row->type) {
    case OPTION_NUMBER:
        return check_number(origin, row, value, error);
    case OPTION_YESNO:
        return is_word(value, "yes no")
                   ? 0
                   : wrong(origin, row->name, N_("%1: %2 is yes or no"), NULL, error);
    case OPTION_CHOICE:
        return is_word(value, row->unit)
                   ? 0
                   : wrong(origin, row->name, N_("%1: %2 is one of %3"), row->unit, error);
    case OPTION_LOGIN:
        return is_login(value, (size_t)row->high)
                   ? 0
                   : wrong(origin, row->name, N_("%1: %2 is a login, one word"), NULL, error);
    case OPTION_PATH:
        if (value[0] != '/') {
            return wrong(origin, row->name, N_("%1: %2 is a path from /"), NULL, error);
        }
        if (row->high > 0 && strlen(value) > (size_t)row->high) {
            struct text most = {0};
            text_add_int(&most, row->high);
            wrong(origin, row->name, N_("%1: %2 is a path of at most %3 bytes"), text_bytes(&most),
                  error);
            text_free(&most);
            return -1;
        }
        return 0;
    case OPTION_TEXT:
        return 0;
    }
    return 0;
}

static int unknown(const struct origin *origin, const char *name, struct error *error)
{
    struct near_word nearest = near_begin(name, strlen(name));
    for (int i = 0; i < ROWS; i++) {
        near_offer(&nearest, rows[i].name);
    }
    return wrong(origin, name,
                 nearest.best ? N_("%1: there is no setting %2; perhaps %3")
                              : N_("%1: there is no setting %2; yuntai.ini(5) lists them"),
                 nearest.best, error);
}

static int keep(char **at, const char *value, struct error *error)
{
    size_t size = strlen(value) + 1;
    char *copy = malloc(size);
    if (!copy) {
        return error_memory(error);
    }
    free(*at);
    *at = memcpy(copy, value, size);
    return 0;
}

static int keep_and_free(char **at, struct text *value, struct error *error)
{
    int status = value->failed ? error_memory(error) : keep(at, text_bytes(value), error);
    text_free(value);
    return status;
}

static int take(struct options *options, const struct origin *origin, const char *name,
                const char *value, struct error *error)
{
    int row = find(name);
    if (row < 0) {
        return unknown(origin, name, error);
    }
    if (check(origin, &rows[row], value, error) != 0) {
        return -1;
    }
    struct text place = {0};
    add_origin(&place, origin);
    int status = keep_and_free(&options->origins[row], &place, error);
    return status ? status : keep(&options->values[row], value, error);
}

int options_set(struct options *options, const char *from, const char *name, const char *value,
                struct error *error)
{
    struct origin origin = {.path = from};
    return take(options, &origin, name, value, error);
}

static int take_key(struct options *options, const char *path, const struct source_key *key,
                    struct error *error)
{
    struct origin origin = {.path = path, .line = key->key_place.line};
    struct text name = {0};
    text_addf(&name, "%s.%s", key->section, key->key);
    int status = name.failed ? error_memory(error)
                             : take(options, &origin, text_bytes(&name), key->value, error);
    text_free(&name);
    return status;
}

static int parse(struct options *options, const char *path, const struct text *bytes,
                 struct error *error)
{
    struct findings *findings = findings_new();
    struct ini *ini = findings ? ini_read(text_bytes(bytes), bytes->length, findings) : NULL;
    int status = ini && !findings_failed(findings) ? 0 : error_memory(error);
    if (status == 0 && findings_count(findings) > 0) {
        const struct finding *finding = findings_at(findings, 0);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        struct origin origin = {.path = path, .line = finding->place.line};
        status = wrong(&origin, text_bytes(&text), N_("%1: %2"), NULL, error);
        text_free(&text);
    }
    for (size_t i = 0; status == 0 && i < ini_source(ini)->count; i++) {
        status = take_key(options, path, &ini_source(ini)->keys[i], error);
    }
    ini_free(ini);
    findings_free(findings);
    return status;
}

/* A file that is not there says nothing. */
static int read_file(struct options *options, const char *path, struct error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT || errno == ENOTDIR ? 0 : error_errno(error, "reading", path, errno);
    }
    struct text bytes = {.most = FILE_MOST};
    char part[4096];
    ssize_t count;
    while ((count = read(file, part, sizeof part)) > 0 || (count < 0 && errno == EINTR)) {
        text_add_n(&bytes, part, count > 0 ? (size_t)count : 0);
    }
    struct origin origin = {.path = path, .line = 1};
    int status = count < 0      ? error_errno(error, "reading", path, errno)
                 : bytes.failed ? wrong(&origin, "", N_("%1: the file is too long"), NULL, error)
                                : parse(options, path, &bytes, error);
    close(file);
    text_free(&bytes);
    return status;
}

struct options *options_read(const char *workspace, struct error *error)
{
    struct options *options = calloc(1, sizeof *options);
    struct text own = {0}, desk = {0};
    if (!options) {
        error_memory(error);
        return NULL;
    }
    own_path("yuntai.ini", &own);
    text_addf(&desk, "%s/yuntai.ini", workspace);
    int status = read_file(options, "/etc/yuntai.ini", error);
    status = status || !own.length ? status : read_file(options, text_bytes(&own), error);
    status = status ? status : read_file(options, text_bytes(&desk), error);
    text_free(&own);
    text_free(&desk);
    if (status != 0) {
        options_free(options);
        return NULL;
    }
    return options;
}
