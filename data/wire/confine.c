/* confine.c: umask, environment and limits of a server. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "data/wire/confine.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { OTHER_FILES = 64 }; /* the store, documents, signals, what libraries open */

extern char **environ;

static char *copy_of(const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *out = size ? malloc(size) : NULL;
    return out ? memcpy(out, text, size) : NULL;
}

static int keep(const char *name, const char *value)
{
    return value ? setenv(name, value, 1) : 0;
}

static int rebuild_environment(const char *workspace, struct error *error)
{
    static char *nothing[] = {NULL};
    char *home = copy_of(getenv("HOME")), *runtime = copy_of(getenv("XDG_RUNTIME_DIR"));
    char *whole = realpath(workspace, NULL);
    struct text tmp = {0};
    text_addf(&tmp, "%s/tmp", whole ? whole : workspace);
    environ = nothing;
    bool done = keep("PATH", "/usr/local/bin:/usr/bin:/bin") == 0 && keep("LANG", "C.UTF-8") == 0 &&
                keep("TZ", "UTC") == 0 && keep("HOME", home) == 0 &&
                keep("XDG_RUNTIME_DIR", runtime) == 0 && keep("TMPDIR", text_bytes(&tmp)) == 0 &&
                !tmp.failed;
    free(home);
    free(runtime);
    free(whole);
    text_free(&tmp);
    return done ? 0 : error_memory(error);
}

static int raise_files(int64_t clients, struct error *error)
{
    struct rlimit limit;
    rlim_t need = (rlim_t)clients + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return error_errno(error, "asking for the limit of", "RLIMIT_NOFILE", errno);
    }
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < need) {
        limit.rlim_cur = need;
        limit.rlim_max = limit.rlim_max < need ? need : limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            struct text count = {0};
            text_add_int(&count, (int64_t)need);
            error_set(error, ERROR_ENVIRONMENT,
                      N_("%1 open files are not allowed here; a higher limit (ulimit -n), or fewer "
                         "serve.clients"),
                      text_bytes(&count), NULL);
            text_free(&count);
            return -1;
        }
    }
    return 0;
}

int confine(const char *workspace, int64_t clients, struct error *error)
{
    struct rlimit none = {0, 0};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    umask(0077);
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        sigaction(SIGPIPE, &ignore, NULL) != 0) {
        return error_errno(error, "giving up what a server must not have:", workspace, errno);
    }
    return raise_files(clients, error) != 0 ? -1 : rebuild_environment(workspace, error);
}
