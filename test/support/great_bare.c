/* great_bare.c: the rows of an act through the C API alone. */
#include "test/support/great_bare.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An index whose columns are said is written, though they stay as they are. */
#define CASE_SET                                                                                   \
    "UPDATE casefile SET vendor_id = ?8, owner_id = ?9, state = ?13, with_role = ?14,"             \
    " changed_at = ?17, rev = ?18, head = ?19, due_at = ?21, blue_at = ?22, yellow_at = ?23,"      \
    " red_at = ?24, red2_at = ?25, held = ?26, left_wd = ?27, provisional = ?28, cal_rev = ?30,"   \
    " fold_rev = ?31, clock = ?32, since_at = ?33, reserved = ?34"
#define CASE_SORT ", sort_at = ?20"
#define CASE_WAKE ", wake_at = ?29"
#define CASE_END " WHERE id = ?1"

/* The tables of which an act writes rows: how those of a case are read, and how one is written with
 * the same values, ?1 being the case. */
enum kind { ACT, CASE, CASE_SORTED, CASE_WOKEN, CASE_MOVED, CLOCK, RESERVE, TALLY, CHAIN, KINDS };
static const struct {
    const char *read, *write;
} tables[KINDS] = {
    [ACT] = {"SELECT * FROM act WHERE case_id = ?1 ORDER BY n DESC LIMIT 1",
             "INSERT INTO act VALUES (?1, ?2, ?3, (SELECT seq + 1 FROM chain), ?5, ?6, ?7, ?8, ?9,"
             " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"},
    [CASE] =
        {"SELECT id, number, procedure, title, title_py, org_id, county_id, vendor_id,"
         " owner_id, system_id, policy_id, source, state, with_role, closed, opened_on,"
         " changed_at, rev, head, sort_at, due_at, blue_at, yellow_at, red_at, red2_at, held,"
         " left_wd, provisional, wake_at, cal_rev, fold_rev, clock, since_at, reserved FROM casefile WHERE id = ?1",
         CASE_SET CASE_END},
    [CASE_SORTED] = {NULL, CASE_SET CASE_SORT CASE_END},
    [CASE_WOKEN] = {NULL, CASE_SET CASE_WAKE CASE_END},
    [CASE_MOVED] = {NULL, CASE_SET CASE_SORT CASE_WAKE CASE_END},
    [CLOCK] = {"SELECT * FROM clock AS m WHERE m.case_id = ?1 AND NOT EXISTS (SELECT 1 FROM clock"
               " AS c WHERE c.case_id = ?2 AND (c.clock, c.round, c.state) ="
               " (m.clock, m.round, m.state))",
               "INSERT OR REPLACE INTO clock VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
               " ?12, ?13, ?14, ?15, ?16)"},
    /* what the cases have reserved together, of each measure that this one has some of */
    [RESERVE] = {"SELECT ?1, m.name, 1 FROM mark AS m JOIN casefile AS c ON c.id = ?1"
                 " WHERE m.name LIKE 'reserved.%' AND instr(c.reserved, substr(m.name, 10) || '=')",
                 "UPDATE mark SET n = n + ?3 WHERE name = ?2"},
    /* out of the tally it was in, into the other */
    [TALLY] = {"SELECT id, (sort_at - 1) / 86400, procedure, state, org_id, county_id, owner_id,"
               " COALESCE(blue_at, (1 << 62) + 1), COALESCE(yellow_at, (1 << 62) + 1),"
               " COALESCE(red_at, (1 << 62) + 1), COALESCE(red2_at, (1 << 62) + 1),"
               " CASE id WHEN ?1 THEN 1 ELSE -1 END FROM casefile WHERE id IN (?1, ?2)",
               "INSERT INTO tally AS t VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
               " ON CONFLICT DO UPDATE SET n = t.n + excluded.n"},
    [CHAIN] = {"SELECT case_id, hash, recorded_at FROM act WHERE case_id = ?1 ORDER BY n DESC"
               " LIMIT 1",
               "UPDATE chain SET seq = seq + 1, head = ?2, recorded_at = ?3"},
};

enum { ROWS_MOST = 16, CELLS_MOST = 34 };

struct row {
    enum kind kind;
    sqlite3_value *cells[CELLS_MOST];
    int count;
};

struct bare {
    sqlite3 *sqlite;
    sqlite3_stmt *look, *begin, *commit, *read[KINDS], *write[KINDS];
    struct row rows[ROWS_MOST];
    int count;
    int64_t id;
};

static sqlite3_stmt *prepare(struct bare *bare, const char *sql)
{
    sqlite3_stmt *out = NULL;
    if (sqlite3_prepare_v3(bare->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &out, NULL) !=
        SQLITE_OK) {
        fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->sqlite));
    }
    return out;
}

struct bare *bare_open(const char *directory, bool durable)
{
    static const char settings[] =
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-8000; PRAGMA mmap_size=0; PRAGMA journal_size_limit=67108864;"
        "PRAGMA wal_autocheckpoint=1000; PRAGMA cell_size_check=ON;";
    struct bare *bare = calloc(1, sizeof *bare);
    char *path = sqlite3_mprintf("%s/desk.db", directory);
    bool good =
        bare && path && sqlite3_open(path, &bare->sqlite) == SQLITE_OK &&
        sqlite3_exec(bare->sqlite, settings, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(bare->sqlite, durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF",
                     NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(path);
    for (int i = 0; i < KINDS && good; i++) {
        bare->read[i] = tables[i].read ? prepare(bare, tables[i].read) : NULL;
        bare->write[i] = prepare(bare, tables[i].write);
        good = (bare->read[i] || !tables[i].read) && bare->write[i];
    }
    if (good) {
        bare->look = prepare(bare, "SELECT sort_at, wake_at FROM casefile WHERE id = ?1");
        bare->begin = prepare(bare, "BEGIN IMMEDIATE");
        bare->commit = prepare(bare, "COMMIT");
        return bare;
    }
    bare_close(bare);
    return NULL;
}

static void forget(struct bare *bare)
{
    for (int i = 0; i < bare->count; i++) {
        for (int k = 0; k < bare->rows[i].count; k++) {
            sqlite3_value_free(bare->rows[i].cells[k]);
        }
    }
    bare->count = 0;
}

void bare_close(struct bare *bare)
{
    if (!bare) {
        return;
    }
    forget(bare);
    for (int i = 0; i < KINDS; i++) {
        sqlite3_finalize(bare->read[i]);
        sqlite3_finalize(bare->write[i]);
    }
    sqlite3_finalize(bare->look);
    sqlite3_finalize(bare->begin);
    sqlite3_finalize(bare->commit);
    sqlite3_close(bare->sqlite);
    free(bare);
}

static bool learn_kind(struct bare *bare, enum kind kind, int64_t model, int64_t id)
{
    sqlite3_stmt *read = bare->read[kind];
    int status;
    sqlite3_bind_int64(read, 1, model);
    if (sqlite3_bind_parameter_count(read) > 1) {
        sqlite3_bind_int64(read, 2, id);
    }
    while ((status = sqlite3_step(read)) == SQLITE_ROW && bare->count < ROWS_MOST) {
        struct row *row = &bare->rows[bare->count++];
        *row = (struct row){.kind = kind, .count = sqlite3_column_count(read)};
        for (int i = 0; i < row->count; i++) {
            row->cells[i] = sqlite3_value_dup(sqlite3_column_value(read, i));
        }
    }
    sqlite3_reset(read);
    return status == SQLITE_DONE;
}

bool bare_look(struct bare *bare, int64_t id, struct bare_places *out)
{
    sqlite3_bind_int64(bare->look, 1, id);
    bool found = sqlite3_step(bare->look) == SQLITE_ROW;
    if (found) {
        *out = (struct bare_places){sqlite3_column_int64(bare->look, 0),
                                    sqlite3_column_int64(bare->look, 1)};
    }
    sqlite3_reset(bare->look);
    return found;
}

bool bare_learn(struct bare *bare, int64_t model, const struct bare_places *before, int64_t id)
{
    struct bare_places after = {0, 0};
    bool good = bare_look(bare, model, &after);
    enum kind moved[2][2] = {{CASE, CASE_WOKEN}, {CASE_SORTED, CASE_MOVED}};
    forget(bare);
    bare->id = id;
    for (int i = 0; i < KINDS; i++) {
        good = good && (!bare->read[i] || learn_kind(bare, (enum kind)i, model, id));
    }
    for (int i = 0; i < bare->count; i++) {
        if (bare->rows[i].kind == CASE) {
            bare->rows[i].kind =
                moved[after.sort_at != before->sort_at][after.wake_at != before->wake_at];
        }
    }
    return good;
}

static bool run(sqlite3_stmt *statement)
{
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE;
}

int bare_write(struct bare *bare)
{
    bool good = run(bare->begin);
    for (int i = 0; i < bare->count && good; i++) {
        const struct row *row = &bare->rows[i];
        sqlite3_stmt *write = bare->write[row->kind];
        for (int k = 1; k < row->count; k++) {
            sqlite3_bind_value(write, k + 1, row->cells[k]);
        }
        if (row->kind != TALLY && row->kind != CHAIN && row->kind != RESERVE) {
            sqlite3_bind_int64(write, 1, bare->id);
        }
        good = run(write);
    }
    good = run(bare->commit) && good;
    if (!good) {
        fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->sqlite));
    }
    return good ? bare->count : -1;
}
