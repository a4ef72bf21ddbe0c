/* workspace.c: the directory of a desk. */
#include "data/workspace.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int workspace_default(struct text *out, struct error *error)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && data[0] == '/') {
        text_addf(out, "%s/yuntai", data);
    } else if (home && home[0] == '/') {
        text_addf(out, "%s/.local/share/yuntai", home);
    } else {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("neither HOME nor XDG_DATA_HOME says where the workspace is; "
                            "--workspace DIRECTORY"),
                         NULL, NULL);
    }
    return out->failed ? error_memory(error) : 0;
}

/* Each directory on the way, as mkdir -p does. */
static int make_all(const char *directory, struct error *error)
{
    struct text path = {0};
    int status = 0;
    for (const char *at = directory; status == 0 && *at;) {
        size_t length = strcspn(at + 1, "/") + 1;
        text_add_n(&path, at, length);
        at += length;
        if (path.failed) {
            status = error_memory(error);
        } else if (mkdir(text_bytes(&path), 0700) != 0 && errno != EEXIST) {
            status = error_errno(error, "making the directory", text_bytes(&path), errno);
        }
    }
    text_free(&path);
    return status;
}

static const char *const folders[] = {"documents", "tmp", "keys"};
enum { FOLDERS = sizeof folders / sizeof *folders };

/* One of the workspace's own directories with nothing in it: a making that was broken off. */
static bool begun(const char *directory, const char *name)
{
    struct text path = {0};
    bool own = false, empty = false;
    for (int i = 0; i < FOLDERS; i++) {
        own = own || strcmp(folders[i], name) == 0;
    }
    text_addf(&path, "%s/%s", directory, name);
    DIR *folder = own && !path.failed ? opendir(text_bytes(&path)) : NULL;
    if (folder) {
        struct dirent *entry;
        do {
            entry = readdir(folder);
        } while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
        empty = !entry;
        closedir(folder);
    }
    text_free(&path);
    return empty;
}

static int holds(const char *directory, const char *name, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     strcmp(name, "desk.db") == 0
                         ? N_("%1 is a workspace already; nothing was changed")
                         : N_("%1 holds other things (%2); choose an empty directory"),
                     directory, name);
}

static int check_empty(const char *directory, struct error *error)
{
    DIR *folder = opendir(directory);
    if (!folder) {
        return error_errno(error, "opening", directory, errno);
    }
    int status =
        faccessat(dirfd(folder), "desk.db", F_OK, 0) == 0 ? holds(directory, "desk.db", error) : 0;
    while (status == 0) {
        errno = 0;
        struct dirent *entry = readdir(folder);
        if (!entry) {
            status = errno ? error_errno(error, "reading", directory, errno) : 0;
            break;
        }
        const char *name = entry->d_name;
        bool fine = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
                    strcmp(name, "yuntai.ini") == 0 || begun(directory, name);
        status = fine ? 0 : holds(directory, name, error);
    }
    closedir(folder);
    return status;
}

static int make_folder(const char *directory, const char *name, struct error *error)
{
    struct text path = {0};
    int status = 0;
    text_addf(&path, "%s/%s", directory, name);
    if (path.failed) {
        status = error_memory(error);
    } else if (mkdir(text_bytes(&path), 0700) != 0 && errno != EEXIST) {
        status = error_errno(error, "making the directory", text_bytes(&path), errno);
    }
    text_free(&path);
    return status;
}

int workspace_make(const char *directory, struct error *error)
{
    int status = make_all(directory, error);
    status = status ? status : check_empty(directory, error);
    if (status == 0 && chmod(directory, 0700) != 0) {
        status = error_errno(error, "setting the permissions of", directory, errno);
    }
    for (int i = 0; status == 0 && i < FOLDERS; i++) {
        status = make_folder(directory, folders[i], error);
    }
    return status;
}

/* 1 there, 0 not, -1 ERROR. */
static int look_at(const char *path, struct stat *info, struct error *error)
{
    if (stat(path, info) == 0) {
        return 1;
    }
    return errno == ENOENT || errno == ENOTDIR ? 0 : error_errno(error, "reading", path, errno);
}

int workspace_check(const char *directory, struct error *error)
{
    struct stat info;
    struct text path = {0};
    int there = look_at(directory, &info, error);
    if (there == 1 && S_ISDIR(info.st_mode) && info.st_uid != geteuid()) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1 belongs to another account; go through its server, or run as it"),
                         directory, NULL);
    }
    text_addf(&path, "%s/desk.db", directory);
    if (path.failed) {
        there = error_memory(error);
    }
    there = there == 1 ? look_at(text_bytes(&path), &info, error) : there;
    text_free(&path);
    if (there == 0 || (there == 1 && !S_ISREG(info.st_mode))) {
        return error_set(error, ERROR_NOT_FOUND,
                         N_("there is no workspace at %1; `yuntai init` makes one"), directory,
                         NULL);
    }
    return there < 0 ? -1 : 0;
}
