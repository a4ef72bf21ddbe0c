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

int refuse_access(struct asking *asking, const char *what)
{
    struct error ignored = {0};
    if (!asking->quiet) {
        store_log(asking->counter->store, asking->utc, asking->visitor->uid,
                  asking->person ? asking->person->thing.id : 0, what, "refused", &ignored);
        error_free(&ignored);
    }
    return error_set(asking->error, ERROR_NOT_FOUND, N_("there is no such thing here for you: %1"),
                     what, NULL);
}

int must_keep(struct asking *asking, unsigned keeps)
{
    return asking->keeps & keeps ? 0 : refuse_access(asking, "register");
}

/* Units and vendors have no accounts here: who keeps the register of organisations keys for them.
 */
bool may_key_for_others(const struct asking *asking)
{
    return (asking->keeps & KEEPS_ORGANISATIONS) != 0;
}
