/*
 * raws.h: what the desk has already: the digests of a kind of resources, and which of them were
 * seen again.
 *
 * A digest is the first half of the SHA-256 of a resource's raw bytes, begun with the revision of
 * the reading (digest_raw): one that is known need not be parsed again. 16 bytes and a bit are held
 * of each.
 */
#ifndef YUNTAI_DATA_VENDOR_RAWS_H
#define YUNTAI_DATA_VENDOR_RAWS_H

#include "core/text.h"
#include "data/vendor/row.h"

struct raws { /* zeroed is empty */
    uint8_t (*raws)[SEEN_RAW];
    uint8_t *seen;    /* a bit of each */
    uint32_t *begins; /* of 65536 first pairs of bytes, where they begin; made at the first look */
    size_t count, capacity;
};

/* Adds COUNT digests of SEEN_RAW bytes, in their order and behind those that are there. False:
 * not in their order, or memory is short. */
bool raws_add(struct raws *raws, const uint8_t *more, size_t count);
/* Whether RAW is known; *AGAIN: it was seen before. It is seen then. */
bool raws_see(struct raws *raws, const uint8_t raw[SEEN_RAW], bool *again);
/* Appends the digests that were not seen in hexadecimal, from *AT on, at most MOST; false: none. */
bool raws_missed(const struct raws *raws, size_t *at, size_t most, struct text *out);
void raws_free(struct raws *raws);

/* The digest of LENGTH raw bytes of a resource of KIND. Of a server the time "updated" behind
 * "created" is left out: it is not kept, and Nova writes the time of the answer there where a
 * server never changed. False: OpenSSL failed. */
bool raw_digest(const char *kind, const char *bytes, size_t length, uint8_t out[SEEN_RAW]);

/* ---- who was there before, in this run ---- */

struct ids { /* zeroed is empty; 8 bytes of each, at most three quarters full */
    uint64_t *slots;
    size_t count, capacity;
};
enum ids_add { IDS_NEW, IDS_AGAIN, IDS_FAILED };
/* Adds the LENGTH bytes of an id, by 64 bits of its digest. */
enum ids_add ids_add(struct ids *ids, const char *id, size_t length);
void ids_free(struct ids *ids);

#endif
