/* help.c: yuntai help, yuntai --help: every command in a line, or how one is used. */
#include "tui/command/command.h"
#include "tui/text.h"

void help_print(FILE *out)
{
    fputs(_("yuntai 云台: the case desk of a government-cloud bureau\n\n"), out);
    fputs(_("usage: yuntai [OPTION…] COMMAND [ARGUMENT…]\n"), out);
    for (const struct command_group *group = command_groups; group->heading; group++) {
        fprintf(out, "\n%s\n", _(group->heading));
        for (int i = 0; group->commands[i]; i++) {
            const struct command *command = group->commands[i];
            fprintf(out, "  %-10s %s\n", command->name, _(command->summary));
        }
    }
    fputs(
        _("\noptions, before or after the command:\n"
          "  --lang zh|en               language\n"
          "  --format table|csv|json    how results are printed; json: lists an object a line\n"
          "  --plain                    for reading aloud: a line a fact, its name first\n"
          "  --workspace DIR            where the desk keeps its files\n"
          "  --socket PATH              of a server; empty: none, work on the files\n"
          "  --as LOGIN                 as whom; of one's own workspace alone\n"
          "  --today DATE               the day that counts as today\n"
          "  --now DATETIME             the moment that counts as now\n"
          "  --help                     this help, or that of the command\n"
          "  --version                  the version\n"
          "\nexit status: 0 done, 1 refused by a rule, 2 usage, 3 conflict, 4 not found or not allowed,\n"
          "5 the surroundings failed\n"),
        out);
}

static int run_help(const struct invocation *invocation, int argc, char **argv)
{
    const struct command *command = argc == 2 ? command_named(argv[1], invocation->err) : NULL;
    if (argc > 2) {
        fprintf(invocation->err, _("yuntai help: one command at a time\n"));
    } else if (argc < 2) {
        help_print(invocation->out);
    } else if (command) {
        fputs(_(command->usage), invocation->out);
    }
    return argc < 2 || command ? STATUS_DONE : STATUS_USAGE;
}

const struct command command_help = {
    .name = "help",
    .summary = N_("what a command does and how it is written"),
    .usage = N_("usage: yuntai help [COMMAND]\n\nThe same as yuntai COMMAND --help.\n"),
    .run = run_help,
};
