/* net.c: yuntai-net, begun with two pipes. */
#define _GNU_SOURCE /* pipe2 */

#include "data/exchange/net.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include "core/text.h"
#include "data/paths.h"

extern char **environ;

static int spawn_with(pid_t *child, const char *path, int in, int out)
{
    static char name[] = "yuntai-net";
    char *arguments[] = {name, NULL};
    posix_spawn_file_actions_t files;
    if (posix_spawn_file_actions_init(&files) != 0) {
        return ENOMEM;
    }
    int number = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    number = number ? number : posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    number = number ? number : posix_spawn(child, path, &files, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    return number;
}

int net_start(pid_t *child, int *to, int *from, struct error *error)
{
    struct text path = {0};
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    if (program_path("yuntai-net", &path) != 0) {
        text_free(&path);
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("yuntai-net, which asks vendors' clouds, is not beside this program; "
                            "install it again"),
                         NULL, NULL);
    }
    int number = pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ? errno : 0;
    number = number ? number : spawn_with(child, text_bytes(&path), in[0], out[1]);
    if (number != 0) {
        *child = 0;
        error_errno(error, "starting the program", text_bytes(&path), number);
    }
    (void)(in[0] >= 0 && close(in[0]));
    (void)(out[1] >= 0 && close(out[1]));
    *to = in[1];
    *from = out[0];
    text_free(&path);
    return number ? -1 : 0;
}
