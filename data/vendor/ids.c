/* ids.c: numbers in buckets, which are split where one is full. */
#include "data/vendor/ids.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "data/vendor/raws.h"

enum { IN_MEMORY = 256 }; /* buckets */

typedef uint64_t bucket[IDS_BUCKET];

/* ---- buckets ---- */

static int get(const struct ids *ids, size_t at, bucket out, struct error *error)
{
    if (ids->buckets) {
        memcpy(out, ids->buckets[at], sizeof(bucket));
        return 0;
    }
    return scratch_read(&ids->file, at * sizeof(bucket), out, sizeof(bucket), error);
}

/* COUNT numbers, from the SLOT-th of bucket AT on. */
static int put(struct ids *ids, size_t at, size_t slot, const uint64_t *numbers, size_t count,
               struct error *error)
{
    if (ids->buckets) {
        memcpy(&ids->buckets[at][slot], numbers, count * sizeof *numbers);
        return 0;
    }
    return scratch_write(&ids->file, at * sizeof(bucket) + slot * sizeof *numbers, numbers,
                         count * sizeof *numbers, error);
}

/* Room for COUNT of them: in memory, or what is there goes into the file. */
static int make_room(struct ids *ids, size_t count, struct error *error)
{
    if (ids->count > 0 && !ids->buckets) {
        return 0;
    }
    if (count > IN_MEMORY) {
        int status = scratch_write(&ids->file, 0, ids->buckets, ids->count * sizeof(bucket), error);
        free(ids->buckets);
        ids->buckets = NULL;
        return status;
    }
    void *larger = realloc(ids->buckets, count * sizeof(bucket));
    if (!larger) {
        return error_memory(error);
    }
    ids->buckets = larger;
    return 0;
}

/* Bucket AT becomes the AT * 2-th and the one behind it, by the next bit. */
static int split(struct ids *ids, size_t at, struct error *error)
{
    bucket whole, halves[2] = {{0}};
    size_t counts[2] = {0};
    if (get(ids, at, whole, error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < IDS_BUCKET && whole[i]; i++) {
        size_t half = whole[i] >> (63 - ids->bits) & 1;
        halves[half][counts[half]++] = whole[i];
    }
    return put(ids, at * 2, 0, halves[0], 2 * IDS_BUCKET, error);
}

/* From the last on: what is overwritten was split before. */
static int grow(struct ids *ids, struct error *error)
{
    if (make_room(ids, ids->count * 2, error) != 0) {
        return -1;
    }
    for (size_t at = ids->count; at-- > 0;) {
        if (split(ids, at, error) != 0) {
            return -1;
        }
    }
    ids->count *= 2;
    ids->bits++;
    return 0;
}

/* ---- a set ---- */

static int begin(struct ids *ids, struct error *error)
{
    unsigned char random[IDS_SALT - 1];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) {
        return error_errno(error, N_("reading"), "getrandom()", errno);
    }
    for (size_t i = 0; i < sizeof random; i++) {
        ids->salt[i] = (char)('a' + (random[i] & 15));
    }
    if (make_room(ids, 1, error) != 0) {
        return -1;
    }
    memset(ids->buckets, 0, sizeof(bucket));
    ids->count = 1;
    return 0;
}

/* Of an id, never 0; 0 with ERROR. */
static uint64_t number_of(const struct ids *ids, const char *id, size_t length, struct error *error)
{
    uint8_t raw[SEEN_RAW];
    uint64_t number;
    if (!raw_digest(ids->salt, id, length, raw)) {
        error_memory(error);
        return 0;
    }
    memcpy(&number, raw, sizeof number);
    return number ? number : 1;
}

enum ids_add ids_add(struct ids *ids, const char *id, size_t length, struct error *error)
{
    bucket found;
    if (ids->count == 0 && begin(ids, error) != 0) {
        return IDS_FAILED;
    }
    uint64_t number = number_of(ids, id, length, error);
    while (number) {
        size_t at = ids->bits ? number >> (64 - ids->bits) : 0, slot = 0;
        if (get(ids, at, found, error) != 0) {
            return IDS_FAILED;
        }
        while (slot < IDS_BUCKET && found[slot] && found[slot] != number) {
            slot++;
        }
        if (slot < IDS_BUCKET) {
            return found[slot]                                  ? IDS_AGAIN
                   : put(ids, at, slot, &number, 1, error) == 0 ? IDS_NEW
                                                                : IDS_FAILED;
        }
        if (grow(ids, error) != 0) {
            return IDS_FAILED;
        }
    }
    return IDS_FAILED;
}

void ids_free(struct ids *ids)
{
    free(ids->buckets);
    scratch_free(&ids->file);
    *ids = (struct ids){0};
}
