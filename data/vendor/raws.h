/*
 * raws.h: what the desk has already: the digests of a kind of resources, and which of them were
 * seen again.
 *
 * A digest is the first half of the SHA-256 of a resource's raw bytes, begun with the revision of
 * the reading (digest_raw): one that is known need not be parsed again. They are in a scratch file;
 * held in memory is a bit of each, of each kind 320 KiB, and where they are few no file is made.
 */
#ifndef YUNTAI_DATA_VENDOR_RAWS_H
#define YUNTAI_DATA_VENDOR_RAWS_H

#include "core/text.h"
#include "data/vendor/row.h"
#include "data/vendor/scratch.h"

struct raws { /* zeroed is empty */
    size_t count;
    /* raws.c's own */
    struct scratch file;
    uint8_t (*window)[SEEN_RAW]; /* of these HELD, from the FROM-th on */
    size_t from, held;
    uint32_t *begins; /* of 65536 first pairs of bytes, where they begin; of the first FIRSTS yet */
    size_t firsts;
    uint8_t last[SEEN_RAW];
    uint8_t *seen; /* a bit of each, from the first look on */
};

/* Adds COUNT digests of SEEN_RAW bytes, in their order and behind those that are there; none after
 * the first look. 0; 1: they are not in their order; -1 with ERROR. */
int raws_add(struct raws *raws, const uint8_t *more, size_t count, struct error *error);

enum raws_see { RAWS_NEW, RAWS_KNOWN, RAWS_AGAIN, RAWS_FAILED };
/* Whether RAW is known, or was even seen before; it is seen then. RAWS_FAILED with ERROR. */
enum raws_see raws_see(struct raws *raws, const uint8_t raw[SEEN_RAW], struct error *error);
/* Appends the digests that were not seen in hexadecimal, from *AT on, at most MOST. 1; 0: there are
 * none; -1 with ERROR. */
int raws_missed(struct raws *raws, size_t *at, size_t most, struct text *out, struct error *error);
void raws_free(struct raws *raws);

/* The digest of LENGTH raw bytes of a resource of KIND. Of a server the time "updated" behind
 * "created" is left out: it is not kept, and Nova writes the time of the answer there where a
 * server never changed. False: OpenSSL failed. */
bool raw_digest(const char *kind, const char *bytes, size_t length, uint8_t out[SEEN_RAW]);

#endif
