/* sm3_many.c: SM3 (GM/T 0004) over sixteen lanes. A lane takes the next text as soon as it is
 * through with its own, so that texts of different lengths leave none of them idle but at the end.
 */
#include "data/sm3_many.h"

#include <stdbool.h>
#include <string.h>

enum { LANES = 16, BLOCK = 64, BLOCK_WORDS = 16, STATE = 8, ROUNDS = 64 };

/* As many lanes as a register holds. Where gcc looks for misuse of the stack it aligns nothing on
 * it to more than 32. */
typedef uint32_t all_lanes __attribute__((vector_size(4 * LANES), aligned(32)));
typedef uint32_t half_lanes __attribute__((vector_size(2 * LANES)));

struct lane {
    struct sm3_text *text;      /* NULL: idle */
    const uint8_t *at, *at_end; /* the next block of the text; of its end */
    size_t whole, ending;       /* blocks that are left of each */
    uint8_t end[2 * BLOCK];     /* what follows the last whole block, and the length in bits */
};
struct lanes {
    uint32_t state[STATE][LANES], words[BLOCK_WORDS][LANES];
    struct lane lane[LANES];
};

/* ---- one block of each lane ---- */

#define TURN(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define MIX_BLOCK(x) ((x) ^ TURN(x, 15) ^ TURN(x, 23))
#define EITHER(x, y, z) ((x) ^ (y) ^ (z))
#define MOST(x, y, z) (((x) & (y)) | (((x) | (y)) & (z)))
#define CHOICE(x, y, z) ((((y) ^ (z)) & (x)) ^ (z))

/* The eight of the state stay where they are; who calls turns their names. */
#define ROUND(a, b, c, d, e, f, g, h, first, second, j)                                            \
    do {                                                                                           \
        __typeof__(a) turned = TURN(a, 12), sum = turned + e + constant[j];                        \
        sum = TURN(sum, 7);                                                                        \
        d = first(a, b, c) + d + (sum ^ turned) + (w[j] ^ w[(j) + 4]);                             \
        h = second(e, f, g) + h + sum + w[j];                                                      \
        b = TURN(b, 9);                                                                            \
        f = TURN(f, 19);                                                                           \
        h = h ^ TURN(h, 9) ^ TURN(h, 17);                                                          \
    } while (0)
#define FOUR_ROUNDS(first, second, j)                                                              \
    do {                                                                                           \
        ROUND(a, b, c, d, e, f, g, h, first, second, j);                                           \
        ROUND(d, a, b, c, h, e, f, g, first, second, (j) + 1);                                     \
        ROUND(c, d, a, b, g, h, e, f, first, second, (j) + 2);                                     \
        ROUND(b, c, d, a, f, g, h, e, first, second, (j) + 3);                                     \
    } while (0)

/* T of the standard, turned by the number of the round. */
static const uint32_t constant[ROUNDS] = {
    0x79cc4519, 0xf3988a32, 0xe7311465, 0xce6228cb, 0x9cc45197, 0x3988a32f, 0x7311465e, 0xe6228cbc,
    0xcc451979, 0x988a32f3, 0x311465e7, 0x6228cbce, 0xc451979c, 0x88a32f39, 0x11465e73, 0x228cbce6,
    0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
    0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
    0x7a879d8a, 0xf50f3b14, 0xea1e7629, 0xd43cec53, 0xa879d8a7, 0x50f3b14f, 0xa1e7629e, 0x43cec53d,
    0x879d8a7a, 0x0f3b14f5, 0x1e7629ea, 0x3cec53d4, 0x79d8a7a8, 0xf3b14f50, 0xe7629ea1, 0xcec53d43,
    0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
    0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
};

/* The block of each of the lanes that a WIDE holds, from FROM on. */
#define COMPRESS(wide, lanes, from)                                                                \
    do {                                                                                           \
        wide w[ROUNDS + 4], s[STATE];                                                              \
        for (int j = 0; j < BLOCK_WORDS; j++) {                                                    \
            memcpy(&w[j], &(lanes)->words[j][from], sizeof w[j]);                                  \
        }                                                                                          \
        for (int i = 0; i < STATE; i++) {                                                          \
            memcpy(&s[i], &(lanes)->state[i][from], sizeof s[i]);                                  \
        }                                                                                          \
        for (int j = BLOCK_WORDS; j < ROUNDS + 4; j++) {                                           \
            wide mixed = w[j - 16] ^ w[j - 9] ^ TURN(w[j - 3], 15);                                \
            w[j] = MIX_BLOCK(mixed) ^ TURN(w[j - 13], 7) ^ w[j - 6];                               \
        }                                                                                          \
        wide a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];       \
        for (int j = 0; j < 16; j += 4) {                                                          \
            FOUR_ROUNDS(EITHER, EITHER, j);                                                        \
        }                                                                                          \
        for (int j = 16; j < ROUNDS; j += 4) {                                                     \
            FOUR_ROUNDS(MOST, CHOICE, j);                                                          \
        }                                                                                          \
        wide after[STATE] = {a, b, c, d, e, f, g, h};                                              \
        for (int i = 0; i < STATE; i++) {                                                          \
            s[i] ^= after[i];                                                                      \
            memcpy(&(lanes)->state[i][from], &s[i], sizeof s[i]);                                  \
        }                                                                                          \
    } while (0)

static inline __attribute__((always_inline)) void compress_halves(struct lanes *lanes)
{
    for (int from = 0; from < LANES; from += LANES / 2) {
        COMPRESS(half_lanes, lanes, from);
    }
}

static void compress_anywhere(struct lanes *lanes)
{
    compress_halves(lanes);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void compress_avx2(struct lanes *lanes)
{
    compress_halves(lanes);
}

/* It turns words in one step, and holds all of them. */
__attribute__((target("avx512f"))) static void compress_avx512(struct lanes *lanes)
{
    COMPRESS(all_lanes, lanes, 0);
}

static void (*fastest(void))(struct lanes *lanes)
{
    return __builtin_cpu_supports("avx512f") ? compress_avx512
           : __builtin_cpu_supports("avx2")  ? compress_avx2
                                             : compress_anywhere;
}
#else
static void (*fastest(void))(struct lanes *lanes)
{
    return compress_anywhere;
}
#endif

/* ---- texts ---- */

static uint32_t word_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void begin(struct lanes *lanes, int at, struct sm3_text *text)
{
    static const uint32_t initial[STATE] = {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
                                            0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};
    struct lane *lane = &lanes->lane[at];
    size_t rest = text->length % BLOCK;
    uint64_t bits = (uint64_t)text->length * 8;
    *lane = (struct lane){.text = text, .at = text->bytes, .whole = text->length / BLOCK};
    lane->at_end = lane->end;
    lane->ending = rest + 1 + sizeof bits <= BLOCK ? 1 : 2;
    if (rest > 0) {
        memcpy(lane->end, text->bytes + text->length - rest, rest);
    }
    lane->end[rest] = 0x80;
    for (size_t i = 0; i < sizeof bits; i++) {
        lane->end[lane->ending * BLOCK - 1 - i] = (uint8_t)(bits >> (8 * i));
    }
    for (int i = 0; i < STATE; i++) {
        lanes->state[i][at] = initial[i];
    }
}

/* The next block of each lane; what stands in an idle one does not matter. */
static void feed(struct lanes *lanes)
{
    for (int at = 0; at < LANES; at++) {
        const struct lane *lane = &lanes->lane[at];
        const uint8_t *block = lane->whole > 0 ? lane->at : lane->at_end;
        for (int i = 0; i < BLOCK_WORDS && lane->text; i++) {
            lanes->words[i][at] = word_at(block + 4 * i);
        }
    }
}

/* False where the lane is through with its text. */
static bool go_on(struct lane *lane)
{
    if (lane->whole > 0) {
        lane->whole--;
        lane->at += BLOCK;
        return true;
    }
    lane->at_end += BLOCK;
    return --lane->ending > 0;
}

static void finish(struct lanes *lanes, int at)
{
    uint8_t *out = lanes->lane[at].text->digest;
    for (int i = 0; i < STATE; i++) {
        for (int k = 0; k < 4; k++) {
            *out++ = (uint8_t)(lanes->state[i][at] >> (24 - 8 * k));
        }
    }
    lanes->lane[at].text = NULL;
}

void sm3_many(struct sm3_text *texts, size_t count)
{
    void (*const compress_all)(struct lanes * lanes) = fastest();
    struct lanes lanes = {0};
    size_t next = 0, busy = 0;
    for (int at = 0; at < LANES && next < count; at++, busy++) {
        begin(&lanes, at, &texts[next++]);
    }
    while (busy > 0) {
        feed(&lanes);
        compress_all(&lanes);
        for (int at = 0; at < LANES; at++) {
            if (!lanes.lane[at].text || go_on(&lanes.lane[at])) {
                continue;
            }
            finish(&lanes, at);
            if (next < count) {
                begin(&lanes, at, &texts[next++]);
            } else {
                busy--;
            }
        }
    }
}
