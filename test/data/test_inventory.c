/* test_inventory.c: a run is seen whole or not at all, and what it replaced stays. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/store/inventory.h"
#include "data/store/use.h"

struct made {
    char directory[32];
    struct store *store;
    struct arena *arena;
    struct vendor_row vendor;
    struct error error;
};

static int make(void **state)
{
    static struct made made;
    made = (struct made){.directory = "/tmp/yuntai-inventory-XXXXXX", .arena = arena_new()};
    assert_non_null(mkdtemp(made.directory));
    assert_int_equal(store_make(made.directory, "here", &made.error), 0);
    assert_int_equal(store_open(made.directory, false, &made.store, &made.error), 0);
    assert_int_equal(store_vendor(made.store, "cloud-a", made.arena, &made.vendor, &made.error), 0);
    *state = &made;
    return 0;
}

static int unmake(void **state)
{
    static const char *const files[] = {"desk.db", "desk.db-wal", "desk.db-shm", "desk.lock"};
    struct made *made = *state;
    store_close(made->store);
    arena_free(made->arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", made->directory, files[i]);
        (void)unlink(text_bytes(&path));
        text_free(&path);
    }
    return rmdir(made->directory);
}

/* ---- a run ---- */

static struct run_row begin(struct made *made, bool full)
{
    struct run_row run;
    int64_t id = 0;
    assert_int_equal(
        store_run_begin(made->store, made->vendor.id, 0, full, "1:1", 1000, &id, &made->error), 0);
    assert_int_equal(store_run(made->store, id, made->arena, &run, &made->error), 1);
    return run;
}

/* A server of PROJECT; what its vendor wrote is told by UID and VCPUS, and STAMP. */
static void see_stamped(struct made *made, struct run_row *run, const char *uid,
                        const char *project, int64_t vcpus, uint8_t stamp)
{
    struct resource_row row = {.kind = "server",
                               .uid = uid,
                               .region = "main",
                               .project = project,
                               .name = uid,
                               .status = "ACTIVE",
                               .zone = "nova",
                               .vcpus = vcpus,
                               .ram = vcpus * 2048,
                               .disk = -1,
                               .facts = ""};
    size_t length = strlen(uid);
    memcpy(row.raw, uid, length < 8 ? length : 8);
    row.raw[8] = (uint8_t)vcpus;
    row.raw[9] = stamp;
    assert_int_equal(store_run_put(made->store, run, &row, &run->count, &made->error), 0);
}

static void see(struct made *made, struct run_row *run, const char *uid, const char *project,
                int64_t vcpus)
{
    see_stamped(made, run, uid, project, vcpus, 0);
}

static void apply(struct made *made, const struct run_row *run)
{
    assert_int_equal(
        store_run_apply(made->store, run, made->vendor.run, "2026-01-01T00:00:00Z", &made->error),
        1);
    assert_int_equal(store_vendor(made->store, "cloud-a", made->arena, &made->vendor, &made->error),
                     0);
    assert_int_equal(made->vendor.run, run->id);
}

/* ---- what is seen ---- */

static int write_down(void *self, const struct resource_row *row)
{
    text_addf(self, "%s:", row->uid);
    text_add_int(self, row->vcpus);
    text_add(self, row->gone ? "! " : " ");
    return 0;
}

static void assert_seen(struct made *made, struct resource_want want, const char *expected)
{
    struct text seen = {0};
    want.vendor = made->vendor.id;
    assert_int_equal(
        store_resources(made->store, &want, made->arena, write_down, &seen, &made->error), 0);
    assert_string_equal(text_bytes(&seen), expected);
    text_free(&seen);
}

static const struct resource_want all = {0};

/* The first run is in force: a of two cores, b of four. */
static void first_run(struct made *made)
{
    struct run_row run = begin(made, true);
    see(made, &run, "a", "p", 2);
    see(made, &run, "b", "p", 4);
    assert_int_equal(run.count.made, 2);
    apply(made, &run);
}

static void test_unseen_until_applied(void **state)
{
    struct made *made = *state;
    first_run(made);
    assert_seen(made, all, "a:2 b:4 ");
    struct run_row run = begin(made, true);
    see(made, &run, "a", "p", 8);
    see(made, &run, "c", "p", 1);
    uint8_t b[RAW_DIGEST] = {'b', [8] = 4};
    assert_int_equal(store_run_missed(made->store, &run, b, &run.count, &made->error), 0);
    assert_int_equal(run.count.made, 1);
    assert_int_equal(run.count.changed, 1);
    assert_int_equal(run.count.gone, 1);
    assert_seen(made, all, "a:2 b:4 ");
    assert_seen(made, (struct resource_want){.differs = run.id}, "a:8 b:4! c:1 ");
    apply(made, &run);
    assert_seen(made, all, "a:8 c:1 ");
    assert_seen(made, (struct resource_want){.run = 1}, "a:2 b:4 ");
    assert_seen(made, (struct resource_want){.history = true}, "a:8 a:2 b:4! c:1 ");
}

static void test_undone(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, true);
    see(made, &run, "a", "q", 8);
    see(made, &run, "c", "p", 1);
    assert_int_equal(store_run_gone(made->store, &run, "server", "b", &run.count, &made->error), 0);
    while (store_run_undo(made->store, &run, 1, &made->error) > 0) {
    }
    assert_seen(made, all, "a:2 b:4 ");
    assert_seen(made, (struct resource_want){.history = true}, "a:2 b:4 ");
    run = begin(made, true);
    see(made, &run, "a", "p", 2);
    assert_int_equal(run.count.rows, 1);
    assert_int_equal(run.count.made + run.count.changed + run.count.gone, 0);
}

/* Another run was applied meanwhile: this one is not. */
/* ---- what is used ---- */

static void meter(struct made *made, const struct run_row *run, const char *uid, const char *facts)
{
    struct metered row = {.uid = uid, .system = "", .month = 24312, .facts = facts};
    struct metered_count count = {0};
    assert_int_equal(store_metered_put(made->store, run, &row, &count, &made->error), 0);
}

static int write_use(void *self, const struct metered *row)
{
    text_addf(self, "%s%s", row->facts, row->to ? "- " : " ");
    return 0;
}

static void assert_metered(struct made *made, const char *uid, const char *expected)
{
    struct text told = {0};
    assert_int_equal(
        store_metered_history(made->store, made->vendor.id, uid, write_use, &told, &made->error),
        0);
    assert_string_equal(text_bytes(&told), expected);
    text_free(&told);
}

/* Figures of a run that came to nothing are taken back a few at a time; what they replaced stands
 * again, and what others brought is not touched. */
static void test_use_undone(void **state)
{
    struct made *made = *state;
    int64_t left = -1, steps = 0, done;
    struct run_row first = begin(made, true);
    meter(made, &first, "a", "avg.cpu=1");
    meter(made, &first, "b", "avg.cpu=2");
    apply(made, &first);
    struct run_row run = begin(made, true);
    meter(made, &run, "a", "avg.cpu=3");
    meter(made, &run, "b", "avg.cpu=2");
    meter(made, &run, "c", "avg.cpu=4");
    for (; (done = store_metered_undo(made->store, &run, 1, &made->error)) > 0; steps++) {
        assert_int_equal(done, 1);
    }
    assert_int_equal(done, 0);
    assert_int_equal(steps, 3); /* one to stand again, two to go */
    assert_int_equal(store_metered_left(made->store, &made->vendor, &left, &made->error), 0);
    assert_int_equal(left, 0);
    assert_metered(made, "a", "avg.cpu=1 ");
    assert_metered(made, "b", "avg.cpu=2 ");
    assert_metered(made, "c", "");
}

static void test_beaten(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, true);
    assert_int_equal(store_run_apply(made->store, &run, 0, "", &made->error), 0);
    assert_int_equal(store_vendor(made->store, "cloud-a", made->arena, &made->vendor, &made->error),
                     0);
    assert_int_equal(made->vendor.run, 1);
}

static void test_seen_twice(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, true);
    see(made, &run, "a", "p", 8);
    see(made, &run, "a", "p", 16); /* on the next page, between which it grew */
    see(made, &run, "d", "p", 1);
    assert_int_equal(store_run_gone(made->store, &run, "server", "d", &run.count, &made->error), 0);
    assert_int_equal(store_run_gone(made->store, &run, "server", "a", &run.count, &made->error), 0);
    assert_int_equal(store_run_gone(made->store, &run, "server", "x", &run.count, &made->error), 0);
    assert_int_equal(run.count.made, 0);
    assert_int_equal(run.count.changed, 0);
    assert_int_equal(run.count.gone, 1);
    apply(made, &run);
    assert_seen(made, all, "b:4 ");
}

/* Its vendor touched it, but nothing that is kept of it changed. */
static void test_touched(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, false);
    see_stamped(made, &run, "a", "p", 2, 1);
    assert_int_equal(run.count.changed, 0);
    apply(made, &run);
    assert_seen(made, (struct resource_want){.history = true}, "a:2 b:4 ");
    uint8_t raws[3][RAW_DIGEST];
    assert_int_equal(
        store_raws(made->store, made->vendor.id, "server", NULL, raws, 3, &made->error), 2);
    assert_int_equal(raws[0][9], 1);
    assert_int_equal(
        store_raws(made->store, made->vendor.id, "server", raws[0], raws, 3, &made->error), 1);
    assert_int_equal(raws[0][0], 'b');
}

static int write_sum(void *self, const struct held *held)
{
    text_addf(self, "%s/%s ", held->project, held->kind);
    text_add_int(self, held->count);
    text_add(self, " ");
    text_add_int(self, held->vcpus);
    text_add(self, " ");
    text_add_int(self, held->disk);
    text_add(self, ";");
    return 0;
}

static void test_sums(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, false);
    see(made, &run, "c", "q", 16);
    apply(made, &run);
    run = begin(made, false);
    see(made, &run, "d", "q", 32); /* not in force */
    struct text sums = {0};
    struct resource_want want = {.vendor = made->vendor.id};
    assert_int_equal(store_held(made->store, &want, write_sum, &sums, &made->error), 0);
    assert_string_equal(text_bytes(&sums), "p/server 2 6 0;q/server 1 16 0;");
    text_clear(&sums);
    want = (struct resource_want){.vendor = made->vendor.id, .project = "q", .run = run.id};
    assert_int_equal(store_held(made->store, &want, write_sum, &sums, &made->error), 0);
    assert_string_equal(text_bytes(&sums), "q/server 2 48 0;");
    text_free(&sums);
}

static void test_pages_of_a_project(void **state)
{
    struct made *made = *state;
    first_run(made);
    struct run_row run = begin(made, false);
    see(made, &run, "aa", "q", 1);
    see(made, &run, "c", "p", 8);
    apply(made, &run);
    struct resource_want want = {.project = "p", .limit = 2};
    assert_seen(made, want, "a:2 b:4 ");
    want.after_kind = "server";
    want.after_uid = "b";
    assert_seen(made, want, "c:8 ");
    want.back = true;
    want.after_uid = "c";
    assert_seen(made, want, "b:4 a:2 ");
    assert_seen(made, (struct resource_want){.uid = "c"}, "c:8 ");
}

static int count_runs(void *self, const struct run_row *row)
{
    text_add_int(self, row->id);
    text_addf(self, ":%d%s ", (int)row->state, row->said);
    return 0;
}

static void test_record_of_runs(void **state)
{
    struct made *made = *state;
    struct run_row run = begin(made, true), pending;
    assert_int_equal(
        store_run_pending(made->store, made->vendor.id, made->arena, &pending, &made->error), 1);
    assert_int_equal(pending.id, run.id);
    run.state = SYNC_FAILED;
    run.ended = 1010;
    run.said = "page=7\n";
    assert_int_equal(store_run_note(made->store, &run, &made->error), 0);
    assert_int_equal(
        store_run_pending(made->store, made->vendor.id, made->arena, &pending, &made->error), 0);
    begin(made, false);
    struct text runs = {0};
    assert_int_equal(store_runs(made->store, made->vendor.id, 0, 10, made->arena, count_runs, &runs,
                                &made->error),
                     0);
    assert_string_equal(text_bytes(&runs), "2:1 1:4page=7\n ");
    text_free(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_unseen_until_applied, make, unmake),
        cmocka_unit_test_setup_teardown(test_undone, make, unmake),
        cmocka_unit_test_setup_teardown(test_use_undone, make, unmake),
        cmocka_unit_test_setup_teardown(test_beaten, make, unmake),
        cmocka_unit_test_setup_teardown(test_seen_twice, make, unmake),
        cmocka_unit_test_setup_teardown(test_touched, make, unmake),
        cmocka_unit_test_setup_teardown(test_sums, make, unmake),
        cmocka_unit_test_setup_teardown(test_pages_of_a_project, make, unmake),
        cmocka_unit_test_setup_teardown(test_record_of_runs, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
