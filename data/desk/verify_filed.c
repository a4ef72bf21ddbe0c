/* verify_filed.c: does a case stand under the organisation it was opened for, in its county, about
 * its system? The organisation is the one whose paper the opening act was, else that of who did it,
 * where his role sees no further, else the one the opening says; and, when one organisation became
 * another, the one its acts say it went to. The county is the one that organisation was under then.
 * What openings of an older program do not say is asked of their entries, as far as these go. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/verify.h"

struct stay { /* somebody is of ORG since the second SINCE */
    int64_t since, org;
};

static struct stays *stays_of(struct verifying *v, int64_t person)
{
    return &v->stays[(uint64_t)person % VERIFY_PEOPLE];
}

/* The acts of PERSON in the register say when he was where. */
static int read_stays(struct verifying *v, int64_t person, struct stays *out)
{
    struct asking *asking = v->asking;
    struct records records = {0};
    int status = store_acts(asking->counter->store, person, &records, asking->error);
    free(out->items);
    *out = (struct stays){.person = person};
    out->items = calloc(records.count + 1, sizeof *out->items);
    status = status == 0 && !out->items ? error_memory(asking->error) : status;
    for (size_t i = 0; status == 0 && i < records.count; i++) {
        const char *parent = fact_find(records.items[i].facts, "parent", asking->arena);
        out->items[out->count++] =
            (struct stay){records.items[i].recorded, parent ? strtoll(parent, NULL, 10) : 0};
    }
    records_free(&records);
    return status;
}

/* The next stay after AT (-1: the first) that held in the second RECORDED; what was recorded within
 * it may have come before or after. -1 none. */
static int next_stay(const struct stays *stays, int at, int64_t recorded)
{
    for (size_t i = (size_t)(at + 1); i < stays->count; i++) {
        bool over = i + 1 < stays->count && stays->items[i + 1].since < recorded;
        if (stays->items[i].since <= recorded && !over) {
            return (int)i;
        }
    }
    return -1;
}

/* The organisations that act INDEX of the case says became another: codes in *FROM and *TO. */
static bool says_went(struct verifying *v, size_t index, const char **from, const char **to)
{
    const struct record *record = &v->work.records.items[index];
    bool note = record->facts_length > 0 && strcmp(record->event, "note") == 0;
    *from = note ? fact_find(record->facts, "org.from", v->asking->arena) : NULL;
    *to = *from ? fact_find(record->facts, "org.to", v->asking->arena) : NULL;
    return *to != NULL;
}

int64_t verify_went_to(struct verifying *v, int64_t org, size_t from)
{
    const char *left, *entered;
    for (size_t i = from; i < v->work.records.count && org != 0; i++) {
        if (says_went(v, i, &left, &entered)) {
            const struct past_org *one = past_org_coded(&v->past, left);
            const struct past_org *other = past_org_coded(&v->past, entered);
            org = !one || !other ? 0 : one->id == org ? other->id : org;
        }
    }
    return org;
}

/* It went there from ORG, or that cannot be told. */
static bool may_be(struct verifying *v, int64_t org)
{
    int64_t to = verify_went_to(v, org, 1);
    return to == 0 || to == v->work.old.org;
}

/* By the stays of who opened it; true where he is in no register. */
static int may_be_his(struct verifying *v, const struct record *opening)
{
    struct stays *stays = stays_of(v, opening->actor);
    if (stays->person != opening->actor && read_stays(v, opening->actor, stays) != 0) {
        return -1;
    }
    int at = next_stay(stays, -1, opening->recorded);
    bool some = at >= 0, may = false;
    for (; at >= 0 && !may; at = next_stay(stays, at, opening->recorded)) {
        may = may_be(v, stays->items[at].org);
    }
    return may || !some;
}

/* ---- what the opening says ---- */

/* A fact of opening_says(), which stand before all others; NULL: it says nothing of it. */
static const char *said(struct verifying *v, const char *name)
{
    const struct record *opening = &v->work.records.items[0];
    return strncmp(opening->facts, "case.", 5) == 0
               ? fact_find(opening->facts, name, v->asking->arena)
               : NULL;
}

static bool imported(struct verifying *v)
{
    const char *facts = v->work.records.items[0].facts;
    return strstr(facts, "imported.number=") != NULL;
}

/* Its entries name an organisation: it is that one. Else who opened it had it under his own, or
 * under that of its system. */
static int may_be_entered(struct verifying *v, const struct record *opening)
{
    const struct policy *policy = v->work.rulebook->policy;
    const struct past_system *system = past_system(&v->past, v->work.old.system);
    const char *at = opening->facts, *end = at + opening->facts_length, *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        int32_t field = field_named(policy, arena_text(v->asking->arena, name, name_length));
        if (length > 0 && field >= 0 && policy->fields[field].type == FIELD_ORG) {
            const char *code = fact_unescape(v->asking->arena, value, length);
            const struct past_org *org = past_org_coded(&v->past, code);
            return !org || may_be(v, org->id);
        }
    }
    return (system && (system->parent == v->work.old.org || may_be(v, system->parent))) ||
           may_be_his(v, opening) != 0;
}

static int filed_under(struct verifying *v, const struct record *opening)
{
    const char *code = said(v, "case.org");
    if (code) {
        const struct past_org *org = past_org_coded(&v->past, code);
        return *code ? org && may_be(v, org->id) : !v->work.old.org || v->work.old.system;
    }
    if (opening->party_org) {
        return may_be(v, opening->party_org);
    }
    if (!opening->actor || imported(v)) {
        return 1;
    }
    const struct rulebook *rulebook =
        rulebook_find(v->asking->counter, opening->policy, v->asking->error);
    int32_t role = rulebook ? role_named(rulebook->policy, opening->role) : -1;
    bool own = role >= 0 && rulebook->policy->roles[role].sees == SEES_OWN;
    int may = !rulebook ? -1 : own ? may_be_his(v, opening) : may_be_entered(v, opening);
    return may == 0 && !own
               ? store_is_linked(v->asking->counter->store, v->case_id, v->asking->error)
               : may;
}

static const char *org_name(struct verifying *v, int64_t id)
{
    const struct entry *org = id ? book_by_id(v->asking->counter, BOOK_ORG, id) : NULL;
    return org ? org->thing.name : "-";
}

/* ---- the county ---- */

/* Under POLICY, at the place SEQ of the chain. */
static int64_t county_by(struct verifying *v, const struct policy *policy, int64_t seq)
{
    const struct joining *joining = joining_of(v, policy);
    return joining ? past_county(&v->past, policy, joining->below, v->work.old.org, seq) : -1;
}

struct trying {
    struct verifying *v;
    int64_t seq;
    bool found;
};

static int try_policy(void *self, const struct policy_row *row, struct error *error)
{
    struct trying *trying = self;
    struct verifying *v = trying->v;
    struct error ignored = {0};
    const struct rulebook *rulebook = rulebook_find(v->asking->counter, row->id, &ignored);
    error_free(&ignored);
    (void)error;
    trying->found |= rulebook && county_by(v, rulebook->policy, trying->seq) == v->work.old.county;
    return 0;
}

/* A policy that was current then may have been another than the case's; and who opened a case may
 * have read the register a moment before somebody changed it. */
static int may_be_county(struct verifying *v, const struct record *record)
{
    enum { MOMENT = 60 /* seconds */ };
    struct trying trying = {.v = v, .seq = record->seq};
    struct store *store = v->asking->counter->store;
    int status = store_policies(store, try_policy, &trying, v->asking->error);
    const struct past_org *org = past_org(&v->past, v->work.old.org);
    for (size_t i = 0; record->n == 1 && i < v->past.version_count && !trying.found; i++) {
        const struct past_version *version = &v->past.versions[i];
        trying.seq = version->seq;
        if (version->seq < record->seq && version->recorded >= record->recorded - MOMENT && org &&
            past_at(&v->past, org, trying.seq) && status == 0) {
            status = store_policies(store, try_policy, &trying, v->asking->error);
        }
    }
    return status ? -1 : trying.found;
}

/* The county was looked up when the case was opened, and whenever an organisation became another.
 */
static int check_county(struct verifying *v)
{
    const struct case_row *old = &v->work.old;
    const struct record *record = &v->work.records.items[0];
    const char *from, *to, *code = said(v, "case.org");
    bool opened_for = code ? *code != '\0' : v->work.records.items[0].actor || old->county;
    for (size_t i = v->work.records.count; i-- > 1;) {
        if (says_went(v, i, &from, &to)) {
            record = &v->work.records.items[i];
            opened_for = true;
            break;
        }
    }
    int64_t county = opened_for ? county_by(v, v->work.rulebook->policy, record->seq) : 0;
    int may = county < 0 ? -1 : county == old->county ? 1 : may_be_county(v, record);
    if (may == 0) {
        verify_tell(v, v->work.row.number, N_("its county is %1 by its acts, not %2"),
                    org_name(v, county), org_name(v, old->county));
    }
    return may < 0 ? -1 : 0;
}

/* ---- the system ---- */

/* The entry that names its system last; NULL: none does, or it was struck out. */
static const struct slot *names_last(const struct verifying *v, const struct joining *joining)
{
    const struct slot *last = NULL;
    for (int32_t i = 0; i < joining->system_count; i++) {
        const struct slot *slot = &v->work.file->slots[joining->systems[i]];
        bool names = slot->text && slot->length > 0 && (!last || slot->act >= last->act);
        last = names ? slot : last;
    }
    return last && last->length == 1 && *last->text == '*' ? NULL : last;
}

/* Some act of the case names a system so; NAME NULL: in any way. */
static bool some_act_names(struct verifying *v, const struct joining *joining, const char *name)
{
    for (size_t i = 0; i < v->work.records.count; i++) {
        for (int32_t f = 0; f < joining->system_count; f++) {
            const char *field = v->work.rulebook->policy->fields[joining->systems[f]].title.name;
            const char *value = fact_find(v->work.records.items[i].facts, field, v->asking->arena);
            if (value && *value && (!name || strcmp(value, name) == 0 || strcmp(value, "*") == 0)) {
                return true;
            }
        }
    }
    return false;
}

/* Another system of that name stood under the case's organisation when it was opened. */
static bool has_twin(const struct verifying *v, const struct past_system *system)
{
    for (size_t i = 0; i < v->past.system_count; i++) {
        const struct past_system *twin = &v->past.systems[i];
        if (twin != system && twin->parent == v->work.old.org && twin->id < v->case_id &&
            twin->length == system->length && memcmp(twin->name, system->name, twin->length) == 0) {
            return true;
        }
    }
    return false;
}

/* By what the register ever said of SYSTEM, and the acts of the case of theirs. */
static int may_be_about(struct verifying *v, const struct joining *joining,
                        const struct past_system *system)
{
    struct asking *asking = v->asking;
    struct records records = {0};
    bool named = false, under = system->parent == v->work.old.org;
    int status = store_acts(asking->counter->store, system->id, &records, asking->error);
    for (size_t i = 0; status == 0 && i < records.count; i++) {
        const char *facts = records.items[i].facts;
        const char *name = fact_find(facts, "name", asking->arena);
        const char *parent = fact_find(facts, "parent", asking->arena);
        named |= name && some_act_names(v, joining, name);
        under |= parent && may_be(v, strtoll(parent, NULL, 10));
    }
    records_free(&records);
    return status ? -1 : named && (under || !has_twin(v, system));
}

/* The opening says so, or this case entered it; without any entry that names one, an older program
 * may have had it from the case or the duty that this one came of. */
static int came_with(struct verifying *v, const struct joining *joining,
                     const struct past_system *system)
{
    const struct entry *entry = book_by_id(v->asking->counter, BOOK_SYSTEM, system->id);
    const char *code = said(v, "case.system");
    struct text own = {0};
    text_add(&own, "S");
    text_add_int(&own, v->case_id & 0xffffffffff);
    bool may = entry && ((code && strcmp(code, entry->thing.code) == 0) ||
                         strcmp(text_bytes(&own), entry->thing.code) == 0);
    text_free(&own);
    if (may || said(v, "case.org") || some_act_names(v, joining, NULL)) {
        return may;
    }
    return v->work.records.items[0].actor
               ? store_is_linked(v->asking->counter->store, v->case_id, v->asking->error)
               : 1;
}

static bool begins_as_draft(const struct verifying *v)
{
    const struct procedure *procedure = v->work.file->procedure;
    return procedure->states[procedure->begins].edit;
}

static int about_system(struct verifying *v, const struct joining *joining)
{
    const struct case_row *old = &v->work.old;
    const struct slot *last = names_last(v, joining);
    bool draft = begins_as_draft(v) && v->work.file->state == v->work.file->procedure->begins;
    if (old->system == 0) {
        return draft || (!last && (begins_as_draft(v) || !said(v, "case.system")));
    }
    const struct past_system *system = past_system(&v->past, old->system);
    if (system && last && system->parent == old->org && system->length == last->length &&
        memcmp(system->name, last->text, last->length) == 0) {
        return 1;
    }
    int may = system ? came_with(v, joining, system) : 0;
    return may || !system ? may : may_be_about(v, joining, system);
}

static int check_system(struct verifying *v)
{
    const struct joining *joining = joining_of(v, v->work.rulebook->policy);
    int may = joining ? about_system(v, joining) : -1;
    if (may == 0) {
        const struct slot *last = names_last(v, joining);
        const char *code = said(v, "case.system");
        const struct entry *is =
            v->work.old.system ? book_by_id(v->asking->counter, BOOK_SYSTEM, v->work.old.system)
                               : NULL;
        verify_tell(v, v->work.row.number, N_("its system is %1 by its acts, not %2"),
                    last   ? fact_unescape(v->asking->arena, last->text, last->length)
                    : code ? code
                           : "-",
                    is ? is->thing.name : "-");
    }
    return may < 0 ? -1 : 0;
}

/* ---- out of what it came ---- */

static void check_source(struct verifying *v)
{
    const char *is = v->work.old.source, *was = said(v, "case.source");
    bool older = !said(v, "case.org") && (!v->work.records.items[0].actor || imported(v));
    if (is && !was && older) {
        return;
    }
    if (strcmp(is ? is : "", was ? was : "") != 0) {
        verify_tell(v, v->work.row.number, N_("its source is %1 by its acts, not %2"),
                    was ? was : "-", is ? is : "-");
    }
}

/* ---- all of it ---- */

int verify_filed(struct verifying *v)
{
    const struct record *opening = &v->work.records.items[0];
    if (strcmp(opening->event, "open") != 0) {
        return 0; /* told of already */
    }
    if (!v->past.read && past_read(v->asking, v->telling, &v->past) != 0) {
        return -1;
    }
    int may = filed_under(v, opening);
    if (may == 0) {
        verify_tell(v, v->work.row.number,
                    N_("it stands under another organisation than by its acts"), NULL, NULL);
    }
    check_source(v);
    return may < 0 || check_county(v) != 0 || check_system(v) != 0 ? -1 : verify_joining(v);
}

void verify_filed_free(struct verifying *v)
{
    for (size_t i = 0; i < VERIFY_PEOPLE; i++) {
        free(v->stays[i].items);
    }
    past_free(&v->past);
    joining_free(v);
}
