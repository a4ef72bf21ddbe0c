/* use.c: figures of use of systems, from both sources. */
#include "data/store/use.h"

#include <string.h>

/* Which source is taken first, and whether the other is where that has nothing. */
static const struct {
    const char *first;
    int64_t other;
} picks[] = {[FIGURES_REPORTED_FIRST] = {USE_REPORTED, 1},
             [FIGURES_SEEN_FIRST] = {USE_SEEN, 1},
             [FIGURES_REPORTED] = {USE_REPORTED, 0},
             [FIGURES_SEEN] = {USE_SEEN, 0},
             [FIGURES_ALL] = {"", 1}};

/* Of row U; $4 and $5 are FIRST and OTHER of the pick. */
#define IS_TAKEN                                                                                   \
    " AND (u.source = $4 OR ($5 = 1 AND NOT EXISTS (SELECT 1 FROM usage AS o"                      \
    " WHERE o.month = u.month AND o.system_id = u.system_id AND o.resource = u.resource"           \
    " AND o.source = $4)))"

int store_use_put(struct store *store, const struct use_row *row, struct error *error)
{
    int64_t changed =
        db_run(store->db, error,
               "INSERT INTO usage AS u (month, system_id, resource, source, at, facts)"
               " VALUES ($1, $2, $3, $4, $5, $6)"
               " ON CONFLICT (month, system_id, resource, source) DO UPDATE"
               " SET facts = excluded.facts, at = excluded.at WHERE u.facts <> excluded.facts",
               "iittit", (int64_t)row->month, row->system, row->resource, row->source, row->at,
               row->facts);
    return changed < 0 ? -1 : changed == 1;
}

int store_use_unsee(struct store *store, int32_t month, int64_t system, const char *resource,
                    struct error *error)
{
    int64_t gone = db_run(store->db, error,
                          "DELETE FROM usage WHERE month = $1 AND system_id = $2"
                          " AND resource = $4 AND source = $3",
                          "iitt", (int64_t)month, system, USE_SEEN, resource);
    return gone < 0 ? -1 : gone == 1;
}

int store_use_latest(struct store *store, int64_t system, enum figures figures, struct text *facts,
                     struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT u.facts FROM usage AS u WHERE u.system_id = $1 AND u.resource = ''"
                 " AND u.month >= $2 AND u.month <= $3" IS_TAKEN " ORDER BY u.month DESC LIMIT 1",
                 "iiiti", system, (int64_t)0, (int64_t)INT32_MAX, picks[figures].first,
                 picks[figures].other);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        text_add(facts, db_text(row, 0));
        db_end(row);
    }
    return status < 0 ? -1 : 0;
}

int store_use(struct store *store, int64_t system, int32_t from, int32_t to, enum figures figures,
              int (*take)(void *self, const struct use_row *row), void *self, struct error *error)
{
    /* of one system month by month, or SQLite would go through all systems of them */
    static const char all[] =
        "SELECT u.month, u.system_id, u.resource, u.source, u.at, u.facts FROM usage AS u"
        " WHERE $1 = 0 AND u.month BETWEEN $2 AND $3" IS_TAKEN
        " ORDER BY u.system_id, u.resource, u.month, u.source";
    static const char one[] = "WITH RECURSIVE months (month) AS (SELECT CAST($2 AS BIGINT)"
                              " UNION ALL SELECT month + 1 FROM months WHERE month < $3)"
                              " SELECT u.month, u.system_id, u.resource, u.source, u.at, u.facts"
                              " FROM months AS m CROSS JOIN usage AS u"
                              " WHERE u.month = m.month AND u.system_id = $1" IS_TAKEN
                              " ORDER BY u.resource, u.month, u.source";
    struct statement *at =
        db_query(store->db, error, system ? one : all, "iiiti", system, (int64_t)from, (int64_t)to,
                 picks[figures].first, picks[figures].other);
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct use_row row = {(int32_t)db_int(at, 0), db_int(at, 1), db_text(at, 2),
                              db_text(at, 3),         db_int(at, 4), db_text(at, 5)};
        if (take(self, &row) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}

int store_use_month(struct store *store, int32_t most, int32_t *month, struct error *error)
{
    int64_t latest = -1;
    bool found;
    int status = db_number(store->db, error, &latest, &found,
                           "SELECT MAX(month) FROM usage WHERE month <= $1", "i", (int64_t)most);
    *month = found ? (int32_t)latest : -1;
    return status;
}
