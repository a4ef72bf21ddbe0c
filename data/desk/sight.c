/* sight.c: which cases a person may see, and in which roles he stands in one. */
#include <string.h>

#include "data/desk/inside.h"

/* ORG has part in the case: it was with it, or it was told. */
static bool is_party(struct asking *asking, int64_t case_id, int64_t org)
{
    return store_is_party(asking->counter->store, case_id, org, asking->error) == 1;
}

static bool role_reaches(struct asking *asking, const struct post *role, const struct entry *org,
                         const struct case_row *row)
{
    switch (role->sees) {
    case SEES_OWN:
        return row->org == org->thing.id;
    case SEES_BELOW:
        return row->county == org->thing.id || row->org == org->thing.id;
    case SEES_SENT:
        return row->org == org->thing.id || is_party(asking, row->id, org->thing.id);
    default:
        return true;
    }
}

static uint64_t reach(struct asking *asking, const struct entry *org, uint64_t roles,
                      const struct case_row *row)
{
    const struct policy *policy = asking->counter->current->policy;
    uint64_t reached = 0;
    for (int32_t i = 0; org && i < policy->role_count; i++) {
        if (roles >> i & 1 && role_reaches(asking, &policy->roles[i], org, row)) {
            reached |= UINT64_C(1) << i;
        }
    }
    return reached;
}

bool sees_case(struct asking *asking, const struct case_row *row)
{
    return asking->sees_all ||
           reach(asking, asking->org, asking->roles | asking->deputy_roles, row) != 0;
}

uint64_t roles_in_case(struct asking *asking, const struct case_row *row, bool deputy)
{
    return reach(asking, asking->org, deputy ? asking->deputy_roles : asking->roles, row);
}

uint64_t org_roles_in_case(struct asking *asking, const struct entry *org,
                           const struct case_row *row)
{
    return reach(asking, org, org->roles, row);
}

struct sight sight_of(const struct asking *asking)
{
    const struct policy *policy = asking->counter->current->policy;
    uint64_t roles = asking->roles | asking->deputy_roles;
    struct sight sight = {.all = asking->sees_all, .org = asking->org ? asking->org->thing.id : -1};
    for (int32_t i = 0; i < policy->role_count; i++) {
        enum sees sees = policy->roles[i].sees;
        bool has = roles >> i & 1;
        sight.own |= has && sees == SEES_OWN;
        sight.below |= has && sees == SEES_BELOW;
        sight.sent |= has && sees == SEES_SENT;
    }
    return sight;
}

/* ---- registers ---- */

static bool has_sight(const struct asking *asking, enum sees sees)
{
    const struct policy *policy = asking->counter->current->policy;
    uint64_t roles = asking->roles | asking->deputy_roles;
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (roles >> i & 1 && policy->roles[i].sees == sees) {
            return true;
        }
    }
    return false;
}

/* ORG is HIS, or under his where he looks over those below. */
static bool reaches(const struct asking *asking, const struct entry *org)
{
    bool below = has_sight(asking, SEES_BELOW);
    for (const struct entry *at = org; at && asking->org; at = below ? at->parent : NULL) {
        if (at->thing.id == asking->org->thing.id) {
            return true;
        }
    }
    return false;
}

bool sees_entry(struct asking *asking, enum book_kind kind, const struct entry *entry)
{
    if (asking->sees_all || asking->keeps) {
        return true;
    }
    switch (kind) {
    case BOOK_PERSON:
        return asking->org && entry->parent && entry->parent->thing.id == asking->org->thing.id;
    case BOOK_ABSENCE:
        return entry->parent && sees_entry(asking, BOOK_PERSON, entry->parent);
    case BOOK_SYSTEM:
        return reaches(asking, entry->parent) ||
               (asking->org && has_sight(asking, SEES_SENT) &&
                store_is_party_of_system(asking->counter->store, entry->thing.id,
                                         asking->org->thing.id, asking->error) == 1);
    case BOOK_QUOTA:
        return asking->org && has_sight(asking, SEES_SENT) &&
               (!entry->parent || entry->parent->thing.id == asking->org->thing.id);
    default:
        return true;
    }
}

struct entry *entry_asked(struct asking *asking, enum book_kind kind, const char *text,
                          int64_t parent)
{
    struct entry *found = book_find(asking->counter, kind, text, parent);
    return found && sees_entry(asking, kind, found) ? found : NULL;
}

/* ---- who takes part, who looks on ---- */

static uint64_t roles_in_procedure(const struct procedure *procedure)
{
    uint64_t roles = procedure->by;
    for (int32_t i = 0; i < procedure->event_count; i++) {
        roles |= procedure->events[i].roles;
    }
    for (int32_t i = 0; i < procedure->rule_count; i++) {
        roles |= procedure->rules[i].roles;
    }
    for (int32_t i = 0; i < procedure->state_count; i++) {
        const struct who *with = &procedure->states[i].with;
        roles |= with->kind == WHO_ROLE ? UINT64_C(1) << with->index : 0;
    }
    return roles;
}

uint64_t roles_acting(const struct policy *policy)
{
    uint64_t roles = 0;
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        roles |= roles_in_procedure(&policy->procedures[i]);
    }
    for (int32_t i = 0; i < policy->role_count; i++) {
        roles |= policy->roles[i].keeps ? UINT64_C(1) << i : 0;
    }
    return roles;
}

bool has_role_in_case(struct asking *asking, const struct entry *person, int32_t role,
                      const struct case_row *row)
{
    const struct entry *org = person->parent;
    uint64_t roles = person->roles & (org && org->roles ? org->roles : ~UINT64_C(0));
    return role >= 0 && reach(asking, org, roles, row) >> role & 1;
}

static void log_as_refused(struct asking *asking, const char *what)
{
    if (!asking->quiet) {
        asking->refused = arena_text(asking->arena, what, strlen(what));
    }
}

int refuse_access(struct asking *asking, const char *what)
{
    log_as_refused(asking, what);
    return error_set(asking->error, ERROR_NOT_FOUND, N_("there is no such thing here for you: %1"),
                     what, NULL);
}

const char *roles_in_words(struct asking *asking, const struct policy *policy, uint64_t roles)
{
    struct text zh = {0}, en = {0};
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (roles >> i & 1) {
            text_addf(&zh, "%s%s", zh.length ? "、" : "", policy->roles[i].title.zh);
            text_addf(&en, "%s%s", en.length ? ", " : "", policy->roles[i].title.en);
        }
    }
    const char *both = message_both(asking->arena, text_bytes(&zh), text_bytes(&en));
    text_free(&zh);
    text_free(&en);
    return both;
}

int refuse_right(struct asking *asking, const char *what, uint64_t roles)
{
    const struct policy *policy = asking->counter->current->policy;
    log_as_refused(asking, what);
    return error_set(asking->error, ERROR_NOT_FOUND,
                     roles ? N_("this is not for you to do; it is for: %1")
                           : N_("this is for the account alone that owns the workspace"),
                     roles_in_words(asking, policy, roles), NULL);
}

uint64_t roles_keeping(const struct policy *policy, unsigned keeps)
{
    uint64_t roles = 0;
    for (int32_t i = 0; i < policy->role_count; i++) {
        roles |= policy->roles[i].keeps & keeps ? UINT64_C(1) << i : 0;
    }
    return roles;
}

uint64_t roles_seeing(const struct policy *policy, enum sees sees)
{
    uint64_t roles = 0;
    for (int32_t i = 0; i < policy->role_count; i++) {
        roles |= policy->roles[i].sees == sees ? UINT64_C(1) << i : 0;
    }
    return roles;
}

uint64_t roles_seeing_all(const struct policy *policy)
{
    return roles_seeing(policy, SEES_ALL);
}

int64_t county_of(const struct asking *asking, const struct entry *org)
{
    uint64_t below = roles_seeing(asking->counter->current->policy, SEES_BELOW);
    for (const struct entry *at = org ? org->parent : NULL; at; at = at->parent) {
        if (at->roles & below) {
            return at->thing.id;
        }
    }
    return org && org->roles & below ? org->thing.id : 0;
}

int must_keep(struct asking *asking, unsigned keeps)
{
    return asking->keeps & keeps
               ? 0
               : refuse_right(asking, "register",
                              roles_keeping(asking->counter->current->policy, keeps));
}

/* Units and vendors have no accounts here: who keeps the register of organisations keys for them.
 */
bool may_key_for_others(const struct asking *asking)
{
    return (asking->keeps & KEEPS_ORGANISATIONS) != 0;
}
