/* lists_count.c: how many cases there are: by day, card, state, field; and those the desk opened.
 */
#include <string.h>

#include "core/casefile.h"
#include "core/policy.h"
#include "data/store/case_row.h"
#include "data/store/lists_inside.h"

int list_sources(struct store *store, const struct sight *sight, const char *kind, int64_t from,
                 int64_t to, int64_t now, int (*take)(void *self, const struct source_row *row),
                 void *self, struct error *error)
{
    struct making making = {.store = store, .error = error};
    text_add(&making.sql,
             "SELECT c.source, c.org_id, c.closed, MIN(k.due_at), MAX(CASE WHEN k.state"
             " = ");
    making_id(&making, RUN_LATE);
    text_add(&making.sql,
             " THEN 1 ELSE 0 END), c.number, c.id, c.state, c.procedure, c.policy_id, MAX(CASE"
             " WHEN ");
    making_covered(&making, "k", "waived", now);
    text_add(&making.sql, " THEN 1 ELSE 0 END), MAX(CASE WHEN k.red_on <= COALESCE(k.ended_at, ");
    making_bind_int(&making, now);
    text_add(&making.sql, ") AND NOT ");
    making_covered(&making, "k", "waived", now);
    text_add(&making.sql, " THEN 1 ELSE 0 END) FROM casefile AS c JOIN clock AS k ON"
                          " k.case_id = c.id WHERE c.source >= ");
    making_bind(&making, kind, strlen(kind));
    text_add(&making.sql, " AND c.source < ");
    struct text end = {0};
    text_addf(&end, "%s~", kind);
    making_bind(&making, text_bytes(&end), end.length);
    text_free(&end);
    sight_where(sight, &making.sql);
    text_add(&making.sql, " GROUP BY 1, 2, 3, 6, 7, 8, 9, 10 HAVING MIN(k.due_at) > ");
    making_id(&making, from);
    text_add(&making.sql, " AND MIN(k.due_at) <= ");
    making_id(&making, to);
    text_add(&making.sql, " ORDER BY 1");
    struct statement *row = making_start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct source_row out = {.source = db_text(row, 0),
                                 .org = db_int(row, 1),
                                 .closed = db_int(row, 2) == 1,
                                 .due = db_int(row, 3),
                                 .late = db_int(row, 4) == 1,
                                 .id = db_int(row, 6),
                                 .state = db_text(row, 7),
                                 .procedure = db_text(row, 8),
                                 .policy = db_int(row, 9),
                                 .waived = db_int(row, 10) == 1 && db_int(row, 11) == 0};
        if (take(self, &out) != 0) {
            db_end(row);
            status = error_memory(error);
            break;
        }
    }
    making_drop(&making);
    return status < 0 ? -1 : 0;
}

int list_facets(struct store *store, const struct list_filter *filter, enum list_column column,
                int64_t most, int (*take)(void *self, const char *text, int64_t id, int64_t n),
                void *self, bool *more, struct error *error)
{
    struct making making = {.store = store, .error = error, .clocks = filter->clocks};
    bool text = column <= LIST_NUMBER;
    int64_t all = 0;
    /* of a case all clocks that are not over, as a query asks for them */
    bool clocks_of = column == LIST_CLOCK && !filter->clocks;
    text_addf(&making.sql,
              clocks_of ? "SELECT few.f, COUNT(*) FROM (SELECT k.clock AS f FROM clock AS k WHERE"
                          " k.ended_at IS NULL AND k.case_id IN (SELECT c.id"
                        : "SELECT few.f, COUNT(*) FROM (SELECT %s AS f",
              making_column(&making, column));
    making_all(&making, filter);
    text_add(&making.sql, clocks_of ? ") LIMIT " : " LIMIT ");
    making_id(&making, most);
    text_add(&making.sql, ") AS few GROUP BY 1 ORDER BY 2 DESC, 1");
    struct statement *row = making_start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        int64_t n = db_int(row, 1);
        all += n;
        if (!db_null(row, 0) && take(self, text ? db_text(row, 0) : NULL, db_int(row, 0), n) != 0) {
            db_end(row);
            status = error_memory(error);
            break;
        }
    }
    *more = all >= most;
    making_drop(&making);
    return status < 0 ? -1 : 0;
}

int list_sounds(struct store *store, const char *letters,
                int (*take)(void *self, int64_t id, const char *title), void *self,
                struct error *error)
{
    struct text pattern = {0};
    text_add(&pattern, "%");
    for (const char *at = letters; *at; at++) {
        text_add_n(&pattern, at, 1);
        text_add(&pattern, "%");
    }
    struct statement *row = db_query(
        store->db, error, "SELECT id, title FROM casefile WHERE closed = 0 AND title_py LIKE $1",
        "t", text_bytes(&pattern));
    int status = row ? 1 : -1, taken = 0;
    while (row && (status = db_next(row, error)) == 1) {
        taken = take(self, db_int(row, 0), db_text(row, 1));
        if (taken != 0) {
            db_end(row);
            break;
        }
    }
    text_free(&pattern);
    return status < 0 || taken < 0 ? -1 : 0;
}

/* The worst card that is due, as a number; of a clock that does not run -1. */
static void add_worst(struct making *making, int64_t now)
{
    static const char *const ats[][4] = {{"c.red2_at", "c.red_at", "c.yellow_at", "c.blue_at"},
                                         {"k.red2_on", "k.red_on", "k.yellow_on", "k.blue_on"}};
    text_add(&making->sql, making->clocks ? "CASE WHEN k.state <> 2 THEN -1" : "CASE");
    for (int i = 0; i < 4; i++) {
        text_addf(&making->sql, " WHEN %s <= ", ats[making->clocks][i]);
        making_bind_int(making, now);
        text_addf(&making->sql, " THEN %d", CARD_DOUBLE - i);
    }
    text_add(&making->sql, " ELSE 0 END");
}

int list_days(struct store *store, const struct list_filter *filter, int32_t from, int32_t count,
              struct list_day *days, struct error *error)
{
    struct making making = {.store = store, .error = error, .clocks = filter->clocks};
    const char *at = making_column(&making, LIST_SORT);
    text_addf(&making.sql, "SELECT (%s - 1) / 86400, ", at);
    add_worst(&making, filter->now);
    text_add(&making.sql, ", COUNT(*)");
    making_all(&making, filter);
    text_addf(&making.sql, " AND %s > ", at);
    making_id(&making, (int64_t)from * DAY_SECONDS);
    text_addf(&making.sql, " AND %s <= ", at);
    making_id(&making, ((int64_t)from + count) * DAY_SECONDS);
    text_add(&making.sql, " GROUP BY 1, 2");
    struct statement *row = making_start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct list_day *day = &days[db_int(row, 0) - from];
        int64_t card = db_int(row, 1), n = db_int(row, 2);
        day->n += n;
        day->cards[card > 0 ? card : 0] += n;
    }
    making_drop(&making);
    return status < 0 ? -1 : 0;
}

/* Rows of a card, whether it stands still, and how many are so. */
static void add_kinds(struct making *making, const struct list_filter *filter, bool tallied)
{
    text_add(&making->sql, "SELECT ");
    add_worst(making, filter->now);
    if (tallied) {
        text_add(&making->sql, " AS card, CASE c.day WHEN ");
        making_id(making, TALLY_HELD);
        text_add(&making->sql, " THEN 1 ELSE 0 END AS held, c.n AS n");
        making_tallies(making, filter);
    } else {
        text_addf(&making->sql, " AS card, %s AS held, 1 AS n",
                  filter->clocks ? "CASE k.state WHEN 3 THEN 1 ELSE 0 END" : "c.held");
        making_all(making, filter);
    }
}

int list_counts(struct store *store, const struct list_filter *filter, int64_t most,
                struct list_counts *out, struct error *error)
{
    struct making making = {.store = store, .error = error, .clocks = filter->clocks};
    bool tallied = list_tallied(filter);
    *out = (struct list_counts){.n = 0};
    text_add(&making.sql, "SELECT CAST(SUM(n) AS BIGINT), CAST(SUM(CASE held WHEN 1 THEN n END) AS"
                          " BIGINT)");
    for (int card = CARD_NONE; card <= CARD_DOUBLE; card++) {
        text_addf(&making.sql, ", CAST(SUM(CASE card WHEN %d THEN n END) AS BIGINT)", card);
    }
    text_add(&making.sql, " FROM (");
    add_kinds(&making, filter, tallied);
    if (!tallied) {
        text_add(&making.sql, " LIMIT ");
        making_id(&making, most);
    }
    text_add(&making.sql, ") AS few");
    out->laborious = making.many && !making.few;
    struct statement *row = out->laborious ? NULL : making_start(&making);
    int status = row ? db_next(row, error) : out->laborious ? 0 : -1;
    if (status == 1) {
        out->n = db_int(row, 0); /* a sum of nothing is null, which is 0 here */
        out->more = !tallied && out->n == most;
        out->held = db_int(row, 1);
        for (int card = CARD_NONE; card <= CARD_DOUBLE; card++) {
            out->cards[card] = db_int(row, 2 + card);
        }
        db_end(row);
    }
    making_drop(&making);
    return status < 0 ? -1 : 0;
}

int list_remedied(struct store *store, const struct sight *sight, struct arena *arena,
                  int (*take)(void *self, const struct case_row *row), void *self,
                  struct error *error)
{
    struct making making = {.store = store, .error = error};
    /* a sum is no column of an index: the few are found first, whatever they are */
    text_add(&making.sql, "SELECT " CASE_COLUMNS
                          " FROM casefile AS c WHERE 0 + c.closed = 0 AND c.id IN (SELECT case_id"
                          " FROM clock WHERE waived + explained > 0 AND ended_at IS NULL)");
    sight_where(sight, &making.sql);
    struct statement *row = making_start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct case_row out;
        case_row_take(row, arena, &out);
        if (take(self, &out) != 0) {
            db_end(row);
            status = -1;
            break;
        }
    }
    making_drop(&making);
    return status < 0 ? -1 : 0;
}

/* The mark counts what everybody sees together. */
int list_open(struct store *store, int64_t *count, struct error *error)
{
    return store_mark(store, "open", count, error);
}

/* From the tallies where they can tell; what was sent to somebody is counted case by case. */
int list_tally(struct store *store, const struct sight *sight, int64_t now,
               int (*take)(void *self, const struct tally_row *row), void *self,
               struct error *error)
{
    struct making making = {.store = store, .error = error};
    bool sent = !sight->all && sight->sent;
    text_addf(&making.sql, "SELECT c.procedure, c.state, c.owner_id, %s, ",
              sent ? TALLY_DAY : "c.day");
    add_worst(&making, now);
    text_add(&making.sql, sent ? ", COUNT(*) FROM casefile AS c WHERE c.closed = 0"
                               : ", CAST(SUM(c.n) AS BIGINT) FROM tally AS c WHERE 1 = 1");
    sight_where(sight, &making.sql);
    text_add(&making.sql, " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5");
    struct statement *row = making_start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct tally_row out = {.procedure = db_text(row, 0),
                                .state = db_text(row, 1),
                                .owner = db_int(row, 2),
                                .day = (int32_t)db_int(row, 3),
                                .card = (enum card)db_int(row, 4),
                                .n = db_int(row, 5)};
        if (out.n > 0 && take(self, &out) != 0) {
            db_end(row);
            status = error_memory(error);
            break;
        }
    }
    making_drop(&making);
    return status;
}
