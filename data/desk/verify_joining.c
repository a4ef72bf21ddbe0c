/* verify_joining.c: to whom a case went. Organisations with a role that sees only what is sent to
 * it have part in a case once that role can act in it, has it or is told; the first of them that
 * acts at all is the case's vendor, and stays it. Which states a case was in the fold says, who had
 * which role then the register's acts. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/verify.h"

/* ---- what a policy says of it ---- */

static uint64_t role_bit(struct who who, uint64_t unknown)
{
    return who.kind == WHO_ROLE                             ? UINT64_C(1) << who.index
           : who.kind == WHO_NOBODY || who.kind == WHO_DESK ? 0
                                                            : unknown;
}

static void read_procedure(const struct procedure *procedure, uint64_t sent, uint64_t *must,
                           uint64_t *may, uint64_t *told)
{
    for (int32_t s = 0; s < procedure->state_count; s++) {
        bool draft = s == procedure->begins && procedure->states[s].edit;
        must[s] = role_bit(procedure->states[s].with, 0) & sent;
        may[s] = role_bit(procedure->states[s].with, sent) & sent;
        for (int32_t e = 0; e < procedure->event_count && !draft; e++) {
            uint64_t acting = procedure->events[e].from >> s & 1 ? procedure->events[e].roles : 0;
            must[s] |= acting & sent;
            may[s] |= acting & sent;
        }
    }
    for (int32_t e = 0; e < procedure->event_count; e++) {
        for (int32_t i = 0; i < procedure->events[e].tell_count; i++) {
            told[e] |= role_bit(procedure->events[e].tell[i], sent) & sent;
        }
    }
}

static bool read_procedures(const struct policy *policy, struct arena *arena, struct joining *out)
{
    size_t count = (size_t)policy->procedure_count;
    out->must = arena_array(arena, count, sizeof *out->must);
    out->may = arena_array(arena, count, sizeof *out->may);
    out->told = arena_array(arena, count, sizeof *out->told);
    for (size_t p = 0; p < count && !arena_failed(arena); p++) {
        const struct procedure *procedure = &policy->procedures[p];
        size_t states = (size_t)procedure->state_count, events = (size_t)procedure->event_count + 1;
        out->must[p] = arena_array(arena, states, sizeof **out->must);
        out->may[p] = arena_array(arena, states, sizeof **out->may);
        out->told[p] = arena_array(arena, events, sizeof **out->told);
        if (!arena_failed(arena)) {
            read_procedure(procedure, out->sent, out->must[p], out->may[p], out->told[p]);
        }
    }
    return !arena_failed(arena);
}

static bool read_systems(const struct policy *policy, struct arena *arena, struct joining *out)
{
    int32_t *systems = arena_array(arena, (size_t)policy->field_count + 1, sizeof *systems);
    for (int32_t f = 0; systems && f < policy->field_count; f++) {
        if (policy->fields[f].type == FIELD_SYSTEM) {
            systems[out->system_count++] = f;
        }
    }
    out->systems = systems;
    return systems != NULL;
}

static bool read_holders(struct past *past, struct arena *arena, struct joining *out)
{
    size_t *holders = arena_array(arena, past->org_count + 1, sizeof *holders);
    for (size_t i = 0; holders && i < past->org_count; i++) {
        const struct past_org *org = &past->orgs[i];
        uint64_t roles = 0;
        for (size_t k = 0; k < org->count; k++) {
            roles |= past_roles(&past->versions[org->first + k], out->policy);
        }
        if (roles & out->sent) {
            holders[out->holder_count++] = i;
        }
    }
    out->holders = holders;
    return holders != NULL;
}

const struct joining *joining_of(struct verifying *v, const struct policy *policy)
{
    for (size_t i = 0; i < v->joining_count; i++) {
        if (v->joining[i].policy == policy) {
            return &v->joining[i];
        }
    }
    struct joining *grown = realloc(v->joining, (v->joining_count + 1) * sizeof *grown);
    struct joining *out = grown ? &grown[v->joining_count] : NULL;
    v->joining = grown ? grown : v->joining;
    if (out) {
        *out = (struct joining){.policy = policy,
                                .below = roles_seeing(policy, SEES_BELOW),
                                .sent = roles_seeing(policy, SEES_SENT)};
        out->acting = out->sent & roles_acting(policy);
    }
    if (!out || !read_procedures(policy, v->telling, out) ||
        !read_systems(policy, v->telling, out) || !read_holders(&v->past, v->telling, out)) {
        error_memory(v->asking->error);
        return NULL;
    }
    v->joining_count++;
    return out;
}

void joining_free(struct verifying *v)
{
    free(v->joining);
}

/* ---- the case at hand ---- */

struct reach { /* roles: that had part in it, that may have had */
    uint64_t must, may;
};

/* What was corrected, moved to another policy or imported went by states that the fold does not
 * see, or was followed at its end alone. */
static bool plain(const struct verifying *v)
{
    const struct records *records = &v->work.records;
    bool plain = !strstr(records->items[0].facts, "imported.number=");
    for (size_t i = 0; i < records->count && plain; i++) {
        plain =
            records->items[i].corrects == 0 && records->items[i].policy == records->items[0].policy;
    }
    return plain;
}

/* Of a case that is not plain: where it stands it had part, and anywhere else it may have. */
static struct reach reach_anyhow(const struct verifying *v, const struct joining *joining)
{
    const struct casefile *file = v->work.file;
    bool here = v->work.records.items[0].policy == v->policy && file->state >= 0;
    return (struct reach){here ? joining->must[v->work.procedure][file->state] : 0, joining->sent};
}

static struct reach reach_of(const struct verifying *v, const struct joining *joining)
{
    const struct casefile *file = v->work.file;
    const uint64_t *must = joining->must[v->work.procedure];
    const uint64_t *may = joining->may[v->work.procedure];
    const uint64_t *told = joining->told[v->work.procedure];
    struct reach reach = {0, 0};
    for (int32_t s = 0; s < file->procedure->state_count; s++) {
        bool was = file->state_at[s] != MOMENT_NONE;
        reach.must |= was ? must[s] : 0;
        reach.may |= was ? may[s] : 0;
    }
    for (int32_t e = 0; e < file->procedure->event_count; e++) {
        reach.may |= file->count[e] > 0 ? told[e] : 0;
    }
    return reach;
}

static bool lists(const char *list, const char *code)
{
    for (size_t length; *list; list += length + (list[length] != '\0')) {
        list += strspn(list, " ");
        length = strcspn(list, "|,");
        if (strlen(code) == length && strncmp(list, code, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Some of the first COUNT acts enters CODE (NULL: any organisation) in a field for organisations of
 * these ROLES (0: in any). */
static bool entered(const struct verifying *v, uint64_t roles, const char *code, size_t count)
{
    const struct policy *policy = v->work.rulebook->policy;
    for (size_t i = 0; i < count; i++) {
        for (int32_t f = 0; f < policy->field_count; f++) {
            const struct field *field = &policy->fields[f];
            bool names = field->type == FIELD_ORG || field->type == FIELD_ORGS;
            const char *value =
                names && (!roles || field->roles & roles)
                    ? fact_find(v->work.records.items[i].facts, field->title.name, v->asking->arena)
                    : NULL;
            if (value && *value && (!code || lists(value, code) || strcmp(value, "*") == 0)) {
                return true;
            }
        }
    }
    return false;
}

/* The roles among ROLES that ORG had when act INDEX was done. */
static uint64_t held(struct verifying *v, const struct past_org *org, size_t index, uint64_t roles)
{
    const struct record *record = &v->work.records.items[index];
    struct past_version *version = past_at(&v->past, org, record->seq);
    return version && past_valid(version, moment_day(record->effective))
               ? past_roles(version, v->work.rulebook->policy) & roles
               : 0;
}

/* ---- the vendor ---- */

/* Whom a case that goes to ROLES at act INDEX is sent to: the one that it is about, where that has
 * the role, else the first in the register; NULL nobody. */
static const struct past_org *first_holder(struct verifying *v, const struct joining *joining,
                                           size_t index, uint64_t roles)
{
    const struct past_org *own = past_org(&v->past, v->work.old.org);
    if (own && held(v, own, index, roles)) {
        return own;
    }
    for (size_t i = 0; i < joining->holder_count; i++) {
        const struct past_org *org = &v->past.orgs[joining->holders[i]];
        if (held(v, org, index, roles)) {
            return org;
        }
    }
    return NULL;
}

/* Any of ROLES, at any act, and where it went from there. */
static bool may_be_vendor(struct verifying *v, const struct joining *joining, uint64_t may)
{
    uint64_t roles = may & joining->acting;
    int64_t vendor = v->work.old.vendor;
    const struct past_org *org = past_org(&v->past, vendor);
    for (size_t i = 0; i < v->work.records.count; i++) {
        for (uint64_t left = roles; left; left &= left - 1) {
            uint64_t role = left & (~left + 1);
            const struct past_org *first = first_holder(v, joining, i, role);
            if (first && (first->id == vendor || verify_went_to(v, first->id, i + 1) == vendor)) {
                return true;
            }
            if (org && held(v, org, i, role) && entered(v, role, org->code, i + 1)) {
                return true;
            }
        }
    }
    return false;
}

/* Somebody had one of ROLES from its first act to its last, and no entry picked others. */
static const struct past_org *must_be_vendor(struct verifying *v, const struct joining *joining,
                                             uint64_t must)
{
    uint64_t roles = must & joining->acting;
    size_t last = v->work.records.count - 1;
    for (uint64_t left = roles; left; left &= left - 1) {
        uint64_t role = left & (~left + 1);
        const struct past_org *first = first_holder(v, joining, 0, role);
        if (first && held(v, first, last, role) && !entered(v, role, NULL, last + 1)) {
            return first;
        }
    }
    return NULL;
}

static const char *name_of(struct verifying *v, int64_t id)
{
    const struct entry *org = id ? book_by_id(v->asking->counter, BOOK_ORG, id) : NULL;
    return org ? org->thing.name : "-";
}

/* ---- who has part ---- */

static bool held_then(struct verifying *v, const struct past_org *org, uint64_t roles)
{
    for (size_t i = 0; i < v->work.records.count; i++) {
        for (uint64_t left = held(v, org, i, roles); left; left &= left - 1) {
            uint64_t role = left & (~left + 1);
            if (!entered(v, role, NULL, i + 1) || entered(v, role, org->code, i + 1)) {
                return true;
            }
        }
    }
    return false;
}

/* ORG had one of ROLES, was entered to be told, or is what became of one that did or was. */
static bool may_have_part(struct verifying *v, const struct past_org *org, uint64_t roles,
                          int depth)
{
    enum { DEPTH_MOST = 8 };
    bool may = held_then(v, org, roles) || entered(v, 0, org->code, v->work.records.count);
    for (size_t i = 0; i < v->past.org_count && !may && depth < DEPTH_MOST; i++) {
        const struct past_org *other = &v->past.orgs[i];
        for (size_t k = 0; k < other->count && !may && other != org; k++) {
            may = lists(v->past.versions[other->first + k].became, org->code) &&
                  may_have_part(v, other, roles, depth + 1);
        }
    }
    return may;
}

static int check_parties(struct verifying *v, const struct joining *joining, struct reach reach)
{
    int64_t org, vendor = v->work.old.vendor;
    bool there = false;
    int status;
    while ((status = abreast_party(&v->beside, v->case_id, &org, v->asking->error)) == 1) {
        const struct past_org *party = org == vendor ? NULL : past_org(&v->past, org);
        there |= org == vendor;
        bool may = org == vendor || (party && may_have_part(v, party, reach.may, 0));
        may = may || (party && !plain(v) && may_have_part(v, party, joining->sent, 0));
        if (!may) {
            verify_tell(v, v->work.row.number, N_("%1 has part in it, and by its acts has none"),
                        name_of(v, org), NULL);
        }
    }
    if (vendor && !there) {
        verify_tell(v, v->work.row.number, N_("%1 has part in it by its acts, and has none"),
                    name_of(v, vendor), NULL);
    }
    return status;
}

/* ---- all of it ---- */

/* The vendor is one that it may be, or there is none that it must be: that is *DUE. */
static bool right_vendor(struct verifying *v, const struct joining *joining, struct reach reach,
                         const struct past_org **due)
{
    bool some = v->work.old.vendor != 0, may = some && may_be_vendor(v, joining, reach.may);
    *due = may ? NULL : must_be_vendor(v, joining, reach.must);
    return some ? may : !*due;
}

int verify_joining(struct verifying *v)
{
    const struct joining *joining = joining_of(v, v->work.rulebook->policy);
    const struct past_org *due;
    if (!joining) {
        return -1;
    }
    struct reach reach = reach_of(v, joining);
    if (!right_vendor(v, joining, reach, &due) &&
        (plain(v) || !right_vendor(v, joining, reach_anyhow(v, joining), &due))) {
        verify_tell(v, v->work.row.number, N_("its vendor is %1 by its acts, not %2"),
                    name_of(v, due ? due->id : 0), name_of(v, v->work.old.vendor));
    }
    return check_parties(v, joining, reach);
}
