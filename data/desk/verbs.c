/* verbs.c: the table of verbs, and the small ones. */
#include <string.h>

#include "data/desk/inside.h"
#include "data/monotonic.h"

const struct verb verbs[] = {
    {"hello", verb_hello, 0, 0},
    {"status", verb_status, VERB_WAKES, 0},
    {"list", verb_list, 0, 0},
    {"duties", verb_duties, 0, 0},
    {"complete", verb_complete, 0, 0},
    {"show", verb_show, 0, 0},
    {"why", verb_why, 0, 0},
    {"whatif", verb_whatif, 0, 0},
    {"offer", verb_offer, 0, 0},
    {"form", verb_form, 0, 0},
    {"open", verb_open, VERB_WRITES, 0},
    {"act", verb_act, VERB_WRITES | VERB_PERSON, 0},
    {"handover", verb_handover, VERB_WRITES | VERB_PERSON, KEEPS_PEOPLE},
    {"upload", verb_upload, VERB_PERSON | VERB_WHOLE, 0},
    {"attach", verb_attach, VERB_WRITES | VERB_PERSON, 0},
    {"document", verb_document, 0, 0},
    {"letter", verb_letter, VERB_WRITES | VERB_PERSON, 0},
    {"things", verb_things, 0, 0},
    {"thing", verb_thing, 0, 0},
    {"put", verb_put, VERB_WRITES, ~0u},
    {"succeed", verb_succeed, VERB_WRITES, KEEPS_ORGANISATIONS},
    {"numbers", verb_numbers, 0, 0},
    {"void", verb_unused, VERB_WRITES | VERB_PERSON, KEEPS_ORGANISATIONS},
    {"use", verb_use, VERB_WRITES, KEEPS_USE},
    {"sync", verb_sync, VERB_WRITES, KEEPS_USE},
    {"sync_rows", verb_sync_rows, VERB_WRITES, KEEPS_USE},
    {"sync_end", verb_sync_end, VERB_WRITES, KEEPS_USE},
    {"sync_apply", verb_sync_apply, VERB_WRITES, KEEPS_USE},
    {"sync_leave", verb_sync_leave, VERB_WRITES, KEEPS_USE},
    {"sync_undo", verb_sync_undo, VERB_WRITES, KEEPS_USE},
    {"sync_known", verb_sync_known, 0, KEEPS_USE},
    {"vendors", verb_vendors, 0, 0},
    {"runs", verb_runs, 0, 0},
    {"inventory", verb_inventory, 0, 0},
    {"differences", verb_differences, 0, 0},
    {"holdings", verb_holdings, 0, 0},
    {"resource", verb_resource, 0, 0},
    {"metered", verb_metered, 0, 0},
    {"drifts", verb_drifts, 0, 0},
    {"projects", verb_projects, 0, 0},
    {"policies", verb_policies, 0, 0},
    {"rules", verb_rules, 0, 0},
    {"resources", verb_resources, 0, 0},
    {"capacity", verb_capacity, 0, 0},
    {"adopt", verb_adopt, VERB_WRITES, KEEPS_POLICY},
    {"answer", verb_answer, VERB_WRITES, KEEPS_POLICY},
    {"notices", verb_notices, 0, 0},
    {"notice", verb_notice, VERB_WRITES, KEEPS_CALENDAR},
    {"tick", verb_tick, VERB_WRITES | VERB_OWNER | VERB_STEPS, 0},
    {"verify", verb_verify, VERB_ALL | VERB_LONG, 0},
    {"backup", verb_backup, VERB_OWNER | VERB_WHOLE | VERB_LONG, 0},
    {"checkpoint", verb_checkpoint, VERB_WRITES | VERB_OWNER, 0},
    {"drafts", verb_drafts, VERB_PERSON, 0},
    {"draft", verb_draft, VERB_WRITES | VERB_PERSON, 0},
    {"undraft", verb_undraft, VERB_WRITES | VERB_PERSON, 0},
    {"presence", verb_presence, VERB_WRITES | VERB_PERSON, 0},
    {"log", verb_log, 0, 0},
    {"columns", verb_columns, 0, 0},
    {"import", verb_import, VERB_WRITES, KEEPS_ORGANISATIONS},
    {"changes", verb_changes, 0, 0},
    {"acts", verb_acts, 0, 0},
};
const size_t verb_count = sizeof verbs / sizeof *verbs;

/* ---- who am I ---- */

/* Clocks that may not end before a first day nor after a last one: a trial is such a time. */
static void put_countdowns(struct asking *asking)
{
    const struct policy *policy = asking->counter->current->policy;
    struct text names = {0};
    for (int32_t i = 0; i < policy->clock_count; i++) {
        const struct clock *clock = &policy->clocks[i];
        if (clock->limit_count && clock->least.kind != LIMIT_NONE) {
            text_addf(&names, "%s%s", names.length ? "," : "", clock->title.name);
        }
    }
    if (names.length) {
        parcel_put(asking->reply, "countdowns", text_bytes(&names));
    }
    text_free(&names);
}

/* Whom he stands in for. */
static void put_absent(struct asking *asking)
{
    static const struct column columns[] = {{"login", CELL_NAME, N_("login")},
                                            {"name", CELL_TEXT, N_("name")}};
    struct table *table = parcel_table(asking->reply, "absent", columns, 2);
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_ABSENCE);
    for (size_t i = 0; asking->person && i < shelf->count; i++) {
        const struct entry *away = deputises(asking, shelf->items[i]);
        if (away) {
            table_text(table, away->thing.code);
            table_text(table, away->thing.name);
        }
    }
}

int verb_hello(struct asking *asking)
{
    static const struct column columns[] = {{"role", CELL_NAME, N_("role")},
                                            {"title", CELL_TEXT, N_("role")},
                                            {"for", CELL_TEXT, N_("for")}};
    const struct policy *policy = asking->counter->current->policy;
    struct parcel *reply = asking->reply;
    struct table *table = parcel_table(reply, "roles", columns, 3);
    struct text title = {0};
    text_addf(&title, "%s%c%s", policy->title.zh, MESSAGE_BOTH, policy->title.en);
    parcel_put(reply, "version", YUNTAI_VERSION);
    parcel_put(reply, "policy", policy->id);
    parcel_put(reply, "policy_title", text_bytes(&title));
    parcel_put_moment(reply, "now", asking->now);
    parcel_put(reply, "login", asking->person ? asking->person->thing.code : NULL);
    parcel_put(reply, "name", asking->person ? asking->person->thing.name : NULL);
    parcel_put(reply, "org", asking->org ? asking->org->thing.code : NULL);
    parcel_put(reply, "org_name", asking->org ? asking->org->thing.name : NULL);
    parcel_put(reply, "workspace", asking->visitor->owner ? asking->counter->directory : NULL);
    parcel_put_int(reply, "seq", counter_seq(asking->counter));
    for (int32_t i = 0; i < policy->role_count; i++) {
        bool own = asking->roles >> i & 1, deputy = asking->deputy_roles >> i & 1;
        if (own || deputy) {
            const struct entry *away = asking->deputy_for[i];
            table_text(table, policy->roles[i].title.name);
            table_both(table, policy->roles[i].title.zh, policy->roles[i].title.en);
            table_text(table, !own && away ? away->thing.name : NULL);
        }
    }
    text_free(&title);
    put_absent(asking);
    put_countdowns(asking);
    return 0;
}

/* ---- time ---- */

/* In one go: the work of a year is not done at one stroke. A step ends with what it is at once its
 * time is up. */
enum { MADE_MOST = 2000, TICK_MOST = 500, STEP_MOST = 50, STEP_MS = 20 };

static int do_tick(struct asking *asking, bool step)
{
    bool more;
    int64_t made = periods_make(asking, moment_day(asking->now), step ? STEP_MOST : MADE_MOST,
                                step ? 1 : 0, &more);
    int64_t left = step ? STEP_MOST - made : TICK_MOST;
    int64_t fired = made < 0 ? -1 : wake_all(asking, asking->now, left, &more);
    left -= step ? fired : 0;
    int64_t counted = fired < 0 ? -1 : refold_stale(asking, asking->now, left, &more);
    if (counted < 0) {
        return -1;
    }
    parcel_put_int(asking->reply, "fired", fired);
    parcel_put_int(asking->reply, "made", made);
    parcel_put_int(asking->reply, "counted", counted);
    if (more) {
        parcel_put(asking->reply, "rest", "yes");
    }
    return 0;
}

int tick(struct asking *asking)
{
    return do_tick(asking, false);
}

bool step_over(const struct asking *asking)
{
    return asking->ends && monotonic_ms() >= asking->ends;
}

int tick_step(struct asking *asking)
{
    asking->ends = monotonic_ms() + STEP_MS;
    int status = do_tick(asking, true);
    asking->ends = 0;
    return status;
}

int verb_tick(struct asking *asking)
{
    int64_t next = INT64_MAX;
    int status = parcel_yes(asking->request, "step") ? tick_step(asking) : tick(asking);
    if (status != 0 || store_next_wake(asking->counter->store, &next, asking->error) != 0) {
        return -1;
    }
    if (next != INT64_MAX) {
        parcel_put_int(asking->reply, "next", to_utc(asking->counter, next));
    }
    return 0;
}

/* ---- what was typed and not sent; who looks at a case ---- */

static const char *draft_subject(struct asking *asking)
{
    const char *name = asked(asking, "case"), *procedure = asked(asking, "procedure");
    const char *event = asked(asking, "event");
    struct text subject = {0};
    text_addf(&subject, "%s %s", name ? name : procedure ? procedure : "", event ? event : "");
    const char *kept = arena_keep(asking->arena, &subject);
    return kept;
}

/* What a person keeps for himself stands under a name with @ and is no draft. */
static bool is_kept(struct asking *asking, const char *subject)
{
    return *subject == '@' && !asked(asking, "procedure");
}

static int take_draft(void *self, const char *subject, const char *field, const char *value,
                      int64_t at)
{
    struct asking *asking = self;
    struct table *table = asking->reply->tables[0];
    const char *blank = strchr(subject, ' ');
    if (is_kept(asking, subject)) {
        return 0;
    }
    table_text_n(table, subject, blank ? (size_t)(blank - subject) : strlen(subject));
    table_text(table, blank ? blank + 1 : "");
    table_text(table, field);
    table_text(table, value);
    table_moment(table, to_local(asking->counter, at));
    return 0;
}

/* ---- forms that were begun, each once ---- */

struct begun { /* of the drafts in hand: those of one form, row FROM up to TO */
    const struct table *drafts;
    size_t from, to;
};

static void put_title(struct table *table, const struct title *title)
{
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

/* The case it is of; 0 where it is of none, or of none he may see. */
static int64_t begun_case(struct asking *asking, const char *subject, struct case_row *row)
{
    struct error *before = asking->error, ignored = {0};
    asking->error = &ignored;
    int64_t id = case_asked(asking, subject);
    asking->error = before;
    error_free(&ignored);
    bool found =
        id > 0 && store_case(asking->counter->store, id, asking->arena, row, asking->error) == 1;
    return found ? id : 0;
}

static void put_begun(struct asking *asking, struct table *table, const struct begun *begun)
{
    const struct policy *policy = asking->counter->current->policy;
    const char *subject = table_cell(begun->drafts, begun->from, "subject");
    const char *event = table_cell(begun->drafts, begun->from, "event");
    struct case_row row = {0};
    int32_t opens = *event ? -1 : procedure_named(policy, subject);
    bool of_case = *event && begun_case(asking, subject, &row) > 0;
    int32_t procedure = of_case ? procedure_named(policy, row.procedure) : opens;
    const struct procedure *of = procedure >= 0 ? &policy->procedures[procedure] : NULL;
    int32_t found = of && *event ? event_named(policy, of, event) : -1;
    size_t last = begun->from;
    for (size_t i = begun->from; i < begun->to; i++) {
        bool later =
            strcmp(table_cell(begun->drafts, i, "at"), table_cell(begun->drafts, last, "at")) >= 0;
        last = later ? i : last;
    }
    int32_t field = field_named(policy, table_cell(begun->drafts, last, "field"));
    table_text(table, subject);
    table_text(table, event);
    if (of_case) {
        table_text(table, row.title);
    } else {
        put_title(table, of ? &of->title : NULL);
    }
    put_title(table, found >= 0 ? &of->events[found].title : NULL);
    table_int(table, (int64_t)(begun->to - begun->from));
    put_title(table, field >= 0 ? &policy->fields[field].title : NULL);
    table_text(table, table_cell(begun->drafts, last, "at"));
}

static bool same_form(const struct table *drafts, size_t a, size_t b)
{
    return strcmp(table_cell(drafts, a, "subject"), table_cell(drafts, b, "subject")) == 0 &&
           strcmp(table_cell(drafts, a, "event"), table_cell(drafts, b, "event")) == 0;
}

static void put_forms(struct asking *asking)
{
    static const struct column columns[] = {
        {"subject", CELL_NAME, N_("case")},   {"event", CELL_NAME, N_("event")},
        {"title", CELL_TEXT, N_("title")},    {"event_title", CELL_TEXT, N_("what is done")},
        {"count", CELL_NUMBER, N_("fields")}, {"field_title", CELL_TEXT, N_("field")},
        {"at", CELL_MOMENT, N_("typed")}};
    struct begun begun = {.drafts = parcel_find(asking->reply, "drafts")};
    struct table *table = parcel_table(asking->reply, "forms", columns, 7);
    size_t count = table_rows(begun.drafts);
    for (; begun.from < count; begun.from = begun.to) {
        begun.to = begun.from + 1;
        while (begun.to < count && same_form(begun.drafts, begun.from, begun.to)) {
            begun.to++;
        }
        put_begun(asking, table, &begun);
    }
}

/* Whose drafts are meant; 0: what is kept for all, under a name with @. -1 ERROR. */
static int64_t keeper(struct asking *asking, bool changes)
{
    const char *procedure = asked(asking, "procedure");
    bool shared = parcel_yes(asking->request, "shared");
    if (shared && (!procedure || *procedure != '@')) {
        return error_set(asking->error, ERROR_USAGE, N_("a draft is not shared; a view is"), NULL,
                         NULL);
    }
    if (shared && changes &&
        must_keep(asking, KEEPS_ORGANISATIONS | KEEPS_PEOPLE | KEEPS_POLICY) != 0) {
        return -1;
    }
    return shared ? 0 : asking->person->thing.id;
}

int verb_drafts(struct asking *asking)
{
    static const struct column columns[] = {{"subject", CELL_NAME, N_("case")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"field", CELL_NAME, N_("field")},
                                            {"value", CELL_TEXT, N_("entry")},
                                            {"at", CELL_MOMENT, N_("typed")}};
    parcel_table(asking->reply, "drafts", columns, 5);
    bool some = asked(asking, "case") || asked(asking, "procedure");
    int64_t person = keeper(asking, false);
    int status = person < 0 ? -1
                            : store_drafts(asking->counter->store, person,
                                           some ? draft_subject(asking) : NULL, take_draft, asking,
                                           asking->error);
    if (status == 0 && !some) {
        put_forms(asking);
    }
    return status;
}

int verb_draft(struct asking *asking)
{
    const char *field;
    int64_t person = keeper(asking, true);
    return person < 0 || must_ask(asking, "field", &field) != 0
               ? -1
               : store_draft_put(asking->counter->store, person, draft_subject(asking), field,
                                 parcel_get(asking->request, "value"), asking->utc, asking->error);
}

int verb_undraft(struct asking *asking)
{
    return store_draft_drop(asking->counter->store, asking->person->thing.id, draft_subject(asking),
                            asking->error);
}

enum { PRESENT_SECONDS = 300 };

static int take_present(void *self, int64_t person, int64_t at)
{
    struct asking *asking = self;
    struct table *table = asking->reply->tables[0];
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, person);
    if (person != asking->person->thing.id && who) {
        table_text(table, who->thing.name);
        table_moment(table, to_local(asking->counter, at));
    }
    return 0;
}

int verb_presence(struct asking *asking)
{
    static const struct column columns[] = {{"who", CELL_TEXT, N_("who")},
                                            {"at", CELL_MOMENT, N_("since")}};
    const char *name;
    if (must_ask(asking, "case", &name) != 0) {
        return -1;
    }
    int64_t id = case_asked(asking, name);
    parcel_table(asking->reply, "people", columns, 2);
    if (id <= 0 || store_presence(asking->counter->store, id, asking->person->thing.id, asking->utc,
                                  asking->error) != 0) {
        return -1;
    }
    return store_present(asking->counter->store, id, asking->utc - PRESENT_SECONDS, take_present,
                         asking, asking->error);
}

/* ---- who came, and what was refused ---- */

static int take_log(void *self, const struct log_row *row)
{
    struct asking *asking = self;
    struct table *table = asking->reply->tables[0];
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, row->person);
    table_moment(table, to_local(asking->counter, row->at));
    table_int(table, row->uid);
    table_text(table, who ? who->thing.name : NULL);
    table_text(table, row->what);
    table_text(table, row->outcome);
    parcel_put_int(asking->reply, "last", row->id);
    return 0;
}

int verb_log(struct asking *asking)
{
    static const struct column columns[] = {{"at", CELL_MOMENT, N_("when")},
                                            {"uid", CELL_NUMBER, N_("account")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"what", CELL_TEXT, N_("what")},
                                            {"outcome", CELL_NAME, N_("outcome")}};
    if (!asking->sees_all) {
        return refuse_right(asking, "log", roles_seeing_all(asking->counter->current->policy));
    }
    parcel_table(asking->reply, "log", columns, 5);
    return store_logged(asking->counter->store, parcel_int(asking->request, "after", 0),
                        parcel_int(asking->request, "limit", 100), take_log, asking, asking->error);
}
