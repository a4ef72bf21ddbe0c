/* rehearsal_check.c: the names of a script that the policy does not know, told before anything is
 * done. */
#include <string.h>

#include "core/near.h"
#include "tui/command/rehearsal.h"

struct check {
    const struct policy *policy;
    struct findings *findings;
};

/* A name that is none: what it may have meant, else ID. */
static void say(const struct check *check, struct place place, const struct near_word *nearest,
                enum message_id id, const char *name)
{
    bool meant = nearest && nearest->best;
    findings_add(check->findings, place, "", "", "", meant ? MESSAGE_script_near : id, name,
                 meant ? nearest->best : NULL, NULL, NULL);
}

static int32_t symbol_of(const struct check *check, const char *name)
{
    return names_find(check->policy->names, name, strlen(name));
}

static void check_role(const struct check *check, const char *role, struct place place)
{
    int32_t symbol = role ? symbol_of(check, role) : 0;
    if (role && (!symbol || check->policy->role_of[symbol] < 0)) {
        struct near_word nearest = near_begin(role, strlen(role));
        for (int32_t i = 0; i < check->policy->role_count; i++) {
            near_offer(&nearest, check->policy->roles[i].title.name);
        }
        say(check, place, &nearest, MESSAGE_script_no_role, role);
    }
}

static void check_procedure(const struct check *check, const struct script_line *line)
{
    int32_t symbol = symbol_of(check, line->name);
    if (!symbol || check->policy->procedure_of[symbol] < 0) {
        struct near_word nearest = near_begin(line->name, strlen(line->name));
        for (int32_t i = 0; i < check->policy->procedure_count; i++) {
            near_offer(&nearest, check->policy->procedures[i].title.name);
        }
        say(check, line->name_place, &nearest, MESSAGE_script_no_procedure, line->name);
    }
}

static void check_event(const struct check *check, const struct script_line *line)
{
    int32_t symbol = symbol_of(check, line->name);
    bool found = strcmp(line->name, "edit") == 0;
    struct near_word nearest = near_begin(line->name, strlen(line->name));
    near_offer(&nearest, "open");
    near_offer(&nearest, "edit");
    for (int32_t i = 0; i < check->policy->procedure_count; i++) {
        const struct procedure *procedure = &check->policy->procedures[i];
        found |= symbol && procedure->event_of[symbol] >= 0;
        for (int32_t e = 0; e < procedure->event_count; e++) {
            near_offer(&nearest, procedure->events[e].title.name);
        }
    }
    if (!found) {
        say(check, line->name_place, &nearest, MESSAGE_script_no_event, line->name);
    }
}

static void check_clock(const struct check *check, const struct script_line *line)
{
    int32_t symbol = symbol_of(check, line->option);
    if (!symbol || check->policy->clock_of[symbol] < 0) {
        struct near_word nearest = near_begin(line->option, strlen(line->option));
        for (int32_t i = 0; i < check->policy->clock_count; i++) {
            near_offer(&nearest, check->policy->clocks[i].title.name);
        }
        say(check, line->option_place, &nearest, MESSAGE_script_no_clock, line->option);
    }
    for (int32_t e = 0; e < line->entry_count; e++) {
        say(check, line->entries[e].place, NULL, MESSAGE_script_remedy, line->entries[e].name);
    }
}

static void check_fact(const struct check *check, const struct script_line *line,
                       const struct script_entry *entry)
{
    struct text text = {0};
    const char *name;
    enum fact_kind kind = rehearsal_fact(check->policy, entry, &text, &name);
    if (kind == FACT_UNKNOWN) {
        struct near_word nearest = near_begin(entry->name, strlen(entry->name));
        for (int32_t i = 0; i < check->policy->slot_count && !strchr(entry->name, '.'); i++) {
            near_offer(&nearest, check->policy->slots[i].name);
        }
        say(check, entry->place, &nearest, MESSAGE_script_no_fact, entry->name);
    } else if (kind == FACT_BARE_COLUMN) {
        say(check, entry->place, NULL, MESSAGE_script_bare_column, entry->name);
    } else if (line->kind == SCRIPT_LOOK && kind != FACT_AROUND) {
        say(check, entry->place, NULL, MESSAGE_script_look, entry->name);
    }
    text_free(&text);
}

void rehearsal_check(const struct policy *policy, const struct script *script,
                     struct findings *findings)
{
    struct check check = {policy, findings};
    for (size_t i = 0; i < script_count(script) && findings_count(findings) <= SCRIPT_FINDINGS_MOST;
         i++) {
        const struct script_line *line = script_at(script, i);
        if (line->kind == SCRIPT_OPEN) {
            check_procedure(&check, line);
        } else if (line->kind == SCRIPT_EVENT) {
            check_event(&check, line);
        } else if (line->kind == SCRIPT_REMEDY) {
            check_clock(&check, line);
        }
        check_role(&check, line->role, line->role_place);
        check_role(&check, line->owner, line->owner_place);
        check_role(&check, line->payer, line->payer_place);
        for (int32_t e = 0; e < line->entry_count && line->kind != SCRIPT_REMEDY; e++) {
            check_fact(&check, line, &line->entries[e]);
        }
    }
    findings_sort(findings);
}
