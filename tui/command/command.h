/*
 * command.h: what a command is. Each has a file of its own here and a row in the table of main.c.
 */
#ifndef YUNTAI_TUI_COMMAND_H
#define YUNTAI_TUI_COMMAND_H

#include <stdint.h>
#include <stdio.h>

enum status {
    STATUS_DONE,
    STATUS_REFUSED, /* by a rule */
    STATUS_USAGE,
    STATUS_CONFLICT,
    STATUS_NOT_FOUND,  /* or not allowed */
    STATUS_ENVIRONMENT /* a file, memory, the terminal */
};
enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

/* What holds for every command. */
struct invocation {
    const char *language; /* "zh" or "en" */
    enum format format;
    int32_t today; /* DAY_NONE: not given */
    FILE *out, *err, *in;
};

struct command {
    const char *name;
    const char *summary; /* one line, a msgid */
    const char *usage;   /* printed for --help, a msgid */
    /* ARGV[0] is the command's name; global options are taken out already. Returns an enum status.
     */
    int (*run)(const struct invocation *invocation, int argc, char **argv);
};

extern const struct command command_date, command_policy, command_rehearse;

#endif
