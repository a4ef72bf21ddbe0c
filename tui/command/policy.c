/* policy.c: yuntai policy: read, check and compare measures. */
#include "tui/command/policy.h"

#include <string.h>

#include "tui/output.h"
#include "tui/text.h"

static const struct subcommand {
    const char *name;
    int (*run)(const struct invocation *, int, char **);
} subcommands[] = {
    {"check", policy_check}, {"show", policy_show}, {"graph", policy_graph},
    {"diff", policy_diff},   {"keys", policy_keys},
};

bool policy_is_file(const char *argument)
{
    size_t length = strlen(argument);
    bool ini = length > 4 && strcmp(argument + length - 4, ".ini") == 0;
    return ini || strchr(argument, '/') || strcmp(argument, "-") == 0;
}

const char *policy_title(const struct invocation *invocation, const struct title *title)
{
    return strcmp(invocation->language, "en") == 0 ? title->en : title->zh;
}

void policy_finding(const struct invocation *invocation, const char *path,
                    const struct finding *finding, struct text *out)
{
    text_addf(out, "%s:%d:%d", path, (int)finding->place.line, (int)finding->place.column);
    if (finding->thing[0]) {
        text_addf(out, " %s", finding->thing);
    }
    if (finding->key[0]) {
        text_addf(out, " %s", finding->key);
    }
    text_add(out, ": ");
    message_write(out, &finding->message, invocation->language);
    if (finding->answers[0]) {
        text_addf(out, _(" [under %s]"), finding->answers);
    }
}

static void print_findings(const struct invocation *invocation, const char *path,
                           const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        struct text line = {0};
        policy_finding(invocation, path, findings_at(findings, i), &line);
        fprintf(invocation->err, "%s\n", text_bytes(&line));
        text_free(&line);
    }
}

int policy_load(const struct invocation *invocation, const char *path, struct draft **draft,
                struct policy **policy)
{
    struct text error = {0};
    struct findings *findings = findings_new();
    int status = STATUS_ENVIRONMENT;
    *draft = NULL;
    *policy = NULL;
    if (findings && desk_draft(path, draft, findings, &error) == 0) {
        *policy = findings_count(findings) ? NULL : policy_compile(*draft, NULL, 0, findings);
        print_findings(invocation, path ? path : _("the policy delivered"), findings);
        status = *policy                    ? STATUS_DONE
                 : findings_count(findings) ? STATUS_REFUSED
                                            : STATUS_ENVIRONMENT;
    } else {
        status = command_tell_file(invocation, "policy", path, &error);
    }
    if (status != STATUS_DONE) {
        draft_free(*draft);
        *draft = NULL;
    }
    findings_free(findings);
    text_free(&error);
    return status;
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    int status;
    if (policy_desk(invocation, argc - 1, argv + 1, &status)) {
        return status;
    }
    for (size_t i = 0; argc > 1 && i < sizeof subcommands / sizeof *subcommands; i++) {
        if (strcmp(argv[1], subcommands[i].name) == 0) {
            for (int k = 2; k < argc; k++) {
                bool dot = subcommands[i].run == policy_graph && strcmp(argv[k], "--dot") == 0;
                if (argv[k][0] == '-' && argv[k][1] != '\0' && !(dot && k == argc - 1)) {
                    fprintf(invocation->err,
                            _("yuntai policy: “%s” is no option here; see yuntai policy --help\n"),
                            argv[k]);
                    return STATUS_USAGE;
                }
            }
            return subcommands[i].run(invocation, argc - 2, argv + 2);
        }
    }
    if (argc > 1) {
        fprintf(
            invocation->err,
            _("yuntai policy: there is no “%s”; write check, show, graph, diff, keys, list, adopt or answer\n"),
            argv[1]);
    } else {
        fputs(
            _("yuntai policy: what is to be done? write check, show, graph, diff, keys, list, adopt or answer\n"),
            invocation->err);
    }
    return STATUS_USAGE;
}

const struct command command_policy = {
    .name = "policy",
    .summary = N_("check, show and compare the measures"),
    .usage = N_(
        "usage: yuntai policy check FILE…               every error at once, with its place and cure\n"
        "       yuntai policy show [NAME…] [FILE]       an article and what came of it; a thing with its keys\n"
        "       yuntai policy graph PROCEDURE [FILE] [--dot]\n"
        "                                               states and what leads from one to another;\n"
        "                                               with --dot for Graphviz\n"
        "       yuntai policy diff OLD NEW              what differs in meaning; 1 where something does\n"
        "       yuntai policy keys [KIND]               the policy language\n"
        "       yuntai policy list                      policies of the workspace, open questions\n"
        "       yuntai policy adopt FILE [--answers \"QUESTION OPTION\"…] [--effective DATE] [--move]\n"
        "                           [--ground TEXT] [--preview]\n"
        "       yuntai policy answer QUESTION OPTION --ground TEXT [--preview]\n"
        "\nWithout FILE the policy delivered with the program is meant; - is standard input.\n"
        "adopt: new cases follow it from then on, or from the day that it is in force if that is later;\n"
        "--effective puts it off further. With --move open cases follow it too. It prints the clocks that\n"
        "move.\n"),
    .run = run,
};
