/* verb_act.c: open a case; do something in one. */
#include <string.h>

#include "core/near.h"
#include "data/desk/delivery.h"
#include "data/desk/remedy.h"

/* ---- open ---- */

/* The organisation it is for: whose paper it is; his own, where his role sees no further; else the
 * one the entries speak of. */
static struct entry *opener_org(struct asking *asking, const struct deed *deed)
{
    const struct policy *policy = deed->work->rulebook->policy;
    bool own = deed->role >= 0 && policy->roles[deed->role].sees == SEES_OWN;
    return deed->party ? deed->party : own ? asking->org : NULL;
}

static int find_subject(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    struct entry *org = opener_org(asking, deed), *system = NULL;
    struct text facts = {0};
    work->row.org = org ? org->thing.id : 0;
    int status = entries_facts(asking, work, NULL, deed->moment, &facts);
    entries_subject(asking, work->rulebook, text_bytes(&facts), &org, &system);
    org = org ? org : asking->org;
    text_free(&facts);
    int64_t id = work->row.id;
    if (status == 0 && !org) {
        status = error_set(asking->error, ERROR_USAGE,
                           N_("say which organisation the case is about"), NULL, NULL);
    }
    if (status == 0) {
        status = case_new(asking, work, work->rulebook, work->procedure, org, system);
    }
    work->row.id = id;
    return status;
}

static bool in_list(struct indexes fields, int32_t field)
{
    for (int32_t i = 0; i < fields.count; i++) {
        if (fields.items[i] == field) {
            return true;
        }
    }
    return false;
}

/* The request with only those entries that are in FIELDS, or with those that are not. */
static void split_request(const struct asking *asking, const struct policy *policy,
                          struct indexes fields, bool within, struct parcel *out)
{
    const struct parcel *request = asking->request;
    for (size_t i = 0; i < request->pair_count; i++) {
        const struct pair *pair = &request->pairs[i];
        bool entry = strncmp(pair->name, "entry.", 6) == 0;
        int32_t field = entry ? field_named(policy, pair->name + 6) : -1;
        if (!entry || (field >= 0 && in_list(fields, field)) == within) {
            parcel_put_n(out, pair->name, pair->value, pair->length);
        }
    }
}

static int do_event(struct asking *asking, struct deed *deed);

/* Hands in what was only begun, in the same breath: both acts are done, or neither. */
static int then_do(struct asking *asking, struct deed *opened, const struct procedure *procedure,
                   int32_t event)
{
    struct parcel request = {0};
    struct casework *work = opened->work;
    struct deed deed = {.work = work,
                        .name = procedure->events[event].title.name,
                        .event = event,
                        .moment = opened->moment};
    struct asking second = *asking;
    split_request(asking, work->rulebook->policy, procedure->events[event].fields, true, &request);
    second.request = &request;
    work->is_new = false;
    int status = request.failed ? error_memory(asking->error) : 0;
    status = status ? status : deed_who(&second, &deed);
    status = status ? status : casework_fold(asking, work, deed.moment);
    status = status ? status : do_event(&second, &deed);
    text_free(&deed.facts);
    parcel_free(&request);
    return status;
}

static int open_entries(struct asking *asking, struct deed *deed)
{
    struct record record;
    if (find_subject(asking, deed) != 0) {
        return -1;
    }
    if (!opener_org(asking, deed)) {
        opening_says(asking, deed->work, &deed->facts);
    }
    if (around_facts(asking, deed->work, NULL, deed->moment, &deed->facts) != 0 ||
        entries_facts(asking, deed->work, NULL, deed->moment, &deed->facts) != 0 ||
        deed_try(asking, deed) != 0 || deed_record(asking, deed, &record) != 0) {
        return -1;
    }
    reply_capacity(asking, deed, &record);
    return deed_settle(asking, deed->work, NULL, &record);
}

static int no_event(struct asking *asking, const struct casework *work, const char *name);

static int open_it(struct asking *asking, struct deed *deed)
{
    const struct policy *policy = deed->work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[deed->work->procedure];
    const char *then = asked(asking, "then");
    int32_t event = then ? event_named(policy, procedure, then) : -1;
    struct parcel request = {0};
    struct asking first = *asking;
    if (then && event < 0) {
        return no_event(asking, deed->work, then);
    }
    if (then) {
        split_request(asking, policy, procedure->events[event].fields, false, &request);
        first.request = &request;
    }
    deed->role = deed_role(asking, deed, procedure->by);
    int status = deed->role < 0 || deed_date(asking, deed) != 0 ? -1 : open_entries(&first, deed);
    parcel_free(&request);
    status = status || !then ? status : then_do(asking, deed, procedure, event);
    if (status != 0) {
        return -1;
    }
    return wake_case(asking, deed->work, asking->now) < 0 ? -1 : reply_case(asking, deed->work);
}

/* Cases that nobody opens by hand, brought in from elsewhere: by who owns the workspace, with what
 * a duty, score or bill would have given them. */
static int open_by_desk(struct asking *asking, struct casework *work)
{
    static const struct {
        const char *name;
        enum surrounding which;
    } given[] = {{"owner", AROUND_OWNER},   {"payer", AROUND_PAYER}, {"due", AROUND_DUE},
                 {"source", AROUND_SOURCE}, {"score", AROUND_SCORE}, {"amount", AROUND_AMOUNT}};
    const struct policy *policy = work->rulebook->policy;
    const char *name, *key = asked(asking, "key");
    struct opening opening = {.rulebook = work->rulebook,
                              .procedure = work->procedure,
                              .source = key,
                              .moment = asking->now,
                              .role = ""};
    struct text facts = {0};
    struct casework made;
    int64_t id;
    if (!asked(asking, "for")) {
        return error_set(
            asking->error, ERROR_USAGE,
            N_("who opens it is not said; write --as LOGIN, or --for ORG for what comes round"),
            NULL, NULL);
    }
    if (must_ask(asking, "for", &name) != 0 || !asked_moment(asking, "date", &opening.moment)) {
        return -1;
    }
    opening.org = book_find(asking->counter, BOOK_ORG, name, 0);
    if (!opening.org) {
        return refuse_access(asking, name);
    }
    work->row.org = opening.org->thing.id;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        const char *value = asked(asking, given[i].name);
        if (value) {
            fact_put(&facts, policy->slots[policy_slot_around(policy, given[i].which)].name, value);
        }
    }
    int status = entries_facts(asking, work, NULL, opening.moment, &facts);
    entries_subject(asking, work->rulebook, text_bytes(&facts), &opening.org, &opening.system);
    opening.facts = text_bytes(&facts);
    status = status ? status : desk_opens(asking, &opening, &id);
    text_free(&facts);
    if (status != 0 || casework_load(asking, id, &made) != 0) {
        return -1;
    }
    status = wake_case(asking, &made, asking->now) < 0 ? -1 : reply_case(asking, &made);
    casework_free(&made);
    return status;
}

static int open_asked(struct asking *asking)
{
    const char *name;
    int64_t moment = asking->now;
    struct rulebook *rulebook =
        asked_moment(asking, "date", &moment)
            ? rulebook_on(asking->counter, moment_day(moment), asking->error)
            : NULL;
    if (!rulebook || must_ask(asking, "procedure", &name) != 0) {
        return -1;
    }
    int32_t procedure = procedure_called(rulebook->policy, name);
    if (procedure < 0) {
        return refuse_procedure(asking, name);
    }
    struct casework work;
    struct deed deed = {.work = &work, .opens = true, .name = "open", .event = EVENT_OPEN};
    int status = case_new(asking, &work, rulebook, procedure, NULL, NULL);
    if (status == 0 && !asking->person) {
        status = open_by_desk(asking, &work);
        casework_free(&work);
        return status;
    }
    status = status ? status : deed_who(asking, &deed);
    status = status ? status : open_it(asking, &deed);
    text_free(&deed.facts);
    casework_free(&work);
    return status;
}

int verb_open(struct asking *asking)
{
    struct asking second = *asking;
    struct parcel made = {0};
    int status = urge_request(&second, &made);
    status = status ? status : open_asked(&second);
    asking->refused = second.refused;
    parcel_free(&made);
    return status;
}

/* ---- act ---- */

static int no_event(struct asking *asking, const struct casework *work, const char *name)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    struct near_word nearest = near_begin(name, strlen(name));
    for (int32_t i = 0; i < procedure->event_count; i++) {
        near_offer(&nearest, procedure->events[i].title.name);
    }
    return error_set4(asking->error, ERROR_USAGE,
                      nearest.best ? N_("a case of %1 knows no “%2”; perhaps “%3”")
                                   : N_("a case of %1 knows no “%2”; `yuntai offer CASE` lists "
                                        "what can be done"),
                      message_both(asking->arena, procedure->title.zh, procedure->title.en), name,
                      nearest.best, NULL);
}

/* What was done since REV, for somebody who acts on what he saw then. */
static int tell_conflict(struct asking *asking, const struct casework *work, int32_t rev)
{
    static const struct column columns[] = {{"n", CELL_NUMBER, N_("act")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"title", CELL_TEXT, N_("what was done")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"effective", CELL_MOMENT, N_("took effect")}};
    struct table *table = parcel_table(asking->reply, "since", columns, 5);
    for (size_t i = rev > 0 ? (size_t)rev : 0; i < work->records.count; i++) {
        const struct record *record = &work->records.items[i];
        const char *zh, *en;
        const struct entry *person = book_by_id(asking->counter, BOOK_PERSON, record->actor);
        casework_event_title(work, record->event, &zh, &en);
        table_int(table, record->n);
        table_text(table, record->event);
        table_both(table, zh, en);
        table_text(table, person ? person->thing.name : NULL);
        table_moment(table, record->effective);
    }
    parcel_put_int(asking->reply, "rev", work->row.rev);
    return error_set(
        asking->error, ERROR_CONFLICT,
        N_("%1 moved meanwhile; what you typed is kept: look at what was done and send "
           "it again"),
        work->row.number, NULL);
}

/* The roles that may do EVENT (NULL: of whom the case is with) as the case stands. */
uint64_t roles_doing(const struct casework *work, const struct event *event, int32_t index)
{
    int32_t only = event ? role_for(work->rulebook->fold, index) : work->file->with_role;
    return only >= 0 ? UINT64_C(1) << only : event ? event->roles : 0;
}

static int do_event(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const struct event *event = deed->event >= 0 ? &procedure->events[deed->event] : NULL;
    struct record record;
    deed->role = deed_role(asking, deed, roles_doing(work, event, deed->event));
    if (deed->role < 0 || around_facts(asking, work, event, deed->moment, &deed->facts) != 0 ||
        entries_facts(asking, work, event, deed->moment, &deed->facts) != 0 ||
        deed_try(asking, deed) != 0 || deed_record(asking, deed, &record) != 0) {
        return -1;
    }
    reply_capacity(asking, deed, &record);
    return deed_settle(asking, work, deed->completes ? event : NULL, &record);
}

/* The same with what an inventory shows of the list, where that is asked for. */
static int do_filled(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    struct parcel request = {0};
    struct asking second = *asking;
    int64_t shown = 0;
    if (!parcel_yes(asking->request, "filled") || deed->event < 0) {
        return do_event(asking, deed);
    }
    int status = delivery_fill(asking, work, &procedure->events[deed->event], &request, &shown);
    if (status == 0 && shown == 0) {
        status = error_set(asking->error, ERROR_USAGE,
                           N_("%1: no inventory shows anything of the list of %2 that it could be "
                              "filled in with; enter what was delivered"),
                           deed->name, work->row.number);
    }
    second.request = &request;
    status = status ? status : do_event(&second, deed);
    asking->refused = second.refused;
    parcel_free(&request);
    return status;
}

/* Takes up the case as it stands at the moment of the act; the desk's own acts come first. */
static int take_up(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    int64_t rev = parcel_int(asking->request, "rev", -1);
    if (rev >= 0 && rev != work->row.rev) {
        return tell_conflict(asking, work, (int32_t)rev);
    }
    if (casework_fold(asking, work, asking->now) != 0 || bind_system(asking, work) != 0 ||
        deed_date(asking, deed) != 0) {
        return -1;
    }
    int64_t until = deed->moment > asking->now ? deed->moment : asking->now;
    if (wake_case(asking, work, until) < 0 || deed_date(asking, deed) != 0) {
        return -1;
    }
    return casework_fold(asking, work, deed->moment);
}

static int do_deed(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    int32_t event = casework_event(work, deed->name);
    deed->event = event;
    if (event == EVENT_NONE || event == EVENT_OPEN ||
        (event == EVENT_SURROUND && !deed_is_note(deed->name))) {
        return no_event(asking, work, deed->name);
    }
    if (take_up(asking, deed) != 0 || deed_who(asking, deed) != 0) {
        return -1;
    }
    if (event == EVENT_SURROUND) {
        return deed_note(asking, deed);
    }
    if (event <= EVENT_EXPLAIN) {
        return deed_remedy(asking, deed);
    }
    return event == EVENT_CORRECT || event == EVENT_ANNUL ? deed_restate(asking, deed)
                                                          : do_filled(asking, deed);
}

int verb_act(struct asking *asking)
{
    const char *name, *event;
    if (must_ask(asking, "case", &name) != 0 || must_ask(asking, "event", &event) != 0) {
        return -1;
    }
    struct case_row row;
    struct casework work;
    struct deed deed = {.work = &work, .name = event};
    if (case_asked_row(asking, name, &row) <= 0) {
        return -1;
    }
    int status = casework_load_row(asking, &row, &work);
    deed.name = status ? event : casework_event_called(&work, event);
    status = status ? status : do_deed(asking, &deed);
    if (status == 0) {
        status = wake_case(asking, &work, asking->now) < 0 ? -1 : reply_case(asking, &work);
    }
    text_free(&deed.facts);
    casework_free(&work);
    return status;
}
