/* inventory.c: vendors, their runs, and what stood when. */
#include "data/store/inventory.h"

#include <string.h>

static const char *kept(struct arena *arena, const struct statement *at, int column)
{
    const char *bytes = db_text(at, column);
    return arena_text(arena, bytes, strlen(bytes));
}

/* ---- vendors ---- */

#define VENDOR_COLUMNS "id, name, run, run_at, full_at, mark"

static struct vendor_row vendor_at(const struct statement *at, struct arena *arena)
{
    return (struct vendor_row){.id = db_int(at, 0),
                               .name = kept(arena, at, 1),
                               .run = db_int(at, 2),
                               .run_at = db_int(at, 3),
                               .full_at = db_int(at, 4),
                               .mark = kept(arena, at, 5)};
}

static int one_vendor(struct statement *at, struct arena *arena, struct vendor_row *out,
                      struct error *error)
{
    int status = at ? db_next(at, error) : -1;
    if (status == 1) {
        *out = vendor_at(at, arena);
        db_end(at);
    }
    return status;
}

int store_vendor_named(struct store *store, const char *name, struct arena *arena,
                       struct vendor_row *out, struct error *error)
{
    return one_vendor(db_query(store->db, error,
                               "SELECT " VENDOR_COLUMNS " FROM vendor WHERE name = $1", "t", name),
                      arena, out, error);
}

int store_vendor(struct store *store, const char *name, struct arena *arena, struct vendor_row *out,
                 struct error *error)
{
    int found = store_vendor_named(store, name, arena, out, error);
    if (found != 0) {
        return found == 1 ? 0 : -1;
    }
    if (db_run(store->db, error,
               "INSERT INTO vendor (id, name, run, run_at, full_at, mark)"
               " SELECT COALESCE(MAX(id), 0) + 1, $1, 0, 0, 0, '' FROM vendor WHERE 1 = 1"
               " ON CONFLICT (name) DO NOTHING",
               "t", name) < 0) {
        return -1;
    }
    return store_vendor_named(store, name, arena, out, error) == 1 ? 0 : -1;
}

int store_vendor_by_id(struct store *store, int64_t id, struct arena *arena, struct vendor_row *out,
                       struct error *error)
{
    return one_vendor(db_query(store->db, error,
                               "SELECT " VENDOR_COLUMNS " FROM vendor WHERE id = $1", "i", id),
                      arena, out, error) == 1
               ? 0
               : -1;
}

int store_vendors(struct store *store, struct arena *arena,
                  int (*take)(void *self, const struct vendor_row *row), void *self,
                  struct error *error)
{
    struct statement *at =
        db_query(store->db, error, "SELECT " VENDOR_COLUMNS " FROM vendor ORDER BY id", "");
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct vendor_row row = vendor_at(at, arena);
        if (take(self, &row) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}

/* ---- runs ---- */

#define RUN_COLUMNS                                                                                \
    "id, vendor_id, person_id, began_at, ended_at, whole, state, holder, rows, made, changed,"     \
    " gone, pages, bytes, retries, said"

static struct run_row run_at(const struct statement *at, struct arena *arena)
{
    return (struct run_row){
        .id = db_int(at, 0),
        .vendor = db_int(at, 1),
        .person = db_int(at, 2),
        .began = db_int(at, 3),
        .ended = db_int(at, 4),
        .full = db_int(at, 5) == 1,
        .state = (enum sync_state)db_int(at, 6),
        .holder = kept(arena, at, 7),
        .count = {.rows = db_int(at, 8),
                  .made = db_int(at, 9),
                  .changed = db_int(at, 10),
                  .gone = db_int(at, 11),
                  .pages = db_int(at, 12),
                  .bytes = db_int(at, 13),
                  .retries = db_int(at, 14)},
        .said = kept(arena, at, 15),
    };
}

int store_run_begin(struct store *store, int64_t vendor, int64_t person, bool full,
                    const char *holder, int64_t at, int64_t *run, struct error *error)
{
    bool found;
    return db_number(store->db, error, run, &found,
                     "INSERT INTO run (id, vendor_id, person_id, began_at, ended_at, whole, state,"
                     " holder, rows, made, changed, gone, pages, bytes, retries, said)"
                     " SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, 0, $4, $5, $6, 0, 0, 0, 0, 0,"
                     " 0, 0, '' FROM run RETURNING id",
                     "iiiiit", vendor, person, at, (int64_t)full, (int64_t)SYNC_GOING, holder);
}

/* The one row of AT. */
static int one_run(struct statement *at, struct arena *arena, struct run_row *out,
                   struct error *error)
{
    int status = at ? db_next(at, error) : -1;
    if (status == 1) {
        *out = run_at(at, arena);
        db_end(at);
    }
    return status;
}

int store_run(struct store *store, int64_t run, struct arena *arena, struct run_row *out,
              struct error *error)
{
    return one_run(
        db_query(store->db, error, "SELECT " RUN_COLUMNS " FROM run WHERE id = $1", "i", run),
        arena, out, error);
}

int store_run_pending(struct store *store, int64_t vendor, struct arena *arena, struct run_row *out,
                      struct error *error)
{
    return one_run(db_query(store->db, error,
                            "SELECT " RUN_COLUMNS " FROM run WHERE vendor_id = $1"
                            " AND state IN ($2, $3) ORDER BY id DESC LIMIT 1",
                            "iii", vendor, (int64_t)SYNC_GOING, (int64_t)SYNC_STAGED),
                   arena, out, error);
}

int store_runs(struct store *store, int64_t vendor, int64_t before, int64_t limit,
               struct arena *arena, int (*take)(void *self, const struct run_row *row), void *self,
               struct error *error)
{
    struct statement *at =
        db_query(store->db, error,
                 "SELECT " RUN_COLUMNS " FROM run WHERE ($1 = 0 OR vendor_id = $1)"
                 " AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3",
                 "iii", vendor, before, limit);
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct run_row row = run_at(at, arena);
        if (take(self, &row) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}

int store_run_note(struct store *store, const struct run_row *row, struct error *error)
{
    const struct run_count *count = &row->count;
    return db_run(store->db, error,
                  "UPDATE run SET state = $2, ended_at = $3, holder = $4, rows = $5, made = $6,"
                  " changed = $7, gone = $8, pages = $9, bytes = $10, retries = $11, said = $12"
                  " WHERE id = $1",
                  "iiitiiiiiiit", row->id, (int64_t)row->state, row->ended, row->holder,
                  count->rows, count->made, count->changed, count->gone, count->pages, count->bytes,
                  count->retries, row->said) == 1
               ? 0
               : -1;
}

/* ---- what stood when ---- */

#define RESOURCE_COLUMNS                                                                           \
    "r.kind, r.uid, r.region, r.project, r.name, r.status, r.zone, r.facts, r.vcpus, r.ram,"       \
    " r.disk, r.from_run, CASE WHEN r.to_run <= $5 THEN r.to_run ELSE 0 END,"                      \
    " CASE WHEN r.to_run <= $5 THEN r.gone ELSE 0 END, r.raw, (SELECT MIN(f.from_run)"             \
    " FROM resource AS f WHERE f.vendor_id = r.vendor_id AND f.kind = r.kind AND f.uid = r.uid)"

static struct resource_row resource_at(const struct statement *at, struct arena *arena)
{
    struct resource_row row = {.kind = kept(arena, at, 0),
                               .uid = kept(arena, at, 1),
                               .region = kept(arena, at, 2),
                               .project = kept(arena, at, 3),
                               .name = kept(arena, at, 4),
                               .status = kept(arena, at, 5),
                               .zone = kept(arena, at, 6),
                               .facts = kept(arena, at, 7),
                               .vcpus = db_int(at, 8),
                               .ram = db_int(at, 9),
                               .disk = db_int(at, 10),
                               .from = db_int(at, 11),
                               .to = db_int(at, 12),
                               .gone = db_int(at, 13) == 1,
                               .first = db_int(at, 15)};
    size_t length;
    const void *raw = db_bytes(at, 14, &length);
    if (length == RAW_DIGEST) {
        memcpy(row.raw, raw, length);
    }
    return row;
}

/* Which rows WANT means; the clauses stand in the order of their places $1 … $8. */
static void clauses(const struct resource_want *want, struct text *sql)
{
    text_add(sql, " FROM resource AS r WHERE r.vendor_id = $1");
    text_add(sql, want->kind ? " AND r.kind = $2" : "");
    /* as a range, or SQLite would go through all of the vendor's, which it takes for a few */
    text_add(sql, want->project ? " AND r.project >= $3 AND r.project <= $3" : "");
    text_add(sql, want->uid ? " AND r.uid = $4" : "");
    text_add(sql, !want->after_kind ? ""
                  : want->back      ? " AND (r.kind, r.uid) < ($6, $7)"
                                    : " AND (r.kind, r.uid) > ($6, $7)");
    text_add(sql, want->uid && !want->kind ? " AND r.kind IN (" RESOURCE_KINDS ")" : "");
    if (want->differs) {
        text_add(sql, " AND (r.from_run = $5 OR (r.to_run = $5 AND r.gone = 1))");
    } else {
        text_add(sql, " AND r.from_run <= $5");
        text_add(sql, want->history ? "" : " AND (r.to_run IS NULL OR r.to_run > $5)");
    }
}

static void query(const struct resource_want *want, struct text *sql)
{
    /* those of a project are few: they are sorted once they are found, not found in this order */
    static const char *const orders[2][2] = {
        {" ORDER BY r.kind, r.uid", " ORDER BY r.kind DESC, r.uid DESC"},
        {" ORDER BY r.kind || '', r.uid || ''", " ORDER BY r.kind || '' DESC, r.uid || '' DESC"}};
    text_add(sql, "SELECT " RESOURCE_COLUMNS);
    clauses(want, sql);
    text_add(sql, orders[want->project != NULL][want->back]);
    text_add(sql, want->history ? ", r.from_run DESC" : "");
    text_add(sql, want->limit ? " LIMIT $8" : "");
}

static void bind(struct statement *at, const struct resource_want *want, int64_t run)
{
    const char *const texts[] = {[2] = want->kind,
                                 [3] = want->project,
                                 [4] = want->uid,
                                 [6] = want->after_kind,
                                 [7] = want->after_uid};
    db_bind_int(at, 1, want->vendor);
    db_bind_int(at, 5, run);
    db_bind_int(at, 8, want->limit);
    for (int i = 2; i <= 7; i++) {
        if (texts[i]) {
            db_bind_text(at, i, texts[i], strlen(texts[i]));
        }
    }
}

/* The statement SQL, of WANT. */
static struct statement *asked_for(struct store *store, const struct resource_want *want,
                                   const struct text *sql, struct error *error)
{
    int64_t run = want->differs ? want->differs : want->run;
    bool found = true;
    if (run == 0 && db_number(store->db, error, &run, &found,
                              "SELECT run FROM vendor WHERE id = $1", "i", want->vendor) != 0) {
        return NULL;
    }
    struct statement *at = sql->failed ? NULL : db_made(store->db, error, text_bytes(sql));
    if (at) {
        bind(at, want, run);
    }
    return at;
}

int store_resources(struct store *store, const struct resource_want *want, struct arena *arena,
                    int (*take)(void *self, const struct resource_row *row), void *self,
                    struct error *error)
{
    struct text sql = {0};
    query(want, &sql);
    struct statement *at = asked_for(store, want, &sql, error);
    int status = at ? 1 : -1;
    text_free(&sql);
    while (at && (status = db_next(at, error)) == 1) {
        struct resource_row row = resource_at(at, arena);
        int stop = take(self, &row);
        if (stop != 0) {
            db_end(at);
            return stop < 0 ? error_memory(error) : 0;
        }
    }
    return status;
}

int store_held(struct store *store, const struct resource_want *want,
               int (*take)(void *self, const struct held *held), void *self, struct error *error)
{
    struct text sql = {0};
    text_add(&sql, "SELECT r.project, r.kind, COUNT(*),"
                   " CAST(SUM(CASE WHEN r.vcpus > 0 THEN r.vcpus ELSE 0 END) AS BIGINT),"
                   " CAST(SUM(CASE WHEN r.ram > 0 THEN r.ram ELSE 0 END) AS BIGINT),"
                   " CAST(SUM(CASE WHEN r.disk > 0 THEN r.disk ELSE 0 END) AS BIGINT)");
    clauses(want, &sql);
    text_add(&sql, " GROUP BY r.project, r.kind ORDER BY r.project, r.kind");
    struct statement *at = asked_for(store, want, &sql, error);
    int status = at ? 1 : -1;
    text_free(&sql);
    while (at && (status = db_next(at, error)) == 1) {
        struct held held = {.project = db_text(at, 0),
                            .kind = db_text(at, 1),
                            .count = db_int(at, 2),
                            .vcpus = db_int(at, 3),
                            .ram = db_int(at, 4),
                            .disk = db_int(at, 5)};
        if (take(self, &held) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}
