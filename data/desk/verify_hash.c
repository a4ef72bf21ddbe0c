/* verify_hash.c: is each act what it was, and does each follow on the one before it in the chain?
 *
 * The acts come case by case, not in the order of the chain, so hashes are gone through in bundles;
 * and of the chain a sum is kept that comes to nothing only if every act follows on another: each
 * puts its own place and hash in and takes the place and hash before it out, by a function whose
 * key nobody knows beforehand. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "data/desk/verify.h"

enum { BUNDLE_BYTES = 512 << 10 }; /* a bundle is hashed when it has grown so far */

/* ---- the chain ---- */

#define TURN(x, n) ((x) << (n) | (x) >> (64 - (n)))

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = TURN(v[1], 13) ^ v[0];
    v[0] = TURN(v[0], 32);
    v[2] += v[3];
    v[3] = TURN(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = TURN(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = TURN(v[1], 17) ^ v[2];
    v[2] = TURN(v[2], 32);
}

/* SipHash-1-3 of a place in the chain and the hash there. */
static uint64_t keyed(const uint64_t key[2], int64_t place, const uint8_t hash[STORE_HASH])
{
    uint64_t words[1 + STORE_HASH / 8] = {(uint64_t)place};
    uint64_t v[4] = {key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
                     key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
    memcpy(words + 1, hash, STORE_HASH);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        v[3] ^= words[i];
        sip_round(v);
        v[0] ^= words[i];
    }
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++) {
        sip_round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

int hashing_begin(struct hashing *hashing, struct error *error)
{
    static const uint8_t zeros[STORE_HASH];
    *hashing = (struct hashing){0};
    if (getrandom(hashing->key, sizeof hashing->key, 0) != (ssize_t)sizeof hashing->key) {
        return error_errno(error, "read", "random", errno);
    }
    hashing->sum = keyed(hashing->key, 0, zeros);
    return 0;
}

bool hashing_chained(const struct hashing *hashing, const struct chain_head *head)
{
    return hashing->sum == keyed(hashing->key, head->seq, head->head);
}

/* ---- bundles ---- */

static bool room(struct hashing *hashing, size_t length)
{
    size_t need = hashing->length + sm3_blocks(length) * SM3_BLOCK;
    if (need <= hashing->capacity) {
        return true;
    }
    uint8_t *grown = realloc(hashing->bytes, need + BUNDLE_BYTES / 8);
    if (grown) {
        hashing->bytes = grown;
        hashing->capacity = need + BUNDLE_BYTES / 8;
    }
    return grown != NULL;
}

/* The LENGTH bytes behind what is in the bundle are another message, which comes to HASH. */
static void put(struct hashing *hashing, const struct record *record, size_t length, bool body)
{
    size_t blocks = sm3_blocks(length);
    hashing->expected[hashing->count] =
        (struct expected){.case_id = record->case_id, .n = record->n, .body = body};
    memcpy(hashing->expected[hashing->count].hash, body ? record->body_hash : record->hash,
           STORE_HASH);
    hashing->messages[hashing->count++].count = blocks;
    sm3_pad(hashing->bytes + hashing->length, length);
    hashing->length += blocks * SM3_BLOCK;
}

/* OpenSSL has the last word. */
static int look_again(struct verifying *v, const struct expected *expected)
{
    struct store *store = v->asking->counter->store;
    struct records records = {0};
    uint8_t hash[STORE_HASH];
    bool made = true;
    int status = store_acts(store, expected->case_id, &records, v->asking->error);
    for (size_t i = 0; i < records.count && status == 0; i++) {
        const struct record *record = &records.items[i];
        if (record->n != expected->n) {
            continue;
        }
        made = expected->body ? store_body_hash(store, record->body, record->body_length, hash)
                              : store_hash(store, record, hash);
        if (made && memcmp(hash, expected->hash, STORE_HASH) != 0) {
            verify_tell_act(v, record,
                            expected->body ? N_("its words were altered (place %1)")
                                           : N_("it was altered (place %1)"));
        }
    }
    records_free(&records);
    return status != 0 ? -1 : made ? 0 : error_memory(v->asking->error);
}

int hashing_flush(struct verifying *v)
{
    struct hashing *hashing = &v->hashing;
    const uint8_t *at = hashing->bytes;
    int status = 0;
    for (size_t i = 0; i < hashing->count; i++) {
        hashing->messages[i].blocks = at;
        at += hashing->messages[i].count * SM3_BLOCK;
    }
    sm3_many(hashing->messages, hashing->count);
    for (size_t i = 0; i < hashing->count && status == 0; i++) {
        if (memcmp(hashing->messages[i].hash, hashing->expected[i].hash, STORE_HASH) != 0) {
            status = look_again(v, &hashing->expected[i]);
        }
    }
    hashing->count = hashing->length = 0;
    return status;
}

int hashing_act(struct verifying *v, const struct record *record)
{
    struct hashing *hashing = &v->hashing;
    hashing->sum += keyed(hashing->key, record->seq, record->hash) -
                    keyed(hashing->key, record->seq - 1, record->prev);
    if (!room(hashing, store_frame_most(record))) {
        return error_memory(v->asking->error);
    }
    put(hashing, record, store_frame(record, hashing->bytes + hashing->length), false);
    if (record->body) {
        if (!room(hashing, record->body_length)) {
            return error_memory(v->asking->error);
        }
        memcpy(hashing->bytes + hashing->length, record->body, record->body_length);
        put(hashing, record, record->body_length, true);
    }
    bool full = hashing->count + 2 > HASHING_MOST || hashing->length > BUNDLE_BYTES;
    return full ? hashing_flush(v) : 0;
}

void hashing_end(struct hashing *hashing)
{
    free(hashing->bytes);
    hashing->bytes = NULL;
}
