/* verb_verify.c: is the record what it was? The chain, each act's parent, each case folded again,
 * registers and documents; and checkpoints, which go out of the house. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/desk/verify.h"

static const struct column wrong_columns[] = {{"where", CELL_NAME, N_("where")},
                                              {"what", CELL_NAME, N_("what is wrong")},
                                              {"a", CELL_TEXT, NULL},
                                              {"b", CELL_TEXT, NULL}};
enum { TELL_EVERY = 1024 /* acts */ };

static const char *keep(struct verifying *v, const char *text)
{
    return text ? arena_text(v->telling, text, strlen(text)) : NULL;
}

void verify_tell(struct verifying *v, const char *where, const char *what, const char *a,
                 const char *b)
{
    size_t at = v->told_count;
    while (at > 0 && v->told[at - 1].place > v->acts) {
        at--;
    }
    if (at == TOLD_MOST) {
        return;
    }
    size_t moved = v->told_count - at - (v->told_count == TOLD_MOST);
    memmove(&v->told[at + 1], &v->told[at], moved * sizeof *v->told);
    v->told[at] = (struct told){v->acts, keep(v, where), keep(v, what), keep(v, a), keep(v, b)};
    v->told_count += v->told_count < TOLD_MOST;
}

static void put_told(const struct verifying *v)
{
    struct table *wrong = parcel_table(v->asking->reply, "wrong", wrong_columns, 4);
    for (size_t i = 0; i < v->told_count; i++) {
        table_text(wrong, v->told[i].where);
        table_text(wrong, v->told[i].what);
        table_text(wrong, v->told[i].a);
        table_text(wrong, v->told[i].b);
    }
}

void verify_tell_act(struct verifying *v, const struct record *record, const char *what)
{
    struct text where = {0}, seq = {0};
    struct case_row row;
    struct error ignored = {0};
    bool is_case = store_case(v->asking->counter->store, record->case_id, v->asking->arena, &row,
                              &ignored) == 1;
    error_free(&ignored);
    if (is_case && row.number) {
        text_add(&where, row.number);
    } else {
        text_addf(&where, "%s ", record->role);
        text_add_int(&where, record->case_id);
    }
    text_add(&where, " ");
    text_add_int(&where, record->n);
    text_add_int(&seq, record->seq);
    verify_tell(v, text_bytes(&where), what, text_bytes(&seq), record->event);
    text_free(&where);
    text_free(&seq);
}

/* ---- the chain ---- */

static int chain_act(void *self, const struct record *record, struct error *error)
{
    struct verifying *v = self;
    (void)error;
    if (record->seq != v->seq + 1) {
        verify_tell_act(v, record,
                        N_("an act before this one is missing from the chain (place %1)"));
    } else if (memcmp(record->prev, v->head, STORE_HASH) != 0) {
        verify_tell_act(v, record,
                        N_("it does not follow on the act before it in the chain (place %1)"));
    }
    v->seq = record->seq;
    memcpy(v->head, record->hash, STORE_HASH);
    return 0;
}

/* Where the sum of the chain does not come out, it is gone through in its own order, to say where.
 */
static int check_chain(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct store *store = asking->counter->store;
    struct chain_head head;
    if (store_head(store, &head, asking->error) != 0) {
        return -1;
    }
    if (hashing_chained(&v->hashing, &head)) {
        return 0;
    }
    if (store_walk(store, false, INT64_MIN, chain_act, v, asking->error) != 0) {
        return -1;
    }
    if (head.seq != v->seq || memcmp(head.head, v->head, STORE_HASH) != 0) {
        verify_tell(v, "chain",
                    N_("its end is not where the store says: acts were cut off or added"), NULL,
                    NULL);
    } else if (v->told_count == 0) {
        verify_tell(v, "chain", N_("acts stand beside it that are no part of it"), NULL, NULL);
    }
    return 0;
}

/* ---- parents, folds ---- */

static int end_case(struct verifying *v)
{
    v->cases += v->is_case;
    int status = v->is_case ? verify_case(v) : verify_thing(v);
    v->work.records.count = 0;
    if (v->work.records.arena) {
        arena_clear(v->work.records.arena);
    }
    arena_clear(v->asking->arena);
    return status;
}

/* Under the policy of its acts, where the row says another. What the last case took stays. */
static int take_up(struct verifying *v, const struct record *record)
{
    struct asking *asking = v->asking;
    struct casework *work = &v->work;
    struct error ignored = {0};
    work->row = work->old;
    work->counter = asking->counter;
    work->error = asking->error;
    work->file = NULL;
    work->rulebook = rulebook_find(asking->counter, work->row.policy, &ignored);
    error_free(&ignored);
    work->rulebook = work->rulebook ? work->rulebook
                                    : rulebook_find(asking->counter, record->policy, asking->error);
    work->procedure =
        work->rulebook ? procedure_named(work->rulebook->policy, work->row.procedure) : -1;
    return work->rulebook ? 0 : -1;
}

static int begin_case(struct verifying *v, const struct record *record)
{
    struct asking *asking = v->asking;
    int found = abreast_case(&v->beside, record->case_id, &v->work.old, asking->error);
    v->case_id = record->case_id;
    v->n = 0;
    memset(v->parent, 0, STORE_HASH);
    v->role = arena_text(asking->arena, record->role, strlen(record->role));
    v->is_case = found == 1;
    return found < 0 ? -1 : found ? take_up(v, record) : 0;
}

static int tell_acts(struct verifying *v)
{
    struct headway headway = {.step = "acts",
                              .done = v->acts,
                              .of = v->acts_of,
                              .cases = v->cases,
                              .cases_of = v->cases_of};
    return still_wanted(v->asking->counter, &headway, v->asking->error);
}

static int case_act(void *self, const struct record *record, struct error *error)
{
    struct verifying *v = self;
    if (record->case_id != v->case_id || v->acts == 0) {
        if ((v->n > 0 && end_case(v) != 0) || begin_case(v, record) != 0) {
            return -1;
        }
    }
    v->acts++;
    if (hashing_act(v, record) != 0 || (v->acts % TELL_EVERY == 0 && tell_acts(v) != 0)) {
        return -1;
    }
    if (record->n != v->n + 1) {
        verify_tell_act(v, record, N_("an act of the case before it is missing"));
    } else if (memcmp(record->parent, v->parent, STORE_HASH) != 0) {
        verify_tell_act(v, record, N_("it does not follow on the act before it in its case"));
    }
    v->n = record->n;
    v->policy = record->policy;
    v->recorded = record->recorded;
    memcpy(v->parent, record->hash, STORE_HASH);
    if (v->is_case) {
        return casework_push(v->asking, &v->work, record);
    }
    text_clear(&v->facts);
    text_add_n(&v->facts, record->facts, record->facts_length);
    return v->facts.failed ? error_memory(error) : 0;
}

static int check_orphans(struct verifying *v)
{
    struct text number = {0};
    int64_t things = store_orphan_things(v->asking->counter->store, v->asking->error);
    if (things + v->beside.passed > 0) {
        text_add_int(&number, things + v->beside.passed);
        verify_tell(v, "store", N_("%1 cases or entries of registers have no act"),
                    text_bytes(&number), NULL);
        text_free(&number);
    }
    return things < 0 ? -1 : 0;
}

static int check_acts(struct verifying *v)
{
    struct store *store = v->asking->counter->store;
    struct error *error = v->asking->error;
    int status = hashing_begin(v);
    status = status ? status : abreast_open(store, &v->beside, error);
    status = status ? status : store_walk(store, true, INT64_MIN, case_act, v, error);
    status = status == 0 && v->n > 0 ? end_case(v) : status;
    status = status ? status : hashing_end(v);
    status = status ? status : abreast_finish(&v->beside, error);
    status = status ? status : check_orphans(v);
    status = status ? status : check_chain(v);
    abreast_close(&v->beside);
    hasher_free(v->hashing.hasher);
    return status ? -1 : verify_sums(v);
}

/* With an arena that each case clears. */
static int check_record(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct arena *whole = asking->arena;
    asking->arena = arena_new();
    int status = asking->arena ? check_acts(v) : error_memory(asking->error);
    arena_free(asking->arena);
    asking->arena = whole;
    return status;
}

/* ---- checkpoints ---- */

static int stamp_seen(void *self, const struct chain_head *stamp, const char *signature)
{
    struct verifying *v = self;
    struct error *error = v->asking->error;
    uint8_t hash[STORE_HASH];
    struct text where = {0};
    int found = store_hash_at(v->asking->counter->store, stamp->seq, hash, error);
    text_addf(&where, "checkpoint ");
    text_add_int(&where, stamp->seq);
    if (found == 0) {
        verify_tell(v, text_bytes(&where),
                    N_("the record was longer when this checkpoint was made"), NULL, NULL);
    } else if (found == 1 && memcmp(hash, stamp->head, STORE_HASH) != 0) {
        verify_tell(v, text_bytes(&where),
                    N_("the record is not the one this checkpoint was made of"), NULL, NULL);
    }
    (void)signature;
    text_free(&where);
    return found < 0 ? -1 : 0;
}

/* A checkpoint as printed: node, seq, head, moment a line each. Checked against the chain. */
static int check_given(struct verifying *v, const char *text)
{
    const char *seq = strstr(text, "seq "), *head = strstr(text, "head ");
    struct chain_head stamp = {0};
    if (!seq || !head || !digest_parse(head + 5, stamp.head)) {
        return error_set(v->asking->error, ERROR_USAGE,
                         N_("this is no checkpoint of yuntai; it has lines “seq …” and “head …”"),
                         NULL, NULL);
    }
    stamp.seq = strtoll(seq + 4, NULL, 10);
    int right = keys_signed(v->asking->counter->directory, text, v->asking->error);
    if (right == 0) {
        struct text where = {0};
        text_add(&where, "checkpoint ");
        text_add_int(&where, stamp.seq);
        verify_tell(v, text_bytes(&where), N_("its signature is not that of this workspace"), NULL,
                    NULL);
        text_free(&where);
    }
    return right < 0 ? -1 : stamp_seen(v, &stamp, "");
}

/* ---- documents ---- */

static int tell_documents(struct verifying *v)
{
    struct headway headway = {.step = "documents", .done = v->documents, .of = v->documents_of};
    return still_wanted(v->asking->counter, &headway, v->asking->error);
}

static int document_seen(void *self, const struct document_row *row, struct error *error)
{
    struct verifying *v = self;
    struct asking *asking = v->asking;
    if (tell_documents(v) != 0) {
        return -1;
    }
    v->documents++;
    int state = documents_check(asking->counter->documents, row->digest, error);
    if (state == 1) {
        return 0;
    }
    struct case_row file = {0};
    struct text where = {0};
    error_free(error);
    if (store_case(asking->counter->store, row->case_id, asking->arena, &file, error) < 0) {
        return -1;
    }
    text_addf(&where, "%s %s", file.number ? file.number : "-", row->name);
    verify_tell(v, text_bytes(&where),
                state == 0 ? N_("the document was altered")
                           : N_("the document is not there, or cannot be read"),
                NULL, NULL);
    text_free(&where);
    return 0;
}

/* How much there is, for who waits; and the place of the chain up to which it is gone through. */
static int count_all(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct chain_head head;
    int status = store_head(asking->counter->store, &head, asking->error);
    status =
        status ? status
               : store_count(asking->counter->store, &v->cases_of, &v->documents_of, asking->error);
    if (status == 0) {
        v->acts_of = head.seq;
        parcel_put_int(asking->reply, "seq", head.seq);
        parcel_put_moment(asking->reply, "at", asking->now);
    }
    return status;
}

int verb_verify(struct asking *asking)
{
    const char *given = asked(asking, "checkpoint");
    struct verifying v = {.asking = asking, .telling = asking->arena};
    struct store *store = asking->counter->store;
    if (db_look(store->db, asking->error) != 0) {
        return -1;
    }
    int status = count_all(&v);
    status = status ? status : check_record(&v);
    status = status ? status : store_stamps(store, stamp_seen, &v, asking->error);
    status = status || !given ? status : check_given(&v, given);
    status = status ? status : store_documents(store, 0, document_seen, &v, asking->error);
    status = status ? status : tell_documents(&v);
    db_rollback(store->db);
    casework_free(&v.work);
    text_free(&v.facts);
    text_free(&v.series);
    verify_filed_free(&v);
    parcel_put_int(asking->reply, "acts", v.acts);
    parcel_put_int(asking->reply, "cases", v.cases);
    parcel_put_int(asking->reply, "stale", v.stale);
    put_told(&v);
    if (status == 0 && v.told_count > 0) {
        return error_set(asking->error, ERROR_REFUSED,
                         N_("the record is not whole: see what is wrong below"), NULL, NULL);
    }
    return status;
}

/* The head of the chain, signed, to be printed and sent out of the house. */
int verb_checkpoint(struct asking *asking)
{
    struct counter *counter = asking->counter;
    struct chain_head head;
    struct text text = {0}, signature = {0};
    char hex[2 * STORE_HASH + 1], moment[MOMENT_TEXT];
    if (store_head(counter->store, &head, asking->error) != 0) {
        return -1;
    }
    text_addf(&text, "yuntai checkpoint 1\nnode %d\nseq ", (int)counter->store->node);
    text_add_int(&text, head.seq);
    text_addf(&text, "\nhead %s\nat %s\n", digest_hex(head.head, hex),
              moment_format(asking->now, moment));
    int status =
        keys_sign(counter->directory, text_bytes(&text), text.length, &signature, asking->error);
    status = status ? status
                    : store_stamp_put(counter->store, &head, asking->utc, text_bytes(&signature),
                                      asking->error);
    text_addf(&text, "sm2 %s\n", text_bytes(&signature));
    parcel_put(asking->reply, "text", text_bytes(&text));
    parcel_put_int(asking->reply, "seq", head.seq);
    text_free(&text);
    text_free(&signature);
    return status;
}
