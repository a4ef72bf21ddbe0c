/* inventory_run.c: what a run writes, and how it is taken back. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "data/store/inventory.h"

/* ---- rows that come ---- */

#define OF_RESOURCE " WHERE vendor_id = $1 AND kind = $2 AND uid = $3"

static int insert(struct store *store, const struct run_row *run, const struct resource_row *row,
                  struct error *error)
{
    static const char sql[] =
        "INSERT INTO resource (vendor_id, kind, uid, from_run, raw, region, project, name, status,"
        " zone, vcpus, ram, disk, facts)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    return db_run(store->db, error, sql, "ittibtttttiiit", run->vendor, row->kind, row->uid,
                  run->id, row->raw, (size_t)RAW_DIGEST, row->region, row->project, row->name,
                  row->status, row->zone, row->vcpus, row->ram, row->disk, row->facts) < 0
               ? -1
               : 0;
}

/* The same server may come twice in one run: on two pages, between which it changed. */
static int replace(struct store *store, const struct run_row *run, const struct resource_row *row,
                   int64_t from, struct error *error)
{
    static const char sql[] =
        "UPDATE resource SET raw = $5, region = $6, project = $7, name = $8, status = $9,"
        " zone = $10, vcpus = $11, ram = $12, disk = $13, facts = $14" OF_RESOURCE
        " AND from_run = $4";
    return db_run(store->db, error, sql, "ittibtttttiiit", run->vendor, row->kind, row->uid, from,
                  row->raw, (size_t)RAW_DIGEST, row->region, row->project, row->name, row->status,
                  row->zone, row->vcpus, row->ram, row->disk, row->facts) < 0
               ? -1
               : 0;
}

static int end_version(struct store *store, const struct run_row *run, const char *kind,
                       const char *uid, bool gone, struct error *error)
{
    return db_run(store->db, error,
                  "UPDATE resource SET to_run = $4, gone = $5" OF_RESOURCE " AND to_run IS NULL",
                  "ittii", run->vendor, kind, uid, run->id, (int64_t)gone) < 0
               ? -1
               : 0;
}

/* The statement stands at a version: does it say what ROW says? */
static bool says(const struct statement *at, const struct resource_row *row)
{
    const char *texts[] = {row->region, row->project, row->name,
                           row->status, row->zone,    row->facts};
    const int64_t numbers[] = {row->vcpus, row->ram, row->disk};
    bool same = true;
    for (int i = 0; i < 6 && same; i++) {
        same = strcmp(db_text(at, 2 + i), texts[i]) == 0;
    }
    for (int i = 0; i < 3 && same; i++) {
        same = db_int(at, 8 + i) == numbers[i];
    }
    return same;
}

enum known { KNOWN_NOT, KNOWN_OTHER, KNOWN_RAW /* but for its raw bytes */, KNOWN_SAME };

/* How the version at hand stands to ROW; *FROM its run. -1 ERROR. */
static int how_known(struct store *store, const struct run_row *run, const struct resource_row *row,
                     int64_t *from, struct error *error)
{
    struct statement *at = db_query(
        store->db, error,
        "SELECT from_run, raw, region, project, name, status, zone, facts, vcpus, ram, disk"
        " FROM resource" OF_RESOURCE " AND to_run IS NULL",
        "itt", run->vendor, row->kind, row->uid);
    int status = at ? db_next(at, error) : -1, known = KNOWN_NOT;
    if (status == 1) {
        size_t length;
        const void *raw = db_bytes(at, 1, &length);
        bool same = length == RAW_DIGEST && memcmp(raw, row->raw, length) == 0;
        *from = db_int(at, 0);
        known = same ? KNOWN_SAME : says(at, row) ? KNOWN_RAW : KNOWN_OTHER;
        db_end(at);
    }
    return status < 0 ? -1 : known;
}

int store_run_put(struct store *store, const struct run_row *run, const struct resource_row *row,
                  struct run_count *count, struct error *error)
{
    int64_t from = 0;
    int known = how_known(store, run, row, &from, error), status = known < 0 ? -1 : 0;
    bool mine = known > KNOWN_NOT && from == run->id;
    count->rows += !mine;
    if (known == KNOWN_RAW || (known == KNOWN_OTHER && mine)) {
        status = replace(store, run, row, from, error);
    } else if (known == KNOWN_OTHER) {
        count->changed++;
        status = end_version(store, run, row->kind, row->uid, false, error);
    }
    if (status == 0 && (known == KNOWN_NOT || (known == KNOWN_OTHER && !mine))) {
        count->made += known == KNOWN_NOT;
        status = insert(store, run, row, error);
    }
    return status;
}

int store_run_gone(struct store *store, const struct run_row *run, const char *kind,
                   const char *uid, struct run_count *count, struct error *error)
{
    /* one that only this run brought never was */
    int64_t own = db_run(store->db, error, "DELETE FROM resource" OF_RESOURCE " AND from_run = $4",
                         "itti", run->vendor, kind, uid, run->id);
    int64_t ended = own < 0 ? -1
                            : db_run(store->db, error,
                                     "UPDATE resource SET to_run = $4, gone = 1" OF_RESOURCE
                                     " AND (to_run IS NULL OR to_run = $4) AND gone = 0",
                                     "itti", run->vendor, kind, uid, run->id);
    if (ended < 0) {
        return -1;
    }
    count->changed -= own && ended;
    count->made -= own && !ended;
    count->gone += ended;
    return 0;
}

int store_run_missed(struct store *store, const struct run_row *run, const uint8_t raw[RAW_DIGEST],
                     struct run_count *count, struct error *error)
{
    /* as a range, or SQLite would go through all of the vendor's, which it takes for a few */
    int64_t ended = db_run(store->db, error,
                           "UPDATE resource SET to_run = $3, gone = 1 WHERE vendor_id = $1"
                           " AND kind IN (" RESOURCE_KINDS ") AND raw >= $2 AND raw <= $2"
                           " AND to_run IS NULL AND from_run + 0 < $3",
                           "ibi", run->vendor, raw, (size_t)RAW_DIGEST, run->id);
    count->gone += ended > 0 ? ended : 0;
    return ended < 0 ? -1 : 0;
}

int64_t store_raws(struct store *store, int64_t vendor, const char *kind,
                   const uint8_t after[RAW_DIGEST], uint8_t (*out)[RAW_DIGEST], int64_t most,
                   struct error *error)
{
    struct statement *at =
        db_query(store->db, error,
                 "SELECT raw FROM resource WHERE vendor_id = $1 AND kind = $3 AND raw > $2"
                 " AND to_run IS NULL ORDER BY raw LIMIT $4",
                 "ibti", vendor, after ? after : (const void *)"", after ? (size_t)RAW_DIGEST : 0,
                 kind, most);
    int64_t count = 0;
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        size_t length;
        const void *raw = db_bytes(at, 0, &length);
        if (length == RAW_DIGEST) {
            memcpy(out[count++], raw, length);
        }
    }
    return status < 0 ? -1 : count;
}

/* ---- its end ---- */

int store_run_apply(struct store *store, const struct run_row *run, int64_t before,
                    const char *mark, struct error *error)
{
    int64_t flipped =
        db_run(store->db, error,
               "UPDATE vendor SET run = $2, run_at = $4, mark = $5,"
               " full_at = CASE WHEN $6 = 1 THEN $4 ELSE full_at END"
               " WHERE id = $1 AND run = $3",
               "iiiiti", run->vendor, run->id, before, run->began, mark, (int64_t)run->full);
    return flipped < 0 ? -1 : flipped == 1;
}

int store_run_leave(struct store *store, const struct run_row *run, const char *kind,
                    const char *uid, struct error *error)
{
    return db_run(store->db, error, "DELETE FROM resource" OF_RESOURCE " AND from_run = $4", "itti",
                  run->vendor, kind, uid, run->id) < 0 ||
                   db_run(store->db, error,
                          "UPDATE resource SET to_run = NULL, gone = 0" OF_RESOURCE
                          " AND to_run = $4",
                          "itti", run->vendor, kind, uid, run->id) < 0
               ? -1
               : 0;
}

int store_run_left(struct store *store, const struct vendor_row *vendor, int64_t *run,
                   struct error *error)
{
    bool found;
    *run = 0;
    int status = db_number(store->db, error, run, &found,
                           "SELECT MAX(from_run) FROM resource WHERE vendor_id = $1"
                           " AND from_run > $2",
                           "ii", vendor->id, vendor->run);
    return status || *run ? status
                          : db_number(store->db, error, run, &found,
                                      "SELECT MAX(to_run) FROM resource WHERE vendor_id = $1"
                                      " AND to_run > $2",
                                      "ii", vendor->id, vendor->run);
}

struct left { /* what a step of taking back is about */
    struct text
        keys; /* of each its kind, its uid, in decimal the run it is from; NUL behind each */
    int64_t count;
};

static int find_left(struct statement *at, struct left *left, struct error *error)
{
    int status = at ? 1 : -1;
    while (at && (status = db_next(at, error)) == 1) {
        for (int column = 0; column < 3; column++) {
            const char *text = db_text(at, column);
            text_add_n(&left->keys, text, strlen(text) + 1);
        }
        left->count++;
    }
    return status == 0 && left->keys.failed ? error_memory(error) : status;
}

/* Does SQL, which has a resource's key as $1 to $4, with each that was found. They are found first:
 * as a list within SQL they would have SQLite go through the whole run. */
static int do_left(struct store *store, const struct run_row *run, const char *sql,
                   struct left *left, struct error *error)
{
    const char *at = text_bytes(&left->keys);
    int status = 0;
    for (int64_t i = 0; i < left->count && status == 0; i++) {
        const char *uid = at + strlen(at) + 1, *from = uid + strlen(uid) + 1;
        status = db_run(store->db, error, sql, "itti", run->vendor, at, uid,
                        (int64_t)strtoll(from, NULL, 10)) < 0
                     ? -1
                     : 0;
        at = from + strlen(from) + 1;
    }
    text_free(&left->keys);
    return status;
}

int64_t store_run_undo(struct store *store, const struct run_row *run, int64_t most,
                       struct error *error)
{
    struct left made = {0}, ended = {0};
    int status = find_left(db_query(store->db, error,
                                    "SELECT kind, uid, from_run FROM resource WHERE vendor_id = $1"
                                    " AND from_run = $2 LIMIT $3",
                                    "iii", run->vendor, run->id, most),
                           &made, error);
    status =
        do_left(store, run, "DELETE FROM resource" OF_RESOURCE " AND from_run = $4", &made, error) |
        status;
    status = status ? status
                    : find_left(db_query(store->db, error,
                                         "SELECT kind, uid, from_run FROM resource"
                                         " WHERE vendor_id = $1 AND to_run = $2 LIMIT $3",
                                         "iii", run->vendor, run->id, most),
                                &ended, error);
    status = do_left(store, run,
                     "UPDATE resource SET to_run = NULL, gone = 0" OF_RESOURCE " AND from_run = $4",
                     &ended, error) |
             status;
    return status ? -1 : made.count + ended.count;
}
