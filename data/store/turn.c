/* turn.c: numbers drawn from a file, and a lock for each of them. */
#define _GNU_SOURCE /* locks that belong to the open file */
#include "data/store/turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "data/monotonic.h"

/* Bytes of the file: the last number drawn, which who draws one locks; the turn itself; and far
 * behind, where nothing is ever written, one byte a number. */
enum { LAST = 0, TURN = 8, NUMBERS = 4096, PAUSE_US = 300 };
#define NUMBER_MOST (INT64_MAX / 2)

static bool set(const struct turn_queue *queue, short type, int64_t at)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)at, .l_len = 1};
    return fcntl(queue->file, F_OFD_SETLK, &lock) == 0;
}

static bool taken(const struct turn_queue *queue, int64_t at)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)at, .l_len = 1};
    return fcntl(queue->file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/* Locks AT, which another may have for a moment. */
static enum turn wait_for(const struct turn_queue *queue, int64_t at, int64_t until)
{
    while (!set(queue, F_WRLCK, at)) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR) {
            return TURN_FAILED;
        }
        if (monotonic_ms() >= until) {
            return TURN_BUSY;
        }
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_US * 1000}, NULL);
    }
    return TURN_TAKEN;
}

/* Where no number can be drawn, the disk being full, the turn goes to who asks first. */
static enum turn draw(struct turn_queue *queue, int64_t until)
{
    int64_t last = 0;
    enum turn turn = wait_for(queue, LAST, until);
    if (turn != TURN_TAKEN) {
        return turn;
    }
    bool read = pread(queue->file, &last, sizeof last, LAST) >= 0;
    int64_t mine = last < 0 || last > NUMBER_MOST ? 1 : last + 1;
    if (read && set(queue, F_WRLCK, NUMBERS + mine)) {
        queue->number = mine;
        if (pwrite(queue->file, &mine, sizeof mine, LAST) != (ssize_t)sizeof mine) {
            turn_leave(queue);
        }
    }
    set(queue, F_UNLCK, LAST);
    return TURN_TAKEN;
}

enum turn turn_take(struct turn_queue *queue, int ms)
{
    int64_t until = monotonic_ms() + ms;
    enum turn turn = draw(queue, until);
    while (queue->number > 1 && taken(queue, NUMBERS + queue->number - 1) &&
           monotonic_ms() < until) {
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_US * 1000}, NULL);
    }
    turn = turn == TURN_TAKEN ? wait_for(queue, TURN, until) : turn;
    if (turn != TURN_TAKEN) {
        int number = errno;
        turn_leave(queue);
        errno = number;
    }
    return turn;
}

void turn_leave(struct turn_queue *queue)
{
    set(queue, F_UNLCK, TURN);
    if (queue->number > 0) {
        set(queue, F_UNLCK, NUMBERS + queue->number);
        queue->number = 0;
    }
}
