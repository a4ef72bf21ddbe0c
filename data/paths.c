/* paths.c: where the files are that come with the program. */
#include "data/paths.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Puts DIRECTORY/MIDDLE/NAME into OUT if that file can be read. */
static bool found(struct text *out, const char *directory, const char *middle, const char *name)
{
    if (!directory || !*directory) {
        return false;
    }
    struct text path = {0};
    text_addf(&path, "%s%s/%s", directory, middle, name);
    bool there = !path.failed && access(text_bytes(&path), R_OK) == 0;
    if (there) {
        text_add_n(out, path.bytes, path.length);
    }
    text_free(&path);
    return there && !out->failed;
}

/* The directory the program lies in, as a string to be freed; NULL where it cannot be known. */
static char *program_directory(void)
{
    for (size_t size = 256; size <= 1 << 16; size *= 2) {
        char *path = malloc(size);
        ssize_t length = path ? readlink("/proc/self/exe", path, size) : -1;
        if (length > 0 && (size_t)length < size) {
            path[length] = '\0';
            char *slash = strrchr(path, '/');
            if (slash) {
                *slash = '\0';
                return path;
            }
            length = -1;
        }
        free(path);
        if (length < 0) {
            return NULL;
        }
    }
    return NULL;
}

int program_path(const char *name, struct text *out)
{
    char *program = program_directory();
    bool there = found(out, program, "", name) || found(out, program, "/../data", name);
    free(program);
    return there ? 0 : -1;
}

int own_path(const char *name, struct text *out)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && config[0] == '/') {
        text_addf(out, "%s/yuntai/%s", config, name);
    } else if (home && home[0] == '/') {
        text_addf(out, "%s/.config/yuntai/%s", home, name);
    } else {
        return -1;
    }
    return out->failed ? -1 : 0;
}

int data_path(const char *name, struct text *out)
{
    char *program = program_directory();
    bool there = found(out, getenv("YUNTAI_DATADIR"), "", name) ||
                 found(out, program, "/../share/yuntai", name);
#ifdef YUNTAI_DATADIR
    there = there || found(out, YUNTAI_DATADIR, "", name);
#endif
#ifdef YUNTAI_SOURCE_DATADIR
    there = there || found(out, YUNTAI_SOURCE_DATADIR, "", name) ||
            found(out, YUNTAI_SOURCE_DATADIR, "/..", name);
#endif
    free(program);
    return there ? 0 : -1;
}
