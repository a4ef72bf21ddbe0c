/* make.c: a new workspace: its store, keys, policy and calendar. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/inside.h"
#include "data/paths.h"
#include "data/store/periods.h"
#include "data/workspace.h"

static int read_shipped(const char *name, struct text *out, struct error *error)
{
    struct text path = {0}, wrong = {0};
    int status = data_path(name, &path);
    status = status ? status : desk_read_text(text_bytes(&path), out, &wrong);
    if (status != 0) {
        error_set(error, ERROR_ENVIRONMENT, N_("%1, which comes with the program, is not there"),
                  name, NULL);
    }
    text_free(&path);
    text_free(&wrong);
    return status;
}

static int read_policy(const char *path, struct text *out, struct error *error)
{
    if (!path) {
        return read_shipped("policy/zhengzhou-2019-53.ini", out, error);
    }
    int status = desk_read_file(path, out, error);
    if (status != 0 && error->code == ERROR_ENVIRONMENT) {
        error->code = ERROR_NOT_FOUND; /* it was named on the command line */
    }
    return status;
}

/* From which day the record goes, and whether the machine's clock keeps its time. */
static int set_marks(struct store *store, int64_t now, bool by_clock, struct error *error)
{
    int status = store_mark_set(store, MARK_BEGAN, moment_day(now), error);
    return status ? status : store_mark_set(store, MARK_BY_CLOCK, by_clock, error);
}

/* The first acts of the record: the notices of the calendar and the policy. */
static int first_acts(struct counter *counter, const char *policy, const char *csv, int64_t said,
                      struct error *error)
{
    int64_t now = said == MOMENT_NONE ? (int64_t)time(NULL) : said;
    struct visitor visitor = {.uid = (uint32_t)getuid(), .owner = true, .now = now};
    struct parcel request = {0}, reply = {0};
    struct asking asking = {.counter = counter,
                            .visitor = &visitor,
                            .request = &request,
                            .reply = &reply,
                            .error = error,
                            .arena = arena_new(),
                            .keeps = ~0u,
                            .sees_all = true};
    parcel_put(&request, "text", policy);
    asking.utc = now;
    asking.now = now;
    int status = asking.arena ? book_refresh(counter, error) : error_memory(error);
    status = status ? status : db_begin(counter->store->db, error);
    if (status == 0) {
        status = notices_enter(&asking, csv, strlen(csv));
        status = status ? status : verb_adopt(&asking);
        status = status ? status : set_marks(counter->store, now, said == MOMENT_NONE, error);
        status =
            status ? (db_rollback(counter->store->db), -1) : db_commit(counter->store->db, error);
    }
    arena_free(asking.arena);
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

static int begin_record(const char *directory, const char *policy, const char *csv, int64_t now,
                        struct error *error)
{
    struct counter counter = {0};
    counter.pinyin = pinyin_shipped(error);
    int status = counter.pinyin ? store_open(directory, false, &counter.store, error) : -1;
    status = status ? status : first_acts(&counter, policy, csv, now, error);
    book_free(&counter.book);
    calendar_free(counter.calendar);
    pinyin_free(counter.pinyin);
    store_close(counter.store);
    return status;
}

/* What was begun in a directory that was empty before. */
static void take_back(const char *directory)
{
    static const char *const files[] = {"desk.db-journal", "desk.db-wal", "desk.db-shm",
                                        "desk.db",         "desk.lock",   "keys/sign.pem",
                                        "keys/sign.pub"};
    struct text path = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        text_clear(&path);
        text_addf(&path, "%s/%s", directory, files[i]);
        if (!path.failed) {
            unlink(text_bytes(&path));
        }
    }
    text_free(&path);
}

static int make_in(const char *directory, const struct rulebook *rulebook, const char *policy,
                   const char *csv, int64_t now, struct error *error)
{
    if (workspace_make(directory, error) != 0) {
        return -1;
    }
    int status = store_make(directory, rulebook->policy->title.zh, error);
    if (status != 0 && error->code == ERROR_USAGE) {
        return -1; /* another was there first: it is his */
    }
    status = status ? status : keys_make(directory, error);
    status = status ? status : begin_record(directory, policy, csv, now, error);
    if (status != 0) {
        take_back(directory);
    }
    return status;
}

int desk_make(const char *directory, const char *policy_path, int64_t now, struct error *error)
{
    struct text policy = {0}, csv = {0};
    struct rulebook *rulebook = NULL;
    int status = read_policy(policy_path, &policy, error);
    status = status ? status : read_shipped("calendar/cn.csv", &csv, error);
    if (status == 0) {
        /* what cannot be adopted leaves no workspace behind */
        rulebook = rulebook_make(text_bytes(&policy), policy.length, "", error);
        status = rulebook ? 0 : -1;
    }
    status = status
                 ? status
                 : make_in(directory, rulebook, text_bytes(&policy), text_bytes(&csv), now, error);
    rulebook_free(rulebook);
    text_free(&policy);
    text_free(&csv);
    return status;
}
