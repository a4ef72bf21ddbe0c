/* desk_face.c: a command line to the desk and back. */
#include "tui/command/desk_face.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "tui/phrase.h"
#include "tui/text.h"

enum { COLUMNS_LEAST = 40 };

/* ---- begin and end ---- */

static int terminal_columns(FILE *out)
{
    struct winsize size;
    int file = fileno(out);
    if (file < 0 || !isatty(file)) {
        return 0;
    }
    if (ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return 80;
    }
    return size.ws_col < COLUMNS_LEAST ? COLUMNS_LEAST : size.ws_col;
}

/* The clock on the wall where the command is typed: for words like "today" alone. */
static int64_t wall_clock(void)
{
    time_t now = time(NULL);
    struct tm tm;
    int32_t day;
    if (!localtime_r(&now, &tm) ||
        !day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, &day)) {
        return MOMENT_NONE;
    }
    return moment_of(day, tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec % 60);
}

void face_begin(struct face *face, const struct invocation *invocation, const char *command)
{
    *face = (struct face){.invocation = invocation, .command = command};
    face->english = strcmp(invocation->language, "en") == 0;
    face->columns = terminal_columns(invocation->out);
    face->bar = terminal_columns(invocation->err);
    face->now = invocation->now != MOMENT_NONE  ? invocation->now
                : invocation->today != DAY_NONE ? moment_of(invocation->today, 0)
                                                : MOMENT_NONE;
}

void face_end(struct face *face)
{
    desk_close(face->desk);
    parcel_free(&face->request);
    parcel_free(&face->reply);
    parcel_free(&face->own);
    error_free(&face->error);
    text_free(&face->page.at);
}

int face_wrong(const struct face *face, enum status status, const char *sentence, const char *a)
{
    struct text text = {0};
    const char *const arg[4] = {a};
    face_sentence(face, &text, sentence, arg);
    fprintf(face->invocation->err, "yuntai %s: %s\n", face->command, text_bytes(&text));
    text_free(&text);
    return status;
}

const char *face_own(const struct face *face, const char *pair)
{
    return parcel_get(&face->own, pair);
}

/* ---- calls ---- */

static int ready(struct face *face)
{
    struct desk_place place = {.workspace = face->invocation->workspace,
                               .socket = face->invocation->socket,
                               .as = face->invocation->as,
                               .now = face->now};
    int status = face->desk ? 0 : desk_open(&place, &face->desk, &face->error);
    if (status == 0 && face->now == MOMENT_NONE) {
        face->now = wall_clock();
    }
    return status;
}

int face_request(struct face *face, const char *verb, struct parcel *request)
{
    error_free(&face->error);
    parcel_put(request, "verb", verb);
    for (size_t i = 0; i < face->request.pair_count; i++) {
        const struct pair *pair = &face->request.pairs[i];
        parcel_put_n(request, pair->name, pair->value, pair->length);
    }
    if (face->page.at.length) {
        parcel_put(request, face->page.pair, text_bytes(&face->page.at));
    }
    if (face->page.limit) {
        parcel_put_int(request, "limit", face->page.limit);
    }
    return request->failed || face->request.failed ? error_memory(&face->error) : ready(face);
}

int face_ask(struct face *face, const char *verb)
{
    struct parcel request = {0};
    int status = face_request(face, verb, &request);
    if (status == 0) {
        status = desk_call(face->desk, &request, &face->reply, &face->error);
    }
    parcel_free(&request);
    return status == 0        ? STATUS_DONE
           : face->error.code ? (int)face->error.code
                              : (int)STATUS_ENVIRONMENT;
}

/* The option by which a pair that is missing is said; NULL. */
static const char *missing_option(const struct face *face)
{
    const struct error *error = &face->error;
    const struct face_spec *spec = face->spec;
    bool missing =
        error->sentence && strcmp(error->sentence, "“%1” is missing in what was asked") == 0;
    for (size_t i = 0; missing && spec && i < spec->option_count; i++) {
        if (strcmp(spec->options[i].pair, error->arg[0]) == 0) {
            return spec->options[i].option;
        }
    }
    return NULL;
}

int face_refused(struct face *face)
{
    struct text text = {0};
    const struct error *error = &face->error;
    const char *option = missing_option(face);
    const char *const arg[4] = {option ? option : error->arg[0], error->arg[1], error->arg[2],
                                error->arg[3]};
    face_sentence(face, &text,
                  option            ? N_("%1 is wanting; see --help")
                  : error->sentence ? error->sentence
                                    : N_("memory is short"),
                  arg);
    fprintf(face->invocation->err, "yuntai %s: %s\n", face->command, text_bytes(&text));
    text_free(&text);
    face_below(face, face->invocation->err);
    if (face->invocation->format == FORMAT_JSON) {
        face_json(face);
    }
    return error->code ? (int)error->code : (int)STATUS_ENVIRONMENT;
}

int command_tell_file(const struct invocation *invocation, const char *name, const char *path,
                      const struct text *said)
{
    struct error error = {0};
    struct text bytes = {0}, out = {0};
    bool file = path && strcmp(path, "-") != 0;
    if (file && desk_read_file(path, &bytes, &error) != 0) {
        const char *const arg[4] = {error.arg[0], error.arg[1], error.arg[2], error.arg[3]};
        phrase_said(&out, error.sentence, arg, strcmp(invocation->language, "en") == 0);
    } else {
        text_add(&out, text_bytes(said));
    }
    fprintf(invocation->err, "yuntai%s%s: %s\n", name ? " " : "", name ? name : "",
            text_bytes(&out));
    error_free(&error);
    text_free(&bytes);
    text_free(&out);
    return STATUS_ENVIRONMENT;
}

int face_call(struct face *face, const char *verb)
{
    int status = face_ask(face, verb);
    return status == STATUS_DONE ? status : face_refused(face);
}

/* A question was answered, with nothing: silence would look like a command that did not work. */
static bool is_empty(const struct parcel *reply)
{
    bool empty = reply->pair_count == 0 && reply->table_count > 0;
    for (size_t i = 0; i < reply->table_count; i++) {
        empty = empty && table_rows(reply->tables[i]) == 0;
    }
    return empty;
}

/* What has no way of its own to be printed. */
static void print_plainly(struct face *face)
{
    FILE *out = face->invocation->out;
    if (is_empty(&face->reply)) {
        fprintf(out, "%s\n", _("nothing is there"));
    } else {
        face_print(face);
    }
    if (parcel_yes(&face->request, "preview")) {
        fprintf(out, "%s\n", _("only looked at: nothing was filed"));
    }
}

void face_reply(struct face *face, const struct face_spec *spec)
{
    const struct table *table = spec->table               ? parcel_find(&face->reply, spec->table)
                                : face->reply.table_count ? face->reply.tables[0]
                                                          : NULL;
    switch (face->invocation->format) {
    case FORMAT_TABLE:
        if (spec->print) {
            spec->print(face);
        } else {
            print_plainly(face);
        }
        break;
    case FORMAT_CSV:
        if (table) {
            face_csv(face, table, true);
        }
        break;
    case FORMAT_JSON:
        face_json(face);
        break;
    }
}

int face_run(const struct invocation *invocation, int argc, char **argv,
             const struct face_spec *spec)
{
    struct face face;
    face_begin(&face, invocation, spec->command ? spec->command : argv[0]);
    parcel_put(&face.request, "event", spec->event);
    int status = face_words(&face, argc - 1, argv + 1, spec);
    status = status ? status : face_call(&face, spec->verb);
    if (status == STATUS_DONE) {
        face_reply(&face, spec);
    }
    face_end(&face);
    return status;
}
