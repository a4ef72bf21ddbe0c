/*
 * differ_query.h: which of a run's differences are meant.
 *
 * A query is words parted by blanks, all of which must hold; a leading - turns one round. A word is
 * how it differs (new, changed, gone), what kind of resource it is, or a verdict (agrees, drifts,
 * unmapped, harmless), in English or in Chinese; anything else is searched for in the resource's
 * name and id, its project, its system and its organisation, whose names are also found by their
 * sound.
 */
#ifndef YUNTAI_DATA_DESK_DIFFER_QUERY_H
#define YUNTAI_DATA_DESK_DIFFER_QUERY_H

#include "data/desk/inside.h"
#include "data/store/inventory.h"

enum { DIFFER_WORDS_MOST = 16 };
enum differ_field { DIFFER_TEXT, DIFFER_HOW, DIFFER_KIND, DIFFER_VERDICT };

struct differ_word {
    enum differ_field field;
    const char *is; /* the name of how it differs, of the kind, of the verdict; or the text */
    bool not, sound;
};
struct differ_query { /* zeroed means all */
    struct differ_word words[DIFFER_WORDS_MOST];
    int count;
    bool verdicts; /* some word is about the verdict */
};

/* Words of TEXT live in the arena of ASKING; -1 with ERROR: there are too many. */
int differ_query_read(struct asking *asking, const char *text, struct differ_query *out);

struct differ { /* what is known of a difference without judging it */
    const struct resource_row *row;
    const char *how; /* new, changed, gone */
    const struct entry *system, *org;
};
/* All of QUERY holds but what is about the verdict. */
bool differ_query_holds(const struct differ_query *query, const struct asking *asking,
                        const struct differ *differ);
/* What is about the verdict holds too. */
bool differ_query_judged(const struct differ_query *query, const char *verdict);

#endif
