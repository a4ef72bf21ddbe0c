/* capacity.c: as what somebody acts: in a role of his own, for who is away, for a paper's sender.
 */
#include <string.h>

#include "data/desk/act.h"

/* The same roles in another policy: they go by name. */
static uint64_t same_roles(const struct policy *from, const struct policy *to, uint64_t roles)
{
    uint64_t out = 0;
    for (int32_t i = 0; from != to && i < from->role_count; i++) {
        int32_t role = roles >> i & 1 ? role_named(to, from->roles[i].title.name) : -1;
        out |= role >= 0 ? UINT64_C(1) << role : 0;
    }
    return from == to ? roles : out;
}

/* ROLE of the policy at hand is his, who is away, in the case (or one he would open). */
static bool absent_has(struct asking *asking, const struct deed *deed, const struct entry *away,
                       int32_t role)
{
    return role >= 0 && (deed->opens ? away->roles >> role & 1
                                     : has_role_in_case(asking, away, role, &deed->work->row));
}

/* Who answers for the case, if he is away, else the first who is. */
const struct entry *deed_deputises(struct asking *asking, const struct deed *deed, int32_t own)
{
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ABSENCE);
    const char *name = deed->work->rulebook->policy->roles[own].title.name;
    int32_t role = role_named(asking->counter->current->policy, name);
    const struct entry *found = NULL;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct entry *away = deputises(asking, shelf->items[i]);
        bool has = away && absent_has(asking, deed, away, role);
        found = has && (!found || away->thing.id == deed->work->row.owner) ? away : found;
    }
    return found;
}

static int refuse_deputy(struct asking *asking, const char *name)
{
    struct entry *person = book_find(asking->counter, BOOK_PERSON, name, 0);
    int status = refuse_access(asking, name);
    if (!person || !sees_entry(asking, BOOK_PERSON, person)) {
        return status;
    }
    error_free(asking->error);
    return error_set(
        asking->error, ERROR_NOT_FOUND,
        N_("today nobody stands in for %1 but whom the register of absences names, and "
           "that is not you"),
        name, NULL);
}

/* He acts for somebody who is away, in roles of his, and not for himself. */
static int for_absent(struct asking *asking, struct deed *deed)
{
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ABSENCE);
    const char *name = asked(asking, "deputy_of");
    const struct casework *work = deed->work;
    for (size_t i = 0; i < shelf->count && !deed->absent; i++) {
        const struct entry *away = deputises(asking, shelf->items[i]);
        bool named =
            away && (strcmp(away->thing.code, name) == 0 || strcmp(away->thing.name, name) == 0);
        deed->absent = named ? away : NULL;
    }
    if (!deed->absent) {
        return refuse_deputy(asking, name);
    }
    const struct policy *policy = asking->counter->current->policy;
    uint64_t roles = 0;
    for (int32_t role = 0; role < policy->role_count; role++) {
        roles |= absent_has(asking, deed, deed->absent, role) ? UINT64_C(1) << role : 0;
    }
    deed->roles = same_roles(policy, work->rulebook->policy, roles);
    deed->org = asking->org ? asking->org->thing.code : "";
    return 0;
}

/* His own, and those of whom he stands in for. */
static void take_roles(struct asking *asking, struct deed *deed)
{
    const struct policy *here = asking->counter->current->policy;
    const struct policy *policy = deed->work->rulebook->policy;
    uint64_t own = deed->opens ? asking->roles : roles_in_case(asking, &deed->work->row, false);
    uint64_t deputy =
        deed->opens ? asking->deputy_roles : roles_in_case(asking, &deed->work->row, true);
    deed->own = same_roles(here, policy, own);
    deed->roles = deed->own | same_roles(here, policy, deputy);
}

int deed_who(struct asking *asking, struct deed *deed)
{
    const struct policy *here = asking->counter->current->policy;
    const struct policy *policy = deed->work->rulebook->policy;
    const char *party = asked(asking, "for");
    if (party) {
        deed->party = book_find(asking->counter, BOOK_ORG, party, 0);
        if (!deed->party || !may_key_for_others(asking)) {
            return refuse_access(asking, party);
        }
        if (!asked(asking, "paper_no")) {
            return error_set(
                asking->error, ERROR_USAGE,
                N_("an act keyed for %1 rests on its paper: say its number (paper_no)"),
                deed->party->thing.name, NULL);
        }
        uint64_t roles = deed->opens ? deed->party->roles
                                     : org_roles_in_case(asking, deed->party, &deed->work->row);
        deed->roles = same_roles(here, policy, roles);
        deed->org = deed->party->thing.code;
        return 0;
    }
    if (asked(asking, "deputy_of")) {
        return for_absent(asking, deed);
    }
    take_roles(asking, deed);
    deed->org = asking->org ? asking->org->thing.code : "";
    return 0;
}

static int32_t only_role(uint64_t roles)
{
    int32_t role = 0;
    if (roles == 0 || (roles & (roles - 1)) != 0) {
        return -1;
    }
    while (!(roles >> role & 1)) {
        role++;
    }
    return role;
}

static int32_t first_role(uint64_t roles)
{
    return only_role(roles & (~roles + 1));
}

/* Where none is said: the only one that can, his own before another's, else the first he has (the
 * engine then says whose it would be). -1: he has none. */
static int32_t usual_role(const struct deed *deed, uint64_t can)
{
    int32_t role = only_role(can & deed->roles);
    role = role < 0 && can & deed->own ? first_role(can & deed->own) : role;
    return role < 0 ? first_role(can & deed->roles ? can & deed->roles : deed->roles) : role;
}

int32_t deed_role(struct asking *asking, struct deed *deed, uint64_t can)
{
    const struct policy *policy = deed->work->rulebook->policy;
    const char *said = asked(asking, "role");
    int32_t role = said ? role_named(policy, said) : -1;
    if (said && (role < 0 || !(deed->roles >> role & 1))) {
        return error_set(asking->error, ERROR_NOT_FOUND,
                         N_("you do not stand in this case as %1; leave --role out, or name a role "
                            "that `yuntai whoami` lists"),
                         said, NULL);
    }
    role = said ? role : usual_role(deed, can);
    if (role < 0) {
        refuse_access(asking, deed->work->row.number ? deed->work->row.number : "open");
    }
    return role;
}

/* ---- which there are ---- */

static void put_capacity(struct table *table, const struct post *role, const struct entry *absent)
{
    table_text(table, role->title.name);
    table_both(table, role->title.zh, role->title.en);
    table_text(table, absent ? absent->thing.code : NULL);
    table_text(table, absent ? absent->thing.name : NULL);
}

/* The usual one stands first. */
void reply_capacities(struct asking *asking, struct casework *work, bool opens, uint64_t can)
{
    static const struct column columns[] = {{"role", CELL_NAME, N_("role")},
                                            {"title", CELL_TEXT, N_("role")},
                                            {"login", CELL_NAME, N_("for")},
                                            {"for", CELL_TEXT, N_("for")}};
    const struct policy *policy = work->rulebook->policy;
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ABSENCE);
    struct table *table = parcel_table(asking->reply, "capacities", columns, 4);
    struct deed deed = {.work = work, .opens = opens};
    if (!asking->person) {
        return;
    }
    take_roles(asking, &deed);
    int32_t usual = usual_role(&deed, can);
    bool own = usual >= 0 && deed.own >> usual & 1;
    const struct entry *first = usual < 0 || own ? NULL : deed_deputises(asking, &deed, usual);
    if (usual >= 0) {
        put_capacity(table, &policy->roles[usual], first);
    }
    for (int32_t role = 0; role < policy->role_count; role++) {
        if (role != usual && deed.own & can & UINT64_C(1) << role) {
            put_capacity(table, &policy->roles[role], NULL);
        }
    }
    for (size_t i = 0; i < shelf->count; i++) {
        const struct entry *away = deputises(asking, shelf->items[i]);
        for (int32_t role = 0; away && role < policy->role_count; role++) {
            int32_t here =
                role_named(asking->counter->current->policy, policy->roles[role].title.name);
            bool shown = role == usual && away == first;
            if (!shown && can >> role & 1 && absent_has(asking, &deed, away, here)) {
                put_capacity(table, &policy->roles[role], away);
            }
        }
    }
}

void reply_capacity(struct asking *asking, const struct deed *deed, const struct record *record)
{
    const struct entry *absent =
        record->deputy_of ? book_by_id(asking->counter, BOOK_PERSON, record->deputy_of) : NULL;
    if (deed->role >= 0) {
        const struct title *title = &deed->work->rulebook->policy->roles[deed->role].title;
        struct text both = {0};
        text_addf(&both, "%s%c%s", title->zh, MESSAGE_BOTH, title->en);
        parcel_put(asking->reply, "role_title", text_bytes(&both));
        text_free(&both);
    }
    parcel_put(asking->reply, "deputy_of", absent ? absent->thing.name : NULL);
}
