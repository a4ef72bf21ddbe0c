/* policies.c: the policies that were adopted, whole; verify needs no file. */
#include "core/day.h"
#include "data/store/store.h"

int store_policy(struct store *store, int64_t id, struct text *text, struct text *answers,
                 struct error *error)
{
    struct statement *row =
        db_query(store->db, error, "SELECT text, answers FROM policy WHERE id = $1", "i", id);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        size_t length;
        const char *bytes = db_bytes(row, 0, &length);
        text_add_n(text, bytes, length);
        text_add(answers, db_text(row, 1));
        db_end(row);
        return text->failed || answers->failed ? error_memory(error) : 0;
    }
    return status < 0 ? -1
                      : error_set(error, ERROR_ENVIRONMENT,
                                  N_("the store names a policy that it does not hold: it is "
                                     "damaged"),
                                  NULL, NULL);
}

int store_policy_dates(struct store *store, int64_t id, struct text *name, int32_t *effective,
                       int64_t *adopted_at, struct error *error)
{
    struct statement *row = db_query(
        store->db, error, "SELECT effective, adopted_at, name FROM policy WHERE id = $1", "i", id);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        *effective = (int32_t)db_int(row, 0);
        *adopted_at = db_int(row, 1);
        text_add(name, db_text(row, 2));
        db_end(row);
    }
    return status;
}

int store_policy_on(struct store *store, int32_t day, int64_t offset, struct policy_reign *out,
                    struct error *error)
{
    struct statement *row =
        db_query(store->db, error,
                 "SELECT id, CASE WHEN effective * 86400 > adopted_at + $1 THEN effective"
                 " ELSE (adopted_at + $1) / 86400 END AS begins"
                 " FROM policy ORDER BY begins, adopted_at, id",
                 "i", offset);
    int status = row ? 1 : -1;
    *out = (struct policy_reign){0, DAY_FIRST, DAY_LAST};
    while (row && (status = db_next(row, error)) == 1) {
        int32_t begins = (int32_t)db_int(row, 1);
        if (out->id && begins > day) {
            out->until = begins;
            db_end(row);
            return 0;
        }
        out->from = out->id ? begins : DAY_FIRST;
        out->id = db_int(row, 0);
    }
    return status;
}

int store_policy_put(struct store *store, const struct policy_row *row, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO policy (id, name, digest, text, answers, effective, adopted_at)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                  "itbstii", row->id, row->name, row->digest, (size_t)STORE_HASH, row->text,
                  row->length, row->answers, (int64_t)row->effective, row->adopted_at) < 0 ||
                   store_bump(store, "policies", error) != 0
               ? -1
               : 0;
}

int store_policies(struct store *store,
                   int (*take)(void *self, const struct policy_row *row, struct error *error),
                   void *self, struct error *error)
{
    struct statement *row = db_query(
        store->db, error,
        "SELECT id, name, digest, effective, adopted_at, answers FROM policy ORDER BY adopted_at, id",
        "");
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        size_t length;
        struct policy_row out = {.id = db_int(row, 0),
                                 .name = db_text(row, 1),
                                 .digest = db_bytes(row, 2, &length),
                                 .effective = (int32_t)db_int(row, 3),
                                 .adopted_at = db_int(row, 4),
                                 .answers = db_text(row, 5)};
        if (take(self, &out, error) != 0) {
            db_end(row);
            return -1;
        }
    }
    return status;
}
