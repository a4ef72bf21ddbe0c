/* bureau.c: a workspace to try the desk in. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "test/support/bureau.h"

#include <ftw.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/wire/socket.h"

enum { TRIES = 2000, TRY_MS = 5 };

#define JANUARY "2026-01-05"

static void enter(struct bureau *bureau)
{
    struct desk_place place = {
        .workspace = text_bytes(&bureau->directory), .socket = "", .now = MOMENT_NONE};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
    bureau_must(bureau, "put", "kind", "org", "code", "ga", "name", "市公安局", "fact.roles",
                "unit", "fact.level", "city", "now", JANUARY, NULL);
    bureau_must(bureau, "put", "kind", "person", "code", "li", "name", "李敏", "parent", "ga",
                "fact.roles", "unit", "now", JANUARY, NULL);
    desk_close(bureau->desk);
    bureau->desk = NULL;
}

void bureau_make(struct bureau *bureau)
{
    char directory[] = "/tmp/yuntai-bureau-XXXXXX";
    int32_t day;
    *bureau = (struct bureau){0};
    assert_non_null(mkdtemp(directory));
    text_add(&bureau->directory, directory);
    assert_true(day_from_civil(2026, 1, 1, &day));
    if (desk_make(directory, NULL, moment_of(day, 0), &bureau->error) != 0) {
        fail_msg("%s", bureau->error.sentence);
    }
    enter(bureau);
}

static void serve(struct bureau *bureau, const char *socket)
{
    fflush(NULL);
    bureau->server = fork();
    assert_true(bureau->server >= 0);
    if (bureau->server == 0) {
        struct error error = {0};
        _exit(desk_serve(text_bytes(&bureau->directory), socket, &error) == 0 ? 0 : 1);
    }
    for (int i = 0; i < TRIES && !socket_answers(socket); i++) {
        assert_int_equal(waitpid(bureau->server, NULL, WNOHANG), 0);
        (void)poll(NULL, 0, TRY_MS);
    }
}

void bureau_open(struct bureau *bureau, bool served)
{
    struct text socket = {0};
    text_addf(&socket, "%s/desk.sock", text_bytes(&bureau->directory));
    if (served) {
        serve(bureau, text_bytes(&socket));
    }
    struct desk_place place = {.workspace = text_bytes(&bureau->directory),
                               .socket = served ? text_bytes(&socket) : "",
                               .as = "li",
                               .now = MOMENT_NONE};
    if (desk_open(&place, &bureau->desk, &bureau->error) != 0) {
        fail_msg("%s", bureau->error.sentence);
    }
    assert_string_equal(desk_transport(bureau->desk), served ? "socket" : "local");
    text_free(&socket);
}

static int drop(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

void bureau_free(struct bureau *bureau)
{
    desk_close(bureau->desk);
    if (bureau->server) {
        int status = -1;
        assert_int_equal(kill(bureau->server, SIGTERM), 0);
        assert_int_equal(waitpid(bureau->server, &status, 0), bureau->server);
        assert_int_equal(status, 0);
    }
    assert_int_equal(nftw(text_bytes(&bureau->directory), drop, 16, FTW_DEPTH | FTW_PHYS), 0);
    text_free(&bureau->directory);
    parcel_free(&bureau->reply);
    error_free(&bureau->error);
}

int bureau_unmake(void **state)
{
    bureau_free(*state);
    free(*state);
    return 0;
}

int bureau_ask(struct bureau *bureau, const char *verb, ...)
{
    struct parcel request = {0};
    va_list pairs;
    va_start(pairs, verb);
    parcel_put(&request, "verb", verb);
    for (const char *name; (name = va_arg(pairs, const char *));) {
        parcel_put(&request, name, va_arg(pairs, const char *));
    }
    va_end(pairs);
    error_free(&bureau->error);
    int status = desk_call(bureau->desk, &request, &bureau->reply, &bureau->error);
    parcel_free(&request);
    return status;
}

void bureau_adopt(struct bureau *bureau, const char *section, const char *old, const char *new)
{
    static char bytes[1 << 18];
    FILE *file = fopen("data/policy/zhengzhou-2019-53.ini", "r");
    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);
    char *from = strstr(bytes, section), *at = from ? strstr(from, old) : NULL;
    assert_non_null(at);
    struct text text = {.most = 2 * sizeof bytes};
    text_add_n(&text, bytes, (size_t)(at - bytes));
    text_addf(&text, "%s%s", new, at + strlen(old));
    bureau_must(bureau, "adopt", "text", text_bytes(&text), "as", "qian", "now", "2026-01-05",
                NULL);
    text_free(&text);
}
