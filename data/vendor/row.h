/*
 * row.h: a resource as its vendor shows it, on the way from yuntai-net to the desk.
 *
 * As bytes a resource is its members in their order, 0x1f between them and 0x1e behind the last;
 * an amount that is unknown is empty, RAW is hexadecimal. No text has these signs: what a vendor
 * sends of control characters, and of signs that turn the writing around, goes in as blanks.
 */
#ifndef YUNTAI_DATA_VENDOR_ROW_H
#define YUNTAI_DATA_VENDOR_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

enum { SEEN_RAW = 16, SEEN_TEXT_MOST = 1024, SEEN_FACTS_MOST = 16384 };

struct seen {
    const char *kind; /* server, volume, project, flavor, host, provider */
    const char *uid, *region, *project, *name, *status, *zone;
    int64_t vcpus, ram, disk; /* cores, MiB, GiB; -1 not said. Of a provider: what it has in all */
    uint8_t raw[SEEN_RAW];    /* SHA-256 of the bytes it came in, its first half */
    const char *facts;        /* what else it says of itself: NAME=VALUE lines in order */
};

/* Appends SEEN. Texts are cut to SEEN_TEXT_MOST bytes, between characters. False where KIND or UID
 * is empty, FACTS longer than SEEN_FACTS_MOST, or memory is short: nothing is then appended. */
bool seen_put(const struct seen *seen, struct text *out);
/* Appends a line of FACTS, NAME=VALUE with \n and \\ for what would break it: the first LENGTH
 * bytes of VALUE. */
void seen_fact(struct text *facts, const char *name, const char *value, size_t length);
/* Takes the next of the bytes from *AT to END, which are written into: members end in NUL there.
 * False at the end, and where they are no such row: *AT then is before END. */
bool seen_take(char **at, char *end, struct seen *out);
/* How many bytes the first MOST of the rows have, or all there are; *MOST is how many that leaves.
 */
size_t seen_length(const char *rows, size_t length, size_t *most);

/* RAW in hexadecimal, appended; and back, whatever stands behind it. */
void raw_put(struct text *out, const uint8_t raw[SEEN_RAW]);
bool raw_parse(const char *hex, uint8_t out[SEEN_RAW]);

#endif
