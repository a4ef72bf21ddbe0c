/* test_socket.c: where a server may listen, and whom a client trusts. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/wire/socket.h"
#include "test/support/served.h"

enum { OTHER_UID = 4321, HANDED_FD = 3 };

static void stale_and_live(void **state)
{
    struct served served;
    struct listening first, second;
    struct error error = {0};
    struct stat info;
    (void)state;
    served_make(&served);
    const char *path = served.options.path;
    assert_false(socket_answers(path));
    assert_int_equal(socket_listen(path, &first, &error), 0);
    assert_true(socket_answers(path));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0666);
    assert_int_equal(socket_listen(path, &second, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "another server listens at");
    close(first.fd); /* as if it had been killed: what is at the path is nobody's */
    assert_false(socket_answers(path));
    assert_int_equal(socket_listen(path, &second, &error), 0);
    assert_true(socket_answers(path));
    socket_close(path, &second);
    assert_int_equal(access(path, F_OK), -1);
    served_free(&served);
}

static void no_place(void **state)
{
    char longer[200];
    struct served served;
    struct listening listening;
    struct error error = {0};
    (void)state;
    served_make(&served);
    const char *path = served.options.path;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(socket_listen(path, &listening, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "is there and is no socket");
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(socket_listen("/tmp/yuntai-nowhere/desk.sock", &listening, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "the directory of the socket /tmp/yuntai-nowhere");
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(socket_listen(longer, &listening, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "more than 107 bytes");
    assert_int_equal(listening.fd, -1);
    socket_close(path, &listening);
    served_free(&served);
}

/* A socket another account made in our directory is not the server's. */
static void impostor(void **state)
{
    struct served served;
    struct listening listening;
    struct client *client = NULL;
    struct error error = {0};
    (void)state;
    if (geteuid() != 0) {
        skip();
    }
    served_make(&served);
    const char *path = served.options.path, *directory = text_bytes(&served.directory);
    assert_int_equal(chown(directory, OTHER_UID, (gid_t)-1), 0);
    assert_int_equal(seteuid(OTHER_UID), 0);
    assert_int_equal(socket_listen(path, &listening, &error), 0);
    assert_int_equal(seteuid(0), 0);
    int fd = socket_connect(path, 1, &error); /* the owner of the directory is trusted */
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(chown(directory, 0, (gid_t)-1), 0);
    assert_int_equal(client_open(path, &client, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT,
                 "is uid 4321, neither root nor the owner of its directory");
    assert_int_equal(seteuid(OTHER_UID), 0);
    struct listening second;
    assert_int_equal(socket_listen(path, &second, &error), -1);
    assert_int_equal(seteuid(0), 0);
    served_error(&error, ERROR_ENVIRONMENT, "belongs to another account");
    socket_close(path, &listening);
    served_free(&served);
}

static void one_a_workspace(void **state)
{
    struct served served;
    struct error error = {0};
    (void)state;
    served_make(&served);
    served_start(&served);
    struct serve_options other = served.options;
    other.path = "/tmp/yuntai-other.sock";
    assert_int_equal(serve_run(&other, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "another server has the workspace");
    assert_int_equal(served_end(&served, SIGTERM), 0);
    other.workspace = "/tmp/yuntai-nowhere";
    assert_int_equal(serve_run(&other, &error), -1);
    served_error(&error, ERROR_ENVIRONMENT, "/tmp/yuntai-nowhere");
    served_free(&served);
}

/* In the child: what the service manager would have done, then the server. */
static int serve_handed(const struct served *served, int fd, const char *count)
{
    struct error error = {0};
    struct text pid = {0};
    text_add_int(&pid, getpid());
    if (dup2(fd, HANDED_FD) != HANDED_FD || setenv("LISTEN_FDS", count, 1) != 0 ||
        setenv("LISTEN_PID", text_bytes(&pid), 1) != 0) {
        return 9;
    }
    int status = serve_run(&served->options, &error);
    error_free(&error);
    text_free(&pid);
    return status == 0 ? 0 : 1;
}

static void handed_over(void **state)
{
    struct served served;
    struct listening listening;
    struct client *client = NULL;
    struct error error = {0};
    int status = 0;
    (void)state;
    served_make(&served);
    const char *path = served.options.path;
    assert_int_equal(socket_listen(path, &listening, &error), 0);
    served.pid = fork();
    if (served.pid == 0) {
        _exit(serve_handed(&served, listening.fd, "1"));
    }
    assert_int_equal(client_open(path, &client, &error), 0);
    assert_true(ask_number(client, "echo", "begins", &error) > 0);
    client_close(client);
    assert_int_equal(served_end(&served, SIGTERM), 0);
    assert_int_equal(access(path, F_OK), 0); /* the service manager's: it stays */
    pid_t wrong = fork();
    if (wrong == 0) {
        _exit(serve_handed(&served, listening.fd, "2"));
    }
    assert_int_equal(waitpid(wrong, &status, 0), wrong);
    assert_int_equal(WEXITSTATUS(status), 1);
    socket_close(path, &listening);
    served_free(&served);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stale_and_live), cmocka_unit_test(no_place),
        cmocka_unit_test(impostor),       cmocka_unit_test(one_a_workspace),
        cmocka_unit_test(handed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
