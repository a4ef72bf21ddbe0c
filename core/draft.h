/*
 * draft.h: a policy as things with keys, before any name is resolved (POLICY guide, section 2).
 *
 * Short and long form look the same here; a thing declared for several owners stands once for
 * each. Values are trimmed text with runs of blanks made one; places lead back to the file.
 */
#ifndef YUNTAI_CORE_DRAFT_H
#define YUNTAI_CORE_DRAFT_H

#include "core/compile.h"
#include "core/language.h"

struct draft_key {
    const char *key;
    const char *text;
    struct place place;       /* of the key's word */
    const struct spot *spots; /* of TEXT: place of byte offsets, at least one */
    int32_t spot_count;
};
struct draft_thing {
    enum kind kind;
    const char *owner; /* "" where the kind has none */
    const char *name;  /* "policy" for the policy itself */
    const char *path;  /* KIND.NAME or KIND.OWNER.NAME */
    struct place place;
    const struct draft_key *keys;
    int32_t key_count;
};

size_t draft_count(const struct draft *draft);
const struct draft_thing *draft_at(const struct draft *draft,
                                   size_t index); /* in the order written */
/* NULL where there is none. OWNER is "" for kinds without. */
const struct draft_thing *draft_find(const struct draft *draft, enum kind kind, const char *owner,
                                     const char *name);
const struct draft_key *draft_key(const struct draft_thing *thing, const char *key);
/* The value of that key; NULL without it. */
const char *draft_text(const struct draft_thing *thing, const char *key);
/* Is NUMBER among the articles THING cites? */
bool draft_cites(const struct draft_thing *thing, const char *number);
/* Where byte OFFSET of a value stands in the file. */
struct place draft_place(const struct draft_key *key, size_t offset);

/* A copy of DRAFT in which the paths of OPTIONs have their values (POLICY 10): shares its memory,
 * made in ARENA. */
struct draft *draft_with(const struct draft *draft, const struct answer *answers, size_t count,
                         struct arena *arena, struct findings *findings);

#endif
