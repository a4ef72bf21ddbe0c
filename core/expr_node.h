/*
 * expr_node.h: a condition as written, before its names mean anything. Shared by expr_parse.c,
 * which makes it, and expr_type.c, which finds out what it speaks of.
 */
#ifndef YUNTAI_CORE_EXPR_NODE_H
#define YUNTAI_CORE_EXPR_NODE_H

#include "core/compiler.h"

enum node_kind {
    NODE_NUMBER,
    NODE_DATE,
    NODE_PERIOD,
    NODE_NAME,
    NODE_CALL,
    NODE_RELATION,
    NODE_SET
};
struct node {
    enum node_kind kind;
    enum expr_op op; /* NODE_RELATION: what joins LEFT and RIGHT (NOT and MINUS: LEFT alone) */
    size_t offset, length; /* of the text: a name with its dots, the word of a call */
    int64_t n;             /* number in millionths, day, count of a period */
    enum unit unit;
    struct node *left, *right;
    struct node *items, *next; /* arguments of a call, words of a set, in order */
};

/* Brackets, calls and minus signs inside each other; nodes of one text; nodes with all its terms.
 */
enum { NODE_DEPTH = 32, NODE_MOST = 2000 };

/* The tree of LENGTH bytes of TEXT; NULL with *WHAT (and its argument at *OFFSET) where it is none.
 */
struct node *node_parse(struct arena *arena, const char *text, size_t length, size_t *offset,
                        enum message_id *what, const char **argument);

#endif
