/*
 * socket.h: a local socket: where a server listens, who is at the other end. Linux.
 */
#ifndef YUNTAI_DATA_WIRE_SOCKET_H
#define YUNTAI_DATA_WIRE_SOCKET_H

#include <sys/types.h>

#include "data/error.h"

struct listening {
    int fd;       /* nonblocking; -1 none */
    bool handed;  /* by the service manager: not ours to remove */
    dev_t device; /* what was made at the path, to know it again */
    ino_t inode;
};

/*
 * The socket handed over by the service manager (LISTEN_FDS=1, LISTEN_PID is this process), else a
 * new one at PATH, mode 0666. Its directory must be there, and belong to this account unless that
 * is root: else nobody would trust it. What is at PATH is removed only where it is a socket at
 * which nobody listens. Ask before the environment is rebuilt.
 */
int socket_listen(const char *path, struct listening *out, struct error *error);
/* Closes it, and removes it where it is still what socket_listen() made at PATH. */
void socket_close(const char *path, struct listening *listening);
/* Somebody listens at PATH. */
bool socket_answers(const char *path);
/* A stream to the server at PATH, whose account must be root or the owner of the directory; waits
 * at most SECONDS for room in its queue. Nonblocking. -1 with ERROR. */
int socket_connect(const char *path, int seconds, struct error *error);
/* The account at the other end; false where it cannot be told. */
bool socket_peer(int fd, uint32_t *uid, int64_t *pid);
/* Close-on-exec and nonblocking. */
bool socket_prepare(int fd);

#endif
