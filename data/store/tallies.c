/* tallies.c: how many open cases there are of each kind, kept as acts move them. */
#include <string.h>

#include "core/day.h"
#include "data/store/case_row.h"

enum { CARDS = 4 };

static int64_t tally_day(const struct case_row *row)
{
    return row->sort_at >= SORT_NONE   ? TALLY_NONE
           : row->sort_at >= SORT_HELD ? TALLY_HELD
                                       : moment_day(row->sort_at - 1);
}

/* When it has which card, from the blue one on. */
static void cards_of(const struct case_row *row, int64_t at[CARDS])
{
    const int64_t from[CARDS] = {row->blue_at, row->yellow_at, row->red_at, row->red2_at};
    for (int i = 0; i < CARDS; i++) {
        at[i] = from[i] == MOMENT_NONE ? SORT_NONE : from[i];
    }
}

#define KIND(row, at)                                                                              \
    "ittiiiiiii", tally_day(row), (row)->procedure, (row)->state, (row)->org, (row)->county,       \
        (row)->owner, (at)[0], (at)[1], (at)[2], (at)[3]

static int count_in(struct store *store, const struct case_row *row, struct error *error)
{
    static const char sql[] =
        "INSERT INTO tally AS t (" TALLY_COLUMNS ")"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"
        " ON CONFLICT (day, procedure, state, org_id, county_id, owner_id, blue_at, yellow_at,"
        " red_at, red2_at) DO UPDATE SET n = t.n + 1";
    int64_t at[CARDS];
    cards_of(row, at);
    return row->closed || db_run(store->db, error, sql, KIND(row, at)) >= 0 ? 0 : -1;
}

/* The last one takes the row with it. */
static int count_out(struct store *store, const struct case_row *row, struct error *error)
{
#define OF_ITS_KIND                                                                                \
    " WHERE day = $1 AND procedure = $2 AND state = $3 AND org_id = $4 AND county_id = $5"         \
    " AND owner_id = $6 AND blue_at = $7 AND yellow_at = $8 AND red_at = $9 AND red2_at = $10"
    static const char less[] = "UPDATE tally SET n = n - 1" OF_ITS_KIND " AND n > 1",
                      none[] = "DELETE FROM tally" OF_ITS_KIND;
    int64_t at[CARDS];
    if (!row || row->closed) {
        return 0;
    }
    cards_of(row, at);
    int64_t changed = db_run(store->db, error, less, KIND(row, at));
    changed = changed == 0 ? db_run(store->db, error, none, KIND(row, at)) : changed;
    return changed < 0 ? -1 : 0;
}

static bool same_kind(const struct case_row *a, const struct case_row *b)
{
    int64_t a_at[CARDS], b_at[CARDS];
    cards_of(a, a_at);
    cards_of(b, b_at);
    return a->closed == b->closed && tally_day(a) == tally_day(b) && a->org == b->org &&
           a->county == b->county && a->owner == b->owner &&
           strcmp(a->procedure, b->procedure) == 0 && strcmp(a->state, b->state) == 0 &&
           memcmp(a_at, b_at, sizeof a_at) == 0;
}

int store_tally_move(struct store *store, const struct case_row *old, const struct case_row *row,
                     struct error *error)
{
    if (old && same_kind(old, row)) {
        return 0;
    }
    return count_out(store, old, error) != 0 ? -1 : count_in(store, row, error);
}

int64_t store_tallies_wrong(struct store *store, struct error *error)
{
#define TALLIES "SELECT " TALLY_COLUMNS " FROM tally"
    static const char sql[] =
        "SELECT (SELECT COUNT(*) FROM (" TALLY_OF_CASES " EXCEPT " TALLIES ") AS a)"
        " + (SELECT COUNT(*) FROM (" TALLIES " EXCEPT " TALLY_OF_CASES ") AS b)"
        " + (SELECT CASE WHEN COALESCE(SUM(n), 0) ="
        " COALESCE((SELECT n FROM mark WHERE name = 'open'), 0) THEN 0 ELSE 1 END FROM tally)";
    int64_t wrong = 0;
    bool found;
    return db_number(store->db, error, &wrong, &found, sql, "") != 0 ? -1 : wrong;
}
