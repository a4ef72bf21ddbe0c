/*
 * reading.h: what an OpenStack service writes of a thing, as the resource that the desk keeps.
 *
 * A thing is read by its members' names alone, whatever order and version they come in: flavours
 * within a server or by id, numbers that are not there, names that are null. What is there and is
 * not what it should be is a fault: nothing is guessed.
 */
#ifndef YUNTAI_DATA_VENDOR_READING_H
#define YUNTAI_DATA_VENDOR_READING_H

#include "core/text.h"
#include "data/error.h"
#include "data/vendor/row.h"

enum kind {
    KIND_SERVER,
    KIND_VOLUME,
    KIND_PROJECT,
    KIND_FLAVOR,
    KIND_HOST,
    KIND_PROVIDER,
    KINDS,
    KIND_METER = KINDS
};

struct kind_names {
    const char *kind;  /* "server" */
    const char *fetch; /* "servers": the word of the setting fetch */
    const char *list;  /* the list's name in a page */
    const char *links; /* the member with the next page's address */
};
extern const struct kind_names kind_names[KINDS + 1]; /* the last is of Gnocchi's resources */

struct flavor {
    char *id, *name;
    int64_t vcpus, ram, disk;
};
struct flavors { /* zeroed is empty; by id, for servers that do not hold theirs */
    struct flavor *all;
    size_t count, capacity;
};
bool flavors_add(struct flavors *flavors, const struct seen *seen); /* false: memory is short */
void flavors_free(struct flavors *flavors);

enum reading_fault {
    READING_GOOD,
    READING_JSON,    /* no JSON: duplicate keys, bad UTF-8 and the like too */
    READING_MISSING, /* no id */
    READING_TYPE,    /* a member is of another type */
    READING_RANGE,   /* a number or a text that no such thing has */
    READING_MEMORY
};

struct json_t;
struct reader {                    /* zeroed is ready */
    const struct flavors *flavors; /* may be NULL */
    const char *region;
    enum reading_fault fault;
    struct text member, said; /* of a fault */
    /* reading.c's own */
    struct json_t *root;
    struct text facts, lines, scratch, uid;
};

/* Reads LENGTH bytes of a thing of KIND, not a provider. OUT is valid until the next call; its RAW
 * is the caller's to set. False: a fault. */
bool read_thing(struct reader *reader, enum kind kind, const char *bytes, size_t length,
                struct seen *out);
/* A provider of Placement with its inventories and usages, each as it was answered. OUT's zone is
 * the caller's to set. */
bool read_provider(struct reader *reader, const struct text *provider,
                   const struct text *inventories, const struct text *usages, struct seen *out);
/* A server that is no more, as an increment shows it. */
bool read_is_gone(enum kind kind, const struct seen *seen);
void reader_free(struct reader *reader);
/* The fault into ERROR: WHERE, the NUMBER-th of its page. Returns -1. */
int read_error(const struct reader *reader, enum kind kind, const char *where, int64_t number,
               struct error *error);

#endif
