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
    static const struct face_spec vendors = {.verb = "vendors", .table = "vendors"};
    bool all = argc == 1;
    return face_run(invocation, argc, argv, all ? &vendors : &spec);
}

const struct command command_inventory = {
    .name = "inventory",
    .summary = N_("what vendors' clouds hold"),
    .usage = N_(
        "usage: yuntai inventory [VENDOR [ID]] [--kind KIND] [--project PROJECT] [--history]\n"
        "                        [--run N | --differs N] [--limit N] [--after-kind KIND --after ID]\n"
        "\n"
        "Without words the vendors, and as of when each one's inventory is. Of a VENDOR what its\n"
        "cloud held when it was asked last, or in run N; --differs: what run N brought, changed or\n"
        "ended; --history: every version there was. KIND is server, volume, project, flavor, host\n"
        "or provider.\n"),
    .run = run_inventory,
};

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
    const char *word = argc > 1 ? argv[1] : "";
    bool applies = strcmp(word, "apply") == 0, drops = strcmp(word, "drop") == 0;
    return applies || drops ? face_run(invocation, argc - 1, argv + 1, applies ? &apply : &drop)
                            : face_run(invocation, argc, argv, &list);
}

const struct command command_runs = {
    .name = "runs",
    .summary = N_("the runs of syncs: what each brought, how it ended"),
    .usage = N_("usage: yuntai runs [--vendor NAME] [--before N] [--limit N]\n"
                "       yuntai runs apply N\n"
                "       yuntai runs drop N\n\n"
                "A run that came whole waits to take effect; apply lets it, drop takes it back.\n"),
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
    static const struct face_option options[] = {{"--unmapped", "unmapped", OPTION_YES}};
    static const struct face_spec spec = {.verb = "projects",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "projects"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_projects = {
    .name = "projects",
    .summary = N_("whose the projects of vendors' clouds are"),
    .usage =
        N_("usage: yuntai projects [--unmapped]\n\n"
           "A project is what yuntai mappings says of it by hand, else of the system whose code\n"
           "it goes by, else as the first of yuntai namings says that fits.\n"),
    .run = run_projects,
};
