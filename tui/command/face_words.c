/* face_words.c: the words of a command line as pairs of a request. */
#include <string.h>

#include "core/near.h"
#include "tui/command/desk_face.h"
#include "tui/text.h"

/* ---- files ---- */

static int read_bytes(struct face *face, const char *path, struct text *out)
{
    return desk_read_file(path, out, &face->error) == 0 ? STATUS_DONE : face_refused(face);
}

int face_file(struct face *face, const char *name, const char *path)
{
    struct text bytes = {0};
    int status = read_bytes(face, path, &bytes);
    if (status == STATUS_DONE) {
        parcel_put_n(&face->request, name, text_bytes(&bytes), bytes.length);
    }
    text_free(&bytes);
    return status;
}

/* ---- NAME=VALUE ---- */

static bool put_value(struct face *face, const char *name, const char *value)
{
    bool file = value[0] == '@' && value[1] != '\0';
    if (!file && strcmp(value, "-") != 0) {
        parcel_put(&face->request, name, value);
        return true;
    }
    struct text bytes = {0};
    bool read = read_bytes(face, file ? value + 1 : "-", &bytes) == STATUS_DONE;
    while (bytes.length > 0 && strchr("\r\n", bytes.bytes[bytes.length - 1])) {
        bytes.bytes[--bytes.length] = '\0'; /* the end of the file's last line is not meant */
    }
    if (read) {
        parcel_put_n(&face->request, name, text_bytes(&bytes), bytes.length);
    }
    text_free(&bytes);
    return read;
}

static void put_column(struct face *face, const char *prefix, const char *code, size_t code_length,
                       const char *column, size_t column_length, const char *value,
                       size_t value_length)
{
    struct text name = {0};
    text_addf(&name, "%sitem.", prefix);
    text_add_n(&name, code, code_length);
    text_add(&name, ".");
    text_add_n(&name, column, column_length);
    parcel_put_n(&face->request, text_bytes(&name), value, value_length);
    text_free(&name);
}

/* CODE:QUANTITY[,COLUMN=VALUE…]. A value may hold no comma; CODE.COLUMN=VALUE is for those. */
static bool put_item(struct face *face, const char *prefix, const char *item)
{
    size_t code = strcspn(item, ":,="), quantity = 0;
    bool right = item[code] == ':' && code > 0;
    const char *at = right ? item + code + 1 : item;
    if (right) {
        quantity = strcspn(at, ",");
        right = quantity > 0;
        put_column(face, prefix, item, code, "quantity", strlen("quantity"), at, quantity);
    }
    for (at += quantity; right && *at == ',';) {
        size_t length = strcspn(++at, ","), name = strcspn(at, "=,");
        right = name > 0 && at[name] == '=';
        if (right) {
            put_column(face, prefix, item, code, at, name, at + name + 1, length - name - 1);
        }
        at += length;
    }
    if (!right) {
        face_wrong(face, STATUS_USAGE,
                   N_("item=“%1” is no line of the list; write item=CODE:QUANTITY[,COLUMN=VALUE…]"),
                   item);
    }
    return right;
}

static bool is_assign(const char *word)
{
    size_t length = strcspn(word, "= \t\n");
    return length > 0 && word[length] == '=' && word[0] != '-';
}

/* What every entry of a register has; all else is a fact of it. */
static bool is_own(const char *name, size_t length)
{
    static const char *const own[] = {"name", "parent", "since", "until"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strlen(own[i]) == length && memcmp(own[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

bool face_assign(struct face *face, const char *prefix, const char *word)
{
    const char *value = strchr(word, '=');
    struct text name = {0};
    bool list = strcmp(prefix, "entry.") == 0, fact = strcmp(prefix, "fact.") == 0;
    if (!value || value == word) {
        face_wrong(face, STATUS_USAGE, N_("“%1” is not NAME=VALUE"), word);
        return false;
    }
    if (list && strncmp(word, "item=", strlen("item=")) == 0) {
        return put_item(face, prefix, value + 1);
    }
    text_add(&name, fact && is_own(word, (size_t)(value - word)) ? "" : prefix);
    const char *dot = memchr(word, '.', (size_t)(value - word));
    if (list && dot && strncmp(word, "item.", strlen("item.")) != 0) {
        text_add(&name, "item.");
    }
    text_add_n(&name, word, (size_t)(value - word));
    bool put = put_value(face, text_bytes(&name), value + 1);
    text_free(&name);
    return put;
}

/* ---- options ---- */

static int no_option(const struct face *face, const struct face_spec *spec, const char *word)
{
    size_t length = strcspn(word, "=");
    struct near_word nearest = near_begin(word, length);
    struct text said = {0};
    text_add_n(&said, word, length);
    for (size_t i = 0; i < spec->option_count; i++) {
        near_offer(&nearest, spec->options[i].option);
    }
    fprintf(face->invocation->err,
            nearest.best ? _("yuntai %s: there is no option “%s”; did you mean %s?\n")
                         : _("yuntai %s: there is no option “%s”; see yuntai %s --help\n"),
            face->command, text_bytes(&said), nearest.best ? nearest.best : face->command);
    text_free(&said);
    return STATUS_USAGE;
}

static const struct face_option *find_option(const struct face_spec *spec, const char *word)
{
    for (size_t i = 0; i < spec->option_count; i++) {
        size_t length = strlen(spec->options[i].option);
        if (strncmp(word, spec->options[i].option, length) == 0 &&
            (word[length] == '\0' || (word[length] == '=' && length > 2))) {
            return &spec->options[i];
        }
    }
    return NULL;
}

static int take_option(struct face *face, const struct face_spec *spec, int argc, char **argv,
                       int *at)
{
    const struct face_option *option = find_option(spec, argv[*at]);
    if (!option) {
        return no_option(face, spec, argv[*at]);
    }
    const char *value = argv[*at] + strlen(option->option);
    if (option->kind == OPTION_YES || option->kind == OPTION_SWITCH) {
        if (*value) {
            return face_wrong(face, STATUS_USAGE, N_("%1 takes no value"), option->option);
        }
        parcel_put(option->kind == OPTION_YES ? &face->request : &face->own, option->pair, "yes");
        return STATUS_DONE;
    }
    if (*value == '=') {
        value++;
    } else if (*at + 1 < argc) {
        value = argv[++*at];
    } else {
        return face_wrong(face, STATUS_USAGE, N_("%1 needs a value behind it"), option->option);
    }
    if (option->kind == OPTION_FILE) {
        return face_file(face, option->pair, value);
    }
    parcel_put(option->kind == OPTION_OWN ? &face->own : &face->request, option->pair, value);
    return STATUS_DONE;
}

/* ---- words ---- */

/* Where in the list of words the command line has come. */
struct place_of_word {
    const char *at;
    struct text rest; /* of a "*" */
    bool some;        /* a "+" has one */
};

#define WORD_ENDS " ?*+@"

static int take_word(struct face *face, struct place_of_word *place, const char *word)
{
    size_t length = strcspn(place->at, WORD_ENDS);
    char mark = place->at[length];
    struct text name = {0};
    int status = STATUS_DONE;
    if (length == 0) {
        return face_wrong(face, STATUS_USAGE, N_("“%1” is one word too many; see --help"), word);
    }
    text_add_n(&name, place->at, length);
    if (mark == '*') { /* stays: it takes all that is left */
        text_addf(&place->rest, "%s%s", place->rest.length ? " " : "", word);
    } else if (mark == '@') {
        status = face_file(face, text_bytes(&name), word);
    } else {
        parcel_put(&face->request, text_bytes(&name), word);
    }
    place->some |= mark == '+';
    if (mark != '*' && mark != '+') {
        place->at += length;
        place->at += strspn(place->at, WORD_ENDS);
    }
    text_free(&name);
    return status;
}

/* What is still wanting, or the rest put in. */
static int end_words(struct face *face, struct place_of_word *place)
{
    size_t length = strcspn(place->at, WORD_ENDS);
    char mark = place->at[length];
    int status = STATUS_DONE;
    struct text name = {0};
    text_add_n(&name, place->at, length);
    if (length > 0 && mark == '*') {
        parcel_put(&face->request, text_bytes(&name),
                   place->rest.length ? text_bytes(&place->rest) : NULL);
    } else if (length > 0 && mark != '?' && !place->some) {
        status = face_wrong(face, STATUS_USAGE, N_("%1 is wanting; see --help"), text_bytes(&name));
    }
    text_free(&name);
    text_free(&place->rest);
    return status;
}

/* -paused is a term of the query that is being said, -o an option. */
static bool is_term(const struct place_of_word *place, const struct face_spec *spec,
                    const char *word)
{
    return word[0] == '-' && word[1] != '-' &&
           strncmp(place->at, "query*", strlen("query*")) == 0 && !find_option(spec, word);
}

int face_words(struct face *face, int argc, char **argv, const struct face_spec *spec)
{
    struct place_of_word place = {.at = spec->words ? spec->words : ""};
    int status = STATUS_DONE;
    face->spec = spec;
    face->command = spec->command ? spec->command : face->command;
    bool over = false; /* after -- */
    for (int i = 0; i < argc && status == STATUS_DONE; i++) {
        const char *word = argv[i];
        if (!over && strcmp(word, "--") == 0) {
            over = true;
        } else if (!over && word[0] == '-' && word[1] != '\0' && !is_term(&place, spec, word)) {
            status = take_option(face, spec, argc, argv, &i);
        } else if (spec->assign && is_assign(word)) {
            status = face_assign(face, spec->assign, word) ? STATUS_DONE : STATUS_USAGE;
        } else {
            status = take_word(face, &place, word);
        }
    }
    if (status != STATUS_DONE) {
        text_free(&place.rest);
        return status;
    }
    return end_words(face, &place);
}
