/* papers.c: documents, drafts, presence, checkpoints, and the words of search. */
#include <string.h>

#include "data/store/search.h"
#include "data/store/store.h"

/* ---- words ---- */

static void words_of(const char *procedure, const char *number, const char *title,
                     struct text *tokens)
{
    struct text all = {0};
    text_addf(&all, "%s %s %s", procedure, number ? number : "", title);
    search_tokens(text_bytes(&all), tokens);
    text_free(&all);
}

int store_words(struct store *store, int64_t id, const char *procedure, const char *number,
                const char *old, const char *title, struct error *error)
{
    struct text before = {0}, after = {0};
    int status = 0;
    if (old) {
        words_of(procedure, number, old, &before);
        status = db_search_drop(store->db, error, id, text_bytes(&before));
    }
    words_of(procedure, number, title, &after);
    status = status ? status : db_search_put(store->db, error, id, text_bytes(&after));
    text_free(&before);
    text_free(&after);
    return status;
}

/* ---- documents ---- */

int store_document_put(struct store *store, const struct document_row *row, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO document (case_id, n, digest, name, size, field, part, actor_id, at)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                  "iibtittii", row->case_id, (int64_t)row->n, row->digest, (size_t)STORE_HASH,
                  row->name, row->size, row->field, row->part, row->actor, row->at) < 0
               ? -1
               : 0;
}

static int take_documents(struct statement *row,
                          int (*take)(void *self, const struct document_row *row,
                                      struct error *error),
                          void *self, struct error *error)
{
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        size_t length;
        const void *digest = db_bytes(row, 2, &length);
        struct document_row out = {.case_id = db_int(row, 0),
                                   .n = (int32_t)db_int(row, 1),
                                   .name = db_text(row, 3),
                                   .field = db_text(row, 4),
                                   .part = db_text(row, 5),
                                   .size = db_int(row, 6),
                                   .actor = db_int(row, 7),
                                   .at = db_int(row, 8)};
        memcpy(out.digest, digest, length < STORE_HASH ? length : STORE_HASH);
        if (take(self, &out, error) != 0) {
            db_end(row);
            return -1;
        }
    }
    return status;
}

int store_documents(struct store *store, int64_t case_id,
                    int (*take)(void *self, const struct document_row *row, struct error *error),
                    void *self, struct error *error)
{
    return take_documents(
        db_query(store->db, error,
                 "SELECT case_id, n, digest, name, field, part, size, actor_id, at FROM document"
                 " WHERE case_id = $1 OR $1 = 0 ORDER BY case_id, n, name",
                 "i", case_id),
        take, self, error);
}

int store_documents_of(struct store *store, const uint8_t digest[STORE_HASH],
                       int (*take)(void *self, const struct document_row *row, struct error *error),
                       void *self, struct error *error)
{
    return take_documents(
        db_query(store->db, error,
                 "SELECT case_id, n, digest, name, field, part, size, actor_id, at FROM document"
                 " WHERE digest = $1 ORDER BY case_id, n, name",
                 "b", digest, (size_t)STORE_HASH),
        take, self, error);
}

int store_document_named(struct store *store, const uint8_t digest[STORE_HASH], struct error *error)
{
    int64_t one;
    bool found;
    if (db_number(store->db, error, &one, &found,
                  "SELECT 1 FROM document WHERE digest = $1 LIMIT 1", "b", digest,
                  (size_t)STORE_HASH) != 0) {
        return -1;
    }
    return found;
}

int store_document_parts(struct store *store, int64_t case_id, const char *field, bool parts,
                         struct text *out, struct error *error)
{
    struct statement *row = db_query(
        store->db, error, "SELECT DISTINCT part FROM document WHERE case_id = $1 AND field = $2",
        "it", case_id, field);
    size_t from = out->length;
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        const char *part = db_text(row, 0);
        if (!parts && out->length == from) {
            text_add(out, "yes");
        } else if (parts && *part) {
            text_addf(out, "%s%s", out->length > from ? "+" : "", part);
        }
    }
    return status;
}

/* ---- what was typed, and who looks ---- */

int store_draft_put(struct store *store, int64_t person, const char *subject, const char *field,
                    const char *value, int64_t at, struct error *error)
{
    int64_t rows =
        value ? db_run(store->db, error,
                       "INSERT INTO draft (person_id, subject, field, value, at)"
                       " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, subject, field)"
                       " DO UPDATE SET value = excluded.value, at = excluded.at",
                       "ittti", person, subject, field, value, at)
              : db_run(store->db, error,
                       "DELETE FROM draft WHERE person_id = $1 AND subject = $2 AND field = $3",
                       "itt", person, subject, field);
    return rows < 0 ? -1 : 0;
}

int store_draft_drop(struct store *store, int64_t person, const char *subject, struct error *error)
{
    return db_run(store->db, error, "DELETE FROM draft WHERE person_id = $1 AND subject = $2", "it",
                  person, subject) < 0
               ? -1
               : 0;
}

int store_drafts(struct store *store, int64_t person, const char *subject,
                 int (*take)(void *self, const char *subject, const char *field, const char *value,
                             int64_t at),
                 void *self, struct error *error)
{
    struct statement *row =
        subject ? db_query(store->db, error,
                           "SELECT subject, field, value, at FROM draft WHERE person_id = $1 AND"
                           " subject = $2 ORDER BY subject, field",
                           "it", person, subject)
                : db_query(store->db, error,
                           "SELECT subject, field, value, at FROM draft WHERE person_id = $1"
                           " ORDER BY subject, field",
                           "i", person);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        if (take(self, db_text(row, 0), db_text(row, 1), db_text(row, 2), db_int(row, 3)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

int store_presence(struct store *store, int64_t case_id, int64_t person, int64_t at,
                   struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO presence (case_id, person_id, at) VALUES ($1, $2, $3)"
                  " ON CONFLICT (case_id, person_id) DO UPDATE SET at = excluded.at",
                  "iii", case_id, person, at) < 0
               ? -1
               : 0;
}

int store_present(struct store *store, int64_t case_id, int64_t since,
                  int (*take)(void *self, int64_t person, int64_t at), void *self,
                  struct error *error)
{
    struct statement *row = db_query(
        store->db, error,
        "SELECT person_id, at FROM presence WHERE case_id = $1 AND at >= $2 ORDER BY at DESC", "ii",
        case_id, since);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        if (take(self, db_int(row, 0), db_int(row, 1)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}

/* ---- checkpoints ---- */

int store_stamp_put(struct store *store, const struct chain_head *head, int64_t at,
                    const char *signature, struct error *error)
{
    return db_run(store->db, error,
                  "INSERT INTO stamp (node, seq, head, at, signature) VALUES ($1, $2, $3, $4, $5)"
                  " ON CONFLICT DO NOTHING",
                  "iibit", (int64_t)store->node, head->seq, head->head, (size_t)STORE_HASH, at,
                  signature) < 0
               ? -1
               : 0;
}

int store_stamps(struct store *store,
                 int (*take)(void *self, const struct chain_head *head, const char *signature),
                 void *self, struct error *error)
{
    struct statement *row = db_query(
        store->db, error, "SELECT seq, head, at, signature FROM stamp WHERE node = $1 ORDER BY seq",
        "i", (int64_t)store->node);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        size_t length;
        const void *bytes = db_bytes(row, 1, &length);
        struct chain_head head = {.seq = db_int(row, 0), .recorded = db_int(row, 2)};
        memcpy(head.head, bytes, length < STORE_HASH ? length : STORE_HASH);
        if (take(self, &head, db_text(row, 3)) != 0) {
            db_end(row);
            return error_memory(error);
        }
    }
    return status;
}
