/* called.c: events and procedures by their titles: as people type what they read, and as they are
 * told it. */
#include <string.h>

#include "core/near.h"
#include "data/desk/inside.h"

static bool is_titled(const struct title *title, const char *name)
{
    return strcmp(title->zh, name) == 0 || strcmp(title->en, name) == 0;
}

bool title_called(const struct title *title, const char *name)
{
    return strcmp(title->name, name) == 0 || is_titled(title, name);
}

const char *casework_event_called(const struct casework *work, const char *name)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const char *found = NULL;
    for (int32_t i = 0; i < procedure->event_count; i++) {
        if (is_titled(&procedure->events[i].title, name)) {
            if (found) {
                return name;
            }
            found = procedure->events[i].title.name;
        }
    }
    return found && casework_event(work, name) < 0 ? found : name;
}

int32_t procedure_called(const struct policy *policy, const char *name)
{
    int32_t found = procedure_named(policy, name);
    for (int32_t i = 0; i < policy->procedure_count && found < 0; i++) {
        found = is_titled(&policy->procedures[i].title, name) ? i : -1;
    }
    return found;
}

int refuse_procedure(struct asking *asking, const char *name)
{
    const struct policy *policy = asking->counter->current->policy;
    struct near_word nearest = near_begin(name, strlen(name));
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        near_offer(&nearest, policy->procedures[i].title.name);
    }
    return error_set(asking->error, ERROR_USAGE,
                     nearest.best ? N_("the policy has no procedure “%1”; perhaps “%2”")
                                  : N_("the policy has no procedure “%1”"),
                     name, nearest.best);
}

const char *casework_procedure_title(struct asking *asking, const struct casework *work)
{
    const struct title *title = &work->rulebook->policy->procedures[work->procedure].title;
    return message_both(asking->arena, title->zh, title->en);
}

const char *casework_event_named(struct asking *asking, const struct casework *work,
                                 const char *event)
{
    const char *zh, *en;
    struct text both = {0};
    casework_event_title(work, event, &zh, &en);
    text_addf(&both, "%s %s%c%s %s", event, zh, MESSAGE_BOTH, event, en);
    return arena_keep(asking->arena, &both);
}
