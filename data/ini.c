/* ini.c: a policy file as keys and values: the scan's places with iniparser's values. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "data/ini.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <iniparser/iniparser.h>

#include "data/scan.h"

struct ini {
    struct arena *arena;
    struct scan scan;
    struct source source;
};

/* ---- keys by name ---- */

static int by_name(const struct source_key *a, const struct source_key *b)
{
    int section = strcmp(a->section, b->section);
    return section ? section : strcmp(a->key, b->key);
}

/* By name, those of one name in the order written. */
static int by_name_then_order(const void *a, const void *b)
{
    struct source_key *const *x = a, *const *y = b;
    int name = by_name(*x, *y);
    return name ? name : (*x > *y) - (*x < *y);
}

static struct source_key **sorted_keys(struct scan *scan)
{
    struct source_key **sorted = malloc((scan->count + 1) * sizeof *sorted);
    if (sorted) {
        for (size_t i = 0; i < scan->count; i++) {
            sorted[i] = &scan->keys[i];
        }
        qsort(sorted, scan->count, sizeof *sorted, by_name_then_order);
    }
    return sorted;
}

static void complain(struct findings *findings, const struct source_key *key, enum message_id id,
                     const char *a, const char *b)
{
    findings_add(findings, key->key_place, key->section, key->key, "", id, a, b, NULL, NULL);
}

/* Complains of keys written twice and takes the later ones out. */
static int take_out_twice(struct scan *scan, struct findings *findings)
{
    struct source_key **sorted = sorted_keys(scan);
    if (!sorted) {
        return -1;
    }
    const struct source_key *first = NULL;
    for (size_t i = 0; i < scan->count; i++) {
        if (first && by_name(first, sorted[i]) == 0) {
            char line[16];
            snprintf(line, sizeof line, "%d", (int)first->key_place.line);
            complain(findings, sorted[i], MESSAGE_ini_key_twice, line, NULL);
            sorted[i]->value = NULL;
        } else {
            first = sorted[i];
        }
    }
    free(sorted);
    size_t kept = 0;
    for (size_t i = 0; i < scan->count; i++) {
        if (scan->keys[i].value) {
            scan->keys[kept++] = scan->keys[i];
        }
    }
    scan->count = kept;
    return 0;
}

/* ---- the values ---- */

static int say_nothing(const char *format, ...)
{
    (void)format;
    return 0;
}

/* An anonymous file that holds the bytes; -1 where there is none. */
static int memory_file(const char *bytes, size_t length)
{
    int file = memfd_create("policy", MFD_CLOEXEC);
    for (size_t done = 0; file >= 0 && done < length;) {
        ssize_t written = write(file, bytes + done, length - done);
        if (written <= 0) {
            close(file);
            return -1;
        }
        done += (size_t)written;
    }
    return file;
}

/* What iniparser makes of the bytes; NULL where it makes nothing. */
static dictionary *load(const char *bytes, size_t length)
{
    /* It folds and strips bytes by the locale, which may take a part of a character for a letter.
     */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    int file = memory_file(bytes, length);
    dictionary *loaded = NULL;
    if (plain != (locale_t)0 && file >= 0) {
        char path[48];
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        locale_t before = uselocale(plain);
        iniparser_set_error_callback(say_nothing);
        loaded = iniparser_load(path);
        iniparser_set_error_callback(NULL);
        uselocale(before);
    }
    if (file >= 0) {
        close(file);
    }
    if (plain != (locale_t)0) {
        freelocale(plain);
    }
    return loaded;
}

/* NAME is SECTION:KEY as iniparser's dictionary has it. */
static int by_whole_name(const void *a, const void *b)
{
    const char *name = a;
    const struct source_key *key = *(struct source_key *const *)b;
    size_t section = strcspn(name, ":"), length = strlen(key->section);
    int common = strncmp(name, key->section, section < length ? section : length);
    if (common || section != length) {
        return common ? common : (section > length) - (section < length);
    }
    return strcmp(name + section + 1, key->key);
}

/* Puts iniparser's value, of which the scan's must not differ, in place of the scan's. */
static void take_value(struct ini *ini, struct source_key *key, const char *value,
                       struct findings *findings)
{
    if (strcmp(key->value, value) != 0) {
        complain(findings, key, MESSAGE_ini_differs, key->value, value);
        key->value = arena_text(ini->arena, value, strlen(value));
        key->spot_count = key->spot_count > 0;
    }
}

static int take_values(struct ini *ini, const char *bytes, size_t length, struct findings *findings)
{
    dictionary *loaded = load(bytes, length);
    if (!loaded) {
        findings_add(findings, (struct place){1, 1}, "", "", "", MESSAGE_ini_load, NULL, NULL, NULL,
                     NULL);
        return 0;
    }
    struct source_key **sorted = sorted_keys(&ini->scan);
    size_t taken = 0;
    for (ssize_t i = 0; sorted && i < loaded->size; i++) {
        const char *name = loaded->key[i];
        struct source_key **key = name && strchr(name, ':') ? bsearch(name, sorted, ini->scan.count,
                                                                      sizeof *sorted, by_whole_name)
                                                            : NULL;
        if (key) {
            take_value(ini, *key, loaded->val[i] ? loaded->val[i] : "", findings);
            taken++;
        }
    }
    if (sorted && taken != ini->scan.count) {
        findings_add(findings, (struct place){1, 1}, "", "", "", MESSAGE_ini_load, NULL, NULL, NULL,
                     NULL);
    }
    free(sorted);
    iniparser_freedict(loaded);
    return sorted ? 0 : -1;
}

struct ini *ini_read(const char *bytes, size_t length, struct findings *findings)
{
    struct ini *ini = calloc(1, sizeof *ini);
    struct arena *arena = ini ? arena_new() : NULL;
    if (!arena) {
        free(ini);
        return NULL;
    }
    ini->arena = arena;
    ini->scan.arena = arena;
    size_t before = findings_count(findings);
    size_t copied = length > SCAN_FILE_MOST ? 0 : length;
    const char *copy = arena_text(arena, copied ? bytes : "", copied);
    scan_read(&ini->scan, copy, arena_failed(arena) ? 0 : length, findings);
    bool failed = ini->scan.failed || take_out_twice(&ini->scan, findings) != 0;
    /* What the scan complains of iniparser refuses as a whole or reads otherwise. */
    if (!failed && findings_count(findings) == before) {
        failed = take_values(ini, copy, copied, findings) != 0;
    }
    if (failed || arena_failed(arena)) {
        ini_free(ini);
        return NULL;
    }
    ini->source = (struct source){ini->scan.keys, ini->scan.count};
    return ini;
}

const struct source *ini_source(const struct ini *ini)
{
    return &ini->source;
}

void ini_free(struct ini *ini)
{
    if (ini) {
        arena_free(ini->arena);
        free(ini->scan.keys);
        free(ini);
    }
}
