/* verb_succeed.c: organisations are renamed, merged or split; people, systems and open cases
 * follow.
 */
#include <string.h>

#include "data/desk/caseload.h"
#include "data/desk/registers.h"

enum how { HOW_RENAME, HOW_MERGE, HOW_SPLIT };

struct change { /* organisations by id: the book is read anew at every step */
    enum how how;
    int64_t *from, *to;
    size_t from_count, to_count;
    int32_t day; /* first day of the new */
    int64_t moment;
    const char *reason;
    const char *became; /* codes, "a, b" */
    int64_t things, cases;
};

/* ---- what is asked ---- */

static int read_how(struct asking *asking, struct change *change)
{
    static const char *const words[] = {"rename", "merge", "split"};
    const char *how;
    if (must_ask(asking, "how", &how) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], how) == 0) {
            change->how = (enum how)i;
            return 0;
        }
    }
    return error_set(asking->error, ERROR_USAGE, N_("how: “%1” is none of rename, merge and split"),
                     how, NULL);
}

static int no_org(struct asking *asking, const char *name, const char *value)
{
    return error_set4(asking->error, ERROR_USAGE,
                      N_("%1: the register “%3” has no “%2”; enter it there first, or correct the "
                         "name"),
                      name, value, "org", NULL);
}

/* The new organisation of a renaming: the old one's facts, its people's roles, under a new name. */
static int make_new(struct asking *asking, const struct change *change, const char *code)
{
    const char *name = asked(asking, "name");
    const struct entry *old = book_by_id(asking->counter, BOOK_ORG, change->from[0]);
    struct filing filing = {0};
    int64_t id;
    if (!name || change->how != HOW_RENAME) {
        return no_org(asking, "to", code);
    }
    int status = filing_begin(asking, BOOK_ORG, NULL, code, &filing);
    status = status ? status : register_bag(asking, old, &filing.bag);
    filing.parent = old->thing.parent;
    filing.since = change->day;
    status = status ? status : filing_set(asking, &filing, "name", name);
    status = status ? status : filing_set(asking, &filing, "became", "");
    status = status ? status : filing_check(asking, &filing);
    status = status ? status
                    : filing_write(asking, &filing, -1, NULL, change->reason, change->moment, &id);
    filing_free(&filing);
    return status;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static int read_orgs(struct asking *asking, struct change *change, const char *name, int64_t *ids,
                     size_t *count)
{
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        if (strcmp(pair->name, name) != 0 || !*pair->value) {
            continue;
        }
        bool is_from = ids == change->from;
        const struct entry *org = book_find(asking->counter, BOOK_ORG, pair->value, 0);
        if (!org && is_from) {
            return no_org(asking, name, pair->value);
        }
        if (org && !is_from && change->how == HOW_RENAME && asked(asking, "name")) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("“%1” is on the register already and keeps its name; a renaming "
                                "takes a new code, or no name"),
                             pair->value, NULL);
        }
        if (!org && make_new(asking, change, pair->value) != 0) {
            return -1;
        }
        org = org ? org : book_by_code(asking->counter, BOOK_ORG, pair->value);
        if (org && !is_among(ids, *count, org->thing.id)) {
            ids[(*count)++] = org->thing.id;
        }
    }
    return *count > 0 ? 0
                      : error_set(asking->error, ERROR_USAGE,
                                  N_("“%1” is missing in what was asked"), name, NULL);
}

static int check_counts(struct asking *asking, const struct change *change)
{
    bool one_from = change->from_count == 1, one_to = change->to_count == 1;
    if (change->how == HOW_RENAME && !(one_from && one_to)) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("a renaming goes from one organisation to one"), NULL, NULL);
    }
    if (change->how == HOW_MERGE && !one_to) {
        return error_set(asking->error, ERROR_USAGE, N_("a merger goes to one organisation"), NULL,
                         NULL);
    }
    if (change->how == HOW_SPLIT && (!one_from || one_to)) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("a split goes from one organisation to several"), NULL, NULL);
    }
    if (one_from && one_to && change->from[0] == change->to[0]) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("from and to are the same; a change of name alone is `yuntai orgs "
                            "set`"),
                         NULL, NULL);
    }
    return 0;
}

static int check_stands(struct asking *asking, int64_t id, int32_t from, int32_t until)
{
    const struct entry *org = book_by_id(asking->counter, BOOK_ORG, id);
    if (entry_valid(org, from) && entry_valid(org, until)) {
        return 0;
    }
    return error_set(asking->error, ERROR_USAGE,
                     from < until
                         ? N_("%1 does not stand on that day and the day before; look at "
                              "its since and until")
                         : N_("%1 does not stand on that day; look at its since and until"),
                     org->thing.code, NULL);
}

/* The organisations that go stand until then, those they go to from then on; whose share is said
 * is on the register. */
static int check_named(struct asking *asking, const struct change *change)
{
    for (size_t i = 0; i < change->from_count; i++) {
        if (check_stands(asking, change->from[i], day_add(change->day, -1), change->day) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < change->to_count; i++) {
        if (check_stands(asking, change->to[i], change->day, change->day) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const char *name = asking->request->pairs[i].name, *dot = strchr(name, '.');
        enum book_kind kind;
        bool named =
            dot && book_kind_of(arena_text(asking->arena, name, (size_t)(dot - name)), &kind);
        if (named && !book_by_code(asking->counter, kind, dot + 1)) {
            return error_set4(asking->error, ERROR_USAGE,
                              N_("%1: the register “%3” has no “%2”; enter it there first, or "
                                 "correct the name"),
                              name, dot + 1, book_kind_name(kind), NULL);
        }
    }
    return 0;
}

static int read_change(struct asking *asking, struct change *change)
{
    change->from = arena_array(asking->arena, asking->request->pair_count, sizeof *change->from);
    change->to = arena_array(asking->arena, asking->request->pair_count, sizeof *change->to);
    change->day = moment_day(asking->now);
    if (!change->from || !change->to) {
        return error_memory(asking->error);
    }
    if (read_how(asking, change) != 0 || !asked_day(asking, "date", &change->day) ||
        must_ask(asking, "reason", &change->reason) != 0) {
        return -1;
    }
    change->moment = moment_of(change->day, 0);
    if (change->moment > asking->now) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("date: “%1” is still to come; enter it on the day from which it holds"),
                         asked(asking, "date"), NULL);
    }
    if (read_orgs(asking, change, "from", change->from, &change->from_count) != 0 ||
        read_orgs(asking, change, "to", change->to, &change->to_count) != 0) {
        return -1;
    }
    return check_counts(asking, change) != 0 ? -1 : check_named(asking, change);
}

/* ---- things ---- */

static int name_successors(struct asking *asking, struct change *change)
{
    struct text codes = {0};
    for (size_t i = 0; i < change->to_count; i++) {
        const struct entry *org = book_by_id(asking->counter, BOOK_ORG, change->to[i]);
        text_addf(&codes, "%s%s", i ? ", " : "", org->thing.code);
    }
    change->became = arena_keep(asking->arena, &codes);
    return arena_failed(asking->arena) ? error_memory(asking->error) : 0;
}

static int end_org(struct asking *asking, const struct change *change, int64_t id)
{
    static const char *const events[] = {"rename", "merge", "split"};
    const struct entry *org = book_by_id(asking->counter, BOOK_ORG, id);
    struct filing filing = {0};
    int status = filing_begin(asking, BOOK_ORG, org, NULL, &filing);
    filing.until = day_add(change->day, -1);
    status = status ? status : filing_set(asking, &filing, "became", change->became);
    status = status ? status : filing_check(asking, &filing);
    status = status ? status
                    : filing_write(asking, &filing, -1, events[change->how], change->reason,
                                   change->moment, &id);
    filing_free(&filing);
    return status;
}

/* Whose a thing is from now on: as a pair KIND.CODE says, else the first. *OUT 0 with ERROR. */
static int successor_of(struct asking *asking, const struct change *change, enum book_kind kind,
                        const char *code, int64_t *out)
{
    struct text name = {0};
    text_addf(&name, "%s.%s", book_kind_name(kind), code);
    const char *said = asked(asking, text_bytes(&name));
    const struct entry *org = said ? book_find(asking->counter, BOOK_ORG, said, 0) : NULL;
    bool wrong = said && (!org || !is_among(change->to, change->to_count, org->thing.id));
    *out = org ? org->thing.id : change->to[0];
    if (wrong) {
        error_set(asking->error, ERROR_USAGE,
                  N_("%1: “%2” is none of the organisations it goes to"), text_bytes(&name), said);
    }
    text_free(&name);
    return wrong ? -1 : 0;
}

static int move_thing(struct asking *asking, struct change *change, enum book_kind kind, int64_t id)
{
    const struct entry *entry = book_by_id(asking->counter, kind, id);
    struct filing filing = {0};
    int64_t parent;
    if (successor_of(asking, change, kind, entry->thing.code, &parent) != 0) {
        return -1;
    }
    if (parent == entry->thing.parent || parent == id) {
        return 0;
    }
    int status = filing_begin(asking, kind, entry, NULL, &filing);
    filing.parent = parent;
    status =
        status ? status
               : filing_write(asking, &filing, -1, "succeed", change->reason, change->moment, &id);
    filing_free(&filing);
    change->things++;
    return status;
}

/* People, systems, quotas and what stands under it. */
static int move_things(struct asking *asking, struct change *change, int64_t org)
{
    static const enum book_kind kinds[] = {BOOK_PERSON, BOOK_SYSTEM, BOOK_QUOTA, BOOK_ORG};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int64_t *ids, count = book_below(asking, kinds[k], org, &ids);
        int status = count < 0 ? -1 : 0;
        for (int64_t i = 0; i < count && status == 0; i++) {
            const struct entry *entry = book_by_id(asking->counter, kinds[k], ids[i]);
            int32_t until = entry ? entry->thing.until : DAY_NONE;
            bool over = until != DAY_NONE && until < change->day;
            status = entry && !over ? move_thing(asking, change, kinds[k], ids[i]) : 0;
        }
        if (status != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- cases ---- */

static void put_code(struct asking *asking, struct text *facts, const char *name, int64_t org)
{
    const struct entry *entry = book_by_id(asking->counter, BOOK_ORG, org);
    if (entry) {
        fact_put(facts, name, entry->thing.code);
    }
}

/* ROW as it is to stand; false where it is so already. A case goes where its system went; one
 * without a system to the first. */
static bool moved(const struct asking *asking, const struct change *change, int64_t from,
                  struct case_row *row, int64_t *to)
{
    struct case_row old = *row;
    const struct entry *system =
        row->system ? book_by_id(asking->counter, BOOK_SYSTEM, row->system) : NULL;
    bool known = system && is_among(change->to, change->to_count, system->thing.parent);
    *to = row->org == from && known ? system->thing.parent : change->to[0];
    row->org = row->org == from ? *to : row->org;
    row->vendor = row->vendor == from ? *to : row->vendor;
    row->county =
        county_of(asking, row->org ? book_by_id(asking->counter, BOOK_ORG, row->org) : NULL);
    return row->org != old.org || row->vendor != old.vendor || row->county != old.county;
}

static int move_case(struct asking *asking, struct change *change, int64_t from, int64_t id)
{
    struct casework work = {0};
    struct text facts = {0};
    struct case_row row;
    int64_t to;
    int found = store_case(asking->counter->store, id, asking->arena, &row, asking->error);
    if (found != 1 || !moved(asking, change, from, &row, &to)) {
        return found < 0 ? -1 : 0;
    }
    int status = caseload_take(asking, id, &work);
    if (status == 0 && !work.row.closed) {
        moved(asking, change, from, &work.row, &to);
        put_code(asking, &facts, "org.from", from);
        put_code(asking, &facts, "org.to", to);
        status = caseload_note(asking, &work, "note", &facts, change->reason);
        change->cases++;
    }
    text_free(&facts);
    casework_free(&work);
    return status;
}

static int move_cases(struct asking *asking, struct change *change, int64_t org)
{
    int64_t *ids = arena_array(asking->arena, CASELOAD_BATCH, sizeof *ids), after = 0, count;
    if (!ids) {
        return error_memory(asking->error);
    }
    do {
        count = store_cases_of_org(asking->counter->store, org, after, ids, CASELOAD_BATCH,
                                   asking->error);
        for (int64_t i = 0; i < count; i++) {
            if (move_case(asking, change, org, ids[i]) != 0) {
                return -1;
            }
            after = ids[i];
        }
    } while (count == CASELOAD_BATCH);
    return count < 0 ? -1 : 0;
}

/* ---- the verb ---- */

/* One of several that goes into itself, or is what remains of a split, does not end. */
static int succeed_one(struct asking *asking, struct change *change, int64_t org)
{
    bool stays = is_among(change->to, change->to_count, org);
    if (move_things(asking, change, org) != 0 || (!stays && end_org(asking, change, org) != 0)) {
        return -1;
    }
    for (size_t i = 0; !stays && i < change->to_count; i++) {
        if (store_party_too(asking->counter->store, org, change->to[i], change->moment,
                            asking->error) != 0) {
            return -1;
        }
    }
    return stays && change->how == HOW_MERGE ? 0 : move_cases(asking, change, org);
}

int verb_succeed(struct asking *asking)
{
    struct change change = {0};
    if (read_change(asking, &change) != 0 || name_successors(asking, &change) != 0) {
        return -1;
    }
    for (size_t i = 0; i < change.from_count; i++) {
        if (succeed_one(asking, &change, change.from[i]) != 0) {
            return -1;
        }
    }
    parcel_put_int(asking->reply, "things", change.things);
    parcel_put_int(asking->reply, "cases", change.cases);
    parcel_put(asking->reply, "became", change.became);
    return 0;
}
