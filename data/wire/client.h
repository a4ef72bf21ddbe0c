/*
 * client.h: the desk behind a socket: one server, one request at a time.
 *
 * A connection that was lost is told once, with what became of the request; the next call makes a
 * new one. One that the server closed because nothing was asked for long is made again in silence.
 */
#ifndef YUNTAI_DATA_WIRE_CLIENT_H
#define YUNTAI_DATA_WIRE_CLIENT_H

#include "data/error.h"
#include "data/parcel.h"

enum { CLIENT_SECONDS = 60 }; /* for an answer, unless told otherwise */

struct client;

/* Somebody listens at PATH; not whether he can be trusted. */
bool client_answers(const char *path);
/* Connects, makes sure that the server's account is root or owns the socket's directory, and that
 * it speaks this wire. -1 with ERROR. */
int client_open(const char *path, struct client **out, struct error *error);
void client_close(struct client *client);
/* Another connection to the same server, which said hello: a stream of its own. -1 with ERROR. */
int client_connect(const struct client *client, struct error *error);
/* How long an answer may take from now on, or what takes long may say nothing. */
void client_limit(struct client *client, int seconds);

/* From now on a call is given up (ERROR_INTERRUPTED) as soon as there is something to read from
 * DESCRIPTOR; -1: none. Not for requests that write: what becomes of them has to be known. */
void client_heed(struct client *client, int descriptor);

/*
 * Sends REQUEST and waits for its reply. 0 with REPLY, -1 with ERROR (and what it speaks of in
 * REPLY), as counter_answer(). A server that is gone or silent is ERROR_ENVIRONMENT; the sentence
 * says whether the request may have been done. REPLY is empty before.
 */
int client_call(struct client *client, const struct parcel *request, struct parcel *reply,
                struct error *error);

/* Readable when something changed, or the server is gone; -1 where there is no connection. Ask
 * again after each call below and above: it may be another. */
int client_descriptor(const struct client *client);
/* Takes what came without waiting: the place of the chain up to which things changed, 0 where
 * nothing new was told. */
int64_t client_changed(struct client *client);

#endif
