/* test_openstack.c: a cloud of recorded answers, read in full and by increment. */
#define _GNU_SOURCE /* the size of a pipe */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/support/cloud.h"

static void well(struct cloud *cloud)
{
    struct text said = {0};
    if (cloud_run(cloud, &openstack_adapter) != 0) {
        error_text(&cloud->report.error, NULL, &said);
        fail_msg("%s", text_bytes(&said));
    }
}

static void a_full_run(void **state)
{
    (void)state;
    struct cloud cloud;
    struct cloud_report *report = &cloud.report;
    cloud_begin(&cloud, SERVICE_TRUSTED);
    well(&cloud);
    assert_int_equal(cloud_count(report, "server"), 36); /* twelve of each of three pages */
    assert_int_equal(cloud_count(report, "flavor"), 6);
    assert_int_equal(cloud_count(report, "project"), 22);
    assert_int_equal(cloud_count(report, "host"), 2);
    assert_int_equal(cloud_count(report, "volume"), 5);
    assert_int_equal(cloud_count(report, "provider"), 11);
    assert_int_equal(report->gone_count, 0);
    const struct seen *server = cloud_row(report, "server", "54ec7968-ce98-49e3-8f83-a99d9dd1ea41");
    assert_non_null(server);
    assert_string_equal(server->name, "市应急管理局-mq-00590");
    assert_string_equal(server->region, "RegionOne");
    assert_string_equal(server->project, "8c2e097d5df94f62b997775d8fa73fcb");
    assert_string_equal(server->status, "ACTIVE");
    assert_string_equal(server->zone, "nova");
    assert_int_equal(server->vcpus, 1);
    assert_int_equal(server->ram, 2048);
    assert_int_equal(server->disk, 40);
    assert_string_equal(server->facts, "address=10.1.2.91\ncreated=2026-07-11T00:30:03Z\n"
                                       "flavor=g.small\nhost=kvm-006\n"
                                       "image=cd08c12d-fa55-4a99-b18a-4ea087b1dd66\n"
                                       "launched=2026-07-11T00:30:43.000000\n"
                                       "meta.case_no=YW2026-00590\n");
    const struct seen *volume = cloud_row(report, "volume", "8259bb88-4015-4bff-afe7-5fa7e9046925");
    assert_non_null(volume);
    assert_int_equal(volume->disk, 1000);
    assert_int_equal(volume->vcpus, -1);
    assert_non_null(strstr(volume->facts, "encrypted=no\nmeta.case_no=YW2026-00050\n"));
    const struct seen *provider =
        cloud_row(report, "provider", "f5056239-c67d-4ec2-9689-9af274653c75");
    assert_non_null(provider);
    assert_int_equal(provider->vcpus, 500);
    assert_string_equal(provider->zone, "nova"); /* of Nova's service on the host of that name */
    assert_string_equal(provider->facts,
                        "ratio.disk=1\nratio.ram=1\nratio.vcpus=4\nreserved.disk=100\n"
                        "reserved.ram=16384\nreserved.vcpus=4\nused.disk=17000\n"
                        "used.ram=2457600\nused.vcpus=720\n");
    assert_string_equal(parcel_get(&report->done, "mark"), "2026-11-22T09:15:36Z");
    assert_string_equal(cloud_kind(report, "server", "full"), "yes");
    assert_string_equal(cloud_kind(report, "server", "pages"), "3");
    assert_string_equal(cloud_kind(report, "use", "rows"), "none");
    assert_string_equal(cloud_kind(report, "volume", "service"), "volumev3");
    assert_string_equal(parcel_get(&report->done, "services"),
                        "identity, compute 2.79, volumev3, placement 1.38");
    assert_null(parcel_get(&report->done, "again"));
    assert_int_equal(parcel_int(&report->done, "rows", -1), 36 + 6 + 22 + 2 + 5 + 11);
    assert_int_equal(cloud.service.seen->count[CLOUD_TOKENS], 1);
    assert_true(cloud.service.seen->connections <= 4);
    cloud_end(&cloud);
}

/* All digests of a run, in their order, as those the desk has. */
static int in_order(const void *a, const void *b)
{
    return memcmp(a, b, SEEN_RAW);
}

static void know(struct cloud *cloud, const char *but)
{
    for (int kind = 0; kind < KINDS; kind++) {
        uint8_t raws[CLOUD_ROWS_MOST][SEEN_RAW];
        size_t count = 0;
        for (size_t i = 0; i < cloud->report.row_count; i++) {
            const struct seen *row = &cloud->report.rows[i];
            if (strcmp(row->kind, kind_names[kind].kind) == 0 && strcmp(row->uid, but) != 0) {
                memcpy(raws[count++], row->raw, SEEN_RAW);
            }
        }
        qsort(raws, count, SEEN_RAW, in_order);
        cloud_know(cloud, (enum kind)kind, raws[0], count);
    }
}

static void what_is_known_is_not_told_again(void **state)
{
    (void)state;
    static const uint8_t last[SEEN_RAW] = {0xff, 0xff, 0xff, 0xff};
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    well(&cloud);
    know(&cloud, "54ec7968-ce98-49e3-8f83-a99d9dd1ea41");
    cloud_know(&cloud, KIND_VOLUME, last, 1); /* one that went since */
    well(&cloud);
    assert_int_equal(cloud.report.row_count, 1);
    assert_string_equal(cloud.report.rows[0].uid, "54ec7968-ce98-49e3-8f83-a99d9dd1ea41");
    assert_int_equal(cloud.report.same, 36 + 6 + 22 + 2 + 5 + 11 - 1);
    assert_int_equal(cloud.report.missed, 1);
    assert_string_equal(cloud_kind(&cloud.report, "server", "same"), "35");
    cloud_end(&cloud);
}

static void an_increment(void **state)
{
    (void)state;
    struct cloud cloud;
    static const uint8_t last[SEEN_RAW] = {0xff};
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    free(cloud.orders.mark);
    cloud.orders.mark = strdup("2026-11-22T09:15:36Z");
    cloud_know(&cloud, KIND_SERVER, last, 1);
    well(&cloud);
    assert_int_equal(cloud.report.gone_count, 1);
    assert_string_equal(cloud.report.gone[0].uid, "1bac0eaa-2d43-4f63-bf65-aa5e1d345846");
    assert_int_equal(cloud.report.row_count, 2);
    assert_int_equal(cloud.report.missed, 0); /* what an increment does not show is still there */
    assert_string_equal(cloud_kind(&cloud.report, "server", "full"), "no");
    assert_true(cloud.service.seen->count[CLOUD_MARKED] >= 1);
    cloud_end(&cloud);
}

static void the_window_overlaps(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud_set(&cloud, "overlap", "600");
    free(cloud.orders.mark);
    cloud.orders.mark = strdup("2026-11-22T00:05:00Z");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_NO_LIST; /* one question alone */
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), -1);
    assert_non_null(
        strstr(cloud.service.seen->head, "all_tenants=1&changes-since=2026-11-21T23:55:00Z "));
    free(cloud.orders.mark);
    cloud.orders.mark = strdup("yesterday");
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), -1);
    assert_int_equal(cloud.report.error.code, ERROR_USAGE);
    cloud_end(&cloud);
}

static void flavours_by_their_ids(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_OLD] = 1;
    for (int round = 0; round < 2; round++) { /* the second with the flavours known */
        well(&cloud);
        const struct seen *server =
            cloud_row(&cloud.report, "server", "19e253e9-6b5c-4be5-8125-34504c6df332");
        assert_non_null(server);
        assert_int_equal(server->vcpus, 2);
        assert_int_equal(server->ram, 4096);
        assert_non_null(strstr(server->facts, "\nflavor=g.medium\n"));
        assert_int_equal(cloud_count(&cloud.report, "flavor"), 6);
        for (size_t i = 0; round == 0 && i < 1; i++) {
            know(&cloud, "19e253e9-6b5c-4be5-8125-34504c6df332");
        }
    }
    cloud_end(&cloud);
}

static void use_of_a_month(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "use");
    cloud_set(&cloud, "measures", "cpu=cpu_util memory=memory.none");
    well(&cloud);
    /* The metric of the second server is gone: no row, rather than one of zeros. */
    assert_string_equal(
        text_bytes(&cloud.report.use),
        "month,resource,samples,avg.cpu,p95.cpu,peak.cpu,avg.memory,p95.memory,"
        "peak.memory\n2026-10,0ed7a5dd-6798-4748-8e25-13f98df0db77,288,6.265833,14.05,15.91,"
        ",,\n");
    cloud_end(&cloud);
}

static void tokens_end_while_a_run_goes_on(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud.service.seen->count[CLOUD_EXPIRES] = 3;
    well(&cloud);
    assert_int_equal(cloud_count(&cloud.report, "server"), 36);
    assert_int_equal(cloud.service.seen->count[CLOUD_TOKENS], 2);
    cloud_end(&cloud);
}

/* It ends between two services: who is asked first says 400 of the other. */
static void a_token_that_ends_behind_nova(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_BRIEF;
    well(&cloud);
    assert_int_equal(cloud_count(&cloud.report, "server"), 36);
    assert_int_equal(cloud.service.seen->count[CLOUD_TOKENS], 2);
    cloud_end(&cloud);
}

static void busy_and_broken_once(void **state)
{
    (void)state;
    static const struct {
        int fault;
        const char *why;
    } faults[] = {{CLOUD_BUSY_ONCE, "compute/429/1/0"}, {CLOUD_BREAKS, "compute/broken/1"}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct cloud cloud;
        cloud_begin(&cloud, SERVICE_PLAIN);
        cloud_set(&cloud, "fetch", "servers");
        cloud_set(&cloud, "tries", "4");
        cloud.service.seen->count[CLOUD_FAULT] = faults[i].fault;
        well(&cloud);
        assert_int_equal(parcel_int(&cloud.report.done, "retries", 0), 1);
        assert_string_equal(parcel_get(&cloud.report.done, "again"), faults[i].why);
        assert_string_equal(cloud_kind(&cloud.report, "server", "pages"), "3");
        assert_string_equal(cloud_kind(&cloud.report, "server", "again"), "0");
        const struct seen *server = NULL; /* the later one of a page that came twice counts */
        for (size_t r = 0; r < cloud.report.row_count; r++) {
            bool same =
                strcmp(cloud.report.rows[r].uid, "54ec7968-ce98-49e3-8f83-a99d9dd1ea41") == 0;
            server = same ? &cloud.report.rows[r] : server;
        }
        assert_string_equal(server->name, "市应急管理局-mq-00590");
        cloud_end(&cloud);
    }
}

static void pages_that_overlap(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_OVERLAP;
    well(&cloud);
    assert_string_equal(cloud_kind(&cloud.report, "server", "again"), "3");
    cloud_end(&cloud);
}

/* Reads no further than to the first report of rows, of which more is left than the pipe holds. */
static void read_to_rows(int from)
{
    static const char head[] = "whatrows";
    size_t found = 0;
    for (char c; found < sizeof head - 1;) {
        assert_int_equal(read(from, &c, 1), 1);
        found = c == head[found] ? found + 1 : c == head[0];
    }
}

/* While nobody takes what is reported of the first page, the second is on its way. */
static void the_next_page_is_asked_for_first(void **state)
{
    (void)state;
    enum { PIPE_LEAST = 4096, ASKED = 3 }; /* for the version, and two pages */
    struct cloud cloud;
    struct error error = {0};
    int ends[2];
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_WIDE;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(fcntl(ends[1], F_SETPIPE_SZ, PIPE_LEAST), PIPE_LEAST);
    pid_t process = fork();
    if (process == 0) {
        struct report report = {.fd = ends[1]};
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        openstack_adapter.fetch(&cloud.orders, &report, 1795338000, -1, NULL, NULL, &error);
        _exit(0);
    }
    close(ends[1]);
    read_to_rows(ends[0]);
    for (int ms = 0; cloud.service.seen->count[CLOUD_NOVA] < ASKED && ms < 5000; ms++) {
        poll(NULL, 0, 1);
    }
    int asked = cloud.service.seen->count[CLOUD_NOVA];
    bool waits = waitpid(process, NULL, WNOHANG) == 0;
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
    close(ends[0]);
    assert_int_equal(asked, ASKED);
    assert_true(waits);
    cloud_end(&cloud);
}

/* What a page ends with is deleted before the next is asked for: the list is begun anew. */
static void a_mark_that_goes(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    well(&cloud);
    know(&cloud, "");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_MARK_GONE;
    well(&cloud);
    assert_int_equal(cloud.report.same, 36);
    assert_int_equal(cloud.report.missed, 0);
    assert_string_equal(cloud_kind(&cloud.report, "server", "pages"), "3");
    assert_string_equal(cloud_kind(&cloud.report, "server", "again"), "0");
    cloud_end(&cloud);

    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_NO_MARKS;
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), -1);
    assert_string_equal(cloud.report.error.arg[1],
                        "400: marker [00000000-0000-4000-8000-000000000000] not found");
    cloud_end(&cloud);
}

/* Flavors are those of a region: of the second they stand apart, though they read alike, and are
 * known apart. */
static void several_regions(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_REGIONS;
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), -1); /* which of them? */
    assert_string_equal(cloud.report.error.arg[1], "RegionTwo");
    cloud_set(&cloud, "fetch", "flavors projects capacity");
    cloud_set(&cloud, "region", "RegionOne, RegionTwo");
    well(&cloud);
    assert_int_equal(cloud_count(&cloud.report, "flavor"), 12);
    assert_int_equal(cloud_count(&cloud.report, "project"), 22);
    size_t second = 0;
    for (size_t i = 0; i < cloud.report.row_count; i++) {
        const struct seen *row = &cloud.report.rows[i];
        bool apart = strncmp(row->uid, "RegionTwo/", 10) == 0;
        second += apart;
        assert_false(apart && strcmp(row->region, "RegionTwo") != 0);
    }
    assert_int_equal(second, 6);
    assert_string_equal(cloud_kind(&cloud.report, "flavor", "pages"), "2");
    know(&cloud, "");
    well(&cloud);
    assert_int_equal(cloud_count(&cloud.report, "flavor"), 0);
    assert_int_equal(cloud.report.missed, 0);
    cloud_end(&cloud);
}

/* Of what an account may not see, or a cloud does not have, it is said that it was not taken. */
static void a_poor_account(void **state)
{
    (void)state;
    struct cloud cloud;
    static const uint8_t last[SEEN_RAW] = {0xff};
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_POOR;
    cloud_know(&cloud, KIND_VOLUME, last, 1);
    well(&cloud);
    assert_int_equal(cloud_count(&cloud.report, "server"), 36);
    assert_non_null(strstr(cloud_kind(&cloud.report, "project", "skipped"), "403: You are not"));
    assert_non_null(strstr(cloud_kind(&cloud.report, "host", "skipped"), "403: Policy doesn't"));
    assert_non_null(strstr(cloud_kind(&cloud.report, "volume", "skipped"), "404: 404 Not Found"));
    assert_string_equal(cloud_kind(&cloud.report, "volume", "full"), "no");
    assert_string_equal(
        cloud_row(&cloud.report, "provider", "f5056239-c67d-4ec2-9689-9af274653c75")->zone, "");
    assert_int_equal(cloud.report.missed, 0); /* nothing is said of what was not seen */
    cloud_end(&cloud);
}

/* A host that nobody told us of is no matter where it is not asked. */
static void what_is_not_asked_for_may_be_anywhere(void **state)
{
    (void)state;
    struct cloud cloud;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_FOREIGN_CATALOGUE;
    cloud_set(&cloud, "fetch", "projects");
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), -1); /* "abc" is no token there */
    assert_non_null(strstr(cloud.report.error.arg[0], "/15000/v3/projects #1"));
    cloud_end(&cloud);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_run),
        cmocka_unit_test(what_is_known_is_not_told_again),
        cmocka_unit_test(an_increment),
        cmocka_unit_test(the_window_overlaps),
        cmocka_unit_test(flavours_by_their_ids),
        cmocka_unit_test(use_of_a_month),
        cmocka_unit_test(tokens_end_while_a_run_goes_on),
        cmocka_unit_test(a_token_that_ends_behind_nova),
        cmocka_unit_test(busy_and_broken_once),
        cmocka_unit_test(pages_that_overlap),
        cmocka_unit_test(the_next_page_is_asked_for_first),
        cmocka_unit_test(a_mark_that_goes),
        cmocka_unit_test(several_regions),
        cmocka_unit_test(a_poor_account),
        cmocka_unit_test(what_is_not_asked_for_may_be_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
