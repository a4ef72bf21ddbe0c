/* periods_drift.c: a drift that is found opens a case, one that is gone tells its case. */
#include <string.h>

#include "data/desk/drift_judge.h"
#include "data/store/drifts.h"
#include "data/store/periods.h"

enum { SHOWN_MOST = 4000, ENDED_MOST = 50 /* at one stroke */ };

/* ---- what became of it ---- */

struct ended {
    const char *kind, *uid;
    int64_t case_id;
};
struct comparing {
    struct judging *judging;
    struct ended *ended;
    size_t count;
};

static int compare(void *self, const struct drift_row *row)
{
    struct comparing *comparing = self;
    struct judging *judging = comparing->judging;
    struct arena *arena = judging->making->asking->arena;
    for (size_t i = 0; i < judging->found_count; i++) {
        struct found *found = &judging->found[i];
        const char *name = judging->making->policy->drifts[found->drift].title.name;
        if (strcmp(name, row->kind) == 0 && strcmp(found->uid, row->uid) == 0) {
            found->known = true;
            return 0;
        }
    }
    if (comparing->count == ENDED_MOST) {
        judging->left = true;
    } else {
        comparing->ended[comparing->count++] =
            (struct ended){arena_text(arena, row->kind, strlen(row->kind)),
                           arena_text(arena, row->uid, strlen(row->uid)), row->case_id};
    }
    return arena_failed(arena) ? -1 : 0;
}

/* The role whose work its cases are: of those who may open one, the first. */
static int32_t owner_of(const struct procedure *procedure)
{
    int32_t role = 0;
    while (procedure->by && !(procedure->by >> role & 1)) {
        role++;
    }
    return procedure->by ? role : -1;
}

static int open_case(struct judging *judging, const struct found *found)
{
    struct making *making = judging->making;
    const struct policy *policy = making->policy;
    const struct drift *drift = &policy->drifts[found->drift];
    struct text source = {0}, facts = {0};
    text_addf(&source, DRIFT_SOURCE "%s/", drift->title.name);
    text_add_int(&source, judging->system->thing.id);
    text_addf(&source, "/%s/", found->uid);
    text_add_int(&source, making->asking->now);
    fact_put(&facts, policy->slots[policy_slot_around(policy, AROUND_DRIFTING)].name, "yes");
    fact_put(&facts, "drift", drift->title.name);
    if (drift->tells >= 0) {
        struct text told = {0};
        text_addf(&told, "%s%s%s", drift->title.zh, *found->shown ? "\n" : "", found->shown);
        text_cut(&told, SHOWN_MOST);
        fact_put(&facts, policy->fields[drift->tells].title.name, text_bytes(&told));
        text_free(&told);
    }
    struct planned planned = {.source = text_bytes(&source),
                              .procedure = drift->opens,
                              .owner = owner_of(&policy->procedures[drift->opens]),
                              .payer = -1,
                              .org = judging->system->thing.parent,
                              .system = judging->system->thing.id,
                              .due = DAY_NONE,
                              .moment = making->asking->now,
                              .facts = text_bytes(&facts)};
    int status = source.failed || facts.failed ? error_memory(making->asking->error)
                                               : period_opens(making, &planned);
    int64_t id = status < 0 ? -1
                            : store_case_by_source(making->asking->counter->store, planned.source,
                                                   making->asking->error);
    struct drift_row row = {.system = judging->system->thing.id,
                            .kind = drift->title.name,
                            .uid = found->uid,
                            .case_id = id,
                            .seen_at = making->asking->now,
                            .shown = found->shown};
    status =
        id < 0 ? -1 : store_drift_put(making->asking->counter->store, &row, making->asking->error);
    text_free(&source);
    text_free(&facts);
    return status;
}

/* Rows and cases follow what was found. */
static int settle(struct judging *judging)
{
    struct making *making = judging->making;
    struct asking *asking = making->asking;
    struct comparing comparing = {
        .judging = judging,
        .ended = arena_array(asking->arena, ENDED_MOST, sizeof *comparing.ended)};
    int64_t system = judging->system->thing.id;
    judging->left = false;
    if (!comparing.ended) {
        return error_memory(asking->error);
    }
    int status = store_drifts(asking->counter->store, system, compare, &comparing, asking->error);
    for (size_t i = 0; i < comparing.count && status == 0; i++) {
        const struct ended *ended = &comparing.ended[i];
        if (i > 0 && step_over(asking)) {
            judging->left = true;
            break;
        }
        status =
            store_drift_end(asking->counter->store, system, ended->kind, ended->uid, asking->error);
        status = status ? status : read_case_anew(asking, ended->case_id, asking->now);
    }
    for (size_t i = 0; i < judging->found_count && status == 0 && !judging->left; i++) {
        judging->system = period_system(making, system); /* opening may read registers anew */
        judging->left = !judging->found[i].known && period_full(making);
        status =
            judging->found[i].known || judging->left ? 0 : open_case(judging, &judging->found[i]);
    }
    return status;
}

int drift_settle(struct judging *judging, int64_t id)
{
    const struct entry *system = period_system(judging->making, id);
    int status = system ? judge_look(judging, system) : 0;
    return status || !system ? status : settle(judging);
}
