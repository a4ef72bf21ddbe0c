/* amounts.c: how much stood where. */
#include "data/store/inventory.h"

int store_amounts(struct store *store, int64_t vendor, int64_t run,
                  int (*take)(void *self, const struct amounts *amounts), void *self,
                  struct error *error)
{
    static const char sql[] =
        "SELECT region, zone, CAST(SUM(CASE WHEN kind = 'server' THEN 1 ELSE 0 END) AS BIGINT),"
        " CAST(SUM(CASE WHEN vcpus > 0 THEN vcpus ELSE 0 END) AS BIGINT),"
        " CAST(SUM(CASE WHEN ram > 0 THEN ram ELSE 0 END) AS BIGINT),"
        " CAST(SUM(CASE WHEN disk > 0 THEN disk ELSE 0 END) AS BIGINT)"
        " FROM resource WHERE vendor_id = $1 AND kind IN ('server', 'volume')"
        " AND from_run <= $2 AND (to_run IS NULL OR to_run > $2)"
        " GROUP BY region, zone ORDER BY region, zone";
    struct statement *at = db_query(store->db, error, sql, "ii", vendor, run);
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct amounts amounts = {db_text(at, 0), db_text(at, 1), db_int(at, 2),
                                  db_int(at, 3),  db_int(at, 4),  db_int(at, 5)};
        if (take(self, &amounts) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}
