/* keys.c: the signing key of a workspace. */
#include "data/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/digest.h"

enum { KEY_MOST = 8192 };

static int write_file(const char *path, const struct text *text, mode_t mode, struct error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file < 0) {
        return error_errno(error, "creating", path, errno);
    }
    const char *at = text->bytes, *end = at + text->length;
    int status = 0;
    while (status == 0 && at < end) {
        ssize_t done = write(file, at, (size_t)(end - at));
        if (done < 0 && errno != EINTR) {
            status = error_errno(error, "writing", path, errno);
        }
        at += done > 0 ? done : 0;
    }
    if (fsync(file) != 0 && status == 0) {
        status = error_errno(error, "making sure of", path, errno);
    }
    close(file);
    return status;
}

static int read_file(const char *path, bool secret, struct text *out, struct error *error)
{
    char bytes[KEY_MOST];
    struct stat info;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 || fstat(file, &info) != 0) {
        int number = errno;
        if (file >= 0) {
            close(file);
        }
        return error_errno(error, "reading", path, number);
    }
    ssize_t length = read(file, bytes, sizeof bytes);
    close(file);
    if (secret && (info.st_mode & 077) != 0) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1 can be read by others; chmod 600 it, and think of a new key"), path,
                         NULL);
    }
    text_add_n(out, bytes, length > 0 ? (size_t)length : 0);
    return length > 0 ? 0 : error_errno(error, "reading", path, errno);
}

static void key_path(const char *directory, const char *name, struct text *out)
{
    text_addf(out, "%s/keys/%s", directory, name);
}

int keys_make(const char *directory, struct error *error)
{
    struct text folder = {0}, secret = {0}, open_half = {0}, private_path = {0}, public_path = {0};
    int status = 0;
    text_addf(&folder, "%s/keys", directory);
    key_path(directory, "sign.pem", &private_path);
    key_path(directory, "sign.pub", &public_path);
    if (mkdir(text_bytes(&folder), 0700) != 0 && errno != EEXIST) {
        status = error_errno(error, "making the directory", text_bytes(&folder), errno);
    } else if (access(text_bytes(&private_path), F_OK) != 0) {
        status = sm2_make(&secret, &open_half, error);
        status = status ? status : write_file(text_bytes(&private_path), &secret, 0600, error);
        status = status ? status : write_file(text_bytes(&public_path), &open_half, 0644, error);
    }
    if (secret.bytes) {
        memset(secret.bytes, 0, secret.length);
    }
    text_free(&folder);
    text_free(&secret);
    text_free(&open_half);
    text_free(&private_path);
    text_free(&public_path);
    return status;
}

int keys_sign(const char *directory, const char *text, size_t length, struct text *signature,
              struct error *error)
{
    struct text path = {0}, secret = {0};
    key_path(directory, "sign.pem", &path);
    int status = read_file(text_bytes(&path), true, &secret, error);
    status = status ? status : sm2_sign(text_bytes(&secret), text, length, signature, error);
    if (secret.bytes) {
        memset(secret.bytes, 0, secret.length);
    }
    text_free(&secret);
    text_free(&path);
    return status;
}

int keys_public(const char *directory, struct text *out, struct error *error)
{
    struct text path = {0};
    key_path(directory, "sign.pub", &path);
    int status = read_file(text_bytes(&path), false, out, error);
    text_free(&path);
    return status;
}

int keys_check(const char *pem, const char *checkpoint, struct error *error)
{
    const char *sm2 = strstr(checkpoint, "\nsm2 ");
    if (!sm2) {
        return 0;
    }
    struct text signature = {0};
    text_add_n(&signature, sm2 + 5, strcspn(sm2 + 5, "\n"));
    int right =
        sm2_verify(pem, checkpoint, (size_t)(sm2 + 1 - checkpoint), text_bytes(&signature), error);
    text_free(&signature);
    return right;
}

/* The path of keys/sign-N.pub, 0: keys/sign.pub. False where it is not there. */
static bool public_half(const char *directory, int n, struct text *path)
{
    text_clear(path);
    if (n == 0) {
        key_path(directory, "sign.pub", path);
    } else {
        text_addf(path, "%s/keys/sign-%d.pub", directory, n);
    }
    return !path->failed && access(text_bytes(path), F_OK) == 0;
}

int keys_signed(const char *directory, const char *checkpoint, struct error *error)
{
    struct text path = {0}, pem = {0};
    int right = 0;
    for (int n = 0; right == 0 && (public_half(directory, n, &path) || n == 0); n++) {
        text_clear(&pem);
        right = read_file(text_bytes(&path), false, &pem, error) != 0
                    ? -1
                    : keys_check(text_bytes(&pem), checkpoint, error);
    }
    text_free(&path);
    text_free(&pem);
    return right;
}

int keys_retire(const char *directory, struct error *error)
{
    struct text from = {0}, to = {0};
    int n = 1, status = 0;
    while (public_half(directory, n, &to)) {
        n++;
    }
    if (from.failed || to.failed) {
        status = error_memory(error);
    } else if (public_half(directory, 0, &from) &&
               rename(text_bytes(&from), text_bytes(&to)) != 0) {
        status = error_errno(error, "renaming", text_bytes(&from), errno);
    }
    text_free(&from);
    text_free(&to);
    return status;
}
