/* test_documents_failing.c: a document is whole or not there, whatever fails and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>

#include "test/support/papers.h"

static const char text_of[] = "关于申请使用政务云资源的函\n";

static int open_files(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

/* ---- what fails ---- */

enum call { OPEN, WRITE, FSYNC, RENAME, MKDIR, CLOSE, CALLS };
enum manner { FAILS, INTERRUPTED, SHORT };

static struct {
    int count[CALLS];
    enum call call;
    int at; /* the n-th CALL; 0 none */
    enum manner manner;
    int number;     /* errno */
    char trace[64]; /* a letter for each call */
} failing;

static bool fails(enum call call)
{
    failing.count[call]++;
    size_t traced = strlen(failing.trace);
    if (traced + 1 < sizeof failing.trace) {
        failing.trace[traced] = "OWFRMC"[call];
    }
    if (failing.call != call || failing.count[call] != failing.at || failing.manner == SHORT) {
        return false;
    }
    errno = failing.manner == INTERRUPTED ? EINTR : failing.number;
    return true;
}

static int failing_open(const char *path, int flags, mode_t mode)
{
    assert_true(flags & O_CLOEXEC);
    return fails(OPEN) ? -1 : document_io_system.open(path, flags, mode);
}

static ssize_t failing_write(int file, const void *bytes, size_t length)
{
    bool fail = fails(WRITE);
    bool small = failing.call == WRITE && failing.manner == SHORT && length > 3;
    return fail ? -1 : document_io_system.write(file, bytes, small ? 3 : length);
}

static int failing_fsync(int file)
{
    return fails(FSYNC) ? -1 : document_io_system.fsync(file);
}

static int failing_rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : document_io_system.rename(from, to);
}

static int failing_mkdir(const char *path, mode_t mode)
{
    assert_int_equal(mode, 0700);
    return fails(MKDIR) ? -1 : document_io_system.mkdir(path, mode);
}

/* As Linux does: the descriptor is gone even so. */
static int failing_close(int file)
{
    bool fail = fails(CLOSE);
    int number = errno, status = document_io_system.close(file);
    errno = number;
    return fail ? -1 : status;
}

static const struct document_io failing_io = {.open = failing_open,
                                              .write = failing_write,
                                              .fsync = failing_fsync,
                                              .rename = failing_rename,
                                              .mkdir = failing_mkdir,
                                              .close = failing_close};

static void fail_at(enum call call, int at, enum manner manner, int number)
{
    memset(&failing, 0, sizeof failing);
    failing.call = call;
    failing.at = at;
    failing.manner = manner;
    failing.number = number;
}

/* ---- every call, at every n ---- */

/* One upload in three pieces, kept, while CALL fails for the AT-th time. False: it never came to
 * that. */
static bool walk(enum call call, int at, enum manner manner, int number, bool there)
{
    struct papers place;
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    size_t length = strlen(text_of);
    papers_begin(&place);
    if (there) { /* an equal one is kept already */
        assert_int_equal(papers_put(&place, text_of, length, length, digest, &size), 0);
    }
    int files = open_files();
    documents_set_io(place.documents, &failing_io);
    fail_at(call, at, manner, number);
    int status = papers_put(&place, text_of, length, length / 3 + 1, digest, &size);
    bool came = failing.count[call] >= at;
    fail_at(CALLS, 0, FAILS, 0);
    assert_int_equal(open_files(), files);
    if (status == 0) {
        assert_int_equal(place.error.code, ERROR_NONE);
        assert_int_equal(size, length);
        papers_whole(&place, digest, text_of, length);
        assert_int_equal(papers_files(&place, "tmp"), 0);
    } else {
        papers_refused(&place, status, ERROR_ENVIRONMENT);
        int kept = papers_files(&place, "documents");
        assert_in_range(kept, there, 1);
        if (kept) { /* under its name it is whole, or it is not there */
            struct digest *sm3 = digest_new(&place.error);
            assert_true(digest_of(sm3, text_of, length, digest));
            papers_whole(&place, digest, text_of, length);
            digest_free(sm3);
        }
    }
    /* and again, when nothing fails any more */
    assert_int_equal(papers_put(&place, text_of, length, 5, digest, &size), 0);
    papers_whole(&place, digest, text_of, length);
    assert_int_equal(papers_files(&place, "documents"), 1);
    assert_int_equal(open_files(), files);
    papers_end(&place);
    return came;
}

static void every_call_fails(void **state)
{
    (void)state;
    static const int numbers[CALLS] = {EMFILE, ENOSPC, EIO, EROFS, EDQUOT, EIO};
    for (int there = 0; there < 2; there++) {
        for (int call = 0; call < CALLS; call++) {
            int at = 1;
            while (walk((enum call)call, at, FAILS, numbers[call], there)) {
                assert_in_range(++at, 1, 100);
            }
            assert_true(at > 1 || (there && call == RENAME)); /* each was asked at all */
        }
    }
}

/* The file before its directory, the name after both, and its directory after the name. */
static void in_this_order(void **state)
{
    (void)state;
    struct papers place;
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    documents_set_io(place.documents, &failing_io);
    fail_at(CALLS, 0, FAILS, 0);
    assert_int_equal(papers_put(&place, "x", 1, 1, digest, &size), 0);
    assert_string_equal(failing.trace, "OWC"
                                       "OFC"
                                       "M"
                                       "OFC"
                                       "R"
                                       "OFC");
    fail_at(CALLS, 0, FAILS, 0);
    assert_int_equal(papers_put(&place, "x", 1, 1, digest, &size), 0);
    assert_string_equal(failing.trace, "OWC"
                                       "OFC"
                                       "M"
                                       "OFC"
                                       "OFC");
    papers_end(&place);
}

static void interrupted_and_short(void **state)
{
    (void)state;
    for (int at = 1; at <= 3; at++) {
        assert_true(walk(WRITE, at, INTERRUPTED, 0, false));
    }
    assert_true(walk(WRITE, 1, SHORT, 0, false));
}

/* What the disk refused is gone: one that was synced again would seem whole. */
static void refused_by_the_disk(void **state)
{
    (void)state;
    static const struct {
        enum call call;
        int at;
    } cases[] = {{WRITE, 2}, {CLOSE, 2}, {FSYNC, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct papers place;
        uint8_t digest[DIGEST_BYTES];
        int64_t size;
        papers_begin(&place);
        documents_set_io(place.documents, &failing_io);
        fail_at(cases[i].call, cases[i].at, FAILS, EIO);
        papers_refused(&place, papers_put(&place, text_of, 12, 6, digest, &size),
                       ERROR_ENVIRONMENT);
        assert_int_equal(papers_files(&place, "."), 0);
        papers_end(&place);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_call_fails),
        cmocka_unit_test(in_this_order),
        cmocka_unit_test(interrupted_and_short),
        cmocka_unit_test(refused_by_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
