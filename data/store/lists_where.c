/* lists_where.c: filters as SQL. */
#include <stdlib.h>
#include <string.h>

#include "core/casefile.h"
#include "core/day.h"
#include "core/policy.h"
#include "data/store/case_row.h"
#include "data/store/lists_inside.h"
#include "data/store/search.h"

enum { HITS_MOST = 20000 };

void making_id(struct making *making, int64_t id)
{
    text_add_int(&making->sql, id);
}

/* Adds $N for TEXT. */
void making_bind(struct making *making, const char *text, size_t length)
{
    char *copy = making->bind_count < LIST_BINDS_MOST ? malloc(length + 1) : NULL;
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
void making_bind_int(struct making *making, int64_t number)
{
    if (making->bind_count == LIST_BINDS_MOST) {
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
    making_bind(making, text_bytes(&part), part.length);
    text_add(&making->sql, " ESCAPE '\\'");
    text_free(&part);
}

void sight_where(const struct sight *sight, struct text *sql)
{
    bool some = sight->own || sight->below || sight->sent;
    if (sight->all) {
        return;
    }
    text_add(sql, some ? " AND (c.org_id = " : " AND (0 = 1");
    if (some) {
        text_add_int(sql, sight->org);
    }
    if (sight->below) {
        text_add(sql, " OR c.county_id = ");
        text_add_int(sql, sight->org);
    }
    if (sight->sent) {
        text_add(sql,
                 " OR EXISTS (SELECT 1 FROM party AS p WHERE p.case_id = c.id AND p.org_id = ");
        text_add_int(sql, sight->org);
        text_add(sql, ")");
    }
    text_add(sql, ")");
}

static const char *const columns[] = {[LIST_STATE] = "c.state",
                                      [LIST_PROCEDURE] = "c.procedure",
                                      [LIST_WITH] = "c.with_role",
                                      [LIST_CLOCK] = "c.clock",
                                      [LIST_STATE_IN] = "c.procedure || '.' || c.state",
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
                                      [LIST_PROVISIONAL] = "c.provisional",
                                      [LIST_LATE] = "c.due_at"};
/* The same of a clock, where it has its own. */
static const char *const clock_columns[LIST_TEXT + 1] = {[LIST_CLOCK] = "k.clock",
                                                         [LIST_SORT] = "k.sort_at",
                                                         [LIST_PROVISIONAL] = "k.provisional",
                                                         [LIST_LATE] = "k.due_at"};

const char *making_column(const struct making *making, enum list_column column)
{
    const char *own = making->clocks ? clock_columns[column] : NULL;
    return own ? own : columns[column];
}

static void add_card(struct making *making, int64_t card, int64_t now)
{
    static const char *const ats[][5] = {
        {NULL, "c.blue_at", "c.yellow_at", "c.red_at", "c.red2_at"},
        {NULL, "k.blue_on", "k.yellow_on", "k.red_on", "k.red2_on"}};
    const char *const *at = ats[making->clocks];
    text_add(&making->sql, making->clocks ? "(k.state = 2" : "(1 = 1");
    if (card != CARD_NONE) {
        text_addf(&making->sql, " AND %s <= ", at[card]);
        making_bind_int(making, now);
    }
    for (int64_t worse = card + 1; worse <= CARD_DOUBLE; worse++) {
        text_addf(&making->sql, " AND (%s IS NULL OR %s > ", at[worse], at[worse]);
        making_bind_int(making, now);
        text_add(&making->sql, ")");
    }
    text_add(&making->sql, ")");
}

/* PROCEDURES: names in "a,b"; NULL: none. */
static void add_procedures(struct making *making, const char *procedures)
{
    for (const char *at = procedures ? procedures : ""; *at;) {
        size_t length = strcspn(at, ",");
        text_add(&making->sql, " OR c.procedure = ");
        making_bind(making, at, length);
        at += length + (at[length] == ',');
    }
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
        making_bind(making, text_bytes(&tokens), tokens.length);
        text_add(&making->sql, ") AND ");
    }
    text_add(&making->sql, "(c.title LIKE ");
    bind_part(making, word);
    text_addf(&making->sql, " OR c.number LIKE $%d ESCAPE '\\'", making->bind_count);
    add_procedures(making, procedures);
    text_add(&making->sql, "))");
    text_free(&tokens);
}

static void add_state(struct making *making, const char *state, const char *procedures)
{
    text_add(&making->sql, "c.state = ");
    making_bind(making, state, strlen(state));
    if (procedures) {
        text_add(&making->sql, " AND (0 = 1");
        add_procedures(making, procedures);
        text_add(&making->sql, ")");
    }
}

static void add_range(struct making *making, const struct list_test *test)
{
    text_addf(&making->sql, "(%s < ", making_column(making, test->column));
    making_id(making, test->high);
    text_addf(&making->sql, " AND %s >= ", making_column(making, test->column));
    making_id(making, test->low);
    text_add(&making->sql, ")");
}

static void add_one(struct making *making, const struct list_test *test, int32_t i, int64_t now)
{
    switch (test->column) {
    case LIST_STATE:
        add_state(making, test->texts[i], test->procedures ? test->procedures[i] : NULL);
        break;
    case LIST_PROCEDURE:
    case LIST_WITH:
        text_addf(&making->sql, "%s = ", making_column(making, test->column));
        making_bind(making, test->texts[i], strlen(test->texts[i]));
        break;
    case LIST_CLOCK:
        if (making->clocks) {
            text_add(&making->sql, "k.clock = ");
            making_bind(making, test->texts[i], strlen(test->texts[i]));
            break;
        }
        text_add(&making->sql, "EXISTS (SELECT 1 FROM clock AS k WHERE k.case_id = c.id AND"
                               " k.ended_at IS NULL AND k.clock = ");
        making_bind(making, test->texts[i], strlen(test->texts[i]));
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
        text_addf(&making->sql, "%s = ", making_column(making, test->column));
        making_id(making, test->ids[i]);
        break;
    }
}

static void add_cases(struct making *making, const struct list_test *test)
{
    text_add(&making->sql, test->id_count ? "c.id IN (" : "0 = 1");
    for (int32_t i = 0; i < test->id_count; i++) {
        text_add(&making->sql, i ? ", " : "");
        making_id(making, test->ids[i]);
    }
    text_add(&making->sql, test->id_count ? ")" : "");
}

void making_covered(struct making *making, const char *k, const char *column, int64_t now)
{
    static const char *const worse[] = {[CARD_YELLOW] = "red_on", [CARD_RED] = "red2_on"};
    text_addf(&making->sql, "(%s.%s = 4", k, column);
    for (int card = CARD_YELLOW; card <= CARD_RED; card++) {
        text_addf(&making->sql,
                  " OR (%s.%s = %d AND (%s.%s IS NULL OR %s.%s > COALESCE(%s.ended_at, ", k, column,
                  card, k, worse[card], k, worse[card], k);
        making_bind_int(making, now);
        text_add(&making->sql, ")))");
    }
    text_add(&making->sql, ")");
}

/* Of a case: a clock of it that runs, or of one that is over any, and no other is red without. */
static void add_marked(struct making *making, const char *column, int64_t now)
{
    struct text *sql = &making->sql;
    if (making->clocks) {
        making_covered(making, "k", column, now);
        return;
    }
    text_add(sql, "EXISTS (SELECT 1 FROM clock AS m WHERE m.case_id = c.id"
                  " AND m.waived + m.explained > 0 AND (m.ended_at IS NULL OR c.closed = 1) AND ");
    making_covered(making, "m", column, now);
    text_add(sql, ") AND NOT EXISTS (SELECT 1 FROM clock AS u WHERE u.case_id = c.id"
                  " AND u.ended_at IS NULL AND u.state = 2 AND u.red_on <= ");
    making_bind_int(making, now);
    text_add(sql, " AND NOT ");
    making_covered(making, "u", column, now);
    text_add(sql, ")");
}

static void add_test(struct making *making, const struct list_test *test, int64_t now)
{
    bool cases = test->column == LIST_CASE, many = making->many;
    bool words = (test->column == LIST_TEXT || cases) && !test->negated;
    making->many = false;
    /* what is asked of a day there is none of is not so, and turned round it is */
    text_add(&making->sql, test->negated ? " AND NOT COALESCE((" : " AND (");
    if (test->column == LIST_SORT || test->column == LIST_OPENED || test->column == LIST_CHANGED) {
        add_range(making, test);
    } else if (test->column == LIST_LATE) {
        const char *due = making_column(making, LIST_LATE);
        text_addf(&making->sql, "%s%s IS NOT NULL AND %s < ",
                  making->clocks ? "k.state = 2 AND " : "", due, due);
        making_bind_int(making, now);
    } else if (test->column == LIST_WAIVED || test->column == LIST_EXPLAINED) {
        add_marked(making, test->column == LIST_WAIVED ? "waived" : "explained", now);
    } else if (test->column == LIST_HELD && making->clocks) {
        text_add(&making->sql, "k.state = ");
        making_id(making, RUN_HELD);
    } else if (cases) {
        add_cases(making, test);
    } else if (test->column == LIST_HELD || test->column == LIST_PROVISIONAL) {
        text_addf(&making->sql, "%s = 1", making_column(making, test->column));
    } else {
        text_add(&making->sql, test->count ? "" : "0 = 1");
        for (int32_t i = 0; i < test->count; i++) {
            text_add(&making->sql, i ? " OR " : "");
            add_one(making, test, i, now);
        }
        for (int32_t i = 0; i < test->id_count; i++) {
            text_add(&making->sql, i ? ", " : " OR c.id IN (");
            making_id(making, test->ids[i]);
        }
        text_add(&making->sql, test->id_count ? ")" : "");
    }
    text_add(&making->sql, test->negated ? "), 1 = 0)" : ")");
    making->few |= words && !making->many;
    making->many |= many;
}

/* ---- where ---- */

struct halves making_halves(const struct list_filter *filter)
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

/* ---- what the tallies tell ---- */

static bool is_tallied(const struct list_test *test)
{
    return test->column == LIST_STATE || test->column == LIST_PROCEDURE ||
           test->column == LIST_ORG || test->column == LIST_COUNTY || test->column == LIST_OWNER ||
           test->column == LIST_CARD;
}

/* They know about its cases: the open ones, of whoever sees them by where they belong. */
static bool has_tallies(const struct list_filter *filter)
{
    bool sent = filter->sight.sent && !filter->sight.all;
    return !making_halves(filter).closed && !filter->clocks && !sent;
}

bool list_tallied(const struct list_filter *filter)
{
    bool all = has_tallies(filter) && making_halves(filter).open;
    for (int32_t i = 0; i < filter->count; i++) {
        all &= is_tallied(&filter->tests[i]) || filter->tests[i].column == LIST_CLOSED;
    }
    return all;
}

void making_tallies(struct making *making, const struct list_filter *filter)
{
    text_add(&making->sql, " FROM tally AS c WHERE 1 = 1");
    sight_where(&filter->sight, &making->sql);
    for (int32_t i = 0; i < filter->count; i++) {
        if (is_tallied(&filter->tests[i])) {
            add_test(making, &filter->tests[i], filter->now);
        }
    }
}

/* Where in the queue the last days from FIRST to LAST of tallies stand. */
static void add_days(struct making *making, int64_t first, int64_t last)
{
    text_add(&making->sql, " AND c.sort_at > ");
    making_bind_int(making, first < TALLY_HELD ? first * DAY_SECONDS : SORT_HELD - 1);
    text_add(&making->sql, " AND c.sort_at <= ");
    making_bind_int(making, last < TALLY_HELD ? (last + 1) * DAY_SECONDS : SORT_NONE);
}

/* The part of the queue in which there are such cases at all: the rest is not gone through. */
static void add_part(struct making *making, const struct list_filter *filter)
{
    struct making part = {.store = making->store, .error = making->error};
    text_add(&part.sql, "SELECT MIN(c.day), MAX(c.day)");
    making_tallies(&part, filter);
    struct statement *row = making_start(&part);
    making->failed |= !row || db_next(row, making->error) != 1;
    if (!making->failed && db_null(row, 0)) {
        text_add(&making->sql, " AND 0 = 1");
    } else if (!making->failed) {
        add_days(making, db_int(row, 0), db_int(row, 1));
    }
    if (row && !making->failed) {
        db_end(row);
    }
    making_drop(&part);
}

/* Each " AND …", but for whose cases and which half. A card has its part of the queue. */
void making_tests(struct making *making, const struct list_filter *filter)
{
    bool card = false;
    for (int32_t i = 0; i < filter->count; i++) {
        card |= filter->tests[i].column == LIST_CARD;
        if (filter->tests[i].column != LIST_CLOSED) {
            add_test(making, &filter->tests[i], filter->now);
        }
    }
    if (card && filter->order == LIST_BY_URGENCY && !making->few && has_tallies(filter)) {
        add_part(making, filter);
    }
}

/* 2 is RUN_RUNNING, 3 RUN_HELD. */
const char *making_from(const struct making *making)
{
    return making->clocks ? "clock AS k JOIN casefile AS c ON c.id = k.case_id"
                            " AND k.ended_at IS NULL AND k.state IN (2, 3)"
                          : "casefile AS c";
}

/* FROM … WHERE … of all that is asked for, in no order. */
void making_all(struct making *making, const struct list_filter *filter)
{
    struct halves halves = making_halves(filter);
    struct text head = making->sql;
    making->sql = (struct text){0};
    sight_where(&filter->sight, &making->sql);
    making_tests(making, filter);
    text_addf(&head, " FROM %s WHERE %s%s", making_from(making),
              making->few || making->clocks ? "0 + " : "",
              halves.open && halves.closed ? "c.closed IN (0, 1)"
              : halves.open                ? "c.closed = 0"
              : halves.closed              ? "c.closed = 1"
                                           : "0 = 1");
    text_add_n(&head, text_bytes(&making->sql), making->sql.length);
    making->failed |= making->sql.failed;
    text_free(&making->sql);
    making->sql = head;
}

struct statement *making_start(struct making *making)
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

void making_drop(struct making *making)
{
    for (int i = 0; i < making->bind_count; i++) {
        free(making->binds[i].text);
    }
    text_free(&making->sql);
}
