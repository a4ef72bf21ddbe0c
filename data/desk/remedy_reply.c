/* remedy_reply.c: of a case: what may be done about its cards, what was done, how often it was
 * urged. */
#include <string.h>

#include "data/desk/remedy.h"

enum { URGINGS_MOST = 200 };

static const char *const kinds[] = {"state", "when", "role", "date", "field", "rule"};

/* The roles of who asks in the case; 0: nobody's. */
static void who_asks(struct asking *asking, struct deed *deed)
{
    struct error ignored = {0}, *before = asking->error;
    asking->error = &ignored;
    if (!asking->person || deed_who(asking, deed) != 0) {
        deed->roles = 0;
    }
    asking->error = before;
    error_free(&ignored);
}

static void put_reason(struct table *table, const struct reason *reason)
{
    table_yesno(table, !reason);
    table_text(table, reason ? kinds[reason->kind] : NULL);
    table_text(table, reason ? message_english(reason->message.id) : NULL);
    for (int i = 0; i < 4; i++) {
        table_text(table, reason ? reason->message.arg[i] : NULL);
    }
}

static void put_title(struct table *table, const struct title *title)
{
    table_text(table, title ? title->name : NULL);
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

static void put_head(struct asking *asking, struct casework *work, struct table *table,
                     enum remedy_kind kind, const char *name)
{
    const struct policy *policy = work->rulebook->policy;
    const struct remedy *remedy = &policy->remedies[kind];
    struct text cites = {0};
    reply_cites(asking, policy, remedy->cites, &cites);
    table_text(table, name);
    table_both(table, remedy->title.zh, remedy->title.en);
    table_text(table, text_bytes(&cites));
    text_free(&cites);
}

/* Until when a waiver may be taken back. */
static int64_t back_until(struct asking *asking, const struct casework *work, const struct run *run)
{
    const struct remedy *remedy = &work->rulebook->policy->remedies[REMEDY_WAIVE];
    const struct revision *revision = calendar_as_of(asking->counter->calendar, DAY_LAST);
    enum card waived = run_waived(run);
    return waived == CARD_NONE || remedy->back.n <= 0
               ? MOMENT_NONE
               : reckon_shift(revision, work->acts[run->waived[waived] - 1].recorded, remedy->back,
                              1);
}

static int put_remedy(struct asking *asking, struct deed *deed, struct table *table, int32_t event,
                      const struct run *run)
{
    static const char *const names[] = {"explain", "waive", "take_back"};
    struct casework *work = deed->work;
    enum remedy_kind kind = event == EVENT_EXPLAIN ? REMEDY_EXPLAIN : REMEDY_WAIVE;
    enum card card = event == EVENT_TAKE_BACK ? run_waived(run) : run_worst(run);
    const struct verdict *verdict = remedy_tried(asking, deed, event, run);
    if (!verdict) {
        return error_memory(asking->error);
    }
    bool whose = verdict->count && verdict->reasons[0].kind == REASON_ROLE;
    put_head(asking, work, table, kind, names[EVENT_EXPLAIN - event]);
    put_title(table, &work->rulebook->policy->clocks[run->clock].title);
    table_int(table, run->round);
    table_text(table, name_of_card(card));
    put_reason(table, verdict->count ? &verdict->reasons[0] : NULL);
    table_text(table, event == EVENT_WAIVE && whose ? remedy_people(asking, work) : NULL);
    table_moment(table, event == EVENT_TAKE_BACK ? back_until(asking, work, run) : MOMENT_NONE);
    table_text(table, NULL);
    return 0;
}

static int put_run(struct asking *asking, struct deed *deed, struct table *table,
                   const struct run *run)
{
    const struct remedy *remedies = deed->work->rulebook->policy->remedies;
    bool open = remedy_waits(run);
    int status = 0;
    if (open && remedies[REMEDY_EXPLAIN].offered) {
        status = put_remedy(asking, deed, table, EVENT_EXPLAIN, run);
    }
    if (status == 0 && open && remedies[REMEDY_WAIVE].offered) {
        status = put_remedy(asking, deed, table, EVENT_WAIVE, run);
    }
    if (status == 0 && run_waived(run)) {
        status = put_remedy(asking, deed, table, EVENT_TAKE_BACK, run);
    }
    return status;
}

static void put_urge(struct asking *asking, struct deed *deed, struct table *table)
{
    struct casework *work = deed->work;
    const struct policy *policy = work->rulebook->policy;
    const struct remedy *remedy = &policy->remedies[REMEDY_URGE];
    if (!remedy->offered || work->file->closed ||
        work->file->procedure == &work->rulebook->policy->procedures[remedy->opens]) {
        return;
    }
    const struct procedure *opens = &work->rulebook->policy->procedures[remedy->opens];
    struct reason reason = {.kind = REASON_ROLE,
                            .message = {MESSAGE_act_open_role,
                                        {roles_in_words(asking, policy, deed->roles),
                                         roles_in_words(asking, policy, opens->by)}}};
    put_head(asking, work, table, REMEDY_URGE, "urge");
    put_title(table, NULL);
    table_text(table, NULL);
    table_text(table, NULL);
    put_reason(table, opens->by & deed->roles ? NULL : &reason);
    table_text(table, NULL);
    table_moment(table, MOMENT_NONE);
    table_text(table, opens->title.name);
}

/* Sent, and not recalled: it left its draft. */
static bool counts(struct asking *asking, const struct case_row *row)
{
    const struct rulebook *rulebook = rulebook_find(asking->counter, row->policy, asking->error);
    const struct policy *policy = rulebook ? rulebook->policy : NULL;
    int32_t index = policy ? procedure_named(policy, row->procedure) : -1;
    int32_t symbol = policy ? names_find(policy->names, row->state, strlen(row->state)) : 0;
    int32_t state = index >= 0 && symbol ? policy->procedures[index].state_of[symbol] : -1;
    return state >= 0 && !policy->procedures[index].states[state].edit &&
           policy->procedures[index].states[state].final != FINAL_DROPPED;
}

static int put_urged(struct asking *asking, struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    const struct remedy *remedy = &policy->remedies[REMEDY_URGE];
    int64_t ids[URGINGS_MOST], n = 0;
    if (!remedy->offered) {
        return 0;
    }
    int64_t found = store_related(asking->counter->store, work->row.id, -1, -1,
                                  policy->procedures[remedy->opens].title.name, false, ids,
                                  URGINGS_MOST, asking->error);
    for (int64_t i = 0; i < found; i++) {
        struct case_row row;
        if (store_case(asking->counter->store, ids[i], asking->arena, &row, asking->error) == 1) {
            n += counts(asking, &row);
        }
    }
    parcel_put_int(asking->reply, "urged", n);
    return found < 0 ? -1 : 0;
}

/* ---- what was done ---- */

static bool stands(const struct casefile *file, int32_t n)
{
    size_t all = file->past_count + (size_t)file->run_count;
    for (size_t i = 0; i < all; i++) {
        const struct run *run =
            i < file->past_count ? &file->past[i] : &file->runs[i - file->past_count];
        for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
            if (run->explained[card] == n || run->waived[card] == n) {
                return true;
            }
        }
    }
    return false;
}

/* The name of the clock that FACTS of an act speak of, and its title. */
static void put_clock(struct asking *asking, const struct casework *work, struct table *table,
                      const char *facts)
{
    const struct policy *policy = work->rulebook->policy;
    const char *name = fact_find(facts, "card.clock", asking->arena);
    int32_t symbol = name ? names_find(policy->names, name, strlen(name)) : 0;
    int32_t index = symbol ? policy->clock_of[symbol] : -1;
    if (index >= 0) {
        put_title(table, &policy->clocks[index].title);
    } else {
        table_text(table, name);
        table_text(table, name);
    }
}

static void put_marks(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {{"n", CELL_NUMBER, N_("act")},
                                            {"what", CELL_NAME, N_("what was done")},
                                            {"what_title", CELL_TEXT, N_("what was done")},
                                            {"clock", CELL_NAME, N_("clock")},
                                            {"clock_title", CELL_TEXT, N_("clock")},
                                            {"round", CELL_NUMBER, N_("round")},
                                            {"card", CELL_CARD, N_("card")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"recorded", CELL_MOMENT, N_("recorded")},
                                            {"reason", CELL_TEXT, N_("reason")},
                                            {"ground", CELL_TEXT, N_("rests on")},
                                            {"stands", CELL_YESNO, N_("stands")}};
    struct table *table = parcel_table(asking->reply, "marks", columns, 12);
    for (size_t i = 0; i < work->records.count; i++) {
        const struct record *record = &work->records.items[i];
        int32_t event = work->acts[i].event;
        if (event > EVENT_EXPLAIN || event < EVENT_TAKE_BACK) {
            continue;
        }
        const char *facts = arena_text(asking->arena, record->facts, record->facts_length);
        const char *body = record->body ? record->body : "", *round, *zh, *en;
        const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, record->actor);
        casework_event_title(work, record->event, &zh, &en);
        round = fact_find(facts, "card.round", asking->arena);
        table_int(table, record->n);
        table_text(table, record->event);
        table_both(table, zh, en);
        put_clock(asking, work, table, facts);
        table_text(table, round);
        table_text(table, fact_find(facts, "card.card", asking->arena));
        table_text(table, who ? who->thing.name : NULL);
        table_moment(table, to_local(asking->counter, record->recorded));
        table_text(table, fact_find(body, "reason", asking->arena));
        table_text(table, fact_find(body, "ground", asking->arena));
        table_yesno(table, event == EVENT_TAKE_BACK || stands(work->file, record->n));
    }
}

int reply_remedies(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {{"remedy", CELL_NAME, N_("what can be done")},
                                            {"title", CELL_TEXT, N_("what can be done")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"clock", CELL_NAME, N_("clock")},
                                            {"clock_title", CELL_TEXT, N_("clock")},
                                            {"round", CELL_NUMBER, N_("round")},
                                            {"card", CELL_CARD, N_("card")},
                                            {"may", CELL_YESNO, N_("may")},
                                            {"kind", CELL_NAME, N_("why not")},
                                            {"sentence", CELL_NAME, N_("why not")},
                                            {"a", CELL_TEXT, NULL},
                                            {"b", CELL_TEXT, NULL},
                                            {"c", CELL_TEXT, NULL},
                                            {"d", CELL_TEXT, NULL},
                                            {"who", CELL_TEXT, N_("who can")},
                                            {"until", CELL_MOMENT, N_("until")},
                                            {"opens", CELL_NAME, N_("procedure")}};
    struct table *table = parcel_table(asking->reply, "remedies", columns, 17);
    struct deed deed = {.work = work};
    const struct casefile *file = work->file;
    int status = 0;
    who_asks(asking, &deed);
    for (size_t i = 0; i < file->past_count + (size_t)file->run_count && status == 0; i++) {
        const struct run *run =
            i < file->past_count ? &file->past[i] : &file->runs[i - file->past_count];
        status = run->round > 0 ? put_run(asking, &deed, table, run) : 0;
    }
    put_urge(asking, &deed, table);
    put_marks(asking, work);
    return status ? status : put_urged(asking, work);
}
