/* beside.c: what stands beside the cases: links, parties, who was told, numbers. */
#include <string.h>

#include "core/day.h"
#include "data/store/store.h"

static const char *text(struct arena *arena, const struct statement *row, int column)
{
    const char *bytes = db_text(row, column);
    return db_null(row, column) ? NULL : arena_text(arena, bytes, strlen(bytes));
}

/* ---- what stands beside ---- */

int store_link(struct store *store, int64_t a, int64_t b, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO link (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING", "ii", a, b) < 0
               ? -1
               : 0;
}

int store_is_linked(struct store *store, int64_t b, struct error *error)
{
    int64_t a;
    bool found;
    return db_number(store->db, error, &a, &found, "SELECT a FROM link WHERE b = $1 LIMIT 1", "i",
                     b) != 0
               ? -1
               : found;
}

int store_party(struct store *store, int64_t case_id, int64_t org, int64_t since,
                struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO party (case_id, org_id, since) VALUES ($1, $2, $3)"
                  " ON CONFLICT DO NOTHING",
                  "iii", case_id, org, since) < 0
               ? -1
               : 0;
}

int store_told(struct store *store, int64_t case_id, int32_t n, const char *role, int64_t org,
               int64_t at, struct error *error)
{
    int64_t id = store_id(store, error);
    return id == 0 || db_run(store->db, error,
                             "INSERT INTO told (id, case_id, n, role, org_id, at)"
                             " VALUES ($1, $2, $3, $4, $5, $6)",
                             "iiitii", id, case_id, (int64_t)n, role, org, at) < 0
               ? -1
               : 0;
}

int store_wake_system(struct store *store, int64_t system, int64_t at, struct error *error)
{
    return db_run(store->db, error,
                  "UPDATE casefile SET wake_at = $2 WHERE system_id = $1 AND system_id > 0"
                  " AND closed = 0 AND (wake_at IS NULL OR wake_at > $2)",
                  "ii", system, at) < 0
               ? -1
               : 0;
}

int64_t store_waking(struct store *store, int64_t now, int64_t *ids, int64_t most,
                     struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id FROM casefile WHERE wake_at <= $1 ORDER BY wake_at, id LIMIT $2", "ii",
                 now, most);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ids[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

int store_is_party(struct store *store, int64_t case_id, int64_t org, struct error *error)
{
    int64_t one;
    bool found;
    if (db_number(store->db, error, &one, &found,
                  "SELECT 1 FROM party WHERE case_id = $1 AND org_id = $2", "ii", case_id,
                  org) != 0) {
        return -1;
    }
    return found;
}

int store_is_party_of_system(struct store *store, int64_t system, int64_t org, struct error *error)
{
    int64_t one;
    bool found;
    if (db_number(store->db, error, &one, &found,
                  "SELECT 1 FROM casefile AS c JOIN party AS p ON p.case_id = c.id"
                  " WHERE c.system_id = $1 AND p.org_id = $2 LIMIT 1",
                  "ii", system, org) != 0) {
        return -1;
    }
    return found;
}

int64_t store_related(struct store *store, int64_t id, int64_t system, int64_t org,
                      const char *procedure, bool open_only, int64_t *ids, int64_t most,
                      struct error *error)
{
    static const char of_system[] =
        "SELECT c.id FROM casefile AS c WHERE c.system_id = $2 AND c.system_id > 0 AND c.id <> $1"
        " AND (c.procedure = $4 OR $4 = '') AND (c.closed = 0 OR $5 = 0)"
        " UNION SELECT c.id FROM link AS l JOIN casefile AS c ON c.id = l.b WHERE l.a = $1"
        " AND (c.procedure = $4 OR $4 = '') AND (c.closed = 0 OR $5 = 0)"
        " UNION SELECT c.id FROM link AS l JOIN casefile AS c ON c.id = l.a WHERE l.b = $1"
        " AND (c.procedure = $4 OR $4 = '') AND (c.closed = 0 OR $5 = 0)"
        " UNION SELECT c.id FROM casefile AS c WHERE $2 = 0 AND c.org_id = $3 AND c.id <> $1"
        " AND (c.procedure = $4 OR $4 = '') AND (c.closed = 0 OR $5 = 0) ORDER BY 1 LIMIT $6";
    struct statement *row = db_query(store->db, error, of_system, "iiitii", id, system, org,
                                     procedure, (int64_t)open_only, most);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ids[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

int64_t store_open_cases(struct store *store, int64_t after, int64_t *ids, int64_t most,
                         struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id FROM casefile WHERE closed = 0 AND id > $1 ORDER BY id LIMIT $2", "ii",
                 after, most);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ids[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

static int64_t take_ids(struct statement *row, int64_t *ids, struct error *error)
{
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ids[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

int64_t store_cases_of_org(struct store *store, int64_t org, int64_t after, int64_t *ids,
                           int64_t most, struct error *error)
{
    return take_ids(db_query(store->db, error,
                             "SELECT id FROM casefile WHERE closed = 0 AND id > $2"
                             " AND (org_id = $1 OR county_id = $1 OR vendor_id = $1)"
                             " ORDER BY id LIMIT $3",
                             "iii", org, after, most),
                    ids, error);
}

int64_t store_cases_of_owner(struct store *store, int64_t owner, const char *procedure,
                             const char *state, int64_t after, int64_t *ids, int64_t most,
                             struct error *error)
{
    return take_ids(db_query(store->db, error,
                             "SELECT id FROM casefile WHERE closed = 0 AND owner_id = $1"
                             " AND (procedure = $2 OR $2 = '') AND (state = $3 OR $3 = '')"
                             " AND id > $4 ORDER BY id LIMIT $5",
                             "ittii", owner, procedure, state, after, most),
                    ids, error);
}

int store_party_too(struct store *store, int64_t from, int64_t to, int64_t since,
                    struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO party (case_id, org_id, since)"
                  " SELECT p.case_id, $2, $3 FROM party AS p WHERE p.org_id = $1"
                  " ON CONFLICT DO NOTHING",
                  "iii", from, to, since) < 0
               ? -1
               : 0;
}

int store_queue_end(struct store *store, const struct queue_place *after, int64_t most,
                    struct queue_place *end, struct error *error)
{
    struct statement *row = db_query(store->db, error,
                                     "SELECT sort_at, id FROM casefile WHERE closed = 0"
                                     " AND (sort_at, id) > ($1, $2) ORDER BY sort_at, id"
                                     " LIMIT 1 OFFSET $3",
                                     "iii", after->sort_at, after->id, most - 1);
    int status = row ? db_next(row, error) : -1;
    *end = (struct queue_place){INT64_MAX, INT64_MAX};
    if (status == 1) {
        *end = (struct queue_place){db_int(row, 0), db_int(row, 1)};
        db_end(row);
    }
    return status < 0 ? -1 : 0;
}

int64_t store_stale(struct store *store, const struct queue_place *after,
                    const struct queue_place *end, int32_t cal_rev, int32_t fold_rev, int64_t *ids,
                    int64_t most, struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id FROM casefile WHERE closed = 0 AND (sort_at, id) > ($1, $2)"
                 " AND (sort_at, id) <= ($3, $4) AND (cal_rev <> $5 OR fold_rev <> $6) LIMIT $7",
                 "iiiiiii", after->sort_at, after->id, end->sort_at, end->id, (int64_t)cal_rev,
                 (int64_t)fold_rev, most);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ids[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

int store_log(struct store *store, int64_t at, uint32_t uid, int64_t person, const char *what,
              const char *outcome, struct error *error)
{
    int64_t id = store_id(store, error);
    return id == 0 || db_run(store->db, error,
                             "INSERT INTO log (id, at, uid, person_id, what, outcome)"
                             " VALUES ($1, $2, $3, $4, $5, $6)",
                             "iiiitt", id, at, (int64_t)uid, person, what, outcome) < 0
               ? -1
               : 0;
}

int store_logged(struct store *store, int64_t after, int64_t limit,
                 int (*take)(void *self, const struct log_row *row), void *self,
                 struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id, at, uid, person_id, what, outcome FROM log WHERE id < $1 OR $1 = 0"
                 " ORDER BY id DESC LIMIT $2",
                 "ii", after, limit);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct log_row out = {.id = db_int(row, 0),
                              .at = db_int(row, 1),
                              .uid = db_int(row, 2),
                              .person = db_int(row, 3),
                              .what = db_text(row, 4),
                              .outcome = db_text(row, 5)};
        if (take(self, &out) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int store_next_wake(struct store *store, int64_t *next, struct error *error)
{
    bool found;
    int64_t at;
    int status = db_number(store->db, error, &at, &found,
                           "SELECT MIN(wake_at) FROM casefile WHERE wake_at IS NOT NULL", "");
    *next = status == 0 && found ? at : *next;
    return status;
}

/* ---- register numbers ---- */

int store_number(struct store *store, const char *series, const char *pattern, int year,
                 int64_t case_id, int32_t day, struct text *out, struct error *error)
{
    int64_t seq = 0;
    bool found;
    if (db_number(store->db, error, &seq, &found,
                  "INSERT INTO series AS s (name, year, last) VALUES ($1, $2, 1)"
                  " ON CONFLICT (name, year) DO UPDATE SET last = s.last + 1 RETURNING last",
                  "ti", series, (int64_t)year) != 0) {
        return -1;
    }
    size_t from = out->length;
    for (const char *at = pattern; *at; at++) {
        bool is_year = strncmp(at, "{year}", 6) == 0, is_seq = strncmp(at, "{seq}", 5) == 0;
        if (is_year || is_seq) {
            text_add_int(out, is_year ? year : seq);
            at += is_year ? 5 : 4;
        } else {
            text_add_n(out, at, 1);
        }
    }
    return db_run(store->db, error,
                  "INSERT INTO number (series, year, seq, text, case_id, day) VALUES ($1, $2, $3,"
                  " $4, $5, $6)",
                  "tiitii", series, (int64_t)year, seq, text_bytes(out) + from, case_id,
                  (int64_t)day) < 0
               ? -1
               : 0;
}

static struct number_row number_of(const struct statement *row)
{
    return (struct number_row){.series = db_text(row, 0),
                               .year = db_int(row, 1),
                               .seq = db_int(row, 2),
                               .text = db_text(row, 3),
                               .case_id = db_int(row, 4),
                               .day = (int32_t)db_int(row, 5),
                               .void_reason = db_null(row, 6) ? NULL : db_text(row, 6)};
}

int store_numbers(struct store *store, const char *series, int64_t year,
                  int (*take)(void *self, const struct number_row *row), void *self,
                  struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT series, year, seq, text, case_id, day, void FROM number"
                 " WHERE (series = $1 OR $1 = '') AND (year = $2 OR $2 = 0)"
                 " ORDER BY series, year, seq",
                 "ti", series, year);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct number_row number = number_of(row);
        if (take(self, &number) != 0) {
            db_end(row);
            return 0;
        }
    }
    return status;
}

int store_numbers_given(struct store *store,
                        int (*take)(void *self, const struct number_row *row, bool astray),
                        void *self, struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT n.series, n.year, n.seq, n.text, n.case_id, n.day, n.void,"
                 " CASE WHEN c.id IS NULL OR (c.procedure = n.series"
                 " AND c.number IS DISTINCT FROM n.text) THEN 1 ELSE 0 END"
                 " FROM number AS n LEFT JOIN casefile AS c ON c.id = n.case_id"
                 " ORDER BY n.series, n.year, n.seq",
                 "");
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct number_row number = number_of(row);
        if (take(self, &number, db_int(row, 7) == 1) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int store_number_named(struct store *store, const char *named, struct arena *arena,
                       struct number_row *out, struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT series, year, seq, text, case_id, day, void FROM number WHERE text = $1",
                 "t", named);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        *out = number_of(row);
        out->series = text(arena, row, 0);
        out->text = text(arena, row, 3);
        out->void_reason = text(arena, row, 6);
        db_end(row);
        status = arena_failed(arena) ? error_memory(error) : 1;
    }
    return status;
}

int store_number_void(struct store *store, const struct number_row *row, const char *reason,
                      struct error *error)
{
    return db_run(store->db, error,
                  "UPDATE number SET void = $4 WHERE series = $1 AND year = $2 AND seq = $3",
                  "tiit", row->series, row->year, row->seq, reason) < 0
               ? -1
               : 0;
}
