/*
 * turn.h: the queue of those who want to write, over one file that all of them open.
 *
 * Who comes draws a number and waits until the one before is gone; who dies leaves the queue, for
 * his locks die with him. So nobody starves, which both SQLite's own waiting and a bare flock()
 * let happen.
 */
#ifndef YUNTAI_DATA_STORE_TURN_H
#define YUNTAI_DATA_STORE_TURN_H

#include <stdint.h>

enum turn { TURN_TAKEN, TURN_BUSY, TURN_FAILED }; /* FAILED: errno says why */

struct turn_queue {
    int file;       /* open for reading and writing; -1 none */
    int64_t number; /* ours, while we wait or have our turn; 0 none */
};

/* Waits at most MS milliseconds for the turn. */
enum turn turn_take(struct turn_queue *queue, int ms);
void turn_leave(struct turn_queue *queue);

#endif
