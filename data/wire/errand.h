/*
 * errand.h: something that takes long, done elsewhere: by a child of this process, or by a server.
 * Whoever sends it hears how far it is and what came of it, and may recall it.
 *
 * It goes over a stream of frames: the request there, FRAME_PROGRESS and in the end FRAME_REPLY or
 * FRAME_FAILURE back. A child is this program again (/proc/self/exe, not a fork: the store may be
 * open here), whose main() gave its arguments to errand_child(). Nothing here waits, but where it
 * says so.
 */
#ifndef YUNTAI_DATA_WIRE_ERRAND_H
#define YUNTAI_DATA_WIRE_ERRAND_H

#include "data/desk/counter.h"
#include "data/wire/client.h"
#include "data/wire/frame.h"

struct errand;

/* To a child, for the desk in WORKSPACE. REQUEST is as counter_permit() made it. -1 with ERROR. */
int errand_send(const char *workspace, const struct parcel *request, struct errand **out,
                struct error *error);
/* To the server at which CLIENT is, over a connection of its own; waits for its hello. */
int errand_ask(const struct client *client, const struct parcel *request, struct errand **out,
               struct error *error);

/* For poll(): where it is heard from, and what to watch for. */
int errand_descriptor(const struct errand *errand);
short errand_events(const struct errand *errand);

enum errand_news {
    ERRAND_SILENT, /* nothing new */
    ERRAND_SAYS,   /* FRAME: progress, or in the end a reply or a failure */
    ERRAND_LOST    /* it ended without a word; ERROR */
};
/* What it says next. FRAME lives until the next call. After its last word it is lost when it ended.
 */
enum errand_news errand_hear(struct errand *errand, struct frame *frame, struct error *error);
/* It is to give up: its last word is then ERROR_INTERRUPTED, unless it was done already. */
void errand_recall(struct errand *errand);
/* Ends it at once, whatever is half done. */
void errand_kill(struct errand *errand);
/* Forgets it; one that is not done is recalled, and waited for a second at most. */
void errand_free(struct errand *errand);

/* ARGV is that of a child sent on an errand, which is then done: true with the exit *STATUS. */
bool errand_child(int argc, char **argv, int *status);
#define ERRAND_ARGUMENT "--errand" /* then the workspace */

#endif
