/* inventory.c: yuntai inventory, runs, drifts, projects: what vendors' clouds hold, and what it
 * shows.
 */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int run_inventory(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {
        {"--kind", "kind", OPTION_TEXT},       {"--project", "project", OPTION_TEXT},
        {"--run", "run", OPTION_TEXT},         {"--differs", "differs", OPTION_TEXT},
        {"--history", "history", OPTION_YES},  {"--limit", "limit", OPTION_TEXT},
        {"--after", "after_uid", OPTION_TEXT}, {"--after-kind", "after_kind", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "inventory",
                                          .words = "vendor uid?",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "inventory"};
    static const struct face_option use_options[] = {{"--use", "use", OPTION_SWITCH}};
    static const struct face_spec use = {.verb = "metered",
                                         .words = "vendor uid",
                                         .options = use_options,
                                         .option_count = COUNT(use_options),
                                         .table = "metered"};
    static const struct face_spec vendors = {.verb = "vendors", .table = "vendors"};
    bool used = false;
    for (int i = 1; i < argc; i++) {
        used |= strcmp(argv[i], "--use") == 0;
    }
    return face_run(invocation, argc, argv, argc == 1 ? &vendors : used ? &use : &spec);
}

/* What became of one resource; of what a system has. */
static void print_resource(struct face *face)
{
    static const char *const pairs[][2] = {
        {"name", N_("name")},     {"org", N_("organisation")},
        {"system", N_("system")}, {"project_name", N_("project")},
        {"status", N_("status")}, {"at", N_("as of")}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        const char *value = parcel_get(&face->reply, pairs[i][0]);
        if (value && *value) {
            fprintf(face->invocation->out, "%s  %s\n", _(pairs[i][1]), value);
        }
    }
    if (parcel_yes(&face->reply, "stale")) {
        fprintf(face->invocation->out, "%s\n", _("this inventory is old"));
    }
    static const char *const tables[] = {"measures", "drifts", "holdings", "changes"};
    for (size_t i = 0; i < COUNT(tables); i++) {
        const struct table *table = parcel_find(&face->reply, tables[i]);
        if (table && table_rows(table) > 0) {
            fputs("\n", face->invocation->out);
            face_table(face, table, NULL);
        }
    }
}

static int run_one(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--run", "run", OPTION_TEXT}};
    static const struct face_spec resource = {.command = "inventory of",
                                              .verb = "resource",
                                              .words = "vendor kind uid",
                                              .options = options,
                                              .option_count = COUNT(options),
                                              .table = "changes",
                                              .print = print_resource};
    static const struct face_spec system = {.command = "inventory of",
                                            .verb = "holdings",
                                            .words = "system",
                                            .table = "holdings",
                                            .print = print_resource};
    bool is_system = argc == 2 || (argc > 2 && *argv[2] == '-');
    return face_run(invocation, argc, argv, is_system ? &system : &resource);
}

static int run_any(const struct invocation *invocation, int argc, char **argv)
{
    bool one = argc > 1 && strcmp(argv[1], "of") == 0;
    return one ? run_one(invocation, argc - 1, argv + 1) : run_inventory(invocation, argc, argv);
}

const struct command command_inventory = {
    .name = "inventory",
    .summary = N_("what vendors' clouds hold"),
    .usage = N_(
        "usage: yuntai inventory [VENDOR [ID]] [--kind KIND] [--project PROJECT] [--history]\n"
        "                        [--run N | --differs N] [--limit N] [--after-kind KIND --after ID]\n"
        "       yuntai inventory VENDOR ID --use\n"
        "       yuntai inventory of SYSTEM\n"
        "       yuntai inventory of VENDOR KIND ID [--run N]\n\n"
        "Without words the vendors, and as of when each one's inventory is. Of a VENDOR what its\n"
        "cloud held when it was asked last, or in run N; --differs: what run N brought, changed or\n"
        "ended; --history: every version there was. KIND is server, volume, project, flavor, host\n"
        "or provider; --use: the figures of use of one resource by the month, every version. Of a\n"
        "SYSTEM what is there beside what it was given, and what may not be; of one resource whose\n"
        "it is, and what changed when, seen by which run.\n"),
    .run = run_any,
};

static int run_diff(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--vendor", "vendor", OPTION_TEXT},
                                                 {"--query", "query", OPTION_TEXT},
                                                 {"--limit", "limit", OPTION_OWN}};
    static const struct face_spec spec = {.command = "runs diff",
                                          .words = "run?",
                                          .options = options,
                                          .option_count = COUNT(options)};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    int64_t most = status == STATUS_DONE ? face_count(&face, "limit", "--limit") : 0;
    struct face_paging paging = {.verb = "differences",
                                 .table = "differences",
                                 .pair = "after",
                                 .columns = FACE_DIFFERENCES,
                                 .most = most};
    if (status == STATUS_DONE) {
        status = most < 0 ? STATUS_USAGE : face_pages(&face, &paging);
    }
    face_end(&face);
    return status;
}

static int run_runs(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--vendor", "vendor", OPTION_TEXT},
                                                 {"--before", "before", OPTION_TEXT},
                                                 {"--limit", "limit", OPTION_TEXT}};
    static const struct face_spec list = {
        .verb = "runs", .options = options, .option_count = COUNT(options), .table = "runs"};
    static const struct face_spec apply = {
        .command = "runs apply", .verb = "sync_apply", .words = "run"};
    static const struct face_spec drop = {
        .command = "runs drop", .verb = "sync_undo", .words = "run"};
    static const struct face_spec leave = {
        .command = "runs leave", .verb = "sync_leave", .words = "run kind uid"};
    const struct {
        const char *word;
        const struct face_spec *spec;
    } words[] = {{"apply", &apply}, {"drop", &drop}, {"leave", &leave}};
    const char *word = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i].word, word) == 0) {
            return face_run(invocation, argc - 1, argv + 1, words[i].spec);
        }
    }
    return strcmp(word, "diff") == 0 ? run_diff(invocation, argc - 1, argv + 1)
                                     : face_run(invocation, argc, argv, &list);
}

const struct command command_runs = {
    .name = "runs",
    .summary = N_("the runs of syncs: what each brought, how it ended"),
    .usage =
        N_("usage: yuntai runs [--vendor NAME] [--before N] [--limit N]\n"
           "       yuntai runs diff [N] [--vendor NAME] [--query WORDS] [--limit N]\n"
           "       yuntai runs apply N\n"
           "       yuntai runs drop N\n"
           "       yuntai runs leave N KIND ID\n\n"
           "A run that came whole waits to take effect: diff shows what differs and what the\n"
           "policy will say of it, apply lets it, drop takes it back, leave takes one difference\n"
           "out of it. Without N diff shows the run of the vendor that waits, else the last one;\n"
           "of its WORDS all have to hold: new, changed, gone; server, volume and so on; drifts,\n"
           "agrees, unmapped, harmless; anything else is looked for in names. -WORD: not that.\n"),
    .run = run_runs,
};

static int run_drifts(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.verb = "drifts", .table = "drifts"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_drifts = {
    .name = "drifts",
    .summary = N_("what vendors' inventories show that may not be"),
    .usage =
        N_("usage: yuntai drifts\n\n"
           "Each has a case: yuntai show CASE. It settles when the inventory shows it no more.\n"),
    .run = run_drifts,
};

static int run_projects(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--unmapped", "unmapped", OPTION_YES},
                                                 {"--limit", "limit", OPTION_OWN}};
    static const struct face_spec spec = {
        .verb = "projects", .options = options, .option_count = COUNT(options)};
    struct face_paging paging = {.verb = "projects", .table = "projects", .pair = "after"};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    paging.most = status == STATUS_DONE ? face_count(&face, "limit", "--limit") : 0;
    if (status == STATUS_DONE) {
        status = paging.most < 0 ? STATUS_USAGE : face_pages(&face, &paging);
    }
    face_end(&face);
    return status;
}

const struct command command_projects = {
    .name = "projects",
    .summary = N_("whose the projects of vendors' clouds are"),
    .usage =
        N_("usage: yuntai projects [--unmapped] [--limit N]\n\n"
           "A project is what yuntai mappings says of it by hand, else of the system whose code\n"
           "it goes by, else as the first of yuntai namings says that fits.\n"),
    .run = run_projects,
};
