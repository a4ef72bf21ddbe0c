/* rehearsal_line.c: a line of a script done in a rehearsal: who, in which case, when, with what. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/rehearsal.h"

static void tell_refusal(struct rehearsal *rehearsal, struct outcome *outcome,
                         const struct reason *reasons, size_t count)
{
    outcome->refused = true;
    outcome->reasons = reasons;
    outcome->reason_count = count;
    outcome->number = 0;
    rehearsal_tell(rehearsal, outcome);
}

static void tell_one(struct rehearsal *rehearsal, struct outcome *outcome, enum reason_kind kind,
                     enum message_id id, const char *a, const char *b)
{
    struct reason reason = {
        .kind = kind, .rule = -1, .field = -1, .message = {id, {a, b, NULL, NULL}}};
    tell_refusal(rehearsal, outcome, &reason, 1);
}

/* ---- who ---- */

static int64_t person_of(struct rehearsal *rehearsal, const char *name)
{
    for (size_t i = 0; i < rehearsal->person_count; i++) {
        if (strcmp(rehearsal->persons[i], name) == 0) {
            return (int64_t)i + 1;
        }
    }
    if (rehearsal_room(rehearsal, &rehearsal->persons, rehearsal->person_count,
                       &rehearsal->person_capacity, sizeof *rehearsal->persons)) {
        rehearsal->persons[rehearsal->person_count++] = name;
    }
    return (int64_t)rehearsal->person_count;
}

static int32_t role_of(const struct policy *policy, const char *name)
{
    int32_t symbol = name ? names_find(policy->names, name, strlen(name)) : 0;
    return symbol ? policy->role_of[symbol] : -1;
}

static int32_t only_role(uint64_t roles)
{
    int32_t role = 0;
    if (roles == 0 || (roles & (roles - 1)) != 0) {
        return -1;
    }
    while (!(roles >> role & 1)) {
        role++;
    }
    return role;
}

static const char *name_of_person(const struct rehearsal *rehearsal, const struct script_line *line,
                                  int32_t role)
{
    return line->person ? line->person : rehearsal->policy->roles[role].title.name;
}

/* The roles of a set in both languages, for a message. */
static const char *roles_text(struct rehearsal *rehearsal, uint64_t roles)
{
    struct text zh = {0}, en = {0};
    for (int32_t i = 0; i < rehearsal->policy->role_count; i++) {
        if (roles >> i & 1) {
            const struct title *title = &rehearsal->policy->roles[i].title;
            text_addf(&zh, "%s%s %s", zh.length ? ", " : "", title->name, title->zh);
            text_addf(&en, "%s%s", en.length ? ", " : "", title->name);
        }
    }
    const char *both = message_both(rehearsal->arena, text_bytes(&zh), text_bytes(&en));
    text_free(&zh);
    text_free(&en);
    return both;
}

/* ---- lines ---- */

/* The last case added was not to be. */
static void drop_case(struct rehearsal *rehearsal)
{
    struct rehearsal_case *last = rehearsal->cases[--rehearsal->case_count];
    free(last->acts);
    known_free(&last->around);
}

/* Place (from 1) among all acts of the act that is numbered NUMBER; beyond them all where there is
 * none. */
static int32_t place_of(const struct rehearsal_case *of, int32_t number)
{
    for (size_t i = 0; i < of->act_count; i++) {
        if (of->acts[i].event != EVENT_SURROUND && --number == 0) {
            return (int32_t)i + 1;
        }
    }
    return (int32_t)of->act_count + 1;
}

/* An act in the making. */
struct doing {
    struct rehearsal *rehearsal;
    const struct script_line *line;
    struct rehearsal_case *of;
    struct outcome outcome;
    struct text facts;
};

static void put_override(struct doing *doing, const struct procedure *procedure, uint64_t overrides)
{
    doing->outcome.overrides = overrides;
    for (int32_t i = 0; i < procedure->rule_count; i++) {
        if (overrides >> i & 1) {
            rehearsal_put(&doing->facts, "override", procedure->rules[i].title.name);
        }
    }
}

/* Tries ATTEMPT and, if nothing speaks against it, puts it on record. */
static bool try_act(struct doing *doing, struct attempt *attempt)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    struct rehearsal_case *of = doing->of;
    attempt->act.facts = text_bytes(&doing->facts);
    attempt->act.facts_length = doing->facts.length;
    attempt->reason = doing->line->reason;
    rehearsal->asking = of;
    rehearsal->asking_now = attempt->act.effective;
    const struct verdict *verdict =
        verdict_of(rehearsal->clerk, rehearsal->fold, rehearsal->calendar, of->procedure, of->acts,
                   of->act_count, attempt);
    if (!verdict) {
        rehearsal->failed = true;
        return false;
    }
    if (verdict->count > 0) {
        doing->outcome.of = of->act_count > 0 ? of : NULL;
        tell_refusal(rehearsal, &doing->outcome, verdict->reasons, verdict->count);
        return false;
    }
    doing->outcome.signs = !verdict->completes;
    put_override(doing, &rehearsal->policy->procedures[of->procedure], verdict->overrides);
    attempt->act.facts = text_bytes(&doing->facts);
    attempt->act.facts_length = doing->facts.length;
    if (doing->facts.failed || !rehearsal_append(rehearsal, of, &attempt->act)) {
        rehearsal->failed = true;
        return false;
    }
    of->last = attempt->act.effective;
    doing->outcome.number = rehearsal_number(of, of->act_count - 1);
    rehearsal_tell(rehearsal, &doing->outcome);
    return true;
}

static void do_open(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct script_line *line = doing->line;
    const struct policy *policy = rehearsal->policy;
    struct outcome *outcome = &doing->outcome;
    int32_t index = policy->procedure_of[names_find(policy->names, line->name, strlen(line->name))];
    const struct procedure *procedure = &policy->procedures[index];
    outcome->deed = DEED_OPEN;
    outcome->name = "open";
    outcome->title = &procedure->title;
    outcome->of = NULL;
    if (doing->of) {
        tell_one(rehearsal, outcome, REASON_STATE, MESSAGE_act_opened, NULL, NULL);
        return;
    }
    int32_t role = line->role ? role_of(policy, line->role) : only_role(procedure->by);
    if (role < 0 && procedure->by) {
        tell_one(rehearsal, outcome, REASON_ROLE, MESSAGE_script_by_whom,
                 roles_text(rehearsal, procedure->by), NULL);
        return;
    }
    struct rehearsal_case *of = rehearsal_add_case(rehearsal, outcome->case_name, index);
    if (!of) {
        return;
    }
    doing->of = of;
    const char *person = role >= 0     ? name_of_person(rehearsal, line, role)
                         : line->owner ? line->owner
                                       : "";
    of->org = person;
    of->org_role = role >= 0 ? role : role_of(policy, line->owner);
    rehearsal_facts(rehearsal, of, line, NULL, outcome->moment, &doing->facts);
    outcome->of = of;
    struct attempt attempt = {
        .act = {.event = EVENT_OPEN,
                .person = role >= 0 ? person_of(rehearsal, person) : PERSON_DESK,
                .role = role >= 0 ? role : ROLE_DESK,
                .effective = outcome->moment,
                .recorded = outcome->recorded},
        .roles = role >= 0 ? UINT64_C(1) << role : 0,
        .org = role >= 0 ? person : NULL,
    };
    if (!try_act(doing, &attempt)) {
        drop_case(rehearsal);
    }
}

/* Is it possible here at all, for anybody? Tells why not. */
static bool possible(struct doing *doing, int32_t event)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct verdict *verdict = offer_of(rehearsal->clerk, rehearsal->fold, event, -1,
                                             ~UINT64_C(0), NULL, doing->outcome.moment);
    if (!verdict) {
        rehearsal->failed = true;
        return false;
    }
    if (verdict->count > 0) {
        tell_refusal(rehearsal, &doing->outcome, verdict->reasons, verdict->count);
        return false;
    }
    return true;
}

static void tell_unknown_event(struct doing *doing, const struct procedure *procedure)
{
    struct text text = {0};
    for (int32_t i = 0; i < procedure->event_count; i++) {
        text_addf(&text, "%s%s", i ? ", " : "", procedure->events[i].title.name);
    }
    const char *names = rehearsal_keep(doing->rehearsal, text_bytes(&text), text.length);
    text_free(&text);
    tell_one(doing->rehearsal, &doing->outcome, REASON_STATE, MESSAGE_script_event,
             message_both(doing->rehearsal->arena, procedure->title.zh, procedure->title.en),
             names);
}

static void do_event(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct script_line *line = doing->line;
    struct rehearsal_case *of = doing->of;
    struct outcome *outcome = &doing->outcome;
    const struct procedure *procedure = &rehearsal->policy->procedures[of->procedure];
    int32_t symbol = names_find(rehearsal->policy->names, line->name, strlen(line->name));
    int32_t index = symbol ? procedure->event_of[symbol] : -1;
    bool edit = index < 0 && strcmp(line->name, "edit") == 0;
    if (index < 0 && !edit) {
        tell_unknown_event(doing, procedure);
        return;
    }
    const struct event *event = edit ? NULL : &procedure->events[index];
    outcome->deed = edit ? DEED_EDIT : DEED_EVENT;
    outcome->title = edit ? NULL : &event->title;
    outcome->event = index;
    const struct casefile *file = rehearsal_fold(rehearsal, of, outcome->moment);
    int32_t role = line->role ? role_of(rehearsal->policy, line->role)
                   : edit     ? file->with_role
                              : role_for(rehearsal->fold, index);
    if (role < 0 && !edit) {
        if (possible(doing, index)) {
            tell_one(rehearsal, outcome, REASON_ROLE, MESSAGE_script_by_whom,
                     roles_text(rehearsal, event->roles), NULL);
        }
        return;
    }
    const char *person = role < 0 ? "" : name_of_person(rehearsal, line, role);
    const char *system = of->system;
    rehearsal_facts(rehearsal, of, line, event, outcome->moment, &doing->facts);
    struct attempt attempt = {
        .act = {.event = edit ? EVENT_EDIT : index,
                .person = person_of(rehearsal, person),
                .role = role,
                .effective = outcome->moment,
                .recorded = outcome->recorded},
        .roles = role < 0 ? 0 : UINT64_C(1) << role,
        .org = person,
    };
    if (!try_act(doing, &attempt)) {
        of->system = system;
    } else if (event && !outcome->signs) {
        struct act done = of->acts[of->act_count - 1];
        rehearsal_follow(rehearsal, of, event, &done, outcome);
    }
}

/* The act that now stands for act NUMBER (from 1) of the case: itself, or its last correction. */
static const struct act *standing(const struct rehearsal_case *of, int32_t number)
{
    const struct act *stands = &of->acts[number - 1];
    for (size_t i = (size_t)number; i < of->act_count; i++) {
        if (of->acts[i].event == EVENT_CORRECT && of->acts[i].corrects == number) {
            stands = &of->acts[i];
        }
    }
    return stands;
}

static void tell_broken(struct doing *doing, int32_t broken, const struct verdict *verdict)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct rehearsal_case *of = doing->of;
    const struct procedure *procedure = &rehearsal->policy->procedures[of->procedure];
    struct text number = {0};
    text_add_int(&number, rehearsal_number(of, (size_t)broken - 1));
    int32_t event = of->acts[broken - 1].event;
    const char *title = event >= 0
                            ? message_both(rehearsal->arena, procedure->events[event].title.zh,
                                           procedure->events[event].title.en)
                            : "";
    size_t count = verdict ? verdict->count : 0;
    struct reason *reasons = arena_array(rehearsal->arena, count + 1, sizeof *reasons);
    if (!reasons) {
        rehearsal->failed = true;
    } else {
        bool itself = broken == doing->line->act;
        reasons[0] =
            (struct reason){.kind = REASON_DATE,
                            .rule = -1,
                            .field = -1,
                            .message = {MESSAGE_script_breaks, {text_bytes(&number), title}}};
        for (size_t i = 0; i < count; i++) {
            reasons[i + 1] = verdict->reasons[i];
        }
        bool plain = itself && count > 0;
        tell_refusal(rehearsal, &doing->outcome, plain ? reasons + 1 : reasons,
                     plain ? count : count + 1);
    }
    text_free(&number);
}

/* `correct N` and `annul N`: whatever was done since must still have been possible. */
static void do_correction(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct script_line *line = doing->line;
    struct rehearsal_case *of = doing->of;
    struct outcome *outcome = &doing->outcome;
    const struct procedure *procedure = &rehearsal->policy->procedures[of->procedure];
    bool correct = line->kind == SCRIPT_CORRECT;
    outcome->deed = correct ? DEED_CORRECT : DEED_ANNUL;
    outcome->corrects = line->act;
    int32_t place = place_of(of, line->act);
    struct act act = {.event = correct ? EVENT_CORRECT : EVENT_ANNUL,
                      .role = ROLE_DESK,
                      .effective = outcome->moment,
                      .recorded = outcome->recorded,
                      .corrects = line->act > place ? line->act : place}; /* none: as it was said */
    if ((size_t)place <= of->act_count) {
        const struct act *old = standing(of, place);
        int32_t event = of->acts[place - 1].event;
        outcome->corrected = event >= 0 ? &procedure->events[event].title : NULL;
        act.role = of->acts[place - 1].role;
        act.person = of->acts[place - 1].person;
        act.effective = line->on != MOMENT_NONE ? line->on : old->effective;
        text_add_n(&doing->facts, old->facts, old->facts_length);
        rehearsal_entries(rehearsal, of, line, event >= 0 ? &procedure->events[event] : NULL, true,
                          &doing->facts);
    }
    act.facts = text_bytes(&doing->facts);
    act.facts_length = doing->facts.length;
    struct attempt attempt = {.act = act, .roles = 0, .reason = line->reason};
    const struct verdict *verdict =
        verdict_of(rehearsal->clerk, rehearsal->fold, rehearsal->calendar, of->procedure, of->acts,
                   of->act_count, &attempt);
    if (!verdict || verdict->count > 0) {
        rehearsal->failed |= !verdict;
        tell_refusal(rehearsal, outcome, verdict ? verdict->reasons : NULL,
                     verdict ? verdict->count : 0);
        return;
    }
    int32_t broken = correction_breaks(rehearsal->clerk, rehearsal->fold, rehearsal->calendar,
                                       of->procedure, of->acts, of->act_count, &act, &verdict);
    rehearsal->failed |= broken < 0;
    if (broken > 0) {
        tell_broken(doing, broken, verdict);
    } else if (broken == 0 && rehearsal_append(rehearsal, of, &act)) {
        of->last = rehearsal_fold(rehearsal, of, outcome->now)->changed;
        outcome->number = rehearsal_number(of, of->act_count - 1);
        rehearsal_tell(rehearsal, outcome);
    }
}

/* The latest run of the clock called NAME; NULL: it has not run. */
static const struct run *run_called(const struct casefile *file, const char *name)
{
    for (int32_t i = 0; i < file->run_count; i++) {
        const struct run *run = &file->runs[i];
        if (run->round > 0 && strcmp(file->policy->clocks[run->clock].title.name, name) == 0) {
            return run;
        }
    }
    return NULL;
}

/* In which role: as the line says, else the only one that may. -1 where that is not clear. */
static int32_t remedy_role(struct rehearsal *rehearsal, const struct script_line *line,
                           enum remedy_kind kind, const struct run *run)
{
    uint64_t roles = run ? remedy_roles(rehearsal->fold, kind, run) : 0;
    int32_t role = line->role ? role_of(rehearsal->policy, line->role) : -1;
    for (int32_t i = 0; !line->role && roles && i < rehearsal->policy->role_count; i++) {
        role = roles == UINT64_C(1) << i ? i : role;
    }
    return role;
}

static void put_mark(struct doing *doing, const struct run *run, const struct act *mark)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    enum card card = mark->event == EVENT_TAKE_BACK ? run_waived(run) : run_worst(run);
    struct text round = {0};
    struct act act = *mark;
    text_add_int(&round, run->round);
    rehearsal_put(&doing->facts, "card.clock", rehearsal->policy->clocks[run->clock].title.name);
    rehearsal_put(&doing->facts, "card.round", text_bytes(&round));
    rehearsal_put(&doing->facts, "card.card", name_of_card(card));
    act.facts = text_bytes(&doing->facts);
    act.facts_length = doing->facts.length;
    if (rehearsal_append(rehearsal, doing->of, &act)) {
        doing->outcome.number = rehearsal_number(doing->of, doing->of->act_count - 1);
        rehearsal_tell(rehearsal, &doing->outcome);
    }
    text_free(&round);
}

/* `explain CLOCK`, `waive CLOCK`, `take_back CLOCK`: a mark beside the worst card of its latest
 * run. It is dated as the case's last act, for it bars none that is keyed later and dated earlier.
 */
static void do_remedy(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct script_line *line = doing->line;
    struct outcome *outcome = &doing->outcome;
    bool explain = strcmp(line->name, "explain") == 0, waive = strcmp(line->name, "waive") == 0;
    static const struct title back = {
        .name = "take_back", .zh = "撤回豁免", .en = "Waiver taken back"};
    enum remedy_kind kind = explain ? REMEDY_EXPLAIN : REMEDY_WAIVE;
    const struct casefile *file = rehearsal_fold(rehearsal, doing->of, outcome->now);
    const struct run *run = run_called(file, line->option);
    outcome->deed = DEED_REMEDY;
    outcome->title = explain || waive ? &rehearsal->policy->remedies[kind].title : &back;
    if (!run) {
        tell_one(rehearsal, outcome, REASON_STATE, MESSAGE_script_no_run, line->option, NULL);
        return;
    }
    outcome->corrected = &rehearsal->policy->clocks[run->clock].title;
    if (!line->reason || !*line->reason) {
        tell_one(rehearsal, outcome, REASON_STATE, MESSAGE_script_reason, NULL, NULL);
        return;
    }
    int32_t role = remedy_role(rehearsal, line, kind, run);
    if (role < 0) {
        tell_one(rehearsal, outcome, REASON_ROLE, MESSAGE_script_by_whom,
                 roles_text(rehearsal, remedy_roles(rehearsal->fold, kind, run)), NULL);
        return;
    }
    struct attempt attempt = {
        .act = {.event = explain ? EVENT_EXPLAIN
                         : waive ? EVENT_WAIVE
                                 : EVENT_TAKE_BACK,
                .person = person_of(rehearsal, name_of_person(rehearsal, line, role)),
                .role = role,
                .effective = file->changed,
                .recorded = outcome->now},
        .roles = UINT64_C(1) << role,
        .reason = line->reason,
    };
    const struct verdict *verdict =
        remedy_verdict(rehearsal->clerk, rehearsal->fold, run, &attempt);
    rehearsal->failed |= !verdict;
    if (!verdict || verdict->count > 0) {
        tell_refusal(rehearsal, outcome, verdict ? verdict->reasons : NULL,
                     verdict ? verdict->count : 0);
    } else {
        put_mark(doing, run, &attempt.act);
    }
}

/* Just look; surroundings that the line gives are read by the case from now on. */
static void do_look(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    struct rehearsal_case *of = doing->of;
    doing->outcome.deed = DEED_LOOK;
    if (doing->line->entry_count > 0) {
        rehearsal_facts(rehearsal, of, doing->line, NULL, doing->outcome.moment, &doing->facts);
        struct act act = {.event = EVENT_SURROUND,
                          .role = ROLE_DESK,
                          .effective =
                              doing->outcome.moment > of->last ? doing->outcome.moment : of->last,
                          .recorded = doing->outcome.recorded,
                          .facts = of->read,
                          .facts_length = strlen(of->read)};
        rehearsal_append(rehearsal, of, &act);
        of->last = act.effective;
    }
    rehearsal_tell(rehearsal, &doing->outcome);
}

/* Without a time a line happens at 00:00, or at the case's last act if that is later on the same
 * day. */
static void settle_moment(struct doing *doing)
{
    const struct script_line *line = doing->line;
    struct outcome *outcome = &doing->outcome;
    int64_t moment = line->moment, recorded = line->recorded;
    const struct rehearsal_case *of = doing->of;
    if (!line->timed && of && of->last > moment && moment_day(of->last) == moment_day(moment)) {
        moment = of->last;
    }
    bool same_day = recorded != MOMENT_NONE && moment_day(recorded) == moment_day(moment);
    if (recorded == MOMENT_NONE || (!line->recorded_timed && same_day && recorded < moment)) {
        recorded = moment;
    }
    outcome->moment = moment;
    outcome->recorded = recorded;
    outcome->now = recorded > moment ? recorded : moment;
    outcome->timed = line->timed;
}

static void do_line(struct doing *doing)
{
    struct rehearsal *rehearsal = doing->rehearsal;
    const struct script_line *line = doing->line;
    doing->of = rehearsal_find(rehearsal, doing->outcome.case_name);
    doing->outcome.of = doing->of;
    settle_moment(doing);
    if (line->kind == SCRIPT_OPEN) {
        do_open(doing);
        return;
    }
    if (!doing->of) {
        doing->outcome.deed = line->kind == SCRIPT_LOOK ? DEED_LOOK : DEED_EVENT;
        tell_one(rehearsal, &doing->outcome, REASON_STATE, MESSAGE_act_unopened, NULL, NULL);
        return;
    }
    doing->outcome.from = rehearsal_fold(rehearsal, doing->of, doing->outcome.moment)->state;
    switch (line->kind) {
    case SCRIPT_EVENT:
        do_event(doing);
        break;
    case SCRIPT_CORRECT:
    case SCRIPT_ANNUL:
        do_correction(doing);
        break;
    case SCRIPT_REMEDY:
        do_remedy(doing);
        break;
    default:
        do_look(doing);
        break;
    }
}

bool rehearsal_line(struct rehearsal *rehearsal, const struct script_line *line)
{
    struct doing doing = {.rehearsal = rehearsal, .line = line};
    const char *name = line->case_name;
    if (line->kind == SCRIPT_ANSWER) {
        return true;
    }
    if (!name) {
        name = line->kind == SCRIPT_OPEN ? rehearsal_fresh_name(rehearsal, line->name)
                                         : rehearsal->current;
    }
    rehearsal->current = name;
    doing.outcome = (struct outcome){.line = line->place.line,
                                     .case_name = name ? name : "",
                                     .name = line->name,
                                     .on = line->kind == SCRIPT_CORRECT ? line->on : MOMENT_NONE,
                                     .event = -1,
                                     .from = -1};
    doing.of = rehearsal_find(rehearsal, name);
    settle_moment(&doing);
    rehearsal_desk(rehearsal, doing.outcome.now);
    do_line(&doing);
    rehearsal_desk(rehearsal, doing.outcome.now);
    text_free(&doing.facts);
    return !rehearsal->failed;
}
