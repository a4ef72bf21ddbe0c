/* abreast.c: what is kept beside the acts, in step with them. */
#include "data/store/abreast.h"

#include <string.h>

#include "core/day.h"
#include "data/store/case_row.h"

/* The next row of ROWS; *AT becomes its first column, the id of its case. */
static int step(struct statement **rows, int64_t *at, struct error *error)
{
    int status = *rows ? db_next(*rows, error) : 0;
    *at = status == 1 ? db_int(*rows, 0) : INT64_MAX;
    *rows = status == 1 ? *rows : NULL; /* it was put back at its end */
    return status < 0 ? -1 : 0;
}

/* To the first row of case ID, or of one behind it. */
static int go_to(struct statement **rows, int64_t *at, int64_t id, struct error *error)
{
    int status = 0;
    while (status == 0 && *at < id) {
        status = step(rows, at, error);
    }
    return status;
}

int abreast_open(struct store *store, struct abreast *out, struct error *error)
{
    *out = (struct abreast){0};
    out->cases = db_query(store->db, error,
                          "SELECT " DB_WHOLE(CASE_COLUMNS) " FROM casefile ORDER BY id", "");
    out->clocks =
        db_query(store->db, error,
                 "SELECT " DB_WHOLE(
                     "case_id, clock, round, state, started_at, ended_at, due_at,"
                     " yellow_on, red_on, red2_on, blue_on, left_wd, provisional,"
                     " sort_at, explained, waived") " FROM clock ORDER BY case_id, clock, round",
                 "");
    out->documents = db_query(store->db, error,
                              "SELECT case_id, n, digest, name, field, part FROM document"
                              " ORDER BY case_id, n, digest, name",
                              "");
    if (!out->cases || !out->clocks || !out->documents) {
        return -1;
    }
    return step(&out->cases, &out->case_at, error) | step(&out->clocks, &out->clock_at, error) |
           step(&out->documents, &out->document_at, error);
}

/* Leaves the cases before UNTIL behind. */
static int pass(struct abreast *abreast, int64_t until, struct error *error)
{
    int status = 0;
    while (status == 0 && abreast->case_at < until) {
        abreast->passed++;
        status = step(&abreast->cases, &abreast->case_at, error);
    }
    return status;
}

int abreast_case(struct abreast *abreast, int64_t id, struct case_row *out, struct error *error)
{
    if (pass(abreast, id, error) != 0) {
        return -1;
    }
    if (abreast->case_at != id) {
        return 0;
    }
    case_row_take(abreast->cases, NULL, out);
    abreast->passed--; /* it will be passed, but it was asked for */
    return 1;
}

static bool is_moment(const struct statement *row, int column, int64_t moment)
{
    return db_null(row, column) ? moment == MOMENT_NONE : db_int(row, column) == moment;
}

static bool same_clock(const struct statement *row, const struct clock_row *r)
{
    return db_int(row, 2) == r->round && db_int(row, 3) == r->state &&
           db_int(row, 4) == r->started && strcmp(db_text(row, 1), r->clock) == 0 &&
           is_moment(row, 5, r->ended) && is_moment(row, 6, r->due) &&
           is_moment(row, 7, r->yellow) && is_moment(row, 8, r->red) &&
           is_moment(row, 9, r->red2) && is_moment(row, 10, r->blue) &&
           (db_null(row, 11) ? -1 : db_int(row, 11)) == r->left &&
           (db_int(row, 12) == 1) == r->provisional && db_int(row, 13) == clock_row_place(r) &&
           db_int(row, 14) == r->explained && db_int(row, 15) == r->waived;
}

int abreast_clocks(struct abreast *abreast, int64_t id, const struct clock_row *rows, size_t count,
                   struct error *error)
{
    size_t there = 0, same = 0;
    int status = go_to(&abreast->clocks, &abreast->clock_at, id, error);
    while (status == 0 && abreast->clock_at == id) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = same_clock(abreast->clocks, &rows[i]);
        }
        there++;
        same += found;
        status = step(&abreast->clocks, &abreast->clock_at, error);
    }
    return status != 0 ? -1 : there == count && same == count;
}

static bool same_document(const struct statement *row, const struct document_row *r)
{
    size_t length;
    const void *digest = db_bytes(row, 2, &length);
    return db_int(row, 1) == r->n && length == STORE_HASH &&
           memcmp(digest, r->digest, STORE_HASH) == 0 && strcmp(db_text(row, 3), r->name) == 0 &&
           strcmp(db_text(row, 4), r->field) == 0 && strcmp(db_text(row, 5), r->part) == 0;
}

int abreast_documents(struct abreast *abreast, int64_t id, const struct document_row *rows,
                      size_t count, struct error *error)
{
    size_t there = 0, same = 0;
    int status = go_to(&abreast->documents, &abreast->document_at, id, error);
    while (status == 0 && abreast->document_at == id) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = same_document(abreast->documents, &rows[i]);
        }
        there++;
        same += found;
        status = step(&abreast->documents, &abreast->document_at, error);
    }
    return status != 0 ? -1 : there == count && same == count;
}

int abreast_finish(struct abreast *abreast, struct error *error)
{
    return pass(abreast, INT64_MAX, error);
}

void abreast_close(struct abreast *abreast)
{
    struct statement *rows[] = {abreast->cases, abreast->clocks, abreast->documents};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i]) {
            db_end(rows[i]);
        }
    }
    *abreast = (struct abreast){0};
}
