/* socket.c: local sockets, and whom to trust behind them. */
#define _GNU_SOURCE /* SO_PEERCRED, struct ucred */

#include "data/wire/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { HANDED_FD = 3, BACKLOG = 128, SOCKET_MODE = 0666 };

bool socket_prepare(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

bool socket_peer(int fd, uint32_t *uid, int64_t *pid)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || size != sizeof peer) {
        return false;
    }
    *uid = (uint32_t)peer.uid;
    *pid = peer.pid;
    return true;
}

static int set_address(const char *path, struct sockaddr_un *address, struct error *error)
{
    size_t length = strlen(path);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (length == 0 || length >= sizeof address->sun_path) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("“%1” cannot be a socket: its path has more than 107 bytes, or none"),
                         path, NULL);
    }
    memcpy(address->sun_path, path, length);
    return 0;
}

/* A new stream to ADDRESS; -1 with errno. */
static int reach(const struct sockaddr_un *address, int flags, int seconds)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    struct timeval limit = {.tv_sec = seconds};
    if (fd < 0) {
        return -1;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    int status;
    do {
        status = connect(fd, (const struct sockaddr *)address, sizeof *address);
    } while (status != 0 && errno == EINTR);
    if (status != 0) {
        int number = errno;
        close(fd);
        errno = number;
        return -1;
    }
    return fd;
}

bool socket_answers(const char *path)
{
    struct sockaddr_un address;
    struct error error = {0};
    if (set_address(path, &address, &error) != 0) {
        error_free(&error);
        return false;
    }
    int fd = reach(&address, SOCK_NONBLOCK, 0);
    bool full = fd < 0 && errno == EAGAIN; /* somebody listens, and many wait */
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0 || full;
}

/* The directory PATH is in. */
static int look_at_directory(const char *path, struct stat *out, struct error *error)
{
    struct text directory = {0};
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
    text_add_n(&directory, slash ? path : ".", slash ? length : 1);
    int status = stat(text_bytes(&directory), out);
    if (status != 0) {
        error_errno(error, "looking at the directory of the socket", text_bytes(&directory), errno);
    }
    text_free(&directory);
    return status;
}

/* ---- to a server ---- */

static int distrust(const char *path, uint32_t uid, struct error *error)
{
    struct text who = {0};
    text_add_int(&who, uid);
    error_set(
        error, ERROR_ENVIRONMENT,
        N_("who listens at %1 is uid %2, neither root nor the owner of its directory; nothing "
           "was sent"),
        path, text_bytes(&who));
    text_free(&who);
    return -1;
}

int socket_connect(const char *path, int seconds, struct error *error)
{
    struct sockaddr_un address;
    struct stat directory;
    uint32_t uid;
    int64_t pid;
    if (set_address(path, &address, error) != 0 ||
        look_at_directory(path, &directory, error) != 0) {
        return -1;
    }
    int fd = reach(&address, 0, seconds);
    if (fd < 0) {
        int number = errno;
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("no server can be reached at %1: %2; `yuntai serve` starts one"), path,
                         error_why(number));
    }
    if (!socket_peer(fd, &uid, &pid) || !socket_prepare(fd)) {
        error_errno(error, "asking who listens at", path, errno);
    } else if (uid != 0 && uid != (uint32_t)directory.st_uid) {
        distrust(path, uid, error);
    } else {
        return fd;
    }
    close(fd);
    return -1;
}

/* ---- where a server listens ---- */

static bool is_listening_stream(int fd)
{
    struct sockaddr_un address;
    socklen_t size = sizeof address, size_type, size_listens;
    int type = 0, listens = 0;
    size_type = size_listens = sizeof type;
    return getsockname(fd, (struct sockaddr *)&address, &size) == 0 &&
           address.sun_family == AF_UNIX &&
           getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size_type) == 0 && type == SOCK_STREAM &&
           getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size_listens) == 0 && listens;
}

/* 1 it was handed over, 0 it was not. */
static int take_handed(struct listening *out, struct error *error)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (!pid || !count || strtol(pid, NULL, 10) != (long)getpid()) {
        return 0;
    }
    if (strcmp(count, "1") != 0 || !is_listening_stream(HANDED_FD) || !socket_prepare(HANDED_FD)) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("what the service manager handed over is not one local socket that "
                            "listens; one ListenStream= with a path"),
                         NULL, NULL);
    }
    *out = (struct listening){.fd = HANDED_FD, .handed = true};
    return 1;
}

/* Nothing is at PATH afterwards. */
static int make_room(const char *path, struct error *error)
{
    struct stat info;
    if (lstat(path, &info) != 0) {
        return errno == ENOENT ? 0 : error_errno(error, "looking at", path, errno);
    }
    if (!S_ISSOCK(info.st_mode)) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1 is there and is no socket; another path, or remove it"), path,
                         NULL);
    }
    if (socket_answers(path)) {
        return error_set(error, ERROR_ENVIRONMENT, N_("another server listens at %1"), path, NULL);
    }
    return unlink(path) == 0 ? 0 : error_errno(error, "removing", path, errno);
}

static int check_directory(const char *path, struct error *error)
{
    struct stat directory;
    if (look_at_directory(path, &directory, error) != 0) {
        return -1;
    }
    if (geteuid() != 0 && directory.st_uid != geteuid()) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the directory of %1 belongs to another account, and clients would not "
                            "trust a server there; a directory of its own"),
                         path, NULL);
    }
    return 0;
}

/* A new socket that listens at PATH; -1 with errno. */
static int listen_at(const char *path, const struct sockaddr_un *address, struct stat *info)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -1;
    }
    bool bound = bind(fd, (const struct sockaddr *)address, sizeof *address) == 0;
    if (bound && chmod(path, SOCKET_MODE) == 0 && lstat(path, info) == 0 &&
        listen(fd, BACKLOG) == 0) {
        return fd;
    }
    int number = errno;
    if (bound) {
        (void)unlink(path);
    }
    close(fd);
    errno = number;
    return -1;
}

int socket_listen(const char *path, struct listening *out, struct error *error)
{
    struct sockaddr_un address;
    struct stat info = {0};
    *out = (struct listening){.fd = -1};
    int handed = take_handed(out, error);
    if (handed != 0) {
        return handed < 0 ? -1 : 0;
    }
    if (set_address(path, &address, error) != 0 || check_directory(path, error) != 0 ||
        make_room(path, error) != 0) {
        return -1;
    }
    int fd = listen_at(path, &address, &info);
    if (fd < 0) {
        return error_errno(error, "making the socket", path, errno);
    }
    *out = (struct listening){.fd = fd, .device = info.st_dev, .inode = info.st_ino};
    return 0;
}

void socket_close(const char *path, struct listening *listening)
{
    struct stat info;
    if (listening->fd < 0) {
        return;
    }
    if (!listening->handed && lstat(path, &info) == 0 && info.st_dev == listening->device &&
        info.st_ino == listening->inode) {
        (void)unlink(path);
    }
    close(listening->fd);
    listening->fd = -1;
}
