/* counter.c: opens the desk, finds the verb. */
#include "data/desk/counter.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/near.h"
#include "data/desk/inside.h"
#include "data/paths.h"
#include "data/store/periods.h"
#include "data/workspace.h"

/* ---- time ---- */

int64_t to_utc(const struct counter *counter, int64_t local)
{
    return local - counter->offset;
}

int64_t to_local(const struct counter *counter, int64_t utc)
{
    return utc + counter->offset;
}

int64_t clock_utc(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

/* The policy's one time zone, as seconds ahead of UTC. China has kept one offset since 1991. */
static int64_t zone_offset(const char *zone)
{
    time_t now = (time_t)clock_utc();
    struct tm local = {0}, utc = {0};
    setenv("TZ", zone, 1);
    tzset();
    localtime_r(&now, &local);
    gmtime_r(&now, &utc);
    int64_t days = local.tm_yday - utc.tm_yday;
    days = days > 1 ? -1 : days < -1 ? 1 : days;
    return days * DAY_SECONDS + (local.tm_hour - utc.tm_hour) * 3600 +
           (local.tm_min - utc.tm_min) * 60;
}

/* ---- opening ---- */

/* What is at hand is of what stands on record on DAY. */
static int refresh(struct counter *counter, int32_t day, struct error *error)
{
    int64_t policies = 0, registers = 0;
    if (store_marks(counter->store, &policies, &registers, error) != 0) {
        return -1;
    }
    if (rulebooks_stand(counter, policies, day) && book_stands(counter, registers)) {
        return calendar_refresh(counter, error);
    }
    if (rulebooks_read(counter, day, error) != 0 || book_refresh(counter, error) != 0) {
        return -1;
    }
    return calendar_refresh(counter, error);
}

/* The policy first: it says in which time zone everything else is to be read. */
static int read_all(struct counter *counter, struct error *error)
{
    if (rulebooks_read(counter, moment_day(clock_utc()), error) != 0) {
        return -1;
    }
    counter->offset = zone_offset(counter->current->policy->timezone);
    return refresh(counter, moment_day(to_local(counter, clock_utc())), error);
}

static int open_counter(const char *directory, bool reading, struct counter **out,
                        struct error *error)
{
    *out = NULL;
    struct counter *counter = calloc(1, sizeof *counter);
    size_t size = strlen(directory) + 1;
    if (!counter || !(counter->directory = malloc(size))) {
        free(counter);
        return error_memory(error);
    }
    memcpy(counter->directory, directory, size);
    int status = workspace_check(directory, error);
    status = status ? status : store_open(directory, reading, &counter->store, error);
    counter->options = status ? NULL : options_read(directory, error);
    counter->documents = counter->options ? documents_open(directory, error) : NULL;
    counter->pinyin = counter->documents ? pinyin_shipped(error) : NULL;
    status = counter->pinyin ? 0 : -1;
    if (status == 0) {
        counter->store->behind = options_number(counter->options, "desk.clock_behind");
        documents_set_largest(counter->documents,
                              options_number(counter->options, "documents.largest") << 20);
    }
    status = status || !reading ? status : db_look(counter->store->db, error);
    status = status ? status : read_all(counter, error);
    if (status != 0) {
        counter_close(counter);
        return -1;
    }
    *out = counter;
    return 0;
}

int counter_open(const char *directory, struct counter **out, struct error *error)
{
    return open_counter(directory, false, out, error);
}

int counter_open_reading(const char *directory, struct counter **out, struct error *error)
{
    return open_counter(directory, true, out, error);
}

void counter_close(struct counter *counter)
{
    if (!counter) {
        return;
    }
    for (size_t i = 0; i < counter->rulebook_count; i++) {
        rulebook_free(counter->rulebooks[i]);
    }
    free(counter->rulebooks);
    book_free(&counter->book);
    mapping_forget(counter);
    tally_forget(counter);
    calendar_free(counter->calendar);
    pinyin_free(counter->pinyin);
    documents_close(counter->documents);
    options_free(counter->options);
    store_close(counter->store);
    free(counter->directory);
    free(counter);
}

int64_t counter_seq(struct counter *counter)
{
    struct chain_head head = {0};
    struct error error = {0};
    int status = store_head(counter->store, &head, &error);
    error_free(&error);
    return status == 0 ? head.seq : 0;
}

/* What was read within work that is taken back may never have been. */
static void forget(struct counter *counter)
{
    counter->book.read = false;
    counter->calendar_mark = -1;
    counter->policy_mark = -1;
    mapping_forget(counter);
}

int counter_begin(struct counter *counter, struct error *error)
{
    return db_begin(counter->store->db, error);
}

int counter_commit(struct counter *counter, struct error *error)
{
    return db_commit(counter->store->db, error);
}

void counter_rollback(struct counter *counter)
{
    db_rollback(counter->store->db);
    forget(counter);
    tally_forget(counter); /* of what is taken back, some may be counted */
}

/* ---- what is asked ---- */

const char *asked(const struct asking *asking, const char *name)
{
    const char *value = parcel_get(asking->request, name);
    return value && *value ? value : NULL;
}

bool previews(const struct asking *asking)
{
    return parcel_yes(asking->request, "preview");
}

int must_ask(struct asking *asking, const char *name, const char **out)
{
    *out = asked(asking, name);
    return *out ? 0
                : error_set(asking->error, ERROR_USAGE, N_("“%1” is missing in what was asked"),
                            name, NULL);
}

bool asked_day(struct asking *asking, const char *name, int32_t *day)
{
    const char *value = asked(asking, name);
    if (!value || day_parse(value, strlen(value), day)) {
        return true;
    }
    error_set(asking->error, ERROR_USAGE, N_("%1: “%2” is no date; write it as 2019-09-27"), name,
              value);
    return false;
}

bool asked_moment(struct asking *asking, const char *name, int64_t *moment)
{
    const char *value = asked(asking, name);
    if (!value || moment_parse(value, strlen(value), moment)) {
        return true;
    }
    error_set(asking->error, ERROR_USAGE,
              N_("%1: “%2” is no date; write it as 2019-09-27 or 2019-09-27 16:30"), name, value);
    return false;
}

static bool only_reads(const struct verb *verb)
{
    return !(verb->flags & (VERB_WRITES | VERB_WAKES | VERB_WHOLE));
}

static const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; name && i < verb_count; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

bool counter_reads(const char *verb)
{
    const struct verb *found = verb_named(verb);
    return found && only_reads(found);
}

bool counter_takes_long(const char *verb)
{
    const struct verb *found = verb_named(verb);
    return found && found->flags & VERB_LONG;
}

void counter_heed(struct counter *counter, bool (*stop)(void *self), void *self)
{
    counter->stop = stop;
    counter->stop_self = self;
}

void counter_tell(struct counter *counter, void (*tell)(void *self, const struct headway *headway),
                  void *self)
{
    counter->tell = tell;
    counter->tell_self = self;
}

int still_wanted(const struct counter *counter, const struct headway *headway, struct error *error)
{
    if (counter->tell) {
        counter->tell(counter->tell_self, headway);
    }
    return counter->stop && counter->stop(counter->stop_self)
               ? error_set(error, ERROR_INTERRUPTED,
                           N_("interrupted; nothing was changed, ask again"), NULL, NULL)
               : 0;
}

static const struct verb *find_verb(struct asking *asking)
{
    const char *name = parcel_get(asking->request, "verb");
    const struct verb *found = verb_named(name);
    if (found) {
        return found;
    }
    struct near_word nearest = near_begin(name ? name : "", name ? strlen(name) : 0);
    for (size_t i = 0; name && i < verb_count; i++) {
        near_offer(&nearest, verbs[i].name);
    }
    error_set(asking->error, ERROR_USAGE, N_("the desk knows no “%1”; perhaps “%2”"), name,
              nearest.best);
    return NULL;
}

static int may(struct asking *asking, const struct verb *verb)
{
    if (verb->flags & VERB_PERSON && !asking->person) {
        return error_set(
            asking->error, ERROR_NOT_FOUND,
            N_("who you are is not said; --as LOGIN, or the register of people with your account"),
            NULL, NULL);
    }
    const struct policy *policy = asking->counter->current->policy;
    if (verb->flags & VERB_OWNER && !asking->visitor->owner) {
        return refuse_right(asking, verb->name, 0);
    }
    if (verb->flags & VERB_ALL && !asking->sees_all) {
        return refuse_right(asking, verb->name, roles_seeing_all(policy));
    }
    return verb->keeps && !(verb->keeps & asking->keeps)
               ? refuse_right(asking, verb->name, roles_keeping(policy, verb->keeps))
               : 0;
}

/* Whether what is said to be now is still to come, in a record that the clock keeps: one may look
 * ahead, but an act of that day would bar all others until the day is there. */
static bool looks_ahead(struct asking *asking)
{
    int64_t by_clock = 0;
    return asking->now_said && asking->utc > clock_utc() &&
           store_mark(asking->counter->store, MARK_BY_CLOCK, &by_clock, asking->error) == 0 &&
           by_clock != 0;
}

static int refuse_ahead(struct asking *asking)
{
    char now[MOMENT_TEXT];
    return error_set(asking->error, ERROR_REFUSED,
                     N_("%1 is still to come: one may look at it, but nothing can be filed then"),
                     moment_format(asking->now, now), NULL);
}

/* A clock far ahead of the last act would date acts in days that have not come: a leader says that
 * it is right (clock=right), or it is set right. */
static int check_clock(struct asking *asking)
{
    struct chain_head head;
    struct text days = {0};
    int64_t most = options_number(asking->counter->options, "desk.clock_ahead");
    if (asking->now_said || store_head(asking->counter->store, &head, asking->error) != 0) {
        return asking->now_said ? 0 : -1;
    }
    const char *clock = asked(asking, "clock");
    bool confirmed = clock && strcmp(clock, "right") == 0 && asking->keeps & KEEPS_POLICY;
    if (asking->utc <= head.recorded + most * DAY_SECONDS || confirmed) {
        return 0;
    }
    text_add_int(&days, (asking->utc - head.recorded) / DAY_SECONDS);
    error_set(
        asking->error, ERROR_REFUSED,
        N_("the clock is %1 days ahead of the last act; if it is right, a leader says so with "
           "clock=right"),
        text_bytes(&days), NULL);
    text_free(&days);
    return -1;
}

static int answer_reading(struct asking *asking, const struct verb *verb)
{
    struct counter *counter = asking->counter;
    db_heed(counter->store->db, counter->stop, counter->stop_self);
    int status = verb->answer(asking);
    db_heed(counter->store->db, NULL, NULL);
    return status;
}

/* WORK within a transaction, which is taken back where it fails or is only TRIED. */
static int within_work(struct asking *asking, int (*work)(struct asking *asking), bool tried)
{
    struct db *db = asking->counter->store->db;
    if (db_begin(db, asking->error) != 0) {
        return -1;
    }
    int status = work(asking);
    if (status == 0 && (arena_failed(asking->arena) || asking->reply->failed)) {
        status = error_memory(asking->error); /* something may be missing in what was written */
    }
    status = book_sound(asking->counter, asking->error) ? -1 : status;
    bool keeps = status == 0 && !tried;
    if (keeps) {
        status = db_commit(db, asking->error);
    } else {
        db_rollback(db);
    }
    if (!keeps || status != 0) {
        forget(asking->counter);
    }
    return status;
}

/* A server goes on by itself, by the clock, between those who ask. Else all that fell due is done,
 * so that nobody is answered out of a state that is over; after a long absence the rest of it is
 * left to those who ask next. */
static int steps_most(const struct asking *asking)
{
    enum { STEPS_MOST = 50 };
    return db_working(asking->counter->store->db) && !asking->now_said ? 1 : STEPS_MOST;
}

/* Does first what time brought, if there is any of it and the clock may be trusted. */
static int wake_first(struct asking *asking)
{
    struct store *store = asking->counter->store;
    int64_t next = INT64_MAX, day = 0;
    if (store_next_wake(store, &next, asking->error) != 0 ||
        store_mark(store, "periods_day", &day, asking->error) != 0) {
        return -1;
    }
    bool idle = next > asking->now && day >= moment_day(asking->now);
    if (idle || looks_ahead(asking)) {
        return asking->error->code == ERROR_NONE ? 0 : -1;
    }
    int status = check_clock(asking) != 0 || inventory_ready(asking) != 0 ? -1 : 0;
    int most = steps_most(asking);
    asking->through = most > 1;
    for (int i = 0; status == 0 && i < most && (i == 0 || next <= asking->now); i++) {
        status = within_work(asking, tick_step, false);
        status = status ? status : store_next_wake(store, &next, asking->error);
    }
    return status;
}

static int answer(struct asking *asking, const struct verb *verb)
{
    bool tried = previews(asking);
    if (verb->flags & VERB_WAKES && wake_first(asking) != 0) {
        return -1;
    }
    if (!(verb->flags & VERB_WRITES)) {
        return only_reads(verb) ? answer_reading(asking, verb) : verb->answer(asking);
    }
    if (!tried && looks_ahead(asking)) {
        return refuse_ahead(asking);
    }
    if (verb->flags & VERB_STEPS && inventory_ready(asking) != 0) {
        return -1;
    }
    return check_clock(asking) != 0 ? -1 : within_work(asking, verb->answer, tried);
}

/* What was refused within work that was taken back is on record all the same. */
static void log_refused(struct asking *asking)
{
    struct error ignored = {0};
    if (asking->refused) {
        store_log(asking->counter->store, asking->utc, asking->visitor->uid,
                  asking->person ? asking->person->thing.id : 0, asking->refused, "refused",
                  &ignored);
    }
    error_free(&ignored);
}

/* When it is: as the owner says, else by the clock. */
static int see_when(struct asking *asking)
{
    int64_t said = asking->visitor->owner ? asking->visitor->now : MOMENT_NONE;
    asking->utc = clock_utc();
    asking->now = to_local(asking->counter, asking->utc);
    if (asking->visitor->owner && !asked_moment(asking, "now", &said)) {
        return -1;
    }
    if (said != MOMENT_NONE) {
        asking->now = said;
        asking->utc = to_utc(asking->counter, said);
        asking->now_said = true;
    }
    return 0;
}

/* Who asks, when, and for what; whether he may. */
static int admit(struct asking *asking, const struct verb **verb)
{
    int status = door_check(asking->request, asking->error);
    status = status ? status : see_when(asking);
    status = status ? status : refresh(asking->counter, moment_day(asking->now), asking->error);
    status = status ? status : see_who(asking);
    status = status || (*verb = find_verb(asking)) ? status : -1;
    return status ? status : may(asking, *verb);
}

int counter_answer(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *reply, struct error *error)
{
    struct asking asking = {.counter = counter,
                            .visitor = visitor,
                            .request = request,
                            .reply = reply,
                            .error = error,
                            .arena = arena_new()};
    const struct verb *verb = NULL;
    if (!asking.arena) {
        return error_memory(error);
    }
    int status = admit(&asking, &verb);
    status = status ? status : answer(&asking, verb);
    if (reply->failed || arena_failed(asking.arena)) {
        error_free(error); /* a refusal may have been for what is missing */
        status = error_memory(error);
    }
    status = book_sound(counter, error) ? -1 : status;
    log_refused(&asking);
    arena_free(asking.arena);
    return status;
}

/* What is asked, without who asks; when only where that was said. */
static void put_errand(const struct asking *asking, struct parcel *errand)
{
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        if (strcmp(pair->name, "as") != 0 && strcmp(pair->name, "now") != 0) {
            parcel_put_n(errand, pair->name, pair->value, pair->length);
        }
    }
    if (asking->now_said) {
        parcel_put_moment(errand, "now", asking->now);
    }
}

int counter_permit(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *errand, struct error *error)
{
    struct parcel nothing = {0};
    struct asking asking = {.counter = counter,
                            .visitor = visitor,
                            .request = request,
                            .reply = &nothing,
                            .error = error,
                            .arena = arena_new()};
    const struct verb *verb = NULL;
    if (!asking.arena) {
        return error_memory(error);
    }
    int status = admit(&asking, &verb);
    put_errand(&asking, errand);
    if (arena_failed(asking.arena) || errand->failed) {
        error_free(error);
        status = error_memory(error);
    }
    status = book_sound(counter, error) ? -1 : status;
    log_refused(&asking);
    arena_free(asking.arena);
    parcel_free(&nothing);
    return status;
}

int64_t counter_tick(struct counter *counter, int64_t *next, struct error *error)
{
    struct visitor visitor = {
        .uid = (uint32_t)getuid(), .pid = getpid(), .owner = true, .now = MOMENT_NONE};
    struct parcel request = {0}, reply = {0};
    parcel_put(&request, "verb", "tick");
    parcel_put(&request, "step", "yes");
    int status = counter_answer(counter, &visitor, &request, &reply, error);
    bool more = parcel_yes(&reply, "rest");
    int64_t fired = parcel_int(&reply, "fired", 0) + parcel_int(&reply, "made", 0) + more;
    *next = more ? 0 : parcel_int(&reply, "next", INT64_MAX);
    parcel_free(&request);
    parcel_free(&reply);
    return status == 0 ? fired : -1;
}
