/*
 * command.h: what a command is. Each has a file of its own here and a row in the table of main.c.
 */
#ifndef YUNTAI_TUI_COMMAND_H
#define YUNTAI_TUI_COMMAND_H

#include <stdbool.h>
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
    bool plain;    /* for reading aloud: tables as records, a line a fact, its name first */
    int32_t today; /* DAY_NONE: not given */
    int64_t now;   /* moment, MOMENT_NONE: not given */
    const char *workspace, *socket, *as; /* of the desk, NULL: not given; see data/desk.h */
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

/* the desk */
extern const struct command command_list, command_show, command_offer, command_open, command_act,
    command_correct, command_annul, command_why, command_whatif, command_status, command_tick,
    command_handover, command_attach, command_document, command_letter, command_whoami,
    command_complete, command_views, command_explain, command_waive, command_urge;
/* registers */
extern const struct command command_orgs, command_people, command_systems, command_catalogue,
    command_prices, command_quota, command_absences, command_register, command_void,
    command_succeed, command_resources, command_capacity, command_use, command_sync,
    command_inventory, command_runs, command_drifts, command_projects, command_mappings,
    command_namings, command_duties, command_import, command_export;
/* keeping */
extern const struct command command_console, command_verify, command_checkpoint, command_acts,
    command_log, command_init, command_serve, command_backup, command_restore, command_doctor,
    command_settings;
/* this program */
extern const struct command command_help;
/* rules */
extern const struct command command_calendar;

/* Says on ERR what SAID, in English, says of a file: in the language where it is PATH that cannot
 * be read. NAME: of the command, NULL none. PATH: NULL a file of the program. STATUS_ENVIRONMENT.
 */
struct text;
int command_tell_file(const struct invocation *invocation, const char *name, const char *path,
                      const struct text *said);

/* ---- all of them ---- */

struct command_group {
    const char *heading;                /* msgid; NULL behind the last */
    const struct command *commands[24]; /* ended by NULL */
};
extern const struct command_group command_groups[];
/* What --help prints. */
void help_print(FILE *out);
/* NULL where there is none: ERR then says so, and which was meant. */
const struct command *command_named(const char *name, FILE *err);

#endif
