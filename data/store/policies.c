/* policies.c: the policies that were adopted, whole; verify needs no file. */
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

int store_policy_current(struct store *store, int64_t *id, struct error *error)
{
    bool found;
    *id = 0;
    return db_number(store->db, error, id, &found,
                     "SELECT id FROM policy ORDER BY adopted_at DESC, id DESC LIMIT 1", "");
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
