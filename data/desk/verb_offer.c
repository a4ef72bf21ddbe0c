/* verb_offer.c: what may be done, by whom; what would be if. */
#include <string.h>

#include "data/desk/delivery.h"
#include "data/desk/remedy.h"

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

/* What an inventory shows of the list, for events that it fills in. */
static int shown_of(struct asking *asking, struct casework *work, const char **shown, int64_t *at)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    struct text text = {0};
    bool fills = false;
    *shown = NULL;
    *at = MOMENT_NONE;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        bool here = work->file->state >= 0 && procedure->events[e].from >> work->file->state & 1;
        fills |= here && procedure->events[e].fills.count > 0;
    }
    int status = fills ? delivery_shown(asking, work, &text, at) : 0;
    *shown = text.length ? arena_keep(asking->arena, &text) : NULL;
    text_free(&text);
    return status;
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
                                            {"d", CELL_TEXT, NULL},
                                            {"seen", CELL_TEXT, N_("delivered, as seen")},
                                            {"seen_at", CELL_MOMENT, N_("as of")}};
    static const char *const kinds[] = {"state", "when", "role", "date", "field", "rule"};
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const struct policy *policy = work->rulebook->policy;
    struct table *table = parcel_table(asking->reply, "offers", columns, 15);
    uint64_t roles = asking->person ? his_roles(asking, work) : 0;
    int64_t person = asking->person ? asking->person->thing.id : -1, at;
    const char *shown;
    if (shown_of(asking, work, &shown, &at) != 0) {
        return -1;
    }
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
        reply_cites(asking, policy, event->cites, &cites);
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
        bool filled = shown && event->fills.count > 0 && (!reason || reason->kind != REASON_STATE);
        table_text(table, filled ? shown : NULL);
        table_moment(table, filled ? at : MOMENT_NONE);
        text_free(&cites);
    }
    return 0;
}

/* What he may open a case of, his own and those he stands in for. */
static int reply_openings(struct asking *asking)
{
    static const struct column columns[] = {{"procedure", CELL_NAME, N_("procedure")},
                                            {"title", CELL_TEXT, N_("title")},
                                            {"may", CELL_YESNO, N_("may")},
                                            {"by", CELL_TEXT, N_("by")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"sound", CELL_NAME, NULL}};
    const struct policy *policy = asking->counter->current->policy;
    struct table *table = parcel_table(asking->reply, "openings", columns, 6);
    uint64_t roles = asking->roles | asking->deputy_roles;
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        const struct procedure *procedure = &policy->procedures[i];
        struct text zh = {0}, en = {0}, cites = {0}, sound = {0};
        for (int32_t r = 0; r < policy->role_count; r++) {
            if (procedure->by >> r & 1) {
                text_addf(&zh, "%s%s", zh.length ? "、" : "", policy->roles[r].title.zh);
                text_addf(&en, "%s%s", en.length ? ", " : "", policy->roles[r].title.en);
            }
        }
        reply_cites(asking, policy, procedure->cites, &cites);
        pinyin_of(asking->counter->pinyin, procedure->title.zh, &sound);
        table_text(table, procedure->title.name);
        table_both(table, procedure->title.zh, procedure->title.en);
        table_yesno(table, (procedure->by & roles) != 0);
        table_both(table, text_bytes(&zh), text_bytes(&en));
        table_text(table, text_bytes(&cites));
        table_text(table, text_bytes(&sound));
        text_free(&zh);
        text_free(&en);
        text_free(&cites);
        text_free(&sound);
    }
    return 0;
}

int verb_offer(struct asking *asking)
{
    struct casework work;
    if (!asked(asking, "case")) {
        return reply_openings(asking);
    }
    int status = case_taken(asking, &work);
    status = status ? status : reply_offers(asking, &work);
    status = status ? status : reply_case(asking, &work);
    status = status ? status : reply_remedies(asking, &work);
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
            casework_procedure_title(asking, work), name);
    }
    if (!asked_moment(asking, "date", &moment)) {
        return -1;
    }
    int64_t latest = latest_moment(work->rulebook->fold, event, &clock);
    const struct verdict *verdict = offer_of(work->rulebook->clerk, work->rulebook->fold, event, -1,
                                             ~UINT64_C(0), NULL, moment);
    if (latest != MOMENT_NONE) {
        parcel_put_moment(asking->reply, "latest", latest);
        const struct title *title = &work->rulebook->policy->clocks[clock].title;
        struct text both = {0};
        text_addf(&both, "%s%c%s", title->zh, MESSAGE_BOTH, title->en);
        parcel_put(asking->reply, "latest_clock", title->name);
        parcel_put(asking->reply, "latest_title", text_bytes(&both));
        text_free(&both);
    }
    if (!verdict || verdict->count > 0) {
        if (verdict) {
            reply_reasons(asking, work->rulebook, work->file->procedure, verdict->reasons,
                          verdict->count);
        }
        return verdict ? error_set(asking->error, ERROR_REFUSED, N_("%1 cannot be done"),
                                   casework_event_named(asking, work, name), NULL)
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
    event = status ? event : casework_event_called(&work, event);
    status = status ? status : whatif(asking, &work, event);
    casework_free(&work);
    return status;
}
