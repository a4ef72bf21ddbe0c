/* hasher.c: a batch is filled, then hashed. What comes out otherwise than it is stored is hashed
 * once more by OpenSSL, which has the last word. */
#include "data/desk/hasher.h"

#include <stdlib.h>
#include <string.h>

#include "data/sm3_many.h"

enum { ROOM = 1 << 17, ITEMS = 512 }; /* it stays near the processor */

struct item {
    uint8_t stored[STORE_HASH];
    struct hashed hashed;
};

struct hasher {
    uint8_t *bytes;
    size_t used, size;
    struct sm3_text texts[ITEMS];
    struct item items[ITEMS];
    size_t count; /* of both */
    struct digest *digest;
    void (*wrong)(void *self, const struct hashed *hashed);
    void *self;
};

struct hasher *hasher_new(void (*wrong)(void *self, const struct hashed *hashed), void *self,
                          struct error *error)
{
    struct hasher *hasher = calloc(1, sizeof *hasher);
    uint8_t *bytes = malloc(ROOM);
    if (!hasher || !bytes) {
        free(hasher);
        free(bytes);
        error_memory(error);
        return NULL;
    }
    hasher->bytes = bytes;
    hasher->size = ROOM;
    hasher->wrong = wrong;
    hasher->self = self;
    hasher->digest = digest_new(error);
    if (!hasher->digest) {
        hasher_free(hasher);
        return NULL;
    }
    return hasher;
}

void hasher_free(struct hasher *hasher)
{
    if (hasher) {
        digest_free(hasher->digest);
        free(hasher->bytes);
        free(hasher);
    }
}

int hasher_finish(struct hasher *hasher, struct error *error)
{
    bool done = true;
    sm3_many(hasher->texts, hasher->count);
    for (size_t i = 0; i < hasher->count && done; i++) {
        const struct sm3_text *text = &hasher->texts[i];
        const struct item *item = &hasher->items[i];
        uint8_t hash[STORE_HASH];
        if (memcmp(text->digest, item->stored, STORE_HASH) != 0) {
            done = digest_of(hasher->digest, text->bytes, text->length, hash);
            if (done && memcmp(hash, item->stored, STORE_HASH) != 0) {
                hasher->wrong(hasher->self, &item->hashed);
            }
        }
    }
    hasher->count = hasher->used = 0;
    return done ? 0 : error_memory(error);
}

/* Room for an item of LENGTH bytes; NULL with ERROR. */
static uint8_t *make_room(struct hasher *hasher, size_t length, struct error *error)
{
    if ((hasher->count == ITEMS || hasher->size - hasher->used < length) &&
        hasher_finish(hasher, error) != 0) {
        return NULL;
    }
    if (hasher->size < length) { /* it is empty */
        uint8_t *grown = realloc(hasher->bytes, length);
        if (!grown) {
            error_memory(error);
            return NULL;
        }
        hasher->bytes = grown;
        hasher->size = length;
    }
    return hasher->bytes + hasher->used;
}

/* The item whose LENGTH bytes were written behind what is used. */
static void close_item(struct hasher *hasher, size_t length, const uint8_t stored[STORE_HASH],
                       const struct hashed *hashed)
{
    struct item *item = &hasher->items[hasher->count];
    hasher->texts[hasher->count++] =
        (struct sm3_text){.bytes = hasher->bytes + hasher->used, .length = length};
    memcpy(item->stored, stored, STORE_HASH);
    item->hashed = *hashed;
    hasher->used += length;
}

int hasher_add(struct hasher *hasher, const struct record *record, int64_t place,
               struct error *error)
{
    struct hashed hashed = {
        .place = place, .case_id = record->case_id, .seq = record->seq, .n = record->n};
    uint8_t *room = make_room(hasher, store_frame_most(record), error);
    if (!room) {
        return -1;
    }
    close_item(hasher, store_frame(record, room), record->hash, &hashed);
    if (!record->body) {
        return 0;
    }
    hashed.body = true;
    room = make_room(hasher, record->body_length, error);
    if (!room) {
        return -1;
    }
    memcpy(room, record->body, record->body_length);
    close_item(hasher, record->body_length, record->body_hash, &hashed);
    return 0;
}
