/* secret.c: a line that nobody else may read. */
#include "data/vendor/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/monotonic.h"
#include "data/vendor/http.h"

enum { WORDS_MOST = 32 };

void secret_free(struct text *secret)
{
    if (secret->bytes) {
        OPENSSL_cleanse(secret->bytes, secret->capacity);
    }
    text_free(secret);
}

static int refuse(const char *path, const char *sentence, struct error *error)
{
    return error_set(error, ERROR_ENVIRONMENT, sentence, path, NULL);
}

/* The first line of LENGTH bytes; neither empty nor torn. */
static int first_line(const char *from, const char *bytes, size_t length, struct text *out,
                      struct error *error)
{
    const char *end = memchr(bytes, '\n', length);
    size_t line = end ? (size_t)(end - bytes) : length;
    line -= line > 0 && bytes[line - 1] == '\r';
    bool cut = !end && length >= SECRET_MOST;
    if (cut || line == 0 || memchr(bytes, '\0', line) || utf8_check(bytes, line) != line) {
        return refuse(from, N_("%1: its first line is no password: empty, too long, or no text"),
                      error);
    }
    text_add_n(out, bytes, line);
    return out->failed ? error_memory(error) : 0;
}

static int check_file(int file, const char *path, struct error *error)
{
    struct stat status;
    if (fstat(file, &status) != 0) {
        return error_errno(error, N_("reading"), path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(path, N_("%1: a password is read from a plain file"), error);
    }
    if (status.st_uid != geteuid()) {
        return refuse(path, N_("%1: the file with the password belongs to another; chown it"),
                      error);
    }
    if (status.st_mode & 077) {
        return refuse(path, N_("%1: others may read the file with the password; chmod 600"), error);
    }
    return 0;
}

/* Reads at most MOST bytes into BYTES until END (of monotonic_ms(); -1: no end). */
static ssize_t read_all(int file, char *bytes, size_t most, int64_t end)
{
    size_t length = 0;
    for (ssize_t count = 1; count > 0 && length < most;) {
        struct pollfd ready = {.fd = file, .events = POLLIN};
        int64_t left = end - monotonic_ms();
        if (end >= 0 && (left <= 0 || poll(&ready, 1, (int)left) == 0)) {
            errno = ETIMEDOUT;
            return -1;
        }
        count = read(file, bytes + length, most - length);
        if (count < 0 && errno != EINTR) {
            return -1;
        }
        length += count > 0 ? (size_t)count : 0;
        count = count < 0 ? 1 : count;
    }
    return (ssize_t)length;
}

int secret_file(const char *path, struct text *out, struct error *error)
{
    char bytes[SECRET_MOST];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) {
        return error_errno(error, N_("reading"), path, errno);
    }
    int status = check_file(file, path, error);
    ssize_t length = status == 0 ? read_all(file, bytes, sizeof bytes, -1) : 0;
    if (status == 0) {
        status = length < 0 ? error_errno(error, N_("reading"), path, errno)
                            : first_line(path, bytes, (size_t)length, out, error);
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    close(file);
    return status;
}

/* ---- a command ---- */

/* Parts LINE into words at its blanks; false: too many. */
static bool part(char *line, char *words[WORDS_MOST + 1])
{
    size_t count = 0;
    for (char *at = line; *at;) {
        at += strspn(at, " ");
        if (*at && count == WORDS_MOST) {
            return false;
        }
        if (*at) {
            words[count++] = at;
        }
        at += strcspn(at, " ");
        if (*at) {
            *at++ = '\0';
        }
    }
    words[count] = NULL;
    return count > 0;
}

/* Its standard output goes to the pipe; -1: it could not be begun, and errno says why. */
static pid_t spawn(char *const *words, int output)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", lang[] = "LANG=C.UTF-8";
    struct text home = {0};
    pid_t process = -1;
    posix_spawn_file_actions_t actions;
    text_addf(&home, "HOME=%s", getenv("HOME"));
    char *environment[] = {path, lang, home.failed ? NULL : home.bytes, NULL};
    int status = posix_spawn_file_actions_init(&actions);
    if (status == 0) {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output, 1);
        status = posix_spawn(&process, words[0], &actions, NULL, words, environment);
        posix_spawn_file_actions_destroy(&actions);
    }
    text_free(&home);
    errno = status;
    return status == 0 ? process : -1;
}

static int end_of(pid_t process, const char *command, ssize_t length, int why, struct error *error)
{
    int status = 0;
    if (length < 0) {
        kill(process, SIGKILL);
    }
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    if (length < 0) {
        return error_errno(error, N_("running"), command, why);
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? 0
               : refuse(command, N_("%1: the command that has the password failed"), error);
}

int secret_command(const char *command, int64_t ms, struct text *out, struct error *error)
{
    char bytes[SECRET_MOST], *words[WORDS_MOST + 1];
    int ends[2];
    struct text line = {0};
    text_add(&line, command);
    if (line.failed || !line.bytes || !part(line.bytes, words) || pipe(ends) != 0) {
        text_free(&line);
        return refuse(command, N_("%1: no command can be read out of this"), error);
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t process = spawn(words, ends[1]);
    int status = process < 0 ? error_errno(error, N_("running"), words[0], errno) : 0;
    close(ends[1]);
    if (status == 0) {
        ssize_t length = read_all(ends[0], bytes, sizeof bytes, monotonic_ms() + ms);
        status = end_of(process, words[0], length, errno, error);
        status = status ? status : first_line(words[0], bytes, (size_t)length, out, error);
        OPENSSL_cleanse(bytes, sizeof bytes);
    }
    close(ends[0]);
    text_free(&line);
    return status;
}
