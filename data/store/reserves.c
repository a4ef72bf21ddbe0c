/* reserves.c: what open cases have reserved of the platform: that of each in its row, what all of
 * them have in marks, so that nobody adds it up. */
#include <stdlib.h>
#include <string.h>

#include "data/store/case_row.h"

#define MARK "reserved."

struct share { /* of one measure; the name is borrowed */
    const char *name;
    size_t length;
    int64_t micro;
};

/* The next of the LINES of a row; false at their end. */
static bool next_share(const char **lines, struct share *out)
{
    const char *equals = *lines ? strchr(*lines, '=') : NULL;
    if (!equals) {
        return false;
    }
    char *end;
    *out = (struct share){*lines, (size_t)(equals - *lines), strtoll(equals + 1, &end, 10)};
    *lines = *end == '\n' ? end + 1 : end;
    return true;
}

static int64_t share_of(const char *lines, const struct share *like)
{
    struct share share;
    while (next_share(&lines, &share)) {
        if (share.length == like->length && memcmp(share.name, like->name, like->length) == 0) {
            return share.micro;
        }
    }
    return 0;
}

static int move(struct store *store, const struct share *share, int64_t by, struct error *error)
{
    struct text name = {0};
    text_add(&name, MARK);
    text_add_n(&name, share->name, share->length);
    int status = name.failed ? error_memory(error) : 0;
    if (status == 0 && by != 0 &&
        db_run(store->db, error,
               "INSERT INTO mark AS m (name, n) VALUES ($1, $2)"
               " ON CONFLICT (name) DO UPDATE SET n = m.n + excluded.n",
               "ti", text_bytes(&name), by) < 0) {
        status = -1;
    }
    text_free(&name);
    return status;
}

int store_reserves_move(struct store *store, const char *old, const char *lines,
                        struct error *error)
{
    struct share share;
    int status = 0;
    for (const char *at = lines; status == 0 && next_share(&at, &share);) {
        status = move(store, &share, share.micro - share_of(old, &share), error);
    }
    for (const char *at = old; status == 0 && next_share(&at, &share);) {
        bool stays = share_of(lines, &share) != 0; /* nothing is no line */
        status = stays ? 0 : move(store, &share, -share.micro, error);
    }
    return status;
}

int store_reserved(struct store *store, const char *but, const char *measure, int64_t *micro,
                   struct error *error)
{
    struct share share = {measure, strlen(measure), 0};
    struct text name = {0};
    text_addf(&name, MARK "%s", measure);
    int status =
        name.failed ? error_memory(error) : store_mark(store, text_bytes(&name), micro, error);
    *micro -= status == 0 ? share_of(but, &share) : 0;
    text_free(&name);
    return status;
}

/* ---- whether they add up ---- */

enum { SHARES_MOST = 256 };

struct sums {
    struct share items[SHARES_MOST]; /* names in ARENA */
    size_t count;
    struct arena *arena;
};

static bool add(struct sums *sums, const struct share *share)
{
    struct share *found = sums->items, *end = sums->items + sums->count;
    while (found < end && (found->length != share->length ||
                           memcmp(found->name, share->name, share->length) != 0)) {
        found++;
    }
    if (found == end) {
        if (sums->count == SHARES_MOST) {
            return false;
        }
        *found =
            (struct share){arena_text(sums->arena, share->name, share->length), share->length, 0};
        sums->count++;
    }
    found->micro += share->micro;
    return !arena_failed(sums->arena);
}

static int add_cases(struct store *store, struct sums *sums, struct error *error)
{
    struct statement *row =
        db_query(store->db, error, "SELECT reserved FROM casefile WHERE closed = 0", "");
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct share share;
        for (const char *at = db_text(row, 0); next_share(&at, &share);) {
            if (!add(sums, &share)) {
                db_end(row);
                return error_memory(error);
            }
        }
    }
    return status;
}

static int take_marks(struct store *store, struct sums *sums, struct error *error)
{
    struct statement *row = db_query(store->db, error,
                                     "SELECT name, n FROM mark WHERE name >= '" MARK "'"
                                     " AND name < 'reserved/'", /* the sign after the point */
                                     "");
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        const char *name = db_text(row, 0) + strlen(MARK);
        if (!add(sums, &(struct share){name, strlen(name), -db_int(row, 1)})) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int64_t store_reserves_wrong(struct store *store, struct error *error)
{
    struct sums *sums = calloc(1, sizeof *sums);
    int64_t wrong = -1;
    if (!sums || !(sums->arena = arena_new())) {
        free(sums);
        return error_memory(error);
    }
    if (add_cases(store, sums, error) == 0 && take_marks(store, sums, error) == 0) {
        wrong = 0;
        for (size_t i = 0; i < sums->count; i++) {
            wrong += sums->items[i].micro != 0;
        }
    }
    arena_free(sums->arena);
    free(sums);
    return wrong;
}
