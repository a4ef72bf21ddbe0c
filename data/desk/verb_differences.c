/* verb_differences.c: what a run brings, changes or ends, and what the policy will say of it. */
#include <string.h>

#include "data/desk/differ_query.h"
#include "data/desk/drift_judge.h"
#include "data/desk/versions.h"
#include "data/monotonic.h"
#include "data/store/drifts.h"

enum { PAGE = 50, PAGE_MOST = 1000, RELATED_MOST = 100, SIFT_ROWS = 500, SIFT_MS = 50 };

struct looked { /* a system, as the run leaves it */
    struct looked *next;
    int64_t id;
    struct found *found;
    size_t found_count;
    int64_t beyond[3];       /* cores, memory, disk: what is seen less what was given; 0 unknown */
    bool left;               /* the system is in use no more */
    const char *case_number; /* open, by which something is given; NULL */
};
struct differing {
    struct asking *asking;
    struct vendor_row vendor;
    struct run_row run;
    struct making making;
    struct judging judging;
    struct looked *looked;
    struct table *table;
    struct differ_query query;
    struct resource_row *rows; /* of this page, and one more */
    size_t count;
    const struct resource_row *stopped; /* the last one that was looked at: its time was over */
    bool back;                          /* they come the last one first */
};
enum judged { AGREES, DRIFTS, UNMAPPED, HARMLESS };
static const char *const verdicts[] = {
    [AGREES] = "agrees", [DRIFTS] = "drifts", [UNMAPPED] = "unmapped", [HARMLESS] = "harmless"};

/* ---- a system ---- */

static int64_t beyond(const struct judging *judging, int32_t measure)
{
    if (measure < 0) {
        return 0;
    }
    struct value seen = judge_amount(judging, measure, DRIFT_SEEN);
    struct value given = judge_amount(judging, measure, DRIFT_GIVEN);
    return seen.known && given.known ? seen.n - given.n : 0;
}

/* The open case about SYSTEM by which something is given. */
static const char *giving_case(struct asking *asking, const struct entry *system)
{
    int64_t ids[RELATED_MOST];
    int64_t count = store_related(asking->counter->store, 0, system->thing.id, system->thing.parent,
                                  "", true, ids, RELATED_MOST, asking->error);
    for (int64_t i = count - 1; i >= 0; i--) {
        struct case_row row;
        if (store_case(asking->counter->store, ids[i], asking->arena, &row, asking->error) == 1 &&
            row.system == system->thing.id && row.reserved && *row.reserved &&
            sees_case(asking, &row)) {
            return row.number;
        }
    }
    return NULL;
}

static struct looked *look_anew(struct differing *differing, const struct entry *system)
{
    struct asking *asking = differing->asking;
    struct judging *judging = &differing->judging;
    const struct sizing *sizing = &judging->sizing;
    struct looked *looked = arena_array(asking->arena, 1, sizeof *looked);
    if (!looked || judge_look(judging, system) != 0) {
        return NULL;
    }
    *looked = (struct looked){
        .next = differing->looked,
        .id = system->thing.id,
        .found = arena_array(asking->arena, judging->found_count + 1, sizeof *looked->found),
        .found_count = judging->found_count,
        .beyond = {beyond(judging, sizing->cores), beyond(judging, sizing->memory),
                   beyond(judging, sizing->disk)},
        .left = !system_online(asking, system),
        .case_number = giving_case(asking, system)};
    if (!looked->found) {
        return NULL;
    }
    memcpy(looked->found, judging->found, judging->found_count * sizeof *looked->found);
    differing->looked = looked;
    return looked;
}

static struct looked *look(struct differing *differing, const struct entry *system)
{
    struct looked *looked = differing->looked;
    while (looked && looked->id != system->thing.id) {
        looked = looked->next;
    }
    return looked ? looked : look_anew(differing, system);
}

/* ---- a difference ---- */

struct difference {
    const struct resource_row *row, *was, *now; /* WAS, NOW: NULL there was none, is none */
    const struct project *project;              /* NULL: not known either */
    const struct entry *system, *org;
    struct looked *looked;
    enum judged verdict;
    const struct found *found; /* DRIFTS: which */
};

static int64_t grows(int64_t was, int64_t now)
{
    return (now > 0 ? now : 0) - (was > 0 ? was : 0);
}

/* How much more there is of cores, memory and disk. */
static void growth(const struct difference *difference, int64_t out[3])
{
    static const struct resource_row nothing = {.vcpus = 0};
    const struct resource_row *was = difference->was ? difference->was : &nothing;
    const struct resource_row *now = difference->now ? difference->now : &nothing;
    out[0] = grows(was->vcpus, now->vcpus);
    out[1] = grows(was->ram, now->ram);
    out[2] = grows(was->disk, now->disk);
}

/* A drift of the whole system is this difference's doing where it goes away from what was given. */
static bool goes_astray(const struct difference *difference)
{
    const struct looked *looked = difference->looked;
    int64_t more[3];
    bool astray = looked->left && difference->now, some = false;
    growth(difference, more);
    for (int i = 0; i < 3; i++) {
        astray |= (more[i] > 0 && looked->beyond[i] > 0) || (more[i] < 0 && looked->beyond[i] < 0);
        some |= looked->beyond[i] != 0;
    }
    return astray || (!some && difference->now);
}

static bool counts_otherwise(const struct difference *difference)
{
    int64_t more[3];
    growth(difference, more);
    return !difference->was || !difference->now || more[0] || more[1] || more[2];
}

static const struct found *found_of(const struct differing *differing,
                                    const struct difference *difference)
{
    const struct looked *looked = difference->looked;
    const struct found *whole = NULL, *own = NULL;
    struct text uid = {0};
    text_addf(&uid, "%s/%s/%s", differing->vendor.name, difference->row->kind,
              difference->row->uid);
    for (size_t i = 0; i < looked->found_count; i++) {
        const struct found *found = &looked->found[i];
        own = !own && strcmp(found->uid, text_bytes(&uid)) == 0 ? found : own;
        whole = !whole && !*found->uid ? found : whole;
    }
    text_free(&uid);
    return own                                                                ? own
           : whole && counts_otherwise(difference) && goes_astray(difference) ? whole
                                                                              : NULL;
}

static int judge(struct differing *differing, struct difference *difference)
{
    const struct resource_row *row = difference->row;
    bool is_project = strcmp(row->kind, "project") == 0, counts = judge_counts(row);
    if (!counts && !is_project) {
        difference->verdict = HARMLESS;
        return 0;
    }
    if (!difference->project || difference->project->by == MAPPED_NOT) {
        difference->verdict = difference->now ? UNMAPPED : HARMLESS;
        return 0;
    }
    difference->verdict = counts && counts_otherwise(difference) ? AGREES : HARMLESS;
    if (difference->system && counts) {
        difference->looked = look(differing, difference->system);
        if (!difference->looked) {
            return -1;
        }
        difference->found = found_of(differing, difference);
        difference->verdict = difference->found ? DRIFTS : difference->verdict;
    }
    return 0;
}

/* ---- a row of the reply ---- */

static void put_amounts(struct table *table, int64_t was, int64_t now)
{
    const int64_t amounts[] = {was, now};
    for (int i = 0; i < 2; i++) {
        if (amounts[i] < 0) {
            table_text(table, NULL);
        } else {
            table_int(table, amounts[i]);
        }
    }
}

static void put_drift(struct differing *differing, const struct found *found)
{
    const struct policy *policy = differing->making.policy;
    const struct drift *drift = found ? &policy->drifts[found->drift] : NULL;
    struct text cites = {0};
    if (drift) {
        table_both(differing->table, drift->title.zh, drift->title.en);
        reply_cites(differing->asking, policy, drift->cites, &cites);
    } else {
        table_text(differing->table, NULL);
    }
    table_text(differing->table, found && !*found->uid ? found->shown : NULL);
    table_text(differing->table, cites.length ? text_bytes(&cites) : NULL);
    text_free(&cites);
}

static void put(struct differing *differing, const struct difference *difference)
{
    static const struct resource_row unknown = {
        .vcpus = -1, .ram = -1, .disk = -1, .status = "", .name = ""};
    struct table *table = differing->table;
    const struct resource_row *was = difference->was ? difference->was : &unknown,
                              *now = difference->now ? difference->now : &unknown;
    struct text changes = {0};
    if (difference->was && difference->now) {
        versions_differ(differing->asking, was, now, &changes);
    }
    table_text(table, difference->row->kind);
    table_text(table, difference->row->uid);
    table_text(table, difference->row->name);
    table_text(table, !difference->was ? "new" : !difference->now ? "gone" : "changed");
    table_text(table, difference->row->project);
    table_text(table, difference->org ? difference->org->thing.name : NULL);
    table_text(table, difference->system ? difference->system->thing.name : NULL);
    table_text(table, difference->system ? difference->system->thing.code : NULL);
    put_amounts(table, was->vcpus, now->vcpus);
    put_amounts(table, was->ram, now->ram);
    put_amounts(table, was->disk, now->disk);
    table_text(table, changes.length ? text_bytes(&changes) : NULL);
    table_text(table, verdicts[difference->verdict]);
    put_drift(differing, difference->found);
    table_text(table, difference->verdict == AGREES && difference->looked
                          ? difference->looked->case_number
                          : NULL);
    text_clear(&changes);
    text_addf(&changes, "%s/%s/%s", differing->vendor.name, difference->row->kind,
              difference->row->uid);
    table_text(table, text_bytes(&changes));
    text_free(&changes);
}

static int take_before(void *self, const struct resource_row *row)
{
    struct resource_row *before = self;
    *before = *row;
    return 1;
}

/* The version of ROW before this run; its kind is NULL where there was none. */
static int find_before(struct differing *differing, const struct resource_row *row,
                       struct resource_row *before)
{
    struct asking *asking = differing->asking;
    struct resource_want want = {.vendor = differing->vendor.id,
                                 .kind = row->kind,
                                 .uid = row->uid,
                                 .run = differing->run.id - 1};
    *before = (struct resource_row){0};
    return want.run > 0 ? store_resources(asking->counter->store, &want, asking->arena, take_before,
                                          before, asking->error)
                        : 0;
}

/* Whose it is. */
static void place(struct differing *differing, struct difference *difference)
{
    struct counter *counter = differing->asking->counter;
    const struct resource_row *row = difference->row;
    bool is_project = strcmp(row->kind, "project") == 0;
    const struct project *project = mapping_project(
        &differing->judging.mapping, differing->vendor.id, is_project ? row->uid : row->project);
    difference->project = project;
    if (project) {
        difference->system =
            project->system ? book_by_id(counter, BOOK_SYSTEM, project->system) : NULL;
        difference->org = project->parent ? book_by_id(counter, BOOK_ORG, project->parent) : NULL;
    }
}

/* ROW judged, beside what stood BEFORE. */
static int look_over(struct differing *differing, const struct resource_row *row,
                     struct resource_row *before, struct difference *difference)
{
    bool gone = row->gone && row->to == differing->run.id;
    *before = (struct resource_row){0};
    if (!gone && find_before(differing, row, before) != 0) {
        return -1;
    }
    *difference = (struct difference){.row = row,
                                      .was = gone           ? row
                                             : before->kind ? before
                                                            : NULL,
                                      .now = gone ? NULL : row};
    place(differing, difference);
    return judge(differing, difference);
}

static int show(struct differing *differing, const struct resource_row *row)
{
    struct resource_row before;
    struct difference difference;
    if (look_over(differing, row, &before, &difference) != 0) {
        return -1;
    }
    put(differing, &difference);
    return 0;
}

static int keep(void *self, const struct resource_row *row)
{
    struct differing *differing = self;
    differing->rows[differing->count++] = *row;
    return 0;
}

/* ---- of a filter ---- */

/* 1: ROW is meant; 0; -1. It is judged only where the filter asks for that. */
static int is_meant(struct differing *differing, const struct resource_row *row)
{
    bool gone = row->gone && row->to == differing->run.id;
    struct difference difference = {.row = row};
    struct resource_row before;
    place(differing, &difference);
    struct differ differ = {.row = row,
                            .how = gone                              ? "gone"
                                   : row->first == differing->run.id ? "new"
                                                                     : "changed",
                            .system = difference.system,
                            .org = difference.org};
    if (!differ_query_holds(&differing->query, differing->asking, &differ)) {
        return 0;
    }
    return !differing->query.verdicts ? 1
           : look_over(differing, row, &before, &difference) != 0
               ? -1
               : differ_query_judged(&differing->query, verdicts[difference.verdict]);
}

/* Those of BATCH that are meant, until MOST are found or the time is UNTIL. */
static int sift_batch(struct differing *differing, const struct differing *batch, size_t most,
                      int64_t until)
{
    for (size_t i = 0; i < batch->count && differing->count < most; i++) {
        int meant = is_meant(differing, &batch->rows[i]);
        if (meant < 0) {
            return -1;
        }
        if (meant) {
            differing->rows[differing->count++] = batch->rows[i];
        }
        if (monotonic_ms() >= until) {
            differing->stopped = &batch->rows[i];
            return 0;
        }
    }
    return 0;
}

/* As many as WANT->limit of what the filter means. Few may be meant of many: after a while it is
 * enough, and whoever asked goes on from there. */
static int sift(struct differing *differing, struct resource_want want)
{
    struct asking *asking = differing->asking;
    int64_t until = monotonic_ms() + SIFT_MS;
    size_t most = (size_t)want.limit;
    struct differing batch = {.asking = asking};
    want.limit = SIFT_ROWS;
    do {
        batch.count = 0;
        batch.rows = arena_array(asking->arena, SIFT_ROWS, sizeof *batch.rows);
        if (!batch.rows || store_resources(asking->counter->store, &want, asking->arena, keep,
                                           &batch, asking->error) != 0) {
            return batch.rows ? -1 : error_memory(asking->error);
        }
        if (sift_batch(differing, &batch, most, until) != 0) {
            return -1;
        }
        if (batch.count == SIFT_ROWS) {
            want.after_kind = batch.rows[SIFT_ROWS - 1].kind;
            want.after_uid = batch.rows[SIFT_ROWS - 1].uid;
        }
    } while (batch.count == SIFT_ROWS && differing->count < most && !differing->stopped);
    return 0;
}

/* ---- a page ---- */

/* Where a page begins or ends: "KIND ID". */
static void put_place(struct asking *asking, const char *name, const struct resource_row *row)
{
    struct text place = {0};
    text_addf(&place, "%s %s", row->kind, row->uid);
    parcel_put(asking->reply, name, text_bytes(&place));
    text_free(&place);
}

/* The rows of this page, and one more where there is one. */
static int read_page(struct differing *differing, int64_t limit)
{
    struct asking *asking = differing->asking;
    const char *before = asked(asking, "before"), *after = asked(asking, "after");
    const char *place = before ? before : after;
    size_t kind = place ? strcspn(place, " ") : 0;
    struct resource_want want = {.vendor = differing->vendor.id,
                                 .kind = asked(asking, "kind"),
                                 .differs = differing->run.id,
                                 .after_kind =
                                     place ? arena_text(asking->arena, place, kind) : NULL,
                                 .after_uid = place && place[kind] ? place + kind + 1 : "",
                                 .back = before || parcel_yes(asking->request, "last"),
                                 .limit = limit + 1};
    differing->back = want.back;
    differing->rows = arena_array(asking->arena, (size_t)limit + 1, sizeof *differing->rows);
    return !differing->rows ? error_memory(asking->error)
           : differing->query.count > 0
               ? sift(differing, want)
               : store_resources(asking->counter->store, &want, asking->arena, keep, differing,
                                 asking->error);
}

/* Where the next page begins, FIRST and LAST being the ends of this one. */
static void put_places(struct differing *differing, bool more, const struct resource_row *first,
                       const struct resource_row *last)
{
    struct asking *asking = differing->asking;
    const struct resource_row *stopped = more ? NULL : differing->stopped;
    bool back = differing->back;
    if (stopped) {
        put_place(asking, back ? "prev" : "next", stopped);
    }
    if (last && (back ? asked(asking, "before") != NULL : more)) {
        put_place(asking, "next", last);
    }
    if (first && !(back && stopped) && (back ? more : asked(asking, "after") != NULL)) {
        put_place(asking, "prev", first);
    }
}

static int show_page(struct differing *differing)
{
    struct asking *asking = differing->asking;
    int64_t limit = parcel_int(asking->request, "limit", PAGE);
    limit = limit < 1 || limit > PAGE_MOST ? PAGE_MOST : limit;
    int status = read_page(differing, limit);
    size_t count = differing->count > (size_t)limit ? (size_t)limit : differing->count;
    bool more = differing->count > count, back = differing->back;
    for (size_t i = 0; i < count && status == 0; i++) {
        status = show(differing, &differing->rows[back ? count - 1 - i : i]);
    }
    const struct resource_row *ends[] = {differing->rows, &differing->rows[count ? count - 1 : 0]};
    if (status == 0) {
        put_places(differing, more, count ? ends[back] : NULL, count ? ends[!back] : NULL);
    }
    return status;
}

/* ---- the verb ---- */

static int no_run(struct asking *asking)
{
    const char *run = asked(asking, "run");
    return error_set(asking->error, ERROR_NOT_FOUND, N_("there is no run %1"), run ? run : "0",
                     NULL);
}

/* The run that is asked for. */
static int run_asked(struct differing *differing)
{
    struct asking *asking = differing->asking;
    struct store *store = asking->counter->store;
    int there = store_run(store, parcel_int(asking->request, "run", 0), asking->arena,
                          &differing->run, asking->error);
    if (there == 1 && store_vendor_by_id(store, differing->run.vendor, asking->arena,
                                         &differing->vendor, asking->error) != 0) {
        return -1;
    }
    const char *name = asked(asking, "vendor");
    bool other = there == 1 && name && strcmp(name, differing->vendor.name) != 0;
    return there < 0 ? -1 : there == 0 || other ? no_run(asking) : 0;
}

/* The latest of a vendor that waits, else the one in force. */
static int run_of_vendor(struct differing *differing)
{
    struct asking *asking = differing->asking;
    struct store *store = asking->counter->store;
    if (vendor_named(asking, &differing->vendor) != 0) {
        return -1;
    }
    int there = store_run_pending(store, differing->vendor.id, asking->arena, &differing->run,
                                  asking->error);
    if (there == 0 || (there == 1 && differing->run.state != SYNC_STAGED)) {
        there =
            store_run(store, differing->vendor.run, asking->arena, &differing->run, asking->error);
    }
    return there < 0 ? -1 : there == 0 ? no_run(asking) : 0;
}

static void put_run(struct differing *differing)
{
    struct parcel *reply = differing->asking->reply;
    const struct run_row *run = &differing->run;
    parcel_put(reply, "vendor", differing->vendor.name);
    parcel_put_int(reply, "run", run->id);
    parcel_put(reply, "staged", run->state == SYNC_STAGED ? "yes" : "no");
    parcel_put_moment(reply, "at", to_local(differing->asking->counter, run->began));
    parcel_put_int(reply, "rows", run->count.rows);
    parcel_put_int(reply, "made", run->count.made);
    parcel_put_int(reply, "changed", run->count.changed);
    parcel_put_int(reply, "gone", run->count.gone);
}

int verb_differences(struct asking *asking)
{
    static const struct column columns[] = {{"kind", CELL_NAME, N_("kind")},
                                            {"uid", CELL_NAME, N_("id")},
                                            {"name", CELL_NAME, N_("name")},
                                            {"how", CELL_NAME, N_("difference")},
                                            {"project", CELL_NAME, N_("project")},
                                            {"org", CELL_TEXT, N_("organisation")},
                                            {"system", CELL_TEXT, N_("system")},
                                            {"code", CELL_NAME, N_("code")},
                                            {"was_vcpus", CELL_NUMBER, N_("cores before")},
                                            {"vcpus", CELL_NUMBER, N_("cores")},
                                            {"was_ram", CELL_NUMBER, N_("memory before, MiB")},
                                            {"ram", CELL_NUMBER, N_("memory, MiB")},
                                            {"was_disk", CELL_NUMBER, N_("disk before, GiB")},
                                            {"disk", CELL_NUMBER, N_("disk, GiB")},
                                            {"changes", CELL_TEXT, N_("changes")},
                                            {"verdict", CELL_NAME, N_("verdict")},
                                            {"drift", CELL_TEXT, N_("drift")},
                                            {"shown", CELL_TEXT, N_("given → there")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"case", CELL_NAME, N_("case")},
                                            {"resource", CELL_NAME, N_("resource")}};
    struct differing differing = {.asking = asking, .making = judging_now(asking)};
    if (must_see_inventory(asking) != 0 ||
        (asked(asking, "run") ? run_asked(&differing) : run_of_vendor(&differing)) != 0) {
        return -1;
    }
    put_run(&differing);
    differing.judging.vendor = differing.vendor.id;
    differing.judging.run = differing.run.id;
    differing.table =
        parcel_table(asking->reply, "differences", columns, sizeof columns / sizeof *columns);
    return differ_query_read(asking, asked(asking, "query"), &differing.query) != 0 ||
                   judging_begin(&differing.judging, &differing.making) != 0
               ? -1
               : show_page(&differing);
}
