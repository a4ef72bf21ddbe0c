/* all.c: every command there is, in the order of --help. */
#include <string.h>

#include "core/near.h"
#include "tui/command/command.h"
#include "tui/text.h"

const struct command_group command_groups[] = {
    {N_("desk"),
     {&command_console,  &command_status, &command_list,     &command_show,     &command_offer,
      &command_open,     &command_act,    &command_correct,  &command_annul,    &command_explain,
      &command_waive,    &command_urge,   &command_why,      &command_whatif,   &command_attach,
      &command_document, &command_letter, &command_handover, &command_complete, &command_views,
      &command_tick,     &command_whoami}},
    {N_("registers"),
     {&command_orgs, &command_people, &command_systems, &command_catalogue, &command_prices,
      &command_quota, &command_absences, &command_register, &command_void, &command_succeed,
      &command_resources, &command_capacity, &command_use, &command_duties, &command_import,
      &command_export}},
    {N_("vendors' clouds"),
     {&command_sync, &command_runs, &command_inventory, &command_drifts, &command_projects,
      &command_mappings, &command_namings}},
    {N_("keeping"),
     {&command_init, &command_serve, &command_verify, &command_checkpoint, &command_backup,
      &command_restore, &command_acts, &command_log, &command_doctor}},
    {N_("rules"), {&command_policy, &command_calendar, &command_rehearse, &command_date}},
    {N_("this program"), {&command_settings, &command_help}},
    {NULL, {NULL}},
};

const struct command *command_named(const char *name, FILE *err)
{
    struct near_word nearest = near_begin(name, strlen(name));
    for (const struct command_group *group = command_groups; group->heading; group++) {
        for (int i = 0; group->commands[i]; i++) {
            if (strcmp(group->commands[i]->name, name) == 0) {
                return group->commands[i];
            }
            near_offer(&nearest, group->commands[i]->name);
        }
    }
    if (*name == '-') {
        fprintf(err, _("yuntai: there is no option “%s”; yuntai --help lists them\n"), name);
    } else if (nearest.best) {
        fprintf(err, _("yuntai: there is no command “%s”; did you mean %s?\n"), name, nearest.best);
    } else {
        fprintf(err, _("yuntai: there is no command “%s”; yuntai --help lists them\n"), name);
    }
    return NULL;
}
