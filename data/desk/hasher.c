/* hasher.c: two batches: one is filled while the other is hashed. */
#include "data/desk/hasher.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20, ITEMS = 4096 };

struct item {
    size_t at, length; /* of what is hashed; behind it the event and the role, each with its NUL */
    uint8_t stored[STORE_HASH];
    struct hashed hashed;
    bool wrong;
};
struct batch {
    uint8_t *bytes;
    size_t used, size;
    struct item *items;
    size_t count;
};

struct hasher {
    struct batch batches[2];
    int filling;
    struct digest *digest; /* the thread's */
    void (*wrong)(void *self, const struct hashed *hashed);
    void *self;
    pthread_t thread;
    bool started;
    /* shared; all else belongs to who adds, but the batch handed over */
    pthread_mutex_t mutex;
    pthread_cond_t turned;
    struct batch *handed; /* NULL: the thread waits */
    bool ends, failed;
};

/* ---- the thread ---- */

/* False where OpenSSL failed. */
static bool hash_batch(struct digest *digest, struct batch *batch)
{
    bool done = true;
    for (size_t i = 0; i < batch->count && done; i++) {
        struct item *item = &batch->items[i];
        uint8_t hash[STORE_HASH];
        done = digest_of(digest, batch->bytes + item->at, item->length, hash);
        item->wrong = memcmp(hash, item->stored, STORE_HASH) != 0;
    }
    return done;
}

static void *work(void *self)
{
    struct hasher *hasher = self;
    pthread_mutex_lock(&hasher->mutex);
    while (!hasher->ends) {
        if (!hasher->handed) {
            pthread_cond_wait(&hasher->turned, &hasher->mutex);
            continue;
        }
        pthread_mutex_unlock(&hasher->mutex);
        bool done = hash_batch(hasher->digest, hasher->handed);
        pthread_mutex_lock(&hasher->mutex);
        hasher->failed |= !done;
        hasher->handed = NULL;
        pthread_cond_signal(&hasher->turned);
    }
    pthread_mutex_unlock(&hasher->mutex);
    return NULL;
}

/* ---- who adds ---- */

struct hasher *hasher_new(void (*wrong)(void *self, const struct hashed *hashed), void *self,
                          struct error *error)
{
    struct hasher *hasher = calloc(1, sizeof *hasher);
    if (!hasher) {
        error_memory(error);
        return NULL;
    }
    hasher->wrong = wrong;
    hasher->self = self;
    pthread_mutex_init(&hasher->mutex, NULL); /* as they are usual, neither can fail */
    pthread_cond_init(&hasher->turned, NULL);
    bool room = true;
    for (int i = 0; i < 2; i++) {
        struct batch *batch = &hasher->batches[i];
        *batch = (struct batch){.bytes = malloc(ROOM), .size = ROOM};
        batch->items = calloc(ITEMS, sizeof *batch->items);
        room = room && batch->bytes && batch->items;
    }
    hasher->digest = room ? digest_new(error) : NULL;
    int number = hasher->digest ? pthread_create(&hasher->thread, NULL, work, hasher) : 0;
    hasher->started = hasher->digest && number == 0;
    if (!hasher->started) {
        hasher_free(hasher);
        if (number) {
            error_errno(error, "starting the program", "pthread_create()", number);
        } else if (!room) {
            error_memory(error);
        }
        return NULL;
    }
    return hasher;
}

void hasher_free(struct hasher *hasher)
{
    if (!hasher) {
        return;
    }
    if (hasher->started) {
        pthread_mutex_lock(&hasher->mutex);
        hasher->ends = true;
        pthread_cond_signal(&hasher->turned);
        pthread_mutex_unlock(&hasher->mutex);
        pthread_join(hasher->thread, NULL);
    }
    for (int i = 0; i < 2; i++) {
        free(hasher->batches[i].bytes);
        free(hasher->batches[i].items);
    }
    digest_free(hasher->digest);
    pthread_cond_destroy(&hasher->turned);
    pthread_mutex_destroy(&hasher->mutex);
    free(hasher);
}

static void tell(struct hasher *hasher, struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->items[i].wrong) {
            struct hashed hashed = batch->items[i].hashed;
            hashed.event = (const char *)batch->bytes + batch->items[i].at + batch->items[i].length;
            hashed.role = hashed.event + strlen(hashed.event) + 1;
            hasher->wrong(hasher->self, &hashed);
        }
    }
    batch->count = batch->used = 0;
}

/* Gives what was filled to the thread, and takes what it has done. */
static int turn(struct hasher *hasher, struct error *error)
{
    pthread_mutex_lock(&hasher->mutex);
    while (hasher->handed) {
        pthread_cond_wait(&hasher->turned, &hasher->mutex);
    }
    bool failed = hasher->failed;
    pthread_mutex_unlock(&hasher->mutex);
    if (failed) {
        return error_memory(error);
    }
    tell(hasher, &hasher->batches[!hasher->filling]);
    pthread_mutex_lock(&hasher->mutex);
    hasher->handed = &hasher->batches[hasher->filling];
    pthread_cond_signal(&hasher->turned);
    pthread_mutex_unlock(&hasher->mutex);
    hasher->filling = !hasher->filling;
    return 0;
}

int hasher_finish(struct hasher *hasher, struct error *error)
{
    int status = turn(hasher, error);
    return status ? status : turn(hasher, error);
}

/* Room for an item of LENGTH bytes in the batch that is filled; NULL with ERROR. */
static struct batch *make_room(struct hasher *hasher, size_t length, struct error *error)
{
    struct batch *batch = &hasher->batches[hasher->filling];
    if (batch->count == ITEMS || batch->size - batch->used < length) {
        if (turn(hasher, error) != 0) {
            return NULL;
        }
        batch = &hasher->batches[hasher->filling];
    }
    if (batch->size < length) { /* it is empty */
        uint8_t *grown = realloc(batch->bytes, length);
        if (!grown) {
            error_memory(error);
            return NULL;
        }
        batch->bytes = grown;
        batch->size = length;
    }
    return batch;
}

/* The item whose LENGTH bytes were written behind what is used. */
static void close_item(struct batch *batch, size_t length, const struct record *record,
                       const uint8_t stored[STORE_HASH], const struct hashed *hashed)
{
    struct item *item = &batch->items[batch->count++];
    size_t event = strlen(record->event) + 1, role = strlen(record->role) + 1;
    *item = (struct item){.at = batch->used, .length = length, .hashed = *hashed};
    memcpy(item->stored, stored, STORE_HASH);
    memcpy(batch->bytes + item->at + length, record->event, event);
    memcpy(batch->bytes + item->at + length + event, record->role, role);
    batch->used += length + event + role;
}

int hasher_add(struct hasher *hasher, const struct record *record, int64_t place,
               struct error *error)
{
    struct hashed hashed = {
        .place = place, .case_id = record->case_id, .seq = record->seq, .n = record->n};
    size_t names = strlen(record->event) + strlen(record->role) + 2;
    struct batch *batch = make_room(hasher, store_frame_most(record) + names, error);
    if (!batch) {
        return -1;
    }
    close_item(batch, store_frame(record, batch->bytes + batch->used), record, record->hash,
               &hashed);
    if (!record->body) {
        return 0;
    }
    hashed.body = true;
    batch = make_room(hasher, record->body_length + names, error);
    if (!batch) {
        return -1;
    }
    memcpy(batch->bytes + batch->used, record->body, record->body_length);
    close_item(batch, record->body_length, record, record->body_hash, &hashed);
    return 0;
}
