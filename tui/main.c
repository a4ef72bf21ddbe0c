/* main.c: yuntai COMMAND: global options, the language, and which command. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/desk.h"
#include "tui/command/command.h"
#include "tui/text.h"

/* The global options as given; everything else is moved up to the command. */
struct options {
    const char *language, *format, *today, *now;
    const char *workspace, *socket, *as;
    bool help, version, plain;
    const char *wrong; /* an option without its value */
};

/* --NAME VALUE or --NAME=VALUE at ARGV[*AT]: takes it. */
static bool take_value(int argc, char **argv, int *at, const char *name, const char **value,
                       struct options *options)
{
    size_t length = strlen(name);
    if (strncmp(argv[*at], name, length) != 0) {
        return false;
    }
    if (argv[*at][length] == '=') {
        *value = argv[*at] + length + 1;
        return true;
    }
    if (argv[*at][length] != '\0') {
        return false;
    }
    if (*at + 1 >= argc) {
        options->wrong = name;
        return true;
    }
    *value = argv[++*at];
    return true;
}

static bool take_global(int argc, char **argv, int *at, struct options *options)
{
    const struct {
        const char *name, **value;
    } known[] = {{"--lang", &options->language},
                 {"--format", &options->format},
                 {"--today", &options->today},
                 {"--now", &options->now},
                 {"--workspace", &options->workspace},
                 {"--socket", &options->socket},
                 {"--as", &options->as}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (take_value(argc, argv, at, known[i].name, known[i].value, options)) {
            return true;
        }
    }
    return false;
}

static int take_options(int argc, char **argv, struct options *options)
{
    int kept = 1;
    bool over = false; /* after -- */
    for (int i = 1; i < argc; i++) {
        if (!over && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            options->help = true;
        } else if (!over && strcmp(argv[i], "--version") == 0) {
            options->version = true;
        } else if (!over && strcmp(argv[i], "--plain") == 0) {
            options->plain = true;
        } else if (over || !take_global(argc, argv, &i, options)) {
            over |= strcmp(argv[i], "--") == 0;
            argv[kept++] = argv[i];
        }
    }
    return kept;
}

/* What is wrong with the options; false where nothing is. */
static bool wrong_options(const struct options *options, struct invocation *invocation)
{
    static const char *const formats[] = {"table", "csv", "json"};
    if (options->wrong) {
        fprintf(stderr, _("yuntai: %s needs a value behind it\n"), options->wrong);
        return true;
    }
    if (options->language && strcmp(options->language, "zh") != 0 &&
        strcmp(options->language, "en") != 0) {
        fprintf(stderr, _("yuntai: --lang “%s”: there is no such language; write zh or en\n"),
                options->language);
        return true;
    }
    if (options->today && !day_parse(options->today, strlen(options->today), &invocation->today)) {
        fprintf(stderr, _("yuntai: --today “%s” is no date; write it as 2019-09-27\n"),
                options->today);
        return true;
    }
    if (options->now && !moment_parse(options->now, strlen(options->now), &invocation->now)) {
        fprintf(stderr, _("yuntai: --now “%s” is no moment; write it as 2019-09-27T14:00\n"),
                options->now);
        return true;
    }
    for (int i = 0; options->format && i < 3; i++) {
        if (strcmp(options->format, formats[i]) == 0) {
            invocation->format = (enum format)i;
            return false;
        }
    }
    if (options->format) {
        fprintf(stderr,
                _("yuntai: --format “%s”: there is no such format; write table, csv or json\n"),
                options->format);
    }
    return options->format != NULL;
}

static bool known_language(const char *language)
{
    return language && (strcmp(language, "zh") == 0 || strcmp(language, "en") == 0);
}

static int run(int argc, char **argv, const struct options *options, struct invocation *invocation)
{
    if (wrong_options(options, invocation)) {
        return STATUS_USAGE;
    }
    if (options->version) {
        printf("yuntai %s\n", YUNTAI_VERSION);
        return STATUS_DONE;
    }
    if (argc < 2 && options->help) {
        help_print(stdout);
        return STATUS_DONE;
    }
    if (argc < 2) {
        char name[] = "console", *alone[] = {name, NULL};
        return command_console.run(invocation, 1, alone);
    }
    const struct command *command = command_named(argv[1], stderr);
    if (!command) {
        return STATUS_USAGE;
    }
    if (options->help) {
        fputs(_(command->usage), stdout);
        return STATUS_DONE;
    }
    return command->run(invocation, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    int done;
    if (desk_child(argc, argv, &done)) {
        return done;
    }
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is told like a full disk */
    argc = take_options(argc, argv, &options);
    struct invocation invocation = {.today = DAY_NONE,
                                    .now = MOMENT_NONE,
                                    .workspace = options.workspace,
                                    .socket = options.socket,
                                    .as = options.as,
                                    .plain = options.plain,
                                    .out = stdout,
                                    .err = stderr,
                                    .in = stdin};
    bool said = known_language(options.language);
    invocation.language = text_language(said ? options.language : desk_language(options.workspace));
    int status = run(argc, argv, &options, &invocation);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (errno != EPIPE) { /* who reads no further knows that */
            fputs(_("yuntai: what was to be printed could not be written\n"), stderr);
        }
        return STATUS_ENVIRONMENT;
    }
    return status;
}
