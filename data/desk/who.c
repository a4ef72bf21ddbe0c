/* who.c: who comes to the desk, and which rights he brings. */
#include <string.h>

#include "data/desk/inside.h"

static struct entry *person_of_uid(struct counter *counter, uint32_t uid, int32_t day)
{
    const struct shelf *shelf = book_shelf(counter, BOOK_PERSON);
    for (size_t i = 0; i < shelf->count; i++) {
        if (shelf->items[i]->uid == (int64_t)uid && entry_valid(shelf->items[i], day)) {
            return shelf->items[i];
        }
    }
    return NULL;
}

struct entry *deputises(struct asking *asking, const struct entry *absence)
{
    const char *deputy = entry_fact(absence, "deputy", asking->arena);
    struct entry *away = absence->parent;
    bool his = deputy && away && entry_valid(absence, moment_day(asking->now)) &&
               strcmp(deputy, asking->person->thing.code) == 0 &&
               away->thing.parent == asking->person->thing.parent;
    return his ? away : NULL;
}

/* Who is away today has a deputy, who then holds his roles besides his own. */
static void take_deputies(struct asking *asking)
{
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ABSENCE);
    for (size_t i = 0; i < shelf->count; i++) {
        struct entry *away = deputises(asking, shelf->items[i]);
        if (!away) {
            continue;
        }
        for (int role = 0; role < POLICY_SET_MOST; role++) {
            if (away->roles >> role & 1 & ~(asking->roles >> role)) {
                asking->deputy_roles |= UINT64_C(1) << role;
                asking->deputy_for[role] = away;
            }
        }
    }
}

static void take_rights(struct asking *asking)
{
    const struct policy *policy = asking->counter->current->policy;
    asking->org = asking->person->parent;
    asking->roles = asking->person->roles;
    if (asking->org && asking->org->roles) {
        asking->roles &= asking->org->roles; /* no one holds more than his organisation does */
    }
    take_deputies(asking);
    for (int32_t i = 0; i < policy->role_count; i++) {
        if ((asking->roles | asking->deputy_roles) >> i & 1) {
            asking->keeps |= policy->roles[i].keeps;
            asking->sees_all |= policy->roles[i].sees == SEES_ALL;
        }
    }
}

static int unknown_visitor(struct asking *asking, const char *login)
{
    struct text who = {0};
    text_add(&who, login ? login : "uid ");
    if (!login) {
        text_add_int(&who, asking->visitor->uid);
    }
    counter_log(asking->counter, asking->visitor->uid, "enter", "refused");
    error_set(asking->error, ERROR_NOT_FOUND,
              N_("%1 is not known at this desk; who keeps the register of people can enter it"),
              text_bytes(&who), NULL);
    text_free(&who);
    return -1;
}

/* Whoever comes as himself, and now, may say so too. */
static int check_said(struct asking *asking)
{
    const char *as = asking->visitor->owner ? NULL : asked(asking, "as");
    bool other = as && strcmp(as, asking->person->thing.code) != 0;
    bool then = !asking->visitor->owner && asked(asking, "now");
    if (!other && !then) {
        return 0;
    }
    counter_log(asking->counter, asking->visitor->uid, other ? as : "now", "refused");
    return error_set(asking->error, ERROR_NOT_FOUND,
                     N_("you come as %1, now: only who owns the workspace says otherwise (--as, "
                        "--today, --now)"),
                     asking->person->thing.code, NULL);
}

int see_who(struct asking *asking)
{
    const struct visitor *visitor = asking->visitor;
    struct counter *counter = asking->counter;
    int32_t today = moment_day(asking->now);
    const char *login = visitor->owner ? visitor->as : NULL;
    if (visitor->vouched) {
        asking->keeps = ~0u;
        asking->sees_all = true;
        return 0;
    }
    if (visitor->owner && asked(asking, "as")) {
        login = asked(asking, "as");
    }
    if (!login && visitor->owner) {
        login = options_text(counter->options, "desk.as");
        login = login && *login ? login : NULL;
    }
    struct entry *person = login ? book_by_code(counter, BOOK_PERSON, login)
                                 : person_of_uid(counter, visitor->uid, today);
    if (person && entry_valid(person, today)) {
        asking->person = person;
        take_rights(asking);
        return check_said(asking);
    }
    if (visitor->owner && !login) {
        asking->keeps = ~0u; /* sets the workspace up; acts in no case */
        asking->sees_all = true;
        return 0;
    }
    return unknown_visitor(asking, login);
}

void counter_log(struct counter *counter, uint32_t uid, const char *what, const char *outcome)
{
    struct error error = {0};
    int64_t now = clock_utc();
    const struct entry *person = person_of_uid(counter, uid, moment_day(to_local(counter, now)));
    store_log(counter->store, now, uid, person ? person->thing.id : 0, what, outcome, &error);
    error_free(&error);
}
