/* urge.c: a case that urges another one: what it begins with, and the link between the two. */
#include <string.h>

#include "data/desk/remedy.h"

static bool entered(const struct parcel *request, const char *name)
{
    const char *value = parcel_get(request, name);
    return value && *value;
}

static void enter(struct parcel *made, const struct policy *policy, int32_t field,
                  const char *value)
{
    struct text name = {0};
    text_addf(&name, "entry.%s", policy->fields[field].title.name);
    if (value && *value && !entered(made, text_bytes(&name))) {
        parcel_put(made, text_bytes(&name), value);
    }
    text_free(&name);
}

static bool takes_role(const struct policy *policy, const struct field *field, const char *role)
{
    int32_t index = role_named(policy, role);
    return index >= 0 && (field->roles >> index & 1);
}

/* The organisation that has ROLE in the case urged. */
static const struct entry *org_with(const struct asking *asking, const struct case_row *row,
                                    int32_t role)
{
    const int64_t ids[] = {row->org, row->county, row->vendor};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct entry *org = ids[i] ? book_by_id(asking->counter, BOOK_ORG, ids[i]) : NULL;
        if (org && org->roles >> role & 1) {
            return org;
        }
    }
    return NULL;
}

static void enter_liable(struct asking *asking, struct parcel *made, const struct remedy *remedy,
                         const struct case_row *row)
{
    const struct policy *policy = asking->counter->current->policy;
    struct indexes form = policy->procedures[remedy->opens].application;
    if (remedy->with < 0 || !takes_role(policy, &policy->fields[remedy->with], row->with_role)) {
        return;
    }
    int32_t role = role_named(policy, row->with_role);
    const struct entry *org = org_with(asking, row, role);
    enter(made, policy, remedy->with, row->with_role);
    for (int32_t i = 0; i < form.count; i++) {
        const struct field *field = &policy->fields[form.items[i]];
        if (org && field->type == FIELD_ORG && takes_role(policy, field, row->with_role)) {
            enter(made, policy, form.items[i], org->thing.code);
        }
    }
}

int urge_request(struct asking *asking, struct parcel *made)
{
    const struct policy *policy = asking->counter->current->policy;
    const struct remedy *remedy = &policy->remedies[REMEDY_URGE];
    const char *name = asked(asking, "urges");
    struct case_row row;
    if (!name) {
        return 0;
    }
    if (!remedy->offered) {
        return error_set(asking->error, ERROR_REFUSED,
                         N_("this policy knows no “%1” of cards; a section [card] with it would"),
                         remedy_name(REMEDY_URGE), NULL);
    }
    if (case_asked_row(asking, name, &row) <= 0) {
        return -1;
    }
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        parcel_put_n(made, pair->name, pair->value, pair->length);
    }
    if (!entered(made, "procedure")) {
        parcel_put(made, "procedure", policy->procedures[remedy->opens].title.name);
    }
    enter(made, policy, remedy->number, row.number);
    enter_liable(asking, made, remedy, &row);
    asking->request = made;
    return made->failed ? error_memory(asking->error) : 0;
}

int urge_link(struct asking *asking, struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    const struct remedy *remedy = &policy->remedies[REMEDY_URGE];
    const struct casefile *file = work->file;
    if (!remedy->offered || remedy->opens != work->procedure ||
        file->procedure->states[file->state].edit || !file->slots[remedy->number].length) {
        return 0;
    }
    const struct slot *slot = &file->slots[remedy->number];
    const char *number = fact_unescape(asking->arena, slot->text, slot->length);
    struct error ignored = {0}, *before = asking->error;
    bool quiet = asking->quiet;
    struct case_row row;
    asking->error = &ignored;
    asking->quiet = true; /* a number that nobody has may be that of another register */
    int64_t id = case_asked_row(asking, number, &row);
    asking->error = before;
    asking->quiet = quiet;
    error_free(&ignored);
    return id > 0 && id != work->row.id
               ? store_link(asking->counter->store, id, work->row.id, asking->error)
               : 0;
}
