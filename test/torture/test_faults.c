/*
 * test_faults.c: a day at the desk while the disk or the memory fails, at every call there is.
 *
 * One walk of acts is gone through again and again, each time in a new copy of one workspace, and
 * each time another call fails. What was refused says so clearly, and can be done when it is tried
 * again; what was acknowledged is there once; the record verifies. YUNTAI_TORTURE=yes: every call
 * of the disk, every allocation up to the 500th and then in steps of five in a hundred; else a
 * part.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <unistd.h>

#include "core/day.h"
#include "data/desk.h"
#include "data/desk/inside.h"
#include "data/exchange/copy.h"
#include "test/support/fault.h"
#include "test/support/papers.h"

enum { DAY_OF_WALK = 1772409600 }; /* UTC seconds of 2026-03-02 */

/* ---- the walk ---- */

static const struct doing {
    const char *verb;
    const char *mark;  /* found in the one act this becomes; NULL: none */
    const char *pairs; /* name=value, one a line; {case}, {upload}: as an answer before it said */
} doings[] = {
    {"put", "mark-org", "kind=org\ncode=mark-org\nname=市卫健委\nfact.roles=unit\n"},
    {"put", "mark-person",
     "kind=person\ncode=mark-person\nname=王芳\nparent=rsj\nfact.roles=unit\n"},
    {"open", "mark-open",
     "procedure=access\nas=limin\nentry.info_system=社保平台\nentry.request=new\n"
     "entry.purpose=mark-open\nentry.contact=李敏\nentry.phone=0371-60000000\n"
     "entry.classified=no\nentry.lawful=yes\nentry.mlps_level=2\n"
     "entry.network=government_network\nentry.go_live=2026-12-31\nentry.trial_days=30\n"
     "entry.redundancy=20\nentry.reclaim_cpu=20\nentry.reclaim_memory=30\n"
     "entry.item.VM.quantity=4\nentry.item.VM.dr=yes\nentry.request_form=yes\n"
     "entry.cloud_plan=yes\n"},
    {"act", "mark-note", "case={case}\nevent=note\nnote=mark-note\nas=zhaoqm\n"},
    {"upload", NULL, "part=关于申请使用政务云资源的函\nas=zhaoqm\n"},
    {"attach", "mark-paper", "case={case}\nupload={upload}\nname=mark-paper.txt\nas=zhaoqm\n"},
    {"act", "mark-in", "case={case}\nevent=submit\nnote=mark-in\nas=limin\n"},
    {"draft", NULL, "case={case}\nevent=accept\nfield=remark\nvalue=草稿\nas=zhaoqm\n"},
    {"act", "mark-yes", "case={case}\nevent=accept\nnote=mark-yes\nas=zhaoqm\n"},
    {"checkpoint", NULL, ""},
    {"list", NULL, "as=zhaoqm\n"},
};
enum { DOINGS = sizeof doings / sizeof *doings };

static const struct doing before[] = {
    {"put", NULL, "kind=org\ncode=bureau\nname=市大数据局\nfact.roles=clerk\n"},
    {"put", NULL, "kind=org\ncode=rsj\nname=市人社局\nfact.roles=unit\nfact.level=city\n"},
    {"put", NULL, "kind=person\ncode=zhaoqm\nname=赵启明\nparent=bureau\nfact.roles=clerk\n"},
    {"put", NULL, "kind=person\ncode=limin\nname=李敏\nparent=rsj\nfact.roles=unit\n"},
    {"put", NULL,
     "kind=product\ncode=VM\nname=云主机\nfact.kind=virtual\nfact.unit=台\nfact.cpu=8\n"
     "fact.memory=16\nfact.disk=200\nfact.domestic=yes\n"},
};

struct day {
    struct text directory;
    struct counter *counter;
    char *number, *upload; /* {case}, {upload} */
    bool said[DOINGS];     /* acknowledged */
    struct text wrong;     /* what went otherwise than it should */
    long at;               /* the call that fails */
    bool memory;           /* of the memory: it is said to be short, and nothing else */
};

static void wrong(struct day *day, const char *what, const char *how)
{
    if (day->wrong.length < 4000) {
        text_addf(&day->wrong, "call %d: %s: %s\n", (int)day->at, what, how);
    }
}

/* What ERROR, which is none afterwards, says. */
static void wrong_error(struct day *day, const char *what, struct error *error)
{
    struct text text = {0};
    error_text(error, NULL, &text);
    wrong(day, what, text_bytes(&text));
    text_free(&text);
    error_free(error);
}

static void remember(char **kept, const char *value)
{
    if (value) {
        free(*kept);
        *kept = strdup(value);
        assert_non_null(*kept);
    }
}

static int do_one(struct day *day, const struct doing *doing, struct parcel *reply,
                  struct error *error)
{
    struct visitor visitor = {.uid = (uint32_t)getuid(),
                              .owner = true,
                              .now = moment_of(DAY_OF_WALK / DAY_SECONDS, 9 * 3600)};
    struct parcel request = {0};
    parcel_put(&request, "verb", doing->verb);
    for (const char *at = doing->pairs, *end; (end = strchr(at, '\n')); at = end + 1) {
        const char *value = strchr(at, '=') + 1;
        struct text name = {0};
        text_add_n(&name, at, (size_t)(value - 1 - at));
        if (strncmp(value, "{case}", 6) == 0) {
            parcel_put(&request, text_bytes(&name), day->number);
        } else if (strncmp(value, "{upload}", 8) == 0) {
            parcel_put(&request, text_bytes(&name), day->upload);
        } else {
            parcel_put_n(&request, text_bytes(&name), value, (size_t)(end - value));
        }
        request.failed |= name.failed;
        text_free(&name);
    }
    int status = request.failed ? error_memory(error)
                                : counter_answer(day->counter, &visitor, &request, reply, error);
    parcel_free(&request);
    return status;
}

/* OpenSSL does not always say why it gave up. */
static bool says_memory(const struct error *error)
{
    return strstr(error->sentence, "memory is short") != NULL;
}

/* In between no call fails: what is remembered is the test's own. */
static int try_one(struct day *day, int index)
{
    struct parcel reply = {0};
    struct error error = {0};
    int status = do_one(day, &doings[index], &reply, &error);
    if (status == 0) {
        day->said[index] = true;
    } else if (error.code != ERROR_ENVIRONMENT || (day->memory && !says_memory(&error))) {
        wrong_error(day, doings[index].verb, &error);
    }
    error_free(&error);
    if (status == 0 && strcmp(doings[index].verb, "open") == 0) {
        remember(&day->number, parcel_get(&reply, "case"));
    }
    if (status == 0 && strcmp(doings[index].verb, "upload") == 0) {
        remember(&day->upload, parcel_get(&reply, "upload"));
    }
    parcel_free(&reply);
    return status;
}

static bool can_try(const struct day *day, int index)
{
    return (day->number || !strstr(doings[index].pairs, "{case}")) &&
           (day->upload || !strstr(doings[index].pairs, "{upload}"));
}

/* What was refused is tried once more; an upload that the disk refused is sent again before. */
static void walk(struct day *day, bool again)
{
    for (int i = 0; i < DOINGS; i++) {
        if (!can_try(day, i) || try_one(day, i) == 0 || !again) {
            continue;
        }
        bool attaches = strcmp(doings[i].verb, "attach") == 0;
        if ((attaches && try_one(day, i - 1) != 0) || try_one(day, i) != 0) {
            wrong(day, doings[i].verb, "refused again, though nothing fails any more");
        }
    }
}

/* ---- what must hold afterwards ---- */

static int64_t marked(struct day *day, const char *mark)
{
    struct error error = {0};
    struct text pattern = {0};
    int64_t count = -1;
    bool found;
    text_addf(&pattern, "%%%s%%", mark);
    assert_int_equal(db_number(day->counter->store->db, &error, &count, &found,
                               "SELECT COUNT(*) FROM act WHERE facts LIKE $1 OR body LIKE $1", "t",
                               text_bytes(&pattern)),
                     0);
    text_free(&pattern);
    return count;
}

/* UNSURE: a commit that failed may be found done when the store is opened again. */
static void check(struct day *day, bool unsure)
{
    struct parcel reply = {0};
    struct error error = {0};
    static const struct doing verify = {"verify", NULL, ""};
    static const struct doing more = {"put", NULL, "kind=org\ncode=more\nname=市教育局\n"};
    for (int i = 0; i < DOINGS; i++) {
        int64_t count = doings[i].mark ? marked(day, doings[i].mark) : day->said[i];
        if (count > 1 || (day->said[i] && count != 1) || (!day->said[i] && count != 0 && !unsure)) {
            wrong(day, doings[i].mark ? doings[i].mark : doings[i].verb,
                  day->said[i] ? "acknowledged, and not there once" : "refused, and there");
        }
    }
    if (do_one(day, &verify, &reply, &error) != 0) {
        const struct table *table = parcel_find(&reply, "wrong");
        wrong(day, "verify", table && table_rows(table) ? table_at(table, 0, 0) : "");
        wrong_error(day, table && table_rows(table) ? table_at(table, 0, 1) : "verify", &error);
    }
    parcel_free(&reply);
    if (do_one(day, &more, &reply, &error) != 0) {
        wrong_error(day, "the desk does not go on", &error);
    }
    parcel_free(&reply);
}

/* ---- one day ---- */

static struct text template; /* the workspace that is copied */

static int open_files(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

static void remove_all(struct text *directory)
{
    papers_below(text_bytes(directory), true);
    text_free(directory);
}

static int open_counter(struct day *day, struct error *error)
{
    int status = counter_open(text_bytes(&day->directory), &day->counter, error);
    if (status == 0) {
        documents_set_io(day->counter->documents, &fault_document_io);
    }
    return status;
}

/* A desk that moves from one workspace to the next, to act there or to look at what is left: with
 * the policy compiled once, since all of them are copies of one. */
static struct counter *moving;

static int move_into(struct day *day, struct error *error)
{
    struct counter *counter = moving;
    char *directory = strdup(text_bytes(&day->directory));
    assert_non_null(directory);
    store_close(counter->store);
    documents_close(counter->documents);
    free(counter->directory);
    counter->store = NULL;
    counter->documents = NULL;
    counter->directory = directory;
    counter->policy_mark = counter->calendar_mark = -1; /* all else is read anew */
    int status = store_open(directory, false, &counter->store, error);
    counter->documents = status ? NULL : documents_open(directory, error);
    if (counter->documents) {
        documents_set_io(counter->documents, &fault_document_io);
    }
    day->counter = counter->documents ? counter : NULL;
    return day->counter ? 0 : -1;
}

/* Opens, though a call fails meanwhile; then once more. */
static void open_through(struct day *day, bool sticks)
{
    struct error error = {0};
    bool hit;
    if (open_counter(day, &error) == 0) {
        return;
    }
    if (error.code != ERROR_ENVIRONMENT || (day->memory && !says_memory(&error))) {
        wrong_error(day, "opening", &error);
    }
    error_free(&error);
    if (sticks) {
        fault_end(&hit);
    }
    if (open_counter(day, &error) != 0) {
        wrong_error(day, "opening again", &error);
    }
}

static void day_begin(struct day *day, long at)
{
    char directory[] = "/tmp/yuntai-faults-XXXXXX";
    struct error error = {0};
    *day = (struct day){.at = at};
    assert_non_null(mkdtemp(directory));
    text_add(&day->directory, directory);
    assert_int_equal(copy_folder(&(struct copying){0}, text_bytes(&template), directory, &error),
                     0);
}

/* At a desk that has read what it needs before anything fails. */
static void begin_in(struct day *day)
{
    static const struct doing look = {"list", NULL, "as=zhaoqm\n"};
    struct parcel reply = {0};
    struct error error = {0};
    assert_int_equal(move_into(day, &error), 0);
    assert_int_equal(do_one(day, &look, &reply, &error), 0);
    parcel_free(&reply);
}

/* False: there is no such call. Without OPENING the store is open before anything fails. */
static bool go_through(struct fault fault, bool opening, struct text *out)
{
    struct day day;
    struct error error = {0};
    bool hit;
    int files = open_files();
    day_begin(&day, fault.at);
    day.memory = fault.kind == FAULT_MEMORY;
    if (!opening) {
        begin_in(&day);
    }
    fault_begin(fault);
    if (opening) {
        open_through(&day, fault.sticks);
    }
    if (day.counter) {
        walk(&day, !fault.sticks);
    }
    if (opening) {
        counter_close(day.counter);
    }
    fault_end(&hit);
    if (move_into(&day, &error) == 0) {
        check(&day, fault.sticks);
    } else {
        wrong_error(&day, "opening afterwards", &error);
    }
    if (open_files() != files) {
        wrong(&day, "files", "left open");
    }
    text_add(out, text_bytes(&day.wrong));
    text_free(&day.wrong);
    free(day.number);
    free(day.upload);
    remove_all(&day.directory);
    return hit;
}

/* ---- every call ---- */

/* "yes": at length; "all": every call there is, for an afternoon. */
static bool asked_for(const char *length)
{
    const char *said = getenv("YUNTAI_TORTURE");
    return said && strcmp(said, length) == 0;
}

static long next_call(long at, enum fault_kind kind)
{
    if (asked_for("all")) {
        return at + 1;
    }
    if (!asked_for("yes")) {
        return at + 1 + at / 4;
    }
    return kind == FAULT_DISK || at < 500 ? at + 1 : at + at / 20;
}

static void every_call(struct fault fault, bool opening, const char *what)
{
    struct text wrongs = {0};
    long tried = 0;
    fault.at = 1;
    while (go_through(fault, opening, &wrongs) && wrongs.length < 20000) {
        tried++;
        fault.at = next_call(fault.at, fault.kind);
    }
    print_message("figure %s: %ld points, up to call %ld\n", what, tried, fault.at);
    if (wrongs.length > 0) {
        print_message("%s", text_bytes(&wrongs));
    }
    bool well = wrongs.length == 0;
    text_free(&wrongs);
    assert_true(well);
    assert_true(tried > 10); /* it came to something */
}

static void the_disk_breaks(void **state)
{
    (void)state;
    every_call((struct fault){.kind = FAULT_DISK}, true, "the disk fails once");
}

static void the_disk_stays_broken(void **state)
{
    (void)state;
    every_call((struct fault){.kind = FAULT_DISK, .sticks = true}, true, "the disk fails for good");
}

static void the_disk_is_full(void **state)
{
    (void)state;
    every_call((struct fault){.kind = FAULT_DISK, .full = true, .sticks = true}, false,
               "the disk is full");
}

static void memory_is_short_at_first(void **state)
{
    (void)state;
    every_call((struct fault){.kind = FAULT_MEMORY}, true,
               "an allocation fails from the opening on");
}

static void memory_is_short(void **state)
{
    (void)state;
    every_call((struct fault){.kind = FAULT_MEMORY}, false, "an allocation fails in the walk");
}

/* ---- a workspace that is being made ---- */

/* What could not be made leaves nothing that is in the way of another try. */
static bool make_through(struct fault fault)
{
    char directory[] = "/tmp/yuntai-faults-XXXXXX";
    struct error error = {0};
    struct text path = {0};
    bool hit;
    assert_non_null(mkdtemp(directory));
    text_add(&path, directory);
    fault_begin(fault);
    int status = desk_make(directory, NULL, DAY_OF_WALK, &error);
    fault_end(&hit);
    if (status != 0) {
        assert_int_equal(error.code, ERROR_ENVIRONMENT);
        error_free(&error);
        assert_int_equal(desk_make(directory, NULL, DAY_OF_WALK, &error), 0);
    }
    struct day day = {.at = fault.at};
    text_add(&day.directory, directory);
    assert_int_equal(open_counter(&day, &error), 0);
    check(&day, false);
    counter_close(day.counter);
    print_message("%s", text_bytes(&day.wrong));
    assert_int_equal(day.wrong.length, 0);
    text_free(&day.directory);
    text_free(&day.wrong);
    remove_all(&path);
    return hit;
}

static void the_disk_fails_the_making(void **state)
{
    (void)state;
    struct fault fault = {.kind = FAULT_DISK, .at = 1, .sticks = true, .full = true};
    for (int tried = 0; make_through(fault); tried++) {
        fault.at = next_call(fault.at + tried / 8, fault.kind);
    }
    assert_true(fault.at > 20);
}

/* ---- */

static int make_template(void **state)
{
    (void)state;
    char directory[] = "/tmp/yuntai-faults-XXXXXX";
    struct error error = {0};
    struct parcel reply = {0};
    struct day day = {0};
    assert_non_null(mkdtemp(directory));
    text_add(&template, directory);
    text_add(&day.directory, directory);
    int status = desk_make(directory, NULL, DAY_OF_WALK, &error);
    status = status ? status : open_counter(&day, &error);
    for (size_t i = 0; status == 0 && i < sizeof before / sizeof *before; i++) {
        status = do_one(&day, &before[i], &reply, &error);
        parcel_free(&reply);
    }
    counter_close(day.counter);
    status = status ? status : counter_open(directory, &moving, &error);
    text_free(&day.directory);
    return status;
}

static int drop_template(void **state)
{
    (void)state;
    counter_close(moving);
    remove_all(&template);
    return 0;
}

/* With a NAME only that test. */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_disk_breaks),  cmocka_unit_test(the_disk_stays_broken),
        cmocka_unit_test(the_disk_is_full), cmocka_unit_test(memory_is_short_at_first),
        cmocka_unit_test(memory_is_short),  cmocka_unit_test(the_disk_fails_the_making),
    };
    fault_memory();
    fault_disk();
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, make_template, drop_template);
}
