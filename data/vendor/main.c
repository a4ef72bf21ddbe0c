/* main.c: yuntai-net: orders in, rows out; the only program that speaks with a network. */
#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "data/vendor/adapter.h"

extern char **environ;

static const char usage[] = N_(
    "usage: yuntai-net <ORDERS >REPORT\n"
    "\n"
    "The part of yuntai that asks a vendor's cloud what it holds. It is begun by yuntai, takes its\n"
    "orders as frames on standard input and reports as frames on standard output; it opens no\n"
    "workspace. What a vendor is, and where the password is, stands in yuntai.ini(5).\n"
    "\n"
    "  -h, --help     this page\n"
    "      --version  the version\n");

/* ---- what it does not need ---- */

/* Nothing of where it was begun says what it does: no proxies, keys, authorities, configurations.
 * TMPDIR is where there is room. */
static bool clean_environment(void)
{
    static char *nothing[] = {NULL};
    const char *home = getenv("HOME"), *room = getenv("TMPDIR");
    struct text kept = {0}, kept_room = {0};
    text_add(&kept, home ? home : "/");
    text_add(&kept_room, room ? room : "");
    environ = nothing;
    bool good = !kept.failed && !kept_room.failed && setenv("HOME", text_bytes(&kept), 1) == 0 &&
                (!room || setenv("TMPDIR", text_bytes(&kept_room), 1) == 0) &&
                setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1) == 0 &&
                setenv("LANG", "C.UTF-8", 1) == 0 && setenv("TZ", "UTC", 1) == 0;
    text_free(&kept);
    text_free(&kept_room);
    return good;
}

/* Large blocks are mapped on their own, and go back when they are freed. */
enum { LARGE_BLOCK = 256 << 10 };

/* It ends with its parent, leaves no core, and nobody looks into it. */
static bool confine_self(void)
{
    static const struct rlimit none = {0, 0};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    umask(0077);
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && setrlimit(RLIMIT_CORE, &none) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           sigaction(SIGPIPE, &ignore, NULL) == 0 && sigaction(SIGXFSZ, &ignore, NULL) == 0 &&
           clean_environment();
}

/* ---- a run ---- */

struct standing { /* what may still come on standard input */
    struct frame_reader reader;
};

/* Only a cancel comes behind the orders; the end of the stream means nothing. */
static int woken(void *context)
{
    struct standing *standing = context;
    char bytes[4096];
    struct frame frame;
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) {
        return count < 0 && errno == EINTR ? 1 : 0;
    }
    if (!frame_feed(&standing->reader, bytes, (size_t)count)) {
        return -1;
    }
    while (frame_take(&standing->reader, &frame)) {
        if (frame.kind == FRAME_CANCEL) {
            return -1;
        }
    }
    return frame_state(&standing->reader) == FRAME_BAD ? -1 : 1;
}

static int fetch(const struct orders *orders, struct report *report, struct standing *standing,
                 struct error *error)
{
    const struct adapter *const adapters[] = {&openstack_adapter, &table_adapter};
    const char *kind = settings_text(&orders->settings, "kind");
    size_t i = 0;
    while (strcmp(adapters[i]->kind, kind) != 0) {
        i++; /* the setting has no other words */
    }
    return adapters[i]->fetch(orders, report, (int64_t)time(NULL), STDIN_FILENO, woken, standing,
                              error);
}

/* The exit status is that of yuntai: the code of the error. */
static int run(void)
{
    struct orders orders = {0};
    struct report report = {.fd = STDOUT_FILENO};
    struct standing standing = {0};
    struct error error = {0};
    int status = confine_self() ? report_hello(&report, &error)
                                : error_errno(&error, N_("giving up what it must not have:"),
                                              "yuntai-net", errno);
    status = status ? status : orders_read(&orders, STDIN_FILENO, &standing.reader, &error);
    status = status ? status : fetch(&orders, &report, &standing, &error);
    status = status ? status : report_done(&report, &error);
    if (status != 0) {
        report_failed(&report, &error);
    }
    status = status == 0 ? 0 : (int)error.code;
    error_free(&error);
    report_free(&report);
    orders_free(&orders);
    frame_reader_free(&standing.reader);
    return status;
}

int main(int argc, char **argv)
{
    bool help = argc == 2 && (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("yuntai-net " YUNTAI_VERSION);
        return 0;
    }
    if (help || argc > 1 || isatty(STDIN_FILENO) || isatty(STDOUT_FILENO)) {
        setlocale(LC_ALL, "");
        bindtextdomain("yuntai", YUNTAI_LOCALEDIR);
        fputs(dgettext("yuntai", usage), help ? stdout : stderr);
        return help ? 0 : ERROR_USAGE;
    }
    return run();
}
