/* rehearsal.c: the cases of a rehearsal: kept, folded, counted, told. */
#include "tui/command/rehearsal.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

const char *rehearsal_keep(struct rehearsal *rehearsal, const char *text, size_t length)
{
    const char *kept = arena_text(rehearsal->arena, text, length);
    rehearsal->failed |= arena_failed(rehearsal->arena);
    return kept;
}

bool rehearsal_room(struct rehearsal *rehearsal, void *array, size_t count, size_t *capacity,
                    size_t size)
{
    void *old;
    if (count < *capacity) {
        return true;
    }
    memcpy(&old, array, sizeof old);
    size_t more = *capacity ? *capacity * 2 : 8;
    void *grown = realloc(old, more * size);
    if (!grown) {
        rehearsal->failed = true;
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = more;
    return true;
}

static struct value answer(void *self, int32_t query)
{
    struct rehearsal *rehearsal = self;
    return rehearsal->asking
               ? rehearsal_count(rehearsal, rehearsal->asking, query, rehearsal->asking_now)
               : value_unknown();
}

struct rehearsal *rehearsal_new(const struct policy *policy, const struct calendar *calendar,
                                struct readings *readings,
                                void (*tell)(void *self, struct rehearsal *rehearsal,
                                             const struct outcome *outcome),
                                void *self)
{
    struct rehearsal *rehearsal = calloc(1, sizeof *rehearsal);
    if (!rehearsal) {
        return NULL;
    }
    *rehearsal = (struct rehearsal){.policy = policy,
                                    .calendar = calendar,
                                    .readings = readings,
                                    .fold = fold_new(policy),
                                    .other = fold_new(policy),
                                    .clerk = clerk_new(policy),
                                    .arena = arena_new(),
                                    .recorded_query = policy_counts_again(policy),
                                    .time = MOMENT_NONE,
                                    .tell = tell,
                                    .self = self};
    if (!rehearsal->fold || !rehearsal->other || !rehearsal->clerk || !rehearsal->arena) {
        rehearsal_free(rehearsal);
        return NULL;
    }
    fold_ask(rehearsal->fold, answer, rehearsal);
    return rehearsal;
}

void rehearsal_free(struct rehearsal *rehearsal)
{
    if (!rehearsal) {
        return;
    }
    for (size_t i = 0; i < rehearsal->case_count; i++) {
        free(rehearsal->cases[i]->acts);
        known_free(&rehearsal->cases[i]->around);
    }
    for (size_t i = 0; i < rehearsal->system_count; i++) {
        known_free(&rehearsal->systems[i]->entries);
        known_free(&rehearsal->systems[i]->items);
    }
    free(rehearsal->cases);
    free(rehearsal->systems);
    free(rehearsal->links);
    free(rehearsal->persons);
    fold_free(rehearsal->fold);
    fold_free(rehearsal->other);
    clerk_free(rehearsal->clerk);
    arena_free(rehearsal->arena);
    free(rehearsal);
}

/* ---- cases ---- */

struct rehearsal_case *rehearsal_find(const struct rehearsal *rehearsal, const char *name)
{
    for (size_t i = 0; name && i < rehearsal->case_count; i++) {
        if (strcmp(rehearsal->cases[i]->name, name) == 0) {
            return rehearsal->cases[i];
        }
    }
    return NULL;
}

const char *rehearsal_fresh_name(struct rehearsal *rehearsal, const char *name)
{
    struct text text = {0};
    text_add(&text, name);
    for (int n = 2; rehearsal_find(rehearsal, text_bytes(&text)) && !text.failed; n++) {
        text_clear(&text);
        text_addf(&text, "%s.%d", name, n);
    }
    const char *kept = rehearsal_keep(rehearsal, text_bytes(&text), text.length);
    text_free(&text);
    return kept;
}

struct rehearsal_case *rehearsal_add_case(struct rehearsal *rehearsal, const char *name,
                                          int32_t procedure)
{
    struct rehearsal_case *made = arena_take(rehearsal->arena, sizeof *made);
    bool room = rehearsal_room(rehearsal, &rehearsal->cases, rehearsal->case_count,
                               &rehearsal->case_capacity, sizeof(struct rehearsal_case *));
    if (!made || !room) {
        rehearsal->failed = true;
        return NULL;
    }
    *made = (struct rehearsal_case){.name = name,
                                    .index = (int32_t)rehearsal->case_count,
                                    .procedure = procedure,
                                    .org = "",
                                    .org_role = -1,
                                    .read = "",
                                    .last = MOMENT_NONE};
    rehearsal->cases[rehearsal->case_count++] = made;
    return made;
}

bool rehearsal_append(struct rehearsal *rehearsal, struct rehearsal_case *of, const struct act *act)
{
    if (!rehearsal_room(rehearsal, &of->acts, of->act_count, &of->act_capacity, sizeof *of->acts)) {
        return false;
    }
    struct act *kept = &of->acts[of->act_count++];
    *kept = *act;
    kept->facts = rehearsal_keep(rehearsal, act->facts, act->facts_length);
    return !rehearsal->failed;
}

int32_t rehearsal_number(const struct rehearsal_case *of, size_t index)
{
    int32_t number = 0;
    for (size_t i = 0; i <= index && i < of->act_count; i++) {
        number += of->acts[i].event != EVENT_SURROUND;
    }
    return number;
}

void rehearsal_link(struct rehearsal *rehearsal, const struct rehearsal_case *a,
                    const struct rehearsal_case *b)
{
    if (rehearsal_room(rehearsal, &rehearsal->links, rehearsal->link_count,
                       &rehearsal->link_capacity, sizeof *rehearsal->links)) {
        rehearsal->links[rehearsal->link_count][0] = a->index;
        rehearsal->links[rehearsal->link_count++][1] = b->index;
    }
}

bool rehearsal_linked(const struct rehearsal *rehearsal, const struct rehearsal_case *a,
                      const struct rehearsal_case *b)
{
    for (size_t i = 0; i < rehearsal->link_count; i++) {
        const int32_t *link = rehearsal->links[i];
        if ((link[0] == a->index && link[1] == b->index) ||
            (link[1] == a->index && link[0] == b->index)) {
            return true;
        }
    }
    return false;
}

static bool related(const struct rehearsal *rehearsal, const struct rehearsal_case *a,
                    const struct rehearsal_case *b)
{
    bool same_org = strcmp(a->org, b->org) == 0;
    if (a == b) {
        return false;
    }
    if (rehearsal_linked(rehearsal, a, b)) {
        return true;
    }
    if (!a->system) {
        return same_org;
    }
    return b->system && strcmp(a->system, b->system) == 0 &&
           (same_org || a->org_role != b->org_role);
}

struct value rehearsal_count(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                             int32_t query, int64_t moment)
{
    const struct case_query *asked = &rehearsal->policy->queries[query];
    int64_t count = 0;
    for (size_t i = 0; i < rehearsal->case_count; i++) {
        const struct rehearsal_case *other = rehearsal->cases[i];
        size_t acts = 0;
        while (acts < other->act_count && other->acts[acts].effective <= moment) {
            acts++;
        }
        if (other->procedure != asked->procedure || acts == 0 || !related(rehearsal, of, other)) {
            continue;
        }
        if (fold_case(rehearsal->other, rehearsal->calendar, other->procedure, other->acts, acts,
                      moment) == FOLD_MEMORY) {
            rehearsal->failed = true;
            return value_unknown();
        }
        struct value holds = fold_eval(rehearsal->other, asked->where, moment, PERSON_DESK);
        count += holds.known && holds.n;
    }
    return value_of(count * MICRO);
}

const struct casefile *rehearsal_fold(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                                      int64_t now)
{
    rehearsal->asking = of;
    rehearsal->asking_now = now;
    enum fold_status status = fold_case(rehearsal->fold, rehearsal->calendar, of->procedure,
                                        of->acts, of->act_count, now);
    rehearsal->failed |= status == FOLD_MEMORY;
    return fold_result(rehearsal->fold);
}

/* ---- telling ---- */

void rehearsal_tell(struct rehearsal *rehearsal, struct outcome *outcome)
{
    const struct rehearsal_case *of = outcome->of;
    outcome->file = of ? rehearsal_fold(rehearsal, of, outcome->now) : NULL;
    if (of && rehearsal->readings) {
        enum fold_status status =
            readings_fold(rehearsal->readings, rehearsal->calendar, of->procedure, of->acts,
                          of->act_count, outcome->now);
        rehearsal->failed |= status == FOLD_MEMORY;
    }
    rehearsal->refused |= outcome->refused;
    rehearsal->tell(rehearsal->self, rehearsal, outcome);
}
