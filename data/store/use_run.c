/* use_run.c: what runs of a sync bring of the use of resources, in versions. */
#include <stdlib.h>
#include <string.h>

#include "data/store/use.h"

#define OF_METERED " WHERE vendor_id = $1 AND uid = $2 AND system = $3 AND month = $4"

/* The version at hand: *FROM its run, *SAME whether it says FACTS. 1, 0 none, -1. */
static int known(struct store *store, const struct run_row *run, const struct metered *row,
                 int64_t *from, bool *same, struct error *error)
{
    struct statement *at = db_query(
        store->db, error, "SELECT from_run, facts FROM metered" OF_METERED " AND to_run IS NULL",
        "itti", run->vendor, row->uid, row->system, (int64_t)row->month);
    int status = at ? db_next(at, error) : -1;
    if (status == 1) {
        *from = db_int(at, 0);
        *same = strcmp(db_text(at, 1), row->facts) == 0;
        db_end(at);
    }
    return status;
}

int store_metered_put(struct store *store, const struct run_row *run, const struct metered *row,
                      struct metered_count *count, struct error *error)
{
    int64_t from = 0, done = 0;
    bool same = false;
    int there = known(store, run, row, &from, &same, error);
    bool mine = there == 1 && from == run->id;
    if (there < 0) {
        return -1;
    }
    count->rows += !mine;
    if (there == 1 && same) {
        return 0;
    }
    if (there == 1 && !mine) {
        count->changed++;
        done = db_run(store->db, error,
                      "UPDATE metered SET to_run = $5" OF_METERED " AND to_run IS NULL", "ittii",
                      run->vendor, row->uid, row->system, (int64_t)row->month, run->id);
    }
    count->made += there == 0;
    return done < 0 || db_run(store->db, error,
                              "INSERT INTO metered (vendor_id, uid, system, month, from_run, facts)"
                              " VALUES ($1, $2, $3, $4, $5, $6)"
                              " ON CONFLICT (vendor_id, uid, system, month, from_run)"
                              " DO UPDATE SET facts = excluded.facts",
                              "ittiit", run->vendor, row->uid, row->system, (int64_t)row->month,
                              run->id, row->facts) < 0
               ? -1
               : 0;
}

int store_metered_left(struct store *store, const struct vendor_row *vendor, int64_t *run,
                       struct error *error)
{
    bool found;
    *run = 0;
    return db_number(store->db, error, run, &found,
                     "SELECT MAX(from_run) FROM metered WHERE vendor_id = $1 AND from_run > $2",
                     "ii", vendor->id, vendor->run);
}

/* Versions to take back. They are found first: as a list within SQL they would have SQLite go
 * through all of the vendor's. */
struct left {
    struct text texts;            /* of each its uid and its system, NUL behind each */
    int64_t (*numbers)[2], count; /* of each its month and the run it is from */
};

static int find_left(struct statement *at, struct left *left, struct error *error)
{
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        for (int column = 0; column < 2; column++) {
            const char *text = db_text(at, column);
            text_add_n(&left->texts, text, strlen(text) + 1);
        }
        left->numbers[left->count][0] = db_int(at, 2);
        left->numbers[left->count++][1] = db_int(at, 3);
    }
    return status == 0 && left->texts.failed ? error_memory(error) : status;
}

/* Does SQL with each version that FOUND finds; how many, -1. */
static int64_t with_left(struct store *store, const struct run_row *run, const char *found,
                         const char *sql, int64_t most, struct error *error)
{
    struct left left = {.numbers = malloc((size_t)most * sizeof *left.numbers)};
    if (!left.numbers) {
        return error_memory(error);
    }
    int status = find_left(db_query(store->db, error, found, "iii", run->vendor, run->id, most),
                           &left, error);
    const char *uid = text_bytes(&left.texts);
    for (int64_t i = 0; i < left.count && status == 0; i++) {
        const char *system = uid + strlen(uid) + 1;
        status = db_run(store->db, error, sql, "ittii", run->vendor, uid, system,
                        left.numbers[i][0], left.numbers[i][1]) < 0
                     ? -1
                     : 0;
        uid = system + strlen(system) + 1;
    }
    text_free(&left.texts);
    free(left.numbers);
    return status ? -1 : left.count;
}

int64_t store_metered_undo(struct store *store, const struct run_row *run, int64_t most,
                           struct error *error)
{
    /* what it replaced comes back first: each replaced version has a new one that shows it */
    int64_t back =
        with_left(store, run,
                  "SELECT uid, system, month, from_run FROM metered"
                  " WHERE vendor_id = $1 AND to_run = $2 LIMIT $3",
                  "UPDATE metered SET to_run = NULL" OF_METERED " AND from_run = $5", most, error);
    return back != 0
               ? back
               : with_left(store, run,
                           "SELECT uid, system, month, from_run FROM metered"
                           " WHERE vendor_id = $1 AND from_run = $2 LIMIT $3",
                           "DELETE FROM metered" OF_METERED " AND from_run = $5", most, error);
}

/* ---- reading ---- */

#define COLUMNS "m.uid, m.system, m.month, m.facts, m.from_run, COALESCE(m.to_run, 0)"
#define IN_FORCE " AND m.from_run <= v.run AND (m.to_run IS NULL OR m.to_run > v.run)"
/* The resource R as it stood when the figures M came. */
#define AS_IT_STOOD                                                                                \
    " r.kind IN ('server', 'volume') AND r.from_run = (SELECT MAX(o.from_run) FROM resource AS o"  \
    " WHERE o.vendor_id = r.vendor_id AND o.kind = r.kind AND o.uid = r.uid"                       \
    " AND o.from_run <= m.from_run)"

/* The project as a range, or SQLite would go through all of the vendor's, which it takes for a few.
 */
static const char by_project[] =
    "SELECT " COLUMNS ", r.vcpus, r.ram, r.disk FROM resource AS r JOIN vendor AS v"
    " ON v.id = r.vendor_id JOIN metered AS m ON m.vendor_id = r.vendor_id AND m.uid = r.uid"
    " AND m.system = '' WHERE r.vendor_id = $1 AND r.project >= $2 AND r.project <= $2"
    " AND" AS_IT_STOOD " AND m.month BETWEEN $3 AND $4" IN_FORCE " ORDER BY m.uid, m.month";
static const char by_system[] =
    "SELECT " COLUMNS ", COALESCE(r.vcpus, -1), COALESCE(r.ram, -1), COALESCE(r.disk, -1)"
    " FROM metered AS m JOIN vendor AS v ON v.id = m.vendor_id LEFT JOIN resource AS r"
    " ON r.vendor_id = m.vendor_id AND r.uid = m.uid AND" AS_IT_STOOD
    " WHERE m.vendor_id = $1 AND m.system = $2 AND m.system <> ''"
    " AND m.month BETWEEN $3 AND $4" IN_FORCE " ORDER BY m.uid, m.month";

static int take_all(struct statement *at, int (*take)(void *self, const struct metered *row),
                    void *self, struct error *error)
{
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        struct metered row = {.uid = db_text(at, 0),
                              .system = db_text(at, 1),
                              .month = (int32_t)db_int(at, 2),
                              .facts = db_text(at, 3),
                              .from = db_int(at, 4),
                              .to = db_int(at, 5),
                              .vcpus = db_int(at, 6),
                              .ram = db_int(at, 7),
                              .disk = db_int(at, 8)};
        if (take(self, &row) != 0) {
            db_end(at);
            return error_memory(error);
        }
    }
    return status;
}

int store_metered(struct store *store, const struct metered_want *want,
                  int (*take)(void *self, const struct metered *row), void *self,
                  struct error *error)
{
    return take_all(db_query(store->db, error, want->project ? by_project : by_system, "itii",
                             want->vendor, want->project ? want->project : want->system,
                             (int64_t)want->from, (int64_t)want->to),
                    take, self, error);
}

int store_metered_history(struct store *store, int64_t vendor, const char *uid,
                          int (*take)(void *self, const struct metered *row), void *self,
                          struct error *error)
{
    static const char sql[] = "SELECT " COLUMNS ", -1, -1, -1 FROM metered AS m JOIN vendor AS v"
                              " ON v.id = m.vendor_id WHERE m.vendor_id = $1 AND m.uid = $2"
                              " AND m.from_run <= v.run ORDER BY m.month DESC, m.from_run DESC";
    return take_all(db_query(store->db, error, sql, "it", vendor, uid), take, self, error);
}
