/* periods.c: what the record says about a stretch of time. */
#include "data/store/periods.h"

#include <string.h>

#include "core/casefile.h"

int store_mark_set(struct store *store, const char *name, int64_t n, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO mark AS m (name, n) VALUES ($1, $2)"
                  " ON CONFLICT (name) DO UPDATE SET n = excluded.n WHERE m.n <> excluded.n",
                  "ti", name, n) < 0
               ? -1
               : 0;
}

/* ---- what was done ---- */

/* When act A took effect as it stands: the date of its latest correction that was not taken back.
 */
#define STANDS_AT                                                                                  \
    "COALESCE((SELECT k.effective_at FROM act AS k WHERE k.case_id = a.case_id"                    \
    " AND k.corrects = a.n AND k.event = 'correct' AND NOT EXISTS (SELECT 1 FROM act AS b"         \
    " WHERE b.case_id = k.case_id AND b.corrects = k.n AND b.event = 'annul')"                     \
    " ORDER BY k.n DESC LIMIT 1), a.effective_at)"
#define NOT_ANNULLED                                                                               \
    " AND NOT EXISTS (SELECT 1 FROM act AS k WHERE k.case_id = a.case_id AND k.corrects = a.n"     \
    " AND k.event = 'annul')"

int store_happenings(struct store *store, const char *procedure, const char *event, int64_t from,
                     int64_t to,
                     int (*take)(void *self, int64_t org, int64_t system, int64_t effective),
                     void *self, struct error *error)
{
    static const char sql[] =
        "SELECT org_id, system_id, at FROM (SELECT c.org_id, c.system_id, a.node, a.seq, " STANDS_AT
        " AS at FROM casefile AS c JOIN act AS a ON a.case_id = c.id WHERE c.closed IN (0, 1)"
        " AND c.changed_at >= $3 AND c.procedure = $1 AND a.event = $2" NOT_ANNULLED
        ") AS h WHERE at >= $3 AND at < $4 ORDER BY at, node, seq";
    struct statement *row = db_query(store->db, error, sql, "ttii", procedure, event, from, to);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        if (take(self, db_int(row, 0), db_int(row, 1), db_int(row, 2)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

/* The cases of ORG ($1), and those that were sent to it. */
#define CASES_OF_ORG                                                                               \
    "(SELECT id FROM casefile WHERE org_id = $1 UNION SELECT p.case_id FROM party AS p"            \
    " JOIN casefile AS v ON v.id = p.case_id WHERE p.org_id = $1 AND v.vendor_id = $1)"

int store_event_count(struct store *store, int64_t org, const char *procedure, const char *event,
                      int64_t from, int64_t to, int64_t *out, struct error *error)
{
    static const char sql[] =
        "SELECT COUNT(*) FROM (SELECT " STANDS_AT " AS at FROM " CASES_OF_ORG " AS o"
        " JOIN casefile AS c ON c.id = o.id JOIN act AS a ON a.case_id = c.id"
        " WHERE c.procedure = $2 AND a.event = $3" NOT_ANNULLED ") AS h WHERE at >= $4 AND at < $5";
    bool found;
    *out = 0;
    return db_number(store->db, error, out, &found, sql, "ittii", org, procedure, event, from, to);
}

/* ---- what was kept in time ---- */

/* Run K's worst card by its end, or by the end of the stretch, was waived. */
#define EXCUSED                                                                                    \
    "(k.waived = 4 OR (k.waived = 3 AND (k.red2_on IS NULL OR k.red2_on > COALESCE(k.ended_at, $4))))"
/* A run counts where it ended within, or its last day passed within and it still ran then; but not
 * where it is excused. */
#define RAN_OUT                                                                                    \
    " AND NOT " EXCUSED " AND ((k.ended_at >= $3 AND k.ended_at < $4 AND k.state IN ($5, $6))"     \
    " OR (k.due_at >= $3 AND k.due_at < $4 AND k.state <> $7"                                      \
    " AND (k.ended_at IS NULL OR k.ended_at > k.due_at)))"

int store_kept(struct store *store, int64_t org, const char *prefix, const char *clock,
               int64_t from, int64_t to, struct kept *out, struct error *error)
{
    static const char of_org[] =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN k.state = $5 THEN 1 ELSE 0 END), 0)"
        " FROM " CASES_OF_ORG " AS o JOIN clock AS k ON k.case_id = o.id"
        " WHERE k.clock = $2" RAN_OUT;
    /* '0' is the character after '/', so that the range is all that begins with the prefix */
    static const char of_source[] =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN k.state = $5 THEN 1 ELSE 0 END), 0)"
        " FROM casefile AS o JOIN clock AS k ON k.case_id = o.id WHERE o.source > $1"
        " AND o.source < $8 AND k.clock = $2" RAN_OUT;
    struct text end = {0};
    struct statement *row;
    if (prefix) {
        size_t length = strlen(prefix);
        text_add_n(&end, prefix, length ? length - 1 : 0);
        text_add(&end, "0");
        row = db_query(store->db, error, of_source, "ttiiiiit", prefix, clock, from, to,
                       (int64_t)RUN_MET, (int64_t)RUN_LATE, (int64_t)RUN_DROPPED, text_bytes(&end));
    } else {
        row = db_query(store->db, error, of_org, "itiiiii", org, clock, from, to, (int64_t)RUN_MET,
                       (int64_t)RUN_LATE, (int64_t)RUN_DROPPED);
    }
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        out->all += db_int(row, 0);
        out->met += db_int(row, 1);
        db_end(row);
    }
    text_free(&end);
    return status < 0 ? -1 : 0;
}

int store_cards(struct store *store, int64_t org, bool own_only, const char *clock,
                enum stored_card card, int64_t from, int64_t to, int64_t *out, struct error *error)
{
    /* a run that ended first never got the card; what is waived counts for nobody */
#define CARD_SQL(column)                                                                           \
    "SELECT COUNT(*) FROM " CASES_OF_ORG " AS o JOIN casefile AS c ON c.id = o.id"                 \
    " JOIN clock AS k ON k.case_id = o.id WHERE k.clock = $2 AND (c.org_id = $1 OR $5 = 0)"        \
    " AND k." column " >= $3 AND k." column " < $4"                                                \
    " AND (k.ended_at IS NULL OR k.ended_at >= k." column ") AND k.waived < $6"
    static const char *const sql[] = {[STORED_YELLOW] = CARD_SQL("yellow_on"),
                                      [STORED_RED] = CARD_SQL("red_on"),
                                      [STORED_DOUBLE] = CARD_SQL("red2_on")};
#undef CARD_SQL
    static const int64_t cards[] = {
        [STORED_YELLOW] = CARD_YELLOW, [STORED_RED] = CARD_RED, [STORED_DOUBLE] = CARD_DOUBLE};
    bool found;
    *out = 0;
    return db_number(store->db, error, out, &found, sql[card], "itiiii", org, clock, from, to,
                     (int64_t)own_only, cards[card]);
}
