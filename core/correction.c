/* correction.c: may an act be restated or taken back, with all that was done on it since? */
#include <stdlib.h>
#include <string.h>

#include "core/clerk.h"

/* The acts as they would stand: what is corrected with its new date and facts, what is taken back
 * gone. */
struct standing {
    struct act *acts;
    int32_t *number; /* of each in the record, from 1 */
    size_t count;
};

static void standing_free(struct standing *standing)
{
    free(standing->acts);
    free(standing->number);
}

static bool standing_make(struct standing *standing, struct fold *fold, const struct act *acts,
                          size_t count)
{
    *standing = (struct standing){
        .acts = calloc(count + 1, sizeof *standing->acts),
        .number = calloc(count + 1, sizeof *standing->number),
    };
    if (!standing->acts || !standing->number) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct act *stands = fold_stands(fold, i);
        if (!stands) {
            continue;
        }
        struct act *act = &standing->acts[standing->count];
        *act = acts[i];
        act->effective = stands->effective;
        act->facts = stands->facts;
        act->facts_length = stands->facts_length;
        act->recorded = act->recorded < act->effective ? act->effective : act->recorded;
        standing->number[standing->count++] = (int32_t)i + 1;
    }
    return true;
}

static bool gave_way(const struct act *act)
{
    static const char override[] = "override=";
    const char *at = act->facts, *end = at + act->facts_length;
    while (at < end) {
        size_t left = (size_t)(end - at);
        if (left >= sizeof override - 1 && memcmp(at, override, sizeof override - 1) == 0) {
            return true;
        }
        const char *line = memchr(at, '\n', left);
        at = line ? line + 1 : end;
    }
    return false;
}

/* Would the desk still have done this, just then? */
static bool desk_would(struct fold *fold, const struct act *act)
{
    const struct wake *wake = &fold_result(fold)->wake;
    return wake->at == act->effective && wake->event == act->event;
}

/* What the desk would have done before ACT, had the case stood so: time alone would have brought
 * it. */
static bool desk_comes_first(const struct fold *fold, const struct act *act)
{
    const struct wake *wake = &fold_result(fold)->wake;
    return wake->at != MOMENT_NONE && wake->clock >= 0 && wake->at <= act->effective;
}

/* 1: possible, 0: not, -1: no memory. The date's limits are not asked again: it was recorded then.
 */
static int possible(struct clerk *clerk, struct fold *fold, const struct calendar *calendar,
                    int32_t procedure, const struct standing *standing, size_t at,
                    const struct verdict **verdict)
{
    const struct act *act = &standing->acts[at];
    if (act->event <= EVENT_EXPLAIN) { /* of a card that may go with what is corrected */
        return 1;
    }
    if (fold_case(fold, calendar, procedure, standing->acts, at, act->effective) == FOLD_MEMORY) {
        return -1;
    }
    bool desk = act->role == ROLE_DESK && act->event >= 0;
    if (desk ? !desk_would(fold, act) : at > 0 && desk_comes_first(fold, act)) {
        *verdict = clerk_begin(clerk) ? clerk_done(clerk) : NULL;
        return *verdict ? 0 : -1;
    }
    if (desk) {
        return 1;
    }
    struct attempt attempt = {
        .act = *act,
        .roles = act->role >= 0 ? UINT64_C(1) << act->role : 0,
        .reason = gave_way(act) ? "*" : NULL,
    };
    attempt.act.recorded = act->effective;
    *verdict = verdict_of(clerk, fold, calendar, procedure, standing->acts, at, &attempt);
    return !*verdict ? -1 : (*verdict)->count == 0;
}

int32_t correction_breaks(struct clerk *clerk, struct fold *fold, const struct calendar *calendar,
                          int32_t procedure, const struct act *acts, size_t count,
                          const struct act *correction, const struct verdict **verdict)
{
    struct act *all = calloc(count + 1, sizeof *all);
    struct standing standing = {0};
    int32_t broken = -1;
    *verdict = NULL;
    if (!all) {
        return -1;
    }
    memcpy(all, acts, count * sizeof *all);
    all[count] = *correction;
    if (fold_case(fold, calendar, procedure, all, count + 1, correction->recorded) == FOLD_MEMORY ||
        !standing_make(&standing, fold, all, count + 1)) {
        goto out;
    }
    broken = 0;
    for (size_t i = 0; i < standing.count && broken == 0; i++) {
        if (standing.number[i] < correction->corrects) {
            continue;
        }
        int can = possible(clerk, fold, calendar, procedure, &standing, i, verdict);
        broken = can > 0 ? 0 : can < 0 ? -1 : standing.number[i];
    }
out:
    standing_free(&standing);
    free(all);
    return broken;
}
