/* verb_sync.c: a run that brings in what a vendor's cloud holds: its rows as they come, its end,
 * and that it takes effect. */
#include <string.h>

#include "data/desk/registers.h"
#include "data/desk/sync_use.h"
#include "data/process.h"
#include "data/store/inventory.h"
#include "data/vendor/row.h"

enum { VENDOR_NAME_MOST = 32, UNDO_STEP = 300, KNOWN_STEP = 10000 };

static int name_asked(struct asking *asking, const char **name)
{
    if (must_ask(asking, "vendor", name) != 0) {
        return -1;
    }
    size_t length = strlen(*name);
    if (length > VENDOR_NAME_MOST ||
        strspn(*name, "abcdefghijklmnopqrstuvwxyz0123456789-") != length) {
        return error_set(
            asking->error, ERROR_USAGE,
            N_("“%1” is no name of a vendor: small letters, figures and -, at most 32"), *name,
            NULL);
    }
    return 0;
}

/* Entered if it is new. */
static int vendor_asked(struct asking *asking, struct vendor_row *vendor)
{
    const char *name;
    return name_asked(asking, &name) != 0
               ? -1
               : store_vendor(asking->counter->store, name, asking->arena, vendor, asking->error);
}

static void sign_of(const struct asking *asking, struct text *out)
{
    process_sign(asking->visitor->pid, out);
}

/* ---- beginning ---- */

static int refuse_second(struct asking *asking, const struct vendor_row *vendor,
                         const struct run_row *run)
{
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, run->person);
    char since[MOMENT_TEXT];
    moment_format(to_local(asking->counter, run->began), since);
    return error_set4(asking->error, ERROR_CONFLICT,
                      who ? N_("a sync of “%1” has been under way since %2, begun by %3; it is one "
                               "at a time")
                          : N_("a sync of “%1” has been under way since %2; it is one at a time"),
                      vendor->name, since, who ? who->thing.name : NULL, NULL);
}

static const char *said_killed(struct asking *asking)
{
    struct text said = {0};
    fact_put(&said, "what", N_("its process is gone; nothing of it is used"));
    return arena_keep(asking->arena, &said);
}

/* A run that nobody brings in any more, and one that nobody let take effect, ends here. */
static int end_pending(struct asking *asking, const struct vendor_row *vendor)
{
    struct run_row run;
    struct store *store = asking->counter->store;
    int there = store_run_pending(store, vendor->id, asking->arena, &run, asking->error);
    if (there == 1 && run.state == SYNC_GOING && process_lives(run.holder)) {
        return refuse_second(asking, vendor, &run);
    }
    if (there == 1) {
        run.said = run.state == SYNC_GOING ? said_killed(asking) : run.said;
        run.state = run.state == SYNC_GOING ? SYNC_FAILED : SYNC_CANCELLED;
        run.ended = asking->utc;
        run.holder = "";
        there = store_run_note(store, &run, asking->error);
    }
    return there < 0 ? -1 : 0;
}

int verb_sync(struct asking *asking)
{
    struct store *store = asking->counter->store;
    struct vendor_row vendor;
    int64_t left = 0, run = 0;
    struct text sign = {0};
    if (vendor_asked(asking, &vendor) != 0 || end_pending(asking, &vendor) != 0 ||
        store_run_left(store, &vendor, &left, asking->error) != 0 ||
        (left == 0 && store_metered_left(store, &vendor, &left, asking->error) != 0)) {
        return -1;
    }
    if (left) { /* of an earlier run; it goes first */
        parcel_put_int(asking->reply, "left", left);
        return 0;
    }
    sign_of(asking, &sign);
    bool full = vendor.run == 0 || parcel_yes(asking->request, "full");
    int status = store_run_begin(store, vendor.id, asking->person ? asking->person->thing.id : 0,
                                 full, text_bytes(&sign), asking->utc, &run, asking->error);
    text_free(&sign);
    parcel_put_int(asking->reply, "run", run);
    parcel_put_int(asking->reply, "before", vendor.run);
    parcel_put(asking->reply, "full", full ? "yes" : "no");
    parcel_put(asking->reply, "mark", vendor.mark);
    return status;
}

/* ---- the run at hand ---- */

static int run_asked(struct asking *asking, struct run_row *run)
{
    int64_t id = parcel_int(asking->request, "run", 0);
    int there = store_run(asking->counter->store, id, asking->arena, run, asking->error);
    struct text number = {0};
    if (there == 0) {
        text_add_int(&number, id);
        error_set(asking->error, ERROR_NOT_FOUND, N_("there is no run %1"), text_bytes(&number),
                  NULL);
        text_free(&number);
    }
    return there == 1 ? 0 : -1;
}

/* The same, of one that is going and is the visitor's own. */
static int run_of_mine(struct asking *asking, struct run_row *run)
{
    struct text sign = {0};
    if (run_asked(asking, run) != 0) {
        return -1;
    }
    sign_of(asking, &sign);
    bool mine = run->state == SYNC_GOING && strcmp(text_bytes(&sign), run->holder) == 0;
    text_free(&sign);
    return mine ? 0
                : error_set(asking->error, ERROR_CONFLICT,
                            N_("this run has ended, or another process brings it in; begin anew"),
                            NULL, NULL);
}

static int no_rows(struct asking *asking)
{
    return error_set(asking->error, ERROR_USAGE, N_("what came as rows of an inventory are none"),
                     NULL, NULL);
}

static int take_rows(struct asking *asking, struct run_row *run, const char *rows)
{
    const char *kept = arena_text(asking->arena, rows, strlen(rows));
    char *at = (char *)kept, *end = at + strlen(rows); /* the arena's own copy is written into */
    struct seen seen;
    int status = kept ? 0 : error_memory(asking->error);
    while (status == 0 && seen_take(&at, end, &seen)) {
        struct resource_row row = {.kind = seen.kind,
                                   .uid = seen.uid,
                                   .region = seen.region,
                                   .project = seen.project,
                                   .name = seen.name,
                                   .status = seen.status,
                                   .zone = seen.zone,
                                   .vcpus = seen.vcpus,
                                   .ram = seen.ram,
                                   .disk = seen.disk,
                                   .facts = seen.facts};
        memcpy(row.raw, seen.raw, RAW_DIGEST);
        status = store_run_put(asking->counter->store, run, &row, &run->count, asking->error);
    }
    return status == 0 && at < end ? no_rows(asking) : status;
}

static int take_gone(struct asking *asking, struct run_row *run, const char *rows)
{
    const char *kept = arena_text(asking->arena, rows, strlen(rows));
    char *at = (char *)kept, *end = at + strlen(rows);
    struct seen seen;
    int status = kept ? 0 : error_memory(asking->error);
    while (status == 0 && seen_take(&at, end, &seen)) {
        status = store_run_gone(asking->counter->store, run, seen.kind, seen.uid, &run->count,
                                asking->error);
    }
    return status == 0 && at < end ? no_rows(asking) : status;
}

/* Digests in hexadecimal, one behind the other. */
static int take_missed(struct asking *asking, struct run_row *run, const char *hex)
{
    uint8_t raw[RAW_DIGEST];
    int status = 0;
    while (*hex && status == 0) {
        if (!raw_parse(hex, raw)) {
            return no_rows(asking);
        }
        status = store_run_missed(asking->counter->store, run, raw, &run->count, asking->error);
        hex += 2 * RAW_DIGEST;
    }
    return status;
}

int verb_sync_rows(struct asking *asking)
{
    struct run_row run;
    struct metered_count use = {0};
    const char *sheet = asked(asking, "use");
    const char *rows = asked(asking, "rows"), *gone = asked(asking, "gone"),
               *missed = asked(asking, "missed");
    if (run_of_mine(asking, &run) != 0 || (rows && take_rows(asking, &run, rows) != 0) ||
        (gone && take_gone(asking, &run, gone) != 0) ||
        (missed && take_missed(asking, &run, missed) != 0) ||
        (sheet && sync_use(asking, &run, sheet, &use) != 0)) {
        return -1;
    }
    parcel_put_int(asking->reply, "use", use.rows);
    parcel_put_int(asking->reply, "use_made", use.made);
    parcel_put_int(asking->reply, "use_changed", use.changed);
    run.count.rows += parcel_int(asking->request, "same", 0);
    parcel_put_int(asking->reply, "rows", run.count.rows);
    return store_run_note(asking->counter->store, &run, asking->error);
}

/* ---- its end ---- */

static void put_counts(struct asking *asking, const struct run_row *run)
{
    parcel_put_int(asking->reply, "rows", run->count.rows);
    parcel_put_int(asking->reply, "made", run->count.made);
    parcel_put_int(asking->reply, "changed", run->count.changed);
    parcel_put_int(asking->reply, "gone", run->count.gone);
}

static int end_named(struct asking *asking, enum sync_state *state)
{
    static const struct {
        const char *name;
        enum sync_state state;
    } ends[] = {{"staged", SYNC_STAGED}, {"failed", SYNC_FAILED}, {"cancelled", SYNC_CANCELLED}};
    const char *name;
    if (must_ask(asking, "result", &name) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (strcmp(name, ends[i].name) == 0) {
            *state = ends[i].state;
            return 0;
        }
    }
    return error_set(asking->error, ERROR_USAGE,
                     N_("%1: “%2” is no end of a run; staged, failed or cancelled"), "result",
                     name);
}

int verb_sync_end(struct asking *asking)
{
    static const char *const told[] = {"what",        "request", "page",  "mark",    "use",
                                       "use_changed", "packed",  "again", "services"};
    struct run_row run;
    struct text said = {0};
    if (run_of_mine(asking, &run) != 0 || end_named(asking, &run.state) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *value = asked(asking, told[i]);
        if (value) {
            fact_put(&said, told[i], value);
        }
    }
    run.said = text_bytes(&said);
    run.ended = asking->utc;
    run.holder = "";
    run.count.pages = parcel_int(asking->request, "pages", 0);
    run.count.bytes = parcel_int(asking->request, "bytes", 0);
    run.count.retries = parcel_int(asking->request, "retries", 0);
    put_counts(asking, &run);
    int status = said.failed ? error_memory(asking->error)
                             : store_run_note(asking->counter->store, &run, asking->error);
    text_free(&said);
    return status;
}

/* ---- taking effect ---- */

/* That it did is on record, chained like everything else. */
static int record_apply(struct asking *asking, const struct vendor_row *vendor,
                        const struct run_row *run)
{
    const struct entry *entry = book_by_code(asking->counter, BOOK_VENDOR, vendor->name);
    const struct {
        const char *name;
        int64_t number;
    } facts[] = {{"run", run->id},
                 {"resources", run->count.rows},
                 {"made", run->count.made},
                 {"changed", run->count.changed},
                 {"gone", run->count.gone}};
    struct filing filing;
    int64_t id;
    int status = filing_begin(asking, BOOK_VENDOR, entry, vendor->name, &filing);
    if (status == 0 && !entry) {
        status = filing_set(asking, &filing, "name", vendor->name);
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts && status == 0; i++) {
        struct text number = {0};
        text_add_int(&number, facts[i].number);
        status = register_set(asking, BOOK_VENDOR, &filing.bag, facts[i].name, text_bytes(&number));
        text_free(&number);
    }
    status = status ? status : filing_settle(asking, &filing);
    status = status ? status : filing_write(asking, &filing, -1, "sync", NULL, asking->now, &id);
    filing_free(&filing);
    return status;
}

static int vendor_of(struct asking *asking, const struct run_row *run, struct vendor_row *vendor)
{
    return store_vendor_by_id(asking->counter->store, run->vendor, asking->arena, vendor,
                              asking->error);
}

static int not_staged(struct asking *asking)
{
    return error_set(asking->error, ERROR_CONFLICT,
                     N_("this run does not wait to take effect: it did, or was given up"), NULL,
                     NULL);
}

int verb_sync_apply(struct asking *asking)
{
    struct store *store = asking->counter->store;
    struct run_row run;
    struct vendor_row vendor;
    if (run_asked(asking, &run) != 0 || vendor_of(asking, &run, &vendor) != 0) {
        return -1;
    }
    if (run.state != SYNC_STAGED) {
        return not_staged(asking);
    }
    const char *mark = fact_find(run.said, "mark", asking->arena);
    int done = run.id > vendor.run
                   ? store_run_apply(store, &run, vendor.run, mark ? mark : "", asking->error)
                   : 0;
    if (done != 1) {
        return done < 0 ? -1 : not_staged(asking);
    }
    run.state = SYNC_APPLIED;
    put_counts(asking, &run);
    bool noted = store_run_note(store, &run, asking->error) == 0 &&
                 store_bump(store, "inventory", asking->error) == 0;
    return noted ? record_apply(asking, &vendor, &run) : -1;
}

struct leaving {
    struct run_row *run;
    bool gone, again; /* what the run did: ended it; brought a version of what was there before */
    bool found;
};

static int look_at_left(void *self, const struct resource_row *row)
{
    struct leaving *leaving = self;
    leaving->found = true;
    leaving->gone = row->gone && row->to == leaving->run->id;
    leaving->again = row->first < leaving->run->id;
    return 1;
}

/* What is left out is counted no more. */
static int leave(struct asking *asking, struct run_row *run, const char *kind, const char *uid)
{
    struct store *store = asking->counter->store;
    struct leaving leaving = {.run = run};
    struct resource_want want = {
        .vendor = run->vendor, .kind = kind, .uid = uid, .differs = run->id};
    if (store_resources(store, &want, asking->arena, look_at_left, &leaving, asking->error) != 0) {
        return -1;
    }
    run->count.gone -= leaving.found && leaving.gone;
    run->count.changed -= leaving.found && !leaving.gone && leaving.again;
    run->count.made -= leaving.found && !leaving.gone && !leaving.again;
    put_counts(asking, run);
    return store_run_leave(store, run, kind, uid, asking->error) != 0
               ? -1
               : store_run_note(store, run, asking->error);
}

/* One difference is left out: the resource stays as it was until another run. */
int verb_sync_leave(struct asking *asking)
{
    struct run_row run;
    const char *kind, *uid;
    if (run_asked(asking, &run) != 0 || must_ask(asking, "kind", &kind) != 0 ||
        must_ask(asking, "uid", &uid) != 0) {
        return -1;
    }
    return run.state != SYNC_STAGED ? not_staged(asking) : leave(asking, &run, kind, uid);
}

/* What a run wrote that never took effect is taken back, a step at a time. */
int verb_sync_undo(struct asking *asking)
{
    struct run_row run;
    struct vendor_row vendor;
    if (run_asked(asking, &run) != 0 || vendor_of(asking, &run, &vendor) != 0) {
        return -1;
    }
    if (run.id <= vendor.run || run.state == SYNC_APPLIED ||
        (run.state == SYNC_GOING && process_lives(run.holder))) {
        return not_staged(asking);
    }
    if (run.state == SYNC_STAGED) {
        run.state = SYNC_CANCELLED;
        if (store_run_note(asking->counter->store, &run, asking->error) != 0) {
            return -1;
        }
    }
    int64_t done = store_run_undo(asking->counter->store, &run, UNDO_STEP, asking->error);
    done = done ? done : store_metered_undo(asking->counter->store, &run, UNDO_STEP, asking->error);
    parcel_put(asking->reply, "rest", done > 0 ? "yes" : "no");
    return done < 0 ? -1 : 0;
}

/* ---- what is known ---- */

int verb_sync_known(struct asking *asking)
{
    struct vendor_row vendor;
    const char *name, *kind, *after = asked(asking, "after");
    uint8_t from[RAW_DIGEST];
    struct text hex = {0};
    if (name_asked(asking, &name) != 0 || must_ask(asking, "kind", &kind) != 0) {
        return -1;
    }
    int found =
        store_vendor_named(asking->counter->store, name, asking->arena, &vendor, asking->error);
    if (found != 1) {
        return found; /* of a vendor that is new nothing is known */
    }
    if (after && !raw_parse(after, from)) {
        return no_rows(asking);
    }
    uint8_t(*raws)[RAW_DIGEST] = arena_take(asking->arena, (size_t)KNOWN_STEP * RAW_DIGEST);
    int64_t count = !raws ? error_memory(asking->error)
                          : store_raws(asking->counter->store, vendor.id, kind, after ? from : NULL,
                                       raws, KNOWN_STEP, asking->error);
    for (int64_t i = 0; i < count; i++) {
        raw_put(&hex, raws[i]);
    }
    parcel_put(asking->reply, "raws", text_bytes(&hex));
    if (count == KNOWN_STEP) {
        parcel_put(asking->reply, "next", text_bytes(&hex) + hex.length - 2 * RAW_DIGEST);
    }
    bool failed = hex.failed;
    text_free(&hex);
    return failed ? error_memory(asking->error) : count < 0 ? -1 : 0;
}
