/* remedy.c: a card is explained, waived, its waiver taken back: acts of the case beside the card.
 */
#include <string.h>

#include "data/desk/remedy.h"

/* Runs of the case, one after another: earlier ones first. NULL behind the last. */
static const struct run *run_at(const struct casefile *file, size_t index)
{
    size_t all = file->past_count + (size_t)file->run_count;
    return index >= all               ? NULL
           : index < file->past_count ? &file->past[index]
                                      : &file->runs[index - file->past_count];
}

static bool is_asked(const struct casework *work, const struct run *run, const char *clock,
                     int64_t round)
{
    const struct title *title = &work->rulebook->policy->clocks[run->clock].title;
    return run->round > 0 && (!clock || title_called(title, clock)) &&
           (round == 0 || run->round == round);
}

bool remedy_waits(const struct run *run)
{
    bool matters = run->state == RUN_LATE || run->state == RUN_RUNNING || run->state == RUN_HELD;
    return matters && run_worst(run) >= CARD_YELLOW && !run_excused(run);
}

/* How much there is to do about it: 2 what is asked, 1 it has a card at least. */
static int worth(const struct run *run, int32_t event)
{
    bool open = event == EVENT_TAKE_BACK ? run_waived(run) != CARD_NONE : remedy_waits(run);
    return open ? 2 : run_worst(run) >= CARD_YELLOW;
}

/* Of those asked for the one with the most to do, of several rounds the latest. *SEVERAL: clocks
 * come into question. */
static const struct run *run_meant(const struct casework *work, int32_t event, const char *clock,
                                   int64_t round, bool *several)
{
    const struct run *found = NULL, *run;
    *several = false;
    for (size_t i = 0; (run = run_at(work->file, i)) != NULL; i++) {
        if (!is_asked(work, run, clock, round)) {
            continue;
        }
        int more = found ? worth(run, event) - worth(found, event) : 1;
        *several = more > 0 ? false : *several || (more == 0 && found->clock != run->clock);
        found = more >= 0 ? run : found;
    }
    *several = *several && worth(found, event) == 2;
    return found;
}

static int tell_several(struct asking *asking, const struct casework *work, int32_t event)
{
    struct text names = {0};
    const struct run *run;
    for (size_t i = 0; (run = run_at(work->file, i)) != NULL; i++) {
        if (run->round > 0 && worth(run, event) == 2) {
            text_addf(&names, "%s%s", names.length ? ", " : "",
                      work->rulebook->policy->clocks[run->clock].title.name);
        }
    }
    error_set(asking->error, ERROR_USAGE, N_("%1 has several clocks with a card (%2); say which"),
              work->row.number, text_bytes(&names));
    text_free(&names);
    return -1;
}

const struct verdict *remedy_tried(struct asking *asking, struct deed *deed, int32_t event,
                                   const struct run *run)
{
    struct casework *work = deed->work;
    struct record record = {.actor = asking->person ? asking->person->thing.id : 0,
                            .party_org = deed->party ? deed->party->thing.id : 0,
                            .role = ""};
    struct attempt attempt = {
        .act = {.event = event,
                .person = person_of_record(work->rulebook, &record),
                .role = ROLE_DESK,
                .effective = work->file->changed,
                .recorded = asking->now},
        .roles = deed->roles,
    };
    return remedy_verdict(work->rulebook->clerk, work->rulebook->fold, run, &attempt);
}

const char *remedy_people(struct asking *asking, struct casework *work)
{
    const struct policy *policy = work->rulebook->policy;
    const struct remedy *remedy = &policy->remedies[REMEDY_WAIVE];
    const struct shelf *people = book_shelf(asking->counter, BOOK_PERSON);
    struct text names = {0};
    int count = 0;
    for (size_t i = 0; i < people->count && count < 3; i++) {
        const struct entry *person = people->items[i];
        bool his = entry_valid(person, moment_day(asking->now)) &&
                   !(remedy->apart && remedy_acted(work->rulebook->fold, person->thing.id));
        for (int32_t role = 0; his && role < policy->role_count; role++) {
            int32_t here =
                role_named(asking->counter->current->policy, policy->roles[role].title.name);
            if ((remedy->by >> role & 1) && has_role_in_case(asking, person, here, &work->row)) {
                text_addf(&names, "%s%s", count++ ? "、" : "", person->thing.name);
                break;
            }
        }
    }
    return arena_keep(asking->arena, &names);
}

static int refuse(struct asking *asking, struct deed *deed, const struct verdict *verdict)
{
    struct casework *work = deed->work;
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    reply_reasons(asking, work->rulebook, procedure, verdict->reasons, verdict->count);
    const char *people = deed->event == EVENT_WAIVE && verdict->reasons[0].kind == REASON_ROLE
                             ? remedy_people(asking, work)
                             : "";
    const char *named = casework_event_named(asking, work, deed->name);
    return *people ? error_set(asking->error, ERROR_REFUSED, N_("%1 is not for you to do; %2 can"),
                               named, people)
                   : error_set(asking->error, ERROR_REFUSED, N_("%1 cannot be done"), named, NULL);
}

/* What has to be written with it. */
static int check_words(struct asking *asking, const struct deed *deed)
{
    if (!asked(asking, "reason")) {
        return error_set(asking->error, ERROR_USAGE, N_("%1 needs a written reason (reason)"),
                         deed->name, NULL);
    }
    if (deed->event == EVENT_WAIVE && !asked(asking, "ground")) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("a waiver rests on a paper: say its number or name (--ground)"), NULL,
                         NULL);
    }
    return 0;
}

/* Whom it is with, whom the clock runs against, and who may urge are told. */
static int tell(struct asking *asking, const struct casework *work, const struct deed *deed,
                uint64_t roles, int32_t n)
{
    const struct policy *policy = work->rulebook->policy;
    int status = 0;
    for (int32_t role = 0; role < policy->role_count && status == 0; role++) {
        if ((roles & ~deed->roles) >> role & 1) {
            status = store_told(asking->counter->store, work->row.id, n,
                                policy->roles[role].title.name, 0, deed->moment, asking->error);
        }
    }
    return status;
}

static int put_down(struct asking *asking, struct deed *deed, const struct run *run)
{
    struct casework *work = deed->work;
    struct fold *fold = work->rulebook->fold;
    enum remedy_kind kind = deed->event == EVENT_EXPLAIN ? REMEDY_EXPLAIN : REMEDY_WAIVE;
    enum card card = deed->event == EVENT_TAKE_BACK ? run_waived(run) : run_worst(run);
    uint64_t told = remedy_roles(fold, REMEDY_URGE, run);
    struct record record;
    told |= work->rulebook->policy->remedies[REMEDY_EXPLAIN].by
                ? 0
                : remedy_roles(fold, REMEDY_EXPLAIN, run);
    deed->role = deed_role(asking, deed, remedy_roles(fold, kind, run));
    deed->moment = work->file->changed; /* it bars no act that is keyed later and dated earlier */
    fact_put(&deed->facts, "card.clock", work->rulebook->policy->clocks[run->clock].title.name);
    fact_put_int(&deed->facts, "card.round", run->round);
    fact_put(&deed->facts, "card.card", name_of_card(card));
    if (deed->role < 0 || deed_record(asking, deed, &record) != 0 ||
        tell(asking, work, deed, told, record.n) != 0) {
        return -1;
    }
    return deed_settle(asking, work, NULL, &record);
}

int deed_remedy(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    int64_t now = asking->now > work->file->changed ? asking->now : work->file->changed;
    bool several;
    if (check_words(asking, deed) != 0 || casework_fold(asking, work, now) != 0) {
        return -1;
    }
    const struct run *run = run_meant(work, deed->event, asked(asking, "clock"),
                                      parcel_int(asking->request, "round", 0), &several);
    if (several) {
        return tell_several(asking, work, deed->event);
    }
    const struct verdict *verdict = remedy_tried(asking, deed, deed->event, run);
    return !verdict             ? error_memory(asking->error)
           : verdict->count > 0 ? refuse(asking, deed, verdict)
                                : put_down(asking, deed, run);
}
