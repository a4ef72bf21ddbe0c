/* follow.c: what an act brings beyond its case: the system, another case, who is told. */
#include <string.h>

#include "data/desk/remedy.h"

enum { NAMED_MOST = 6 }; /* of the people who are told, by name */

/* ---- systems ---- */

/* What of a line the system has from now on: delivered, else approved, else asked for. */
static const char *has_now(const struct casework *work, const struct bag *bag, const char *code,
                           struct arena *arena)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t own = ITEM_MEASURES + policy->measures.count;
    int32_t columns[2] = {policy->delivered, policy->approved};
    for (int i = 0; i < 3; i++) {
        struct text name = {0};
        const char *column = i == 2              ? "quantity"
                             : columns[i] >= own ? policy->columns[columns[i] - own]->title.name
                                                 : NULL;
        text_addf(&name, "item.%s.%s", code, column ? column : "");
        const char *key = arena_keep(arena, &name), *value = column ? bag_get(bag, key) : NULL;
        if (value && *value) {
            return value;
        }
    }
    return "0";
}

/* CODE where NAME is item.CODE.quantity. */
static const char *code_of(struct arena *arena, const char *name)
{
    const char *dot = strrchr(name, '.');
    bool item =
        strncmp(name, "item.", 5) == 0 && dot && dot > name + 5 && strcmp(dot, ".quantity") == 0;
    return item ? arena_text(arena, name + 5, (size_t)(dot - name - 5)) : NULL;
}

/* The facts of the system as the bag NEW says them, over what OLD says. */
static int system_bag(struct asking *asking, const struct casework *work, struct bag *out)
{
    const struct policy *policy = work->rulebook->policy;
    struct arena *arena = asking->arena;
    struct bag bag = {0};
    int status = casework_collect(asking, work, &bag);
    struct indexes asked_for = policy->procedures[work->procedure].application;
    for (int32_t i = 0; status == 0 && i < asked_for.count; i++) {
        const struct field *field = &policy->fields[asked_for.items[i]];
        bool moves = field->default_end.kind > END_FIXED;
        if (field->has_default && !moves && field->column < 0 &&
            !bag_get(&bag, field->title.name)) {
            struct text name = {0};
            text_addf(&name, "entry.%s", field->title.name);
            bag_set(out, arena_keep(arena, &name), field->default_text);
        }
    }
    for (size_t i = 0; status == 0 && i < bag.count; i++) {
        const char *name = bag.facts[i].name, *code = code_of(arena, name);
        int32_t field = field_named(policy, name);
        struct text fact = {0};
        if (field >= 0 && !policy->fields[field].is_private) {
            text_addf(&fact, "entry.%s", name);
            bag_set(out, arena_keep(arena, &fact), bag.facts[i].value);
        } else if (code) {
            bag_set(out, name, has_now(work, &bag, code, arena));
            for (int32_t m = 0; m < policy->measures.count; m++) {
                text_addf(&fact, "item.%s.%s", code, policy->measures.items[m].name);
                const char *key = arena_keep(arena, &fact), *piece = bag_get(&bag, key);
                if (piece) {
                    bag_set(out, key, piece);
                }
            }
        }
    }
    bag_free(&bag);
    return status;
}

static void old_facts(struct asking *asking, const struct entry *system, bool items,
                      struct bag *out)
{
    const char *at = system ? system->thing.facts : "", *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (items || strncmp(name, "item.", 5) != 0) {
            bag_set(out, arena_text(asking->arena, name, name_length),
                    fact_unescape(asking->arena, value, length));
        }
    }
}

static int write_system(struct asking *asking, struct casework *work, const struct bag *bag,
                        const char *event, int64_t moment)
{
    const struct entry *old =
        work->row.system ? book_by_id(asking->counter, BOOK_SYSTEM, work->row.system) : NULL;
    struct text facts = {0}, code = {0};
    for (size_t i = 0; i < bag->count; i++) {
        fact_put(&facts, bag->facts[i].name, bag->facts[i].value);
    }
    if (!old) {
        text_add(&code, "S");
        text_add_int(&code, work->row.id & 0xffffffffff);
    }
    struct register_act act = {.kind = BOOK_SYSTEM,
                               .id = old ? old->thing.id : 0,
                               .rev = -1,
                               .code = old ? old->thing.code : text_bytes(&code),
                               .name = old ? old->thing.name : work->row.title,
                               .parent = old ? old->thing.parent : work->row.org,
                               .since = old ? old->thing.since : moment_day(moment),
                               .until = old ? old->thing.until : DAY_NONE,
                               .facts = text_bytes(&facts),
                               .event = event,
                               .body = NULL,
                               .effective = moment};
    bool failed = bag->failed || facts.failed || code.failed || arena_failed(asking->arena);
    int status =
        failed ? error_memory(asking->error) : register_write(asking, &act, &work->row.system);
    text_free(&facts);
    text_free(&code);
    return status;
}

static int move_system(struct asking *asking, struct casework *work, enum system_effect effect,
                       int64_t moment)
{
    static const char *const events[] = {"", "open", "change", "close"};
    const struct entry *old =
        work->row.system ? book_by_id(asking->counter, BOOK_SYSTEM, work->row.system) : NULL;
    struct bag bag = {0};
    char *day = arena_take(asking->arena, DAY_TEXT);
    if (!day) {
        return error_memory(asking->error);
    }
    day_format(moment_day(moment), day);
    old_facts(asking, old, effect != SYSTEM_CLOSE, &bag);
    int status = effect == SYSTEM_CLOSE ? 0 : system_bag(asking, work, &bag);
    bag_set(&bag, "online", effect == SYSTEM_CLOSE ? "no" : "yes");
    if (effect == SYSTEM_OPEN) {
        bag_set(&bag, "opened", day);
    }
    bag_set(&bag, "closed", effect == SYSTEM_CLOSE ? day : "");
    status = status ? status : write_system(asking, work, &bag, events[effect], moment);
    bag_free(&bag);
    return status;
}

/* The system that the case's entries, as folded, name last; NULL. In ASKING's arena. */
static const char *named_system(struct asking *asking, const struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    const struct slot *last = NULL;
    for (int32_t f = 0; f < policy->field_count; f++) {
        const struct slot *slot = &work->file->slots[f];
        bool names = policy->fields[f].type == FIELD_SYSTEM && slot->text && slot->length > 0;
        last = names && (!last || slot->act >= last->act) ? slot : last;
    }
    return last ? fact_unescape(asking->arena, last->text, last->length) : NULL;
}

static bool is_draft(const struct casework *work)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    return work->file->state == procedure->begins && procedure->states[work->file->state].edit;
}

int bind_system(struct asking *asking, struct casework *work)
{
    if (work->row.system && !is_draft(work)) {
        return 0;
    }
    const char *name = named_system(asking, work);
    const struct entry *system =
        name ? book_find(asking->counter, BOOK_SYSTEM, name, work->row.org) : NULL;
    system = system || !name ? system : entry_asked(asking, BOOK_SYSTEM, name, 0);
    if (work->row.system != (system ? system->thing.id : 0)) {
        casework_moved(work); /* other cases may be about the same one */
    }
    work->row.system = system ? system->thing.id : 0;
    work->row.org = work->row.org ? work->row.org : system ? system->thing.parent : 0;
    return 0;
}

/* A system named for the first time is entered as planned once the case leaves its draft. */
static int name_system(struct asking *asking, struct casework *work, int64_t moment)
{
    if (bind_system(asking, work) != 0) {
        return -1;
    }
    if (work->row.system || is_draft(work) || !named_system(asking, work)) {
        return 0;
    }
    struct bag planned = {0};
    bag_set(&planned, "online", "no");
    int status = write_system(asking, work, &planned, "plan", moment);
    bag_free(&planned);
    return status;
}

/* ---- who it is with, who is told ---- */

/* ENTRY, an organisation or a person, has ROLE of POLICY by the register. */
static bool holds_role(struct asking *asking, const struct policy *policy,
                       const struct entry *entry, int32_t role)
{
    if (entry && policy == asking->counter->current->policy) {
        return entry->roles >> role & 1;
    }
    const char *roles = entry ? entry_fact(entry, "roles", asking->arena) : NULL;
    return roles && roles_named(policy, roles) >> role & 1;
}

/* Says in the reply who hears of act N: the role with the people who have it; an organisation.
 * TURN: it is with them next. */
static void say_told(struct asking *asking, const struct policy *policy, int32_t n, int32_t role,
                     const struct entry *org, bool turn, int64_t moment)
{
    static const struct column columns[] = {
        {"n", CELL_NUMBER, N_("act")},       {"role", CELL_NAME, N_("role")},
        {"title", CELL_TEXT, N_("who")},     {"org", CELL_TEXT, N_("organisation")},
        {"people", CELL_TEXT, N_("people")}, {"turn", CELL_YESNO, N_("turn")}};
    struct table *table = parcel_more(asking->reply, "told", columns, 6);
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_PERSON);
    const struct title *title = role >= 0 ? &policy->roles[role].title : NULL;
    struct text people = {0};
    int named = 0;
    for (size_t i = 0; role >= 0 && i < shelf->count; i++) {
        const struct entry *person = shelf->items[i];
        bool here = !org || (person->parent && person->parent->thing.id == org->thing.id);
        if (here && holds_role(asking, policy, person, role) &&
            entry_valid(person, moment_day(moment)) && named++ < NAMED_MOST) {
            text_addf(&people, "%s%s", people.length ? "、" : "", person->thing.name);
        }
    }
    text_add(&people, named > NAMED_MOST ? " …" : "");
    table_int(table, n);
    table_text(table, title ? title->name : NULL);
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
    table_text(table, org ? org->thing.name : NULL);
    table_text(table, people.length ? text_bytes(&people) : NULL);
    table_yesno(table, turn);
    text_free(&people);
}

/* Roles that see their own alone hear of it in the organisation the case is about. */
static const struct entry *told_org(const struct asking *asking, const struct casework *work,
                                    int32_t role)
{
    switch (work->rulebook->policy->roles[role].sees) {
    case SEES_OWN:
        return book_by_id(asking->counter, BOOK_ORG, work->row.org);
    case SEES_BELOW:
        return work->row.county ? book_by_id(asking->counter, BOOK_ORG, work->row.county) : NULL;
    default:
        return NULL;
    }
}

/* An entry of the case names who has ROLE in it: *NAMED; ORG is among them. */
static bool named_for(struct asking *asking, const struct casework *work, int32_t role,
                      const char *org, bool *named)
{
    const struct policy *policy = work->rulebook->policy;
    for (int32_t f = 0; f < policy->field_count; f++) {
        const struct field *field = &policy->fields[f];
        const struct slot *slot = &work->file->slots[f];
        bool names = field->type == FIELD_ORG || field->type == FIELD_ORGS;
        if (!names || !(field->roles >> role & 1) || !slot->text || !slot->length) {
            continue;
        }
        *named = true;
        const char *list = fact_unescape(asking->arena, slot->text, slot->length);
        for (size_t length; *list; list += length + (list[length] != '\0')) {
            length = strcspn(list, "|,");
            if (strlen(org) == length && strncmp(list, org, length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Organisations that hold ROLE and see only what is sent to them have part in the case, unless it
 * is about one of them alone, or an entry of it names those that have the role here. */
static int join_role(struct asking *asking, struct casework *work, int32_t role, int64_t moment)
{
    const struct policy *policy = work->rulebook->policy;
    const struct shelf *orgs = book_shelf(asking->counter, BOOK_ORG);
    int status = 0;
    if (policy->roles[role].sees != SEES_SENT) {
        return 0;
    }
    bool alone =
        holds_role(asking, policy, book_by_id(asking->counter, BOOK_ORG, work->row.org), role);
    bool acts = roles_acting(policy) >> role & 1; /* else it is only told: nobody's vendor */
    for (size_t i = 0; i < orgs->count && status == 0; i++) {
        struct entry *org = orgs->items[i];
        bool named = false, holds = holds_role(asking, policy, org, role) &&
                                    (!alone || org->thing.id == work->row.org) &&
                                    entry_valid(org, moment_day(moment));
        if (holds && (named_for(asking, work, role, org->thing.code, &named) || !named)) {
            work->row.vendor = work->row.vendor || !acts ? work->row.vendor : org->thing.id;
            status = store_party(asking->counter->store, work->row.id, org->thing.id, moment,
                                 asking->error);
        }
    }
    return status;
}

static int tell_role(struct asking *asking, struct casework *work, int32_t role, int32_t n,
                     bool told, int64_t moment)
{
    const struct policy *policy = work->rulebook->policy;
    const char *name = policy->roles[role].title.name;
    int status =
        told ? store_told(asking->counter->store, work->row.id, n, name, 0, moment, asking->error)
             : 0;
    say_told(asking, policy, n, role, told_org(asking, work, role), !told, moment);
    return status ? status : join_role(asking, work, role, moment);
}

static int tell_orgs(struct asking *asking, struct casework *work, int32_t field, int32_t n,
                     int64_t moment)
{
    const struct slot *slot = &work->file->slots[field];
    const char *list = slot->text ? fact_unescape(asking->arena, slot->text, slot->length) : "";
    int status = 0;
    for (const char *at = list; *at && status == 0;) {
        size_t length = strcspn(at, "|,");
        const struct entry *org =
            book_by_code(asking->counter, BOOK_ORG, arena_text(asking->arena, at, length));
        if (org) {
            say_told(asking, work->rulebook->policy, n, -1, org, false, moment);
            status = store_told(asking->counter->store, work->row.id, n, "", org->thing.id, moment,
                                asking->error);
            status = status ? status
                            : store_party(asking->counter->store, work->row.id, org->thing.id,
                                          moment, asking->error);
        }
        at += length + (at[length] != '\0');
    }
    return status;
}

/* Whoever can act in the case as it stands has part in it, once it is no draft. */
static int join_acting(struct asking *asking, struct casework *work, int64_t moment)
{
    const struct policy *policy = work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[work->procedure];
    uint64_t roles = 0;
    int status = 0;
    for (int32_t i = 0; i < procedure->event_count && !is_draft(work); i++) {
        const struct event *event = &procedure->events[i];
        roles |= event->from >> work->file->state & 1 ? event->roles : 0;
    }
    for (int32_t role = 0; role < policy->role_count && status == 0; role++) {
        status = roles >> role & 1 ? join_role(asking, work, role, moment) : 0;
    }
    return status;
}

static int tell(struct asking *asking, struct casework *work, const struct event *event, int32_t n,
                int64_t moment)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t with = work->file->with_role;
    int status = with >= 0 ? tell_role(asking, work, with, n, false, moment) : 0;
    status = status ? status : join_acting(asking, work, moment);
    for (int32_t i = 0; event && i < event->tell_count && status == 0; i++) {
        struct who who = event->tell[i];
        int32_t role = who.kind == WHO_ROLE    ? who.index
                       : who.kind == WHO_OWNER ? work->file->owner
                       : who.kind == WHO_PAYER ? work->file->payer
                                               : -1;
        if (who.kind == WHO_FIELD && (policy->fields[who.index].type == FIELD_ORG ||
                                      policy->fields[who.index].type == FIELD_ORGS)) {
            status = tell_orgs(asking, work, who.index, n, moment);
        } else if (who.kind == WHO_FIELD) {
            struct value word = fold_slot(work->rulebook->fold, who.index);
            role = word.known && word.n >= 0 ? policy->role_of[word.n] : -1;
        }
        status = status || role < 0 ? status : tell_role(asking, work, role, n, true, moment);
    }
    return status;
}

/* ---- opens ---- */

/* Entries of the same name go with the new case (rule 8.8). */
static int copy_entries(struct asking *asking, const struct casework *work,
                        const struct procedure *procedure, struct text *facts)
{
    const struct policy *policy = work->rulebook->policy;
    struct bag bag = {0};
    int status = casework_collect(asking, work, &bag);
    for (size_t i = 0; i < bag.count; i++) {
        if (policy_goes_along(policy, procedure, bag.facts[i].name)) {
            fact_put(facts, bag.facts[i].name, bag.facts[i].value);
        }
    }
    bag_free(&bag);
    return status;
}

static int open_linked(struct asking *asking, struct casework *work, const struct event *event,
                       const struct record *record)
{
    const struct policy *policy = work->rulebook->policy;
    struct text facts = {0};
    int32_t role = role_named(policy, record->role);
    int32_t owner = role >= 0 ? role : work->file->owner;
    int status = copy_entries(asking, work, &policy->procedures[event->opens], &facts);
    if (owner >= 0) {
        fact_put(&facts, policy->slots[policy_slot_around(policy, AROUND_OWNER)].name,
                 policy->roles[owner].title.name);
    }
    struct opening opening = {
        .rulebook = work->rulebook,
        .procedure = event->opens,
        .org = book_by_id(asking->counter, BOOK_ORG, work->row.org),
        .system =
            work->row.system ? book_by_id(asking->counter, BOOK_SYSTEM, work->row.system) : NULL,
        .facts = text_bytes(&facts),
        .moment = record->effective,
        .linked = work->row.id,
        .actor = record->actor,
        .role = record->role,
    };
    int64_t id;
    status = status || facts.failed ? -1 : desk_opens(asking, &opening, &id);
    status = status ? status : reply_opened(asking, id);
    text_free(&facts);
    casework_moved(work);
    return status ? status : casework_fold(asking, work, record->effective);
}

/* ---- surroundings that moved ---- */

/* Only a case in which the desk waits for a condition must be told of what moved around it. */
static bool desk_waits(const struct procedure *procedure)
{
    for (int32_t i = 0; i < procedure->event_count; i++) {
        const struct event *event = &procedure->events[i];
        if (event->when && (event->by == BY_DESK || event->by == BY_HOLDER)) {
            return true;
        }
    }
    return false;
}

int read_case_anew(struct asking *asking, int64_t id, int64_t moment)
{
    struct casework work;
    struct text facts = {0};
    int status = casework_load(asking, id, &work);
    bool waits = status == 0 && desk_waits(&work.rulebook->policy->procedures[work.procedure]) &&
                 casework_fold(asking, &work, moment) == 0 && !work.file->closed;
    if (waits && work.file->changed <= moment) {
        status = around_facts(asking, &work, NULL, moment, &facts);
        struct record record = {.event = "surround",
                                .role = "",
                                .effective = moment,
                                .recorded = asking->utc,
                                .facts = text_bytes(&facts),
                                .facts_length = facts.length};
        if (status == 0 && facts.length > 0) {
            status = casework_append(asking, &work, &record);
        }
        status = status ? status : casework_save(asking, &work, asking->now);
    }
    text_free(&facts);
    casework_free(&work);
    return status < 0 ? -1 : 0;
}

enum { RELATED_MOST = 1000 };

int read_anew(struct asking *asking, int64_t system, int64_t case_id, int64_t moment)
{
    int64_t *ids = arena_array(asking->arena, RELATED_MOST, sizeof *ids);
    int64_t found = ids ? store_related(asking->counter->store, case_id, system, -1, "", true, ids,
                                        RELATED_MOST, asking->error)
                        : -1;
    for (int64_t i = 0; i < found; i++) {
        if (read_case_anew(asking, ids[i], moment) != 0) {
            return -1;
        }
    }
    return found < 0 ? -1 : 0;
}

int follow(struct asking *asking, struct casework *work, const struct event *event,
           const struct record *record)
{
    int32_t n = record->n;
    int64_t moment = record->effective;
    if (name_system(asking, work, moment) != 0) {
        return -1;
    }
    if (event && event->system != SYSTEM_NONE &&
        move_system(asking, work, event->system, moment) != 0) {
        return -1;
    }
    if (tell(asking, work, event, n, moment) != 0 || urge_link(asking, work) != 0) {
        return -1;
    }
    if (event && event->opens >= 0) {
        /* the other case finds this one as it stands now */
        if (casework_save(asking, work, moment) != 0 ||
            open_linked(asking, work, event, record) != 0) {
            return -1;
        }
    }
    if (event && (event->system != SYSTEM_NONE || event->opens >= 0 || work->file->closed)) {
        if (casework_save(asking, work, moment) != 0 ||
            read_anew(asking, work->row.system, work->row.id, moment) != 0) {
            return -1;
        }
        casework_moved(work);
        if (casework_fold(asking, work, moment) != 0) {
            return -1;
        }
    }
    return 0;
}
