/*
 * sm3.h: SM3 (GM/T 0004) of very many short messages at once, a lane of the processor's vectors
 * for each. Only for going through what is on record: what is written is hashed by OpenSSL
 * (digest.h), and what differs here is asked there again.
 */
#ifndef YUNTAI_DATA_SM3_H
#define YUNTAI_DATA_SM3_H

#include <stddef.h>
#include <stdint.h>

enum { SM3_BYTES = 32, SM3_BLOCK = 64 };

struct sm3_message {
    const uint8_t *blocks; /* COUNT of them, padded */
    size_t count;
    uint8_t hash[SM3_BYTES]; /* is put there */
};

/* Blocks that a message of LENGTH bytes takes. */
size_t sm3_blocks(size_t length);
/* Puts the padding behind the LENGTH bytes of MESSAGE, which has room for all its blocks. */
void sm3_pad(uint8_t *message, size_t length);
void sm3_many(struct sm3_message *messages, size_t count);

#endif
