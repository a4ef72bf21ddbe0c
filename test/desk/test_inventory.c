/* test_inventory.c: runs of a sync at the desk: one at a time, seen whole or not at all, chained.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/vendor/row.h"
#include "test/support/synced.h"

/* Who owns the workspace enters the bureau and its clerk, who takes in what vendors say. */
static void enter_clerk(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    synced_clerk(bureau);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

static int make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    enter_clerk(bureau);
    bureau_open(bureau, served);
    *state = bureau;
    return 0;
}

BUREAU_OVER_BOTH(make)

/* ---- what a vendor shows ---- */

static void show_server(struct text *rows, const char *uid, int64_t vcpus)
{
    struct seen seen = {.kind = "server",
                        .uid = uid,
                        .region = "main",
                        .project = "p-ga",
                        .name = uid,
                        .status = "ACTIVE",
                        .zone = "nova",
                        .vcpus = vcpus,
                        .ram = 2048 * vcpus,
                        .disk = 40,
                        .facts = "flavor=m1\n"};
    memcpy(seen.raw, uid, strlen(uid) < 8 ? strlen(uid) : 8);
    seen.raw[15] = (uint8_t)vcpus;
    assert_true(seen_put(&seen, rows));
}

static void assert_inventory(struct bureau *bureau, const char *expected)
{
    struct text seen = {0};
    bureau_must(bureau, "inventory", "vendor", "cloud-a", AS_CLERK, NULL);
    const struct table *table = parcel_find(&bureau->reply, "inventory");
    for (size_t i = 0; i < table_rows(table); i++) {
        text_addf(&seen, "%s:%s ", table_cell(table, i, "uid"), table_cell(table, i, "vcpus"));
    }
    assert_string_equal(text_bytes(&seen), expected);
    text_free(&seen);
}

static void stage(struct bureau *bureau, const char *run)
{
    bureau_must(bureau, "sync_end", "run", run, "result", "staged", "mark", "2026-01-05T00:00:00Z",
                "pages", "2", "bytes", "4096", AS_CLERK, NULL);
}

/* A first run is in force: a of two cores, b of four. */
static void first_run(struct bureau *bureau, struct text *run)
{
    struct text rows = {0};
    synced_begin(bureau, run);
    show_server(&rows, "a", 2);
    show_server(&rows, "b", 4);
    bureau_must(bureau, "sync_rows", "run", text_bytes(run), "rows", text_bytes(&rows), AS_CLERK,
                NULL);
    stage(bureau, text_bytes(run));
    bureau_must(bureau, "sync_apply", "run", text_bytes(run), AS_CLERK, NULL);
    text_free(&rows);
}

static void assert_verified(struct bureau *bureau)
{
    bureau_must(bureau, "verify", AS_CLERK, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "wrong")), 0);
}

/* ---- */

static void test_applied_whole(void **state)
{
    struct bureau *bureau = *state;
    struct text run = {0}, rows = {0};
    first_run(bureau, &run);
    assert_inventory(bureau, "a:2 b:4 ");
    synced_begin(bureau, &run);
    show_server(&rows, "a", 8);
    show_server(&rows, "c", 1);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "rows", text_bytes(&rows), "missed",
                "62000000000000000000000000000004", AS_CLERK, NULL);
    assert_inventory(bureau, "a:2 b:4 ");
    stage(bureau, text_bytes(&run));
    assert_int_equal(parcel_int(&bureau->reply, "made", -1), 1);
    assert_int_equal(parcel_int(&bureau->reply, "changed", -1), 1);
    assert_int_equal(parcel_int(&bureau->reply, "gone", -1), 1);
    assert_inventory(bureau, "a:2 b:4 ");
    bureau_must(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL);
    assert_inventory(bureau, "a:8 c:1 ");
    assert_int_not_equal(bureau_ask(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL),
                         0);
    bureau_must(bureau, "inventory", "vendor", "cloud-a", "uid", "b", "history", "yes", AS_CLERK,
                NULL);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "inventory"), 0, "state"), "gone");
    bureau_must(bureau, "thing", "kind", "vendor", "code", "cloud-a", AS_CLERK, NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "history")), 2);
    assert_verified(bureau);
    text_free(&run);
    text_free(&rows);
}

/* What was found to differ is looked at, and one of it left as it was. */
static void test_one_left_out(void **state)
{
    struct bureau *bureau = *state;
    struct text run = {0}, rows = {0};
    first_run(bureau, &run);
    synced_begin(bureau, &run);
    show_server(&rows, "a", 8);
    show_server(&rows, "b", 8);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "rows", text_bytes(&rows), AS_CLERK,
                NULL);
    stage(bureau, text_bytes(&run));
    bureau_must(bureau, "inventory", "vendor", "cloud-a", "differs", text_bytes(&run), AS_CLERK,
                NULL);
    assert_int_equal(table_rows(parcel_find(&bureau->reply, "inventory")), 2);
    bureau_must(bureau, "sync_leave", "run", text_bytes(&run), "kind", "server", "uid", "b",
                AS_CLERK, NULL);
    bureau_must(bureau, "sync_apply", "run", text_bytes(&run), AS_CLERK, NULL);
    assert_inventory(bureau, "a:8 b:4 ");
    text_free(&run);
    text_free(&rows);
}

static void test_given_up(void **state)
{
    struct bureau *bureau = *state;
    struct text run = {0}, rows = {0}, next = {0};
    first_run(bureau, &run);
    synced_begin(bureau, &run);
    show_server(&rows, "a", 8);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "rows", text_bytes(&rows), AS_CLERK,
                NULL);
    bureau_must(bureau, "sync_end", "run", text_bytes(&run), "result", "failed", "what",
                "503 Service Unavailable", "request", "GET /servers/detail", "page", "7", "packed",
                "512", "again", "compute/503/3", "services", "identity, compute 2.79", AS_CLERK,
                NULL);
    bureau_must(bureau, "sync", "vendor", "cloud-a", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "left"), text_bytes(&run));
    do {
        bureau_must(bureau, "sync_undo", "run", text_bytes(&run), AS_CLERK, NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
    synced_begin(bureau, &next);
    assert_inventory(bureau, "a:2 b:4 ");
    bureau_must(bureau, "runs", "vendor", "cloud-a", AS_CLERK, NULL);
    const struct table *runs = parcel_find(&bureau->reply, "runs");
    assert_string_equal(table_cell(runs, 1, "state"), "failed");
    assert_string_equal(table_cell(runs, 1, "page"), "7");
    assert_string_equal(table_cell(runs, 1, "packed"), "512");
    assert_string_equal(table_cell(runs, 1, "again"), "compute/503/3");
    assert_string_equal(table_cell(runs, 1, "services"), "identity, compute 2.79");
    text_free(&run);
    text_free(&rows);
    text_free(&next);
}

/* A second sync waits for nobody: it is told who is at it. Once that process is gone, the next one
 * begins, and the other cannot go on. */
static void test_one_at_a_time(void **state)
{
    struct bureau *bureau = *state;
    struct text socket = {0};
    int told[2];
    char byte;
    text_addf(&socket, "%s/desk.sock", text_bytes(&bureau->directory));
    assert_int_equal(pipe(told), 0);
    bool served = strcmp(desk_transport(bureau->desk), "socket") == 0;
    pid_t other = fork();
    if (other == 0) {
        struct desk_place place = {.workspace = text_bytes(&bureau->directory),
                                   .socket = served ? text_bytes(&socket) : "",
                                   .as = "zhao",
                                   .now = MOMENT_NONE};
        bool begun = desk_open(&place, &bureau->desk, &bureau->error) == 0 &&
                     bureau_ask(bureau, "sync", "vendor", "cloud-a", AS_CLERK, NULL) == 0;
        (void)!write(told[1], begun ? "y" : "n", 1);
        alarm(20); /* whatever becomes of the test */
        (void)pause();
        _exit(0);
    }
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_int_equal(bureau_ask(bureau, "sync", "vendor", "cloud-a", AS_CLERK, NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_CONFLICT);
    assert_string_equal(bureau->error.arg[2], "赵启明");
    assert_int_equal(bureau_ask(bureau, "sync_rows", "run", "1", AS_CLERK, NULL), -1);
    assert_int_equal(kill(other, SIGKILL), 0);
    assert_int_equal(waitpid(other, NULL, 0), other);
    bureau_must(bureau, "sync", "vendor", "cloud-a", AS_CLERK, NULL);
    bureau_must(bureau, "runs", AS_CLERK, NULL);
    assert_string_equal(table_cell(parcel_find(&bureau->reply, "runs"), 1, "state"), "failed");
    close(told[0]);
    close(told[1]);
    text_free(&socket);
}

static void assert_versions(struct bureau *bureau, const char *expected)
{
    struct text seen = {0};
    bureau_must(bureau, "metered", "vendor", "cloud-a", "uid", "a", AS_CLERK, NULL);
    const struct table *table = parcel_find(&bureau->reply, "metered");
    for (size_t i = 0; i < table_rows(table); i++) {
        text_addf(&seen, "%s:%s:%s ", table_cell(table, i, "month"), table_cell(table, i, "run"),
                  table_cell(table, i, "facts"));
    }
    assert_string_equal(text_bytes(&seen), expected);
    text_free(&seen);
}

/* Figures of use are versioned as resources are: unseen until in force, taken back when given up,
 * the same when they say the same. */
static void test_use_in_versions(void **state)
{
    static const char said[] = "month,resource,avg.cpu\n2025-12,a,10\n",
                      corrected[] = "month,resource,avg.cpu\n2025-12,a,12.5\n";
    struct bureau *bureau = *state;
    struct text run = {0};
    first_run(bureau, &run);
    synced_begin(bureau, &run);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "use", said, AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "use_made", -1), 1);
    assert_versions(bureau, "");
    synced_stage(bureau, text_bytes(&run), NULL, NULL, NULL);
    synced_apply(bureau, text_bytes(&run));
    assert_versions(bureau, "2025-12:2:avg.cpu=10\n ");
    synced_begin(bureau, &run);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "use", said, AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "use_changed", -1), 0);
    bureau_must(bureau, "sync_rows", "run", text_bytes(&run), "use", corrected, AS_CLERK, NULL);
    assert_int_equal(parcel_int(&bureau->reply, "use_changed", -1), 1);
    bureau_must(bureau, "sync_end", "run", text_bytes(&run), "result", "failed", AS_CLERK, NULL);
    do {
        bureau_must(bureau, "sync_undo", "run", text_bytes(&run), AS_CLERK, NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
    assert_versions(bureau, "2025-12:2:avg.cpu=10\n ");
    synced_begin(bureau, &run);
    synced_stage(bureau, text_bytes(&run), NULL, NULL, corrected);
    synced_apply(bureau, text_bytes(&run));
    assert_versions(bureau, "2025-12:4:avg.cpu=12.5\n 2025-12:2:avg.cpu=10\n ");
    assert_verified(bureau);
    text_free(&run);
}

static void test_no_use(void **state)
{
    static const char *const sheets[] = {
        "month,resource,avg.cpu\n2025-13,a,10\n",  "month,resource,avg.cpu\n2025-12,,10\n",
        "month,resource,avg.cpu\n2025-12,a,101\n", "month,resource,avg.cpu\n2025-12,a\n",
        "month,resource,other\n2025-12,a,1\n",     "resource,avg.cpu\na,10\n"};
    struct bureau *bureau = *state;
    struct text run = {0};
    synced_begin(bureau, &run);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        assert_int_equal(bureau_ask(bureau, "sync_rows", "run", text_bytes(&run), "use", sheets[i],
                                    AS_CLERK, NULL),
                         -1);
        assert_int_equal(bureau->error.code, ERROR_USAGE);
    }
    text_free(&run);
}

static void test_refused(void **state)
{
    struct bureau *bureau = *state;
    struct text run = {0};
    static const char *const verbs[] = {"sync",      "sync_rows",  "sync_end",    "sync_apply",
                                        "sync_undo", "sync_leave", "sync_known",  "vendors",
                                        "runs",      "inventory",  "differences", "metered"};
    first_run(bureau, &run);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) { /* li of a unit */
        assert_int_equal(bureau_ask(bureau, verbs[i], "vendor", "cloud-a", "run", "1", NULL), -1);
        assert_int_equal(bureau->error.code, ERROR_NOT_FOUND);
    }
    assert_int_equal(bureau_ask(bureau, "sync", "vendor", "../etc", AS_CLERK, NULL), -1);
    assert_int_equal(bureau->error.code, ERROR_USAGE);
    assert_int_equal(bureau_ask(bureau, "put", "kind", "vendor", "code", "cloud-a", "fact.run", "9",
                                AS_CLERK, NULL),
                     -1);
    synced_begin(bureau, &run);
    assert_int_equal(
        bureau_ask(bureau, "sync_rows", "run", text_bytes(&run), "rows", "server", AS_CLERK, NULL),
        -1);
    bureau_must(bureau, "sync_known", "vendor", "cloud-a", "kind", "server", AS_CLERK, NULL);
    assert_string_equal(parcel_get(&bureau->reply, "raws"), "61000000000000000000000000000002"
                                                            "62000000000000000000000000000004");
    text_free(&run);
}

#define OVER_BOTH(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, make_local, bureau_unmake),                              \
        cmocka_unit_test_setup_teardown(test, make_served, bureau_unmake)

int main(int argc, char **argv)
{
    int done; /* what takes long is done by this program again */
    if (desk_child(argc, argv, &done)) {
        return done;
    }
    const struct CMUnitTest tests[] = {
        OVER_BOTH(test_applied_whole), OVER_BOTH(test_one_left_out),
        OVER_BOTH(test_given_up),      OVER_BOTH(test_one_at_a_time),
        OVER_BOTH(test_refused),       OVER_BOTH(test_use_in_versions),
        OVER_BOTH(test_no_use)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
