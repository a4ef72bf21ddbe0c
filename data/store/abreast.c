/* abreast.c: what is kept beside the acts, in step with them. */
#include "data/store/abreast.h"

#include <string.h>

#include "core/day.h"
#include "data/store/case_row.h"

/* ---- rows ---- */

/* What verify does not compare is not read. */
#define COMPARED                                                                                                \
    "id, number, procedure, title, NULL, org_id, county_id, vendor_id, owner_id, system_id,"                    \
    " policy_id, source, state, with_role, closed, opened_on, changed_at, rev, head, sort_at, due_at, blue_at," \
    " yellow_at, red_at, red2_at, held, left_wd, provisional, wake_at, cal_rev, fold_rev, clock,"               \
    " since_at, reserved"

static bool take_case(void *into, const struct statement *row)
{
    struct abreast *abreast = into;
    arena_clear(abreast->arena);
    case_row_take(row, abreast->arena, &abreast->row);
    return !arena_failed(abreast->arena);
}

static int64_t moment(const struct statement *row, int column)
{
    return db_null(row, column) ? MOMENT_NONE : db_int(row, column);
}

static bool take_clock(void *into, const struct statement *row)
{
    struct kept_clock *clock = into;
    size_t length;
    const char *name = db_bytes(row, 1, &length);
    text_clear(&clock->clock);
    text_add_n(&clock->clock, name, length);
    clock->id = db_int(row, 0);
    clock->round = db_int(row, 2);
    clock->state = db_int(row, 3);
    clock->started = db_int(row, 4);
    clock->ended = moment(row, 5);
    clock->due = moment(row, 6);
    clock->yellow = moment(row, 7);
    clock->red = moment(row, 8);
    clock->red2 = moment(row, 9);
    clock->blue = moment(row, 10);
    clock->left = db_null(row, 11) ? -1 : db_int(row, 11);
    clock->provisional = db_int(row, 12);
    clock->place = db_int(row, 13);
    clock->explained = db_int(row, 14);
    clock->waived = db_int(row, 15);
    return !clock->clock.failed;
}

/* ---- from one to the next ---- */

/* The next row of ROWS: 1, 0 behind the last, -1. */
static int next(struct statement **rows, struct error *error)
{
    int status = *rows ? db_next(*rows, error) : 0;
    *rows = status == 1 ? *rows : NULL; /* it was put back at its end */
    return status;
}

static int next_case(struct abreast *abreast, struct error *error)
{
    int status = next(&abreast->cases, error);
    abreast->case_at = status == 1 ? abreast->row.id : INT64_MAX;
    return status < 0 ? -1 : 0;
}

static int next_clock(struct abreast *abreast, struct error *error)
{
    int status = next(&abreast->clocks, error);
    abreast->clock_at = status == 1 ? abreast->clock.id : INT64_MAX;
    return status < 0 ? -1 : 0;
}

static int next_document(struct abreast *abreast, struct error *error)
{
    int status = next(&abreast->documents, error);
    abreast->document_at = status == 1 ? db_int(abreast->documents, 0) : INT64_MAX;
    return status < 0 ? -1 : 0;
}

static int next_party(struct abreast *abreast, struct error *error)
{
    int status = next(&abreast->parties, error);
    abreast->party_at = status == 1 ? db_int(abreast->parties, 0) : INT64_MAX;
    return status < 0 ? -1 : 0;
}

int abreast_open(struct store *store, struct abreast *out, struct error *error)
{
    *out = (struct abreast){.arena = arena_new()};
    if (!out->arena) {
        return error_memory(error);
    }
    out->cases =
        db_query(store->db, error, "SELECT " DB_WHOLE(COMPARED) " FROM casefile ORDER BY id", "");
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
    out->parties = db_query(store->db, error,
                            "SELECT case_id, org_id FROM party ORDER BY case_id, org_id", "");
    if (!out->cases || !out->clocks || !out->documents || !out->parties) {
        return -1;
    }
    db_take(out->cases, take_case, out);
    db_take(out->clocks, take_clock, &out->clock);
    return next_case(out, error) | next_clock(out, error) | next_document(out, error) |
           next_party(out, error);
}

/* Leaves the cases before UNTIL behind. */
static int pass(struct abreast *abreast, int64_t until, struct error *error)
{
    int status = 0;
    while (status == 0 && abreast->case_at < until) {
        abreast->passed++;
        status = next_case(abreast, error);
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
    *out = abreast->row;
    abreast->passed--; /* it will be passed, but it was asked for */
    return 1;
}

static bool same_clock(const struct kept_clock *kept, const struct clock_row *r)
{
    return kept->round == r->round && kept->state == r->state && kept->started == r->started &&
           strcmp(text_bytes(&kept->clock), r->clock) == 0 && kept->ended == r->ended &&
           kept->due == r->due && kept->yellow == r->yellow && kept->red == r->red &&
           kept->red2 == r->red2 && kept->blue == r->blue && kept->left == r->left &&
           (kept->provisional == 1) == r->provisional && kept->place == clock_row_place(r) &&
           kept->explained == r->explained && kept->waived == r->waived;
}

int abreast_clocks(struct abreast *abreast, int64_t id, const struct clock_row *rows, size_t count,
                   struct error *error)
{
    size_t there = 0, same = 0;
    int status = 0;
    while (status == 0 && abreast->clock_at < id) {
        status = next_clock(abreast, error);
    }
    while (status == 0 && abreast->clock_at == id) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = same_clock(&abreast->clock, &rows[i]);
        }
        there++;
        same += found;
        status = next_clock(abreast, error);
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
    int status = 0;
    while (status == 0 && abreast->document_at < id) {
        status = next_document(abreast, error);
    }
    while (status == 0 && abreast->document_at == id) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = same_document(abreast->documents, &rows[i]);
        }
        there++;
        same += found;
        status = next_document(abreast, error);
    }
    return status != 0 ? -1 : there == count && same == count;
}

int abreast_party(struct abreast *abreast, int64_t id, int64_t *org, struct error *error)
{
    int status = 0;
    while (status == 0 && abreast->party_at < id) {
        status = next_party(abreast, error);
    }
    if (status != 0 || abreast->party_at != id) {
        return status;
    }
    *org = db_int(abreast->parties, 1);
    return next_party(abreast, error) != 0 ? -1 : 1;
}

int abreast_finish(struct abreast *abreast, struct error *error)
{
    return pass(abreast, INT64_MAX, error);
}

void abreast_close(struct abreast *abreast)
{
    struct statement *rows[] = {abreast->cases, abreast->clocks, abreast->documents,
                                abreast->parties};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i]) {
            db_end(rows[i]);
        }
    }
    text_free(&abreast->clock.clock);
    arena_free(abreast->arena);
    *abreast = (struct abreast){0};
}
