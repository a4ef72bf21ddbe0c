/* drifts.c: the drifts that are seen now. */
#include "data/store/drifts.h"

int store_drift_put(struct store *store, const struct drift_row *row, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO drift AS d (system_id, kind, uid, case_id, seen_at, shown)"
                  " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (system_id, kind, uid) DO UPDATE"
                  " SET shown = excluded.shown WHERE d.shown <> excluded.shown",
                  "ittiit", row->system, row->kind, row->uid, row->case_id, row->seen_at,
                  row->shown) < 0
               ? -1
               : 0;
}

int store_drift_end(struct store *store, int64_t system, const char *kind, const char *uid,
                    struct error *error)
{
    return db_run(store->db, error,
                  "DELETE FROM drift WHERE system_id = $1 AND kind = $2 AND uid = $3", "itt",
                  system, kind, uid) < 0
               ? -1
               : 0;
}

int store_drifts(struct store *store, int64_t system,
                 int (*take)(void *self, const struct drift_row *row), void *self,
                 struct error *error)
{
    struct statement *at =
        db_query(store->db, error,
                 "SELECT system_id, kind, uid, case_id, seen_at, shown FROM drift"
                 " WHERE ($1 = 0 OR system_id = $1) ORDER BY system_id, kind, uid",
                 "i", system);
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct drift_row row = {db_int(at, 0), db_text(at, 1), db_text(at, 2),
                                db_int(at, 3), db_int(at, 4),  db_text(at, 5)};
        if (take(self, &row) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}

int store_drift_of_case(struct store *store, int64_t case_id, struct error *error)
{
    int64_t one;
    bool found;
    return db_number(store->db, error, &one, &found, "SELECT 1 FROM drift WHERE case_id = $1", "i",
                     case_id) != 0
               ? -1
               : found;
}

int64_t store_drifting(struct store *store, int64_t after, int64_t *ids, int64_t most,
                       struct error *error)
{
    struct statement *at = db_query(store->db, error,
                                    "SELECT DISTINCT system_id FROM drift WHERE system_id > $1"
                                    " ORDER BY system_id LIMIT $2",
                                    "ii", after, most);
    int64_t count = 0;
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        ids[count++] = db_int(at, 0);
    }
    return status < 0 ? -1 : count;
}
