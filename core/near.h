/*
 * near.h: "did you mean …?": the candidate nearest to a word that is none.
 */
#ifndef YUNTAI_CORE_NEAR_H
#define YUNTAI_CORE_NEAR_H

#include <stddef.h>

#include "core/arena.h"

struct near_word {
    const char *word;
    size_t length;
    const char *best; /* NULL while none is near enough to be meant */
    size_t distance;
};

struct near_word near_begin(const char *word, size_t length);
/* Weighs one candidate: letters left out, put in, mistaken or swapped; a third of the word at most.
 */
void near_offer(struct near_word *near_word, const char *candidate);
/* The same of one that does not stay: ARENA keeps it where it is the nearest so far. */
void near_offer_passing(struct near_word *near_word, const char *candidate, struct arena *arena);

#endif
