/* test_table.c: a vendor's inventory and a month's use out of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "test/support/cloud.h"

struct files {
    struct cloud cloud; /* without a service */
    char inventory[40], usage[40];
};

static void write_file(struct files *files, const char *key, char path[40], const char *bytes)
{
    snprintf(path, 40, "/tmp/yuntai-table-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    close(file);
    cloud_set(&files->cloud, key, path);
}

static void begin(struct files *files, const char *inventory, const char *usage)
{
    *files = (struct files){0};
    files->cloud.orders.vendor = strdup("test");
    cloud_set(&files->cloud, "kind", "table");
    if (inventory) {
        write_file(files, "inventory", files->inventory, inventory);
    }
    if (usage) {
        write_file(files, "usage", files->usage, usage);
    }
}

static void end(struct files *files)
{
    unlink(files->inventory);
    unlink(files->usage);
    orders_free(&files->cloud.orders);
    cloud_report_free(&files->cloud.report);
}

static int run(struct files *files)
{
    return cloud_run(&files->cloud, &table_adapter);
}

static const char inventory[] = "\xEF\xBB\xBFkind,id,name,project,vcpus,ram_gib,disk,owner,backup\n"
                                "server,vm-1,政务一,p1,4,8,100,\"张,三\",yes\n"
                                ",vm-2,政务二,p1,2,0.5,,,\n"
                                "volume,vol-1,数据盘,p1,,,500,,no\n";

static void an_inventory(void **state)
{
    (void)state;
    struct files files;
    struct cloud_report *report = &files.cloud.report;
    begin(&files, inventory, NULL);
    assert_int_equal(run(&files), 0);
    assert_int_equal(report->row_count, 3);
    const struct seen *first = cloud_row(report, "server", "vm-1");
    assert_string_equal(first->name, "政务一");
    assert_int_equal(first->vcpus, 4);
    assert_int_equal(first->ram, 8192);
    assert_int_equal(first->disk, 100);
    assert_string_equal(first->facts, "backup=yes\nowner=张,三\n");
    assert_int_equal(cloud_row(report, "server", "vm-2")->ram, 512);
    assert_int_equal(cloud_row(report, "server", "vm-2")->disk, -1);
    assert_int_equal(cloud_row(report, "volume", "vol-1")->disk, 500);
    assert_string_equal(cloud_kind(report, "server", "full"), "yes");
    assert_string_equal(cloud_kind(report, "project", "full"), "none");
    assert_null(parcel_find(&report->done, "problems"));
    assert_string_equal(parcel_get(&report->done, "mark"), "2026-11-22T09:00:00Z");

    static const uint8_t last[SEEN_RAW] = {0xff, 0xff, 0xff, 0xff};
    uint8_t raw[SEEN_RAW];
    memcpy(raw, cloud_row(report, "volume", "vol-1")->raw, SEEN_RAW);
    cloud_know(&files.cloud, KIND_VOLUME, raw, 1);
    cloud_know(&files.cloud, KIND_VOLUME, last, 1);
    assert_int_equal(run(&files), 0);
    assert_int_equal(report->row_count, 2);
    assert_int_equal(report->same, 1);
    assert_int_equal(report->missed, 1);
    end(&files);
}

/* Each row that is wrong, by its line; the rest is taken, and nothing is said to have vanished. */
static void rows_that_are_wrong(void **state)
{
    (void)state;
    static const uint8_t last[SEEN_RAW] = {0xff};
    static const struct {
        const char *line, *column, *what;
    } all[] = {{"3", "id", "it is empty"},
               {"4", "vcpus", "it is no amount"},
               {"5", "kind", "there is no such kind"},
               {"6", NULL, "more or fewer fields"},
               {"7", "id", "there is such a row already"},
               {"8", "vcpus", "it is no amount"}};
    struct files files;
    struct cloud_report *report = &files.cloud.report;
    begin(&files,
          "kind,id,vcpus\nserver,a,4\nserver,,4\nserver,b,-1\ncar,c,4\nserver,d\nserver,a,5\n"
          "server,e,2.5\nserver,f,9\n",
          NULL);
    cloud_know(&files.cloud, KIND_SERVER, last, 1);
    assert_int_equal(run(&files), 0);
    assert_int_equal(report->row_count, 2);
    assert_int_equal(report->missed, 0);
    assert_string_equal(cloud_kind(report, "server", "full"), "no");
    const struct table *problems = parcel_find(&report->done, "problems");
    assert_non_null(problems);
    assert_int_equal(table_rows(problems), sizeof all / sizeof *all);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *column = table_cell(problems, i, "column");
        assert_string_equal(table_cell(problems, i, "line"), all[i].line);
        assert_string_equal(column ? column : "", all[i].column ? all[i].column : "");
        assert_non_null(strstr(table_cell(problems, i, "what"), all[i].what));
        assert_string_equal(table_cell(problems, i, "file"), files.inventory);
    }
    end(&files);
}

static void a_month_of_use(void **state)
{
    (void)state;
    struct files files;
    struct cloud_report *report = &files.cloud.report;
    begin(&files, NULL,
          "note,month,resource,samples,avg.cpu,p95.cpu,peak.cpu\n"
          "x,2026-10,vm-1,8928,12.5,40,97\n"
          "x,2026-10,\"vm,2\",8928,,,\n"
          "x,2026-10,vm-3,8928,101,1,1\n"
          "x,2026-13,vm-4,8928,1,1,1\n"
          "x,2026-10,vm-1,8928,1,1,1\n"
          "x,2026-10,vm-5,1.5,1,1,1\n");
    assert_int_equal(run(&files), 0);
    assert_string_equal(text_bytes(&report->use),
                        "month,resource,samples,avg.cpu,p95.cpu,peak.cpu\n"
                        "2026-10,vm-1,8928,12.5,40,97\n2026-10,\"vm,2\",8928,,,\n");
    assert_int_equal(table_rows(parcel_find(&report->done, "problems")), 4);
    assert_string_equal(cloud_kind(report, "use", "rows"), "2");
    assert_string_equal(cloud_kind(report, "use", "full"), "no");
    end(&files);
}

static void files_that_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *word;
    } all[] = {{"", "the table has no column id"},
               {"name\nx\n", "the table has no column id"},
               {"id,id\nx,y\n", "“id” is no name of a column, or stands twice"},
               {"id,Größe\nx,y\n", "is no name of a column"},
               {"id,name\n,x\n", "no row of the table can be taken"},
               {"id\na\n\"b\n", ":3: a quote is never closed"},
               {"id\na\n\xff\n", ":3: bytes that are no UTF-8"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct files files;
        struct text said = {0};
        begin(&files, all[i].bytes, NULL);
        assert_int_equal(run(&files), -1);
        error_text(&files.cloud.report.error, NULL, &said);
        if (!strstr(text_bytes(&said), all[i].word)) {
            fail_msg("“%s” does not say “%s”", text_bytes(&said), all[i].word);
        }
        text_free(&said);
        end(&files);
    }
    struct files files;
    begin(&files, NULL, NULL);
    assert_int_equal(run(&files), -1);
    cloud_set(&files.cloud, "inventory", "/nonexistent.csv");
    assert_int_equal(run(&files), -1);
    cloud_set(&files.cloud, "inventory", "/dev/zero");
    assert_int_equal(run(&files), -1);
    end(&files);
}

/* More than the setting allows is not read to its end. */
static void a_file_that_is_too_large(void **state)
{
    (void)state;
    struct files files;
    struct text bytes = {0}, said = {0};
    text_add(&bytes, "id,name\n");
    while (bytes.length < (3 << 20)) {
        text_add(&bytes, "some-server-or-other,its name\n");
    }
    begin(&files, text_bytes(&bytes), NULL);
    cloud_set(&files.cloud, "largest", "1");
    assert_int_equal(run(&files), -1);
    error_text(&files.cloud.report.error, NULL, &said);
    assert_non_null(strstr(text_bytes(&said), "more than 1 MiB"));
    text_free(&said);
    text_free(&bytes);
    end(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inventory),
        cmocka_unit_test(rows_that_are_wrong),
        cmocka_unit_test(a_month_of_use),
        cmocka_unit_test(files_that_are_none),
        cmocka_unit_test(a_file_that_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
