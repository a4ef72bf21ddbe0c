/*
 * expr_type.h: what the files that type conditions share: expr_type.c (operators), expr_fact.c
 * (names) and expr_call.c (functions).
 */
#ifndef YUNTAI_CORE_EXPR_TYPE_H
#define YUNTAI_CORE_EXPR_TYPE_H

#include "core/expr_node.h"
#include "core/near.h"

/* The words a value of type word may be: the labels of a field (its index), or one of these. */
enum { DOMAIN_NONE = -1, DOMAIN_LEVELS = -2, DOMAIN_STATES = -3 };

struct typing {
    struct compiler *compiler;
    struct chunk chunk; /* whose text the nodes' offsets speak of */
    struct ground_of ground;
    const struct typing *outer; /* the condition that a term is expanded in */
    int32_t term;               /* the term being expanded; -1 */
    int32_t *count;             /* nodes looked at, terms and all */
};

struct expr *typing_new(struct typing *typing, const struct node *node, enum expr_op op,
                        enum value_type type);
/* DOMAIN: of the other side, whose words are looked up first. NULL after a finding. */
struct expr *typing_node(struct typing *typing, const struct node *node, int32_t domain);
void *typing_say(struct typing *typing, const struct node *node, enum message_id id, const char *a,
                 const char *b);
const char *typing_text(struct typing *typing, const struct node *node); /* of a name or call */
const char *typing_type_name(const struct expr *expr);

/* expr_fact.c */
struct expr *typing_name(struct typing *typing, const struct node *node, int32_t domain);
int32_t typing_word(struct typing *typing, const char *text, size_t length,
                    int32_t domain); /* symbol, 0 none */
bool typing_share(const struct typing *typing, int32_t a,
                  int32_t b); /* domains with a word in common */
const char *typing_ground_name(enum ground ground);
struct expr *typing_no_word(struct typing *typing, const struct node *node, int32_t domain);

/* expr_call.c */
struct expr *typing_call(struct typing *typing, const struct node *node, int32_t domain);

#endif
