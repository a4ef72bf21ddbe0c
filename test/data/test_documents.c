/* test_documents.c: what is kept, who may add to it, what damage is found, what is swept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/support/papers.h"

/* ---- bringing in ---- */

static const char text_of[] = "关于申请使用政务云资源的函\n";

static void every_piece_size(void **state)
{
    (void)state;
    struct papers place;
    struct digest *sm3 = digest_new(NULL);
    uint8_t digest[DIGEST_BYTES], expected[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    for (size_t length = 0; length <= strlen(text_of); length += 13) {
        assert_true(digest_of(sm3, text_of, length, expected));
        for (size_t piece = 1; piece <= length + 1; piece++) {
            assert_int_equal(papers_put(&place, text_of, length, piece, digest, &size), 0);
            assert_int_equal(size, length);
            assert_memory_equal(digest, expected, sizeof digest);
            papers_whole(&place, digest, text_of, length);
        }
    }
    assert_int_equal(papers_files(&place, "tmp"), 0);
    assert_int_equal(papers_files(&place, "documents"), 1 + (int)strlen(text_of) / 13);
    digest_free(sm3);
    papers_end(&place);
}

static void modes(void **state)
{
    (void)state;
    struct papers place;
    struct stat info;
    struct text path = {0};
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    mode_t before = umask(0);
    papers_begin(&place);
    assert_int_equal(papers_put(&place, text_of, strlen(text_of), 9, digest, &size), 0);
    documents_path(place.documents, digest, &path);
    assert_int_equal(stat(text_bytes(&path), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    *strrchr(path.bytes, '/') = '\0';
    assert_int_equal(stat(text_bytes(&path), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    umask(before);
    text_free(&path);
    papers_end(&place);
}

static void reading(void **state)
{
    (void)state;
    struct papers place;
    struct text out = {0};
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    assert_int_equal(papers_put(&place, "0123456789", 10, 4, digest, &size), 0);
    assert_int_equal(documents_read(place.documents, digest, 3, 4, &out, &place.error), 0);
    assert_string_equal(text_bytes(&out), "3456");
    assert_int_equal(documents_read(place.documents, digest, 8, 4, &out, &place.error), 0);
    assert_string_equal(text_bytes(&out), "345689");
    assert_int_equal(documents_read(place.documents, digest, 10, 4, &out, &place.error), 0);
    assert_int_equal(documents_read(place.documents, digest, INT64_MAX, 4, &out, &place.error), 0);
    assert_int_equal(documents_read(place.documents, digest, 0, 0, &out, &place.error), 0);
    assert_string_equal(text_bytes(&out), "345689");
    papers_refused(&place, documents_read(place.documents, digest, -1, 4, &out, &place.error),
                   ERROR_ENVIRONMENT);
    struct text small = {.most = 5};
    papers_refused(&place, documents_read(place.documents, digest, 0, 10, &small, &place.error),
                   ERROR_ENVIRONMENT);
    text_free(&small);
    text_free(&out);
    papers_end(&place);
}

/* ---- who may add, and how much ---- */

static void strange_uploads(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "u",
        "../../etc/passwd",
        "u0123456789abcdef0123456789abcde",
        "u0123456789abcdef0123456789abcdef0",
        "u0123456789ABCDEF0123456789abcdef",
        "u0123456789abcdef0123456789abcd/f",
        "x0123456789abcdef0123456789abcdef",
        "u0123456789abcdef0123456789abcdef" /* one that never was */};
    struct papers place;
    char name[DIGEST_HEX];
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        papers_refused(
            &place,
            documents_piece(place.documents, names[i], "x", 1, CLERK, name, &size, &place.error),
            ERROR_NOT_FOUND);
        papers_refused(
            &place, documents_keep(place.documents, names[i], CLERK, digest, &size, &place.error),
            ERROR_NOT_FOUND);
        papers_refused(&place, documents_drop(place.documents, names[i], CLERK, &place.error),
                       ERROR_NOT_FOUND);
    }
    assert_int_equal(papers_files(&place, "."), 0);
    papers_end(&place);
}

static void others_uploads(void **state)
{
    (void)state;
    struct papers place;
    char name[DIGEST_HEX], again[DIGEST_HEX];
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    assert_int_equal(
        documents_piece(place.documents, NULL, "mine", 4, CLERK, name, &size, &place.error), 0);
    assert_int_equal(strlen(name), UPLOAD_NAME - 1);
    papers_refused(
        &place, documents_piece(place.documents, name, "x", 1, OTHER, again, &size, &place.error),
        ERROR_NOT_FOUND);
    papers_refused(&place,
                   documents_keep(place.documents, name, OTHER, digest, &size, &place.error),
                   ERROR_NOT_FOUND);
    papers_refused(&place, documents_drop(place.documents, name, OTHER, &place.error),
                   ERROR_NOT_FOUND);
    assert_int_equal(papers_files(&place, "tmp"), 1);
    assert_int_equal(documents_drop(place.documents, name, CLERK, &place.error), 0);
    assert_int_equal(papers_files(&place, "tmp"), 0);
    papers_refused(&place,
                   documents_keep(place.documents, name, CLERK, digest, &size, &place.error),
                   ERROR_NOT_FOUND);
    papers_end(&place);
}

static void largest(void **state)
{
    (void)state;
    struct papers place;
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    documents_set_largest(place.documents, 1 << 20);
    char *bytes = calloc(1, (1 << 20) + 1);
    assert_int_equal(papers_put(&place, bytes, 1 << 20, 1 << 19, digest, &size), 0);
    papers_refused(&place, papers_put(&place, bytes, (1 << 20) + 1, 1 << 19, digest, &size),
                   ERROR_USAGE);
    papers_refused(&place, papers_put(&place, bytes, (1 << 20) + 1, 2 << 20, digest, &size),
                   ERROR_USAGE);
    assert_int_equal(papers_files(&place, "tmp"), 0);
    assert_int_equal(papers_files(&place, "documents"), 1);
    free(bytes);
    papers_end(&place);
}

/* 48 MiB through a few hundred KiB of memory. */
static void flat_memory(void **state)
{
    (void)state;
    enum { PIECE = 512 << 10, PIECES = 96 };
    struct papers place;
    struct rusage before, after;
    char name[DIGEST_HEX], *piece = calloc(1, PIECE);
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < PIECES; i++) {
        piece[0] = (char)i;
        assert_int_equal(documents_piece(place.documents, i ? name : NULL, piece, PIECE, CLERK,
                                         name, &size, &place.error),
                         0);
    }
    assert_int_equal(documents_keep(place.documents, name, CLERK, digest, &size, &place.error), 0);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(size, (int64_t)PIECE * PIECES);
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 8 << 10); /* KiB */
    free(piece);
    papers_end(&place);
}

static void piece(struct documents *documents, char *name, bool begun, char byte)
{
    struct error error = {0};
    int64_t size;
    assert_int_equal(
        documents_piece(documents, begun ? name : NULL, &byte, 1, CLERK, name, &size, &error), 0);
}

/* Pieces that came through another process, and more uploads at once than have a place. */
static void many_hands(void **state)
{
    (void)state;
    enum { UPLOADS = 20, PIECES = 5 };
    struct papers place;
    char names[UPLOADS][DIGEST_HEX], bytes[PIECES];
    uint8_t digest[DIGEST_BYTES], expected[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    struct documents *other = documents_open(text_bytes(&place.directory), &place.error);
    struct digest *sm3 = digest_new(&place.error);
    for (int n = 0; n < PIECES; n++) {
        for (int i = 0; i < UPLOADS; i++) {
            bool elsewhere = (i >> n) & 1;
            piece(elsewhere ? other : place.documents, names[i], n > 0, (char)('a' + (i + n) % 26));
        }
    }
    for (int i = 0; i < UPLOADS; i++) {
        for (int n = 0; n < PIECES; n++) {
            bytes[n] = (char)('a' + (i + n) % 26);
        }
        assert_true(digest_of(sm3, bytes, PIECES, expected));
        assert_int_equal(documents_keep(i % 3 ? other : place.documents, names[i], CLERK, digest,
                                        &size, &place.error),
                         0);
        assert_int_equal(size, PIECES);
        assert_memory_equal(digest, expected, sizeof digest);
    }
    digest_free(sm3);
    documents_close(other);
    papers_end(&place);
}

/* ---- damage ---- */

static void overwrite(const char *path, const char *bytes)
{
    int file = open(path, O_WRONLY | O_TRUNC | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, strlen(bytes)), strlen(bytes));
    close(file);
}

static void damaged(void **state)
{
    (void)state;
    struct papers place;
    struct text path = {0};
    uint8_t digest[DIGEST_BYTES], none[DIGEST_BYTES] = {1};
    int64_t size;
    papers_begin(&place);
    assert_int_equal(papers_put(&place, "0123456789", 10, 10, digest, &size), 0);
    documents_path(place.documents, digest, &path);
    overwrite(text_bytes(&path), "0123456780");
    assert_int_equal(documents_check(place.documents, digest, &place.error), 0);
    overwrite(text_bytes(&path), "01234");
    assert_int_equal(documents_check(place.documents, digest, &place.error), 0);
    papers_refused(&place, documents_check(place.documents, none, &place.error), ERROR_ENVIRONMENT);

    /* what was cut comes back with the next equal one, and so does what became a link */
    assert_int_equal(papers_put(&place, "0123456789", 10, 10, digest, &size), 0);
    papers_whole(&place, digest, "0123456789", 10);
    assert_int_equal(unlink(text_bytes(&path)), 0);
    assert_int_equal(symlink("/etc/hostname", text_bytes(&path)), 0);
    papers_refused(&place, documents_check(place.documents, digest, &place.error),
                   ERROR_ENVIRONMENT);
    assert_int_equal(papers_put(&place, "0123456789", 10, 10, digest, &size), 0);
    papers_whole(&place, digest, "0123456789", 10);
    text_free(&path);
    papers_end(&place);
}

static void links_are_not_followed(void **state)
{
    (void)state;
    struct papers place;
    struct text path = {0}, target = {0};
    char name[DIGEST_HEX];
    uint8_t digest[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    assert_int_equal(
        documents_piece(place.documents, NULL, "x", 1, CLERK, name, &size, &place.error), 0);
    papers_path(&place, "target", &target);
    overwrite(text_bytes(&target), "not yours");
    text_addf(&path, "%s/tmp/%s-7", text_bytes(&place.directory), name);
    assert_int_equal(unlink(text_bytes(&path)), 0);
    assert_int_equal(symlink(text_bytes(&target), text_bytes(&path)), 0);
    papers_refused(&place,
                   documents_piece(place.documents, name, "y", 1, CLERK, name, &size, &place.error),
                   ERROR_ENVIRONMENT);
    papers_refused(&place,
                   documents_keep(place.documents, name, CLERK, digest, &size, &place.error),
                   ERROR_ENVIRONMENT);
    struct stat info;
    assert_int_equal(stat(text_bytes(&target), &info), 0);
    assert_int_equal(info.st_size, 9);
    text_free(&path);
    text_free(&target);
    papers_end(&place);
}

/* ---- sweeping ---- */

struct naming {
    uint8_t digest[DIGEST_BYTES];
    int asked;
};

static bool named(void *self, const uint8_t digest[DIGEST_BYTES])
{
    struct naming *naming = self;
    naming->asked++;
    return memcmp(naming->digest, digest, DIGEST_BYTES) == 0;
}

static void make_old(const char *path, int64_t now, int64_t seconds)
{
    struct timespec times[2] = {{.tv_sec = now - seconds}, {.tv_sec = now - seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void old_document(struct papers *place, const char *bytes, int64_t now, int64_t seconds,
                         uint8_t digest[DIGEST_BYTES])
{
    struct text path = {0};
    int64_t size;
    assert_int_equal(papers_put(place, bytes, strlen(bytes), 5, digest, &size), 0);
    documents_path(place->documents, digest, &path);
    make_old(text_bytes(&path), now, seconds);
    text_free(&path);
}

static void sweeping(void **state)
{
    (void)state;
    const int64_t now = 1800000000, day = 86400;
    struct papers place;
    struct naming naming = {.asked = 0};
    struct text path = {0};
    char name[DIGEST_HEX];
    uint8_t orphan[DIGEST_BYTES], fresh[DIGEST_BYTES];
    int64_t size;
    papers_begin(&place);
    old_document(&place, "named and old", now, 2 * day, naming.digest);
    old_document(&place, "old", now, day + 1, orphan);
    old_document(&place, "not old enough", now, day, fresh);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            documents_piece(place.documents, NULL, "x", 1, CLERK, name, &size, &place.error), 0);
        text_clear(&path);
        text_addf(&path, "%s/tmp/%s-7", text_bytes(&place.directory), name);
        make_old(text_bytes(&path), now, i * 2 * day);
    }
    documents_path(place.documents, orphan, &path); /* something else beside it stays */
    text_clear(&path);
    documents_path(place.documents, naming.digest, &path);
    memcpy(strrchr(path.bytes, '/') + 1, "readme", sizeof "readme");
    overwrite(text_bytes(&path), "a note");
    make_old(text_bytes(&path), now, 9 * day);

    assert_int_equal(documents_sweep(place.documents, now, day, named, &naming, &place.error), 2);
    assert_int_equal(naming.asked, 2); /* of the old ones alone */
    assert_int_equal(papers_files(&place, "tmp"), 1);
    assert_int_equal(papers_files(&place, "documents"), 3);
    papers_whole(&place, naming.digest, "named and old", 13);
    papers_whole(&place, fresh, "not old enough", 14);
    assert_int_equal(documents_sweep(place.documents, now, day, named, &naming, &place.error), 0);

    papers_path(&place, "documents", &path);
    papers_below(text_bytes(&path), true);
    papers_refused(&place,
                   (int)documents_sweep(place.documents, now, day, named, &naming, &place.error),
                   ERROR_ENVIRONMENT);
    text_free(&path);
    papers_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_size), cmocka_unit_test(modes),
        cmocka_unit_test(reading),          cmocka_unit_test(strange_uploads),
        cmocka_unit_test(others_uploads),   cmocka_unit_test(largest),
        cmocka_unit_test(flat_memory),      cmocka_unit_test(many_hands),
        cmocka_unit_test(damaged),          cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(sweeping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
