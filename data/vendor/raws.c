/* raws.c: digests in their order, found by their first two bytes. */
#include "data/vendor/raws.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { FIRSTS = 1 << 16, IDS_LEAST = 1 << 10 };

/* What a digest begins with. One more whenever a resource reads as something else than before. */
static const char reading[] = "yuntai-net 1 ";

/* One digest is like the other: what OpenSSL fetched for the first serves all. */
static EVP_MD_CTX *workspace(void)
{
    static EVP_MD_CTX *context;
    static EVP_MD *sha256;
    if (!context) {
        sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
        context = sha256 ? EVP_MD_CTX_new() : NULL;
    }
    return context && EVP_DigestInit_ex2(context, sha256, NULL) == 1 ? context : NULL;
}

static EVP_MD_CTX *begin_digest(const char *kind)
{
    EVP_MD_CTX *context = workspace();
    bool good = context && EVP_DigestUpdate(context, reading, sizeof reading - 1) == 1 &&
                EVP_DigestUpdate(context, kind, strlen(kind) + 1) == 1;
    return good ? context : NULL;
}

/* Past NEXT, blanks before it; NULL where something else stands there. */
static const char *past(const char *at, const char *end, const char *next)
{
    size_t length = strlen(next);
    while (at && at < end && *at == ' ') {
        at++;
    }
    return at && (size_t)(end - at) >= length && memcmp(at, next, length) == 0 ? at + length : NULL;
}

/* Past "2026-11-22T09:15:36Z" in its quotes. */
static const char *past_time(const char *at, const char *end)
{
    static const char form[] = "\"0000-00-00T00:00:00Z\"";
    at = past(at, end, "");
    for (size_t i = 0; at && i < sizeof form - 1; i++) {
        bool digit = at + i < end && at[i] >= '0' && at[i] <= '9';
        if (at + i >= end || (form[i] == '0' ? !digit : at[i] != form[i])) {
            return NULL;
        }
    }
    return at ? at + sizeof form - 1 : NULL;
}

/* Where `"created": "…", "updated": "…"` has its last time, and how long that is; 0: nowhere. */
static size_t moving(const char *bytes, size_t length, size_t *from)
{
    static const char created[] = "\"created\"";
    const char *end = bytes + length, *at = bytes;
    while ((at = memchr(at, '"', (size_t)(end - at)))) {
        const char *next = past(at, end, created);
        next = next ? past(past_time(past(next, end, ":"), end), end, ",") : NULL;
        next = next ? past(past(next, end, "\"updated\""), end, ":") : NULL;
        const char *behind = past_time(next, end);
        if (behind) {
            *from = (size_t)(next - bytes);
            return (size_t)(behind - next);
        }
        at++;
    }
    return 0;
}

bool raw_digest(const char *kind, const char *bytes, size_t length, uint8_t out[SEEN_RAW])
{
    uint8_t whole[32];
    size_t from = length;
    size_t left_out = strcmp(kind, "server") == 0 ? moving(bytes, length, &from) : 0;
    EVP_MD_CTX *context = begin_digest(kind);
    bool good = context && EVP_DigestUpdate(context, bytes, from) == 1 &&
                EVP_DigestUpdate(context, bytes + from + left_out, length - from - left_out) == 1 &&
                EVP_DigestFinal_ex(context, whole, NULL) == 1;
    memcpy(out, whole, good ? SEEN_RAW : 0);
    return good;
}

/* ---- digests ---- */

bool raws_add(struct raws *raws, const uint8_t *more, size_t count)
{
    size_t all = raws->count + count;
    if (all > raws->capacity) {
        size_t capacity = all + all / 8 + 64;
        void *larger = capacity < UINT32_MAX ? realloc(raws->raws, capacity * SEEN_RAW) : NULL;
        raws->raws = larger ? larger : raws->raws;
        if (!larger) {
            return false;
        }
        raws->capacity = capacity;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = raws->count;
        int order = at ? memcmp(raws->raws[at - 1], more + i * SEEN_RAW, SEEN_RAW) : -1;
        if (order > 0) {
            return false;
        }
        memcpy(raws->raws[at], more + i * SEEN_RAW, SEEN_RAW);
        raws->count += order < 0; /* once is enough */
    }
    return true;
}

static size_t first_of(const uint8_t *raw)
{
    return (size_t)raw[0] << 8 | raw[1];
}

static bool make_begins(struct raws *raws)
{
    raws->begins = malloc((FIRSTS + 1) * sizeof *raws->begins);
    raws->seen = calloc(1, raws->count / 8 + 1);
    if (!raws->begins || !raws->seen) {
        free(raws->begins);
        free(raws->seen);
        raws->begins = NULL;
        raws->seen = NULL;
        return false;
    }
    size_t at = 0;
    for (size_t first = 0; first <= FIRSTS; first++) {
        while (at < raws->count && first_of(raws->raws[at]) < first) {
            at++;
        }
        raws->begins[first] = (uint32_t)at;
    }
    return true;
}

bool raws_see(struct raws *raws, const uint8_t raw[SEEN_RAW], bool *again)
{
    *again = false;
    if (raws->count == 0 || (!raws->begins && !make_begins(raws))) {
        return false; /* without memory all is new, which costs time alone */
    }
    size_t first = first_of(raw);
    for (size_t at = raws->begins[first]; at < raws->begins[first + 1]; at++) {
        if (memcmp(raws->raws[at], raw, SEEN_RAW) == 0) {
            uint8_t bit = (uint8_t)(1 << at % 8);
            *again = raws->seen[at / 8] & bit;
            raws->seen[at / 8] |= bit;
            return true;
        }
    }
    return false;
}

bool raws_missed(const struct raws *raws, size_t *at, size_t most, struct text *out)
{
    static const char digits[] = "0123456789abcdef";
    size_t taken = 0;
    for (; *at < raws->count && taken < most; ++*at) {
        if (raws->seen && raws->seen[*at / 8] >> *at % 8 & 1) {
            continue;
        }
        for (int i = 0; i < SEEN_RAW; i++) {
            uint8_t byte = raws->raws[*at][i];
            char hex[2] = {digits[byte >> 4], digits[byte & 15]};
            text_add_n(out, hex, 2);
        }
        taken++;
    }
    return taken > 0;
}

void raws_free(struct raws *raws)
{
    free(raws->raws);
    free(raws->seen);
    free(raws->begins);
    *raws = (struct raws){0};
}

/* ---- ids ---- */

static void place(struct ids *ids, uint64_t number)
{
    size_t at = number & (ids->capacity - 1);
    while (ids->slots[at]) {
        at = (at + 1) & (ids->capacity - 1);
    }
    ids->slots[at] = number;
}

static bool grow(struct ids *ids)
{
    struct ids more = {.capacity = ids->capacity ? ids->capacity * 2 : IDS_LEAST};
    more.slots = calloc(more.capacity, sizeof *more.slots);
    if (!more.slots) {
        return false;
    }
    for (size_t i = 0; i < ids->capacity; i++) {
        if (ids->slots[i]) {
            place(&more, ids->slots[i]);
        }
    }
    more.count = ids->count;
    free(ids->slots);
    *ids = more;
    return true;
}

enum ids_add ids_add(struct ids *ids, const char *id, size_t length)
{
    uint8_t raw[SEEN_RAW];
    uint64_t number;
    if ((ids->count >= ids->capacity / 4 * 3 && !grow(ids)) || !raw_digest("id", id, length, raw)) {
        return IDS_FAILED;
    }
    memcpy(&number, raw, sizeof number);
    number += number == 0; /* 0 is an empty slot */
    for (size_t at = number & (ids->capacity - 1); ids->slots[at];
         at = (at + 1) & (ids->capacity - 1)) {
        if (ids->slots[at] == number) {
            return IDS_AGAIN;
        }
    }
    place(ids, number);
    ids->count++;
    return IDS_NEW;
}

void ids_free(struct ids *ids)
{
    free(ids->slots);
    *ids = (struct ids){0};
}
