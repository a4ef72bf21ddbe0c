/* report.c: frames to the parent. */
#include "data/vendor/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/day.h"
#include "data/monotonic.h"
#include "data/vendor/http.h"

enum { ROWS_BYTES = 256 << 10, USE_BYTES = 48 << 10, MISSED_MOST = 10000, TELL_MS = 200 };

/* Writes all that waits; the parent takes its time. */
static int write_out(struct report *report, struct error *error)
{
    const char *bytes;
    for (size_t length; (length = frame_waiting(&report->writer, &bytes)) > 0;) {
        ssize_t count = write(report->fd, bytes, length);
        if (count < 0 && errno != EINTR) {
            return error_errno(error, N_("writing"), "stdout", errno);
        }
        frame_sent(&report->writer, count > 0 ? (size_t)count : 0);
    }
    return 0;
}

static int put(struct report *report, enum frame_kind kind, struct parcel *parcel,
               struct error *error)
{
    bool good = !parcel->failed && frame_put_parcel(&report->writer, kind, parcel) == FRAME_PUT;
    parcel_free(parcel);
    return good ? write_out(report, error) : error_memory(error);
}

int report_hello(struct report *report, struct error *error)
{
    const char *hello = frame_hello();
    size_t length = 0;
    while (hello[length]) {
        length++;
    }
    return frame_put(&report->writer, FRAME_HELLO, hello, length) == FRAME_PUT
               ? write_out(report, error)
               : error_memory(error);
}

/* ---- rows ---- */

static void put_text(struct parcel *parcel, const char *name, struct text *text)
{
    if (text->length) {
        parcel_put_n(parcel, name, text->bytes, text->length);
        parcel->failed = parcel->failed || text->failed;
        text_clear(text);
    }
}

static int tell_rows(struct report *report, struct error *error)
{
    struct parcel parcel = {0};
    if (!report->rows.length && !report->gone.length && !report->same) {
        return 0;
    }
    parcel_put(&parcel, "what", "rows");
    put_text(&parcel, "rows", &report->rows);
    put_text(&parcel, "gone", &report->gone);
    parcel_put_int(&parcel, "same", report->same);
    report->same = 0;
    report->row_count = 0;
    return put(report, FRAME_REPLY, &parcel, error);
}

static int add_row(struct report *report, const struct seen *seen, struct text *to,
                   struct error *error)
{
    if (!seen_put(seen, to)) {
        return error_memory(error);
    }
    bool full = ++report->row_count >= REPORT_ROWS_MOST ||
                report->rows.length + report->gone.length > ROWS_BYTES;
    return full ? tell_rows(report, error) : 0;
}

int report_seen(struct report *report, enum kind kind, const struct seen *seen, struct error *error)
{
    report->outcomes[kind].rows++;
    return add_row(report, seen, &report->rows, error);
}

int report_gone(struct report *report, enum kind kind, const struct seen *seen, struct error *error)
{
    report->outcomes[kind].gone++;
    return add_row(report, seen, &report->gone, error);
}

void report_same(struct report *report, enum kind kind, int64_t count)
{
    report->outcomes[kind].rows += count;
    report->outcomes[kind].same += count;
    report->same += count;
}

/* ---- use ---- */

static int tell_use(struct report *report, struct error *error)
{
    struct parcel parcel = {0};
    if (!report->use.length) {
        return 0;
    }
    parcel_put(&parcel, "what", "use");
    put_text(&parcel, "use", &report->use);
    return put(report, FRAME_REPLY, &parcel, error);
}

int report_use(struct report *report, const char *head, const char *line, struct error *error)
{
    if (!report->use.length) {
        text_add(&report->use, head);
    }
    text_add(&report->use, line);
    report->outcomes[OUTCOME_USE].rows++;
    return report->use.length > USE_BYTES ? tell_use(report, error) : 0;
}

/* ---- how far it is ---- */

static bool is_in(const char *all, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = all; (at = strstr(at, word)); at++) {
        if ((at == all || at[-1] == ' ') && (at[length] == ',' || !at[length])) {
            return true;
        }
    }
    return false;
}

/* The services that were asked, each once. */
static void put_services(const struct report *report, struct parcel *parcel)
{
    struct text all = {0};
    text_add(&all, text_bytes(&report->door));
    for (int i = 0; i < OUTCOMES; i++) {
        const struct text *service = &report->outcomes[i].service;
        if (service->length && !is_in(text_bytes(&all), text_bytes(service))) {
            text_addf(&all, "%s%s", all.length ? ", " : "", text_bytes(service));
        }
    }
    put_text(parcel, "services", &all);
    text_free(&all);
}

static void put_counts(const struct report *report, struct parcel *parcel)
{
    struct text again = {0};
    int64_t rows = 0, same = 0;
    for (int i = 0; i < KINDS; i++) {
        rows += report->outcomes[i].rows + report->outcomes[i].gone;
        same += report->outcomes[i].same;
    }
    parcel_put(parcel, "kind", report->kind);
    parcel_put_int(parcel, "rows", rows);
    parcel_put_int(parcel, "same", same);
    parcel_put_int(parcel, "pages", report->pages);
    parcel_put_int(parcel, "bytes", report->bytes);
    if (report->packed) {
        parcel_put_int(parcel, "packed", report->packed);
    }
    parcel_put_int(parcel, "retries", report->retries);
    again_put(&report->agains, &again);
    put_text(parcel, "again", &again);
    text_free(&again);
    put_services(report, parcel);
}

static void put_outcomes(const struct report *report, struct parcel *parcel)
{
    static const struct column columns[] = {
        {"kind", CELL_NAME, N_("kind")},           {"full", CELL_YESNO, N_("all of them")},
        {"whole", CELL_YESNO, N_("came whole")},   {"rows", CELL_NUMBER, N_("seen")},
        {"same", CELL_NUMBER, N_("as before")},    {"gone", CELL_NUMBER, N_("deleted")},
        {"again", CELL_NUMBER, N_("shown twice")}, {"pages", CELL_NUMBER, N_("pages")},
        {"skipped", CELL_TEXT, N_("not taken")},   {"service", CELL_NAME, N_("service")}};
    struct table *table = parcel_table(parcel, "kinds", columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < OUTCOMES; i++) {
        const struct outcome *outcome = &report->outcomes[i];
        if (outcome->asked) {
            table_text(table, kind_names[i].kind);
            table_yesno(table, outcome->full && !outcome->skipped);
            table_yesno(table, outcome->whole || outcome->skipped);
            table_int(table, outcome->rows);
            table_int(table, outcome->same);
            table_int(table, outcome->gone);
            table_int(table, outcome->again);
            table_int(table, outcome->pages);
            table_text(table, outcome->skipped ? text_bytes(&outcome->why) : NULL);
            table_text(table, outcome->service.length ? text_bytes(&outcome->service) : NULL);
        }
    }
}

static int tell_progress(struct report *report, struct error *error)
{
    struct parcel parcel = {0};
    report->told_at = monotonic_ms();
    parcel_put(&parcel, "what", "progress");
    put_counts(report, &parcel);
    put_outcomes(report, &parcel);
    return put(report, FRAME_REPLY, &parcel, error);
}

int report_flush(struct report *report, bool now, struct error *error)
{
    if (tell_rows(report, error) != 0 || tell_use(report, error) != 0) {
        return -1;
    }
    return now || monotonic_ms() - report->told_at >= TELL_MS ? tell_progress(report, error) : 0;
}

int report_missed(struct report *report, enum kind kind, struct raws *known, struct error *error)
{
    struct text missed = {0};
    size_t at = 0;
    int more;
    while ((more = raws_missed(known, &at, MISSED_MOST, &missed, error)) > 0) {
        struct parcel parcel = {0};
        parcel_put(&parcel, "what", "missed");
        parcel_put(&parcel, "kind", kind_names[kind].kind);
        put_text(&parcel, "missed", &missed);
        if (put(report, FRAME_REPLY, &parcel, error) != 0) {
            more = -1;
            break;
        }
    }
    text_free(&missed);
    return more;
}

/* ---- the end ---- */

int report_done(struct report *report, struct error *error)
{
    struct parcel parcel = {0};
    if (report_flush(report, false, error) != 0 ||
        (report->problems.table_count > 0 && !parcel_copy(&report->problems, &parcel))) {
        parcel_free(&parcel);
        return error_memory(error);
    }
    parcel_put(&parcel, "what", "done");
    parcel_put(&parcel, "mark", text_bytes(&report->mark));
    put_counts(report, &parcel);
    put_outcomes(report, &parcel);
    return put(report, FRAME_REPLY, &parcel, error);
}

int report_failed(struct report *report, const struct error *why)
{
    struct parcel parcel = {0};
    struct error error = {0};
    put_counts(report, &parcel);
    if (report->request.length) {
        parcel_put(&parcel, "request", text_bytes(&report->request));
    }
    failure_put(&parcel, why);
    int status = put(report, FRAME_FAILURE, &parcel, &error);
    error_free(&error);
    return status;
}

void report_time(int64_t utc, struct text *out)
{
    char day[DAY_TEXT];
    int seconds = (int)(utc - (int64_t)moment_day(utc) * DAY_SECONDS);
    text_addf(out, "%sT%02d:%02d:%02dZ", day_format(moment_day(utc), day), seconds / 3600,
              seconds / 60 % 60, seconds % 60);
}

void report_free(struct report *report)
{
    struct text *const texts[] = {&report->mark, &report->door, &report->request,
                                  &report->rows, &report->gone, &report->use};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_free(texts[i]);
    }
    for (int i = 0; i < OUTCOMES; i++) {
        text_free(&report->outcomes[i].why);
        text_free(&report->outcomes[i].service);
    }
    parcel_free(&report->problems);
    frame_writer_free(&report->writer);
}
