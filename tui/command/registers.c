/* registers.c: yuntai orgs, people, systems …: the registers, all alike. */
#include <string.h>

#include "core/near.h"
#include "tui/command/desk_face.h"
#include "tui/text.h"
#include "tui/thing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct kind_of_register {
    const char *command, *kind; /* as typed; as the desk calls it */
} registers[] = {{"orgs", "org"},          {"people", "person"},    {"systems", "system"},
                 {"catalogue", "product"}, {"prices", "price"},     {"quota", "quota"},
                 {"absences", "absence"},  {"mappings", "project"}, {"namings", "naming"}};

static const char *register_kind(const char *word)
{
    for (size_t i = 0; i < COUNT(registers); i++) {
        if (strcmp(registers[i].command, word) == 0 || strcmp(registers[i].kind, word) == 0) {
            return registers[i].kind;
        }
    }
    return NULL;
}

/* ---- list, show, set ---- */

static int run_list(struct face *face, int argc, char **argv)
{
    static const struct face_option options[] = {{"--on", "on", OPTION_TEXT},
                                                 {"--all", "all", OPTION_YES},
                                                 {"--columns", "columns", OPTION_OWN},
                                                 {"--limit", "limit", OPTION_OWN}};
    static const struct face_spec spec = {
        .words = "query*", .options = options, .option_count = COUNT(options)};
    int status = face_words(face, argc, argv, &spec);
    struct face_paging paging = {
        .verb = "things", .table = "things", .pair = "after", .columns = face_own(face, "columns")};
    paging.most = status ? 0 : face_count(face, "limit", "--limit");
    return status ? status : paging.most < 0 ? STATUS_USAGE : face_pages(face, &paging);
}

/* ---- one entry in words ---- */

static void say_facts(const struct face *face, struct parcel *out)
{
    static const struct column columns[] = {{"fact", CELL_TEXT, N_("what")},
                                            {"value", CELL_TEXT, N_("entry")}};
    const struct table *facts = parcel_find(&face->reply, "facts");
    struct table *table = parcel_table(out, "facts", columns, COUNT(columns));
    for (size_t row = 0; facts && row < table_rows(facts); row++) {
        struct text title = {0}, value = {0};
        const char *fact = table_word(facts, row, "fact");
        thing_title(&title, &face->reply, fact, face->english);
        thing_value(&value, &face->reply, fact, table_word(facts, row, "value"), face->english);
        table_text(table, text_bytes(&title));
        table_text(table, text_bytes(&value));
        text_free(&title);
        text_free(&value);
    }
}

static void say_history(const struct face *face, struct parcel *out)
{
    static const struct column columns[] = {{"n", CELL_NUMBER, N_("act")},
                                            {"done", CELL_TEXT, N_("event")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"effective", CELL_MOMENT, N_("took effect")},
                                            {"recorded", CELL_MOMENT, N_("recorded")},
                                            {"changes", CELL_TEXT, N_("changes")},
                                            {"why", CELL_TEXT, N_("reason")}};
    static const char *const as_they_are[] = {"who", "effective", "recorded"};
    const struct table *history = parcel_find(&face->reply, "history");
    struct table *table = parcel_table(out, "history", columns, COUNT(columns));
    for (size_t row = 0; history && row < table_rows(history); row++) {
        struct text changes = {0};
        thing_changes(&changes, &face->reply, table_word(history, row, "changes"), face->english);
        table_text(table, table_word(history, row, "n"));
        table_text(table, thing_done(table_word(history, row, "event")));
        for (size_t i = 0; i < COUNT(as_they_are); i++) {
            table_text(table, table_cell(history, row, as_they_are[i]));
        }
        table_text(table, text_bytes(&changes));
        table_text(table, thing_done(table_word(history, row, "reason")));
        text_free(&changes);
    }
}

static void print_thing(struct face *face)
{
    struct parcel said = {0};
    for (size_t i = 0; i < face->reply.pair_count; i++) {
        const struct pair *pair = &face->reply.pairs[i];
        parcel_put_n(&said, pair->name, pair->value, pair->length);
    }
    say_facts(face, &said);
    say_history(face, &said);
    parcel_free(&face->reply);
    face->reply = said;
    face_print(face);
}

static int run_show(struct face *face, int argc, char **argv)
{
    static const struct face_spec spec = {.words = "code", .table = "facts", .print = print_thing};
    int status = face_words(face, argc, argv, &spec);
    status = status ? status : face_call(face, "thing");
    if (status == STATUS_DONE) {
        face_reply(face, &spec);
    }
    return status;
}

static int run_set(struct face *face, int argc, char **argv)
{
    static const struct face_option options[] = {{"--rev", "rev", OPTION_TEXT},
                                                 {"--date", "date", OPTION_TEXT},
                                                 {"--reason", "reason", OPTION_TEXT},
                                                 {"--preview", "preview", OPTION_YES}};
    static const struct face_spec spec = {
        .words = "code", .assign = "fact.", .options = options, .option_count = COUNT(options)};
    int status = face_words(face, argc, argv, &spec);
    status = status ? status : face_call(face, "put");
    if (status == STATUS_DONE && face->invocation->format != FORMAT_TABLE) {
        face_json(face);
    } else if (status == STATUS_DONE) {
        face_print(face);
    }
    return status;
}

static int run_fields(struct face *face, int argc, char **argv)
{
    static const struct face_spec spec = {.table = "columns"};
    int status = face_words(face, argc, argv, &spec);
    status = status ? status : face_call(face, "columns");
    if (status == STATUS_DONE) {
        face_reply(face, &spec);
    }
    return status;
}

static const struct {
    const char *name;
    int (*run)(struct face *face, int argc, char **argv);
} words[] = {{"list", run_list}, {"show", run_show}, {"set", run_set}, {"fields", run_fields}};

static int no_word(const struct face *face, const char *word)
{
    struct near_word nearest = near_begin(word, strlen(word));
    for (size_t i = 0; i < COUNT(words); i++) {
        near_offer(&nearest, words[i].name);
    }
    fprintf(face->invocation->err,
            nearest.best ? _("yuntai %s: there is no “%s”; did you mean %s?\n")
                         : _("yuntai %s: there is no “%s”; write list, show, set or fields\n"),
            face->command, word, nearest.best);
    return STATUS_USAGE;
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    struct face face;
    bool said = argc > 1 && argv[1][0] != '-'; /* else the list is meant */
    const char *word = said ? argv[1] : "list";
    int count = argc - (said ? 2 : 1), status = -1;
    face_begin(&face, invocation, argv[0]);
    parcel_put(&face.request, "kind", register_kind(argv[0]));
    for (size_t i = 0; i < COUNT(words) && status < 0; i++) {
        if (strcmp(words[i].name, word) == 0) {
            status = words[i].run(&face, count, argv + argc - count);
        }
    }
    status = status < 0 ? no_word(&face, word) : status;
    face_end(&face);
    return status;
}

/* ---- the commands ---- */

#define USAGE                                                                                       \
    N_("usage: yuntai REGISTER [list [QUERY…] [--on DATE] [--all] [--columns A,B] [--limit N]]\n" \
       "       yuntai REGISTER show CODE\n"                                                         \
       "       yuntai REGISTER set CODE NAME=VALUE… [--date DATE] [--reason TEXT] [--rev N]\n"    \
       "                       [--preview]\n"                                                       \
       "       yuntai REGISTER fields\n\n"                                                          \
       "REGISTER is orgs, people, systems, catalogue, prices, quota or absences. A CODE that is\n"  \
       "not there yet is entered; fields lists the NAMEs; NAME= without a value takes the value\n"  \
       "away. Nothing is lost: show has the history.\n\n"                                           \
       "  --on DATE    as of that day\n"                                                            \
       "  --all        also what has ended or has not begun\n")

const struct command command_orgs = {"orgs", N_("organisations"), USAGE, run};
const struct command command_people = {"people", N_("persons, logins and roles"), USAGE, run};
const struct command command_systems = {"systems", N_("information systems"), USAGE, run};
const struct command command_catalogue = {"catalogue", N_("what can be ordered"), USAGE, run};
const struct command command_prices = {"prices", N_("prices from day to day"), USAGE, run};
const struct command command_quota = {"quota", N_("what organisations may use"), USAGE, run};
const struct command command_absences = {"absences", N_("who is away, and who stands in"), USAGE,
                                         run};

const struct command command_mappings = {
    "mappings", N_("projects of vendors' clouds that were given to systems by hand"), USAGE, run};
const struct command command_namings = {
    "namings", N_("rules by which names of projects tell their systems"), USAGE, run};

/* ---- export ---- */

/* All a person sees, as CSV unless JSON is asked for. */
static int run_export(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--columns", "columns", OPTION_OWN},
                                                 {"--on", "on", OPTION_TEXT}};
    static const struct face_spec spec = {
        .words = "query*", .options = options, .option_count = COUNT(options)};
    struct invocation plain = *invocation;
    struct face face;
    plain.format = invocation->format == FORMAT_JSON ? FORMAT_JSON : FORMAT_CSV;
    face_begin(&face, &plain, argv[0]);
    const char *word = argc > 1 ? argv[1] : "", *kind = register_kind(word);
    bool cases = strcmp(word, "cases") == 0;
    int status = cases || kind ? STATUS_DONE
                               : face_wrong(&face, STATUS_USAGE,
                                            N_("what is to be exported? write cases, orgs, people, "
                                               "systems, catalogue, prices, quota or absences"),
                                            NULL);
    parcel_put(&face.request, cases ? "closed" : "kind", cases ? "yes" : kind);
    parcel_put(&face.request, "all", cases ? NULL : "yes");
    status = status ? status : face_words(&face, argc - 2, argv + 2, &spec);
    struct face_paging paging = {.verb = cases ? "list" : "things",
                                 .table = cases ? "cases" : "things",
                                 .pair = "after",
                                 .columns = face_own(&face, "columns")};
    status = status ? status : face_pages(&face, &paging);
    face_end(&face);
    return status;
}

const struct command command_export = {
    .name = "export",
    .summary = N_("everything one may see, as CSV"),
    .usage = N_("usage: yuntai export cases|REGISTER [QUERY…] [--columns A,B] [--on DATE]\n\n"
                "Closed cases too. --format json: an object a line.\n"),
    .run = run_export,
};
