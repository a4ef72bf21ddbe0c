/* verify_hash.c: is each act what it was, and does each follow on the one before it in the chain?
 *
 * The acts come case by case, not in the order of the chain, so of the chain a sum is kept that
 * comes to nothing only if every act follows on another: each puts its own place and hash in and
 * takes the place and hash before it out, by a function whose key nobody knows beforehand. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "data/desk/verify.h"

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

/* The hasher keeps no names: what the act is, is read again. */
static void tell_altered(void *self, const struct hashed *hashed)
{
    struct verifying *v = self;
    struct record record = {
        .case_id = hashed->case_id, .n = hashed->n, .seq = hashed->seq, .event = "", .role = ""};
    struct records records = {0};
    struct error ignored = {0};
    int64_t acts = v->acts;
    store_acts(v->asking->counter->store, hashed->case_id, &records, &ignored);
    error_free(&ignored);
    for (size_t i = 0; i < records.count; i++) {
        if (records.items[i].n == hashed->n) {
            record.event = records.items[i].event;
            record.role = records.items[i].role;
        }
    }
    v->acts = hashed->place; /* where it belongs among all that is told */
    verify_tell_act(v, &record,
                    hashed->body ? N_("its words were altered (place %1)")
                                 : N_("it was altered (place %1)"));
    v->acts = acts;
    records_free(&records);
}

int hashing_begin(struct verifying *v)
{
    static const uint8_t zeros[STORE_HASH];
    struct hashing *hashing = &v->hashing;
    if (getrandom(hashing->key, sizeof hashing->key, 0) != (ssize_t)sizeof hashing->key) {
        return error_errno(v->asking->error, "reading", "random", errno);
    }
    hashing->sum = keyed(hashing->key, 0, zeros);
    hashing->hasher = hasher_new(tell_altered, v, v->asking->error);
    return hashing->hasher ? 0 : -1;
}

bool hashing_chained(const struct hashing *hashing, const struct chain_head *head)
{
    return hashing->sum == keyed(hashing->key, head->seq, head->head);
}

int hashing_act(struct verifying *v, const struct record *record)
{
    struct hashing *hashing = &v->hashing;
    hashing->sum += keyed(hashing->key, record->seq, record->hash) -
                    keyed(hashing->key, record->seq - 1, record->prev);
    return hasher_add(hashing->hasher, record, v->acts, v->asking->error);
}

int hashing_end(struct verifying *v)
{
    return hasher_finish(v->hashing.hasher, v->asking->error);
}
