/*
 * shown.h: a bureau with one system in use and one that left, and what a vendor's cloud shows of
 * them.
 *
 * System vp (视频平台) of 市公安局 has 8 cores and 16 GB; system old is in use no more.
 */
#ifndef YUNTAI_TEST_SUPPORT_SHOWN_H
#define YUNTAI_TEST_SUPPORT_SHOWN_H

#include "test/support/synced.h"

struct shown {
    const char *kind, *uid, *project;
    int64_t vcpus, ram;
    const char *facts;
};

int shown_make(void **state, bool served); /* for BUREAU_OVER_BOTH() */
/* A test at both kinds of desk; at that of the files alone. */
#define OVER_BOTH(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, shown_make_local, bureau_unmake),                        \
        cmocka_unit_test_setup_teardown(test, shown_make_served, bureau_unmake)
#define LOCALLY(test) cmocka_unit_test_setup_teardown(test, shown_make_local, bureau_unmake)
/* The settings of the workspace: what the policy asks of a resource goes by other names there. */
void shown_settle(const struct bureau *bureau);
void shown_put(struct text *rows, const struct shown *shown);
void shown_put_in(struct text *rows, const struct shown *shown, const char *zone);
const char *shown_rows(const struct shown *shown, size_t count, struct text *rows);
/* A whole run that waits to take effect. MISSED: raw digests, "" none. */
void shown_stage(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed,
                 struct text *run);
/* One in force, and what the desk makes of it. USE: a sheet; NULL none. */
void shown_sync_use(struct bureau *bureau, const struct shown *shown, size_t count,
                    const char *missed, const char *use);
void shown_sync(struct bureau *bureau, const struct shown *shown, size_t count, const char *missed);
/* COLUMNS of table NAME of the last reply, a blank between, a line a row, are EXPECTED; what is not
 * known is "-". */
void shown_assert(struct bureau *bureau, const char *name, const char *const columns[],
                  const char *expected);

#endif
