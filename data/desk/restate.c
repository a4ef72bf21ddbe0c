/* restate.c: acts about acts: a correction, an annulment; and notes, which move no clock. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/act.h"

/* The act that now stands for act NUMBER: itself, or its last correction. */
static const struct record *standing(const struct casework *work, int32_t number)
{
    const struct record *stands = &work->records.items[number - 1];
    for (size_t i = (size_t)number; i < work->records.count; i++) {
        const struct record *record = &work->records.items[i];
        if (work->acts[i].event == EVENT_CORRECT && record->corrects == number) {
            stands = record;
        }
    }
    return stands;
}

static void tell_broken(struct asking *asking, struct deed *deed, int32_t broken,
                        const struct verdict *verdict)
{
    struct casework *work = deed->work;
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    struct text number = {0};
    text_add_int(&number, broken);
    if (verdict && verdict->count > 0) {
        reply_reasons(asking, work->rulebook, procedure, verdict->reasons, verdict->count);
    }
    if (broken == deed->corrects) {
        error_set(asking->error, ERROR_REFUSED, N_("act %1 would not be right so"),
                  text_bytes(&number), NULL);
    } else {
        error_set(asking->error, ERROR_REFUSED,
                  N_("act %1 (%2), done since, could not have been done then"), text_bytes(&number),
                  casework_event_named(asking, work, work->records.items[broken - 1].event));
    }
    text_free(&number);
}

/* Only who did the act, or who may override, restates it: the same role in the case. */
static int may_restate(struct asking *asking, struct deed *deed, const struct record *old)
{
    const struct policy *policy = deed->work->rulebook->policy;
    int32_t role = role_named(policy, old->role);
    bool same = asking->person && old->actor == asking->person->thing.id;
    bool holds = role >= 0 && deed->roles >> role & 1;
    bool leads = (asking->keeps & KEEPS_POLICY) != 0;
    if (!same && !holds && !leads && !may_key_for_others(asking)) {
        const struct policy *present = asking->counter->current->policy;
        int32_t now = role_named(present, old->role);
        return refuse_right(asking, deed->work->row.number,
                            (now >= 0 ? UINT64_C(1) << now : 0) |
                                roles_keeping(present, KEEPS_POLICY | KEEPS_ORGANISATIONS));
    }
    deed->role = role;
    return 0;
}

/* A waiver is taken back by an act of its own, while it may be; an explanation is given anew. */
static int refuse_mark(struct asking *asking, const struct deed *deed, int32_t event)
{
    struct text number = {0};
    text_add_int(&number, deed->corrects);
    error_set(asking->error, ERROR_REFUSED,
              event == EVENT_EXPLAIN
                  ? N_("act %1 explains a card: give another explanation, or take it back (annul)")
                  : N_("act %1 is about a waiver: who waived takes it back (yuntai waive --back)"),
              text_bytes(&number), NULL);
    text_free(&number);
    return -1;
}

static int prepare(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    int64_t n = parcel_int(asking->request, "n", 0);
    if (n < 1 || (size_t)n > work->records.count) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("say which act of %1 (n); `yuntai show` numbers them"),
                         work->row.number, NULL);
    }
    const struct record *old = &work->records.items[n - 1], *stands = standing(work, (int32_t)n);
    deed->corrects = (int32_t)n;
    if (may_restate(asking, deed, old) != 0) {
        return -1;
    }
    int32_t about = work->acts[n - 1].event;
    bool bound = about == EVENT_WAIVE || about == EVENT_TAKE_BACK;
    if (bound || (about == EVENT_EXPLAIN && deed->event == EVENT_CORRECT)) {
        return refuse_mark(asking, deed, about);
    }
    int64_t on = stands->effective;
    if (!asked_moment(asking, "on", &on)) {
        return -1;
    }
    deed->moment = on;
    text_add_n(&deed->facts, stands->facts, stands->facts_length);
    int32_t event = work->acts[n - 1].event;
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    return entries_facts(asking, work, event >= 0 ? &procedure->events[event] : NULL, on,
                         &deed->facts);
}

int deed_restate(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    const struct verdict *verdict = NULL;
    struct record record;
    if (!asked(asking, "reason")) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("what is corrected or taken back needs a written reason"), NULL, NULL);
    }
    if (prepare(asking, deed) != 0 || deed_try(asking, deed) != 0) {
        return -1;
    }
    deed->act.facts = text_bytes(&deed->facts);
    deed->act.facts_length = deed->facts.length;
    /* core asks of a correction the person whose act it restates */
    deed->act.person = work->acts[deed->corrects - 1].person;
    deed->act.role = work->acts[deed->corrects - 1].role;
    int32_t broken =
        correction_breaks(work->rulebook->clerk, work->rulebook->fold, asking->counter->calendar,
                          work->procedure, work->acts, work->records.count, &deed->act, &verdict);
    if (broken > 0) {
        tell_broken(asking, deed, broken, verdict);
    }
    if (broken != 0) {
        return broken < 0 ? error_memory(asking->error) : -1;
    }
    return deed_record(asking, deed, &record) != 0 ? -1 : deed_settle(asking, work, NULL, &record);
}

/* ---- notes ---- */

bool deed_is_note(const char *name)
{
    static const char *const notes[] = {"assign", "note", "redact"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (strcmp(notes[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static int note_facts(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    const char *value;
    if (strcmp(deed->name, "note") == 0) {
        return must_ask(asking, "note", &value);
    }
    if (strcmp(deed->name, "redact") == 0) {
        int64_t n = parcel_int(asking->request, "n", 0);
        if (n < 1 || (size_t)n > work->records.count || must_ask(asking, "reason", &value) != 0) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("say which act of %1 (n) and for what reason"), work->row.number,
                             NULL);
        }
        if (!work->records.items[n - 1].body) {
            struct text number = {0};
            text_add_int(&number, n);
            error_set(asking->error, ERROR_USAGE,
                      N_("act %2 of %1 has no words to be struck out, or none any more"),
                      work->row.number, text_bytes(&number));
            text_free(&number);
            return -1;
        }
        fact_put_int(&deed->facts, "redact.n", n);
        return store_redact(asking->counter->store, work->row.id, (int32_t)n, asking->error);
    }
    if (must_ask(asking, "to", &value) != 0) {
        return -1;
    }
    const struct entry *to = book_find(asking->counter, BOOK_PERSON, value, 0);
    int32_t with = role_named(asking->counter->current->policy, work->row.with_role);
    if (!to || !entry_valid(to, moment_day(asking->now)) ||
        !has_role_in_case(asking, to, with, &work->row)) {
        const struct title *title =
            with >= 0 ? &asking->counter->current->policy->roles[with].title : NULL;
        return error_set(
            asking->error, ERROR_USAGE, N_("“%1” cannot take it: the case is with %2"), value,
            title ? message_both(asking->arena, title->zh, title->en) : work->row.with_role);
    }
    fact_put(&deed->facts, "assign.role", work->row.with_role);
    fact_put_int(&deed->facts, "assign.to", to->thing.id);
    return 0;
}

/* A note stands beside the act before it: it moves no clock, bends no rule, and does not bar an act
 * that is keyed later and dated before it was made. */
int deed_note(struct asking *asking, struct deed *deed)
{
    struct casework *work = deed->work;
    struct record record;
    bool redacts = strcmp(deed->name, "redact") == 0;
    const struct policy *present = asking->counter->current->policy;
    if (!(deed->roles & roles_acting(work->rulebook->policy))) {
        return refuse_right(asking, work->row.number, roles_acting(present));
    }
    if (redacts && !(asking->keeps & (KEEPS_POLICY | KEEPS_PEOPLE))) {
        return refuse_right(asking, work->row.number,
                            roles_keeping(present, KEEPS_POLICY | KEEPS_PEOPLE));
    }
    deed->role = -1;
    deed->moment = work->file->changed;
    if (note_facts(asking, deed) != 0 || deed_record(asking, deed, &record) != 0) {
        return -1;
    }
    return deed_settle(asking, work, NULL, &record);
}
