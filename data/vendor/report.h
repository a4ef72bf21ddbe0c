/* clang-format off */
/*
 * report.h: what yuntai-net tells its parent while it works, and how it ends.
 *
 * Frames on its standard output: a hello; then replies, which are parcels, each with `what`:
 *
 *     what=rows      rows: resources, new or read anew, as seen_put() writes them (data/vendor/row.h);
 *                    gone: the same, of servers that an increment shows as deleted;
 *                    same: how many more were seen whose digest is known
 *     what=missed    kind; missed: digests in hexadecimal of known ones that a full list does not
 *                    have any more
 *     what=use       use: a sheet of a month's use, CSV with the columns month, resource, samples,
 *                    avg.MEASURE, p95.MEASURE, peak.MEASURE
 *     what=progress  kind, page, rows, pages, bytes (unpacked), packed (the same as they came over
 *                    the line), retries, again (why: see data/vendor/again.h), services (those that
 *                    were asked, ", " between: "compute 2.79"); table kinds, as far as it came,
 *                    with the service each is asked of
 *     what=done      the end: the same and mark, same; table kinds, one row of each
 *                    kind that was asked for; table problems, of rows of a table that are not taken
 *
 * or, in the place of the end, a failure: the error's pairs, and before them kind, request (the
 * service's id of it) and what progress has: how far it came. What was told before it is void then.
 */
/* clang-format on */
#ifndef YUNTAI_DATA_VENDOR_REPORT_H
#define YUNTAI_DATA_VENDOR_REPORT_H

#include "data/vendor/again.h"
#include "data/vendor/raws.h"
#include "data/vendor/reading.h"
#include "data/wire/frame.h"

enum { REPORT_ROWS_MOST = 500 }; /* of a frame */

struct outcome { /* of a kind; zeroed: not asked for */
    bool asked, full;
    bool whole;   /* the list has ended */
    bool skipped; /* the service does not have it, or not for this account: `why` */
    int64_t rows, same, gone, again, pages;
    struct text why;
    struct text service; /* as session_called() has it; "": none is asked */
};
enum { OUTCOME_USE = KIND_METER, OUTCOMES };

struct report { /* zeroed but for FD */
    int fd;
    struct outcome outcomes[OUTCOMES];
    int64_t pages, bytes, packed, retries;
    struct agains agains;
    struct text mark;
    struct text door;       /* the service that gives tokens; "": none is asked */
    struct parcel problems; /* a table of that name, where there are some */
    struct text request;    /* of the question that failed */
    const char *kind;       /* at hand */
    /* report.c's own */
    struct frame_writer writer;
    struct text rows, gone, use;
    int64_t row_count, same;
    int64_t told_at;
};

/* Each returns 0; -1 with ERROR: nobody listens any more, or memory is short. */
int report_hello(struct report *report, struct error *error);
int report_seen(struct report *report, enum kind kind, const struct seen *seen,
                struct error *error);
int report_gone(struct report *report, enum kind kind, const struct seen *seen,
                struct error *error);
void report_same(struct report *report, enum kind kind, int64_t count);
/* A line of a sheet, with its end; HEAD: the line of its columns, ahead of the first. */
int report_use(struct report *report, const char *head, const char *line, struct error *error);
/* What waits goes; NOW: progress too, else only where some time has passed. */
int report_flush(struct report *report, bool now, struct error *error);
int report_missed(struct report *report, enum kind kind, struct raws *known, struct error *error);
int report_done(struct report *report, struct error *error);
int report_failed(struct report *report, const struct error *why);
/* Appends UTC seconds as a mark has them: 2026-11-22T09:15:36Z. */
void report_time(int64_t utc, struct text *out);
void report_free(struct report *report);

#endif
