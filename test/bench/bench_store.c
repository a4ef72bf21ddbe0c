/*
 * bench_store.c: the desk on a store of a million cases, each figure beside what SQLite's C API
 * alone takes for the same rows in the same run. The store is made once, in .build/bench.
 *
 *   bench_store [--open] [--small] [PART…]   PART: acts, pages, search, status, serve, verify
 *
 * --open: a million open cases, shown without aims. --small: sixty thousand, to try this out.
 * Of several runs the best is taken; processor time is what getrusage() says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/support/great_bench.h"

static const struct {
    const char *name;
    int (*run)(const struct great *great);
} parts[] = {{"pages", great_pages}, {"search", great_search}, {"status", great_status},
             {"acts", great_acts},   {"serve", great_serve},   {"verify", great_verify}};

static bool wanted(int argc, char **argv, const char *name)
{
    bool some = false;
    for (int i = 1; i < argc; i++) {
        some |= argv[i][0] != '-';
        if (strcmp(argv[i], name) == 0) {
            return true;
        }
    }
    return !some;
}

static bool said(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], option) == 0) {
            return true;
        }
    }
    return false;
}

/* A word that is none of its own would set off the whole of it. */
static bool understood(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool known = strcmp(argv[i], "--open") == 0 || strcmp(argv[i], "--small") == 0;
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            known |= strcmp(argv[i], parts[p].name) == 0;
        }
        if (!known) {
            fputs(
                "usage: bench_store [--open | --small] [pages|search|status|acts|serve|verify…]\n",
                stderr);
            return false;
        }
    }
    return true;
}

/* In a process of its own, whose memory is the part's alone. */
static int run_apart(const struct great *great, int (*run)(const struct great *great))
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        status = run(great);
        fflush(NULL);
        _exit(status == 0 ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct great great = {.directory = ".build/bench/store", .size = {980000, 20000}, .aims = true};
    struct error error = {0};
    int status = 0;
    if (!understood(argc, argv)) {
        return 2;
    }
    if (said(argc, argv, "--open")) {
        great = (struct great){.directory = ".build/bench/open", .size = {0, 1000000}};
    } else if (said(argc, argv, "--small")) {
        great = (struct great){.directory = ".build/bench/small", .size = {40000, 20000}};
    }
    if (great_store(great.directory, great.size, &great.now, &error) != 0) {
        fprintf(stderr, "bench_store: %s %s\n", error.sentence, error.arg[0] ? error.arg[0] : "");
        error_free(&error);
        return 1;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (wanted(argc, argv, parts[i].name)) {
            status |= run_apart(&great, parts[i].run);
        }
    }
    return status != 0;
}
