/* cases.c: cases and their clocks, beside the acts they are folded from. */
#include <stdlib.h>
#include <string.h>

#include "core/casefile.h"
#include "core/day.h"
#include "data/store/case_row.h"

static int64_t moment(const struct statement *row, int column)
{
    return db_null(row, column) ? MOMENT_NONE : db_int(row, column);
}

static const char *text(struct arena *arena, const struct statement *row, int column)
{
    const char *bytes = db_text(row, column);
    if (!*bytes && db_null(row, column)) {
        return NULL;
    }
    return arena ? arena_text(arena, bytes, strlen(bytes)) : bytes;
}

void case_row_take(const struct statement *row, struct arena *arena, struct case_row *out)
{
    size_t length;
    const void *head = db_bytes(row, 18, &length);
    *out = (struct case_row){
        .id = db_int(row, 0),
        .number = text(arena, row, 1),
        .procedure = text(arena, row, 2),
        .title = text(arena, row, 3),
        .title_py = text(arena, row, 4),
        .org = db_int(row, 5),
        .county = db_int(row, 6),
        .vendor = db_int(row, 7),
        .owner = db_int(row, 8),
        .system = db_int(row, 9),
        .policy = db_int(row, 10),
        .source = text(arena, row, 11),
        .state = text(arena, row, 12),
        .with_role = text(arena, row, 13),
        .closed = db_int(row, 14) == 1,
        .opened_on = (int32_t)db_int(row, 15),
        .changed_at = db_int(row, 16),
        .rev = (int32_t)db_int(row, 17),
        .sort_at = db_int(row, 19),
        .due_at = moment(row, 20),
        .blue_at = moment(row, 21),
        .yellow_at = moment(row, 22),
        .red_at = moment(row, 23),
        .red2_at = moment(row, 24),
        .held = db_int(row, 25) == 1,
        .left = db_null(row, 26) ? -1 : db_int(row, 26),
        .provisional = db_int(row, 27) == 1,
        .wake_at = moment(row, 28),
        .cal_rev = (int32_t)db_int(row, 29),
        .fold_rev = (int32_t)db_int(row, 30),
        .clock = text(arena, row, 31),
        .since = moment(row, 32),
        .reserved = text(arena, row, 33),
    };
    memcpy(out->head, head, length < STORE_HASH ? length : STORE_HASH);
}

static int take_one(struct statement *row, struct arena *arena, struct case_row *out,
                    struct error *error)
{
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        case_row_take(row, arena, out);
        db_end(row);
        return arena_failed(arena) ? error_memory(error) : 1;
    }
    return status;
}

int store_case(struct store *store, int64_t id, struct arena *arena, struct case_row *out,
               struct error *error)
{
    return take_one(
        db_query(store->db, error, "SELECT " CASE_COLUMNS " FROM casefile WHERE id = $1", "i", id),
        arena, out, error);
}

int store_case_by_number(struct store *store, const char *number, struct arena *arena,
                         struct case_row *out, struct error *error)
{
    return take_one(db_query(store->db, error,
                             "SELECT " CASE_COLUMNS " FROM casefile WHERE number = $1", "t",
                             number),
                    arena, out, error);
}

int64_t store_case_by_source(struct store *store, const char *source, struct error *error)
{
    int64_t id = 0;
    bool found;
    if (db_number(store->db, error, &id, &found, "SELECT id FROM casefile WHERE source = $1", "t",
                  source) != 0) {
        return -1;
    }
    return found ? id : 0;
}

int64_t store_case_by_seq(struct store *store, const char *series, int64_t year, int64_t seq,
                          struct error *error)
{
    int64_t id = 0;
    bool found;
    if (db_number(store->db, error, &id, &found,
                  "SELECT case_id FROM number WHERE series = $1 AND year = $2 AND seq = $3", "tii",
                  series, year, seq) != 0) {
        return -1;
    }
    return found ? id : 0;
}

/* ---- how many are open ---- */

/* How many are open, for who sees all of them. */
static int count_open(struct store *store, const struct case_row *old, const struct case_row *row,
                      struct error *error)
{
    int64_t by = !row->closed - (old && !old->closed);
    return by == 0 || db_run(store->db, error,
                             "INSERT INTO mark AS m (name, n) VALUES ('open', $1)"
                             " ON CONFLICT (name) DO UPDATE SET n = m.n + excluded.n",
                             "i", by) >= 0
               ? 0
               : -1;
}

/* ---- writing ---- */

/* Places that are not bound are null. */
static int write_row(struct store *store, const struct case_row *r, const char *sql,
                     struct error *error)
{
    struct {
        int at;
        bool there;
    } nullable[] = {{20, r->due_at != MOMENT_NONE},    {21, r->blue_at != MOMENT_NONE},
                    {22, r->yellow_at != MOMENT_NONE}, {23, r->red_at != MOMENT_NONE},
                    {24, r->red2_at != MOMENT_NONE},   {26, r->left >= 0},
                    {28, r->wake_at != MOMENT_NONE}};
    struct statement *row = db_query(store->db, error, sql, "");
    if (!row) {
        return -1;
    }
    const char *texts[] = {r->number, r->procedure, r->title, r->title_py};
    const int64_t numbers[] = {r->org, r->county, r->vendor, r->owner, r->system, r->policy};
    const int64_t rest[] = {r->sort_at,     r->due_at,  r->blue_at, r->yellow_at,
                            r->red_at,      r->red2_at, r->held,    r->left,
                            r->provisional, r->wake_at, r->cal_rev, r->fold_rev};
    int bad = db_bind_int(row, 1, r->id);
    for (int i = 0; i < 4; i++) {
        bad |= texts[i] ? db_bind_text(row, 2 + i, texts[i], strlen(texts[i])) : 0;
    }
    for (int i = 0; i < 6; i++) {
        bad |= db_bind_int(row, 6 + i, numbers[i]);
    }
    bad |= r->clock ? db_bind_text(row, 32, r->clock, strlen(r->clock)) : 0;
    bad |= r->since != MOMENT_NONE ? db_bind_int(row, 33, r->since) : 0;
    bad |= r->reserved ? db_bind_text(row, 34, r->reserved, strlen(r->reserved)) : 0;
    bad |= r->source ? db_bind_text(row, 12, r->source, strlen(r->source)) : 0;
    bad |= db_bind_text(row, 13, r->state, strlen(r->state));
    bad |= db_bind_text(row, 14, r->with_role, strlen(r->with_role));
    bad |= db_bind_int(row, 15, r->closed) | db_bind_int(row, 16, r->opened_on);
    bad |= db_bind_int(row, 17, r->changed_at) | db_bind_int(row, 18, r->rev);
    bad |= db_bind_blob(row, 19, r->head, STORE_HASH);
    for (int i = 0; i < 12; i++) {
        bool there = true;
        for (size_t k = 0; k < sizeof nullable / sizeof *nullable; k++) {
            there &= nullable[k].at != 19 + i || nullable[k].there;
        }
        bad |= there ? db_bind_int(row, 20 + i, rest[i]) : 0;
    }
    int status = bad ? error_memory(error) : db_next(row, error);
    db_end(row);
    return status < 0 ? -1 : 0;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_matter(const struct case_row *a, const struct case_row *b)
{
    return a->org == b->org && a->county == b->county && a->system == b->system &&
           a->policy == b->policy && a->closed == b->closed && a->opened_on == b->opened_on &&
           same_text(a->number, b->number) && same_text(a->procedure, b->procedure) &&
           same_text(a->title, b->title) && same_text(a->title_py, b->title_py) &&
           same_text(a->source, b->source);
}

/* An index is written anew as soon as a column of it is said, though it stays as it is: only what
 * moved is said. */
#define UPDATE                                                                                     \
    "UPDATE casefile SET changed_at = $17, rev = $18, head = $19, due_at = $21,"                   \
    " left_wd = $27, provisional = $28, cal_rev = $30, fold_rev = $31, clock = $32,"               \
    " since_at = $33, reserved = $34"
#define STANDING                                                                                   \
    ", vendor_id = $8, state = $13, with_role = $14, blue_at = $22, yellow_at = $23,"              \
    " red_at = $24, red2_at = $25, held = $26"
#define OWNER ", owner_id = $9"
#define PLACE ", sort_at = $20"
#define WAKE ", wake_at = $29"
#define MATTER                                                                                     \
    ", number = $2, procedure = $3, title = $4, title_py = $5, org_id = $6, county_id = $7,"       \
    " system_id = $10, policy_id = $11, source = $12, closed = $15, opened_on = $16"
#define OF_CASE " WHERE id = $1"

static const char *update_of(const struct case_row *a, const struct case_row *b)
{
#define EACH_PLACE(moved)                                                                          \
    {                                                                                              \
        {moved OF_CASE, moved WAKE OF_CASE},                                                       \
        {                                                                                          \
            moved PLACE OF_CASE, moved PLACE WAKE OF_CASE                                          \
        }                                                                                          \
    }
    static const char *const updates[3][2][2] = {EACH_PLACE(UPDATE), EACH_PLACE(UPDATE STANDING),
                                                 EACH_PLACE(UPDATE STANDING OWNER)};
    bool standing = a->vendor != b->vendor || a->blue_at != b->blue_at ||
                    a->yellow_at != b->yellow_at || a->red_at != b->red_at ||
                    a->red2_at != b->red2_at || a->held != b->held ||
                    !same_text(a->state, b->state) || !same_text(a->with_role, b->with_role);
    int moved = a->owner != b->owner ? 2 : standing;
    return !same_matter(a, b) ? UPDATE STANDING OWNER PLACE WAKE MATTER OF_CASE
                              : updates[moved][a->sort_at != b->sort_at][a->wake_at != b->wake_at];
}

int store_case_put(struct store *store, const struct case_row *old, const struct case_row *row,
                   struct error *error)
{
    static const char insert[] =
        "INSERT INTO casefile (" CASE_COLUMNS
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
        " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,"
        " $30, $31, $32, $33, $34)";
    const char *sql = !old ? insert : update_of(old, row);
    if (write_row(store, row, sql, error) != 0 || count_open(store, old, row, error) != 0 ||
        store_reserves_move(store, old ? old->reserved : NULL, row->reserved, error) != 0) {
        return -1;
    }
    return store_tally_move(store, old, row, error);
}

/* Where it stands among those that run; held ones behind them. */
int64_t clock_row_place(const struct clock_row *row)
{
    bool stands = row->state == RUN_HELD || row->due == MOMENT_NONE;
    return row->ended != MOMENT_NONE ? 0 : stands ? SORT_HELD : row->due;
}

static bool same_clock(const struct statement *row, const struct clock_row *r)
{
    return strcmp(db_text(row, 0), r->clock) == 0 && db_int(row, 1) == r->round &&
           db_int(row, 2) == r->state && db_int(row, 3) == r->started &&
           moment(row, 4) == r->ended && moment(row, 5) == r->due && moment(row, 6) == r->yellow &&
           moment(row, 7) == r->red && moment(row, 8) == r->red2 && moment(row, 9) == r->blue &&
           (db_null(row, 10) ? -1 : db_int(row, 10)) == r->left &&
           (db_int(row, 11) == 1) == r->provisional && db_int(row, 12) == clock_row_place(r) &&
           db_int(row, 13) == r->explained && db_int(row, 14) == r->waived;
}

/* Which of ROWS stand on record as they are; *THERE: how many rows there are. */
static int compare_clocks(struct store *store, int64_t case_id, const struct clock_row *rows,
                          size_t count, bool *same, size_t *there, struct error *error)
{
    struct statement *row = db_query(
        store->db, error,
        "SELECT clock, round, state, started_at, ended_at, due_at, yellow_on, red_on, red2_on,"
        " blue_on, left_wd, provisional, sort_at, explained, waived FROM clock WHERE case_id = $1",
        "i", case_id);
    int status = row ? 1 : -1;
    *there = 0;
    while (row && (status = db_next(row, error)) == 1) {
        ++*there;
        for (size_t i = 0; i < count; i++) {
            same[i] |= same_clock(row, &rows[i]);
        }
    }
    return status;
}

static int put_clock(struct store *store, int64_t case_id, const struct clock_row *r,
                     struct error *error)
{
    static const char sql[] =
        "INSERT INTO clock (case_id, clock, round, state, started_at, ended_at, due_at,"
        " yellow_on, red_on, red2_on, blue_on, left_wd, provisional, sort_at, explained, waived)"
        " VALUES ($1, $2, $3,"
        " $4, $5, NULLIF($6, $11), NULLIF($7, $11), NULLIF($8, $11), NULLIF($9, $11),"
        " NULLIF($10, $11), NULLIF($12, $11), NULLIF($13, -1), $14, $15, $16, $17)"
        " ON CONFLICT (case_id, clock, round) DO UPDATE SET state = excluded.state,"
        " started_at = excluded.started_at, ended_at = excluded.ended_at,"
        " due_at = excluded.due_at, yellow_on = excluded.yellow_on, red_on = excluded.red_on,"
        " red2_on = excluded.red2_on, blue_on = excluded.blue_on, left_wd = excluded.left_wd,"
        " provisional = excluded.provisional, sort_at = excluded.sort_at,"
        " explained = excluded.explained, waived = excluded.waived";
    return db_run(store->db, error, sql, "itiiiiiiiiiiiiiii", case_id, r->clock, (int64_t)r->round,
                  (int64_t)r->state, r->started, r->ended, r->due, r->yellow, r->red, r->red2,
                  (int64_t)MOMENT_NONE, r->blue, r->left, (int64_t)r->provisional,
                  clock_row_place(r), (int64_t)r->explained, (int64_t)r->waived) < 0
               ? -1
               : 0;
}

int store_clocks_put(struct store *store, int64_t case_id, const struct clock_row *rows,
                     size_t count, struct error *error)
{
    bool *same = calloc(count + 1, sizeof *same);
    size_t there = 0;
    int status = same ? compare_clocks(store, case_id, rows, count, same, &there, error)
                      : error_memory(error);
    bool anew = there > count; /* a correction took one away */
    if (status == 0 && anew &&
        db_run(store->db, error, "DELETE FROM clock WHERE case_id = $1", "i", case_id) < 0) {
        status = -1;
    }
    for (size_t i = 0; i < count && status == 0; i++) {
        status = same[i] && !anew ? 0 : put_clock(store, case_id, &rows[i], error);
    }
    free(same);
    return status;
}

int store_marked(struct store *store, int64_t case_id,
                 int (*take)(void *self, const struct clock_row *row), void *self,
                 struct error *error)
{
    struct statement *row = db_query(
        store->db, error,
        "SELECT clock, round, state, ended_at, yellow_on, red_on, red2_on, explained, waived"
        " FROM clock WHERE case_id = $1 AND EXISTS (SELECT 1 FROM clock AS m"
        " WHERE m.case_id = $1 AND m.waived + m.explained > 0)",
        "i", case_id);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct clock_row out = {.clock = db_text(row, 0),
                                .round = (int32_t)db_int(row, 1),
                                .state = (int32_t)db_int(row, 2),
                                .started = MOMENT_NONE,
                                .ended = moment(row, 3),
                                .due = MOMENT_NONE,
                                .blue = MOMENT_NONE,
                                .yellow = moment(row, 4),
                                .red = moment(row, 5),
                                .red2 = moment(row, 6),
                                .left = -1,
                                .explained = (int32_t)db_int(row, 7),
                                .waived = (int32_t)db_int(row, 8)};
        if (take(self, &out) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int store_any_marked(struct store *store, struct error *error)
{
    int64_t some = 0;
    bool found;
    return db_number(store->db, error, &some, &found,
                     "SELECT EXISTS (SELECT 1 FROM clock WHERE waived + explained > 0)", "") != 0
               ? -1
               : some == 1;
}
