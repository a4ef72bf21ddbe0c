/* verb_offer.c: what may be done, by whom, with which form; what would be if. */
#include <string.h>

#include "data/desk/act.h"

/* ---- offers ---- */

static uint64_t his_roles(struct asking *asking, struct casework *work)
{
    struct deed deed = {.work = work};
    struct error ignored = {0}, *before = asking->error;
    asking->error = &ignored;
    int status = deed_who(asking, &deed);
    asking->error = before;
    error_free(&ignored);
    return status == 0 ? deed.roles : 0;
}

static const char *offer_org(struct asking *asking)
{
    const char *party = asked(asking, "for");
    const struct entry *org = party ? book_find(asking->counter, BOOK_ORG, party, 0) : asking->org;
    return org ? org->thing.code : "";
}

int reply_offers(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {{"event", CELL_NAME, N_("event")},
                                            {"title", CELL_TEXT, N_("what can be done")},
                                            {"may", CELL_YESNO, N_("may")},
                                            {"to", CELL_NAME, N_("leads to")},
                                            {"to_title", CELL_TEXT, N_("leads to")},
                                            {"by", CELL_NAME, N_("by")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"kind", CELL_NAME, N_("why not")},
                                            {"sentence", CELL_NAME, N_("why not")},
                                            {"a", CELL_TEXT, NULL},
                                            {"b", CELL_TEXT, NULL},
                                            {"c", CELL_TEXT, NULL},
                                            {"d", CELL_TEXT, NULL}};
    static const char *const kinds[] = {"state", "when", "role", "date", "field", "rule"};
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const struct policy *policy = work->rulebook->policy;
    struct table *table = parcel_table(asking->reply, "offers", columns, 13);
    uint64_t roles = asking->person ? his_roles(asking, work) : 0;
    int64_t person = asking->person ? asking->person->thing.id : -1;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        const struct verdict *verdict = offer_of(work->rulebook->clerk, work->rulebook->fold, e,
                                                 person, roles, offer_org(asking), work->folded);
        if (!verdict) {
            return error_memory(asking->error);
        }
        const struct reason *reason = verdict->count ? &verdict->reasons[0] : NULL;
        int32_t role = role_for(work->rulebook->fold, e);
        const struct state *to = verdict->to >= 0 ? &procedure->states[verdict->to] : NULL;
        struct text cites = {0};
        policy_cites_text(policy, event->cites, &cites);
        table_text(table, event->title.name);
        table_both(table, event->title.zh, event->title.en);
        table_yesno(table, !reason);
        table_text(table, to ? to->title.name : NULL);
        if (to) {
            table_both(table, to->title.zh, to->title.en);
        } else {
            table_text(table, NULL);
        }
        table_text(table, role >= 0 ? policy->roles[role].title.name : NULL);
        table_text(table, text_bytes(&cites));
        table_text(table, reason ? kinds[reason->kind] : NULL);
        table_text(table, reason ? message_english(reason->message.id) : NULL);
        for (int i = 0; i < 4; i++) {
            table_text(table, reason ? reason->message.arg[i] : NULL);
        }
        text_free(&cites);
    }
    return 0;
}

int verb_offer(struct asking *asking)
{
    struct casework work;
    int status = case_taken(asking, &work);
    status = status ? status : reply_offers(asking, &work);
    status = status ? status : reply_case(asking, &work);
    casework_free(&work);
    return status;
}

/* ---- forms ---- */

static const char *const type_names[] = {"text",   "lines",  "number",  "money",   "date", "time",
                                         "yesno",  "choice", "choices", "role",    "org",  "orgs",
                                         "system", "items",  "points",  "answers", "paper"};

static void put_end(const struct range_end *end, const struct field *field, struct text *out)
{
    char day[MOMENT_TEXT];
    enum field_type type = field->type;
    switch (end->kind) {
    case END_FIXED:
        if (type == FIELD_DATE) {
            text_add(out, day_format((int32_t)end->n, day));
        } else if (type == FIELD_TIME) {
            text_add(out, moment_format(end->n, day));
        } else if ((type == FIELD_NUMBER && !field->is_period) || type == FIELD_MONEY) {
            text_add_decimal(out, end->n);
        } else {
            text_add_int(out, end->n);
        }
        break;
    case END_TODAY:
        text_add(out, "today");
        break;
    case END_NOW:
        text_add(out, "now");
        break;
    case END_OFFSET: {
        static const char *const units[] = {
            [UNIT_WD] = "wd", [UNIT_D] = "d", [UNIT_MO] = "mo", [UNIT_H] = "h"};
        text_addf(out, "%s", end->period.n >= 0 ? "+" : "");
        text_add_int(out, end->period.n);
        text_add(out, units[end->period.unit]);
        break;
    }
    default:
        break;
    }
}

/* "name=zh\037en" a line. */
static void put_labels(struct table *table, const struct policy *policy, const struct field *field)
{
    struct text labels = {0};
    for (int32_t i = 0; i < field->labels.count; i++) {
        const struct label *label = &field->labels.items[i];
        text_addf(&labels, "%s=%s%c%s\n", label->name, label->zh, MESSAGE_BOTH, label->en);
    }
    for (int32_t i = 0; field->type == FIELD_ROLE && i < policy->role_count; i++) {
        const struct title *role = &policy->roles[i].title;
        if (field->roles >> i & 1) {
            text_addf(&labels, "%s=%s%c%s\n", role->name, role->zh, MESSAGE_BOTH, role->en);
        }
    }
    table_text(table, labels.length ? text_bytes(&labels) : NULL);
    text_free(&labels);
}

static void put_field(struct asking *asking, const struct policy *policy, struct casework *work,
                      struct table *table, int32_t index, int64_t moment)
{
    const struct field *field = &policy->fields[index];
    const struct group *group = &policy->groups[field->group];
    const struct slot *slot = work && work->file ? &work->file->slots[index] : NULL;
    struct text low = {0}, high = {0}, cites = {0};
    put_end(&field->low, field, &low);
    put_end(&field->high, field, &high);
    policy_cites_text(policy, field->cites, &cites);
    table_text(table, field->title.name);
    table_both(table, field->title.zh, field->title.en);
    table_text(table, type_names[field->type]);
    if (group->is_form) {
        table_both(table, group->title.zh, group->title.en);
    } else {
        table_text(table, NULL);
    }
    table_yesno(table, field->optional);
    table_yesno(table, field->column >= 0);
    table_yesno(table, field->is_private);
    table_text(table, low.length ? text_bytes(&low) : NULL);
    table_text(table, high.length ? text_bytes(&high) : NULL);
    table_text(table, field->unit_text);
    put_labels(table, policy, field);
    table_text(table, field->default_text);
    table_text(table, field->hint);
    table_text(table, cites.length ? text_bytes(&cites) : NULL);
    table_yesno(table, field->column >= 0 || !work || !work->file ||
                           fold_asks(work->rulebook->fold, index, -1, moment));
    table_text(table,
               slot && slot->text ? fact_unescape(asking->arena, slot->text, slot->length) : NULL);
    text_free(&low);
    text_free(&high);
    text_free(&cites);
}

static void reply_fields(struct asking *asking, const struct policy *policy, struct casework *work,
                         struct indexes fields)
{
    static const struct column columns[] = {{"field", CELL_NAME, N_("field")},
                                            {"title", CELL_TEXT, N_("field")},
                                            {"type", CELL_NAME, N_("type")},
                                            {"form", CELL_TEXT, N_("form")},
                                            {"optional", CELL_YESNO, N_("optional")},
                                            {"per_item", CELL_YESNO, N_("per line")},
                                            {"private", CELL_YESNO, N_("private")},
                                            {"low", CELL_TEXT, N_("from")},
                                            {"high", CELL_TEXT, N_("to")},
                                            {"unit", CELL_TEXT, N_("unit")},
                                            {"labels", CELL_TEXT, N_("choices")},
                                            {"default", CELL_TEXT, N_("default")},
                                            {"hint", CELL_TEXT, N_("hint")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"asked", CELL_YESNO, N_("asked now")},
                                            {"value", CELL_TEXT, N_("entry")}};
    struct table *table = parcel_table(asking->reply, "fields", columns, 16);
    for (int32_t i = 0; i < fields.count; i++) {
        put_field(asking, policy, work, table, fields.items[i], asking->now);
    }
}

int verb_form(struct asking *asking)
{
    const char *procedure = asked(asking, "procedure"), *event;
    const struct policy *policy = asking->counter->current->policy;
    if (procedure) {
        int32_t index = procedure_named(policy, procedure);
        if (index < 0) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("the policy has no procedure “%1”; perhaps “%2”"), procedure,
                             "access");
        }
        reply_fields(asking, policy, NULL, policy->procedures[index].application);
        return 0;
    }
    struct casework work;
    if (must_ask(asking, "event", &event) != 0) {
        return -1;
    }
    int status = case_taken(asking, &work);
    if (status == 0) {
        int32_t index = casework_event(&work, event);
        policy = work.rulebook->policy;
        const struct procedure *of = &policy->procedures[work.procedure];
        if (index >= 0) {
            reply_fields(asking, policy, &work, of->events[index].fields);
        } else if (index == EVENT_EDIT) {
            reply_fields(asking, policy, &work, of->application);
        } else {
            status = error_set(asking->error, ERROR_USAGE,
                               N_("a case of %1 knows no “%2”; `yuntai offer CASE` lists what can "
                                  "be done"),
                               work.row.procedure, event);
        }
        status = status ? status : reply_case(asking, &work);
    }
    casework_free(&work);
    return status;
}

/* ---- what if ---- */

/* The event done at that moment, entries aside: state and clocks as they would stand. */
static int suppose(struct asking *asking, struct casework *work, int32_t event, int64_t moment)
{
    const struct policy *policy = work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[work->procedure];
    struct text facts = {0};
    if (casework_fold(asking, work, moment) != 0) {
        return -1;
    }
    int32_t role = role_for(work->rulebook->fold, event);
    int status = around_facts(asking, work, &procedure->events[event], moment, &facts);
    status =
        status ? status : entries_facts(asking, work, &procedure->events[event], moment, &facts);
    struct record record = {.event = procedure->events[event].title.name,
                            .actor = -1,
                            .role = role >= 0 ? policy->roles[role].title.name : "",
                            .effective = moment,
                            .recorded = to_utc(asking->counter, moment),
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length};
    status = status ? status : casework_push(asking, work, &record);
    text_free(&facts);
    if (status == 0 && casework_fold(asking, work, moment) != 0) {
        status = -1;
    }
    return status;
}

static int whatif(struct asking *asking, struct casework *work, const char *name)
{
    int64_t moment = asking->now;
    int32_t event = casework_event(work, name), clock = -1;
    if (event < 0) {
        return error_set(
            asking->error, ERROR_USAGE,
            N_("a case of %1 knows no “%2”; `yuntai offer CASE` lists what can be done"),
            work->row.procedure, name);
    }
    if (!asked_moment(asking, "date", &moment)) {
        return -1;
    }
    int64_t latest = latest_moment(work->rulebook->fold, event, &clock);
    const struct verdict *verdict = offer_of(work->rulebook->clerk, work->rulebook->fold, event, -1,
                                             ~UINT64_C(0), NULL, moment);
    if (latest != MOMENT_NONE) {
        parcel_put_moment(asking->reply, "latest", latest);
        parcel_put(asking->reply, "latest_clock", work->rulebook->policy->clocks[clock].title.name);
    }
    if (!verdict || verdict->count > 0) {
        if (verdict) {
            reply_reasons(asking, work->rulebook, work->file->procedure, verdict->reasons,
                          verdict->count);
        }
        return verdict
                   ? error_set(asking->error, ERROR_REFUSED, N_("%1 cannot be done"), name, NULL)
                   : error_memory(asking->error);
    }
    moment = moment < work->file->changed ? work->file->changed : moment;
    if (suppose(asking, work, event, moment) != 0) {
        return -1;
    }
    asking->now = moment;
    work->row.changed_at = moment;
    return reply_case(asking, work);
}

int verb_whatif(struct asking *asking)
{
    struct casework work;
    const char *event;
    if (must_ask(asking, "event", &event) != 0) {
        return -1;
    }
    int status = case_taken(asking, &work);
    status = status ? status : whatif(asking, &work, event);
    casework_free(&work);
    return status;
}
