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

/* In the cases of WHOSE ($1), which an index finds. */
#define HAPPENINGS(whose)                                                                          \
    "SELECT org_id, system_id, at FROM (SELECT c.org_id, c.system_id, a.node, a.seq, " STANDS_AT   \
    " AS at FROM casefile AS c JOIN act AS a ON a.case_id = c.id WHERE " whose                     \
    " AND c.changed_at >= $4 AND c.procedure = $2 AND a.event = $3" NOT_ANNULLED                   \
    ") AS h WHERE at >= $4 AND at < $5 ORDER BY at, node, seq"

int store_happenings(struct store *store, const struct stretch *stretch, const char *procedure,
                     const char *event,
                     int (*take)(void *self, int64_t org, int64_t system, int64_t effective),
                     void *self, struct error *error)
{
    static const char of_org[] = HAPPENINGS("c.org_id = $1"),
                      of_system[] = HAPPENINGS("c.system_id = $1 AND c.system_id > 0");
    bool system = stretch->system != 0;
    struct statement *row = db_query(store->db, error, system ? of_system : of_org, "ittii",
                                     system ? stretch->system : stretch->org, procedure, event,
                                     stretch->from, stretch->to);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        if (take(self, db_int(row, 0), db_int(row, 1), db_int(row, 2)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

/* ---- what was kept in time ---- */

/* Run K's worst card by its end, or by the end of the stretch ($4), was waived. */
#define EXCUSED                                                                                    \
    "(k.waived = 4 OR (k.waived = 3 AND (k.red2_on IS NULL OR k.red2_on > COALESCE(k.ended_at, $4))))"
/* A run counts where it ended within, or its last day passed within and it still ran then; but not
 * where it is excused. */
#define RAN_OUT                                                                                    \
    "NOT " EXCUSED " AND ((k.ended_at >= $3 AND k.ended_at < $4 AND k.state IN ($5, $6))"          \
    " OR (k.due_at >= $3 AND k.due_at < $4 AND k.state <> $7"                                      \
    " AND (k.ended_at IS NULL OR k.ended_at > k.due_at)))"

int store_kept(struct store *store, const char *prefix, const char *clock, int64_t from, int64_t to,
               struct kept *out, struct error *error)
{
    /* '0' is the character after '/', so that the range is all that begins with the prefix */
    static const char sql[] =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN k.state = $5 THEN 1 ELSE 0 END), 0)"
        " FROM casefile AS o JOIN clock AS k ON k.case_id = o.id WHERE o.source > $1"
        " AND o.source < $8 AND k.clock = $2 AND " RAN_OUT;
    struct text end = {0};
    size_t length = strlen(prefix);
    text_add_n(&end, prefix, length ? length - 1 : 0);
    text_add(&end, "0");
    struct statement *row =
        db_query(store->db, error, sql, "ttiiiiit", prefix, clock, from, to, (int64_t)RUN_MET,
                 (int64_t)RUN_LATE, (int64_t)RUN_DROPPED, text_bytes(&end));
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        out->all += db_int(row, 0);
        out->met += db_int(row, 1);
        db_end(row);
    }
    text_free(&end);
    return status < 0 ? -1 : 0;
}

/* ---- in slices ---- */

int store_slice_end(struct store *store, int64_t after, int64_t most, int64_t *last,
                    struct error *error)
{
    bool found;
    int64_t id = 0;
    int status = db_number(store->db, error, &id, &found,
                           "SELECT MAX(id) FROM (SELECT id FROM casefile WHERE id > $1 ORDER BY id"
                           " LIMIT $2) AS s",
                           "ii", after, most);
    *last = status == 0 && found ? id : after;
    return status;
}

/* What is over and did not move since has nothing of it. (+: by id alone.) */
#define OF_SLICE " WHERE c.id > $1 AND c.id <= $2 AND (+c.closed = 0 OR +c.changed_at >= $3)"
#define SENT                                                                                       \
    "CASE WHEN c.vendor_id <> c.org_id AND EXISTS (SELECT 1 FROM party AS p"                       \
    " WHERE p.case_id = c.id AND p.org_id = c.vendor_id) THEN c.vendor_id ELSE 0 END"

int store_slice_events(struct store *store, const struct case_slice *slice, const char *procedure,
                       const char *event, int (*take)(void *self, int64_t org, int64_t sent),
                       void *self, struct error *error)
{
    static const char sql[] =
        "SELECT org_id, sent FROM (SELECT c.org_id, " SENT " AS sent, " STANDS_AT
        " AS at FROM casefile AS c JOIN act AS a ON a.case_id = c.id" OF_SLICE
        " AND c.procedure = $5 AND a.event = $6" NOT_ANNULLED ") AS h WHERE at >= $3 AND at < $4";
    struct statement *row = db_query(store->db, error, sql, "iiiitt", slice->after, slice->last,
                                     slice->from, slice->to, procedure, event);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        if (take(self, db_int(row, 0), db_int(row, 1)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

/* A run that ended first never got the card. */
#define GOT(column)                                                                                \
    ", CASE WHEN k." column " >= $3 AND k." column " < $4 AND (k.ended_at IS NULL"                 \
    " OR k.ended_at >= k." column ") AND k.waived < "

int store_slice_runs(struct store *store, const struct case_slice *slice,
                     int (*take)(void *self, const struct clock_run *run), void *self,
                     struct error *error)
{
    static const char sql[] =
        "SELECT c.org_id, " SENT ", k.clock, CASE WHEN k.state = $5 THEN 1 ELSE 0 END,"
        " CASE WHEN " RAN_OUT
        " THEN 1 ELSE 0 END" GOT("yellow_on") "$8 THEN 1 ELSE 0 END" GOT("red_on") "$9 THEN 1 ELSE 0 END" GOT(
            "red2_on") "$10 THEN 1 ELSE 0 END"
                       " FROM casefile AS c JOIN clock AS k ON k.case_id = c.id" OF_SLICE;
    struct statement *row =
        db_query(store->db, error, sql, "iiiiiiiiii", slice->after, slice->last, slice->from,
                 slice->to, (int64_t)RUN_MET, (int64_t)RUN_LATE, (int64_t)RUN_DROPPED,
                 (int64_t)CARD_YELLOW, (int64_t)CARD_RED, (int64_t)CARD_DOUBLE);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct clock_run run = {.org = db_int(row, 0),
                                .sent = db_int(row, 1),
                                .clock = db_text(row, 2),
                                .met = db_int(row, 3) != 0,
                                .counts = db_int(row, 4) != 0};
        for (int card = 0; card < STORED_CARDS; card++) {
            run.cards[card] = db_int(row, 5 + card) != 0;
        }
        if (take(self, &run) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}
