/*
 * fuzz_desk.c: requests to a desk: whatever is asked of it, it answers or says why not.
 *
 * An input is requests, one a line: `LOGIN VERB TAB NAME=VALUE TAB …` (LOGIN `-`: the owner). They
 * are asked of a small bureau and taken back afterwards. Besides what sanitizers find, each reply
 * must go over a wire and come back, a failure must say what it is, and what reads writes no act.
 */
#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */

#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/day.h"
#include "data/desk.h"
#include "data/desk/counter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REQUESTS_MOST = 8 };

static struct counter *counter;
static char directory[] = "/tmp/yuntai-fuzz-XXXXXX";

/* ---- the bureau ---- */

static const char bureau[] =
    "- put\tkind=org\tcode=bureau\tname=市大数据局\tfact.roles=clerk, reviewer, leader\n"
    "- put\tkind=org\tcode=rsj\tname=市人社局\tfact.roles=unit\tfact.level=city\n"
    "- put\tkind=org\tcode=zyy\tname=中原云\tfact.roles=vendor\n"
    "- put\tkind=person\tcode=zhaoqm\tname=赵启明\tparent=bureau\tfact.roles=clerk\n"
    "- put\tkind=person\tcode=sunw\tname=孙伟\tparent=bureau\tfact.roles=leader, reviewer\n"
    "- put\tkind=person\tcode=limin\tname=李敏\tparent=rsj\tfact.roles=unit\n"
    "- put\tkind=product\tcode=VM\tname=VM\tfact.unit=台\tfact.cpu=8\tfact.memory=16\tfact.disk=9\n"
    "- put\tkind=system\tcode=s1\tname=社保平台\tparent=rsj\n"
    "limin open\tprocedure=access\tentry.info_system=社保平台\tentry.request=new\n"
    "zhaoqm act\tcase=access-2026-1\tevent=note\tnote=批注\n";

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

static void end(void)
{
    counter_close(counter);
    nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- a request ---- */

static const char *find(const char *from, const char *to, char wanted)
{
    const char *at = memchr(from, wanted, (size_t)(to - from));
    return at ? at : to;
}

static void put(struct parcel *request, const char *name, size_t length, const char *value,
                const char *end_of)
{
    struct text text = {0};
    text_add_n(&text, name, length);
    parcel_put_n(request, text_bytes(&text), value, (size_t)(end_of - value));
    text_free(&text);
}

static void read_request(const char *at, const char *end_of, struct parcel *request)
{
    const char *blank = find(at, end_of, ' ');
    const char *verb = blank < end_of ? blank + 1 : end_of, *tab = find(verb, end_of, '\t');
    put(request, "verb", 4, verb, tab);
    if (blank > at && *at != '-') {
        put(request, "as", 2, at, blank);
    }
    while (tab < end_of) {
        const char *name = tab + 1, *equals;
        tab = find(name, end_of, '\t');
        equals = find(name, tab, '=');
        if (equals < tab && !memchr(name, '\0', (size_t)(equals - name))) {
            put(request, name, (size_t)(equals - name), equals + 1, tab);
        }
    }
}

static void check_reply(const struct parcel *reply, int status, const struct error *error)
{
    struct parcel back = {0};
    struct text bytes = {0};
    if ((status != 0) != (error->code != ERROR_NONE) || (status != 0 && !error->sentence)) {
        abort();
    }
    if (reply->failed || !parcel_encode(reply, &bytes) ||
        !parcel_decode(bytes.bytes, bytes.length, &back) || back.pair_count != reply->pair_count ||
        back.table_count != reply->table_count) {
        abort();
    }
    for (size_t i = 0; i < reply->table_count; i++) {
        const struct table *table = reply->tables[i];
        if (table->cell_count % (size_t)table->column_count != 0) {
            abort(); /* a row that is not whole */
        }
    }
    parcel_free(&back);
    text_free(&bytes);
}

static int ask(const char *at, const char *end_of)
{
    struct parcel request = {0}, reply = {0};
    struct error error = {0};
    struct visitor visitor = {.owner = true, .now = MOMENT_NONE};
    moment_parse("2026-03-02 09:00", 16, &visitor.now);
    read_request(at, end_of, &request);
    int64_t before = counter_seq(counter);
    int status = counter_answer(counter, &visitor, &request, &reply, &error);
    check_reply(&reply, status, &error);
    const char *verb = parcel_get(&request, "verb");
    if ((status != 0 || counter_reads(verb ? verb : "")) && counter_seq(counter) != before) {
        abort();
    }
    parcel_free(&request);
    parcel_free(&reply);
    error_free(&error);
    return status;
}

/* Number of requests that were done. */
static int ask_all(const char *at, const char *end_of, int most)
{
    int done = 0;
    for (int i = 0; i < most && at < end_of; i++) {
        const char *line = find(at, end_of, '\n');
        done += ask(at, line) == 0;
        at = line + (line < end_of);
    }
    return done;
}

static void begin(void)
{
    struct error error = {0};
    struct text workspace = {0};
    int64_t now = 0;
    moment_parse("2026-03-01", 10, &now);
    if (!mkdtemp(directory)) {
        abort();
    }
    text_addf(&workspace, "%s/workspace", directory);
    if (desk_make(text_bytes(&workspace), NULL, now, &error) != 0 ||
        counter_open(text_bytes(&workspace), &counter, &error) != 0) {
        fprintf(stderr, "%s %s\n", error.sentence, error.arg[0] ? error.arg[0] : "");
        abort();
    }
    atexit(end);
    text_free(&workspace);
    if (ask_all(bureau, bureau + strlen(bureau), 100) != 10) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    if (!counter) {
        begin();
    }
    if (counter_begin(counter, &error) != 0) {
        abort();
    }
    ask_all((const char *)data, (const char *)data + size, REQUESTS_MOST);
    counter_rollback(counter);
    return 0;
}
