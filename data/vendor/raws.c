/* raws.c: digests in their order, found by their first two bytes. */
#include "data/vendor/raws.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { FIRSTS = 1 << 16, WINDOW = 4096 }; /* WINDOW: digests */

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

/* ---- adding ---- */

static size_t first_of(const uint8_t *raw)
{
    return (size_t)raw[0] << 8 | raw[1];
}

/* What is in memory goes behind what is in the file. */
static int flush(struct raws *raws, struct error *error)
{
    int status = scratch_write(&raws->file, (uint64_t)raws->from * SEEN_RAW, raws->window,
                               raws->held * SEEN_RAW, error);
    raws->from += raws->held;
    raws->held = 0;
    return status;
}

static int make_room(struct raws *raws, struct error *error)
{
    if (!raws->window) {
        raws->window = malloc(WINDOW * sizeof *raws->window);
        raws->begins = malloc((FIRSTS + 1) * sizeof *raws->begins);
        if (!raws->window || !raws->begins) {
            return error_memory(error);
        }
    }
    return raws->held < WINDOW ? 0 : flush(raws, error);
}

/* Behind the others; those that begin with more than the last one did begin here. */
static int append(struct raws *raws, const uint8_t *raw, struct error *error)
{
    if (raws->count == UINT32_MAX || make_room(raws, error) != 0) {
        return error_memory(error);
    }
    while (raws->firsts <= first_of(raw)) {
        raws->begins[raws->firsts++] = (uint32_t)raws->count;
    }
    memcpy(raws->window[raws->held++], raw, SEEN_RAW);
    memcpy(raws->last, raw, SEEN_RAW);
    raws->count++;
    return 0;
}

int raws_add(struct raws *raws, const uint8_t *more, size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *raw = more + i * SEEN_RAW;
        int order = raws->count ? memcmp(raws->last, raw, SEEN_RAW) : -1;
        if (order > 0) {
            return 1;
        }
        if (order < 0 && append(raws, raw, error) != 0) { /* once is enough */
            return -1;
        }
    }
    return 0;
}

/* ---- looking ---- */

/* None is added any more. */
static int settle(struct raws *raws, struct error *error)
{
    if (raws->seen) {
        return 0;
    }
    while (raws->firsts <= FIRSTS) {
        raws->begins[raws->firsts++] = (uint32_t)raws->count;
    }
    raws->seen = calloc(1, raws->count / 8 + 1);
    return !raws->seen ? error_memory(error) : raws->from ? flush(raws, error) : 0;
}

static bool is_seen(const struct raws *raws, size_t at)
{
    return raws->seen[at / 8] >> at % 8 & 1;
}

/* The one at AT; where it is not in memory, it and at most COUNT - 1 behind it are read. NULL with
 * ERROR. */
static const uint8_t *raw_at(struct raws *raws, size_t at, size_t count, struct error *error)
{
    if (at < raws->from || at >= raws->from + raws->held) {
        count = count < WINDOW ? count : WINDOW;
        raws->held = 0;
        if (scratch_read(&raws->file, (uint64_t)at * SEEN_RAW, raws->window, count * SEEN_RAW,
                         error) != 0) {
            return NULL;
        }
        raws->from = at;
        raws->held = count;
    }
    return raws->window[at - raws->from];
}

enum raws_see raws_see(struct raws *raws, const uint8_t raw[SEEN_RAW], struct error *error)
{
    if (raws->count == 0) {
        return RAWS_NEW;
    }
    if (settle(raws, error) != 0) {
        return RAWS_FAILED;
    }
    size_t first = first_of(raw), end = raws->begins[first + 1];
    for (size_t at = raws->begins[first]; at < end; at++) {
        const uint8_t *known = raw_at(raws, at, end - at, error);
        if (!known) {
            return RAWS_FAILED;
        }
        if (memcmp(known, raw, SEEN_RAW) == 0) {
            bool again = is_seen(raws, at);
            raws->seen[at / 8] |= (uint8_t)(1 << at % 8);
            return again ? RAWS_AGAIN : RAWS_KNOWN;
        }
    }
    return RAWS_NEW;
}

int raws_missed(struct raws *raws, size_t *at, size_t most, struct text *out, struct error *error)
{
    static const char digits[] = "0123456789abcdef";
    size_t taken = 0;
    if (raws->count > 0 && settle(raws, error) != 0) {
        return -1;
    }
    for (; *at < raws->count && taken < most; ++*at) {
        if (is_seen(raws, *at)) {
            continue;
        }
        const uint8_t *raw = raw_at(raws, *at, raws->count - *at, error);
        for (int i = 0; raw && i < SEEN_RAW; i++) {
            char hex[2] = {digits[raw[i] >> 4], digits[raw[i] & 15]};
            text_add_n(out, hex, 2);
        }
        if (!raw) {
            return -1;
        }
        taken++;
    }
    return taken > 0;
}

void raws_free(struct raws *raws)
{
    free(raws->window);
    free(raws->seen);
    free(raws->begins);
    scratch_free(&raws->file);
    *raws = (struct raws){0};
}
