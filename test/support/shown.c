/* shown.c: a bureau, and resources that a vendor's cloud shows it. */
#include "test/support/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/vendor/row.h"

/* System vp of 市公安局 is in use with 8 cores and 16 GB; system old has left. */
static void enter(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    synced_clerk(bureau);
    bureau_must(bureau, "put", "kind", "person", "code", "qian", "name", "钱立", "parent", "sj",
                "fact.roles", "leader", "now", "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "system", "code", "vp", "name", "视频平台", "parent", "ga",
                "fact.online", "yes", "fact.opened", "2025-06-02", "fact.entry.mlps_level", "3",
                "fact.entry.network", "internet", "fact.item.DR.quantity", "2", "fact.item.DR.cpu",
                "4", "fact.item.DR.memory", "8", "fact.item.DR.domestic", "yes", "now",
                "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "system", "code", "old", "name", "旧平台", "parent", "ga",
                "fact.online", "no", "fact.opened", "2024-06-03", "fact.closed", "2025-06-02",
                "now", "2026-01-05", NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

/* What the policy asks of a resource goes by other names at this vendor. */
void shown_settle(const struct bureau *bureau)
{
    struct text path = {0};
    text_addf(&path, "%s/yuntai.ini", text_bytes(&bureau->directory));
    FILE *file = fopen(text_bytes(&path), "w");
    assert_non_null(file);
    assert_true(fputs("[vendor.cloud-a]\nkind = table\ntags = xc=domestic zone=network\n", file) >
                0);
    assert_int_equal(fclose(file), 0);
    text_free(&path);
}

int shown_make(void **state, bool served)
{
    struct bureau *bureau = malloc(sizeof *bureau);
    assert_non_null(bureau);
    bureau_make(bureau);
    enter(bureau);
    shown_settle(bureau);
    bureau_open(bureau, served);
    *state = bureau;
    return 0;
}

/* ---- what a vendor shows ---- */

void shown_put_in(struct text *rows, const struct shown *shown, const char *zone)
{
    struct seen seen = {.kind = shown->kind,
                        .uid = shown->uid,
                        .region = "",
                        .project = shown->project,
                        .name = shown->uid,
                        .status = "ACTIVE",
                        .zone = zone,
                        .vcpus = shown->vcpus,
                        .ram = shown->ram,
                        .disk = -1,
                        .facts = shown->facts};
    memcpy(seen.raw, shown->uid, strlen(shown->uid) < 8 ? strlen(shown->uid) : 8);
    seen.raw[12] = (uint8_t)(shown->vcpus * 7 + strlen(shown->facts));
    assert_true(seen_put(&seen, rows));
}

void shown_put(struct text *rows, const struct shown *shown)
{
    shown_put_in(rows, shown, "");
}

const char *shown_rows(const struct shown *shown, size_t count, struct text *rows)
{
    for (size_t i = 0; i < count; i++) {
        shown_put(rows, &shown[i]);
    }
    return text_bytes(rows);
}

/* A whole run that waits to take effect. MISSED: raw digests, "" none. */
void shown_stage(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed,
                 struct text *run)
{
    struct text rows = {0};
    synced_begin(bureau, run);
    synced_stage(bureau, text_bytes(run), shown_rows(shown, count, &rows), missed, NULL);
    text_free(&rows);
}

/* One in force, and what the desk makes of it. USE: a sheet; NULL none. */
void shown_sync_use(struct bureau *bureau, const struct shown *shown, size_t count,
                    const char *missed, const char *use)
{
    struct text rows = {0};
    synced_whole(bureau, shown_rows(shown, count, &rows), missed, use);
    text_free(&rows);
}

void shown_sync(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed)
{
    shown_sync_use(bureau, shown, count, missed, NULL);
}

/* COLUMNS of TABLE of the last reply, a blank between, a line a row; what is not known is "-". */
void shown_assert(struct bureau *bureau, const char *name, const char *const columns[],
                  const char *expected)
{
    struct text seen = {0};
    const struct table *table = parcel_find(&bureau->reply, name);
    assert_non_null(table);
    for (size_t i = 0; i < table_rows(table); i++) {
        for (size_t c = 0; columns[c]; c++) {
            const char *cell = table_cell(table, i, columns[c]);
            text_addf(&seen, "%s%s", c ? " " : "", cell ? cell : "-");
        }
        text_add(&seen, "\n");
    }
    assert_string_equal(text_bytes(&seen), expected);
    text_free(&seen);
}
