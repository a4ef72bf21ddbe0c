/*
 * draft_short.h: what draft.c (sections, things, answers) and draft_short.c (lines of the short
 * form) share.
 */
#ifndef YUNTAI_CORE_DRAFT_SHORT_H
#define YUNTAI_CORE_DRAFT_SHORT_H

#include "core/draft.h"
#include "core/near.h"

/* A thing in the making. */
struct making {
    struct draft_thing thing;
    struct draft_key *keys; /* the same as thing.keys */
    int32_t capacity;
    bool is_short; /* written as one line */
};
struct draft {
    struct arena *arena;
    struct names *paths; /* symbol N is things[N - 1] */
    struct making *things;
    size_t count, capacity;
    bool adopted; /* draft_adopted() */
};
struct reading {
    struct draft *draft;
    struct findings *findings;
    const struct source_key *key; /* at hand */
};

struct making *draft_making(const struct draft *draft, const char *path,
                            size_t length); /* NULL: none */
void making_add(struct draft *draft, struct making *making, const struct draft_key *key);
/* The thing and key that PATH of an option speaks of; AT: which of the owners joined by +. False:
 * none such. */
bool draft_path(const struct draft *draft, const char *path, size_t at, struct making **making,
                const char **key);

void draft_short_line(struct reading *reading, struct making *making);
/* Bytes FROM..TO of the value at hand, blanks made one, appended to KEY with their places; AFTER:
 * behind ", ". */
void draft_copy(struct reading *reading, size_t from, size_t to, struct draft_key *key, bool after);
/* Puts KEY into the thing unless it stands there already, or says `nothing`. */
void draft_put(struct reading *reading, struct making *making, const struct draft_key *key);
void draft_unknown_key(struct reading *reading, const struct making *making, const char *key,
                       size_t length, struct place place);

#endif
