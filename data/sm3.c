/* sm3.c: SM3 in lanes. The compiler makes of a vector what the processor has. */
#include "data/sm3.h"

#include <string.h>

enum { LANES = 16, WORDS = SM3_BLOCK / 4, STATE = 8, LENGTH_BYTES = 8, IDLE = -1 };

/* One word of each lane; a sanitizer's stack has no place for wider alignment. */
typedef uint32_t vector __attribute__((vector_size(4 * LANES), aligned(16)));

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define SPREAD_0(x) ((x) ^ ROTATE(x, 9) ^ ROTATE(x, 17))
#define SPREAD_1(x) ((x) ^ ROTATE(x, 15) ^ ROTATE(x, 23))
#define EITHER(x, y, z) ((x) ^ (y) ^ (z))
#define MAJORITY(x, y, z) (((x) & (y)) | (((x) | (y)) & (z)))
#define CHOICE(x, y, z) ((((y) ^ (z)) & (x)) ^ (z))

/* One round; the eight words change their names instead of their places. */
#define ROUND(a, b, c, d, e, f, g, h, j, constant, FIRST, SECOND)                                  \
    do {                                                                                           \
        vector turned = ROTATE(a, 12), sum = turned + (e) + (constant), one = ROTATE(sum, 7);      \
        (d) += FIRST(a, b, c) + (one ^ turned) + (w[j] ^ w[(j) + 4]);                              \
        (h) += SECOND(e, f, g) + one + w[j];                                                       \
        (b) = ROTATE(b, 9);                                                                        \
        (f) = ROTATE(f, 19);                                                                       \
        (h) = SPREAD_0(h);                                                                         \
    } while (0)
#define FOUR_ROUNDS(j, FIRST, SECOND)                                                              \
    do {                                                                                           \
        ROUND(a, b, c, d, e, f, g, h, j, constants[j], FIRST, SECOND);                             \
        ROUND(d, a, b, c, h, e, f, g, (j) + 1, constants[(j) + 1], FIRST, SECOND);                 \
        ROUND(c, d, a, b, g, h, e, f, (j) + 2, constants[(j) + 2], FIRST, SECOND);                 \
        ROUND(b, c, d, a, f, g, h, e, (j) + 3, constants[(j) + 3], FIRST, SECOND);                 \
    } while (0)

/* The standard's T, turned by the number of the round. */
#define EARLY(j) ROTATE(UINT32_C(0x79cc4519), j)
#define LATE(j) ROTATE(UINT32_C(0x7a879d8a), j)
#define LATE_8(j)                                                                                  \
    LATE(j), LATE((j) + 1), LATE((j) + 2), LATE((j) + 3), LATE((j) + 4), LATE((j) + 5),            \
        LATE((j) + 6), LATE((j) + 7)
static const uint32_t constants[] = {UINT32_C(0x79cc4519),
                                     EARLY(1),
                                     EARLY(2),
                                     EARLY(3),
                                     EARLY(4),
                                     EARLY(5),
                                     EARLY(6),
                                     EARLY(7),
                                     EARLY(8),
                                     EARLY(9),
                                     EARLY(10),
                                     EARLY(11),
                                     EARLY(12),
                                     EARLY(13),
                                     EARLY(14),
                                     EARLY(15),
                                     LATE_8(16),
                                     LATE(24),
                                     LATE(25),
                                     LATE(26),
                                     LATE(27),
                                     LATE(28),
                                     LATE(29),
                                     LATE(30),
                                     LATE(31),
                                     UINT32_C(0x7a879d8a),
                                     LATE(1),
                                     LATE(2),
                                     LATE(3),
                                     LATE(4),
                                     LATE(5),
                                     LATE(6),
                                     LATE(7),
                                     LATE_8(8),
                                     LATE_8(16),
                                     LATE(24),
                                     LATE(25),
                                     LATE(26),
                                     LATE(27),
                                     LATE(28),
                                     LATE(29),
                                     LATE(30),
                                     LATE(31)};

static const uint32_t begins[STATE] = {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
                                       0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};

struct lanes {
    vector state[STATE];
    const uint8_t *at[LANES]; /* the block that is next */
};

static inline uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Takes one block of each lane in. */
static inline __attribute__((always_inline)) void compress(struct lanes *lanes)
{
    vector w[68], *s = lanes->state;
    for (int lane = 0; lane < LANES; lane++) {
        const uint8_t *block = lanes->at[lane];
        for (int i = 0; i < WORDS; i++) {
            w[i][lane] = big_endian(block + 4 * i);
        }
    }
    for (int i = WORDS; i < 68; i++) {
        vector mixed = w[i - 16] ^ w[i - 9] ^ ROTATE(w[i - 3], 15);
        w[i] = SPREAD_1(mixed) ^ ROTATE(w[i - 13], 7) ^ w[i - 6];
    }
    vector a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (int j = 0; j < 16; j += 4) {
        FOUR_ROUNDS(j, EITHER, EITHER);
    }
    for (int j = 16; j < 64; j += 4) {
        FOUR_ROUNDS(j, MAJORITY, CHOICE);
    }
    s[0] ^= a;
    s[1] ^= b;
    s[2] ^= c;
    s[3] ^= d;
    s[4] ^= e;
    s[5] ^= f;
    s[6] ^= g;
    s[7] ^= h;
}

static void compress_plain(struct lanes *lanes)
{
    compress(lanes);
}

#ifdef __x86_64__
__attribute__((target("avx512f"))) static void compress_avx512(struct lanes *lanes)
{
    compress(lanes);
}
#endif

typedef void compressing(struct lanes *lanes);

static compressing *best(void)
{
#ifdef __x86_64__
    return __builtin_cpu_supports("avx512f") ? compress_avx512 : compress_plain;
#else
    return compress_plain;
#endif
}

size_t sm3_blocks(size_t length)
{
    return (length + 1 + LENGTH_BYTES + SM3_BLOCK - 1) / SM3_BLOCK;
}

void sm3_pad(uint8_t *message, size_t length)
{
    size_t end = sm3_blocks(length) * SM3_BLOCK;
    memset(message + length, 0, end - length);
    message[length] = 0x80;
    uint64_t bits = (uint64_t)length * 8;
    for (int i = 1; i <= LENGTH_BYTES; i++, bits >>= 8) {
        message[end - (size_t)i] = (uint8_t)bits;
    }
}

static void take_hash(const struct lanes *lanes, int lane, uint8_t out[SM3_BYTES])
{
    for (int i = 0; i < STATE; i++) {
        uint32_t word = lanes->state[i][lane];
        out[4 * i] = (uint8_t)(word >> 24);
        out[4 * i + 1] = (uint8_t)(word >> 16);
        out[4 * i + 2] = (uint8_t)(word >> 8);
        out[4 * i + 3] = (uint8_t)word;
    }
}

/* Each lane takes the next message as soon as it is done with one. */
void sm3_many(struct sm3_message *messages, size_t count)
{
    static const uint8_t idle[SM3_BLOCK];
    compressing *go = best();
    struct lanes lanes;
    struct sm3_message *of[LANES] = {NULL};
    size_t left[LANES] = {0}, next = 0, undone = count;
    for (int lane = 0; lane < LANES; lane++) {
        lanes.at[lane] = idle;
    }
    while (undone > 0) {
        for (int lane = 0; lane < LANES; lane++) {
            if (!of[lane] && next < count) {
                of[lane] = &messages[next++];
                left[lane] = of[lane]->count;
                lanes.at[lane] = of[lane]->blocks;
                for (int i = 0; i < STATE; i++) {
                    lanes.state[i][lane] = begins[i];
                }
            }
        }
        go(&lanes);
        for (int lane = 0; lane < LANES; lane++) {
            lanes.at[lane] += of[lane] ? SM3_BLOCK : 0;
            if (of[lane] && --left[lane] == 0) {
                take_hash(&lanes, lane, of[lane]->hash);
                of[lane] = NULL;
                lanes.at[lane] = idle;
                undone--;
            }
        }
    }
}
