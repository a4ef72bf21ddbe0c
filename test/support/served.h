/*
 * served.h: a server in a child process, and clients that need not behave. What goes wrong is a
 * failed assertion of cmocka. Nothing waits longer than ten seconds.
 */
#ifndef YUNTAI_TEST_SUPPORT_SERVED_H
#define YUNTAI_TEST_SUPPORT_SERVED_H

#include <sys/types.h>

#include "data/wire/client.h"
#include "data/wire/frame.h"
#include "data/wire/serve.h"

struct served {
    struct text directory, path; /* of the workspace, of its socket */
    struct serve_options options;
    pid_t pid; /* 0: none runs */
};

/* An empty workspace; no server yet. */
void served_make(struct served *served);
/* Starts the server, and returns when it listens. */
void served_start(struct served *served);
/* Sends SIGNAL and waits for the end: its exit status, 128 + the signal that killed it. */
int served_end(struct served *served, int signal);
/* Stops the server where it is, and lets it go on. */
void served_hold(const struct served *served);
void served_go_on(const struct served *served);
/* Ends what runs, removes the workspace. */
void served_free(struct served *served);

/* A client that said hello. */
struct client *served_client(const struct served *served);
/* Lines of the server's log that are LINE. */
int served_lines(const struct served *served, const char *line);
/* ERROR is CODE and speaks of WHAT; it is none afterwards. */
void served_error(struct error *error, enum error_code code, const char *what);

struct raw { /* a connection that sends what it likes */
    int fd;
    struct frame_reader reader;
};
void raw_open(struct raw *raw, const struct served *served);
/* The same, with hello said and heard. */
void raw_greet(struct raw *raw, const struct served *served);
void raw_close(struct raw *raw);
void raw_send(const struct raw *raw, const char *bytes, size_t length);
void raw_ask(const struct raw *raw, const char *verb);
/* The next frame; false where the server closed. */
bool raw_frame(struct raw *raw, struct frame *frame);
/* The number NAME in the next reply. */
int64_t raw_number(struct raw *raw, const char *name);

/* Asks VERB through CLIENT: the number NAME of the reply; -1 with ERROR. */
int64_t ask_number(struct client *client, const char *verb, const char *name, struct error *error);

#endif
