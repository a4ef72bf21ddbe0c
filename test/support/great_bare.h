/*
 * great_bare.h: the rows of one act written by nothing but SQLite's C API, with the settings that
 * the store has: what no desk could do without.
 */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_BARE_H
#define YUNTAI_TEST_SUPPORT_GREAT_BARE_H

#include <stdbool.h>
#include <stdint.h>

struct bare;

/* A connection to the desk.db in DIRECTORY. NULL where it cannot be. DURABLE: as the store; else
 * with synchronous=OFF. */
struct bare *bare_open(const char *directory, bool durable);
void bare_close(struct bare *bare);
struct bare_places { /* where a case stands in indexes that an act moves it in, or not */
    int64_t sort_at, wake_at;
};
bool bare_look(struct bare *bare, int64_t id, struct bare_places *out);
/* Learns the rows that the last act of case MODEL wrote, which stood as BEFORE says until then, to
 * be written for case ID: its act, its row of the queue, the clocks in which it differs, tallies
 * and reserves. What did not move is not written. False on failure. */
bool bare_learn(struct bare *bare, int64_t model, const struct bare_places *before, int64_t id);
/* Writes them, in one transaction. How many rows; -1 on failure. */
int bare_write(struct bare *bare);

#endif
