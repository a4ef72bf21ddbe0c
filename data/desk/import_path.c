/* import_path.c: by which acts a case opened elsewhere comes to the state it is in. */
#include <stdlib.h>

#include "data/desk/import.h"

struct search {
    struct asking *asking;
    struct rulebook *rulebook;
    int32_t procedure, state;
    const struct text *facts;
    int64_t moment;
    struct path *queue; /* one a state at most */
    int32_t head, count;
    uint64_t seen; /* states */
    bool memory;
};

static struct value no_count(void *self, int32_t query)
{
    (void)self;
    (void)query;
    return value_unknown();
}

static int32_t first_of(uint64_t roles)
{
    int32_t role = 0;
    while (role < POLICY_SET_MOST && !(roles >> role & 1)) {
        role++;
    }
    return role < POLICY_SET_MOST ? role : ROLE_DESK;
}

int32_t path_role(const struct procedure *procedure, int32_t event, int32_t with)
{
    if (event < 0) {
        return procedure->by ? first_of(procedure->by) : ROLE_DESK;
    }
    switch (procedure->events[event].by) {
    case BY_HOLDER:
        return with;
    case BY_ROLES:
        return first_of(procedure->events[event].roles);
    default:
        return ROLE_DESK;
    }
}

/* Folds the opening, PATH and EVENT (-1 none). The state it comes to, -1: it cannot be done. */
static int32_t try_path(struct search *search, const struct path *path, int32_t event)
{
    const struct procedure *procedure = &search->rulebook->policy->procedures[search->procedure];
    struct fold *fold = search->rulebook->fold;
    const struct casefile *file = NULL;
    struct act acts[PATH_MOST + 2];
    size_t last = (size_t)path->count + (event >= 0);
    for (size_t i = 0; i <= last; i++) {
        int32_t at = i == 0 ? -1 : i <= (size_t)path->count ? path->events[i - 1] : event;
        int32_t with = file ? file->with_role : -1;
        acts[i] = (struct act){.event = i == 0 ? EVENT_OPEN : at,
                               .role = path_role(procedure, at, with),
                               .effective = search->moment,
                               .recorded = search->asking->now,
                               .facts = i == 0 ? text_bytes(search->facts) : "",
                               .facts_length = i == 0 ? search->facts->length : 0};
        acts[i].person = acts[i].role == ROLE_DESK ? PERSON_DESK : 1;
        enum fold_status status = fold_case(fold, search->asking->counter->calendar,
                                            search->procedure, acts, i + 1, search->moment);
        search->memory |= status == FOLD_MEMORY;
        if (status != FOLD_DONE) {
            return -1;
        }
        file = fold_result(fold);
    }
    return file->state;
}

static void push(struct search *search, const struct path *path, int32_t event, int32_t state)
{
    if (state < 0 || search->seen >> state & 1) {
        return;
    }
    struct path *next = &search->queue[search->count++];
    *next = *path;
    if (event >= 0) {
        next->events[next->count++] = event;
    }
    search->seen |= UINT64_C(1) << state;
}

/* Events of people first: what the desk does of itself is the last resort. */
static bool expand(struct search *search, const struct path *path, int32_t from)
{
    const struct procedure *procedure = &search->rulebook->policy->procedures[search->procedure];
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < procedure->event_count; i++) {
            const struct event *event = &procedure->events[i];
            bool wanted = (event->by == BY_DESK) == (pass == 1) && event->to_count > 0 &&
                          event->from >> from & 1;
            if (!wanted) {
                continue;
            }
            int32_t state = try_path(search, path, i);
            push(search, path, i, state);
            if (state == search->state) {
                return true;
            }
        }
    }
    return false;
}

/* Breadth first, so that the way found is the shortest. */
static int walk(struct search *search, struct path *out)
{
    const struct procedure *procedure = &search->rulebook->policy->procedures[search->procedure];
    struct path none = {.count = 0};
    push(search, &none, -1, try_path(search, &none, -1));
    bool found = search->count > 0 && search->seen >> search->state & 1;
    while (!found && search->head < search->count && !search->memory) {
        const struct path *path = &search->queue[search->head++];
        int32_t from = try_path(search, path, -1);
        bool over = from < 0 || procedure->states[from].final != FINAL_NO;
        found = !over && path->count < PATH_MOST - 1 && expand(search, path, from);
    }
    if (found) {
        *out = search->queue[search->count - 1];
    }
    return found;
}

int path_find(struct asking *asking, struct rulebook *rulebook, int32_t procedure,
              const struct text *facts, int64_t moment, int32_t state, struct path *out)
{
    struct search search = {.asking = asking,
                            .rulebook = rulebook,
                            .procedure = procedure,
                            .state = state,
                            .facts = facts,
                            .moment = moment};
    fold_ask(rulebook->fold, no_count, NULL);
    if (try_path(&search, out, -1) == state) {
        return 1;
    }
    search.queue = calloc(POLICY_SET_MOST + 1, sizeof *search.queue);
    int found = search.queue ? walk(&search, out) : -1;
    free(search.queue);
    return found < 0 || search.memory ? error_memory(asking->error) : found;
}
