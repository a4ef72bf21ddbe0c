/* look.c: yuntai list, show, offer, whatif: what there is and what can be done. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"
#include "tui/width.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { COLUMNS = 1 << 20 }; /* of a line where it is no terminal */

/* ---- list ---- */

/* --sort NAME is the word sort:NAME of the query; OUT keeps it while ARGV is in use. */
static int sort_as_word(int argc, char **argv, struct text *out)
{
    static const char option[] = "--sort";
    size_t length = strlen(option);
    int kept = 0, slot = -1;
    for (int i = 0; i < argc; i++) {
        bool named = strncmp(argv[i], option, length) == 0;
        bool joined = named && argv[i][length] == '=';
        if (joined || (named && argv[i][length] == '\0' && i + 1 < argc)) {
            text_clear(out); /* the last one holds */
            text_addf(out, "sort:%s", joined ? argv[i] + length + 1 : argv[i + 1]);
            i += !joined;
            slot = slot < 0 ? kept++ : slot;
        } else {
            argv[kept++] = argv[i];
        }
    }
    if (slot >= 0) {
        argv[slot] = out->bytes;
    }
    return kept;
}

/* The query again, and a mark under the column at fault. */
static void point_at(struct face *face)
{
    const char *query = parcel_get(&face->request, "query");
    int64_t column = parcel_int(&face->reply, "column", 0);
    struct text before = {0};
    if (!query || column < 1) {
        return;
    }
    const char *at = query;
    for (int64_t i = 1; i < column && *at; i++) {
        do {
            at++;
        } while (((unsigned char)*at & 0xc0) == 0x80);
    }
    text_add_n(&before, query, (size_t)(at - query));
    fprintf(face->invocation->err, "  %s\n  %*s^\n", query, width_of(text_bytes(&before)), "");
    text_free(&before);
}

static int print_list(struct face *face, const struct face_paging *paging)
{
    bool clocks = strcmp(paging->table, "clocks") == 0;
    face->html = face_own(face, "html") != NULL && face->invocation->format == FORMAT_TABLE;
    if (!face->html) {
        return face_pages(face, paging);
    }
    face_html_begin(face, clocks ? _("clocks that run") : _("cases"),
                    parcel_get(&face->request, "query"));
    int status = face_pages(face, paging);
    face_html_end(face);
    return status;
}

static void print_facets(struct face *face)
{
    face_print_table(face, "facets");
}

/* The values of a field with how many have each, instead of the cases. */
static int list_facets(struct face *face)
{
    static const struct face_spec spec = {.table = "facets", .print = print_facets};
    parcel_put(&face->request, "limit", "1");
    parcel_put(&face->request, "count", "no");
    int status = face_call(face, "list");
    if (status == STATUS_DONE) {
        face_reply(face, &spec);
    }
    return status;
}

/* COLUMNS, and behind the first two of them what is told besides. */
static void usual_columns(const struct face *face, const char *columns, struct text *out)
{
    const char *rest = strchr(columns, ',');
    rest = rest ? strchr(rest + 1, ',') : NULL;
    text_add_n(out, columns, rest ? (size_t)(rest - columns) : strlen(columns));
    const char *at = parcel_get(&face->request, "entries");
    for (at = at ? at : ""; *at;) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        text_add(out, length ? ",entry." : "");
        text_add_n(out, at, length);
        text_add(out, length ? "_title" : "");
        at += length;
    }
    text_add(out, parcel_get(&face->request, "acts") ? ",act_title,act_at" : "");
    text_add(out, parcel_get(&face->request, "run") ? ",run_since,run_least,run_due" : "");
    text_add(out, rest ? rest : "");
}

static int run_list(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {
        {"--sort", "sort", OPTION_TEXT},    {"--columns", "columns", OPTION_OWN},
        {"--limit", "limit", OPTION_OWN},   {"--facets", "facets", OPTION_TEXT},
        {"--clocks", "clocks", OPTION_YES}, {"--html", "html", OPTION_SWITCH},
        {"--all", "closed", OPTION_YES},    {"--entries", "entries", OPTION_TEXT},
        {"--acts", "acts", OPTION_TEXT},    {"--run", "run", OPTION_TEXT},
        {"--by", "by", OPTION_TEXT}};
    static const struct face_spec spec = {
        .words = "query*", .options = options, .option_count = COUNT(options)};
    struct text sort = {0};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    argc = sort_as_word(argc - 1, argv + 1, &sort);
    int status = sort.failed ? STATUS_ENVIRONMENT : face_words(&face, argc, argv + 1, &spec);
    bool clocks = parcel_yes(&face.request, "clocks");
    struct face_paging paging = {.verb = "list",
                                 .table = clocks ? "clocks" : "cases",
                                 .pair = "after",
                                 .columns = face_own(&face, "columns")};
    struct text columns = {0};
    if (!paging.columns && invocation->format == FORMAT_TABLE) {
        usual_columns(&face, clocks ? FACE_CLOCKS : FACE_CASES, &columns);
        paging.columns = text_bytes(&columns);
    }
    if (status == STATUS_DONE && parcel_get(&face.request, "facets")) {
        status = list_facets(&face);
    } else if (status == STATUS_DONE) {
        paging.most = face_count(&face, "limit", "--limit");
        status = paging.most < 0 ? STATUS_USAGE : print_list(&face, &paging);
    }
    point_at(&face);
    face_end(&face);
    text_free(&sort);
    text_free(&columns);
    return status;
}

const struct command command_list = {
    .name = "list",
    .summary = N_("list cases, the most urgent first"),
    .usage =
        N_("usage: yuntai list [QUERY…] [OPTION…]\n\n"
           "QUERY, for example  due<=3wd  state:review,sign  org:…  card:red  -paused  mine\n"
           "late  text; all terms must hold. Names are also known in Chinese. Quote it for the\n"
           "shell: 'due<=3wd card:red'; words that stand together: '\"two words\"'.\n\n"
           "  --sort NAME      another order; -NAME: downwards\n"
           "  --columns A,B    these columns, in this order\n"
           "  --limit N        so many rows; else all, page by page\n"
           "  --all            closed cases too\n"
           "  --clocks         each clock that runs, by its last day, instead of cases\n"
           "  --facets FIELD   how many have which value: card, handler, state, org, county,\n"
           "                   vendor, system, clock, with, procedure\n"
           "  --entries A,B    what was entered in these fields, as columns\n"
           "  --acts A,B       which of these acts was done last, and when\n"
           "  --run CLOCK      since when that time runs or ran, its first and last day\n"
           "  --by NAME        in the order of that entry's choices; by run: of last days;\n"
           "                   at most 1000 rows\n"
           "  --html           as a page to be printed\n"
           "\nWith --format json each row is a line of its own.\n"),
    .run = run_list,
};

/* ---- show ---- */

static void print_stages(struct face *face)
{
    const struct table *table = parcel_find(&face->reply, "stages");
    struct text out = {0};
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *here = table_cell(table, row, "here");
        bool is_here = here && strcmp(here, "yes") == 0;
        text_addf(&out, "%s%s", row ? " · " : "  ", is_here ? "[" : "");
        face_both(face, &out, table_cell(table, row, "title"));
        text_add(&out, is_here ? "]" : "");
    }
    if (out.length) {
        text_add(&out, "\n");
        face_put(face, &out);
    }
    text_free(&out);
}

/* "organisation …  system …", as many on a line as fit. */
static void print_who(struct face *face)
{
    static const struct {
        const char *pair, *word;
    } who[] = {{"procedure_title", N_("procedure")},
               {"org", N_("organisation")},
               {"county", N_("county")},
               {"vendor", N_("vendor")},
               {"system", N_("system")},
               {"owner", N_("owner")},
               {"opened", N_("opened on")},
               {"policy", N_("policy")}};
    struct text out = {0}, part = {0};
    int at = 0, most = face->columns ? face->columns : COLUMNS;
    for (size_t i = 0; i < COUNT(who); i++) {
        const char *value = parcel_get(&face->reply, who[i].pair);
        if (!value || !*value) {
            continue;
        }
        text_clear(&part);
        text_addf(&part, "  %s ", _(who[i].word));
        face_both(face, &part, value);
        int columns = width_of(text_bytes(&part));
        bool fits = at == 0 || at + columns <= most;
        text_addf(&out, "%s%s", fits ? "" : "\n", text_bytes(&part));
        at = fits ? at + columns : columns;
    }
    text_add(&out, "\n");
    face_put(face, &out);
    text_free(&out);
    text_free(&part);
}

/* ", for …", "keyed for …", "corrects 3": what else there is to an act. */
static void add_beside(struct face *face, const struct table *acts, size_t row, struct text *out)
{
    static const struct {
        const char *column, *word;
    } beside[] = {{"deputy_of", N_("for")},
                  {"party", N_("on behalf of")},
                  {"paper_no", N_("paper")},
                  {"corrects", N_("corrects")}};
    const char *recorded = table_cell(acts, row, "recorded");
    const char *effective = table_cell(acts, row, "effective");
    for (size_t i = 0; i < COUNT(beside); i++) {
        const char *cell = table_cell(acts, row, beside[i].column);
        if (cell && *cell) {
            text_addf(out, "  %s %s", _(beside[i].word), cell);
        }
    }
    if (recorded && effective && strcmp(recorded, effective) > 0) {
        text_addf(out, "  %s ", _("recorded"));
        face_cell(face, out, CELL_MOMENT, recorded);
    }
    const char *struck = table_cell(acts, row, "struck");
    text_addf(out, struck && strcmp(struck, "yes") == 0 ? "  %s" : "%s",
              struck && strcmp(struck, "yes") == 0 ? _("struck out") : "");
}

static void add_act(struct face *face, const struct table *acts, size_t row, int titles,
                    struct text *out)
{
    enum { WHEN = 16, INDENT = 8 };
    struct text cell = {0};
    const char *n = table_cell(acts, row, "n"), *who = table_cell(acts, row, "who");
    for (int width = width_of(n); width < 4; width++) {
        text_add(out, " ");
    }
    text_addf(out, "%s  ", n);
    face_cell(face, &cell, CELL_MOMENT, table_cell(acts, row, "effective"));
    width_pad(out, text_bytes(&cell), WHEN + 2);
    text_clear(&cell);
    face_both(face, &cell, table_cell(acts, row, "title"));
    width_pad(out, text_bytes(&cell), titles + 2);
    text_addf(out, "%s  ", who ? who : _("the desk"));
    face_both(face, out, table_cell(acts, row, "role_title"));
    add_beside(face, acts, row, out);
    text_add(out, "\n");
    const char *words = table_cell(acts, row, "text");
    if (words && *words) {
        text_add(out, "        ");
        width_wrap(out, words, INDENT, INDENT, face->columns ? face->columns : COLUMNS);
        text_add(out, "\n");
    }
    text_free(&cell);
}

/* What was done, a line each, what was written below it. */
static void print_acts(struct face *face)
{
    const struct table *acts = parcel_find(&face->reply, "acts");
    struct text out = {0}, cell = {0};
    int titles = 0;
    for (size_t row = 0; acts && row < table_rows(acts); row++) {
        text_clear(&cell);
        face_both(face, &cell, table_cell(acts, row, "title"));
        int columns = width_of(text_bytes(&cell));
        titles = columns > titles ? columns : titles;
    }
    text_addf(&out, "\n%s\n", _("acts"));
    for (size_t row = 0; acts && row < table_rows(acts); row++) {
        add_act(face, acts, row, titles, &out);
    }
    face_put(face, &out);
    text_free(&out);
    text_free(&cell);
}

static void print_show(struct face *face)
{
    static const char *const before[] = {"entries", "items"};
    static const char *const behind[] = {"documents", "links", "parties"};
    face_case_head(face);
    print_who(face);
    print_stages(face);
    face_clocks(face, parcel_find(&face->reply, "clocks"));
    face_marks(face);
    for (size_t i = 0; i < COUNT(before); i++) {
        face_print_table(face, before[i]);
    }
    print_acts(face);
    for (size_t i = 0; i < COUNT(behind); i++) {
        face_print_table(face, behind[i]);
    }
    face_offers(face, false);
}

static int run_show(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .verb = "show", .words = "case", .table = "acts", .print = print_show};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_show = {
    .name = "show",
    .summary = N_("a case: entries, clocks, acts, documents, what can be done"),
    .usage = N_("usage: yuntai show CASE\n\n"
                "CASE is a number as printed (入云〔2026〕12号), or PROCEDURE-YEAR-SEQUENCE\n"
                "(access-2026-12).\n"),
    .run = run_show,
};

/* ---- offer ---- */

static void print_offers(struct face *face)
{
    face_case_head(face);
    face_offers(face, true);
}

static void print_form(struct face *face)
{
    face_case_head(face);
    face_print_table(face, "fields");
    face_print_table(face, "capacities");
}

static void print_application(struct face *face)
{
    face_print_table(face, "fields");
}

static int run_offer(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--for", "for", OPTION_TEXT}};
    static const struct face_spec offers = {.verb = "offer",
                                            .words = "case event?",
                                            .options = options,
                                            .option_count = 1,
                                            .table = "offers",
                                            .print = print_offers};
    static const struct face_spec form = {.verb = "form",
                                          .words = "case event?",
                                          .options = options,
                                          .option_count = 1,
                                          .table = "fields",
                                          .print = print_form};
    static const struct face_spec application = {
        .verb = "form", .words = "procedure", .table = "fields", .print = print_application};
    if (argc == 3 && strcmp(argv[1], "open") == 0) {
        return face_run(invocation, argc - 1, argv + 1, &application);
    }
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &offers);
    bool event = parcel_get(&face.request, "event") != NULL;
    status = status ? status : face_call(&face, event ? "form" : "offer");
    if (status == STATUS_DONE) {
        face_reply(&face, event ? &form : &offers);
    }
    face_end(&face);
    return status;
}

const struct command command_offer = {
    .name = "offer",
    .summary = N_("what can be done in a case, and the form for it"),
    .usage =
        N_("usage: yuntai offer CASE             what can be done, what cannot and why not\n"
           "       yuntai offer CASE EVENT       the fields of its form: type, range, choices\n"
           "       yuntai offer open PROCEDURE   the fields of the application\n\n"
           "  --for ORG    as that organisation sees it\n"),
    .run = run_offer,
};

/* ---- what if ---- */

static void print_whatif(struct face *face)
{
    const char *latest = parcel_get(&face->reply, "latest");
    const char *clock = parcel_get(&face->reply, "latest_title");
    face_case_head(face);
    face_clocks(face, parcel_find(&face->reply, "clocks"));
    if (latest) {
        struct text line = {0}, day = {0};
        face_cell(face, &day, CELL_MOMENT, latest);
        const char *const arg[4] = {text_bytes(&day), clock};
        text_add(&line, "  ");
        face_sentence(face, &line, N_("at the latest on %1, because of the clock %2"), arg);
        text_add(&line, "\n");
        face_put(face, &line);
        text_free(&line);
        text_free(&day);
    }
}

static int run_whatif(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--role", "role", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "whatif",
                                          .words = "case event date?",
                                          .assign = "entry.",
                                          .options = options,
                                          .option_count = 1,
                                          .table = "clocks",
                                          .print = print_whatif};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_whatif = {
    .name = "whatif",
    .summary = N_("state and clocks if something were done on a day"),
    .usage = N_("usage: yuntai whatif CASE EVENT [DATE] [FIELD=VALUE…] [--role ROLE]\n\n"
                "Nothing is filed.\n"),
    .run = run_whatif,
};

/* ---- complete ---- */

static void print_words(struct face *face)
{
    const struct table *table = parcel_find(&face->reply, "words");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        fprintf(face->invocation->out, "%s\n", table_at(table, row, 0));
    }
}

static int run_complete(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--column", "column", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "complete",
                                          .words = "query*",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .print = print_words};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_complete = {
    .name = "complete",
    .summary = N_("what may stand at the end of a query"),
    .usage = N_("usage: yuntai complete [QUERY…] [--column N]\n\n"
                "A word a line, for shells: names of fields, or values of the one at hand.\n"
                "--column: at that place, in characters from 1, else at the end.\n"),
    .run = run_complete,
};
