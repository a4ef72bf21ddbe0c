/*
 * fake_counter.c: a counter without a store, linked in place of the real one where the wire is
 * tested. It echoes what is asked, with how often it began and committed; some verbs do more.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/desk/counter.h"

extern char **environ;

enum { LINES_MOST = 256, SLOW_TURNS = 20000 };

struct counter {
    int64_t begins, commits, seq, kept_seq;
    bool inside, no_commit;
    char *lines[LINES_MOST]; /* of the log */
    size_t line_count;
    bool (*stop)(void *self);
    void *stop_self;
    void (*tell)(void *self, const struct headway *headway);
    void *tell_self;
};

static const struct column one_column[] = {{"line", CELL_TEXT, "line"}};

int counter_open(const char *directory, struct counter **out, struct error *error)
{
    struct stat info;
    *out = stat(directory, &info) == 0 ? calloc(1, sizeof **out) : NULL;
    return *out ? 0 : error_set(error, ERROR_ENVIRONMENT, "no workspace", NULL, NULL);
}

int counter_open_reading(const char *directory, struct counter **out, struct error *error)
{
    return counter_open(directory, out, error);
}

void counter_close(struct counter *counter)
{
    for (size_t i = 0; counter && i < counter->line_count; i++) {
        free(counter->lines[i]);
    }
    free(counter);
}

static void put_lines(const struct counter *counter, struct parcel *reply)
{
    struct table *table = parcel_table(reply, "log", one_column, 1);
    for (size_t i = 0; i < counter->line_count; i++) {
        table_text(table, counter->lines[i]);
    }
}

/* What the server made of its process. */
static void put_surroundings(struct parcel *reply)
{
    struct rlimit core = {1, 1};
    struct table *table = parcel_table(reply, "environment", one_column, 1);
    mode_t mask = umask(0077);
    for (char **at = environ; *at; at++) {
        table_text(table, *at);
    }
    getrlimit(RLIMIT_CORE, &core);
    parcel_put_int(reply, "umask", mask);
    parcel_put_int(reply, "core", (int64_t)core.rlim_cur);
    parcel_put_int(reply, "dumpable", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
}

static void put_big(int64_t size, struct parcel *reply)
{
    char *bytes = calloc(1, (size_t)size + 1);
    if (bytes) {
        parcel_put_n(reply, "big", bytes, (size_t)size);
    }
    free(bytes);
}

static int fail(struct parcel *reply, struct error *error)
{
    table_text(parcel_table(reply, "since", one_column, 1), "somebody else");
    parcel_put(reply, "rev", "7");
    return error_set4(error, ERROR_CONFLICT, "%1 was there before %2, %3 and %4", "a", "b", NULL,
                      "d");
}

bool counter_reads(const char *verb)
{
    return strcmp(verb, "slow") == 0;
}

void counter_heed(struct counter *counter, bool (*stop)(void *self), void *self)
{
    counter->stop = stop;
    counter->stop_self = self;
}

bool counter_takes_long(const char *verb)
{
    return verb && strcmp(verb, "long") == 0;
}

int counter_permit(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *errand, struct error *error)
{
    (void)counter;
    (void)visitor;
    parcel_put(errand, "verb", "long");
    parcel_put(errand, "end", parcel_get(request, "end"));
    return parcel_yes(request, "refused")
               ? error_set(error, ERROR_REFUSED, "not for him", NULL, NULL)
               : 0;
}

void counter_tell(struct counter *counter, void (*tell)(void *self, const struct headway *headway),
                  void *self)
{
    counter->tell = tell;
    counter->tell_self = self;
}

/* Says that it is at work, and goes on until it is recalled; with `end` it ends so. */
static int be_long(struct counter *counter, const char *end, struct error *error)
{
    struct headway headway = {.step = "acts", .done = 1, .of = 2};
    counter->tell(counter->tell_self, &headway);
    if (end && strcmp(end, "well") == 0) {
        return 0;
    }
    if (end) {
        abort();
    }
    for (int i = 0; i < SLOW_TURNS && !counter->stop(counter->stop_self); i++) {
        (void)poll(NULL, 0, 1);
    }
    return error_set(error, ERROR_INTERRUPTED, "recalled", NULL, NULL);
}

/* Goes on until it is stopped. */
static int be_slow(struct counter *counter, struct error *error)
{
    for (int i = 0; i < SLOW_TURNS && !counter->stop(counter->stop_self); i++) {
        (void)poll(NULL, 0, 1);
    }
    counter_log(counter, 0, "slow", "stopped");
    return error_set(error, ERROR_INTERRUPTED, "stopped", NULL, NULL);
}

int counter_answer(struct counter *counter, const struct visitor *visitor,
                   const struct parcel *request, struct parcel *reply, struct error *error)
{
    const char *verb = parcel_get(request, "verb");
    verb = verb ? verb : "";
    for (size_t i = 0; i < request->pair_count; i++) {
        const struct pair *pair = &request->pairs[i];
        parcel_put_n(reply, pair->name, pair->value, pair->length);
    }
    parcel_put_int(reply, "uid", visitor->uid);
    parcel_put(reply, "owner", visitor->owner ? "yes" : "no");
    parcel_put(reply, "inside", counter->inside ? "yes" : "no");
    parcel_put_int(reply, "begins", counter->begins);
    parcel_put_int(reply, "commits", counter->commits);
    if (strcmp(verb, "act") == 0) {
        counter->seq++;
    } else if (strcmp(verb, "fail") == 0) {
        return fail(reply, error);
    } else if (strcmp(verb, "slow") == 0) {
        return be_slow(counter, error);
    } else if (strcmp(verb, "long") == 0) {
        return be_long(counter, parcel_get(request, "end"), error);
    } else if (strcmp(verb, "die") == 0) {
        _exit(7);
    } else if (strcmp(verb, "log") == 0) {
        put_lines(counter, reply);
    } else if (strcmp(verb, "surroundings") == 0) {
        put_surroundings(reply);
    } else if (strcmp(verb, "big") == 0) {
        put_big(parcel_int(request, "size", 1 << 20), reply);
    }
    counter->no_commit |= strcmp(verb, "nocommit") == 0;
    parcel_put_int(reply, "seq", counter->seq);
    return 0;
}

int counter_begin(struct counter *counter, struct error *error)
{
    if (counter->inside) {
        return error_set(error, ERROR_ENVIRONMENT, "begun twice", NULL, NULL);
    }
    counter->inside = true;
    counter->begins++;
    counter->kept_seq = counter->seq;
    return 0;
}

int counter_commit(struct counter *counter, struct error *error)
{
    counter->inside = false;
    if (counter->no_commit) {
        counter->no_commit = false;
        return error_set(error, ERROR_ENVIRONMENT, "the disk is full", NULL, NULL);
    }
    counter->commits++;
    return 0;
}

void counter_rollback(struct counter *counter)
{
    counter->inside = false;
    counter->seq = counter->kept_seq;
}

int64_t counter_seq(struct counter *counter)
{
    return counter->seq;
}

int64_t counter_tick(struct counter *counter, int64_t *next, struct error *error)
{
    (void)error;
    *next = INT64_MAX;
    counter->seq += counter->seq == 0; /* the first time something is done */
    return 0;
}

void counter_log(struct counter *counter, uint32_t uid, const char *what, const char *outcome)
{
    struct text line = {0};
    (void)uid;
    text_addf(&line, "%s %s%s", what, outcome, counter->inside ? " inside" : "");
    if (counter->line_count < LINES_MOST) {
        counter->lines[counter->line_count++] = line.bytes;
    } else {
        text_free(&line);
    }
}
