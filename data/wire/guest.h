/*
 * guest.h: one client at the server: what it sends, what goes to it, how long it may take.
 *
 * Nothing here waits. Times are milliseconds of the clock that never jumps.
 */
#ifndef YUNTAI_DATA_WIRE_GUEST_H
#define YUNTAI_DATA_WIRE_GUEST_H

#include "data/wire/frame.h"

struct errand;

struct guest {
    int fd; /* -1: gone */
    uint32_t uid;
    int64_t pid; /* of whoever connected */
    struct frame_reader reader;
    struct frame_writer writer;
    int64_t heard; /* when its last whole frame was taken */
    int64_t began; /* when the frame at hand was begun; 0 none is */
    int64_t moved; /* when something of what waits for it last went out; 0 nothing waits */
    bool greeted;  /* it said hello */
    bool watches;  /* it wants to know of changes */
    bool leaving;  /* gone when all that waits is sent */
    int64_t seen;  /* place of the chain it was told of */
    const struct errand *errand; /* done for it elsewhere: it waits for that; NULL */
};

struct guest_limits {
    int64_t idle, slow; /* milliseconds */
};

/* A guest for FD, which is its own from now on; NULL where memory is short (FD is closed). */
struct guest *guest_new(int fd, uint32_t uid, int64_t pid, int64_t now);
void guest_free(struct guest *guest);
/* Closes the connection; the guest stays until it is freed. */
void guest_drop(struct guest *guest);

/* Reads what is there, up to a whole frame. False where the other end is gone, or memory is. */
bool guest_read(struct guest *guest, int64_t now);
/* Sends what goes without waiting. False where the other end is gone. */
bool guest_write(struct guest *guest, int64_t now);
/* It has a request that may be answered now: nothing much waits to be sent to it, and it waits for
 * nothing, unless that is what it gives up. */
bool guest_ready(const struct guest *guest);
/* Takes its next frame. */
bool guest_take(struct guest *guest, struct frame *frame, int64_t now);
/* What poll() is to watch for. */
short guest_events(const struct guest *guest);

/* Puts a reply, or where STATUS is not 0 the failure ERROR. What is too large for a frame becomes a
 * failure that says so. False where it cannot be put at all: the guest is to be dropped. */
bool guest_reply(struct guest *guest, int status, struct parcel *reply, const struct error *error);

enum guest_fate { GUEST_STAYS, GUEST_SLOW, GUEST_IDLE };
/* What its time has come for, and until when it has none (*UNTIL is lowered to that). */
enum guest_fate guest_fate(const struct guest *guest, const struct guest_limits *limits,
                           int64_t now, int64_t *until);

#endif
