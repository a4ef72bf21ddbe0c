/* papers.c: a place for documents, for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/support/papers.h"

void papers_path(const struct papers *place, const char *name, struct text *out)
{
    text_clear(out);
    text_addf(out, "%s/%s", text_bytes(&place->directory), name);
}

void papers_begin(struct papers *place)
{
    const char *tmp = getenv("TMPDIR");
    struct text path = {0};
    *place = (struct papers){0};
    text_addf(&place->directory, "%s/yuntai-documents-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(place->directory.bytes));
    papers_path(place, "tmp", &path);
    assert_int_equal(mkdir(text_bytes(&path), 0700), 0);
    papers_path(place, "documents", &path);
    assert_int_equal(mkdir(text_bytes(&path), 0700), 0);
    text_free(&path);
    place->documents = documents_open(text_bytes(&place->directory), &place->error);
    assert_non_null(place->documents);
}

/* Counts the files below PATH, and removes all of it where REMOVE says so. */
int papers_below(const char *path, bool remove)
{
    int count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text below = {0};
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        text_addf(&below, "%s/%s", path, entry->d_name);
        assert_int_equal(lstat(text_bytes(&below), &info), 0);
        if (S_ISDIR(info.st_mode)) {
            count += papers_below(text_bytes(&below), remove);
        } else {
            count++;
            assert_true(!remove || unlink(text_bytes(&below)) == 0);
        }
        text_free(&below);
    }
    closedir(folder);
    assert_true(!remove || rmdir(path) == 0);
    return count;
}

int papers_files(const struct papers *place, const char *name)
{
    struct text path = {0};
    papers_path(place, name, &path);
    int count = papers_below(text_bytes(&path), false);
    text_free(&path);
    return count;
}

void papers_end(struct papers *place)
{
    documents_close(place->documents);
    papers_below(text_bytes(&place->directory), true);
    text_free(&place->directory);
    error_free(&place->error);
}

int papers_put(struct papers *place, const char *bytes, size_t length, size_t piece,
               uint8_t digest[DIGEST_BYTES], int64_t *size)
{
    char name[DIGEST_HEX];
    bool begun = false;
    do {
        size_t now = length < piece ? length : piece;
        if (documents_piece(place->documents, begun ? name : NULL, bytes, now, CLERK, name, size,
                            &place->error) != 0) {
            return -1;
        }
        begun = true;
        bytes += now;
        length -= now;
    } while (length > 0);
    return documents_keep(place->documents, name, CLERK, digest, size, &place->error);
}

void papers_refused(struct papers *place, int status, enum error_code code)
{
    assert_int_equal(status, -1);
    assert_int_equal(place->error.code, code);
    assert_non_null(place->error.sentence);
    struct text text = {0};
    error_text(&place->error, NULL, &text);
    assert_true(text.length > 10);
    text_free(&text);
    error_free(&place->error);
}

void papers_whole(struct papers *place, const uint8_t digest[DIGEST_BYTES], const char *bytes,
                  size_t length)
{
    struct text out = {0};
    assert_int_equal(documents_check(place->documents, digest, &place->error), 1);
    assert_int_equal(documents_read(place->documents, digest, 0, length + 10, &out, &place->error),
                     0);
    assert_int_equal(out.length, length);
    assert_true(length == 0 || memcmp(out.bytes, bytes, length) == 0);
    text_free(&out);
}
