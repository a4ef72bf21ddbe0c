/* acts.c: acts, written once and chained. */
#include <stdlib.h>
#include <string.h>

#include "data/store/schema.h"
#include "data/store/store.h"

enum { BEHIND_STANDARD = 300 }; /* seconds */

static const uint8_t zeros[STORE_HASH];

/* ---- the store ---- */

int store_make(const char *directory, const char *name, struct error *error)
{
    struct db *db = NULL;
    int status = db_open(directory, DB_CREATE, &db, error);
    status = status ? status : db_begin(db, error);
    if (status == 0 &&
        (schema_make(db, error) != 0 ||
         db_run(db, error, "INSERT INTO node (id, name, home, counter) VALUES (1, $1, 1, 0)", "t",
                name) < 0 ||
         db_run(db, error, "INSERT INTO chain (node, seq, head, recorded_at) VALUES (1, 0, $1, 0)",
                "b", zeros, sizeof zeros) < 0)) {
        status = -1;
    }
    status = status ? status : db_commit(db, error);
    db_close(db);
    return status;
}

int store_open(const char *directory, bool read_only, struct store **out, struct error *error)
{
    *out = NULL;
    struct store *store = calloc(1, sizeof *store);
    size_t size = strlen(directory) + 1;
    char *copy = malloc(size);
    if (!store || !copy) {
        free(store);
        free(copy);
        return error_memory(error);
    }
    store->directory = memcpy(copy, directory, size);
    int status = db_open(directory, read_only ? DB_READ : DB_OPEN, &store->db, error);
    status = status || read_only ? status : schema_upgrade(store->db, directory, error);
    store->digest = status ? NULL : digest_new(error);
    int64_t node = 0;
    bool found;
    if (status == 0 && store->digest &&
        db_number(store->db, error, &node, &found, "SELECT id FROM node WHERE home = 1", "") == 0) {
        store->node = (int32_t)node;
        store->behind = BEHIND_STANDARD;
        *out = store;
        return 0;
    }
    store_close(store);
    return -1;
}

void store_close(struct store *store)
{
    if (!store) {
        return;
    }
    db_close(store->db);
    digest_free(store->digest);
    free(store->directory);
    free(store);
}

int64_t store_id(struct store *store, struct error *error)
{
    int64_t counter = 0;
    bool found;
    if (db_number(store->db, error, &counter, &found,
                  "UPDATE node SET counter = counter + 1 WHERE id = $1 RETURNING counter", "i",
                  (int64_t)store->node) != 0) {
        return 0;
    }
    return (int64_t)store->node << 40 | counter;
}

/* ---- hashes ---- */

static uint8_t *put(uint8_t *at, const void *bytes, size_t length)
{
    for (int i = 0; i < 4; i++) {
        *at++ = (uint8_t)(length >> (8 * i));
    }
    memcpy(at, bytes, length);
    return at + length;
}

static uint8_t *put_text(uint8_t *at, const char *text)
{
    return put(at, text, strlen(text));
}

/* A number enters as eight bytes, little endian; one that is not there as no bytes. */
static uint8_t *put_int(uint8_t *at, int64_t number, bool there)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    }
    return put(at, bytes, there ? sizeof bytes : 0);
}

size_t store_frame_most(const struct record *record)
{
    enum { REST = 512 }; /* tag, lengths, numbers, hashes */
    return REST + strlen(record->event) + strlen(record->role) + record->facts_length;
}

size_t store_frame(const struct record *record, uint8_t *out)
{
    static const char tag[] = "yuntai-act-1";
    uint8_t *at = out + sizeof tag - 1;
    memcpy(out, tag, sizeof tag - 1);
    at = put_int(at, record->case_id, true);
    at = put_int(at, record->n, true);
    at = put_int(at, record->node, true);
    at = put_int(at, record->seq, true);
    at = put_int(at, record->form, true);
    at = put_text(at, record->event);
    at = put_int(at, record->actor, true);
    at = put_text(at, record->role);
    at = put_int(at, record->deputy_of, record->deputy_of != 0);
    at = put_int(at, record->party_org, record->party_org != 0);
    at = put_int(at, record->effective, true);
    at = put_int(at, record->recorded, true);
    at = put_int(at, record->corrects, record->corrects != 0);
    at = put_int(at, record->policy, true);
    at = put(at, record->facts, record->facts_length);
    at = put(at, record->body_hash, STORE_HASH);
    at = put(at, record->parent, STORE_HASH);
    at = put(at, record->prev, STORE_HASH);
    return (size_t)(at - out);
}

static bool hash_of(struct store *store, const struct record *record, uint8_t out[STORE_HASH])
{
    uint8_t few[1024], *frame = few;
    size_t most = store_frame_most(record);
    if (most > sizeof few && !(frame = malloc(most))) {
        return false;
    }
    bool done = digest_of(store->digest, frame, store_frame(record, frame), out);
    if (frame != few) {
        free(frame);
    }
    return done;
}

bool store_body_hash(struct store *store, const char *body, size_t length, uint8_t out[STORE_HASH])
{
    if (!body) {
        memset(out, 0, STORE_HASH);
        return true;
    }
    digest_start(store->digest);
    digest_add(store->digest, body, length);
    return digest_end(store->digest, out);
}

/* ---- writing ---- */

int store_head(struct store *store, struct chain_head *out, struct error *error)
{
    struct statement *row =
        db_query(store->db, error, "SELECT seq, recorded_at, head FROM chain WHERE node = $1", "i",
                 (int64_t)store->node);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        size_t length;
        const void *head = db_bytes(row, 2, &length);
        *out = (struct chain_head){.seq = db_int(row, 0), .recorded = db_int(row, 1)};
        memcpy(out->head, head, length < STORE_HASH ? length : STORE_HASH);
        db_end(row);
    } else if (status == 0) {
        error_set(error, ERROR_ENVIRONMENT, N_("the chain has no head: desk.db is damaged"), NULL,
                  NULL);
    }
    return status == 1 ? 0 : -1;
}

static int insert(struct store *store, const struct record *r, struct error *error)
{
    static const char sql[] =
        "INSERT INTO act (case_id, n, node, seq, form, event, actor_id, role, deputy_of, party_org,"
        " effective_at, recorded_at, corrects, policy_id, facts, body_hash, body, parent, prev,"
        " hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, 0), NULLIF($10, 0), $11, $12,"
        " NULLIF($13, 0), $14, $15, $16, $17, $18, $19, $20)";
    int64_t rows = db_run(store->db, error, sql, "iiiiititiiiiiisbtbbb", r->case_id, (int64_t)r->n,
                          (int64_t)r->node, r->seq, (int64_t)r->form, r->event, r->actor, r->role,
                          r->deputy_of, r->party_org, r->effective, r->recorded,
                          (int64_t)r->corrects, r->policy, r->facts, r->facts_length, r->body_hash,
                          (size_t)STORE_HASH, r->body, r->parent, (size_t)STORE_HASH, r->prev,
                          (size_t)STORE_HASH, r->hash, (size_t)STORE_HASH);
    return rows < 0 ? -1 : 0;
}

int store_append(struct store *store, struct record *record, struct error *error)
{
    struct chain_head head;
    if (store_head(store, &head, error) != 0) {
        return -1;
    }
    /* another may have been recorded since the clock was read; more than that is a wrong clock */
    if (record->recorded < head.recorded && record->recorded >= head.recorded - store->behind) {
        record->recorded = head.recorded;
    }
    if (record->recorded < head.recorded) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the clock of this machine is behind the last act on record; set it "
                            "right"),
                         NULL, NULL);
    }
    record->node = store->node;
    record->seq = head.seq + 1;
    record->form = STORE_FORM;
    record->body_length = record->body ? strlen(record->body) : 0;
    memcpy(record->prev, head.head, STORE_HASH);
    if (!store_body_hash(store, record->body, record->body_length, record->body_hash) ||
        !hash_of(store, record, record->hash)) {
        return error_memory(error);
    }
    if (insert(store, record, error) != 0) {
        return -1;
    }
    return db_run(store->db, error,
                  "UPDATE chain SET seq = $2, head = $3, recorded_at = $4 WHERE node = $1", "iibi",
                  (int64_t)store->node, record->seq, record->hash, (size_t)STORE_HASH,
                  record->recorded) == 1
               ? 0
               : -1;
}

int store_redact(struct store *store, int64_t case_id, int32_t n, struct error *error)
{
    db_strike(store->db);
    return db_run(store->db, error, "UPDATE act SET body = NULL WHERE case_id = $1 AND n = $2",
                  "ii", case_id, (int64_t)n) < 0
               ? -1
               : 0;
}

/* ---- reading ---- */

/* What an act says, and then how it stands in the chain, which few ask for. */
#define SAYS                                                                                        \
    "case_id, n, event, actor_id, role, deputy_of, party_org, effective_at, recorded_at, corrects," \
    " facts, body, hash, body_hash"
#define COLUMNS SAYS ", node, seq, form, policy_id, parent, prev"

static void take_hash(const struct statement *row, int column, uint8_t out[STORE_HASH])
{
    size_t length;
    const void *bytes = db_bytes(row, column, &length);
    if (length == STORE_HASH) {
        memcpy(out, bytes, STORE_HASH);
    } else { /* the work of one who tampers */
        memset(out, 0, STORE_HASH);
        memcpy(out, bytes, length < STORE_HASH ? length : STORE_HASH);
    }
}

/* Texts point into the row at hand. Field by field: this is done by the million. */
static void take_says(const struct statement *row, struct record *out)
{
    out->case_id = db_int(row, 0);
    out->n = (int32_t)db_int(row, 1);
    out->event = db_text(row, 2);
    out->actor = db_int(row, 3);
    out->role = db_text(row, 4);
    out->deputy_of = db_int(row, 5);
    out->party_org = db_int(row, 6);
    out->effective = db_int(row, 7);
    out->recorded = db_int(row, 8);
    out->corrects = (int32_t)db_int(row, 9);
    out->facts = db_bytes(row, 10, &out->facts_length);
    out->body = NULL;
    out->body_length = 0;
    if (!db_null(row, 11)) {
        out->body = db_bytes(row, 11, &out->body_length);
    }
    take_hash(row, 12, out->hash);
    take_hash(row, 13, out->body_hash);
}

static void take(const struct statement *row, struct record *out)
{
    take_says(row, out);
    out->node = (int32_t)db_int(row, 14);
    out->seq = db_int(row, 15);
    out->form = (int32_t)db_int(row, 16);
    out->policy = db_int(row, 17);
    take_hash(row, 18, out->parent);
    take_hash(row, 19, out->prev);
}

void records_free(struct records *records)
{
    free(records->items);
    arena_free(records->arena);
    *records = (struct records){0};
}

static void keep_texts(struct arena *arena, struct record *record)
{
    record->event = arena_text(arena, record->event, strlen(record->event));
    record->role = arena_text(arena, record->role, strlen(record->role));
    record->facts = arena_text(arena, record->facts, record->facts_length);
    record->body = record->body ? arena_text(arena, record->body, record->body_length) : NULL;
}

int records_keep(struct records *out, const struct record *record, struct error *error)
{
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 16;
        struct record *grown = realloc(out->items, capacity * sizeof *grown);
        if (!grown) {
            return error_memory(error);
        }
        out->items = grown;
        out->capacity = capacity;
    }
    out->arena = out->arena ? out->arena : arena_new();
    if (!out->arena) {
        return error_memory(error);
    }
    struct record *kept = &out->items[out->count++];
    *kept = *record;
    keep_texts(out->arena, kept);
    return arena_failed(out->arena) ? error_memory(error) : 0;
}

int store_acts(struct store *store, int64_t case_id, struct records *out, struct error *error)
{
    struct statement *row = db_query(
        store->db, error, "SELECT " SAYS " FROM act WHERE case_id = $1 ORDER BY n", "i", case_id);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct record record = {0};
        take_says(row, &record);
        if (records_keep(out, &record, error) != 0) {
            db_end(row);
            return -1;
        }
    }
    return status;
}

/* An act taken in one piece, and the memory of its texts. */
struct walked {
    struct record record;
    struct arena *arena;
};

static bool take_walked(void *into, const struct statement *row)
{
    struct walked *walked = into;
    struct record *record = &walked->record;
    arena_clear(walked->arena);
    take(row, record);
    keep_texts(walked->arena, record);
    return !arena_failed(walked->arena);
}

/* From row to row, until GO says otherwise. */
static int walk(struct statement *row, struct walked *walked,
                int (*go)(void *self, const struct record *record, struct error *error), void *self,
                struct error *error)
{
    int status;
    db_take(row, take_walked, walked);
    while ((status = db_next(row, error)) == 1) {
        status = go(self, &walked->record, error);
        if (status != 0) {
            db_end(row);
            return status;
        }
    }
    return status;
}

int store_walk(struct store *store, bool by_case, int64_t from,
               int (*go)(void *self, const struct record *record, struct error *error), void *self,
               struct error *error)
{
    static const char cases[] =
        "SELECT " DB_WHOLE(COLUMNS) " FROM act WHERE case_id >= $1 ORDER BY case_id, n";
    static const char chain[] =
        "SELECT " DB_WHOLE(COLUMNS) " FROM act WHERE seq >= $1 AND node = $2 ORDER BY node, seq";
    struct walked walked = {.arena = arena_new()};
    struct statement *row = walked.arena
                                ? db_query(store->db, error, by_case ? cases : chain,
                                           by_case ? "i" : "ii", from, (int64_t)store->node)
                                : NULL;
    int status = row            ? walk(row, &walked, go, self, error)
                 : walked.arena ? -1
                                : error_memory(error);
    arena_free(walked.arena);
    return status;
}

/* The rows of SPAN, in its order. */
static struct statement *query_span(struct store *store, const struct act_span *span,
                                    struct error *error)
{
    int64_t of = span->case_id ? span->case_id : store->node;
    return span->case_id && span->up
               ? db_query(store->db, error,
                          "SELECT " COLUMNS
                          " FROM act WHERE case_id = $1 AND seq > $2 AND seq < $3 ORDER BY n",
                          "iii", of, span->above, span->below)
           : span->case_id
               ? db_query(store->db, error,
                          "SELECT " COLUMNS
                          " FROM act WHERE case_id = $1 AND seq > $2 AND seq < $3 ORDER BY n DESC",
                          "iii", of, span->above, span->below)
           : span->up
               ? db_query(store->db, error,
                          "SELECT " COLUMNS
                          " FROM act WHERE node = $1 AND seq > $2 AND seq < $3 ORDER BY seq",
                          "iii", of, span->above, span->below)
               : db_query(store->db, error,
                          "SELECT " COLUMNS
                          " FROM act WHERE node = $1 AND seq > $2 AND seq < $3 ORDER BY seq DESC",
                          "iii", of, span->above, span->below);
}

int store_acts_in(struct store *store, const struct act_span *span,
                  int (*go)(void *self, const struct record *record, struct error *error),
                  void *self, struct error *error)
{
    struct statement *row = query_span(store, span, error);
    int status = row ? 1 : -1;
    while (row && (status = db_next(row, error)) == 1) {
        struct record record;
        take(row, &record);
        status = go(self, &record, error);
        if (status != 0) {
            db_end(row);
            return status;
        }
    }
    return status;
}

/* No act is recorded before the one it follows on, so that the place is found by halves. */
int store_seq_at(struct store *store, int64_t utc, int64_t *seq, struct error *error)
{
    struct chain_head head;
    if (store_head(store, &head, error) != 0) {
        return -1;
    }
    int64_t low = 1, high = head.seq + 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2, recorded = 0;
        bool found;
        if (db_number(store->db, error, &recorded, &found,
                      "SELECT recorded_at FROM act WHERE node = $1 AND seq = $2", "ii",
                      (int64_t)store->node, middle) != 0) {
            return -1;
        }
        if (found && recorded >= utc) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *seq = low;
    return 0;
}

static int one_hash(struct store *store, const char *sql, int64_t key, uint8_t out[STORE_HASH],
                    struct error *error)
{
    struct statement *row = db_query(store->db, error, sql, "ii", key, (int64_t)store->node);
    int status = row ? db_next(row, error) : -1;
    if (status == 1) {
        take_hash(row, 0, out);
        db_end(row);
    }
    return status;
}

int store_hash_at(struct store *store, int64_t seq, uint8_t out[STORE_HASH], struct error *error)
{
    return one_hash(store, "SELECT hash FROM act WHERE seq = $1 AND node = $2", seq, out, error);
}

int64_t store_orphan_things(struct store *store, struct error *error)
{
    int64_t count = 0;
    bool found;
    return db_number(store->db, error, &count, &found,
                     "SELECT COUNT(*) FROM thing AS t WHERE NOT EXISTS"
                     " (SELECT 1 FROM act AS a WHERE a.case_id = t.id)",
                     "") != 0
               ? -1
               : count;
}

int store_count(struct store *store, int64_t *cases, int64_t *documents, struct error *error)
{
    bool found;
    return db_number(store->db, error, cases, &found, "SELECT COUNT(*) FROM casefile", "") != 0
               ? -1
               : db_number(store->db, error, documents, &found, "SELECT COUNT(*) FROM document",
                           "");
}
