/* play.c: a case played in memory, for tests. */
#include "test/support/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/desk.h"
#include "test/support/fold_alike.h"
#include "test/support/policy_text.h"

enum { ACTS_MOST = 256, PERSONS_MOST = 64 };

struct play {
    struct draft *draft;
    struct policy *policy;
    struct calendar *calendar;
    struct fold *fold;
    struct clerk *clerk;
    struct readings *readings;
    struct act acts[ACTS_MOST];
    char *facts[ACTS_MOST];
    size_t count;
    int32_t procedure;
    char *persons[PERSONS_MOST];
    int64_t person_count;
    struct text out;
};

struct play *play_new(const char *policy)
{
    struct play *play = calloc(1, sizeof *play);
    struct text error = {0};
    assert_non_null(play);
    play->policy = policy_of_text(policy, &play->draft);
    if (desk_calendar(NULL, &play->calendar, &error) != 0) {
        fail_msg("%s", text_bytes(&error));
    }
    text_free(&error);
    play->fold = fold_new(play->policy);
    play->clerk = clerk_new(play->policy);
    assert_non_null(play->fold);
    assert_non_null(play->clerk);
    return play;
}

void play_free(struct play *play)
{
    for (size_t i = 0; i < play->count; i++) {
        free(play->facts[i]);
    }
    for (int64_t i = 0; i < play->person_count; i++) {
        free(play->persons[i]);
    }
    readings_free(play->readings);
    clerk_free(play->clerk);
    fold_free(play->fold);
    calendar_free(play->calendar);
    policy_free(play->policy);
    draft_free(play->draft);
    text_free(&play->out);
    free(play);
}

static char *copy(const char *text)
{
    char *out = malloc(strlen(text) + 1);
    assert_non_null(out);
    return memcpy(out, text, strlen(text) + 1);
}

static int64_t moment(const char *when)
{
    int64_t out;
    if (!moment_parse(when, strlen(when), &out)) {
        fail_msg("%s is no moment", when);
    }
    return out;
}

static int64_t person(struct play *play, const char *name)
{
    for (int64_t i = 0; i < play->person_count; i++) {
        if (strcmp(play->persons[i], name) == 0) {
            return i + 1;
        }
    }
    assert_true(play->person_count < PERSONS_MOST);
    play->persons[play->person_count++] = copy(name);
    return play->person_count;
}

static int32_t symbol(const struct play *play, const char *name)
{
    int32_t found = names_find(play->policy->names, name, strlen(name));
    if (!found) {
        fail_msg("the policy has no %s", name);
    }
    return found;
}

static struct act *push(struct play *play, struct act act, const char *facts)
{
    assert_true(play->count < ACTS_MOST);
    play->facts[play->count] = copy(facts);
    act.facts = play->facts[play->count];
    act.facts_length = strlen(facts);
    play->acts[play->count] = act;
    return &play->acts[play->count++];
}

static void fold_to(struct play *play, int64_t now)
{
    enum fold_status status =
        fold_case(play->fold, play->calendar, play->procedure, play->acts, play->count, now);
    if (status != FOLD_DONE) {
        fail_msg("the fold stopped at act %d", (int)fold_stopped_at(play->fold));
    }
}

/* The desk acts on what has run out by NOW. */
static void pass(struct play *play, int64_t now)
{
    for (int i = 0; i < 50 && play->count; i++) {
        fold_to(play, now);
        struct wake wake = fold_result(play->fold)->wake;
        if (wake.at == MOMENT_NONE || wake.at > now) {
            return;
        }
        push(play,
             (struct act){
                 .event = wake.event, .role = ROLE_DESK, .effective = wake.at, .recorded = wake.at},
             "");
    }
}

static struct attempt attempt_of(struct play *play, const char *when, const char *event,
                                 const char *by, const char *facts, const char *reason)
{
    const char *slash = strchr(by, '/');
    size_t length = slash ? (size_t)(slash - by) : strlen(by);
    int32_t role_symbol = names_find(play->policy->names, by, length);
    int32_t role = role_symbol ? play->policy->role_of[role_symbol] : -1;
    const char *name = slash ? slash + 1 : by;
    int32_t index = EVENT_EDIT;
    if (strcmp(event, "edit") != 0) {
        index = play->policy->procedures[play->procedure].event_of[symbol(play, event)];
    }
    if (role < 0) {
        fail_msg("%s is no role", by);
    }
    return (struct attempt){
        .act = {.event = index,
                .person = person(play, name),
                .role = role,
                .effective = moment(when),
                .recorded = moment(when),
                .facts = facts,
                .facts_length = strlen(facts)},
        .roles = UINT64_C(1) << role,
        .org = name,
        .reason = reason,
    };
}

/* "rule NAME 12\n" and so on. */
static const char *reasons(struct play *play, const struct verdict *verdict)
{
    const struct policy *policy = play->policy;
    text_clear(&play->out);
    for (size_t i = 0; i < verdict->count; i++) {
        static const char *const kinds[] = {"state", "when", "role", "date", "field", "rule"};
        const struct reason *reason = &verdict->reasons[i];
        text_add(&play->out, kinds[reason->kind]);
        if (reason->rule >= 0) {
            text_addf(&play->out, " %s",
                      policy->procedures[play->procedure].rules[reason->rule].title.name);
        }
        if (reason->field >= 0) {
            text_addf(&play->out, " %s", policy->fields[reason->field].title.name);
        }
        if (reason->code) {
            text_addf(&play->out, " %s", reason->code);
        }
        if (reason->cites.count) {
            text_add(&play->out, " ");
            policy_cites_text(policy, reason->cites, &play->out);
        }
        text_add(&play->out, "\n");
    }
    return text_bytes(&play->out);
}

static const struct verdict *weigh(struct play *play, const struct attempt *attempt)
{
    const struct verdict *verdict = verdict_of(play->clerk, play->fold, play->calendar,
                                               play->procedure, play->acts, play->count, attempt);
    assert_non_null(verdict);
    return verdict;
}

/* The act that was tried just now, and done: read alone, or with all before it, it comes to the
 * same.
 */
static void read_alone(struct play *play)
{
    struct fold *whole = fold_new(play->policy);
    int64_t now = play->acts[play->count - 1].effective;
    enum fold_status status = FOLD_DONE;
    assert_non_null(whole);
    if (fold_last(play->fold, play->acts, play->count, now, &status)) {
        assert_int_equal(status, fold_case(whole, play->calendar, play->procedure, play->acts,
                                           play->count, now));
        folds_alike(play->fold, whole);
    }
    fold_free(whole);
}

static void must(struct play *play, const struct attempt *attempt, const char *what)
{
    const struct verdict *verdict = weigh(play, attempt);
    if (verdict->count) {
        fail_msg("%s was refused:\n%s", what, reasons(play, verdict));
    }
    push(play, attempt->act, attempt->act.facts);
    read_alone(play);
    pass(play, attempt->act.effective);
    fold_to(play, attempt->act.effective);
}

void play_open(struct play *play, const char *when, const char *procedure, const char *role,
               const char *facts)
{
    play->procedure = play->policy->procedure_of[symbol(play, procedure)];
    assert_true(play->procedure >= 0);
    struct attempt attempt = attempt_of(play, when, "edit", role, facts, NULL);
    attempt.act.event = EVENT_OPEN;
    attempt.act.role = play->policy->procedures[play->procedure].by ? attempt.act.role : ROLE_DESK;
    must(play, &attempt, "open");
}

void play_act_because(struct play *play, const char *when, const char *event, const char *by,
                      const char *facts, const char *reason)
{
    pass(play, moment(when));
    struct attempt attempt = attempt_of(play, when, event, by, facts, reason);
    must(play, &attempt, event);
}

void play_act(struct play *play, const char *when, const char *event, const char *by,
              const char *facts)
{
    play_act_because(play, when, event, by, facts, NULL);
}

const char *play_refused(struct play *play, const char *when, const char *event, const char *by,
                         const char *facts)
{
    pass(play, moment(when));
    struct attempt attempt = attempt_of(play, when, event, by, facts, NULL);
    const struct verdict *verdict = weigh(play, &attempt);
    if (verdict->count == 0) {
        fail_msg("%s on %s was not refused", event, when);
    }
    return reasons(play, verdict);
}

const char *play_backdated(struct play *play, const char *when, const char *recorded,
                           const char *event, const char *by, const char *reason)
{
    struct attempt attempt = attempt_of(play, when, event, by, "", reason);
    attempt.act.recorded = moment(recorded);
    return reasons(play, weigh(play, &attempt));
}

static const char *restate(struct play *play, struct act correction, const char *facts)
{
    const struct verdict *verdict;
    int32_t broken = correction_breaks(play->clerk, play->fold, play->calendar, play->procedure,
                                       play->acts, play->count, &correction, &verdict);
    assert_true(broken >= 0);
    text_clear(&play->out);
    if (broken > 0) {
        text_addf(&play->out, "act %d\n", (int)broken);
    } else {
        push(play, correction, facts);
        fold_to(play, correction.recorded);
    }
    return text_bytes(&play->out);
}

const char *play_correct(struct play *play, int number, const char *when, const char *day,
                         const char *facts)
{
    const struct act *old = &play->acts[number - 1];
    facts = facts ? facts : play->facts[number - 1];
    struct act correction = {.event = EVENT_CORRECT,
                             .person = old->person,
                             .role = old->role,
                             .effective = day ? moment(day) : old->effective,
                             .recorded = moment(when),
                             .corrects = number,
                             .facts = facts,
                             .facts_length = strlen(facts)};
    return restate(play, correction, facts);
}

const char *play_annul(struct play *play, int number, const char *when)
{
    struct act correction = {.event = EVENT_ANNUL,
                             .role = play->acts[number - 1].role,
                             .effective = moment(when),
                             .recorded = moment(when),
                             .corrects = number,
                             .facts = ""};
    return restate(play, correction, "");
}

static const struct run *run_at(const struct play *play, const char *clock, int round)
{
    const struct casefile *file = fold_result(play->fold);
    int32_t index = play->policy->clock_of[symbol(play, clock)];
    for (size_t i = 0; i < file->past_count; i++) {
        if (file->past[i].clock == index && file->past[i].round == round) {
            return &file->past[i];
        }
    }
    for (int32_t i = 0; i < file->run_count; i++) {
        if (file->runs[i].clock == index && file->runs[i].round == round) {
            return &file->runs[i];
        }
    }
    return NULL;
}

const char *play_mark(struct play *play, const char *when, const char *what, const char *by,
                      const char *clock, int round)
{
    pass(play, moment(when));
    fold_to(play, moment(when));
    const struct run *run = run_at(play, clock, round);
    struct attempt attempt = attempt_of(play, when, "edit", by, "", NULL);
    bool back = strcmp(what, "back") == 0;
    attempt.act.event = back                         ? EVENT_TAKE_BACK
                        : strcmp(what, "waive") == 0 ? EVENT_WAIVE
                                                     : EVENT_EXPLAIN;
    const struct verdict *verdict = remedy_verdict(play->clerk, play->fold, run, &attempt);
    assert_non_null(verdict);
    const char *out = reasons(play, verdict);
    if (verdict->count == 0) {
        struct text facts = {0};
        text_addf(&facts, "card.clock=%s\ncard.round=%d\ncard.card=%s\n", clock, round,
                  name_of_card(back ? run_waived(run) : run_worst(run)));
        attempt.act.effective = fold_result(play->fold)->changed;
        push(play, attempt.act, text_bytes(&facts));
        text_free(&facts);
        fold_to(play, moment(when));
    }
    return out;
}

const char *play_marks(struct play *play, const char *clock, int round)
{
    const struct run *run = run_at(play, clock, round);
    text_clear(&play->out);
    for (int card = CARD_BLUE; run && card <= CARD_DOUBLE; card++) {
        const int32_t acts[] = {run->explained[card], run->waived[card]};
        for (int i = 0; i < 2; i++) {
            if (acts[i]) {
                text_addf(&play->out, "%s%s %d %s", play->out.length ? ", " : "",
                          i ? "waived" : "explained", (int)acts[i], name_of_card((enum card)card));
            }
        }
    }
    return text_bytes(&play->out);
}

void play_look(struct play *play, const char *when)
{
    pass(play, moment(when));
    fold_to(play, moment(when));
}

/* ---- what came of it ---- */

const char *play_state(const struct play *play)
{
    const struct casefile *file = fold_result(play->fold);
    return file->procedure->states[file->state].title.name;
}

const char *play_with(const struct play *play)
{
    const struct casefile *file = fold_result(play->fold);
    if (file->with == WHO_DESK) {
        return "desk";
    }
    return file->with_role >= 0 ? play->policy->roles[file->with_role].title.name : "-";
}

static const struct run *run_of(const struct play *play, const char *clock)
{
    const struct casefile *file = fold_result(play->fold);
    int32_t index = play->policy->clock_of[symbol(play, clock)];
    assert_true(index >= 0 && file->procedure->clock_of[index] >= 0);
    return &file->runs[file->procedure->clock_of[index]];
}

const char *play_clock(struct play *play, const char *clock)
{
    static const char *const states[] = {"none", "waiting", "running", "held",
                                         "met",  "late",    "dropped"};
    const struct run *run = run_of(play, clock);
    char out[MOMENT_TEXT];
    text_clear(&play->out);
    text_add(&play->out, states[run->state]);
    if (run->state == RUN_HELD) {
        text_addf(&play->out, " %d", (int)run->left);
    }
    if (run->state == RUN_RUNNING && run->has_due) {
        text_addf(&play->out, " %s%s", run->due.provisional ? "≈" : "",
                  run->due.hours ? moment_format(run->due.at, out) : day_format(run->due.day, out));
    }
    return text_bytes(&play->out);
}

static const char *const card_names[] = {"none", "blue", "yellow", "red", "double"};

const char *play_card(struct play *play, const char *clock)
{
    return card_names[run_of(play, clock)->card];
}

const char *play_cards(struct play *play, const char *clock)
{
    const struct run *run = run_of(play, clock);
    char out[MOMENT_TEXT];
    text_clear(&play->out);
    for (int c = CARD_BLUE; c <= CARD_DOUBLE; c++) {
        if (run->card_at[c] != MOMENT_NONE) {
            text_addf(&play->out, "%s%s %s", play->out.length ? ", " : "", card_names[c],
                      day_format(moment_day(run->card_at[c]), out));
        }
    }
    return text_bytes(&play->out);
}

int play_round(struct play *play, const char *clock)
{
    return run_of(play, clock)->round;
}

const char *play_least(struct play *play, const char *clock)
{
    char out[MOMENT_TEXT];
    text_clear(&play->out);
    text_add(&play->out, day_format(run_of(play, clock)->least_day, out));
    return text_bytes(&play->out);
}

const char *play_desk(struct play *play)
{
    char out[MOMENT_TEXT];
    text_clear(&play->out);
    for (size_t i = 0; i < play->count; i++) {
        const struct act *act = &play->acts[i];
        if (act->role == ROLE_DESK && act->event >= 0) {
            const struct event *event =
                &play->policy->procedures[play->procedure].events[act->event];
            text_addf(&play->out, "%s %s\n", event->title.name,
                      day_format(moment_day(act->effective), out));
        }
    }
    return text_bytes(&play->out);
}

const char *play_readings(struct play *play, const char *clock)
{
    char strict[MOMENT_TEXT], lenient[MOMENT_TEXT];
    if (!play->readings) {
        play->readings = readings_new(play->draft, play->policy, NULL, 0);
    }
    assert_non_null(play->readings);
    assert_int_equal(readings_fold(play->readings, play->calendar, play->procedure, play->acts,
                                   play->count, play->acts[play->count - 1].effective),
                     FOLD_DONE);
    struct range_of_readings range =
        readings_of(play->readings, play->policy->clock_of[symbol(play, clock)]);
    text_clear(&play->out);
    if (range.count) {
        text_addf(&play->out, "%s..%s", day_format(range.strict, strict),
                  day_format(range.lenient, lenient));
    }
    return text_bytes(&play->out);
}

struct fold *play_fold(struct play *play)
{
    return play->fold;
}

const struct policy *play_policy(const struct play *play)
{
    return play->policy;
}

const struct calendar *play_calendar(const struct play *play)
{
    return play->calendar;
}
