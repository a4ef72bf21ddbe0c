/*
 * fault.h: lets one of the calls by which the program reaches the disk or the memory fail: of
 * SQLite's file system, of the writer of documents, of the allocator. Each is counted from the
 * moment at which a fault is set; the AT-th fails, and with STICKS all that follow.
 */
#ifndef YUNTAI_TEST_FAULT_H
#define YUNTAI_TEST_FAULT_H

#include <stdbool.h>

#include "data/documents.h"

enum fault_kind { FAULT_NONE, FAULT_DISK, FAULT_MEMORY };

struct fault {
    enum fault_kind kind;
    long at;     /* 0: only counts */
    bool sticks; /* what failed once fails until fault_end() */
    bool full;   /* the disk is full; else it is broken */
};

void fault_begin(struct fault fault);
/* No fault from here on. How many calls there were; *HIT: whether one failed. */
long fault_end(bool *hit);
/* One call of KIND: does it fail? */
bool fault_now(enum fault_kind kind);
/* The disk that is set to fail is full, not broken. */
bool fault_full(void);

/* Puts a file system that can fail in front of SQLite's own; once in a process, before SQLite is
 * used. Reads and locks are counted too. A write that fails has written its first half. */
void fault_disk(void);
/* What documents_set_io() takes, to count and fail with the rest. */
extern const struct document_io fault_document_io;

/* Puts a failing allocator under SQLite and OpenSSL; the program's own malloc(), calloc() and
 * realloc() are caught by the linker (fault_memory.c). Once in a process, before either is used. */
void fault_memory(void);

#endif
