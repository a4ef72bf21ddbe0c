/* plain.c: the desk without drawing: a line is asked, its answer is printed, for reading aloud. */
#include "tui/command/plain.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/text.h"

enum { WORDS_MOST = 64 };

/* The digits of the screens, as commands. */
static const struct {
    const char *digit, *line;
} screens[] = {{"1", "status"}, {"2", "list"}, {"9", "verify"}};

/* A line as words; "…" keeps blanks together. WORDS point into COPY, which is overwritten. */
static int split(char *copy, char **words)
{
    int count = 0;
    char *to = copy;
    for (char *at = copy; *at && count < WORDS_MOST;) {
        at += strspn(at, " \t\r\n");
        bool quoted = false;
        if (!*at) {
            break;
        }
        words[count++] = to;
        while (*at && (quoted || !strchr(" \t\r\n", *at))) {
            if (*at == '"') {
                quoted = !quoted;
            } else {
                *to++ = *at;
            }
            at++;
        }
        at += *at != '\0';
        *to++ = '\0';
    }
    words[count] = NULL;
    return count;
}

static void print_commands(FILE *out)
{
    for (const struct command_group *group = command_groups; group->heading; group++) {
        for (int i = 0; group->commands[i]; i++) {
            fprintf(out, "%s: %s\n", group->commands[i]->name, _(group->commands[i]->summary));
        }
    }
    fputs(_("q: leave. NAME --help: how it is used\n"), out);
}

static void run_words(const struct invocation *invocation, int count, char **words)
{
    const struct command *command = command_named(words[0], invocation->err);
    bool help = count > 1 && strcmp(words[1], "--help") == 0;
    if (command && help) {
        fputs(_(command->usage), invocation->out);
    } else if (command) {
        command->run(invocation, count, words);
    }
}

/* False: leave. */
static bool run_line(const struct invocation *invocation, const char *line)
{
    char *words[WORDS_MOST + 1];
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        bool named = strncmp(line, screens[i].digit, 1) == 0 && strcspn(line, "\r\n") == 1;
        line = named ? screens[i].line : line;
    }
    char *copy = strdup(line);
    int count = copy ? split(copy, words) : 0;
    bool leaves = count && (strcmp(words[0], "q") == 0 || strcmp(words[0], "Q") == 0);
    if (count && !leaves && (strcmp(words[0], "?") == 0 || strcmp(words[0], "help") == 0)) {
        print_commands(invocation->out);
    } else if (count && !leaves) {
        run_words(invocation, count, words);
    }
    free(copy);
    return !leaves;
}

int plain_run(const struct invocation *invocation)
{
    char *line = NULL;
    size_t capacity = 0;
    bool goes_on = run_line(invocation, "1");
    while (goes_on) {
        fputs(_("desk> "), invocation->out);
        fflush(invocation->out);
        goes_on = getline(&line, &capacity, invocation->in) > 0 && run_line(invocation, line);
    }
    free(line);
    return STATUS_DONE;
}
