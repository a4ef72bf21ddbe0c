/* lists.c: pages of cases, or of their clocks, in the order of an index. */
#include "data/store/lists.h"

#include <stdlib.h>
#include <string.h>

#include "data/store/case_row.h"
#include "data/store/lists_inside.h"

#define OPEN "c.closed = 0"
#define CLOSED "c.closed = 1"

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

/* The columns of the order, the first after SUM, each followed by WAY. */
static void add_order(struct text *sql, const struct list_filter *filter, const char *sum,
                      const char *way)
{
    bool urgent = filter->clocks && filter->order == LIST_BY_URGENCY;
    text_addf(sql, "%s%s%s%s, %s%s", sum, urgent ? "k." : "c.", orders[filter->order].column, way,
              filter->clocks ? "k.case_id" : "c.id", way);
    if (filter->clocks) {
        text_addf(sql, ", k.clock%s", way);
    }
}

/* The blank before the last word of the first LENGTH bytes; NULL. */
static const char *last_blank(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != ' ') {
        length--;
    }
    return length > 0 ? text + length - 1 : NULL;
}

/* PLACE is "VALUE ID", the value of a text in full; of a clock "VALUE ID CLOCK". */
static void add_place(struct making *making, const struct list_filter *filter)
{
    size_t length = strlen(filter->place);
    const char *clock = filter->clocks ? last_blank(filter->place, length) : filter->place + length;
    const char *blank = clock ? last_blank(filter->place, (size_t)(clock - filter->place)) : NULL;
    if (!blank) {
        making->failed = true;
        return;
    }
    text_add(&making->sql, " AND (");
    add_order(&making->sql, filter, "", "");
    text_addf(&making->sql, ") %s (", falls(filter) ? "<" : ">");
    if (orders[filter->order].text) {
        making_bind(making, filter->place, (size_t)(blank - filter->place));
    } else {
        making_bind_int(making, strtoll(filter->place, NULL, 10));
    }
    text_add(&making->sql, ", ");
    making_bind_int(making, strtoll(blank + 1, NULL, 10));
    if (filter->clocks) {
        text_add(&making->sql, ", ");
        making_bind(making, clock + 1, strlen(clock + 1));
    }
    text_add(&making->sql, ")");
}

/* ---- pages ---- */

/* A part of the list that an index has in its order. */
struct arm {
    const char *half;
    struct text sight; /* whose cases, see sight_where() */
};
enum { ARMS_MOST = 4 };

/* FROM … WHERE … of one, WHERE being as made already. */
static void add_arm(struct text *sql, const struct making *making, const struct list_filter *filter,
                    const struct arm *arm, const char *columns)
{
    bool by_number = filter->order == LIST_BY_NUMBER && strcmp(arm->half, CLOSED) == 0;
    bool summed = making->few || by_number || filter->clocks; /* no index of cases by their half */
    text_addf(sql, "SELECT %s FROM %s WHERE %s%s%s", columns, making_from(making),
              summed ? "0 + " : "", arm->half, text_bytes(&arm->sight));
    text_add_n(sql, text_bytes(&making->sql), making->sql.length);
}

static void put_arm(struct arm *arm, const char *half, const char *sight, int64_t org)
{
    arm->half = half;
    text_addf(&arm->sight, " AND %s = ", sight);
    text_add_int(&arm->sight, org);
}

/* Where an index has each part of the list in order; else one arm, all of it. */
static int make_arms(const struct making *making, const struct list_filter *filter,
                     struct arm arms[ARMS_MOST])
{
    const struct sight *sight = &filter->sight;
    struct halves halves = making_halves(filter);
    bool split = orders[filter->order].split && !filter->clocks && (halves.open || halves.closed);
    /* those of a county stand in two indexes: under it, and its own that are under another */
    bool county = split && filter->order == LIST_BY_URGENCY && !making->few && !sight->all &&
                  sight->below && !sight->sent;
    const char *half[] = {OPEN, CLOSED};
    bool asked[] = {halves.open, halves.closed};
    int count = 0;
    for (int i = 0; i < 2 && split; i++) {
        if (asked[i] && county) {
            put_arm(&arms[count++], half[i], "c.county_id", sight->org);
            put_arm(&arms[count], half[i], "c.org_id", sight->org);
            text_add(&arms[count].sight, " AND c.county_id <> ");
            text_add_int(&arms[count++].sight, sight->org);
        } else if (asked[i]) {
            arms[count].half = half[i];
            sight_where(sight, &arms[count++].sight);
        }
    }
    if (!split) {
        arms[count].half = halves.open && halves.closed ? "1 = 1"
                           : halves.open                ? OPEN
                           : halves.closed              ? CLOSED
                                                        : "0 = 1";
        sight_where(sight, &arms[count++].sight);
    }
    return count;
}

static void drop_arms(struct making *making, struct arm arms[ARMS_MOST])
{
    for (int i = 0; i < ARMS_MOST; i++) {
        making->failed |= arms[i].sight.failed;
        text_free(&arms[i].sight);
    }
}

static void take_sql(struct making *making, struct text sql)
{
    making->failed |= sql.failed;
    text_free(&making->sql);
    making->sql = sql;
}

/* All arms, each read in its order, and merged. */
static void add_arms(struct making *making, const struct list_filter *filter, int64_t limit)
{
    struct arm arms[ARMS_MOST] = {{0}};
    struct text sql = {0};
    const char *by = orders[filter->order].column, *way = falls(filter) ? " DESC" : "";
    int count = make_arms(making, filter, arms);
    for (int i = 0; i < count; i++) {
        text_add(&sql, count == 1 ? "" : i == 0 ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (");
        add_arm(&sql, making, filter, &arms[i],
                filter->clocks ? CASE_COLUMNS_OF_CLOCK : CASE_COLUMNS);
        text_add(&sql, " ORDER BY ");
        /* a sum is no column of an index: the few are found first, then put in order */
        add_order(&sql, filter, making->few ? "0 + " : "", way);
        text_add(&sql, " LIMIT ");
        text_add_int(&sql, limit);
        if (count > 1) {
            text_addf(&sql, ") AS arm%d", i);
        }
    }
    if (count > 1) {
        text_addf(&sql, " ORDER BY %s%s, id%s LIMIT ", by, way, way);
        text_add_int(&sql, limit);
    }
    drop_arms(making, arms);
    take_sql(making, sql);
}

void list_place(const struct list_filter *filter, const struct case_row *row, struct text *place)
{
    enum list_order order = filter->order;
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
    if (filter->clocks) {
        text_addf(place, " %s", row->clock);
    }
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
    struct making making = {.store = store, .error = error, .clocks = filter->clocks};
    making_tests(&making, filter);
    text_add(&making.sql, filter->order == LIST_BY_NUMBER ? " AND c.number IS NOT NULL" : "");
    if (filter->place) {
        add_place(&making, filter);
    }
    /* the one too many says that there are more */
    add_arms(&making, filter, filter->limit + 1);
    struct statement *row = making_start(&making);
    int64_t count = 0;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        ends->more = count == filter->limit;
        if (!ends->more) {
            case_row_take(row, arena, &rows[count++]);
        }
    }
    ends->laborious = making.many && !making.few;
    making_drop(&making);
    if (filter->upwards) {
        turn_round(rows, count);
    }
    if (count > 0) {
        list_place(filter, &rows[0], &ends->first);
        list_place(filter, &rows[count - 1], &ends->last);
    }
    return status < 0 || arena_failed(arena) ? -1 : count;
}

static void add_size(struct making *making, const struct list_filter *filter, int64_t most)
{
    struct arm arms[ARMS_MOST] = {{0}};
    struct text sql = {0};
    making_tests(making, filter);
    if (filter->place) {
        add_place(making, filter);
    }
    int arm_count = make_arms(making, filter, arms);
    text_add(&sql, "SELECT COUNT(*) FROM (");
    for (int i = 0; i < arm_count; i++) {
        text_add(&sql, i ? " UNION ALL " : "");
        add_arm(&sql, making, filter, &arms[i], "1");
    }
    text_add(&sql, " LIMIT ");
    text_add_int(&sql, most);
    text_add(&sql, ") AS few");
    drop_arms(making, arms);
    take_sql(making, sql);
}

int64_t list_size(struct store *store, const struct list_filter *filter, int64_t most,
                  struct error *error)
{
    struct making making = {.store = store, .error = error, .clocks = filter->clocks};
    if (!filter->place && list_tallied(filter)) {
        text_add(&making.sql, "SELECT CAST(SUM(c.n) AS BIGINT)");
        making_tallies(&making, filter);
    } else {
        add_size(&making, filter, most);
    }
    struct statement *row = making_start(&making);
    int64_t count = -1;
    if (row && db_next(row, error) == 1) {
        count = db_int(row, 0); /* a sum of nothing is null, which is 0 here */
        count = count < most ? count : most;
        db_end(row);
    }
    making_drop(&making);
    return count;
}
