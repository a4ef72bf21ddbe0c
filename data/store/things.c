/* things.c: the registers: a row is the latest act of a thing. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/store/store.h"

#define THING "id, kind, code, name, parent_id, since, until, facts, rev, head"

static const char *text(struct arena *arena, const struct statement *row, int column)
{
    const char *bytes = db_text(row, column);
    return arena_text(arena, bytes, strlen(bytes));
}

static int32_t day(const struct statement *row, int column)
{
    return db_null(row, column) ? DAY_NONE : (int32_t)db_int(row, column);
}

static void take_thing(const struct statement *row, struct arena *arena, struct thing *out)
{
    size_t length;
    const void *head = db_bytes(row, 9, &length);
    *out = (struct thing){.id = db_int(row, 0),
                          .kind = text(arena, row, 1),
                          .code = text(arena, row, 2),
                          .name = text(arena, row, 3),
                          .name_py = "",
                          .parent = db_int(row, 4),
                          .since = day(row, 5),
                          .until = day(row, 6),
                          .facts = text(arena, row, 7),
                          .rev = (int32_t)db_int(row, 8)};
    memcpy(out->head, head, length < STORE_HASH ? length : STORE_HASH);
}

/* ---- one ---- */

int store_thing(struct store *store, int64_t id, struct arena *arena, struct thing *out,
                struct error *error)
{
    struct statement *row =
        db_query(store->db, error, "SELECT " THING " FROM thing WHERE id = $1", "i", id);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        take_thing(row, arena, out);
        db_end(row);
        status = arena_failed(arena) ? error_memory(error) : 1;
    }
    return status;
}

/* The only id of ROW; 0 where there is none, or more. */
static int64_t only(struct statement *row, struct error *error)
{
    int64_t id = 0;
    int count = 0, status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        id = db_int(row, 0);
        count++;
    }
    return status < 0 ? -1 : count == 1 ? id : 0;
}

int64_t store_thing_coded(struct store *store, const char *kind, const char *code,
                          struct error *error)
{
    return only(db_query(store->db, error, "SELECT id FROM thing WHERE kind = $1 AND code = $2",
                         "tt", kind, code),
                error);
}

int64_t store_thing_named(struct store *store, const char *kind, const char *name, int64_t parent,
                          struct error *error)
{
    return only(db_query(store->db, error,
                         "SELECT id FROM thing WHERE kind = $1 AND name = $2"
                         " AND ($3 = 0 OR parent_id = $3) LIMIT 2",
                         "tti", kind, name, parent),
                error);
}

/* ---- many ---- */

int store_things(struct store *store, const char *kind, int64_t skip, int64_t most,
                 struct arena *arena, int (*take)(void *self, const struct thing *thing),
                 void *self, struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT " THING " FROM thing WHERE kind = $1 ORDER BY id LIMIT $2 OFFSET $3",
                 "tii", kind, most, skip);
    int status = row ? 1 : -1, taken = 0;
    while (row && taken == 0 && (status = db_next(row, error)) == 1) {
        struct thing thing;
        take_thing(row, arena, &thing);
        taken = arena_failed(arena) ? error_memory(error) : take(self, &thing);
    }
    if (taken != 0) {
        db_end(row);
    }
    return status < 0 ? -1 : taken;
}

int store_thing_names(struct store *store, const char *kind,
                      int (*take)(void *self, const struct thing_name *name), void *self,
                      struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id, parent_id, name FROM thing WHERE kind = $1 ORDER BY id", "t", kind);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct thing_name name = {.id = db_int(row, 0), .parent = db_int(row, 1)};
        name.name = db_bytes(row, 2, &name.length);
        if (take(self, &name) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int64_t store_things_below(struct store *store, const char *kind, int64_t parent, int64_t **ids,
                           struct error *error)
{
    struct statement *row = db_query(
        store->db, error, "SELECT id FROM thing WHERE parent_id = $1 AND kind = $2 ORDER BY id",
        "it", parent, kind);
    int64_t count = 0, room = 0;
    int status = row ? 1 : -1;
    *ids = NULL;
    while (row && (status = db_next(row, error)) == 1) {
        int64_t more = room ? room * 2 : 16;
        int64_t *grown = count < room ? *ids : realloc(*ids, (size_t)more * sizeof *grown);
        if (!grown) {
            db_end(row);
            status = error_memory(error);
            break;
        }
        room = count < room ? room : more;
        *ids = grown;
        grown[count++] = db_int(row, 0);
    }
    return status < 0 ? -1 : count;
}

int64_t store_things_count(struct store *store, const char *kind, struct error *error)
{
    int64_t count = 0;
    bool found;
    int status = db_number(store->db, error, &count, &found,
                           "SELECT COUNT(*) FROM thing WHERE kind = $1", "t", kind);
    return status < 0 ? -1 : count;
}

/* ---- writing, and what tells that something was ---- */

int store_thing_put(struct store *store, const struct thing *t, struct error *error)
{
    static const char sql[] =
        "INSERT INTO thing (id, kind, code, name, name_py, parent_id, since, until, facts, rev,"
        " head) VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, $12), NULLIF($8, $12), $9, $10, $11)"
        " ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name,"
        " name_py = excluded.name_py, parent_id = excluded.parent_id, since = excluded.since,"
        " until = excluded.until, facts = excluded.facts, rev = excluded.rev, head = excluded.head";
    return db_run(store->db, error, sql, "ittttiiitibi", t->id, t->kind, t->code, t->name,
                  t->name_py, t->parent, (int64_t)t->since, (int64_t)t->until, t->facts,
                  (int64_t)t->rev, t->head, (size_t)STORE_HASH, (int64_t)DAY_NONE) < 0
               ? -1
               : 0;
}

int store_mark(struct store *store, const char *name, int64_t *out, struct error *error)
{
    bool found;
    *out = 0;
    return db_number(store->db, error, out, &found, "SELECT n FROM mark WHERE name = $1", "t",
                     name);
}

int store_marks(struct store *store, int64_t *policies, int64_t *registers, struct error *error)
{
    struct statement *row = db_query(store->db, error,
                                     "SELECT (SELECT n FROM mark WHERE name = 'policies'),"
                                     " (SELECT n FROM mark WHERE name = 'registers')",
                                     "");
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        *policies = db_int(row, 0);
        *registers = db_int(row, 1);
        db_end(row);
    }
    return status < 0 ? -1 : 0;
}

int store_bump(struct store *store, const char *name, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO mark AS m (name, n) VALUES ($1, 1)"
                  " ON CONFLICT (name) DO UPDATE SET n = m.n + 1",
                  "t", name) < 0
               ? -1
               : 0;
}
