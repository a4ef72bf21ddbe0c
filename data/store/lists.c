/* lists.c: filters as SQL. Every text is a constant; what was asked is bound, or an integer. */
#include "data/store/lists.h"

#include <stdlib.h>
#include <string.h>

#include "core/casefile.h"
#include "core/policy.h"
#include "data/store/case_row.h"
#include "data/store/search.h"

enum { BINDS_MOST = 60, HITS_MOST = 20000 };

/* What is bound to $N: a text (owned), or a number where there is none. */
struct bound {
    char *text;
    int64_t number;
};

struct making {
    struct store *store;
    struct error *error;
    struct text sql;
    struct bound binds[BINDS_MOST];
    int bind_count;
    bool failed;
    bool few;  /* the index of words has the cases: it is faster than any order */
    bool many; /* some word has too many hits to be looked up there */
};

static void add_id(struct making *making, int64_t id)
{
    text_add_int(&making->sql, id);
}

/* Adds $N for TEXT. */
static void bind(struct making *making, const char *text, size_t length)
{
    char *copy = making->bind_count < BINDS_MOST ? malloc(length + 1) : NULL;
    if (!copy) {
        making->failed = true;
        return;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    making->binds[making->bind_count++].text = copy;
    text_addf(&making->sql, "$%d", making->bind_count);
}

/* The same for a number that differs each time: the text of the query is then the same. */
static void bind_int(struct making *making, int64_t number)
{
    if (making->bind_count == BINDS_MOST) {
        making->failed = true;
        return;
    }
    making->binds[making->bind_count++].number = number;
    text_addf(&making->sql, "$%d", making->bind_count);
}

/* %TEXT% with its own signs escaped. */
static void bind_part(struct making *making, const char *text)
{
    struct text part = {0};
    text_add(&part, "%");
    for (const char *at = text; *at; at++) {
        text_add(&part, *at == '%' || *at == '_' || *at == '\\' ? "\\" : "");
        text_add_n(&part, at, 1);
    }
    text_add(&part, "%");
    bind(making, text_bytes(&part), part.length);
    text_add(&making->sql, " ESCAPE '\\'");
    text_free(&part);
}

static void add_sight(struct making *making, const struct sight *sight)
{
    struct text *sql = &making->sql;
    if (sight->all) {
        return;
    }
    text_add(sql, " AND (0 = 1");
    if (sight->own || sight->below || sight->sent) {
        text_add(sql, " OR c.org_id = ");
        add_id(making, sight->org);
    }
    if (sight->below) {
        text_add(sql, " OR c.county_id = ");
        add_id(making, sight->org);
    }
    if (sight->sent) {
        text_add(sql,
                 " OR EXISTS (SELECT 1 FROM party AS p WHERE p.case_id = c.id AND p.org_id = ");
        add_id(making, sight->org);
        text_add(sql, ")");
    }
    text_add(sql, ")");
}

static const char *const columns[] = {[LIST_STATE] = "c.state",
                                      [LIST_PROCEDURE] = "c.procedure",
                                      [LIST_WITH] = "c.with_role",
                                      [LIST_NUMBER] = "c.number",
                                      [LIST_ORG] = "c.org_id",
                                      [LIST_COUNTY] = "c.county_id",
                                      [LIST_VENDOR] = "c.vendor_id",
                                      [LIST_OWNER] = "c.owner_id",
                                      [LIST_SYSTEM] = "c.system_id",
                                      [LIST_SORT] = "c.sort_at",
                                      [LIST_OPENED] = "c.opened_on",
                                      [LIST_CHANGED] = "c.changed_at",
                                      [LIST_HELD] = "c.held",
                                      [LIST_CLOSED] = "c.closed",
                                      [LIST_PROVISIONAL] = "c.provisional"};

static void add_card(struct making *making, int64_t card, int64_t now)
{
    static const char *const at[] = {NULL, "c.blue_at", "c.yellow_at", "c.red_at", "c.red2_at"};
    text_add(&making->sql, "(1 = 1");
    if (card != CARD_NONE) {
        text_addf(&making->sql, " AND %s <= ", at[card]);
        bind_int(making, now);
    }
    for (int64_t worse = card + 1; worse <= CARD_DOUBLE; worse++) {
        text_addf(&making->sql, " AND (%s IS NULL OR %s > ", at[worse], at[worse]);
        bind_int(making, now);
        text_add(&making->sql, ")");
    }
    text_add(&making->sql, ")");
}

/* Many hits: the queue is walked and each title tried; few: the index of words has them. */
static void add_word(struct making *making, const char *word, const char *procedures)
{
    struct text tokens = {0};
    int64_t *ids = malloc((HITS_MOST + 1) * sizeof *ids);
    bool some = search_query(word, &tokens) > 0; /* signs alone are not in the index */
    int64_t hits =
        !some ? HITS_MOST + 1
        : ids ? db_search(making->store->db, making->error, text_bytes(&tokens), ids, HITS_MOST + 1)
              : -1;
    bool few = hits >= 0 && hits <= HITS_MOST;
    making->failed |= hits < 0;
    making->many |= !few;
    free(ids);
    text_add(&making->sql, "(");
    if (few) {
        text_add(&making->sql, "c.id IN (SELECT rowid FROM search WHERE search MATCH ");
        bind(making, text_bytes(&tokens), tokens.length);
        text_add(&making->sql, ") AND ");
    }
    text_add(&making->sql, "(c.title LIKE ");
    bind_part(making, word);
    text_addf(&making->sql, " OR c.number LIKE $%d ESCAPE '\\'", making->bind_count);
    for (const char *at = procedures ? procedures : ""; *at;) {
        size_t length = strcspn(at, ",");
        text_add(&making->sql, " OR c.procedure = ");
        bind(making, at, length);
        at += length + (at[length] == ',');
    }
    text_add(&making->sql, "))");
    text_free(&tokens);
}

static void add_range(struct making *making, const struct list_test *test)
{
    text_addf(&making->sql, "(%s < ", columns[test->column]);
    add_id(making, test->high);
    text_addf(&making->sql, " AND %s >= ", columns[test->column]);
    add_id(making, test->low);
    text_add(&making->sql, ")");
}

static void add_one(struct making *making, const struct list_test *test, int32_t i, int64_t now)
{
    switch (test->column) {
    case LIST_STATE:
    case LIST_PROCEDURE:
    case LIST_WITH:
        text_addf(&making->sql, "%s = ", columns[test->column]);
        bind(making, test->texts[i], strlen(test->texts[i]));
        break;
    case LIST_CLOCK:
        text_add(&making->sql, "EXISTS (SELECT 1 FROM clock AS k WHERE k.case_id = c.id AND"
                               " k.ended_at IS NULL AND k.clock = ");
        bind(making, test->texts[i], strlen(test->texts[i]));
        text_add(&making->sql, ")");
        break;
    case LIST_NUMBER:
        text_add(&making->sql, "c.number LIKE ");
        bind_part(making, test->texts[i]);
        break;
    case LIST_CARD:
        add_card(making, test->ids[i], now);
        break;
    case LIST_TEXT:
        add_word(making, test->texts[i], test->procedures ? test->procedures[i] : NULL);
        break;
    default:
        text_addf(&making->sql, "%s = ", columns[test->column]);
        add_id(making, test->ids[i]);
        break;
    }
}

static void add_test(struct making *making, const struct list_test *test, int64_t now)
{
    bool many = making->many, words = test->column == LIST_TEXT && !test->negated;
    making->many = false;
    text_add(&making->sql, test->negated ? " AND NOT (" : " AND (");
    if (test->column == LIST_SORT || test->column == LIST_OPENED || test->column == LIST_CHANGED) {
        add_range(making, test);
    } else if (test->column == LIST_LATE) {
        text_add(&making->sql, "c.due_at IS NOT NULL AND c.due_at < ");
        bind_int(making, now);
    } else if (test->column == LIST_HELD || test->column == LIST_PROVISIONAL) {
        text_addf(&making->sql, "%s = 1", columns[test->column]);
    } else {
        text_add(&making->sql, test->count ? "" : "0 = 1");
        for (int32_t i = 0; i < test->count; i++) {
            text_add(&making->sql, i ? " OR " : "");
            add_one(making, test, i, now);
        }
    }
    text_add(&making->sql, ")");
    making->few |= words && !making->many;
    making->many |= many;
}

/* ---- order ---- */

static const struct {
    const char *column;
    bool text;
    bool split; /* an index has the open ones in this order, and then the closed ones */
} orders[] = {
    [LIST_BY_URGENCY] = {"sort_at", false, true},    [LIST_BY_OPENED] = {"opened_on", false, true},
    [LIST_BY_CHANGED] = {"changed_at", false, true}, [LIST_BY_NUMBER] = {"number", true, false},
    [LIST_BY_ORG] = {"org_id", false, false},        [LIST_BY_TITLE] = {"title_py", true, false}};

/* The way the list is read: from its end upwards, or as it stands. */
static bool falls(const struct list_filter *filter)
{
    return filter->backwards != filter->upwards;
}

/* PLACE is "VALUE ID", the value of a text in full. */
static void add_place(struct making *making, const struct list_filter *filter)
{
    const char *blank = strrchr(filter->place, ' ');
    if (!blank) {
        making->failed = true;
        return;
    }
    text_addf(&making->sql, " AND (c.%s, c.id) %s (", orders[filter->order].column,
              falls(filter) ? "<" : ">");
    if (orders[filter->order].text) {
        bind(making, filter->place, (size_t)(blank - filter->place));
    } else {
        bind_int(making, strtoll(filter->place, NULL, 10));
    }
    text_add(&making->sql, ", ");
    bind_int(making, strtoll(blank + 1, NULL, 10));
    text_add(&making->sql, ")");
}

/* ---- where ---- */

#define CLOSED "c.closed = 1"

/* Which of the open and the closed cases are asked for. */
struct halves {
    bool open, closed;
};

static struct halves halves_of(const struct list_filter *filter)
{
    struct halves halves = {true, true};
    for (int32_t i = 0; i < filter->count; i++) {
        if (filter->tests[i].column == LIST_CLOSED) {
            halves.open &= filter->tests[i].negated;
            halves.closed &= !filter->tests[i].negated;
        }
    }
    return halves;
}

/* What follows FROM casefile AS c WHERE, but for which half. */
static void add_where(struct making *making, const struct list_filter *filter)
{
    add_sight(making, &filter->sight);
    for (int32_t i = 0; i < filter->count; i++) {
        if (filter->tests[i].column != LIST_CLOSED) {
            add_test(making, &filter->tests[i], filter->now);
        }
    }
}

/* FROM … WHERE … of all that is asked for, in no order. */
static void add_all(struct making *making, const struct list_filter *filter)
{
    struct halves halves = halves_of(filter);
    struct text head = making->sql;
    making->sql = (struct text){0};
    add_where(making, filter);
    text_addf(&head, " FROM casefile AS c WHERE %s%s", making->few ? "0 + " : "",
              halves.open && halves.closed ? "c.closed IN (0, 1)"
              : halves.open                ? "c.closed = 0"
              : halves.closed              ? CLOSED
                                           : "0 = 1");
    text_add_n(&head, text_bytes(&making->sql), making->sql.length);
    making->failed |= making->sql.failed;
    text_free(&making->sql);
    making->sql = head;
}

static struct statement *start(struct making *making)
{
    if (making->failed || making->sql.failed) {
        error_set(making->error, ERROR_USAGE, N_("the query asks too much at once; ask for less"),
                  NULL, NULL);
        return NULL;
    }
    struct statement *row = db_made(making->store->db, making->error, text_bytes(&making->sql));
    for (int i = 0; row && i < making->bind_count; i++) {
        const struct bound *bound = &making->binds[i];
        if (bound->text) {
            db_bind_text(row, i + 1, bound->text, strlen(bound->text));
        } else {
            db_bind_int(row, i + 1, bound->number);
        }
    }
    return row;
}

static void drop(struct making *making)
{
    for (int i = 0; i < making->bind_count; i++) {
        free(making->binds[i].text);
    }
    text_free(&making->sql);
}

/* ---- pages ---- */

/* FROM … WHERE … ORDER BY … LIMIT of one half ("" both), WHERE being as made already. */
static void add_half(struct text *sql, const struct making *making,
                     const struct list_filter *filter, const char *half, int64_t limit)
{
    const char *way = falls(filter) ? " DESC" : "";
    bool by_number = filter->order == LIST_BY_NUMBER && strcmp(half, CLOSED) == 0;
    text_addf(sql, "SELECT " CASE_COLUMNS " FROM casefile AS c WHERE %s%s",
              making->few || by_number ? "0 + " : "", half);
    text_add_n(sql, making->sql.bytes ? making->sql.bytes : "", making->sql.length);
    /* a sum is no column of an index: the few are found first, then put in order */
    text_addf(sql,
              making->few ? " ORDER BY 0 + c.%s%s, c.id%s LIMIT "
                          : " ORDER BY c.%s%s, c.id%s LIMIT ",
              orders[filter->order].column, way, way);
    text_add_int(sql, limit);
}

/* Where an index has each half in order, both are read from it and merged. */
static void add_halves(struct making *making, const struct list_filter *filter, int64_t limit)
{
    struct halves halves = halves_of(filter);
    struct text sql = {0};
    const char *by = orders[filter->order].column, *way = falls(filter) ? " DESC" : "";
    bool merged = halves.open && halves.closed && orders[filter->order].split;
    const char *half = merged || !halves.closed ? (halves.open ? "c.closed = 0" : "0 = 1")
                       : halves.open            ? "1 = 1"
                                                : CLOSED;
    if (merged) {
        text_add(&sql, "SELECT * FROM (");
        add_half(&sql, making, filter, "c.closed = 0", limit);
        text_add(&sql, ") AS a UNION ALL SELECT * FROM (");
        add_half(&sql, making, filter, CLOSED, limit);
        text_addf(&sql, ") AS b ORDER BY %s%s, id%s LIMIT ", by, way, way);
        text_add_int(&sql, limit);
    } else {
        add_half(&sql, making, filter, half, limit);
    }
    making->failed |= sql.failed;
    text_free(&making->sql);
    making->sql = sql;
}

static void put_place(struct text *place, enum list_order order, const struct case_row *row)
{
    const int64_t numbers[] = {[LIST_BY_URGENCY] = row->sort_at,
                               [LIST_BY_OPENED] = row->opened_on,
                               [LIST_BY_CHANGED] = row->changed_at,
                               [LIST_BY_NUMBER] = 0,
                               [LIST_BY_ORG] = row->org,
                               [LIST_BY_TITLE] = 0};
    if (orders[order].text) {
        text_add(place, order == LIST_BY_NUMBER ? row->number : row->title_py);
    } else {
        text_add_int(place, numbers[order]);
    }
    text_add(place, " ");
    text_add_int(place, row->id);
}

/* What was read upwards, as the list stands. */
static void turn_round(struct case_row *rows, int64_t count)
{
    for (int64_t i = 0; i < count / 2; i++) {
        struct case_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

int64_t list_page(struct store *store, const struct list_filter *filter, struct arena *arena,
                  struct case_row *rows, struct list_ends *ends, struct error *error)
{
    struct making making = {.store = store, .error = error};
    add_where(&making, filter);
    text_add(&making.sql, filter->order == LIST_BY_NUMBER ? " AND c.number IS NOT NULL" : "");
    if (filter->place) {
        add_place(&making, filter);
    }
    /* the one too many says that there are more */
    add_halves(&making, filter, filter->limit + 1);
    struct statement *row = start(&making);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ends->more = count == filter->limit;
        if (!ends->more) {
            case_row_take(row, arena, &rows[count++]);
        }
    }
    ends->laborious = making.many && !making.few;
    drop(&making);
    if (filter->upwards) {
        turn_round(rows, count);
    }
    if (count > 0) {
        put_place(&ends->first, filter->order, &rows[0]);
        put_place(&ends->last, filter->order, &rows[count - 1]);
    }
    return status < 0 || arena_failed(arena) ? -1 : count;
}

int64_t list_size(struct store *store, const struct list_filter *filter, int64_t most,
                  struct error *error)
{
    struct making making = {.store = store, .error = error};
    text_add(&making.sql, "SELECT COUNT(*) FROM (SELECT 1");
    add_all(&making, filter);
    text_add(&making.sql, " LIMIT ");
    text_add_int(&making.sql, most);
    text_add(&making.sql, ") AS few");
    struct statement *row = start(&making);
    int64_t count = -1;
    if (row && db_next(row, error) == 1) {
        count = db_int(row, 0);
        db_end(row);
    }
    drop(&making);
    return count;
}

int list_sources(struct store *store, const struct sight *sight, const char *kind, int64_t from,
                 int64_t to, int (*take)(void *self, const struct source_row *row), void *self,
                 struct error *error)
{
    struct making making = {.store = store, .error = error};
    text_add(&making.sql,
             "SELECT c.source, c.org_id, c.closed, MIN(k.due_at), MAX(CASE WHEN k.state"
             " = ");
    add_id(&making, RUN_LATE);
    text_add(&making.sql, " THEN 1 ELSE 0 END), c.number FROM casefile AS c JOIN clock AS k ON"
                          " k.case_id = c.id WHERE c.source >= ");
    bind(&making, kind, strlen(kind));
    text_add(&making.sql, " AND c.source < ");
    struct text end = {0};
    text_addf(&end, "%s~", kind);
    bind(&making, text_bytes(&end), end.length);
    text_free(&end);
    add_sight(&making, sight);
    text_add(&making.sql, " GROUP BY 1, 2, 3, 6 HAVING MIN(k.due_at) > ");
    add_id(&making, from);
    text_add(&making.sql, " AND MIN(k.due_at) <= ");
    add_id(&making, to);
    text_add(&making.sql, " ORDER BY 1");
    struct statement *row = start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct source_row out = {.source = db_text(row, 0),
                                 .org = db_int(row, 1),
                                 .closed = db_int(row, 2) == 1,
                                 .due = db_int(row, 3),
                                 .late = db_int(row, 4) == 1};
        if (take(self, &out) != 0) {
            db_end(row);
            status = error_memory(error);
            break;
        }
    }
    drop(&making);
    return status < 0 ? -1 : 0;
}

int list_days(struct store *store, const struct list_filter *filter, int32_t from, int32_t count,
              int64_t *n, struct error *error)
{
    struct making making = {.store = store, .error = error};
    text_add(&making.sql, "SELECT (c.sort_at - 1) / 86400, COUNT(*)");
    add_all(&making, filter);
    text_add(&making.sql, " AND c.sort_at > ");
    add_id(&making, (int64_t)from * DAY_SECONDS);
    text_add(&making.sql, " AND c.sort_at <= ");
    add_id(&making, ((int64_t)from + count) * DAY_SECONDS);
    text_add(&making.sql, " GROUP BY 1");
    struct statement *row = start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        n[db_int(row, 0) - from] = db_int(row, 1);
    }
    drop(&making);
    return status < 0 ? -1 : 0;
}

int list_cards(struct store *store, const struct sight *sight, int64_t now,
               const char *const *without, int64_t n[5], struct error *error)
{
    static const char *const at[] = {NULL, "c.blue_at", "c.yellow_at", "c.red_at", "c.red2_at"};
    struct making making = {.store = store, .error = error};
    text_add(&making.sql, "SELECT COUNT(*)");
    for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
        text_addf(&making.sql, ", COUNT(CASE WHEN %s <= ", at[card]);
        bind_int(&making, now);
        text_add(&making.sql, " THEN 1 END)");
    }
    text_add(&making.sql, " FROM casefile AS c WHERE c.closed = 0");
    for (; without && *without; without++) {
        text_add(&making.sql, " AND c.procedure <> ");
        bind(&making, *without, strlen(*without));
    }
    add_sight(&making, sight);
    struct statement *row = start(&making);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        /* each count holds the worse ones too: a case shows the worst */
        for (int card = CARD_NONE; card <= CARD_DOUBLE; card++) {
            n[card] = db_int(row, card);
        }
        for (int card = CARD_NONE; card < CARD_DOUBLE; card++) {
            n[card] -= n[card + 1];
        }
        db_end(row);
        status = 0;
    }
    drop(&making);
    return status;
}

/* The mark counts what everybody sees together. */
int list_open(struct store *store, int64_t *count, struct error *error)
{
    return store_mark(store, "open", count, error);
}

/* From the tallies where they can tell; what was sent to somebody is counted case by case. */
int list_tally(struct store *store, const struct sight *sight,
               int (*take)(void *self, const struct tally_row *row), void *self,
               struct error *error)
{
    struct making making = {.store = store, .error = error};
    bool sent = !sight->all && sight->sent;
    text_add(
        &making.sql,
        sent ? "SELECT c.procedure, c.state, c.owner_id, CASE WHEN c.sort_at > 4611686018427387904"
               " THEN 2147483647 WHEN c.sort_at = 4611686018427387904 THEN 2147483646"
               " ELSE (c.sort_at - 1) / 86400 END, COUNT(*) FROM casefile AS c WHERE c.closed = 0"
             : "SELECT c.procedure, c.state, c.owner_id, c.day, CAST(SUM(c.n) AS BIGINT)"
               " FROM tally AS c WHERE 1 = 1");
    add_sight(&making, sight);
    text_add(&making.sql, " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
    struct statement *row = start(&making);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct tally_row out = {.procedure = db_text(row, 0),
                                .state = db_text(row, 1),
                                .owner = db_int(row, 2),
                                .day = (int32_t)db_int(row, 3),
                                .n = db_int(row, 4)};
        if (out.n > 0 && take(self, &out) != 0) {
            db_end(row);
            status = error_memory(error);
            break;
        }
    }
    drop(&making);
    return status;
}
