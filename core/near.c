/* near.c: edit distance with swaps, over short words. */
#include "core/near.h"

#include <string.h>

enum { WORD_MOST = 40 };

struct near_word near_begin(const char *word, size_t length)
{
    return (struct near_word){word, length, NULL, length / 3 + 1};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The distance of A and B; both shorter than WORD_MOST. */
static size_t distance_of(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][WORD_MOST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_length; j++) {
        last[j] = j;
        before[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = least(now[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b_length];
}

void near_offer(struct near_word *near_word, const char *candidate)
{
    size_t length = strlen(candidate);
    if (length >= WORD_MOST || near_word->length >= WORD_MOST || near_word->length == 0) {
        return;
    }
    size_t mine = near_word->length, apart = length > mine ? length - mine : mine - length;
    if (apart > near_word->distance || (near_word->best && apart == near_word->distance)) {
        return; /* at least so many letters are more or missing */
    }
    size_t distance = distance_of(near_word->word, near_word->length, candidate, length);
    if (distance < near_word->distance || (!near_word->best && distance == near_word->distance)) {
        if (distance <= near_word->length / 3 + (near_word->length > 2)) {
            near_word->best = candidate;
            near_word->distance = distance;
        }
    }
}

void near_offer_passing(struct near_word *near_word, const char *candidate, struct arena *arena)
{
    const char *before = near_word->best;
    near_offer(near_word, candidate);
    if (near_word->best != before) {
        near_word->best = arena_text(arena, candidate, strlen(candidate));
    }
}
