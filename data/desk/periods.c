/* periods.c: what time brings by itself: what the parts share, and when they are asked. */
#include "data/desk/periods.h"

#include <string.h>

#include "data/store/periods.h"

enum { ALL_SLICES = 1 << 20, MADE_LEAST = 8 /* in a step, for what it took to begin it */ };

struct entry *period_org(const struct making *making, int64_t id)
{
    return id ? book_by_id(making->asking->counter, BOOK_ORG, id) : NULL;
}

struct entry *period_system(const struct making *making, int64_t id)
{
    return id ? book_by_id(making->asking->counter, BOOK_SYSTEM, id) : NULL;
}

bool period_full(const struct making *making)
{
    return making->made >= making->most ||
           (making->made >= MADE_LEAST && step_over(making->asking));
}

static int note_system(void *self, struct entry *system)
{
    struct period_slice *slice = self;
    slice->systems[slice->count++] = system->thing.id;
    return 0;
}

int period_systems(const struct making *making, int64_t at, struct period_slice *out)
{
    out->count = 0;
    return book_each(making->asking, BOOK_SYSTEM, at, PERIOD_SLICE, note_system, out);
}

int64_t period_moment(const struct making *making, int32_t day)
{
    int64_t first = day == DAY_NONE ? making->asking->now : moment_of(day, 0);
    return first < making->asking->now ? first : making->asking->now;
}

int32_t system_opened(const struct making *making, const struct entry *system)
{
    const char *opened = entry_fact(system, "opened", making->asking->arena);
    int32_t day;
    return opened && day_parse(opened, strlen(opened), &day) ? day : system->thing.since;
}

/* ---- facts by slot ---- */

static struct value read_value(const struct policy *policy, const struct slot_info *slot,
                               const char *text, size_t length)
{
    int64_t n = 0;
    int32_t day;
    bool yes = length == 3 && memcmp(text, "yes", 3) == 0;
    bool no = length == 2 && memcmp(text, "no", 2) == 0;
    if (slot->field >= 0) {
        return typed_value(policy, slot->field, text, length);
    }
    switch (slot->type) {
    case VALUE_NUMBER:
        return decimal_parse(text, length, &n) ? value_of(n) : value_unknown();
    case VALUE_DAY:
        return day_parse(text, length, &day) ? value_of(day) : value_unknown();
    case VALUE_MOMENT:
        return moment_parse(text, length, &n) ? value_of(n) : value_unknown();
    case VALUE_YESNO:
        return yes || no ? value_of(yes) : value_unknown();
    case VALUE_WORD:
        n = names_find(policy->names, text, length);
        return n ? value_of(n) : value_unknown();
    default:
        return value_unknown();
    }
}

void period_take(const struct policy *policy, struct value *facts, const char *name,
                 const char *value, size_t length)
{
    int32_t slot = slot_named(policy, name);
    if (slot >= 0) {
        facts[slot] = read_value(policy, &policy->slots[slot], value, length);
    }
}

static void take_system(const struct making *making, const struct entry *system,
                        struct value *facts)
{
    static const char *const own[] = {"online", "opened", "closed"};
    struct arena *arena = making->asking->arena;
    const char *at = system->thing.facts, *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    period_take(making->policy, facts, "system.online", "no", 2);
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        bool entry = name_length > 6 && memcmp(name, "entry.", 6) == 0;
        for (size_t i = 0; i < sizeof own / sizeof *own && length > 0 && !entry; i++) {
            entry |= strlen(own[i]) == name_length && memcmp(name, own[i], name_length) == 0;
        }
        if (!entry) {
            continue;
        }
        size_t head = memcmp(name, "entry.", name_length < 6 ? name_length : 6) == 0 ? 6 : 0;
        struct text fact = {0};
        text_add(&fact, "system.");
        text_add_n(&fact, name + head, name_length - head);
        const char *text = fact_unescape(arena, value, length);
        period_take(making->policy, facts, text_bytes(&fact), text, strlen(text));
        text_free(&fact);
    }
    for (int32_t i = 0; i < making->policy->measures.count; i++) {
        facts[policy_slot_measure(making->policy, i, MEASURE_SYSTEM)] =
            system_has(making->asking, making->rulebook, system, i);
    }
}

struct value *period_facts(const struct making *making, const struct entry *org,
                           const struct entry *system)
{
    struct arena *arena = making->asking->arena;
    struct value *facts = arena_array(arena, (size_t)making->policy->slot_count, sizeof *facts);
    const char *level = org && facts ? entry_fact(org, "level", arena) : NULL;
    if (!facts) {
        error_memory(making->asking->error);
        return NULL;
    }
    if (level) {
        period_take(making->policy, facts, "org.level", level, strlen(level));
    }
    if (system) {
        take_system(making, system, facts);
    }
    return facts;
}

/* ---- opening ---- */

static const char *slot_name(const struct policy *policy, enum surrounding which)
{
    return policy->slots[policy_slot_around(policy, which)].name;
}

/* The entry of the application that says which system the case is about. */
static void put_system_entry(const struct making *making, const struct planned *planned,
                             struct text *facts)
{
    const struct policy *policy = making->policy;
    const struct entry *system = period_system(making, planned->system);
    struct indexes form = policy->procedures[planned->procedure].application;
    for (int32_t i = 0; system && i < form.count; i++) {
        const struct field *field = &policy->fields[form.items[i]];
        if (field->type == FIELD_SYSTEM) {
            fact_put(facts, field->title.name, system->thing.name);
        }
    }
}

int period_stands(struct making *making, const char *source, int32_t day)
{
    struct store *store = making->asking->counter->store;
    int64_t began = 0, there = store_case_by_source(store, source, making->asking->error);
    if (there < 0 || store_mark(store, MARK_BEGAN, &began, making->asking->error) != 0) {
        return -1;
    }
    return there > 0 || day < began;
}

int period_opens(struct making *making, const struct planned *planned)
{
    const struct policy *policy = making->policy;
    struct asking *asking = making->asking;
    struct text facts = {0};
    int32_t day = planned->due != DAY_NONE ? planned->due : moment_day(planned->moment);
    int stands = period_stands(making, planned->source, day);
    if (stands != 0) {
        return stands < 0 ? -1 : 0;
    }
    if (planned->owner >= 0) {
        fact_put(&facts, slot_name(policy, AROUND_OWNER), policy->roles[planned->owner].title.name);
    }
    if (planned->payer >= 0) {
        fact_put(&facts, slot_name(policy, AROUND_PAYER), policy->roles[planned->payer].title.name);
    }
    fact_put_day(&facts, slot_name(policy, AROUND_DUE), planned->due);
    if (planned->kind) {
        text_addf(&facts, "%s=%s.%s\n", slot_name(policy, AROUND_SOURCE), planned->kind,
                  planned->name);
    }
    put_system_entry(making, planned, &facts);
    text_add(&facts, planned->facts ? planned->facts : "");
    struct opening opening = {.rulebook = making->rulebook,
                              .procedure = planned->procedure,
                              .org = period_org(making, planned->org),
                              .system = period_system(making, planned->system),
                              .source = planned->source,
                              .facts = text_bytes(&facts),
                              .moment = planned->moment,
                              .role = ""};
    int64_t id = 0;
    int status = facts.failed ? error_memory(asking->error) : desk_opens(asking, &opening, &id);
    status = status ? status : reply_opened(asking, id);
    text_free(&facts);
    making->made += status == 0;
    return status == 0 ? 1 : -1;
}

/* ---- when ---- */

/* What the marks say was last done: this day, with the registers and policies as they are. */
static int done_already(struct making *making, int64_t *registers, bool *done)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    int64_t policies = 0, day = 0, known = 0;
    if (store_mark(store, "registers", registers, error) != 0 ||
        store_mark(store, "policies", &policies, error) != 0 ||
        store_mark(store, "periods_day", &day, error) != 0 ||
        store_mark(store, "periods_registers", &known, error) != 0) {
        return -1;
    }
    *registers = (int64_t)((uint64_t)policies << 40 | (uint64_t)*registers);
    *done = day == making->day && known == *registers;
    return 0;
}

/* How far a run that was cut short came, if nothing moved since. */
static int go_on(struct making *making, int64_t registers)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    int64_t at = 0, account = 0, day = 0, known = 0;
    if (store_mark(store, "duties_at", &at, error) != 0 ||
        store_mark(store, "accounts_at", &account, error) != 0 ||
        store_mark(store, "duties_day", &day, error) != 0 ||
        store_mark(store, "duties_registers", &known, error) != 0) {
        return -1;
    }
    bool same = day == making->day && known == registers;
    making->holder = same ? (size_t)at : 0;
    making->account = same ? (size_t)account : 0;
    return 0;
}

static int mark_all(struct making *making, const char *const names[], const int64_t values[],
                    size_t count)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        status = store_mark_set(making->asking->counter->store, names[i], values[i],
                                making->asking->error);
    }
    return status;
}

/* A run that was cut short goes on the next time where it stopped. */
static int remember(struct making *making, int64_t registers)
{
    static const char *const done[] = {"periods_day", "periods_registers"};
    static const char *const part[] = {"duties_day", "duties_registers", "duties_at",
                                       "accounts_at"};
    const int64_t values[] = {making->day, registers, (int64_t)making->holder,
                              (int64_t)making->account};
    bool cut = making->cut || period_full(making);
    return cut ? mark_all(making, part, values, 4) : mark_all(making, done, values, 2);
}

/* The bills and scores of each organisation, as far as this run comes. */
static int make_accounts(struct making *making)
{
    const struct policy *policy = making->policy;
    struct counter *counter = making->asking->counter;
    size_t orgs = book_shelf(counter, BOOK_ORG)->count;
    size_t bills = (size_t)policy->bill_count * orgs;
    size_t all = bills + (size_t)policy->score_count * orgs;
    int status = 0;
    while (making->account < all && status == 0 && !making->cut) {
        size_t at = making->account;
        const struct entry *org = book_shelf(counter, BOOK_ORG)->items[at % orgs];
        status = at < bills ? period_bill(making, &policy->bills[at / orgs], org->thing.id)
                            : period_score(making, (int32_t)((at - bills) / orgs), org);
        if (making->cut || period_full(making)) {
            break; /* the rest of its periods is looked at again */
        }
        making->account++;
        bool lost = making->asking->through && counter->tally; /* and would be counted once more */
        making->cut = making->account < all && step_over(making->asking) && !lost;
    }
    if (making->account == all) {
        tally_forget(counter); /* who asks another day asks for what stands then */
    }
    return status;
}

int64_t periods_make(struct asking *asking, int32_t day, int64_t most, int slices, bool *more)
{
    struct counter *counter = asking->counter;
    struct making making = {
        .asking = asking, .day = day, .most = most, .slices = slices ? slices : ALL_SLICES};
    int64_t registers = 0;
    bool done = false;
    *more = false;
    if (!counter->current) {
        return 0; /* no policy yet: nothing is due */
    }
    making.rulebook = counter->current;
    making.policy = counter->current->policy;
    making.revision = calendar_as_of(counter->calendar, day);
    if (periods_inventory(&making) != 0 || periods_usage(&making) != 0 ||
        done_already(&making, &registers, &done) != 0) {
        return -1;
    }
    bool rest = making.cut;
    *more = rest;
    making.cut = false;
    if (done || (rest && step_over(asking))) {
        return making.made;
    }
    if (go_on(&making, registers) != 0 || periods_duties(&making) != 0) {
        return -1;
    }
    if (!making.cut && make_accounts(&making) != 0) {
        return -1;
    }
    *more = rest || making.cut || period_full(&making);
    return remember(&making, registers) != 0 ? -1 : making.made;
}
