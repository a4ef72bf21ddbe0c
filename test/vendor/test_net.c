/* test_net.c: yuntai-net as a process: orders on one pipe, reports on another, and its end. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/support/cloud.h"

static const char *program(void)
{
    static char path[4096];
    const char *build = getenv("YUNTAI_BUILD");
    snprintf(path, sizeof path, "%s/data/yuntai-net", build ? build : ".build/gcc");
    return path;
}

struct net {
    pid_t process;
    int in, out; /* to it, from it */
    struct text said;
};

/* BETWEEN: a process between us and it, whose child it is. */
static void begin(struct net *net, bool between)
{
    int to[2], from[2];
    *net = (struct net){0};
    assert_true(pipe(to) == 0 && pipe(from) == 0);
    net->process = fork();
    if (net->process == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[0]), close(to[1]), close(from[0]), close(from[1]);
        pid_t inner = between ? fork() : 0;
        if (inner == 0) {
            execl(program(), "yuntai-net", (char *)NULL);
            _exit(127);
        }
        close(0), close(1);
        pause();
        _exit(0);
    }
    close(to[0]);
    close(from[1]);
    net->in = to[1];
    net->out = from[0];
}

static void send_frames(struct net *net, struct frame_writer *writer)
{
    const char *bytes;
    for (size_t length; (length = frame_waiting(writer, &bytes)) > 0;) {
        ssize_t count = write(net->in, bytes, length);
        if (count <= 0) {
            break;
        }
        frame_sent(writer, (size_t)count);
    }
    frame_writer_free(writer);
}

static void put_order(struct frame_writer *writer, struct parcel *parcel)
{
    assert_int_equal(frame_put_parcel(writer, FRAME_REQUEST, parcel), FRAME_PUT);
    parcel_free(parcel);
}

/* COUNT servers are known. */
static void order_known(struct net *net, const uint8_t *raws, size_t count)
{
    struct frame_writer writer = {0};
    struct parcel parcel = {0};
    parcel_put(&parcel, "order", "known");
    parcel_put(&parcel, "kind", "server");
    parcel_put_n(&parcel, "raws", (const char *)raws, count * SEEN_RAW);
    put_order(&writer, &parcel);
    send_frames(net, &writer);
}

/* The orders of CLOUD as yuntai passes them on. */
static void order(struct net *net, struct cloud *cloud)
{
    struct frame_writer writer = {0};
    struct parcel parcel = {0};
    size_t count;
    const struct option_row *rows = settings_table(&count);
    assert_int_equal(frame_put(&writer, FRAME_HELLO, frame_hello(), strlen(frame_hello())),
                     FRAME_PUT);
    parcel_put(&parcel, "order", "fetch");
    parcel_put(&parcel, "vendor", "test");
    for (size_t i = 0; i < count; i++) {
        struct text key = {0};
        text_addf(&key, "set.%s", rows[i].name);
        parcel_put(&parcel, text_bytes(&key), settings_text(&cloud->orders.settings, rows[i].name));
        text_free(&key);
    }
    put_order(&writer, &parcel);
    send_frames(net, &writer);
}

/* All it says, until it closes its end or MS are over: whether it closed. */
static bool hear(struct net *net, int ms)
{
    char part[4096];
    struct pollfd ready = {.fd = net->out, .events = POLLIN};
    while (poll(&ready, 1, ms) == 1) {
        ssize_t count = read(net->out, part, sizeof part);
        if (count <= 0) {
            return true;
        }
        text_add_n(&net->said, part, (size_t)count);
    }
    return false;
}

/* Its exit status. */
static int end(struct net *net)
{
    int status = 0;
    if (net->in >= 0) {
        close(net->in);
    }
    close(net->out);
    waitpid(net->process, &status, 0);
    text_free(&net->said);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void a_run(void **state)
{
    (void)state;
    struct cloud cloud;
    struct net net;
    setenv("SSLKEYLOGFILE", "/tmp/yuntai-keys-of-a-test", 1);
    setenv("https_proxy", "http://127.0.0.1:9", 1);
    setenv("SSL_CERT_FILE", "/dev/null", 1);
    cloud_begin(&cloud, SERVICE_TRUSTED);
    begin(&net, false);
    unsetenv("SSLKEYLOGFILE");
    unsetenv("https_proxy");
    unsetenv("SSL_CERT_FILE");
    order(&net, &cloud);
    assert_true(hear(&net, 5000));
    assert_int_equal(cloud_take(&cloud.report, net.said.bytes, net.said.length), 0);
    assert_int_equal(cloud_count(&cloud.report, "server"), 36);
    assert_true(cloud.report.progress >= 1);
    assert_null(memmem(net.said.bytes, net.said.length, "adminpass", 9));
    assert_null(memmem(net.said.bytes, net.said.length, "gAAAA", 5));
    assert_int_equal(access("/tmp/yuntai-keys-of-a-test", F_OK), -1);
    assert_int_equal(end(&net), 0);
    cloud_end(&cloud);
}

static void what_is_known(void **state)
{
    (void)state;
    struct cloud cloud;
    struct net net;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud_set(&cloud, "fetch", "servers");
    assert_int_equal(cloud_run(&cloud, &openstack_adapter), 0);
    uint8_t raw[SEEN_RAW];
    memcpy(raw, cloud.report.rows[7].raw, SEEN_RAW);
    cloud_report_free(&cloud.report);
    begin(&net, false);
    order_known(&net, raw, 1);
    order(&net, &cloud);
    assert_true(hear(&net, 5000));
    assert_int_equal(cloud_take(&cloud.report, net.said.bytes, net.said.length), 0);
    assert_int_equal(cloud.report.same, 1);
    assert_int_equal(cloud_count(&cloud.report, "server"), 35);
    assert_int_equal(end(&net), 0);
    cloud_end(&cloud);
}

static void a_failure(void **state)
{
    (void)state;
    struct cloud cloud;
    struct net net;
    cloud_begin(&cloud, SERVICE_PLAIN);
    cloud.service.seen->count[CLOUD_FAULT] = CLOUD_TORN;
    begin(&net, false);
    order(&net, &cloud);
    assert_true(hear(&net, 5000));
    assert_int_equal(cloud_take(&cloud.report, net.said.bytes, net.said.length), -1);
    assert_int_equal(cloud.report.error.code, ERROR_ENVIRONMENT);
    assert_string_equal(cloud.report.error.sentence, "%1: the page ends in the middle");
    assert_int_equal(end(&net), ERROR_ENVIRONMENT);
    cloud_end(&cloud);
}

/* What is known is more than it holds in memory, and the disk takes nothing. */
static void a_full_disk(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static uint8_t raws[COUNT][SEEN_RAW];
    struct rlimit limit, none;
    struct cloud cloud;
    struct net net;
    for (size_t i = 0; i < COUNT; i++) {
        raws[i][0] = (uint8_t)(i >> 8);
        raws[i][1] = (uint8_t)i;
    }
    cloud_begin(&cloud, SERVICE_PLAIN);
    getrlimit(RLIMIT_FSIZE, &limit);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
    begin(&net, false);
    setrlimit(RLIMIT_FSIZE, &limit);
    order_known(&net, raws[0], COUNT);
    order(&net, &cloud);
    assert_true(hear(&net, 5000));
    assert_int_equal(cloud_take(&cloud.report, net.said.bytes, net.said.length), -1);
    assert_string_equal(cloud.report.error.arg[0], "writing");
    assert_string_equal(cloud.report.error.arg[2], "the file becomes too big");
    assert_int_equal(cloud.report.row_count, 0);
    assert_int_equal(end(&net), ERROR_ENVIRONMENT);
    cloud_end(&cloud);
}

/* Its service says nothing for as long as the test asks. */
static void play_silent(struct line *line)
{
    line->over = true;
    line_pause(20000);
}

static void begin_silent(struct cloud *cloud, struct service *silent, struct net *net, bool between)
{
    struct text url = {0};
    cloud_begin(cloud, SERVICE_PLAIN);
    service_start(silent, play_silent, SERVICE_PLAIN);
    text_addf(&url, "%s/v3", silent->url);
    cloud_set(cloud, "url", text_bytes(&url));
    cloud_set(cloud, "answer", "30000");
    cloud_set(cloud, "slow", "30000");
    begin(net, between);
    order(net, cloud);
    for (int i = 0; i < 200 && silent->seen->requests == 0; i++) {
        line_pause(10);
    }
    assert_int_equal(silent->seen->requests, 1);
    text_free(&url);
}

static void a_cancel(void **state)
{
    (void)state;
    struct cloud cloud;
    struct service silent;
    struct net net;
    struct frame_writer writer = {0};
    begin_silent(&cloud, &silent, &net, false);
    assert_int_equal(frame_put(&writer, FRAME_CANCEL, "", 0), FRAME_PUT);
    send_frames(&net, &writer);
    assert_true(hear(&net, 2000));
    assert_int_equal(cloud_take(&cloud.report, net.said.bytes, net.said.length), -1);
    assert_int_equal(cloud.report.error.code, ERROR_INTERRUPTED);
    assert_int_equal(end(&net), ERROR_INTERRUPTED);
    service_stop(&silent);
    cloud_end(&cloud);
}

/* The end of its orders is no cancel; the end of its parent is its own. */
static void its_parent_ends(void **state)
{
    (void)state;
    struct cloud cloud;
    struct service silent;
    struct net net;
    begin_silent(&cloud, &silent, &net, true);
    close(net.in);
    net.in = -1;
    assert_false(hear(&net, 100));
    kill(net.process, SIGKILL);
    assert_true(hear(&net, 2000));
    end(&net);
    service_stop(&silent);
    cloud_end(&cloud);
}

/* Nobody listens: it ends rather than goes on for nothing. */
static void nobody_listens(void **state)
{
    (void)state;
    struct cloud cloud;
    struct net net;
    cloud_begin(&cloud, SERVICE_PLAIN);
    begin(&net, false);
    close(net.out);
    net.out = open("/dev/null", O_RDONLY | O_CLOEXEC);
    order(&net, &cloud);
    assert_int_equal(end(&net), ERROR_ENVIRONMENT);
    cloud_end(&cloud);
}

static void no_orders(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *what;
    } all[] = {{"", 0, "end"},
               {"\xff\xff\xff\xff", 4, "frame"},
               {"\x02\0\0\0\x02x", 6, "frame"},
               {"\x06\0\0\0\x01hello", 10, "hello"},
               {"\x02\0\0\0\x02\x01", 6, "order"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cloud_report report = {0};
        struct net net;
        begin(&net, false);
        assert_int_equal(write(net.in, all[i].bytes, all[i].length), (ssize_t)all[i].length);
        close(net.in);
        net.in = -1;
        assert_true(hear(&net, 5000));
        assert_int_equal(cloud_take(&report, net.said.bytes, net.said.length), -1);
        assert_int_equal(report.error.code, ERROR_USAGE);
        assert_string_equal(report.error.arg[0], all[i].what);
        assert_int_equal(end(&net), ERROR_USAGE);
        cloud_report_free(&report);
    }
}

/* It cannot reach the store: it is linked with nothing that could. */
static void no_store_in_it(void **state)
{
    (void)state;
    struct text bytes = {.most = 256 << 20};
    char part[65536];
    size_t count;
    FILE *file = fopen(program(), "rb");
    assert_non_null(file);
    while ((count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(&bytes, part, count);
    }
    fclose(file);
    assert_non_null(memmem(bytes.bytes, bytes.length, "libcurl", 7));
    assert_null(memmem(bytes.bytes, bytes.length, "libsqlite3", 10));
    assert_null(memmem(bytes.bytes, bytes.length, "sqlite3_open", 12));
    text_free(&bytes);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run),          cmocka_unit_test(what_is_known),
        cmocka_unit_test(a_failure),      cmocka_unit_test(a_full_disk),
        cmocka_unit_test(a_cancel),       cmocka_unit_test(its_parent_ends),
        cmocka_unit_test(nobody_listens), cmocka_unit_test(no_orders),
        cmocka_unit_test(no_store_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
