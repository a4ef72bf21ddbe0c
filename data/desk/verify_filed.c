/* verify_filed.c: does a case stand under the organisation it was opened for? That is the one whose
 * paper the opening act was, else that of who did it, where his role sees no further; and, when one
 * organisation became another, the one its acts say it went to. */
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

/* Where ORG went by the acts of the case; 0: one of those named is not in the register any more. */
static int64_t went_to(struct verifying *v, int64_t org)
{
    struct asking *asking = v->asking;
    const struct records *records = &v->work.records;
    for (size_t i = 1; i < records->count && org != 0; i++) {
        const struct record *record = &records->items[i];
        bool note = record->facts_length > 0 && strcmp(record->event, "note") == 0;
        const char *from = note ? fact_find(record->facts, "org.from", asking->arena) : NULL;
        const char *to = from ? fact_find(record->facts, "org.to", asking->arena) : NULL;
        if (to) {
            const struct entry *left = book_by_code(asking->counter, BOOK_ORG, from);
            const struct entry *entered = book_by_code(asking->counter, BOOK_ORG, to);
            org = !left || !entered ? 0 : left->thing.id == org ? entered->thing.id : org;
        }
    }
    return org;
}

/* It went there from ORG, or that cannot be told. */
static bool may_be(struct verifying *v, int64_t org)
{
    int64_t to = went_to(v, org);
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

int verify_filed(struct verifying *v)
{
    const struct record *opening = &v->work.records.items[0];
    struct asking *asking = v->asking;
    int may = 1;
    if (strcmp(opening->event, "open") != 0) {
        return 0; /* told of already */
    }
    if (opening->party_org) {
        may = may_be(v, opening->party_org);
    } else if (opening->actor) {
        const struct rulebook *rulebook =
            rulebook_find(asking->counter, opening->policy, asking->error);
        int32_t role = rulebook ? role_named(rulebook->policy, opening->role) : -1;
        if (!rulebook) {
            return -1;
        }
        may = role >= 0 && rulebook->policy->roles[role].sees == SEES_OWN ? may_be_his(v, opening)
                                                                          : 1;
    }
    if (may == 0) {
        verify_tell(v, v->work.row.number,
                    N_("it stands under another organisation than by its acts"), NULL, NULL);
    }
    return may < 0 ? -1 : 0;
}

void verify_filed_free(struct verifying *v)
{
    for (size_t i = 0; i < VERIFY_PEOPLE; i++) {
        free(v->stays[i].items);
    }
}
