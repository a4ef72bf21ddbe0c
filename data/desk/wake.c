/* wake.c: what time alone brings, written as the desk's own acts. */
#include <string.h>

#include "data/desk/act.h"

enum { WAKES_MOST = 1000, LOOKS_MOST = 8, STALE_MOST = 500, SLICE = 2000 /* cases */ };

static const struct column fired_columns[] = {
    {"case", CELL_NAME, N_("case")},           {"event", CELL_NAME, N_("event")},
    {"title", CELL_TEXT, N_("what was done")}, {"effective", CELL_MOMENT, N_("took effect")},
    {"state", CELL_NAME, N_("state")},         {"state_title", CELL_TEXT, N_("state")}};

static void tell_fired(struct asking *asking, const struct casework *work,
                       const struct event *event, int64_t at)
{
    struct table *table = parcel_more(asking->reply, "fired", fired_columns,
                                      sizeof fired_columns / sizeof *fired_columns);
    const struct state *state = &work->file->procedure->states[work->file->state];
    table_text(table, work->row.number);
    table_text(table, event->title.name);
    table_both(table, event->title.zh, event->title.en);
    table_moment(table, at);
    table_text(table, state->title.name);
    table_both(table, state->title.zh, state->title.en);
}

/* Neither its row nor the case as folded up to UNTIL knows of anything by then; what the row says
 * was said by this calendar. */
static bool sleeps(const struct asking *asking, const struct casework *work, int64_t until)
{
    const struct case_row *row = &work->row;
    int64_t wake = work->file->wake.at;
    const struct revision *known = calendar_as_of(asking->counter->calendar, moment_day(until));
    return row->fold_rev == FOLD_REVISION && row->cal_rev == revision_number(known) &&
           (row->wake_at == MOMENT_NONE || row->wake_at > until) &&
           (wake == MOMENT_NONE || wake > until);
}

/* What the desk has to do by UNTIL, as it knew on the day itself: a notice that came out between
 * that day and UNTIL must not move what was done before it. */
static int next_wake(struct asking *asking, struct casework *work, int64_t until, struct wake *out)
{
    if (casework_fold(asking, work, until) != 0) {
        return -1;
    }
    *out = work->file->wake;
    if (sleeps(asking, work, until)) {
        return 0;
    }
    int64_t from = work->file->changed, at = from < until ? from : until;
    if (casework_fold(asking, work, at) != 0) {
        return -1;
    }
    struct wake wake = work->file->wake;
    if (at < until) {
        if (casework_fold(asking, work, until) != 0) {
            return -1;
        }
        struct wake last = work->file->wake;
        if (wake.at == MOMENT_NONE || wake.at > until ||
            (last.at != MOMENT_NONE && last.at < wake.at)) {
            wake = last;
        }
    }
    for (int i = 0; i < LOOKS_MOST && wake.at != MOMENT_NONE && wake.at <= until && wake.at > at;
         i++) {
        at = wake.at;
        if (casework_fold(asking, work, at) != 0) {
            return -1;
        }
        wake = work->file->wake.at == MOMENT_NONE ? wake : work->file->wake;
    }
    *out = wake;
    return 0;
}

static int fire(struct asking *asking, struct casework *work, struct wake wake)
{
    const struct procedure *procedure = &work->rulebook->policy->procedures[work->procedure];
    const struct event *event = &procedure->events[wake.event];
    struct text facts = {0};
    if (casework_fold(asking, work, wake.at) != 0 ||
        around_facts(asking, work, event, wake.at, &facts) != 0) {
        text_free(&facts);
        return -1;
    }
    struct record record = {.event = event->title.name,
                            .role = "",
                            .effective = wake.at,
                            .recorded = asking->utc,
                            .facts_length = facts.length};
    record.facts = arena_keep(asking->arena, &facts);
    if (arena_failed(asking->arena)) {
        return error_memory(asking->error);
    }
    if (casework_append(asking, work, &record) != 0 ||
        deed_settle(asking, work, event, &record) != 0 ||
        casework_fold(asking, work, wake.at) != 0) {
        return -1;
    }
    tell_fired(asking, work, event, wake.at);
    return 0;
}

int64_t wake_case(struct asking *asking, struct casework *work, int64_t until)
{
    int64_t fired = 0;
    struct wake wake;
    for (int i = 0; i < WAKES_MOST; i++) {
        if (next_wake(asking, work, until, &wake) != 0) {
            return -1;
        }
        if (wake.at == MOMENT_NONE || wake.at > until) {
            return casework_fold(asking, work, until) != 0 ? -1 : fired;
        }
        if (fire(asking, work, wake) != 0) {
            return -1;
        }
        fired++;
    }
    return error_set(asking->error, ERROR_ENVIRONMENT,
                     N_("in %1 the desk acts without end: the policy goes in circles"),
                     work->row.number, NULL);
}

/* Nothing is due after all: what is known now has moved it, or something around it has moved. */
static int look_again(struct asking *asking, struct casework *work, int64_t until)
{
    return casework_save(asking, work, until) != 0 ? -1
                                                   : read_case_anew(asking, work->row.id, until);
}

/* One act, the earliest over all cases, so that a week's absence is caught up in order. */
int64_t wake_all(struct asking *asking, int64_t until, int64_t most, bool *more)
{
    int64_t fired = 0, id;
    for (int64_t done = 0; fired < most && !(done > 0 && step_over(asking)); done++) {
        int64_t found = store_waking(asking->counter->store, until, &id, 1, asking->error);
        struct casework work;
        struct wake wake;
        if (found <= 0) {
            return found < 0 ? -1 : fired;
        }
        int status = casework_load(asking, id, &work);
        status = status || casework_fold(asking, &work, until) != 0 ? -1 : 0;
        status = status ? status : next_wake(asking, &work, until, &wake);
        bool due = status == 0 && wake.at != MOMENT_NONE && wake.at <= until;
        if (status == 0) {
            status = due ? fire(asking, &work, wake) : look_again(asking, &work, until);
        }
        bool stuck =
            status == 0 && !due && work.row.wake_at != MOMENT_NONE && work.row.wake_at <= until;
        casework_free(&work);
        if (status != 0 || stuck) {
            return -1;
        }
        fired += due;
    }
    *more = true;
    return fired;
}

/* Those of IDS, as far as this step comes: how many, or -1. */
static int64_t refold(struct asking *asking, const int64_t *ids, int64_t count, int64_t until)
{
    int64_t done = 0;
    for (; done < count && !(done > 0 && step_over(asking)); done++) {
        struct casework work;
        int status = casework_load(asking, ids[done], &work);
        int64_t now = work.row.changed_at > until ? work.row.changed_at : until;
        status = status ? -1 : casework_save(asking, &work, now);
        casework_free(&work);
        if (status != 0) {
            return -1;
        }
    }
    return done;
}

/* The next slice of the queue, at most MOST cases of it. A case that is counted anew may come to
 * stand behind it, and is then looked at once more; none comes to stand before it as it was. */
static int64_t refold_slice(struct asking *asking, int64_t until, int64_t most)
{
    int64_t ids[STALE_MOST];
    struct counter *counter = asking->counter;
    const struct queue_place *after = &counter->counted.after;
    struct queue_place end;
    most = most < STALE_MOST ? most : STALE_MOST;
    if (store_queue_end(counter->store, after, SLICE, &end, asking->error) != 0) {
        return -1;
    }
    int64_t found = store_stale(counter->store, after, &end, counter->counted.revision,
                                FOLD_REVISION, ids, most, asking->error);
    int64_t done = found < 0 ? -1 : refold(asking, ids, found, until);
    if (done == found && found < most) {
        counter->counted.after = end;
        counter->counted.whole = end.sort_at == INT64_MAX;
    }
    return done;
}

/* A notice that came out, or another meaning of the engine: the cache is folded anew. To find that
 * nothing is stale all open cases are gone through: once a day, and after what may have made some.
 */
int64_t refold_stale(struct asking *asking, int64_t until, int64_t most, bool *more)
{
    struct counter *counter = asking->counter;
    int32_t day = moment_day(until);
    int32_t revision = revision_number(calendar_as_of(counter->calendar, day));
    int64_t done = 0;
    if (counter->counted.day != day || counter->counted.revision != revision) {
        counter->counted.day = day;
        counter->counted.revision = revision;
        counter->counted.whole = false;
        counter->counted.after = (struct queue_place){INT64_MIN, 0};
    }
    bool over = false;
    while (!counter->counted.whole && done < most && !over) {
        int64_t some = refold_slice(asking, until, most - done);
        if (some < 0) {
            counter->counted.day = 0;
            return -1;
        }
        done += some;
        over = step_over(asking) && !asking->through;
    }
    *more |= !counter->counted.whole;
    return done;
}
