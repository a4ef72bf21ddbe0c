/* offer.c: what may be done in a case, by whom, by when (POLICY guide, rules 8.1, 8.3, 8.6). */
#include <stdlib.h>
#include <string.h>

#include "core/clerk.h"

struct clerk *clerk_new(const struct policy *policy)
{
    struct clerk *clerk = calloc(1, sizeof *clerk);
    if (!clerk) {
        return NULL;
    }
    clerk->policy = policy;
    clerk->capacity = 8;
    clerk->reasons = calloc(clerk->capacity, sizeof *clerk->reasons);
    if (!clerk->reasons) {
        free(clerk);
        return NULL;
    }
    return clerk;
}

void clerk_free(struct clerk *clerk)
{
    if (clerk) {
        arena_free(clerk->arena);
        free(clerk->reasons);
        free(clerk);
    }
}

bool clerk_begin(struct clerk *clerk)
{
    arena_free(clerk->arena);
    clerk->arena = arena_new();
    clerk->failed = !clerk->arena;
    clerk->verdict = (struct verdict){.completes = true, .to = -1};
    return !clerk->failed;
}

const struct verdict *clerk_done(struct clerk *clerk)
{
    clerk->verdict.reasons = clerk->reasons;
    return clerk->failed || arena_failed(clerk->arena) ? NULL : &clerk->verdict;
}

struct reason *clerk_add(struct clerk *clerk, enum reason_kind kind, struct cites cites,
                         enum message_id id, const char *a, const char *b, const char *c,
                         const char *d)
{
    if (clerk->verdict.count == clerk->capacity) {
        struct reason *grown = realloc(clerk->reasons, clerk->capacity * 2 * sizeof *grown);
        if (grown) {
            clerk->reasons = grown;
            clerk->capacity *= 2;
        } else { /* clerk_done() will say so; the last reason is written over */
            clerk->failed = true;
            clerk->verdict.count--;
        }
    }
    struct reason *reason = &clerk->reasons[clerk->verdict.count++];
    *reason = (struct reason){
        .kind = kind, .rule = -1, .field = -1, .cites = cites, .message = {id, {a, b, c, d}}};
    return reason;
}

const char *clerk_title(struct clerk *clerk, const struct title *title)
{
    return message_both(clerk->arena, title->zh, title->en);
}

const char *clerk_day(struct clerk *clerk, int64_t moment)
{
    char out[MOMENT_TEXT];
    bool midnight = moment % DAY_SECONDS == 0;
    const char *text = midnight ? day_format(moment_day(moment), out) : moment_format(moment, out);
    return arena_text(clerk->arena, text, strlen(text));
}

const char *clerk_period(struct clerk *clerk, struct period period)
{
    static const char *const units[] = {"wd", "d", "mo", "h"};
    struct text zh = {0}, en = {0};
    text_addf(&zh, "%d %s", (int)period.n, message_unit(units[period.unit], false));
    text_addf(&en, "%d %s", (int)period.n, message_unit(units[period.unit], true));
    const char *in_zh = arena_keep(clerk->arena, &zh), *in_en = arena_keep(clerk->arena, &en);
    return message_both(clerk->arena, in_zh, in_en);
}

/* Titles in both languages, one after the other. */
struct both {
    struct text zh, en;
};

static void both_add(struct both *both, const struct title *title)
{
    text_addf(&both->zh, "%s%s %s", both->zh.length ? ", " : "", title->name, title->zh);
    text_addf(&both->en, "%s%s %s", both->en.length ? ", " : "", title->name, title->en);
}

static const char *both_keep(struct clerk *clerk, struct both *both)
{
    const char *kept = message_both(clerk->arena, text_bytes(&both->zh), text_bytes(&both->en));
    clerk->failed |= both->zh.failed || both->en.failed;
    text_free(&both->zh);
    text_free(&both->en);
    return kept;
}

const char *clerk_roles(struct clerk *clerk, uint64_t roles)
{
    struct both both = {{0}, {0}};
    for (int32_t i = 0; i < clerk->policy->role_count; i++) {
        if (roles >> i & 1) {
            both_add(&both, &clerk->policy->roles[i].title);
        }
    }
    return both_keep(clerk, &both);
}

static const char *possible_here(struct clerk *clerk, const struct casefile *file)
{
    struct both both = {{0}, {0}};
    for (int32_t i = 0; i < file->procedure->event_count; i++) {
        const struct event *event = &file->procedure->events[i];
        if ((event->from >> file->state & 1) && event->by != BY_DESK) {
            both_add(&both, &event->title);
        }
    }
    return both_keep(clerk, &both);
}

/* ---- who ---- */

static uint64_t signed_roles(const struct fold *fold, int32_t event)
{
    uint64_t roles = 0;
    for (int32_t i = 0; i < fold->signature_count; i++) {
        if (fold->signatures[i].event == event && fold->signatures[i].role >= 0) {
            roles |= UINT64_C(1) << fold->signatures[i].role;
        }
    }
    return roles;
}

static bool person_signed(const struct fold *fold, int32_t event, int64_t person)
{
    for (int32_t i = 0; i < fold->signature_count; i++) {
        if (fold->signatures[i].event == event && fold->signatures[i].person == person) {
            return true;
        }
    }
    return false;
}

/* The roles that may do EVENT as the case stands. */
static uint64_t roles_of_event(const struct fold *fold, const struct event *event)
{
    switch (event->by) {
    case BY_HOLDER:
        return fold->file.with_role >= 0 ? UINT64_C(1) << fold->file.with_role : 0;
    case BY_ROLES:
    case BY_ALL_OF:
    case BY_COUNT_OF:
        return event->roles;
    default:
        return 0;
    }
}

/* A rule not met that lets his role go on lets him do the event too, though it is not his (8.3). */
static bool rule_admits(struct fold *fold, const struct event *event, uint64_t roles,
                        int64_t person, int64_t moment)
{
    for (int32_t i = 0; i < event->rules.count; i++) {
        const struct rule *rule = &fold->file.procedure->rules[event->rules.items[i]];
        if (rule->otherwise == ELSE_ROLES && (rule->roles & roles)) {
            struct value must = fold_eval(fold, rule->must, moment, person);
            if (!must.known || !must.n) {
                return true;
            }
        }
    }
    return false;
}

/* After an `org` entry only that organisation has the role in the case. */
static void check_org(struct clerk *clerk, const struct fold *fold, const struct event *event,
                      int32_t role, const char *org)
{
    const struct policy *policy = clerk->policy;
    for (int32_t i = 0; org && role >= 0 && i < fold->touched_count; i++) {
        int32_t slot = fold->touched[i];
        if (slot >= policy->field_count || policy->fields[slot].type != FIELD_ORG ||
            !(policy->fields[slot].roles >> role & 1) || !fold->slots[slot].length) {
            continue;
        }
        const struct slot *entry = &fold->slots[slot];
        if (strlen(org) != entry->length || memcmp(org, entry->text, entry->length) != 0) {
            clerk_add(clerk, REASON_ROLE, event->cites, MESSAGE_act_org,
                      arena_text(clerk->arena, entry->text, entry->length),
                      arena_text(clerk->arena, org, strlen(org)), NULL, NULL);
        }
    }
}

static void check_role(struct clerk *clerk, struct fold *fold, int32_t index, int32_t role,
                       uint64_t roles, int64_t person, int64_t moment)
{
    const struct event *event = &fold->file.procedure->events[index];
    uint64_t may = roles_of_event(fold, event);
    uint64_t acting = role >= 0 ? UINT64_C(1) << role : roles;
    if (event->by == BY_DESK || (event->by == BY_HOLDER && fold->file.with == WHO_DESK)) {
        clerk_add(clerk, REASON_ROLE, event->cites, MESSAGE_act_desk, NULL, NULL, NULL, NULL);
        return;
    }
    if (!(acting & may & roles)) {
        if (!rule_admits(fold, event, acting & roles, person, moment)) {
            clerk_add(clerk, REASON_ROLE, event->cites, MESSAGE_act_role,
                      clerk_roles(clerk, acting), clerk_roles(clerk, may), NULL, NULL);
        }
        return;
    }
    uint64_t have = signed_roles(fold, index);
    bool again = event->by == BY_ALL_OF
                     ? !(acting & may & ~have)
                     : event->by == BY_COUNT_OF && person_signed(fold, index, person);
    if (again) {
        uint64_t missing = event->by == BY_ALL_OF ? may & ~have : may;
        clerk_add(clerk, REASON_ROLE, event->cites, MESSAGE_act_signed, clerk_roles(clerk, acting),
                  clerk_roles(clerk, missing), NULL, NULL);
    }
}

void offer_check(struct clerk *clerk, struct fold *fold, int32_t index, int32_t role,
                 uint64_t roles, int64_t person, const char *org, int64_t moment)
{
    const struct casefile *file = &fold->file;
    const struct event *event = &file->procedure->events[index];
    const struct state *state = &file->procedure->states[file->state];
    if (file->closed) {
        clerk_add(clerk, REASON_STATE, event->cites, MESSAGE_act_closed,
                  clerk_title(clerk, &state->title), NULL, NULL, NULL);
        return;
    }
    if (!(event->from >> file->state & 1)) {
        clerk_add(clerk, REASON_STATE, event->cites, MESSAGE_act_state,
                  clerk_title(clerk, &state->title), possible_here(clerk, file), NULL, NULL);
        return;
    }
    struct value when = fold_eval(fold, event->when, moment, person);
    if (!when.known || !when.n) {
        clerk_add(clerk, REASON_WHEN, event->cites, MESSAGE_act_when, NULL, NULL, NULL, NULL);
    }
    check_role(clerk, fold, index, role, roles, person, moment);
    check_org(clerk, fold, event, role, org);
}

const struct verdict *offer_of(struct clerk *clerk, struct fold *fold, int32_t event,
                               int64_t person, uint64_t roles, const char *org, int64_t moment)
{
    if (!clerk_begin(clerk)) {
        return NULL;
    }
    int32_t role = role_for(fold, event);
    if (role >= 0 && !(roles >> role & 1)) {
        role = -1;
    }
    bool back;
    offer_check(clerk, fold, event, role, roles, person, org, moment);
    clerk->verdict.to =
        clerk->verdict.count
            ? -1
            : fold_destination(fold, &fold->file.procedure->events[event], moment, &back);
    return clerk_done(clerk);
}

static int32_t only_bit(uint64_t set)
{
    int32_t bit = 0;
    if (set == 0 || (set & (set - 1))) {
        return -1;
    }
    while (!(set >> bit & 1)) {
        bit++;
    }
    return bit;
}

int32_t role_for(struct fold *fold, int32_t index)
{
    const struct event *event = &fold->file.procedure->events[index];
    uint64_t may = roles_of_event(fold, event);
    if (event->by == BY_ALL_OF) {
        may &= ~signed_roles(fold, index);
    }
    int32_t holder = fold->file.with_role;
    if (event->by == BY_ROLES && holder >= 0 && (may >> holder & 1)) {
        return holder;
    }
    return only_bit(may);
}

int64_t latest_moment(struct fold *fold, int32_t index, int32_t *clock)
{
    const struct procedure *procedure = fold->file.procedure;
    bool back;
    int32_t to = fold_destination(fold, &procedure->events[index], fold->moment, &back);
    int64_t latest = MOMENT_NONE;
    *clock = -1;
    for (int32_t i = 0; to >= 0 && i < fold->file.run_count; i++) {
        const struct run *run = &fold->runs[i];
        bool ends = procedure->states[to].clocks[i] == CLOCK_ABSENT;
        if (ends && run->state == RUN_RUNNING && run->has_due &&
            (latest == MOMENT_NONE || run->due.at < latest)) {
            latest = run->due.at;
            *clock = run->clock;
        }
    }
    return latest;
}
