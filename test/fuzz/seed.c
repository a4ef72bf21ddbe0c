/*
 * seed.c: goes through the seeds of a fuzz harness once, without libFuzzer.
 *
 * Arguments are directories of seeds; every file in them, and an empty input, is handed to
 * LLVMFuzzerTestOneInput(). So the seeds are tests under every compiler.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of the regular file at PATH, exactly as many as it has; NULL, with a word, if it cannot
 * be read. */
static uint8_t *read_all(const char *path, size_t *size)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &status) != 0) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        if (file != NULL)
            fclose(file);
        return NULL;
    }
    *size = (size_t)status.st_size;
    uint8_t *bytes = malloc(*size > 0 ? *size : 1);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size) {
        fprintf(stderr, "%s: cannot be read whole\n", path);
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

static int run_seed(const char *directory, const char *name)
{
    size_t length = strlen(directory) + strlen(name) + 2;
    char *path = malloc(length);
    if (path == NULL)
        return 1;
    snprintf(path, length, "%s/%s", directory, name);
    size_t size;
    uint8_t *bytes = read_all(path, &size);
    free(path);
    if (bytes == NULL) {
        printf("not ok %s\n", name);
        return 1;
    }
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    printf("ok %s\n", name);
    fflush(stdout);
    return 0;
}

static int run_directory(const char *directory)
{
    struct dirent **entries;
    int count = scandir(directory, &entries, NULL, alphasort);
    if (count < 0) {
        printf("not ok %s: %s\n", directory, strerror(errno));
        return 1;
    }
    int failed = 0;
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.')
            failed |= run_seed(directory, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return failed;
}

int main(int argc, char **argv)
{
    const uint8_t nothing = 0;
    LLVMFuzzerTestOneInput(&nothing, 0);
    printf("ok empty\n");
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= run_directory(argv[i]);
    return failed;
}
