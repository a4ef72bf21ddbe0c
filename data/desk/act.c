/* act.c: the one write path: look, try, put on record, refresh. */
#include <string.h>

#include "data/desk/act.h"

/* ---- the date ---- */

/* Without a time an act takes effect at 00:00 of its day, or at the case's last act if that is
 * later on the same day; without a date, now. */
int deed_date(struct asking *asking, struct deed *deed)
{
    const char *said = asked(asking, "date");
    int64_t moment = asking->now;
    int32_t day;
    if (!asked_moment(asking, "date", &moment)) {
        return -1;
    }
    bool whole_day = said && day_parse(said, strlen(said), &day);
    int64_t last =
        deed->work->file && deed->work->records.count ? deed->work->file->changed : MOMENT_NONE;
    if ((whole_day || !said) && last > moment && moment_day(last) == moment_day(moment)) {
        moment = last;
    }
    deed->moment = moment;
    return 0;
}

/* ---- the body: what people wrote ---- */

static const char *const words[] = {"reason", "note", "ground", "paper_no", "paper_date"};

/* Private entries go into the body, so that they can be struck out; the fold then reads a mark. */
static void split_private(struct asking *asking, struct deed *deed, const struct text *facts,
                          struct text *out, struct text *body)
{
    const struct policy *policy = deed->work->rulebook->policy;
    const char *at = text_bytes(facts), *end = at + facts->length, *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *fact = arena_text(asking->arena, name, name_length);
        int32_t field = field_named(policy, fact);
        if (field >= 0 && policy->fields[field].is_private && length > 0) {
            text_addf(body, "entry.%s=", fact);
            text_add_n(body, value, length);
            text_add(body, "\n");
            fact_put(out, fact, "*");
        } else {
            text_add_n(out, name, (size_t)(value + length - name));
            text_add(out, "\n");
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *said = asked(asking, words[i]);
        if (said) {
            fact_put(body, words[i], said);
        }
    }
}

/* ---- trying ---- */

static void put_overrides(struct deed *deed, uint64_t overrides)
{
    const struct policy *policy = deed->work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[deed->work->procedure];
    for (int32_t i = 0; i < procedure->rule_count; i++) {
        if (overrides >> i & 1) {
            fact_put(&deed->facts, "override", procedure->rules[i].title.name);
        }
    }
}

static int64_t person_of(const struct asking *asking, const struct deed *deed, int32_t role)
{
    struct record record = {.actor = asking->person ? asking->person->thing.id : 0,
                            .party_org = deed->party ? deed->party->thing.id : 0,
                            .role = role >= 0 ? deed->work->rulebook->policy->roles[role].title.name
                                              : ""};
    return person_of_record(deed->work->rulebook, &record);
}

/* 0 it may be done; -1 with ERROR and the reasons. */
int deed_try(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    struct attempt attempt = {
        .act = {.event = deed->event,
                .person = person_of(asking, deed, deed->role),
                .role = deed->role < 0 ? ROLE_DESK : deed->role,
                .effective = deed->moment,
                .recorded = asking->now > deed->moment ? asking->now : deed->moment,
                .corrects = deed->corrects,
                .facts = text_bytes(&deed->facts),
                .facts_length = deed->facts.length},
        .roles = deed->roles,
        .org = deed->org,
        .reason = asked(asking, "reason"),
        .folded = casework_folded(asking, work, deed->moment),
    };
    if (deed->moment > asking->now) {
        char day[MOMENT_TEXT];
        return error_set(asking->error, ERROR_REFUSED,
                         N_("%1 is still to come; an act is dated when it took effect"),
                         moment_format(deed->moment, day), NULL);
    }
    if (deed->facts.failed) { /* what is missing would be said to be his */
        return error_memory(asking->error);
    }
    work->asking_now = deed->moment;
    const struct verdict *verdict =
        verdict_of(work->rulebook->clerk, work->rulebook->fold, asking->counter->calendar,
                   work->procedure, work->acts, work->records.count, &attempt);
    if (!verdict) {
        return error_memory(asking->error);
    }
    work->tried = work->records.count + 1;
    deed->act = attempt.act;
    deed->completes = verdict->completes;
    if (verdict->count > 0) {
        const struct policy *policy = work->rulebook->policy;
        reply_reasons(asking, work->rulebook, &policy->procedures[work->procedure],
                      verdict->reasons, verdict->count);
        return error_set(asking->error, ERROR_REFUSED, N_("%1 cannot be done"),
                         casework_event_named(asking, work, deed->name), NULL);
    }
    put_overrides(deed, verdict->overrides);
    return deed->facts.failed ? error_memory(asking->error) : 0;
}

int deed_record(struct asking *asking, struct deed *deed, struct record *out)
{
    struct casework *work = deed->work;
    struct text facts = {0}, body = {0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *said = asked(asking, words[i]);
        if (said && entry_bounded(asking, words[i], said) != 0) {
            return -1;
        }
    }
    split_private(asking, deed, &deed->facts, &facts, &body);
    const struct entry *absent = deed->absent;
    if (!absent && !deed->party && deed->role >= 0 && !(deed->own >> deed->role & 1)) {
        absent = deed_deputises(asking, deed, deed->role);
    }
    *out = (struct record){
        .event = deed->name,
        .actor = asking->person ? asking->person->thing.id : 0,
        .role = deed->role >= 0 ? work->rulebook->policy->roles[deed->role].title.name : "",
        .deputy_of = absent ? absent->thing.id : 0,
        .party_org = deed->party ? deed->party->thing.id : 0,
        .effective = deed->moment,
        .recorded = asking->utc,
        .corrects = deed->corrects,
        .facts = arena_text(asking->arena, text_bytes(&facts), facts.length),
        .facts_length = facts.length,
        .body = body.length ? arena_text(asking->arena, text_bytes(&body), body.length) : NULL,
    };
    bool failed = facts.failed || body.failed || arena_failed(asking->arena);
    text_free(&facts);
    text_free(&body);
    return failed ? error_memory(asking->error) : casework_append(asking, work, out);
}

/* ---- titles, numbers, parties ---- */

/* What a case, as folded, is about: its system, else the first short text of its application, else
 * what it is a case of. */
const char *case_subject(struct asking *asking, const struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    const struct procedure *procedure = &policy->procedures[work->procedure];
    for (int pass = 0; pass < 2; pass++) {
        enum field_type wanted = pass == 0 ? FIELD_SYSTEM : FIELD_TEXT;
        for (int32_t i = 0; i < procedure->application.count; i++) {
            int32_t index = procedure->application.items[i];
            const struct field *field = &policy->fields[index];
            const struct slot *slot = &work->file->slots[index];
            if (field->type == wanted && !field->is_private && slot->text && slot->length > 0) {
                return fact_unescape(asking->arena, slot->text, slot->length);
            }
        }
    }
    return work->file->duty ? work->file->duty->title.zh : procedure->title.zh;
}

static int set_title(struct asking *asking, struct casework *work)
{
    const char *subject = case_subject(asking, work);
    struct text pinyin = {0};
    if (work->row.title && strcmp(subject, work->row.title) == 0) {
        return 0;
    }
    const char *old = work->row.title;
    pinyin_of(asking->counter->pinyin, subject, &pinyin);
    work->row.title = subject;
    work->row.title_py = arena_keep(asking->arena, &pinyin);
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    return store_words(asking->counter->store, work->row.id, procedure->title.zh, work->row.number,
                       old, subject, asking->error);
}

static int give_number(struct asking *asking, struct casework *work, int64_t moment)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    struct text number = {0}, pattern = {0};
    int year;
    day_to_civil(moment_day(moment), &year, NULL, NULL);
    text_addf(&pattern, "%s-{year}-{seq}", procedure->title.name);
    int status = store_number(asking->counter->store, procedure->title.name,
                              procedure->number ? procedure->number : text_bytes(&pattern), year,
                              work->row.id, moment_day(moment), &number, asking->error);
    work->row.number = arena_keep(asking->arena, &number);
    text_free(&pattern);
    return status;
}

/* ---- opening ---- */

void opening_says(struct asking *asking, const struct casework *work, struct text *facts)
{
    const struct case_row *row = &work->row;
    const struct entry *org = row->org ? book_by_id(asking->counter, BOOK_ORG, row->org) : NULL;
    const struct entry *system =
        row->system ? book_by_id(asking->counter, BOOK_SYSTEM, row->system) : NULL;
    fact_put(facts, "case.org", org ? org->thing.code : "");
    if (system) {
        fact_put(facts, "case.system", system->thing.code);
    }
    if (row->source) {
        fact_put(facts, "case.source", row->source);
    }
}

int case_new(struct asking *asking, struct casework *work, struct rulebook *rulebook,
             int32_t procedure, const struct entry *org, const struct entry *system)
{
    int64_t id = store_id(asking->counter->store, asking->error);
    *work = (struct casework){
        .row = {.id = id,
                .procedure = rulebook->policy->procedures[procedure].title.name,
                .title_py = "",
                .org = org ? org->thing.id : 0,
                .county = org ? county_of(asking, org) : 0,
                .system = system ? system->thing.id : 0,
                .policy = rulebook->id},
        .is_new = true,
        .rulebook = rulebook,
        .procedure = procedure,
        .counter = asking->counter,
        .error = asking->error,
    };
    return id == 0 ? -1 : 0;
}

/* After an act: what it brings, the title, the cache. */
int deed_settle(struct asking *asking, struct casework *work, const struct event *event,
                const struct record *record)
{
    int64_t now = asking->now > record->effective ? asking->now : record->effective;
    if (casework_fold(asking, work, record->effective) != 0) {
        return -1;
    }
    if (work->is_new && give_number(asking, work, record->effective) != 0) {
        return -1;
    }
    if (set_title(asking, work) != 0 || follow(asking, work, event, record) != 0) {
        return -1;
    }
    return casework_save(asking, work, now);
}

int desk_opens(struct asking *asking, const struct opening *opening, int64_t *id)
{
    struct casework work = {0};
    struct text facts = {0};
    int status = case_new(asking, &work, opening->rulebook, opening->procedure, opening->org,
                          opening->system);
    work.row.source = opening->source;
    opening_says(asking, &work, &facts);
    status = status ? status : around_facts(asking, &work, NULL, opening->moment, &facts);
    text_add(&facts, opening->facts);
    struct record record = {.event = "open",
                            .actor = opening->actor,
                            .role = opening->role,
                            .effective = opening->moment,
                            .recorded = asking->utc,
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length};
    status = status || facts.failed ? -1 : casework_append(asking, &work, &record);
    if (status == 0 && opening->linked) {
        status = store_link(asking->counter->store, opening->linked, work.row.id, asking->error);
    }
    status = status ? status : deed_settle(asking, &work, NULL, &record);
    *id = work.row.id;
    text_free(&facts);
    casework_free(&work);
    return status;
}
