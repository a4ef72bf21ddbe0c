/* cloud.c: orders for a cloud of recorded answers, and the frames that come of them. */
#include "test/support/cloud.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#define CLOUD_NOW INT64_C(1795338000) /* 2026-11-22 */

/* ---- orders ---- */

void cloud_set(struct cloud *cloud, const char *key, const char *value)
{
    struct error error = {0};
    if (settings_set(&cloud->orders.settings, "test", key, value, &error) != 0) {
        fail_msg("%s = %s is no setting", key, value);
    }
}

void cloud_know(struct cloud *cloud, enum kind kind, const uint8_t *raws, size_t count)
{
    struct error error = {0};
    assert_int_equal(raws_add(&cloud->orders.known[kind], raws, count, &error), 0);
}

static void set_all(struct cloud *cloud)
{
    static const char *const usual[][2] = {
        {"user", "admin"},  {"project", "admin"}, {"plain", "yes"},   {"connect", "5000"},
        {"answer", "8000"}, {"slow", "5000"},     {"slowest", "200"}, {"largest", "2"},
        {"total", "16"},    {"tries", "2"},       {"pause", "10"},    {"pause_longest", "500"},
        {"pages", "20"},    {"run", "20"}};
    struct text url = {0};
    text_addf(&url, "%s/15000/v3", cloud->service.url);
    cloud_set(cloud, "url", text_bytes(&url));
    cloud_set(cloud, "secret", cloud->secret);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        cloud_set(cloud, usual[i][0], usual[i][1]);
    }
    text_free(&url);
}

void cloud_begin(struct cloud *cloud, enum service_papers papers)
{
    *cloud = (struct cloud){0};
    snprintf(cloud->secret, sizeof cloud->secret, "/tmp/yuntai-secret-XXXXXX");
    int file = mkstemp(cloud->secret); /* 0600 */
    assert_true(file >= 0 && write(file, "adminpass\n", 10) == 10);
    close(file);
    service_start(&cloud->service, play_cloud, papers);
    cloud->orders.vendor = strdup("test");
    cloud->orders.mark = strdup("");
    cloud->orders.month = strdup("");
    set_all(cloud);
    if (papers != SERVICE_PLAIN) {
        cloud_set(cloud, "ca", service_authority());
    }
}

void cloud_end(struct cloud *cloud)
{
    service_stop(&cloud->service);
    unlink(cloud->secret);
    orders_free(&cloud->orders);
    cloud_report_free(&cloud->report);
}

/* ---- reports ---- */

static void take_rows(struct cloud_report *report, const struct parcel *parcel, const char *name,
                      struct seen *out, size_t *count)
{
    const char *bytes = parcel_get(parcel, name);
    if (!bytes) {
        return;
    }
    report->kept = realloc(report->kept, (report->kept_count + 1) * sizeof *report->kept);
    struct text *kept = &report->kept[report->kept_count++];
    *kept = (struct text){0};
    text_add(kept, bytes);
    char *at = kept->bytes, *end = at + kept->length;
    while (*count < CLOUD_ROWS_MOST && seen_take(&at, end, &out[*count])) {
        ++*count;
    }
    assert_ptr_equal(at, end);
}

static void take_reply(struct cloud_report *report, struct parcel *parcel)
{
    const char *what = parcel_get(parcel, "what");
    assert_non_null(what);
    assert_int_equal(report->done.pair_count, 0); /* nothing behind the end */
    if (strcmp(what, "rows") == 0) {
        take_rows(report, parcel, "rows", report->rows, &report->row_count);
        take_rows(report, parcel, "gone", report->gone, &report->gone_count);
        report->same += parcel_int(parcel, "same", 0);
    } else if (strcmp(what, "missed") == 0) {
        report->missed += (int64_t)strlen(parcel_get(parcel, "missed")) / 32;
    } else if (strcmp(what, "use") == 0) {
        text_add(&report->use, parcel_get(parcel, "use"));
    } else if (strcmp(what, "done") == 0) {
        report->done = *parcel;
        *parcel = (struct parcel){0};
    } else {
        assert_string_equal(what, "progress");
        report->progress++;
    }
}

int cloud_take(struct cloud_report *report, const char *bytes, size_t length)
{
    struct frame_reader reader = {0};
    struct frame frame;
    for (size_t at = 0; at < length; at += 4096) {
        assert_true(frame_feed(&reader, bytes + at, length - at < 4096 ? length - at : 4096));
        while (frame_take(&reader, &frame)) {
            struct parcel parcel = {0};
            if (frame.kind == FRAME_HELLO) {
                assert_true(frame_hello_good(&frame));
                continue;
            }
            assert_true(parcel_decode(frame.bytes, frame.length, &parcel));
            if (frame.kind == FRAME_FAILURE) {
                failure_take(&parcel, &report->error);
                report->failure = parcel;
                parcel = (struct parcel){0};
            } else {
                take_reply(report, &parcel);
            }
            parcel_free(&parcel);
        }
    }
    assert_int_equal(frame_state(&reader), FRAME_NONE);
    frame_reader_free(&reader);
    return report->done.pair_count ? 0 : -1;
}

void cloud_report_free(struct cloud_report *report)
{
    for (size_t i = 0; i < report->kept_count; i++) {
        text_free(&report->kept[i]);
    }
    free(report->kept);
    text_free(&report->use);
    parcel_free(&report->done);
    parcel_free(&report->failure);
    error_free(&report->error);
    *report = (struct cloud_report){0};
}

int cloud_run(struct cloud *cloud, const struct adapter *adapter)
{
    struct error error = {0};
    struct text bytes = {0};
    char part[4096];
    size_t count;
    FILE *file = tmpfile();
    struct report report = {.fd = fileno(file)};
    cloud_report_free(&cloud->report);
    assert_int_equal(report_hello(&report, &error), 0);
    int status = adapter->fetch(&cloud->orders, &report, CLOUD_NOW, -1, NULL, NULL, &error);
    status = status ? report_failed(&report, &error) : report_done(&report, &error);
    assert_int_equal(status, 0);
    rewind(file);
    while ((count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(&bytes, part, count);
    }
    fclose(file);
    status = cloud_take(&cloud->report, bytes.bytes, bytes.length);
    assert_int_equal(status == 0, error.code == ERROR_NONE);
    text_free(&bytes);
    error_free(&error);
    report_free(&report);
    return status;
}

const struct seen *cloud_row(const struct cloud_report *report, const char *kind, const char *uid)
{
    for (size_t i = 0; i < report->row_count; i++) {
        if (strcmp(report->rows[i].kind, kind) == 0 && strcmp(report->rows[i].uid, uid) == 0) {
            return &report->rows[i];
        }
    }
    return NULL;
}

size_t cloud_count(const struct cloud_report *report, const char *kind)
{
    size_t count = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        count += strcmp(report->rows[i].kind, kind) == 0;
    }
    return count;
}

const char *cloud_kind(const struct cloud_report *report, const char *kind, const char *column)
{
    const struct table *table = parcel_find(&report->done, "kinds");
    for (size_t i = 0; table && i < table_rows(table); i++) {
        if (strcmp(table_cell(table, i, "kind"), kind) == 0) {
            const char *cell = table_cell(table, i, column);
            return cell ? cell : "";
        }
    }
    return "none";
}
