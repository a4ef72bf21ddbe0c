/* rehearsal_desk.c: what follows of itself: the desk's own acts, cases that acts open, systems. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/rehearsal.h"

enum {
    DESK_ACTS_MOST =
        10000, /* between two lines; a policy in which the desk goes in circles is not compiled */
    LOOKS_MOST = 8
};

/* ---- opens ---- */

/* Entries of the same name go with the new case (rule 8.8), and what stands around the old one. */
static void copy_entries(struct rehearsal *rehearsal, const struct rehearsal_case *from,
                         const struct procedure *procedure, struct text *facts)
{
    const struct policy *policy = rehearsal->policy;
    struct known bag = {0};
    rehearsal_collect(rehearsal, from, &bag);
    for (size_t i = 0; i < bag.count; i++) {
        if (policy_goes_along(policy, procedure, bag.facts[i].name)) {
            rehearsal_put(facts, bag.facts[i].name, bag.facts[i].value);
        }
    }
    known_free(&bag);
}

static void open_linked(struct rehearsal *rehearsal, struct rehearsal_case *from,
                        const struct event *event, const struct act *act,
                        const struct outcome *outcome)
{
    const struct policy *policy = rehearsal->policy;
    const struct procedure *procedure = &policy->procedures[event->opens];
    struct text text = {0};
    text_addf(&text, "%s.%s", from->name, procedure->title.name);
    const char *name = rehearsal_fresh_name(rehearsal, text_bytes(&text));
    struct rehearsal_case *of = rehearsal_add_case(rehearsal, name, event->opens);
    int32_t owner =
        act->role >= 0 ? act->role : rehearsal_fold(rehearsal, from, act->effective)->owner;
    if (!of) {
        text_free(&text);
        return;
    }
    of->org = from->org;
    of->org_role = from->org_role;
    of->system = from->system;
    for (size_t i = 0; i < from->around.count; i++) {
        rehearsal->failed |=
            !known_set(&of->around, from->around.facts[i].name, from->around.facts[i].value);
    }
    rehearsal_link(rehearsal, from, of);
    text_clear(&text);
    rehearsal_facts(rehearsal, of, NULL, NULL, act->effective, &text);
    copy_entries(rehearsal, from, procedure, &text);
    if (owner >= 0) {
        rehearsal_put(&text, policy->slots[policy_slot_around(policy, AROUND_OWNER)].name,
                      policy->roles[owner].title.name);
    }
    struct act opening = {.event = EVENT_OPEN,
                          .person = act->person,
                          .role = act->role,
                          .effective = act->effective,
                          .recorded = act->recorded,
                          .facts = text_bytes(&text),
                          .facts_length = text.length};
    if (!text.failed && rehearsal_append(rehearsal, of, &opening)) {
        of->last = opening.effective;
        struct outcome opened = {.case_name = name,
                                 .of = of,
                                 .deed = DEED_OPEN,
                                 .name = "open",
                                 .title = &procedure->title,
                                 .number = 1,
                                 .on = MOMENT_NONE,
                                 .moment = opening.effective,
                                 .recorded = opening.recorded,
                                 .now = outcome->now,
                                 .timed = outcome->timed,
                                 .desk = true,
                                 .opened_by = from->name,
                                 .event = -1,
                                 .from = -1};
        rehearsal_tell(rehearsal, &opened);
    }
    text_free(&text);
}

/* ---- surroundings that moved ---- */

/* Only a case in which the desk waits for a condition must be told of what moved around it. */
static bool desk_waits(const struct procedure *procedure)
{
    for (int32_t i = 0; i < procedure->event_count; i++) {
        const struct event *event = &procedure->events[i];
        if (event->when && (event->by == BY_DESK || event->by == BY_HOLDER)) {
            return true;
        }
    }
    return false;
}

static void read_anew(struct rehearsal *rehearsal, struct rehearsal_case *of, int64_t moment)
{
    struct text facts = {0};
    bool waits = desk_waits(&rehearsal->policy->procedures[of->procedure]);
    if (!waits || of->act_count == 0 || of->last > moment || rehearsal->failed) {
        return;
    }
    rehearsal_around(rehearsal, of, moment, &facts);
    if (strcmp(text_bytes(&facts), of->read) != 0 &&
        !rehearsal_fold(rehearsal, of, moment)->closed) {
        of->read = rehearsal_keep(rehearsal, text_bytes(&facts), facts.length);
        struct act act = {.event = EVENT_SURROUND,
                          .role = ROLE_DESK,
                          .effective = moment,
                          .recorded = moment,
                          .facts = of->read,
                          .facts_length = facts.length};
        rehearsal_append(rehearsal, of, &act);
        of->last = moment;
    }
    text_free(&facts);
}

void rehearsal_follow(struct rehearsal *rehearsal, struct rehearsal_case *of,
                      const struct event *event, const struct act *act,
                      const struct outcome *outcome)
{
    if (event->system != SYSTEM_NONE) {
        rehearsal_system(rehearsal, of, event->system, act->effective);
    }
    if (event->opens >= 0) {
        open_linked(rehearsal, of, event, act, outcome);
    }
    for (size_t i = 0; i < rehearsal->case_count; i++) {
        read_anew(rehearsal, rehearsal->cases[i], outcome->now);
    }
}

/* ---- what falls due ---- */

struct due_act {
    struct rehearsal_case *of;
    struct wake wake;
};

/* What the desk has to do in the case by UNTIL, as it knew on the day itself: a notice that came
 * out between that day and UNTIL must not move what was done before it. */
static struct wake wake_of(struct rehearsal *rehearsal, const struct rehearsal_case *of,
                           int64_t until)
{
    int64_t from = rehearsal->time > of->last ? rehearsal->time : of->last;
    int64_t at = from < until ? from : until;
    struct wake wake = rehearsal_fold(rehearsal, of, at)->wake;
    struct wake last = at < until ? rehearsal_fold(rehearsal, of, until)->wake : wake;
    if (wake.at == MOMENT_NONE || wake.at > until ||
        (last.at != MOMENT_NONE && last.at < wake.at)) {
        wake = last;
    }
    for (int i = 0; i < LOOKS_MOST && wake.at != MOMENT_NONE && wake.at <= until && wake.at > at;
         i++) {
        at = wake.at;
        struct wake then = rehearsal_fold(rehearsal, of, at)->wake;
        wake = then.at == MOMENT_NONE ? wake : then;
    }
    return wake;
}

static bool next_due(struct rehearsal *rehearsal, int64_t until, struct due_act *next)
{
    next->of = NULL;
    for (size_t i = 0; i < rehearsal->case_count; i++) {
        struct rehearsal_case *of = rehearsal->cases[i];
        if (of->act_count == 0 || of->last > until) {
            continue;
        }
        struct wake wake = wake_of(rehearsal, of, until);
        bool due = wake.at != MOMENT_NONE && wake.at <= until;
        if (due && (!next->of || wake.at < next->wake.at)) {
            *next = (struct due_act){of, wake};
        }
    }
    return next->of != NULL;
}

static void fire(struct rehearsal *rehearsal, const struct due_act *due)
{
    struct rehearsal_case *of = due->of;
    const struct procedure *procedure = &rehearsal->policy->procedures[of->procedure];
    const struct event *event = &procedure->events[due->wake.event];
    const struct casefile *file = rehearsal_fold(rehearsal, of, due->wake.at);
    struct outcome outcome = {.case_name = of->name,
                              .of = of,
                              .deed = DEED_EVENT,
                              .name = event->title.name,
                              .title = &event->title,
                              .on = MOMENT_NONE,
                              .moment = due->wake.at,
                              .recorded = due->wake.at,
                              .now = due->wake.at,
                              .timed = due->wake.at % DAY_SECONDS != 0,
                              .desk = true,
                              .event = due->wake.event,
                              .from = file->state};
    struct text facts = {0};
    rehearsal_facts(rehearsal, of, NULL, NULL, due->wake.at, &facts);
    struct act act = {.event = due->wake.event,
                      .person = PERSON_DESK,
                      .role = ROLE_DESK,
                      .effective = due->wake.at,
                      .recorded = due->wake.at,
                      .facts = text_bytes(&facts),
                      .facts_length = facts.length};
    if (!facts.failed && rehearsal_append(rehearsal, of, &act)) {
        of->last = act.effective;
        outcome.number = rehearsal_number(of, of->act_count - 1);
        rehearsal_tell(rehearsal, &outcome);
        act = of->acts[of->act_count - 1];
        rehearsal_follow(rehearsal, of, event, &act, &outcome);
    }
    text_free(&facts);
}

void rehearsal_desk(struct rehearsal *rehearsal, int64_t until)
{
    struct due_act due;
    for (int i = 0; i < DESK_ACTS_MOST && !rehearsal->failed && next_due(rehearsal, until, &due);
         i++) {
        rehearsal->time = due.wake.at > rehearsal->time ? due.wake.at : rehearsal->time;
        fire(rehearsal, &due);
    }
    rehearsal->time = until > rehearsal->time ? until : rehearsal->time;
}
