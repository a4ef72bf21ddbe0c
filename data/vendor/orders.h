/* clang-format off */
/*
 * orders.h: what yuntai-net is told to do, and all it is told.
 *
 * Frames (data/wire/frame.h) on its standard input: a hello; then requests, which are parcels:
 *
 *     order=known kind=KIND raws=…   digests of what the desk has of KIND, SEEN_RAW bytes each, in
 *                                    their order, over as many frames as it takes
 *     order=fetch vendor=NAME        the last one: the run begins
 *       set.KEY=VALUE …              what the section [vendor.NAME] says
 *       mark=…                       an increment since then; without it everything
 *       month=YYYY-MM                whose use is asked for; without it the month before this one
 *
 * A cancel later gives the run up. No secret is among them: settings name the file or the command
 * that has it.
 */
/* clang-format on */
#ifndef YUNTAI_DATA_VENDOR_ORDERS_H
#define YUNTAI_DATA_VENDOR_ORDERS_H

#include "data/vendor/raws.h"
#include "data/vendor/reading.h"
#include "data/vendor/settings.h"
#include "data/wire/frame.h"

enum { ORDERS_RAWS_MOST = 60000 }; /* of a frame */

struct orders {                  /* zeroed is none yet */
    char *vendor, *mark, *month; /* MARK "": everything */
    struct settings settings;
    struct raws known[KINDS];
};

/* Takes a frame. 1: the orders are whole; 0: more are to come; -1 with ERROR. */
int orders_take(struct orders *orders, const struct frame *frame, struct error *error);
/* Reads them from descriptor FD, which blocks. READER keeps what came behind them. */
int orders_read(struct orders *orders, int fd, struct frame_reader *reader, struct error *error);
void orders_free(struct orders *orders);

#endif
