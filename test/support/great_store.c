/* great_store.c: a workspace of very many cases. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "test/support/great_store.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/act.h"
#include "data/store/db_sqlite.h"
#include "data/store/periods.h"
#include "data/store/schema.h"
#include "test/support/great_city.h"
#include "test/support/great_course.h"

enum {
    TOGETHER = 400, /* cases that go on side by side */
    WEEK = 7,
    KEPT_DAYS = 7,   /* then the cases that were open are all late */
    OPEN_DAYS = 10,  /* the open ones had their last act in these days */
    CLOSED_DAYS = 45 /* the closed ones had it before */
};

struct making {
    struct asking asking;
    struct visitor visitor;
    struct parcel request, reply;
    struct error *error;
    struct courses courses;
    int32_t first, today; /* FIRST: a Monday */
    int64_t made, all;
};

/* One of those that go on side by side. */
struct growing {
    const struct course *course;
    struct city_case what;
    struct casework work;
    int32_t shift;
    int64_t unit, clerk;
};

/* ---- one act ---- */

static int64_t person_now(const struct growing *growing, int64_t person)
{
    return person == growing->course->unit    ? growing->unit
           : person == growing->course->clerk ? growing->clerk
                                              : person;
}

static int begin(struct making *making, struct growing *growing, int64_t index)
{
    struct counter *counter = making->asking.counter;
    city_case(index, &growing->what);
    const struct entry *org = book_by_code(counter, BOOK_ORG, growing->what.org);
    const struct entry *unit = book_by_code(counter, BOOK_PERSON, growing->what.org);
    const struct entry *clerk =
        org->parent ? book_by_code(counter, BOOK_PERSON, org->parent->thing.code) : NULL;
    growing->unit = unit->thing.id;
    growing->clerk = clerk ? clerk->thing.id : 0;
    int32_t procedure = procedure_named(counter->current->policy, "access");
    return case_new(&making->asking, &growing->work, counter->current, procedure, org, NULL);
}

static int go_on(struct making *making, struct growing *growing, int i)
{
    struct asking *asking = &making->asking;
    const struct record *like = &growing->course->records.items[i];
    struct text facts = {0};
    struct chain_head head;
    course_facts(growing->course, i, text_bytes(&growing->what.title), growing->shift, &facts);
    int64_t effective = like->effective + (int64_t)growing->shift * DAY_SECONDS;
    if (store_head(asking->counter->store, &head, asking->error) != 0) {
        return -1;
    }
    asking->utc = to_utc(asking->counter, effective);
    asking->utc = asking->utc < head.recorded ? head.recorded : asking->utc;
    asking->now = to_local(asking->counter, asking->utc);
    struct record record = {.event = like->event,
                            .actor = person_now(growing, like->actor),
                            .role = like->role,
                            .effective = effective,
                            .recorded = asking->utc,
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length,
                            .body = like->body};
    int status = casework_append(asking, &growing->work, &record);
    if (status == 0 && i == COURSE_ACTS - 1) {
        status = deed_settle(asking, &growing->work, NULL, &record);
    }
    text_free(&facts);
    return status;
}

/* ---- many ---- */

/* One of those that end so, each as often as the others. */
static const struct course *choose(const struct courses *courses, int64_t index, bool closed,
                                   bool county)
{
    const struct course *fit[COURSES_MOST];
    int count = 0;
    for (int i = 0; i < courses->count; i++) {
        const struct course *course = &courses->items[i];
        if (course->closed == closed && course->county == county) {
            fit[count++] = course;
        }
    }
    return fit[index % count];
}

/* COUNT cases that are CLOSED or not, of which the last act fell on ENDS, or up to a week before.
 */
static int make_together(struct making *making, int count, bool closed, int32_t ends)
{
    static struct growing all[TOGETHER];
    const struct courses *courses = &making->courses;
    struct counter *counter = making->asking.counter;
    making->asking.arena = arena_new();
    int status = counter_begin(counter, making->error);
    for (int i = 0; i < count && status == 0; i++) {
        struct growing *growing = &all[i];
        status = begin(making, growing, making->made + i);
        growing->course = choose(courses, making->made + i, closed, growing->what.county);
        /* by whole weeks, so that working days stay what they are */
        int32_t shift = ends - growing->course->ends;
        growing->shift = shift - ((shift % WEEK) + WEEK) % WEEK;
    }
    for (int step = 0; step < COURSE_ACTS && status == 0; step++) {
        for (int i = 0; i < count && status == 0; i++) {
            status = go_on(making, &all[i], step);
        }
    }
    for (int i = 0; i < count; i++) {
        casework_free(&all[i].work);
    }
    making->made += count;
    arena_free(making->asking.arena);
    return status ? (counter_rollback(counter), -1) : counter_commit(counter, making->error);
}

static int make_cases(struct making *making, int64_t count, bool closed)
{
    int32_t from = closed ? making->first : making->today - OPEN_DAYS;
    int32_t until = making->today - (closed ? CLOSED_DAYS : 0);
    int status = 0;
    for (int64_t done = 0; done < count && status == 0; done += TOGETHER) {
        int64_t left = count - done, now = left < TOGETHER ? left : TOGETHER;
        int32_t ends = from + (int32_t)((until - from) * done / count);
        status = make_together(making, (int)now, closed, ends);
        if (making->made / TOGETHER % 25 == 0) {
            fprintf(stderr, "\rgreat store: %3d %%", (int)(making->made * 100 / making->all));
        }
    }
    return status;
}

/* The duties, bills and scores of these years are no part of the store: they count as made. */
static int leave_out_duties(struct counter *counter, int32_t today, struct error *error)
{
    struct store *store = counter->store;
    int64_t registers = 0, policies = 0;
    if (counter_begin(counter, error) != 0) {
        return -1;
    }
    int status = store_mark(store, "registers", &registers, error);
    status = status ? status : store_mark(store, "policies", &policies, error);
    registers |= policies << 40; /* as periods.c has it */
    status = status ? status : store_mark_set(store, MARK_BEGAN, today, error);
    status = status ? status : store_mark_set(store, "periods_day", today, error);
    status = status ? status : store_mark_set(store, "periods_registers", registers, error);
    return status ? (counter_rollback(counter), -1) : counter_commit(counter, error);
}

static int fill(struct counter *counter, struct great_size size, int32_t today, struct error *error)
{
    struct making making = {.error = error, .today = today, .all = size.closed + size.open};
    making.visitor = (struct visitor){.owner = true, .now = MOMENT_NONE};
    making.asking = (struct asking){.counter = counter,
                                    .visitor = &making.visitor,
                                    .request = &making.request,
                                    .reply = &making.reply,
                                    .error = error};
    day_from_civil(2020, 1, 6, &making.first);
    char day[DAY_TEXT];
    sqlite3_exec(counter->store->db->sqlite,
                 "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;"
                 "PRAGMA wal_autocheckpoint=20000",
                 NULL, NULL, NULL);
    int status = city_enter(counter, day_format(making.first - WEEK, day), error);
    status = status ? status : courses_take(counter, making.first, &making.courses, error);
    making.first += 26 * WEEK;
    status = status ? status : book_refresh(counter, error);
    status = status ? status : make_cases(&making, size.closed, true);
    status = status ? status : make_cases(&making, size.open, false);
    fputs("\r                  \r", stderr);
    courses_free(&making.courses);
    parcel_free(&making.reply);
    status = status ? status : leave_out_duties(counter, today, error);
    return status ? status : db_checkpoint(counter->store->db, error);
}

/* ---- kept ---- */

static int drop(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

/* What tells this store from another: its day, its size, its schema. */
static void mark(struct great_size size, int32_t today, struct text *out)
{
    text_add_int(out, today);
    text_add(out, "\nclosed ");
    text_add_int(out, size.closed);
    text_add(out, " open ");
    text_add_int(out, size.open);
    text_addf(out, "\nschema %d\n", SCHEMA_VERSION);
}

static int make(const char *directory, struct great_size size, int32_t today, struct error *error)
{
    struct counter *counter = NULL;
    int32_t first;
    day_from_civil(2020, 1, 1, &first);
    int status = desk_make(directory, NULL, (int64_t)(first - WEEK) * DAY_SECONDS, error);
    status = status ? status : counter_open(directory, &counter, error);
    status = status ? status : fill(counter, size, today, error);
    counter_close(counter);
    return status;
}

/* In a process of its own: who measures afterwards starts programs with a memory as small as if the
 * store had been there. What went wrong is said there. */
static int make_apart(const char *directory, struct great_size size, int32_t today,
                      struct error *error)
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        status = make(directory, size, today, error);
        if (status) {
            fprintf(stderr, "great store: %s %s\n", error->sentence,
                    error->arg[0] ? error->arg[0] : "");
        }
        _exit(status ? 1 : 0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        return error_errno(error, "making the directory", directory, child < 0 ? errno : ECHILD);
    }
    return 0;
}

/* The store that PATH is the mark of is the one asked for: its day in *TODAY. */
static bool is_good(const char *path, struct great_size size, int32_t *today)
{
    struct text kept = {0}, good = {0}, ignored = {0};
    int32_t made = desk_read_text(path, &kept, &ignored) == 0
                       ? (int32_t)strtol(text_bytes(&kept), NULL, 10)
                       : 0;
    mark(size, made, &good);
    bool is = made > *today - KEPT_DAYS && made <= *today &&
              strcmp(text_bytes(&kept), text_bytes(&good)) == 0;
    *today = is ? made : *today;
    text_free(&kept);
    text_free(&good);
    text_free(&ignored);
    return is;
}

static int write_mark(const char *path, struct great_size size, int32_t today, struct error *error)
{
    struct text text = {0};
    FILE *file = fopen(path, "w");
    mark(size, today, &text);
    int status =
        file && fputs(text_bytes(&text), file) >= 0 ? 0 : error_errno(error, "write", path, errno);
    if (file) {
        fclose(file);
    }
    text_free(&text);
    return status;
}

int great_store(const char *directory, struct great_size size, int64_t *now, struct error *error)
{
    struct text path = {0};
    int64_t clock = (int64_t)time(NULL) + GREAT_ZONE;
    int32_t today = moment_day(clock);
    int status = 0;
    text_addf(&path, "%s.mark", directory);
    if (!is_good(text_bytes(&path), size, &today)) {
        fprintf(stderr, "great store: made anew in %s\n", directory);
        remove(text_bytes(&path));
        nftw(directory, drop, 16, FTW_DEPTH | FTW_PHYS);
        status = make_apart(directory, size, today, error);
        status = status ? status : write_mark(text_bytes(&path), size, today, error);
    }
    int64_t noon = moment_of(today, DAY_SECONDS / 2);
    *now = noon > clock ? noon : clock; /* a server goes by the clock: nobody acts before it */
    text_free(&path);
    return status;
}
