/*
 * serve.h: the desk for many: one process owns the workspace and answers on a local socket.
 *
 * Who asks is the account at the other end, nothing else. The requests that are ready at once share
 * one commit and are answered after it. Nothing a client sends makes the server open a path.
 */
#ifndef YUNTAI_DATA_WIRE_SERVE_H
#define YUNTAI_DATA_WIRE_SERVE_H

#include "data/error.h"

struct serve_options {
    const char *workspace;
    const char *path; /* of the socket; NULL or "": desk.sock in the workspace */
    int64_t clients;  /* at once; 0: 200 */
    int64_t idle;     /* seconds without a request, unless it watches for changes; 0: 3600 */
    int64_t slow;     /* seconds for a request to arrive, a reply to be taken; 0: 30 */
};

/*
 * Serves until SIGTERM, SIGINT or SIGHUP: then finishes what it has begun, removes the socket and
 * returns 0. -1 with ERROR where it cannot begin, or cannot wait. The process is another one
 * afterwards (see confine.h): its umask, environment and limits are the server's.
 */
int serve_run(const struct serve_options *options, struct error *error);

#endif
