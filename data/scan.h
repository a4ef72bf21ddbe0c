/*
 * scan.h: a policy file's lines as written, with the place of everything; for data/ini.c alone.
 *
 * The scan reads the same language as iniparser 4.1 and complains of what that lets pass or cannot
 * say well: where it stands, and what would be right.
 */
#ifndef YUNTAI_DATA_SCAN_H
#define YUNTAI_DATA_SCAN_H

#include "core/compile.h"

enum {
    SCAN_FILE_MOST = 1 << 20,
    SCAN_LINE_MOST = 1024,  /* bytes of a line with its end, of all that a `\` joins */
    SCAN_NAMES_MOST = 20000 /* sections and keys */
};

struct scan {
    struct arena *arena;     /* the caller's; of all texts and spots */
    struct source_key *keys; /* from malloc, the caller's to free */
    size_t count, capacity;
    size_t names; /* sections and keys */
    bool failed;  /* memory was short */
};

/* Reads LENGTH bytes at BYTES, which must outlive the scan's keys, as spots point into them.
 * Whatever is wrong goes to FINDINGS; the rest is read nonetheless. */
void scan_read(struct scan *scan, const char *bytes, size_t length, struct findings *findings);

#endif
